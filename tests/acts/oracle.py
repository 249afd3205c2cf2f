"""What should a book hold? Plain dictionaries that share no code with the package.

An account is known by its handle, the name it was first opened by, through every rename; lines name handles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

ACTORS = ("ada", "bob")
TILL = "Assets:Till"
EUROS = ("Assets:Bank", "Assets:Cash", "Liabilities:Card", "Equity:Opening", "Income:Sales", "Expenses:Rent", TILL)
FOREIGN = {"USD": ("Assets:Dollars", "Income:Dollars"), "JPY": ("Assets:Yen", "Equity:Yen")}
DIGITS = {"EUR": 2, "USD": 2, "JPY": 0}
CONVERSIONS = {code: f"Equity:Conversion:{code}" for code in DIGITS}
RETAINED = {code: "Equity:Retained earnings" + ("" if code == "EUR" else f":{code}") for code in DIGITS}
FIRST = {
    **dict.fromkeys(EUROS, "EUR"),
    **{name: code for code, names in FOREIGN.items() for name in names},
    **{name: code for names in (CONVERSIONS, RETAINED) for code, name in names.items()},
}
"""The accounts every book starts with and their currencies, in the order they are opened."""
ADJUSTMENTS = "Equity:Adjustments"
KEPT = frozenset({ADJUSTMENTS, *CONVERSIONS.values(), *RETAINED.values()})
"""Accounts the ledger finds by name: these are never renamed, closed or deleted here."""
KINDS = {"Assets": "asset", "Liabilities": "liability", "Equity": "equity", "Income": "income", "Expenses": "expense"}
LONGEST_NAME = 500

Lines = tuple[tuple[str, int], ...]
Value = TypeVar("Value")


class Refused(Exception):
    """The oracle's word for what the ledger must refuse."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A transaction as it should be: lines in debit-positive minor units, sorted."""

    date: date
    memo: str
    lines: Lines
    reverses: int | None = None
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An account as it should be: its row, its name of today, its last day if it is closed, one attribute."""

    row: int
    name: str
    closed: date | None = None
    shelf: str | None = None


@dataclass(frozen=True, slots=True)
class TransactionChange:
    number: int
    before: Entered | None
    after: Entered | None


@dataclass(frozen=True, slots=True)
class AccountChange:
    account: str
    before: Opened | None
    after: Opened | None


@dataclass(frozen=True, slots=True)
class SettingChange:
    name: str
    before: int | None
    after: int | None


Change = TransactionChange | AccountChange | SettingChange


def kind_of(account: str) -> str:
    return KINDS[account.partition(":")[0]]


def sign_of(account: str) -> int:
    return 1 if kind_of(account) in ("asset", "expense") else -1


def voided(entered: Entered) -> Entered:
    return replace(entered, lines=(), voided=True)


@dataclass
class Oracle:
    """What the book should hold: transactions, accounts, settings, undo stacks, closed days."""

    entered: dict[int, Entered] = field(default_factory=dict)
    accounts: dict[str, Opened] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    days: dict[str, dict[date, int]] = field(default_factory=dict)
    used: dict[str, set[int]] = field(default_factory=dict)
    done: dict[str, list[list[Change]]] = field(default_factory=lambda: {actor: [] for actor in ACTORS})
    undone: dict[str, list[list[Change]]] = field(default_factory=lambda: {actor: [] for actor in ACTORS})
    closed: date | None = None
    closes: dict[date, int | None] = field(default_factory=dict)
    mirrors: dict[int, set[int]] = field(default_factory=dict)
    written: list[Change] = field(default_factory=list)
    last_row: int = 0

    def __post_init__(self) -> None:
        for row, (handle, code) in enumerate([(ADJUSTMENTS, "EUR"), *FIRST.items()], 1):
            self.accounts[handle], self.currencies[handle], self.last_row = Opened(row, handle), code, row

    def balance(self, account: str, at: date) -> int:
        """What an account should hold at the end of a day, in its own direction."""
        return sign_of(account) * sum(units for day, units in self.days.get(account, {}).items() if day <= at)

    def name(self, account: str) -> str:
        """The account's name of today; one that nobody has where it was deleted."""
        held = self.accounts.get(account)
        return f"Deleted:{account}" if held is None else held.name

    def handles(self) -> dict[str, str]:
        """Each account's handle by its name of today."""
        return {held.name: handle for handle, held in self.accounts.items()}

    def next_number(self) -> int:
        return len(self.entered) + 1

    def next_row(self) -> int:
        """Where a new account goes: no row is ever given to a second account."""
        return self.last_row + 1

    def reversal(self, number: int) -> int | None:
        standing = [one for one in self.mirrors.get(number, ()) if not self.entered[one].voided]
        assert len(standing) < 2
        return standing[0] if standing else None

    def need_open(self, *days: date) -> None:
        """The days are in no closed period."""
        if self.closed is not None and min(days) <= self.closed:
            raise Refused

    def need_usable(self, lines: Lines) -> None:
        """The accounts take postings."""
        if any(account not in self.accounts or self.accounts[account].closed for account, _ in lines):
            raise Refused

    def need_free(self, number: int) -> Entered:
        """A transaction that may be corrected."""
        found = self.entered.get(number)
        if found is None or found.voided or self.reversal(number) is not None:
            raise Refused
        self.need_open(found.date)
        return found

    def need_name(self, name: str, kind: str, besides: Iterable[str]) -> None:
        """A name nobody has, with only accounts of its type beside it; `besides` are handles that do not count."""
        left_out = set(besides)
        others = [(handle, held) for handle, held in self.accounts.items() if handle not in left_out]
        root = name.partition(":")[0]
        taken = any(held.name == name for _, held in others)
        mixed = any(held.name.partition(":")[0] == root and kind_of(handle) != kind for handle, held in others)
        if taken or mixed or len(name) > LONGEST_NAME:
            raise Refused

    def below(self, node: str) -> list[str]:
        """The account of a name and all below it."""
        return [one for one, held in self.accounts.items() if f"{held.name}:".startswith(f"{node}:")]

    def act(self, actor: str, changes: list[Change]) -> list[Change]:
        """Writes an act of an actor, who can undo it."""
        self.write(changes)
        if changes:
            self.done[actor].append(changes)
            self.undone[actor].clear()
        return changes

    def write(self, changes: Iterable[Change]) -> None:
        """All or nothing."""
        with self._whole():
            for change in changes:
                self._put(change)

    def undo(self, actor: str) -> list[Change]:
        return self._step(self.done[actor], self.undone[actor], forwards=False)

    def redo(self, actor: str) -> list[Change]:
        return self._step(self.undone[actor], self.done[actor], forwards=True)

    def _step(self, taken: list[list[Change]], given_to: list[list[Change]], *, forwards: bool) -> list[Change]:
        if not taken:
            raise Refused
        act, wanted = taken[-1], []
        with self._whole():
            for change in act if forwards else reversed(act):
                left, goal = (change.before, change.after) if forwards else (change.after, change.before)
                wanted.append(self._target(change, left, goal))
                self._put(wanted[-1])
        given_to.append(taken.pop())
        return wanted

    def _target(self, change: Change, left: object, goal: object) -> Change:
        """The change that brings back what was; refused where something was built on it since."""
        if isinstance(change, TransactionChange):
            assert isinstance(left, Entered | None)
            assert isinstance(goal, Entered | None)
            return self._transaction_target(change.number, left, goal)
        if isinstance(change, SettingChange):
            if self.settings.get(change.name) != left:
                raise Refused
            return replace(change, before=left, after=goal)  # type: ignore[arg-type]
        assert isinstance(goal, Opened | None)
        if self.accounts.get(change.account) != left:
            raise Refused
        self._need_fitting(change.account, goal)
        return replace(change, before=left, after=goal)

    def _transaction_target(self, number: int, left: Entered | None, goal: Entered | None) -> TransactionChange:
        now = self.entered[number]
        if now != (voided(now) if left is None else left) or self.reversal(number) is not None:
            raise Refused
        goal = voided(now) if goal is None else goal
        self.need_open(now.date, goal.date)
        if not goal.voided:
            self.need_usable(goal.lines)
        if goal.reverses is not None and not goal.voided:
            original = self.entered[goal.reverses]
            mirrored = tuple(sorted((account, -units) for account, units in goal.lines))
            if self.reversal(goal.reverses) not in (None, number) or mirrored != original.lines:
                raise Refused
        return TransactionChange(number, now, goal)

    def _need_fitting(self, account: str, goal: Opened | None) -> None:
        """An account goes back only to a free place, and closes again only where nothing was posted since."""
        now = self.accounts.get(account)
        numbers = self.used.get(account, set())
        if goal is None:
            if numbers:
                raise Refused
            return
        if now is None and any(held.row == goal.row for held in self.accounts.values()):
            raise Refused
        self.need_name(goal.name, kind_of(account), [account])
        if now is not None and goal.closed and not now.closed and numbers:
            last = max(self.entered[number].date for number in numbers)
            if last > goal.closed or self.balance(account, date.max):
                raise Refused

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self.written.clear()
        try:
            yield
            self._keep_limits()
            self.last_row = max([self.last_row, *(held.row for held in self.accounts.values())])
        except Refused:
            for change in reversed(list(self.written)):
                self._put(replace(change, before=change.after, after=change.before))  # type: ignore[arg-type]
            raise

    def _keep_limits(self) -> None:
        """The till never falls below zero on any row; what is closed holds nothing."""
        changes = [change for change in self.written if isinstance(change, TransactionChange)]
        lines = [line for change in changes for one in (change.before, change.after) if one for line in one.lines]
        touched = {account for account, _ in lines}
        if TILL in touched:
            running = 0
            rows = ((self.entered[n].date, n, dict(self.entered[n].lines)[TILL]) for n in self.used.get(TILL, ()))
            for _, _, units in sorted(rows):
                running += units
                if running < 0:
                    raise Refused
        if any(self.accounts[one].closed and self.balance(one, date.max) for one in touched & self.accounts.keys()):
            raise Refused

    def _put(self, change: Change) -> None:
        self.written.append(change)
        if isinstance(change, TransactionChange):
            self._put_transaction(change.number, change.after)
        elif isinstance(change, AccountChange):
            _keep(self.accounts, change.account, change.after)
        else:
            _keep(self.settings, change.name, change.after)

    def _put_transaction(self, number: int, new: Entered | None) -> None:
        old = self.entered.pop(number, None)
        for one, direction in ((old, -1), (new, 1)):
            for account, units in one.lines if one else ():
                days = self.days.setdefault(account, {})
                days[one.date] = days.get(one.date, 0) + direction * units  # type: ignore[union-attr]
        for account, _ in old.lines if old else ():
            self.used[account].discard(number)
        if old is not None and old.reverses is not None:
            self.mirrors[old.reverses].discard(number)
        if new is None:
            return
        self.entered[number] = new
        if new.reverses is not None:
            self.mirrors.setdefault(new.reverses, set()).add(number)
        for account, _ in new.lines:
            self.used.setdefault(account, set()).add(number)

    def close(self, day: date, *, closing: bool) -> list[Change]:
        """Closes the days up to one, with a closing transaction or without."""
        self.need_open(day)
        number, changes = None, list[Change]()
        if closing:
            number = self.next_number()
            changes.append(TransactionChange(number, None, Entered(day, "close", self._closing_lines(day))))
            self.write(changes)
        self.closed, self.closes[day] = day, number
        return changes

    def _closing_lines(self, day: date) -> Lines:
        held = {one: sign_of(one) * self.balance(one, day) for one in self.accounts}
        results = {one: units for one, units in held.items() if kind_of(one) in ("income", "expense") and units}
        if not results:
            raise Refused
        self.need_usable(tuple(results.items()))
        lines = [(one, -units) for one, units in results.items()]
        for code, name in RETAINED.items():
            total = sum(units for one, units in results.items() if self.currencies[one] == code)
            lines += [(name, total)] if total else []
        return tuple(sorted(lines))

    def reopen(self, first: date) -> list[Change]:
        """Opens a day and all later ones; the closing transactions dated there are voided."""
        if self.closed is None or first > self.closed:
            raise Refused
        opened = [day for day in self.closes if day >= first]
        closings = [number for day in opened if (number := self.closes[day]) is not None]
        if any(self.reversal(number) is not None for number in closings):
            raise Refused
        changes: list[Change] = [
            TransactionChange(number, self.entered[number], voided(self.entered[number])) for number in closings
        ]
        self.write(changes)
        for day in opened:
            del self.closes[day]
        nothing_before = all(one.date >= first for one in self.entered.values())
        self.closed = None if not self.closes and nothing_before else first - timedelta(days=1)
        return changes

    def sums_of(self, lines: Iterable[tuple[str, int]]) -> Mapping[str, int]:
        """The sum of lines in each currency."""
        sums: dict[str, int] = {}
        for account, units in lines:
            sums[self.currencies[account]] = sums.get(self.currencies[account], 0) + units
        return sums

    def converted(self, lines: Lines | None) -> Lines:
        """The lines with minus their sum in each currency on its conversion account; None must be refused."""
        if lines is None:
            raise Refused
        needed = ((CONVERSIONS[code], -units) for code, units in self.sums_of(lines).items() if units)
        return tuple(sorted([*lines, *needed]))


def _keep(kept: dict[str, Value], key: str, value: Value | None) -> None:
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value
