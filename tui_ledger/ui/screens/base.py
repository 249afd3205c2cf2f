"""What have all screens of the workbench in common? The bars at the edges, and following the book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker

from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, key_of
from tui_ledger.ui.screens.row_menu import Offer, offers_of, open_menu
from tui_ledger.ui.signing import named
from tui_ledger.ui.watching import watched_balances
from tui_ledger.ui.widgets.bars import KeyBar, StatusLine, TopBar
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.words import _

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench

WIDE_CELLS = 100


class BookScreen(Screen[None]):
    """A screen that shows a part of the book and reads it again when the book has changed."""

    MODE: ClassVar[str]
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.SCREEN,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SCREEN)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_CELLS, "-wide")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.status = StatusLine()
        self._drawn_revision = -1
        self._had_rows = False

    @property
    def workbench(self) -> Workbench:
        return cast("Workbench", self.app)

    @property
    def is_narrow(self) -> bool:
        """Whether the side pane is folded away."""
        return self.app.size.width < WIDE_CELLS

    def compose(self) -> ComposeResult:
        yield TopBar(self.MODE, named(self.desk.ledger))
        yield from self.body()
        yield self.status
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        yield from ()

    def on_mount(self) -> None:
        for grid in self.query(Grid):
            grid.offers_menu = True
        self.follow_book()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.follow_book()

    def follow_book(self) -> None:
        """Read again what is shown if the book has changed since."""
        revision = self.desk.ask(self.desk.follow, self.desk.standing).revision
        if revision != self._drawn_revision:
            self._drawn_revision = revision
            self.status.show_watched(watched_balances(self.desk))
            self.desk.ask(self.redraw, None)

    def redraw(self) -> None:
        """Read again what is shown; cursors stay on their rows."""

    def go_to_day(self, day: date) -> None:
        """Show the day, whatever that means here."""

    def shown_day(self) -> date:
        """The day this screen is about, or that its cursor is on."""
        return self.desk.ledger.today

    def day_to_export(self) -> date | None:
        """The last day of the workbook that is written from here, or None for today."""
        return None

    def export_shown(self) -> bool:
        """Write what is shown here to a workbook of its own; False where that is a part of the whole one."""
        return False

    def command_places(self) -> list[tuple[Scope, DOMNode]]:
        """Which keys the palette offers here, and what carries them out."""
        places: list[tuple[Scope, DOMNode]] = [(scope, self) for scope in self.SCOPES]
        return [*places, (Scope.LIST, self.focused)] if isinstance(self.focused, Grid) else places

    def row_title(self) -> str:
        """What the row with the focus is called at the head of its menu."""
        key = key_of(self.MODE)
        return self.MODE.capitalize() if key is None else _(key.label)

    def row_offers(self) -> list[Offer]:
        """What the menu of a row offers now."""
        return offers_of(self.command_places())

    @on(Grid.MenuWanted)
    def _menu_wanted(self) -> None:
        open_menu(self, self.row_title(), self.row_offers())

    def note_rows(self, count: int) -> None:
        """Keys that need a row appear with the first one and go with the last."""
        if (count > 0) != self._had_rows:
            self._had_rows = count > 0
            self.refresh_bindings()

    def action_back(self) -> None:
        self.workbench.go_back()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.workbench.say_what_failed(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return self.can_go_back()
        return super().check_action(action, parameters)

    def can_go_back(self) -> bool:
        """Whether Escape leads anywhere."""
        return self.workbench.came_from is not None
