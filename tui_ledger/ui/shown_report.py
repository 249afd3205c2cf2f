"""Which report is shown, of which days, and how? What was chosen, and what the keys that move it make of that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import add_months, month_end, next_month_end, previous_month_end
from tui_ledger.errors import InvalidOptions, LedgerError
from tui_ledger.reports.catalogue import REPORTS, ReportKind, Span, report_named
from tui_ledger.reports.choices import Asked, Calendar, choice_of
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.listings import LISTINGS, AskedListing, ListingKind, listing_named, with_subject
from tui_ledger.reports.own_columns import own_columns
from tui_ledger.reports.paged import ReadTable
from tui_ledger.reports.projection import with_columns
from tui_ledger.reports.requests import asked_listing
from tui_ledger.ui import shown_period
from tui_ledger.ui.shown_period import EVERYTHING, ShownPeriod, chosen_period, period_of
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.saved_reports import OptionValue
    from tui_ledger.locale.formats import Formats
    from tui_ledger.reports.paged import PagedTable
    from tui_ledger.reports.report import Report
    from tui_ledger.reports.table import Table

Kind = ReportKind | ListingKind

FIRST = "balance-sheet"
KINDS: tuple[Kind, ...] = (*REPORTS, *LISTINGS)

_BESIDE = {"previous": N_("beside the one before"), "year": N_("beside the year before")}
_BY = {"month": N_("by month"), "quarter": N_("by quarter"), "year": N_("by year")}


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What was chosen. `day` is the day it is at, None for today; `period` the days it goes over, None for those from
    the first day of the fiscal year to `day`. `currency` is a code, `account` the one a register is of, `accounts`
    the ones another list is narrowed to. `own_columns` are texts as `reports.own_columns` reads them, `listed` names
    the columns of a list; `saved` is the name it was saved under, `more` what was said then that no form asks for."""

    name: str = FIRST
    day: date | None = None
    period: ShownPeriod | None = None
    every: str | None = None
    compare: str | None = None
    depth: int | None = None
    show_zero: bool = False
    after_closing: bool = False
    currency: str | None = None
    sort: str | None = None
    account: str | None = None
    accounts: tuple[str, ...] = ()
    by: str | None = None
    prices_from_costs: bool = False
    own_columns: tuple[str, ...] = ()
    listed: str | None = None
    more: tuple[tuple[str, OptionValue], ...] = ()
    saved: str | None = None

    @property
    def kind(self) -> Kind:
        return listing_named(self.name) or report_named(self.name)

    @property
    def has_own_columns(self) -> bool:
        """Whether its columns were chosen one by one, and so say all its days."""
        return bool(self.own_columns) and self.kind.takes("column")

    @property
    def is_at_day(self) -> bool:
        """Whether it shows one day rather than a range."""
        kind = self.kind
        if isinstance(kind, ListingKind):
            return not kind.takes("from")
        return kind.span is Span.DAYS and self.every is None and kind.every is None

    def last_day(self, book: Calendar) -> date:
        """The day it is at, or the last one of its range."""
        if self.has_own_columns:
            return max(span.last for span in self.own_days(book))
        if self.is_at_day or self.period is None or self.period.last is None:
            return self.day or book.today
        return self.period.last

    def own_days(self, book: Calendar) -> list[Range]:
        """The days of the columns that were chosen one by one, differences aside."""
        return [one.days for one in own_columns(self.own_columns, book) if one.days is not None]


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A report that lists, ready to be shown a page at a time."""

    table: Table
    lines: PagedTable


def other_report(shown: ShownReport, name: str, kept: ShownReport | None = None) -> ShownReport:
    """Another report of the same days and levels, otherwise as it was `kept` when it was last shown."""
    own = kept or ShownReport(name)
    return replace(own, day=shown.day, period=shown.period, depth=shown.depth, show_zero=shown.show_zero)


def at_day(shown: ShownReport, day: date, book: Calendar) -> ShownReport:
    """The same at a day; of a range of fixed length the one the day lies in, else the range up to the day."""
    known = None if day == book.today else day
    spanned = None if shown.is_at_day else shown.period
    if spanned is None or spanned.span in (shown_period.Span.CHOSEN, shown_period.Span.ALL):
        return replace(shown, day=known, period=None)
    return over(shown, period_of(spanned.span, day, book.fiscal_year), book)


def over(shown: ShownReport, period: ShownPeriod, book: Calendar) -> ShownReport:
    """The same over some days; a report at a day then is at the last of them, but not later than today."""
    last = period.last
    return replace(shown, period=period, day=None if last is None or last >= book.today else last)


def moved(shown: ShownReport, step: int, book: Calendar) -> ShownReport:
    """A step later (1) or earlier (-1): the next month end, or the next range of the same length; of years, that of
    today goes up to today again."""
    if shown.is_at_day:
        day = shown.day or book.today
        return at_day(shown, next_month_end(day) if step > 0 else previous_month_end(day), book)
    period = shown.period or _year_of(shown, book)
    beside = _moved_range(period, step, book)
    if beside.span is shown_period.Span.YEAR and beside.has(book.today) and beside != period:
        return replace(shown, period=None, day=None)
    return over(shown, beside, book)


def narrower(shown: ShownReport, book: Calendar) -> ShownReport:
    """A shorter range around the last day, or today where that is in it: year, quarter, month, week, day."""
    period = shown.period or _year_of(shown, book)
    return over(shown, shown_period.narrower(period, _near(shown, book), book.fiscal_year), book)


def wider(shown: ShownReport, book: Calendar) -> ShownReport:
    """A longer range, up to all days."""
    if shown.period is None:
        return replace(shown, period=EVERYTHING)
    return over(shown, shown_period.wider(shown.period, _near(shown, book), book.fiscal_year), book)


def days_of(shown: ShownReport, ledger: Ledger) -> Range:
    """The range it goes over; of all days those from the first transaction to the last, or today."""
    period, last = shown.period, shown.last_day(ledger)
    if shown.has_own_columns:
        return Range(min(span.first for span in shown.own_days(ledger)), last)
    if period is None:
        return Range(ledger.fiscal_year(last)[0], last)
    if period.first is not None and period.last is not None:
        return Range(period.first, period.last)
    journal = ledger.journal_window()
    ends = [date.fromisoformat(key[0]) for at in (0, len(journal) - 1) for key in journal.keys(at, at + 1)]
    first = period.first or min([*ends, ledger.today])
    return Range(first, max(first, period.last or max([*ends, ledger.today])))


def period_named(shown: ShownReport, label: str | None, ledger: Ledger) -> ShownPeriod | None:
    """The period that a line of the tax report is of, by its label; None where it is of all the days."""
    if shown.name != "tax" or shown.every is None or label is None:
        return None
    periods = periods_of(days_of(shown, ledger), shown.every, most=None)
    found = next((one for one in periods if one.label == label), None)
    return None if found is None else chosen_period(found.first, found.last)


def days_in_words(shown: ShownReport, formats: Formats, book: Calendar) -> str:
    """Its day with the weekday, or its range."""
    if shown.has_own_columns:
        return _("own columns")
    if shown.is_at_day:
        day = shown.last_day(book)
        return f"{formats.weekday(day)} {formats.date_column(day)}"
    if shown.period is None:
        last = shown.last_day(book)
        return f"{formats.date_column(book.fiscal_year(last)[0])}–{formats.date_column(last)}"
    return shown_period.period_name(shown.period, formats) or _("all days")


def columns_in_words(shown: ShownReport) -> str:
    """What its columns are, '' for a single one."""
    kind = shown.kind
    if shown.has_own_columns:
        return ""
    every = shown.every or (kind.every if isinstance(kind, ReportKind) else None)
    beside = _(_BESIDE.get(shown.compare or "", ""))
    by = _("by {key}").format(key=shown.by) if shown.by else _(_BY.get(every or "", ""))
    return " ".join(part for part in (by, beside) if part)


def read_report(ledger: Ledger, shown: ShownReport) -> Report | OpenedTable:
    """The report as it was chosen; what may be very long is counted and not read. Raises LedgerError."""
    kind = shown.kind
    if isinstance(kind, ReportKind):
        return kind.report(ledger, choice_of(kind, _asked(shown, kind, ledger), ledger), _)
    table = _table(shown, kind, ledger)
    return OpenedTable(table, ReadTable(table) if table.paged is None else table.paged())


def listed_names(shown: ShownReport, ledger: Ledger) -> tuple[str, ...]:
    """The names of the columns of a list, in their order; none of a statement, or where the list cannot be made.

    Raises InvalidOptions for columns it has not.
    """
    kind = shown.kind
    if isinstance(kind, ReportKind):
        return ()
    try:
        table = _table(replace(shown, listed=None), kind, ledger)
    except LedgerError:
        return ()
    return tuple(column.name for column in with_columns(table, shown.listed).columns)


def _table(shown: ShownReport, kind: ListingKind, ledger: Ledger) -> Table:
    if kind.takes("ACCOUNT") and shown.account is None:
        raise InvalidOptions(reason=N_("There is no account yet whose register could be shown: open one first."))
    asked = _asked_listing(shown, kind, ledger)
    if kind.takes("PARTY") and asked.party is None:
        raise InvalidOptions(reason=N_("There is no party yet whose statement could be shown: add one first."))
    return kind.table(ledger, asked, _)


def _asked(shown: ShownReport, kind: ReportKind, ledger: Ledger) -> Asked:
    """What is chosen, as far as the report takes it."""
    given = shown
    if given.has_own_columns:
        own, given = given.own_columns, replace(given, own_columns=(), every=None, compare=None, day=None, period=None)
        return replace(_asked(given, kind, ledger), at=None, date_from=None, date_to=None, columns=own)
    days = None if shown.is_at_day else days_of(shown, ledger)
    return Asked(
        at=shown.last_day(ledger).isoformat() if days is None else None,
        date_from=None if days is None else days.first.isoformat(),
        date_to=None if days is None else days.last.isoformat(),
        every=given.every if kind.takes("every") else None,
        compare=given.compare if kind.takes("compare") else None,
        depth=given.depth if kind.takes("depth") else None,
        show_zero=given.show_zero and kind.takes("zero"),
        after_closing=given.after_closing and kind.takes("after-closing"),
        currency=ledger.currency_of(given.currency) if given.currency and kind.takes("currency") else None,
        sort=given.sort if kind.takes("sort") else None,
        prices_from_costs=given.prices_from_costs and bool(given.currency) and kind.takes("prices-from-costs"),
    )


def _asked_listing(shown: ShownReport, kind: ListingKind, ledger: Ledger) -> AskedListing:
    days = None if shown.is_at_day else days_of(shown, ledger)
    more = with_subject(asked_listing(dict(shown.more)), kind)
    return AskedListing(
        at=shown.last_day(ledger).isoformat() if days is None else None,
        date_from=None if days is None else days.first.isoformat(),
        date_to=None if days is None else days.last.isoformat(),
        account=shown.account if kind.takes("ACCOUNT") else None,
        accounts=shown.accounts if kind.takes("account") else (),
        by=shown.by if kind.takes("by") else None,
        every=shown.every if kind.takes("every") else None,
        sort=shown.sort if (shown.sort or "").removeprefix("-") in kind.orders else None,
        show_zero=shown.show_zero and kind.takes("zero"),
        after_closing=shown.after_closing and kind.takes("after-closing"),
        columns=shown.listed if kind.takes("columns") else None,
        party=more.party,
        purpose=more.purpose,
        query=more.query,
        filter=more.filter,
        newest_first=more.newest_first,
    )


def _year_of(shown: ShownReport, book: Calendar) -> ShownPeriod:
    return period_of(shown_period.Span.YEAR, shown.last_day(book), book.fiscal_year)


def _near(shown: ShownReport, book: Calendar) -> date:
    """The day a shorter or longer range is put around."""
    if shown.period is None or shown.period.has(book.today):
        return shown.day or book.today
    return shown.last_day(book)


def _moved_range(period: ShownPeriod, step: int, book: Calendar) -> ShownPeriod:
    """The range of the same length beside it: as many months where it is whole months, else as many days."""
    first, last = period.first, period.last
    if period.span is not shown_period.Span.CHOSEN or first is None or last is None:
        return shown_period.moved(period, step, book.fiscal_year)
    if first.day != 1 or last != month_end(last):
        return shown_period.moved(period, step, book.fiscal_year)
    months = ((last.year - first.year) * 12 + last.month - first.month + 1) * step
    start, end = add_months(first, months), month_end(add_months(last.replace(day=1), months))
    is_beyond = (start.year - first.year) * 12 + start.month - first.month != months
    is_beyond |= (end.year - last.year) * 12 + end.month - last.month != months
    return period if is_beyond else replace(period, first=start, last=end)
