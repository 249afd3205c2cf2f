"""What moved on each account over some days? Debits and credits apart, both as positive minor units.

These are the only figures of statements that no stored balance gives: their cost follows the days asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tui_ledger.ledger.database import BookDatabase, Row

Turnovers = dict[int, tuple[int, int]]
"""(debits, credits) by account id; accounts on which nothing moved are left out."""

# Amounts may add up to more than 64 bits hold, and SQLite refuses such a sum: each half of them adds up to less.
_HALF = 10**9


def _sum(term: str) -> str:
    """The two halves of a sum, to be put together by `_whole`."""
    return f"sum(({term}) / {_HALF}), sum(({term}) % {_HALF})"


_DEBITS, _CREDITS = (f"CASE WHEN {amount} > 0 THEN {amount} ELSE 0 END" for amount in ("p.amount", "-p.amount"))
SIDES = f"{_sum(_DEBITS)}, {_sum(_CREDITS)}"
"""Four columns: what postings `p` debit and credit, to be read by `both_sides`."""


def read_turnovers(database: BookDatabase, first: date, last: date) -> Turnovers:
    """What was debited and credited from the first day to the last, closing transactions included."""
    rows = database.rows(
        f"SELECT p.account, {SIDES} FROM accounts a JOIN postings p ON p.account = a.id AND p.date BETWEEN ? AND ? "
        "GROUP BY p.account",
        (first.isoformat(), last.isoformat()),
    )
    return {row[0]: both_sides(row[1:5]) for row in rows}


def read_counts(database: BookDatabase, first: date, last: date) -> dict[int, int]:
    """How many postings each account has from the first day to the last; accounts with none are left out."""
    rows = database.rows(
        "SELECT p.account, count(*) FROM accounts a JOIN postings p ON p.account = a.id AND p.date BETWEEN ? AND ? "
        "GROUP BY p.account",
        (first.isoformat(), last.isoformat()),
    )
    return {row[0]: int(row[1]) for row in rows}


def read_closings(database: BookDatabase, first: date, last: date) -> Turnovers:
    """The part of it that closing transactions moved."""
    rows = database.rows(
        f"SELECT p.account, {SIDES} FROM transactions t JOIN postings p ON p.number = t.number "
        "WHERE t.closing = 1 AND t.date BETWEEN ? AND ? GROUP BY p.account",
        (first.isoformat(), last.isoformat()),
    )
    return {row[0]: both_sides(row[1:5]) for row in rows}


def read_cash_causes(
    database: BookDatabase, cash: Collection[int], first: date, last: date
) -> dict[tuple[int, bool], int]:
    """Why the cash accounts moved: of the transactions that touch one, what every other posting put on its account.

    Debit-positive minor units by (account id, whether the postings are conversions). Postings of the cash accounts
    themselves are left out: what went from one to another moved no cash.
    """
    if not cash:
        return {}
    marks = ", ".join("?" for _ in cash)
    rows = database.rows(
        f"SELECT p.account, p.conversion, {_sum('p.amount')} FROM postings p WHERE p.number IN "
        f"(SELECT c.number FROM postings c WHERE c.account IN ({marks}) AND c.date BETWEEN ? AND ?) "
        f"AND p.account NOT IN ({marks}) GROUP BY p.account, p.conversion",
        (*cash, first.isoformat(), last.isoformat(), *cash),
    )
    return {(row[0], bool(row[1])): _whole(*row[2:4]) for row in rows}


def both_sides(halves: Row) -> tuple[int, int]:
    """(debits, credits) out of the four columns of `SIDES`."""
    return _whole(*halves[:2]), _whole(*halves[2:])


def _whole(high: int, low: int) -> int:
    return int(high) * _HALF + int(low)
