"""How does a database answer a search? A condition over transactions `t`, in SQL of our own with every value bound."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import canonical
from tui_ledger.ledger.queries import (
    Amount,
    Condition,
    Contains,
    Days,
    Either,
    Every,
    HasData,
    Marked,
    Not,
    Number,
    Status,
)
from tui_ledger.ledger.query_amounts import AmountRange
from tui_ledger.ledger.searching import Search, numbers_found
from tui_ledger.ledger.values import Account
from tui_ledger.money import LARGEST_UNITS
from tui_ledger.text import folded, name_key

_REVERSED = "EXISTS (SELECT 1 FROM transactions r WHERE r.reverses = t.number AND r.voided = 0)"
_MARKS = {
    "void": "t.voided = 1",
    "reversed": _REVERSED,
    "reversal": "t.reverses IS NOT NULL",
    "closing": "t.closing = 1",
    "imported": "t.batch IS NOT NULL",
}
_STATUS_NUMBERS = {"uncleared": 0, "cleared": 1, "reconciled": 2}
_LOWER = "t.number IN (SELECT number FROM postings WHERE status = 0)"
_BELOW_RECONCILED = "t.number IN (SELECT number FROM postings WHERE status < 2)"
_STATUSES = {
    "uncleared": f"t.voided = 1 OR {_LOWER}",
    "cleared": f"t.voided = 0 AND {_BELOW_RECONCILED} AND NOT {_LOWER}",
    "reconciled": f"t.voided = 0 AND NOT {_BELOW_RECONCILED}",
}
_NOTHING = "1 = 0"
_OF_JSON = frozenset('[]",\\')


class Sql(NamedTuple):
    """A condition and the values it binds."""

    text: str
    values: tuple[object, ...] = ()


def condition_sql(
    condition: Condition,
    database: BookDatabase,
    chart: Chart,
    *,
    of_posting: bool = False,
    own_account: bool = False,
) -> Sql:
    """The condition over a row `t` of transactions.

    `of_posting`: amounts and status are those of a row `p` of postings beside it, not of any posting. `own_account`:
    so are account, party and currency.
    """
    return _Builder(database, chart, of_posting, own_account).sql(condition)


class _Builder:
    def __init__(self, database: BookDatabase, chart: Chart, of_posting: bool, own_account: bool) -> None:
        self._database = database
        self._chart = chart
        self._of_posting = of_posting
        self._own_account = own_account
        self._memos = ("t.memo", "p.memo") if own_account else ("t.memo",)

    def sql(self, condition: Condition) -> Sql:
        match condition:
            case Every(parts):
                return _joined("AND", map(self.sql, sorted(parts, key=_cost)), "1 = 1")
            case Either(parts):
                return _joined("OR", map(self.sql, parts), _NOTHING)
            case Not(part):
                inner = self.sql(part)
                return Sql(f"NOT ({inner.text})", inner.values)
            case Contains(text, place):
                return self._contains(text, place)
            case _:
                return self._fact(condition)

    def _fact(self, condition: Condition) -> Sql:
        match condition:
            case Amount(wanted):
                return self._amount(wanted)
            case Days(days):
                return Sql("t.date BETWEEN ? AND ?", (days.first.isoformat(), days.last.isoformat()))
            case Status(status):
                return Sql(f"p.status = {_STATUS_NUMBERS[status]}" if self._of_posting else _STATUSES[status])
            case Marked(mark):
                return Sql(_MARKS[mark])
            case Number(number):
                return Sql("t.number = ?", (number,))
            case HasData(key, text):
                return self._data(key, text)
        raise TypeError(f"no condition: {condition!r}")

    def _contains(self, text: str, place: str | None) -> Sql:
        if place is None:
            columns = [self._text(column, text) for column in ("t.payee", *self._memos, "t.reference")]
            return _joined("OR", [*columns, self._in_tags(text), self._accounts(self._named(text))], _NOTHING)
        if place == "account":
            return self._accounts(self._named(text))
        if place == "currency":
            return self._accounts([one for one in self._chart.all() if one.currency.casefold() == text.casefold()])
        if place == "party":
            key = name_key(text)
            return self._accounts([one for one in self._chart.all() if one.party and name_key(one.party) == key])
        if place == "tag":
            return self._text("t.tags", canonical(text))
        if place == "memo":
            return _joined("OR", [self._text(column, text) for column in self._memos], _NOTHING)
        return self._text(f"t.{place}", text)

    def _in_tags(self, text: str) -> Sql:
        """Somewhere in a tag. Tags are kept as JSON: a text with marks of its own is looked for in what it says."""
        if not _OF_JSON & set(text):
            return _joined("AND", [Sql("t.tags <> '[]'"), self._text("t.tags", text)], _NOTHING)
        wanted, rows = folded(text), self._database.rows("SELECT DISTINCT tags FROM transactions WHERE tags <> '[]'")
        with self._database.decoding():
            found = [tags for (tags,) in rows if any(wanted in folded(tag) for tag in json.loads(tags))]
        return Sql(f"t.tags IN ({', '.join('?' for _ in found)})", tuple(found)) if found else Sql(_NOTHING)

    def _text(self, column: str, text: str) -> Sql:
        return Sql(*self._database.containing(column, text))

    def _named(self, text: str) -> list[Account]:
        """Accounts whose name has the text in it, or whose code begins with it."""
        key = name_key(text)
        return [
            account
            for account in self._chart.all()
            if key in name_key(account.name) or (account.code or "").startswith(text.strip() or " ")
        ]

    def _accounts(self, accounts: Iterable[Account]) -> Sql:
        rows = ", ".join(str(account.id) for account in accounts)
        if not rows:
            return Sql(_NOTHING)
        if self._own_account:
            return Sql(f"p.account IN ({rows})")
        return Sql(f"t.number IN (SELECT number FROM postings WHERE account IN ({rows}))")

    def _amount(self, wanted: AmountRange) -> Sql:
        """Each account's amounts in its own minor units: a bound finer than a currency means what lies beyond it."""
        by_digits: dict[int, list[Account]] = {}
        for account in self._chart.all():
            by_digits.setdefault(account.currency.digits, []).append(account)
        row = "p" if self._of_posting else "a"
        amount = f"{row}.amount" if wanted.signed else f"abs({row}.amount)"
        parts, values = [], list[object]()
        for digits, accounts in by_digits.items():
            bounds = _unit_bounds(wanted, digits)
            if bounds is not None:
                rows = ", ".join(str(account.id) for account in accounts)
                parts.append(f"{row}.account IN ({rows}) AND {amount} BETWEEN ? AND ?")
                values.extend(bounds)
        if not parts:
            return Sql(_NOTHING)
        text = " OR ".join(parts)
        whole = text if self._of_posting else f"t.number IN (SELECT a.number FROM postings a WHERE {text})"
        return Sql(f"({whole})", tuple(values))

    def _data(self, key: str, text: str) -> Sql:
        numbers = numbers_found(self._database, Search(data={key: text}), None, None)
        return Sql(f"t.number IN ({', '.join(map(str, numbers))})" if numbers else _NOTHING)


def _cost(condition: Condition) -> tuple[int, int]:
    """What is asked of a row first: facts, then the texts that fewer rows have, figures and long words: the others are
    then looked for in these rows alone."""
    if not isinstance(condition, Contains):
        return (0, 0)
    return (1, 0) if any(one.isdigit() for one in condition.text) else (2, -len(condition.text))


def _joined(word: str, parts: Iterable[Sql], nothing: str) -> Sql:
    listed = list(parts)
    text = f" {word} ".join(f"({part.text})" for part in listed) or nothing
    return Sql(text, tuple(value for part in listed for value in part.values))


def _unit_bounds(wanted: AmountRange, digits: int) -> tuple[int, int] | None:
    """The least and most minor units of a range, None where there are none."""
    least, most = -LARGEST_UNITS, LARGEST_UNITS
    if wanted.least is not None:
        exact = wanted.least.scaleb(digits)
        least = _floor(exact) + 1 if not wanted.least_included else -_floor(-exact)
    if wanted.most is not None:
        exact = wanted.most.scaleb(digits)
        most = _floor(exact) if wanted.most_included else -_floor(-exact) - 1
    least, most = max(least, -LARGEST_UNITS), min(most, LARGEST_UNITS)
    return (least, most) if least <= most else None


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
