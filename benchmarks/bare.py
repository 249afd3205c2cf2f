"""How fast can the same rows be written at all? By sqlite3 alone, prepared, with the book's guards on."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

_NUMBER = "SELECT coalesce(max(number), 0), (SELECT max(seq) FROM changes) FROM transactions"
_TRANSACTION = (
    "INSERT INTO transactions (number, date, memo, payee, reference, tags, data, reverses, voided, closing, batch, "
    "sealed) VALUES (?, ?, ?, NULL, NULL, '[]', '{}', NULL, 0, 0, NULL, 0)"
)
_POSTING = (
    "INSERT INTO postings (account, date, number, line, amount, balance, memo, price, price_currency, price_total, "
    "conversion, status) VALUES (:account, :date, :number, :line, :amount, :amount + coalesce((SELECT balance FROM "
    "postings WHERE account = :account AND (date, number, line) < (:date, :number, :line) ORDER BY date DESC, number "
    "DESC, line DESC LIMIT 1), 0), NULL, NULL, NULL, 0, 0, 0)"
)
_CARRY = (
    "UPDATE postings SET balance = balance + :amount WHERE account = :account "
    "AND (date, number, line) > (:date, :number, :line)"
)
_SEAL = "UPDATE transactions SET sealed = 1 WHERE number = ?"
_CHANGE = (
    "INSERT INTO changes (seq, act, kind, number, subject, at, actor, key, content, undoes, before, after, hash) "
    "VALUES (?, ?, 'post', ?, NULL, '2026-01-01T00:00:00.000000Z', 'measured', NULL, NULL, NULL, NULL, ?, ?)"
)
_PRAGMAS = ("busy_timeout = 30000", "foreign_keys = 1", "recursive_triggers = 1", "synchronous = full")
Prepared = tuple[tuple[object, ...], list[dict[str, object]], tuple[object, ...]]
"""A transaction's row, its postings, its change."""
_MMAP = "mmap_size = 268435456"


def copied(book: Path, to: Path) -> Path:
    """A copy of a book to write bare rows into, whose hashes mean nothing."""
    with closing(sqlite3.connect(book)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = wal")
    return to


class BareBook:
    """A book's file as sqlite3 alone writes it."""

    def __init__(self, path: Path, names: tuple[str, str]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (*_PRAGMAS, _MMAP):
            self._connection.execute(f"PRAGMA {pragma}")
        find = "SELECT id FROM accounts WHERE name = ?"
        self._names = names
        self._accounts = [self._connection.execute(find, (name,)).fetchone()[0] for name in names]

    def post(self, day: date, units: int, count: int) -> float:
        """Seconds for each of `count` durable transactions of two postings; their values are prepared before."""
        prepared = self._prepared(day.isoformat(), units, count)
        execute = self._connection.execute
        started = time.perf_counter()
        for transaction, postings, change in prepared:
            execute("BEGIN IMMEDIATE")
            execute(_TRANSACTION, transaction)
            for posting in postings:
                execute(_POSTING, posting)
                execute(_CARRY, posting)
            execute(_SEAL, transaction[:1])
            execute(_CHANGE, change)
            execute("COMMIT")
        return (time.perf_counter() - started) / count

    def close(self) -> None:
        self._connection.close()

    def _prepared(self, day: str, units: int, count: int) -> list[Prepared]:
        last, seq = self._connection.execute(_NUMBER).fetchone()
        rows: list[Prepared] = []
        for place in range(1, count + 1):
            number = last + place
            postings: list[dict[str, object]] = [
                {"account": account, "date": day, "number": number, "line": line, "amount": amount}
                for line, (account, amount) in enumerate(zip(self._accounts, (units, -units), strict=True), 1)
            ]
            body = json.dumps({"number": number, "date": day, "memo": "measured", "postings": self._lines(units)})
            rows.append(((number, day, "measured"), postings, (seq + place, seq + place, number, body, bytes(32))))
        return rows

    def _lines(self, units: int) -> list[dict[str, str]]:
        amounts = (units, -units)
        return [
            {"account": name, "amount": f"{amount / 100:.2f}"}
            for name, amount in zip(self._names, amounts, strict=True)
        ]
