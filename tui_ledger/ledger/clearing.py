"""How far are the postings of each account cleared? One statement for all accounts, led by keys and an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.database import BookDatabase

QUERY = (
    "SELECT id, last, CASE WHEN cleared IS NOT NULL THEN "
    "(SELECT date FROM postings WHERE account = id AND status = 0 ORDER BY date LIMIT 1) END, cleared "
    "FROM (SELECT id, "
    "(SELECT date FROM postings WHERE account = accounts.id ORDER BY date DESC LIMIT 1) AS last, "
    "(SELECT date FROM postings{by_cleared} WHERE account = accounts.id AND status <> 0 "
    "ORDER BY date DESC LIMIT 1) AS cleared "
    "FROM accounts WHERE type IN ('asset', 'liability')) AS days"
)


@dataclass(frozen=True, slots=True)
class Clearing:
    """The days of an account's last posting, of its oldest uncleared one where anything was cleared, and of its last
    cleared or reconciled one; None where there is none."""

    last: date | None
    oldest_uncleared: date | None
    last_cleared: date | None


def read_clearing(database: BookDatabase) -> Mapping[int, Clearing]:
    """By account id, for assets and liabilities: they are what a statement of someone else's is compared with.

    Of an account what is cleared is read up to its first uncleared posting, and nothing where nothing is cleared.
    """
    rows = database.rows(QUERY.format(by_cleared=database.by_cleared))
    with database.decoding():
        return {row: Clearing(*map(_day, days)) for row, *days in rows}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
