"""How does a list that a drill-down narrowed come back to what it was? With the step back to where that began."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tui_ledger.ui.listing import Listing
from tui_ledger.ui.shown_period import ShownPeriod


class Narrowing:
    """Lists narrowed on the way, by how many screens lie before the one they are on."""

    def __init__(self) -> None:
        self._restoring: dict[int, Callable[[], None]] = {}

    def narrow(self, depth: int, listing: Listing[Any], query: str, period: ShownPeriod) -> None:
        """Narrow a list without remembering that for the next time; the list is to be shown by whoever asks."""
        before = listing.choice
        listing.choice = replace(before, query=query, period=period)

        def restore() -> None:
            if (listing.choice.query, listing.choice.period) == (query, period):
                listing.choice = replace(listing.choice, query=before.query, period=before.period)
                listing.show(at_end=True)

        self._restoring[depth] = restore

    def restore(self, depth: int) -> None:
        """Give back what was narrowed there, unless somebody has chosen something else meanwhile."""
        restore = self._restoring.pop(depth, None)
        if restore is not None:
            restore()

    def forget(self) -> None:
        self._restoring.clear()
