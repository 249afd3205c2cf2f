"""Which fiscal year does a day lie in? Years set by their dates, else the book's rule, from any day to the next."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from tui_ledger.dates import add_months, day_after, day_before, fiscal_year_first_day, parse_date
from tui_ledger.errors import FiscalYearNotSet, InvalidFiscalYear, LaterAct, PeriodClosed
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.words import N_, Said

_LONGEST_MONTHS = 24


class FiscalYear(NamedTuple):
    """A fiscal year's first and last day, both inclusive."""

    first: date
    last: date


class FiscalYears:
    """The fiscal years of a book.

    A year that was set ends the years by rule before it on its eve; those behind it run from the day after it, from
    anniversary to anniversary. So a short first year, a changed one, or one of 52 or 53 weeks is a single entry.
    """

    def __init__(self, start: tuple[int, int], years_set: tuple[FiscalYear, ...]) -> None:
        self._start = start
        self._set = years_set

    def of(self, day: date) -> FiscalYear:
        """The fiscal year a day lies in."""
        before = [year for year in self._set if year.first <= day]
        if before and day <= before[-1].last:
            return before[-1]
        start = self._start if not before else _anniversary(day_after(before[-1].last))
        first = min(fiscal_year_first_day(day, start), day)
        if before:
            first = max(first, day_after(before[-1].last))
        last = _last_day(first, start)
        following = next((year for year in self._set if year.first > day), None)
        return FiscalYear(first, last if following is None else min(last, day_before(following.first)))


def read_fiscal_years(database: BookDatabase, start: tuple[int, int]) -> FiscalYears:
    """The fiscal years of a book, as they stand now."""
    return FiscalYears(start, years_set(database))


def years_set(database: BookDatabase) -> tuple[FiscalYear, ...]:
    """The fiscal years that were set by their dates, in order."""
    rows = database.rows("SELECT first_day, last_day FROM fiscal_years ORDER BY first_day")
    with database.decoding():
        return tuple(FiscalYear(date.fromisoformat(first), date.fromisoformat(last)) for first, last in rows)


def checked_year(first: date | str, last: date | str) -> FiscalYear:
    """A fiscal year as it can be set: from 1 day to 24 months; raises InvalidDate, InvalidFiscalYear."""
    year = FiscalYear(parse_date(first), parse_date(last))
    if year.last < year.first:
        raise InvalidFiscalYear(first=year.first, last=year.last, reason=N_("it ends before it begins"))
    if year.first.year < date.max.year - 2 and year.last >= add_months(year.first, _LONGEST_MONTHS):
        raise InvalidFiscalYear(
            first=year.first,
            last=year.last,
            reason=Said("it is longer than {longest_months} months", longest_months=_LONGEST_MONTHS),
        )
    return year


def set_year(database: BookDatabase, act: Act, state: BookState, year: FiscalYear) -> None:
    """Sets a fiscal year, in place of one that begins on the same day; only in open periods, and over no other."""
    _refuse_closed(state, year)
    others = [other for other in years_set(database) if other.first != year.first]
    other = next((one for one in others if one.first <= year.last and year.first <= one.last), None)
    if other is not None:
        reason = Said("it overlaps the year from {first} to {last}", first=other.first, last=other.last)
        raise InvalidFiscalYear(first=year.first, last=year.last, reason=reason)
    before = _standing(database, year.first)
    database.execute("DELETE FROM fiscal_years WHERE first_day = ?", (year.first.isoformat(),))
    days = (year.first.isoformat(), year.last.isoformat())
    database.execute("INSERT INTO fiscal_years (first_day, last_day) VALUES (?, ?)", days)
    act.record(subject=_subject(year), before=None if before is None else _body(before), after=_body(year))


def unset_year(database: BookDatabase, act: Act, state: BookState, first: date) -> FiscalYear:
    """Takes away the fiscal year set from a day on: the rule holds again; returns what it was."""
    year = _standing(database, first)
    if year is None:
        raise FiscalYearNotSet(first=first)
    _refuse_closed(state, year)
    database.execute("DELETE FROM fiscal_years WHERE first_day = ?", (first.isoformat(),))
    act.record(subject=_subject(year), before=_body(year))
    return year


def restore_year(
    database: BookDatabase, act: Act, state: BookState, current: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> None:
    """Writes a fiscal year as a body of the history has it, for undo and redo; raises LaterAct where it changed."""
    body = current or wanted or {}
    first = date.fromisoformat(body["first_day"])
    standing = _standing(database, first)
    if (None if standing is None else _body(standing)) != current:
        raise LaterAct(what=Said("the fiscal year from {first}", first=first), later=N_("a later change"))
    if wanted is None:
        unset_year(database, act, state, first)
    else:
        set_year(database, act, state, checked_year(wanted["first_day"], wanted["last_day"]))


def _standing(database: BookDatabase, first: date) -> FiscalYear | None:
    return next((year for year in years_set(database) if year.first == first), None)


def _refuse_closed(state: BookState, year: FiscalYear) -> None:
    if state.closed_through is not None and year.first <= state.closed_through:
        raise PeriodClosed(date=year.first, through=state.closed_through)


def _subject(year: FiscalYear) -> str:
    return f"fiscal-year {year.first.isoformat()}"


def _body(year: FiscalYear) -> dict[str, Any]:
    return {"first_day": year.first.isoformat(), "last_day": year.last.isoformat()}


def _anniversary(day: date) -> tuple[int, int]:
    return day.month, day.day


def _last_day(first: date, start: tuple[int, int]) -> date:
    """The eve of the next anniversary of a start."""
    if first.year == date.max.year:
        return date.max
    following = fiscal_year_first_day(date(first.year + 1, 12, 31), start)
    earlier = fiscal_year_first_day(date(first.year, 12, 31), start)
    return day_before(earlier if earlier > first else following)
