"""The command `period`: close, reopen, list."""

from __future__ import annotations

import click

from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines


@click.group("period", cls=LedgerGroup)
def period_command() -> None:
    """Close and reopen periods."""


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


def _answer(closed_through: object, as_json: bool) -> None:
    if as_json:
        print_json({"closed_through": None if closed_through is None else str(closed_through)})
    else:
        print_lines([f"Closed through {closed_through}." if closed_through is not None else "No period is closed."])
