"""A table in a terminal: figures whole, texts giving way, memory flat."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest

from tests.export.conftest import HOSTILE
from tests.reports.conftest import Book
from tui_ledger.export.table_text import table_text
from tui_ledger.ledger import DraftPosting
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.journal import journal
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn
from tui_ledger.widths import cell_width

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
EUR = Currency("EUR", 2)


@pytest.fixture
def shop(book: Book) -> Book:
    book.open("Assets:Bank", code="1000")
    book.post("2025-12-30", "Assets:Bank 1000.10", "Equity:Capital -1000.10")
    lines = [DraftPosting("Assets:Bank", "-1234.56"), DraftPosting("Equity:Capital", "1234.56")]
    memo = "A memo that is much too long for any narrow terminal and has to give way"
    book.ledger.post(memo, *lines, date=date(2026, 2, 3), payee="Somebody of a long name")
    return book


def drawn(table: Table, width: int = 80, **given: object) -> list[str]:
    return list(table_text(table, width=width, **given))


def test_an_account_reads_from_its_opening_to_its_closing_balance(shop: Book) -> None:
    assert drawn(general_ledger(shop.ledger, YEAR, [shop.ledger.account("Assets:Bank")]), 90) == [
        "Register of Assets:Bank",
        "shop",
        "2026-01-01 – 2026-12-31 · EUR",
        "",
        "Date        No  Payee            Memo             Counter accoun…  Debit   Credit  Balance",
        "──────────  ──  ───────────────  ───────────────  ───────────────  ─────  ───────  ───────",
        "1000 Assets:Bank",
        "2026-01-01                       Opening balance                                   1000.10",
        "2026-02-03  2   Somebody of a…   A memo that is…  Equity:Capital          1234.56  -234.46",
        "                                                                   ─────  ───────",
        "                                 Total                              0.00  1234.56",
        "2026-12-31                       Closing balance                                   -234.46",
        "",
    ]


@pytest.mark.parametrize("width", [40, 48, 60, 72, 80, 100, 132, 240])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(shop: Book, width: int) -> None:
    ledger = shop.ledger
    for table in (general_ledger(ledger, YEAR), journal(ledger, YEAR), statistics(ledger, YEAR, by="payee")):
        lines = drawn(table, width)
        assert max(map(cell_width, lines)) <= width
        assert sum("1234.56" in line for line in lines) >= 2


@pytest.mark.parametrize("width", [40, 44, 53, 60])
def test_figures_that_do_not_fit_beside_each_other_stand_on_further_lines(shop: Book, width: int) -> None:
    large = [DraftPosting("Assets:Bank", "1234567890.12"), DraftPosting("Equity:Capital", "-1234567890.12")]
    for _ in range(2):
        shop.ledger.post("Much", *large, date=date(2026, 3, 1))
    grouped = Formats("en_US").money
    for table, figure in (
        (general_ledger(shop.ledger, YEAR), "1,234,567,890.12"),
        (statistics(shop.ledger, YEAR), "2,469,135,780.24"),
    ):
        lines = drawn(table, width, money=grouped)
        assert max(map(cell_width, lines)) <= width
        assert sum(line.split().count(figure) for line in lines) >= 2
    heads = drawn(general_ledger(shop.ledger, YEAR), width, money=grouped)[4:8]
    assert [name for line in heads for name in line.split() if name in ("Debit", "Credit", "Balance")] == [
        *("Debit", "Credit", "Balance"),
    ]


def test_figures_stand_beneath_the_texts_where_both_do_not_fit(shop: Book) -> None:
    lines = drawn(general_ledger(shop.ledger, YEAR, [shop.ledger.account("Assets:Bank")]), 44)
    place = next(number for number, line in enumerate(lines) if line.startswith("2026-02-03"))
    assert lines[place].startswith("2026-02-03  2   Somebody of")
    assert lines[place + 1].split() == ["1234.56", "-234.46"]
    assert cell_width(lines[place + 1]) == 44


def test_amounts_and_days_are_written_the_readers_way(shop: Book) -> None:
    formats = Formats(locale="de_DE", negative="dr-cr")
    credit_money = partial(formats.money, credit_normal=True)
    table = general_ledger(shop.ledger, YEAR, [shop.ledger.account("Assets:Bank")])
    sided_money = partial(formats.money, credit_normal=None)
    by_side = {"credit_money": credit_money, "sided_money": sided_money}
    lines = drawn(table, 110, money=formats.money, **by_side, show_date=formats.date)
    (posting,) = (line for line in lines if line.startswith("03.02.2026"))
    assert posting.split()[-3:] == ["1.234,56", "234,46", "H"]


def test_hostile_texts_are_shown_without_their_control_characters(book: Book) -> None:
    book.open("Assets:Bank")
    for text in HOSTILE:
        lines = [DraftPosting("Assets:Bank", "1", memo=text), DraftPosting("Equity:Adjustments", "-1")]
        book.ledger.post(text, *lines, date=date(2026, 4, 1), payee=text.strip() or None)
    said = "\n".join(drawn(journal(book.ledger, YEAR), 200))
    assert not any(sign in said for sign in "\x07\x1b\x7f\x9b\t\r\u202e\u2028")
    assert "[bold red]markup[/]" in said


def test_nothing_booked_is_said(book: Book) -> None:
    assert drawn(general_ledger(book.ledger, YEAR))[-1] == "Nothing was booked in these days."


def endless(rows: int, amount_at: dict[int, int] | None = None) -> Table:
    """A table of so many rows, read one after the other."""

    def lines() -> Iterator[Line]:
        for place in range(rows):
            yield Line((f"row {place}", Money((amount_at or {}).get(place, 100), EUR)))
        yield Line(("Total", Money(rows * 100, EUR)), LineKind.TOTAL)

    columns = (TableColumn("name", "Name", CellKind.TEXT), TableColumn("amount", "Amount", CellKind.MONEY))
    return Table("long", "Long", "shop", EUR, columns, lambda: iter([Block("", lines())]), at=date(2026, 1, 1))


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        try:
            assert sum(1 for _ in table_text(endless(rows))) > rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(30_000) < 1.5 * peak(5_000)


def test_a_wider_figure_far_below_widens_its_column_and_is_whole() -> None:
    lines = drawn(endless(5_000, {4_500: 123_456_789_012}), 40)
    assert "1234567890.12" in " ".join(lines)
    assert max(map(cell_width, lines)) <= 40


def test_what_earlier_years_left_is_named_whole_where_cells_beside_it_are_empty(book: Book) -> None:
    book.post("2025-05-01", "Assets:Bank:Current account 100", "Income:Sales -100")
    book.post("2026-05-01", "Assets:Bank:Current account 7", "Income:Sales -7")
    days = Range(date(2026, 1, 1), date(2026, 12, 31))
    shown = list(table_text(general_ledger(book.ledger, days, [book.ledger.account("Income:Sales")]), width=80))
    assert sum("of earlier years, not yet closed" in line and line.endswith("100.00") for line in shown) == 2
    assert all(len(line) <= 80 for line in shown)
