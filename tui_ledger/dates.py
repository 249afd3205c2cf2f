"""How is a plain date read and moved? ISO 8601, the same in every locale."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from tui_ledger.errors import InvalidDate, InvalidMonthDay

Clock = Callable[[], datetime]

MONDAY = 0

_first_weekday: ContextVar[Callable[[], int]] = ContextVar("first_weekday", default=lambda: MONDAY)

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def system_clock() -> datetime:
    """Now, aware, in the local zone of the machine."""
    return datetime.now(UTC).astimezone()


def local_day(clock: Clock) -> date:
    """The user's calendar day at the clock's time."""
    return clock().astimezone().date()


def parse_date(text: object) -> date:
    """A `date` from an ISO 8601 text or a `date`; raises InvalidDate for anything else, 2026-02-30 included.

    A `datetime` is refused: it names a moment, and its day depends on a zone.
    """
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    if isinstance(text, str) and _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise InvalidDate(text=text if isinstance(text, str) else str(text))


def optional_date(day: object) -> date | None:
    """A date as `parse_date` reads it, None for None."""
    return None if day is None else parse_date(day)


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it is shorter.

    Clipped to the years 1 to 9999.
    """
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def next_month_end(day: date) -> date:
    """The next later month end."""
    end = month_end(day)
    return end if day < end else month_end(add_months(day, 1))


def previous_month_end(day: date) -> date:
    """The last month end before the day."""
    return day_before(day.replace(day=1))


def day_before(day: date) -> date:
    """The day before, or the first day there is."""
    return day - timedelta(days=1) if day > date.min else day


def day_after(day: date) -> date:
    """The day after, or the last day there is."""
    return day + timedelta(days=1) if day < date.max else day


def fiscal_year_first_day(day: date, start: tuple[int, int]) -> date:
    """The first day of the fiscal year a day lies in; `start` is (month, day) and 29 February means its last day."""
    year = day.year
    while True:
        first = date(year, start[0], min(start[1], monthrange(year, start[0])[1]))
        if first <= day or year == 1:
            return first
        year -= 1


def quarter_of(day: date, year_first: date, year_last: date) -> tuple[date, date]:
    """First and last day of the quarter a day lies in: three months, counted from the first day of its fiscal year, or
    less where the year ends."""
    starts = [add_months(year_first, months) for months in range(0, 24, 3)]
    begun = [start for start in starts if start <= day]
    following = [start for start in starts if day < start <= year_last]
    return begun[-1], day_before(following[0]) if following else year_last


def parse_month_day(text: str) -> tuple[int, int]:
    """(month, day) from 'MM-DD'; raises InvalidMonthDay."""
    try:
        day = date.fromisoformat(f"2000-{text}") if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        raise InvalidMonthDay(text=text)
    return day.month, day.day


def begin_weeks(first_weekday: Callable[[], int]) -> None:
    """From here on weeks begin so for the reader of this context, 0 for Monday; it is asked when one is needed.

    As with the language (`tui_ledger.words`), a program says it once for whom it serves, and for whoever says nothing,
    as a script does, weeks begin on Monday (ISO 8601).
    """
    _first_weekday.set(first_weekday)


@contextmanager
def own_weeks() -> Iterator[None]:
    """Inside, weeks begin on Monday until somebody says otherwise; behind it, on the day they began on before."""
    before = _first_weekday.set(lambda: MONDAY)
    try:
        yield
    finally:
        _first_weekday.reset(before)


def week_of(day: date) -> tuple[date, date]:
    """The first and the last day of the week a day lies in; at the ends of the calendar it is shorter."""
    first = day.toordinal() - (day.weekday() - _first_weekday.get()()) % 7
    return date.fromordinal(max(first, 1)), date.fromordinal(min(first + 6, date.max.toordinal()))
