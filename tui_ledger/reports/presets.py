"""Which days does a preset mean? this-month, last-year and their like, counted from today; 2026-Q1 and its like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tui_ledger.dates import day_before, quarter_of
from tui_ledger.errors import InvalidDate, InvalidSetting
from tui_ledger.ledger.query_days import day_range, relative_days
from tui_ledger.reports.columns import Range
from tui_ledger.words import N_, Said

YearOf = Callable[[date], tuple[date, date]]

PRESETS = (
    "today",
    "yesterday",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "last-year",
)
"""Whole periods, both ends inclusive: weeks as the reader's begin, quarters and years those of the fiscal year."""


def preset_days(text: str, today: date, year_of: YearOf) -> Range:
    """The days of a preset, or of 2026, 2026-Q1, 2026-03, 2026-03-31, A..B; `year_of` gives the fiscal year of a day.

    Raises InvalidSetting.
    """
    wanted = text.strip().casefold()
    if wanted in PRESETS:
        return _of_preset(wanted, today, year_of)
    found = day_range(wanted, today)
    if found is None:
        advice = Said("use one of {names}, or write 2026, 2026-Q1, 2026-03 or A..B", names=", ".join(PRESETS))
        raise InvalidSetting(value=text[:60], what=N_("period"), advice=advice)
    return Range(found.first, found.last)


def _of_preset(preset: str, today: date, year_of: YearOf) -> Range:
    which, _, unit = preset.partition("-")
    is_last = which == "last"
    match unit:
        case "year":
            return Range(*(year_of(day_before(year_of(today)[0])) if is_last else year_of(today)))
        case "quarter":
            this = _quarter(today, year_of)
            return _quarter(day_before(this.first), year_of) if is_last else this
    word = unit or which
    found = relative_days(f"{word}-1" if is_last else word, today)
    if found is None:
        raise InvalidDate(text=preset)
    return Range(found.first, found.last)


def _quarter(day: date, year_of: YearOf) -> Range:
    return Range(*quarter_of(day, *year_of(day)))
