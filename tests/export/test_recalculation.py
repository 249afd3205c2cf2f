"""What LibreOffice computes and prints is what the ledger says, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.conftest import CREATED, YEAR_BEFORE, YEAR_END, Recalculate
from tests.reports.conftest import Book, MakeBook
from tui_ledger.export.workbook import write_balance_sheet
from tui_ledger.money import Money
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report


def figures(sheet: Worksheet) -> list[tuple[str, tuple[object, ...]]]:
    """Name and figures of each row from the head down, in order."""
    return [(str(row[1]), row[2:]) for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]]


def expected(report: Report) -> list[tuple[str, tuple[Money | None, ...]]]:
    found: list[tuple[str, tuple[Money | None, ...]]] = []
    for section in report.sections:
        found += [(row.label, row.figures) for row in section.rows]
        found.append((section.total_label, section.totals))
    return found + [(total.label, total.figures) for total in report.totals]


def assert_equal_to_the_last_digit(sheet: Worksheet, report: Report) -> None:
    computed = figures(sheet)
    wanted = expected(report)
    assert [name for name, _ in computed[: len(wanted)]] == [name for name, _ in wanted]
    step = Decimal(1).scaleb(-report.currency.digits)
    for (name, values), (_, money) in zip(computed, wanted, strict=False):
        for value, figure in zip(values, money, strict=True):
            if figure is not None:
                assert Decimal(str(value)).quantize(step) == figure.amount, name
    difference, verdict = computed[len(wanted)], list(sheet.iter_rows(values_only=True))[-1]
    assert set(difference[1]) == {0}
    assert set(verdict[2:]) == {"in balance"}


@pytest.mark.parametrize(("currency", "unit"), [("EUR", "0.01"), ("JPY", "1"), ("KWD", "0.001")])
def test_recalculated_totals_are_the_ledgers_in_any_currency(
    make_book: MakeBook, tmp_path: Path, recalculated: Recalculate, currency: str, unit: str
) -> None:
    book = make_book(currency=currency)
    step = Decimal(unit)
    for number in range(1, 40):
        amount = step * (number * 7919 % 99_991)
        account = f"Assets:Group {number % 5}:Part {number % 3}:Account {number}"
        book.post("2026-02-01", f"{account} {amount}", f"Liabilities:Lender {number % 4} -{amount}")
        book.post(f"{2024 + number % 3}-03-01", f"Expenses:Cost {step * number}", f"Assets:Group 1 -{step * number}")
    report = balance_sheet(book.ledger, [YEAR_END, YEAR_BEFORE])

    (computed,) = recalculated(write_balance_sheet(report, tmp_path / f"{currency}.xlsx", created=CREATED))

    assert_equal_to_the_last_digit(computed.worksheets[0], report)


def test_a_limited_depth_and_several_dates_recalculate_too(
    shop: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    dates = [YEAR_END, date(2026, 3, 1), YEAR_BEFORE, date(2024, 12, 31)]
    reports = [balance_sheet(shop.ledger, dates, depth=depth) for depth in (1, 2, 3)]
    paths = [
        write_balance_sheet(report, tmp_path / f"depth{number}.xlsx", created=CREATED)
        for number, report in enumerate(reports)
    ]

    for computed, report in zip(recalculated(*paths), reports, strict=True):
        assert_equal_to_the_last_digit(computed.worksheets[0], report)


def test_hundreds_of_headings_recalculate_too(book: Book, tmp_path: Path, recalculated: Recalculate) -> None:
    lines = [f"Liabilities:Members:{number}:{purpose} -1.01" for number in range(210) for purpose in ("bonus", "own")]
    book.post("2026-01-01", *lines, "Assets:Bank 424.20")
    report = balance_sheet(book.ledger, [YEAR_END])

    (computed,) = recalculated(write_balance_sheet(report, tmp_path / "members.xlsx", created=CREATED))

    assert_equal_to_the_last_digit(computed.worksheets[0], report)


def test_a_figure_changed_by_hand_moves_the_totals_and_the_verdict(
    shop_report: Report, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = write_balance_sheet(shop_report, tmp_path / "shop.xlsx", created=CREATED)
    changed = openpyxl.load_workbook(path)
    (savings,) = (row for row in changed.active.iter_rows() if row[1].value == "Savings")
    savings[2].value = 701.05
    changed.save(path)

    (computed,) = recalculated(path)

    found = dict(figures(computed.worksheets[0]))
    assert found["Total assets"] == (13399.97 + 1, 6200.3)
    assert found["Assets − liabilities − equity"] == (1, 0)
    assert list(computed.worksheets[0].iter_rows(values_only=True))[-1][2:] == (
        "out of balance",
        "in balance",
    )


def test_names_compute_in_formulas_of_the_readers_own(
    shop_report: Report, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = write_balance_sheet(shop_report, tmp_path / "shop.xlsx", created=CREATED)
    changed = openpyxl.load_workbook(path)
    changed.active["F1"] = "=TotalAssets-TotalLiabilities"
    changed.save(path)

    (computed,) = recalculated(path)

    assert computed.worksheets[0]["F1"].value == pytest.approx(4399.97)


def test_hostile_names_stay_text_after_another_program_saved_them(
    book: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    names = ["=1+1", "@SUM(A1)", "+1", "-1", "#REF!", "_x0041_"]
    book.post("2026-01-01", *(f"Assets:{name} 1" for name in names), f"Equity:Capital -{len(names)}")
    report = balance_sheet(book.ledger, [YEAR_END])

    (computed,) = recalculated(write_balance_sheet(report, tmp_path / "names.xlsx", created=CREATED))

    found = [name for name, _ in figures(computed.worksheets[0])]
    assert set(names) - {"_x0041_"} <= set(found)
    assert not {"2", "A", "1"} & set(found)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_no_figure_is_cut_on_paper(
    make_book: MakeBook, tmp_path: Path, printed: Callable[[Path], str], currency: str
) -> None:
    book = make_book(currency=currency)
    book.post(
        "2026-01-01",
        "Assets:Group:Large 123456789012",
        "Assets:Group:Negative -98765432109",
        "Income:Sales -24691356903",
    )
    report = balance_sheet(book.ledger, [YEAR_END, YEAR_BEFORE])

    page = printed(write_balance_sheet(report, tmp_path / f"{currency}.xlsx", created=CREATED))

    decimals = "." + "0" * report.currency.digits if report.currency.digits else ""
    assert "###" not in page
    assert page.count(f"123,456,789,012{decimals}") == 1
    assert page.count(f"-98,765,432,109{decimals}") == 1
    assert page.count(f"24,691,356,903{decimals}") == 5
    assert page.count("in balance") == 2
    assert "Page 1 of 1" in page
