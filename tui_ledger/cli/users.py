"""The command `user`: add, edit, list, remove, passphrase."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.in_words import in_words
from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, on_a_terminal, print_json, print_lines, print_note
from tui_ledger.cli.shapes import user_shape
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import InvalidOptions, InvalidPassphrase
from tui_ledger.words import N_, Said, Word, _, listed, pgettext

if TYPE_CHECKING:
    from tui_ledger.ledger import User


@click.group("user", cls=LedgerGroup)
def user_command() -> None:
    """Keep who may sign in to the book by name, and as what.

    \b
        tui-ledger --book shop.ledger user add Ada --role administrator
        tui-ledger --book shop.ledger user add Ann --role party --party ann --passphrase-stdin < ann.txt
        tui-ledger --book shop.ledger user passphrase Ada

    An administrator does everything; a bookkeeper everything but users, more digits, reopening periods and rebuilding;
    a viewer reads all and writes nothing; a party reads its own sheet alone. They sign in to what `serve` shows, with
    --user, and to a book on PostgreSQL. Whoever can open a file needs no name: they are its administrator. A passphrase
    is typed twice, unseen, or read from standard input; it is no argument.
    """


_PARTY = click.option("--party", metavar="KEY", help="The party that a user of that role signs in for.")
_STDIN = click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from the first line of stdin.")


@user_command.command("add")
@click.argument("name", metavar="NAME")
@click.option("--role", metavar="R", required=True, help="administrator, bookkeeper, viewer or party.")
@_PARTY
@_STDIN
@writing_options
@click.pass_obj
def add_user(session: Session, /, name: str, role: str, passphrase_stdin: bool, as_json: bool, **asked: Any) -> None:
    """Add the user NAME, which is what their acts will carry and never changes.

    Without a passphrase they cannot sign in until `user passphrase` sets one.
    """
    ledger = session.for_writing()
    passphrase = _read_passphrase(passphrase_stdin, _("Passphrase (empty: none yet)"), required=False)
    _answer(ledger.add_user(name, role, passphrase=passphrase, **asked), _ADDED, as_json)


@user_command.command("edit")
@click.argument("name", metavar="NAME")
@click.option("--role", metavar="R", help="administrator, bookkeeper, viewer or party.")
@_PARTY
@click.option("--active/--inactive", default=None, help="Who is inactive cannot sign in.")
@writing_options
@click.pass_obj
def edit_user(
    session: Session, /, name: str, key: str | None, actor: str | None, as_json: bool, **options: Any
) -> None:
    """Change what is given of NAME; another role than that of a party lets go of the party."""
    changes = {option: value for option, value in options.items() if value is not None}
    if not changes:
        raise InvalidOptions(
            reason=Said("Nothing was said to change in {name!r}: give an option such as --role.", name=name)
        )
    _answer(session.for_writing().edit_user(name, key=key, actor=actor, **changes), _CHANGED, as_json)


@user_command.command("passphrase")
@click.argument("name", metavar="NAME")
@_STDIN
@writing_options
@click.pass_obj
def set_passphrase(
    session: Session, /, name: str, passphrase_stdin: bool, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Set the passphrase of NAME, in place of an earlier one; 8 characters or more."""
    ledger = session.for_writing()
    user = ledger.user(name)
    prompt = _("New passphrase of {name}").format(name=user.name)
    passphrase = _read_passphrase(passphrase_stdin, prompt, required=True)
    changed = ledger.set_passphrase(user, passphrase or "", key=key, actor=actor)
    if as_json:
        print_json(user_shape(changed))
    else:
        print_lines([_("Set the passphrase of {name}.").format(name=changed.name)])


@user_command.command("remove")
@click.argument("name", metavar="NAME")
@writing_options
@click.pass_obj
def remove_user(session: Session, /, name: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Remove NAME, who can sign in no more; the name stays on what they did."""
    session.for_writing().delete_user(name, key=key, actor=actor)
    if as_json:
        print_json({"name": name, "removed": True})
    else:
        print_lines([_("Removed {name}.").format(name=name)])


@user_command.command("list")
@json_option
@click.pass_obj
def list_users(session: Session, /, as_json: bool) -> None:
    """List the users with their roles; of a passphrase only whether one is set."""
    found = session.for_reading().users()
    if as_json:
        print_json({"users": [user_shape(user) for user in found]})
    elif not found:
        print_lines([_("No users yet: `user add NAME --role R` adds one.")])
    else:
        print_lines(table(_COLUMNS, [_row(user) for user in found]))


_COLUMNS = [
    Column(N_("User"), stretch=True),
    Column(N_("Role")),
    Column(N_("Party"), stretch=True),
    Column(N_("Passphrase")),
    Column(""),
]


def _row(user: User) -> tuple[str, ...]:
    return (
        user.name,
        in_words(user.role),
        user.party or "",
        pgettext("passphrase", "set") if user.has_passphrase else pgettext("passphrase", "none"),
        "" if user.active else _("inactive"),
    )


def _read_passphrase(from_stdin: bool, prompt: str, *, required: bool) -> str | None:
    """A passphrase from standard input, or asked for twice on a terminal; None where none is given nor required."""
    if from_stdin:
        return _first_line()
    if not on_a_terminal():
        if required:
            reason = N_("A passphrase is asked for on a terminal: sit at one, or give it by --passphrase-stdin.")
            raise InvalidOptions(reason=reason)
        return None
    from tui_ledger.ledger.passphrases import refuse_unfit

    typed = _asked(prompt)
    if not typed and not required:
        return None
    refuse_unfit(typed)
    if _asked(_("Once more")) != typed:
        raise InvalidPassphrase(reason=N_("the two that were typed differ"))
    return typed


def _first_line() -> str:
    from tui_ledger.ledger.passphrases import LONGEST

    line = b"" if sys.stdin is None else sys.stdin.buffer.readline(4 * LONGEST + 3)
    if not line:
        raise InvalidPassphrase(reason=N_("there is none on standard input"))
    try:
        return line.removesuffix(b"\n").removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        raise InvalidPassphrase(reason=N_("standard input is not in UTF-8")) from None


def _asked(prompt: str) -> str:
    """What is typed without being seen; asked on stderr, so that stdout has the answer alone."""
    typed: str = click.prompt(prompt, default="", hide_input=True, show_default=False, err=True)
    return typed


_ADDED, _CHANGED = N_("Added {name} ({about})."), N_("Changed {name} ({about}).")


def _answer(user: User, said: Word, as_json: bool) -> None:
    if as_json:
        print_json(user_shape(user))
        return
    about = [in_words(user.role)]
    about += [_("for {party}").format(party=user.party)] if user.party else []
    about += [] if user.active else [_("inactive")]
    print_lines([_(said).format(name=user.name, about=listed(about))])
    if not user.has_passphrase:
        print_note(_("{name} cannot sign in yet: `user passphrase` sets a passphrase.").format(name=user.name))
