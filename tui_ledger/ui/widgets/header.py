"""What does the head of a list say, and what lies under the pointer there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tui_ledger.ui.widgets.columns import Column, title_of

RISING, FALLING = "▲", "▼"
FIRST_CELL = 1


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a list is sorted by, as its columns call it, and whether the greatest comes first."""

    column: str
    falling: bool = False

    def after_choosing(self, column: str) -> Sorting:
        """What it becomes when a column is chosen: the same one again turns round."""
        return Sorting(column, column == self.column and not self.falling)


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """A column by its place, the first cell it has, and whether its border is meant rather than its title."""

    index: int
    start: int
    is_border: bool


def head_texts(columns: Sequence[Column[Any]], sorting: Sorting | None) -> tuple[str, ...]:
    """The titles; the column that sorts says in which direction."""
    return tuple(
        title_of(column) + (FALLING if sorting.falling else RISING)
        if sorting is not None and column.sorts == sorting.column
        else title_of(column)
        for column in columns
    )


def head_place(widths: Sequence[int], gap: int, x: int) -> HeadPlace | None:
    """What lies at a cell of the head; the blanks behind a column are its border."""
    start = FIRST_CELL
    for index, width in enumerate(widths):
        if not width:
            continue
        if start <= x < start + width + gap:
            return HeadPlace(index, start, x >= start + width)
        start += width + gap
    return None


def next_sorting(columns: Sequence[Column[Any]], sorting: Sorting | None) -> Sorting | None:
    """The next column to sort by, rising; None where none sorts."""
    names = list(dict.fromkeys(column.sorts for column in columns if column.sorts))
    if not names:
        return None
    place = names.index(sorting.column) + 1 if sorting is not None and sorting.column in names else 0
    return Sorting(names[place % len(names)])
