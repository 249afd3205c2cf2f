"""Where is the chart of a report drawn? Above its figures, as wide as they are, and nowhere where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content
from textual.widgets import Static

from tui_ledger.locale.formats import Formats
from tui_ledger.reports.report import Column, Report
from tui_ledger.text import clean
from tui_ledger.ui.report_chart import Bar, bars_of_statement, bars_of_statistics, chart_lines
from tui_ledger.ui.report_rows import column_title
from tui_ledger.ui.shown_report import OpenedTable


class ReportChart(Static):
    """Bars; `written` writes minor units of the report's currency, told whether they are below the line."""

    ALLOW_SELECT = False

    def __init__(self, written: Callable[[int, bool], str], *, id: str) -> None:
        super().__init__("", id=id)
        self._written = written
        self.bars: Sequence[Bar] = ()
        self.display = False

    def show(self, made: Report | OpenedTable | None, formats: Formats, *, is_wanted: bool) -> None:
        """Draw the chart of a report, where it has one and somebody wants to see it."""
        self.bars = _bars_of(made, formats)
        self.display = is_wanted and any(bar.above or bar.below for bar in self.bars)
        self.refresh()

    def render(self) -> Content:
        lines = chart_lines(self.bars, self.content_size.width, self.content_size.height, self._written)
        return Content("\n".join(lines))


def _bars_of(made: Report | OpenedTable | None, formats: Formats) -> list[Bar]:
    if isinstance(made, Report):
        return bars_of_statement(made, [_labels(column, formats) for column in made.columns])
    if made is None or made.table.name != "statistics":
        return []
    lines = made.lines.rows(0, len(made.lines))
    return bars_of_statistics(made.table, lines, lambda month: _month(date.fromisoformat(f"{month}-01"), formats))


def _labels(column: Column, formats: Formats) -> tuple[str, str]:
    """What is written beneath a bar: the month of its last day, or what the column is called."""
    last = column.last_day
    if last is None or column.is_named:
        return clean(column.label), clean(column.label)
    if column.date_from is not None and column.date_from.replace(day=1) != last.replace(day=1):
        return column_title(column, formats), f"{last.month:02}"
    return _month(last, formats)


def _month(day: date, formats: Formats) -> tuple[str, str]:
    return formats.month(day), f"{day.month:02}"
