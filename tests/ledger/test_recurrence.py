"""Recurring days: every n days, weeks, months, quarters, years; the last day or last working day of a month."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger.recurrence import recurrence


def days(every: str, first: str, on: str = "same-day", last: str | None = None, count: int = 4) -> list[str]:
    found = recurrence(every, date.fromisoformat(first), on, None if last is None else date.fromisoformat(last))
    return [day.isoformat() for day in islice(found.days(), count)]


@pytest.mark.parametrize(
    ("every", "first", "on", "expected"),
    [
        ("day", "2026-02-27", "same-day", ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]),
        ("10 days", "2026-02-20", "same-day", ["2026-02-20", "2026-03-02", "2026-03-12", "2026-03-22"]),
        ("2-weeks", "2026-12-25", "same-day", ["2026-12-25", "2027-01-08", "2027-01-22", "2027-02-05"]),
        ("month", "2026-01-31", "same-day", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("monthly", "2026-01-15", "last-day", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("month", "2026-01-01", "last-working-day", ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"]),
        ("quarterly", "2025-11-30", "same-day", ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30"]),
        ("year", "2024-02-29", "same-day", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]),
        ("daily", "9999-12-30", "same-day", ["9999-12-30", "9999-12-31"]),
        ("3 years", "9994-06-30", "last-day", ["9994-06-30", "9997-06-30"]),
    ],
)
def test_days_recur(every: str, first: str, on: str, expected: list[str]) -> None:
    assert days(every, first, on) == expected


@pytest.mark.parametrize("every", ["day", "3 days", "2 weeks", "month", "5 months", "quarter", "year"])
@pytest.mark.parametrize("on", ["same-day", "last-day", "last-working-day"])
def test_counting_on_from_any_day_gives_the_same_days(every: str, on: str) -> None:
    if on != "same-day" and ("day" in every or "week" in every):
        return
    found = recurrence(every, date(2026, 1, 31), on)
    whole = list(islice(found.days(), 40))
    assert whole == sorted(set(whole))
    day = date(2025, 12, 1)
    while day < min(whole[-4], date(2028, 1, 1)):
        assert list(islice(found.days(day), 3)) == [one for one in whole if one > day][:3]
        day += timedelta(days=11)


def test_it_ends_with_its_last_day_and_says_what_is_due() -> None:
    found = recurrence("month", date(2026, 1, 31), last=date(2026, 4, 30))
    assert [f"{day:%m-%d}" for day in found.due(None, date(2026, 12, 31))] == ["01-31", "02-28", "03-31", "04-30"]
    assert [f"{day:%m-%d}" for day in found.due(date(2026, 1, 31), date(2026, 3, 30))] == ["02-28"]
    assert found.next_after(date(2026, 4, 30)) is None
    assert str(found) == "every month from 2026-01-31 until 2026-04-30"
    assert str(recurrence("2 weeks", date(2026, 1, 1))) == "every 2 weeks from 2026-01-01"
    assert str(recurrence("quarter", date(2026, 1, 1), "last-working-day")) == (
        "every 3 months on the last working day from 2026-01-01"
    )


@pytest.mark.parametrize("every", ["", "0 days", "fortnight", "-1 day", "day 2", "1.5 months", "99999 days"])
def test_what_is_no_interval_is_refused(every: str) -> None:
    with pytest.raises(InvalidSetting):
        recurrence(every, date(2026, 1, 1))


@pytest.mark.parametrize(("every", "on"), [("day", "last-day"), ("week", "last-working-day"), ("month", "monday")])
def test_what_is_no_day_of_the_interval_is_refused(every: str, on: str) -> None:
    with pytest.raises(InvalidSetting):
        recurrence(every, date(2026, 1, 1), on)
    with pytest.raises(InvalidSetting):
        recurrence("day", date(2026, 1, 2), last=date(2026, 1, 1))
