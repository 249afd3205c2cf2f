"""Which formula gives a sum in a statement that is one list, and over which of its rows?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_ledger.export.cells import is_exact
from tui_ledger.export.footing import EXACT_SUM, cells_of, ranges_of
from tui_ledger.money import Money
from tui_ledger.reports.drawn import Drawing, Term
from tui_ledger.reports.report import Row, Total

_MOST_RANGES = 200
_MOST_SUMS = 3


class ListSums:
    """The sums between and the result of a drawing; `first_rows` are the sheet's rows on which its parts begin."""

    def __init__(self, drawing: Drawing, first_rows: Sequence[int], letter: Callable[[int], str]) -> None:
        self._drawing = drawing
        self._first_rows = first_rows
        self._letter = letter

    def is_exact(self, total: Total, column: int) -> bool:
        """Whether all that it is the sum of are numbers, and a spreadsheet adds them to the last digit."""
        figures = [figure for term in self._drawing.terms[total.name] for figure in self._leaves(term, column)]
        if not all(map(is_exact, figures)):
            return False
        return len(figures) * sum(abs(figure.units) for figure in figures) < EXACT_SUM

    def formula(self, total: Total, column: int) -> str | None:
        """The formula of a total, or None where it is none of its rows or not the figure that the report has."""
        terms = self._drawing.terms[total.name]
        units = sum(term.sign * figure.units for term in terms if (figure := self._row(term).figures[column]))
        if not terms or units != total.figures[column].units:
            return None
        letter = self._letter(column)
        sums = [(sign, one) for sign in (1, -1) for one in self._sums(terms, sign, letter)]
        if len(sums) > _MOST_SUMS:
            return None
        return "=" + "".join(f"{'+' if sign > 0 else '-'}{one}" for sign, one in sums).removeprefix("+")

    def _sums(self, terms: Sequence[Term], sign: int, letter: str) -> list[str]:
        rows = sorted(self._first_rows[term.part] + term.place for term in terms if term.sign == sign)
        ranges = [cells_of(first, last, letter) for first, last in ranges_of(rows)]
        pieces = [ranges[start : start + _MOST_RANGES] for start in range(0, len(ranges), _MOST_RANGES)]
        return [f"SUM({','.join(piece)})" for piece in pieces]

    def _leaves(self, term: Term, column: int) -> list[Money]:
        rows = self._drawing.parts[term.part].section.rows
        first = rows[term.place]
        end = term.place + 1
        while end < len(rows) and rows[end].depth > first.depth:
            end += 1
        leaves = (row.figures[column] for row in rows[term.place : end] if not row.is_heading)
        return [figure for figure in leaves if figure is not None]

    def _row(self, term: Term) -> Row:
        return self._drawing.parts[term.part].section.rows[term.place]
