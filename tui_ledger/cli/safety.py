"""Commands for the safety of the book: verify, rebuild, backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.run_status import DISCREPANCY
from tui_ledger.cli.session import Progress, Session, print_json, print_lines, print_note
from tui_ledger.cli.shapes import verification_shape
from tui_ledger.errors import InvalidOptions

if TYPE_CHECKING:
    from tui_ledger.ledger.rebuilding import PutRight, RebuiltBook
    from tui_ledger.ledger.verification import Discrepancy, Verification

_NUMBERS_SHOWN = 12


@click.command("verify", cls=LedgerCommand)
@click.option("--replay", is_flag=True, help="Play the whole history anew and compare row by row; takes longer.")
@json_option
@click.pass_obj
def verify_command(session: Session, /, replay: bool, as_json: bool) -> int:
    """Check every stored balance, every sum, every number, the history and its anchors; status 3 when something is
    wrong."""
    ledger = session.for_reading()
    with Progress("Verifying") as progress:
        found = ledger.verify(progress, replay=replay)
    if as_json:
        print_json(verification_shape(found))
    else:
        verdict = "ok" if found.ok else f"{len(found.discrepancies)} wrong"
        print_lines(
            [f"{verdict}: {_counted(found)} checked", *map(_discrepancy_line, found.discrepancies), _head(found)]
        )
    return 0 if found.ok else DISCREPANCY


@click.command("rebuild", cls=LedgerCommand)
@click.option("--from-history", is_flag=True, help="Make a new book out of the history alone; the old one stays.")
@click.option("-o", "--output", metavar="FILE", help="Where the new book goes. Default: NAME-rebuilt.ledger beside it.")
@click.option("--as-far-as-it-goes", is_flag=True, help="Take the whole part of a history that breaks off.")
@writing_options
@click.pass_obj
def rebuild_command(
    session: Session,
    /,
    from_history: bool,
    output: str | None,
    as_far_as_it_goes: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Put stored balances right, in place, as one recorded act.

    With --from-history a new book is made out of the history, even where tables, guards or parts of the file are
    damaged; nothing is written to the old one.

    \b
        tui-ledger --book shop.ledger rebuild
        tui-ledger --book shop.ledger rebuild --from-history -o new.ledger
        tui-ledger restore new.ledger --to shop.ledger
    """
    if not from_history and (output is not None or as_far_as_it_goes):
        raise InvalidOptions(reason="-o and --as-far-as-it-goes go with --from-history: add it, or leave them out.")
    if from_history and (key is not None or actor is not None):
        raise InvalidOptions(reason="--from-history is no act of the book: leave --key and --actor out.")
    if from_history:
        _rebuild_from_history(session, output, as_far_as_it_goes, as_json)
        return
    ledger = session.for_writing()
    with Progress("Rebuilding") as progress:
        found = ledger.rebuild(progress=progress, key=key, actor=actor)
    if as_json:
        print_json({"put_right": [_put_right_shape(one) for one in found]})
    elif not found:
        print_lines(["Every stored balance is right: nothing was written."])
    else:
        print_lines([f"Put right {len(found)} account{'s' if len(found) != 1 else ''}:", *map(_put_right_line, found)])


@click.command("backup", cls=LedgerCommand)
@click.argument("file", metavar="[FILE]", required=False)
@json_option
@click.pass_obj
def backup_command(session: Session, /, file: str | None, as_json: bool) -> None:
    """Write the book into a file of its own, check it, and note the head of its history.

    Others may go on writing meanwhile. Without FILE: backups/NAME-DAY-CHANGE.backup.ledger beside the book. The head
    is kept in NAME.anchors beside the book; `verify` then notices when acts were cut off its end.
    """
    ledger = session.for_reading()
    with Progress("Backing up") as progress:
        made = ledger.backup(file, progress=progress)
    session.has_written = True
    if as_json:
        print_json(
            {
                "book": ledger.place,
                "backup": str(made.path),
                "changes": made.seq,
                "transactions": made.transactions,
                "head": made.head,
                "anchors": [str(anchor) for anchor in made.anchors],
            }
        )
        return
    print_lines(
        [
            f"Backed up {ledger.place} to {made.path}: {made.transactions} transactions, {made.seq} changes.",
            f"ok, head {made.head}",
        ]
    )
    if not made.anchors:
        print_note("The head could not be noted beside the book: keep this line, `verify` has nothing to compare with.")


@click.command("restore", cls=LedgerCommand)
@click.argument("file", metavar="FILE")
@click.option("--to", "target", metavar="BOOK", help="Where it goes. Default: the book that is named.")
@json_option
@click.pass_obj
def restore_command(session: Session, /, file: str, target: str | None, as_json: bool) -> None:
    """Verify the backup FILE and put it in the place of the book; what was there is kept beside it.

    \b
        tui-ledger --book shop.ledger restore backups/shop-2026-06-15-812.backup.ledger
    """
    from tui_ledger.dates import system_clock
    from tui_ledger.errors import BookReadOnly
    from tui_ledger.ledger.backups import restore_backup

    place = target or session.place(reading=False)
    if session.read_only:
        raise BookReadOnly(path=place)
    with Progress("Verifying") as progress:
        done = restore_backup(file, place, system_clock, progress)
    session.has_written = True
    if as_json:
        kept = None if done.kept is None else str(done.kept)
        print_json({"book": str(done.path), "backup": file, "kept": kept, **verification_shape(done.verification)})
        return
    lines = [f"Restored {done.path} from {file}: {_counted(done.verification)}."]
    if done.kept is not None:
        lines.append(f"What was there before is kept as {done.kept}.")
    print_lines([*lines, f"ok, {_head(done.verification)}"])


def _rebuild_from_history(session: Session, output: str | None, as_far_as_it_goes: bool, as_json: bool) -> None:
    from tui_ledger.ledger.locations import without_password
    from tui_ledger.ledger.rebuilding import rebuild_from_history, rebuilt_place

    source = session.place(reading=True)
    session.check_may_take(source)
    target = output or rebuilt_place(source)
    with Progress("Rebuilding") as progress:
        made = rebuild_from_history(source, target, as_far_as_it_goes=as_far_as_it_goes, progress=progress)
    session.has_written = True
    if as_json:
        print_json(
            {
                "from": without_password(source),
                "to": made.place,
                "lost_changes": made.lost_changes,
                "lost_transactions": list(made.lost_transactions),
                "reason": made.reason,
                "without_passphrase": list(made.without_passphrase),
                **verification_shape(made.verification),
            }
        )
        return
    print_lines(
        [
            f"Made {made.place} out of the history of {without_password(source)}: {_counted(made.verification)}.",
            f"ok, {_head(made.verification)}",
            f"To put it in the old one's place: tui-ledger restore {made.place} --to {without_password(source)}",
        ]
    )
    if made.without_passphrase:
        print_note(f"No history has passphrases: set new ones (user passphrase) for {_few(made.without_passphrase)}.")
    if made.reason is not None:
        print_note(_loss(made))


def _loss(made: RebuiltBook) -> str:
    """What could not be taken, for a person who must type it again."""
    numbers = [str(number) for number in made.lost_transactions[:_NUMBERS_SHOWN]]
    more = ", …" if len(made.lost_transactions) > _NUMBERS_SHOWN else ""
    which = f", among them of transactions {', '.join(numbers)}{more}" if numbers else ""
    many = (
        f"At least {made.lost_changes} change{'s' if made.lost_changes != 1 else ''}" if made.lost_changes else "What"
    )
    verb = "are" if made.lost_changes > 1 else "is"
    return f"LOST: {made.reason}. {many} behind that {verb} not in the new book{which}."


def _few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NUMBERS_SHOWN} more" if len(names) > _NUMBERS_SHOWN else ""
    return ", ".join(names[:_NUMBERS_SHOWN]) + more


def _counted(found: Verification) -> str:
    return ", ".join(f"{count} {name}" for name, count in found.checked.items())


def _head(found: Verification) -> str:
    return f"head {found.head}"


def _discrepancy_line(one: Discrepancy) -> str:
    where = ", ".join(
        text
        for text in (one.account, f"transaction {one.transaction}" if one.transaction is not None else None)
        if text is not None
    )
    values = "; ".join(
        f"{name} {value}" for name, value in (("expected", one.expected), ("found", one.found)) if value is not None
    )
    return f"  {one.kind}: " + " · ".join(text for text in (where, values) if text)


def _put_right_line(one: PutRight) -> str:
    rows = "1 balance" if one.rows == 1 else f"{one.rows} balances"
    return f"  {one.account}: {rows} from transaction {one.transaction} on, {one.found} there is now {one.expected}"


def _put_right_shape(one: PutRight) -> dict[str, Any]:
    return {
        "account": one.account,
        "balances": one.rows,
        "transaction": one.transaction,
        "expected": one.expected,
        "found": one.found,
    }
