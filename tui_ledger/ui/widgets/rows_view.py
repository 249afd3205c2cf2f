"""How are a million rows drawn as if they were twenty? Only those on the screen are read, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_ledger.errors import LedgerError
from tui_ledger.text import clean
from tui_ledger.ui.widgets.columns import Column, clipped, fit_columns, padded
from tui_ledger.ui.widgets.header import HeadPlace, Sorting, head_place, head_texts
from tui_ledger.ui.widgets.windows import ListWindow, Pages, Window

Row = TypeVar("Row")

HEADER_LINES = 1
CURSOR_MARK, ROW_MARK, BOTH_MARKS = "▌", "●", "◉"
MENU_MARK = "≡"
FEW_COLUMNS = 4


class RowsView(ScrollView, Generic[Row]):
    """Rows of one line each below a head, over a window that is asked only for what is on the screen.

    `columns` say what a row shows, `key` names a row across refreshes, `tone` gives the style of a row ("total",
    "title", "muted" or None). `empty` is what stands there when there are no rows. Where rows can be marked,
    `mark_of` gives what is marked by a row's key.
    """

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

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Any],
        *,
        tone: Callable[[Row], str | None] | None = None,
        mark_of: Callable[[Any], Any] | None = None,
        empty: str = "",
        header: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._key = key
        self._tone = tone
        self._mark_of = mark_of
        self._header_lines = HEADER_LINES if header else 0
        self.empty = empty
        self.sorting: Sorting | None = None
        self.marked: dict[Any, Any] = {}
        self.chosen_widths: dict[str, int] = {}
        self.picked: int | None = None
        self.offers_menu = False
        self._pages: Pages[Row] = Pages(ListWindow([], key))
        self._widest = self._title_widths()
        self._widths: tuple[int, ...] = ()
        self._cells: LRUCache[int, tuple[str, ...]] = LRUCache(512)
        self._strips: LRUCache[tuple[int, str], Strip] = LRUCache(1024)
        self._drawn_styles: dict[str, Style] = {}
        self._measured: tuple[int, int, int] | None = None

    @property
    def row_count(self) -> int:
        return len(self._pages)

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        return self._columns

    @property
    def window(self) -> Window[Row]:
        """What the rows are read from."""
        return self._pages.window

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Other columns over the same rows."""
        self._columns = tuple(columns)
        self._widest = self._title_widths()
        self._forget_drawn()
        self.refresh()

    def show_sorting(self, sorting: Sorting | None) -> None:
        """Say in the head what the rows are sorted by."""
        if sorting != self.sorting:
            self.sorting = sorting
            self.picked = None
            self._widest = self._title_widths()
            self._forget_drawn(keep_cells=True)
            self.refresh()

    def choose_widths(self, widths: Mapping[str, int]) -> None:
        """Set the widths of columns, by their names; the others fit themselves."""
        self.chosen_widths = dict(widths)
        self._forget_drawn(keep_cells=True)
        self.refresh()

    @property
    def picked_column(self) -> int | None:
        """The place of the column whose width is changed by keys: the one picked, else the one that sorts, else the
        first; None where none is shown."""
        shown = [index for index, cells in enumerate(self._widths) if cells]
        if self.picked in shown:
            return self.picked
        by_sorting = self.sorting.column if self.sorting is not None else None
        sorting = [index for index in shown if by_sorting and self._columns[index].sorts == by_sorting]
        return next(iter(sorting or shown), None)

    def pick_column(self, index: int) -> None:
        """Say which column's width is changed; its title shows it."""
        self.picked = index
        self.refresh()

    def resize_column(self, index: int, cells: int) -> bool:
        """Set a column's width where the others find room beside it and no figure is clipped; say whether it was."""
        chosen = {**self.chosen_widths, self._columns[index].name: cells}
        width = self.scrollable_content_region.width
        widths = fit_columns(self._columns, self._widest, width - 2, self._gap, chosen)
        self.pick_column(index)
        if widths[index] != cells:
            return False
        self.choose_widths(chosen)
        # The next key may come before the next drawing.
        self._widths = widths
        return True

    def key_of(self, row: Row) -> Any:
        """What names a row across refreshes."""
        return self._key(row)

    def is_marked(self, key: Any) -> bool:
        """Whether the row of a key is marked."""
        return self._mark_of is not None and self._mark_of(key) in self.marked

    def texts_of(self, row: Row) -> tuple[str, ...]:
        """The cells of a row as they are shown."""
        return tuple(clean(column.cell(row)) for column in self._columns)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._drawn_styles.clear()

    def cannot_read(self, reason: str) -> None:
        """The book could not be read; the rows stay blank."""

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
        return [cell_len(text) for text in head_texts(self._columns, self.sorting)]

    def _head_place(self, x: int, y: int) -> HeadPlace | None:
        return head_place(self._widths, self._gap, x) if 0 <= y < self._header_lines else None

    def _is_menu_mark(self, x: int, y: int) -> bool:
        return self.offers_menu and 0 <= y < self._header_lines and x == self.scrollable_content_region.width - 1

    def _size_for_rows(self) -> None:
        """Tell how high all rows are. Nothing is laid out anew while they fit without a scrollbar, before and after."""
        height = self.scrollable_content_region.height
        size = Size(self.content_size.width, self.row_count + self._header_lines)
        if height and size.height <= height and self.virtual_size.height <= height:
            self.set_reactive(RowsView.virtual_size, size)
        else:
            self.virtual_size = size

    def _forget_drawn(self, keep_cells: bool = False) -> None:
        if not keep_cells:
            self._cells.clear()
        self._strips.clear()
        self._measured = None

    def _row_at(self, y: int) -> int | None:
        index = self.scroll_offset.y + y - self._header_lines
        return index if y >= self._header_lines and index < self.row_count else None

    def _row(self, index: int) -> Row | None:
        try:
            return self._pages.row(index)
        except LedgerError as refusal:
            self._pages = Pages(ListWindow([], self._key))
            self.cannot_read(str(refusal))
            return None

    def _texts(self, index: int) -> tuple[str, ...] | None:
        texts = self._cells.get(index)
        if texts is None:
            row = self._row(index)
            if row is None:
                return None
            texts = self._cells[index] = self.texts_of(row)
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
        widths = fit_columns(self._columns, widest, width - 2, self._gap, self.chosen_widths)
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
        texts = head_texts(self._columns, self.sorting)
        strip = self._strip(" ", texts, width, self._style("grid--header"), None)
        if self.picked is not None and self.picked == self.picked_column:
            start = 1 + sum(cells + self._gap for cells in self._widths[: self.picked] if cells)
            strip = _restyled(strip, start, start + self._widths[self.picked], Style(reverse=True))
        if self.offers_menu:
            last = self.scrollable_content_region.width - 1
            mark = Strip([Segment(MENU_MARK, self._style("grid--header"))], 1)
            strip = Strip.join([strip.crop(0, last), mark, strip.crop(last + 1, width)])
        return strip

    def _blank_strip(self, y: int, width: int) -> Strip:
        text = f" {self.empty}" if not self.row_count and y == self._header_lines else ""
        return Strip([Segment(padded(clipped(text, width), width), self._style("grid--muted"))], width)

    def _row_strip(self, index: int, style_name: str, width: int) -> Strip:
        texts = self._texts(index)
        style = self._style(style_name)
        if texts is None:
            return Strip([Segment(" " * width, style)], width)
        mark = self._mark(index, has_cursor=style_name == "grid--cursor")
        negative = None if style_name.startswith("grid--cursor") else self._style("grid--negative")
        return self._strip(mark, texts, width, style, negative)

    def _mark(self, index: int, *, has_cursor: bool) -> str:
        """What stands before a row: the cursor, that it is marked, both, or nothing."""
        row = self._row(index) if self.marked else None
        if row is not None and self.is_marked(self._key(row)):
            return BOTH_MARKS if has_cursor else ROW_MARK
        return CURSOR_MARK if has_cursor else " "

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


def _restyled(strip: Strip, start: int, stop: int, style: Style) -> Strip:
    """A line with some of its cells in another style."""
    return Strip.join([strip.crop(0, start), strip.crop(start, stop).apply_style(style), strip.crop(stop)])
