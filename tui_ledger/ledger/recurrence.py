"""On which days does something recur? Every n days, weeks, months or years from a first day, until a last one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tui_ledger.dates import add_months, month_end
from tui_ledger.errors import InvalidSetting
from tui_ledger.words import N_, NP_, Said, _, ngettext

_EVERY = re.compile(r"(?:([0-9]{1,4})[ -]?)?(day|week|month|quarter|year)s?|(dai|week|month|quarter|year)ly")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST = 1_000
_SATURDAY = 5


class DayOfMonth(StrEnum):
    """Which day of its month something recurs on."""

    SAME = "same-day"
    LAST = "last-day"
    LAST_WORKING = "last-working-day"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `count` `unit`s ("day", "week", "month") from `first` on, until `last`, both inclusive.

    In a month without the day of `first` it is that month's last. Working days are Monday to Friday.
    """

    first: date
    count: int = 1
    unit: str = "month"
    on: DayOfMonth = DayOfMonth.SAME
    last: date | None = None

    def days(self, after: date | None = None) -> Iterator[date]:
        """The days it recurs on, in order, those after a day."""
        step = 0 if after is None or after < self.first else self._steps_before(after)
        while (day := self._day(step)) is not None and (self.last is None or day <= self.last):
            if after is None or day > after:
                yield day
            step += 1

    def due(self, after: date | None, through: date) -> list[date]:
        """The days after one, up to and including another; at most a thousand."""
        found: list[date] = []
        for day in self.days(after):
            if day > through or len(found) == _MOST:
                break
            found.append(day)
        return found

    def next_after(self, after: date | None) -> date | None:
        """The first day after one, or None where it has ended."""
        return next(self.days(after), None)

    def in_words(self) -> str:
        """When it recurs, in the language spoken; `str` says it in English."""
        said = _(_EVERY_SO_OFTEN[self.on, self.last is not None])
        return said.format(every=self._every(), first=self.first, last=self.last)

    def _every(self) -> str:
        n = self.count
        several = {
            "day": ngettext("every day", "every {n} days", n),
            "week": ngettext("every week", "every {n} weeks", n),
            "month": ngettext("every month", "every {n} months", n),
        }
        return several[self.unit].format(n=n)

    def __str__(self) -> str:
        every = f"every {self.unit}" if self.count == 1 else f"every {self.count} {self.unit}s"
        on = "" if self.on is DayOfMonth.SAME else f" on the {self.on.value.replace('-', ' ')}"
        until = "" if self.last is None else f" until {self.last}"
        return f"{every}{on} from {self.first}{until}"

    def _steps_before(self, day: date) -> int:
        """A step whose day is not after a day, so that counting may begin there."""
        if self.unit == "month":
            months = (day.year - self.first.year) * 12 + day.month - self.first.month
            return max(months // self.count - 1, 0)
        return max((day - self.first).days // (self.count * (7 if self.unit == "week" else 1)) - 1, 0)

    def _day(self, step: int) -> date | None:
        try:
            if self.unit != "month":
                return self.first + timedelta(days=step * self.count * (7 if self.unit == "week" else 1))
            if (self.first.year * 12 + self.first.month - 1 + step * self.count) // 12 > date.max.year:
                return None
            return self._in_month(add_months(self.first, step * self.count))
        except OverflowError:
            return None

    def _in_month(self, day: date) -> date:
        if self.on is DayOfMonth.SAME:
            return day
        end = month_end(day)
        if self.on is DayOfMonth.LAST_WORKING:
            end -= timedelta(days=max(end.weekday() - _SATURDAY + 1, 0))
        return end


_EVERY_SO_OFTEN = {
    (DayOfMonth.SAME, False): N_("{every} from {first}"),
    (DayOfMonth.SAME, True): N_("{every} from {first} until {last}"),
    (DayOfMonth.LAST, False): N_("{every} on the last day from {first}"),
    (DayOfMonth.LAST, True): N_("{every} on the last day from {first} until {last}"),
    (DayOfMonth.LAST_WORKING, False): N_("{every} on the last working day from {first}"),
    (DayOfMonth.LAST_WORKING, True): N_("{every} on the last working day from {first} until {last}"),
}
"""By the day of the month, and by whether it ends."""


def recurrence(every: str, first: date, on: str = DayOfMonth.SAME, last: date | None = None) -> Recurrence:
    """The recurrence of `month`, `2 weeks`, `quarterly` and the like; raises InvalidSetting."""
    found = _EVERY.fullmatch(every.strip().lower())
    if found is None or (found[1] is not None and int(found[1]) == 0):
        raise InvalidSetting(
            value=every, what=N_("interval"), advice=N_("write day, week, month, quarter, year or 2-weeks")
        )
    unit = found[2] or {"dai": "day"}.get(found[3], found[3])
    count = int(found[1] or 1)
    if last is not None and last < first:
        raise InvalidSetting(
            value=last.isoformat(),
            what=NP_("schedule", "last day"),
            advice=Said("it lies before the first, {first}", first=first),
        )
    if unit in _MONTHS:
        count, unit = count * _MONTHS[unit], "month"
    return Recurrence(first, count, unit, _day_of_month(on, unit), last)


def _day_of_month(on: str, unit: str) -> DayOfMonth:
    found = next((one for one in DayOfMonth if one.value == on), None)
    if found is None or (found is not DayOfMonth.SAME and unit != "month"):
        advice = N_("use same-day, or with months last-day or last-working-day")
        raise InvalidSetting(value=str(on), what=N_("day to recur on"), advice=advice)
    return found
