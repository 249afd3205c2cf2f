"""What may the text being typed mean? A short list beside the field; the field keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui_ledger.text import clean
from tui_ledger.ui.keys import Scope, field_key
from tui_ledger.ui.widgets.columns import clipped, padded

ROWS_SHOWN = 8
_STEPS = {"completion-down": 1, "completion-up": -1}


@dataclass(frozen=True, slots=True)
class Completion:
    """One line of the list: what it says, what stands at its right, and what taking it means."""

    text: str
    detail: str
    value: Any


def completion_step(pressed: str) -> int:
    """+1 for the key that marks the next completion, -1 for the one before, 0 for any other."""
    return _STEPS.get(field_key(Scope.COMPLETION, pressed) or "", 0)


def takes_completion(pressed: str) -> bool:
    """Whether a key takes the completion that is marked."""
    return field_key(Scope.COMPLETION, pressed) == "take-completion"


class Completions(Widget):
    """The list of completions, drawn over the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"completions--marked", "completions--detail"}
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """A completion was clicked."""

        completion: Completion

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Completion, ...] = ()
        self._marked = 0
        self._was_chosen = False
        self._beside: tuple[Region, int | None] = (Region(), None)
        self._field: Widget | None = None
        self.display = False

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._follow_field)

    @property
    def is_open(self) -> bool:
        return bool(self._items)

    @property
    def marked(self) -> Completion | None:
        """The completion that Enter would take."""
        return self._items[self._marked] if self._items else None

    @property
    def was_chosen(self) -> bool:
        """Whether the mark was moved by hand: what is marked is then what is meant."""
        return self._was_chosen

    @property
    def items(self) -> tuple[Completion, ...]:
        return self._items

    def open_at(self, field: Region, items: Sequence[Completion], above: int | None = None) -> None:
        """Show a list below a field's region of the screen, the first item marked; an empty list closes it.

        With `above`, the list ends above that line of the screen where there is room for it.
        """
        self._items = tuple(items[:ROWS_SHOWN])
        self._marked = 0
        self._was_chosen = False
        self.display = bool(self._items)
        if not self._items:
            return
        focused = self.screen.focused
        self._field = focused if focused is not None and focused.region == field else None
        self._place(field, above)

    def _place(self, field: Region, above: int | None) -> None:
        self._beside = (field, above)
        screen = self.screen.size
        height = len(self._items)
        width = min(max(field.width, self._widest(), 24), screen.width)
        y = field.bottom if field.bottom + height <= screen.height else max(field.y - height, 0)
        if above is not None and above >= height:
            y = above - height
        self.styles.width, self.styles.height = width, height
        self.absolute_offset = Offset(max(min(field.x, screen.width - width), 0), y)
        self.refresh(layout=True)

    def close(self) -> None:
        self._items = ()
        self.display = False

    def mark(self, step: int) -> None:
        """Mark the next (+1) or the previous (-1) item, around the ends."""
        if self._items:
            self._marked = (self._marked + step) % len(self._items)
            self._was_chosen = True
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if 0 <= event.y < len(self._items):
            self.post_message(self.Picked(self._items[event.y]))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._items):
            return Strip.blank(width, self.rich_style)
        item, is_marked = self._items[y], y == self._marked
        style = self.get_component_rich_style("completions--marked") if is_marked else self.rich_style
        detail = clean(item.detail)
        room = max(width - 2 - (cell_len(detail) + 2 if detail else 0), 4)
        text = padded(clipped(clean(item.text), room), room)
        quiet = style if is_marked else style + self.get_component_rich_style("completions--detail", partial=True)
        mark = "›" if is_marked else " "
        return Strip(
            [Segment(mark + text, style), Segment(f"  {detail} " if detail else " ", quiet)]
        ).adjust_cell_length(width, style)

    def _follow_field(self, _screen: Screen[object]) -> None:
        """The list goes along where the field moves: the window has another size, or the form another height."""
        before, above = self._beside
        if self._field is None or not self.is_open or self._field.region in (before, Region()):
            return
        now = self._field.region
        self._place(now, None if above is None else above + now.y - before.y)

    def _widest(self) -> int:
        return max(cell_len(clean(item.text)) + cell_len(item.detail) + 5 for item in self._items)
