"""What waits to be posted, and what recurs? The rows of the two lists, with what each day would move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.schedules import Due, Schedule
from tui_ledger.ledger.templates import Template, TemplateLine
from tui_ledger.money import Currency, Money, parse_units
from tui_ledger.ui import entry
from tui_ledger.ui.desk import Standing
from tui_ledger.ui.entry import Line
from tui_ledger.words import listed

FIGURE = "="


@dataclass(frozen=True, slots=True)
class DueRow:
    """A day of a schedule that waits; `moved` are its debits by currency, empty where they are not known."""

    due: Due
    moved: tuple[Money, ...]

    @property
    def key(self) -> tuple[str, str]:
        return (self.due.day.isoformat(), self.due.schedule.name)

    @property
    def is_open(self) -> bool:
        """Whether amounts have to be typed before it can be posted."""
        return has_open_amounts(self.due.schedule.template)

    def amount(self, standing: Standing) -> Money | None:
        """What the journal would show as its amount: the debits in the currency of the first line."""
        first = standing.by_name.get(self.due.schedule.template.lines[0].account)
        found = [money for money in self.moved if first is not None and money.currency == first.currency]
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule, its next day or None where it has ended, and the last day posted or skipped."""

    schedule: Schedule
    moved: tuple[Money, ...]
    next_day: date | None
    handled: date | None

    @property
    def key(self) -> str:
        return self.schedule.name


def due_rows(due: Iterable[Due], standing: Standing) -> list[DueRow]:
    """What waits, in the order given."""
    moved: dict[str, tuple[Money, ...]] = {}
    rows = []
    for one in due:
        name = one.schedule.name
        if name not in moved:
            moved[name] = debits_of(one.schedule.template, standing)
        rows.append(DueRow(one, moved[name]))
    return rows


def schedule_rows(schedules: Iterable[Schedule], standing: Standing, today: date) -> list[ScheduleRow]:
    """Every schedule, in the order given."""
    return [
        ScheduleRow(one, debits_of(one.template, standing), coming_day(one, today), last_handled(one))
        for one in schedules
    ]


def coming_day(schedule: Schedule, today: date) -> date | None:
    """The first day that waits and is not due yet, else the first that waits, or None where it has ended."""
    after = today if schedule.through is None else max(today, schedule.through)
    coming = (day for day in schedule.recurrence.days(after) if day not in schedule.handled)
    return next(coming, schedule.next_day())


def last_handled(schedule: Schedule) -> date | None:
    """The latest day that was posted or skipped, or None."""
    return max((day for day in (schedule.through, *schedule.handled) if day is not None), default=None)


def has_open_amounts(template: Template) -> bool:
    """Whether more amounts are left open than the ledger could fill."""
    return sum(line.amount is None for line in template.lines) > 1


def debits_of(template: Template, standing: Standing) -> tuple[Money, ...]:
    """What a template moves: its debits by currency, the one open amount filled with what is left.

    Empty where amounts are open, and where an account is no more or has another currency by now.
    """
    lines = [_line(line, standing) for line in template.lines]
    if has_open_amounts(template) or any(line is None for line in lines):
        return ()
    found = entry.sums([line for line in lines if line is not None], standing.currency)
    return tuple(side.debit for side in found if side.debit)


def total_by_currency(rows: Iterable[DueRow]) -> list[Money]:
    """What some days move together, a sum a currency."""
    sums: dict[Currency, Money] = {}
    for money in (money for row in rows for money in row.moved):
        sums[money.currency] = sums[money.currency] + money if money.currency in sums else money
    return list(sums.values())


def lines_in_words(template: Template) -> str:
    """What a template is about and the accounts it touches, in one line."""
    accounts = listed(dict.fromkeys(line.account for line in template.lines))
    return " · ".join(text for text in (template.payee or "", template.memo, accounts) if text)


def _line(line: TemplateLine, standing: Standing) -> Line | None:
    """A line of a template as one of the entry form; None where its account or amount cannot be."""
    account = standing.by_name.get(line.account)
    if account is None:
        return None
    if line.amount is None:
        return Line(account.name, "", account)
    try:
        units = parse_units(format(line.amount, "f"), account.currency)
    except LedgerError:
        return None
    return Line(account.name, FIGURE, account, Money(units, account.currency), price=line.price)
