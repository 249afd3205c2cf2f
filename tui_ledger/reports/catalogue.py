"""Which reports are there? What each is called and shows, over which days it goes, and which options it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import UnknownReport
from tui_ledger.reports.choices import Choice
from tui_ledger.reports.sorting import sorted_rows

if TYPE_CHECKING:
    from tui_ledger.reports.report import Report
    from tui_ledger.reports.source import MovementSource


class Span(StrEnum):
    """The days of a report: at one or several, over one range or several, or over exactly one range."""

    DAYS = "days"
    RANGES = "ranges"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report there is. `options` are the names of those it takes, as the command line writes them, without dashes;
    `every` is the period of its columns where none is asked for, None for a single column."""

    name: str
    title: str
    about: str
    span: Span
    options: tuple[str, ...]
    function: str
    every: str | None = None

    @property
    def is_over_range(self) -> bool:
        """Whether its figures are of ranges of days; else they are of the ends of days."""
        return self.span is not Span.DAYS

    def takes(self, option: str) -> bool:
        return option in self.options

    def load(self) -> Callable[..., Report]:
        """The function that makes it; its module is imported now."""
        module, _, name = self.function.partition(":")
        loaded: Callable[..., Report] = getattr(import_module(f"tui_ledger.reports.{module}"), name)
        return loaded

    def report(self, source: MovementSource, choice: Choice, translate: Callable[[str], str] = str) -> Report:
        """The report of a source as it was chosen; what it takes no option for must not be asked of it.

        Raises what the report itself raises: InvalidOptions, InvalidDate.
        """
        columns = {Span.DAYS: choice.days, Span.RANGES: choice.ranges, Span.RANGE: choice.ranges[:1]}[self.span]
        days = columns[0] if self.span is Span.RANGE else columns
        from tui_ledger.reports.layout import laid_out, layout_of, worded

        layout = layout_of(source)
        given: dict[str, Any] = {"translate": worded(translate, layout)}
        if self.takes("after-closing"):
            given["after_closing"] = choice.after_closing
        if self.takes("currency"):
            given["currency"] = choice.currency
        if self.takes("prices-from-costs"):
            given["prices_from_costs"] = choice.prices_from_costs
        made = laid_out(self.load()(source, days, choice.depth, choice.show_zero, **given), layout)
        if choice.own_columns:
            from tui_ledger.reports.differences import with_own_columns

            made = with_own_columns(made, choice.own_columns)
        return sorted_rows(made, choice.sort)


_ROWS = ("depth", "zero", "sort")
_RANGE = ("from", "to")
_PRICED = ("currency", "prices-from-costs")

REPORTS = (
    ReportKind(
        "balance-sheet",
        "Balance sheet",
        "assets, liabilities and equity at one or several dates",
        Span.DAYS,
        ("at", *_RANGE, "every", "compare", "column", *_ROWS, "after-closing", *_PRICED),
        "balance_sheet:balance_sheet",
    ),
    ReportKind(
        "income-statement",
        "Income statement",
        "income less expenses over a range, by period, or beside another range",
        Span.RANGES,
        (*_RANGE, "every", "compare", "column", *_ROWS, "after-closing", *_PRICED),
        "income_statement:income_statement",
    ),
    ReportKind(
        "trial-balance",
        "Trial balance",
        "opening, debit, credit and closing of every account, each on its side",
        Span.RANGE,
        (*_RANGE, *_ROWS, "after-closing"),
        "trial_balance:trial_balance",
    ),
    ReportKind(
        "cash-flow",
        "Cash flow statement",
        "from opening to closing cash: operating, investing, financing",
        Span.RANGES,
        (*_RANGE, "every", "compare", "column", *_ROWS),
        "cash_flow:cash_flow",
    ),
    ReportKind(
        "net-worth",
        "Net worth",
        "assets less liabilities over time, month by month unless --every says else",
        Span.DAYS,
        ("at", *_RANGE, "every", "column", *_ROWS, *_PRICED),
        "net_worth:net_worth",
        every="month",
    ),
)


def report_named(name: str) -> ReportKind:
    """The report of a name; raises UnknownReport, which names those there are."""
    for kind in REPORTS:
        if kind.name == name:
            return kind
    from tui_ledger.reports.listings import LISTINGS

    raise UnknownReport(name=name, known=", ".join(kind.name for kind in (*REPORTS, *LISTINGS)))
