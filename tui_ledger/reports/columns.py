"""Which days do the columns of a report cover? Days, ranges, periods of a range, and what they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.dates import add_months, day_after, day_before, month_end
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.reports.report import Column
from tui_ledger.words import N_, Said

MONTHS = {"month": 1, "quarter": 3, "year": 12}
COMPARISONS = ("previous", "year")
MOST_COLUMNS = 400

_FIRST_YEAR_END = date(1, 12, 31)


@dataclass(frozen=True, slots=True)
class Range:
    """Some days, both ends inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidOptions(
                reason=Said(
                    "The range ends ({last}) before it begins ({first}): exchange --from and --to.",
                    last=self.last,
                    first=self.first,
                )
            )

    @property
    def eve(self) -> date | None:
        """The last day before it; None before all time."""
        return day_before(self.first) if self.first > date.min else None

    @property
    def column(self) -> Column:
        return Column(label=self.label, date_from=self.first, date_to=self.last)

    @property
    def label(self) -> str:
        """2026, 2026-Q1 or 2026-03 where it is that and no more, else its first and last day."""
        year, months = f"{self.first.year:04}", self._whole_months()
        if months == 12 and self.first.month == 1:
            return year
        if months == 3 and self.first.month % 3 == 1:
            return f"{year}-Q{self.first.month // 3 + 1}"
        return f"{year}-{self.first.month:02}" if months == 1 else f"{self.first}..{self.last}"

    def _whole_months(self) -> int:
        """How many months of one year it is, 0 where it is anything else."""
        if self.first.day != 1 or self.last != month_end(self.last) or self.first.year != self.last.year:
            return 0
        return self.last.month - self.first.month + 1


def periods_of(whole: Range, every: str, most: int | None = MOST_COLUMNS) -> list[Range]:
    """The calendar months, quarters or years of a range, the first and last clipped to it.

    Raises InvalidSetting for another word, InvalidOptions for more than `most`.
    """
    months = MONTHS.get(every)
    if months is None:
        raise InvalidSetting(value=every, what=N_("period"), advice=N_("use month, quarter or year"))
    into_period = (whole.first.month - 1) % months
    end = month_end(add_months(whole.first.replace(day=1), months - 1 - into_period))
    first, found = whole.first, list[Range]()
    while end < whole.last:
        found.append(Range(first, end))
        first, end = day_after(end), month_end(add_months(end.replace(day=1), months))
        if most is not None and len(found) >= most:
            raise InvalidOptions(
                reason=Said(
                    "The range has more than {most} columns: take longer periods or a shorter range.", most=most
                )
            )
    return [*found, Range(first, whole.last)]


def period_ends(whole: Range, every: str) -> list[date]:
    """The last days of the calendar periods of a range, the last one clipped to it; raises as `periods_of` does."""
    return [period.last for period in periods_of(whole, every)]


def compared_range(whole: Range, comparison: str) -> Range:
    """The range before a range, of the same length in months where it is whole months, else in days; or the same range
    a year earlier; it ends before the other begins. Raises InvalidSetting for another word, InvalidOptions where there
    is nothing before it, and for the same of last year of a range that is longer than a year."""
    if comparison not in COMPARISONS:
        raise InvalidSetting(value=comparison, what=N_("comparison"), advice=N_("use previous or year"))
    if whole.first <= (date.min if comparison == "previous" else _FIRST_YEAR_END):
        raise InvalidOptions(reason=Said("There is nothing before {first} to compare with.", first=whole.first))
    if comparison == "year":
        return _year_before(whole)
    if whole.first.day == 1 and whole.last == month_end(whole.last):
        months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
        return _moved(whole, -months)
    last = day_before(whole.first)
    return Range(date.fromordinal(max(last.toordinal() - (whole.last - whole.first).days, 1)), last)


def compared_day(day: date, comparison: str) -> date:
    """The same day a month or a year before; a month's end stays one. Raises InvalidSetting, InvalidOptions."""
    if comparison not in COMPARISONS:
        raise InvalidSetting(value=comparison, what=N_("comparison"), advice=N_("use previous or year"))
    if day <= _FIRST_YEAR_END:
        raise InvalidOptions(reason=Said("There is nothing before {day} to compare with.", day=day))
    earlier = add_months(day, -12 if comparison == "year" else -1)
    return month_end(earlier) if day == month_end(day) else earlier


def columns_of(ranges: Sequence[Range]) -> tuple[Column, ...]:
    """A column for each range."""
    return tuple(one.column for one in ranges)


def _year_before(whole: Range) -> Range:
    """A month's end stays one, but for the 29th of February on which the range itself begins."""
    if add_months(whole.last, -12) >= whole.first:
        raise InvalidOptions(
            reason=Said(
                "{first}..{last} is longer than a year, so the year before overlaps it: compare with previous.",
                first=whole.first,
                last=whole.last,
            )
        )
    earlier = _moved(whole, -12)
    return Range(earlier.first, min(earlier.last, day_before(whole.first)))


def _moved(whole: Range, months: int) -> Range:
    last = add_months(whole.last, months)
    return Range(add_months(whole.first, months), month_end(last) if whole.last == month_end(whole.last) else last)
