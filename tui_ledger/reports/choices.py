"""What was asked of a report, and does it make sense? Its days or ranges, and how its rows are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.money import Currency
from tui_ledger.reports.columns import COMPARISONS, MONTHS, Range, compared_day, compared_range, period_ends, periods_of
from tui_ledger.reports.sorting import check_order
from tui_ledger.words import N_, Said, Word

if TYPE_CHECKING:
    from tui_ledger.reports.catalogue import ReportKind
    from tui_ledger.reports.own_columns import OwnColumn


class Calendar(Protocol):
    """What must be known of a book to say which days are meant; `Ledger` is one."""

    @property
    def today(self) -> date: ...
    def fiscal_year(self, day: date) -> tuple[date, date]: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """A report's columns and how its rows are shown: days for one at days, ranges for one over ranges.

    `currency` is the one everything is converted to, None for none; with `prices_from_costs` at what transactions paid,
    too. `sort` is a word of `sorting.ORDERS`. `own_columns` are those chosen one by one, whose days these are.
    """

    days: tuple[date, ...] = ()
    ranges: tuple[Range, ...] = ()
    depth: int | None = None
    show_zero: bool = False
    after_closing: bool = False
    currency: Currency | None = None
    sort: str = "code"
    prices_from_costs: bool = False
    own_columns: tuple[OwnColumn, ...] = ()

    @property
    def last_day(self) -> date:
        """The latest day it is about."""
        return max([*self.days, *(one.last for one in self.ranges)])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for, in words: dates as ISO 8601, None or False where nothing is said; `columns` are texts as
    `own_columns` reads them."""

    at: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    every: str | None = None
    compare: str | None = None
    depth: int | None = None
    show_zero: bool = False
    after_closing: bool = False
    currency: Currency | None = None
    sort: str | None = None
    prices_from_costs: bool = False
    columns: tuple[str, ...] = ()

    @property
    def given(self) -> Mapping[str, object]:
        """What is said, by the name of its option."""
        every = {
            "at": self.at,
            "from": self.date_from,
            "to": self.date_to,
            "every": self.every,
            "compare": self.compare,
            "depth": self.depth,
            "zero": self.show_zero or None,
            "after-closing": self.after_closing or None,
            "currency": self.currency,
            "sort": self.sort,
            "prices-from-costs": self.prices_from_costs or None,
            "column": self.columns or None,
        }
        return {name: value for name, value in every.items() if value is not None}


def choice_of(kind: ReportKind, asked: Asked, book: Calendar) -> Choice:
    """What is meant: a range that is not said goes from the first day of its fiscal year to today.

    Raises InvalidOptions for what makes no sense together or with the report, InvalidDate and InvalidSetting for words
    that mean nothing.
    """
    _check_taken(kind, asked)
    _check_words(asked)
    choice = Choice(
        depth=asked.depth,
        show_zero=asked.show_zero,
        after_closing=asked.after_closing,
        currency=asked.currency,
        sort=asked.sort or "code",
        prices_from_costs=asked.prices_from_costs,
    )
    if asked.columns:
        return _with_own_columns(kind, choice, asked, book)
    if kind.is_over_range:
        return replace(choice, ranges=tuple(_ranges(asked, book)))
    return replace(choice, days=tuple(_days(kind, asked, book)))


def _with_own_columns(kind: ReportKind, choice: Choice, asked: Asked, book: Calendar) -> Choice:
    """Columns that were chosen one by one say all days themselves."""
    from tui_ledger.reports.own_columns import own_columns

    if any(option in asked.given for option in IN_PLACE_OF_COLUMNS):
        others = ", ".join(f"--{option}" for option in IN_PLACE_OF_COLUMNS)
        raise InvalidOptions(
            reason=Said("--column says which days are meant: leave it out, or {others}.", others=others)
        )
    chosen = own_columns(asked.columns, book)
    spans = tuple(one.days for one in chosen if one.days is not None)
    if kind.is_over_range:
        return replace(choice, ranges=spans, own_columns=chosen)
    return replace(choice, days=tuple(span.last for span in spans), own_columns=chosen)


IN_PLACE_OF_COLUMNS = ("at", "from", "to", "every", "compare")
"""What does not go together with columns chosen one by one."""


def asked_range(date_from: str | date | None, date_to: str | date | None, book: Calendar) -> Range:
    """A range by its ends; what is left out is the first day of the last day's fiscal year, and today."""
    first, last = optional_date(date_from), optional_date(date_to)
    if last is None and first is not None and first > book.today:
        raise InvalidOptions(
            reason=Said("--from {first} lies after today ({today}): give --to, too.", first=first, today=book.today)
        )
    last = last or book.today
    return Range(first or book.fiscal_year(last)[0], last)


def _check_taken(kind: ReportKind, asked: Asked) -> None:
    """Refuses an option the report has no use for, saying which it takes."""
    for option in asked.given:
        if not kind.takes(option):
            known = ", ".join(f"--{name}" for name in kind.options)
            raise InvalidOptions(
                reason=Said("{name} takes no --{option}, but {known}.", name=kind.name, option=option, known=known)
            )


def _check_words(asked: Asked) -> None:
    if asked.prices_from_costs and asked.currency is None:
        raise InvalidOptions(reason=N_("--prices-from-costs says what prices are: give --currency, too."))
    if asked.every is not None and asked.every not in MONTHS:
        raise InvalidSetting(value=asked.every, what=N_("period"), advice=N_("use month, quarter or year"))
    if asked.compare is not None and asked.compare not in COMPARISONS:
        raise InvalidSetting(value=asked.compare, what=N_("comparison"), advice=N_("use previous or year"))
    check_order(asked.sort or "code")
    if asked.compare is not None and asked.every is not None and (asked.compare, asked.every) not in _SIDE_BY_SIDE:
        raise InvalidOptions(
            reason=N_("Periods stand beside each other already: with --every month or quarter use --compare year.")
        )


_AT_A_DATE = N_("A {report} is at a date: give --at, or --every with --from and --to.")
_REPORTS_AT_A_DATE = (N_("balance sheet"),)
"""What the reports are called in that sentence that may be asked for without a period for their columns."""


_SIDE_BY_SIDE = (("year", "month"), ("year", "quarter"))


def _ranges(asked: Asked, book: Calendar) -> list[Range]:
    whole = asked_range(asked.date_from, asked.date_to, book)
    periods = [whole] if asked.every is None else periods_of(whole, asked.every)
    if asked.compare is None:
        return periods
    return [one for period in periods for one in (period, compared_range(period, asked.compare))]


def _days(kind: ReportKind, asked: Asked, book: Calendar) -> list[date]:
    """The days of the columns: one, or the last days of the periods of a range; each with what it is compared with."""
    has_range = asked.date_from is not None or asked.date_to is not None
    if asked.at is not None and (has_range or asked.every is not None):
        raise InvalidOptions(reason=N_("--at is a day of its own: leave it out, or --from, --to and --every."))
    if asked.at is None and asked.every is None and has_range and kind.every is None:
        raise InvalidOptions(reason=Said(_AT_A_DATE, report=Word(kind.title.lower())))
    every = asked.every or (kind.every if asked.at is None else None)
    if every is None:
        days = [optional_date(asked.at) or book.today]
    else:
        days = period_ends(asked_range(asked.date_from, asked.date_to, book), every)
    return _with_compared(days, asked.compare)


def _with_compared(days: Sequence[date], comparison: str | None) -> list[date]:
    if comparison is None:
        return list(days)
    return [one for day in days for one in (day, compared_day(day, comparison))]
