"""How far are the postings of each account cleared? One statement for all accounts, led by the key of postings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.database import BookDatabase

_QUERY = (
    "SELECT id, "
    "(SELECT date FROM postings WHERE account = accounts.id ORDER BY date DESC LIMIT 1), "
    "(SELECT date FROM postings WHERE account = accounts.id AND status = 0 ORDER BY date LIMIT 1), "
    "(SELECT date FROM postings WHERE account = accounts.id AND status <> 0 ORDER BY date DESC LIMIT 1) "
    "FROM accounts WHERE type IN ('asset', 'liability')"
)


@dataclass(frozen=True, slots=True)
class Clearing:
    """The days of an account's last posting, of its oldest uncleared one, and of its last cleared or reconciled one;
    None where there is none."""

    last: date | None
    oldest_uncleared: date | None
    last_cleared: date | None


def read_clearing(database: BookDatabase) -> Mapping[int, Clearing]:
    """By account id, for assets and liabilities: they are what a statement of someone else's is compared with.

    An account of which nothing, or everything, is cleared is read as a whole.
    """
    rows = database.rows(_QUERY)
    with database.decoding():
        return {row: Clearing(*map(_day, days)) for row, *days in rows}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
