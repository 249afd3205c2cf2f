from __future__ import annotations

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidOptions
from tui_ledger.money import Money
from tui_ledger.reports.listings import LISTINGS, AskedListing, listing_named
from tui_ledger.reports.paged import PagedTable
from tui_ledger.reports.projection import column_names
from tui_ledger.reports.table import Cell, LineKind, Table

DAYS = {"date_from": "2026-01-01", "date_to": "2026-12-31"}


@pytest.fixture
def trade(book: Book) -> Book:
    book.open("Assets:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post("2025-12-01", "Assets:Bank 500", "Equity:Capital -500")
    book.post("2026-02-01", "Expenses:Rent 90", "Assets:Bank -90")
    book.post("2026-03-01", "Assets:Bank 120.50", "Income:Sales -120.50")
    book.post("2026-03-02", "Assets:Dollars 7", "Equity:Dollars -7")
    book.ledger.add_party("ann", "Ann")
    book.ledger.party_credit("ann", "5", against="Assets:Bank", date="2026-04-01")
    return book


def table_of(book: Book, name: str, columns: str | None = None, **asked: object) -> Table:
    kind = listing_named(name)
    assert kind is not None
    days = DAYS if kind.takes("from") else {}
    return kind.table(book.ledger, AskedListing(**{**days, **asked, "columns": columns}))  # type: ignore[arg-type]


def lines(table: Table) -> list[tuple[LineKind, tuple[Cell, ...]]]:
    with table.reading() as blocks:
        return [(line.kind, line.cells) for block in blocks for line in block.lines]


def test_columns_stand_in_the_order_they_were_chosen_in(trade: Book) -> None:
    whole, chosen = table_of(trade, "general-ledger"), table_of(trade, "general-ledger", "balance, Date ,memo")

    assert [column.name for column in chosen.columns] == ["balance", "date", "memo"]
    places = [whole.place(name) for name in ("balance", "date", "memo")]
    kept = [(kind, tuple(cells[place] for place in places)) for kind, cells in lines(whole) if kind != LineKind.TOTAL]
    assert lines(chosen) == kept


def test_what_a_line_is_called_goes_to_a_column_that_is_there(trade: Book) -> None:
    table = table_of(trade, "register", "date,counter_accounts,payee,debit,balance", account="Assets:Bank")

    first, *_, total, closing = lines(table)
    assert first[1][2:] == ("Opening balance", None, Money(50000, table.currency))
    assert total[1] == (None, None, "Total", Money(12050 + 500, table.currency), None)
    assert closing[1][2] == "Closing balance"


def test_a_line_that_would_say_nothing_is_left_out(trade: Book) -> None:
    kinds = {kind for kind, _ in lines(table_of(trade, "general-ledger", "date,debit"))}
    assert kinds == {LineKind.ROW, LineKind.TOTAL}
    kinds = {kind for kind, _ in lines(table_of(trade, "general-ledger", "balance"))}
    assert kinds == {LineKind.OPENING, LineKind.ROW, LineKind.CLOSING}
    assert {kind for kind, _ in lines(table_of(trade, "journal", "payee"))} == {LineKind.ROW}


@pytest.mark.parametrize("name", ["general-ledger", "journal", "statistics", "parties"])
def test_pages_have_the_same_rows_and_lead_to_the_same_places(trade: Book, name: str) -> None:
    whole = table_of(trade, name)
    chosen = table_of(trade, name, f"{whole.columns[-1].name},{whole.columns[0].name}")
    assert chosen.paged is not None
    pages: PagedTable = chosen.paged()

    placed = pages.rows(0, len(pages))
    rows = [one.line.cells for one in placed if one.line is not None and one.line.kind is LineKind.ROW]
    assert rows == [cells for kind, cells in lines(chosen) if kind is LineKind.ROW]
    assert [pages.index_of(one.key) for one in placed] == list(range(len(pages)))
    named = [one.line.named for one in placed if one.line is not None and one.line.kind is LineKind.ROW]
    firsts = [cells[0] for kind, cells in lines(whole) if kind is LineKind.ROW]
    assert named == [None if cell is None else str(cell) for cell in firsts]
    pages.find_sums()
    assert (pages.sums is None) is (name == "parties")


def test_columns_are_named_by_how_the_list_was_asked_for(trade: Book) -> None:
    by_payee = table_of(trade, "statistics", by="payee")
    assert column_names(by_payee, "PAYEE,net") == ("payee", "net")
    with pytest.raises(InvalidOptions, match="statistics has no column 'month', but payee, debit, credit, net, count"):
        table_of(trade, "statistics", "month", by="payee")


@pytest.mark.parametrize(("columns", "said"), [("", "no column ''"), ("date,", "''"), ("date,date", "named twice")])
def test_columns_that_make_no_list_are_refused(trade: Book, columns: str, said: str) -> None:
    with pytest.raises(InvalidOptions, match=said):
        table_of(trade, "journal", columns)


def test_every_report_that_lists_takes_columns() -> None:
    assert [kind.name for kind in LISTINGS if not kind.takes("columns")] == []
