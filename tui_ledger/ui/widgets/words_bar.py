"""Which words are looked for? One line under a list, followed as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message

from tui_ledger.ui.keys import Scope, bindings, field_key
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _


class WordsBar(Horizontal):
    """Words being typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORDS)]

    @dataclass
    class Changed(Message):
        """Other words."""

        words: str

    @dataclass
    class Left(Message):
        """The bar is to close, its words kept or given up."""

        kept: bool

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(id=id)
        self.field = Field(id=f"{id}-text", classes="words", placeholder=placeholder)
        self.display = False

    def compose(self) -> ComposeResult:
        yield Caption(classes="words-label")
        yield self.field

    def on_mount(self) -> None:
        self.query_one(".words-label", Caption).say(_("Find"))
        self.field.owner = self

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    @property
    def text(self) -> str:
        return self.field.value

    def open(self, words: str) -> None:
        """Show the bar with words to go on with, all of them selected."""
        self.field.put(words)
        self.display = True
        self.field.focus_selected()

    def close(self) -> None:
        self.display = False

    def field_changed(self, field: Field) -> None:
        self.post_message(self.Changed(field.value))

    def field_left(self, field: Field) -> None:
        return

    async def field_pressed(self, field: Field, key: str) -> bool:
        if field_key(Scope.WORDS, key) != "keep-words":
            return False
        self.post_message(self.Left(kept=True))
        return True

    def action_leave_words(self) -> None:
        self.post_message(self.Left(kept=False))
