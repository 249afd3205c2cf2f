"""How is one line of text shown that changes often? Drawn only when it differs, laid out never."""

from __future__ import annotations

from textual.widgets import Static

from tui_ledger.ui.shown import shown


class Caption(Static):
    """A text in a place of fixed size."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes)
        self.text = ""

    def say(self, text: str) -> None:
        """Show a text of the book or of the program; it is no markup."""
        if text != self.text:
            self.text = text
            self.update(shown(text), layout=False)


class ErrorCaption(Caption):
    """A sentence about what is wrong; it takes no room while there is none."""

    def on_mount(self) -> None:
        self.display = bool(self.text)

    def say(self, text: str) -> None:
        """Show a sentence; '' takes it away."""
        if text != self.text:
            self.text = text
            self.update(shown(text))
            self.display = bool(text)
