"""Which rows does a search leave on the screen, in which order? Windows that know their keys and read a page at a time.

The balance of a row is its account's own, whatever is left out and however the rows are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic

from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.queries import Condition
from tui_ledger.ledger.query_sql import Sql, condition_sql
from tui_ledger.ledger.reading import FIRST_DAY, LAST_DAY, REGISTER_ROW, day_text, register_postings
from tui_ledger.ledger.values import Account, RegisterPosting
from tui_ledger.ledger.windows import JournalRow, Key, RowValue, journal_rows

_PIECE = 5_000
_FIRST_NAME = (
    "(SELECT min(o.name) FROM postings q JOIN accounts o ON o.id = q.account "
    "WHERE q.number = t.number AND q.account <> p.account)"
)
JOURNAL_ORDERS: Mapping[str, str] = {
    "date": "t.date",
    "number": "t.number",
    "payee": "lower(coalesce(t.payee, ''))",
    "memo": "lower(t.memo)",
    "accounts": "(SELECT o.name FROM postings q JOIN accounts o ON o.id = q.account WHERE q.number = t.number "
    "ORDER BY q.line LIMIT 1)",
    "amount": "coalesce((SELECT sum(q.amount) FROM postings q WHERE q.number = t.number AND q.amount > 0), 0)",
    "status": "coalesce((SELECT min(q.status) FROM postings q WHERE q.number = t.number), 0)",
}
REGISTER_ORDERS: Mapping[str, str] = {
    "date": "p.date",
    "number": "p.number",
    "payee": "lower(coalesce(t.payee, ''))",
    "memo": "lower(t.memo)",
    "accounts": f"coalesce({_FIRST_NAME}, '')",
    "amount": "p.amount",
    "balance": "p.balance",
    "status": "p.status",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are sorted by: a column of `JOURNAL_ORDERS` or `REGISTER_ORDERS`, rising or falling."""

    column: str = "date"
    falling: bool = False

    @property
    def is_usual(self) -> bool:
        return self.column == "date" and not self.falling


class FoundWindow(Generic[RowValue]):
    """A list of rows as of one revision, known by their keys, which begin with the day and the transaction's number."""

    def __init__(self, keys: list[Key], order: Order, fetch: Callable[[list[Key]], list[RowValue]]) -> None:
        self._keys = keys
        self._order = order
        self._fetch = fetch
        self._places: dict[Key, int] | None = None

    def __len__(self) -> int:
        return len(self._keys)

    def rows(self, start: int, stop: int) -> list[RowValue]:
        """The rows from `start` up to, not including, `stop`; clipped to what there is."""
        keys = self._keys[max(start, 0) : max(stop, 0)]
        return [row for at in range(0, len(keys), _PIECE) for row in self._fetch(keys[at : at + _PIECE])]

    def keys(self, start: int, stop: int) -> list[Key]:
        """The keys of the rows from `start` up to, not including, `stop`."""
        return self._keys[max(start, 0) : max(stop, 0)]

    def index_of(self, key: Key) -> int:
        """Where a key stands; one that is not there, by its day and number, as if it were among the others."""
        plain = tuple(part.isoformat() if isinstance(part, date) else part for part in key)
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self._keys)}
        found = self._places.get(plain)
        return sum(one < plain for one in self._keys) if found is None else found

    def index_of_date(self, day: date) -> int:
        """How many rows lie before a day, where they are in the order of days; else the first row of the day."""
        text = day.isoformat()
        if self._order.is_usual:
            return sum(one[0] < text for one in self._keys)
        return next((place for place, one in enumerate(self._keys) if one[0] >= text), max(len(self._keys) - 1, 0))


def found_journal(
    database: BookDatabase,
    chart: Chart,
    condition: Condition,
    order: Order,
    date_from: date | None,
    date_to: date | None,
) -> FoundWindow[JournalRow]:
    """The transactions of a range that a condition holds for, in an order."""
    wanted = condition_sql(condition, database, chart)
    keys = database.rows(
        f"SELECT t.date, t.number FROM transactions t WHERE t.date BETWEEN ? AND ? AND ({wanted.text}) "
        f"ORDER BY {JOURNAL_ORDERS[order.column]}{_direction(order)}, t.date, t.number",
        (*_range(date_from, date_to), *wanted.values),
    )
    return FoundWindow(keys, order, lambda page: journal_rows(database, chart, page))


def found_register(
    database: BookDatabase,
    chart: Chart,
    account: Account,
    condition: Condition,
    order: Order,
    date_from: date | None,
    date_to: date | None,
) -> FoundWindow[RegisterPosting]:
    """One account's postings of a range that a condition holds for, in an order; each with its true balance.

    Amounts and balances sort in the account's own direction.
    """
    wanted = condition_sql(condition, database, chart, of_posting=True)
    sorted_by = REGISTER_ORDERS[order.column]
    if order.column in ("amount", "balance"):
        sorted_by = f"{account.type.sign} * {sorted_by}"
    keys = database.rows(
        "SELECT p.date, p.number, p.line FROM postings p JOIN transactions t ON t.number = p.number "
        f"WHERE p.account = ? AND p.date BETWEEN ? AND ? AND ({wanted.text}) "
        f"ORDER BY {sorted_by}{_direction(order)}, p.date, p.number, p.line",
        (account.id, *_range(date_from, date_to), *wanted.values),
    )
    return FoundWindow(keys, order, lambda page: _register_page(database, chart, account, page))


def journal_totals(
    database: BookDatabase, chart: Chart, condition: Condition | None, date_from: date | None, date_to: date | None
) -> dict[str, tuple[int, int]]:
    """By currency what the postings of the listed transactions debit and credit, both as positive minor units."""
    wanted = None if condition is None else condition_sql(condition, database, chart)
    narrowed = "" if wanted is None else f" AND p.number IN (SELECT t.number FROM transactions t WHERE {wanted.text})"
    values = () if wanted is None else wanted.values
    rows = database.rows(f"{_SUMS}{narrowed} GROUP BY p.account", (*_range(date_from, date_to), *values))
    return _by_currency(chart, rows)


def register_totals(
    database: BookDatabase,
    chart: Chart,
    account: Account,
    condition: Condition | None,
    date_from: date | None,
    date_to: date | None,
) -> tuple[int, int]:
    """What the listed postings of an account debit and credit, both as positive minor units."""
    wanted = Sql("1 = 1") if condition is None else condition_sql(condition, database, chart, of_posting=True)
    found = database.row(
        f"SELECT {_DEBITS}, {_CREDITS} FROM postings p JOIN transactions t ON t.number = p.number "
        f"WHERE p.account = ? AND p.date BETWEEN ? AND ? AND ({wanted.text})",
        (account.id, *_range(date_from, date_to), *wanted.values),
    )
    debits, credits = found or (0, 0)
    return int(debits or 0), int(credits or 0)


_DEBITS = "sum(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END)"
_CREDITS = "sum(CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END)"
_SUMS = f"SELECT p.account, {_DEBITS}, {_CREDITS} FROM postings p WHERE p.date BETWEEN ? AND ?"


def _by_currency(chart: Chart, rows: list[Key]) -> dict[str, tuple[int, int]]:
    totals: dict[str, tuple[int, int]] = {}
    for account, debits, credits in rows:
        currency = chart.by_id(account).currency
        known = totals.get(currency, (0, 0))
        totals[currency] = known[0] + int(debits), known[1] + int(credits)
    return totals


def _register_page(database: BookDatabase, chart: Chart, account: Account, keys: list[Key]) -> list[RegisterPosting]:
    if not keys:
        return []
    marks = ", ".join("?" for _ in keys)
    rows = database.rows(
        f"{REGISTER_ROW} WHERE p.account = ? AND p.number IN ({marks})", (account.id, *(key[1] for key in keys))
    )
    found = {(row[0], row[1]): row for row in rows}
    return register_postings(database, chart, account, [found[key[1], key[2]] for key in keys if key[1:] in found])


def _range(date_from: date | None, date_to: date | None) -> tuple[str, str]:
    return day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY)


def _direction(order: Order) -> str:
    return " DESC" if order.falling else ""
