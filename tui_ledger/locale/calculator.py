"""What does the sum typed into an amount field come to?"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tui_ledger.errors import AmountTooLarge, CalculationFailed, InvalidAmount
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_money, read_number, without_currency
from tui_ledger.locale.typed_text import folded, shortened
from tui_ledger.money import LARGEST_UNITS, Currency, Money, rounded_units
from tui_ledger.words import N_, Said

TEXT_LIMIT = 200
DEPTH_LIMIT = 20

_ALIKE = str.maketrans("\u00d7\u00f7", "*/")
_BETWEEN_DIGITS = ".,'\u00b7\u066b\u066c\u060c"


def evaluate(text: str, formats: Formats, currency: Currency, *, of: Money | None = None) -> Money:
    """The amount a text comes to: a plain one as `read_money` reads it, or a sum of +, -, *, / and parentheses.

    Numbers in a sum are written as the locale writes them, with any number of decimals; the arithmetic is exact, and
    only its result is rounded, half away from zero, to the currency's own digits. A text that begins with * or / goes
    on from `of`: '/ 3' is a third of it.

    Raises what `read_money` raises for a plain amount, CalculationFailed for a sum that is incomplete, divides by zero,
    is longer than 200 characters or nested deeper than 20, and AmountTooLarge.
    """
    if len(text) > TEXT_LIMIT:
        raise CalculationFailed(
            text=shortened(text), reason=Said("it is longer than {text_limit} characters", text_limit=TEXT_LIMIT)
        )
    try:
        return read_money(text, currency, formats)
    except InvalidAmount:
        bare = without_currency(text, currency, formats)
        if not is_expression(bare):
            raise
    result = _Calculation(bare, formats, currency, of).result()
    return Money(_rounded_units(result, text, formats, currency), currency)


def is_expression(text: str) -> bool:
    """Whether a text is a sum to work out and not a plain amount: it has * or /, or a + or - behind a number."""
    typed = folded(text).translate(_ALIKE).replace(" ", "")
    return any(
        sign in "*/" or (sign in "+-" and (before.isdecimal() or before in ").,"))
        for before, sign in pairwise(" " + typed)
    )


def _rounded_units(result: Fraction, text: str, formats: Formats, currency: Currency) -> int:
    units = rounded_units(result * Fraction(10) ** currency.digits)
    if abs(units) > LARGEST_UNITS:
        limit = formats.money(Money(LARGEST_UNITS, currency), symbol=True, credit_normal=None)
        raise AmountTooLarge(text=shortened(folded(text)), limit=limit)
    return units


class _Calculation:
    """One sum being worked out, from left to right."""

    def __init__(self, text: str, formats: Formats, currency: Currency, of: Money | None) -> None:
        self._text = text.translate(_ALIKE)
        self._formats = formats
        self._currency = currency
        self._of = of
        self._place = 0
        self._depth = 0
        self._blanks_group = any(not numerals.group.strip() for numerals in formats.numerals if numerals.group)

    def result(self) -> Fraction:
        goes_on = self._next() in ("*", "/")
        if goes_on and self._of is None:
            raise self._failure(Said("there is nothing before {sign!r}", sign=self._next()))
        first = Fraction(self._of.amount) if goes_on and self._of is not None else None
        value = self._sum(first)
        if self._next() == ")":
            raise self._failure(N_("a parenthesis is closed that was never opened"))
        if self._next():
            raise self._failure(Said("{sign!r} stands where +, -, * or / should", sign=self._next()))
        return value

    def _sum(self, first: Fraction | None = None) -> Fraction:
        value = self._product(first)
        while self._next() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self, first: Fraction | None = None) -> Fraction:
        value = self._factor() if first is None else first
        while self._next() in ("*", "/"):
            if self._take() == "*":
                value *= self._factor()
            else:
                value /= self._divisor()
        return value

    def _divisor(self) -> Fraction:
        divisor = self._factor()
        if divisor == 0:
            raise self._failure(N_("it divides by zero"))
        return divisor

    def _factor(self) -> Fraction:
        """A number or a sum in parentheses, with one sign at most."""
        negative = self._next() in ("+", "-") and self._take() == "-"
        value = self._in_parentheses() if self._next() == "(" else self._number()
        return -value if negative else value

    def _in_parentheses(self) -> Fraction:
        self._take()
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._failure(Said("its parentheses are nested deeper than {limit}", limit=DEPTH_LIMIT))
        value = self._sum()
        if self._next() != ")":
            raise self._failure(N_("a parenthesis is not closed"))
        self._take()
        self._depth -= 1
        return value

    def _number(self) -> Fraction:
        next_sign = self._next()
        start = self._place
        while self._place < len(self._text) and self._continues_number(start):
            self._place += 1
        typed = self._text[start : self._place]
        if not typed:
            at_end = N_("a number is missing at its end")
            raise self._failure(Said("a number is missing before {sign!r}", sign=next_sign) if next_sign else at_end)
        whole, decimals = read_number(typed, self._currency, self._formats)
        return Fraction(int(whole + decimals), 10 ** len(decimals))

    def _continues_number(self, start: int) -> bool:
        character = self._text[self._place]
        if character == " ":
            following = self._text[self._place + 1 : self._place + 2]
            return self._blanks_group and self._place > start and following.isdecimal()
        return character.isdecimal() or character in _BETWEEN_DIGITS

    def _next(self) -> str:
        """The next character that is no blank, '' at the end."""
        while self._text[self._place : self._place + 1] == " ":
            self._place += 1
        return self._text[self._place : self._place + 1]

    def _take(self) -> str:
        character = self._next()
        self._place += 1
        return character

    def _failure(self, reason: str | Said) -> CalculationFailed:
        return CalculationFailed(text=shortened(self._text), reason=reason)
