"""Which number do written figures mean? Decimal marks and digit groups, as hledger decides them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.ledger.journal import PRICE_DIGITS
from tui_ledger.words import Said

TRILLIONTH_DIGITS = 12
_WHOLE_DIGITS = 18
_LARGEST_EXPONENT = 30

_PLAIN = re.compile(r"([0-9]*)(?:([.,])([0-9]*))?")
_GROUPED = re.compile(r"([0-9]+([ .,\u00a0\u2009\u202f])[0-9]+(?:\2[0-9]+)*)(?:([.,])([0-9]*))?")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a commodity's amounts are written: the decimal mark and the mark between digit groups, where known."""

    decimal_mark: str | None
    group_mark: str | None = None

    def is_decimal(self, mark: str) -> bool:
        """Whether a lone mark is the decimal mark."""
        if self.decimal_mark is not None:
            return mark == self.decimal_mark
        return mark != self.group_mark


class Figure(NamedTuple):
    """A number in trillionths; `guessed` when a lone separator before three digits was taken for a decimal mark."""

    trillionths: int
    guessed: bool


class PriceFigure(NamedTuple):
    """The number of a price, with the decimals it was written with; `guessed` as in `Figure`."""

    number: Decimal
    guessed: bool


def read_figure(text: str, exponent: str | None, style: NumberStyle | None) -> Figure:
    """The number of unsigned figures such as '1,450.00', '1 450,00' or '.5'; raises LineRefused.

    A separator that stands alone is the decimal mark, unless the style says otherwise (hledger's rule).
    """
    whole, decimals, guessed = _digits(text, exponent, style)
    return Figure(_trillionths(text, whole, decimals), guessed)


def read_price_figure(text: str, exponent: str | None, style: NumberStyle | None) -> PriceFigure:
    """The number of the unsigned figures of a price, which may have many more digits; raises LineRefused."""
    whole, decimals, guessed = _digits(text, exponent, style)
    whole = whole.lstrip("0")
    kept = decimals if len(decimals) <= PRICE_DIGITS else decimals.rstrip("0")
    if max(len(whole), len(kept)) > PRICE_DIGITS:
        raise LineRefused(
            Said(
                "{text} has more digits than a price can have ({digits} on each side of the decimal "
                "mark): round it first",
                text=quoted(text),
                digits=PRICE_DIGITS,
            )
        )
    return PriceFigure(Decimal(f"{whole or '0'}.{kept}"), guessed)


def style_of(text: str) -> NumberStyle:
    """The style a sample number shows; raises LineRefused."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return NumberStyle(plain[2])
    _, _, mark, _ = _parts(text, None)
    return NumberStyle(mark, text[re.match("[0-9]+", text).end()])  # type: ignore[union-attr]


def plain_number(trillionths: int, digits: int = 0) -> str:
    """A number with a point, no grouping and at least so many digits; for sentences."""
    whole, part = divmod(abs(trillionths), 10**TRILLIONTH_DIGITS)
    decimals = f"{part:0{TRILLIONTH_DIGITS}d}".rstrip("0").ljust(digits, "0")
    sign = "-" if trillionths < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def decimals_needed(trillionths: int) -> int:
    """How many decimals a number has, trailing zeros dropped."""
    part = abs(trillionths) % 10**TRILLIONTH_DIGITS
    return len(f"{part:0{TRILLIONTH_DIGITS}d}".rstrip("0")) if part else 0


def _digits(text: str, exponent: str | None, style: NumberStyle | None) -> tuple[str, str, bool]:
    """Whole digits, decimals, and whether a lone separator before three digits was taken for the decimal mark."""
    whole, decimals, mark, grouped = _parts(text, style)
    guessed = style is None and mark is not None and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    if exponent is None:
        return whole, decimals, guessed and not grouped
    if grouped:
        raise LineRefused(Said("{text} has digit groups and an exponent: write the number out", text=quoted(text)))
    return *_shifted(text, whole, decimals, exponent), False


def _parts(text: str, style: NumberStyle | None) -> tuple[str, str, str | None, bool]:
    """Whole digits, decimals, decimal mark, and whether digits are grouped."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None and (plain[1] or plain[3]):
        whole, mark, decimals = plain[1], plain[2], plain[3] or ""
        if not whole and mark == ",":
            raise LineRefused(Said("{text} begins with a comma: write a zero before it", text=quoted(text)))
        if mark is not None and whole and decimals and style is not None and not style.is_decimal(mark):
            return whole + decimals, "", None, True
        return whole, decimals, mark, False
    grouped = _GROUPED.fullmatch(text)
    if grouped is None or grouped[3] == grouped[2]:
        raise LineRefused(Said("{text} is no number: its separators contradict each other", text=quoted(text)))
    return grouped[1].replace(grouped[2], ""), grouped[4] or "", grouped[3], True


def _shifted(text: str, whole: str, decimals: str, exponent: str) -> tuple[str, str]:
    places = int(exponent) if len(exponent) <= 3 else _LARGEST_EXPONENT + 1
    if abs(places) > _LARGEST_EXPONENT:
        raise LineRefused(
            Said("{text} is beyond what a book can hold: check the exponent", text=quoted(text + "E" + exponent))
        )
    if places >= 0:
        decimals = decimals.ljust(places, "0")
        return whole + decimals[:places], decimals[places:]
    whole = whole.rjust(-places, "0")
    return whole[:places], whole[places:] + decimals


def _trillionths(text: str, whole: str, decimals: str) -> int:
    whole, decimals = whole.lstrip("0"), decimals.rstrip("0")
    if len(whole) > _WHOLE_DIGITS:
        raise LineRefused(Said("{text} is beyond what a book can hold: check the digits", text=quoted(text)))
    if len(decimals) > TRILLIONTH_DIGITS:
        raise LineRefused(
            Said(
                "{text} has more decimals than a book can hold ({digits}): round it first",
                text=quoted(text),
                digits=TRILLIONTH_DIGITS,
            )
        )
    return int(whole + decimals.ljust(TRILLIONTH_DIGITS, "0"))
