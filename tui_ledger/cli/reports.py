"""Commands that report: report, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import json_option, range_options, whole_number
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines, print_text, terminal_width
from tui_ledger.dates import add_months, month_end, parse_date, system_clock
from tui_ledger.errors import ExportFailed, InvalidOptions, InvalidSetting, UnknownReport

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats
    from tui_ledger.reports.report import Report

REPORTS = ("balance-sheet",)
FORMATS = ("text", "json", "csv", "html", "xlsx")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_COLUMNS = 400
_ENDINGS = {"text": (".txt",), "json": (".json",), "csv": (".csv",), "html": (".html", ".htm")}


@click.command("report", cls=LedgerCommand)
@click.argument("name", metavar="NAME")
@click.option("--at", metavar="D", help="At the end of this day. Default: today.")
@range_options
@click.option("--every", metavar="P", help="A column for each month, quarter or year of the range.")
@click.option("--depth", metavar="N", help="Sum up what lies deeper than N levels.")
@click.option("--zero", is_flag=True, help="Show accounts that hold nothing, too.")
@click.option("--after-closing", is_flag=True, help="Count closing transactions in the year they close, too.")
@click.option("--format", "form", metavar="F", help="text, json, csv, html or xlsx. Default: text.")
@click.option("-o", "--output", metavar="FILE", help="Where it is written. Default: the terminal.")
@json_option
@click.pass_obj
def report_command(
    session: Session,
    /,
    name: str,
    at: str | None,
    date_from: str | None,
    date_to: str | None,
    every: str | None,
    depth: str | None,
    zero: bool,
    after_closing: bool,
    form: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Show or write the report NAME: balance-sheet."""
    check_name(name)
    chosen = _chosen_format(form, output, as_json)
    levels = whole_number(depth, "depth")
    ledger = session.for_reading()
    report = _made(ledger, _days(ledger, at, date_from, date_to, every), levels, zero, after_closing=after_closing)
    if chosen == "xlsx":
        print_lines([f"Wrote {balance_sheet_workbook(ledger, report, session.formats(ledger), output)}"])
    elif chosen == "json" and output is None:
        from tui_ledger.reports.report import as_json as report_shape

        print_json(report_shape(report))
    else:
        _print_or_write(_text(report, chosen, lambda: session.formats(ledger)), chosen, output)


@click.command("export", cls=LedgerCommand)
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option("-o", "--output", metavar="FILE.xlsx", help="Where it is written. Default: exports/ beside the book.")
@click.option("--at", metavar="D", help="At the end of this day. Default: today.")
@json_option
@click.pass_obj
def export_command(
    session: Session, /, names: tuple[str, ...], output: str | None, at: str | None, as_json: bool
) -> None:
    """Write the accountant's workbook, with the reports NAME or all of them."""
    for name in names:
        check_name(name)
    if output is not None and Path(output).suffix.lower() != ".xlsx":
        raise ExportFailed(path=output, reason="a workbook's name ends in .xlsx")
    ledger = session.for_reading()
    report = _made(ledger, _days(ledger, at, None, None, None), None, False)
    written = balance_sheet_workbook(ledger, report, session.formats(ledger), output)
    if as_json:
        print_json({"workbook": str(written), "reports": [report.name]})
    else:
        print_lines([f"Wrote {written}"])


def balance_sheet_workbook(
    ledger: Ledger, report: Report, formats: Formats, output: str | None, *, folder: Path | None = None
) -> Path:
    """Writes the workbook of a balance sheet to the file named, or to `folder`, else to exports/ beside the book."""
    from tui_ledger.export.names import default_export_path, ready_export_path
    from tui_ledger.export.workbook import write_balance_sheet

    if output is None:
        at = report.columns[-1].at or ledger.today
        path = ready_export_path(default_export_path(ledger.path or Path(ledger.name), report.name, at, folder))
    else:
        path = replaceable(Path(output).expanduser(), "xlsx")
    return write_balance_sheet(report, path, formats, created=system_clock(), overwrite=True)


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
    with path.open("rb") as file:
        return file.read(16).startswith((b"SQLite format 3", b"\x37\x7f\x06", b"\xd9\xd5\x05\xf9"))


def check_name(name: str) -> None:
    """Refuses a report that is none, naming those there are."""
    if name not in REPORTS:
        raise UnknownReport(name=name, known=", ".join(REPORTS))


def _made(
    ledger: Ledger, days: Sequence[date], depth: int | None, zero: bool, *, after_closing: bool = False
) -> Report:
    from tui_ledger.reports.balance_sheet import balance_sheet

    return balance_sheet(ledger, days, depth=depth, show_zero=zero, after_closing=after_closing)


def _chosen_format(form: str | None, output: str | None, as_json: bool) -> str:
    if as_json and form not in (None, "json"):
        raise InvalidOptions(reason=f"--json and --format {form} do not go together: give one of them.")
    chosen = "json" if as_json else form or _format_of(output)
    if chosen not in FORMATS:
        raise InvalidSetting(value=form, what="format", advice=f"use one of {', '.join(FORMATS)}")
    return chosen


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


def _days(ledger: Ledger, at: str | None, date_from: str | None, date_to: str | None, every: str | None) -> list[date]:
    """The dates of the columns: one day, or the ends of the periods of a range."""
    if every is None:
        if date_from is not None or date_to is not None:
            raise InvalidOptions(reason="A balance sheet is at a date: give --at, or --every with --from and --to.")
        return [ledger.today if at is None else parse_date(at)]
    if at is not None or date_from is None or date_to is None:
        raise InvalidOptions(reason="Columns need a range: give --every with --from and --to, without --at.")
    if every not in _MONTHS:
        raise InvalidSetting(value=every, what="period", advice="use month, quarter or year")
    return period_ends(parse_date(date_from), parse_date(date_to), _MONTHS[every])


def period_ends(first: date, last: date, months: int) -> list[date]:
    """The last days of the calendar periods of a range, the last one clipped to it; raises InvalidOptions."""
    if last < first:
        raise InvalidOptions(reason=f"The range ends ({last}) before it begins ({first}): exchange --from and --to.")
    into_period = (first.month - 1) % months
    end = month_end(add_months(first.replace(day=1), months - 1 - into_period))
    ends: list[date] = []
    while end < last and len(ends) < _MOST_COLUMNS:
        ends.append(end)
        end = month_end(add_months(end.replace(day=1), months))
    if len(ends) >= _MOST_COLUMNS:
        raise InvalidOptions(
            reason=f"The range has more than {_MOST_COLUMNS} columns: take longer periods or a shorter range."
        )
    return [*ends, last]


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
