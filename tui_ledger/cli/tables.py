"""How do rows stand in a terminal? Columns padded by cells, figures never clipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_ledger.cli.session import terminal_width
from tui_ledger.text import clean
from tui_ledger.widths import cell_width, clip, lines_of, to_left, to_right
from tui_ledger.words import Word, _

_GAP = 2
_LEAST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `right` for figures, `stretch` for the one that gives way when the terminal is narrow. A title that is
    a word of the program is looked up when the table is made."""

    title: str
    right: bool = False
    stretch: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int | None = None) -> list[str]:
    """Lines with a head, a rule and the rows; the stretching columns are clipped to the width, no other: where figures
    still do not fit they stand on further lines. Without figures a line may be wider, so that a path stays whole."""
    titles = [_(column.title) if isinstance(column.title, Word) else column.title for column in columns]
    grid = _Grid.of(columns, [titles, *_cleaned(rows)], width)
    return [*grid.lines(titles), *grid.rules(), *(line for row in _cleaned(rows) for line in grid.lines(row))]


def bare_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int | None = None) -> list[str]:
    """The rows of such a table without a head."""
    grid = _Grid.of(columns, _cleaned(rows), width)
    return [line for row in _cleaned(rows) for line in grid.lines(row)]


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

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> _Grid:
        room = terminal_width() if width is None else width
        widths = [max((cell_width(row[place]) for row in rows), default=0) for place in range(len(columns))]
        _fit(columns, widths, room)
        has_figures = any(column.right for column in columns)
        return cls(columns, widths, lines_of(widths, _GAP, room) if has_figures else [range(len(columns))], room)

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
            else to_left(clip(cells[place], self.widths[place]), self.widths[place])
            for place in places
        ]
        line = (" " * _GAP).join(parts)
        is_beneath = places != self.places[0]
        return (to_right(line, self.room) if is_beneath else line).rstrip()


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
