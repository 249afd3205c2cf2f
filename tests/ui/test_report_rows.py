from __future__ import annotations

from dataclasses import replace
from datetime import date

from tui_ledger.ledger import Ledger
from tui_ledger.money import Money
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.ui.report_rows import report_lines, verdict


def written(money: Money, is_credit: bool) -> str:
    return f"{money.amount} Cr" if is_credit and money else str(money.amount)


def test_a_balance_sheet_is_drawn_with_its_totals_where_they_belong(book: Ledger) -> None:
    lines = report_lines(balance_sheet(book, [date(2026, 7, 17)]), written)
    assert [(line.label, line.figures) for line in lines if line.tone == "total"] == [
        ("Total assets", ("4114.55",)),
        ("Total liabilities", ("0.00",)),
        ("Total equity", ("4114.55 Cr",)),
        ("Total liabilities and equity", ("4114.55 Cr",)),
    ]
    current = next(line for line in lines if line.label == "Current")
    assert (current.account, current.figures, current.depth) == ("Assets:Bank:Current", ("4014.55",), 2)


def test_every_line_has_a_key_of_its_own(book: Ledger) -> None:
    keys = [line.key for line in report_lines(balance_sheet(book), written)]
    assert len(set(keys)) == len(keys)


def test_a_report_out_of_balance_says_so_and_by_how_much(book: Ledger) -> None:
    report = balance_sheet(book)
    off = replace(report.checks[0], figures=(Money(1, report.currency),), passed=(False,))
    broken = replace(report, checks=(off, *report.checks[1:]), balanced_by_column=(False,))
    assert verdict(report) == "balanced"
    beside = replace(report.totals[0], unconverted_by_column=({"USD": Money(500, report.currency)},))
    assert verdict(replace(report, totals=(beside,))) == "balanced in each currency"
    assert verdict(broken) == "NOT BALANCED"
    checks = {line.label: line.figures for line in report_lines(broken, written) if str(line.key).startswith("check")}
    assert {label: figures for label, figures in checks.items() if figures != ("0.00",)} == {
        f"Off: {off.label}": ("0.01",)
    }


def test_money_without_a_price_stands_beside_the_figure(book: Ledger) -> None:
    report = balance_sheet(book)
    section = report.sections[0]
    row = replace(section.rows[0], unconverted_by_column=({"USD": Money(500, report.currency)},))
    changed = replace(report, sections=(replace(section, rows=(row, *section.rows[1:])), *report.sections[1:]))
    assert report_lines(changed, written)[1].figures == (f"{written(row.figures[0], False)} + 5.00 USD",)  # type: ignore[arg-type]
