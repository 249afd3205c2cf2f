"""The ledger's acts on what was posted: edit, void, undo, redo, and the closing of periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_ledger.dates import parse_date
from tui_ledger.errors import InvalidOptions, NothingToUndo
from tui_ledger.ledger import (
    corrections,
    fiscal_years,
    following,
    history,
    journal,
    periods,
    reading,
    reversal,
    undoing,
)
from tui_ledger.ledger.basis import LedgerBasis, listed_tags
from tui_ledger.ledger.bodies import draft_of, stored_body
from tui_ledger.ledger.fiscal_years import FiscalYear, FiscalYears
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import DraftPosting, Transaction
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.undoing import ActSummary, UndoneAct


class CorrectionActs(LedgerBasis):
    """What was posted is edited or voided in open periods, acts are undone and done again, periods closed."""

    def edit(
        self,
        transaction: Transaction | int,
        *postings: DraftPosting,
        date: date | str | None = None,
        memo: str | None = None,
        payee: str | None = None,
        reference: str | None = None,
        tags: Iterable[str] | None = None,
        data: Mapping[str, Any] | None = None,
        content: object = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Changes a transaction: what is given replaces what was, postings as a whole; '' takes a text away.

        Its number stays and balances follow. Raises TransactionNotFound, TransactionVoided, PeriodClosed (for its date
        and the new one), ReconciledPosting, ReversalStands, CorrectByReversal in a strict book.
        """
        number = _number(transaction)
        given = {"memo": memo, "payee": payee, "reference": reference, "data": data}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if date is not None:
            changes["date"] = parse_date(date)
        if tags is not None:
            changes["tags"] = listed_tags(tags)
        if postings:
            changes["postings"] = postings
        if not changes:
            raise InvalidOptions(
                reason=Said("Nothing was said to change in transaction {number}: give what is new.", number=number)
            )

        def run(act: Act) -> Transaction:
            body = stored_body(self._database, self._chart, number)
            state = self._state()
            corrections.check_correctable(self._database, state, body, N_("edited"))
            resolved = journal.resolve_draft(self._chart, replace(draft_of(body), **changes), self.today)
            if changes.keys() & {"date", "postings"}:
                journal.check_open(resolved, state.closed_through)
            resolved = self._with_conversions(act, resolved)
            touched = corrections.Touched(self._database)
            corrections.rewrite_transaction(self._database, act, self._chart, number, resolved, touched)
            touched.check()
            return reading.read_transaction(self._database, self._chart, number)

        asked = [number, changes] if content is None else content
        return self._perform("edit", asked, key, actor, run, self._first_transaction)

    def editable(self, transaction: Transaction | int) -> Transaction:
        """The transaction, where it may be edited; else raises what `edit` would, whatever was to change.

        A courtesy to the typist: everything is checked again under the lock.
        """
        number = _number(transaction)
        with self._database.reading():
            body = stored_body(self._database, self._current_chart(), number)
            corrections.check_correctable(self._database, self._state(), body, N_("edited"))
            return self.transaction(number)

    def void(self, transaction: Transaction | int, *, key: str | None = None, actor: str | None = None) -> Transaction:
        """Takes a transaction's postings out; its number, date and texts stay visible, the history keeps the rest.

        What was written along with it and follows it, such as a commission, is voided with it. Raises what `edit`
        raises. A standing reversal may be voided, which lets its original be reversed again.
        """
        number = _number(transaction)

        def run(act: Act) -> Transaction:
            state, numbers = self._state(), following.with_followers(self._database, [number])
            for one in numbers:
                body = stored_body(self._database, self._chart, one)
                corrections.check_correctable(self._database, state, body, N_("voided"))
            self._void(act, numbers)
            return reading.read_transaction(self._database, self._chart, number)

        return self._perform("void", [number], key, actor, run, self._first_transaction)

    def undo(self, *, key: str | None = None, actor: str | None = None) -> UndoneAct:
        """Takes back the actor's own newest act that stands: a posting, a batch, an edit, a change of the chart.

        Is itself a change of the history, and survives restarts. Raises NothingToUndo, LaterAct, PeriodClosed,
        CorrectByReversal.
        """
        return self._step("undo", key, actor)

    def redo(self, *, key: str | None = None, actor: str | None = None) -> UndoneAct:
        """Does again what the actor undid last, with the same numbers; raises NothingToRedo and what `undo` raises."""
        return self._step("redo", key, actor)

    def close_period(
        self,
        through: date | str,
        *,
        closing_transaction: bool = False,
        memo: str = "Closing of the year",
        reason: str = "",
        key: str | None = None,
        actor: str | None = None,
    ) -> date:
        """Closes every day up to and including one: nothing dated there enters, changes or leaves any more.

        At a fiscal year's end `closing_transaction` brings income and expenses to zero, per currency, into the account
        the setting retained_earnings names, else Equity:Retained earnings. Raises PeriodClosed, NotAFiscalYearEnd,
        NothingToClose.
        """
        day = parse_date(through)

        def run(act: Act) -> date:
            state = self._state()
            periods.check_closable(state, day)
            number = None
            if closing_transaction:
                draft = periods.closing_draft(self._database, act, self._chart, state, day, memo)
                resolved = journal.resolve_draft(self._chart, draft, self.today)
                journal.check_open(resolved, state.closed_through)
                number = journal.write_transaction(self._database, act, resolved)
            periods.close_through(self._database, act, state, day, number, reason)
            return day

        asked = [through, closing_transaction, memo, reason]
        return self._perform("close-period", asked, key, actor, run, lambda _: day)

    def reopen_period(
        self, first: date | str, *, reason: str, key: str | None = None, actor: str | None = None
    ) -> date | None:
        """Opens a day and all later ones again, for a reason; returns the last day that stays closed.

        Closing transactions dated there are voided; a strict book reverses them on their date. Raises PeriodNotClosed,
        ReversalStands where one of them was reversed.
        """
        day = parse_date(first)

        def run(act: Act) -> date | None:
            state = self._state()
            closings = periods.reopen_from(self._database, act, state, day, reason)
            for number in closings:
                corrections.refuse_reversed(self._database, number, N_("taken back"))
            if state.strict:
                self._reverse_closings(act, closings)
            else:
                self._void(act, closings)
            return self._state().closed_through

        return self._perform("reopen-period", [first, reason], key, actor, run, lambda _: self._state().closed_through)

    def fiscal_year(self, day: date | str | None = None) -> FiscalYear:
        """The fiscal year a day lies in (today's unless given): one that was set, else by the book's rule."""
        return self._fiscal_years().of(self.today if day is None else parse_date(day))

    def fiscal_years_set(self) -> tuple[FiscalYear, ...]:
        """The fiscal years that were set by their dates, in order."""
        return fiscal_years.years_set(self._database)

    def set_fiscal_year(
        self, first: date | str, last: date | str, *, key: str | None = None, actor: str | None = None
    ) -> FiscalYear:
        """Sets a fiscal year by its dates: a short first one, a changed one, one of 52 or 53 weeks.

        Years before it end on its eve; years behind it run from the day after it. Raises InvalidFiscalYear, and
        PeriodClosed where it begins in a closed period.
        """
        year = fiscal_years.checked_year(first, last)

        def run(act: Act) -> FiscalYear:
            fiscal_years.set_year(self._database, act, self._state(), year)
            return year

        return self._perform("set-fiscal-year", [first, last], key, actor, run, lambda _: year)

    def unset_fiscal_year(self, first: date | str, *, key: str | None = None, actor: str | None = None) -> None:
        """Takes away the fiscal year that was set from a day on; raises FiscalYearNotSet, PeriodClosed."""
        day = parse_date(first)

        def run(act: Act) -> None:
            fiscal_years.unset_year(self._database, act, self._state(), day)

        self._perform("unset-fiscal-year", [first], key, actor, run, lambda _: None)

    def closing_units(self, at: date | str) -> dict[int, int]:
        """What the closing transactions of the fiscal year of a day put on each account by its end, by account id in
        debit-positive minor units: statements of that year leave it out."""
        day = parse_date(at)
        return periods.closing_units(self._database, self._fiscal_years().of(day), day)

    def _fiscal_years(self) -> FiscalYears:
        return fiscal_years.read_fiscal_years(self._database, self._state().fiscal_year_start)

    def changes_of(self, transaction: Transaction | int) -> list[history.ChangeRow]:
        """Every change of a transaction, oldest first: who changed it, when, what it was and what it became."""
        number = _number(transaction)
        self.transaction(number)
        return history.changes_of_transaction(self._database, number)

    def latest_changes(self, limit: int = 50, *, through: int | None = None) -> list[history.ChangeRow]:
        """The newest changes of the whole book, newest first; with `through` from that change on backwards."""
        return history.latest_changes(self._database, limit, through)

    def changes_of_act(self, act: int, limit: int | None = None) -> list[history.ChangeRow]:
        """What an act changed, in order: all of it, or the first so many changes."""
        return history.changes_of_act(self._database, act, limit)

    def size_of_act(self, act: int) -> tuple[int, int]:
        """How much an act changed: so many transactions, and so many changes of other things."""
        return history.size_of_act(self._database, act)

    def act_to_undo(self, *, actor: str | None = None) -> ActSummary | None:
        """The act that `undo` would take back now, or None."""
        try:
            return undoing.act_to_undo(self._database, self._actor(actor))
        except NothingToUndo:
            return None

    def _step(self, kind: str, key: str | None, actor: str | None) -> UndoneAct:
        forwards = kind == "redo"

        def run(act: Act) -> UndoneAct:
            found: ActSummary = (undoing.act_to_redo if forwards else undoing.act_to_undo)(self._database, act.actor)
            self._permit(found.kind)
            act.undoes = found.act
            apply = undoing.do_again if forwards else undoing.take_back
            numbers = apply(self._database, act, self._chart, found.act)
            return undoing.UndoneAct(found.act, found.kind, tuple(numbers))

        return self._perform(kind, [], key, actor, run, lambda act: undoing.step_of(self._database, act))

    def _void(self, act: Act, numbers: Iterable[int]) -> None:
        touched = corrections.Touched(self._database)
        for number in numbers:
            corrections.void_transaction(self._database, act, self._chart, number, touched)
        touched.check()

    def _reverse_closings(self, act: Act, numbers: Iterable[int]) -> None:
        for number in numbers:
            original = self.transaction(number)
            draft = reversal.reversal_draft(replace(original, closing=False), original.date, original.date, None)
            resolved = journal.resolve_draft(self._chart, replace(draft, closing=True), self.today)
            journal.check_open(resolved, None)
            journal.write_transaction(self._database, act, resolved)


def _number(transaction: Transaction | int) -> int:
    return transaction.number if isinstance(transaction, Transaction) else transaction
