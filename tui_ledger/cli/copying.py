"""The command that moves a book from one database to another: copy."""

from __future__ import annotations

import click

from tui_ledger.cli.checked import OK_HEAD, counted
from tui_ledger.cli.options import json_option
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Progress, Session, print_json, print_lines
from tui_ledger.cli.shapes import verification_shape
from tui_ledger.words import N_, _


@click.command("copy", cls=LedgerCommand)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
@click.pass_obj
def copy_command(session: Session, /, source: str, target: str, as_json: bool) -> None:
    """Copy the whole book FROM to TO, where there is none yet, and verify it there.

    Each is a path or a URL: history, numbers and settings move between SQLite and PostgreSQL unchanged.

    \b
        tui-ledger copy shop.ledger postgresql://ann@host/shop
        tui-ledger copy postgresql://ann@host/shop shop.ledger
    """
    from tui_ledger.ledger.copying import copy_book
    from tui_ledger.ledger.locations import without_password

    session.check_may_take(source)
    with Progress(N_("Copying")) as progress:
        found = copy_book(source, target, progress)
    if as_json:
        print_json({"from": without_password(source), "to": without_password(target), **verification_shape(found)})
        return
    said = _("Copied {source} to {target}: {counted}.")
    places = {"source": without_password(source), "target": without_password(target)}
    print_lines([said.format(**places, counted=counted(found)), _(OK_HEAD).format(hash=found.head)])
