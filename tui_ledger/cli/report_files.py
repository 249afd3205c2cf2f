"""Where does a report go, and in which format? The terminal, a text file, or a workbook; never over another's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.cli.session import Session, print_json, print_lines, print_text, terminal_width
from tui_ledger.dates import system_clock
from tui_ledger.errors import ExportFailed, InvalidOptions, InvalidSetting

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats
    from tui_ledger.reports.report import Report

FORMATS = ("text", "json", "csv", "html", "xlsx")

_ENDINGS = {"text": (".txt",), "json": (".json",), "csv": (".csv",), "html": (".html", ".htm")}


def chosen_format(form: str | None, output: str | None, as_json: bool) -> str:
    """The format said, else the one a file's ending asks for, else text; raises InvalidOptions, InvalidSetting."""
    if as_json and form not in (None, "json"):
        raise InvalidOptions(reason=f"--json and --format {form} do not go together: give one of them.")
    chosen = "json" if as_json else form or _format_of(output)
    if chosen not in FORMATS:
        raise InvalidSetting(value=form, what="format", advice=f"use one of {', '.join(FORMATS)}")
    return chosen


def deliver(session: Session, ledger: Ledger, report: Report, form: str, output: str | None) -> None:
    """Prints a report or writes it to the file named; a workbook without a name goes to exports/ beside the book."""
    if form == "xlsx":
        print_lines([f"Wrote {statement_workbook(ledger, report, session.formats(ledger), output)}"])
    elif form == "json" and output is None:
        from tui_ledger.reports.report import as_json

        print_json(as_json(report))
    else:
        _print_or_write(_text(report, form, lambda: session.formats(ledger)), form, output)


def statement_workbook(
    ledger: Ledger, report: Report, formats: Formats, output: str | None, *, folder: Path | None = None
) -> Path:
    """Writes the workbook of a report to the file named, or to `folder`, else to exports/ beside the book."""
    from tui_ledger.export.names import default_export_path, ready_export_path
    from tui_ledger.export.workbook import write_statement

    if output is None:
        at = max((column.last_day for column in report.columns if column.last_day is not None), default=ledger.today)
        path = ready_export_path(default_export_path(ledger.path or Path(ledger.name), report.name, at, folder))
    else:
        path = replaceable(Path(output).expanduser(), "xlsx")
    return write_statement(report, path, formats, created=system_clock(), overwrite=True)


def replaceable(path: Path, form: str) -> Path:
    """The path itself, when nothing is lost by writing it: it is new, or an earlier export of the same format.

    Raises ExportFailed for anything else that exists, a book above all.
    """
    from tui_ledger.export.earlier import is_own_export

    if not path.is_file() or path.is_symlink():
        return path
    if is_own_export(path) if form == "xlsx" else path.suffix.lower() in _ENDINGS[form] and not is_database(path):
        return path
    raise ExportFailed(path=path, reason="a file of another kind is there already: choose another name, or remove it")


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, such as a book, or the log of one."""
    from tui_ledger.ledger.held_files import is_held

    if is_held(path):
        return True
    with path.open("rb") as file:
        return file.read(16).startswith((b"SQLite format 3", b"\x37\x7f\x06", b"\xd9\xd5\x05\xf9"))


def _format_of(output: str | None) -> str:
    """The format a file's ending asks for; text where nothing is written to a file."""
    ending = Path(output).suffix.lower() if output else ".txt"
    endings = {known: form for form, all_known in _ENDINGS.items() for known in all_known} | {".xlsx": "xlsx"}
    if ending not in endings:
        known = ", ".join(sorted(endings))
        raise InvalidSetting(
            value=output, what="file name whose ending says a format", advice=f"use {known}, or --format"
        )
    return endings[ending]


def _text(report: Report, form: str, chosen_formats: Callable[[], Formats]) -> str:
    if form == "csv":
        from tui_ledger.export.delimited import report_csv

        return report_csv(report)
    if form == "json":
        from tui_ledger.export.delimited import report_json

        return report_json(report)
    formats = chosen_formats()
    if form == "html":
        from tui_ledger.export.html import report_html

        return report_html(report, formats.money, show_date=formats.date)
    from tui_ledger.export.plain import plain_report

    lines = plain_report(report, formats.money, terminal_width(), show_date=formats.date)
    return "\n".join(lines) + "\n"


def _print_or_write(text: str, form: str, output: str | None) -> None:
    if output is None:
        print_text(text)
        return
    from tui_ledger.export.files import write_text

    print_lines([f"Wrote {write_text(replaceable(Path(output).expanduser(), form), text, overwrite=True)}"])
