"""How is the workbench opened from the command line?"""

from __future__ import annotations

from pathlib import Path

from tui_ledger.cli.session import Session, on_a_terminal
from tui_ledger.errors import InvalidOptions
from tui_ledger.settings import remember_book


def open_workbench(session: Session, place: str | None = None) -> int:
    """Opens a book on the screen and returns the exit status; raises InvalidOptions where there is no terminal."""
    from tui_ledger.ledger import Ledger

    wanted = place or session.place(reading=True)
    if not on_a_terminal():
        raise InvalidOptions(
            reason=f"The workbench needs a terminal: for {wanted}, use a command such as `tui-ledger balance`."
        )
    with Ledger.open(wanted, read_only=session.read_only) as ledger:
        from tui_ledger.ui import run_workbench

        if ledger.path is not None:
            remember_book(Path(ledger.path))
        return run_workbench(ledger, formats=session.formats(ledger))
