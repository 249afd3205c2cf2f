"""The workbench: how the book is shown and typed. Importing this module loads nothing; opening the workbench does."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.dates import Clock, system_clock

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats


def run_workbench(
    ledger: Ledger,
    *,
    formats: Formats,
    clock: Clock = system_clock,
    export_folder: Path | None = None,
    locale_for: Callable[[str | None], str] | None = None,
) -> int:
    """Show a book until it is left; gives the exit status. The ledger stays open.

    Workbooks go to `exports/` beside the book, or to `export_folder`. `locale_for` gives the locale for what the book's
    own setting says, should that be changed.
    """
    from tui_ledger.preferences import read_preferences
    from tui_ledger.ui.app import Workbench

    app = Workbench(
        ledger, formats, clock=clock, export_folder=export_folder, preferences=read_preferences(), locale_for=locale_for
    )
    status = app.run()
    _say_last_words(app.last_words)
    return app.return_code or status or 0


def run_own_sheet(ledger: Ledger, party: str, *, formats: Formats, clock: Clock = system_clock) -> int:
    """Show a party that signed in its own sheet until it is left; gives the exit status."""
    from tui_ledger.preferences import read_preferences
    from tui_ledger.ui.own_sheet import OwnSheetApp

    app = OwnSheetApp(ledger, party, formats, clock=clock, preferences=read_preferences())
    status = app.run()
    _say_last_words(app.last_words)
    return app.return_code or status or 0


def run_welcome(
    *, currency: str, folder: Path | None = None, recent: Sequence[str] = (), reason: str = "", locale: str = ""
) -> str | None:
    """Ask which book is to be opened, where none was named; gives its place, or None where it was left.

    New books lie in `folder`, here unless given; `currency` and a chart for `locale` are proposed; `recent` are books
    that were open before; `reason` says why the one that was expected is not there.
    """
    from tui_ledger.preferences import read_preferences
    from tui_ledger.ui.welcome_app import Welcome

    app = Welcome(folder or Path.cwd(), currency, recent, reason, preferences=read_preferences(), locale=locale)
    place = app.run()
    _say_last_words(app.last_words)
    if app.return_code:
        raise SystemExit(app.return_code)
    return place


def _say_last_words(words: str) -> None:
    """Why the program ended, if it was not left: said once the terminal is as it was."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(words)
        sys.stderr.flush()
