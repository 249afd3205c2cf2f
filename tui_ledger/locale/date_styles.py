"""In which order, and with what between, does a locale write a day?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from babel import Locale
from babel.dates import tokenize_pattern, untokenize_pattern

from tui_ledger.errors import InvalidSetting
from tui_ledger.locale.numerals import without_marks
from tui_ledger.words import N_

PATTERN_LIMIT = 40
STYLES = ("short", "medium", "long")

_ATTRIBUTES = {"y": "year", "m": "month", "d": "day"}
_FIELDS = {"d": (1, 2), "M": (1, 2, 3, 4), "L": (1, 2, 3, 4), "y": (1, 2, 4), "E": (1, 2, 3, 4)}
_PADDED = {"y": "%04d", "m": "%02d", "d": "%02d"}
_SPREADSHEET = {"y": "yyyy", "m": "mm", "d": "dd"}


@dataclass(frozen=True, slots=True)
class DateStyle:
    """A numeric day: the order of its fields ('dmy', 'mdy' or 'ymd') and what stands between them."""

    order: str
    separator: str

    def column_writer(self) -> Callable[[date], str]:
        """A function that writes a day in ten characters, whatever the day."""
        template = self.separator.join(_PADDED[field] for field in self.order)
        fields = attrgetter(*(_ATTRIBUTES[field] for field in self.order))
        return lambda day: template % fields(day)

    def written(self, year: int, month: int, day: int) -> str:
        """The same of numbers that need not be a day of the calendar."""
        numbers = {"y": year, "m": month, "d": day}
        return self.separator.join(_PADDED[field] % numbers[field] for field in self.order)

    def without_year(self) -> DateStyle:
        """The day and month alone."""
        return DateStyle(self.order.replace("y", ""), self.separator)

    def spreadsheet_format(self) -> str:
        """The same day as a spreadsheet's number format; a bare slash would be the sign of the reader's country."""
        separator = "\\/" if self.separator == "/" else self.separator
        return separator.join(_SPREADSHEET[field] for field in self.order)


def numeric_style(pattern: str) -> DateStyle:
    """The order and separator of a pattern that has a day, a month and a year."""
    order = "".join(name for name, _ in _fields(pattern) if name in "dMLy").lower().replace("l", "m")
    return DateStyle(order, next((sign for sign in "".join(_between(pattern)) if sign in "./-"), "-"))


def day_month_style(locale: Locale, whole: DateStyle) -> DateStyle:
    """How the locale writes a day and a month without a year, `whole` being how it writes them with one.

    Where the year stands first, the day may still stand before the month without it, as in Sweden: where the locale's
    patterns with the month in figures and by its name both say so. For many others CLDR has nothing but the root's.
    """
    patterns = [locale.datetime_skeletons[name].pattern for name in ("Md", "MMMd") if name in locale.datetime_skeletons]
    styles = [numeric_style(pattern) for pattern in patterns]
    if whole.order == "ymd" and styles and all(style.order == "dm" for style in styles):
        return styles[0]
    return whole.without_year()


def units(pattern: str) -> dict[str, str]:
    """By word that a pattern writes right behind a number, which number it is: {'年': 'y', '月': 'm', '日': 'd'}."""
    found: dict[str, str] = {}
    field = ""
    for kind, value in tokenize_pattern(without_marks(pattern)) if is_numeric(pattern) else ():
        if kind == "field" and not isinstance(value, str):
            field = value[0].lower().replace("l", "m")
        elif field in _ATTRIBUTES and str(value)[:1].isalpha():
            found[str(value).split()[0]] = field
    return found


def words(pattern: str) -> tuple[str, ...]:
    """The words a pattern writes beside its fields, as in Japanese; mostly none."""
    parts = (part for text in _between(pattern) for part in without_marks(text).split())
    return tuple(part for part in parts if any(character.isalpha() for character in part))


def signs(pattern: str) -> str:
    """The characters, neither letters nor digits, that a pattern writes between its fields."""
    text = without_marks("".join(_between(pattern)))
    return "".join(sign for sign in text if not sign.isalnum())


def numeric_pattern(locale: Locale) -> str:
    """The locale's short pattern with the whole year, and without era and invisible marks."""
    tokens = tokenize_pattern(without_marks(locale.date_formats["short"].pattern))
    whole_year = [(kind, ("y", 4)) if kind == "field" and value[0] == "y" else (kind, value) for kind, value in tokens]
    kept = [(kind, value) for kind, value in whole_year if not (kind == "field" and value[0] == "G")]
    return untokenize_pattern(kept).rstrip(" ")


def checked_pattern(text: str) -> str:
    """A pattern set by hand, such as 'dd.MM.yyyy'; raises InvalidSetting unless it has one day, month and year, which
    can be told apart."""
    if len(text) <= PATTERN_LIMIT and text.isprintable():
        _refuse_open_quote(text)
        _refuse_digits(text)
        fields = _fields(text)
        names = "".join(name for name, _ in fields).replace("L", "M").replace("E", "")
        if sorted(names) == ["M", "d", "y"] and all(length in _FIELDS[name] for name, length in fields):
            _refuse_run_together(text)
            return text
    shown = text if len(text) <= PATTERN_LIMIT else text[: PATTERN_LIMIT - 3] + "..."
    raise InvalidSetting(
        value=shown,
        what=N_("date format"),
        advice=N_("use short, medium, long, or a pattern with d, M and y, such as dd.MM.yyyy"),
    )


def _refuse_open_quote(pattern: str) -> None:
    if pattern.count("'") % 2:
        raise InvalidSetting(
            value=pattern, what=N_("date format"), advice=N_("an apostrophe is missing at the end of what is quoted")
        )


def _refuse_digits(pattern: str) -> None:
    """A digit that a pattern writes itself would be taken for one of the day's."""
    if any(sign.isdigit() for text in _between(pattern) for sign in text):
        advice = N_("put no digits between day, month and year")
        raise InvalidSetting(value=pattern, what=N_("date format"), advice=advice)


def _refuse_run_together(pattern: str) -> None:
    """Fields with nothing between them can be told apart where both have all their digits, or one is a word: 1.11.2026
    and 11.1.2026 would both be 1112026."""
    before: tuple[str, int] | None = None
    for kind, value in tokenize_pattern(pattern):
        field = value if kind == "field" and not isinstance(value, str) else None
        if field is not None and before is not None and _runs_into(before, field):
            raise InvalidSetting(
                value=pattern,
                what=N_("date format"),
                advice=N_("put something between day, month and year, or write all their digits, as in ddMMyyyy"),
            )
        before = field if field is not None or value else before


def _runs_into(one: tuple[str, int], other: tuple[str, int]) -> bool:
    are_words = (_is_word(one), _is_word(other))
    return all(are_words) or (not any(are_words) and not (_is_padded(one) and _is_padded(other)))


def _is_word(field: tuple[str, int]) -> bool:
    return field[0] == "E" or (field[0] in "ML" and field[1] > len("MM"))


def _is_padded(field: tuple[str, int]) -> bool:
    return field[1] > 1


def is_numeric(pattern: str) -> bool:
    """Whether a pattern writes the month as a number and no weekday."""
    return all(name == "y" or (name != "E" and length <= len("MM")) for name, length in _fields(pattern))


def _fields(pattern: str) -> list[tuple[str, int]]:
    """The pattern's letters in order, each with how often it stands there."""
    return [value for kind, value in tokenize_pattern(pattern) if kind == "field" and not isinstance(value, str)]


def _between(pattern: str) -> list[str]:
    return [value for kind, value in tokenize_pattern(pattern) if kind == "chars" and isinstance(value, str)]
