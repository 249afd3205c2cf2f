"""How do figures over time look as bars of block characters? Above the line or below it: signs need no colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui_ledger.reports.paged import PlacedLine
from tui_ledger.reports.report import Report, Total
from tui_ledger.reports.table import LineKind, Table
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.widgets.columns import clipped, padded
from tui_ledger.words import _

UPWARDS, DOWNWARDS, AXIS = " ▁▂▃▄▅▆▇█", " ▀█", "─"
WIDEST_BAR = 10

TOTALS = {"net-worth": "net-worth", "income-statement": "result", "cash-flow": "closing-cash"}
"""Which total of a statement its chart shows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above the line and below it, both without sign; the label is also there in short."""

    label: str
    short: str
    above: int
    below: int = 0


def bars_of_statement(report: Report, labels: Sequence[tuple[str, str]]) -> list[Bar]:
    """The bars of a statement over several days or ranges, what is below zero below the line; none where it has no
    chart; differences are no bars. `labels` are long and short, one a column."""
    total = charted_total(report)
    if total is None or len(report.columns) < 2:
        return []
    units = [figure.units for figure in total.figures]
    return [
        Bar(long, short, max(one, 0), max(-one, 0))
        for (long, short), one, column in zip(labels, units, report.columns, strict=True)
        if column.of is None
    ]


def charted_total(report: Report | None) -> Total | None:
    """The total that the chart of a statement shows; None where it has none."""
    totals = () if report is None else report.totals
    return next((one for one in totals if report is not None and one.name == TOTALS.get(report.name)), None)


def no_chart_in_words(report: Report | None) -> str:
    """Why nothing is drawn above a statement, or above a list, for which None stands."""
    if charted_total(report) is not None:
        said = _("A single column makes no chart: {key} offers columns by month.")
        return said.format(key=pressed("report-options"))
    return _("This report has no chart: statistics by month and net worth have one.")


def bars_of_statistics(table: Table, lines: Sequence[PlacedLine], label: Callable[[str], tuple[str, str]]) -> list[Bar]:
    """Debits above the line and credits below it, month by month, in the currency that stands first; what is the same
    on both sides throughout stands above alone. None for any other table. `label` gives the long and the short name of
    a month, '2026-07'."""
    if [column.name for column in table.columns[:3]] != ["month", "debit", "credit"]:
        return []
    first = [one.line for one in lines if one.line is not None and one.block.currency == lines[0].block.currency]
    months = [line.cells for line in first if line.kind is LineKind.ROW]
    is_even = all(_units(cells[1]) == _units(cells[2]) for cells in months)
    return [Bar(*label(str(cells[0])), _units(cells[1]), 0 if is_even else _units(cells[2])) for cells in months]


def chart_lines(bars: Sequence[Bar], width: int, height: int, written: Callable[[int, bool], str]) -> list[str]:
    """Bars in `height` lines of `width` cells: the largest figures at the left, where they end, the labels in the last
    line, and a line between what is above and what is below where there is both.

    Where there is no room for all, the latest are drawn. `written` writes minor units without sign, told whether they
    are below the line.
    """
    most, least = max((bar.above for bar in bars), default=0), max((bar.below for bar in bars), default=0)
    above, below = _rows_of_sides(most, least, height - 1)
    if not most + least or (most and not above) or (least and not below):
        return []
    top, bottom = written(most, False) if most else "", written(least, True) if least else ""
    margin = max(len(top), len(bottom)) + 1
    step = max(min((width - margin) // len(bars), WIDEST_BAR), 1)
    shown = bars[-max((width - margin) // step, 1) :]
    thick = max(step - 1, 1)
    of_row = max(-(-most // max(above, 1)), -(-least // max(below, 1)))
    upper = [[UPWARDS[_filled(bar.above, of_row, 8, above - 1 - row)] for bar in shown] for row in range(above)]
    lower = [[DOWNWARDS[_filled(bar.below, of_row, 2, row)] for bar in shown] for row in range(below)]
    drawn = ["".join(padded(cell * thick, step) for cell in cells) for cells in [*upper, *lower]]
    if above and below:
        drawn.insert(above, AXIS * (step * len(shown) - step + thick))
    scale = [""] * len(drawn)
    if most:
        scale[above - -(-most // of_row)] = top
    if least:
        scale[len(drawn) - below - 1 - (-least // of_row)] = bottom
    lines = [f"{text.rjust(margin - 1)} {row}" for text, row in zip(scale, drawn, strict=True)]
    return [padded(line, width) for line in (*lines, " " * margin + _labels(shown, step))]


def _rows_of_sides(most: int, least: int, rows: int) -> tuple[int, int]:
    """How many rows each side gets, a side that has anything one at least; between both stands a line."""
    if not most or not least:
        return (rows, 0) if most else (0, rows)
    above = max(min((rows - 1) * most // (most + least), rows - 2), 1)
    return above, rows - 1 - above


def _filled(units: int, of_row: int, parts: int, row: int) -> int:
    """How many parts of a row, counted from the line, a bar fills, where a whole one stands for `of_row`; what is there
    at all is seen."""
    whole = max(units * parts // of_row, 1) if units else 0
    return max(min(whole - row * parts, parts), 0)


def _labels(bars: Sequence[Bar], step: int) -> str:
    """Each bar's label beneath it, else its short one, else that of every second or third bar, as there is room."""
    if all(len(bar.label) < step for bar in bars):
        return "".join(padded(bar.label, step) for bar in bars)
    every = next((count for count in (1, 2, 3, 4, 6, 12) if step * count > len(bars[0].short)), 12)
    texts = [padded(clipped(bar.short, step * every - 1), step * every) for bar in bars[::every]]
    return clipped("".join(texts), step * len(bars))


def _units(cell: object) -> int:
    return int(getattr(cell, "units", 0))
