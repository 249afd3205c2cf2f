"""As whom is the book opened? By name and passphrase, or by the ticket of somebody who signed in at a page."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_ledger.errors import InvalidOptions, SignInRefused, UnknownUser
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger import passphrases
from tui_ledger.serving.tickets import TICKET_VARIABLE
from tui_ledger.words import N_, Said, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, User
    from tui_ledger.serving.people import Person

USER_VARIABLE, PASSPHRASE_FILE_VARIABLE = "TUI_LEDGER_USER", "TUI_LEDGER_PASSPHRASE_FILE"
LONGEST_TICKET_BYTES = 4096


class BookPeople:
    """The users of a book, which is opened anew for every question: whoever was removed is not known any more."""

    def __init__(self, place: str) -> None:
        self._place = place

    def who(self, name: str, passphrase: str) -> Person | None:
        from tui_ledger.ledger import Ledger
        from tui_ledger.serving.people import Person

        with Ledger.open(self._place, read_only=_is_file(self._place)) as ledger:
            try:
                found = ledger.sign_in(name, passphrase).signed_in
            except SignInRefused:
                return None
        return None if found is None else Person(found.name, written_ticket(found))

    def stands(self, person: Person) -> bool:
        from tui_ledger.ledger import Ledger

        with Ledger.open(self._place, read_only=_is_file(self._place)) as ledger:
            try:
                ledger.for_user(read_ticket(person.ticket))
            except (SignInRefused, UnknownUser):
                return False
        return True


def written_ticket(user: User) -> str:
    """Who somebody is, for a workbench that is to act as them; nothing in it can be used to sign in."""
    said = (user.id, user.name, str(user.role), user.party, user.active, user.passphrase_set, user.mark)
    return json.dumps(said)


def read_ticket(text: str) -> User:
    """The user of a ticket; raises SignInRefused where it is none."""
    from tui_ledger.ledger import Role, User

    try:
        row, name, role, party, active, passphrase_set, mark = json.loads(text)
        return User(row, name, Role(role), party, active, passphrase_set, mark)
    except (ValueError, TypeError, RecursionError):
        raise SignInRefused from None


def handed_ticket(environ: MutableMapping[str, str]) -> str | None:
    """What the server handed to this workbench by a pipe, which is closed then; None where this is not such a one.

    Raises SignInRefused where there was to be one: a workbench of nobody in particular is not opened instead.
    """
    number = environ.pop(TICKET_VARIABLE, None)
    if number is None:
        return None
    try:
        pipe = int(number)
        if not stat.S_ISFIFO(os.fstat(pipe).st_mode):
            raise SignInRefused
        with os.fdopen(pipe, "rb") as reading:
            return reading.read(LONGEST_TICKET_BYTES).decode()
    except (OSError, ValueError, OverflowError):
        raise SignInRefused from None


def signed_in(ledger: Ledger, name: str | None, environ: Mapping[str, str]) -> Ledger:
    """The book for whoever opens it: as it is where nobody has to sign in, else for the user of a name and passphrase.

    A book on a server asks for both, once an administrator of it can sign in; so does a file where a name is given. The
    passphrase is asked for on the terminal, or read from the first line of the file that a variable names. Raises
    SignInRefused, InvalidOptions.
    """
    wanted = name or environ.get(USER_VARIABLE) or None
    if wanted is None and not _asks_everybody(ledger):
        return ledger
    return ledger.sign_in(wanted or _asked(_("Name"), is_hidden=False), _passphrase(wanted, environ))


def signs_in(place: str, name: str | None, environ: Mapping[str, str]) -> bool:
    """Whether somebody may have to sign in at a place: on a server, or where a name is given."""
    return not _is_file(place) or bool(name or environ.get(USER_VARIABLE))


def refuse_unless_all(ledger: Ledger) -> None:
    """Raises NotPermitted where whoever signed in may not take the whole book with them: backups are for writers."""
    from tui_ledger.errors import NotPermitted
    from tui_ledger.ledger.roles import WRITERS, act_in_plain_words, those_in_words, with_article

    who = ledger.signed_in
    if who is not None and who.role not in WRITERS:
        role, what = with_article(who.role), act_in_plain_words("copy")
        raise NotPermitted(user=who.name, role=role, what=what, may=those_in_words(WRITERS))


def _asks_everybody(ledger: Ledger) -> bool:
    """Whether nobody opens a book without signing in: else nobody could add the first users of one."""
    from tui_ledger.ledger import Role

    users = () if ledger.path is not None else ledger.users()
    return any(user.active and user.has_passphrase and user.role is Role.ADMINISTRATOR for user in users)


def _passphrase(name: str | None, environ: Mapping[str, str]) -> str:
    place = environ.get(PASSPHRASE_FILE_VARIABLE)
    if not place:
        return _asked(_("Passphrase of {name}").format(name=name) if name else _("Passphrase"), is_hidden=True)
    try:
        with Path(place).open("rb") as file:
            line = file.readline(4 * passphrases.LONGEST + 3)
        return line.removesuffix(b"\n").removesuffix(b"\r").decode()
    except (OSError, ValueError) as problem:
        reason = system_reason(problem) if isinstance(problem, OSError) else N_("it is not in UTF-8")
        raise InvalidOptions(
            reason=Said("The passphrase cannot be read from {place}: {reason}.", place=place, reason=reason)
        ) from None


def _asked(what: str, *, is_hidden: bool) -> str:
    """What is typed on the terminal; asked on stderr, so that stdout has the answer alone."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidOptions(
            reason=Said(
                "Who opens this book signs in: say --user NAME, and sit at a terminal or name a file that holds the "
                "passphrase in {variable}.",
                variable=PASSPHRASE_FILE_VARIABLE,
            )
        )
    typed: str = click.prompt(what, default="", hide_input=is_hidden, show_default=False, err=True)
    return typed


def _is_file(place: str) -> bool:
    return "://" not in place or place.startswith("sqlite:")
