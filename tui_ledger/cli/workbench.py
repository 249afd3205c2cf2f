"""How is the workbench opened from the command line?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.cli.ending import ending_at_once
from tui_ledger.cli.session import Session, on_a_terminal
from tui_ledger.cli.sign_in import handed_ticket, read_ticket
from tui_ledger.errors import InvalidOptions, NoBookNamed
from tui_ledger.settings import last_book, recent_books, remember_book
from tui_ledger.words import Said, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats

DRIVER_VARIABLE = "TEXTUAL_DRIVER"
SERVED_DRIVER = "tui_ledger.ui.served_driver:ServedDriver"
"""Named by that variable it says that the workbench is drawn in a browser, by `serve`, and needs no terminal."""

PATIENCE_SECONDS = 3.0
"""A screen that stands still is worse than a sentence: the typed form stays, and can be posted again."""


def open_workbench(session: Session, place: str | None = None) -> int:
    """Opens a book on the screen and returns the exit status; raises InvalidOptions where there is no terminal.

    Where none was named and the last one is not there, the screen asks: new, demo, open or import.
    """
    from tui_ledger.ledger import Ledger

    ticket = handed_ticket(os.environ)
    wanted = place or _named_or_last(session)
    if not (on_a_terminal() or os.environ.get(DRIVER_VARIABLE) == SERVED_DRIVER):
        wanted = wanted or session.place(reading=True)
        raise InvalidOptions(
            reason=Said(
                "The workbench needs a terminal: for {wanted}, use a command such as `tui-ledger balance`.",
                wanted=wanted,
            )
        )
    wanted = wanted or _asked(session)
    if wanted is None:
        return 0
    with Ledger.open(wanted, read_only=session.read_only, patience_seconds=PATIENCE_SECONDS) as ledger:
        formats = session.formats(ledger)
        if ticket is not None:
            return _show(session, ledger.for_user(read_ticket(ticket)), formats)
        if ledger.path is not None:
            remember_book(Path(ledger.path))
        return _show(session, session.signed_in(ledger), formats)


def _show(session: Session, ledger: Ledger, formats: Formats) -> int:
    """The workbench, or to a party its own sheet."""
    from tui_ledger.ui import run_own_sheet, run_workbench

    with ending_at_once():
        if ledger.signed_in is not None and ledger.signed_in.party is not None:
            return run_own_sheet(ledger, ledger.signed_in.party, formats=formats)
        return run_workbench(ledger, formats=formats, locale_for=session.locale_for)


def _named_or_last(session: Session) -> str | None:
    """The book that was named, else the last one opened if it is still there."""
    try:
        return session.place(reading=False)
    except NoBookNamed:
        last = last_book()
        return last if last is not None and Path(last).exists() else None


def _asked(session: Session) -> str | None:
    """The book that is chosen, or made, on the screen."""
    from tui_ledger.locale.usual_currency import usual_currency
    from tui_ledger.ui import run_welcome

    last = last_book()
    gone = _("The book opened last is not there any more: {book}")
    reason = "" if last is None else gone.format(book=last)
    locale = session.formats().locale
    with ending_at_once():
        return run_welcome(currency=usual_currency(locale), recent=recent_books(), reason=reason, locale=locale)
