"""The command that reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import json_option, range_options, whole_number
from tui_ledger.cli.report_files import chosen_format, deliver
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.errors import InvalidOptions

if TYPE_CHECKING:
    from tui_ledger.reports.listings import AskedListing, ListingKind

_LIST = "list"


@click.command("report", cls=LedgerCommand)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("account", metavar="[ACCOUNT]", required=False)
@click.option("--at", metavar="D", help="At the end of this day. Default: today.")
@range_options
@click.option("--every", metavar="P", help="A column for each month, quarter or year of the range.")
@click.option("--compare", metavar="C", help="Beside it the period before (previous), or the same of last year (year).")
@click.option("--depth", metavar="N", help="Sum up what lies deeper than N levels.")
@click.option("--zero", is_flag=True, help="Show accounts that hold nothing, too.")
@click.option("--sort", metavar="S", help="Rows by code, name or amount, each within its parent. Default: code.")
@click.option("--currency", metavar="C", help="All in this currency, at the prices of the day or of each month's end.")
@click.option("--after-closing", is_flag=True, help="Count closing transactions in the year they close, too.")
@click.option("--account", "accounts", metavar="A", multiple=True, help="Only A and what is beneath it; repeatable.")
@click.option("--by", metavar="G", help="Statistics by account, payee, tag or data:KEY in place of months.")
@click.option("--format", "form", metavar="F", help="text, json, csv, html or xlsx. Default: text.")
@click.option("-o", "--output", metavar="FILE", help="Where it is written. Default: the terminal.")
@json_option
@click.pass_obj
def report_command(
    session: Session,
    /,
    name: str | None,
    account: str | None,
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
    accounts: tuple[str, ...],
    by: str | None,
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
        general-ledger     every account with its postings and balances
        register ACCOUNT   one account of it
        journal            every transaction in its order
        statistics         debits, credits and counts, by month or --by
        parties            what every party is owed, at a date

    A range is --from and --to, both days included; without them it goes from the first day of the fiscal year to today.
    """
    from tui_ledger.reports.catalogue import report_named
    from tui_ledger.reports.choices import Asked, choice_of
    from tui_ledger.reports.listings import AskedListing, listing_named

    said = (at, date_from, date_to, every, compare, depth, sort, currency, by, account, form, output)
    if name is None or name == _LIST:
        if zero or after_closing or accounts or any(one is not None for one in said):
            raise InvalidOptions(reason="Name the report these options are for: `tui-ledger report list` lists them.")
        _list_reports(as_json)
        return
    listing = listing_named(name)
    kind = report_named(name) if listing is None else None
    chosen = chosen_format(form, output, as_json)
    if kind is None:
        others = {"every": every, "compare": compare, "depth": depth, "currency": currency}
        given = {option: value for option, value in others.items() if value is not None}
        wanted = AskedListing(at, date_from, date_to, account, accounts, by, sort, zero, after_closing, given)
        _deliver_listing(session, listing, wanted, chosen, output)
        return
    _check_no_listing_options(kind.name, account, accounts, by)
    levels = whole_number(depth, "depth")
    ledger = session.for_reading()
    target = None if currency is None else ledger.currency_of(currency)
    asked = Asked(at, date_from, date_to, every, compare, levels, zero, after_closing, target, sort)
    deliver(session, ledger, kind.report(ledger, choice_of(kind, asked, ledger)), chosen, output)


def _deliver_listing(
    session: Session, listing: ListingKind | None, wanted: AskedListing, form: str, output: str | None
) -> None:
    from tui_ledger.cli.table_reports import deliver_table

    if listing is not None:
        listing.check(wanted)
        ledger = session.for_reading()
        deliver_table(session, ledger, listing.table(ledger, wanted), form, output)


def _check_no_listing_options(name: str, account: str | None, accounts: tuple[str, ...], by: str | None) -> None:
    """Refuses what only a report that lists takes."""
    said = {"ACCOUNT": account, "--account": accounts or None, "--by": by}
    given = next((option for option, value in said.items() if value is not None), None)
    if given is not None:
        raise InvalidOptions(reason=f"{name} takes no {given}: general-ledger, register and statistics do.")


def _list_reports(as_json: bool) -> None:
    from tui_ledger.reports.catalogue import REPORTS
    from tui_ledger.reports.listings import LISTINGS

    if as_json:
        print_json(
            {
                "reports": [
                    {"name": one.name, "title": one.title, "about": one.about, "options": list(one.options)}
                    for one in (*REPORTS, *LISTINGS)
                ]
            }
        )
        return
    for one in (*REPORTS, *LISTINGS):
        options = (option if option.isupper() else f"--{option}" for option in one.options)
        print_lines([f"{one.name}  {one.about}", f"    {' '.join(options)}"])
