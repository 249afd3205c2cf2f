"""Which days does a list show? All, a fiscal year, quarter, month, week or day, or any; keys widen and move it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tui_ledger.dates import add_months, day_after, day_before, month_end, quarter_of, week_of
from tui_ledger.locale.formats import Formats
from tui_ledger.words import _

YearOf = Callable[[date], tuple[date, date]]


class Span(IntEnum):
    """How much a period holds, from the widest to the narrowest."""

    ALL = 0
    YEAR = 1
    QUARTER = 2
    MONTH = 3
    WEEK = 4
    DAY = 5
    CHOSEN = 6
    """Any first and last day that somebody chose; it is neither wider nor narrower than the others."""


@dataclass(frozen=True, slots=True)
class ShownPeriod:
    """A span of days, both ends inclusive; of all days there is no first and no last, of chosen ones there may be."""

    span: Span = Span.ALL
    first: date | None = None
    last: date | None = None

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def clipped(self, day: date) -> date:
        """The day of the period that is nearest to a day."""
        later = day if self.first is None else max(day, self.first)
        return later if self.last is None else min(later, self.last)


EVERYTHING = ShownPeriod()


def chosen_period(first: date | None, last: date | None) -> ShownPeriod:
    """The days from a first to a last one, either of which may be left open."""
    return EVERYTHING if first is None and last is None else ShownPeriod(Span.CHOSEN, first, last)


def period_of(span: Span, day: date, year_of: YearOf) -> ShownPeriod:
    """The period of a span that a day lies in; `year_of` gives the first and the last day of its fiscal year.

    Quarters are counted from the beginning of the fiscal year, weeks begin as the
    locale or the book has it.
    """
    match span:
        case Span.ALL | Span.CHOSEN:
            return EVERYTHING
        case Span.YEAR:
            return ShownPeriod(span, *year_of(day))
        case Span.QUARTER:
            return ShownPeriod(span, *quarter_of(day, *year_of(day)))
        case Span.MONTH:
            return ShownPeriod(span, day.replace(day=1), month_end(day))
        case Span.WEEK:
            return ShownPeriod(span, *week_of(day))
    return ShownPeriod(span, day, day)


def known_period(first: date, last: date, year_of: YearOf) -> ShownPeriod:
    """The year, quarter, month, week or day that two days are the ends of, so that it moves as one; else just these."""
    known = (period_of(span, first, year_of) for span in (Span.YEAR, Span.QUARTER, Span.MONTH, Span.WEEK, Span.DAY))
    return next((one for one in known if (one.first, one.last) == (first, last)), chosen_period(first, last))


def narrower(period: ShownPeriod, day: date, year_of: YearOf) -> ShownPeriod:
    """One step narrower, around a day; a single day stays, and of chosen days the month is left."""
    if period.span is Span.CHOSEN:
        return period_of(Span.MONTH, period.clipped(day), year_of)
    return period_of(Span(min(period.span + 1, Span.DAY)), period.clipped(day), year_of)


def wider(period: ShownPeriod, day: date, year_of: YearOf) -> ShownPeriod:
    """One step wider, around a day; all days stay, and chosen ones become all."""
    if period.span is Span.CHOSEN:
        return EVERYTHING
    return period_of(Span(max(period.span - 1, Span.ALL)), period.clipped(day), year_of)


def moved(period: ShownPeriod, step: int, year_of: YearOf) -> ShownPeriod:
    """The next period of the same span (+1) or the one before (-1); at the ends of the calendar it stays."""
    if period.first is None or period.last is None:
        return period
    neighbour = day_after(period.last) if step > 0 else day_before(period.first)
    if period.span is Span.CHOSEN:
        return _shifted(period.first, period.last, step)
    return period if period.has(neighbour) else period_of(period.span, neighbour, year_of)


def period_name(period: ShownPeriod, formats: Formats) -> str:
    """A period in a few words, '' for all days: '2026', 'Q3 2026', 'Jul 2026', days with what they begin and end."""
    if period.span is Span.CHOSEN and period.first is None and period.last is not None:
        return _("to {day}").format(day=formats.date_column(period.last))
    if period.span is Span.CHOSEN and period.last is None and period.first is not None:
        return _("from {day}").format(day=formats.date_column(period.first))
    if period.first is None or period.last is None:
        return ""
    match period.span:
        case Span.YEAR if _is_calendar_year(period.first, period.last):
            return str(period.first.year)
        case Span.QUARTER if _is_calendar_quarter(period.first, period.last):
            number = (period.first.month + 2) // 3
            return _("Q{number} {year}").format(number=number, year=period.first.year)
        case Span.MONTH:
            return formats.month(period.first)
        case Span.DAY:
            return f"{formats.weekday(period.first)} {formats.date_column(period.first)}"
    return f"{formats.date_column(period.first)}–{formats.date_column(period.last)}"


def _shifted(first: date, last: date, step: int) -> ShownPeriod:
    """As many days as before, straight behind them or before them; beyond the calendar they stay."""
    days = (last.toordinal() - first.toordinal() + 1) * step
    if first.toordinal() + days < 1 or last.toordinal() + days > date.max.toordinal():
        return ShownPeriod(Span.CHOSEN, first, last)
    return ShownPeriod(Span.CHOSEN, *(date.fromordinal(day.toordinal() + days) for day in (first, last)))


def _is_calendar_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year)


def _is_calendar_quarter(first: date, last: date) -> bool:
    return first.day == 1 and first.month % 3 == 1 and last == month_end(add_months(first, 2))
