"""Which amount does a text mean, in the reader's own notation? Strictly: what could mean two things is refused."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from tui_ledger.errors import (
    AmbiguousAmount,
    AmountInOtherCurrency,
    AmountNotUnderstood,
    AmountTooLarge,
    InvalidAmount,
    TooManyDecimals,
)
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.numerals import Numerals
from tui_ledger.locale.typed_dates import read_date
from tui_ledger.locale.typed_text import folded, shortened
from tui_ledger.money import LARGEST_UNITS, Currency, Money, iso_digits
from tui_ledger.words import either

__all__ = ["TEXT_LIMIT", "read_date", "read_money", "read_number", "read_percent", "read_units", "without_currency"]

TEXT_LIMIT = 60
LONGEST_SYMBOL = 4

_SEPARATORS = ".,' \u00b7\u066b\u066c\u060c"
_PERCENT = "%\u066a"
_PERCENT_DIGITS = 2
"""How many decimals are shown where a percentage with misplaced separators is asked about."""
_DASHES = ("-", "--", "\u2014")
_MINUS_IN_FRONT = {"ja": "\u25b3\u25b2\u30fc"}
"""The triangles of Japanese statements, and what the key of the minus gives among syllables."""


def read_money(text: str, currency: Currency, formats: Formats) -> Money:
    """The amount a text means in the notation of the formats; raises as `read_units` does."""
    return Money(read_units(text, currency, formats), currency)


def read_units(text: str, currency: Currency, formats: Formats) -> int:
    """Whole minor units of the amount a text means: '1.234,50', '-5', '(5,00)', '5 €', 'EUR 5' in German.

    Groups must be whole and complete, or not there at all. The minus may be a hyphen or U+2212 and stands in front,
    behind only where the locale puts it there; parentheses mean below zero. With the style 'dr-cr' a text may end in
    the formats' words for debit (above zero) and credit (below). Decimals beyond the currency's may only be zeros.

    Raises AmbiguousAmount where the separators stand wrong ('30.00' in German) or zeros beyond the currency's decimals
    look like a group ('1.500' in English), AmountNotUnderstood, AmountInOtherCurrency, TooManyDecimals, AmountTooLarge;
    each is an InvalidAmount.
    """
    if len(text) > TEXT_LIMIT:
        raise _not_understood(text, currency, formats)
    negative, number = _signed(text, currency, formats)
    whole, decimals = read_number(number, currency, formats, typed=text)
    significant = decimals.rstrip("0")
    if len(significant) > currency.digits:
        raise TooManyDecimals(text=folded(text), currency=str(currency), digits=currency.digits)
    if len(decimals) == 3 > currency.digits and 0 < len(whole) <= 3 and whole[0] != "0":
        raise _wrongly_separated(text, number, currency, formats)
    units = _within_limit(int("0" + whole + significant.ljust(currency.digits, "0")), text, currency, formats)
    return -units if negative else units


def read_number(text: str, currency: Currency, formats: Formats, typed: str | None = None) -> tuple[str, str]:
    """The digits 0-9 before and after the decimal sign of a number without sign and currency; one may be empty.

    Any number of decimals. Raises AmbiguousAmount and AmountNotUnderstood, and AmountInOtherCurrency where another
    currency stands beside the number; they name `typed`, or the text itself.
    """
    for numerals in formats.numerals:
        parts = _parts(folded(text), numerals)
        if parts is not None:
            return parts
    raise _wrongly_separated(typed or text, folded(text), currency, formats)


def read_percent(text: str, formats: Formats) -> Decimal:
    """The number of a percentage without a minus: '19', '8,1 %', '%19'. Any number of decimals.

    Raises AmbiguousAmount and AmountNotUnderstood.
    """
    typed = folded(text)
    for sign in _PERCENT:
        typed = typed.removeprefix(sign).removesuffix(sign).strip(" ")
    whole, decimals = read_number(typed, Currency("%", _PERCENT_DIGITS), formats, typed=text)
    return Decimal(f"{whole or '0'}.{decimals or '0'}")


def without_currency(text: str, currency: Currency, formats: Formats) -> str:
    """The folded text without the currency's code or symbol at its beginning or end."""
    text = folded(text)
    names = _short_names(currency, formats)
    if text[:1].isalpha() or text[-1:].isalpha():
        names += [folded(name) for name in (*formats.currency_names(currency), *formats.currency_nouns(currency))]
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if text[: len(name)].casefold() == name.casefold():
            return text[len(name) :].lstrip(" ")
        if text[-len(name) :].casefold() == name.casefold():
            return text[: -len(name)].rstrip(" ")
    return text


def _short_names(currency: Currency, formats: Formats) -> list[str]:
    return [str(currency), *map(folded, formats.typed_symbols(currency))]


def _signed(text: str, currency: Currency, formats: Formats) -> tuple[bool, str]:
    """Whether the amount is below zero, and the text of its number alone."""
    typed = _with_usual_minus(folded(text), formats)
    if typed[:1] == "(" and typed[-1:] == ")":
        return True, _without_dash(without_currency(typed[1:-1], currency, formats), formats)
    side, typed = _side(typed, formats)
    sign, typed = _leading_sign(typed)
    bare = without_currency(typed, currency, formats)
    if not sign and bare != typed:
        sign, bare = _leading_sign(bare)
    bare = _without_dash(bare, formats)
    if not sign and bare.endswith("-") and formats.trailing_minus(currency):
        sign, bare = "-", bare[:-1].rstrip(" ")
    if side and sign:
        raise _not_understood(text, currency, formats)
    return "-" in (side, sign), bare


def _without_dash(bare: str, formats: Formats) -> str:
    """A number without the dashes that stand for no decimals: 5 for '5,-', '5.--'."""
    for numerals in formats.numerals:
        ends = tuple(numerals.decimal + dash for dash in _DASHES)
        number = bare.rstrip("-\u2014")
        if bare.endswith(ends) and number[:-1][-1:].isdecimal() and len(bare) - len(number) <= len("--"):
            return number[:-1]
    return bare


def _with_usual_minus(typed: str, formats: Formats) -> str:
    """A minus in front for what a language writes there in its place."""
    return "-" + typed[1:] if typed[:1] and typed[0] in _MINUS_IN_FRONT.get(formats.language, "") else typed


def _side(typed: str, formats: Formats) -> tuple[str, str]:
    """The sign that a word for debit or credit at the end means, '' without one, and the text without the word."""
    if formats.negative == "dr-cr":
        for word, sign in zip(formats.sides, "+-", strict=True):
            before = typed[: -len(word)]
            if typed.casefold().endswith(word.casefold()) and not before[-1:].isalpha():
                return sign, before.rstrip(" ")
    return "", typed


def _leading_sign(typed: str) -> tuple[str, str]:
    return (typed[0], typed[1:].lstrip(" ")) if typed[:1] in ("-", "+") else ("", typed)


def _parts(typed: str, numerals: Numerals) -> tuple[str, str] | None:
    """The digits before and after the decimal sign, or None where the numerals do not write the number so."""
    text = _in_latin_digits(typed, numerals)
    whole, _, decimals = text.partition(folded(numerals.decimal) or numerals.decimal)
    if not (whole or decimals) or not _only_digits(whole + decimals, beside=_group(numerals)):
        return None
    if decimals and not _only_digits(decimals):
        return None
    return (groups, decimals) if (groups := _without_groups(whole, numerals)) is not None else None


def _in_latin_digits(typed: str, numerals: Numerals) -> str:
    """The text with a locale's own digits as 0-9; its 0-9 then count as foreign, since the two are not mixed."""
    if numerals.zero == "0":
        return typed
    pairs = dict(zip(numerals.digits, "0123456789", strict=True))
    return "".join("?" if character in "0123456789" else pairs.get(character, character) for character in typed)


def _group(numerals: Numerals) -> str:
    """The sign between groups as folded; a blank is one, which the folding of a whole text would cut off."""
    return folded(f"0{numerals.group}0")[1:-1]


def _only_digits(text: str, beside: str = "") -> bool:
    return all(character in "0123456789" or character == beside for character in text)


def _without_groups(whole: str, numerals: Numerals) -> str | None:
    """The digits without the signs between groups, or None where those do not stand as the locale puts them."""
    group = _group(numerals)
    if not group or group not in whole:
        return whole
    last, others = numerals.grouping
    first, *later = whole.split(group)
    sizes = [others] * (len(later) - 1) + [last]
    complete = [len(part) for part in later] == sizes and 0 < len(first) <= others
    return first + "".join(later) if complete and first[0] != "0" else None


def _within_limit(units: int, text: str, currency: Currency, formats: Formats) -> int:
    if units > LARGEST_UNITS:
        limit = formats.money(Money(LARGEST_UNITS, currency), symbol=True, credit_normal=None)
        raise AmountTooLarge(text=folded(text), limit=limit)
    return units


def _wrongly_separated(typed: str, number: str, currency: Currency, formats: Formats) -> InvalidAmount:
    """The error that names what a number with misplaced separators could mean, or why it is none."""
    readings = _readings(number, currency, formats)
    if readings:
        return AmbiguousAmount(text=shortened(typed), readings=either(readings), decimal=formats.decimal_sign)
    if _names_another_currency(number, _short_names(currency, formats)):
        return AmountInOtherCurrency(text=shortened(typed), currency=str(currency))
    return _not_understood(typed, currency, formats)


def _readings(number: str, currency: Currency, formats: Formats) -> list[str]:
    """What the digits mean with the last separator before the decimals, and, where all separators are alike, with all
    of them between groups."""
    for numerals in formats.numerals:
        number = number.translate(dict(zip(map(ord, numerals.digits), "0123456789", strict=True)))
    places = [place for place, character in enumerate(number) if character in _SEPARATORS]
    if not places or not _only_digits(number.translate({ord(sign): None for sign in _SEPARATORS})):
        return []
    readings: list[str] = []
    alike = len({number[place] for place in places}) == 1
    for end in (places[-1], len(number)) if alike else (places[-1],):
        whole, decimals = _digits(number[:end]), _digits(number[end:]).rstrip("0")
        if whole + decimals and len(decimals) <= currency.digits and len(whole) <= 18:
            units = int(whole + decimals.ljust(currency.digits, "0"))
            readings.append(formats.figure(units, currency, credit_normal=None))
    return list(dict.fromkeys(readings))


def _digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")


def _names_another_currency(number: str, own_names: list[str]) -> bool:
    """Whether a code of ISO 4217 or a currency sign, alone or with letters as in 'R$', stands before or behind the
    digits."""
    name = number.strip("0123456789-+" + _SEPARATORS)
    if name.casefold() in (own.casefold() for own in own_names):
        return False
    signs = [sign for sign in name if not sign.isalpha()]
    by_sign = len(name) <= LONGEST_SYMBOL and len(signs) == 1 and unicodedata.category(signs[0]) == "Sc"
    return iso_digits(name.upper()) is not None or by_sign


def _not_understood(text: str, currency: Currency, formats: Formats) -> InvalidAmount:
    example = formats.figure(1450 * 10**currency.digits, currency, credit_normal=None)
    return AmountNotUnderstood(text=shortened(text), example=example)
