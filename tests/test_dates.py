"""Plain dates: ISO 8601 of the real calendar, month arithmetic that never leaves it, the local day of a clock."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.dates import (
    add_months,
    begin_weeks,
    day_after,
    day_before,
    fiscal_year_first_day,
    local_day,
    month_end,
    next_month_end,
    parse_date,
    parse_month_day,
    previous_month_end,
    system_clock,
    week_of,
)
from tui_ledger.errors import InvalidDate

DAYS = st.dates()
STARTS = st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 12, 31)).map(lambda day: (day.month, day.day))

NOT_DATES = [
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2025-02-29",
    "0000-01-01",
    "10000-01-01",
    "2026-1-1",
    "26-01-01",
    "20260101",
    "2026/01/01",
    "01.02.2026",
    "2026-01-01T00:00",
    "2026-01-01 ",
    " 2026-01-01",
    "2026-01-01\n",
    "2026-W01-1",
    "+2026-01-01",
    "\uff12026-01-01",
    "2026-01-0\u0661",
    "today",
    "",
    "9" * 5000,
    None,
    20260101,
    1.5,
    b"2026-01-01",
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2026, 1, 1, tzinfo=UTC),
    (2026, 1, 1),
]


@pytest.mark.parametrize("text", ["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_date_is_read_from_iso_8601(text: str) -> None:
    assert parse_date(text).isoformat() == text


@pytest.mark.parametrize("written", NOT_DATES, ids=lambda value: repr(value)[:24])
def test_what_is_no_day_of_the_calendar_is_refused(written: object) -> None:
    with pytest.raises(InvalidDate, match="is not a date of the calendar"):
        parse_date(written)


@given(DAYS)
def test_a_date_and_its_text_mean_the_same_day(day: date) -> None:
    assert parse_date(day) == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("9999-12-31", 1, "9999-12-31"),
        ("0001-01-05", -1, "0001-01-05"),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, moved: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == moved


@given(DAYS, st.integers(-200_000, 200_000))
def test_months_never_lead_out_of_the_calendar(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.day <= day.day
    if date.min.year < moved.year < date.max.year:
        assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months


@given(DAYS)
def test_month_ends_surround_a_day(day: date) -> None:
    end = month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert end == date.max or (end + timedelta(days=1)).day == 1
    assert previous_month_end(day) < day or day.replace(day=1) == date.min
    assert next_month_end(day) > day or end == date.max


def test_stepping_from_month_end_to_month_end_visits_each() -> None:
    day, seen = date(2026, 1, 10), []
    for _ in range(3):
        day = next_month_end(day)
        seen.append(day.isoformat())
    assert seen == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert previous_month_end(day) == date(2026, 2, 28)


def test_the_day_before_the_first_and_after_the_last_stay_in_the_calendar() -> None:
    assert (day_before(date.min), day_after(date.max)) == (date.min, date.max)
    assert (day_before(date(2026, 3, 1)), day_after(date(2026, 2, 28))) == (date(2026, 2, 28), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("day", "start", "first"),
    [
        ("2026-06-15", (1, 1), "2026-01-01"),
        ("2026-03-31", (4, 1), "2025-04-01"),
        ("2026-04-01", (4, 1), "2026-04-01"),
        ("2026-02-28", (2, 29), "2026-02-28"),
        ("2024-02-28", (2, 29), "2023-02-28"),
        ("2024-02-29", (2, 29), "2024-02-29"),
        ("0001-02-01", (7, 1), "0001-07-01"),
    ],
)
def test_a_fiscal_year_begins_on_its_month_and_day(day: str, start: tuple[int, int], first: str) -> None:
    assert fiscal_year_first_day(date.fromisoformat(day), start).isoformat() == first


@given(st.dates(min_value=date(3, 1, 1)), STARTS)
def test_every_day_lies_within_a_year_of_the_first_day_of_its_fiscal_year(day: date, start: tuple[int, int]) -> None:
    first = fiscal_year_first_day(day, start)
    assert timedelta(0) <= day - first < timedelta(days=367)
    assert fiscal_year_first_day(first, start) == first


@pytest.mark.parametrize(("text", "found"), [("01-01", (1, 1)), ("12-31", (12, 31)), ("02-29", (2, 29))])
def test_a_month_and_day_are_read(text: str, found: tuple[int, int]) -> None:
    assert parse_month_day(text) == found


@pytest.mark.parametrize("text", ["13-01", "02-30", "1-1", "0101", "", "01-01-01", "00-10", "aa-bb"])
def test_what_is_no_month_and_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate):
        parse_month_day(text)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC0", "2026-06-15T10:30", "2026-06-15"),
        ("<+14>-14", "2026-06-15T10:30", "2026-06-16"),
        ("<-11>11", "2026-06-15T10:30", "2026-06-14"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-28T23:30", "2026-03-29"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-24T22:30", "2026-10-25"),
    ],
)
def test_today_is_the_user_s_local_day(monkeypatch: pytest.MonkeyPatch, zone: str, moment: str, day: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert local_day(lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC)).isoformat() == day


def test_the_machine_s_clock_knows_its_zone() -> None:
    assert system_clock().tzinfo is not None


@pytest.mark.parametrize(
    ("first_weekday", "day", "week"),
    [
        (0, "2026-03-15", ("2026-03-09", "2026-03-15")),
        (6, "2026-03-15", ("2026-03-15", "2026-03-21")),
        (5, "2026-03-15", ("2026-03-14", "2026-03-20")),
        (6, "2026-03-14", ("2026-03-08", "2026-03-14")),
        (6, "0001-01-01", ("0001-01-01", "0001-01-06")),
        (0, "9999-12-31", ("9999-12-27", "9999-12-31")),
    ],
)
def test_a_week_begins_where_the_reader_s_does(first_weekday: int, day: str, week: tuple[str, str]) -> None:
    begin_weeks(lambda: first_weekday)
    assert tuple(end.isoformat() for end in week_of(date.fromisoformat(day))) == week
