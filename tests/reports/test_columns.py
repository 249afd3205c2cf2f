from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.dates import day_after
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.reports.columns import (
    MOST_COLUMNS,
    Range,
    columns_of,
    compared_day,
    compared_range,
    period_ends,
    periods_of,
)


def days(first: str, last: str) -> Range:
    return Range(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-01-01", "2026-03-31", "2026-Q1"),
        ("2026-10-01", "2026-12-31", "2026-Q4"),
        ("2026-02-01", "2026-04-30", "2026-02-01..2026-04-30"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01..2024-02-28"),
        ("2025-04-01", "2026-03-31", "2025-04-01..2026-03-31"),
        ("2025-01-01", "2026-12-31", "2025-01-01..2026-12-31"),
        ("0985-01-01", "0985-12-31", "0985"),
        ("2026-05-05", "2026-05-05", "2026-05-05..2026-05-05"),
    ],
)
def test_a_range_is_called_by_the_period_it_is(first: str, last: str, label: str) -> None:
    (column,) = columns_of([days(first, last)])

    assert column.label == label
    assert (column.date_from, column.date_to, column.at, column.last_day) == (
        date.fromisoformat(first),
        date.fromisoformat(last),
        None,
        date.fromisoformat(last),
    )


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="exchange --from and --to"):
        days("2026-02-02", "2026-02-01")


def test_the_first_of_all_days_has_no_eve() -> None:
    assert days("0001-01-01", "0001-01-02").eve is None
    assert days("2026-03-01", "2026-03-02").eve == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("first", "last", "every", "ends"),
    [
        ("2026-01-15", "2026-04-10", "month", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-10"]),
        ("2026-02-15", "2026-08-10", "quarter", ["2026-03-31", "2026-06-30", "2026-08-10"]),
        ("2024-06-01", "2026-06-01", "year", ["2024-12-31", "2025-12-31", "2026-06-01"]),
        ("2026-01-31", "2026-01-31", "month", ["2026-01-31"]),
        ("2026-01-01", "2026-12-31", "year", ["2026-12-31"]),
        ("9999-11-05", "9999-12-31", "month", ["9999-11-30", "9999-12-31"]),
        ("0001-01-01", "0001-02-01", "month", ["0001-01-31", "0001-02-01"]),
    ],
)
def test_periods_end_with_the_calendars_and_the_last_with_the_range(
    first: str, last: str, every: str, ends: list[str]
) -> None:
    assert [end.isoformat() for end in period_ends(days(first, last), every)] == ends


def test_a_word_that_is_no_period_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="use month, quarter or year"):
        periods_of(days("2026-01-01", "2026-12-31"), "week")


def test_more_columns_than_anyone_reads_are_refused_and_the_most_are_not() -> None:
    assert len(periods_of(days("1980-01-01", "2013-04-30"), "month")) == MOST_COLUMNS
    with pytest.raises(InvalidOptions, match="more than 400 columns"):
        periods_of(days("1980-01-01", "2013-05-01"), "month")
    assert len(periods_of(days("1980-01-01", "2013-05-01"), "month", most=None)) == MOST_COLUMNS + 1


some_days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(some_days, st.integers(0, 1500), st.sampled_from(["month", "quarter", "year"]))
def test_periods_follow_each_other_and_fill_the_range(first: date, length: int, every: str) -> None:
    whole = Range(first, date.fromordinal(first.toordinal() + length))

    found = periods_of(whole, every)

    assert (found[0].first, found[-1].last) == (whole.first, whole.last)
    assert all(later.first == day_after(earlier.last) for earlier, later in pairwise(found))
    assert period_ends(whole, every) == [period.last for period in found]


@pytest.mark.parametrize(
    ("first", "last", "comparison", "expected"),
    [
        ("2026-02-01", "2026-02-28", "previous", ("2026-01-01", "2026-01-31")),
        ("2026-01-01", "2026-03-31", "previous", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "2026-12-31", "previous", ("2025-01-01", "2025-12-31")),
        ("2026-03-11", "2026-03-20", "previous", ("2026-03-01", "2026-03-10")),
        ("2026-01-01", "2026-07-15", "previous", ("2025-06-19", "2025-12-31")),
        ("2026-02-01", "2026-02-28", "year", ("2025-02-01", "2025-02-28")),
        ("2025-02-01", "2025-02-28", "year", ("2024-02-01", "2024-02-29")),
        ("2024-02-29", "2024-02-29", "year", ("2023-02-28", "2023-02-28")),
        ("2026-01-01", "2026-07-15", "year", ("2025-01-01", "2025-07-15")),
        ("2028-02-29", "2029-02-28", "year", ("2027-02-28", "2028-02-28")),
        ("2028-03-01", "2029-02-28", "year", ("2027-03-01", "2028-02-29")),
        ("2027-03-01", "2028-02-29", "year", ("2026-03-01", "2027-02-28")),
        ("0001-02-01", "0001-02-05", "previous", ("0001-01-27", "0001-01-31")),
        ("0001-01-03", "0001-01-09", "previous", ("0001-01-01", "0001-01-02")),
    ],
)
def test_a_range_is_compared_with_the_one_before_or_the_same_of_last_year(
    first: str, last: str, comparison: str, expected: tuple[str, str]
) -> None:
    assert compared_range(days(first, last), comparison) == days(*expected)


@given(some_days, st.integers(0, 800), st.sampled_from(["previous", "year"]))
def test_a_range_never_overlaps_the_one_it_is_compared_with(first: date, length: int, comparison: str) -> None:
    whole = Range(first, date.fromordinal(min(first.toordinal() + length, date.max.toordinal())))
    try:
        earlier = compared_range(whole, comparison)
    except InvalidOptions:
        assert whole.first <= date(1, 12, 31) or (comparison == "year" and (whole.last - whole.first).days >= 365)
    else:
        assert earlier.last < whole.first


def test_a_range_that_is_longer_than_a_year_has_no_same_of_the_year_before() -> None:
    with pytest.raises(InvalidOptions, match=r"2026-01-01\.\.2027-01-01 is longer than a year"):
        compared_range(days("2026-01-01", "2027-01-01"), "year")


@pytest.mark.parametrize(
    ("day", "comparison", "expected"),
    [
        ("2026-03-15", "previous", "2026-02-15"),
        ("2026-03-31", "previous", "2026-02-28"),
        ("2026-02-28", "previous", "2026-01-31"),
        ("2025-02-28", "year", "2024-02-29"),
        ("2024-02-29", "year", "2023-02-28"),
        ("2026-03-15", "year", "2025-03-15"),
    ],
)
def test_a_day_is_compared_with_that_of_the_month_or_the_year_before(day: str, comparison: str, expected: str) -> None:
    assert compared_day(date.fromisoformat(day), comparison) == date.fromisoformat(expected)


def test_a_word_that_is_no_comparison_is_refused() -> None:
    for compare in (
        lambda: compared_range(days("2026-01-01", "2026-01-31"), "next"),
        lambda: compared_day(date(2026, 1, 1), "next"),
    ):
        with pytest.raises(InvalidSetting, match="use previous or year"):
            compare()


@pytest.mark.parametrize(("first", "comparison"), [("0001-01-01", "previous"), ("0001-12-31", "year")])
def test_where_there_is_nothing_before_nothing_is_compared(first: str, comparison: str) -> None:
    with pytest.raises(InvalidOptions, match="There is nothing before"):
        compared_range(days(first, "0001-12-31"), comparison)
    with pytest.raises(InvalidOptions, match="There is nothing before"):
        compared_day(date.fromisoformat(first), comparison)
