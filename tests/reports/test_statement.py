"""One party's sheet as a report: opening balance, items with what was owed after each, closing balance, by pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.conftest import Book
from tests.reports.test_paged import pages
from tui_ledger.errors import InvalidOptions, InvalidParty, UnknownParty
from tui_ledger.ledger import Ledger
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.listings import AskedListing, listing_named
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.statement import days_of_party, statement
from tui_ledger.reports.table import LineKind, Table

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
FEBRUARY = Range(date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture
def owing(book: Book) -> Book:
    """Ann: 100 at the end of January, 30.50 less on the first of February, a bonus on its last day, 7 dollars later."""
    ledger = book.ledger
    ledger.add_party("ann", "Ann Smith")
    ledger.add_party("bob")
    book.open("Assets:Bank")
    book.open("Equity:Dollars", currency="USD")
    book.open("Liabilities:Ann in dollars", currency="USD", party="ann", purpose="dollars")
    ledger.party_credit("ann", "100", against="Assets:Bank", date="2026-01-31", memo="Top-up", payee="Bank")
    ledger.party_debit("ann", "30.50", date="2026-02-01", memo="Fee")
    ledger.party_credit("ann", "5", purpose="bonus", date="2026-02-28", memo="=1+1")
    ledger.party_debit("ann", "1", date="2026-03-01", memo="Late")
    book.post("2026-03-02", "Equity:Dollars 7", "Liabilities:Ann in dollars -7")
    return book


def lines(table: Table) -> list[tuple[Any, ...]]:
    """Kind, day, number, text, amount and balance of each line, the head of each block before them."""
    found: list[tuple[Any, ...]] = []
    with table.reading() as blocks:
        for block in blocks:
            found.append((block.title,))
            for line in block.lines:
                day, number, text, _, *money = line.cells
                figures = ("" if one is None else plain_figure(one) for one in money)
                found.append((line.kind.value, None if day is None else str(day), number, text, *figures))
    return found


def test_a_range_has_both_its_ends_and_what_was_owed_before_it(owing: Book) -> None:
    assert lines(statement(owing.ledger, "ANN", FEBRUARY)) == [
        ("EUR",),
        ("opening", "2026-02-01", None, "Opening balance", "", "100.00"),
        ("row", "2026-02-01", 2, "Fee", "-30.50", "69.50"),
        ("row", "2026-02-28", 3, "=1+1", "5.00", "74.50"),
        ("total", None, None, "Total", "-25.50", ""),
        ("closing", "2026-02-28", None, "Closing balance", "", "74.50"),
    ]


def test_newest_first_turns_the_lines_and_no_balance(owing: Book) -> None:
    usual = lines(statement(owing.ledger, "ann", FEBRUARY))[1:]
    turned = lines(statement(owing.ledger, "ann", FEBRUARY, newest_first=True))[1:]
    assert turned == [usual[4], usual[2], usual[1], usual[3], usual[0]]


def test_each_currency_is_a_block_and_one_purpose_is_chosen(owing: Book) -> None:
    assert [line[0] for line in lines(statement(owing.ledger, "ann", YEAR)) if len(line) == 1] == ["EUR", "USD"]
    bonus = lines(statement(owing.ledger, "ann", YEAR, purpose="Bonus"))
    assert [line[3:] for line in bonus if line[0] == "row"] == [("=1+1", "5.00", "5.00")]
    dollars = statement(owing.ledger, "ann", YEAR, currency="USD")
    assert [line[0] for line in lines(dollars)] == ["USD", "opening", "row", "total", "closing"]


def test_days_that_are_left_open_lie_where_the_postings_begin_and_end(owing: Book) -> None:
    assert days_of_party(owing.ledger, "ann") == Range(date(2026, 1, 31), date(2026, 7, 15))
    assert days_of_party(owing.ledger, "ann", None, date(2026, 2, 5)) == Range(date(2026, 1, 31), date(2026, 2, 5))
    assert days_of_party(owing.ledger, "bob") == Range(date(2026, 7, 15), date(2026, 7, 15))
    assert days_of_party(owing.ledger, "ann", date(2027, 1, 1)) == Range(date(2027, 1, 1), date(2027, 1, 1))


def test_a_party_without_anything_has_no_lines_and_an_unknown_one_is_named(owing: Book) -> None:
    assert lines(statement(owing.ledger, "bob", YEAR)) == []
    assert len(statement(owing.ledger, "bob", YEAR).paged()) == 0
    with pytest.raises(UnknownParty, match="'bobby'"):
        statement(owing.ledger, "bobby", YEAR)
    with pytest.raises(InvalidParty):
        statement(owing.ledger, "ann", YEAR, purpose="a:b")


def test_the_listing_takes_its_party_behind_its_name_or_as_an_option(owing: Book) -> None:
    kind = listing_named("statement")
    assert kind is not None
    asked = AskedListing(date_from="2026-02-01", date_to="2026-02-28", party="ann", purpose="bonus", newest_first=True)
    assert kind.table(owing.ledger, asked).title == "Statement of Ann Smith (ann) · bonus"
    with pytest.raises(InvalidOptions, match="Name the party"):
        kind.table(owing.ledger, AskedListing())
    with pytest.raises(InvalidOptions, match="takes no --by"):
        kind.table(owing.ledger, AskedListing(party="ann", by="tag"))


@settings(max_examples=15, deadline=None)
@given(
    moves=st.lists(st.tuples(st.integers(1, 28), st.integers(-500, 500).filter(bool), st.booleans()), max_size=12),
    first=st.integers(1, 28),
    length=st.integers(0, 27),
    size=st.integers(1, 9),
    newest_first=st.booleans(),
)
def test_opening_and_items_are_the_closing_balance_and_no_page_changes_a_line(
    moves: list[tuple[int, int, bool]], first: int, length: int, size: int, newest_first: bool
) -> None:
    with Ledger.in_memory("EUR") as ledger:
        ledger.add_party("ann")
        for day, cents, is_bonus in moves:
            amount, purpose = Money(cents, ledger.currency), "bonus" if is_bonus else "default"
            ledger.party_adjust("ann", amount, purpose=purpose, date=date(2026, 1, day))
        days = Range(date(2026, 1, first), date(2026, 1, min(first + length, 28)))
        table = statement(ledger, "ann", days, newest_first=newest_first)
        with table.reading() as blocks:
            whole = [line for block in blocks for line in block.lines]
        assert table.paged is not None
        paged = table.paged()
        placed = pages(paged, size)
        assert [one.line for one in placed] == whole
        assert [paged.index_of(one.key) for one in placed] == list(range(len(placed)))
        by_kind = {kind: [line for line in whole if line.kind is kind] for kind in LineKind}
        if whole:
            opening, closing = by_kind[LineKind.OPENING][0].cells[-1], by_kind[LineKind.CLOSING][0].cells[-1]
            changes = [line.cells[-2] for line in by_kind[LineKind.ROW]]
            assert opening.units + sum(one.units for one in changes) == closing.units
            assert closing == ledger.party_balance("ann", at=days.last)[0]
            paged.find_sums()
            debits, credits = paged.sums["EUR"]
            assert credits - debits == by_kind[LineKind.TOTAL][0].cells[-2]
