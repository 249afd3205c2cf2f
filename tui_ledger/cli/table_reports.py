"""Where does a report that lists go, however long it is? To the terminal or a file by pieces, or into a workbook."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.cli.report_files import replaceable
from tui_ledger.cli.session import Progress, Session, print_lines, print_text, terminal_width
from tui_ledger.dates import system_clock
from tui_ledger.errors import ExportFailed

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.reports.table import Table


def deliver_table(session: Session, ledger: Ledger, table: Table, form: str, output: str | None) -> None:
    """Prints a table or writes it to the file named; a workbook without a name goes to exports/ beside the book."""
    if form == "xlsx":
        print_lines([f"Wrote {_workbook(session, ledger, table, output)}"])
        return
    with closing(_pieces(session, ledger, table, form)) as pieces:
        if output is None:
            for piece in pieces:
                print_text(piece)
            return
        from tui_ledger.export.files import write_pieces

        path = replaceable(Path(output).expanduser(), form)
        print_lines([f"Wrote {write_pieces(path, pieces, overwrite=True)}"])


def _pieces(session: Session, ledger: Ledger, table: Table, form: str) -> Generator[str, None, None]:
    if form == "csv":
        from tui_ledger.export.table_delimited import table_csv

        yield from table_csv(table)
        return
    if form == "json":
        from tui_ledger.export.table_delimited import table_json_text

        yield from table_json_text(table)
        return
    formats = session.formats(ledger)
    credit_money = partial(formats.money, credit_normal=True)
    if form == "html":
        from tui_ledger.export.table_html import table_html

        yield from table_html(
            table,
            formats.money,
            credit_money=credit_money,
            show_date=formats.date,
            language=formats.language_tag,
            right_to_left=formats.right_to_left,
        )
        return
    from tui_ledger.export.table_text import table_text

    width = terminal_width()
    for line in table_text(table, formats.money, width, credit_money=credit_money, show_date=formats.date):
        yield f"{line}\n"


def _workbook(session: Session, ledger: Ledger, table: Table, output: str | None) -> Path:
    from tui_ledger.export.names import default_export_path, ready_export_path
    from tui_ledger.export.table_workbook import write_table

    if output is None:
        day = table.at or table.date_to or ledger.today
        path = ready_export_path(default_export_path(ledger.path or Path(ledger.name), table.name, day))
    else:
        path = checked_workbook_path(output)
    with Progress("Writing the workbook") as progress:
        rows = 0 if table.date_from is None else ledger.postings_after(table.date_from)
        return write_table(
            table,
            path,
            session.formats(ledger),
            created=system_clock(),
            overwrite=True,
            rows=rows,
            progress=progress,
        )


def checked_workbook_path(output: str) -> Path:
    """Where a workbook is to be written; raises ExportFailed for a name that is none's, or another's file."""
    if Path(output).suffix.lower() != ".xlsx":
        raise ExportFailed(path=output, reason="a workbook's name ends in .xlsx")
    return replaceable(Path(output).expanduser(), "xlsx")
