"""Which book is to be opened? A new one, the demo, one that is there, or one made out of a journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger
from tui_ledger.ui.keys import Scope, bindings, keys_of
from tui_ledger.ui.screens.new_book import DemoDialog, ImportBookDialog, NewBookForm, OpenBookForm
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.ui.widgets.caption import ErrorCaption
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, pgettext

WELCOME = N_("tui-ledger keeps the books: typed fast, provable to the cent. Which book is it to be?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the welcome: an act by its name, or a book that was open before."""

    key: str
    label: str
    about: str
    action: str = ""
    book: str = ""


class WelcomeScreen(Screen[str]):
    """The choices; Enter or a second click takes one. Answers the place of the book."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WELCOME)]

    def __init__(
        self, folder: Path, currency: str, recent: Sequence[str] = (), reason: str = "", locale: str = ""
    ) -> None:
        super().__init__()
        self._folder = folder
        self._currency = currency
        self._locale = locale
        self._recent = tuple(recent)
        self._error = ErrorCaption(classes="error")
        self._reason = reason
        self.choices: Grid[Choice] = Grid(
            [
                Column("", lambda choice: choice.key, exact=True, minimum=2),
                Column("", lambda choice: choice.label, minimum=8, preferred=24),
                Column("", lambda choice: choice.about, minimum=16, grows=1),
            ],
            lambda choice: choice.label + choice.book,
            header=False,
            id="choices",
        )

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(shown("tui-ledger"), classes="title")
            yield Static(shown(_(WELCOME)), classes="note")
            yield self.choices
            yield self._error
            yield KeyHints(
                (("open", pgettext("book", "Take")), ("row-up", ""), ("row-down", _("Choose")), ("quit", _("Quit")))
            )

    def on_mount(self) -> None:
        rows = self.rows()
        self.choices.styles.height = len(rows)
        self.choices.show(ListWindow(rows, lambda choice: choice.label + choice.book))
        self.choices.focus()
        self._error.say(self._reason)

    def rows(self) -> list[Choice]:
        """What can be chosen: the acts, then the books that were open before and are still there."""
        acts = [Choice(key.shown, key.named, key.told, key.action) for key in keys_of(Scope.WELCOME)]
        there = [Path(place) for place in self._recent if Path(place).is_file()]
        return acts + [Choice("", place.stem, str(place.parent), book=str(place)) for place in there]

    def action_new(self) -> None:
        self.app.push_screen(NewBookForm(self._folder, self._currency, self._locale), self._made)

    def action_demo(self) -> None:
        dialog = DemoDialog(self._folder / "exports")
        self.app.push_screen(dialog, lambda _outcome: self._made(dialog.made))

    def action_open_book(self) -> None:
        self.app.push_screen(OpenBookForm(), self._made)

    def action_import_file(self) -> None:
        dialog = ImportBookDialog(self._folder, self._currency)
        self.app.push_screen(dialog, lambda _outcome: self._made(dialog.made))

    @on(Grid.Opened, "#choices")
    async def _chosen(self) -> None:
        choice = self.choices.row
        if choice is None:
            return
        if choice.action:
            await self.run_action(choice.action)
        else:
            self._open(choice.book)

    def _open(self, place: str) -> None:
        try:
            Ledger.open(place).close()
        except LedgerError as refusal:
            self._error.say(str(refusal))
        else:
            self._made(place)

    def _made(self, place: str | Path | None) -> None:
        if place is not None:
            self.app.exit(str(place))
