"""How do rows stand in a terminal? Columns padded by cells, figures never clipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_ledger.cli.session import terminal_width
from tui_ledger.export.widths import cell_width, clip, to_left, to_right
from tui_ledger.text import clean

_GAP = 2
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `right` for figures, `stretch` for the one that gives way when the terminal is narrow."""

    title: str
    right: bool = False
    stretch: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int | None = None) -> list[str]:
    """Lines with a head, a rule and the rows; the stretching columns are clipped to the width, no other."""
    shown = [[clean(cell) for cell in row] for row in rows]
    widths = [
        max([cell_width(column.title), *(cell_width(row[place]) for row in shown)])
        for place, column in enumerate(columns)
    ]
    _fit(columns, widths, terminal_width() if width is None else width)
    head = _line(columns, widths, [column.title for column in columns])
    rule = (" " * _GAP).join("─" * one for one in widths).rstrip()
    return [head, rule, *(_line(columns, widths, row) for row in shown)]


def _fit(columns: Sequence[Column], widths: list[int], room: int) -> None:
    """Takes what is missing from the widest stretching column, cell by cell."""
    excess = sum(widths) + _GAP * (len(widths) - 1) - room
    places = [place for place, column in enumerate(columns) if column.stretch]
    while excess > 0 and places:
        widest = max(places, key=lambda place: widths[place])
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1
        excess -= 1


def _line(columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str]) -> str:
    parts = [
        to_right(cell, width) if column.right else to_left(clip(cell, width), width)
        for column, width, cell in zip(columns, widths, cells, strict=True)
    ]
    return (" " * _GAP).join(parts).rstrip()
