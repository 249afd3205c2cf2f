"""What can be done with the book as a whole? Its lists and forms, each by name; and an undone act in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from textual.screen import ModalScreen

from tui_ledger.ledger.history import ChangeRow
from tui_ledger.ledger.undoing import UndoneAct
from tui_ledger.ui.act_words import CHANGES_READ, act_in_words
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Key, key_of
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench

MENU = ("opening", "prices", "currencies", "periods", "settings", "book-history", "backup", "verify")
WRITING = ("opening", "backup")


class BookActions:
    """The part of the workbench that opens the forms of the book."""

    def action_book_menu(self) -> None:
        bench = cast("Workbench", self)
        if not isinstance(bench.screen, BookScreen):
            return
        from tui_ledger.ui.screens.menus import MenuDialog

        keys = [key for key in map(key_of, MENU) if key is not None and self._can_open(key.id)]

        async def answered(key: Key | None) -> None:
            if key is not None:
                await bench.run_action(key.action, bench)

        bench.push_screen(MenuDialog(f"The book {bench.desk.ledger.name}", keys), answered)

    def action_book(self, what: str) -> None:
        """Open a list or form of the book by its name in the table of keys."""
        bench = cast("Workbench", self)
        if not self._can_open(what):
            bench.refuse("This book was opened for reading only.")
            return
        opened = bench.attempt(lambda: _FORMS[what](bench.desk))
        if opened is None:
            return

        def closed(_answer: object) -> None:
            screen = bench.screen
            if isinstance(screen, BookScreen):
                screen.follow_book()

        bench.push_screen(opened, closed)

    def undone_in_words(self, undone: UndoneAct) -> str:
        """What an undo took back or a redo did again: `opened Assets:Safe`."""
        desk = cast("Workbench", self).desk
        nothing: list[ChangeRow] = []
        changes = desk.ask(lambda: desk.ledger.changes_of_act(undone.act, CHANGES_READ), nothing)
        return act_in_words(changes, desk.formats, whole=len(changes) < CHANGES_READ) or undone.kind

    def follow_undone(self) -> None:
        """A list over the screen shows what an undo or redo made of it."""
        screen = cast("Workbench", self).screen
        if isinstance(screen, SheetDialog):
            screen.fill()

    def _can_open(self, what: str) -> bool:
        return not (cast("Workbench", self).desk.ledger.read_only and what in WRITING)


def _history(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.history import book_history

    return book_history(desk)


def _opening(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.opening_balances import OpeningSheet

    return OpeningSheet(desk)


def _prices(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.prices import PricesSheet

    return PricesSheet(desk)


def _currencies(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.currencies import CurrenciesSheet

    return CurrenciesSheet(desk)


def _periods(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.periods import PeriodsSheet

    return PeriodsSheet(desk)


def _settings(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.book_settings import SettingsSheet

    return SettingsSheet(desk)


def _backup(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.safety import BackupDialog

    return BackupDialog(desk)


def _verify(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.safety import VerifyDialog

    return VerifyDialog(desk)


_FORMS: Mapping[str, Callable[[Desk], ModalScreen[Any]]] = {
    "opening": _opening,
    "prices": _prices,
    "currencies": _currencies,
    "periods": _periods,
    "settings": _settings,
    "history": _history,
    "backup": _backup,
    "verify": _verify,
}
