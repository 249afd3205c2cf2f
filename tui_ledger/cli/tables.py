"""How do rows stand in a terminal? Columns padded by cells, figures never clipped; in a pipe nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tui_ledger.account_names import told_apart
from tui_ledger.cli.session import table_width
from tui_ledger.text import clean
from tui_ledger.widths import cell_width, clip, lines_of, to_left, to_right
from tui_ledger.words import Word, _

_GAP = 2
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `right` for figures, `stretch` for the one that gives way when the terminal is narrow; `accounts` says
    that it does so by its names' first segments, no two of which get to look the same, `shorten` in what other way. A
    title that is a word of the program is looked up when the table is made."""

    title: str
    right: bool = False
    stretch: bool = False
    accounts: bool = False
    shorten: Callable[[str, int], str] = clip

    def shown(self, cells: Iterable[str], width: int) -> dict[str, str]:
        """How cells that are too wide are written."""
        long_ones = [cell for cell in cells if cell_width(cell) > width]
        if self.right:
            return {}
        return (
            told_apart(cells, width)
            if self.accounts and long_ones
            else {cell: self.shorten(cell, width) for cell in long_ones}
        )


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int | None = None) -> list[str]:
    """Lines with a head, a rule and the rows; the stretching columns are clipped to the width, no other: where figures
    still do not fit they stand on further lines. Without figures a line may be wider, so that a path stays whole."""
    titles = [_(column.title) if isinstance(column.title, Word) else column.title for column in columns]
    cleaned = _cleaned(rows)
    grid = _Grid.of(columns, cleaned, width, titles)
    return [*grid.lines(titles), *grid.rules(), *(line for row in cleaned for line in grid.lines(row))]


def bare_table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int | None = None, indent: int = 0
) -> list[str]:
    """The rows of such a table without a head, for a place so many cells from the left."""
    cleaned, room = _cleaned(rows), table_width() if width is None else width
    grid = _Grid.of(columns, cleaned, None if room is None else room - indent)
    return [line for row in cleaned for line in grid.lines(row)]


def named_lines(rows: Sequence[tuple[str, str]], gap: int = 1) -> list[str]:
    """A line for each name and value, the values beneath each other."""
    width = max((cell_width(name) for name, _value in rows), default=0)
    return [f"{to_left(name, width)}{' ' * gap}{value}" for name, value in rows]


@dataclass(frozen=True, slots=True)
class _Grid:
    """How wide columns are, and which of them, by their places, stand on which line of a row."""

    columns: Sequence[Column]
    widths: Sequence[int]
    places: Sequence[Sequence[int]]
    room: int
    shown: Sequence[Mapping[str, str]]

    @classmethod
    def of(
        cls,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        width: int | None,
        titles: Sequence[str] | None = None,
    ) -> _Grid:
        every = rows if titles is None else [titles, *rows]
        widths = [max((cell_width(row[place]) for row in every), default=0) for place in range(len(columns))]
        whole = sum(widths) + _GAP * (len(widths) - 1)
        room = (table_width() or whole) if width is None else width
        _fit(columns, widths, room)
        shown = [column.shown([row[place] for row in rows], widths[place]) for place, column in enumerate(columns)]
        widths = [max([width, *map(cell_width, forms.values())]) for width, forms in zip(widths, shown, strict=True)]
        has_figures = any(column.right for column in columns)
        lines = lines_of(widths, _GAP, room) if has_figures else [range(len(columns))]
        return cls(columns, widths, lines, room, shown)

    def lines(self, cells: Sequence[str]) -> list[str]:
        """A row: on its first line, and on those further ones that are not empty."""
        drawn = [self._line(places, cells) for places in self.places]
        return [line for number, line in enumerate(drawn) if number == 0 or line]

    def rules(self) -> list[str]:
        """A rule beneath each line of a head that says something."""
        return self.lines(["─" * width for width in self.widths])

    def _line(self, places: Sequence[int], cells: Sequence[str]) -> str:
        parts = [
            to_right(cells[place], self.widths[place])
            if self.columns[place].right
            else to_left(self._fitted(cells[place], place), self.widths[place])
            for place in places
        ]
        line = (" " * _GAP).join(parts)
        is_beneath = places != self.places[0]
        return (to_right(line, self.room) if is_beneath else line).rstrip()

    def _fitted(self, cell: str, place: int) -> str:
        return clip(self.shown[place].get(cell, cell), self.widths[place])


def _cleaned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[clean(cell) for cell in row] for row in rows]


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
