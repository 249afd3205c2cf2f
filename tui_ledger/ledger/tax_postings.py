"""What was posted to accounts that bear tax and to those that take it? In order, read a piece at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from tui_ledger.ledger.database import BookDatabase


class TaxPosting(NamedTuple):
    """A posting to one of them: its transaction, day and account, and debit-positive minor units."""

    number: int
    date: date
    account: int
    units: int


def read_tax_postings(
    database: BookDatabase, accounts: Collection[int], first: date, last: date
) -> Iterator[TaxPosting]:
    """The postings of some accounts over some days, by day, transaction and line."""
    marks = ", ".join("?" for _ in accounts)
    rows = database.stream(
        f"SELECT number, date, account, amount FROM postings WHERE account IN ({marks}) AND date BETWEEN ? AND ? "
        "ORDER BY date, number, line",
        (*accounts, first.isoformat(), last.isoformat()),
    )
    with database.decoding():
        for number, day, account, units in rows:
            yield TaxPosting(number, date.fromisoformat(day), account, units)
