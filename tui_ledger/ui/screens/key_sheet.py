"""Which keys are there? The key sheet, and the help on what has the focus, which is a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui_ledger.ui.help import Topic, topic_for
from tui_ledger.ui.keys import Scope, bindings, keys_of, with_keys
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.ui.widgets.columns import padded
from tui_ledger.words import _, pgettext

KEY_CELLS = 14


def help_on(focused: Widget | None) -> KeySheet:
    """The key sheet with what is worth knowing about what has the focus."""
    nodes = [] if focused is None else focused.ancestors_with_self
    return KeySheet(topic_for(name for node in nodes for name in (node.id or "", *sorted(node.classes)) if name))


class KeySheet(ModalScreen[None]):
    """Every key by where it works, with a few sentences before them where a topic is given."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DIALOG)]

    def __init__(self, topic: Topic | None = None) -> None:
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        topic = self._topic
        with Vertical(classes="box"):
            yield Static(shown(_(topic.title) if topic else _keys_title()), classes="title")
            with VerticalScroll(id="sheet"):
                if topic is not None:
                    yield Static(shown(with_keys(_(topic.text))), classes="topic")
                for scope in topic.scopes if topic else Scope:
                    yield Static(shown(_(scope.value)), classes="scope")
                    yield Static(_lines(scope), classes="keys")
            yield KeyHints((("up", ""), ("down", _("Scroll")), ("cancel", pgettext("dialog", "Close"))))

    def action_confirm(self) -> None:
        self.dismiss(None)

    def action_cancel(self) -> None:
        self.dismiss(None)


def _keys_title() -> str:
    return f"{_('Keys')}   {_('^ is ctrl')}"


def _lines(scope: Scope) -> Content:
    return Content("\n").join(_sheet_lines(scope))


def _sheet_lines(scope: Scope) -> Iterable[Content]:
    for key in keys_of(scope):
        if key.names:
            yield Content.assemble((padded(key.shown_all, KEY_CELLS), "bold"), "  ", key.told)
