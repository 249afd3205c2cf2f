"""How is a list walked through, marked, sorted and opened? The keys and the mouse of rows that stand by the million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.header import HeadPlace, Sorting, next_sorting
from tui_ledger.ui.widgets.rows_view import RowsView
from tui_ledger.ui.widgets.windows import Pages, Window

Row = TypeVar("Row")

LEAST_CELLS = 3
LEFT, RIGHT = 1, 3


class Grid(RowsView[Row], can_focus=True):
    """Rows with a cursor; what is done with them is said in messages."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.LIST)]

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or the rows were read again."""

        grid: Grid[Any]

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class Opened(Message):
        """The row under the cursor is to be opened: Enter, or a second click."""

        grid: Grid[Any]

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class Copied(Message):
        """Rows are to be copied: their cells as shown, separated by tabs."""

        text: str
        rows: int = 1

    @dataclass
    class CopyWanted(Message):
        """The marked rows are to be copied, some of which may not be listed now."""

        grid: Grid[Any]

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class MarksChanged(Message):
        """Rows were marked or unmarked; with `all_wanted` every row listed is to be."""

        grid: Grid[Any]
        all_wanted: bool = False

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class SortWanted(Message):
        """The rows are to be sorted."""

        grid: Grid[Any]
        sorting: Sorting

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class MenuWanted(Message):
        """What can be done with the row under the cursor is to be shown: a right click, the mark in the head, a key."""

        grid: Grid[Any]

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class WidthsChosen(Message):
        """Somebody set the width of a column."""

        grid: Grid[Any]

        @property
        def control(self) -> Grid[Any]:
            return self.grid

    @dataclass
    class Failed(Message):
        """The book could not be read; the rows stay blank."""

        reason: str

    _dragged: HeadPlace | None = None
    _has_focus_before_press = False

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None where there are no rows."""
        return self._row(self.cursor)

    @property
    def row_key(self) -> Any:
        """The key of the row under the cursor, or None."""
        row = self.row
        return None if row is None else self._key(row)

    def show(self, window: Window[Row], key: Any = None, *, at_end: bool = False, place: int | None = None) -> None:
        """Draw another window: the cursor goes to `key` or to the end, else stays on its row, at the same height.

        `place` is where that row stands, where somebody has looked already.
        """
        wanted = self.row_key if key is None and not at_end else key
        height_on_screen = self.cursor - self.scroll_offset.y
        self._pages = Pages(window)
        self._forget_drawn()
        self._size_for_rows()
        count = self.row_count
        if place is not None:
            index = place
        else:
            index = count - 1 if at_end else 0 if wanted is None else window.index_of(wanted)
        self.set_reactive(RowsView.cursor, max(min(index, count - 1), 0))
        if key is None and not at_end:
            self.scroll_to(y=self.cursor - height_on_screen, animate=False, force=True)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self))

    def read_again(self) -> None:
        """Draw the same rows anew, where something in them has changed but neither their number nor their order."""
        self._pages = Pages(self._pages.window, count=len(self._pages))
        self._forget_drawn()
        self.refresh()
        self.post_message(self.Highlighted(self))

    def mark_keys(self, keys: Iterable[Any]) -> None:
        """Mark the rows of some keys, and no others."""
        if self._mark_of is not None:
            self.marked = {self._mark_of(key): key for key in keys}
            self._strips.clear()
            self.refresh()
            self.post_message(self.MarksChanged(self))

    def go_to(self, key: Any) -> None:
        """Put the cursor on the row with a key, or on the one that follows where it would be."""
        self.move_to(self._pages.window.index_of(key))

    def move_to(self, index: int) -> None:
        self.cursor = index

    def validate_cursor(self, cursor: int) -> int:
        return max(min(cursor, self.row_count - 1), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        if old == new:
            return
        scrolled = self._show_cursor()
        if not scrolled:
            self.refresh_lines(old + self._header_lines)
            self.refresh_lines(new + self._header_lines)
        self.post_message(self.Highlighted(self))

    def action_row_up(self) -> None:
        self.move_to(self.cursor - 1)

    def action_row_down(self) -> None:
        self.move_to(self.cursor + 1)

    def action_page_up(self) -> None:
        self.move_to(self.cursor - self._rows_on_screen)

    def action_page_down(self) -> None:
        self.move_to(self.cursor + self._rows_on_screen)

    def action_first_row(self) -> None:
        self.move_to(0)

    def action_last_row(self) -> None:
        self.move_to(self.row_count - 1)

    def action_open(self) -> None:
        if self.row is not None:
            self.post_message(self.Opened(self))

    def action_mark_row(self) -> None:
        """Mark the row, or take its mark away, and go on to the next."""
        key = self.row_key
        if key is None or self._mark_of is None:
            return
        mark = self._mark_of(key)
        if mark in self.marked:
            del self.marked[mark]
        else:
            self.marked[mark] = key
        self._strips.clear()
        self.refresh_lines(self.cursor - self.scroll_offset.y + self._header_lines)
        self.post_message(self.MarksChanged(self))
        self.move_to(self.cursor + 1)

    def action_mark_all(self) -> None:
        """Mark all that is listed; where something is marked, nothing."""
        if self.marked:
            self.mark_keys(())
        else:
            self.post_message(self.MarksChanged(self, all_wanted=True))

    def action_sort_next(self) -> None:
        sorting = next_sorting(self._columns, self.sorting)
        if sorting is not None:
            self.post_message(self.SortWanted(self, sorting))

    def action_sort_turned(self) -> None:
        if self.sorting is not None:
            self.post_message(self.SortWanted(self, self.sorting.after_choosing(self.sorting.column)))

    def action_row_menu(self) -> None:
        self.post_message(self.MenuWanted(self))

    def action_pick_column(self) -> None:
        """The next column that is shown is the one whose width is changed."""
        shown = [index for index, cells in enumerate(self._widths) if cells]
        picked = self.picked_column
        later = [index for index in shown if picked is not None and index > picked]
        self.pick_column((later or shown)[0])

    def action_narrow_column(self) -> None:
        self._resize_column(-1)

    def action_widen_column(self) -> None:
        self._resize_column(1)

    def action_fit_columns(self) -> None:
        self.picked = None
        self.choose_widths({})
        self.post_message(self.WidthsChosen(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("mark_row", "mark_all"):
            return self._mark_of is not None
        if action in ("sort_next", "sort_turned"):
            return self.sorting is not None
        if action == "fit_columns":
            return bool(self.chosen_widths)
        if action == "row_menu":
            return self.offers_menu
        if action in ("pick_column", "narrow_column", "widen_column"):
            return self._header_lines > 0 and any(self._widths)
        return super().check_action(action, parameters)

    def action_copy_row(self) -> None:
        if self.marked:
            self.post_message(self.CopyWanted(self))
            return
        texts = self._texts(self.cursor)
        if texts:
            self.post_message(self.Copied(as_tsv(self._columns, texts)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._has_focus_before_press = self.has_focus
        place = self._head_place(event.x, event.y)
        if self._is_menu_mark(event.x, event.y):
            return
        if place is not None and place.is_border and event.button == 1:
            self._dragged = place
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged is not None:
            most = max(self.size.width - self._dragged.start - LEAST_CELLS, LEAST_CELLS)
            cells = max(min(event.x - self._dragged.start, most), LEAST_CELLS)
            self.choose_widths({**self.chosen_widths, self._columns[self._dragged.index].name: cells})

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()
            self.post_message(self.WidthsChosen(self))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or event.button not in (LEFT, RIGHT):
            return
        if event.button == RIGHT or self._is_menu_mark(offset.x, offset.y):
            self._menu_clicked(offset.y)
            event.stop()
            return
        place = self._head_place(offset.x, offset.y)
        if place is not None:
            event.stop()
            self._head_clicked(place, event.chain)
            return
        index = self._row_at(offset.y)
        if index is None:
            return
        event.stop()
        if index == self.cursor and (self._has_focus_before_press or event.chain > 1):
            self.action_open()
        else:
            self.move_to(index)

    def on_resize(self) -> None:
        self._size_for_rows()
        self._forget_drawn(keep_cells=True)
        self._show_cursor()

    def _menu_clicked(self, y: int) -> None:
        """The menu of the row at a line; in the head, and below the last row, that of the row under the cursor."""
        index = self._row_at(y)
        if index is not None:
            self.move_to(index)
        if self.offers_menu:
            self.focus()
            # The cursor's row is told of first: what the menu offers depends on it.
            self.call_later(self.action_row_menu)

    def _resize_column(self, cells: int) -> None:
        """Change the width of the column that was picked, or else sorts, as far as there is room."""
        index = self.picked_column
        if index is not None and self.resize_column(index, max(self._widths[index] + cells, LEAST_CELLS)):
            self.post_message(self.WidthsChosen(self))

    def _head_clicked(self, place: HeadPlace, times: int) -> None:
        """A title sorts; a border that is clicked twice fits its column to what was seen in it."""
        column = self._columns[place.index]
        if place.is_border and times > 1:
            self.choose_widths({**self.chosen_widths, column.name: self._widest[place.index]})
            self.post_message(self.WidthsChosen(self))
        elif not place.is_border and self.sorting is not None and column.sorts:
            self.post_message(self.SortWanted(self, self.sorting.after_choosing(column.sorts)))

    def _show_cursor(self) -> bool:
        """Scroll as little as needed for the cursor's row to be on the screen; say whether anything moved."""
        top, rows = self.scroll_offset.y, self._rows_on_screen
        wanted = max(min(max(top, self.cursor - rows + 1), self.cursor, self.row_count - rows), 0)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)
        return wanted != top

    def cannot_read(self, reason: str) -> None:
        # Sent while the screen paints, it would count as the screen's own and never come up to the app.
        self.post_message(self.Failed(reason).set_sender(self))


def as_tsv(columns: Sequence[Column[Row]], texts: Sequence[str]) -> str:
    """Cells separated by tabs, for pasting into a spreadsheet; text that would be a formula there gets a quote."""
    return "\t".join(
        text.strip() if column.right else _no_formula(text.strip()) for column, text in zip(columns, texts, strict=True)
    )


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
