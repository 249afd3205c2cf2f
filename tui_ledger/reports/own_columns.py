"""Which columns did somebody choose for a statement? Days, periods, words that move with today, and differences.

A column is written `WHAT` or `LABEL=WHAT`. WHAT is one of

- a day, `2026-03-31`, some days, `2026-01-01..2026-03-31`, or a period of the calendar: `2026`, `2026-Q1`, `2026-03`;
- a word that is counted from today: `this-month`, `last-quarter`, `3-months-ago`, each the whole period, quarters and
  years those of the fiscal year; `today`, `month-to-date`, `quarter-to-date`, `year-to-date`, which may be followed by
  how long ago that day was: `year-to-date-1-year-ago`;
- `#2-#1`, what column 2 is more than column 1.

A report at days takes the last day of what is written, one over ranges all of its days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tui_ledger.dates import add_months, day_before, month_end, parse_date, quarter_of
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.reports.columns import MONTHS, MOST_COLUMNS, Range
from tui_ledger.text import clean, storable
from tui_ledger.words import N_, Said

LABEL_LIMIT = 40
SEPARATOR = ";"
"""What stands between columns that are written in one line; no label has it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)
_NEAR = re.compile(r"(this|last)-(month|quarter|year)")
_AGO = re.compile(r"(\d{1,3})-(month|quarter|year)s?-ago", re.ASCII)
_TO_DATE = re.compile(r"(?:today|(month|quarter|year)-to-date)(?:-(.+))?")
_DIFFERENCE = re.compile(r"#(\d{1,3})-#(\d{1,3})", re.ASCII)
_ADVICE = N_(
    "write a day, 2026, 2026-Q1, 2026-03, FIRST..LAST, today, year-to-date, last-month, 2-quarters-ago and the like, "
    "or #2-#1"
)


class Calendar(Protocol):
    """What must be known of a book to say which days are meant; `Ledger` is one."""

    @property
    def today(self) -> date: ...
    def fiscal_year(self, day: date) -> tuple[date, date]: ...


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column as it was chosen: its days, or the places (from 0) of the column it begins with and of the one it takes
    off. `label` is None where it is called by its days."""

    label: str | None = None
    days: Range | None = None
    of: tuple[int, int] | None = None


def own_columns(specs: Sequence[str], book: Calendar) -> tuple[OwnColumn, ...]:
    """The columns that some texts mean, counted from the book's today; raises InvalidSetting, InvalidDate, and
    InvalidOptions for what lies before all time and for a difference of what is no column before it."""
    if len(specs) > MOST_COLUMNS:
        raise InvalidOptions(reason=Said("A report has at most {most_columns} columns.", most_columns=MOST_COLUMNS))
    found: list[OwnColumn] = []
    for spec in specs:
        found.append(_column(spec, found, book))
    return tuple(found)


def split_columns(text: str) -> tuple[str, ...]:
    """The columns that are written in one line, with `;` between them."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _column(spec: str, before: Sequence[OwnColumn], book: Calendar) -> OwnColumn:
    written, is_named, what = spec.rpartition("=")
    label = _label(written) if is_named else None
    what = what.strip()
    difference = _DIFFERENCE.fullmatch(what)
    if difference is not None and int(difference[1]) == int(difference[2]):
        reason = Said("{what} is nothing: it takes a column off itself. Name two columns.", what=what)
        raise InvalidOptions(reason=reason)
    if difference is not None:
        return OwnColumn(label, of=(_place(what, difference[1], before), _place(what, difference[2], before)))
    return OwnColumn(label, _days(what, book))


def _label(written: str) -> str:
    label = written.strip()
    if not 0 < len(label) <= LABEL_LIMIT or SEPARATOR in label or not storable(label) or clean(label) != label:
        advice = Said("write 1 to {label_limit} characters that can be seen, no semicolon", label_limit=LABEL_LIMIT)
        raise InvalidSetting(value=clean(written)[:LABEL_LIMIT], what=N_("label of a column"), advice=advice)
    return label


def _place(what: str, number: str, before: Sequence[OwnColumn]) -> int:
    """The place of a column that a difference is made of: before it, and no difference itself."""
    place = int(number) - 1
    if not 0 <= place < len(before):
        raise InvalidOptions(
            reason=Said(
                "{what} takes columns that stand before it: there is no column {number} there.",
                what=what,
                number=number,
            )
        )
    if before[place].of is not None:
        raise InvalidOptions(
            reason=Said(
                "{what} takes columns with days, and column {number} is a difference itself.", what=what, number=number
            )
        )
    return place


def _days(what: str, book: Calendar) -> Range:
    word = what.casefold()
    if _DAY.fullmatch(what):
        return Range(parse_date(what), parse_date(what))
    first, is_range, last = what.partition("..")
    if is_range:
        return _range(what, parse_date(first.strip()), parse_date(last.strip()))
    if period := _PERIOD.fullmatch(word):
        return _period(period)
    if near := _NEAR.fullmatch(word):
        return _period_ago(near[2], 0 if near[1] == "this" else 1, book)
    if ago := _AGO.fullmatch(word):
        return _period_ago(ago[2], int(ago[1]), book)
    if (to_date := _TO_DATE.fullmatch(word)) and (to_date[2] is None or _AGO.fullmatch(to_date[2])):
        day = _as_long_ago(book.today, to_date[2])
        return Range(day if to_date[1] is None else _first_of(to_date[1], day, book), day)
    raise InvalidSetting(value=clean(what)[:LABEL_LIMIT], what=N_("column"), advice=_ADVICE)


def _range(what: str, first: date, last: date) -> Range:
    if last < first:
        raise InvalidOptions(reason=Said("The column {what} ends before it begins: exchange its days.", what=what))
    return Range(first, last)


def _period(found: re.Match[str]) -> Range:
    """2026, 2026-Q1 or 2026-03."""
    year, quarter, month = found.groups()
    number = int(month) if month else int(quarter) * 3 - 2 if quarter else 1
    first = parse_date(f"{year}-{number:02}-01")
    months = 1 if month else 3 if quarter else 12
    return Range(first, month_end(add_months(first, months - 1)))


def _period_ago(unit: str, count: int, book: Calendar) -> Range:
    """The whole month, or quarter or year by the fiscal year, that lies so many of them before today's."""
    if unit == "month":
        first = _months_before(book.today.replace(day=1), count)
        return Range(first, month_end(first))
    period = _fiscal_period(unit, book.today, book)
    for _ in range(count):
        if period.first == date.min:
            raise InvalidOptions(reason=Said("There is nothing before {first}: count fewer.", first=period.first))
        period = _fiscal_period(unit, day_before(period.first), book)
    return period


def _fiscal_period(unit: str, day: date, book: Calendar) -> Range:
    """The fiscal year a day lies in, or its quarter: three months from its beginning on; the last ends with it."""
    year = book.fiscal_year(day)
    return Range(*(year if unit == "year" else quarter_of(day, *year)))


def _as_long_ago(day: date, ago: str | None) -> date:
    """The same day so many months, quarters or years before; a month's end stays one."""
    found = None if ago is None else _AGO.fullmatch(ago)
    if found is None:
        return day
    earlier = _months_before(day, int(found[1]) * MONTHS[found[2]])
    return month_end(earlier) if day == month_end(day) else earlier


def _months_before(day: date, months: int) -> date:
    if day.year * 12 + day.month - 1 - months < 12:
        raise InvalidOptions(
            reason=Said("There is nothing {months} months before {day}: count fewer.", months=months, day=day)
        )
    return add_months(day, -months)


def _first_of(unit: str, day: date, book: Calendar) -> date:
    return day.replace(day=1) if unit == "month" else _fiscal_period(unit, day, book).first
