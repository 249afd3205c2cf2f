"""How does one report that lists become a workbook of its own?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tui_ledger.export.earlier import PROGRAM
from tui_ledger.export.files import export_failed
from tui_ledger.export.formats import PlainFormats, WorkbookFormats
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.table_charts import add_statistics_chart
from tui_ledger.export.table_sheet import MOST_ROWS, TableSheet
from tui_ledger.export.work_done import Progress, WorkDone
from tui_ledger.reports import statistics
from tui_ledger.reports.table import Table


def write_table(
    table: Table,
    path: Path,
    formats: WorkbookFormats | None = None,
    *,
    created: datetime,
    creator: str = PROGRAM,
    overwrite: bool | None = None,
    translate: Callable[[str], str] = str,
    rows: int = 0,
    progress: Progress | None = None,
    most_rows: int = MOST_ROWS,
) -> Path:
    """Writes a table as a workbook with live sums, however long it is; gives the path back.

    `rows` is about how many it has, for `progress`, which is called with (done, total) and ends the writing by what it
    raises. Overwrites and refuses as `write_whole_workbook` does; raises ExportFailed.
    """
    work = WorkDone(progress)
    workbook: Workbook | None = None
    try:
        workbook = Workbook(
            table.title, table.book, formats or PlainFormats(), created=created, creator=creator, translate=translate
        )
        work.expect(rows)
        sheet = TableSheet(workbook, table, most_rows=most_rows, moved=work.wrote).write()
        if table.name == statistics.NAME:
            add_statistics_chart(sheet)
        workbook.save(path, overwrite, work.packed(workbook.streamed_bytes))
    except OSError as problem:
        raise export_failed(path, problem) from problem
    finally:
        if workbook is not None:
            workbook.discard()
    work.finish()
    return path
