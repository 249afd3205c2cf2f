"""Which day is written out in one of the locale's own patterns?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import decimal

from babel import Locale
from babel.dates import tokenize_pattern

from tui_ledger.locale.date_styles import is_numeric
from tui_ledger.locale.locales import locale_of
from tui_ledger.locale.numerals import without_marks
from tui_ledger.locale.typed_text import folded

_WIDTHS = {3: "abbreviated", 4: "wide"}
_CONTEXTS = {"M": "format", "L": "stand-alone"}
_NUMBERS = {"d": r"(?P<d>[0-9]{1,2})", "M": r"(?P<m>[0-9]{1,2})", "L": r"(?P<m>[0-9]{1,2})"}

_Numbered = Mapping[str, Mapping[str, int]]


def written_fields(typed: str, locale: str, patterns: tuple[str, ...]) -> dict[str, str] | None:
    """The texts of day ('d'), month ('m'), year ('y') and, where it is written, day of the week ('e', Monday = 0) of a
    text in latin digits that is a whole day as one of the patterns writes it; None for any other text."""
    text = _alike(typed)
    for reader, numbers in _readers(locale, patterns):
        found = reader.fullmatch(text)
        if found is not None:
            fields = {name: part for name, part in found.groupdict().items() if part is not None}
            return fields | {name: str(numbers[name][fields[name]]) for name in numbers}
    return None


@lru_cache(maxsize=64)
def _readers(locale: str, patterns: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], _Numbered], ...]:
    known = locale_of(locale)
    return tuple(_reader(known, pattern) for pattern in patterns if not is_numeric(pattern))


def _reader(locale: Locale, pattern: str) -> tuple[re.Pattern[str], _Numbered]:
    """An expression for what a pattern writes, and the numbers of the names in it."""
    numbers: dict[str, Mapping[str, int]] = {}
    parts: list[str] = []
    for kind, value in tokenize_pattern(without_marks(pattern)):
        if kind != "field" or isinstance(value, str):
            parts.append(re.escape(_alike(str(value))))
            continue
        letter, length = value
        if letter == "E":
            numbers["e"] = _numbered(locale.days["format"][_WIDTHS.get(length, "abbreviated")].items())
        elif letter in _CONTEXTS and length in _WIDTHS:
            numbers["m"] = _numbered(locale.months[_CONTEXTS[letter]][_WIDTHS[length]].items())
        parts.append(_expression(locale, letter, length, numbers))
    return re.compile("".join(parts).strip()), numbers


def _expression(locale: Locale, letter: str, length: int, numbers: _Numbered) -> str:
    if letter == "y":
        return r"(?P<y>[0-9]{2})" if length == len("yy") else r"(?P<y>[0-9]{4})"
    if letter == "G":
        return _one_of(_alike(str(era)) for names in locale.eras.values() for era in names.values())
    name = {"E": "e", "M": "m", "L": "m"}.get(letter, "")
    is_named = letter == "E" or length in _WIDTHS
    return f"(?P<{name}>{_one_of(numbers[name])})" if is_named and name else _NUMBERS[letter]


def _one_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(set(names), key=len, reverse=True)))})"


def _numbered(names: Iterable[tuple[int, str]]) -> dict[str, int]:
    """The number of each name that means one thing alone."""
    numbers: dict[str, set[int]] = {}
    for number, name in names:
        numbers.setdefault(_named(str(name)), set()).add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


def _alike(text: str) -> str:
    """The text as folded and in small letters, with the blanks at its ends."""
    return folded(f"0{text}0")[1:-1].casefold()


def _named(name: str) -> str:
    """A name as `_alike`, and its digits, as in Tibetan months, as those of what is typed."""
    return _alike("".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in name))
