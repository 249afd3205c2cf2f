"""What is asked about a list? A name for what is saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _

LONGEST_NAME = 60


class NameDialog(Dialog[str]):
    """A name of one line."""

    def __init__(self, title: str, question: str, yes: str) -> None:
        super().__init__(title, (("confirm", yes), CANCEL))
        self._question = question
        self.field = Field(id="saved-name")

    def body(self) -> ComposeResult:
        yield Static(shown(self._question), classes="label")
        yield self.field

    def entered(self, field: Field) -> None:
        name = self.field.value.strip()
        if not name:
            self.show_error(_("Type a name first."))
        elif len(name) > LONGEST_NAME:
            self.show_error(_("A name has at most {count} characters.").format(count=LONGEST_NAME))
        else:
            self.dismiss(name)
