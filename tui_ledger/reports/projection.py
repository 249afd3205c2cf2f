"""What is a report that lists with fewer columns, or in another order? The same lines, with the columns chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidOptions
from tui_ledger.money import Money
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.table import Block, Cell, CellKind, Line, LineKind, Table
from tui_ledger.words import Said

if TYPE_CHECKING:
    from tui_ledger.reports.paged import PagedTable, PlacedLine

_FIGURES = (CellKind.MONEY, CellKind.COUNT)
_TEXTS = (CellKind.TEXT, CellKind.ACCOUNT, CellKind.CODE)


def with_columns(table: Table, chosen: str | None) -> Table:
    """A table with the columns named, in that order; `chosen` has their names with commas between them, None for all.

    What a line that is no row is called goes to a column of texts that is there; such a line is left out where none of
    its figures is. Raises InvalidOptions.
    """
    if chosen is None:
        return table
    projection = _Projection.of(table, chosen)
    return replace(
        table,
        columns=tuple(table.columns[place] for place in projection.places),
        read=lambda: projection.blocks(table),
        paged=lambda: projection.paged(table),
    )


def column_names(table: Table, chosen: str) -> tuple[str, ...]:
    """The names of columns in a text, checked; raises InvalidOptions, which names those there are."""
    names = tuple(name.strip().casefold() for name in chosen.split(","))
    known = [column.name for column in table.columns]
    for place, name in enumerate(names):
        if name not in known:
            raise InvalidOptions(
                reason=Said(
                    "{name} has no column {name_2!r}, but {names}.",
                    name=table.name,
                    name_2=name,
                    names=", ".join(known),
                )
            )
        if name in names[:place]:
            raise InvalidOptions(
                reason=Said("The column {name} is named twice: each stands in a list once.", name=name)
            )
    return names


@dataclass(frozen=True, slots=True)
class _Projection:
    """Which places of a table's columns are shown, and which of them, in the order of the result, take labels."""

    places: tuple[int, ...]
    figures: tuple[int, ...]
    texts: tuple[int, ...]
    was_text: tuple[int, ...]

    @classmethod
    def of(cls, table: Table, chosen: str) -> _Projection:
        kinds = [column.kind for column in table.columns]
        places = tuple(table.place(name) for name in column_names(table, chosen))
        texts = sorted(
            (at for at, place in enumerate(places) if kinds[place] in _TEXTS),
            key=lambda at: (_TEXTS.index(kinds[places[at]]), at),
        )
        figures = tuple(at for at, place in enumerate(places) if kinds[place] in _FIGURES)
        was_text = tuple(place for place, kind in enumerate(kinds) if kind in _TEXTS)
        return cls(places, figures, tuple(texts), was_text)

    def blocks(self, table: Table) -> Iterator[Block]:
        with table.reading() as blocks:
            for block in blocks:
                yield replace(block, lines=self._lines(block))

    def paged(self, table: Table) -> PagedTable:
        """Line by line, none left out, so that places stay."""
        from tui_ledger.reports.paged import ReadTable

        return _ChosenColumns(ReadTable(table) if table.paged is None else table.paged(), self)

    def line(self, line: Line) -> Line:
        cells = [line.cells[place] for place in self.places]
        if line.kind is LineKind.ROW:
            return replace(line, cells=tuple(cells), named=line.named or _name(line.cells[0]))
        label = next((line.cells[place] for place in self.was_text if line.cells[place]), None)
        if label is not None and label not in cells:
            at = next((at for at in self.texts if cells[at] is None), None)
            if at is not None:
                cells[at] = label
        return replace(line, cells=tuple(cells))

    def _lines(self, block: Block) -> Iterator[Line]:
        for line in block.lines:
            chosen = self.line(line)
            if line.kind is LineKind.ROW or any(chosen.cells[at] is not None for at in self.figures):
                yield chosen


class _ChosenColumns:
    """A paged table whose lines have the columns chosen; keys, places and sums are those of the whole."""

    def __init__(self, lines: PagedTable, projection: _Projection) -> None:
        self._lines = lines
        self._projection = projection

    def __len__(self) -> int:
        return len(self._lines)

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        return [
            placed if placed.line is None else replace(placed, line=self._projection.line(placed.line))
            for placed in self._lines.rows(start, stop)
        ]

    def index_of(self, key: Any, /) -> int:
        return self._lines.index_of(key)

    def find_sums(self) -> None:
        self._lines.find_sums()

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._lines.sums

    @property
    def checks(self) -> LineChecks:
        return self._lines.checks


def _name(cell: Cell) -> str | None:
    return None if cell is None else str(cell)
