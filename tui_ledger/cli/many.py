"""Commands that change many transactions as one act: mark, change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import figure
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.marking_acts import Moved


@click.command("mark", cls=LedgerCommand)
@click.argument("status", metavar="STATUS")
@click.argument("query", metavar="QUERY…", nargs=-1, required=True)
@click.option("--account", metavar="A", help="Only the postings of this account. Default: all of each transaction.")
@writing_options
@click.pass_obj
def mark_command(
    session: Session,
    /,
    status: str,
    query: tuple[str, ...],
    account: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Mark what QUERY finds uncleared or cleared, as one step to undo; QUERY as for `journal`.

    \b
        tui-ledger --book shop.ledger mark cleared '#12 or #14' --account Assets:Bank
    """
    from tui_ledger.ledger.marking_acts import postings_of

    ledger = session.for_writing()
    name = None if account is None else ledger.account(account).name
    chosen = [posting for one in ledger.journal(" ".join(query)) for posting in postings_of(one, name)]
    _answer(ledger.mark(status, chosen, key=key, actor=actor), as_json, is_mark=True)


@click.command("change", cls=LedgerCommand)
@click.argument("query", metavar="QUERY…", nargs=-1, required=True)
@click.option("--payee", metavar="P", help="Another payee; '' takes it away.")
@click.option("--memo", metavar="M", help="Another memo; '' takes it away.")
@click.option("--date", metavar="D", help="Another book date.")
@click.option("--add-tag", "add_tags", metavar="T", multiple=True, help="A tag more; may be repeated.")
@click.option("--remove-tag", "remove_tags", metavar="T", multiple=True, help="A tag less; may be repeated.")
@click.option("--recode", metavar="A B", nargs=2, help="Move postings from account A to account B.")
@click.option("--dry-run", is_flag=True, help="Say what would move, and change nothing.")
@writing_options
@click.pass_obj
def change_command(
    session: Session,
    /,
    query: tuple[str, ...],
    recode: tuple[str, str] | None,
    dry_run: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **changes: Any,
) -> None:
    """Change what QUERY finds, all of it or nothing, as one step to undo; QUERY as for `journal`.

    \b
        tui-ledger --book shop.ledger change 'payee:mill year' --recode Expenses:Paper Expenses:Office --dry-run
    """
    ledger = session.for_writing()
    numbers = [one.number for one in ledger.journal(" ".join(query)) if not one.voided]
    if not numbers:
        raise InvalidOptions(
            reason=N_("The search finds nothing to change: `journal` with the same words shows what it finds.")
        )

    def act() -> tuple[int, ...]:
        return ledger.edit_many(numbers, **changes, recode=recode, key=key, actor=actor)

    if dry_run:
        _answer_preview(ledger, act, len(numbers), as_json)
    else:
        _answer(act(), as_json)


def _answer(numbers: tuple[int, ...], as_json: bool, *, is_mark: bool = False) -> None:
    if as_json:
        print_json({"number": numbers[0] if numbers else None, "numbers": list(numbers)})
        return
    count = len(numbers)
    said = (
        ngettext("Marked {n} transaction.", "Marked {n} transactions.", count)
        if is_mark
        else ngettext("Changed {n} transaction.", "Changed {n} transactions.", count)
    )
    print_lines([said.format(n=count)])


def _answer_preview(ledger: Ledger, act: Callable[[], object], count: int, as_json: bool) -> None:
    moved = ledger.preview(act)
    if as_json:
        print_json({"found": count, "balances": [_moved_shape(one) for one in moved]})
        return
    said = ngettext("Would change up to {n} transaction.", "Would change up to {n} transactions.", count)
    print_lines([said.format(n=count)])
    if moved:
        columns = [
            Column(N_("Account"), stretch=True, accounts=True),
            Column(N_("Before"), right=True),
            Column(N_("After"), right=True),
        ]
        print_lines(table(columns, [(one.account, str(one.before), str(one.after)) for one in moved]))


def _moved_shape(moved: Moved) -> dict[str, str]:
    return {"account": moved.account, "before": figure(moved.before), "after": figure(moved.after)}
