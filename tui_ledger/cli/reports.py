"""The command that reports."""

from __future__ import annotations

import click

from tui_ledger.cli.options import json_option, range_options, whole_number
from tui_ledger.cli.report_files import chosen_format, deliver
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.errors import InvalidOptions

_LIST = "list"


@click.command("report", cls=LedgerCommand)
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--at", metavar="D", help="At the end of this day. Default: today.")
@range_options
@click.option("--every", metavar="P", help="A column for each month, quarter or year of the range.")
@click.option("--compare", metavar="C", help="Beside it the period before (previous), or the same of last year (year).")
@click.option("--depth", metavar="N", help="Sum up what lies deeper than N levels.")
@click.option("--zero", is_flag=True, help="Show accounts that hold nothing, too.")
@click.option("--sort", metavar="S", help="Rows by code, name or amount, each within its parent. Default: code.")
@click.option("--currency", metavar="C", help="All in this currency, at the prices of the day or of each month's end.")
@click.option("--after-closing", is_flag=True, help="Count closing transactions in the year they close, too.")
@click.option("--format", "form", metavar="F", help="text, json, csv, html or xlsx. Default: text.")
@click.option("-o", "--output", metavar="FILE", help="Where it is written. Default: the terminal.")
@json_option
@click.pass_obj
def report_command(
    session: Session,
    /,
    name: str | None,
    at: str | None,
    date_from: str | None,
    date_to: str | None,
    every: str | None,
    compare: str | None,
    depth: str | None,
    zero: bool,
    sort: str | None,
    currency: str | None,
    after_closing: bool,
    form: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Show or write the report NAME; without one, or with `list`, list the reports and the options each takes.

    \b
        balance-sheet      what is owned, owed and kept, at a date
        income-statement   what was earned and spent, over a range
        trial-balance      opening, debit, credit and closing of every account
        cash-flow          where the cash came from and went to
        net-worth          assets less liabilities, month by month

    A range is --from and --to, both days included; without them it goes from the first day of the fiscal year to today.
    """
    from tui_ledger.reports.catalogue import report_named
    from tui_ledger.reports.choices import Asked, choice_of

    said = (at, date_from, date_to, every, compare, depth, sort, currency, form, output)
    if name is None or name == _LIST:
        if zero or after_closing or any(one is not None for one in said):
            raise InvalidOptions(reason="Name the report these options are for: `tui-ledger report list` lists them.")
        _list_reports(as_json)
        return
    kind = report_named(name)
    chosen = chosen_format(form, output, as_json)
    levels = whole_number(depth, "depth")
    ledger = session.for_reading()
    target = None if currency is None else ledger.currency_of(currency)
    asked = Asked(at, date_from, date_to, every, compare, levels, zero, after_closing, target, sort)
    deliver(session, ledger, kind.report(ledger, choice_of(kind, asked, ledger)), chosen, output)


def _list_reports(as_json: bool) -> None:
    from tui_ledger.reports.catalogue import REPORTS

    if as_json:
        print_json(
            {
                "reports": [
                    {"name": one.name, "title": one.title, "about": one.about, "options": list(one.options)}
                    for one in REPORTS
                ]
            }
        )
        return
    for one in REPORTS:
        print_lines([f"{one.name}  {one.about}", f"    {' '.join(f'--{option}' for option in one.options)}"])
