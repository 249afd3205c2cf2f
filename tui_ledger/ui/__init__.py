"""The workbench: how the book is shown and typed. Importing this module loads nothing; opening the workbench does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.dates import Clock, system_clock

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.locale.formats import Formats


def run_workbench(
    ledger: Ledger, *, formats: Formats, clock: Clock = system_clock, export_folder: Path | None = None
) -> int:
    """Show a book until it is left; gives the exit status. The ledger stays open.

    Workbooks go to `exports/` beside the book, or to `export_folder`.
    """
    from tui_ledger.ui.app import Workbench

    app = Workbench(ledger, formats, clock=clock, export_folder=export_folder)
    status = app.run()
    return app.return_code or status or 0
