"""Which rows stand on the screen? Windows on journal and register that read a page by key, never the whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from tui_ledger.dates import day_before
from tui_ledger.ledger import balances
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.journal import STATUSES
from tui_ledger.ledger.reading import (
    FIRST_DAY,
    LAST_DAY,
    REGISTER_ROW,
    day_text,
    own_direction,
    register_postings,
)
from tui_ledger.ledger.values import Account, PostingStatus, RegisterPosting
from tui_ledger.money import Money

_PIECE = 5_000
_NEAR = 5_000

Key = tuple[Any, ...]
RowValue = TypeVar("RowValue")


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One transaction as a line of the journal; `amount` is the sum of its debits in its first currency."""

    number: int
    date: date
    status: PostingStatus
    payee: str | None
    memo: str
    accounts: tuple[str, ...]
    amount: Money | None
    voided: bool
    reverses: int | None
    reversed_by: int | None

    @property
    def key(self) -> Key:
        return (self.date.isoformat(), self.number)


@dataclass(frozen=True, slots=True)
class Ordering:
    """What a window's rows are ordered by, and the query they come from: its condition, and its first and last day."""

    columns: str
    source: str
    condition: str
    parameters: tuple[object, ...]
    first: str
    last: str


class Window(Generic[RowValue]):
    """A list of rows as of one revision, read by key. Anchors are known (index, key) pairs; a page is read
    forwards or backwards from the nearest, so that neither end nor the neighbourhood of what was seen costs more
    than the page."""

    def __init__(
        self, database: BookDatabase, ordering: Ordering, fetch: Callable[[list[Key]], list[RowValue]]
    ) -> None:
        self._database = database
        self._ordering = ordering
        self._fetch = fetch
        self._length = self._counted()
        self._anchor_places: list[int] = []
        self._anchor_keys: list[Key] = []

    def __len__(self) -> int:
        return self._length

    def rows(self, start: int, stop: int) -> list[RowValue]:
        """The rows from `start` up to, not including, `stop`; clipped to what there is."""
        start, stop = max(start, 0), min(stop, self._length)
        return self._fetch(self._keys(start, stop)) if start < stop else []

    def keys(self, start: int, stop: int) -> list[Key]:
        """The keys of the rows from `start` up to, not including, `stop`."""
        start, stop = max(start, 0), min(stop, self._length)
        return self._keys(start, stop) if start < stop else []

    def index_of(self, key: Key) -> int:
        """How many rows stand before a key; the key itself need not be there. Its day may be a date or ISO text.

        Near the end, where most work is done, those behind it are counted.
        """
        plain = [part.isoformat() if isinstance(part, date) else part for part in key]
        if plain[0] < self._ordering.first:
            return 0
        behind = self._behind(tuple(plain))
        if behind < _NEAR:
            return self._length - behind
        return self._count(f"({self._ordering.columns}) < ({', '.join('?' for _ in plain)})", *plain)

    def index_of_date(self, day: date) -> int:
        """How many rows lie before a day."""
        return self._count("date < ?", day.isoformat())

    def _keys(self, start: int, stop: int) -> list[Key]:
        place = bisect_right(self._anchor_places, start) - 1
        known, key = (self._anchor_places[place], self._anchor_keys[place]) if place >= 0 else (0, None)
        nearer_end = self._length - start < start - known
        following = place + 1 < len(self._anchor_places)
        if following and self._anchor_places[place + 1] - start < min(start - known, self._length - start):
            keys = self._before(self._anchor_keys[place + 1], self._anchor_places[place + 1], start, stop)
        elif nearer_end:
            keys = self._before(None, self._length, start, stop)
        else:
            keys = self._from(key, known, start, stop)
        self._remember(start, keys)
        return keys

    def _from(self, key: Key | None, known: int, start: int, stop: int) -> list[Key]:
        condition, parameters = self._beyond(">=", key)
        return self._select(condition, parameters, "ASC", stop - start, start - known)

    def _before(self, key: Key | None, known: int, start: int, stop: int) -> list[Key]:
        condition, parameters = self._beyond("<", key)
        wanted_end = min(stop, known)
        keys = self._select(condition, parameters, "DESC", wanted_end - start, known - wanted_end)
        keys.reverse()
        return keys if stop <= known else keys + self._from(key, known, known, stop)

    def _beyond(self, comparison: str, key: Key | None) -> tuple[str, Key]:
        """The rows on one side of a key. It takes the place of the day at that end: of two bounds SQLite seeks by
        one only, and the day's would read every row between."""
        ordering = self._ordering
        if key is None:
            return "date BETWEEN ? AND ?", (ordering.first, ordering.last)
        side = f"({ordering.columns}) {comparison} ({', '.join('?' for _ in key)})"
        if comparison == "<":
            return f"{side} AND date >= ?", (*key, ordering.first)
        return f"{side} AND date <= ?", (*key, ordering.last)

    def _select(self, condition: str, parameters: Key, direction: str, limit: int, offset: int) -> list[Key]:
        order = ", ".join(f"{column} {direction}" for column in self._ordering.columns.split(", "))
        return self._database.rows(
            f"SELECT {self._ordering.columns} FROM {self._ordering.source} "
            f"WHERE {self._ordering.condition} AND {condition} ORDER BY {order} LIMIT ? OFFSET ?",
            (*self._ordering.parameters, *parameters, limit, offset),
        )

    def _remember(self, start: int, keys: Sequence[Key]) -> None:
        if not keys:
            return
        place = bisect_right(self._anchor_places, start)
        if place and self._anchor_places[place - 1] == start:
            return
        self._anchor_places.insert(place, start)
        self._anchor_keys.insert(place, keys[0])

    def _counted(self) -> int:
        return self._count("TRUE")

    def _behind(self, key: Key) -> int:
        """How many rows stand at a key or behind it, counted no further than `_NEAR`."""
        condition, parameters = self._beyond(">=", key)
        ordering = self._ordering
        return int(
            self._database.value(
                f"SELECT count(*) FROM (SELECT 1 FROM {ordering.source} "
                f"WHERE {ordering.condition} AND {condition} LIMIT ?) AS near",
                (*ordering.parameters, *parameters, _NEAR),
            )
        )

    def _count(self, condition: str, *parameters: object) -> int:
        ordering = self._ordering
        return int(
            self._database.value(
                f"SELECT count(*) FROM {ordering.source} "
                f"WHERE {ordering.condition} AND date BETWEEN ? AND ? AND {condition}",
                (*ordering.parameters, ordering.first, ordering.last, *parameters),
            )
        )


class JournalWindow(Window[JournalRow]):
    """The journal of a range in (date, number) order."""

    def __init__(self, database: BookDatabase, chart: Chart, date_from: date | None, date_to: date | None) -> None:
        first, last = day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY)
        ordering = Ordering("date, number", "transactions", "TRUE", (), first, last)
        super().__init__(database, ordering, lambda keys: journal_rows(database, chart, keys))

    def _counted(self) -> int:
        """Numbers are given without gaps and never taken back: of the whole journal the last one is the count."""
        if (self._ordering.first, self._ordering.last) == (FIRST_DAY, LAST_DAY):
            return int(self._database.value("SELECT max(number) FROM transactions") or 0)
        return super()._counted()


class RegisterWindow(Window[RegisterPosting]):
    """One account's postings of a range in (date, transaction, line) order."""

    def __init__(
        self, database: BookDatabase, chart: Chart, account: Account, date_from: date | None, date_to: date | None
    ) -> None:
        first, last = day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY)
        ordering = Ordering("date, number, line", "postings", "account = ?", (account.id,), first, last)
        super().__init__(database, ordering, lambda keys: _register_rows(database, chart, account, keys))
        self.account = account
        closing = balances.balance_units(
            database, account.id, last if first <= last else day_before(date.fromisoformat(first)).isoformat()
        )
        self.closing_balance = own_direction(account, closing)


def journal_rows(database: BookDatabase, chart: Chart, keys: list[Key]) -> list[JournalRow]:
    """The journal's rows of some keys (day, number), in their order."""
    pieces = (keys[start : start + _PIECE] for start in range(0, len(keys), _PIECE))
    return [row for piece in pieces for row in _journal_piece(database, chart, piece)]


def _journal_piece(database: BookDatabase, chart: Chart, keys: list[Key]) -> list[JournalRow]:
    numbers = [key[1] for key in keys]
    marks = ", ".join("?" for _ in numbers)
    lines: dict[int, list[Row]] = {number: [] for number in numbers}
    for row in database.rows(
        f"SELECT number, account, amount, status FROM postings WHERE number IN ({marks}) ORDER BY number, line", numbers
    ):
        lines.setdefault(row[0], []).append(row)
    heads = {
        row[0]: row
        for row in database.rows(
            "SELECT t.number, t.date, t.payee, t.memo, t.voided, t.reverses, "
            "(SELECT r.number FROM transactions r WHERE r.reverses = t.number AND r.voided = 0) "
            f"FROM transactions t WHERE t.number IN ({marks})",
            numbers,
        )
    }
    with database.decoding():
        return [_journal_row(chart, heads[number], lines[number]) for number in numbers if number in heads]


def _journal_row(chart: Chart, head: Row, lines: list[Row]) -> JournalRow:
    accounts = [chart.by_id(line[1]) for line in lines]
    amount = None
    if accounts:
        currency = accounts[0].currency
        debits = sum(
            line[2]
            for line, account in zip(lines, accounts, strict=True)
            if line[2] > 0 and account.currency == currency
        )
        amount = Money(debits, currency)
    return JournalRow(
        number=head[0],
        date=date.fromisoformat(head[1]),
        status=STATUSES[min((line[3] for line in lines), default=0)],
        payee=head[2],
        memo=head[3],
        accounts=tuple(account.name for account in accounts),
        amount=amount,
        voided=bool(head[4]),
        reverses=head[5],
        reversed_by=head[6],
    )


def _register_rows(database: BookDatabase, chart: Chart, account: Account, keys: list[Key]) -> list[RegisterPosting]:
    if not keys:
        return []
    rows = database.rows(
        f"{REGISTER_ROW} WHERE p.account = ? AND (p.date, p.number, p.line) BETWEEN (?, ?, ?) AND (?, ?, ?) "
        "ORDER BY p.date, p.number, p.line",
        (account.id, *keys[0], *keys[-1]),
    )
    return register_postings(database, chart, account, rows)
