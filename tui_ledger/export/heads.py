"""What stands above a column of figures?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tui_ledger.reports.report import Column
from tui_ledger.text import clean
from tui_ledger.words import listed

ShowDate = Callable[[date], str]


def column_head(column: Column, show_date: ShowDate) -> str:
    """Its day, its first and last day where no shorter name says them, or its own name."""
    if column.is_named or column.of is not None:
        return clean(column.label)
    if column.at is not None and column.name is None:
        return show_date(column.at)
    if ".." in column.label and column.date_from is not None and column.date_to is not None:
        return days_in_words(column.date_from, column.date_to, show_date)
    return clean(column.label)


def days_in_words(first: date, last: date, show_date: ShowDate) -> str:
    """A range by its first and last day, a single day by itself."""
    return show_date(first) if first == last else f"{show_date(first)} – {show_date(last)}"


def period_in_words(columns: Sequence[Column], show_date: ShowDate) -> str:
    """What all columns are about: each by its head where they are few, a chosen one with its days; where columns share
    their days, these alone. Differences are about nothing else."""
    columns = [column for column in columns if column.of is None]
    days = {(column.date_from, column.date_to) for column in columns}
    if len(days) == 1 and columns and columns[0].name is not None:
        first, last = columns[0].date_from, columns[0].date_to
        if first is not None and last is not None:
            return days_in_words(first, last, show_date)
    shown = [_head_with_days(column, show_date) for column in columns]
    return listed(shown) if len(shown) <= 3 else f"{shown[0]} … {shown[-1]}"


def _head_with_days(column: Column, show_date: ShowDate) -> str:
    """What stands above a column; the days too where somebody chose other words for them."""
    head = column_head(column, show_date)
    if not column.is_named:
        return head
    first, last = column.date_from or column.at, column.last_day
    return head if first is None or last is None else f"{head} ({days_in_words(first, last, show_date)})"
