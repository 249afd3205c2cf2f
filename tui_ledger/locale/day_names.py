"""Which day of the week or month of the year does a word of the locale mean?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from tui_ledger.locale.catalogues import words_of
from tui_ledger.locale.date_styles import signs, words
from tui_ledger.locale.locales import locale_of
from tui_ledger.locale.typed_text import folded
from tui_ledger.words import N_

SHORTEST_MONTH, SHORTEST_WEEKDAY = 3, 2
"""How many letters of a name are enough, where no other name begins so; the locale's own short names always are."""

_TODAY = N_("today")
_TODAY_ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "cs": ("dnes",),
    "da": ("i dag", "idag"),
    "fi": ("tänään",),
    "it": ("oggi",),
    "nb": ("i dag", "idag"),
    "nn": ("i dag", "idag"),
    "no": ("i dag", "idag"),
    "pl": ("dziś", "dzisiaj"),
    "sv": ("idag", "i dag"),
}
"""In languages that the program does not speak itself."""

_WIDTHS = ("wide", "abbreviated", "short")
_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DayNames:
    """A locale's words about days, each spelled as `spelled` does it.

    `months` and `weekdays` are numbered by name, from January = 1 and Monday = 0; `beside` are the words and `signs`
    the characters that may stand in a day written out; `year_first` tells where its year stands.
    """

    today: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    beside: tuple[str, ...]
    signs: str
    year_first: bool

    def weekday(self, text: str) -> int | None:
        """The day of the week a whole text names, in short or by its first letters."""
        return _meant(spelled(text).rstrip(". "), self.weekdays, SHORTEST_WEEKDAY)

    def without_weekday(self, text: str) -> tuple[int, str] | None:
        """The day of the week a text begins with, and what follows it."""
        typed = spelled(text)
        name = next((name for name in self.weekdays if typed.startswith(name) and _ends(typed, len(name))), None)
        return None if name is None else (self.weekdays[name], typed[len(name) :].lstrip("., \u060c"))

    def without_month(self, text: str) -> tuple[int, str] | None:
        """The month named in a text, and the text with a blank in the name's place and without words beside."""
        typed = spelled(text)
        found = self._month_in(typed)
        if found is None:
            return None
        month, start, end = found
        rest = f"{typed[:start]} {typed[end:]}"
        for word in self.beside:
            rest = _without_word(rest, word)
        return month, rest.translate({ord(sign): " " for sign in self.signs})

    def _month_in(self, typed: str) -> tuple[int, int, int] | None:
        for name, month in self.months.items():
            start = _place(typed, name)
            if start >= 0:
                return month, start, start + len(name)
        for letters in _LETTERS.finditer(typed):
            begun = _meant(letters[0], self.months, SHORTEST_MONTH)
            if begun is not None and letters[0] not in self.weekdays:
                return begun, letters.start(), letters.end()
        return None


@lru_cache(maxsize=64)
def names_of(locale: str) -> DayNames:
    """The words about days of a locale, given by its identifier."""
    known = locale_of(locale)
    language = locale.partition("_")[0]
    patterns = [known.date_formats[style].pattern for style in ("long", "medium")]
    return DayNames(
        today=frozenset(
            spelled(word) for word in (_TODAY, words_of(locale).gettext(_TODAY), *_TODAY_ELSEWHERE.get(language, ()))
        ),
        months=_with_names_of(language, _numbered(_names(known, "months"))),
        weekdays=_numbered(_names(known, "days")),
        beside=tuple(sorted({spelled(word) for pattern in patterns for word in words(pattern)}, key=len, reverse=True)),
        signs="".join(sorted({sign for pattern in patterns for sign in signs(pattern)})),
        year_first=patterns[0].find("y") < patterns[0].find("d"),
    )


def _with_names_of(language: str, months: dict[str, int]) -> dict[str, int]:
    """A country's own names of the months and its language's, which are understood there, too: Jänner and Januar."""
    both = _numbered(_names(locale_of(language), "months")) | months
    return {name: both[name] for name in sorted(both, key=len, reverse=True)}


def spelled(text: str) -> str:
    """A text in small letters and without accents, so that 'FÉVRIER', 'fevrier' and 'février' are one."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", folded(text).casefold()))


def _names(locale: Locale, kind: str) -> Iterable[tuple[str, int]]:
    """Every name of the months or the days of the week, as babel numbers them, but those of one letter alone."""
    for names in getattr(locale, kind).values():
        for width in _WIDTHS:
            yield from ((str(name), number) for number, name in names.get(width, {}).items())


def _numbered(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The number of each name that has a letter and means one thing alone, the longest names first."""
    numbers: dict[str, set[int]] = {}
    for name, number in names:
        numbers.setdefault(spelled(name).rstrip("."), set()).add(number)
    clear = {name: found.copy().pop() for name, found in numbers.items() if len(found) == 1}
    lettered = [name for name in clear if any(character.isalpha() for character in name)]
    return {name: clear[name] for name in sorted(lettered, key=len, reverse=True)}


def _meant(typed: str, names: Mapping[str, int], shortest: int) -> int | None:
    """The number of a name typed whole, or begun with enough letters for one number alone."""
    if typed in names:
        return names[typed]
    begun = {number for name, number in names.items() if name.startswith(typed)}
    return begun.pop() if len(typed) >= shortest and len(begun) == 1 else None


def _place(typed: str, name: str) -> int:
    """Where a name stands in a text as a word of its own; -1 where it does not."""
    start = typed.find(name)
    while start >= 0 and not (_begins(typed, start) and _ends(typed, start + len(name))):
        start = typed.find(name, start + 1)
    return start


def _begins(typed: str, place: int) -> bool:
    return place == 0 or _kind(typed[place - 1]) != _kind(typed[place])


def _ends(typed: str, place: int) -> bool:
    return place == len(typed) or _kind(typed[place - 1]) != _kind(typed[place])


def _kind(character: str) -> str:
    """Letters (with the marks upon them), digits and everything else keep a word apart from what is beside it."""
    return "N" if character.isdecimal() else "L" if unicodedata.category(character)[0] in "LM" else character


def _without_word(text: str, word: str) -> str:
    start = _place(text, word)
    while start >= 0:
        text = f"{text[:start]} {text[start + len(word) :]}"
        start = _place(text, word)
    return text
