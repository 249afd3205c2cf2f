"""How are a million rows shown as if they were twenty? Only the rows on the screen are read, and drawn line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_ledger.errors import LedgerError
from tui_ledger.text import clean
from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.widgets.columns import Column, clipped, fit_columns, padded
from tui_ledger.ui.widgets.windows import ListWindow, Pages, Window

Row = TypeVar("Row")

HEADER_LINES = 1
CURSOR_MARK = "▌"
FEW_COLUMNS = 4


class Grid(ScrollView, Generic[Row], can_focus=True):
    """Rows of one line each with a cursor, over a window that is asked only for what is on the screen.

    `columns` say what a row shows, `key` names a row across refreshes, `tone` gives the style of a row ("total",
    "title", "muted" or None). `empty` is what stands there when there are no rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.LIST)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--header",
        "grid--cursor",
        "grid--cursor-resting",
        "grid--total",
        "grid--title",
        "grid--muted",
        "grid--negative",
    }

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

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
        """The row under the cursor is to be copied: its cells as shown, separated by tabs."""

        text: str

    @dataclass
    class Failed(Message):
        """The book could not be read; the rows stay blank."""

        reason: str

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Any],
        *,
        tone: Callable[[Row], str | None] | None = None,
        empty: str = "",
        header: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._key = key
        self._tone = tone
        self._header_lines = HEADER_LINES if header else 0
        self.empty = empty
        self._pages: Pages[Row] = Pages(ListWindow([], key))
        self._widest = self._title_widths()
        self._widths: tuple[int, ...] = ()
        self._cells: LRUCache[int, tuple[str, ...]] = LRUCache(512)
        self._strips: LRUCache[tuple[int, str], Strip] = LRUCache(1024)
        self._drawn_styles: dict[str, Style] = {}
        self._measured: tuple[int, int, int] | None = None
        self._has_focus_before_press = False

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None where there are no rows."""
        return self._row(self.cursor)

    @property
    def row_key(self) -> Any:
        """The key of the row under the cursor, or None."""
        row = self.row
        return None if row is None else self._key(row)

    @property
    def row_count(self) -> int:
        return len(self._pages)

    def show(self, window: Window[Row], key: Any = None, *, at_end: bool = False) -> None:
        """Draw another window: the cursor goes to `key` or to the end, else stays on its row, at the same height."""
        wanted = self.row_key if key is None and not at_end else key
        height_on_screen = self.cursor - self.scroll_offset.y
        self._pages = Pages(window)
        self._forget_drawn()
        self._size_for_rows()
        count = self.row_count
        index = count - 1 if at_end else 0 if wanted is None else window.index_of(wanted)
        self.set_reactive(Grid.cursor, max(min(index, count - 1), 0))
        if key is None and not at_end:
            self.scroll_to(y=self.cursor - height_on_screen, animate=False, force=True)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self))

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Other columns over the same rows."""
        self._columns = tuple(columns)
        self._widest = self._title_widths()
        self._forget_drawn()
        self.refresh()

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

    def action_copy_row(self) -> None:
        texts = self._texts(self.cursor)
        if texts:
            self.post_message(self.Copied(as_tsv(self._columns, texts)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._has_focus_before_press = self.has_focus

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or event.button != 1:
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

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._drawn_styles.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, straight from the rows.

        A grid has no border, padding or tint, so that Textual's style cache, which costs more than drawing the
        rows, is left out. Widths are settled before any line is drawn, from the rows on the screen alone.
        """
        if self._measure():
            self._strips.clear()
            self.call_later(self.refresh)
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        span = crop.column_span
        return strips if span == (0, self.region.width) else [strip.crop(*span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        width = self.region.width
        if y < self._header_lines:
            return self._header_strip(width)
        index = self.scroll_offset.y + y - self._header_lines
        if index >= self.row_count:
            return self._blank_strip(y, width)
        style_name = self._style_name(index)
        strip = self._strips.get((index, style_name))
        if strip is None:
            strip = self._row_strip(index, style_name, width)
            self._strips[(index, style_name)] = strip
        return strip

    @property
    def _rows_on_screen(self) -> int:
        return max(self.scrollable_content_region.height - self._header_lines, 1)

    @property
    def _gap(self) -> int:
        return 2 if self.size.width >= 70 or len(self._columns) <= FEW_COLUMNS else 1

    def _title_widths(self) -> list[int]:
        return [cell_len(column.title) for column in self._columns]

    def _size_for_rows(self) -> None:
        """Tell how high all rows are. Nothing is laid out anew while they fit without a scrollbar, before and after."""
        height = self.scrollable_content_region.height
        size = Size(self.content_size.width, self.row_count + self._header_lines)
        if height and size.height <= height and self.virtual_size.height <= height:
            self.set_reactive(Grid.virtual_size, size)
        else:
            self.virtual_size = size

    def _forget_drawn(self, keep_cells: bool = False) -> None:
        if not keep_cells:
            self._cells.clear()
        self._strips.clear()
        self._measured = None

    def _show_cursor(self) -> bool:
        """Scroll as little as needed for the cursor's row to be on the screen; say whether anything moved."""
        top, rows = self.scroll_offset.y, self._rows_on_screen
        wanted = max(min(max(top, self.cursor - rows + 1), self.cursor, self.row_count - rows), 0)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)
        return wanted != top

    def _row_at(self, y: int) -> int | None:
        index = self.scroll_offset.y + y - self._header_lines
        return index if y >= self._header_lines and index < self.row_count else None

    def _row(self, index: int) -> Row | None:
        try:
            return self._pages.row(index)
        except LedgerError as refusal:
            self._pages = Pages(ListWindow([], self._key))
            # Sent while the screen paints, it would count as the screen's own and never come up to the app.
            self.post_message(self.Failed(str(refusal)).set_sender(self))
            return None

    def _texts(self, index: int) -> tuple[str, ...] | None:
        texts = self._cells.get(index)
        if texts is None:
            row = self._row(index)
            if row is None:
                return None
            texts = tuple(clean(column.cell(row)) for column in self._columns)
            self._cells[index] = texts
        return texts

    def _measure(self) -> bool:
        """Take the rows on the screen into the widths; say whether any width changed."""
        start, rows, width = self.scroll_offset.y, self._rows_on_screen, self.scrollable_content_region.width
        if self._measured == (start, rows, width):
            return False
        self._measured = (start, rows, width)
        widest = self._widest
        for index in range(start, min(start + rows, self.row_count)):
            for place, text in enumerate(self._texts(index) or ()):
                if len(text) * 2 > widest[place] and (cells := cell_len(text)) > widest[place]:
                    widest[place] = cells
        widths = fit_columns(self._columns, widest, width - 2, self._gap)
        changed = widths != self._widths
        self._widths = widths
        return changed

    def _style_name(self, index: int) -> str:
        if index == self.cursor:
            return "grid--cursor" if self.has_focus else "grid--cursor-resting"
        row = self._row(index)
        tone = self._tone(row) if self._tone and row is not None else None
        return f"grid--{tone}" if tone else ""

    def _style(self, name: str) -> Style:
        style = self._drawn_styles.get(name)
        if style is None:
            style = self._drawn_styles[name] = self.get_component_rich_style(name) if name else self.rich_style
        return style

    def _header_strip(self, width: int) -> Strip:
        texts = tuple(column.title for column in self._columns)
        return self._strip(" ", texts, width, self._style("grid--header"), None)

    def _blank_strip(self, y: int, width: int) -> Strip:
        text = f" {self.empty}" if not self.row_count and y == self._header_lines else ""
        return Strip([Segment(padded(clipped(text, width), width), self._style("grid--muted"))], width)

    def _row_strip(self, index: int, style_name: str, width: int) -> Strip:
        texts = self._texts(index)
        style = self._style(style_name)
        if texts is None:
            return Strip([Segment(" " * width, style)], width)
        mark = CURSOR_MARK if style_name == "grid--cursor" else " "
        negative = None if style_name.startswith("grid--cursor") else self._style("grid--negative")
        return self._strip(mark, texts, width, style, negative)

    def _strip(self, mark: str, texts: tuple[str, ...], width: int, style: Style, negative: Style | None) -> Strip:
        """One line in as few pieces as its styles allow: every piece costs time on its way to the terminal."""
        gap = " " * self._gap
        segments: list[Segment] = []
        written, used = mark, 1
        for column, text, cells in zip(self._columns, texts, self._widths, strict=False):
            if not cells:
                continue
            if used > 1:
                written, used = written + gap, used + len(gap)
            cell = column.fitted(text, cells)
            used += cells
            if negative is not None and column.marks_negative and text.lstrip().startswith(("-", "(")):
                segments += (Segment(written, style), Segment(cell, style + negative))
                written = ""
            else:
                written += cell
        segments.append(Segment(written + " " * (width - used), style))
        return Strip(segments, max(width, used)).crop(0, width) if used > width else Strip(segments, width)


def as_tsv(columns: Sequence[Column[Row]], texts: Sequence[str]) -> str:
    """Cells separated by tabs, for pasting into a spreadsheet; text that would be a formula there gets a quote."""
    return "\t".join(
        text.strip() if column.right else _no_formula(text.strip()) for column, text in zip(columns, texts, strict=True)
    )


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
