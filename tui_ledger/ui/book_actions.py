"""What can be done with the book as a whole? Its lists and forms, each by name; and an undone act in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from textual.screen import ModalScreen

from tui_ledger.ledger.schedules import Due
from tui_ledger.ledger.undoing import UndoneAct
from tui_ledger.ui.act_words import read_in_words
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Key, key_of, pressed
from tui_ledger.ui.schedule_words import due_in_words
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.signing import is_for, why_not_opened
from tui_ledger.words import _, ngettext

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench

MENU = (
    "opening",
    "schedules",
    "prices",
    "currencies",
    "tax-codes",
    "periods",
    "settings",
    "formats",
    "commission",
    "users",
    "program",
    "book-history",
    "backup",
    "verify",
)
WRITING = ("opening", "formats", "commission", "backup")


class BookActions:
    """The part of the workbench that opens the forms of the book."""

    def action_book_menu(self) -> None:
        bench = cast("Workbench", self)
        if not isinstance(bench.screen, BookScreen):
            return
        from tui_ledger.ui.screens.menus import MenuDialog

        keys = [self._counted(key) for key in map(key_of, MENU) if key is not None and self._can_open(key.id)]

        async def answered(key: Key | None) -> None:
            if key is not None:
                await bench.run_action(key.action, bench)

        bench.push_screen(MenuDialog(_("The book {name}").format(name=bench.desk.ledger.name), keys), answered)

    def action_book(self, what: str) -> None:
        """Open a list or form of the book by its name in the table of keys."""
        bench = cast("Workbench", self)
        if not self._can_open(what):
            bench.refuse(why_not_opened(bench.desk.ledger, what))
            return
        opened = bench.attempt(lambda: _FORMS[what](bench.desk))
        if opened is not None:
            self._open(opened)

    def go_on_with_due(self, last: Due) -> None:
        """What is due again, after a day of it was in the entry form; nothing where nothing is left."""
        if self._what_is_due():
            from tui_ledger.ui.screens.schedules import SchedulesSheet

            self._open(SchedulesSheet(cast("Workbench", self).desk, at=last))

    def say_what_is_due(self) -> None:
        """A toast, where anything waits to be posted."""
        bench = cast("Workbench", self)
        ledger = bench.desk.ledger
        said = due_in_words(self._what_is_due(), ledger.today, bench.desk.formats, bench.desk.count)
        if said:
            opens = _("{due}: {key}, Schedules")
            bench.say(opens.format(due=said, key=pressed("book-menu")))

    def undone_in_words(self, undone: UndoneAct) -> str:
        """What an undo took back or a redo did again: `opened Assets:Safe`."""
        desk = cast("Workbench", self).desk
        return desk.ask(lambda: read_in_words(desk.ledger, undone.act, desk.formats), "") or undone.kind

    def follow_undone(self) -> None:
        """A list over the screen shows what an undo or redo made of it."""
        screen = cast("Workbench", self).screen
        if isinstance(screen, SheetDialog):
            screen.fill()

    def _open(self, opened: ModalScreen[Any]) -> None:
        """Show a list or form; once it is closed the book is followed, and what it leads to is done."""
        bench = cast("Workbench", self)

        async def closed(_answer: object) -> None:
            screen = bench.screen
            if isinstance(screen, BookScreen):
                screen.follow_book()
            if isinstance(opened, SheetDialog) and opened.afterwards is not None:
                await opened.afterwards()

        bench.push_screen(opened, closed)

    def _what_is_due(self) -> tuple[Due, ...]:
        desk, nothing = cast("Workbench", self).desk, ()
        return desk.ask(desk.ledger.due, nothing)

    def _counted(self, key: Key) -> Key:
        """A key as the menu names it, with how much is due."""
        due = len(self._what_is_due()) if key.id == "schedules" else 0
        if not due:
            return key
        said = ngettext("{label} ({n} due)", "{label} ({n} due)", due)
        return replace(key, label=said.format(label=key.named, n=cast("Workbench", self).desk.count(due)))

    def _can_open(self, what: str) -> bool:
        bench = cast("Workbench", self)
        if not is_for(bench.desk.ledger, what, is_served=bench.is_web):
            return False
        return not (bench.desk.ledger.read_only and what in WRITING)


def _history(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.history import book_history

    return book_history(desk)


def _opening(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.opening_balances import OpeningSheet

    return OpeningSheet(desk)


def _schedules(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.schedules import SchedulesSheet

    return SchedulesSheet(desk)


def _prices(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.prices import PricesSheet

    return PricesSheet(desk)


def _currencies(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.currencies import CurrenciesSheet

    return CurrenciesSheet(desk)


def _tax_codes(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.tax_codes import TaxCodesSheet

    return TaxCodesSheet(desk)


def _periods(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.periods import PeriodsSheet

    return PeriodsSheet(desk)


def _settings(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.book_settings import SettingsSheet

    return SettingsSheet(desk)


def _formats(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.formats_form import FormatsForm

    return FormatsForm(desk)


def _commission(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.commission_form import CommissionForm

    return CommissionForm(desk)


def _users(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.users import UsersSheet

    return UsersSheet(desk)


def _backup(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.safety import BackupDialog

    return BackupDialog(desk)


def _verify(desk: Desk) -> ModalScreen[Any]:
    from tui_ledger.ui.screens.safety import VerifyDialog

    return VerifyDialog(desk)


_FORMS: Mapping[str, Callable[[Desk], ModalScreen[Any]]] = {
    "opening": _opening,
    "schedules": _schedules,
    "prices": _prices,
    "currencies": _currencies,
    "tax-codes": _tax_codes,
    "periods": _periods,
    "settings": _settings,
    "formats": _formats,
    "commission": _commission,
    "users": _users,
    "history": _history,
    "backup": _backup,
    "verify": _verify,
}
