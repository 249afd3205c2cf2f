"""Periods of a list: which days they hold, and what the keys make of them."""

from __future__ import annotations

from datetime import date

import pytest

from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.shown_period import (
    EVERYTHING,
    ShownPeriod,
    Span,
    moved,
    narrower,
    period_name,
    period_of,
    wider,
)

DAY = date(2026, 7, 17)
FORMATS = Formats("en_GB")


def calendar_year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def april_year(day: date) -> tuple[date, date]:
    year = day.year - (day.month < 4)
    return date(year, 4, 1), date(year + 1, 3, 31)


@pytest.mark.parametrize(
    ("span", "first", "last", "name"),
    [
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (Span.QUARTER, date(2026, 7, 1), date(2026, 9, 30), "Q3 2026"),
        (Span.MONTH, date(2026, 7, 1), date(2026, 7, 31), "Jul 2026"),
        (Span.WEEK, date(2026, 7, 13), date(2026, 7, 19), "13/07/2026–19/07/2026"),
        (Span.DAY, DAY, DAY, "Fri 17/07/2026"),
    ],
)
def test_a_period_holds_the_day_and_has_a_name(span: Span, first: date, last: date, name: str) -> None:
    period = period_of(span, DAY, calendar_year)
    assert (period.first, period.last) == (first, last)
    assert period_name(period, FORMATS) == name


def test_all_days_have_no_name_and_no_neighbour() -> None:
    assert period_name(EVERYTHING, FORMATS) == ""
    assert moved(EVERYTHING, 1, calendar_year) == EVERYTHING
    assert EVERYTHING.has(date.max)


def test_narrowing_goes_down_to_a_day_and_widening_all_the_way_back() -> None:
    period, spans = EVERYTHING, []
    for _ in range(6):
        period = narrower(period, DAY, calendar_year)
        spans.append(period.span)
        assert period.has(DAY)
    assert spans == [Span.YEAR, Span.QUARTER, Span.MONTH, Span.WEEK, Span.DAY, Span.DAY]
    for _ in range(6):
        period = wider(period, DAY, calendar_year)
    assert period == EVERYTHING


def test_narrowing_around_a_day_outside_takes_the_nearest_day_of_the_period() -> None:
    march = period_of(Span.MONTH, date(2026, 3, 5), calendar_year)
    assert narrower(march, DAY, calendar_year).has(date(2026, 3, 31))


@pytest.mark.parametrize("span", [Span.YEAR, Span.QUARTER, Span.MONTH, Span.WEEK, Span.DAY])
@pytest.mark.parametrize("year_of", [calendar_year, april_year])
def test_periods_follow_each_other_without_a_gap(span: Span, year_of: object) -> None:
    period = period_of(span, date(2023, 12, 30), year_of)  # type: ignore[arg-type]
    for _ in range(40):
        following = moved(period, 1, year_of)  # type: ignore[arg-type]
        assert period.last is not None
        assert following.first is not None
        assert (following.first - period.last).days == 1
        assert moved(following, -1, year_of) == period  # type: ignore[arg-type]
        period = following


def test_a_fiscal_year_that_is_no_calendar_year_is_named_by_its_days() -> None:
    year = period_of(Span.YEAR, DAY, april_year)
    assert period_name(year, FORMATS) == "01/04/2026–31/03/2027"
    assert period_of(Span.QUARTER, date(2027, 2, 1), april_year).first == date(2027, 1, 1)


def test_a_short_year_has_a_short_last_quarter(book: Ledger) -> None:
    book.set_fiscal_year("2026-01-01", "2026-08-15")
    quarter = period_of(Span.QUARTER, DAY, book.fiscal_year)
    assert (quarter.first, quarter.last) == (date(2026, 7, 1), date(2026, 8, 15))
    assert moved(quarter, 1, book.fiscal_year).first == date(2026, 8, 16)


@pytest.mark.parametrize("span", [Span.YEAR, Span.QUARTER, Span.MONTH, Span.WEEK, Span.DAY])
def test_the_ends_of_the_calendar_are_no_wall_to_run_into(span: Span) -> None:
    for day, step in ((date.max, 1), (date.min, -1)):
        period = period_of(span, day, calendar_year)
        assert period.has(day)
        assert moved(period, step, calendar_year) == period


def test_the_nearest_day_of_a_period() -> None:
    july = ShownPeriod(Span.MONTH, date(2026, 7, 1), date(2026, 7, 31))
    assert [july.clipped(day).day for day in (date(2026, 6, 5), DAY, date(2026, 9, 9))] == [1, 17, 31]
