"""What stands before and after a figure: its sign, its currency, Dr or Cr?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from babel import Locale

from tui_ledger.locale.numerals import Writer, without_marks

NO_BREAK_SPACE = "\u00a0"


class Frame(NamedTuple):
    """The texts before and after a figure's digits."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Frames:
    """The frame of an amount above, below and at zero."""

    positive: Frame
    negative: Frame
    zero: Frame

    def in_parentheses(self) -> Frames:
        """Below zero stands in parentheses, its currency with it."""
        return Frames(self.positive, Frame("(" + self.positive.before, self.positive.after + ")"), self.zero)

    def with_sides(self, above: str, below: str) -> Frames:
        """A word says on which side an amount stands; zero stands on none."""
        before, after = self.positive
        return Frames(Frame(before, f"{after} {above}"), Frame(before, f"{after} {below}"), self.zero)

    def padded(self) -> Frames:
        """The same with blanks after the shorter ones, so that in a right-aligned column digits stand under digits."""
        width = max(len(frame.after) for frame in (self.positive, self.negative, self.zero))
        positive, negative, zero = (
            Frame(frame.before, frame.after.ljust(width)) for frame in (self.positive, self.negative, self.zero)
        )
        return Frames(positive, negative, zero)

    def around(self, write: Writer) -> Writer:
        """A writer of whole minor units of either sign from one of those that are not negative."""
        (before, after), (negative_before, negative_after), (zero_before, zero_after) = (
            self.positive,
            self.negative,
            self.zero,
        )

        def write_framed(units: int) -> str:
            if units > 0:
                return f"{before}{write(units)}{after}"
            if units < 0:
                return f"{negative_before}{write(-units)}{negative_after}"
            return f"{zero_before}{write(0)}{zero_after}"

        return write_framed


def plain_frames() -> Frames:
    """No currency; a minus where the amount is below zero."""
    return _frames(Frame("", ""), Frame("-", ""))


def currency_frames(locale: Locale, symbol: str, position: str | None) -> Frames:
    """The symbol where the locale places it, or by hand 'before' or 'after', with the locale's own minus and blanks."""
    pattern = locale.currency_formats["standard"]
    positive, negative = (
        Frame(without_marks(pattern.prefix[sign]), without_marks(pattern.suffix[sign])) for sign in (0, 1)
    )
    if position is not None and (position == "before") != ("¤" in positive.before):
        positive, negative = _placed(position, blank="".join(positive).strip("¤"))
    return _frames(_with_symbol(positive, symbol), _with_symbol(negative, symbol))


def _frames(positive: Frame, negative: Frame) -> Frames:
    return Frames(positive, negative, positive)


def _placed(position: str, blank: str) -> tuple[Frame, Frame]:
    if position == "before":
        return Frame("¤" + blank, ""), Frame("-¤" + blank, "")
    return Frame("", blank + "¤"), Frame("-", blank + "¤")


def _with_symbol(frame: Frame, symbol: str) -> Frame:
    """The frame with its symbol, a letter or a stop never touching a digit (CLDR, currency spacing): 'CHF 1.00'."""
    before, after = frame
    if before.endswith("¤") and _needs_blank(symbol[-1]):
        before += NO_BREAK_SPACE
    if after.startswith("¤") and _needs_blank(symbol[0]):
        after = NO_BREAK_SPACE + after
    return Frame(before.replace("¤", symbol), after.replace("¤", symbol))


def _needs_blank(character: str) -> bool:
    return unicodedata.category(character)[0] not in "SZ"
