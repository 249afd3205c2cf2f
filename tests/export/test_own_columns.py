"""Columns somebody chose, as they leave: differences stay live, labels stay texts, lists have fewer columns."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.export.conftest import CREATED, Recalculate
from tests.export.tables import assert_sheets_say
from tests.export.test_recalculation import assert_equal_to_the_last_digit, figures
from tests.reports.conftest import Book
from tui_ledger.export.delimited import report_csv
from tui_ledger.export.html import report_html
from tui_ledger.export.plain import plain_report
from tui_ledger.export.table_workbook import write_table
from tui_ledger.export.whole_workbook import write_whole_workbook
from tui_ledger.export.workbook import write_statement
from tui_ledger.ledger.saved_reports import SavedReport, save_report
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import Report
from tui_ledger.reports.requests import Request
from tui_ledger.reports.table import Table

LABEL = "=cmd|'/C calc'!A1"
COLUMNS = ("Now=2026-12-31", "2025", f"{LABEL}=#1-#2", "2026-03-01", "#4-#1")


def statement(book: Book, name: str, *columns: str, **options: str) -> Report:
    made = Request(name, {"column": columns, **options}).made(book.ledger)
    assert isinstance(made, Report)
    return made


def listing(book: Book, name: str, columns: str) -> Table:
    made = Request(name, {"columns": columns, "from": "2025-01-01", "to": "2026-12-31"}).made(book.ledger)
    assert isinstance(made, Table)
    return made


def test_differences_are_formulas_that_recalculate_to_the_ledgers_figures(
    shop: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    report = statement(shop, "balance-sheet", *COLUMNS)
    path = write_statement(report, tmp_path / "own.xlsx", created=CREATED)

    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[5]][4] == LABEL
    assert sheet["E5"].data_type == "s"
    (savings,) = (row for row in sheet.iter_rows() if row[1].value == "Savings")
    row = savings[0].row
    assert (savings[4].value, savings[6].value) == (f"=C{row}-D{row}", f"=F{row}-C{row}")
    (computed,) = recalculated(path)
    assert_equal_to_the_last_digit(computed.worksheets[0], report)


def test_a_figure_changed_by_hand_moves_the_difference_and_its_totals(
    shop: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = write_statement(statement(shop, "balance-sheet", *COLUMNS[:3]), tmp_path / "own.xlsx", created=CREATED)
    changed = openpyxl.load_workbook(path)
    (savings,) = (row for row in changed.active.iter_rows() if row[1].value == "Savings")
    savings[2].value = 701.05
    changed.save(path)

    (computed,) = recalculated(path)

    found = dict(figures(computed.worksheets[0]))
    assert found["Total assets"] == (13399.97 + 1, 6200.3, pytest.approx(7199.67 + 1))
    assert found["Assets − liabilities − equity"] == (1, 0, 1)


def test_cash_at_both_ends_is_live_and_what_has_no_price_stays_a_text(
    book: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    book.open("Assets:Bank", cash=True)
    book.open("Assets:USD", currency="USD", cash=True)
    book.open("Income:USD", currency="USD")
    book.post("2025-03-01", "Assets:Bank 100.10", "Income:Sales -100.10")
    book.post("2026-03-01", "Assets:Bank 40.35", "Income:Sales -40.35")
    book.post("2026-04-01", "Assets:USD 5", "Income:USD -5")
    reports = [statement(book, name, "2026", "2025", "Change=#1-#2") for name in ("cash-flow", "income-statement")]
    paths = [write_statement(one, tmp_path / f"{one.name}.xlsx", created=CREATED) for one in reports]

    sheet = openpyxl.load_workbook(paths[0]).active
    row = next(row for row in sheet.iter_rows() if row[1].value == "Cash at the beginning")
    assert row[4].value == f"=C{row[0].row}-D{row[0].row}"
    cash, income = (dict(figures(computed.worksheets[0])) for computed in recalculated(*paths))
    assert Decimal(str(cash["Cash at the end"][2])).quantize(Decimal("0.01")) == Decimal("40.35")
    assert income["USD"] == ("5.00 USD", 0, "5.00 USD")
    assert Decimal(str(income["Total income"][2])).quantize(Decimal("0.01")) == Decimal("-59.75")


def test_labels_and_days_are_read_in_every_format(shop: Book) -> None:
    report = statement(shop, "income-statement", "[red]<b>x</b>=2026", "2025-01-01..2025-06-15", f"{LABEL}=#1-#2")

    head = next(csv.reader(io.StringIO(report_csv(report))))
    assert head[6:] == [
        "[red]<b>x</b>",
        "[red]<b>x</b> unconverted",
        "2025-01-01..2025-06-15",
        "2025-01-01..2025-06-15 unconverted",
        f"'{LABEL}",
        f"'{LABEL} unconverted",
    ]
    lines = plain_report(report, width=120)
    assert lines[2] == "[red]<b>x</b> (2026-01-01 – 2026-12-31), 2025-01-01 – 2025-06-15 · EUR"
    assert lines[4].split("  ")[-1] == LABEL
    page = report_html(report)
    assert "[red]&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page


def test_names_of_totals_go_to_days_and_never_to_differences(shop: Book, tmp_path: Path) -> None:
    report = statement(shop, "income-statement", "This year=2026", "2025", "2026", "Change=#1-#2")

    names = openpyxl.load_workbook(write_statement(report, tmp_path / "own.xlsx", created=CREATED)).defined_names
    assert {name: one.attr_text.rpartition("!")[2][:2] for name, one in names.items() if name.startswith("Result")} == {
        "Result": "$C",
        "Result_2026": "$C",
        "Result_2025": "$D",
    }


def test_sums_of_a_list_stay_live_in_whatever_order_its_columns_stand(
    shop: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    tables = [
        listing(shop, "general-ledger", "balance,credit,date,debit,payee"),
        listing(shop, "general-ledger", "memo,balance"),
        listing(shop, "journal", "credit,debit,account"),
        listing(shop, "statistics", "count,net,month"),
    ]
    paths = [write_table(one, tmp_path / f"{place}.xlsx", created=CREATED) for place, one in enumerate(tables)]

    cells = [cell.value for row in openpyxl.load_workbook(paths[0]).active.iter_rows() for cell in row]
    assert "=A7+D11-B11" in cells
    for computed, table in zip(recalculated(*paths), tables, strict=True):
        assert_sheets_say(computed, table)


def test_a_journal_of_several_currencies_without_their_names_says_nothing_untrue(book: Book, tmp_path: Path) -> None:
    for name in ("Assets:USD", "Equity:USD"):
        book.open(name, currency="USD")
    book.post("2026-03-01", "Assets:USD 5", "Equity:USD -5")
    book.post("2026-03-02", "Assets:Bank 7", "Equity:Capital -7")

    path = write_table(listing(book, "journal", "date,account,debit,credit"), tmp_path / "j.xlsx", created=CREATED)

    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert cells.count(5) == cells.count(7) == 4
    assert not any("15 digits" in str(value) for value in cells)


def test_the_workbook_has_saved_reports_on_sheets_of_their_own(
    shop: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    save_report(shop.ledger, SavedReport("=cmd()", "balance-sheet", {"column": COLUMNS[:3], "format": "csv"}))
    save_report(shop.ledger, SavedReport("Short journal", "journal", {"columns": "date,debit,credit"}))
    days = Range(date(2026, 1, 1), date(2026, 12, 31))
    names = ("short JOURNAL", "balance-sheet", "=cmd()")

    written = write_whole_workbook(shop.ledger, days, tmp_path / "all.xlsx", created=CREATED, names=names)

    assert written.sheets == ("balance-sheet", "Short journal", "=cmd()")
    (computed,) = recalculated(written.path)
    assert computed.sheetnames == ["Contents", "Balance sheet", "Short journal", "=cmd()", "Checks"]
    report = statement(shop, "balance-sheet", *COLUMNS[:3])
    assert_equal_to_the_last_digit(computed["=cmd()"], report)
    contents = openpyxl.load_workbook(written.path)["Contents"]
    assert {cell.data_type for row in contents.iter_rows() for cell in row if cell.value == "=cmd()"} == {"s"}
