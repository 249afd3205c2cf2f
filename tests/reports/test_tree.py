"""Names that differ by case, width or blanks alone are one name in every tree of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tui_ledger.charts.values import StarterChart, outline
from tui_ledger.ledger import DraftPosting, Ledger
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.values import AccountType
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import SectionKind
from tui_ledger.reports.tree import tree_names
from tui_ledger.reports.trial_balance import trial_balance
from tui_ledger.ui.account_rows import account_rows
from tui_ledger.ui.desk import Standing

DAY = date(2026, 6, 30)
OPENED = ("Ｅquity:Conversion", "equity", "Equity:Start:a", "EQUITY:start:b")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """What an import leaves behind: `equity` beside `Equity:Conversion`."""
    with Ledger.in_memory("EUR") as made:
        made.open_account("Assets:bank", AccountType.ASSET)
        for name in OPENED:
            made.open_account(name, AccountType.EQUITY)
        for name, amount in zip(OPENED, ("-155.06", "1000", "30", "3"), strict=True):
            lines = DraftPosting("Assets:bank", amount), DraftPosting(name, str(-Decimal(amount)))
            made.post("", *lines, date="2026-01-02")
        yield made


def test_the_account_that_was_opened_says_how_a_name_is_written(ledger: Ledger) -> None:
    names = tree_names(ledger.accounts())
    assert names["equity"] == "equity"
    assert names["equity:conversion"] == "Ｅquity:Conversion"
    assert names["equity:start"] == "Equity:Start"
    assert [one.name for one in ledger.accounts()][1:] == [
        *("equity", "Equity:Adjustments", "Ｅquity:Conversion", "Equity:Start:a", "EQUITY:start:b"),
    ]


def test_the_balance_sheet_has_one_parent_with_the_right_total(ledger: Ledger) -> None:
    rows = balance_sheet(ledger, [DAY]).section(SectionKind.EQUITY).rows
    assert [(row.label, row.depth, str(row.figures[0])) for row in rows][:6] == [
        ("equity", 1, "877.94 EUR"),
        ("equity, own postings", 2, "1000.00 EUR"),
        ("Conversion", 2, "-155.06 EUR"),
        ("Start", 2, "33.00 EUR"),
        ("a", 3, "30.00 EUR"),
        ("b", 3, "3.00 EUR"),
    ]


def test_a_trial_balance_sums_up_under_one_name(ledger: Ledger) -> None:
    rows = trial_balance(ledger, Range(date(2026, 1, 1), DAY), 1).sections[0].rows
    assert [row.label for row in rows] == ["Assets", "equity"]
    assert str(rows[1].figures[5]) in ("877.94 EUR", "1033.00 EUR")


def test_the_screen_has_one_tree(ledger: Ledger) -> None:
    standing = Standing(ledger.revision, ledger.currency, ledger.accounts(), ledger.balances())
    rows = [row for row in account_rows(standing) if row.type is AccountType.EQUITY]
    assert [(row.leaf, row.depth, str(row.totals[0])) for row in rows if row.leaf != "Adjustments"] == [
        ("equity", 1, "877.94 EUR"),
        ("Conversion", 2, "-155.06 EUR"),
        ("Start", 2, "33.00 EUR"),
        ("a", 3, "30.00 EUR"),
        ("b", 3, "3.00 EUR"),
    ]
    assert [row.name for row in account_rows(standing, 1)] == ["Assets", "equity"]


def test_the_tree_of_a_chart_has_one_parent_too() -> None:
    drafts = tuple(AccountDraft(name=name, type=AccountType.EQUITY) for name in OPENED)
    rows = outline(StarterChart("x", "X", "", "", "", None, None, "01-01", drafts))
    assert [(row.name, row.account is not None) for row in rows] == [
        ("equity", True),
        ("Ｅquity:Conversion", True),
        ("Equity:Start", False),
        ("Equity:Start:a", True),
        ("EQUITY:start:b", True),
    ]
