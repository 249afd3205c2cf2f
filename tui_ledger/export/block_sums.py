"""Which formula adds up the rows of a block, however many sheets they stand on, and is it exact?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tui_ledger.export.cells import EXACT_DIGITS
from tui_ledger.export.streamed_sheet import place_on
from tui_ledger.money import Money

EXACT_SUM = 2**52
_PIECE_ROWS = 1_000
# A formula holds 8,192 characters, and a range on another sheet takes up to sixty of them.
_MOST_PIECES = 120
_MOST_CONDITIONAL_PIECES = 50
_LARGEST = int(10**EXACT_DIGITS)


@dataclass(slots=True)
class Span:
    """Unbroken rows on one sheet."""

    sheet: str
    first: int
    last: int


@dataclass(slots=True)
class Tally:
    """What a column's figures of one currency add up to: units, and what an adding spreadsheet may lose of them."""

    units: int = 0
    absolute: int = 0
    largest: int = 0
    smallest: int = 0
    count: int = 0

    def add(self, units: int) -> None:
        self.units += units
        self.count += 1
        if units < 0:
            self.absolute -= units
            self.smallest = min(self.smallest, units)
        else:
            self.absolute += units
            self.largest = max(self.largest, units)

    @property
    def has_only_numbers(self) -> bool:
        """Whether every figure, and their sum, keeps all its digits in a spreadsheet."""
        return abs(self.units) < _LARGEST and self.smallest > -_LARGEST and self.largest < _LARGEST


@dataclass(slots=True)
class BlockSums:
    """The rows of a block as they are written, and a tally for each column and currency of theirs."""

    spans: list[Span] = field(default_factory=list)
    tallies: dict[tuple[int, str], Tally] = field(default_factory=dict)

    def add_row(self, sheet: str, row: int) -> None:
        """Counts a row in."""
        last = self.spans[-1] if self.spans else None
        if last is not None and last.sheet == sheet and last.last == row - 1:
            last.last = row
        else:
            self.spans.append(Span(sheet, row, row))

    def add_figure(self, column: int, money: Money) -> None:
        self.tally(column, money.currency).add(money.units)

    def tally(self, column: int, currency: str) -> Tally:
        """The tally of a column's figures in a currency."""
        known = self.tallies.get((column, currency))
        if known is None:
            known = self.tallies[column, currency] = Tally()
        return known

    def formula(self, column: int, letter: str, total: Money, home: str, named_in: str | None = None) -> str | None:
        """The formula, without '=', of the sum of a column's figures in the total's currency, or None where it has to
        be written instead: a spreadsheet would not give the figure to the last digit.

        It stands on the sheet `home`. `named_in` is the column of the sheet in which each row, and the total's own
        (its cell is 'I99'), has its currency; needed where the column's figures are of several.
        """
        tally = self.tallies.get((column, total.currency), Tally())
        others = any(place == column and currency != total.currency for place, currency in self.tallies)
        if tally.units != total.units or not tally.has_only_numbers or (others and named_in is None):
            return None
        if self._is_mistakable(column, total.currency):
            return None
        most = _MOST_CONDITIONAL_PIECES if others else _MOST_PIECES
        pieces = list(self._pieces(tally, most)) if len(self.spans) < most else []
        if not pieces:
            return None
        if others and named_in is not None:
            return self._conditional(letter, named_in, pieces, home)
        ranges = [_range(letter, piece, home) for piece in pieces]
        if len(pieces) == len(self.spans):
            return f"SUM({','.join(ranges)})"
        return f"SUM({','.join(f'SUM({one})' for one in ranges)})"

    def _is_mistakable(self, column: int, currency: str) -> bool:
        """Whether another currency of the column differs by the case of its letters only, which SUMIF does not see."""
        others = (other for place, other in self.tallies if place == column and other != currency)
        return any(other.casefold() == currency.casefold() for other in others)

    def _conditional(self, letter: str, named_in: str, pieces: Sequence[Span], home: str) -> str:
        kinds = named_in.rstrip("0123456789")
        parts = [f"SUMIF({_range(kinds, one, home)},{named_in},{_range(letter, one, home)})" for one in pieces]
        return parts[0] if len(parts) == 1 else f"SUM({','.join(parts)})"

    def _pieces(self, tally: Tally, most: int) -> Iterator[Span]:
        """The spans as they are; cut into pieces, `most` at the most, where one sum could lose a last digit.

        n numbers of the absolute sum S, added in doubles, are off by less than n·S·2⁻⁵³; sums of pieces of them by less
        than (rows of a piece + pieces)·S·2⁻⁵³.
        """
        rows = sum(span.last - span.first + 1 for span in self.spans)
        if tally.count * tally.absolute < EXACT_SUM:
            yield from self.spans
            return
        long = max(_PIECE_ROWS, -(-rows // (most - len(self.spans))))
        if (long + rows // long + len(self.spans)) * tally.absolute >= EXACT_SUM:
            return
        for span in self.spans:
            for first in range(span.first, span.last + 1, long):
                yield Span(span.sheet, first, min(first + long - 1, span.last))


def _range(letter: str, span: Span, home: str) -> str:
    cells = f"{letter}{span.first}:{letter}{span.last}" if span.first < span.last else f"{letter}{span.first}"
    return cells if span.sheet == home else place_on(span.sheet, cells)
