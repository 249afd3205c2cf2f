"""How are transactions and registers read back? Rows to frozen values, without changing anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from tui_ledger.dates import day_before
from tui_ledger.errors import TransactionNotFound
from tui_ledger.ledger import attachments, balances
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.journal import STATUSES
from tui_ledger.ledger.values import (
    Account,
    Posting,
    Register,
    RegisterPosting,
    Transaction,
    WrittenPrice,
)
from tui_ledger.money import Money

FIRST_DAY, LAST_DAY = "0000-00-00", "9999-12-31"
_CHUNK = 400
_PIECE = 2_000

_TRANSACTION = (
    "SELECT t.number, t.date, t.memo, t.payee, t.reference, t.tags, t.data, t.reverses, t.voided, t.closing, t.batch, "
    "(SELECT r.number FROM transactions r WHERE r.reverses = t.number AND r.voided = 0) FROM transactions t"
)
_POSTING = (
    "SELECT number, line, account, amount, balance, memo, price, price_currency, price_total, conversion, status "
    "FROM postings"
)


@dataclass(frozen=True)
class Journal(Sequence[Transaction]):
    """The transactions of a range in (date, number) order; read in pieces while it is iterated."""

    database: BookDatabase
    chart: Chart
    date_from: date | None
    date_to: date | None

    def __len__(self) -> int:
        return int(self.database.value("SELECT count(*) FROM transactions WHERE date BETWEEN ? AND ?", self._range()))

    def __iter__(self) -> Iterator[Transaction]:
        first, last = self._range()
        after: tuple[str, int] = (first, -1)
        while True:
            rows = self.database.rows(
                f"{_TRANSACTION} WHERE (t.date, t.number) > (?, ?) AND t.date <= ? "
                f"ORDER BY t.date, t.number LIMIT {_CHUNK}",
                (*after, last),
            )
            yield from transactions_of(self.database, self.chart, rows)
            if len(rows) < _CHUNK:
                return
            after = (rows[-1][1], rows[-1][0])

    @overload
    def __getitem__(self, index: int) -> Transaction: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Transaction]: ...
    def __getitem__(self, index: int | slice) -> Transaction | Sequence[Transaction]:
        if isinstance(index, slice):
            return self._sliced(*index.indices(len(self)))
        place = index if index >= 0 else len(self) + index
        rows = self.database.rows(
            f"{_TRANSACTION} WHERE t.date BETWEEN ? AND ? ORDER BY t.date, t.number LIMIT 1 OFFSET ?",
            (*self._range(), max(place, 0)),
        )
        if place < 0 or not rows:
            raise IndexError(index)
        return transactions_of(self.database, self.chart, rows)[0]

    def _sliced(self, start: int, stop: int, step: int) -> Sequence[Transaction]:
        """A page of it, without reading what stands before."""
        if step != 1:
            return tuple(self)[slice(start, stop if stop >= 0 else None, step)]
        rows = self.database.rows(
            f"{_TRANSACTION} WHERE t.date BETWEEN ? AND ? ORDER BY t.date, t.number LIMIT ? OFFSET ?",
            (*self._range(), max(stop - start, 0), start),
        )
        return tuple(transactions_of(self.database, self.chart, rows))

    def _range(self) -> tuple[str, str]:
        return day_text(self.date_from, FIRST_DAY), day_text(self.date_to, LAST_DAY)


def read_transaction(database: BookDatabase, chart: Chart, number: int) -> Transaction:
    """One transaction; raises TransactionNotFound."""
    asked: object = number
    is_number = isinstance(asked, int) and not isinstance(asked, bool) and 0 < asked < 2**63
    rows = database.rows(f"{_TRANSACTION} WHERE t.number = ?", (number,)) if is_number else []
    if not rows:
        last = database.value("SELECT max(number) FROM transactions") or 0
        raise TransactionNotFound(number=number, last=last)
    return transactions_of(database, chart, rows)[0]


def transactions_by_number(database: BookDatabase, chart: Chart, numbers: Sequence[int]) -> list[Transaction]:
    """The transactions of some numbers, in the order of the numbers given; one that is not there is left out."""
    if not numbers:
        return []
    marks = ", ".join("?" for _ in numbers)
    rows = {row[0]: row for row in database.rows(f"{_TRANSACTION} WHERE t.number IN ({marks})", tuple(numbers))}
    return transactions_of(database, chart, [rows[number] for number in numbers if number in rows])


def transactions_of(database: BookDatabase, chart: Chart, rows: Sequence[Row]) -> list[Transaction]:
    """The transactions of rows of the table; their postings are read in one query, what is attached in another."""
    lines: dict[int, list[Posting]] = {row[0]: [] for row in rows}
    marks = ", ".join("?" for _ in lines)
    found = database.rows(f"{_POSTING} WHERE number IN ({marks}) ORDER BY number, line", tuple(lines))
    attached = attachments.addresses_of(database, tuple(lines))
    with database.decoding():
        for row in found:
            lines[row[0]].append(_posting(chart, row))
        return [_transaction(row, tuple(lines[row[0]]), attached.get(row[0], ())) for row in rows]


def read_register(
    database: BookDatabase, chart: Chart, account: Account, date_from: date | None, date_to: date | None
) -> Register:
    """An account's postings over a range, both ends inclusive, with the balances before and after it."""
    first, last = day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY)
    rows = database.rows(
        f"{REGISTER_ROW} WHERE p.account = ? AND p.date BETWEEN ? AND ? ORDER BY p.date, p.number, p.line",
        (account.id, first, last),
    )
    postings = register_postings(database, chart, account, rows)
    opening = 0
    if date_from is not None and date_from != date.min:
        opening = balances.balance_units(database, account.id, day_before(date_from).isoformat())
    closing = balances.balance_units(database, account.id, last)
    return Register(
        account=account,
        date_from=date_from,
        date_to=date_to,
        opening_balance=own_direction(account, opening),
        closing_balance=own_direction(account, closing if rows else opening),
        postings=tuple(postings),
    )


def stream_register(
    database: BookDatabase, chart: Chart, account: Account, date_from: date | None, date_to: date | None
) -> Iterator[RegisterPosting]:
    """The same postings one after the other, a piece at a time, however many they are."""
    last = day_text(date_to, LAST_DAY)
    after: tuple[str, int, int] = (day_text(date_from, FIRST_DAY), -1, -1)
    while True:
        rows = database.rows(
            f"{REGISTER_ROW} WHERE p.account = ? AND (p.date, p.number, p.line) > (?, ?, ?) AND p.date <= ? "
            f"ORDER BY p.date, p.number, p.line LIMIT {_PIECE}",
            (account.id, *after, last),
        )
        yield from register_postings(database, chart, account, rows)
        if len(rows) < _PIECE:
            return
        after = (rows[-1][2], rows[-1][0], rows[-1][1])


REGISTER_ROW = (
    "SELECT p.number, p.line, p.date, t.memo, t.payee, p.amount, p.balance, p.status, p.memo "
    "FROM postings p JOIN transactions t ON t.number = p.number"
)


def register_postings(
    database: BookDatabase, chart: Chart, account: Account, rows: Sequence[Row]
) -> list[RegisterPosting]:
    """Register rows with their counter accounts: the other postings of each transaction, each account once."""
    counters: dict[tuple[int, int], list[str]] = {(row[0], row[1]): [] for row in rows}
    lines: dict[int, list[tuple[int, int]]] = {}
    numbers = list(dict.fromkeys(row[0] for row in rows))
    for start in range(0, len(numbers), _CHUNK):
        piece = numbers[start : start + _CHUNK]
        marks = ", ".join("?" for _ in piece)
        found = database.rows(
            f"SELECT number, line, account FROM postings WHERE number IN ({marks}) ORDER BY number, line", piece
        )
        for number, line, other in found:
            lines.setdefault(number, []).append((line, other))
    for (number, line), names in counters.items():
        names.extend(dict.fromkeys(chart.by_id(other).name for at, other in lines.get(number, []) if at != line))
    with database.decoding():
        return [_register_posting(account, row, tuple(counters[row[0], row[1]])) for row in rows]


def own_direction(account: Account, units: int) -> Money:
    """A debit-positive figure in the account's own direction."""
    return Money(account.type.sign * units, account.currency)


def day_text(day: date | None, otherwise: str) -> str:
    """A day as the tables hold it."""
    return otherwise if day is None else day.isoformat()


def _posting(chart: Chart, row: Row) -> Posting:
    account = chart.by_id(row[2])
    price = None if row[6] is None else WrittenPrice(Decimal(row[6]), row[7], bool(row[8]))
    return Posting(
        account=account.name,
        amount=Money(row[3], account.currency),
        balance=own_direction(account, row[4]),
        line=row[1],
        memo=row[5],
        status=STATUSES[row[10]],
        conversion=bool(row[9]),
        price=price,
        type=account.type,
    )


def _transaction(row: Row, postings: tuple[Posting, ...], attached: tuple[str, ...]) -> Transaction:
    return Transaction(
        number=row[0],
        date=date.fromisoformat(row[1]),
        memo=row[2],
        postings=postings,
        payee=row[3],
        reference=row[4],
        tags=tuple(json.loads(row[5])),
        data=json.loads(row[6]),
        reverses=row[7],
        reversed_by=row[11],
        voided=bool(row[8]),
        closing=bool(row[9]),
        batch=row[10],
        attachments=attached,
    )


def _register_posting(account: Account, row: Row, counter_accounts: tuple[str, ...]) -> RegisterPosting:
    return RegisterPosting(
        transaction=row[0],
        line=row[1],
        date=date.fromisoformat(row[2]),
        memo=row[3],
        payee=row[4],
        counter_accounts=counter_accounts,
        amount=Money(row[5], account.currency),
        change=own_direction(account, row[5]),
        balance=own_direction(account, row[6]),
        status=STATUSES[row[7]],
        posting_memo=row[8],
    )
