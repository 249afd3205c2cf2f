"""How is a report walked through? A list whose names stay in place while its columns move sideways."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui_ledger.text import clean
from tui_ledger.ui.report_rows import ReportLine
from tui_ledger.ui.widgets.columns import clipped, padded
from tui_ledger.ui.widgets.grid import LEFT, Grid, Row
from tui_ledger.ui.widgets.header import Sorting

BEFORE, BEHIND = "‹", "›"


class ReportGrid(Grid[ReportLine]):
    """The lines of a report. `orders` are what its rows can be sorted by, `turns` whether the other way round, too;
    `more_before` says how many columns lie to the left of those it was given, `beyond` how many to the right."""

    orders: tuple[str, ...] = ()
    turns = False
    moves_sideways = False
    more_before = 0
    beyond = 0

    @dataclass
    class SideWanted(Message):
        """Columns to the left (-1) or to the right (1) are to be shown."""

        grid: ReportGrid
        step: int

        @property
        def control(self) -> ReportGrid:
            return self.grid

    @property
    def more_behind(self) -> int:
        """How many columns at the right had to be left out."""
        return self._widths.count(0) + self.beyond if self.moves_sideways else 0

    def action_sort_next(self) -> None:
        if self.sorting is not None and self.orders:
            now = self.orders.index(self.sorting.column) if self.sorting.column in self.orders else -1
            self.post_message(self.SortWanted(self, Sorting(self.orders[(now + 1) % len(self.orders)])))

    def action_copy_row(self) -> None:
        line = self.row
        if line is not None and line.is_title:
            self.post_message(self.Copied(clean(line.label).strip()))
        else:
            super().action_copy_row()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "sort_turned":
            return self.turns and self.sorting is not None
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and event.button == LEFT and 0 <= offset.y < self._header_lines and self._marks():
            start = self._places_of_marks()
            if start <= offset.x <= self._widths[0]:
                event.stop()
                event.prevent_default()
                is_before = self.more_before and (not self.more_behind or offset.x < start + len(self._before()))
                self.post_message(self.SideWanted(self, -1 if is_before else 1))
                return
        if offset is not None:
            super().on_click(event)
            event.prevent_default()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        event.stop()
        self.post_message(self.SideWanted(self, 1))

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        event.stop()
        self.post_message(self.SideWanted(self, -1))

    def _before(self) -> str:
        return f"{BEFORE}{self.more_before} " if self.more_before else ""

    def _marks(self) -> str:
        """How many columns lie to the left and to the right; '' for none."""
        behind = f"{self.more_behind}{BEHIND}" if self.more_behind else ""
        return (self._before() + behind).rstrip()

    def _places_of_marks(self) -> int:
        """The cell at which that is written: it ends where the names do, which stay in place."""
        marks = len(self._marks())
        return 1 + self._widths[0] - marks if marks and self._widths else self.size.width

    def _header_strip(self, width: int) -> Strip:
        strip, marks, place = super()._header_strip(width), self._marks(), self._places_of_marks()
        if not marks:
            return strip
        drawn = Strip([Segment(marks, self._style("grid--header") + Style(bold=True))], len(marks))
        return Strip.join([strip.crop(0, place), drawn, strip.crop(place + len(marks))])

    def _row_strip(self, index: int, style_name: str, width: int) -> Strip:
        line = self._row(index)
        if line is None or not line.is_title:
            return super()._row_strip(index, style_name, width)
        text = self._mark(index, has_cursor=style_name == "grid--cursor") + clean(line.label)
        return Strip([Segment(padded(clipped(text, width), width), self._style(style_name))], width)


class ChoiceList(Grid[Row]):
    """A short list from which one click chooses."""

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        index = None if offset is None or event.button != LEFT else self._row_at(offset.y)
        if index is None:
            super().on_click(event)
        else:
            self.move_to(index)
            self.action_open()
        event.stop()
        event.prevent_default()
