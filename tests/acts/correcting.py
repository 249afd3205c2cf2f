"""Which corrections are made at random? Edits, voids, reversals, undo and redo, closed and reopened periods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.acts.books import TODAY
from tests.acts.oracle import Change, Entered, Refused, TransactionChange, voided
from tests.acts.posting import Posting


class Correcting(Posting):
    """Corrects what was posted."""

    def edit(self) -> None:
        number, actor, given = self.number(), self.actor(), dict[str, Any]()
        if self.choose.random() < 0.5:
            given["date"] = self.day()
        if self.choose.random() < 0.5:
            given["memo"] = f"memo {self.choose.randint(1, 9)}"
        lines = self.euros() if self.choose.random() < 0.6 else ()

        def expected() -> list[Change]:
            old = self.oracle.need_free(number)
            if old.reverses is not None or not (given or lines):
                raise Refused
            new = replace(old, **given, lines=self.need_balanced(lines) if lines else old.lines)
            self.oracle.need_open(new.date)
            if lines or "date" in given:
                self.oracle.need_usable(new.lines)
            return self.oracle.act(actor, [TransactionChange(number, old, new)])

        self.attempt("edit", expected, lambda: self.ledger.edit(number, *self.postings(lines), **given, actor=actor))

    def void(self, number: int, actor: str) -> None:
        def expected() -> list[Change]:
            old = self.oracle.need_free(number)
            return self.oracle.act(actor, [TransactionChange(number, old, voided(old))])

        self.attempt("void", expected, lambda: self.ledger.void(number, actor=actor))

    def reverse(self) -> None:
        number, actor = self.number(), self.actor()
        day = None if self.choose.random() < 0.3 else self.day()

        def expected() -> list[Change]:
            oracle = self.oracle
            old = oracle.entered.get(number)
            closes_a_year = number in oracle.closes.values()
            if old is None or old.voided or closes_a_year or oracle.reversal(number) is not None:
                raise Refused
            on = max(TODAY, old.date) if day is None else day
            oracle.need_open(on)
            oracle.need_usable(old.lines)
            if on < old.date:
                raise Refused
            mirror = tuple(sorted((account, -units) for account, units in old.lines))
            new = Entered(on, "reverse", mirror, number)
            return oracle.act(actor, [TransactionChange(oracle.next_number(), None, new)])

        self.attempt("reverse", expected, lambda: self.ledger.reverse(number, date=day, memo="reverse", actor=actor))

    def undo_and_redo(self, actor: str) -> None:
        """Some steps back of one actor; half the time some forth again."""
        self.step("undo", actor)
        if self.choose.random() < 0.5:
            self.step("redo", actor)

    def step(self, name: str, actor: str) -> None:
        """One to four steps back or forth of one actor; `name` is undo or redo."""
        for _ in range(self.choose.choice([1, 1, 1, 2, 4])):
            self._one_step(name, actor)

    def _one_step(self, name: str, actor: str) -> None:
        taking: Callable[..., Any] = getattr(self.ledger, name)
        wanted: list[Change] = []

        def expected() -> list[Change]:
            wanted[:] = getattr(self.oracle, name)(actor)
            return wanted

        done: Any = self.attempt(name, expected, lambda: taking(actor=actor))
        if done is not None:
            numbers = [change.number for change in wanted if isinstance(change, TransactionChange)]
            assert list(done.transactions) == numbers

    def close_period(self) -> None:
        year_end = date(self.base.year - 1, 12, 31)
        closing = self.choose.random() < 0.4
        day = year_end if closing else self.base - timedelta(days=self.choose.randint(30, 120))
        self.attempt(
            "close",
            lambda: self.oracle.close(day, closing=closing),
            lambda: self.ledger.close_period(day, closing_transaction=closing, memo="close"),
        )

    def reopen_period(self) -> None:
        around = self.oracle.closed or self.base
        first = around + timedelta(days=self.choose.randint(-40, 3))
        self.attempt(
            "reopen",
            lambda: self.oracle.reopen(first),
            lambda: self.ledger.reopen_period(first, reason="a slip"),
        )
