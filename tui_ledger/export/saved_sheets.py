"""Which sheets of a workbook are reports that were saved, and how are they drawn?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui_ledger.errors import UnknownReport, UnknownSavedReport
from tui_ledger.export.contents_sheet import Entry
from tui_ledger.export.spreadsheet import Sheet, Workbook
from tui_ledger.export.statement import StatementSheet
from tui_ledger.export.streamed_sheet import StreamedSheet
from tui_ledger.export.table_sheet import TableSheet
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.saved_reports import saved_report_named
from tui_ledger.reports.requests import Request
from tui_ledger.reports.saved import known_saved_reports, request_of
from tui_ledger.reports.table import Table


def saved_among(ledger: Ledger, names: Sequence[str], sheets: Sequence[str]) -> Mapping[str, Request]:
    """What is asked for by those of some names that are no sheets of the program; raises UnknownReport."""
    found = {}
    for name in names:
        if name not in sheets:
            try:
                saved = saved_report_named(ledger, name)
            except UnknownSavedReport:
                known = (*sheets, *(saved.name for saved in known_saved_reports(ledger)))
                raise UnknownReport(name=name, known=", ".join(known)) from None
            found[saved.name] = request_of(saved).without_format()
    return found


def draw_saved(workbook: Workbook, ledger: Ledger, name: str, request: Request) -> tuple[Sheet | StreamedSheet, Entry]:
    """Draws a saved report, of its own days, under the name it was saved with; says on which sheet, and its line in the
    contents. What it raises is what its options raise."""
    made = request.made(ledger, workbook.translate)
    named = replace(made, title=name)
    if isinstance(named, Table):
        sheet: Sheet | StreamedSheet = TableSheet(workbook, named).write().sheets[0]
    else:
        sheet = StatementSheet(workbook, named).write()
    return sheet, Entry(sheet.title, name, made.title)
