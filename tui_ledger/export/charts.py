"""How do figures of a sheet become a chart on it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = ("1F4E79", "C07B2B", "1E6B3A", "7A4E9C")
_WIDTH_CM = 17
_HEIGHT_CM = 8


@dataclass(frozen=True, slots=True)
class ChartRange:
    """Which cells a chart shows: labels in the first column, one of figures for each place in `columns` (from 1), their
    names in the row `head`, the figures in the rows from `first` to `last`."""

    columns: tuple[int, ...]
    head: int
    first: int
    last: int


def add_columns_chart(worksheet: Worksheet, shown: ChartRange, title: str, cell: str) -> None:
    """Figures side by side as columns, such as income and expenses by month; its corner at a cell."""
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    _add(worksheet, chart, shown, title, cell)


def add_line_chart(worksheet: Worksheet, shown: ChartRange, title: str, cell: str) -> None:
    """Figures over time as a line, such as net worth; its corner at a cell."""
    chart = LineChart()
    _add(worksheet, chart, shown, title, cell)
    for series in chart.series:
        series.smooth = False
        series.graphicalProperties.line.width = 28_000


def _add(worksheet: Worksheet, chart: BarChart | LineChart, shown: ChartRange, title: str, cell: str) -> None:
    chart.title, chart.width, chart.height = title, _WIDTH_CM, _HEIGHT_CM
    for colour, column in zip(_COLOURS, shown.columns, strict=False):
        _add_series(worksheet, chart, shown, column, colour)
    chart.set_categories(Reference(worksheet, min_col=1, min_row=shown.first, max_row=shown.last))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "#,##0"
    chart.dLbls = DataLabelList(showVal=False, showSerName=False, showCatName=False, showLegendKey=False)
    chart.legend = Legend("b") if len(shown.columns) > 1 else None
    worksheet.add_chart(chart, cell)


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
