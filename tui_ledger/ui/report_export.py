"""How does the report on the screen become a workbook of its own?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.report import Report
from tui_ledger.ui.party_rows import SheetView
from tui_ledger.ui.shown_period import ShownPeriod
from tui_ledger.ui.shown_report import OpenedTable
from tui_ledger.words import _


def write_shown(
    ledger: Ledger,
    made: Report | OpenedTable,
    place: Callable[[str, date], Path],
    formats: Formats,
    created: datetime,
    progress: Callable[[int, int], None],
) -> Path:
    """Writes what is shown and gives the path back; `place` says where a report of a name and a day goes. An earlier
    export is replaced, anything else keeps its name. Raises ExportFailed, and what `progress` raises."""
    if isinstance(made, Report):
        from tui_ledger.export.workbook import write_statement

        days = [column.last_day for column in made.columns if column.last_day is not None]
        path = place(made.name, max(days, default=ledger.today))
        return write_statement(made, path, formats, created=created, translate=_)
    from tui_ledger.export.table_workbook import write_table

    table = made.table
    path = place(table.name, table.at or table.date_to or ledger.today)
    return write_table(table, path, formats, created=created, rows=len(made.lines), progress=progress, translate=_)


def write_statement_of(
    ledger: Ledger,
    party: str,
    view: SheetView,
    period: ShownPeriod,
    place: Callable[[str, date], Path],
    formats: Formats,
    created: datetime,
    progress: Callable[[int, int], None],
    *,
    newest_first: bool,
) -> Path:
    """Writes a party's sheet as it is shown and gives the path back, otherwise as `write_shown`. Raises ExportFailed,
    UnknownParty, and what `progress` raises."""
    from tui_ledger.export.table_workbook import write_table
    from tui_ledger.reports.statement import days_of_party, statement

    days = days_of_party(ledger, party, period.first, period.last)
    currency = str(view.currency)
    table = statement(
        ledger, party, days, purpose=view.purpose, currency=currency, newest_first=newest_first, translate=_
    )
    path = place(f"{table.name}-{party}", days.last)
    return write_table(table, path, formats, created=created, progress=progress, translate=_)
