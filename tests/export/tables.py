"""What a table says, and what stands on sheets: the same, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from openpyxl.workbook import Workbook as LoadedWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from tui_ledger.export.cells import is_exact
from tui_ledger.export.table_sheet import HEAD_ROW
from tui_ledger.money import Money
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.table import Cell, Percent, Table
from tui_ledger.text import clean


def assert_sheets_say(book: LoadedWorkbook, table: Table) -> None:
    """Every cell of every line of a table stands, computed to the last digit, on its sheets."""
    rows = lines_on(book, table)
    with table.reading() as blocks:
        for block in blocks:
            if block.title:
                assert block.title[:20] in str(next(rows)[0])
            for line in block.lines:
                found = next(rows)
                while "(continued)" in str(found[0]):
                    found = next(rows)
                said = [shown(cell, one) for cell, one in zip(line.cells, found, strict=False)]
                meant = [wanted(cell) for cell in line.cells]
                assert said == meant, (said, meant)
    assert [row for row in rows if "15 digits" not in str(row[0])] == []


def lines_on(book: LoadedWorkbook, table: Table) -> Iterator[tuple[object, ...]]:
    """The rows of a table's sheets, heads and empty ones left out."""
    for sheet in sheets_of(book, table.title):
        for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=len(table.columns), values_only=True):
            if any(cell not in (None, "") for cell in row):
                yield row


def sheets_of(book: LoadedWorkbook, title: str) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title.startswith(title.replace(":", "-")[:20])]


def wanted(cell: Cell) -> object:
    if isinstance(cell, Money):
        return cell.amount if is_exact(cell) else plain_figure(cell)
    if isinstance(cell, Percent):
        return float(cell.number / 100)
    if isinstance(cell, str):
        return clean(cell) or None
    return cell


def shown(cell: Cell, found: object) -> object:
    """What was found, as what was wanted of it: a double rounded to the currency's digits."""
    if isinstance(found, datetime):
        return found.date() if isinstance(cell, date) else found
    if isinstance(cell, Money) and isinstance(found, (int, float)):
        return Decimal(str(found)).quantize(Decimal(1).scaleb(-cell.currency.digits))
    return None if found == "" else found
