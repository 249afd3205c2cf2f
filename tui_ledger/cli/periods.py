"""The command `period`: close, reopen, list; years, year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.ledger.fiscal_years import FiscalYear


@click.group("period", cls=LedgerGroup)
def period_command() -> None:
    """Close and reopen periods, and set fiscal years."""


@period_command.command("close")
@click.argument("through", metavar="D")
@click.option("--closing-transaction", is_flag=True, help="At a fiscal year's end: income and expenses to zero.")
@click.option("--memo", metavar="M", default="Closing of the year", help="The closing transaction's memo.")
@click.option("--reason", metavar="R", default="", help="Why, for the history.")
@writing_options
@click.pass_obj
def close(
    session: Session,
    /,
    through: str,
    closing_transaction: bool,
    memo: str,
    reason: str,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Close every day up to and including D: nothing dated there enters, changes or leaves."""
    ledger = session.for_writing()
    ledger.close_period(
        through, closing_transaction=closing_transaction, memo=memo, reason=reason, key=key, actor=actor
    )
    _answer(ledger.closed_through, as_json)


@period_command.command("reopen")
@click.argument("first", metavar="D")
@click.option("--reason", metavar="R", default="", help="Why; needed.")
@writing_options
@click.pass_obj
def reopen(session: Session, /, first: str, reason: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Open D and all later days again."""
    ledger = session.for_writing()
    _answer(ledger.reopen_period(first, reason=reason, key=key, actor=actor), as_json)


@period_command.command("list")
@json_option
@click.pass_obj
def list_(session: Session, /, as_json: bool) -> None:
    """Show through which day the book is closed."""
    _answer(session.for_reading().closed_through, as_json)


@period_command.command("years")
@click.option("--at", metavar="D", help="Also the fiscal year this day lies in. Default: today.")
@json_option
@click.pass_obj
def years(session: Session, /, at: str | None, as_json: bool) -> None:
    """List the fiscal years that were set by their dates, and the one a day lies in."""
    ledger = session.for_reading()
    day = optional_date(at) or ledger.today
    lies_in = ledger.fiscal_year(day)
    if as_json:
        month, first = ledger.fiscal_year_start
        said = {"day": day.isoformat(), "fiscal_year": _year_shape(lies_in), "rule": f"{month:02}-{first:02}"}
        print_json({**said, "set": [_year_shape(year) for year in ledger.fiscal_years_set()]})
        return
    was_set = _("{first} to {last}, set")
    print_lines([was_set.format(first=year.first, last=year.last) for year in ledger.fiscal_years_set()])
    print_lines([_(_LIES_IN).format(day=day, first=lies_in.first, last=lies_in.last)])


@period_command.command("year")
@click.argument("first", metavar="FIRST")
@click.argument("last", metavar="[LAST]", required=False)
@click.option("--remove", is_flag=True, help="Take the year set from FIRST on away; the rule holds again.")
@writing_options
@click.pass_obj
def year(
    session: Session,
    /,
    first: str,
    last: str | None,
    remove: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Set a fiscal year from FIRST to LAST: a short first one, a changed one, one of 52 or 53 weeks.

    Years before it end on its eve, years behind it run from the day after it.

    \b
        tui-ledger --book shop.ledger period year 2026-04-15 2026-12-31
    """
    if remove != (last is None):
        raise InvalidOptions(reason=N_("Say the last day of the fiscal year to set it, or --remove to take it away."))
    ledger = session.for_writing()
    if last is None:
        ledger.unset_fiscal_year(first, key=key, actor=actor)
    else:
        ledger.set_fiscal_year(first, last, key=key, actor=actor)
    found = ledger.fiscal_year(first)
    if as_json:
        print_json({"fiscal_year": _year_shape(found)})
    else:
        print_lines([_(_LIES_IN).format(day=first, first=found.first, last=found.last)])


_LIES_IN = N_("{day} lies in the fiscal year from {first} to {last}.")


def _year_shape(found: FiscalYear) -> dict[str, str]:
    return {"first": found.first.isoformat(), "last": found.last.isoformat()}


def _answer(closed_through: object, as_json: bool) -> None:
    if as_json:
        print_json({"closed_through": None if closed_through is None else str(closed_through)})
    else:
        closed = _("Closed through {day}.").format(day=closed_through)
        print_lines([closed if closed_through is not None else _("No period is closed.")])
