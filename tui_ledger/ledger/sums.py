"""What was debited and credited by month, payee, tag or a key of the extra data? Sums over postings, and how many."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.searching import ABSENT, value_at
from tui_ledger.ledger.turnovers import SIDES, both_sides

_NO_CLOSINGS = " AND p.number NOT IN (SELECT number FROM transactions WHERE closing = 1 AND date BETWEEN ? AND ?)"
_WHOLE = {"payee": "t.payee", "tag": "t.tags", "data": "t.data"}


@dataclass(frozen=True, slots=True)
class Sum:
    """What postings of an account add up to in a month (its first seven characters) and, where they were grouped, under
    a label: minor units, both without sign, and how many postings they were. `label` is None for those without one."""

    month: str
    account: int
    label: str | None
    debits: int
    credits: int
    count: int


def read_sums(
    database: BookDatabase,
    accounts: Collection[int],
    first: date,
    last: date,
    by: str | None = None,
    key: str = "",
    *,
    without_closings: bool = False,
) -> Iterator[Sum]:
    """Sums of the postings of some accounts by month, and by what `by` says: payee, tag, or data with a `key`; those of
    closing transactions are left out on request.

    A transaction counts under each of its tags. A dotted key looks into what is nested.
    """
    marks = ", ".join("?" for _ in accounts)
    label = _WHOLE.get(by or "", "NULL")
    joined = "" if by is None else "JOIN transactions t ON t.number = p.number "
    days = (first.isoformat(), last.isoformat())
    rows = database.rows(
        f"SELECT substr(p.date, 1, 7), p.account, {label}, count(*), {SIDES} FROM postings p {joined}"
        f"WHERE p.account IN ({marks}) AND p.date BETWEEN ? AND ?{_NO_CLOSINGS if without_closings else ''} "
        "GROUP BY 1, 2, 3",
        (*accounts, *days, *(days if without_closings else ())),
    )
    for month, account, said, count, *halves in rows:
        debits, credits = both_sides(tuple(halves))
        for one in _labels(database, by, key, said):
            yield Sum(month, account, one, debits, credits, int(count))


def _labels(database: BookDatabase, by: str | None, key: str, said: str | None) -> list[str | None]:
    if by in (None, "payee"):
        return [said]
    with database.decoding():
        found = json.loads(said or "null")
        if by == "tag":
            return list(found) or [None]
        value = value_at(found, key)
    if value is None or value is ABSENT:
        return [None]
    return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]
