"""The command that writes the accountant's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import json_option, range_options
from tui_ledger.cli.report_files import WROTE
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Progress, Session, print_json, print_lines
from tui_ledger.cli.table_reports import checked_workbook_path
from tui_ledger.dates import system_clock
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.export.whole_workbook import WrittenWorkbook
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats
    from tui_ledger.reports.columns import Range

_NAME = "workbook"


@click.command("export", cls=LedgerCommand)
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option("-o", "--output", metavar="FILE.xlsx", help="Where it is written. Default: exports/ beside the book.")
@click.option("--at", metavar="D", help="The fiscal year up to this day. Default: today.")
@range_options
@json_option
@click.pass_obj
def export_command(
    session: Session,
    /,
    names: tuple[str, ...],
    output: str | None,
    at: str | None,
    date_from: str | None,
    date_to: str | None,
    as_json: bool,
) -> None:
    """Write the accountant's workbook: contents, statements, general ledger, journal, parties, months with charts, and
    checks that all of it agrees. Its sums are live formulas.

    NAME chooses sheets: balance-sheet, income-statement, trial-balance, cash-flow, general-ledger, journal, parties,
    tax, net-worth, statistics, and reports that were saved. Without one all but the last of these sheets are written.
    """
    path = None if output is None else checked_workbook_path(output)
    ledger = session.for_reading()
    days = _days(ledger, at, date_from, date_to)
    written = whole_workbook(ledger, days, session.formats(ledger), path, names)
    if as_json:
        days_said = {"from": days.first.isoformat(), "to": days.last.isoformat()}
        print_json({"workbook": str(written.path), **days_said, "reports": list(written.sheets)})
    else:
        print_lines([_(WROTE).format(path=written.path)])


def whole_workbook(
    ledger: Ledger,
    days: Range,
    formats: Formats,
    path: Path | None = None,
    names: tuple[str, ...] = (),
    *,
    folder: Path | None = None,
) -> WrittenWorkbook:
    """Writes the workbook of some days to the file named, or to `folder`, else to exports/ beside the book."""
    from tui_ledger.export.names import default_export_path, ready_export_path
    from tui_ledger.export.saved_sheets import saved_among
    from tui_ledger.export.whole_workbook import SHEETS, write_whole_workbook

    saved_among(ledger, names, SHEETS)
    if path is None:
        name = names[0] if len(names) == 1 and names[0] in SHEETS else _NAME
        book = ledger.path or Path(ledger.name)
        path = ready_export_path(default_export_path(book, name, days.last, folder))
    with Progress(N_("Writing the workbook")) as progress:
        return write_whole_workbook(
            ledger,
            days,
            path,
            formats,
            names=names,
            created=system_clock(),
            overwrite=True,
            progress=progress,
            translate=_,
        )


def _days(ledger: Ledger, at: str | None, date_from: str | None, date_to: str | None) -> Range:
    from tui_ledger.reports.choices import asked_range

    if at is not None and (date_from is not None or date_to is not None):
        raise InvalidOptions(
            reason=N_("--at and --from with --to do not go together: a workbook is of one range of days.")
        )
    return asked_range(date_from, date_to if at is None else at, ledger)
