"""Which transactions recur, and which of them are due? Settings named `schedule.NAME`: a template and its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.errors import InvalidDate, InvalidSetting, NotDue, UnknownSchedule
from tui_ledger.ledger.kept_names import kept_as
from tui_ledger.ledger.recurrence import DayOfMonth, Recurrence
from tui_ledger.ledger.templates import Template, checked_name, draft_of_template, template_body, template_from_body
from tui_ledger.ledger.values import Draft
from tui_ledger.text import name_key
from tui_ledger.words import N_

PREFIX = "schedule."
_PARTS = {"template", "first", "count", "unit", "on", "last", "through", "handled"}


@dataclass(frozen=True, slots=True)
class Schedule:
    """A template that recurs. `through` is the day up to which nothing is due any more; `handled` are later days that
    were posted or skipped before their turn."""

    name: str
    template: Template
    recurrence: Recurrence
    through: date | None = None
    handled: tuple[date, ...] = ()

    def due(self, day: date) -> list[date]:
        """The days up to and including one that wait to be posted or skipped; at most a thousand."""
        return [one for one in self.recurrence.due(self.through, day) if one not in self.handled]

    def next_day(self) -> date | None:
        """The next day that waits, or None where it has ended."""
        return next((one for one in self.recurrence.days(self.through) if one not in self.handled), None)

    def draft(self, day: date) -> Draft:
        """What is posted for a day; its data names the schedule."""
        made = draft_of_template(self.template, date=day)
        return replace(made, data={"schedule": self.name, "due": day.isoformat()})

    def after(self, day: date) -> Schedule:
        """The same once a day was posted or skipped; raises NotDue for a day that does not wait."""
        before = date.fromordinal(day.toordinal() - 1) if day > date.min else None
        if self.recurrence.next_after(before) != day:
            raise NotDue(name=self.name, day=day, reason=N_("it does not recur on that day"))
        if day in self.handled or (self.through is not None and day <= self.through):
            raise NotDue(name=self.name, day=day, reason=N_("that day was posted or skipped already"))
        handled, through = {*self.handled, day}, self.through
        while (following := self.recurrence.next_after(through)) in handled:
            handled.discard(following)
            through = following
        return replace(self, through=through, handled=tuple(sorted(handled)))


@dataclass(frozen=True, slots=True)
class Due:
    """A day of a schedule that waits to be posted or skipped."""

    schedule: Schedule
    day: date


def checked_schedule(schedule: Schedule) -> Schedule:
    """A schedule as it can be kept; raises InvalidSetting."""
    named = replace(schedule, name=checked_name(schedule.name))
    if not named.template.lines:
        raise InvalidSetting(
            value=named.name,
            what=N_("schedule"),
            advice=N_("a schedule repeats postings, so take a transaction that has some"),
        )
    return schedule_from_body(named.name, schedule_body(named))


def check_schedule(name: str, value: object) -> None:
    """Refuses a setting `schedule.NAME` that is no schedule; raises InvalidSetting."""
    schedule_from_body(checked_name(name.removeprefix(PREFIX)), value)


def schedules_in(settings: Mapping[str, Any]) -> tuple[Schedule, ...]:
    """The schedules among a book's settings, by name."""
    found = [
        schedule_from_body(name.removeprefix(PREFIX), value)
        for name, value in settings.items()
        if name.startswith(PREFIX)
    ]
    return tuple(sorted(found, key=lambda one: (name_key(one.name), one.name)))


def schedule_named(settings: Mapping[str, Any], name: str) -> Schedule:
    """One schedule by its name, upper or lower case; raises UnknownSchedule."""
    known = {schedule.name: schedule for schedule in schedules_in(settings)}
    kept = kept_as(name, known)
    if kept is None:
        raise UnknownSchedule(name=name)
    return known[kept]


def schedule_body(schedule: Schedule) -> dict[str, Any]:
    """A schedule as the book keeps it; nothing that is unset."""
    recurrence = schedule.recurrence
    body: dict[str, Any] = {
        "template": template_body(schedule.template),
        "first": recurrence.first.isoformat(),
        "count": recurrence.count,
        "unit": recurrence.unit,
        "on": recurrence.on.value,
        "last": None if recurrence.last is None else recurrence.last.isoformat(),
        "through": None if schedule.through is None else schedule.through.isoformat(),
        "handled": [day.isoformat() for day in schedule.handled],
    }
    return {name: value for name, value in body.items() if value not in (None, [])}


def schedule_from_body(name: str, body: object) -> Schedule:
    """The schedule a body states; raises InvalidSetting where it is none."""
    if not isinstance(body, Mapping) or body.keys() - _PARTS:
        raise InvalidSetting(
            value=name, what=N_("schedule"), advice=N_("it has a template, its first day, count and unit")
        )
    template = template_from_body(name, body.get("template"))
    try:
        recurrence = Recurrence(
            parse_date(body.get("first")),
            body.get("count", 1),
            body.get("unit", "month"),
            DayOfMonth(body.get("on", DayOfMonth.SAME)),
            optional_date(body.get("last")),
        )
        handled = tuple(parse_date(day) for day in body.get("handled", ()))
        through = optional_date(body.get("through"))
    except (InvalidDate, ValueError, TypeError) as problem:
        raise InvalidSetting(value=name, what=N_("schedule"), advice=f"{problem}".rstrip(".")) from None
    count: object = body.get("count", 1)
    whole = isinstance(count, int) and not isinstance(count, bool) and count >= 1
    if not whole or recurrence.unit not in ("day", "week", "month"):
        raise InvalidSetting(
            value=name, what=N_("schedule"), advice=N_("its count is 1 or more, its unit day, week or month")
        )
    return Schedule(name, template, recurrence, through, handled)
