"""A party's sheet, its statistics and found postings as workbooks, CSV and HTML: live sums, hostile text as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.export.conftest import CREATED, HOSTILE, Recalculate
from tests.reports.conftest import Book
from tui_ledger.export.table_delimited import table_csv
from tui_ledger.export.table_html import table_html
from tui_ledger.export.table_workbook import write_table
from tui_ledger.reports.columns import Range
from tui_ledger.reports.postings import postings
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.statement import statement
from tui_ledger.reports.statistics import statistics

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def club(book: Book) -> Book:
    ledger = book.ledger
    ledger.add_party("ann", "Ann")
    ledger.party_credit("ann", "100.10", date="2025-12-31")
    for month in range(1, 13):
        ledger.party_credit("ann", f"{month}.35", date=f"2026-{month:02}-15")
        ledger.party_debit("ann", "0.10", date=f"2026-{month:02}-20")
    return book


def test_a_sheet_s_sums_are_live_and_recalculate_to_the_ledger_s(
    club: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    table = statement(club.ledger, "ann", YEAR)
    path = write_table(table, tmp_path / "sheet.xlsx", created=CREATED)
    written = openpyxl.load_workbook(path).active
    rows = {str(row[2].value): row for row in written.iter_rows() if row[2].value}
    assert rows["Opening balance"][5].value == 100.10
    assert str(rows["Total"][4].value) == "=SUM(E8:E31)"
    assert str(rows["Closing balance"][5].value) == "=F7+E32"

    (computed,) = recalculated(path)
    closing = next(row for row in computed.active.iter_rows(values_only=True) if row[2] == "Closing balance")
    assert f"{closing[5]:.2f}" == plain_figure(club.ledger.party_balance("ann")[0]) == "181.10"


def test_newest_first_has_its_closing_balance_above_and_true(club: Book, tmp_path: Path) -> None:
    table = statement(club.ledger, "ann", YEAR, newest_first=True)
    sheet = openpyxl.load_workbook(write_table(table, tmp_path / "sheet.xlsx", created=CREATED)).active
    texts = [row[2] for row in sheet.iter_rows(min_row=7, values_only=True)]
    assert (texts[0], sheet["F7"].value) == ("Closing balance", 181.1)
    assert [text for text in texts if text][-2:] == ["Total", "Opening balance"]


def test_statistics_of_a_party_have_a_chart(club: Book, tmp_path: Path) -> None:
    table = statistics(club.ledger, YEAR, party="ann")
    sheet = openpyxl.load_workbook(write_table(table, tmp_path / "months.xlsx", created=CREATED)).active
    assert len(sheet._charts) == 1
    assert [cell.value for cell in sheet[5]] == ["Month", "Debit", "Credit", "Credit less debit", "Postings"]


def test_hostile_text_of_a_party_stays_text_everywhere(book: Book, tmp_path: Path) -> None:
    ledger = book.ledger
    for place, text in enumerate(HOSTILE[:14]):
        ledger.add_party(f"p{place}", text)
        ledger.party_credit(f"p{place}", 1, memo=text, payee=text, date="2026-01-05")
    for place in (0, 3, 13):
        for table in (statement(ledger, f"p{place}", YEAR), statistics(ledger, YEAR, party=f"p{place}")):
            sheet = openpyxl.load_workbook(write_table(table, tmp_path / f"{place}.xlsx", created=CREATED)).active
            live = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert all(value.startswith("=SUM(") or "+" in value for value in live)
            assert not any("cmd" in value or "HYPERLINK" in value for value in live)
            assert "\x1b" not in "".join(table_html(table, plain_figure))
    found = postings(ledger, YEAR, "side:credit", "-memo")
    cells = "".join(table_csv(found)).splitlines()
    assert not any(field.startswith(("=", "+", "@")) for line in cells for field in line.split(","))
    assert openpyxl.load_workbook(write_table(found, tmp_path / "p.xlsx", created=CREATED)).active.max_row > 14
