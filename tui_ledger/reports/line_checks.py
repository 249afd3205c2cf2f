"""Does each stored balance that a report lists follow from the one before it? Compared as the lines are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tui_ledger.money import Money
from tui_ledger.reports.report import plain_figure
from tui_ledger.words import ngettext

MOST_NAMED = 10

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class WrongBalance:
    """A stored balance that is not the one before it with the amount: of an account after a transaction (None: at the
    end), and by how much it is above that, in the direction of its lines."""

    account: str
    transaction: int | None
    difference: Money

    def in_words(self, translate: Translate = str, show: Callable[[Money], str] = plain_figure) -> str:
        """A sentence that names account, transaction and difference."""
        if self.transaction is None:
            said = (
                translate("{account}: the closing balance is {difference} {currency} above what the lines come to.")
                if self.difference.units > 0
                else translate(
                    "{account}: the closing balance is {difference} {currency} below what the lines come to."
                )
            )
        else:
            said = (
                translate(
                    "{account}, transaction {number}: the stored balance is {difference} {currency} above the one "
                    "before it with the amount."
                )
                if self.difference.units > 0
                else translate(
                    "{account}, transaction {number}: the stored balance is {difference} {currency} below the one "
                    "before it with the amount."
                )
            )
        difference = abs(self.difference)
        currency = self.difference.currency
        return said.format(
            account=self.account, number=self.transaction, difference=show(difference), currency=currency
        )


@dataclass(slots=True)
class LineChecks:
    """What was found in the lines read so far: how many differ, and the first few of them."""

    count: int = 0
    named: list[WrongBalance] = field(default_factory=list)

    def add(self, wrong: WrongBalance) -> None:
        self.count += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(wrong)

    def join(self, other: LineChecks | None) -> None:
        """Takes in what was found in the lines of another block."""
        if other is not None:
            self.count += other.count
            self.named += other.named[: MOST_NAMED - len(self.named)]

    def in_words(self, translate: Translate = str, show: Callable[[Money], str] = plain_figure) -> Iterator[str]:
        """What to do, and a sentence each; nothing where every balance follows."""
        if self.count:
            yield translate("WRONG STORED BALANCES: run `tui-ledger verify`.")
        yield from (wrong.in_words(translate, show) for wrong in self.named)
        more = self.count - len(self.named)
        if more:
            yield ngettext("{n} more line differs.", "{n} more lines differ.", more).format(n=more)

    def as_json(self) -> list[dict[str, object]]:
        """As JSON values."""
        differences = [
            {
                "account": wrong.account,
                "transaction": wrong.transaction,
                "difference": plain_figure(wrong.difference),
                "currency": str(wrong.difference.currency),
            }
            for wrong in self.named
        ]
        return [
            {
                "name": "balances-line-by-line",
                "passed": not self.count,
                "lines_that_differ": self.count,
                "differences": differences,
            }
        ]


class Trail:
    """The stored balances of an account from an opening one on, line after line."""

    def __init__(self, account: str, opening: Money, checks: LineChecks) -> None:
        self._account = account
        self._held = opening
        self._checks = checks

    def follow(self, transaction: int, change: Money, balance: Money) -> None:
        """The next line: what it adds, and the balance that is stored behind it."""
        # Asked of every posting of a book: units are compared, and amounts made only of what differs.
        if balance.units != self._held.units + change.units:
            _compare(Step(self._account, transaction, change, balance), self._held, self._checks)
        self._held = balance

    def end(self) -> None:
        """There is no further line; each was compared as it came."""


class TrailBack(Trail):
    """The same from the newest line back to an opening balance: a line is compared when the one before it is there."""

    def __init__(self, account: str, opening: Money, checks: LineChecks) -> None:
        super().__init__(account, opening, checks)
        self._later: Step | None = None

    def follow(self, transaction: int, change: Money, balance: Money) -> None:
        if self._later is not None:
            _compare(self._later, balance, self._checks)
        self._later = Step(self._account, transaction, change, balance)

    def end(self) -> None:
        """The oldest line, which has to follow from the opening balance."""
        if self._later is not None:
            _compare(self._later, self._held, self._checks)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of an account: what it adds, and the balance that is stored behind it."""

    account: str
    transaction: int
    change: Money
    balance: Money


def wrong_among(steps: Sequence[Step], opening: Mapping[str, Money] | None = None) -> list[WrongBalance]:
    """Those of some lines that stand one behind the other, from the oldest on; what the first of an account has to
    follow from is known only where `opening` says it."""
    found = LineChecks()
    trails = {account: Trail(account, held, found) for account, held in (opening or {}).items()}
    for step in steps:
        trail = trails.get(step.account)
        if trail is None:
            trails[step.account] = Trail(step.account, step.balance, found)
        else:
            trail.follow(step.transaction, step.change, step.balance)
    return found.named


def _compare(step: Step, before: Money, checks: LineChecks) -> None:
    """Whether a balance is the one before it with the amount."""
    difference = step.balance - step.change - before
    if difference:
        checks.add(WrongBalance(step.account, step.transaction, difference))


@dataclass(slots=True)
class PageChecks:
    """What was found in the pages read so far, each wrong balance once however often its page is read."""

    _found: dict[WrongBalance, None] = field(default_factory=dict)

    def add(self, wrong: Iterable[WrongBalance]) -> None:
        self._found.update(dict.fromkeys(wrong))

    def checks(self) -> LineChecks:
        """All of it."""
        checks = LineChecks()
        for wrong in self._found:
            checks.add(wrong)
        return checks
