from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as LoadedWorkbook

from tests.reports.conftest import Book, book, make_book
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report

__all__ = ["book", "make_book"]

YEAR_END = date(2026, 12, 31)
YEAR_BEFORE = date(2025, 12, 31)
CREATED = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)

HOSTILE = [
    "=1+1",
    "=cmd|'/C calc'!A1",
    "==",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "#REF!",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "'=1",
    "a\x1b]52;c;AAAA\x07b",
    "bell\x07 and del\x7f and c1\x9b31m",
    "right\u202eto left",
    "line\u2028break",
    "_x0041_ and _x000D_",
    '<script>alert(1)</script> & "quotes"',
    "[bold red]markup[/]",
    "{account} %s %(x)s",
    "日本語の口座",
    "كشف الحساب",
    "e\u0301 combined",
    "👩\u200d🚀 astronaut",
    "x" * 300,
]


@pytest.fixture
def shop(book: Book) -> Book:
    """A small shop over two years: headings, codes, a contra account, an own balance beside sub-accounts."""
    book.open("Assets:Bank", code="1000")
    book.open("Assets:Bank:Savings", code="1010")
    book.open("Assets:Fixed:Van", code="1600")
    book.open("Assets:Fixed:Depreciation", code="1690")
    book.open("Liabilities:Loans:Bank loan", code="2500")
    book.post("2025-02-01", "Assets:Bank 5000.10", "Equity:Capital -5000.10")
    book.post("2025-06-01", "Assets:Bank 1200.20", "Income:Sales -1200.20")
    book.post("2026-02-01", "Assets:Bank:Savings 700.05", "Assets:Bank -700.05")
    book.post("2026-03-01", "Assets:Fixed:Van 9000", "Liabilities:Loans:Bank loan -9000")
    book.post("2026-12-31", "Expenses:Depreciation 1800.33", "Assets:Fixed:Depreciation -1800.33")
    return book


@pytest.fixture
def shop_report(shop: Book) -> Report:
    return balance_sheet(shop.ledger, [YEAR_END, YEAR_BEFORE])


Recalculate = Callable[..., list[LoadedWorkbook]]


@pytest.fixture(scope="session")
def soffice_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soffice")


@pytest.fixture
def recalculated(soffice_profile: Path, tmp_path: Path) -> Recalculate:
    """Workbooks as LibreOffice computes and saves them, with their values."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: formulas were not recalculated")

    def recalculate(*paths: Path) -> list[LoadedWorkbook]:
        target = tmp_path / "recalculated"
        convert(program, soffice_profile, "xlsx", target, paths)
        return [openpyxl.load_workbook(target / path.name, data_only=True) for path in paths]

    return recalculate


@pytest.fixture
def printed(soffice_profile: Path, tmp_path: Path) -> Callable[[Path], str]:
    """What stands on the pages of a workbook when LibreOffice prints it."""
    program, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if program is None or reader is None:
        pytest.skip("LibreOffice and pdftotext are not installed: nothing was printed")

    def print_pages(path: Path) -> str:
        convert(program, soffice_profile, "pdf", tmp_path / "printed", [path])
        pages = tmp_path / "printed" / path.with_suffix(".pdf").name
        return subprocess.run([reader, "-layout", pages, "-"], check=True, capture_output=True, text=True).stdout

    return print_pages


def convert(program: str, profile: Path, kind: str, target: Path, paths: Sequence[Path]) -> None:
    command = [program, "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", kind]
    subprocess.run([*command, "--outdir", target, *paths], check=True, capture_output=True, timeout=120)
