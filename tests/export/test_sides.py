"""Whoever writes Dr and Cr in place of signs reads the same sides in every medium, and none where a column says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from tests.reports.conftest import Book, MakeBook
from tests.reports.test_tax import BANK, SALES, VAT, with_taxes
from tui_ledger.export.html import report_html
from tui_ledger.export.plain import plain_report
from tui_ledger.export.table_html import table_html
from tui_ledger.export.table_text import table_text
from tui_ledger.export.table_workbook import write_table
from tui_ledger.export.workbook import write_statement
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.paged import ReadTable
from tui_ledger.reports.report import Report
from tui_ledger.reports.requests import Request
from tui_ledger.reports.table import Table
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.report_rows import ReportLine, report_lines, sides_in_words
from tui_ledger.ui.table_lines import table_line

FORMATS = Formats("en_US", negative="dr-cr")
BY_SIDE = {
    "credit_money": partial(FORMATS.money, credit_normal=True),
    "sided_money": partial(FORMATS.money, credit_normal=None),
}
CREATED = datetime(2026, 7, 15, 12, tzinfo=UTC)
DAYS = {"from": "2026-01-01", "to": "2026-12-31"}
FIGURE = re.compile(r"\d[\d,]*\.\d\d(?: (Dr|Cr))?(?: GBP)?")

SIDES = (
    ("balance-sheet", {}, {"Bank": "Dr", "Loan": "Cr", "Capital": "Cr", "Result of the current year": "Cr"}),
    ("balance-sheet", {}, {"Total assets": "Dr Dr", "Total liabilities and equity": "Cr Cr"}),
    ("income-statement", DAYS, {"Sales": "Cr", "Rent": "Dr", "Total expenses": "Dr", "Result": "Cr"}),
    ("trial-balance", DAYS, {"Liabilities:Loan": "- -", "Assets:Bank": "- - -", "Totals, EUR": "- - - - - -"}),
    ("cash-flow", DAYS, {"Sales": "Dr", "Rent": "Cr", "Cash at the end": "Dr"}),
    ("net-worth", {**DAYS, "every": "year"}, {"Bank": "Dr", "Loan": "Cr", "Net worth": "Dr Dr"}),
    ("general-ledger", {**DAYS, "account": (SALES,)}, {"Total": "- -", "Closing balance": "Cr"}),
    ("journal", DAYS, {"Assets:Bank": "-", "Income:Sales": "-"}),
    ("statistics", {**DAYS, "by": "account"}, {"Income:Sales": "- - Cr", "Liabilities:Loan": "- - Cr"}),
    ("statistics", {**DAYS, "party": "ann"}, {"2026-05": "- - Cr"}),
    ("parties", {"at": "2026-12-31"}, {"Ann": "Cr"}),
    ("tax", DAYS, {"V19": "Cr Cr Cr -", "V0": "Cr", "I19": "Dr Dr Dr -"}),
    ("postings", {**DAYS, "ACCOUNT": "account:Loan"}, {"Liabilities:Loan": "- Cr"}),
    ("statement", {"ACCOUNT": "ann"}, {"Total": "Cr", "Closing balance": "Cr"}),
)


@pytest.fixture
def sided(make_book: MakeBook) -> Book:
    book = with_taxes(make_book())
    book.ledger.edit_account(BANK, cash=True)
    book.ledger.add_party("ann", "Ann")
    book.ledger.open_account("Liabilities:Parties:Ann", "liability", party="ann")
    book.open("Assets:Pounds", currency="GBP")
    book.open("Equity:Pounds", currency="GBP")
    book.post("2026-01-01", f"{BANK} 1000", "Equity:Capital -600", "Liabilities:Loan -400")
    book.post("2026-02-01", f"{BANK} 238", f"{SALES} -200", f"{VAT} -38")
    book.post("2026-02-02", f"{BANK} 5", "Income:Export -5")
    book.post("2026-03-01", "Expenses:Rent 100", "Assets:Input VAT 19", f"{BANK} -119")
    book.post("2026-05-01", "Expenses:Fees 7", "Liabilities:Parties:Ann -7")
    book.post("2026-06-01", "Assets:Pounds 10.05", "Equity:Pounds -10.05")
    return book


def made(book: Book, name: str, options: dict[str, object]) -> Report | Table:
    return Request(name, options).made(book.ledger)  # type: ignore[arg-type]


def words(texts: str) -> str:
    return " ".join(found[1] or "-" for found in FIGURE.finditer(texts))


def in_text(book: Book, report: Report | Table, tmp_path: Path) -> dict[str, str]:
    """By label the sides of its first line's figures, and of those that stand beneath them."""
    draw: Callable[..., object] = plain_report if isinstance(report, Report) else table_text
    found: dict[str, str] = {}
    label = ""
    for line in draw(report, FORMATS.money, 200, **BY_SIDE, show_date=FORMATS.date):  # type: ignore[attr-defined]
        texts = [text for text in re.split(r"\s{2,}", line.strip()) if text]
        beneath = bool(texts) and all(FIGURE.fullmatch(text) for text in texts)
        if beneath and label:
            found[label] = f"{found[label]} {words(line)}"
            continue
        label = ""
        for text in texts:
            if words(line) and not FIGURE.fullmatch(text) and text not in found:
                found[text], label = words(line), text
    return found


def in_html(book: Book, report: Report | Table, tmp_path: Path) -> dict[str, str]:
    draw: Callable[..., object] = report_html if isinstance(report, Report) else table_html
    page = "".join(draw(report, FORMATS.money, **BY_SIDE, show_date=FORMATS.date))  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL):
        cells = [unescape(re.sub("<.*?>", " ", cell)).strip() for cell in re.split(r"(?=<t[hd])", row)]
        for cell in cells:
            found.setdefault(cell, words("  ".join(cells)))
    return found


def in_workbook(book: Book, report: Report | Table, tmp_path: Path) -> dict[str, str]:
    """What the number format says of a figure's sign; formulas here come to more than nothing."""
    path, write = tmp_path / "sides.xlsx", write_statement if isinstance(report, Report) else write_table
    write(report, path, FORMATS, created=CREATED, overwrite=True)  # type: ignore[operator]
    found: dict[str, str] = {}
    for row in openpyxl.load_workbook(path).active.iter_rows(min_row=6):
        figures = [cell for cell in row if "0.00" in cell.number_format and cell.value is not None]
        said = [
            cell.number_format.split(";")[isinstance(cell.value, float | int) and cell.value < 0] for cell in figures
        ]
        sides = ["-" if cell.value == 0 else _word(text) for cell, text in zip(figures, said, strict=True)]
        for cell in row:
            found.setdefault(str(cell.value), " ".join(sides))
    return found


def on_screen(book: Book, report: Report | Table, tmp_path: Path) -> dict[str, str]:
    desk = Desk(book.ledger, FORMATS, pytest.fail)
    lines: list[ReportLine]
    if isinstance(report, Report):
        lines = report_lines(report, lambda money, side: desk.figure(money, credit_normal=side))
    else:
        read = ReadTable(report)
        lines = [table_line(report, placed, desk) for placed in read.rows(0, len(read))]
    found: dict[str, str] = {}
    for line in lines:
        for text in (line.account or "", line.named or "", line.label, *line.figures):
            if line.figures:
                found.setdefault(text.strip(), words("  ".join(line.figures)))
    return found


def _word(number_format: str) -> str:
    return "Cr" if '"Cr"' in number_format else "Dr" if '"Dr"' in number_format else "-"


@pytest.mark.parametrize("medium", [in_text, in_html, in_workbook, on_screen])
def test_every_medium_says_the_same_sides(
    sided: Book, tmp_path: Path, medium: Callable[[Book, Report | Table, Path], dict[str, str]]
) -> None:
    for name, options, wanted in SIDES:
        found = medium(sided, made(sided, name, dict(options)), tmp_path)
        for label, sides in wanted.items():
            # Amounts in other currencies stand in no cell of a sheet.
            is_short = medium is in_workbook and label.startswith(("Total assets", "Total liab", "Net worth"))
            assert found.get(label) == (sides[:2] if is_short else sides), (name, label, found)


def test_a_loss_is_a_debit_and_a_currency_is_named_whatever_the_style(sided: Book, tmp_path: Path) -> None:
    sided.post("2026-07-01", "Expenses:Rent 300", f"{BANK} -300")
    earned, held = made(sided, "income-statement", DAYS), made(sided, "balance-sheet", {})
    for medium in (in_text, in_html, on_screen):
        assert medium(sided, earned, tmp_path)["Result"] == "Dr", medium

    assert isinstance(held, Report)
    text = "\n".join(plain_report(held, FORMATS.money, 80, **BY_SIDE))
    assert (text.count("10.05 Dr GBP"), text.count("10.05 Cr GBP")) == (2, 3)
    assert "10.05 Dr GBP" in report_html(held, FORMATS.money, **BY_SIDE)
    write_statement(held, tmp_path / "held.xlsx", FORMATS, created=CREATED)
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "held.xlsx").active.iter_rows() for cell in row]
    assert {"10.05 Dr GBP", "10.05 Cr GBP"} <= set(cells)


def test_the_status_line_names_each_side_once(sided: Book) -> None:
    desk = Desk(sided.ledger, FORMATS, pytest.fail)
    for name, options in (("balance-sheet", {}), ("trial-balance", DAYS), ("income-statement", DAYS)):
        report = made(sided, name, dict(options))
        assert isinstance(report, Report)
        said = sides_in_words(report, lambda money, side: desk.named(money, credit_normal=side), FORMATS)
        assert re.fullmatch(r"Dr [\d,.]+  Cr [\d,.]+", said), said
