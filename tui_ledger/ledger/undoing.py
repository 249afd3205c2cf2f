"""Which act is taken back, which done again, and how? Each actor's own acts, newest first, across restarts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_ledger.errors import CorrectByReversal, LaterAct, NothingToRedo, NothingToUndo
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import book
from tui_ledger.ledger.bodies import draft_of, stored_body, voided_body
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.corrections import refuse_closed, rewrite_transaction, void_transaction
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.ledger.journal import check_open, resolve_draft

LASTING = frozenset({"create-book", "close-period", "reopen-period", "currency-digits", "rebuild"})
"""Acts that undo passes over: each is taken back, if at all, by a recorded act of its own."""


@dataclass(frozen=True, slots=True)
class ActSummary:
    """An act of the history: its number, kind, actor and time."""

    act: int
    kind: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class UndoneAct:
    """What an undo took back or a redo did again: the act, its kind, the transactions it changed."""

    act: int
    kind: str
    transactions: tuple[int, ...]


def act_to_undo(database: BookDatabase, actor: str) -> ActSummary:
    """The actor's newest act that stands; raises NothingToUndo."""
    settled: dict[int | None, bool] = {}
    for act, kind, undoes, at in _acts_of(database, actor):
        if kind in ("undo", "redo"):
            settled.setdefault(undoes, kind == "redo")
        elif settled.get(act, True) and kind not in LASTING:
            return ActSummary(act, kind, actor, at)
    raise NothingToUndo(actor=actor)


def act_to_redo(database: BookDatabase, actor: str) -> ActSummary:
    """The act the actor undid last and did nothing after; raises NothingToRedo."""
    settled: set[int | None] = set()
    for _, kind, undoes, at in _acts_of(database, actor):
        if kind not in ("undo", "redo"):
            if kind in LASTING:
                continue
            break
        if undoes is None or undoes in settled:
            continue
        settled.add(undoes)
        if kind == "undo":
            return ActSummary(undoes, _kind_of(database, undoes), actor, at)
    raise NothingToRedo(actor=actor)


def take_back(database: BookDatabase, act: Act, chart: Chart, undone: int) -> list[int]:
    """Writes the bodies from before an act, last change first; returns the transactions changed.

    Raises LaterAct where something built on it since, PeriodClosed, CorrectByReversal.
    """
    return _apply(database, act, chart, undone, forwards=False)


def do_again(database: BookDatabase, act: Act, chart: Chart, redone: int) -> list[int]:
    """Writes the bodies from after an act once more, in order; returns the transactions changed."""
    return _apply(database, act, chart, redone, forwards=True)


def _apply(database: BookDatabase, act: Act, chart: Chart, other: int, *, forwards: bool) -> list[int]:
    rows = database.rows(
        "SELECT number, subject, before, after FROM changes WHERE seq >= ? AND act = ? ORDER BY seq", (other, other)
    )
    numbers = []
    for number, subject, before, after in rows if forwards else reversed(rows):
        current, wanted = (before, after) if forwards else (after, before)
        if number is not None:
            _apply_transaction(database, act, chart, number, current, wanted)
            numbers.append(number)
        else:
            _apply_subject(database, act, chart, subject, current, wanted)
    return list(dict.fromkeys(numbers))


def _apply_transaction(
    database: BookDatabase, act: Act, chart: Chart, number: int, current: str | None, wanted: str | None
) -> None:
    state = book.read_state(database)
    if state.strict:
        raise CorrectByReversal(number=number, act="undone")
    stored = stored_body(database, chart, number)
    refuse_closed(state, date.fromisoformat(stored["date"]))
    _refuse_if_changed_since(number, stored, current)
    if wanted is None or json.loads(wanted).get("voided"):
        reversal = database.value("SELECT number FROM transactions WHERE reverses = ? AND voided = 0", (number,))
        if reversal is not None:
            raise LaterAct(what=f"transaction {number}", later=f"its reversal {reversal}")
        if not stored.get("voided"):
            void_transaction(database, act, chart, number)
        return
    resolved = resolve_draft(chart, draft_of(json.loads(wanted)), date.fromisoformat(stored["date"]))
    check_open(resolved, state.closed_through)
    rewrite_transaction(database, act, chart, number, resolved)


def _refuse_if_changed_since(number: int, stored: dict[str, Any], current: str | None) -> None:
    """What stands must be what the act left; account names may have changed since, so the amounts are compared."""
    left = None if current is None else json.loads(current)
    expected = voided_body(stored) if left is None else left
    if _comparable(stored) != _comparable(expected):
        raise LaterAct(what=f"transaction {number}", later="a later change of it")
    reconciled = any(posting.get("status") == "reconciled" for posting in stored["postings"])
    was = any(posting.get("status") == "reconciled" for posting in expected["postings"])
    if reconciled and not was:
        raise LaterAct(what=f"transaction {number}", later="a reconciliation")


def _comparable(body: dict[str, Any]) -> str:
    """A body without what later acts may change beside it: account names and statuses."""
    postings = [{**posting, "account": "", "status": ""} for posting in body["postings"]]
    return canonical({**body, "postings": postings})


def _apply_subject(
    database: BookDatabase, act: Act, chart: Chart, subject: str, current: str | None, wanted: str | None
) -> None:
    kind, _, name = subject.partition(" ")
    if kind == "account":
        account_acts.restore_account(database, act, chart, int(name), current, wanted)
    elif kind == "setting":
        book.write_setting(database, act, name, None if wanted is None else json.loads(wanted)["value"])


def _acts_of(database: BookDatabase, actor: str) -> Iterator[tuple[int, str, int | None, str]]:
    """(act, kind, undoes, at) of an actor's acts, newest first."""
    yield from database.stream(
        "SELECT act, kind, undoes, at FROM changes WHERE actor = ? AND seq = act ORDER BY seq DESC", (actor,)
    )


def _kind_of(database: BookDatabase, act: int) -> str:
    return str(database.value("SELECT kind FROM changes WHERE seq = ?", (act,)))
