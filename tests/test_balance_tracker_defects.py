"""What Balance Tracker got wrong with its users' balances, one test for each defect: each would fail on the ancestor.

The letters are those of the table in tests/test_ancestors.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import AmountNotPositive, InvalidAmount, LedgerError, NotPermitted, PartyInUse, UnknownParty
from tui_ledger.importing.item_import import ItemOptions, import_items
from tui_ledger.ledger import Ledger, passphrases
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.columns import Range
from tui_ledger.reports.parties import parties
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.statement import statement
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import LineKind, Table

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
PASSPHRASE = "correct horse battery"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    clock = datetime(2026, 6, 15, 10, tzinfo=UTC)
    with Ledger.create(tmp_path / "club.ledger", "USD", clock=lambda: clock) as ledger:
        for key in ("ann", "bob"):
            ledger.add_party(key, key.title())
        yield ledger


def rows(table: Table) -> list[tuple[Any, ...]]:
    with table.reading() as blocks:
        return [line.cells for block in blocks for line in block.lines if line.kind is LineKind.ROW]


@pytest.mark.parametrize("amount", ["-5", "0", "1e3", "1,000", "lots", "NaN"])
def test_no_amount_is_cast_to_something_else(book: Ledger, amount: str) -> None:
    """B3, B16: negative amounts turned credits into debits, text counted as zero, 1e3 as a thousand"""
    for act in (book.party_credit, book.party_debit):
        with pytest.raises((AmountNotPositive, InvalidAmount)):
            act("ann", amount)
    assert len(book.journal()) == 0


def test_a_user_who_does_not_exist_has_no_balance(book: Ledger) -> None:
    """B3: any number was taken for a user"""
    for ask in (book.party_credit, book.party_debit):
        with pytest.raises(UnknownParty):
            ask("carl", 5)
    with pytest.raises(UnknownParty):
        book.party_balance("carl")
    assert [one.key for one in book.parties()] == ["ann", "bob"]


def test_both_ends_of_a_range_are_whole_days_and_no_moment_of_the_next_is_in_it(book: Ledger, tmp_path: Path) -> None:
    """B5, B14: what was written in the second of the request was missing, and midnight of the day after was there"""
    moments = ("2025-12-31 23:59:59", "2026-01-01 00:00:00", "2026-01-31 23:59:59", "2026-02-01 00:00:00")
    lines = "".join(f"{place},ann,{moment},credit,{place},1\n" for place, moment in enumerate(moments))
    table = tmp_path / "items.csv"
    table.write_text(f"id,user,time,type,message,amount\n{lines}", encoding="utf-8")
    import_items(book, table, ItemOptions(zone=UTC))
    january = statement(book, "ann", Range(date(2026, 1, 1), date(2026, 1, 31)))
    assert [cells[2] for cells in rows(january)] == ["1", "2"]
    assert [str(book.party_balance("ann", at=day)[0]) for day in ("2025-12-31", "2026-01-31", "2026-02-01")] == [
        "1.00 USD", "3.00 USD", "4.00 USD",
    ]  # fmt: skip
    today = book.party_credit("bob", 5)
    assert [cells[1] for cells in rows(statement(book, "bob", Range(book.today, book.today)))] == [today.number]


def test_no_user_is_lost_from_the_report_of_all_balances(book: Ledger) -> None:
    """B15: users whose last two items share a second, or whose balance had the same value before, were dropped; so
    were those without items; and the newest version said sortable and was not"""
    for key in ("ann", "bob"):
        for amount in (5, -5, 5):
            book.party_adjust(key, amount, date="2026-01-01")
    book.add_party("cid", "Cid")
    book.party_debit("ann", 7, date="2026-01-01")

    def listed(**choice: Any) -> list[tuple[str, str]]:
        return [(cells[0], plain_figure(cells[3])) for cells in rows(parties(book, book.today, True, **choice))]

    assert listed() == [("ann", "-2.00"), ("bob", "5.00"), ("cid", "0.00")]
    assert listed(order="balance", falling=True) == [("bob", "5.00"), ("cid", "0.00"), ("ann", "-2.00")]
    assert listed(order="balance") == [("ann", "-2.00"), ("cid", "0.00"), ("bob", "5.00")]


def test_no_item_outlives_its_user(book: Ledger) -> None:
    """B15: the report broke on items of users who were deleted"""
    book.party_credit("ann", 5)
    with pytest.raises(PartyInUse):
        book.delete_party("ann")
    book.edit_party("ann", active=False)
    assert [cells[:3] for cells in rows(parties(book, book.today))] == [("ann", "Ann", "inactive")]


def test_under_another_s_name_is_that_one_s_sheet_and_nobody_else_s(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B12: whoever looked at another user's sheet was shown their own, and who may see their own was refused it"""
    monkeypatch.setattr(passphrases, "_COST", 2**8)
    book.party_credit("ann", 5, memo="for Ann")
    book.party_credit("bob", 7, memo="for Bob")
    book.add_user("Vic", "viewer", passphrase=PASSPHRASE)
    book.add_user("Ann", "party", "ann", PASSPHRASE)
    everything, own = book.sign_in("Vic", PASSPHRASE), book.sign_in("Ann", PASSPHRASE)
    assert [cells[2] for cells in rows(statement(everything, "bob", YEAR))] == ["for Bob"]
    assert [cells[2] for cells in rows(statement(own, "ann", YEAR))] == ["for Ann"]
    assert [cells[0] for cells in rows(statistics(own, YEAR, party="ann"))] == ["2026-06"]
    for ask in (statement, lambda ledger, party, days: statistics(ledger, days, party=party)):
        with pytest.raises(NotPermitted):
            ask(own, "bob", YEAR)


@pytest.mark.parametrize(
    ("options", "written"),
    [({}, "-$5.00"), ({"negative": "parentheses"}, "($5.00)"), ({"symbol_position": "after"}, "-5.00$")],
)
def test_a_debit_and_a_balance_below_zero_are_written_alike(options: dict[str, Any], written: str) -> None:
    """B20: the balance was `$-5.00` and the debit that made it `-$5.00`"""
    formats = Formats(locale="en_US", **options)
    with Ledger.in_memory("USD") as ledger:
        ledger.add_party("ann")
        ledger.party_debit("ann", 5)
        (row,) = ledger.party_sheet("ann")
    shown = [formats.money(money, symbol=True, credit_normal=True) for money in (row.change, row.balance)]
    assert shown == [written, written]


def test_a_thousand_tenths_are_a_hundred_and_no_column_is_too_narrow(book: Ledger) -> None:
    """B7: sums of floats, and a balance of at most 999,999.9999"""
    with book.write():
        for _ in range(20):
            book.party_credit("ann", "0.10")
            book.party_credit("ann", "1000000.05")
    assert str(book.party_balance("ann")[0]) == "20000003.00 USD"
    assert str(book.party_sheet("ann").closing_balance) == "20000003.00 USD"


def test_a_back_dated_item_moves_every_later_balance(book: Ledger) -> None:
    """B6: nothing could be dated back; what came in between would have left later balances as they were"""
    book.party_credit("ann", 10, date="2026-01-10")
    book.party_credit("ann", 1, date="2026-03-01")
    book.party_debit("ann", 4, date="2026-02-01")
    assert [plain_figure(cells[-1]) for cells in rows(statement(book, "ann", YEAR))] == ["10.00", "6.00", "7.00"]


def test_several_balances_of_one_user_are_kept_apart_and_together(book: Ledger) -> None:
    """B25: instances were begun and never finished"""
    book.party_credit("ann", 10)
    book.party_credit("ann", 3, purpose="bonus")
    assert [str(book.party_balance("ann", purpose=one)[0]) for one in ("default", "bonus", None)] == [
        "10.00 USD", "3.00 USD", "13.00 USD",
    ]  # fmt: skip


def test_what_a_hook_posts_itself_does_not_make_the_next_balance_wrong(book: Ledger) -> None:
    """B9: the balance was read before the hook, and stored after it"""

    def bonus(draft: Any) -> None:
        if draft.memo == "sale":
            book.party_credit("ann", 1, memo="bonus")

    book.before_post(bonus)
    book.party_credit("ann", 10, memo="sale")
    book.party_credit("ann", 5, memo="more")
    assert [plain_figure(cells[-1]) for cells in rows(statement(book, "ann", YEAR))] == ["1.00", "11.00", "16.00"]


def test_what_could_not_be_written_is_not_called_done(book: Ledger) -> None:
    """B2: the answer was TRUE whatever had happened"""
    book.close_period("2026-01-31")
    with pytest.raises(LedgerError):
        book.party_credit("ann", 5, date="2026-01-31")
    assert rows(statement(book, "ann", YEAR)) == []
