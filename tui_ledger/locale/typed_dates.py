"""Which day does a typed date mean, whole or in part?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from tui_ledger.errors import DateNotUnderstood, InvalidDate, NoSuchDay, NoSuchMonth
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.typed_text import folded, shortened

TEXT_LIMIT = 40

_BETWEEN = re.compile(r"[-./ ]+")
_TODAY = ("t", "today")
_RELATIVE = re.compile(r"[+-] ?([0-9]{1,5})")
_DIGITS = re.compile(r"[0-9]+")


def read_date(text: str, last: date, today: date, formats: Formats) -> date:
    """The day a text means; what it leaves out comes from `last`, the date typed before.

    '5' is a day of the last date's month; '5/2', '5.2.', '5-2' and '0502' are a day and month of its year, in the
    locale's order; '5/2/26', '050226' and '05022026' are whole; ISO 8601 (2026-02-05) is read everywhere. '+5' and
    '-3' count days from `last`; 't' and 'today' are today. A year of two digits is the one nearest to today's.

    Raises NoSuchDay for 2026-02-30, NoSuchMonth for 31/03/2026 where the month comes first, else DateNotUnderstood;
    each is an InvalidDate.
    """
    typed = _typed(text, formats) if len(text) <= TEXT_LIMIT else ""
    if typed.casefold() in _TODAY:
        return today
    relative = _RELATIVE.fullmatch(typed)
    if relative:
        return _moved(last, int(relative[1]) * (-1 if typed[0] == "-" else 1), text, formats)
    fields = _fields(typed, formats.date_order)
    if fields is None:
        raise _not_understood(text, formats)
    year, month = _year(fields.get("y"), last, today), int(fields.get("m", last.month))
    return _checked(year, month, int(fields["d"]), text, formats)


def _typed(text: str, formats: Formats) -> str:
    """The folded text in the digits 0-9, without the words and the last stop that some locales write."""
    typed = folded(text)
    for numerals in formats.numerals:
        typed = typed.translate(dict(zip(map(ord, numerals.digits), "0123456789", strict=True)))
    for word in formats.date_words:
        typed = typed.replace(word, " ")
    return typed.strip(" ").removesuffix(".")


def _fields(typed: str, order: str) -> dict[str, str] | None:
    """The texts of day ('d'), month ('m') and year ('y'), those that were typed; None for what is no date."""
    if _DIGITS.fullmatch(typed):
        return _unseparated(typed, order)
    parts = _BETWEEN.split(typed)
    if not all(_DIGITS.fullmatch(part) for part in parts) or not _singly_separated(typed):
        return None
    if len(parts) == 2:
        fields = dict(zip(order.replace("y", ""), parts, strict=True))
    elif len(parts) == 3:
        fields = dict(zip("ymd" if len(parts[0]) == 4 else order, parts, strict=True))
    else:
        return None
    return fields if _lengths_fit(fields) else None


def _singly_separated(typed: str) -> bool:
    """Whether no more than one sign, with blanks around it, stands between two numbers."""
    return all(len(between.replace(" ", "")) <= 1 for between in _BETWEEN.findall(typed))


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
        raise NoSuchDay(day=f"{year:04d}-{month:02d}-{day:02d}", days=days)
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
