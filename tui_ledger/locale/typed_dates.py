"""Which day does a typed date mean, whole or in part?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from tui_ledger.errors import DateNotUnderstood, InvalidDate, NoSuchDay, NoSuchMonth
from tui_ledger.locale.day_names import DayNames, names_of, spelled
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.typed_text import folded, shortened
from tui_ledger.locale.written_dates import written_fields

TEXT_LIMIT = 60

_BETWEEN = re.compile(r"[-./ ]+")
_TODAY_KEY = "t"
_ORDINAL = re.compile(r"(?<=[0-9])(st|nd|rd|th|er|re|e|\u00ba|\u00aa)(?![^\W\d_])")
_BETWEEN_NAMED = re.compile(r"[-./, ]+")
_WEEKDAY_BEHIND = re.compile(r"(.+?) ?\(([^()]+)\)")
_RELATIVE = re.compile(r"[+-] ?([0-9]{1,5})")
_DIGITS = re.compile(r"[0-9]+")


def read_date(text: str, last: date, today: date, formats: Formats) -> date:
    """The day a text means; what it leaves out comes from `last`, the date typed before.

    '5' is a day of the last date's month; '5/2', '5.2.', '5-2' and '0502' are a day and month of its year, in the
    locale's order; '5/2/26', '050226' and '05022026' are whole; ISO 8601 (2026-02-05) is read everywhere. '+5' and
    '-3' count days from `last`; 't' and the locale's word for today are today, a weekday is the latest such day up to
    today. A month may be named, in whole or by its first letters ('5. März', 'Mar 5, 2026'), and the weekday stand
    before, or behind in parentheses, if it is the day's. A year of two digits is the one nearest to today's.

    Raises NoSuchDay for 2026-02-30, NoSuchMonth for 31/03/2026 where the month comes first, else DateNotUnderstood;
    each is an InvalidDate.
    """
    whole = _in_latin_digits(folded(text), formats) if len(text) <= TEXT_LIMIT else ""
    before, weekday = _without_weekday_behind(whole, formats)
    if weekday is not None:
        day = read_date(before, last, today, formats)
        if weekday != day.weekday():
            raise _not_understood(text, formats)
        return day
    typed = _numeric(whole, formats)
    relative = _RELATIVE.fullmatch(typed)
    if relative:
        return _moved(last, int(relative[1]) * (-1 if typed[0] == "-" else 1), text, formats)
    fields = _fields(typed, formats)
    if fields is not None and not _units_fit(whole, fields, formats):
        raise _not_understood(text, formats)
    if fields is None and any(character.isalpha() for character in whole):
        return _worded(whole, text, last, today, formats)
    return _day_of(fields, text, last, today, formats)


def _without_weekday_behind(whole: str, formats: Formats) -> tuple[str, int | None]:
    """A text and the day of the week in parentheses at its end; None without one."""
    found = _WEEKDAY_BEHIND.fullmatch(whole)
    weekday = names_of(formats.locale).weekday(found[2]) if found else None
    return (found[1], weekday) if found and weekday is not None else (whole, None)


def _worded(typed: str, text: str, last: date, today: date, formats: Formats) -> date:
    """The day a text with words in it means."""
    names = names_of(formats.locale)
    if typed.casefold() == _TODAY_KEY or spelled(typed) in names.today:
        return today
    weekday = names.weekday(typed)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    fields = written_fields(typed, formats.locale, formats.date_patterns) or _named_fields(typed, names)
    return _day_of(fields or _fields_behind_weekday(typed, names, formats), text, last, today, formats)


def _fields_behind_weekday(typed: str, names: DayNames, formats: Formats) -> dict[str, str] | None:
    """The fields of a text that begins with a day of the week; its number is one of them, 'e'."""
    weekday, rest = names.without_weekday(typed) or (None, "")
    fields = _fields(_numeric(rest, formats), formats) or _named_fields(rest, names)
    return None if fields is None or weekday is None else fields | {"e": str(weekday)}


def _day_of(fields: dict[str, str] | None, text: str, last: date, today: date, formats: Formats) -> date:
    """The day of the fields; a day of the week among them must be its own."""
    if fields is None:
        raise _not_understood(text, formats)
    year, month = _year(fields.get("y"), last, today), int(fields.get("m", last.month))
    day = _checked(year, month, int(fields["d"]), text, formats)
    if fields.get("e", str(day.weekday())) != str(day.weekday()):
        raise _not_understood(text, formats)
    return day


def _in_latin_digits(typed: str, formats: Formats) -> str:
    for numerals in formats.numerals:
        typed = typed.translate(dict(zip(map(ord, numerals.digits), "0123456789", strict=True)))
    return typed


def _numeric(typed: str, formats: Formats) -> str:
    """The text without the words and the last stop that some locales write in numeric dates."""
    for word in formats.date_words:
        typed = typed.replace(word, " ")
    return typed.strip(" ").removesuffix(".")


def _units_fit(typed: str, fields: dict[str, str], formats: Formats) -> bool:
    """Whether each number is what the word behind it says: 3月 is no day."""
    return all(
        number == fields.get(unit)
        for word, unit in formats.date_units.items()
        for number in re.findall(rf"([0-9]+) ?{re.escape(word)}", typed)
    )


def _fields(typed: str, formats: Formats) -> dict[str, str] | None:
    """The texts of day ('d'), month ('m') and year ('y'), those that were typed; None for what is no date."""
    if _DIGITS.fullmatch(typed):
        return _unseparated(typed, formats.date_order)
    parts = _BETWEEN.split(typed)
    if not all(_DIGITS.fullmatch(part) for part in parts) or not _singly_separated(typed):
        return None
    if len(parts) == 2:
        fields = dict(zip(formats.day_month_order(_signs_between(typed)[0]), parts, strict=True))
    elif len(parts) == 3:
        fields = dict(zip(_order(typed, parts[0], formats), parts, strict=True))
    else:
        return None
    return fields if _lengths_fit(fields) else None


def _named_fields(typed: str, names: DayNames) -> dict[str, str] | None:
    """The fields of a text that names its month and has its day, with or without a year, in digits."""
    month, rest = names.without_month(_ORDINAL.sub(" ", typed.casefold())) or (0, "")
    numbers = [part for part in _BETWEEN_NAMED.split(rest) if part]
    if not month or not 1 <= len(numbers) <= 2 or not all(_DIGITS.fullmatch(number) for number in numbers):
        return None
    if len(numbers) == 1:
        fields = {"d": numbers[0]}
    else:
        is_year_first = len(numbers[0]) == 4 or (len(numbers[1]) <= 2 and names.year_first)
        fields = dict(zip("yd" if is_year_first else "dy", numbers, strict=True))
    fields["m"] = str(month)
    return fields if _lengths_fit(fields) else None


def _singly_separated(typed: str) -> bool:
    """Whether no more than one sign, with blanks around it, stands between two numbers."""
    return all(len(between) <= 1 for between in _signs_between(typed))


def _signs_between(typed: str) -> list[str]:
    """What stands between the numbers, blanks apart."""
    return [between.replace(" ", "") for between in _BETWEEN.findall(typed)]


def _order(typed: str, first: str, formats: Formats) -> str:
    """The order of three numbers: the year first that has four digits; last, as in 5/3-26 and 5/3 2026 in Swedish,
    where day and month before it are written as without a year; else the locale's."""
    before, behind = _signs_between(typed)
    if len(first) == len("2026"):
        return "ymd"
    short = formats.day_month_order(before)
    return short + "y" if before and before != behind and short not in formats.date_order else formats.date_order


def _lengths_fit(fields: dict[str, str]) -> bool:
    year = fields.get("y", "00")
    return len(year) in (2, 4) and len(fields["m"]) <= 2 and len(fields["d"]) <= 2


def _unseparated(typed: str, order: str) -> dict[str, str] | None:
    """Fields typed without anything between: a day, or two digits each, the year two or four or none."""
    if len(typed) <= 2:
        return {"d": typed}
    lengths = {"y": len(typed) - 4, "m": 2, "d": 2}
    if lengths["y"] not in (0, 2, 4):
        return None
    fields: dict[str, str] = {}
    for field in order:
        if lengths[field]:
            fields[field], typed = typed[: lengths[field]], typed[lengths[field] :]
    return fields


def _year(typed: str | None, last: date, today: date) -> int:
    """The year typed; of two digits, the nearest to today's; none, the last date's."""
    if typed is None:
        return last.year
    if len(typed) == 4:
        return int(typed)
    same_century = today.year - today.year % 100 + int(typed)
    return min((same_century, same_century - 100, same_century + 100), key=lambda year: abs(year - today.year))


def _checked(year: int, month: int, day: int, text: str, formats: Formats) -> date:
    if not 1 <= year <= MAXYEAR:
        raise _not_understood(text, formats)
    if not 1 <= month <= 12:
        raise NoSuchMonth(month=month, text=shortened(text), example=_example(formats))
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise NoSuchDay(day=formats.no_day(year, month, day), days=days)
    return date(year, month, day)


def _moved(last: date, days: int, text: str, formats: Formats) -> date:
    try:
        return last + timedelta(days=days)
    except OverflowError:
        raise _not_understood(text, formats) from None


def _not_understood(text: str, formats: Formats) -> InvalidDate:
    return DateNotUnderstood(text=shortened(text), example=_example(formats))


def _example(formats: Formats) -> str:
    return formats.date_column(date(2026, 1, 31))
