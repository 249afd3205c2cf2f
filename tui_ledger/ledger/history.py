"""What happened, in order? The append-only, hash-chained history; the live tables are its projection."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json.encoder import encode_basestring as _quoted
from typing import Any

from tui_ledger.errors import InvalidText
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.words import N_

GENESIS = bytes(32)
ATTACHMENTS = "attachments"
"""The kind of subject that what is attached to a transaction is: `attachments 1042`."""
TAX_CODE = "tax-code"
"""The kind of subject that a rate of a tax code is: `tax-code standard 2026-01-01`."""
Body = Mapping[str, Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: the same text for the same value, on every database.

    Raises InvalidText for what JSON cannot hold exactly (NaN, dates, Decimals) and for what is nested too deeply.
    """
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError) as problem:
        raise InvalidText(field=N_("data"), reason=f"{problem}") from None
    except RecursionError:
        raise InvalidText(field=N_("data"), reason=N_("it is nested too deeply")) from None


def content_digest(content: object) -> str:
    """What an idempotency key is compared by: a digest of the caller's arguments as given."""
    return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def chained_hash(
    previous: bytes,
    seq: int,
    act: int,
    kind: str,
    number: int | None,
    subject: str | None,
    at: str,
    actor: str,
    key: str | None,
    content: str | None,
    undoes: int | None,
    before: str | None,
    after: str | None,
) -> bytes:
    """The hash of a change: over the hash before it and every column of its own."""
    # The text `_ENCODER` makes of a list of these, in half the time: verifying a book hashes every row of it.
    row = (
        f"[{seq:d},{act:d},{_quoted(kind)},"
        f"{'null' if number is None else format(number, 'd')},"
        f"{'null' if subject is None else _quoted(subject)},{_quoted(at)},{_quoted(actor)},"
        f"{'null' if key is None else _quoted(key)},"
        f"{'null' if content is None else _quoted(content)},"
        f"{'null' if undoes is None else format(undoes, 'd')},"
        f"{'null' if before is None else _quoted(before)},"
        f"{'null' if after is None else _quoted(after)}]"
    )
    return hashlib.sha256(previous + row.encode()).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the history: its last row's number and hash."""

    seq: int
    hash: bytes


@dataclass(slots=True)
class Act:
    """One act being written: every change it makes becomes one row, all with its number, actor and time."""

    database: BookDatabase
    kind: str
    actor: str
    at: str
    key: str | None = None
    content: str | None = None
    undoes: int | None = None
    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    number: int = 0

    def record(
        self,
        *,
        number: int | None = None,
        subject: str | None = None,
        before: Body | None = None,
        after: Body | None = None,
    ) -> None:
        """Appends one change: of transaction `number`, or of `subject`; None for what was not or is no more."""
        self.database.execute(APPEND, self._chained(number, subject, before, after))

    def catch_up(self) -> None:
        """Follows on what others wrote since the act began: a hook may post through the ledger itself."""
        if self.head.seq < self.number:
            self.number = read_head(self.database).seq + 1
        self.head = read_head(self.database)

    def record_posted(self, bodies: Iterable[tuple[int, Body]]) -> None:
        """Appends one change for each new transaction, given as (number, body)."""
        self.database.execute_many(APPEND, (self._chained(number, None, None, body) for number, body in bodies))

    def _chained(
        self, number: int | None, subject: str | None, before: Body | None, after: Body | None
    ) -> tuple[object, ...]:
        seq = self.head.seq + 1
        first = seq == self.number
        row = (
            seq,
            self.number,
            self.kind,
            number,
            subject,
            self.at,
            self.actor,
            self.key if first else None,
            self.content if first else None,
            self.undoes,
            None if before is None else canonical(before),
            None if after is None else canonical(after),
        )
        self.head = Head(seq, chained_hash(self.head.hash, *row))
        return *row, self.head.hash


APPEND = (
    "INSERT INTO changes (seq, act, kind, number, subject, at, actor, key, content, undoes, before, after, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def begin_act(
    database: BookDatabase,
    kind: str,
    actor: str,
    now: datetime,
    *,
    key: str | None = None,
    content: str | None = None,
    undoes: int | None = None,
) -> Act:
    """An act that starts at the head of the history; only inside a write."""
    head = read_head(database)
    return Act(database, kind, actor, utc_text(now), key, content, undoes, head=head, number=head.seq + 1)


def read_head(database: BookDatabase) -> Head:
    """The end of the history as it stands now."""
    found = database.row("SELECT seq, hash FROM changes ORDER BY seq DESC LIMIT 1")
    with database.decoding():
        return Head(0, GENESIS) if found is None else Head(found[0], bytes(memoryview(found[1])))


def revision(database: BookDatabase) -> int:
    """The number of the last change, whoever made it: what is drawn is stale when this has moved."""
    return database.value("SELECT max(seq) FROM changes") or 0


def act_of_key(database: BookDatabase, key: str) -> tuple[int, str] | None:
    """The act an idempotency key was used for and the digest of its content, or None."""
    found = database.row("SELECT act, content FROM changes WHERE key = ?", (key,))
    return None if found is None else (found[0], found[1])


def transactions_of_act(database: BookDatabase, act: int) -> list[int]:
    """The numbers of the transactions an act changed, in order."""
    return [
        row[0]
        for row in database.rows(
            "SELECT number FROM changes WHERE seq >= ? AND act = ? AND number IS NOT NULL ORDER BY seq", (act, act)
        )
    ]


def accounts_of_act(database: BookDatabase, act: int) -> list[int]:
    """The rows of the accounts an act changed, in order."""
    return [
        int(row[0][8:])
        for row in database.rows(
            "SELECT subject FROM changes WHERE seq >= ? AND act = ? AND subject LIKE 'account %' ORDER BY seq",
            (act, act),
        )
    ]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of the history, as a person asks for it; bodies as plain JSON values."""

    seq: int
    act: int
    kind: str
    number: int | None
    subject: str | None
    at: str
    actor: str
    undoes: int | None
    before: Body | None
    after: Body | None


def changes_of_transaction(database: BookDatabase, number: int) -> list[ChangeRow]:
    """Every change of one transaction and of what is attached to it, oldest first."""
    condition = "WHERE number = ? OR subject = ? ORDER BY seq"
    return _change_rows(database, condition, (number, f"{ATTACHMENTS} {number}"))


def changes_of_act(database: BookDatabase, act: int, limit: int | None = None) -> list[ChangeRow]:
    """The changes an act made, in order: all of them, or the first so many."""
    if limit is None:
        return _change_rows(database, "WHERE seq >= ? AND act = ? ORDER BY seq", (act, act))
    return _change_rows(database, "WHERE seq >= ? AND seq < ? AND act = ? ORDER BY seq", (act, act + limit, act))


def size_of_act(database: BookDatabase, act: int) -> tuple[int, int]:
    """How much an act changed: so many transactions, and so many changes of other things."""
    counts = "count(DISTINCT number), count(*) - count(number)"
    found = database.row(f"SELECT {counts} FROM changes WHERE seq >= ? AND act = ?", (act, act))
    return (0, 0) if found is None else (int(found[0]), int(found[1]))


def latest_changes(database: BookDatabase, limit: int, through: int | None = None) -> list[ChangeRow]:
    """The newest changes of the book, newest first; with `through` from that change on backwards."""
    limit = max(limit, 0)
    if through is None:
        return _change_rows(database, "ORDER BY seq DESC LIMIT ?", (limit,))
    return _change_rows(database, "WHERE seq <= ? ORDER BY seq DESC LIMIT ?", (through, limit))


def _change_rows(database: BookDatabase, condition: str, parameters: tuple[object, ...]) -> list[ChangeRow]:
    columns = "seq, act, kind, number, subject, at, actor, undoes, before, after"
    rows = database.rows(f"SELECT {columns} FROM changes {condition}", parameters)
    with database.decoding():
        return [ChangeRow(*row[:8], *(None if body is None else json.loads(body) for body in row[8:])) for row in rows]


def stream_changes(database: BookDatabase) -> Iterator[tuple[Any, ...]]:
    """Every row of the history in order, columns as in `chained_hash` and the hash last."""
    return database.stream(
        "SELECT seq, act, kind, number, subject, at, actor, key, content, undoes, before, after, hash "
        f"FROM changes{database.table_itself} ORDER BY seq"
    )


def utc_text(moment: datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
