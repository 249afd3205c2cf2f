"""What do the tests of reports read off a report? Rows, totals and checks as plain text, and a fault to be noticed."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from tests.reports.conftest import Book
from tui_ledger.reports.report import Report, Row, Section, SectionKind, plain_figure


def shown(report: Report, kind: SectionKind, column: int = 0) -> list[tuple[int, str, str]]:
    """The rows of a section as (depth, label, figure)."""
    return [(row.depth, row.label, figure_text(row, column)) for row in report.section(kind).rows]


def lines(section: Section) -> dict[str, list[str]]:
    """The figures of each row of a section by its label."""
    return {row.label: [figure_text(row, place) for place in range(len(row.figures))] for row in section.rows}


def figure_text(row: Row, column: int = 0) -> str:
    figure = row.figures[column]
    return "" if figure is None else plain_figure(figure)


def totals(report: Report, column: int = 0) -> dict[str, str]:
    sections = {section.kind.value: plain_figure(section.totals[column]) for section in report.sections}
    return sections | {total.name: plain_figure(total.figures[column]) for total in report.totals}


def unpriced(report: Report, label: str, column: int = 0) -> dict[str, str]:
    """What a row leaves unconverted, as decimal text by currency."""
    (row,) = (row for section in report.sections for row in section.rows if row.label == label)
    return {currency: plain_figure(money) for currency, money in row.unconverted_by_column[column].items()}


def amount(text: str) -> Decimal:
    """The amount of a figure's text, nothing for none."""
    return Decimal(text or "0")


def failed(report: Report) -> set[str]:
    """The names of the checks that failed in any column."""
    return {check.name for check in report.checks if False in check.passed}


def units(row: Row, column: int) -> int:
    figure = row.figures[column]
    return 0 if figure is None else figure.units


def assert_rows_add_up(report: Report) -> None:
    """Rows add up to headings and totals, whatever the section and the column."""
    for section in report.sections:
        for column, total in enumerate(section.totals):
            assert sum(units(section.rows[place], column) for place in section.top_rows()) == total.units
            assert sum(units(row, column) for row in section.rows if not row.is_heading) == total.units
            for place, row in enumerate(section.rows):
                if row.is_heading:
                    beneath = (section.rows[child] for child in section.rows_beneath(place))
                    assert sum(units(child, column) for child in beneath) == units(row, column)


def seed_fault(book: Book, account: str, day: str) -> None:
    """One cent more in the stored balance of the account's last posting through a day, past all guards."""
    with sqlite3.connect(book.path) as connection:
        changed = connection.execute(
            "UPDATE postings SET balance = balance + 1 WHERE (account, date, number, line) = (SELECT account, date, "
            "number, line FROM postings JOIN accounts ON id = account WHERE name = ? AND date <= ? "
            "ORDER BY date DESC, number DESC, line DESC LIMIT 1)",
            (account, day),
        )
        assert changed.rowcount == 1
    connection.close()
