"""Is the book what the oracle says? An act is done in both; what is refused leaves everything as it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tests.acts.oracle import (
    ACTORS,
    DIGITS,
    AccountChange,
    Change,
    Entered,
    Lines,
    Opened,
    Oracle,
    Refused,
    SettingChange,
    TransactionChange,
    kind_of,
    sign_of,
)
from tui_ledger.errors import BookRefused, LedgerError
from tui_ledger.ledger import Account, DraftPosting, Ledger, Transaction

SETTINGS = ("colour", "shelf")


@dataclass
class Comparing:
    """A book, its oracle, and what is chosen at random; `counts` are acts by kind, `refusals` those refused by both."""

    ledger: Ledger
    choose: random.Random
    oracle: Oracle = field(default_factory=Oracle)
    base: date = date(2025, 1, 1)
    refusals: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    serial: int = 0

    def attempt(self, name: str, expected: Callable[[], list[Change]], run: Callable[[], object]) -> object:
        """Both or neither."""
        self.counts[name] = self.counts.get(name, 0) + 1
        before = self._state()
        try:
            changes = expected()
        except Refused:
            self.refusals[name] = self.refusals.get(name, 0) + 1
            self._need_refusal(name, run)
            assert self._state() == before, f"{name} was refused and changed the book"
            return None
        done = run()
        self._compare(changes)
        return done

    def compare_everything(self) -> None:
        """Every transaction, account, register and setting; then the book verifies itself by replaying its history."""
        journal = list(self.ledger.journal())
        assert [one.number for one in journal] == [
            number for _, number in sorted((one.date, number) for number, one in self.oracle.entered.items())
        ]
        handles = self.oracle.handles()
        for stored in journal:
            self._compare_transaction(stored, handles)
        assert {one.name for one in self.ledger.accounts()} == set(handles)
        for name, account in handles.items():
            self._compare_account(self.ledger.account(name), account)
            self._compare_register(name, account)
        assert {name: self.ledger.setting(name) for name in SETTINGS} == {
            name: self.oracle.settings.get(name) for name in SETTINGS
        }
        assert self.ledger.closed_through == self.oracle.closed
        verification = self.ledger.verify(replay=True)
        assert verification.ok, verification.discrepancies

    def _need_refusal(self, name: str, run: Callable[[], object]) -> None:
        """The ledger itself refuses, with its own reason: the guards of the database are the second line."""
        try:
            done = run()
        except BookRefused as refusal:
            raise AssertionError(f"only the database's guards refused {name}: {refusal}") from refusal
        except LedgerError:
            return
        raise AssertionError(f"{name} was to be refused and gave {done}")

    def _state(self) -> object:
        return self.ledger.head, self.ledger.balances(), self.ledger.accounts(), self.ledger.closed_through

    def _compare(self, changes: list[Change]) -> None:
        """What was changed, and the stored balances of every account that moved, now and on some day."""
        handles = self.oracle.handles()
        lines: set[str] = set()
        for change in changes:
            if isinstance(change, TransactionChange):
                self._compare_transaction(self.ledger.transaction(change.number), handles)
                moved = (one for one in (change.before, change.after) if one is not None)
                lines |= {account for one in moved for account, _ in one.lines}
            elif isinstance(change, SettingChange):
                assert self.ledger.setting(change.name) == self.oracle.settings.get(change.name)
            else:
                self._compare_changed_account(change, handles)
        for account in lines & self.oracle.accounts.keys():
            for day in (date.max, self.day()):
                stored = self.ledger.balance(self.oracle.name(account), at=day)
                assert stored.units == self.oracle.balance(account, day), f"{account} on {day}"

    def _compare_changed_account(self, change: AccountChange, handles: dict[str, str]) -> None:
        known = {one.name: one for one in self.ledger.accounts()}
        if change.account in self.oracle.accounts:
            assert self.oracle.name(change.account) in known
            self._compare_account(known[self.oracle.name(change.account)], change.account)
        elif change.before is not None and change.before.name not in handles:
            assert change.before.name not in known

    def _compare_account(self, stored: Account, account: str) -> None:
        found = Opened(stored.id, stored.name, stored.closed, stored.attributes.get("shelf"))
        assert found == self.oracle.accounts[account]
        assert stored.type == kind_of(account)
        assert stored.currency == self.oracle.currencies[account]

    def _compare_transaction(self, stored: Transaction, handles: dict[str, str]) -> None:
        lines = tuple(sorted((handles.get(line.account, line.account), line.amount.units) for line in stored.postings))
        found = Entered(stored.date, stored.memo, lines, stored.reverses, stored.voided)
        assert found == self.oracle.entered[stored.number]
        assert stored.reversed_by == self.oracle.reversal(stored.number)

    def _compare_register(self, name: str, account: str) -> None:
        running = 0
        for row in self.ledger.register(name):
            running += row.amount.units
            assert row.balance.units == sign_of(account) * running
        assert self.ledger.balance(name).units == sign_of(account) * running
        assert self.oracle.balance(account, date.max) == sign_of(account) * running

    def day(self) -> date:
        """Three in ten back-dated."""
        back = self.choose.random() < 0.3
        return self.base + timedelta(days=self.choose.randint(-90, -1) if back else self.choose.randint(0, 20))

    def number(self) -> int:
        """Mostly one of the last, now and then any, or one that is not there."""
        last = len(self.oracle.entered)
        if self.choose.random() < 0.05:
            return self.choose.choice([0, -1, last + 1, 2**63])
        return max(1, last - self.choose.randint(0, 30)) if self.choose.random() < 0.8 else self.choose.randint(0, last)

    def actor(self) -> str:
        return self.choose.choice(ACTORS)

    def other(self, actor: str) -> str:
        return next(one for one in ACTORS if one != actor)

    def name(self, account: str) -> str:
        return self.oracle.name(account)

    def text(self, units: int, account: str) -> str:
        """Minor units as plain text."""
        return str(Decimal(units).scaleb(-DIGITS[self.oracle.currencies[account]]))

    def postings(self, lines: Lines) -> Iterator[DraftPosting]:
        """Lines as they are handed to the ledger."""
        return (DraftPosting(self.name(account), self.text(units, account)) for account, units in lines)
