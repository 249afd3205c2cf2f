"""Which tables get a chart?"""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from tui_ledger.export.charts import ChartPlace, ChartRange, add_columns_chart, charted, columns_across
from tui_ledger.export.table_sheet import HEAD_ROW, TableSheet
from tui_ledger.reports.table import CellKind, LineKind


def add_statistics_chart(sheet: TableSheet) -> None:
    """Debits and credits of the first currency as columns beneath the figures, unless they are too many to read."""
    label, *figures = sheet.table.columns
    has_both = {"debit", "credit"} <= {column.name for column in figures}
    if not sheet.blocks or sheet.sheets[0] is not sheet.sheet or not has_both or label.kind is CellKind.MONEY:
        return
    block = sheet.blocks[0]
    first = block.head[1] + 1
    end = block.lines.get(LineKind.TOTAL)
    last = (end[1] if end is not None else block.last_row + 1) - 1
    if not charted(range(first, last + 1)):
        return
    places = tuple(sheet.table.place(name) + 1 for name in ("debit", "credit"))
    place = ChartPlace(sheet.sheet.next_row + 1, columns_across(sheet.cells.widths()))
    shown = ChartRange(places, HEAD_ROW, first, last)
    add_columns_chart(sheet.sheet.worksheet, shown, f"{sheet.table.title}, {block.title}", place)
    sheet.sheet.worksheet.print_area = f"A1:{get_column_letter(place.columns)}{place.last_row}"
