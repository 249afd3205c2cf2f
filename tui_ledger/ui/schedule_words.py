"""How is what recurs said in words? A rule, how long a day has waited, and how much of it waits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice

from rich.cells import cell_len

from tui_ledger.ledger.recurrence import DayOfMonth, Recurrence
from tui_ledger.ledger.schedules import Due, Schedule
from tui_ledger.locale.formats import Formats
from tui_ledger.words import N_, _, listed, ngettext

PREVIEWED = 5
DAY_WORDS = {
    DayOfMonth.SAME: N_("same day"),
    DayOfMonth.LAST: N_("last day"),
    DayOfMonth.LAST_WORKING: N_("last working day"),
}
"""What the choices are called, to be looked up where they are shown."""

UNITS = {"day": N_("day"), "week": N_("week"), "month": N_("month"), "quarter": N_("quarter"), "year": N_("year")}
"""What recurrences are counted in."""

_COUNT = re.compile(r"[0-9]{1,4}(?![0-9])")
_ON_FIRST_LINE = 3
_LARGER_UNITS = ((12, "year"), (3, "quarter"))
_ON_LAST = {
    DayOfMonth.LAST: (N_("{every} on the last day"), N_("{every} on the last day of the month")),
    DayOfMonth.LAST_WORKING: (
        N_("{every} on the last working day"),
        N_("{every} on the last working day of the month"),
    ),
}
"""Behind a rule of one month, and of several."""


def interval_in_words(recurrence: Recurrence) -> str:
    """How often, as it is typed too: `month`, `2 weeks`, `quarter`; in the language spoken."""
    return _interval_said(*_interval(recurrence))


def intervals_in_words(intervals: Iterable[tuple[int, str]]) -> list[str]:
    """Intervals, as (count, unit), as they are typed in the language spoken."""
    return [_interval_said(count, unit) for count, unit in intervals]


def interval_meant(text: str) -> str:
    """An interval typed in the language spoken, as `recurrence` reads it; any other text as it is."""
    typed = _plainly(text)
    digits = _COUNT.match(typed)
    for count in (int(digits[0]),) if digits else (1, 2):
        for unit in UNITS:
            if typed in (_plainly(_interval_said(count, unit)), _plainly(_counted_said(count, unit))):
                return f"{count} {unit}"
    return text


def _interval_said(count: int, unit: str) -> str:
    return _(UNITS[unit]) if count == 1 else _counted_said(count, unit)


def _plainly(text: str) -> str:
    """A text without what need not be typed: blanks, wide forms, capitals."""
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


def _counted_said(count: int, unit: str) -> str:
    match unit:
        case "day":
            said = ngettext("{n} day", "{n} days", count)
        case "week":
            said = ngettext("{n} week", "{n} weeks", count)
        case "month":
            said = ngettext("{n} month", "{n} months", count)
        case "quarter":
            said = ngettext("{n} quarter", "{n} quarters", count)
        case _year:
            said = ngettext("{n} year", "{n} years", count)
    return said.format(n=count)


def rule_in_words(recurrence: Recurrence, formats: Formats) -> str:
    """The whole rule but its first day: `every month on the last working day, until 30/06/2027`."""
    rule = _with_day(_every(recurrence), recurrence, formats)
    if recurrence.last is None:
        return rule
    return _("{rule}, until {day}").format(rule=rule, day=formats.date_column(recurrence.last))


def waiting_in_words(day: date, today: date, count: Callable[[int], str]) -> str:
    """How long a day has been due; `count` writes a number."""
    days = (today - day).days
    if days <= 0:
        return _("due today") if days == 0 else _("not due yet")
    return ngettext("{n} day overdue", "{n} days overdue", days).format(n=count(days))


def due_in_words(due: Sequence[Due], today: date, formats: Formats, count: Callable[[int], str]) -> str:
    """How much is due, and since when; what is due comes the oldest first. '' for nothing."""
    if not due:
        return ""
    oldest, number = due[0].day, len(due)
    if oldest == today:
        return ngettext("{n} due today", "{n} due today", number).format(n=count(number))
    said = ngettext("{n} due since {day}", "{n} due since {day}", number)
    return said.format(n=count(number), day=formats.date_column(oldest))


def days_in_words(days: Sequence[date], formats: Formats) -> str:
    """Some days with their weekdays before them, in one line."""
    return listed(f"{formats.weekday(day)} {formats.date_column(day)}" for day in days)


def next_days(schedule: Schedule, count: int = PREVIEWED) -> list[date]:
    """The next days of a schedule that wait, however far ahead."""
    waiting = (day for day in schedule.recurrence.days(schedule.through) if day not in schedule.handled)
    return list(islice(waiting, count))


def preview_in_words(schedule: Schedule, today: date, formats: Formats, count: Callable[[int], str]) -> tuple[str, str]:
    """The next days of a schedule, and how many of its days are due at once; in two lines."""
    days = next_days(schedule)
    if not days:
        return _("No day is left: it has ended."), ""
    due = len(schedule.due(today))
    at_once = ngettext("{n} due at once", "{n} due at once", due).format(n=count(due)) if due else ""
    first, second = days[:_ON_FIRST_LINE], days[_ON_FIRST_LINE:]
    more = " …" if len(days) == PREVIEWED else ""
    said = _("Next: {days}")
    indent = " " * cell_len(said.format(days=""))
    rest = f"{indent}{days_in_words(second, formats)}{more}" if second else ""
    return said.format(days=f"{days_in_words(first, formats)}{',' if second else ''}"), _joined(rest, at_once)


def _joined(days: str, at_once: str) -> str:
    return f"{days} · {at_once}" if days and at_once else days or at_once


def _interval(recurrence: Recurrence) -> tuple[int, str]:
    """How many of which unit, the largest that fits."""
    count, unit = recurrence.count, recurrence.unit
    if unit == "month":
        for months, name in _LARGER_UNITS:
            if count == months or (name == "year" and count % months == 0):
                return count // months, name
    return count, unit


def _every(recurrence: Recurrence) -> str:
    count, unit = _interval(recurrence)
    match unit:
        case "day":
            said = ngettext("every day", "every {n} days", count)
        case "week":
            said = ngettext("every week", "every {n} weeks", count)
        case "month":
            said = ngettext("every month", "every {n} months", count)
        case "quarter":
            said = ngettext("every quarter", "every {n} quarters", count)
        case _year:
            said = ngettext("every year", "every {n} years", count)
    return said.format(n=count)


def _with_day(every: str, recurrence: Recurrence, formats: Formats) -> str:
    """With the day it is on, where neither the interval nor the next day alone says it."""
    if recurrence.on in _ON_LAST:
        return _(_ON_LAST[recurrence.on][recurrence.count != 1]).format(every=every)
    if recurrence.unit == "week":
        return _("{every} on {weekday}").format(every=every, weekday=formats.weekday(recurrence.first))
    if recurrence.unit == "month" and recurrence.count % 12:
        return _("{every} on day {n}").format(every=every, n=recurrence.first.day)
    return every
