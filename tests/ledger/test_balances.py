"""The heart: no history of acts makes one stored balance wrong.

The oracle below shares no code with the ledger: it keeps every posting and counts each figure anew.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Draft, DraftPosting, Ledger

EUROS = ("Assets:Bank", "Assets:Cash", "Liabilities:Card", "Equity:Opening", "Income:Sales", "Expenses:Rent")
DOLLARS = ("Assets:Dollars", "Liabilities:Dollars", "Income:Dollars")
RAISED_BY_DEBITS = ("Assets", "Expenses")
FIRST_DAY, TODAY = date(2026, 1, 1), date(2026, 6, 15)

Line = tuple[str, int]
Planned = tuple[date, list[Line]]


def on_the_day() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)


def direction(account: str) -> int:
    return 1 if account.startswith(RAISED_BY_DEBITS) else -1


def written(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


class Oracle:
    """Every posting as (day, number, line, amount) by account, and what each figure must be."""

    def __init__(self) -> None:
        self.postings: dict[str, list[tuple[str, int, int, int]]] = {name: [] for name in EUROS + DOLLARS}
        self.transactions: list[Planned] = []
        self.reversed: set[int] = set()
        self.touched: set[str] = set()

    def book(self, day: date, lines: list[Line]) -> int:
        self.transactions.append((day, lines))
        number = len(self.transactions)
        for line, (account, amount) in enumerate(lines, 1):
            self.postings[account].append((day.isoformat(), number, line, amount))
            self.touched.add(account)
        return number

    def rows(self, account: str) -> list[tuple[str, int, int, int, int]]:
        """The account's rows in the order of a statement, each with its debit-positive balance."""
        balance, rows = 0, []
        for day, number, line, amount in sorted(self.postings[account]):
            balance += amount
            rows.append((day, number, line, amount, balance))
        return rows

    def balance(self, account: str, day: date) -> int:
        """What the account holds at the end of a day, in its own direction."""
        return direction(account) * sum(amount for at, _, _, amount in self.postings[account] if at <= day.isoformat())


class Clerk:
    """Does random acts on a ledger and on the oracle, and compares them."""

    def __init__(self, ledger: Ledger, choose: random.Random) -> None:
        self.ledger, self.choose, self.oracle = ledger, choose, Oracle()
        self.last_day = FIRST_DAY
        assert ledger.path is not None
        self.outside = sqlite3.connect(ledger.path)

    def act(self) -> None:
        acts: list[Callable[[], None]] = [self.post, self.post, self.transfer, self.move, self.reverse, self.batch]
        if self.choose.random() < 0.2:
            self.slip()
        else:
            self.choose.choice(acts)()

    def day(self) -> date:
        """Three of ten lie before what is there, many on the same day."""
        if self.choose.random() < 0.3:
            return self.last_day - timedelta(days=self.choose.randint(0, 40))
        self.last_day += timedelta(days=self.choose.choice((0, 0, 0, 1)))
        return self.last_day

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        for accounts in self.choose.choice(((EUROS,), (EUROS,), (DOLLARS,), (EUROS, DOLLARS))):
            amounts = [
                self.choose.choice((-1, 1)) * self.choose.randint(1, 10**6) for _ in range(self.choose.randint(1, 4))
            ]
            if sum(amounts) == 0:
                amounts.append(7)
            lines += [(self.choose.choice(accounts), amount) for amount in [*amounts, -sum(amounts)]]
        return lines

    def drafted(self, lines: list[Line]) -> tuple[DraftPosting, ...]:
        left_out = self.choose.randrange(len(lines)) if self.choose.random() < 0.3 else None
        return tuple(
            DraftPosting(account, None if place == left_out else written(amount))
            for place, (account, amount) in enumerate(lines)
        )

    def post(self) -> None:
        day, lines = self.day(), self.lines()
        posted = self.ledger.post("Posted", *self.drafted(lines), date=day)
        assert posted.number == self.oracle.book(day, lines)

    def transfer(self) -> None:
        source, target = self.choose.sample(self.choose.choice((EUROS, DOLLARS)), 2)
        day, cents = self.day(), self.choose.randint(1, 10**6)
        self.ledger.transfer(source, target, written(cents), date=day)
        debited = cents if direction(target) > 0 or direction(source) > 0 else -cents
        self.oracle.book(day, [(source, -debited), (target, debited)])

    def move(self) -> None:
        account, against = self.choose.sample(self.choose.choice((EUROS, DOLLARS)), 2)
        day, cents, up = self.day(), self.choose.randint(1, 10**6), self.choose.choice((1, -1))
        act = self.ledger.increase if up > 0 else self.ledger.decrease
        act(account, written(cents), against=against, date=day)
        self.oracle.book(day, [(account, up * direction(account) * cents), (against, -up * direction(account) * cents)])

    def reverse(self) -> None:
        standing = [
            number for number in range(1, len(self.oracle.transactions) + 1) if number not in self.oracle.reversed
        ]
        if not standing:
            return
        number = self.choose.choice(standing)
        original, lines = self.oracle.transactions[number - 1]
        day = self.choose.choice((None, original, original + timedelta(days=self.choose.randint(0, 30))))
        self.ledger.reverse(number, date=day)
        self.oracle.book(day or max(TODAY, original), [(account, -amount) for account, amount in lines])
        self.oracle.reversed.add(number)

    def batch(self) -> None:
        planned = [(self.day(), self.lines()) for _ in range(self.choose.randint(0, 6))]
        self.choose.shuffle(planned)
        done = self.ledger.post_batch([Draft(day, "Imported", self.drafted(lines)) for day, lines in planned])
        assert list(done.numbers) == [self.oracle.book(day, lines) for day, lines in planned]

    def slip(self) -> None:
        """Something that must be refused and change nothing."""
        good, bad = self.drafted(self.lines()), DraftPosting("Assets:Bank", "0.001")
        unbalanced = (DraftPosting("Assets:Bank", 5), DraftPosting("Income:Sales", -6))
        slips: list[Callable[[], object]] = [
            lambda: self.ledger.post("Slip", *unbalanced, date=self.last_day),
            lambda: self.ledger.post("Slip", *good, bad),
            lambda: self.ledger.post("Slip", *good, date="2026-02-30"),
            lambda: self.ledger.post("Slip", *good, DraftPosting("Assets:Nowhere", 0)),
            lambda: self.ledger.post_batch([Draft(FIRST_DAY, "Good", good), Draft(FIRST_DAY, "Slip", unbalanced)]),
            lambda: self.ledger.transfer("Assets:Bank", "Assets:Bank", 5),
            lambda: self.ledger.transfer("Assets:Bank", "Assets:Dollars", 5),
            lambda: self.ledger.increase("Assets:Bank", -5),
            lambda: self.ledger.reverse(len(self.oracle.transactions) + 1),
            lambda: self.ledger.reverse(min(self.oracle.reversed, default=0)),
            self.half_a_write,
        ]
        with pytest.raises((LedgerError, ZeroDivisionError)):
            self.choose.choice(slips)()

    def half_a_write(self) -> None:
        with self.ledger.write():
            self.ledger.post("Slip", *self.drafted(self.lines()), date=FIRST_DAY)
            raise ZeroDivisionError

    def compare(self, accounts: Iterable[str] = EUROS + DOLLARS) -> None:
        """Every stored row of the accounts, as another program reads it."""
        self.oracle.touched = set()
        for account in accounts:
            stored = self.outside.execute(
                "SELECT p.date, p.number, p.line, p.amount, p.balance FROM postings p "
                "JOIN accounts a ON a.id = p.account WHERE a.name = ? ORDER BY p.date, p.number, p.line",
                (account,),
            ).fetchall()
            assert stored == self.oracle.rows(account), account

    def compare_a_day(self) -> None:
        """The balances of all accounts at a day: stored, summed, and counted by the oracle."""
        day = FIRST_DAY + timedelta(days=self.choose.randint(-50, 200))
        at_once = self.ledger.balances(at=day)
        for account in EUROS + DOLLARS:
            expected = self.oracle.balance(account, day)
            assert self.ledger.balance(account, at=day).units == expected
            assert self.ledger.calculate_balance(account, at=day).units == expected
            assert direction(account) * at_once[self.ledger.account(account).id] == expected

    def compare_a_register(self) -> None:
        """An account's register of some days: opening balance and changes make the closing balance."""
        account = self.choose.choice(EUROS + DOLLARS)
        first = FIRST_DAY + timedelta(days=self.choose.randint(-50, 200))
        last = first + timedelta(days=self.choose.randint(-1, 9))
        register = self.ledger.register(account, date_from=first, date_to=last)
        assert register.opening_balance.units == self.oracle.balance(account, first - timedelta(days=1))
        running = register.opening_balance
        for row in register:
            running += row.change
            assert row.balance == running
        assert register.closing_balance == running
        if first <= last:
            assert running.units == self.oracle.balance(account, last)

    def end(self) -> None:
        self.compare()
        self.outside.close()
        verification = self.ledger.verify()
        assert verification.ok, verification.discrepancies
        assert verification.checked["transactions"] == len(self.oracle.transactions)
        totals = self.ledger.balances()
        for currency in ("EUR", "USD"):
            assert sum(totals[one.id] for one in self.ledger.accounts() if one.currency == currency) == 0


@pytest.fixture(scope="module")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oracle") / "empty.ledger"
    with Ledger.create(path, currency="EUR", clock=on_the_day) as ledger, ledger.write():
        for name in EUROS + DOLLARS:
            root = {"Assets": "asset", "Liabilities": "liability", "Expenses": "expense"}.get(name.partition(":")[0])
            kind = root or name.partition(":")[0].lower()
            ledger.open_account(name, kind, currency="USD" if name in DOLLARS else "EUR")
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(choose=st.randoms(use_true_random=False), acts=st.integers(1, 25))
def test_no_history_of_acts_makes_a_stored_balance_wrong(empty_book: Path, choose: random.Random, acts: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_book, Path(folder) / "copy.ledger"))
        with Ledger.open(path, clock=on_the_day) as ledger:
            clerk = Clerk(ledger, choose)
            for _ in range(acts):
                clerk.act()
                clerk.compare()
            clerk.compare_a_day()
            clerk.compare_a_register()
            clerk.end()


def test_a_long_history_keeps_every_balance_right(empty_book: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(empty_book, tmp_path / "long.ledger"))
    seed = 20260615
    print(f"seed {seed}")  # noqa: T201
    with Ledger.open(path, clock=on_the_day) as ledger:
        clerk = Clerk(ledger, random.Random(seed))
        for step in range(1500):
            clerk.act()
            clerk.compare(clerk.oracle.touched)
            if step % 50 == 0:
                clerk.compare()
            if step % 10 == 0:
                clerk.compare_a_day()
                clerk.compare_a_register()
        clerk.end()
