"""Which keys has a party at its own sheet? Those that move about in it, choose its days and leave; no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui_ledger.ui.keys import KEYS, Key, Offered, Scope
from tui_ledger.words import N_

_SHEET = (
    *("party-days", "party-narrower", "party-wider", "party-before", "party-after", "party-today", "party-purpose"),
    "back",
)
_NOT_IN_LIST = ("mark-row", "mark-all")
_PROGRAM = ("jump", "go-to-date", "help", "key-sheet", "quit")
_WHOLE = (Scope.DIALOG, Scope.BOX, Scope.DATE, Scope.COMPLETION)


def _table() -> Iterator[Key]:
    for key in KEYS:
        if key.id in _SHEET:
            yield replace(key, scope=Scope.SCREEN)
        elif key.id == "open":
            yield replace(key, description=N_("Take what is highlighted in a menu"), offered=Offered.NOWHERE)
        elif key.scope is Scope.LIST and key.id not in _NOT_IN_LIST:
            yield key
        elif key.id in _PROGRAM or key.scope in _WHOLE:
            yield replace(key, description=N_("Leave your sheet")) if key.id == "quit" else key
    yield Key(Scope.SCREEN, "own-months", "m", "months", "Months", "Month by month, and the sheet again", Offered.BOTH)
    yield Key(Scope.SCREEN, "own-all", "backspace", "all_days", "All", "All days again", Offered.PALETTE)


OWN_TABLE: tuple[Key, ...] = tuple(_table())


def of_sheet() -> list[Key]:
    """The keys of the screen."""
    return [key for key in OWN_TABLE if key.scope is Scope.SCREEN]


def of_program() -> list[Key]:
    """The keys that work everywhere."""
    return [key for key in OWN_TABLE if key.scope is Scope.EVERYWHERE]
