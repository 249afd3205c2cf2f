"""Which day does a journal's date mean, the year left out or not?"""

from __future__ import annotations

import re
from datetime import date

from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.words import N_, Said

_FULL = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_PARTIAL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR = re.compile(r"[0-9]{4}")
_REMEMBERED_DAYS = 20_000


class JournalDates:
    """Reads dates such as 2026-01-31, 2026/1/31 and 2026.1.31, and 1/31 in the year a `Y` directive names."""

    def __init__(self) -> None:
        self._years: list[int] = []
        self._days: dict[str, date] = {}

    def begin_year(self, text: str, *, nested: bool) -> None:
        """The year of the dates that follow; `nested` until `end_year`. Raises LineRefused."""
        if _YEAR.fullmatch(text) is None or text == "0000":
            raise LineRefused(Said("{text} is no year: write four digits, such as `Y2026`", text=quoted(text)))
        if self._years and not nested:
            self._years.pop()
        self._years.append(int(text))
        self._days.clear()

    def end_year(self) -> None:
        """Back to the year before `apply year`; raises LineRefused where none was applied."""
        if not self._years:
            raise LineRefused(N_("there is no `apply year` to end"))
        self._years.pop()
        self._days.clear()

    def day(self, text: str) -> date:
        """The day of a date in the current year; raises LineRefused."""
        found = self._days.get(text)
        if found is None:
            found = read_day(text, self._years[-1] if self._years else None)
            if len(self._days) < _REMEMBERED_DAYS:
                self._days[text] = found
        return found


def read_day(text: str, year: int | None) -> date:
    """The day of a date whose year may be left out where `year` is known; raises LineRefused."""
    full = _FULL.fullmatch(text)
    if full is not None:
        return _calendar_day(text, int(full[1]), int(full[3]), int(full[4]))
    partial = _PARTIAL.fullmatch(text)
    if partial is None:
        raise LineRefused(Said("{text} is no date: write it as 2026-01-31", text=quoted(text)))
    if year is None:
        raise LineRefused(
            Said("the date {text} has no year: add it, or put a line such as `Y2026` above", text=quoted(text))
        )
    return _calendar_day(text, year, int(partial[1]), int(partial[2]))


def _calendar_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise LineRefused(Said("{text} is not a date of the calendar", text=quoted(text))) from None
