"""Whose workbench is it? Who signed in, whether they still are who they were, and what here is not for them."""

from __future__ import annotations

from textual._context import active_app

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger, Role, User
from tui_ledger.ui.reading_only import FOR_READING
from tui_ledger.words import N_, _

RIGHTS_CHANGED = N_("What you may do in this book, or your passphrase, was changed: sign in again.")
NOT_FOR_ALL = ("users",)
NOT_FOR_VISITORS = ("backup", "program", "theme", "own-keys")
"""What reaches files and settings of the computer that serves the book: for its administrators."""


def is_still_who_they_were(ledger: Ledger, before: User | None) -> bool:
    """Whether who signed in is still active, of the same role, for the same party and of the same passphrase. Where
    the book cannot be read now, nothing is known against it."""
    if before is None:
        return True
    try:
        now = ledger.signed_in
    except LedgerError:
        return True
    return now is not None and (now.active, now.role, now.party) == (before.active, before.role, before.party)


def why_ended() -> str:
    """What is said, once the terminal is as it was, to whoever may no longer do what they signed in to do."""
    return f"tui-ledger: {_(RIGHTS_CHANGED)}\n"


def is_for(ledger: Ledger, id: str, *, is_served: bool) -> bool:
    """Whether a key of the table is offered to whoever sits here. The ledger refuses what is not for them anyway."""
    who = ledger.signed_in
    if who is None or who.role is Role.ADMINISTRATOR:
        return True
    return id not in NOT_FOR_ALL and not (is_served and id in NOT_FOR_VISITORS)


def reaches_files() -> bool:
    """Whether whoever sits here may read and name files of the computer that the program runs on: everybody at its
    terminal, and in a browser whoever administers the book."""
    reaches: bool = getattr(active_app.get(None), "reaches_files", True)
    return reaches


def named(ledger: Ledger) -> str:
    """The book as the top bar names it, with who signed in to it."""
    who = ledger.signed_in
    return ledger.name if who is None else f"{ledger.name} · {who.name} ({_(who.role)})"


def why_not_opened(ledger: Ledger, what: str) -> str:
    """Why a form of the book is not opened."""
    is_closed = what in (*NOT_FOR_ALL, *NOT_FOR_VISITORS)
    return _("That is for an administrator.") if is_closed else why_reading_only(ledger)


def why_reading_only(ledger: Ledger) -> str:
    """Why nothing can be written here."""
    who = ledger.signed_in
    if who is None or who.role in (Role.BOOKKEEPER, Role.ADMINISTRATOR):
        return _(FOR_READING)
    said = _("{user} signed in as a {role}, who writes nothing in this book.")
    return said.format(user=who.name, role=_(who.role))
