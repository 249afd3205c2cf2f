"""Which theme is it to be? A list of all; the one under the cursor is worn while the list is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui_ledger.errors import LedgerError
from tui_ledger.preferences import read_preferences, write_preference
from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.themes import about_theme, theme_names
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.ui.personal_app import PersonalApp

ROWS_SHOWN = 12
NO_COLOUR = N_("NO_COLOR is set where this program was started: it stays without colours, whatever is chosen here.")


class ThemeDialog(Dialog[str]):
    """The themes; Enter keeps the one that is worn, in the settings file, Escape puts the one before on again."""

    def __init__(self, worn: str, names: Sequence[str] = ()) -> None:
        super().__init__(_("Colours"), (("open", _("Keep it")), ("row-up", ""), ("row-down", _("Try")), CANCEL))
        self._worn = worn
        self._names = tuple(names or theme_names())
        self.list: Grid[str] = Grid(
            [
                Column("", lambda name: name, exact=True, minimum=20),
                Column("", about_theme, minimum=12, grows=1),
            ],
            lambda name: name,
            header=False,
            id="themes",
        )

    @property
    def program(self) -> PersonalApp[object]:
        return cast("PersonalApp[object]", self.app)

    def body(self) -> ComposeResult:
        if not self.program.has_colours:
            yield Static(shown(_(NO_COLOUR)), classes="note")
        with Vertical(classes="menu-body"):
            yield self.list

    def on_mount(self) -> None:
        self.list.styles.height = min(len(self._names), ROWS_SHOWN)
        self.list.show(ListWindow(self._names, lambda name: name), self._worn)
        self.list.focus()

    @on(Grid.Highlighted, "#themes")
    def _tried(self) -> None:
        if self.list.row is not None:
            self.program.wear(self.list.row)

    @on(Grid.Opened, "#themes")
    def _chosen(self) -> None:
        name = self.list.row
        if name is None:
            return
        try:
            write_preference("theme", name)
        except LedgerError as refusal:
            self.show_error(str(refusal))
            return
        self.program.heed(read_preferences())
        self.dismiss(name)

    def action_cancel(self) -> None:
        self.program.wear(self._worn)
        self.dismiss(None)
