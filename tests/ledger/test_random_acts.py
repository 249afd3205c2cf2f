"""Random acts of every kind against an oracle of plain dictionaries that shares no code with the package.

The long run makes TUI_LEDGER_TEST_ACTS acts (2,500 unless said).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Draft, DraftPosting, Ledger, Transaction, WrittenPrice

ACTS = int(os.environ.get("TUI_LEDGER_TEST_ACTS", "2500"))
SEED = 20260615
TODAY = date(2026, 6, 15)
ACTORS = ("ada", "bob")
TILL = "Assets:Till"
EUROS = ("Assets:Bank", "Assets:Cash", "Liabilities:Card", "Equity:Opening", "Income:Sales", "Expenses:Rent", TILL)
FOREIGN = {"USD": ("Assets:Dollars", "Income:Dollars"), "JPY": ("Assets:Yen", "Equity:Yen")}
DIGITS = {"EUR": 2, "USD": 2, "JPY": 0}
CONVERSIONS = {code: f"Equity:Conversion:{code}" for code in DIGITS}
RETAINED = {code: "Equity:Retained earnings" + ("" if code == "EUR" else f":{code}") for code in DIGITS}
CURRENCY = {
    **dict.fromkeys(EUROS, "EUR"),
    **{name: code for code, names in FOREIGN.items() for name in names},
    **{name: code for names in (CONVERSIONS, RETAINED) for code, name in names.items()},
}
KINDS = {"Assets": "asset", "Liabilities": "liability", "Equity": "equity", "Income": "income", "Expenses": "expense"}

Lines = tuple[tuple[str, int], ...]


class Refused(Exception):
    """The oracle's word for what the ledger must refuse."""


@dataclass(frozen=True)
class Entered:
    """A transaction as it should be: lines in debit-positive minor units, sorted."""

    date: date
    memo: str
    lines: Lines
    reverses: int | None = None
    voided: bool = False


Change = tuple[int, Entered | None, Entered]


def kind_of(account: str) -> str:
    return KINDS[account.partition(":")[0]]


def sign_of(account: str) -> int:
    return 1 if kind_of(account) in ("asset", "expense") else -1


def text_of(units: int, account: str) -> str:
    return str(Decimal(units).scaleb(-DIGITS[CURRENCY[account]]))


def voided(entered: Entered) -> Entered:
    return replace(entered, lines=(), voided=True)


@dataclass
class Oracle:
    """What the book should hold: transactions, undo stacks, closed days."""

    entered: dict[int, Entered] = field(default_factory=dict)
    days: dict[str, dict[date, int]] = field(default_factory=dict)
    done: dict[str, list[list[Change]]] = field(default_factory=lambda: {actor: [] for actor in ACTORS})
    undone: dict[str, list[list[Change]]] = field(default_factory=lambda: {actor: [] for actor in ACTORS})
    closed: date | None = None
    closes: dict[date, int | None] = field(default_factory=dict)
    mirrors: dict[int, set[int]] = field(default_factory=dict)
    till: set[int] = field(default_factory=set)

    def balance(self, account: str, at: date) -> int:
        return sign_of(account) * sum(units for day, units in self.days.get(account, {}).items() if day <= at)

    def reversal(self, number: int) -> int | None:
        standing = [one for one in self.mirrors.get(number, ()) if not self.entered[one].voided]
        assert len(standing) < 2
        return standing[0] if standing else None

    def need_open(self, *days: date) -> None:
        if self.closed is not None and min(days) <= self.closed:
            raise Refused

    def need_free(self, number: int) -> Entered:
        """A transaction that may be corrected."""
        found = self.entered.get(number)
        if found is None or found.voided or self.reversal(number) is not None:
            raise Refused
        self.need_open(found.date)
        return found

    def write(self, changes: list[Change]) -> None:
        """All or nothing: the till never falls below zero on any row."""
        before = [(number, self.entered.get(number)) for number, _, _ in changes]
        for number, _, after in changes:
            self.put(number, after)
        if any(account == TILL for _, old, new in changes for one in (old, new) if one for account, _ in one.lines):
            running = 0
            for _, _, units in sorted((self.entered[n].date, n, dict(self.entered[n].lines)[TILL]) for n in self.till):
                running += units
                if running < 0:
                    for number, old in reversed(before):
                        self.put(number, old)
                    raise Refused

    def put(self, number: int, new: Entered | None) -> None:
        old = self.entered.pop(number, None)
        for one, direction in ((old, -1), (new, 1)):
            for account, units in one.lines if one else ():
                days = self.days.setdefault(account, {})
                days[one.date] = days.get(one.date, 0) + direction * units  # type: ignore[union-attr]
        self.till.discard(number)
        if new is None:
            return
        self.entered[number] = new
        if new.reverses is not None:
            self.mirrors.setdefault(new.reverses, set()).add(number)
        if any(account == TILL for account, _ in new.lines):
            self.till.add(number)

    def act(self, actor: str, changes: list[Change]) -> list[Change]:
        self.write(changes)
        self.done[actor].append(changes)
        self.undone[actor].clear()
        return changes

    def undo(self, actor: str) -> list[Change]:
        return self.step(self.done[actor], self.undone[actor], forwards=False)

    def redo(self, actor: str) -> list[Change]:
        return self.step(self.undone[actor], self.done[actor], forwards=True)

    def step(self, taken: list[list[Change]], given_to: list[list[Change]], *, forwards: bool) -> list[Change]:
        if not taken:
            raise Refused
        act = taken[-1]
        wanted = [self.target(*change, forwards=forwards) for change in (act if forwards else reversed(act))]
        self.write(wanted)
        given_to.append(taken.pop())
        return wanted

    def target(self, number: int, before: Entered | None, after: Entered, *, forwards: bool) -> Change:
        now = self.entered[number]
        left, goal = (before, after) if forwards else (after, before)
        if now != (voided(now) if left is None else left) or self.reversal(number) is not None:
            raise Refused
        goal = voided(now) if goal is None else goal
        self.need_open(now.date, goal.date)
        if goal.reverses is not None and not goal.voided:
            original = self.entered[goal.reverses]
            mirrored = tuple(sorted((account, -units) for account, units in goal.lines))
            if self.reversal(goal.reverses) is not None or mirrored != original.lines:
                raise Refused
        return number, now, goal


@dataclass
class Clerk:
    """Does the same at random in the ledger and in the oracle."""

    ledger: Ledger
    choose: random.Random
    oracle: Oracle = field(default_factory=Oracle)
    base: date = date(2025, 1, 1)
    refused: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def act(self) -> None:
        acts: list[tuple[int, Callable[[], None]]] = [
            (26, self.post),
            (12, self.priced),
            (8, self.transfer),
            (5, self.batch),
            (14, self.edit),
            (6, self.void),
            (6, self.reverse),
            (12, lambda: self.step("undo")),
            (8, lambda: self.step("redo")),
            (2, self.close_period),
            (1, self.reopen_period),
            (10, self.nonsense),
        ]
        self.base += timedelta(days=self.choose.random() < 0.15)
        self.choose.choices([act for _, act in acts], [weight for weight, _ in acts])[0]()

    def attempt(
        self, name: str, expected: Callable[[], list[Change]], run: Callable[[], Transaction | object]
    ) -> object:
        """Both or neither; what is refused leaves everything as it was."""
        self.counts[name] = self.counts.get(name, 0) + 1
        before = self.state()
        try:
            changes = expected()
        except Refused:
            self.refused += 1
            try:
                done = run()
            except LedgerError:
                assert self.state() == before
                return None
            raise AssertionError(f"{name} was to be refused and gave {done}") from None
        done = run()
        self.compare(changes)
        return done

    def state(self) -> object:
        return self.ledger.head, len(self.ledger.journal()), self.ledger.balances(), len(self.ledger.accounts())

    def compare(self, changes: list[Change]) -> None:
        """The changed transactions and the stored balances of every account they touch, now and on some day."""
        for number, _, _ in changes:
            self.compare_transaction(self.ledger.transaction(number))
        touched = {account for _, old, new in changes for one in (old, new) if one for account, _ in one.lines}
        for account in touched:
            for day in (date.max, self.day()):
                assert self.ledger.balance(account, at=day).units == self.oracle.balance(account, day)

    def compare_transaction(self, stored: Transaction) -> None:
        expected = self.oracle.entered[stored.number]
        lines = tuple(sorted((line.account, line.amount.units) for line in stored.postings))
        assert Entered(stored.date, stored.memo, lines, stored.reverses, stored.voided) == expected
        assert stored.reversed_by == self.oracle.reversal(stored.number)

    def compare_everything(self) -> None:
        journal = list(self.ledger.journal())
        assert [one.number for one in journal] == [
            number for _, number in sorted((one.date, number) for number, one in self.oracle.entered.items())
        ]
        for stored in journal:
            self.compare_transaction(stored)
        for account in CURRENCY:
            if account in {one.name for one in self.ledger.accounts()}:
                self.compare_register(account)
        assert self.ledger.closed_through == self.oracle.closed
        verification = self.ledger.verify()
        assert verification.ok, verification.discrepancies

    def compare_register(self, account: str) -> None:
        running = 0
        for row in self.ledger.register(account):
            running += row.amount.units
            assert row.balance.units == sign_of(account) * running
        assert self.ledger.balance(account).units == sign_of(account) * running
        assert self.oracle.balance(account, date.max) == sign_of(account) * running

    def day(self) -> date:
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

    def euros(self) -> Lines:
        """Balanced lines in euro, each account once; one time in ten off by a cent."""
        names = self.choose.sample(EUROS if self.choose.random() < 0.2 else EUROS[:-1], self.choose.randint(2, 4))
        amounts = [self.choose.choice([-1, 1]) * self.choose.randint(1, 50_000) for _ in names[1:]]
        rest = -sum(amounts) + (self.choose.random() < 0.1)
        return tuple(zip(names, [*amounts, rest], strict=True))

    def need_balanced(self, lines: Lines) -> Lines:
        if sum(units for _, units in lines) != 0 or any(units == 0 for _, units in lines):
            raise Refused
        return tuple(sorted(lines))

    def post(self) -> None:
        day, lines, actor = self.day(), self.euros(), self.actor()

        def expected() -> list[Change]:
            self.oracle.need_open(day)
            return self.oracle.act(actor, [(self.next(), None, Entered(day, "post", self.need_balanced(lines)))])

        self.attempt("post", expected, lambda: self.ledger.post("post", *postings(lines), date=day, actor=actor))

    def next(self) -> int:
        return len(self.oracle.entered) + 1

    def priced(self) -> None:
        day, actor = self.day(), self.actor()
        lines, drafted = self.priced_lines()

        def expected() -> list[Change]:
            self.oracle.need_open(day)
            return self.oracle.act(actor, [(self.next(), None, Entered(day, "priced", converted(lines)))])

        self.attempt("priced", expected, lambda: self.ledger.post("priced", *drafted, date=day, actor=actor))

    def priced_lines(self) -> tuple[Lines | None, list[DraftPosting]]:
        """One to three foreign lines with prices in euro and what they come to; None where it does not fit."""
        lines, drafted, cost, count = [], [], Fraction(0), self.choose.randint(1, 3)
        for _ in range(count):
            code = self.choose.choice(list(FOREIGN))
            account = self.choose.choice(FOREIGN[code])
            units = self.choose.choice([-1, 1]) * self.choose.randint(1, 100_000)
            price = Decimal(self.choose.randint(1, 99_999)).scaleb(-4)
            total = self.choose.random() < 0.3
            worth = Fraction(price) * (1 if total else Fraction(abs(units), 10 ** DIGITS[code]))
            cost += worth if units > 0 else -worth
            lines.append((account, units))
            drafted.append(
                DraftPosting(account, text_of(units, account), price=WrittenPrice(price, "EUR", total=total))
            )
        exact = -cost * 100
        paid = round(exact) + self.choose.choices([0, 1, -1, 5], [7, 1, 1, 1])[0]
        lines.append(("Assets:Bank", paid))
        drafted.append(DraftPosting("Assets:Bank", text_of(paid, "Assets:Bank")))
        sums = sums_of(lines)
        needless = not any(sums.values())
        fits = paid != 0 and (needless or paid == exact or abs(paid - exact) < count)
        return (tuple(lines) if fits else None), drafted

    def transfer(self) -> None:
        source, target = self.choose.sample([*EUROS, *FOREIGN["USD"], *FOREIGN["JPY"]], 2)
        sent, arrived = self.choose.randint(0, 9_999), self.choose.randint(1, 9_999)
        same = CURRENCY[source] == CURRENCY[target]
        day, actor = self.day(), self.actor()
        direction = -1 if sign_of(source) < 0 and sign_of(target) < 0 else 1
        lines = ((source, -direction * sent), (target, direction * (sent if same else arrived)))

        def expected() -> list[Change]:
            self.oracle.need_open(day)
            if sent == 0:
                raise Refused
            whole = tuple(sorted(lines)) if same else converted(lines)
            return self.oracle.act(actor, [(self.next(), None, Entered(day, "transfer", whole))])

        def run() -> object:
            received = None if same else text_of(arrived, target)
            amount = text_of(sent, source)
            return self.ledger.transfer(
                source, target, amount, received=received, date=day, memo="transfer", actor=actor
            )

        self.attempt("transfer", expected, run)

    def batch(self) -> None:
        entered = [(self.day(), self.euros()) for _ in range(self.choose.randint(1, 4))]
        actor = self.actor()

        def expected() -> list[Change]:
            changes: list[Change] = []
            for place, (day, lines) in enumerate(entered):
                self.oracle.need_open(day)
                changes.append((self.next() + place, None, Entered(day, "batch", self.need_balanced(lines))))
            return self.oracle.act(actor, changes)

        drafts = [Draft(day, "batch", tuple(postings(lines))) for day, lines in entered]
        self.attempt("batch", expected, lambda: self.ledger.post_batch(drafts, actor=actor))

    def edit(self) -> None:
        number, actor, given = self.number(), self.actor(), {}
        if self.choose.random() < 0.5:
            given["date"] = self.day()
        if self.choose.random() < 0.5:
            given["memo"] = f"memo {self.choose.randint(1, 9)}"
        lines = self.euros() if self.choose.random() < 0.6 else ()

        def expected() -> list[Change]:
            old = self.oracle.need_free(number)
            if old.reverses is not None:
                raise Refused
            new = replace(old, **given, lines=self.need_balanced(lines) if lines else old.lines)
            self.oracle.need_open(new.date)
            return self.oracle.act(actor, [(number, old, new)])

        self.attempt("edit", expected, lambda: self.ledger.edit(number, *postings(lines), **given, actor=actor))

    def void(self) -> None:
        number, actor = self.number(), self.actor()

        def expected() -> list[Change]:
            old = self.oracle.need_free(number)
            return self.oracle.act(actor, [(number, old, voided(old))])

        self.attempt("void", expected, lambda: self.ledger.void(number, actor=actor))

    def reverse(self) -> None:
        number, actor = self.number(), self.actor()
        day = None if self.choose.random() < 0.3 else self.day()

        def expected() -> list[Change]:
            old = self.oracle.entered.get(number)
            if old is None or old.voided or self.oracle.reversal(number) is not None:
                raise Refused
            on = max(TODAY, old.date) if day is None else day
            self.oracle.need_open(on)
            if on < old.date:
                raise Refused
            mirror = tuple(sorted((account, -units) for account, units in old.lines))
            return self.oracle.act(actor, [(self.next(), None, Entered(on, "reverse", mirror, number))])

        self.attempt("reverse", expected, lambda: self.ledger.reverse(number, date=day, memo="reverse", actor=actor))

    def step(self, name: str) -> None:
        """One to four steps back or forth of one actor."""
        actor = self.actor()
        for _ in range(self.choose.choice([1, 1, 1, 2, 4])):
            taking: Callable[..., Any] = getattr(self.ledger, name)
            wanted: list[Change] = []

            def expected() -> list[Change]:
                wanted[:] = getattr(self.oracle, name)(actor)  # noqa: B023
                return wanted  # noqa: B023

            done = self.attempt(name, expected, lambda: taking(actor=actor))  # noqa: B023
            if done is not None:
                assert list(done.transactions) == [number for number, _, _ in wanted]  # type: ignore[attr-defined]

    def close_period(self) -> None:
        year_end = date(self.base.year - 1, 12, 31)
        closing = self.choose.random() < 0.4
        day = year_end if closing else self.base - timedelta(days=self.choose.randint(30, 120))

        def expected() -> list[Change]:
            self.oracle.need_open(day)
            number, changes = None, []
            if closing:
                lines = self.closing_lines(day)
                number = self.next()
                changes = [(number, None, Entered(day, "close", lines))]
                self.oracle.write(changes)
            self.oracle.closed, self.oracle.closes[day] = day, number
            return changes

        self.attempt(
            "close", expected, lambda: self.ledger.close_period(day, closing_transaction=closing, memo="close")
        )

    def closing_lines(self, day: date) -> Lines:
        held = {one: sign_of(one) * self.oracle.balance(one, day) for one in CURRENCY}
        results = {one: units for one, units in held.items() if kind_of(one) in ("income", "expense") and units}
        if not results:
            raise Refused
        lines = [(one, -units) for one, units in results.items()]
        for code, name in RETAINED.items():
            total = sum(units for one, units in results.items() if CURRENCY[one] == code)
            lines += [(name, total)] if total else []
        return tuple(sorted(lines))

    def reopen_period(self) -> None:
        oracle = self.oracle
        around = oracle.closed or self.base
        first = around + timedelta(days=self.choose.randint(-40, 3))

        def expected() -> list[Change]:
            if oracle.closed is None or first > oracle.closed:
                raise Refused
            opened = [day for day in oracle.closes if day >= first]
            closings = [number for day in opened if (number := oracle.closes[day]) is not None]
            if any(oracle.reversal(number) is not None for number in closings):
                raise Refused
            changes: list[Change] = [
                (number, oracle.entered[number], voided(oracle.entered[number])) for number in closings
            ]
            oracle.write(changes)
            for day in opened:
                del oracle.closes[day]
            nothing_before = all(one.date >= first for one in oracle.entered.values())
            oracle.closed = None if not oracle.closes and nothing_before else first - timedelta(days=1)
            return changes

        self.attempt("reopen", expected, lambda: self.ledger.reopen_period(first, reason="a slip"))

    def nonsense(self) -> None:
        ledger, bank = self.ledger, "Assets:Bank"
        acts: list[Callable[[], object]] = [
            lambda: ledger.post("x", *postings(((bank, 5), ("Assets:Nowhere", -5)))),
            lambda: ledger.post("x", DraftPosting(bank, 0.5), DraftPosting("Assets:Cash", "-0.5")),
            lambda: ledger.post("x", DraftPosting(bank, "5"), DraftPosting("Assets:Dollars", "-5")),
            lambda: ledger.post("x", DraftPosting(bank, "5")),
            lambda: ledger.post("x", DraftPosting(bank, "0.001"), DraftPosting("Assets:Cash")),
            lambda: ledger.transfer(bank, bank, 5),
            lambda: ledger.transfer(bank, "Assets:Dollars", 5),
            lambda: ledger.transfer(bank, "Assets:Cash", -5),
            lambda: ledger.transfer({"user": 1}, bank, 0, create_missing=True),
            lambda: ledger.increase("Assets:Yen", "1.5"),
            lambda: ledger.edit(1, date="2026-02-30"),
            lambda: ledger.edit(1, DraftPosting(bank, "1"), DraftPosting("Assets:Cash", "1")),
            lambda: ledger.close_account(TILL) if ledger.balance(TILL) else ledger.undo(actor="nobody"),
            lambda: ledger.reopen_period(TODAY, reason=""),
            lambda: ledger.redo(actor="nobody"),
        ]
        self.attempt("nonsense", refuse, self.choose.choice(acts))


def refuse() -> list[Change]:
    raise Refused


def sums_of(lines: list[tuple[str, int]] | Lines) -> dict[str, int]:
    sums: dict[str, int] = {}
    for account, units in lines:
        sums[CURRENCY[account]] = sums.get(CURRENCY[account], 0) + units
    return sums


def converted(lines: Lines | None) -> Lines:
    """The lines with minus their sum in each currency on its conversion account; None is what must be refused."""
    if lines is None:
        raise Refused
    return tuple(sorted([*lines, *((CONVERSIONS[code], -units) for code, units in sums_of(lines).items() if units)]))


def postings(lines: Lines) -> Iterator[DraftPosting]:
    return (
        DraftPosting(account, text_of(units, account) if account in CURRENCY else str(units))
        for account, units in lines
    )


def opened(ledger: Ledger) -> Ledger:
    with ledger.write():
        for account, code in CURRENCY.items():
            ledger.open_account(account, kind_of(account), currency=code, minimum=0 if account == TILL else None)
    return ledger


def frozen() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(choose=st.randoms(use_true_random=False), acts=st.integers(1, 40))
def test_no_acts_in_any_order_make_a_book_wrong(choose: random.Random, acts: int) -> None:
    with opened(Ledger.in_memory("EUR", clock=frozen)) as ledger:
        clerk = Clerk(ledger, choose)
        for _ in range(acts):
            clerk.act()
        clerk.compare_everything()


def test_a_long_run_of_random_acts_leaves_the_book_as_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "random.ledger"
    with opened(Ledger.create(path, "EUR", clock=frozen)) as ledger:
        clerk = Clerk(ledger, random.Random(SEED))
        for step in range(1, ACTS + 1):
            clerk.act()
            if step % (ACTS // 4) == 0:
                clerk.compare_everything()
    with Ledger.open(path, clock=frozen) as again:
        clerk.ledger = again
        clerk.compare_everything()
    assert set(clerk.counts) == {
        *("post", "priced", "transfer", "batch", "edit", "void", "reverse", "undo", "redo", "close", "reopen"),
        "nonsense",
    }
    assert sum(clerk.counts.values()) // 10 < clerk.refused < sum(clerk.counts.values()) // 2
