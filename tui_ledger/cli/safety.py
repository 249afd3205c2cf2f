"""Commands for the safety of the book: verify, rebuild, backup, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.checked import HEAD, OK_HEAD, counted, discrepancy_line
from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.run_status import DISCREPANCY
from tui_ledger.cli.session import Progress, Session, print_json, print_lines, print_note
from tui_ledger.cli.shapes import verification_shape
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, _, listed, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger.rebuilding import PutRight, RebuiltBook
    from tui_ledger.ledger.verification import Verification

_NUMBERS_SHOWN = 12


@click.command("verify", cls=LedgerCommand)
@click.option("--replay", is_flag=True, help="Play the whole history anew and compare row by row; takes longer.")
@json_option
@click.pass_obj
def verify_command(session: Session, /, replay: bool, as_json: bool) -> int:
    """Check every stored balance, every sum, every number, the history and its anchors; status 3 when something is
    wrong."""
    ledger = session.for_reading()
    with Progress(N_("Verifying")) as progress:
        found = ledger.verify(progress, replay=replay)
    if as_json:
        print_json(verification_shape(found))
    else:
        head = _(HEAD).format(hash=found.head)
        print_lines([_verdict(found), *map(discrepancy_line, found.discrepancies), head])
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
        raise InvalidOptions(reason=N_("-o and --as-far-as-it-goes go with --from-history: add it, or leave them out."))
    if from_history and (key is not None or actor is not None):
        raise InvalidOptions(reason=N_("--from-history is no act of the book: leave --key and --actor out."))
    if from_history:
        _rebuild_from_history(session, output, as_far_as_it_goes, as_json)
        return
    ledger = session.for_writing()
    with Progress(N_("Rebuilding")) as progress:
        found = ledger.rebuild(progress=progress, key=key, actor=actor)
    if as_json:
        print_json({"put_right": [_put_right_shape(one) for one in found]})
    elif not found:
        print_lines([_("Every stored balance is right: nothing was written.")])
    else:
        said = ngettext("Put right {n} account:", "Put right {n} accounts:", len(found)).format(n=len(found))
        print_lines([said, *map(_put_right_line, found)])


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
    with Progress(N_("Backing up")) as progress:
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
    said = _("Backed up {book} to {file}: {transactions} transactions, {changes} changes.")
    sizes = {"transactions": made.transactions, "changes": made.seq}
    print_lines([said.format(book=ledger.place, file=made.path, **sizes), _(OK_HEAD).format(hash=made.head)])
    if not made.anchors:
        print_note(
            _("The head could not be noted beside the book: keep this line, `verify` has nothing to compare with.")
        )


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
    with Progress(N_("Verifying")) as progress:
        done = restore_backup(file, place, system_clock, progress)
    session.has_written = True
    if as_json:
        kept = None if done.kept is None else str(done.kept)
        print_json({"book": str(done.path), "backup": file, "kept": kept, **verification_shape(done.verification)})
        return
    said = _("Restored {book} from {file}: {counted}.")
    lines = [said.format(book=done.path, file=file, counted=counted(done.verification))]
    if done.kept is not None:
        lines.append(_("What was there before is kept as {file}.").format(file=done.kept))
    print_lines([*lines, _(OK_HEAD).format(hash=done.verification.head)])


def _rebuild_from_history(session: Session, output: str | None, as_far_as_it_goes: bool, as_json: bool) -> None:
    from tui_ledger.ledger.locations import without_password
    from tui_ledger.ledger.rebuilding import rebuild_from_history, rebuilt_place

    source = session.place(reading=True)
    session.check_may_take(source)
    target = output or rebuilt_place(source)
    with Progress(N_("Rebuilding")) as progress:
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
            _("Made {book} out of the history of {old}: {counted}.").format(
                book=made.place, old=without_password(source), counted=counted(made.verification)
            ),
            _(OK_HEAD).format(hash=made.verification.head),
            _("To put it in the old one's place: {command}").format(
                command=f"tui-ledger restore {made.place} --to {without_password(source)}"
            ),
        ]
    )
    if made.without_passphrase:
        said = _("No history has passphrases: set new ones (user passphrase) for {names}.")
        print_note(said.format(names=_few(made.without_passphrase)))
    if made.reason is not None:
        print_note(_loss(made))


def _loss(made: RebuiltBook) -> str:
    """What could not be taken, for a person who must type it again."""
    numbers = [str(number) for number in made.lost_transactions[:_NUMBERS_SHOWN]]
    more = ", …" if len(made.lost_transactions) > _NUMBERS_SHOWN else ""
    said = _lost_changes(made.lost_changes, names_some=bool(numbers))
    return said.format(reason=made.reason, n=made.lost_changes, numbers=listed(numbers) + more)


def _lost_changes(count: int, *, names_some: bool) -> str:
    if not count:
        return (
            _("LOST: {reason}. What behind that is not in the new book, among them of transactions {numbers}.")
            if names_some
            else _("LOST: {reason}. What behind that is not in the new book.")
        )
    if names_some:
        return ngettext(
            "LOST: {reason}. At least {n} change behind that is not in the new book, among them of transactions "
            "{numbers}.",
            "LOST: {reason}. At least {n} changes behind that are not in the new book, among them of transactions "
            "{numbers}.",
            count,
        )
    return ngettext(
        "LOST: {reason}. At least {n} change behind that is not in the new book.",
        "LOST: {reason}. At least {n} changes behind that are not in the new book.",
        count,
    )


def _few(names: tuple[str, ...]) -> str:
    shown = listed(names[:_NUMBERS_SHOWN])
    more = len(names) - _NUMBERS_SHOWN
    return _("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown


def _verdict(found: Verification) -> str:
    if found.ok:
        return _("ok: {counted} checked").format(counted=counted(found))
    wrong = len(found.discrepancies)
    said = ngettext("{n} wrong: {counted} checked", "{n} wrong: {counted} checked", wrong)
    return said.format(n=wrong, counted=counted(found))


def _put_right_line(one: PutRight) -> str:
    said = ngettext(
        "{account}: {n} balance from transaction {number} on, {found} there is now {expected}",
        "{account}: {n} balances from transaction {number} on, {found} there is now {expected}",
        one.rows,
    )
    figures = {"found": one.found, "expected": one.expected}
    return "  " + said.format(account=one.account, n=one.rows, number=one.transaction, **figures)


def _put_right_shape(one: PutRight) -> dict[str, Any]:
    return {
        "account": one.account,
        "balances": one.rows,
        "transaction": one.transaction,
        "expected": one.expected,
        "found": one.found,
    }
