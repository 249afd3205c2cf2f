"""Where to, by a letter? Letters stand over all that can be gone to; typing one goes there, Escape leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_ledger.ui.jumping import Target, jump_letters, placed_apart
from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.words import _


class JumpScreen(ModalScreen[Target]):
    """The letters over a screen; the answer is what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DIALOG)]
    AUTO_FOCUS = ""

    def __init__(self, targets: Sequence[Target], size: Size) -> None:
        """`size` is that of the screen the targets were found on; on any other they stand elsewhere."""
        super().__init__()
        labels = jump_letters(len(targets))
        self.targets = dict(zip(labels, targets, strict=True))
        self._size_meant = size
        self._typed = ""
        offsets = placed_apart(targets, labels, size.width)
        self._labels = {label: _Label(label) for label in labels}
        for label, offset in zip(labels, offsets, strict=True):
            self._labels[label].styles.offset = offset

    def compose(self) -> ComposeResult:
        yield from self._labels.values()
        with Horizontal(id="jump-foot"):
            yield Static(_("A letter goes there."), id="jump-words")
            yield KeyHints((("cancel", _("Leave")),))

    def on_key(self, event: events.Key) -> None:
        """Letters are typed, backspace takes the last one back; what begins no label is no letter here."""
        typed = self._typed[:-1] if event.key == "backspace" else self._typed + event.key.casefold()
        if any(label.startswith(typed) for label in self.targets):
            event.stop()
            event.prevent_default()
            self._follow(typed)

    def on_click(self, event: events.Click) -> None:
        """A letter that is clicked is typed whole; anywhere else leaves."""
        if isinstance(event.widget, _Label):
            self._follow(event.widget.label)
        elif not isinstance(event.widget, KeyHints):
            self._answer(None)

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self._size_meant:
            self._answer(None)

    def action_confirm(self) -> None:
        self._answer(None)

    def action_cancel(self) -> None:
        self._answer(None)

    def _answer(self, target: Target | None) -> None:
        """Once: the terminal may tell of several sizes in one go."""
        if self.is_current:
            self.dismiss(target)

    def _follow(self, typed: str) -> None:
        self._typed = typed
        if typed in self.targets:
            self._answer(self.targets[typed])
            return
        for label, widget in self._labels.items():
            widget.display = label.startswith(typed)


class _Label(Static):
    """The letters of one target."""

    ALLOW_SELECT = False

    def __init__(self, label: str) -> None:
        super().__init__(shown(label), classes="jump-label")
        self.label = label
