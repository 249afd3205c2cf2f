"""Where does a report that lists go, however long it is? To the terminal or a file by pieces, or into a workbook."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.cli.report_files import WROTE, by_side, replaceable, replaceable_workbook
from tui_ledger.cli.session import Progress, Session, in_place, print_lines, print_text, terminal_width
from tui_ledger.dates import system_clock
from tui_ledger.errors import ExportFailed
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.reports.table import Table


def deliver_table(session: Session, ledger: Ledger, table: Table, form: str, output: str | None) -> None:
    """Prints a table or writes it to the file named; a workbook without a name goes to exports/ beside the book."""
    if form == "xlsx":
        print_lines([_(WROTE).format(path=_workbook(session, ledger, table, output))])
        return
    _ask_first(table)
    with closing(_pieces(session, ledger, table, form)) as pieces:
        if output is None:
            for piece in pieces:
                print_text(in_place(piece) if form == "text" else piece)
            return
        from tui_ledger.export.files import write_pieces

        path = replaceable(Path(output).expanduser(), form, table)
        print_lines([_(WROTE).format(path=write_pieces(path, pieces, overwrite=True))])


def _ask_first(table: Table) -> None:
    """What refuses to be read refuses before anything is printed or written."""
    with table.reading() as blocks:
        first = next(blocks, None)
        if first is not None:
            next(iter(first.lines), None)


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
    if form == "html":
        from tui_ledger.export.table_html import table_html

        yield from table_html(
            table,
            formats.money,
            **by_side(formats),
            show_date=formats.date,
            show_percent=formats.percent,
            translate=_,
            language=formats.language_tag,
            right_to_left=formats.right_to_left,
            paper=formats.paper,
        )
        return
    from tui_ledger.export.table_text import table_text

    width = terminal_width()
    lines = table_text(
        table,
        formats.money,
        width,
        **by_side(formats),
        show_date=formats.date,
        show_percent=formats.percent,
        translate=_,
    )
    yield from (f"{line}\n" for line in lines)


def _workbook(session: Session, ledger: Ledger, table: Table, output: str | None) -> Path:
    from tui_ledger.export.names import default_export_path, ready_export_path
    from tui_ledger.export.table_workbook import write_table

    if output is None:
        day = table.at or table.date_to or ledger.today
        path = ready_export_path(default_export_path(ledger.path or Path(ledger.name), table.name, day))
    else:
        path = replaceable_workbook(Path(output).expanduser())
    with Progress(N_("Writing the workbook")) as progress:
        rows = 0 if table.date_from is None else ledger.postings_after(table.date_from)
        return write_table(
            table,
            path,
            session.formats(ledger),
            created=system_clock(),
            overwrite=True,
            rows=rows,
            progress=progress,
            translate=_,
        )


def checked_workbook_path(output: str) -> Path:
    """Where a workbook is to be written; raises ExportFailed for a name that is none's, or another's file."""
    if Path(output).suffix.lower() != ".xlsx":
        raise ExportFailed(path=output, reason=N_("a workbook's name ends in .xlsx"))
    return replaceable_workbook(Path(output).expanduser())
