"""Every statement as lines, CSV, a page and a sheet: signed totals, totals of totals, six sides, several currencies."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.conftest import CREATED, HOSTILE, Recalculate
from tests.export.test_html import Page
from tests.reports.conftest import Book
from tests.reports.figures_of import seed_fault
from tui_ledger.export.columns import LANDSCAPE_CHARACTERS, pages_wide
from tui_ledger.export.delimited import report_csv
from tui_ledger.export.formats import PlainFormats
from tui_ledger.export.html import report_html
from tui_ledger.export.plain import plain_report
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.workbook import add_statement, write_statement
from tui_ledger.money import Money, standard_currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range, compared_range, period_ends, periods_of
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.net_worth import net_worth
from tui_ledger.reports.report import Report
from tui_ledger.reports.trial_balance import trial_balance
from tui_ledger.text import clean
from tui_ledger.widths import cell_width

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
HALF = Range(date(2026, 1, 1), date(2026, 6, 30))
EUR = standard_currency("EUR")


@pytest.fixture
def trade(book: Book) -> Book:
    """Two years of trade: cash in two accounts, a loan, a van, a loss, money changed and spent abroad."""
    book.open("Assets:Bank", code="1000", cash=True)
    book.open("Assets:Till", code="1010", cash=True)
    book.open("Assets:Dollars", currency="USD", cash=True)
    book.open("Assets:Van", code="1600", statement_line="investing")
    book.open("Liabilities:Loan", code="2500", statement_line="financing")
    book.open("Expenses:Hotel", currency="USD")
    book.post("2025-11-01", "Assets:Bank 5000.10", "Equity:Capital -5000.10")
    book.post("2025-12-01", "Assets:Till 120.21", "Income:Sales:Books -120.21")
    book.post("2026-01-10", "Assets:Bank 310.33", "Income:Sales:Books -200.11", "Income:Sales:Gifts -110.22")
    book.post("2026-02-01", "Expenses:Rent 700.05", "Assets:Bank -700.05")
    book.post("2026-03-01", "Assets:Van 900", "Liabilities:Loan -500", "Assets:Bank -400")
    book.post("2026-05-02", "Assets:Till 50", "Assets:Bank -50")
    book.ledger.transfer("Assets:Bank", "Assets:Dollars", "92", received="100", date="2026-06-01")
    book.post("2026-06-10", "Expenses:Hotel 60.5", "Assets:Dollars -60.5")
    return book


def statements(book: Book) -> dict[str, Report]:
    ledger = book.ledger
    return {
        "income": income_statement(ledger, [HALF, *periods_of(HALF, "quarter")]),
        "trial": trial_balance(ledger, HALF),
        "cash": cash_flow(ledger, [HALF, compared_range(HALF, "previous")]),
        "worth": net_worth(ledger, period_ends(HALF, "month")),
    }


def sheet_of(report: Report, folder: Path) -> Worksheet:
    return openpyxl.load_workbook(write_statement(report, folder / "sheet.xlsx", created=CREATED)).active


def cells(sheet: Worksheet) -> dict[object, list[object]]:
    """Figures by name; the first row of each name."""
    found: dict[object, list[object]] = {}
    for row in sheet.iter_rows(min_row=6, values_only=True):
        if row[1]:
            found.setdefault(row[1], list(row[2:]))
    return found


def notes(sheet: Worksheet) -> str:
    return " ".join(str(row[0]) for row in sheet.iter_rows(min_row=6, values_only=True) if isinstance(row[0], str))


def assert_equal_to_the_last_digit(sheet: Worksheet, report: Report) -> None:
    """Every row and total in order, an empty side empty."""
    wanted: list[tuple[str, Sequence[Money | None]]] = []
    for section in report.sections:
        wanted += [(row.label, row.figures) for row in section.rows]
        wanted.append((section.total_label, section.totals))
    wanted += [(total.label, total.figures) for total in report.totals]
    found = [(row[1], row[2:]) for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]]
    assert [name for name, _ in found[: len(wanted)]] == [name for name, _ in wanted]
    for (name, values), (_, figures) in zip(found, wanted, strict=False):
        for value, figure in zip(values, figures, strict=True):
            if figure is None:
                assert value is None or isinstance(value, str), name
            else:
                step = Decimal(1).scaleb(-figure.currency.digits)
                assert Decimal(str(value)).quantize(step) == figure.amount, name


class TestSheets:
    """What stands in the cells, before anything is computed."""

    def test_a_result_is_income_less_expenses(self, trade: Book, tmp_path: Path) -> None:
        sheet = sheet_of(income_statement(trade.ledger, [HALF, YEAR]), tmp_path)
        rows = {row[1].value: row[1].row for row in sheet.iter_rows(min_row=6) if row[1].value}

        income, expenses = rows["Total income"], rows["Total expenses"]
        assert cells(sheet)["Result"] == [f"=C{income}-C{expenses}", f"=D{income}-D{expenses}"]
        assert sheet["C5"].value == "2026-01-01 – 2026-06-30"
        assert sheet["D5"].value == "2026"

    def test_closing_cash_is_opening_cash_and_change(self, trade: Book, tmp_path: Path) -> None:
        sheet = sheet_of(cash_flow(trade.ledger, [HALF]), tmp_path)
        rows = {row[1].value: row[1].row for row in sheet.iter_rows(min_row=6) if row[1].value}

        assert cells(sheet)["Cash at the beginning"] == [5120.31]
        assert cells(sheet)["Cash at the end"] == [f"=C{rows['Cash at the beginning']}+C{rows['Change of cash']}"]
        assert str(cells(sheet)["Change of cash"][0]).count("+") == 3

    def test_closing_cash_that_is_not_what_it_comes_to_is_written_as_it_is(self, trade: Book, tmp_path: Path) -> None:
        seed_fault(trade, "Assets:Bank", "2026-06-30")

        sheet = sheet_of(cash_flow(trade.ledger, [HALF]), tmp_path)

        assert cells(sheet)["Cash at the end"] == [4238.6]
        assert "out of balance" in [cell.value for row in sheet.iter_rows() for cell in row]
        assert "0.01" in notes(sheet)

    def test_cash_in_a_currency_without_a_price_is_named(self, trade: Book, tmp_path: Path) -> None:
        said = notes(sheet_of(cash_flow(trade.ledger, [HALF]), tmp_path))

        assert "Amounts in other currencies are shown as they are and are in no total in EUR." in said
        assert "Cash at the end, 2026-01-01 – 2026-06-30: 39.50 USD" in said

    def test_a_side_without_a_figure_is_an_empty_cell(self, trade: Book, tmp_path: Path) -> None:
        sheet = sheet_of(trial_balance(trade.ledger, HALF), tmp_path)

        assert cells(sheet)["Assets:Till"] == [120.21, None, 50, None, 170.21, None]
        assert [cell.value for cell in sheet[5][2:]] == [
            "Opening Dr",
            "Opening Cr",
            "Debit",
            "Credit",
            "Closing Dr",
            "Closing Cr",
        ]
        assert sheet["A3"].value == "2026-01-01 – 2026-06-30 · EUR"

    def test_each_currency_of_a_trial_balance_foots_and_has_its_check(self, trade: Book, tmp_path: Path) -> None:
        sheet = sheet_of(trial_balance(trade.ledger, HALF), tmp_path)
        rows = {row[1].value: row[1].row for row in sheet.iter_rows(min_row=6) if row[1].value}
        found = cells(sheet)

        for currency in ("EUR", "USD"):
            total = rows[f"Totals, {currency}"]
            assert all(str(cell).startswith("=SUM(") for cell in found[f"Totals, {currency}"])
            assert found[f"Debits − credits, {currency}"] == [
                f"=ROUND({left}{total}-{right}{total},2)" for left, right in ("CD", "CD", "EF", "EF", "GH", "GH")
            ]
        verdict = [row for row in sheet.iter_rows(values_only=True) if "in balance" in str(row[2])]
        assert str(verdict[0][2]).startswith("=IF(AND(C")

    def test_another_currency_has_its_own_number_format(self, book: Book, tmp_path: Path) -> None:
        book.open("Assets:Yen", currency="JPY")
        book.open("Equity:Yen", currency="JPY")
        book.post("2026-01-01", "Assets:Yen 1200", "Equity:Yen -1200")

        sheet = sheet_of(trial_balance(book.ledger, YEAR), tmp_path)

        (yen,) = (row for row in sheet.iter_rows() if row[1].value == "Assets:Yen")
        assert (yen[4].value, yen[4].number_format) == (1200, "#,##0;-#,##0")

    def test_names_lead_to_results_of_each_period(self, trade: Book, tmp_path: Path) -> None:
        path = write_statement(
            income_statement(trade.ledger, [YEAR, *periods_of(HALF, "quarter"), HALF]),
            tmp_path / "i.xlsx",
            created=CREATED,
        )
        book = openpyxl.load_workbook(path)

        assert {"Result", "Result_2026", "Result_2026_Q1", "Result_2026_01_01_to_2026_06_30", "TotalIncome"} <= set(
            book.defined_names
        )
        (place,) = book.defined_names["Result_2026_Q2"].destinations
        cell = book.active[place[1].replace("$", "")]
        assert (cell.column_letter, book.active.cell(cell.row, 2).value) == ("E", "Result")

    def test_few_columns_stand_upright_and_many_lie_and_spread_over_pages(self, trade: Book, tmp_path: Path) -> None:
        def page(columns: int) -> tuple[str, int, str | None]:
            days = [Range(date(2026, 3, day), date(2026, 3, day)) for day in range(1, columns + 1)]
            sheet = sheet_of(income_statement(trade.ledger, days), tmp_path)
            return sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_cols

        assert page(1) == ("portrait", 1, None)
        assert page(6) == ("landscape", 1, None)
        assert page(31) == ("landscape", 3, "$A:$B")

    def test_all_statements_find_their_place_in_one_workbook(self, trade: Book, tmp_path: Path) -> None:
        workbook = Workbook("Accounts", "shop", PlainFormats(), created=CREATED)
        for report in (balance_sheet(trade.ledger, [HALF.last]), *statements(trade).values()):
            add_statement(workbook, report)
        path = workbook.save(tmp_path / "all.xlsx")

        assert openpyxl.load_workbook(path).sheetnames == [
            "Balance sheet",
            "Income statement",
            "Trial balance",
            "Cash flow statement",
            "Net worth",
        ]

    def test_no_text_of_a_book_becomes_a_formula(self, trade: Book, tmp_path: Path) -> None:
        report = trial_balance(trade.ledger, HALF)
        first, *others = report.sections
        rows = tuple(dataclasses.replace(first.rows[0], label=text, code=text) for text in HOSTILE)
        totals = tuple(
            Money(len(HOSTILE) * (0 if figure is None else figure.units), EUR) for figure in first.rows[0].figures
        )
        hostile = dataclasses.replace(first, rows=rows, totals=totals, title=HOSTILE[0], total_label=HOSTILE[1])

        sheet = sheet_of(dataclasses.replace(report, sections=(hostile, *others), book=HOSTILE[11]), tmp_path)

        ours = r"=(SUM\([A-Z0-9:,]+\)|ROUND\([-A-Z0-9,]+\)|IF\(AND\([A-Z0-9=,]+\),\"[a-z ]+\",\"[a-z ]+\"\))"
        formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert formulas
        assert all(re.fullmatch(ours, formula) for formula in formulas)

    def test_figures_beyond_fifteen_digits_are_text_and_so_are_the_totals_over_them(
        self, book: Book, tmp_path: Path
    ) -> None:
        huge = "12345678901234567.89"
        book.open("Assets:Bank", cash=True)
        book.post("2026-01-01", f"Assets:Bank {huge}", f"Income:Sales -{huge}")
        for report, names in (
            (income_statement(book.ledger, [YEAR]), ("Sales", "Total income", "Result")),
            (cash_flow(book.ledger, [YEAR]), ("Sales", "Change of cash", "Cash at the end")),
            (net_worth(book.ledger, [YEAR.last]), ("Bank", "Total assets", "Net worth")),
        ):
            found = cells(sheet_of(report, tmp_path))
            assert [found[name] for name in names] == [[huge]] * 3
        trial = sheet_of(trial_balance(book.ledger, YEAR), tmp_path)
        assert cells(trial)["Totals, EUR"][2:4] == [huge, huge]
        assert cells(trial)["Debits − credits, EUR"] == ["=ROUND(C10-D10,2)", "=ROUND(C10-D10,2)", 0, 0, 0, 0]


class TestRecalculated:
    """What LibreOffice computes is what the ledger says."""

    def test_every_figure_of_every_statement_is_the_ledgers(
        self, trade: Book, tmp_path: Path, recalculated: Recalculate
    ) -> None:
        reports = statements(trade)
        paths = [write_statement(one, tmp_path / f"{name}.xlsx", created=CREATED) for name, one in reports.items()]

        for computed, report in zip(recalculated(*paths), reports.values(), strict=True):
            sheet = computed.worksheets[0]
            assert_equal_to_the_last_digit(sheet, report)
            values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
            assert not [value for value in values if str(value).startswith("#")]
            assert "out of balance" not in values
            assert [value for value in values if str(value).startswith("in balance")]

    def test_what_is_changed_by_hand_moves_results_cash_and_verdicts(
        self, trade: Book, tmp_path: Path, recalculated: Recalculate
    ) -> None:
        reports = statements(trade)
        changes = {"income": ("Rent", 2), "cash": ("Rent", 2), "trial": ("Assets:Till", 4), "worth": ("Bank", 2)}
        paths = []
        for name, (label, place) in changes.items():
            path = write_statement(reports[name], tmp_path / f"{name}.xlsx", created=CREATED)
            changed = openpyxl.load_workbook(path)
            (row,) = (row for row in changed.active.iter_rows(min_row=6) if row[1].value == label)
            row[place].value += 1
            changed.save(path)
            paths.append(path)

        income, flow, trial, worth = (computed.worksheets[0] for computed in recalculated(*paths))

        assert cells(income)["Result"][0] == pytest.approx(float(reports["income"].totals[0].figures[0].amount) - 1)
        closing = float(reports["cash"].totals[-1].figures[0].amount)
        assert cells(flow)["Cash at the end"][0] == pytest.approx(closing + 1)
        assert cells(trial)["Debits − credits, EUR"] == [0, 0, 1, 1, 0, 0]
        verdicts = next(row for row in trial.iter_rows(values_only=True) if "out of balance" in row)
        assert verdicts[2:] == (
            "in balance",
            "in balance",
            "out of balance",
            "out of balance",
            "in balance",
            "in balance",
        )
        assert cells(worth)["Net worth"][0] == pytest.approx(float(reports["worth"].totals[0].figures[0].amount) + 1)


def test_no_column_is_cut_on_paper(trade: Book, tmp_path: Path, printed: Callable[[Path], str]) -> None:
    days = [Range(date(2026, 1, day), date(2026, 1, day)) for day in range(1, 32)]
    report = income_statement(trade.ledger, days)

    pages = printed(write_statement(report, tmp_path / "days.xlsx", created=CREATED))

    assert "###" not in pages
    assert {day for day in range(1, 32) if f"2026-01-{day:02}" in pages} == set(range(1, 32))
    assert pages.count("Books") == 3
    assert "Page 3 of 3" in pages


@pytest.mark.parametrize(
    ("widths", "pages"),
    [
        ((7.0, 40.0, 14.0), 1),
        ((7.0, 40.0, *(14.0,) * 13), 1),
        ((7.0, 40.0, *(14.0,) * 14), 2),
        ((7.0, 40.0, *(14.0,) * 400), 31),
    ],
)
def test_a_sheet_is_spread_over_as_many_pages_as_it_needs(widths: tuple[float, ...], pages: int) -> None:
    assert pages_wide(widths, 2) == pages
    assert sum(widths[2:]) / pages + sum(widths[:2]) <= LANDSCAPE_CHARACTERS


class TestLines:
    """The same on a terminal."""

    def test_an_income_statement_reads_as_a_statement(self, trade: Book) -> None:
        lines = plain_report(income_statement(trade.ledger, [Range(date(2026, 1, 1), date(2026, 3, 31))]), width=60)

        assert lines == [
            "Income statement",
            "shop",
            "2026-Q1 · EUR",
            "",
            "Income",
            "  Sales          310.33",
            "    Books        200.11",
            "    Gifts        110.22",
            "                ───────",
            "Total income     310.33",
            "",
            "Expenses",
            "  Rent           700.05",
            "                ───────",
            "Total expenses   700.05",
            "",
            "Result          -389.72",
            "                ═══════",
            "",
            "In balance.",
        ]

    def test_a_trial_balance_keeps_debits_beside_their_credits(self, trade: Book) -> None:
        for width, groups in ((132, [6]), (80, [4, 2]), (50, [2, 2, 2]), (40, [2, 2, 2])):
            lines = plain_report(trial_balance(trade.ledger, HALF), width=width)
            heads = [re.findall(r"(?:Opening|Closing) [DC]r|Debit|Credit", line) for line in lines[4:]]
            assert [len(head) for head in heads if len(head) > 1 and "−" not in head] == groups
            assert max(map(cell_width, lines)) <= width

    def test_many_columns_are_spread_evenly(self, trade: Book) -> None:
        lines = plain_report(net_worth(trade.ledger, period_ends(YEAR, "month")), width=80)

        heads = [len(re.findall(r"2026-\d\d-\d\d", line)) for line in lines[4:]]
        assert [head for head in heads if head] == [4, 4, 4]

    def test_cash_in_another_currency_stands_beneath_that_in_the_books(self, trade: Book) -> None:
        lines = plain_report(cash_flow(trade.ledger, [HALF]), width=60)

        place = next(place for place, line in enumerate(lines) if line.lstrip().startswith("Cash at the end"))
        assert lines[place].endswith("4238.59")
        assert lines[place + 1].split() == ["39.50", "USD"]

    def test_a_trial_balance_out_of_balance_says_where(self, trade: Book) -> None:
        seed_fault(trade, "Assets:Till", "2025-12-31")

        lines = plain_report(trial_balance(trade.ledger, HALF), width=100)

        assert "OUT OF BALANCE: run `tui-ledger verify`." in lines
        assert "Debits − credits, EUR: 0.01 (Opening Dr)" in lines


class TestFields:
    """The same as CSV."""

    def test_ranges_head_their_columns_and_the_result_has_a_line(self, trade: Book) -> None:
        lines = list(csv.DictReader(io.StringIO(report_csv(income_statement(trade.ledger, [HALF])), newline="")))

        (result,) = (line for line in lines if line["section"] == "result")
        assert (result["label"], result["2026-01-01..2026-06-30"]) == ("Result", "-389.72")
        (hotel,) = (line for line in lines if line["label"] == "Hotel")
        assert (hotel["2026-01-01..2026-06-30"], hotel["2026-01-01..2026-06-30 unconverted"]) == ("", "USD 60.50")

    def test_sides_head_their_columns_by_name_and_empty_sides_are_empty(self, trade: Book) -> None:
        lines = list(csv.DictReader(io.StringIO(report_csv(trial_balance(trade.ledger, HALF)), newline="")))

        (till,) = (line for line in lines if line["account"] == "Assets:Till")
        sides = ("opening-debit", "opening-credit", "debit", "credit", "closing-debit", "closing-credit")
        assert [till[side] for side in sides] == ["120.21", "", "50.00", "", "170.21", ""]
        assert list(lines[0])[-6:] == list(sides)

    def test_cash_in_another_currency_has_its_field(self, trade: Book) -> None:
        lines = list(csv.DictReader(io.StringIO(report_csv(cash_flow(trade.ledger, [HALF])), newline="")))

        (closing,) = (line for line in lines if line["section"] == "closing-cash")
        assert list(closing.values())[-2:] == ["4238.59", "USD 39.50"]


class TestPages:
    """The same for a browser or a printer."""

    def test_every_statement_is_a_table_with_its_totals(self, trade: Book) -> None:
        reports = statements(trade)
        rows = {name: Page(report_html(report)).rows for name, report in reports.items()}

        assert ["Result", "-389.72-60.50 USD", "-389.72", "0.00-60.50 USD"] in rows["income"]
        assert ["1010", "Assets:Till", "120.21", "", "50.00", "", "170.21", ""] in rows["trial"]
        assert rows["trial"][0][2:] == ["Opening Dr", "Opening Cr", "Debit", "Credit", "Closing Dr", "Closing Cr"]
        assert ["", "Cash at the end", "4238.5939.50 USD", "5120.31"] in [
            row if len(row) == 4 else ["", *row] for row in rows["cash"]
        ]
        assert rows["worth"][-1][-1] == "4638.5939.50 USD"
        assert all(Page(report_html(report)).open == [] for report in reports.values())

    def test_names_of_a_book_are_never_markup(self, trade: Book) -> None:
        report = trial_balance(trade.ledger, HALF)
        rows = tuple(dataclasses.replace(report.sections[0].rows[0], label=text, code=None) for text in HOSTILE)
        page = Page(
            report_html(dataclasses.replace(report, sections=(dataclasses.replace(report.sections[0], rows=rows),)))
        )

        assert {row[0] for row in page.rows if len(row) == 7} >= {clean(text) for text in HOSTILE}
        assert "script" not in page.tags

    @pytest.mark.parametrize(("columns", "is_wide"), [(1, False), (4, False), (12, True), (31, True)])
    def test_many_columns_are_printed_across_the_page(self, trade: Book, columns: int, is_wide: bool) -> None:
        days = [Range(date(2026, 3, day), date(2026, 3, day)) for day in range(1, columns + 1)]

        assert ("A4 landscape" in report_html(income_statement(trade.ledger, days))) is is_wide
