"""What can be done here? A short list of acts over the screen, by arrows and Enter or by mouse."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui_ledger.ui.keys import Key
from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import _

CELLS_AROUND = 10


class MenuDialog(Dialog[Key]):
    """Keys to choose from; the answer is the key whose act is wanted."""

    def __init__(self, title: str, keys: Sequence[Key]) -> None:
        super().__init__(title, (("open", _("Do it")), ("row-up", ""), ("row-down", _("Choose")), CANCEL))
        self._keys = tuple(keys)
        self.list: Grid[Key] = Grid(
            [
                Column("", lambda key: key.shown, exact=True, minimum=3),
                Column("", lambda key: _(key.label), exact=True, minimum=8),
                Column("", lambda key: _(key.description), minimum=20, grows=1),
            ],
            lambda key: key.id,
            header=False,
            id="menu",
        )

    def body(self) -> ComposeResult:
        with Vertical(classes="menu-body"):
            yield self.list

    def on_mount(self) -> None:
        self._fit()
        self.list.show(ListWindow(self._keys, lambda key: key.id))
        self.list.focus()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, or as the screen has room for: the list scrolls, the dialog does not."""
        self.list.styles.height = max(min(len(self._keys), self.app.size.height - CELLS_AROUND), 1)

    @on(Grid.Opened, "#menu")
    def _chosen(self) -> None:
        if self.list.row is not None:
            self.dismiss(self.list.row)
