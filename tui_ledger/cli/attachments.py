"""The command `attachment`: add, remove, list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import json_option, transaction_number, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, _, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger.attachments import Attachment


@click.group("attachment", cls=LedgerGroup)
def attachment_command() -> None:
    """Keep with a transaction where its invoice or receipt is: files, and addresses on the web.

    \b
        tui-ledger --book shop.ledger attachment add 42 receipts/42.pdf https://example.org/orders/42
        tui-ledger --book shop.ledger attachment list --missing
    """


@attachment_command.command("add")
@click.argument("number", metavar="N")
@click.argument("addresses", metavar="FILE|ADDRESS...", nargs=-1)
@writing_options
@click.pass_obj
def add_attachment(
    session: Session,
    /,
    number: str,
    addresses: tuple[str, ...],
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Attach files and web addresses to transaction N, of a closed period too.

    A file in the book's folder is kept by its path from there, so that both can move together.
    """
    if not addresses:
        raise InvalidOptions(reason=N_("Nothing was named to attach: give a file or a web address after the number."))
    ledger = session.for_writing()
    found = ledger.attach(transaction_number(number), *addresses, key=key, actor=actor)
    head = ngettext("Transaction {number} has {n} attached:", "Transaction {number} has {n} attached:", len(found))
    _answer(found, as_json, head.format(number=transaction_number(number), n=len(found)))


@attachment_command.command("remove")
@click.argument("number", metavar="N")
@click.argument("address", metavar="FILE|ADDRESS|PLACE")
@writing_options
@click.pass_obj
def remove_attachment(
    session: Session, /, number: str, address: str, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Take one off transaction N, by what `list` shows or by its place from 1; the file itself stays."""
    ledger = session.for_writing()
    left = ledger.detach(transaction_number(number), address, key=key, actor=actor)
    head = ngettext(
        "Taken off; transaction {number} has {n} attached.",
        "Taken off; transaction {number} has {n} attached.",
        len(left),
    )
    _answer(left, as_json, head.format(number=transaction_number(number), n=len(left)))


@attachment_command.command("list")
@click.argument("number", metavar="[N]", required=False)
@click.option("--missing", is_flag=True, help="Only files that are not there.")
@json_option
@click.pass_obj
def list_attachments(session: Session, /, number: str | None, missing: bool, as_json: bool) -> None:
    """List what is attached to transaction N, or in the whole book, and which files are not there."""
    ledger = session.for_reading()
    found = ledger.attachments(None if number is None else transaction_number(number))
    nothing = _("No file is missing.") if missing else _("Nothing is attached.")
    _answer([one for one in found if one.is_missing or not missing], as_json, None, nothing)


def _answer(found: Sequence[Attachment], as_json: bool, head: str | None, nothing: str | None = None) -> None:
    if as_json:
        print_json({"attachments": [attachment_shape(one) for one in found]})
        return
    if head is not None:
        print_lines([head])
    if not found:
        print_lines([] if nothing is None else [nothing])
        return
    columns = [Column(N_("Number"), right=True), Column(N_("Where"), stretch=True), Column("")]
    print_lines(table(columns, [(f"#{one.transaction}", one.address, _remark(one)) for one in found]))


def attachment_shape(attachment: Attachment) -> dict[str, Any]:
    """Something attached: `path` is null for a web address, whose `missing` is never looked at."""
    return {
        "transaction": attachment.transaction,
        "address": attachment.address,
        "path": None if attachment.path is None else str(attachment.path),
        "missing": attachment.is_missing,
    }


def _remark(attachment: Attachment) -> str:
    return _("not there") if attachment.is_missing else ""
