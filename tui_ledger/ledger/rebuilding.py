"""How is a damaged book put right? Stored balances in place, or a whole new book out of its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_ledger.errors import BookNotMade, HistoryBroken, LedgerError
from tui_ledger.ledger import balances
from tui_ledger.ledger.anchors import anchor_files, standing_anchors
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, ChangeRow
from tui_ledger.ledger.locations import Server, located
from tui_ledger.ledger.opening import open_history
from tui_ledger.ledger.placing import new_book
from tui_ledger.ledger.replaying import (
    Survey,
    add_what_the_history_lacks,
    survey_history,
    whole_part,
    write_replayed,
)
from tui_ledger.ledger.values import Account
from tui_ledger.ledger.verification import Verification, verify
from tui_ledger.money import units_to_text
from tui_ledger.words import N_, Said

Progress = Callable[[int, int], None]
KIND = "rebuild"
_STEP = 5_000

_RUNNING = (
    "SELECT number, balance, running FROM (SELECT date, number, line, balance, sum(amount) OVER "
    "(ORDER BY date, number, line) AS running FROM postings WHERE account = ?) AS summed "
    "WHERE balance <> running ORDER BY date, number, line"
)


@dataclass(frozen=True, slots=True)
class PutRight:
    """An account whose stored balances were wrong: how many rows, and the first of them, in debit-positive amounts."""

    account: str
    rows: int
    transaction: int
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class RebuiltBook:
    """A book made of a history: where, what was verified, and what of the history could not be taken.

    `lost_changes` counts the changes behind the place where the history breaks, `lost_transactions` are those of them
    whose numbers can still be read; `reason` is None where the history was whole. `without_passphrase` names the users
    who need a new one, since no history has it.
    """

    place: str
    verification: Verification
    lost_changes: int = 0
    lost_transactions: tuple[int, ...] = ()
    reason: str | Said | None = None
    without_passphrase: tuple[str, ...] = ()


def put_balances_right(
    database: BookDatabase, act: Act, chart: Chart, progress: Progress | None = None
) -> tuple[PutRight, ...]:
    """Works every stored balance out anew, in place, closed periods too; returns the accounts that were wrong.

    Records each of them; where all is right nothing is written, recorded or returned. Only inside a write.
    """
    accounts = chart.all()
    found = []
    for done, account in enumerate(accounts, 1):
        wrong = _put_right(database, account)
        if wrong is not None:
            act.record(subject=f"balances {account.id}", before=_body(wrong, "found"), after=_body(wrong, "expected"))
            found.append(wrong)
        if progress is not None:
            progress(done, len(accounts))
    return tuple(found)


def put_right_by(changes: Iterable[ChangeRow]) -> tuple[PutRight, ...]:
    """What an earlier act of this kind put right."""
    return tuple(
        PutRight(
            account=one.after["account"],
            rows=one.after["rows"],
            transaction=one.after["transaction"],
            expected=one.after["balance"],
            found=one.before["balance"],
        )
        for one in changes
        if one.before is not None and one.after is not None
    )


def rebuild_from_history(
    source: str | Path,
    target: str | Path,
    *,
    as_far_as_it_goes: bool = False,
    progress: Progress | None = None,
) -> RebuiltBook:
    """Makes a new book at `target` out of the history of the one at `source`, whose tables may be damaged or gone.

    Both are paths or URLs. Only the history of `source` is read, and checked to the last change; accounts, numbers and
    ids are the same, and so is the head. What was made is verified before it takes its name. Raises HistoryBroken for
    a history that is not whole; with `as_far_as_it_goes` its whole acts up to there are taken. BookExists where
    there is something at `target`, BookNotFound, NotABook, BookNotMade; then nothing is left.
    """
    with closing(open_history(source)) as old, new_book(target) as made, old.reading():
        steps = _Steps(progress, _changes(old))
        survey = survey_history(old, steps)
        _note_missing_end(old, survey)
        if survey.reason is not None:
            survey = _good_part(old, survey, as_far_as_it_goes, steps)
        if survey.head.seq == 0:
            raise BookNotMade(
                path=made.shown_path, reason=Said("no change of {shown_path} can be read", shown_path=old.shown_path)
            )
        with suppress(LedgerError):
            add_what_the_history_lacks(old, survey)
        write_replayed(old, survey, made, steps, with_history=True)
        found = _verified(made, survey)
    lost = tuple(sorted(set(survey.lost))) if survey.reason is not None else ()
    names = tuple(survey.subjects.users_with_passphrase())
    return RebuiltBook(str(made.shown_path), found, survey.changes - survey.head.seq, lost, survey.reason, names)


def rebuilt_place(source: str | Path) -> Path:
    """Where a rebuilt book goes unless said: NAME-rebuilt.ledger beside the old one; for a server the folder one is in.

    Raises UnsupportedDatabase.
    """
    found = located(source)
    if isinstance(found, Server):
        return Path(f"{found.database}-rebuilt.ledger")
    return found.with_name(f"{found.stem}-rebuilt{found.suffix}")


class _Steps:
    """Counts rows: each change is read, written as a transaction, as most are, and copied."""

    def __init__(self, progress: Progress | None, changes: int) -> None:
        self._progress, self._total = progress, 3 * changes
        self._done, self._told = 0, 0

    def __call__(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None and self._done - self._told >= _STEP:
            self._told = self._done
            self._progress(min(self._done, self._total), self._total)


def _changes(old: BookDatabase) -> int:
    """How many changes the history has, as far as damage lets that be seen."""
    with suppress(LedgerError):
        return int(old.value(f"SELECT max(seq) FROM changes{old.table_itself}") or 0)
    return 0


def _note_missing_end(old: BookDatabase, survey: Survey) -> None:
    """A history that ends whole, but before what was noted of it outside of the book, has lost its end."""
    if old.path is None or survey.reason is not None or survey.head.seq == 0:
        return
    key = str(survey.subjects.book.get("book_key"))
    for anchor in standing_anchors(anchor_files(old.path), key):
        if anchor.seq > survey.head.seq:
            survey.reason = Said(
                "it ends at change {last}, and change {seq} was noted at {at} for {about}",
                last=survey.head.seq,
                seq=anchor.seq,
                at=anchor.at,
                about=anchor.about,
            )
            survey.changes = max(survey.changes, anchor.seq)


def _good_part(old: BookDatabase, survey: Survey, wanted: bool, steps: _Steps) -> Survey:
    part = whole_part(old, survey, steps)
    if not wanted or part.head.seq == 0:
        raise HistoryBroken(
            path=old.shown_path, kept=part.head.seq, changes=max(survey.changes, survey.head.seq), reason=survey.reason
        )
    return part


def _verified(made: BookDatabase, survey: Survey) -> Verification:
    found = verify(made)
    if not found.ok:
        first = found.discrepancies[0]
        raise BookNotMade(
            path=made.shown_path, reason=Said("what the history says is not right ({kind})", kind=first.kind)
        )
    if found.head != survey.head.hash.hex():
        raise BookNotMade(path=made.shown_path, reason=N_("its history does not end as it should"))
    return found


def _put_right(database: BookDatabase, account: Account) -> PutRight | None:
    wrong = _wrong_rows(database, account)
    first = next(wrong, None)
    if first is None:
        return None
    count = 1 + sum(1 for _ in wrong)
    balances.rebuild_account(database, account.id)
    number, found, expected = first
    digits = account.currency.digits
    return PutRight(account.name, count, number, units_to_text(expected, digits), units_to_text(found, digits))


def _wrong_rows(database: BookDatabase, account: Account) -> Iterator[tuple[int, int, int]]:
    """(transaction, stored balance, sum) of the rows whose balance is not the sum."""
    for number, found, expected in database.stream(_RUNNING, (account.id,)):
        yield number, found, int(expected)


def _body(wrong: PutRight, side: str) -> dict[str, Any]:
    balance = wrong.found if side == "found" else wrong.expected
    return {"account": wrong.account, "rows": wrong.rows, "transaction": wrong.transaction, "balance": balance}
