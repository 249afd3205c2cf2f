"""The number formats of a workbook are its own: what they look like is not up to the country of who reads it."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.export.conftest import CREATED, YEAR_END
from tests.reports.conftest import Book
from tui_ledger.export.cells import date_cell, figure_cell, formula_cell
from tui_ledger.export.spreadsheet import SheetLayout, Workbook
from tui_ledger.export.styles import Style
from tui_ledger.export.whole_workbook import write_whole_workbook
from tui_ledger.export.workbook import write_statement
from tui_ledger.locale.formats import NEGATIVE_STYLES, Formats
from tui_ledger.money import Money, standard_currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range

EUR = standard_currency("EUR")
LOCALES = ("en_US", "de_DE", "fr_FR", "ja_JP")
FIRST_OWN = 164


def referred(workbook: Path) -> dict[int, str | None]:
    """The number formats that cells of a workbook refer to, with what is written out of each."""
    with zipfile.ZipFile(workbook) as archive:
        styles = archive.read("xl/styles.xml").decode()
    written = {
        int(key): unescape(code) for key, code in re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles)
    }
    cells = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0]
    return {int(key): written.get(int(key)) for key in re.findall(r'numFmtId="(\d+)"', cells)}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("negative", NEGATIVE_STYLES)
def test_every_number_format_is_written_out(shop: Book, tmp_path: Path, locale: str, negative: str) -> None:
    formats = Formats(locale, negative=negative)
    report = balance_sheet(shop.ledger, [YEAR_END])
    statement = write_statement(report, tmp_path / "sheet.xlsx", formats, created=CREATED)
    days, whole = Range(date(2026, 1, 1), YEAR_END), tmp_path / "whole.xlsx"
    write_whole_workbook(shop.ledger, days, whole, formats, created=CREATED)

    for path in (statement, whole):
        found = referred(path)
        assert formats.excel_money_format(EUR) in found.values()
        assert {key for key in found if key < FIRST_OWN} <= {0}
        assert None not in [code for key, code in found.items() if key]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_german_reader_sees_the_signs_and_days_that_the_book_chose(tmp_path: Path, soffice_profile: Path) -> None:
    options = [("de_DE", negative) for negative in NEGATIVE_STYLES] + [("en_US", "parentheses"), ("en_US", "minus")]
    workbook = Workbook("Signs", "shop", Formats("de_DE"), created=CREATED)
    sheet = workbook.begin_sheet("Signs", SheetLayout(widths=(20, 20, 20), head_row=1), period="")
    for locale, negative in options:
        formats = Formats(locale, negative=negative)
        money = formats.excel_money_format(EUR)
        owed = figure_cell(sheet.worksheet, Money(-5, EUR), Style.FIGURE, money)
        day = date_cell(sheet.worksheet, date(2026, 1, 5), Style.LINE, formats.excel_date_format())
        sheet.append([owed, formula_cell(sheet.worksheet, "=-1234.5", Style.FIGURE, money), day])
    workbook.save(tmp_path / "signs.xlsx")

    assert as_shown_in_germany(tmp_path / "signs.xlsx", soffice_profile) == [
        ["-0,05", "-1.234,50", "05.01.2026"],
        ["(0,05)", "(1.234,50)", "05.01.2026"],
        ["0,05 H", "1.234,50 H", "05.01.2026"],
        ["(0,05)", "(1.234,50)", "01/05/2026"],
        ["-0,05", "-1.234,50", "01/05/2026"],
    ]


def as_shown_in_germany(workbook: Path, profile: Path) -> list[list[str]]:
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", options]
    german = {**os.environ, "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}
    subprocess.run(
        [*command, "--outdir", workbook.parent, workbook], check=True, capture_output=True, timeout=120, env=german
    )
    with workbook.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        return [[cell.strip() for cell in row] for row in csv.reader(lines)]
