"""How are the book's own lists shown over the screen? A grid in a large box; what can be done stands beneath it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, keys_of
from tui_ledger.ui.screens.dialogs import Dialog
from tui_ledger.ui.screens.row_menu import offers_bound, open_menu
from tui_ledger.ui.signing import reaches_files
from tui_ledger.ui.widgets.bars import Hints
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.words import _, pgettext

Row = TypeVar("Row")
ACTS = ("add", "edit", "remove", "import_file")


class SheetDialog(Dialog[None], Generic[Row]):
    """A list of things of the book that are added, changed and taken away.

    `offers` names the acts of ACTS that a subclass carries out, `labels` what some are called there; Enter on a row
    edits it, where that is offered. `afterwards` is what the list leads to once it is closed, None for nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SHEET)]
    offers: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, desk: Desk, title: str, grid: Grid[Row], more: Hints = ()) -> None:
        self.desk = desk
        own = [
            (key.id, _(self.labels.get(key.action, key.label)))
            for key in keys_of(Scope.SHEET)
            if key.action in self.offered
        ]
        super().__init__(title, (*own, *more, ("sheet-help", _("Help")), ("cancel", pgettext("dialog", "Close"))))
        self.grid = grid
        self.afterwards: Callable[[], Awaitable[None]] | None = None
        self.about_row = Caption(classes="about-row")

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be done here now: nothing in a book that is open for reading only."""
        return () if self.desk.ledger.read_only else self.offers

    def body(self) -> ComposeResult:
        with Vertical(classes="sheet-body"):
            yield self.grid
        yield self.about_row

    def on_mount(self) -> None:
        for grid in self.query(Grid):
            grid.offers_menu = True
        self.fill()
        self.grid.focus()

    def fill(self) -> None:
        """Read the rows again; the cursor stays on its row."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ACTS:
            return action in self.offered and (action != "import_file" or reaches_files())
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Add a row."""

    def action_edit(self) -> None:
        """Change the row under the cursor."""

    def action_remove(self) -> None:
        """Take the row under the cursor away."""

    async def action_undo(self) -> None:
        """Take back the last act; what is listed follows."""
        await self.run_action("app.undo")

    async def action_redo(self) -> None:
        """Do again what was undone last; what is listed follows."""
        await self.run_action("app.redo")

    def action_import_file(self) -> None:
        """Read rows from a file."""

    @on(Grid.MenuWanted)
    def _menu_wanted(self) -> None:
        open_menu(self, self._title_text, offers_bound(self))

    @on(Grid.Opened)
    def _row_opened(self) -> None:
        if "edit" in self.offered:
            self.action_edit()
