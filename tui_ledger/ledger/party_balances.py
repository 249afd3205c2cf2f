"""What does the book owe each party, on any day? Minus the debit-positive balances of its accounts, by index seeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tui_ledger.ledger.balances import stored_balance
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.parties import matches
from tui_ledger.money import Currency, Money

ORDERS = ("name", "key", "balance")
_PIECE = 400
_BY_NAME = "lower(p.name), p.key_fold"


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """A party and what the book owes it: `balances` by currency, the book's own first and always there. Below zero
    it owes the book."""

    id: int
    key: str
    name: str
    active: bool
    balances: tuple[Money, ...]

    @property
    def balance(self) -> Money:
        """What it is owed in the book's currency."""
        return self.balances[0]

    @property
    def is_settled(self) -> bool:
        """Whether neither owes the other anything, in any currency."""
        return not any(self.balances)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parties, how they stand: on a `day` (ISO text) or with every posting, for one purpose or all of them.

    `words` must all be found in key or name.
    """

    day: str | None = None
    purpose: str | None = None
    words: tuple[str, ...] = ()
    include_zero: bool = True
    include_inactive: bool = True
    order: str = "name"
    falling: bool = False


def balances_of(
    database: BookDatabase, chart: Chart, party: int, day: str | None, purpose: str | None, own: Currency
) -> tuple[Money, ...]:
    """What one party is owed, by currency, the book's own first: one statement, one seek an account."""
    condition = "" if purpose is None else " AND a.purpose = ?"
    rows = database.rows(
        f"SELECT a.currency, coalesce(({stored_balance('a.id', at=day is not None)}), 0) "
        f"FROM accounts a WHERE a.party = ?{condition}",
        (*_day(day), party, *(() if purpose is None else (purpose,))),
    )
    return _by_currency(chart, rows, own)


def party_balances(database: BookDatabase, chart: Chart, own: Currency, wanted: Wanted) -> list[PartyBalance]:
    """The parties that are wanted with what they are owed, in one statement; those without accounts hold nothing."""
    found = _read(database, chart, own, wanted, "1 = 1", ())
    kept = [
        one
        for one in found
        if (wanted.include_zero or not one.is_settled)
        and (wanted.include_inactive or one.active)
        and (not wanted.words or matches(wanted.words, one.key, one.name))
    ]
    if wanted.order == "balance":
        kept.sort(key=lambda one: one.balance.units, reverse=wanted.falling)
    elif wanted.falling:
        kept.reverse()
    return kept


class PartyWindow:
    """The parties that are wanted for a screen, a page at a time: their order is known, their balances are read when
    they are shown. `key` of a row is its party's row."""

    def __init__(self, database: BookDatabase, chart: Chart, own: Currency, wanted: Wanted) -> None:
        self._database, self._chart, self._own, self._wanted = database, chart, own, wanted
        self._rows = _rows_in_order(database, chart, own, wanted)
        self._places: dict[int, int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, start: int, stop: int) -> list[PartyBalance]:
        """The rows from `start` up to, not including, `stop`; clipped to what there is."""
        ids = self._rows[max(start, 0) : max(stop, 0)]
        pieces = (ids[at : at + _PIECE] for at in range(0, len(ids), _PIECE))
        return [row for piece in pieces for row in self._page(piece)]

    def keys(self, start: int, stop: int) -> list[int]:
        """The keys of the rows from `start` up to, not including, `stop`."""
        return self._rows[max(start, 0) : max(stop, 0)]

    def index_of(self, key: int) -> int:
        """Where a party stands; 0 where it does not."""
        if self._places is None:
            self._places = {row: place for place, row in enumerate(self._rows)}
        return self._places.get(key, 0)

    def _page(self, ids: Sequence[int]) -> Iterator[PartyBalance]:
        marks = ", ".join("?" for _ in ids)
        found = _read(self._database, self._chart, self._own, self._wanted, f"p.id IN ({marks})", ids)
        by_id = {one.id: one for one in found}
        return (by_id[row] for row in ids if row in by_id)


def _rows_in_order(database: BookDatabase, chart: Chart, own: Currency, wanted: Wanted) -> list[int]:
    """The rows of the parties that are wanted; balances are read only where order or choice asks for them."""
    if wanted.order == "balance" or not wanted.include_zero:
        return [one.id for one in party_balances(database, chart, own, wanted)]
    condition = "" if wanted.include_inactive else " WHERE p.active = 1"
    order, columns = _order(wanted), "p.id" + (", p.key, p.name" if wanted.words else "")
    rows = database.rows(f"SELECT {columns} FROM parties p{condition} ORDER BY {order}")
    found = [row[0] for row in rows if not wanted.words or matches(wanted.words, row[1], row[2])]
    if wanted.falling:
        found.reverse()
    return found


def _read(
    database: BookDatabase, chart: Chart, own: Currency, wanted: Wanted, condition: str, values: Iterable[object]
) -> list[PartyBalance]:
    """Parties with the balances of their accounts, a row for each of these; one statement."""
    joined = "" if wanted.purpose is None else " AND a.purpose = ?"
    rows = database.rows(
        "SELECT p.id, p.key, p.name, p.active, a.currency, "
        f"coalesce(({stored_balance('a.id', at=wanted.day is not None)}), 0) "
        f"FROM parties p LEFT JOIN accounts a ON a.party = p.id{joined} WHERE {condition} ORDER BY {_order(wanted)}",
        (*_day(wanted.day), *(() if wanted.purpose is None else (wanted.purpose,)), *values),
    )
    with database.decoding():
        return [
            PartyBalance(row, key, name, bool(active), _by_currency(chart, [one[4:] for one in held], own))
            for (row, key, name, active), held in groupby(rows, key=lambda one: one[:4])
        ]


def _by_currency(chart: Chart, rows: Iterable[Row], own: Currency) -> tuple[Money, ...]:
    units: dict[str, int] = {str(own): 0}
    for code, held in rows:
        if code is not None:
            units[code] = units.get(code, 0) - int(held)
    return tuple(Money(amount, own if code == own else chart.currency(code)) for code, amount in units.items())


def _order(wanted: Wanted) -> str:
    return "p.key_fold" if wanted.order == "key" else _BY_NAME


def _day(day: str | None) -> tuple[str, ...]:
    return () if day is None else (day,)
