"""What have the lists of the program's own settings in common? They are no part of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from tui_ledger.ui.screens.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from tui_ledger.ui.personal_app import PersonalApp

Row = TypeVar("Row")
OF_THE_BOOK = ("undo", "redo")


class ProgramDialog(SheetDialog[Row], Generic[Row]):
    """A list whose changes stand in the settings file: the book's undo has no business here."""

    @property
    def program(self) -> PersonalApp[object]:
        return cast("PersonalApp[object]", self.app)

    @property
    def offered(self) -> tuple[str, ...]:
        return self.offers

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action in OF_THE_BOOK else super().check_action(action, parameters)
