"""Which days does a word mean? 2026, 2026-03, 2026-Q1, 2026-01-31, A..B, today, month-1."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from tui_ledger.dates import add_months, month_end, week_of

_PERIOD = re.compile(r"([0-9]{4})(?:-(?:q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?")
_RELATIVE = re.compile(r"(today|day|week|month|quarter|year)(?:-([0-9]{1,4}))?")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class DayRange(NamedTuple):
    """First and last day, both inclusive."""

    first: date
    last: date


def day_range(text: str, today: date) -> DayRange | None:
    """The days of a period, of `A..B`, `A..` or `..B` with periods at their ends, or of a relative word; else None."""
    begin, dots, end = text.partition("..")
    if not dots:
        return _period(text, today)
    first = _period(begin, today) if begin else DayRange(date.min, date.min)
    last = _period(end, today) if end else DayRange(date.max, date.max)
    if first is None or last is None or not (begin or end) or first.first > last.last:
        return None
    return DayRange(first.first, last.last)


def relative_days(word: str, today: date) -> DayRange | None:
    """The days of `today`, `yesterday`, `week`, `month`, `quarter`, `year`, or so many before, as in `month-1`."""
    if word == "yesterday":
        return relative_days("day-1", today)
    found = _RELATIVE.fullmatch(word)
    if found is None or (found[1] == "day" and found[2] is None):
        return None
    try:
        return _back(found[1], int(found[2] or 0), today)
    except (OverflowError, ValueError):
        return None


def _back(unit: str, count: int, today: date) -> DayRange:
    if unit in ("today", "day"):
        day = today - timedelta(days=count)
        return DayRange(day, day)
    if unit == "week":
        return DayRange(*week_of(today - timedelta(days=7 * count)))
    months = _MONTHS[unit]
    start = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    if start.year * 12 + start.month - months * count <= 12:
        raise ValueError(f"{count} {unit}s ago there was no calendar")
    return _of_months(add_months(start, -months * count), months)


def _period(text: str, today: date) -> DayRange | None:
    found = _PERIOD.fullmatch(text)
    if found is None:
        return relative_days(text, today)
    year, quarter, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        if year is None:
            return None
        if day is not None:
            only = date(year, month or 1, day)
            return DayRange(only, only)
        if quarter is not None:
            return _of_months(date(year, 3 * quarter - 2, 1), 3)
        return _of_months(date(year, 1 if month is None else month, 1), 12 if month is None else 1)
    except ValueError:
        return None


def _of_months(first: date, months: int) -> DayRange:
    return DayRange(first, month_end(add_months(first, months - 1)))
