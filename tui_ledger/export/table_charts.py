"""Which tables get a chart?"""

from __future__ import annotations

from tui_ledger.export.charts import ChartRange, add_columns_chart, charted
from tui_ledger.export.table_sheet import HEAD_ROW, TableSheet
from tui_ledger.reports.table import LineKind

_CHART_ROWS = 17


def add_statistics_chart(sheet: TableSheet) -> None:
    """Debits and credits of the first currency as columns beneath the figures, unless they are too many to read."""
    if not sheet.blocks or sheet.sheets[0] is not sheet.sheet:
        return
    block = sheet.blocks[0]
    first = block.head[1] + 1
    end = block.lines.get(LineKind.TOTAL)
    last = (end[1] if end is not None else block.last_row + 1) - 1
    if not charted(range(first, last + 1)):
        return
    places = tuple(sheet.table.place(name) + 1 for name in ("debit", "credit"))
    row = sheet.sheet.next_row + 1
    shown = ChartRange(places, HEAD_ROW, first, last)
    add_columns_chart(sheet.sheet.worksheet, shown, f"{sheet.table.title}, {block.title}", f"A{row}")
    letter = sheet.letter(sheet.table.columns[-1].name)
    sheet.sheet.worksheet.print_area = f"A1:{letter}{row + _CHART_ROWS}"
