"""Which totals of a section can be live formulas, and over which cells?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui_ledger.export.cells import is_exact
from tui_ledger.money import Money
from tui_ledger.reports.report import Section

EXACT_SUM = 2**52
_MOST_RANGES = 200


class Footing:
    """The sums of one section whose rows stand on the sheet from `first_row` on, one beneath the other.

    A sum is live when every cell under it is a number and a spreadsheet's arithmetic keeps it exact to the currency's
    last digit; otherwise it is to be written as the text of its figure. A row is named by its place in the section,
    the total by None.
    """

    def __init__(self, section: Section, first_row: int) -> None:
        self.section = section
        self.first_row = first_row
        self._nests = any(len(ranges_of(self._summands(place))) > _MOST_RANGES for place in self._sums())

    def row(self, place: int) -> int:
        """The sheet's row of a place."""
        return self.first_row + place

    def is_live(self, place: int | None, column: int) -> bool:
        """Whether a sum can be a formula that gives the figure to the last digit.

        n numbers of the absolute sum S, added in doubles, are off by less than n·S·2⁻⁵³: half a unit at 2⁵² units.
        """
        leaves = [figure for leaf in self._leaves(place) if (figure := self.section.rows[leaf].figures[column])]
        if not all(map(is_exact, leaves)) or not is_exact(self._figure(place, column)):
            return False
        return len(leaves) * sum(abs(figure.units) for figure in leaves) < EXACT_SUM

    def formula(self, place: int | None, letter: str) -> str | None:
        """The formula of a sum in a column of the sheet, or None when there is nothing to add."""
        summands = self._summands(place)
        if not summands:
            return None
        if self._nests:
            first = 0 if place is None else place + 1
            return f"=SUBTOTAL(9,{cells_of(self.row(first), self.row(self._end(place) - 1), letter)})"
        return f"=SUM({','.join(cells_of(first, last, letter) for first, last in ranges_of(summands))})"

    def _sums(self) -> list[int | None]:
        return [None, *(place for place, row in enumerate(self.section.rows) if row.is_heading)]

    def _summands(self, place: int | None) -> list[int]:
        """The sheet's rows that add up to a heading or, for None, to the total."""
        places = self.section.top_rows() if place is None else self.section.rows_beneath(place)
        return [self.row(summand) for summand in places]

    def _leaves(self, place: int | None) -> Iterable[int]:
        start = 0 if place is None else place + 1
        return (leaf for leaf in range(start, self._end(place)) if not self.section.rows[leaf].is_heading)

    def _end(self, place: int | None) -> int:
        rows = self.section.rows
        if place is None:
            return len(rows)
        return next((end for end in range(place + 1, len(rows)) if rows[end].depth <= rows[place].depth), len(rows))

    def _figure(self, place: int | None, column: int) -> Money:
        figure = self.section.totals[column] if place is None else self.section.rows[place].figures[column]
        return figure if figure is not None else Money(0, self.section.totals[column].currency)


def ranges_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows in order as unbroken ranges: 7, 8, 9, 12 as (7, 9), (12, 12)."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def cells_of(first: int, last: int, letter: str) -> str:
    """Unbroken rows of a column as a formula names them."""
    return f"{letter}{first}:{letter}{last}" if first < last else f"{letter}{first}"
