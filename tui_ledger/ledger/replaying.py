"""What does the history, and nothing else, say the book holds? Read from its first row, written as a new book."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from tui_ledger.errors import BookDamaged, LedgerClosed, LedgerError
from tui_ledger.ledger import balances
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.history import APPEND, GENESIS, Head, canonical, chained_hash, stream_changes
from tui_ledger.ledger.journal import STATUS_NUMBERS
from tui_ledger.ledger.subjects import Subjects, units
from tui_ledger.ledger.values import PostingStatus
from tui_ledger.words import N_, Said

Step = Callable[[int], None]
"""Told how many rows more are done; what it raises ends the work."""

_CHUNK = 5_000
_CLOSE_TOGETHER = 16
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
_TRANSACTION = (
    "INSERT INTO transactions (number, date, memo, payee, reference, tags, data, reverses, voided, closing, batch, "
    "sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
)
_POSTING = (
    "INSERT INTO postings (account, date, number, line, amount, balance, memo, price, price_currency, price_total, "
    "conversion, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_BOOK = (
    "INSERT INTO book (id, book_key, currency, strict, fiscal_year_start, closed_through, accounts_revision, "
    "created_at) VALUES (1, ?, ?, ?, ?, NULL, 1, ?)"
)


@dataclass(slots=True)
class AccountsByName:
    """Which account did a name mean at a change of the history? Accounts are renamed, their names given to others."""

    _named: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)

    def follow(self, seq: int, row: int, body: Mapping[str, Any]) -> None:
        """From this change on the account in `row` has the name and currency of the body."""
        self._named.setdefault(body["name"], []).append((seq, row, body["currency"]))

    def at(self, name: str, seq: int) -> tuple[int, str]:
        """(row, currency) of the account that had a name; raises LookupError."""
        known = self._named[name]
        place = bisect_right(known, seq, key=lambda one: one[0])
        if place == 0:
            raise LookupError(Said("there is no account {name!r} yet at change {seq}", name=name, seq=seq))
        return known[place - 1][1:]


@dataclass(slots=True)
class Survey:
    """A history read through once: its head, where it breaks if it does, and the last change of everything in it.

    `head` is the last change that is whole; `reason` says why it is not the end, and is None where it is.
    """

    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    changes: int = 0
    reason: str | Said | None = None
    lost: array[int] = field(default_factory=lambda: array("q"))
    first_hash: str = ""
    last_change: array[int] = field(default_factory=lambda: array("q", [0]))
    subjects: Subjects = field(default_factory=Subjects)
    names: AccountsByName = field(default_factory=AccountsByName)
    act: int = 0
    may_be_torn: bool = False

    @property
    def transactions(self) -> int:
        return len(self.last_change) - 1

    def follow(self, row: Row) -> None:
        """One change more, known to follow from the one before."""
        seq, act, number, subject, after = row[0], row[1], row[3], row[4], row[11]
        if number is not None:
            self._follow_transaction(number, seq, after)
        elif subject is not None:
            self.subjects.follow(act, subject, after)
            if subject.startswith("account ") and after is not None:
                self.names.follow(seq, int(subject[8:]), json.loads(after))
        self.first_hash = self.first_hash or bytes(row[12]).hex()
        self.head, self.act = Head(seq, bytes(row[12])), act

    def _follow_transaction(self, number: int, seq: int, after: str | None) -> None:
        if after is None or not 1 <= number <= len(self.last_change):
            raise ValueError(Said("transaction {number} does not follow {last}", number=number, last=self.transactions))
        if number == len(self.last_change):
            self.last_change.append(seq)
        else:
            self.last_change[number] = seq


def survey_history(database: BookDatabase, step: Step, *, through: int | None = None) -> Survey:
    """Reads the whole history, checking that each change follows from the one before; stops where one does not.

    With `through` only the changes up to that one. Raises nothing for what it finds.
    """
    found = Survey()
    rows = _readable(stream_changes(database), found)
    for row in rows:
        if through is not None and row[0] > through:
            return found
        reason = _breaks(found, row)
        if reason is not None:
            found.reason, found.may_be_torn = reason, row[0] != found.head.seq + 1 or row[1] != row[0]
            _note_lost(found, row, rows)
            break
        found.changes = found.head.seq
        step(1)
    return found


def whole_part(database: BookDatabase, broken: Survey, step: Step) -> Survey:
    """The part of a broken history that is whole acts: its last act counts only where it is known to have ended."""
    if not broken.may_be_torn:
        return broken
    found = survey_history(database, step, through=broken.act - 1)
    found.reason, found.changes, found.lost = broken.reason, broken.changes, broken.lost
    return found


def add_what_the_history_lacks(database: BookDatabase, survey: Survey) -> None:
    """A book's key and the time it was made: the histories of older books do not say them."""
    for name in ("book_key", "created_at"):
        if name not in survey.subjects.book:
            survey.subjects.book[name] = database.value(f"SELECT {name} FROM book WHERE id = 1")


def write_replayed(
    source: BookDatabase, survey: Survey, target: BookDatabase, step: Step, *, with_history: bool
) -> None:
    """Writes what a history says the book holds into a new, empty one, with its guards on; inside one write.

    Every row, number and id is the history's; balances are computed; the lock of closed days is written last.
    Raises BookDamaged where the history makes no sense.
    """
    with target.write(), source.decoding():
        _write_subjects(survey, target)
        for chunk in _chunks(_bodies(source, survey)):
            _write_transactions(survey, target, chunk)
            step(len(chunk))
        target.execute_many(
            "INSERT INTO attachments (number, place, address) VALUES (?, ?, ?)", survey.subjects.attachments()
        )
        for (account,) in target.rows("SELECT id FROM accounts ORDER BY id"):
            balances.rebuild_account(target, account)
            step(0)
        if with_history:
            whole = (row for row in stream_changes(source) if row[0] <= survey.head.seq)
            for rows in _chunks(islice(whole, survey.head.seq)):
                target.execute_many(APPEND, rows)
                step(len(rows))
        closed = survey.subjects.periods.closed_through
        target.execute("UPDATE book SET closed_through = ? WHERE id = 1", (closed,))


def _readable(rows: Iterator[Row], found: Survey) -> Iterator[Row]:
    """The rows up to where damage makes them unreadable."""
    try:
        yield from rows
    except LedgerClosed:
        raise
    except LedgerError as problem:
        found.reason = found.reason or Said(
            "what follows cannot be read: {problem}", problem=problem.values.get("reason", problem)
        )
        found.may_be_torn = True


def _breaks(found: Survey, row: Row) -> Said | None:
    """Why a change does not follow from what is whole so far; None where it does, and is then followed."""
    expected = found.head.seq + 1
    if row[0] != expected:
        return Said("change {seq} is missing", seq=expected)
    try:
        if chained_hash(found.head.hash, *row[:12]) != row[12]:
            return Said("change {seq} was altered, or does not follow from the one before", seq=expected)
        found.follow(row)
    except _UNREADABLE as problem:
        return Said("change {seq} makes no sense ({problem})", seq=expected, problem=problem)
    return None


def _note_lost(found: Survey, bad: Row, rest: Iterator[Row]) -> None:
    """What lies behind a break, as far as it can be told: how many changes, and of which transactions."""
    for row in chain([bad], rest):
        if isinstance(row[0], int):
            found.changes = max(found.changes, row[0])
        if isinstance(row[3], int):
            found.lost.append(row[3])


def _write_subjects(survey: Survey, target: BookDatabase) -> None:
    subjects = survey.subjects
    said = subjects.book
    start = (said.get("book_key") or survey.first_hash[:32], said["currency"], int(said.get("strict", False)))
    target.execute(_BOOK, (*start, said.get("fiscal_year_start", "01-01"), said.get("created_at", "")))
    for table, columns, rows in subjects.rows():
        if rows:
            marks = ", ".join("?" for _ in columns)
            target.execute_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
    for referral in subjects.referrals():
        target.execute("UPDATE parties SET referred_by = ? WHERE id = ?", referral)


def _bodies(source: BookDatabase, survey: Survey) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """(number, change, body) of each transaction as it is in the end, by number."""
    for first in range(1, survey.transactions + 1, _CHUNK):
        changes = survey.last_change[first : first + _CHUNK]
        texts = _texts(source, sorted(changes))
        for number, seq in enumerate(changes, first):
            yield number, seq, json.loads(texts[seq])


def _texts(source: BookDatabase, changes: list[int]) -> dict[int, str]:
    """The bodies of some changes, read in as few runs as they lie in."""
    wanted, found, start = set(changes), {}, 0
    for place in range(1, len(changes) + 1):
        if place == len(changes) or changes[place] - changes[place - 1] > _CLOSE_TOGETHER:
            rows = source.rows(
                f"SELECT seq, after FROM changes{source.table_itself} WHERE seq BETWEEN ? AND ?",
                (changes[start], changes[place - 1]),
            )
            found.update({seq: text for seq, text in rows if seq in wanted})
            start = place
    return found


def _write_transactions(survey: Survey, target: BookDatabase, chunk: list[tuple[int, int, Mapping[str, Any]]]) -> None:
    digits = survey.subjects.digits()
    target.execute_many(_TRANSACTION, [_transaction_row(number, body) for number, _, body in chunk])
    rows = [row for number, seq, body in chunk for row in _posting_rows(survey, digits, number, seq, body)]
    rows.sort(key=_place)
    target.execute_many(_POSTING, rows)
    target.execute("UPDATE transactions SET sealed = 1 WHERE number BETWEEN ? AND ?", (chunk[0][0], chunk[-1][0]))


def _transaction_row(number: int, body: Mapping[str, Any]) -> Row:
    if body["number"] != number:
        raise BookDamaged(
            path=N_("the history"),
            reason=Said("transaction {number} calls itself {other}", number=number, other=body["number"]),
        )
    return (
        number,
        body["date"],
        body.get("memo", ""),
        body.get("payee"),
        body.get("reference"),
        canonical(body.get("tags", [])),
        canonical(body.get("data", {})),
        body.get("reverses"),
        int(body.get("voided", False)),
        int(body.get("closing", False)),
        body.get("batch"),
    )


def _posting_rows(
    survey: Survey, digits: Mapping[str, int], number: int, seq: int, body: Mapping[str, Any]
) -> Iterator[Row]:
    for line, posting in enumerate(body["postings"], 1):
        account, currency = survey.names.at(posting["account"], seq)
        price, price_currency, kind = posting.get("price", (None, None, None))
        yield (
            account,
            body["date"],
            number,
            line,
            units(posting["amount"], digits[currency]),
            0,
            posting.get("memo"),
            price,
            price_currency,
            int(kind == "total"),
            int(posting.get("conversion", False)),
            STATUS_NUMBERS[PostingStatus(posting.get("status", "uncleared"))],
        )


def _place(posting: Row) -> tuple[int, str, int, int]:
    """Where a posting lies among all of them: by account, day, transaction, line."""
    return posting[0], posting[1], posting[2], posting[3]


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
