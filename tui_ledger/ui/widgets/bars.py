"""What stands at the edges of the screen? Where one is at the top; what is listed and what can be pressed below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui_ledger.text import clean
from tui_ledger.ui.keys import Key, Offered, Scope, key_of, keys_of, shown_key
from tui_ledger.ui.widgets.columns import clipped

ALWAYS_OFFERED = ("key-sheet", "quit")


class TopBar(Widget):
    """The screens with their digits, the current one marked, and the book's name."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"topbar--current", "topbar--quiet"}

    def __init__(self, current: str, book: str) -> None:
        super().__init__()
        self._current = current
        self._book = book

    def render(self) -> Content:
        current, quiet = self.get_visual_style("topbar--current"), self.get_visual_style("topbar--quiet")
        parts: list[Content] = []
        for digit, id in enumerate(SCREENS, 1):
            key = key_of(id)
            if key is not None:
                parts.append(Content.styled(f" {digit} {key.label} ", current if id == self._current else quiet))
        menu = key_of(MENU)
        if menu is not None:
            parts.append(Content.styled(_menu_text(menu), quiet))
        tabs = Content("").join(parts)
        book = clipped(clean(self._book), max(self.size.width - tabs.cell_length - 2, 1))
        gap = " " * max(self.size.width - tabs.cell_length - cell_len(book) - 1, 1)
        return Content.assemble(tabs, gap, (book, quiet))

    async def on_click(self, event: events.Click) -> None:
        right = 0
        for digit, id in enumerate(SCREENS, 1):
            key = key_of(id)
            right += len(f" {digit} {key.label} ") if key is not None else 0
            if event.x < right:
                await self.run_action(f"app.go('{id}')")
                return
        menu = key_of(MENU)
        if menu is not None and event.x < right + len(_menu_text(menu)):
            await self.run_action(f"app.{menu.action}")


SCREENS = ("accounts", "journal", "reports")
MENU = "book-menu"


def _menu_text(menu: Key) -> str:
    return f" {menu.shown} {menu.label} "


class StatusLine(Widget):
    """One line about what is listed: parts from the left, and figures at the right that are never clipped."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._left: tuple[str, ...] = ()
        self._right = ""

    @property
    def text(self) -> str:
        return " · ".join((*self._left, self._right))

    def show(self, left: Sequence[str], right: str) -> None:
        shown = (tuple(map(clean, left)), clean(right))
        if shown != (self._left, self._right):
            self._left, self._right = shown
            self.refresh()

    def render(self) -> Content:
        width = self.size.width - 2
        room = max(width - cell_len(self._right) - 2, 0)
        left = clipped(" · ".join(part for part in self._left if part), room)
        gap = " " * max(width - cell_len(left) - cell_len(self._right), 0)
        return Content(f" {left}{gap}{self._right} ")


Hints = Sequence[tuple[str, str]]


class KeyHints(Widget):
    """What some keys do, on one line; each can be clicked. Pairs of Textual's name of a key and a label."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"keyhints--key"}

    def __init__(self, hints: Hints = ()) -> None:
        super().__init__()
        self._hints = hints
        self._places: list[tuple[int, int, str]] = []

    def hints(self) -> Hints:
        """The hints to draw now."""
        return self._hints

    def render(self) -> Content:
        key_style = self.get_visual_style("keyhints--key")
        parts: list[Content] = [Content(" ")]
        x, self._places = 1, []
        for name, label in self.hints():
            parts += (Content.styled(shown_key(name), key_style), Content(f" {label}  " if label else " "))
            width = hint_width(name, label)
            self._places.append((x, x + width, name))
            x += width
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        for start, stop, name in self._places:
            if start <= event.x < stop:
                self.app.simulate_key(name)
                return


class KeyBar(KeyHints):
    """The keys that do something here and now, as many as there is room for."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def hints(self) -> Hints:
        return [(key.names[0], key.label) for key in fitting_keys(offered_keys(self.screen), self.size.width - 1)]

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()


def offered_keys(screen: Screen[object]) -> list[Key]:
    """The keys for the bar that work now, the ones that matter most first."""
    ids = {found.binding.id for found in screen.active_bindings.values() if found.enabled}
    typed_in = (Scope.FORM, "post" in ids), (Scope.FILTER, "leave-filter" in ids)
    in_fields = {scope for scope, is_typed_in in typed_in if is_typed_in}
    found = [
        key
        for scope in BAR_ORDER
        for key in keys_of(scope)
        if Offered.BAR in key.offered and (key.id in ids or (scope in in_fields and not key.action))
    ]
    return sorted(found, key=lambda key: key.id in LEAST_NEEDED)


BAR_ORDER = (
    Scope.FORM,
    Scope.FILTER,
    Scope.DIALOG,
    Scope.REPORTS,
    Scope.TRANSACTIONS,
    Scope.LISTED,
    Scope.ACCOUNTS,
    Scope.LIST,
    Scope.SCREEN,
    Scope.EVERYWHERE,
    Scope.DEPTH,
)
LEAST_NEEDED = ("less-depth", "more-depth", "sort", "copy-row")


def fitting_keys(keys: Sequence[Key], width: int) -> list[Key]:
    """As many keys as fit, the first ones first; how to see all keys and how to leave are always among them."""
    always = [key for key in keys if key.id in ALWAYS_OFFERED]
    room = width - sum(map(key_width, always))
    kept: list[Key] = []
    for key in keys:
        if key in always:
            continue
        if key_width(key) <= room:
            kept.append(key)
            room -= key_width(key)
    return kept + always


def key_width(key: Key) -> int:
    """The cells a key takes in the bar."""
    return hint_width(key.names[0], key.label)


def hint_width(name: str, label: str) -> int:
    """The cells a hint takes, with the blanks behind it."""
    return cell_len(shown_key(name)) + 1 + (cell_len(label) + 2 if label else 0)
