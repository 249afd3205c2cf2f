"""An income statement that is one list, in text, on a page, in a workbook that is recalculated, and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.charts.books import begun_book
from tests.export.conftest import CREATED, Recalculate
from tui_ledger.export.html import report_html
from tui_ledger.export.plain import plain_report
from tui_ledger.export.workbook import write_statement
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import credit, debit
from tui_ledger.money import Money
from tui_ledger.reports.catalogue import report_named
from tui_ledger.reports.choices import Asked, choice_of
from tui_ledger.reports.drawn import drawn
from tui_ledger.reports.report import Report
from tui_ledger.ui.report_rows import report_lines

COLUMNS = ("2026-01", "2026-02", "Change=#2-#1")


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Ledger]:
    with begun_book("uk-small-business", tmp_path) as book:
        book.post("Goods", debit("5000", "30.10"), credit("1200", "30.10"), date="2026-02-20")
        book.post("Interest", debit("7900", "7"), credit("1200", "7"), date="2026-01-20")
        yield book


def income(book: Ledger, columns: tuple[str, ...] = ("2026-01-01..2026-02-28",), depth: int | None = None) -> Report:
    kind = report_named("income-statement")
    return kind.report(book, choice_of(kind, Asked(columns=columns, depth=depth), book))


def cells(path: Path) -> dict[str, tuple[object, ...]]:
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=6, values_only=True)
    return {str(row[1]): row[2:] for row in rows if row[1]}


def test_text_shows_deductions_and_sums_where_they_follow(firm: Ledger) -> None:
    assert plain_report(income(firm, depth=2))[4:-2] == [
        "  Turnover                 100.00",
        "  Cost of sales            -30.10",
        "                           ──────",
        "Gross profit                69.90",
        "",
        "  Administrative expenses  -50.00",
        "                           ──────",
        "Operating profit            19.90",
        "",
        "  Interest payable          -7.00",
        "                           ──────",
        "Profit before taxation      12.90",
        "",
        "Result                      12.90",
        "                           ══════",
    ]


def test_a_page_has_neither_titles_nor_totals_of_sections(firm: Ledger) -> None:
    page = report_html(income(firm))
    assert 'class="section"' not in page
    assert "Total income" not in page
    order = [page.index(name) for name in ("Turnover", "Cost of sales", "Gross profit", "Administrative", "Operating")]
    assert order == sorted(order)
    assert page.count('<tr class="gap">') == 3


def test_lines_of_the_screen_lead_to_their_accounts_and_have_keys_of_their_own(firm: Ledger) -> None:
    lines = report_lines(income(firm), lambda money, is_credit: f"{money.amount} {'Cr' if is_credit else 'Dr'}")
    goods = next(line for line in lines if line.label == "Purchases of goods")
    assert (goods.account, goods.figures) == ("Expenses:Cost of sales:Purchases of goods", ("-30.10 Cr",))
    assert len({line.key for line in lines}) == len(lines)
    assert not any(line.is_title for line in lines)
    assert [line.label for line in lines if line.tone == "total"] == [
        "Gross profit",
        "Operating profit",
        "Profit before taxation",
        "Result",
    ]


def test_sums_are_formulas_over_the_rows_above_them(firm: Ledger, tmp_path: Path) -> None:
    path = write_statement(income(firm, COLUMNS), tmp_path / "report.xlsx", created=CREATED)
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    at = {row[1]: number for number, row in enumerate(rows, 1) if row[1]}
    formulas = cells(path)
    items = [at[name] for name in ("Turnover", "Cost of sales", "Administrative expenses", "Interest payable")]
    assert formulas["Gross profit"][0] == f"=SUM(C{items[0]},C{items[1]})"
    assert formulas["Result"][1] == f"=SUM({','.join(f'D{row}' for row in items)})"
    assert formulas["Purchases of goods"][2] == f"=D{at['Purchases of goods']}-C{at['Purchases of goods']}"
    names = openpyxl.load_workbook(path).defined_names
    assert "Result" in names
    assert "TotalIncome" not in names


@pytest.mark.parametrize(("chart", "bank"), [("skr03", "1200"), ("es-pymes", "572")])
def test_recalculated_sums_are_the_ledgers_for_columns_of_ones_own(
    chart: str, bank: str, tmp_path: Path, recalculated: Recalculate
) -> None:
    with begun_book(chart, tmp_path) as book:
        for number, account in enumerate(one for one in book.accounts() if one.type in ("income", "expense")):
            if account.currency == book.currency and not account.placeholder:
                amount = f"{number * 7919 % 9973}.{number % 90 + 10}"
                book.post("x", debit(account, amount), credit(bank, amount), date="2026-02-03")
        report = income(book, COLUMNS)
    assert drawn(report).is_vertical

    (computed,) = recalculated(write_statement(report, tmp_path / "report.xlsx", created=CREATED))

    found = {str(row[1]): row[2:5] for row in computed.worksheets[0].iter_rows(min_row=6, values_only=True) if row[1]}
    wanted: dict[str, tuple[Money | None, ...]] = {row.label: row.figures for row in drawn(report).rows()}
    wanted |= {total.label: total.figures for total in report.totals}
    assert set(wanted) <= set(found)
    for label, figures in wanted.items():
        shown = [Decimal(str(value)).quantize(Decimal("0.01")) for value in found[label]]
        assert shown == [figure.amount for figure in figures if figure is not None], label


def test_a_figure_changed_by_hand_moves_every_sum_behind_it(
    firm: Ledger, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = write_statement(income(firm), tmp_path / "report.xlsx", created=CREATED)
    changed = openpyxl.load_workbook(path)
    (goods,) = (row for row in changed.active.iter_rows() if row[1].value == "Purchases of goods")
    goods[2].value = -20.1
    changed.save(path)
    (computed,) = recalculated(path)
    found = {row[1]: row[2] for row in computed.worksheets[0].iter_rows(values_only=True)}
    assert (found["Gross profit"], found["Result"]) == (pytest.approx(79.9), pytest.approx(22.9))


def test_figures_beyond_a_spreadsheet_s_digits_are_written_out(firm: Ledger, tmp_path: Path) -> None:
    huge = "12345678901234.56"
    firm.post("Much", debit("1200", huge), credit("4000", huge), date="2026-01-20")
    found = cells(write_statement(income(firm), tmp_path / "report.xlsx", created=CREATED))
    assert found["Gross profit"] == ("12345678901304.46",)
    assert str(found["Interest payable"][0]).startswith("=SUM(")


def test_money_in_another_currency_stands_beside_and_leaves_sums_live(firm: Ledger, tmp_path: Path) -> None:
    firm.open_account("Expenses:Abroad", "expense", currency="USD")
    firm.open_account("Assets:Dollars", "asset", currency="USD")
    firm.post("Abroad", debit("Expenses:Abroad", "9"), credit("Assets:Dollars", "9"), date="2026-01-24")
    report = income(firm)
    found = cells(write_statement(report, tmp_path / "report.xlsx", created=CREATED))
    assert found["Abroad"] == ("-9.00 USD",)
    assert str(found["Operating profit"][0]).startswith("=SUM(")
    assert any("-9.00 USD" in line for line in plain_report(report))


def test_hostile_names_stay_text_in_one_list(firm: Ledger, tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "-2+3", "#REF!", "<script>alert(1)<|script>", "[bold red]markup[/]"]
    for name in names:
        firm.open_account(f"Expenses:{name}", "expense")
        firm.post("x", debit(f"Expenses:{name}", "1"), credit("1200", "1"), date="2026-01-24")
    path = write_statement(income(firm), tmp_path / "report.xlsx", created=CREATED)
    kinds = {cell.value: cell.data_type for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row}
    assert [kinds[name] for name in names] == ["s"] * len(names)
    assert "<script>" not in report_html(income(firm))
