"""Tables as sheets: typed cells, live sums, further sheets, hostile texts, figures no spreadsheet keeps."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from tests.export.conftest import CREATED, HOSTILE, Recalculate
from tests.export.tables import assert_sheets_say, sheets_of
from tests.reports.conftest import Book, MakeBook
from tui_ledger.export.formats import PlainFormats
from tui_ledger.export.table_workbook import write_table
from tui_ledger.ledger import DraftPosting
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.journal import journal
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import Table

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def busy(book: Book) -> Book:
    """A year with openings, contra movements, an account with a code and one that only had a balance before."""
    book.open("Assets:Bank", code="1000")
    book.post("2025-12-30", "Assets:Bank 1000.10", "Equity:Capital -1000.10")
    for month in range(1, 13):
        book.post(f"2026-{month:02}-15", f"Assets:Bank {month}.35", f"Income:Sales -{month}.35")
        book.post(f"2026-{month:02}-20", "Expenses:Rent 0.10", "Assets:Bank -0.10")
    return book


def write(table: Table, folder: Path, **given: object) -> Path:
    return write_table(table, folder / f"{table.name}.xlsx", created=CREATED, **given)


def test_dates_are_dates_and_amounts_numbers_in_their_formats(busy: Book, tmp_path: Path) -> None:
    formats = Formats(locale="de_DE")
    sheet = openpyxl.load_workbook(write(general_ledger(busy.ledger, YEAR), tmp_path, formats=formats)).active
    opening, first = (list(row) for row in sheet.iter_rows(min_row=7, max_row=8))

    assert sheet["A6"].value == "1000 Assets:Bank"
    assert (opening[0].value.date(), opening[0].number_format) == (date(2026, 1, 1), "dd.mm.yyyy")
    assert (first[1].value, first[1].number_format) == (2, "0")
    assert (first[5].value, first[5].data_type, first[5].number_format) == (1.35, "n", "#,##0.00")
    assert (opening[7].value, first[7].value) == (1000.1, 1001.45)


def test_totals_and_closing_balances_are_live_and_recalculate_to_the_ledgers(
    busy: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    tables = [
        general_ledger(busy.ledger, YEAR),
        journal(busy.ledger, YEAR),
        statistics(busy.ledger, YEAR, by="account"),
    ]
    paths = [write(table, tmp_path) for table in tables]
    sheet = openpyxl.load_workbook(paths[0]).active
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    assert formulas[:3] == ["=SUM(F8:F31)", "=SUM(G8:G31)", "=H7+F32-G32"]
    assert "=H36+G37-F37" in formulas
    for computed, table in zip(recalculated(*paths), tables, strict=True):
        assert_sheets_say(computed, table)


def test_sums_of_several_currencies_stay_apart(make_book: MakeBook, tmp_path: Path, recalculated: Recalculate) -> None:
    book = make_book()
    for code in ("USD", "JPY", "KWD"):
        book.open(f"Assets:{code}", currency=code)
        book.open(f"Equity:{code}", currency=code)
        book.post("2026-02-03", f"Assets:{code} 1234", f"Equity:{code} -1234")
    book.post("2026-02-04", "Assets:KWD 0.125", "Equity:KWD -0.125")
    book.post("2026-03-01", "Assets:Bank 0.07", "Equity:Capital -0.07")
    tables = [general_ledger(book.ledger, YEAR), journal(book.ledger, YEAR), statistics(book.ledger, YEAR)]
    paths = [write(table, tmp_path) for table in tables]

    for computed, table in zip(recalculated(*paths), tables, strict=True):
        assert_sheets_say(computed, table)
    formulas = [cell.value for row in openpyxl.load_workbook(paths[1]).active.iter_rows() for cell in row]
    assert "=SUMIF(I7:I16,I20,G7:G16)" in formulas


def test_more_rows_than_a_sheet_holds_go_on_further_sheets(
    busy: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    for table in (general_ledger(busy.ledger, YEAR), journal(busy.ledger, YEAR)):
        path = write(table, tmp_path, most_rows=20)
        book = openpyxl.load_workbook(path)
        sheets = sheets_of(book, table.title)

        assert [sheet.title for sheet in sheets] == [
            table.title if number == 1 else f"{table.title} {number}" for number in range(1, len(sheets) + 1)
        ]
        assert len(sheets) >= 3
        assert all(sheet.max_row <= 21 for sheet in sheets)
        assert all(sheet.print_title_rows == "$5:$5" for sheet in sheets)
        (computed,) = recalculated(path)
        assert_sheets_say(computed, table)


def test_long_blocks_are_summed_in_pieces_where_one_sum_could_lose_a_cent(
    book: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    lines = [
        line for number in range(1500) for line in (f"Assets:Bank {25_000_000 + number}.01", "Equity:Capital -0.01")
    ]
    total = sum(25_000_000 + number for number in range(1500))
    book.open("Assets:Bank")
    book.open("Equity:Capital")
    book.post("2026-05-01", *lines, f"Equity:Capital -{total}")
    table = general_ledger(book.ledger, YEAR)
    path = write(table, tmp_path)

    formulas = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert "=SUM(SUM(F8:F1007),SUM(F1008:F1507))" in formulas
    (computed,) = recalculated(path)
    assert_sheets_say(computed, table)


def test_figures_beyond_fifteen_digits_and_sums_over_them_are_text_and_named(book: Book, tmp_path: Path) -> None:
    book.post("2026-01-05", "Assets:Vault 12345678901234.56", "Equity:Capital -12345678901234.56")
    book.post("2026-01-06", "Assets:Bank 1", "Equity:Capital -1")
    sheet = openpyxl.load_workbook(write(general_ledger(book.ledger, YEAR), tmp_path)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells if str(cell.value) == "12345678901234.56"} == {"s"}
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert formulas == ["=SUM(F8)", "=SUM(G8)", "=H7+F9-G9", "=SUM(G14)", "=SUM(F20:F21)"]
    (note,) = (cell.value for cell in cells if "15 digits" in str(cell.value))
    assert "Assets:Vault, Total" in note
    assert "Equity:Capital, Closing balance" in note
    assert "Assets:Bank" not in note


@pytest.mark.parametrize("make", [general_ledger, journal, lambda ledger, days: statistics(ledger, days, by="payee")])
def test_no_text_of_the_book_is_ever_live(
    book: Book, tmp_path: Path, make: Callable[..., Table], recalculated: Recalculate
) -> None:
    book.open("Assets:Bank")
    for text in HOSTILE:
        posting = [DraftPosting("Assets:Bank", "1", memo=text), DraftPosting("Equity:Adjustments", "-1")]
        book.ledger.post(text, *posting, date=date(2026, 4, 1), payee=text.strip() or None, tags=["tag"])
    table = make(book.ledger, YEAR)
    path = write(table, tmp_path)

    with zipfile.ZipFile(path) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").decode()
    formulas = part.split("<f>")[1:]
    assert all(one.startswith(("SUM(", "SUM(SUM", "H", "SUMIF(")) for one in formulas)
    assert not any(sign in part for sign in "\x07\x1b\x7f\u202e\u2028")
    (computed,) = recalculated(path)
    assert_sheets_say(computed, table)


def test_pages_have_heads_numbers_and_every_column(busy: Book, tmp_path: Path, printed: Callable[[Path], str]) -> None:
    for month in range(1, 13):
        for day in range(1, 6):
            memo = "A long memo that has to be broken into lines so that nothing of it is cut on paper"
            lines = [DraftPosting("Assets:Bank", "1"), DraftPosting("Income:Sales", "-1")]
            busy.ledger.post(memo, *lines, date=date(2026, month, day), payee="Somebody")
    pages = printed(write(general_ledger(busy.ledger, YEAR), tmp_path))

    heads = pages.count("Counter accounts")
    assert heads == pages.count("Balance") >= 4
    assert f"Page {heads} of {heads}" in pages
    assert "cut on paper" in pages
    assert "###" not in pages


def test_an_empty_range_says_so_and_a_day_no_spreadsheet_knows_is_text(book: Book, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(journal(book.ledger, YEAR), tmp_path)).active
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=7, max_col=1)] == ["Nothing was booked in these days."]
    book.post("1850-06-01", "Assets:Bank 5", "Equity:Capital -5")
    sheet = openpyxl.load_workbook(write(journal(book.ledger, Range(date(1850, 1, 1), YEAR.last)), tmp_path)).active
    assert (sheet["A7"].value, sheet["A7"].data_type) == ("1850-06-01", "s")


def test_statistics_have_a_chart_of_their_figures(busy: Book, tmp_path: Path) -> None:
    path = write(statistics(busy.ledger, YEAR), tmp_path)
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "'Statistics'!$B$7:$B$18" in chart
    assert "'Statistics'!$C$7:$C$18" in chart


def test_a_chart_is_printed_whole(busy: Book, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(statistics(busy.ledger, YEAR), tmp_path)).active
    (chart,) = sheet._charts
    last, (_, _, right, bottom) = chart.anchor.to, range_boundaries(sheet.print_area.rpartition("!")[2])

    assert (last.col, last.row + 1) <= (right, bottom)
    assert sum(sheet.column_dimensions[get_column_letter(place)].width for place in range(1, right + 1)) > 70


def test_a_currency_that_goes_without_a_head_on_paper_has_one_in_a_sheet(busy: Book, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(journal(busy.ledger, YEAR), tmp_path)).active
    assert [cell.value for cell in sheet[5]][-1] == "Currency"


def test_a_limit_between_dr_and_cr_is_kept_in_the_number_formats(busy: Book, tmp_path: Path) -> None:
    formats = Formats(locale="en_US", negative="dr-cr")
    sheet = openpyxl.load_workbook(write(general_ledger(busy.ledger, YEAR), tmp_path, formats=formats)).active
    found = {cell.coordinate: cell.number_format for row in sheet.iter_rows(min_row=7, max_row=9) for cell in row}
    assert (found["F8"], found["G9"]) == ("#,##0.00", "#,##0.00")
    assert found["H8"].partition(";")[0].endswith('"Dr"')
    assert PlainFormats().excel_money_format(busy.ledger.currency) == "#,##0.00;-#,##0.00"
    assert Decimal(str(sheet["G9"].value)) == Decimal("0.1")


def test_a_head_behind_one_that_ends_at_the_right_does_not_touch_it(busy: Book, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(journal(busy.ledger, YEAR), tmp_path)).active
    heads = {cell.value: cell.alignment for cell in sheet[5]}
    assert (heads["Credit"].horizontal, heads["Credit"].indent) == ("right", 0)
    assert (heads["Currency"].horizontal, heads["Currency"].indent) == ("left", 1)
    assert heads["Account"].indent == 0
