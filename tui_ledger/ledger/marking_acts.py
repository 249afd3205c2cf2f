"""The ledger's acts on many transactions at once: marked cleared, recoded, renamed, moved; each is one step to undo."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from tui_ledger.dates import parse_date
from tui_ledger.errors import CorrectionInClosedPeriod, CorrectionsInClosedPeriod, InvalidOptions
from tui_ledger.ledger import balances, corrections, following, history, journal, marking
from tui_ledger.ledger.basis import LedgerBasis, listed_tags
from tui_ledger.ledger.bodies import draft_of, stored_body
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import AccountLike, Draft, PostingStatus, Transaction
from tui_ledger.money import Money
from tui_ledger.words import N_

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act would do to the balance of an account, in its own direction."""

    account: str
    before: Money
    after: Money


class MarkingActs(LedgerBasis):
    """Many transactions are marked or edited as one act; what an act would move is shown before it is done."""

    def mark(
        self,
        status: PostingStatus | str,
        postings: Iterable[tuple[int, int]],
        *,
        key: str | None = None,
        actor: str | None = None,
    ) -> tuple[int, ...]:
        """Sets postings, each as (transaction number, line), uncleared or cleared; returns the transactions changed.

        Closed periods and strict books allow it. Raises InvalidSetting for another status, TransactionNotFound,
        ReconciledPosting: only a reconciliation sets and lifts that.
        """
        wanted = marking.checked_status(status)
        chosen = [(int(number), int(line)) for number, line in postings]

        def run(act: Act) -> tuple[int, ...]:
            return marking.mark_postings(self._database, act, self._chart, chosen, wanted)

        return self._perform("mark", [str(wanted), chosen], key, actor, run, self._numbers_of_act)

    def edit_many(
        self,
        numbers: Iterable[int],
        *,
        payee: str | None = None,
        memo: str | None = None,
        date: date | str | None = None,
        add_tags: Iterable[str] = (),
        remove_tags: Iterable[str] = (),
        recode: tuple[AccountLike, AccountLike] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> tuple[int, ...]:
        """Edits many transactions as one act: all of them or none; returns those that changed, in their order.

        `recode` moves their postings from one account to another. Raises what `edit` raises, for the first that cannot
        be edited, and InvalidOptions where nothing is to change.
        """
        chosen = list(dict.fromkeys(int(number) for number in numbers))
        given = {"payee": payee, "memo": memo, "date": None if date is None else parse_date(date)}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        added, removed = listed_tags(add_tags), frozenset(listed_tags(remove_tags))
        if not (changes or added or removed or recode is not None):
            raise InvalidOptions(reason=N_("Nothing was said to change: give a payee, memo, date, tag or account."))

        def change(draft: Draft) -> Draft:
            tags = tuple(dict.fromkeys([*(tag for tag in draft.tags if tag not in removed), *added]))
            return self._recoded(replace(draft, tags=tags, **changes), recode)

        asked = [chosen, changes, added, sorted(removed), None if recode is None else list(recode)]
        return self._perform(
            "edit-many", asked, key, actor, lambda act: self._edit_each(act, chosen, change), self._numbers_of_act
        )

    def void_many(self, numbers: Iterable[int], *, key: str | None = None, actor: str | None = None) -> tuple[int, ...]:
        """Voids many transactions as one act: all of them or none; returns those that were voided, in their order.

        What is void already stays so; what follows one of them is voided with it. Raises what `void` raises, and
        InvalidOptions where all of them are void.
        """
        chosen = list(dict.fromkeys(int(number) for number in numbers))
        return self._perform(
            "void-many", [chosen], key, actor, lambda act: self._void_each(act, chosen), self._numbers_of_act
        )

    def preview(self, act: Callable[[], object]) -> tuple[Moved, ...]:
        """What an act of this ledger would do to the balances, which it leaves as they are; raises what it raises."""
        before = balances.all_balances(self._database)
        after = self._balances_after(act)
        known = {account.id: account for account in self._current_chart().all()}
        moved = [account for row, account in known.items() if before.get(row, 0) != after.get(row, 0)]
        return tuple(
            Moved(
                account.name,
                Money(account.type.sign * before.get(account.id, 0), account.currency),
                Money(account.type.sign * after.get(account.id, 0), account.currency),
            )
            for account in moved
        )

    def _balances_after(self, act: Callable[[], object]) -> Mapping[int, int]:
        after: dict[int, int] = {}

        def tried() -> None:
            act()
            after.update(balances.all_balances(self._database))
            raise _LeftUndone

        with contextlib.suppress(_LeftUndone), self.write():
            tried()
        return after

    def _edit_each(self, act: Act, numbers: Sequence[int], change: Callable[[Draft], Draft]) -> tuple[int, ...]:
        touched, changed = corrections.Touched(self._database, many=len(numbers) > corrections.MANY), []
        state = self._state()
        for number in numbers:
            body = stored_body(self._database, self._chart, number)
            before = draft_of(body)
            wanted = change(before)
            if wanted == before:
                continue
            self._check_each(state, body, N_("edited"), numbers, lambda one: change(draft_of(one)) != draft_of(one))
            resolved = journal.resolve_draft(self._chart, wanted, self.today)
            if (wanted.date, wanted.postings) != (before.date, before.postings):
                journal.check_open(resolved, state.closed_through)
            whole = self._with_conversions(act, resolved)
            corrections.rewrite_transaction(self._database, act, self._chart, number, whole, touched)
            changed.append(number)
        if not changed:
            raise InvalidOptions(reason=N_("None of these transactions would change: they are as wanted already."))
        touched.check()
        return tuple(changed)

    def _void_each(self, act: Act, numbers: Sequence[int]) -> tuple[int, ...]:
        numbers = following.with_followers(self._database, numbers)
        touched, changed = corrections.Touched(self._database, many=len(numbers) > corrections.MANY), []
        state = self._state()
        for number in numbers:
            body = stored_body(self._database, self._chart, number)
            if body.get("voided"):
                continue
            self._check_each(state, body, N_("voided"), numbers, lambda one: not one.get("voided"))
            corrections.void_transaction(self._database, act, self._chart, number, touched)
            changed.append(number)
        if not changed:
            raise InvalidOptions(reason=N_("None of these transactions would change: they are void already."))
        touched.check()
        return tuple(changed)

    def _check_each(
        self,
        state: BookState,
        body: Mapping[str, Any],
        act: str,
        numbers: Sequence[int],
        is_changed: Callable[[Mapping[str, Any]], bool],
    ) -> None:
        """Raises what keeps one of many from being corrected; of closed days how many of them lie there."""
        try:
            corrections.check_correctable(self._database, state, body, act)
        except CorrectionInClosedPeriod:
            through = state.closed_through
            if through is None or len(numbers) == 1:
                raise
            bodies = (stored_body(self._database, self._chart, number) for number in numbers)
            count = sum(is_changed(one) and date.fromisoformat(one["date"]) <= through for one in bodies)
            raise CorrectionsInClosedPeriod(count=count, chosen=len(numbers), act=act, through=through) from None

    def _recoded(self, draft: Draft, recode: tuple[AccountLike, AccountLike] | None) -> Draft:
        if recode is None:
            return draft
        source, target = (self._chart.find(account) for account in recode)
        lines = tuple(
            replace(line, account=target.name) if line.account == source.name else line for line in draft.postings
        )
        return replace(draft, postings=lines)

    def _numbers_of_act(self, act: int) -> tuple[int, ...]:
        return tuple(history.transactions_of_act(self._database, act))


class _LeftUndone(Exception):
    """Ends the write of a preview."""


def postings_of(transaction: Transaction, account: str | None = None) -> list[tuple[int, int]]:
    """The postings of a transaction, or those of one account, as `mark` takes them."""
    return [
        (transaction.number, line.line) for line in transaction.postings if account is None or line.account == account
    ]
