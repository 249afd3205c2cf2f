"""Which act is taken back, which done again, and how? Each actor's own acts, newest first, across restarts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tui_ledger.errors import CorrectByReversal, LaterAct, NothingToRedo, NothingToUndo
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import (
    attachments,
    balances,
    book,
    currencies,
    fiscal_years,
    history,
    marking,
    parties,
    prices,
    taxes,
    users,
)
from tui_ledger.ledger.bodies import draft_of, stored_body, voided_body
from tui_ledger.ledger.book_settings import check_setting
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.corrections import (
    MANY,
    Touched,
    refuse_closed,
    rewrite_transaction,
    standing_reversal,
    void_transaction,
)
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.ledger.journal import check_open, resolve_draft
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

LASTING = frozenset({"create-book", "close-period", "reopen-period", "currency-digits", "rebuild", "set-passphrase"})
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


def step_of(database: BookDatabase, act: int) -> UndoneAct:
    """What an earlier undo or redo did."""
    found = database.value("SELECT undoes FROM changes WHERE seq = ?", (act,))
    numbers = history.transactions_of_act(database, act)
    return UndoneAct(found, _kind_of(database, found), tuple(dict.fromkeys(numbers)))


def _apply(database: BookDatabase, act: Act, chart: Chart, other: int, *, forwards: bool) -> list[int]:
    rows = database.rows(
        "SELECT seq, number, subject, before, after FROM changes WHERE seq >= ? AND act = ? ORDER BY seq",
        (other, other),
    )
    names, undone_kind = AccountsAsNamed(database, chart, rows[-1][0]), _kind_of(database, other)
    touched, numbers, settings = Touched(database, many=len(rows) > MANY), [], dict[str, Any]()
    for _, number, subject, before, after in rows if forwards else reversed(rows):
        current, wanted = (before, after) if forwards else (after, before)
        if number is not None and undone_kind == "mark":
            marking.restore_marks(database, act, chart, number, names.body(current) or {}, names.body(wanted) or {})
            numbers.append(number)
        elif number is not None:
            _apply_transaction(database, act, chart, number, names.body(current), names.body(wanted), touched)
            numbers.append(number)
        else:
            if subject.startswith(f"{history.TAX_CODE} "):
                current, wanted = names.with_account(current), names.with_account(wanted)
            _apply_subject(database, act, chart, subject, current, wanted, undone_kind)
            names.changed(subject, wanted)
            settings |= {subject[8:]: _setting_of(wanted)} if subject.startswith("setting ") else {}
    for name, value in settings.items():
        # Behind the rest: a setting may name an account that the same act renamed.
        check_setting(database, chart, name, value)
    touched.check()
    return list(dict.fromkeys(numbers))


def _apply_transaction(
    database: BookDatabase,
    act: Act,
    chart: Chart,
    number: int,
    current: dict[str, Any] | None,
    wanted: dict[str, Any] | None,
    touched: Touched,
) -> None:
    state = book.read_state(database)
    if state.strict:
        raise CorrectByReversal(number=number, act=N_("undone"))
    stored = stored_body(database, chart, number)
    refuse_closed(state, date.fromisoformat(stored["date"]), number, "changed")
    _refuse_if_changed_since(number, stored, current)
    reversal = standing_reversal(database, number)
    if reversal is not None:
        raise LaterAct(
            what=Said("transaction {number}", number=number), later=Said("its reversal {reversal}", reversal=reversal)
        )
    if wanted is None or wanted.get("voided"):
        if not stored.get("voided"):
            void_transaction(database, act, chart, number, touched)
        return
    resolved = resolve_draft(chart, draft_of(wanted), date.fromisoformat(stored["date"]))
    check_open(resolved, state.closed_through)
    _refuse_other_original(database, chart, wanted)
    rewrite_transaction(database, act, chart, number, resolved, touched)


def _refuse_if_changed_since(number: int, stored: dict[str, Any], left: dict[str, Any] | None) -> None:
    """What stands must be what the act left, marks of its postings included."""
    expected = voided_body(stored) if left is None else left
    if _comparable(stored) != _comparable(expected):
        raise LaterAct(what=Said("transaction {number}", number=number), later=N_("a later change of it"))
    reconciled = any(posting.get("status") == "reconciled" for posting in stored["postings"])
    was = any(posting.get("status") == "reconciled" for posting in expected["postings"])
    if reconciled and not was:
        raise LaterAct(what=Said("transaction {number}", number=number), later=N_("a reconciliation"))
    if _marks(stored) != _marks(expected):
        raise LaterAct(what=Said("transaction {number}", number=number), later=N_("a mark set since"))


def _refuse_other_original(database: BookDatabase, chart: Chart, wanted: dict[str, Any]) -> None:
    """A reversal is put back only where its original still is what it mirrors, and has no other."""
    original = wanted.get("reverses")
    if original is None:
        return
    other = standing_reversal(database, original)
    if other not in (None, wanted["number"]):
        raise LaterAct(
            what=Said("transaction {original}", original=original), later=Said("another reversal, {other}", other=other)
        )
    mirrored = sorted((line["account"], -Decimal(line["amount"])) for line in wanted["postings"])
    moved = stored_body(database, chart, original)["postings"]
    if mirrored != sorted((line["account"], Decimal(line["amount"])) for line in moved):
        raise LaterAct(what=Said("transaction {original}", original=original), later=N_("a later change of it"))


def _marks(body: dict[str, Any]) -> list[Any]:
    return [posting.get("status") for posting in body["postings"]]


def _comparable(body: dict[str, Any]) -> str:
    """A body without the status of its postings; amounts however many digits they are written with."""
    postings = [{**posting, "status": "", "amount": str(Fraction(posting["amount"]))} for posting in body["postings"]]
    return canonical({**body, "postings": postings})


class AccountsAsNamed:
    """Which accounts did the names of an act mean? They may have been renamed since, and the names given to others."""

    def __init__(self, database: BookDatabase, chart: Chart, seq: int) -> None:
        self._chart = chart
        self._meant: dict[str, tuple[int, str]] = {}
        self._gone: set[int] = set()
        rows = database.rows(
            "SELECT seq, kind, subject, before, after FROM changes WHERE subject LIKE 'account %' ORDER BY seq"
        )
        for at, kind, subject, before, after in rows:
            self._follow(int(subject[8:]), kind, before, after, meant=at <= seq)

    def body(self, text: str | None) -> dict[str, Any] | None:
        """A body of the history with its accounts by the names they have now; raises LaterAct for one that is gone."""
        if text is None:
            return None
        body: dict[str, Any] = json.loads(text)
        return {**body, "postings": [{**line, "account": self._name(line["account"])} for line in body["postings"]]}

    def with_account(self, text: str | None) -> str | None:
        """The body of a tax rate with its account by the name it has now; raises LaterAct for one that is gone."""
        body = _body_of(text)
        if body is None or "account" not in body:
            return text
        return canonical({**body, "account": self._name(body["account"])})

    def changed(self, subject: str, after: str | None) -> None:
        """Follows what undo or redo itself does to an account on its way."""
        if subject.startswith("account ") and after is not None:
            self._gone.discard(int(subject[8:]))

    def _name(self, name: str) -> str:
        row, currency = self._meant[name]
        if row in self._gone:
            raise LaterAct(what=f"{name!r}", later=N_("been deleted since"))
        account = self._chart.by_id(row)
        if account.currency != currency:
            raise LaterAct(
                what=f"{account.name!r}", later=Said("another currency since, {currency}", currency=account.currency)
            )
        return account.name

    def _follow(self, row: int, kind: str, before: str | None, after: str | None, *, meant: bool) -> None:
        if not meant:
            if after is None:
                self._gone.add(row)
            elif before is None and kind in ("undo", "redo"):
                self._gone.discard(row)
            return
        if before is not None:
            name = json.loads(before)["name"]
            if self._meant.get(name, (0, ""))[0] == row:
                del self._meant[name]
        if after is not None:
            body = json.loads(after)
            self._meant[body["name"]] = (row, body["currency"])


def _apply_subject(
    database: BookDatabase,
    act: Act,
    chart: Chart,
    subject: str,
    current: str | None,
    wanted: str | None,
    undone_kind: str,
) -> None:
    kind, _, name = subject.partition(" ")
    if kind in _RESTORED_BY_BODY:
        _RESTORED_BY_BODY[kind](database, act, chart, _body_of(current), _body_of(wanted))
    elif kind == "account":
        _refuse_unfit_account(database, chart, int(name), current, wanted)
        account_acts.restore_account(database, act, chart, int(name), current, wanted)
    elif kind == "setting":
        found = book.read_setting(database, name)
        if found != _setting_of(current):
            raise LaterAct(what=Said("the setting {name!r}", name=name), later=N_("a later change"))
        book.write_setting(database, act, name, _setting_of(wanted))
    elif kind == "party":
        parties.restore_party(database, act, int(name), _body_of(current), _body_of(wanted))
    elif kind == "user":
        users.restore_user(database, act, int(name), _body_of(current), _body_of(wanted))
    elif kind == "fiscal-year":
        fiscal_years.restore_year(database, act, book.read_state(database), _body_of(current), _body_of(wanted))
    elif kind == history.ATTACHMENTS:
        attachments.restore_attachments(database, act, int(name), _body_of(current), _body_of(wanted))
    elif kind == "currency":
        body = _body_of(wanted)
        digits = None if body is None else body["digits"]
        alone = undone_kind == "add-currency"
        currencies.restore_currency(database, act, chart, name, digits, alone=alone)


_RESTORED_BY_BODY = {"price": prices.restore_price, history.TAX_CODE: taxes.restore_rate}


def _setting_of(body: str | None) -> Any:
    return None if body is None else json.loads(body)["value"]


def _body_of(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _refuse_unfit_account(
    database: BookDatabase, chart: Chart, row: int, current: str | None, wanted: str | None
) -> None:
    """Refuses to put an account back where another has its place, name or code now, or where it was used since."""
    if wanted is None:
        return
    body = json.loads(wanted)
    what = f"{body['name']!r}"
    for other in chart.all():
        if current is None and other.id == row:
            raise LaterAct(what=what, later=Said("its place taken by {name!r}", name=other.name))
        if other.id != row and name_key(other.name) == name_key(body["name"]):
            raise LaterAct(what=what, later=Said("its name taken by another account, {name!r}", name=other.name))
        if other.id != row and other.code is not None and other.code == body.get("code"):
            raise LaterAct(what=what, later=Said("its code {code} taken by {name!r}", code=other.code, name=other.name))
        if other.id != row and _root(other.name) == _root(body["name"]) and other.type != body["type"]:
            raise LaterAct(what=what, later=Said("an account of another type beside it, {name!r}", name=other.name))
    if current is not None:
        _refuse_used_since(database, row, json.loads(current), body)


def _refuse_used_since(database: BookDatabase, row: int, current: dict[str, Any], body: dict[str, Any]) -> None:
    last = database.value("SELECT max(date) FROM postings WHERE account = ?", (row,))
    other_kind = any(body[part] != current[part] for part in ("type", "currency"))
    closes = "closed" in body and "closed" not in current
    held = balances.balance_units(database, row) if closes else 0
    if last is not None and (other_kind or (closes and (held != 0 or last > body["closed"]))):
        raise LaterAct(what=f"{body['name']!r}", later=N_("postings"))
    opened = body.get("opened")
    first = None if opened is None else database.value("SELECT min(date) FROM postings WHERE account = ?", (row,))
    if first is not None and opened != current.get("opened") and first < opened:
        raise LaterAct(what=f"{body['name']!r}", later=Said("postings before {opened}", opened=opened))


def _root(name: str) -> str:
    return name_key(name).partition(":")[0]


def _acts_of(database: BookDatabase, actor: str) -> Iterator[tuple[int, str, int | None, str]]:
    """(act, kind, undoes, at) of an actor's acts, newest first."""
    yield from database.stream(
        "SELECT act, kind, undoes, at FROM changes WHERE actor = ? AND seq = act ORDER BY seq DESC", (actor,)
    )


def _kind_of(database: BookDatabase, act: int) -> str:
    return str(database.value("SELECT kind FROM changes WHERE seq = ?", (act,)))
