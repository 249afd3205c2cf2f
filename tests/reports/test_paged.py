from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from tests.reports.conftest import Book, MakeBook
from tui_ledger.money import Money
from tui_ledger.reports.listings import AskedListing, listing_named
from tui_ledger.reports.paged import PagedTable, PlacedLine
from tui_ledger.reports.table import LineKind, Table

ALL = AskedListing(date_from="2025-01-01", date_to="2026-12-31")


@pytest.fixture
def book(make_book: MakeBook) -> Book:
    """Two years, the first closed with a transaction; a void one, a back-dated one, another currency."""
    book = make_book()
    book.open("Assets:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    for month in range(1, 13):
        book.post(f"2025-{month:02}-05", "Assets:Bank 100", "Income:Sales -100")
        book.post(f"2025-{month:02}-20", "Expenses:Rent 60", "Expenses:Fees 5", "Assets:Bank -65")
    book.ledger.close_period("2025-12-31", closing_transaction=True)
    book.post("2026-03-01", "Assets:Bank 10", "Income:Sales -10")
    book.post("2026-01-01", "Assets:Dollars 7", "Equity:Dollars -7")
    book.ledger.void(book.ledger.reverse(26).number)
    return book


def pages(lines: PagedTable, size: int) -> list[PlacedLine]:
    return [line for start in range(0, len(lines), size) for line in lines.rows(start, min(start + size, len(lines)))]


def paged(book: Book, name: str, asked: AskedListing) -> tuple[Table, PagedTable]:
    kind = listing_named(name)
    assert kind is not None
    table = kind.table(book.ledger, asked)
    assert table.paged is not None
    return table, table.paged()


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("general-ledger", ALL),
        ("general-ledger", AskedListing(date_from="2025-06-01", date_to="2025-12-31")),
        ("general-ledger", AskedListing(date_from="2025-01-01", date_to="2025-12-31", after_closing=True)),
        ("register", AskedListing(account="Income:Sales", date_from="2025-01-01", date_to="2025-12-31")),
        ("general-ledger", AskedListing(date_from="2024-01-01", date_to="2024-12-31", show_zero=True)),
        ("general-ledger", AskedListing(date_from="2027-03-01", date_to="2027-06-30")),
        ("register", AskedListing(account="Income:Sales", date_from="2027-01-01", date_to="2028-06-30")),
        ("journal", ALL),
        ("journal", AskedListing(date_from="2025-06-01", date_to="2025-06-30")),
    ],
)
def test_pages_have_the_lines_that_are_read_one_after_the_other(
    book: Book, name: str, asked: AskedListing, size: int
) -> None:
    table, lines = paged(book, name, asked)
    lines.find_sums()
    found = pages(lines, size)
    assert [one.line for one in found if one.line] == [line for block in table.blocks() for line in block.lines]
    assert [lines.index_of(one.key) for one in found] == list(range(len(lines)))
    totals = [line.cells for block in table.blocks() for line in block.lines if line.kind is LineKind.TOTAL]
    places = table.place("debit"), table.place("credit")
    assert lines.sums is not None
    assert added(lines.sums.values()) == added(tuple(cells[place] for place in places) for cells in totals)


def test_before_they_are_worked_out_sums_are_left_open(book: Book) -> None:
    for name in ("general-ledger", "journal"):
        table, lines = paged(book, name, ALL)
        totals = [one.line for one in pages(lines, 50) if one.line and one.line.kind is LineKind.TOTAL]
        assert totals
        assert all(line.cells[table.place("debit")] is None for line in totals)
        assert lines.sums is None


def added(pairs: Iterable[Sequence[object]]) -> list[int]:
    """Debits and credits of all currencies, in minor units."""
    found = list(pairs)
    return [sum(one[side].units for one in found if isinstance(one[side], Money)) for side in (0, 1)]
