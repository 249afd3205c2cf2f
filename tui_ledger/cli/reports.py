"""The command that reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import range_options, writing_options
from tui_ledger.cli.report_files import chosen_format, deliver, words_for
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.saved_reports import OptionValue
    from tui_ledger.reports.requests import Request

_LIST = "list"


@click.command("report", cls=LedgerCommand)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("account", metavar="[ACCOUNT|PARTY|QUERY]", required=False)
@click.option("--at", metavar="D", help="At the end of this day. Default: today.")
@range_options
@click.option("--every", metavar="P", help="A column for each month, quarter or year of the range; of tax, lines.")
@click.option("--compare", metavar="C", help="Beside it the period before (previous), or the same of last year (year).")
@click.option("--depth", metavar="N", help="Sum up what lies deeper than N levels.")
@click.option("--zero/--no-zero", default=None, help="Show accounts that hold nothing, too.")
@click.option("--sort", metavar="S", help="Rows by code, name or amount, each within its parent. Default: code.")
@click.option("--currency", metavar="C", help="All in this currency, at the prices of the day or of each month's end.")
@click.option(
    "--prices-from-costs/--no-prices-from-costs",
    default=None,
    help="What transactions paid (@, @@) counts as prices, too.",
)
@click.option(
    "--after-closing/--no-after-closing",
    default=None,
    help="Count closing transactions in the year they close, too.",
)
@click.option("--account", "accounts", metavar="A", multiple=True, help="Only A and what is beneath it; repeatable.")
@click.option("--by", metavar="G", help="Statistics by account, party, payee, tag or data:KEY in place of months.")
@click.option("--party", metavar="KEY", help="Statistics of this party's accounts.")
@click.option("--purpose", metavar="P", help="Of a party only its accounts for this purpose.")
@click.option("--filter", "saved_filter", metavar="NAME", help="Postings that a saved search finds.")
@click.option("--newest-first", is_flag=True, help="A statement the other way round; balances stay the true ones.")
@click.option("--column", metavar="C", multiple=True, help="A column of your own, see above; repeatable.")
@click.option("--columns", metavar="N,N…", help="Of a report that lists, only these columns, in this order.")
@click.option("--format", "form", metavar="F", help="text, json, csv, html or xlsx. Default: text.")
@click.option("-o", "--output", metavar="FILE", help="Where it is written. Default: the terminal.")
@click.option("--save", "save_as", metavar="NAME", help="Keep the report and these options under a name, in the book.")
@click.option("--forget", metavar="NAME", help="Take a saved report away; `undo` brings it back.")
@writing_options
@click.pass_context
def report_command(
    context: click.Context,
    /,
    name: str | None,
    account: str | None,
    form: str | None,
    output: str | None,
    save_as: str | None,
    forget: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **_options: object,
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
        statement PARTY    what one party is owed, and how that came about
        postings [QUERY]   the postings of all accounts that a search finds
        tax                base, tax and what was posted of it, by tax account

    A range is --from and --to, both days included; without them it goes from the first day of the fiscal year to today.

    A column of your own is [LABEL=]WHAT, in place of days and periods; a report at days takes the last day of it:

    \b
        2026-03-31  2026-01-01..2026-03-15  2026  2026-Q1  2026-03
        today  month-to-date  quarter-to-date  year-to-date
        year-to-date-1-year-ago             as it was then; today-3-months-ago
        this-month  last-quarter  2-years-ago     whole; of the fiscal year
        #1-#2                               what column 1 is more than column 2

    \b
        report income-statement --column Now=year-to-date \\
            --column Before=year-to-date-1-year-ago --column 'Change=#1-#2'

    A report that was saved is asked for by its name, and what is said beside it goes before what was saved:

    \b
        report income-statement --every quarter --save "By quarter"
        report "By quarter" --depth 1
    """
    from tui_ledger.cli import saved_reports
    from tui_ledger.reports.requests import FORMAT, Request

    session: Session = context.obj
    said = _said(context, account)
    aside = {"-o": output, "--format": form, **{f"--{option}": value for option, value in said.items()}}
    if forget is not None:
        saved_reports.check_only("--forget", {"NAME": name, "--save": save_as, **aside})
        saved_reports.forget(session, forget, key=key, actor=actor, as_json=as_json)
        return
    if save_as is None:
        saved_reports.check_only(N_("A report that is not saved or forgotten"), {"--key": key, "--actor": actor})
    if name is None or name == _LIST:
        if save_as is not None or any(value not in (None, False) for value in aside.values()):
            raise InvalidOptions(
                reason=N_("Name the report these options are for: `tui-ledger report list` lists them.")
            )
        saved_reports.list_all(session, as_json=as_json)
        return
    if save_as is not None:
        saved_reports.check_only("--save", {"-o": output})
        written = {} if form is None else {FORMAT: chosen_format(form, None, False)}
        request = Request(name, {**said, **written})
        saved_reports.save(session, save_as, request, key=key, actor=actor, as_json=as_json)
        return
    _report(session, Request(name, said), form, output, as_json)


def _said(context: click.Context, account: str | None) -> dict[str, OptionValue]:
    """What was said for the options of the report itself, by their names without dashes."""
    said: dict[str, OptionValue] = {} if account is None else {"ACCOUNT": account}
    for option in context.command.params:
        value = context.params.get(option.name or "")
        if isinstance(option, click.Option) and option.name not in _OF_THE_CALL and value not in (None, ()):
            said[option.opts[0].lstrip("-")] = value
    return said


_OF_THE_CALL = ("form", "output", "save_as", "forget", "key", "actor", "as_json")
"""Options that say what becomes of a report, not what it is."""


def _report(session: Session, request: Request, form: str | None, output: str | None, as_json: bool) -> None:
    from tui_ledger.cli.saved_reports import book_if_any
    from tui_ledger.reports.requests import FORMAT, kinds
    from tui_ledger.reports.saved import resolved
    from tui_ledger.reports.table import Table

    is_own = any(kind.name == request.report for kind in kinds())
    whole = resolved(request, None if is_own else book_if_any(session))
    saved_form = whole.options.get(FORMAT)
    if form is None and output is None and not as_json and isinstance(saved_form, str):
        form = saved_form
    chosen = chosen_format(form, output, as_json)
    whole.check()
    ledger = session.for_reading()
    made = whole.made(ledger, words_for(chosen))
    if isinstance(made, Table):
        from tui_ledger.cli.table_reports import deliver_table

        deliver_table(session, ledger, made, chosen, output)
    else:
        deliver(session, ledger, made, chosen, output)
