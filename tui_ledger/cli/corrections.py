"""Commands that correct: edit, void, undo, redo; and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.acts import EDITED, VOIDED, answer_act
from tui_ledger.cli.arguments import posting_argument
from tui_ledger.cli.checked import HEAD
from tui_ledger.cli.options import json_option, pairs, transaction_number, whole_number, writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import change_shape, undone_shape
from tui_ledger.ledger.act_names import act_name
from tui_ledger.widths import cell_width
from tui_ledger.words import N_, Word, _, listed

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.history import ChangeRow
    from tui_ledger.ledger.undoing import UndoneAct
    from tui_ledger.locale.formats import Formats


@click.command("edit", cls=LedgerCommand)
@click.argument("number", metavar="N")
@click.argument("postings", metavar="['ACCOUNT AMOUNT'…]", nargs=-1)
@click.option("--date", metavar="D", help="Another book date.")
@click.option("--memo", metavar="M", help="Another memo; '' takes it away.")
@click.option("--payee", metavar="P", help="Another payee; '' takes it away.")
@click.option("--reference", metavar="R", help="Another reference; '' takes it away.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="Other tags; may be repeated.")
@click.option("--data", metavar="K=V", multiple=True, help="Other extra data; may be repeated.")
@writing_options
@click.pass_obj
def edit_command(
    session: Session,
    /,
    number: str,
    postings: tuple[str, ...],
    tags: tuple[str, ...],
    data: tuple[str, ...],
    key: str | None,
    actor: str | None,
    as_json: bool,
    **texts: Any,
) -> None:
    """Change transaction N in an open period: what is given replaces what was, postings as a whole.

    Balances follow, the number stays, the history keeps before and after.
    """
    ledger = session.for_writing()
    content = [number, list(postings), list(tags), list(data), texts]
    edited = ledger.result_of(key, "edit", content)
    if edited is None:
        lines = [posting_argument(ledger, posting) for posting in postings]
        given: dict[str, Any] = {"tags": tags or None, "data": pairs(data, N_("extra data")) if data else None}
        asked = transaction_number(number)
        edited = ledger.edit(asked, *lines, **texts, **given, content=content, key=key, actor=actor)
    answer_act(session, ledger, edited, as_json, EDITED)


@click.command("void", cls=LedgerCommand)
@click.argument("number", metavar="N")
@writing_options
@click.pass_obj
def void_command(session: Session, /, number: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Take the postings of transaction N out; its number, date and texts stay visible."""
    ledger = session.for_writing()
    voided = ledger.void(transaction_number(number), key=key, actor=actor)
    answer_act(session, ledger, voided, as_json, VOIDED)


_UNDID = (N_("Undid: {kind}"), N_("Undid: {kind} of {numbers}"), N_("Undid: {kind} of {numbers} and {count} more"))
_REDID = (
    N_("Did again: {kind}"),
    N_("Did again: {kind} of {numbers}"),
    N_("Did again: {kind} of {numbers} and {count} more"),
)
"""What is said of a step that touched no transaction, a few, or many."""

_LONGEST_LABEL = 36


def _stepping(name: str, about: Word) -> click.Command:
    @click.command(name, cls=LedgerCommand, help=about)
    @writing_options
    @click.pass_obj
    def command(session: Session, /, key: str | None, actor: str | None, as_json: bool) -> None:
        ledger = session.for_writing()
        step = ledger.undo if name == "undo" else ledger.redo
        said = _UNDID if name == "undo" else _REDID
        _answer_step(ledger, step(key=key, actor=actor), said, as_json)

    return command


undo_command = _stepping("undo", N_("Take back your own last act, across restarts; an import is one act."))
redo_command = _stepping("redo", N_("Do again what you undid last, with the same numbers."))


@click.command("history", cls=LedgerCommand)
@click.argument("number", metavar="[N]", required=False)
@click.option("--limit", metavar="COUNT", default="50", help="How many of the newest changes. Default: 50.")
@json_option
@click.pass_obj
def history_command(session: Session, /, number: str | None, limit: str, as_json: bool) -> None:
    """Show who changed transaction N, when, and what it was before and after; without N, the book's newest changes."""
    ledger = session.for_reading()
    if number is None:
        changes = ledger.latest_changes(whole_number(limit, N_("number of changes")) or 1)[::-1]
    else:
        changes = ledger.changes_of(transaction_number(number))
    if as_json:
        print_json({"head": ledger.head, "changes": [change_shape(change) for change in changes]})
        return
    formats = session.formats(ledger)
    for change in changes:
        print_lines(_change_lines(change, formats, whole=number is not None))
    print_lines([_(HEAD).format(hash=ledger.head)])


def _answer_step(ledger: Ledger, undone: UndoneAct, said: tuple[Word, Word, Word], as_json: bool) -> None:
    if as_json:
        print_json(undone_shape(ledger, undone))
        return
    numbers = listed(f"#{number}" for number in undone.transactions[:5])
    more = len(undone.transactions) - 5
    template = said[2 if more > 0 else 1 if numbers else 0]
    print_lines([_(template).format(kind=act_name(undone.kind), numbers=numbers, count=more)])


def _change_lines(change: ChangeRow, formats: Formats, *, whole: bool) -> list[str]:
    """Who did what and when, in words; `whole`, part by part beneath it what that changed."""
    from tui_ledger.ui.act_words import change_in_words, local_time
    from tui_ledger.ui.change_lines import change_lines

    when, act = local_time(change.at, formats), act_name(change.kind)
    head = f"{change.seq}  {when}  {change.actor}  {act}  {change_in_words(change, formats)}"
    parts = change_lines(change, formats) if whole else []
    width = min(max((cell_width(part.label) for part in parts), default=0), _LONGEST_LABEL)
    return [head, *(f"    {part.text(width)}" for part in parts)]
