"""Which posting stands on which line of the journal? Transactions with their postings by line, read a few at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.reading import transactions_by_number
from tui_ledger.ledger.values import Transaction

TOGETHER = 128
_KEPT = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some transactions that follow each other, and how many lines stand before the first of them."""

    lines_before: int
    transactions: tuple[Transaction, ...]


def lines_of(transaction: Transaction) -> int:
    """How many lines a transaction takes: one a posting, and one where a voided one has none."""
    return max(len(transaction.postings), 1)


class JournalLines:
    """The lines of the journal of some days, in (date, number, line) order, as of when it was made: counted at once,
    read `TOGETHER` transactions at a time."""

    def __init__(self, database: BookDatabase, chart: Chart, first: date, last: date) -> None:
        self._database = database
        self._chart = chart
        self._last = last.isoformat()
        self._length = 0
        self._places: list[int] = []
        self._keys: list[tuple[str, int]] = []
        self._kept: OrderedDict[int, Stretch] = OrderedDict()
        self._count(first)

    def __len__(self) -> int:
        return self._length

    def stretch_at(self, line: int) -> Stretch:
        """The transactions around a line, counted from 0."""
        return self._stretch(max(bisect_right(self._places, line) - 1, 0))

    def index_of(self, day: str, number: int) -> int:
        """How many lines stand before a transaction of a day (ISO 8601); it need not be there."""
        place = bisect_right(self._keys, (day, number)) - 1
        if place < 0:
            return 0
        stretch = self._stretch(place)
        before = [one for one in stretch.transactions if (one.date.isoformat(), one.number) < (day, number)]
        return stretch.lines_before + sum(map(lines_of, before))

    def _count(self, first: date) -> None:
        """Where every stretch begins, and how many lines there are."""
        lines = "coalesce(nullif((SELECT count(*) FROM postings p WHERE p.number = t.number), 0), 1)"
        head = f"CASE WHEN t.place % {TOGETHER} = 0 THEN"
        rows = self._database.rows(
            f"SELECT max({head} t.date END), max({head} t.number END), sum({lines}) FROM ("
            "SELECT date, number, row_number() OVER (ORDER BY date, number) - 1 AS place "
            "FROM transactions WHERE date BETWEEN ? AND ?) AS t "
            f"GROUP BY t.place / {TOGETHER} ORDER BY t.place / {TOGETHER}",
            (first.isoformat(), self._last),
        )
        for day, number, count in rows:
            self._places.append(self._length)
            self._keys.append((day, number))
            self._length += int(count)

    def _stretch(self, place: int) -> Stretch:
        found = self._kept.get(place)
        if found is None:
            found = self._kept[place] = self._read(place)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _read(self, place: int) -> Stretch:
        if place >= len(self._places):
            return Stretch(self._length, ())
        numbers = self._database.rows(
            "SELECT number FROM transactions WHERE (date, number) >= (?, ?) AND date <= ? "
            f"ORDER BY date, number LIMIT {TOGETHER}",
            (*self._keys[place], self._last),
        )
        found = transactions_by_number(self._database, self._chart, [row[0] for row in numbers])
        return Stretch(self._places[place], tuple(found))
