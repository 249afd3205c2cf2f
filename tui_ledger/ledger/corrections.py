"""How is a transaction changed after it was posted? Edited or voided in an open period; the history keeps before
and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tui_ledger.errors import (
    AccountClosed,
    CorrectByReversal,
    CorrectionInClosedPeriod,
    ReconciledPosting,
    ReversalStands,
    TransactionVoided,
)
from tui_ledger.ledger import balances, references
from tui_ledger.ledger.bodies import stored_body, voided_body
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.ledger.journal import ResolvedDraft, check_minimums, posting_line, transaction_body
from tui_ledger.ledger.values import Account

_UPDATE = (
    "UPDATE transactions SET date = ?, memo = ?, payee = ?, reference = ?, tags = ?, data = ?, reverses = ?, "
    "voided = ?, closing = ? WHERE number = ?"
)


def check_correctable(database: BookDatabase, state: BookState, body: Mapping[str, Any], act: str) -> None:
    """Refuses what may not be edited or voided: strict books, closed days, reconciled postings, standing reversals.

    `act` is the word for the sentence. A standing reversal may be voided; nothing it mirrors may be.
    """
    number = body["number"]
    if state.strict:
        raise CorrectByReversal(number=number, act=act)
    if body.get("voided"):
        raise TransactionVoided(number=number, act=act)
    refuse_closed(state, date.fromisoformat(body["date"]), number, act)
    if any(posting.get("status") == "reconciled" for posting in body["postings"]):
        raise ReconciledPosting(number=number, act=act)
    refuse_reversed(database, number, act)
    if act == "edited" and body.get("reverses") is not None:
        raise ReversalStands(number=body["reverses"], reversal=number, act=act)


def refuse_reversed(database: BookDatabase, number: int, act: str) -> None:
    """Refuses what has a standing reversal."""
    reversal = standing_reversal(database, number)
    if reversal is not None:
        raise ReversalStands(number=number, reversal=reversal, act=act)


def standing_reversal(database: BookDatabase, number: int) -> int | None:
    """The number of the transaction that reverses one and is not void, or None."""
    found: int | None = database.value("SELECT number FROM transactions WHERE reverses = ? AND voided = 0", (number,))
    return found


def refuse_closed(state: BookState, day: date, number: int, act: str) -> None:
    """Refuses what was posted on a day that lies in a closed period."""
    if state.closed_through is not None and day <= state.closed_through:
        raise CorrectionInClosedPeriod(number=number, act=act, date=day, through=state.closed_through)


MANY = 50
"""So many corrections in one act, and balances are computed anew once instead of carried each time."""


class Touched:
    """Accounts that corrections moved, each from its first touched day on: their limits are checked at the end, since
    a step of several may break what the whole of them keeps.

    Of `many` corrections none carries the later rows: the balances are computed anew once, at the end.
    """

    def __init__(self, database: BookDatabase, *, many: bool = False) -> None:
        self.many = many
        self._database = database
        self._first_days: dict[int, tuple[Account, str]] = {}

    def add(self, accounts: Iterable[Account], day: str) -> None:
        for account in accounts:
            known = self._first_days.get(account.id)
            self._first_days[account.id] = (account, day if known is None else min(day, known[1]))

    def check(self) -> None:
        """Raises MinimumBalanceBroken, and AccountClosed where a closed account would hold something again."""
        if self.many:
            balances.rebuild_accounts(self._database, ((row, day) for row, (_, day) in self._first_days.items()))
        for account, day in self._first_days.values():
            check_minimums(self._database, {account.id: account}, day)
            if account.closed is not None and balances.balance_units(self._database, account.id) != 0:
                raise AccountClosed(account=account.name, date=account.closed)


def void_transaction(database: BookDatabase, act: Act, chart: Chart, number: int, touched: Touched) -> None:
    """Takes a transaction's postings out; number, date and texts stay. Only inside a write, after the checks."""
    before = stored_body(database, chart, number)
    touched.add(_accounts_of(database, chart, number), before["date"])
    balances.delete_postings(database, number, carry=not touched.many)
    database.execute("UPDATE transactions SET voided = 1 WHERE number = ?", (number,))
    _seal(database, number)
    act.record(number=number, before=before, after=voided_body(before))


def rewrite_transaction(
    database: BookDatabase, act: Act, chart: Chart, number: int, resolved: ResolvedDraft, touched: Touched
) -> None:
    """Gives a transaction other texts, another date, other postings; balances follow. Only inside a write, after the
    checks."""
    before = stored_body(database, chart, number)
    draft, day = resolved.draft, resolved.date.isoformat()
    references.refuse_taken(database, draft.reference, number)
    touched.add(_accounts_of(database, chart, number), min(day, before["date"]))
    touched.add((line.account for line in resolved.postings), min(day, before["date"]))
    balances.delete_postings(database, number, carry=not touched.many)
    tags = canonical(list(draft.tags)) if draft.tags else "[]"
    data = canonical(dict(draft.data)) if draft.data else "{}"
    texts = (day, draft.memo, draft.payee, draft.reference, tags, data, draft.reverses, 0, int(draft.closing))
    database.execute(_UPDATE, (*texts, number))
    for line, posting in enumerate(resolved.postings, 1):
        balances.insert_posting(database, number, day, posting_line(line, posting), carry=not touched.many)
    _seal(database, number)
    act.record(number=number, before=before, after=transaction_body(number, resolved, before.get("batch")))


def _seal(database: BookDatabase, number: int) -> None:
    database.execute("UPDATE transactions SET sealed = 0 WHERE number = ?", (number,))
    database.execute("UPDATE transactions SET sealed = 1 WHERE number = ?", (number,))


def _accounts_of(database: BookDatabase, chart: Chart, number: int) -> list[Account]:
    found = database.rows("SELECT DISTINCT account FROM postings WHERE number = ?", (number,))
    return [chart.by_id(row[0]) for row in found]
