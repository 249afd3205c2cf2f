"""Where does a report go, and in which format? The terminal, a text file, or a workbook; never over another's file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.cli.session import Session, in_place, print_json, print_lines, print_text, terminal_width
from tui_ledger.dates import system_clock
from tui_ledger.errors import ExportFailed, InvalidOptions, InvalidSetting
from tui_ledger.text import clean
from tui_ledger.words import N_, Said, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats
    from tui_ledger.money import Money
    from tui_ledger.reports.report import Report
    from tui_ledger.reports.table import Table

FORMATS = ("text", "json", "csv", "html", "xlsx")
_FOR_PROGRAMS = ("json", "csv")

WROTE = N_("Wrote {path}")

_ENDINGS = {"text": (".txt",), "json": (".json",), "csv": (".csv",), "html": (".html", ".htm"), "xlsx": (".xlsx",)}
_FORMAT_OF = {ending: form for form, endings in _ENDINGS.items() for ending in endings}


def chosen_format(form: str | None, output: str | None, as_json: bool) -> str:
    """The format said, else the one a file's ending asks for, else text; raises InvalidSetting, and InvalidOptions for
    a file whose ending asks for another one."""
    if as_json and form not in (None, "json"):
        raise InvalidOptions(reason=Said("--json and --format {form} do not go together: give one of them.", form=form))
    chosen = "json" if as_json else form or _format_of(output)
    if chosen not in FORMATS:
        raise InvalidSetting(value=form, what=N_("format"), advice=Said("use one of {names}", names=", ".join(FORMATS)))
    ending = Path(output).suffix.lower() if output else ""
    if _FORMAT_OF.get(ending, chosen) != chosen:
        contradiction = N_(
            "The name of {output} asks for another format than {chosen}: choose a name that ends otherwise, "
            "or leave the format out."
        )
        raise InvalidOptions(reason=Said(contradiction, output=clean(output or ""), chosen=chosen))
    return chosen


def words_for(form: str) -> Callable[[str], str]:
    """What looks the words of a report up: in files for programs they are English, whatever is spoken."""
    return str if form in _FOR_PROGRAMS else _


def by_side(formats: Formats) -> dict[str, Callable[[Money], str]]:
    """How exporters write credits, and amounts in columns of debits or credits."""
    return {
        "credit_money": partial(formats.money, credit_normal=True),
        "sided_money": partial(formats.money, credit_normal=None),
    }


def deliver(session: Session, ledger: Ledger, report: Report, form: str, output: str | None) -> None:
    """Prints a report or writes it to the file named; a workbook without a name goes to exports/ beside the book."""
    if form == "xlsx":
        path = statement_workbook(ledger, report, session.formats(ledger), output)
        print_lines([_(WROTE).format(path=path)])
    elif form == "json" and output is None:
        from tui_ledger.reports.report import as_json

        print_json(as_json(report))
    else:
        _print_or_write(_text(report, form, lambda: session.formats(ledger)), form, output, report)


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
        path = replaceable_workbook(Path(output).expanduser())
    return write_statement(report, path, formats, created=system_clock(), overwrite=True, translate=_)


def replaceable(path: Path, form: str, made: Report | Table) -> Path:
    """The path itself, when nothing is lost by writing a report there as text: it is new, or an earlier report in the
    same format. Raises ExportFailed for anything else that exists, a book above all."""
    from tui_ledger.export.earlier_texts import is_own_text

    return _unless_another(path, lambda: not is_database(path) and is_own_text(path, form, made))


def replaceable_workbook(path: Path) -> Path:
    """The path itself, when it is new or a workbook that nobody worked on since; otherwise as `replaceable`."""
    from tui_ledger.export.earlier import is_own_export

    return _unless_another(path, lambda: is_own_export(path))


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, such as a book, or the log of one."""
    from tui_ledger.ledger.held_files import is_held

    if is_held(path):
        return True
    with path.open("rb") as file:
        return file.read(16).startswith((b"SQLite format 3", b"\x37\x7f\x06", b"\xd9\xd5\x05\xf9"))


def _unless_another(path: Path, is_own: Callable[[], bool]) -> Path:
    from tui_ledger.export.files import export_failed

    try:
        if not path.is_file() or path.is_symlink() or is_own():
            return path
    except OSError as problem:
        raise export_failed(path, problem) from problem
    reason = N_("the file that is there is no report as this program wrote it, and stays: choose another name")
    raise ExportFailed(path=clean(str(path)), reason=reason)


def _format_of(output: str | None) -> str:
    """The format a file's ending asks for; text where nothing is written to a file."""
    ending = Path(output).suffix.lower() if output else ".txt"
    if ending not in _FORMAT_OF:
        known = ", ".join(sorted(_FORMAT_OF))
        raise InvalidSetting(
            value=output,
            what=N_("file name whose ending says a format"),
            advice=Said("use {known}, or --format", known=known),
        )
    return _FORMAT_OF[ending]


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

        return report_html(
            report,
            formats.money,
            **by_side(formats),
            show_date=formats.date,
            translate=_,
            language=formats.language_tag,
            right_to_left=formats.right_to_left,
            paper=formats.paper,
        )
    return "\n".join(report_lines(report, formats)) + "\n"


def report_lines(report: Report, formats: Formats) -> list[str]:
    """The lines of a report as wide as the terminal, in the words of the reader."""
    from tui_ledger.export.plain import plain_report

    width = terminal_width()
    return plain_report(report, formats.money, width, **by_side(formats), show_date=formats.date, translate=_)


def _print_or_write(text: str, form: str, output: str | None, report: Report) -> None:
    if output is None:
        print_text(in_place(text) if form == "text" else text)
        return
    from tui_ledger.export.files import write_text

    path = write_text(replaceable(Path(output).expanduser(), form, report), text, overwrite=True)
    print_lines([_(WROTE).format(path=path)])
