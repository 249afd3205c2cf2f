"""How do figures of a sheet become a chart on it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = ("1F4E79", "C07B2B", "1E6B3A", "7A4E9C")
CHART_ROWS = 17
_LEAST_CHARACTERS = 78
_USUAL_WIDTH = 9.0


@dataclass(frozen=True, slots=True)
class ChartRange:
    """Which cells a chart shows: labels in the first column, one of figures for each place in `columns` (from 1), their
    names in the row `head`, the figures in the rows from `first` to `last`."""

    columns: tuple[int, ...]
    head: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Where a chart stands: from the left edge of a sheet across some columns, from a row down. It is as wide as they
    are in whatever program draws it."""

    row: int
    columns: int

    @property
    def last_row(self) -> int:
        return self.row + CHART_ROWS - 1

    def anchor(self) -> TwoCellAnchor:
        """The cells of its corners, counted from nought."""
        return TwoCellAnchor(
            editAs="oneCell",
            _from=AnchorMarker(col=0, row=self.row - 1),
            to=AnchorMarker(col=self.columns, row=self.row + CHART_ROWS - 2),
        )


def columns_across(widths: Sequence[float]) -> int:
    """How many columns of a sheet a chart goes across: those that have widths, and as many more as let it be read."""
    return len(widths) + max(math.ceil((_LEAST_CHARACTERS - sum(widths)) / _USUAL_WIDTH), 0)


def add_columns_chart(worksheet: Worksheet, shown: ChartRange, title: str, place: ChartPlace) -> None:
    """Figures side by side as columns, such as income and expenses by month."""
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    _add(worksheet, chart, shown, title, place)


def add_line_chart(worksheet: Worksheet, shown: ChartRange, title: str, place: ChartPlace) -> None:
    """Figures over time as a line, such as net worth."""
    chart = LineChart()
    _add(worksheet, chart, shown, title, place)
    for series in chart.series:
        series.smooth = False
        series.graphicalProperties.line.width = 28_000


def _add(worksheet: Worksheet, chart: BarChart | LineChart, shown: ChartRange, title: str, place: ChartPlace) -> None:
    chart.title = title
    chart.anchor = place.anchor()  # type: ignore[assignment]  # the stubs know of single cells only
    for colour, column in zip(_COLOURS, shown.columns, strict=False):
        _add_series(worksheet, chart, shown, column, colour)
    chart.set_categories(Reference(worksheet, min_col=1, min_row=shown.first, max_row=shown.last))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "#,##0"
    chart.dLbls = DataLabelList(showVal=False, showSerName=False, showCatName=False, showLegendKey=False)
    chart.legend = Legend("b") if len(shown.columns) > 1 else None
    worksheet.add_chart(chart)


def _add_series(worksheet: Worksheet, chart: BarChart | LineChart, shown: ChartRange, column: int, colour: str) -> None:
    values = Reference(worksheet, min_col=column, min_row=shown.first, max_row=shown.last)
    series = Series(values)
    head = Reference(worksheet, min_col=column, min_row=shown.head, max_row=shown.head)
    series.tx = SeriesLabel(strRef=StrRef(str(head)))
    if isinstance(chart, BarChart):
        series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.solidFill = colour
    chart.series.append(series)


def charted(labels: Sequence[object], most: int = 40) -> bool:
    """Whether so many labels make a chart that can be read."""
    return 2 <= len(labels) <= most
