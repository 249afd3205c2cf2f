"""The demo book: a shop of two years that is the same every time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tui_ledger.demo import DEMO_DAY, make_demo
from tui_ledger.errors import BookExists
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.tax import tax


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


def test_it_is_the_same_every_time(demo: Path, tmp_path: Path) -> None:
    again = make_demo(tmp_path)
    with Ledger.open(demo) as first, Ledger.open(again) as second:
        assert first.head == second.head


def test_what_was_noted_of_an_older_one_does_not_count_for_the_new_one(tmp_path: Path) -> None:
    with Ledger.open(make_demo(tmp_path)) as older:
        older.set_setting("colour", "red")
        older.backup(tmp_path / "copy.ledger")
    with Ledger.open(make_demo(tmp_path)) as newer:
        assert newer.verify(replay=True).ok


def test_it_is_sound_and_as_large_as_it_is_meant_to_be(demo: Path) -> None:
    with Ledger.open(demo) as ledger:
        assert ledger.verify().ok
        transactions = list(ledger.journal())
        assert 600 <= len(transactions) <= 700
        assert 50 <= len(ledger.accounts()) <= 60
        assert transactions[-1].date == DEMO_DAY
        assert (DEMO_DAY - transactions[0].date).days > 700
        units = ledger.balances()
        signs = Counter[AccountType]()
        for account in ledger.accounts():
            signs[account.type] += units[account.id]
        assert sum(signs.values()) == 0
        assert all(signs[kind] != 0 for kind in AccountType)


def test_the_paper_mill_is_paid_every_week(demo: Path) -> None:
    with Ledger.open(demo) as ledger:
        weeks = [transaction.date for transaction in ledger.journal() if transaction.payee == "Paper Mill"]
        assert len(weeks) == 105
        last = ledger.last_transaction_of("Paper Mill")
        assert last is not None
        assert [posting.account for posting in last.postings] == ["Expenses:Supplies:Paper", "Assets:Bank:Current"]


def test_money_never_runs_out_and_slips_are_corrected_by_reversal(demo: Path) -> None:
    with Ledger.open(demo) as ledger:
        for name in ("Assets:Bank:Current", "Assets:Cash:Till", "Assets:Inventory:Goods for resale"):
            assert min(posting.balance.units for posting in ledger.register(name)) >= 0
        assert sum(transaction.reverses is not None for transaction in ledger.journal()) == 3


def test_it_keeps_balances_for_those_its_accounts_are_about(demo: Path) -> None:
    with Ledger.open(demo) as ledger:
        owed = {one.key: one.balance.units for one in ledger.party_balances()}
        assert [key for key, units in owed.items() if units > 0] == ["bank", "tax-office", "owner"]
        assert [key for key, units in owed.items() if units < 0] == ["cards", "landlord"]
        assert owed["bank"] == ledger.balance("Liabilities:Loans:Bank loan").units
        assert len(ledger.party_sheet("tax-office")) > 50


def test_its_tax_codes_explain_the_vat_it_charged_and_paid(demo: Path) -> None:
    with Ledger.open(demo) as ledger:
        table = tax(ledger, Range(date(2026, 8, 1), DEMO_DAY))
        found = {block.title: [line.cells for line in block.lines] for block in table.blocks()}
    for name, most in (("Assets:VAT:Input VAT", 0), ("Liabilities:VAT:Output VAT", 10)):
        _, (_, rate, base, _, posted, difference, _), *_ = found[name]
        assert isinstance(base, Money)
        assert isinstance(posted, Money)
        assert isinstance(difference, Money)
        assert rate == "20%"
        assert abs(difference.units) <= most < posted.units < base.units


def test_an_older_demo_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    place = make_demo(tmp_path)
    with Ledger.open(place) as ledger:
        ledger.increase("Assets:Cash:Till", 1)
    make_demo(tmp_path)
    with Ledger.open(place) as ledger:
        assert ledger.verify().ok
        assert len(ledger.journal()) < 700
        assert not any(transaction.data for transaction in ledger.journal())
    place.unlink()
    Ledger.create(place, "EUR").close()
    with pytest.raises(BookExists):
        make_demo(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["demo.ledger"]
