"""How is what recurs said in words? A rule, how long a day has waited, and how much of it waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice

from tui_ledger.ledger.recurrence import DayOfMonth, Recurrence
from tui_ledger.ledger.schedules import Due, Schedule
from tui_ledger.locale.formats import Formats

PREVIEWED = 5
DAY_WORDS = {one: one.value.replace("-", " ") for one in DayOfMonth}

_NEXT = "Next: "
_ON_FIRST_LINE = 3
_LARGER_UNITS = ((12, "year"), (3, "quarter"))


def interval_in_words(recurrence: Recurrence) -> str:
    """How often, as it is typed too: `month`, `2 weeks`, `quarter`."""
    count, unit = recurrence.count, recurrence.unit
    if unit == "month":
        for months, name in _LARGER_UNITS:
            if count == months or (name == "year" and count % months == 0):
                count, unit = count // months, name
                break
    return unit if count == 1 else f"{count} {unit}s"


def rule_in_words(recurrence: Recurrence, formats: Formats) -> str:
    """The whole rule but its first day: `every month on the last working day, until 30/06/2027`."""
    until = "" if recurrence.last is None else f", until {formats.date_column(recurrence.last)}"
    return f"every {interval_in_words(recurrence)}{_on_in_words(recurrence, formats)}{until}"


def waiting_in_words(day: date, today: date, count: Callable[[int], str]) -> str:
    """How long a day has been due; `count` writes a number."""
    days = (today - day).days
    if days <= 0:
        return "due today" if days == 0 else "not due yet"
    return f"{count(days)} day{'' if days == 1 else 's'} overdue"


def due_in_words(due: Sequence[Due], today: date, formats: Formats, count: Callable[[int], str]) -> str:
    """How much is due, and since when; what is due comes the oldest first. '' for nothing."""
    if not due:
        return ""
    oldest = due[0].day
    return f"{count(len(due))} due {'today' if oldest == today else f'since {formats.date_column(oldest)}'}"


def days_in_words(days: Sequence[date], formats: Formats) -> str:
    """Some days with their weekdays before them, in one line."""
    return ", ".join(f"{formats.weekday(day)} {formats.date_column(day)}" for day in days)


def next_days(schedule: Schedule, count: int = PREVIEWED) -> list[date]:
    """The next days of a schedule that wait, however far ahead."""
    waiting = (day for day in schedule.recurrence.days(schedule.through) if day not in schedule.handled)
    return list(islice(waiting, count))


def preview_in_words(schedule: Schedule, today: date, formats: Formats, count: Callable[[int], str]) -> tuple[str, str]:
    """The next days of a schedule, and how many of its days are due at once; in two lines."""
    days = next_days(schedule)
    if not days:
        return "No day is left: it has ended.", ""
    due = len(schedule.due(today))
    at_once = f"{count(due)} due at once" if due else ""
    first, second = days[:_ON_FIRST_LINE], days[_ON_FIRST_LINE:]
    more = " …" if len(days) == PREVIEWED else ""
    rest = f"{' ' * len(_NEXT)}{days_in_words(second, formats)}{more}" if second else ""
    return f"{_NEXT}{days_in_words(first, formats)}{',' if second else ''}", _joined(rest, at_once)


def _joined(days: str, at_once: str) -> str:
    return f"{days} · {at_once}" if days and at_once else days or at_once


def _on_in_words(recurrence: Recurrence, formats: Formats) -> str:
    """On which day, where neither the interval nor the next day alone says it."""
    if recurrence.on is not DayOfMonth.SAME:
        return f" on the {DAY_WORDS[recurrence.on]}{'' if recurrence.count == 1 else ' of the month'}"
    if recurrence.unit == "week":
        return f" on {formats.weekday(recurrence.first)}"
    return f" on day {recurrence.first.day}" if recurrence.unit == "month" and recurrence.count % 12 else ""
