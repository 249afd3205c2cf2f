"""Which sheets make an accountant's workbook?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui_ledger.export.earlier import PROGRAM
from tui_ledger.export.files import export_failed
from tui_ledger.export.formats import PlainFormats, WorkbookFormats
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.statement import StatementSheet
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import Column, Report, SectionKind

_DEFINED_NAMES = {
    "balance-sheet": {
        SectionKind.ASSETS.value: "TotalAssets",
        SectionKind.LIABILITIES.value: "TotalLiabilities",
        SectionKind.EQUITY.value: "TotalEquity",
        "liabilities-and-equity": "TotalLiabilitiesAndEquity",
    },
    "income-statement": {
        SectionKind.INCOME.value: "TotalIncome",
        SectionKind.EXPENSES.value: "TotalExpenses",
        "result": "Result",
    },
    "cash-flow": {"change": "ChangeOfCash", "opening-cash": "OpeningCash", "closing-cash": "ClosingCash"},
    "net-worth": {"net-worth": "NetWorth"},
}


def write_statement(
    report: Report,
    path: Path,
    formats: WorkbookFormats | None = None,
    *,
    created: datetime,
    creator: str = PROGRAM,
    overwrite: bool | None = None,
    translate: Callable[[str], str] = str,
) -> Path:
    """Writes a statement as a workbook with live totals, readable by its owner only; gives the path back.

    `created` is the moment of writing. An existing file is replaced with `overwrite`; by default only when it is an
    earlier export of this program that nobody has worked on since. Raises ExportFailed.
    """
    workbook = Workbook(
        report.title, report.book, formats or PlainFormats(), created=created, creator=creator, translate=translate
    )
    try:
        add_statement(workbook, report)
        return workbook.save(path, overwrite)
    except OSError as problem:
        raise export_failed(path, problem) from problem
    finally:
        workbook.discard()


def add_statement(workbook: Workbook, report: Report) -> StatementSheet:
    """Adds a statement with the names of its totals: TotalAssets is that of the first column, and with further columns
    TotalAssets_2025_12_31, Result_2026_01 or Result_2026_Q1 that of each; of columns of the same days the first, of
    differences none. Sections have none where a statement is one list."""
    statement = StatementSheet(workbook, report)
    statement.write()
    for total, name in _DEFINED_NAMES.get(report.name, {}).items():
        if total in statement.total_rows:
            _define(workbook, statement, name, statement.total_rows[total])
    return statement


write_balance_sheet = write_statement
add_balance_sheet = add_statement


def _define(workbook: Workbook, statement: StatementSheet, name: str, row: int) -> None:
    workbook.define_name(name, statement.sheet, f"{statement.column_letter(0)}{row}")
    columns = statement.report.columns
    if len(columns) == 1:
        return
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        if column.of is None:
            places.setdefault(_days(column), place)
    for days, place in places.items():
        period = days.replace("..", "_to_").replace("-", "_")
        workbook.define_name(f"{name}_{period}", statement.sheet, f"{statement.column_letter(place)}{row}")


def _days(column: Column) -> str:
    """The days of a column in the words of ISO 8601, whatever it is called."""
    if column.date_from is not None and column.date_to is not None:
        return Range(column.date_from, column.date_to).label
    return column.label if column.at is None else column.at.isoformat()
