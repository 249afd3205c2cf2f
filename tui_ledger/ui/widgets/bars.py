"""What stands at the edges of the screen? Where one is at the top; what is listed and what can be pressed below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.screen import Screen

from tui_ledger.text import clean
from tui_ledger.ui.key_signs import shown_key, typed_character
from tui_ledger.ui.keys import Key, Offered, Scope, key_of, keys_of
from tui_ledger.ui.shown import component_style
from tui_ledger.ui.widgets.columns import clipped, short_account
from tui_ledger.ui.widgets.places import Place, PlacesWidget
from tui_ledger.words import Word, _

ALWAYS_OFFERED = ("key-sheet", "quit")


class TopBar(PlacesWidget):
    """The screens with their digits, the current one marked, the menu of the book, the palette, and the book's name."""

    COMPONENT_CLASSES = {"topbar--current", "topbar--quiet"}

    def __init__(self, current: str, book: str) -> None:
        super().__init__()
        self._current = current
        self._book = book

    def render(self) -> Content:
        current, quiet = component_style(self, "topbar--current"), self.get_visual_style("topbar--quiet")
        tabs = Content("").join(
            Content.styled(text, current if key.id == self._current else quiet) for key, text in self._tabs()
        )
        book = clipped(clean(self._book), max(self.size.width - tabs.cell_length - 2, 1))
        gap = " " * max(self.size.width - tabs.cell_length - cell_len(book) - 1, 1)
        return Content.assemble(tabs, gap, (book, quiet))

    def places(self) -> list[Place]:
        found, x = [], 0
        for key, text in self._tabs():
            found.append(Place(Region(x, 0, cell_len(text), 1), f"app.{key.action}"))
            x += cell_len(text)
        return found

    def _tabs(self) -> list[tuple[Key, str]]:
        """What can be clicked, and how it is written."""
        for has_screens, has_menus in ((True, True), (True, False)):
            tabs = self._written(has_screens, has_menus)
            if sum(cell_len(text) for _key, text in tabs) < self.size.width:
                return tabs
        return self._written(False, False)

    def _written(self, has_screens: bool, has_menus: bool) -> list[tuple[Key, str]]:
        """Screens and menus by key, and by name as far as there is room for names; the current screen always."""
        screens = [(key, key.shortest, has_screens or id == self._current) for id in SCREENS if (key := key_of(id))]
        menus = [(key, key.shown, has_menus) for id in MENUS if (key := key_of(id))]
        return [(key, f" {sign} {key.named} " if has_name else f" {sign} ") for key, sign, has_name in screens + menus]


SCREENS = ("accounts", "journal", "reports", "parties")
MENUS = ("book-menu", "palette")


class StatusPart(str):
    """A part of the status line that does something when it is clicked: `action` is Textual's, of the screen.

    An offer tells nothing, and stands there only as long as there is room for all.
    """

    __slots__ = ("action", "is_offer")

    action: str
    is_offer: bool

    def __new__(cls, text: str, action: str, *, is_offer: bool = False) -> Self:
        part = super().__new__(cls, clean(text))
        part.action, part.is_offer = action, is_offer
        return part


class AccountPart(str):
    """A part that is an account's name: it gives way from its beginning where there is no room for all."""

    __slots__ = ()

    def __new__(cls, name: str) -> Self:
        return super().__new__(cls, clean(name))


class CountPart(str):
    """A part that counts what is listed: it is left out where there is no room for all."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, clean(text))


class WatchedPart(str):
    """A balance that somebody chose to see always: it is whole, or left out where there is no room for it."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        return super().__new__(cls, clean(text))


def fitting_parts(parts: Sequence[str], room: int) -> tuple[str, ...]:
    """What stands in so many cells: offers go first, then the last of the balances that are watched, one after the
    other, then accounts lose segments, then counts go, then accounts.

    What is left, the book, the period, the filter, stays whole; the line ends where it does not fit.
    """
    if _joined_width(parts) <= room:
        return tuple(parts)
    told = [part for part in parts if not (isinstance(part, StatusPart) and part.is_offer)]
    watched = [part for part in told if isinstance(part, WatchedPart)]
    while watched and _joined_width(told) > room:
        told.remove(watched.pop())
    uncounted = [part for part in told if not isinstance(part, CountPart)]
    for tried in (told, uncounted):
        shown = _with_short_accounts(tried, room)
        if _joined_width(shown) <= room:
            return tuple(shown)
    return tuple(part for part in uncounted if not isinstance(part, AccountPart))


def _with_short_accounts(parts: Sequence[str], room: int) -> list[str]:
    """Accounts in the cells that the others leave, but never less than the beginning of their last segment."""
    others = [part for part in parts if not isinstance(part, AccountPart)]
    left = room - _joined_width(others) - cell_len(BETWEEN)
    return [short_account(part, max(left, LEAST_ACCOUNT)) if isinstance(part, AccountPart) else part for part in parts]


def _joined_width(parts: Sequence[str]) -> int:
    return cell_len(BETWEEN.join(parts))


class StatusLine(PlacesWidget):
    """One line about what is listed: parts from the left, and figures at the right that are never clipped."""

    def __init__(self) -> None:
        super().__init__()
        self._left: tuple[str, ...] = ()
        self._right = ""
        self._watched: tuple[WatchedPart, ...] = ()

    @property
    def text(self) -> str:
        return " · ".join((*self._left, *self._watched, self._right))

    def show_watched(self, balances: Sequence[str]) -> None:
        """Show these balances behind what is said, as many as there is room for."""
        watched = tuple(map(WatchedPart, balances))
        if watched != self._watched:
            self._watched = watched
            self.refresh()

    def show(self, left: Sequence[str], right: str) -> None:
        kept = (StatusPart, AccountPart, CountPart)
        parts = tuple(part if isinstance(part, kept) else clean(part) for part in left if part)
        shown = (parts, clean(right))
        if shown != (self._left, self._right):
            self._left, self._right = shown
            self.refresh()

    def render(self) -> Content:
        left = clipped(BETWEEN.join(self._shown()), self._room)
        gap = " " * max(self.size.width - 2 - cell_len(left) - cell_len(self._right), 0)
        return Content(f" {left}{gap}{self._right} ")

    def places(self) -> list[Place]:
        found, x = [], 1
        for part in self._shown():
            cells = min(cell_len(part), self._room + 1 - x)
            if isinstance(part, StatusPart) and cells > 0:
                found.append(Place(Region(x, 0, cells, 1), f"screen.{part.action}"))
            x += cell_len(part) + cell_len(BETWEEN)
        return found

    @property
    def _room(self) -> int:
        return max(self.size.width - 2 - cell_len(self._right) - 2, 0)

    def _shown(self) -> tuple[str, ...]:
        return fitting_parts((*self._left, *self._watched), self._room)


BETWEEN = " · "
LEAST_ACCOUNT = 7

Hints = Sequence[tuple[str, str]]


class KeyHints(PlacesWidget):
    """What some keys do, on as many lines as that takes; each can be clicked. Pairs of the id of a key, or Textual's
    name of one that is not in the table, and a label; one without a label belongs to the next."""

    COMPONENT_CLASSES = {"keyhints--key"}

    def __init__(self, hints: Hints = ()) -> None:
        super().__init__()
        self._hints = hints

    def hints(self) -> Hints:
        """The hints to draw now."""
        return hints_in_force(self._hints)

    def show(self, hints: Hints) -> None:
        """Other hints, where what the keys do has changed."""
        if tuple(hints) != tuple(self._hints):
            self._hints = hints
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(hint_lines(self.hints(), width))

    def render(self) -> Content:
        style = self.get_visual_style("keyhints--key")
        lines: list[Content] = []
        for line in hint_lines(self.hints(), self.size.width):
            parts = [Content(" ")]
            for name, label in line:
                parts += (Content.styled(shown_key(name), style), Content(f" {label}  " if label else " "))
            lines.append(Content("").join(parts))
        return Content("\n").join(lines)

    def places(self) -> list[Place]:
        found: list[Place] = []
        for y, line in enumerate(hint_lines(self.hints(), self.size.width)):
            x = 1
            for name, label in line:
                width = hint_width(name, label)
                found.append(Place(Region(x, y, width, 1), f"app.simulate_key('{name}')"))
                x += width
        return found


class KeyBar(KeyHints):
    """The keys that do something here and now, as many as there is room for."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def hints(self) -> Hints:
        return [(key.names[0], key.named) for key in fitting_keys(offered_keys(self.screen), self.size.width - 1)]

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()


def offered_keys(screen: Screen[object]) -> list[Key]:
    """The keys for the bar that work now, the ones that matter most first."""
    ids = {found.binding.id for found in screen.active_bindings.values() if found.enabled}
    typed_in = (Scope.FORM, "post" in ids), (Scope.FILTER, "leave-filter" in ids), (Scope.WORDS, "leave-words" in ids)
    in_fields = {scope for scope, is_typed_in in typed_in if is_typed_in}
    found = [
        key
        for scope in BAR_ORDER
        for key in keys_of(scope)
        if Offered.BAR in key.offered and (key.id in ids or (scope in in_fields and not key.action))
        if key.names and not _is_typed(screen, key.names[0])
    ]
    return sorted(found, key=lambda key: key.id in LEAST_NEEDED)


def _is_typed(screen: Screen[object], name: str) -> bool:
    """Whether what has the focus takes a key as text."""
    focused, character = screen.focused, typed_character(name)
    return focused is not None and character != "" and focused.check_consume_key(name, character)


BAR_ORDER = (
    Scope.FORM,
    Scope.FILTER,
    Scope.WORDS,
    Scope.DIALOG,
    Scope.REPORTS,
    Scope.PARTIES,
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
    return hint_width(key.names[0], key.named)


def hint_width(name: str, label: str) -> int:
    """The cells a hint takes, with the blanks behind it."""
    return cell_len(shown_key(name)) + 1 + (cell_len(label) + 2 if label else 0)


def hints_in_force(hints: Hints) -> Hints:
    """Hints with the names of the keys in force in the place of ids, in the language spoken; a label that was looked up
    stays, and what has no key is left out."""
    found: list[tuple[str, str]] = []
    for id, label in hints:
        key = key_of(id)
        if key is None or key.names:
            found.append((id if key is None else key.names[0], _(label) if isinstance(label, Word) else label))
    return found


def hint_lines(hints: Hints, width: int) -> list[Hints]:
    """Hints by lines of a width, one blank before each; keys that share a label stay together."""
    lines: list[list[tuple[str, str]]] = [[]]
    together: list[tuple[str, str]] = []
    for hint in hints:
        together.append(hint)
        if hint[1]:
            taken = sum(hint_width(*one) for one in lines[-1])
            if lines[-1] and 1 + taken + _written_width(together) > width:
                lines.append([])
            lines[-1] += together
            together = []
    lines[-1] += together
    return list(lines)


def _written_width(hints: Hints) -> int:
    """The cells of some hints without the blanks behind the last."""
    return sum(hint_width(*hint) for hint in hints) - 2
