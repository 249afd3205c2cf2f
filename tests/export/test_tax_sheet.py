"""The tax report as a sheet: totals and closing balances are live, links lead to the general ledger, checks hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.export.conftest import CREATED, Recalculate
from tests.export.tables import assert_sheets_say
from tests.export.test_whole_workbook import locations, target, verdicts
from tests.reports.conftest import Book, MakeBook
from tests.reports.test_tax import BANK, INPUT, SALES, VAT, with_taxes
from tui_ledger.errors import UnknownReport
from tui_ledger.export.table_workbook import write_table
from tui_ledger.export.whole_workbook import write_whole_workbook
from tui_ledger.reports.columns import Range
from tui_ledger.reports.tax import tax

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def taxed(make_book: MakeBook) -> Book:
    book = with_taxes(make_book())
    book.post("2025-12-30", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    for month in range(1, 6):
        book.post(f"2026-{month:02}-10", f"{BANK} 119.05", f"{SALES} -100.04", f"{VAT} -19.01")
    book.post("2026-02-10", "Income:Books -20", f"{VAT} -1.40", f"{BANK} 21.40")
    book.post("2026-03-10", "Expenses:Rent 100", f"{INPUT} 19", f"{BANK} -119")
    book.post("2026-04-10", f"{VAT} 19", f"{BANK} -19")
    book.post("2026-05-10", f"{VAT} 20", f"{BANK} -20")
    return book


def test_totals_and_closing_balances_recalculate_to_the_ledgers(
    taxed: Book, make_book: MakeBook, tmp_path: Path, recalculated: Recalculate
) -> None:
    huge = with_taxes(make_book("huge"))
    huge.post("2026-01-05", f"{BANK} 12345678901234.56", f"{SALES} -12345678901234.56")
    huge.post("2026-01-06", f"{BANK} 12345678901234.56", f"{VAT} -12345678901234.56")
    huge.post("2026-01-07", f"{VAT} 0.01", f"{BANK} -0.01")
    tables = [tax(taxed.ledger, YEAR), tax(taxed.ledger, YEAR, "month"), tax(huge.ledger, YEAR)]
    paths = [write_table(table, tmp_path / f"{n}.xlsx", created=CREATED) for n, table in enumerate(tables)]
    sheet = openpyxl.load_workbook(paths[0]).active
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas[-5:] == [
        "=SUM(C14:C15)",
        "=SUM(D14:D15)",
        "=SUM(E14:E15)",
        "=SUM(F14:F15)",
        "=G13+SUM(E14:E15,E17)",
    ]
    for computed, table in zip(recalculated(*paths), tables, strict=True):
        assert_sheets_say(computed, table)


def test_it_is_a_sheet_of_the_whole_workbook_that_leads_to_the_general_ledger(
    taxed: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = tmp_path / "whole.xlsx"
    write_whole_workbook(taxed.ledger, YEAR, path, created=CREATED)
    book = openpyxl.load_workbook(path)
    (head,) = (row[0] for row in book["Tax"].iter_rows() if row[0].value == VAT)
    there = target(book, locations(book["Tax"])[head.coordinate])
    assert (there.parent.title, there.value) == ("General ledger", VAT)
    (computed,) = recalculated(path)
    assert_sheets_say(computed, tax(taxed.ledger, YEAR))
    found = verdicts(computed)
    for account in (INPUT, VAT):
        assert found[f"Tax − general ledger: closing balance of {account} EUR"] == (0, "right")


def test_without_tax_codes_there_is_no_such_sheet_and_asking_for_it_says_so(book: Book, tmp_path: Path) -> None:
    book.post("2026-01-05", "Assets:Bank 1", "Income:Sales -1")
    assert "tax" not in write_whole_workbook(book.ledger, YEAR, tmp_path / "a.xlsx", created=CREATED).sheets
    write_whole_workbook(book.ledger, YEAR, tmp_path / "b.xlsx", created=CREATED, names=["tax", "journal"])
    contents = openpyxl.load_workbook(tmp_path / "b.xlsx")["Contents"]
    assert "There are no tax codes in this book." in [row[0] for row in contents.iter_rows(values_only=True)]
    with pytest.raises(UnknownReport, match="tax"):
        write_whole_workbook(book.ledger, YEAR, tmp_path / "c.xlsx", created=CREATED, names=["taxes"])
