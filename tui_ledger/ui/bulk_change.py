"""What is changed in many transactions at once, and what does that move? Said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.errors import InvalidOptions, ReconciledPosting
from tui_ledger.ledger import AccountType, Ledger, PostingStatus
from tui_ledger.ledger.marking_acts import Moved
from tui_ledger.money import Money
from tui_ledger.ui.desk import Standing
from tui_ledger.words import N_, _, ngettext

VOID = N_("void")
MARKS = (N_("cleared"), N_("uncleared"), VOID)
ACCOUNTS_SHOWN = 4
_TOTALS = (
    (N_("Assets"), (AccountType.ASSET,)),
    (N_("Liabilities"), (AccountType.LIABILITY,)),
    (N_("Equity"), (AccountType.EQUITY,)),
    (N_("Result"), (AccountType.INCOME, AccountType.EXPENSE)),
)
MoneyText = Callable[[Money], str]


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is to become of some transactions. Either they are marked (one of `MARKS`), or edited: one undo step each.

    `recode` moves their postings from one account to another; the names are of accounts of the book.
    """

    payee: str | None = None
    day: date | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    recode: tuple[str, str] | None = None
    mark: str | None = None

    @property
    def edits(self) -> bool:
        return any((self.payee, self.day, self.add_tags, self.remove_tags, self.recode))

    @property
    def is_nothing(self) -> bool:
        return not self.edits and self.mark is None

    def check(self) -> None:
        """Raises InvalidOptions for nothing at all, and where it would be more than one step to undo."""
        if self.is_nothing:
            raise InvalidOptions(reason=N_("Fill in what is to change."))
        if self.edits and self.mark is not None:
            raise InvalidOptions(reason=N_("Marking is a step of its own: leave the other fields empty, or this one."))

    def done(
        self, ledger: Ledger, numbers: Sequence[int], postings: Sequence[tuple[int, int]] | None = None
    ) -> tuple[int, ...]:
        """Does it in one act and returns the transactions that changed; raises what the act raises.

        Marking cleared or uncleared is about `postings`, given as (number, line), or all of the transactions; what is
        reconciled stays.
        """
        self.check()
        if self.mark == VOID:
            return ledger.void_many(numbers)
        if self.mark is not None:
            return ledger.mark(self.mark, markable_postings(ledger, numbers, postings))
        return ledger.edit_many(
            numbers,
            payee=self.payee,
            date=self.day,
            add_tags=self.add_tags,
            remove_tags=self.remove_tags,
            recode=self.recode,
        )

    def in_words(self, count: str) -> str:
        """What was done, for `count` transactions."""
        if self.mark == VOID:
            return _("Voided {count}").format(count=count)
        if self.mark is not None:
            return _("Marked {count} {status}").format(count=count, status=_(self.mark))
        return _("Changed {count}").format(count=count)


@dataclass(frozen=True, slots=True)
class Total:
    """A total of the balance sheet or the result, before and after, in the book's currency and its own direction."""

    name: str
    before: Money
    after: Money


def markable_postings(
    ledger: Ledger, numbers: Iterable[int], postings: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """The postings of some transactions that can be marked, or of them those given; raises ReconciledPosting where
    every one of them is reconciled."""
    wanted = None if postings is None else set(postings)
    found = [
        (number, line)
        for number in numbers
        for line in ledger.transaction(number).postings
        if wanted is None or (number, line.line) in wanted
    ]
    open_ones = [(number, line.line) for number, line in found if line.status is not PostingStatus.RECONCILED]
    if found and not open_ones:
        raise ReconciledPosting(number=found[0][0], act=N_("marked"))
    return open_ones


def totals_moved(moved: Iterable[Moved], standing: Standing) -> list[Total]:
    """The totals of the balance sheet that change, and the result, in the book's currency."""
    changes = dict.fromkeys(AccountType, 0)
    for one in moved:
        account = standing.by_name.get(one.account)
        if account is not None and one.before.currency == standing.currency:
            changes[account.type] += one.after.units - one.before.units
    found = [_total(name, kinds, changes, standing) for name, kinds in _TOTALS]
    return [total for total in found if total.before != total.after]


def preview_lines(
    changed: int,
    chosen: int,
    moved: Sequence[Moved],
    standing: Standing,
    count: Callable[[int], str],
    figure: MoneyText,
) -> list[str]:
    """What a change does, in lines: how many transactions, which accounts, which totals."""
    part = ngettext("{n} of {total} transactions change", "{n} of {total} transactions change", changed)
    lines = [_all(count(chosen), chosen) if changed == chosen else part.format(n=count(changed), total=count(chosen))]
    if not moved:
        return [*lines, _("No balance is another one at the end.")]
    lines += [f"{one.account}  {figure(one.before)} → {figure(one.after)}" for one in moved[:ACCOUNTS_SHOWN]]
    if len(moved) > ACCOUNTS_SHOWN:
        lines.append(_("… and {count} more").format(count=count(len(moved) - ACCOUNTS_SHOWN)))
    totals = totals_moved(moved, standing)
    in_all = _("{total} in all")
    lines += [
        f"{in_all.format(total=_(total.name))}  {figure(total.before)} → {figure(total.after)}" for total in totals
    ]
    return lines if totals else [*lines, _("The balance sheet keeps its totals.")]


def _all(count: str, chosen: int) -> str:
    return ngettext("{n} transaction changes", "{n} transactions change", chosen).format(n=count)


def _total(name: str, kinds: Sequence[AccountType], changes: dict[AccountType, int], standing: Standing) -> Total:
    """The result is what income has over expenses."""
    directions = {kind: -1 if kind is AccountType.EXPENSE and len(kinds) > 1 else 1 for kind in kinds}
    before = sum(
        directions[account.type] * account.type.sign * standing.balances.get(account.id, 0)
        for account in standing.accounts
        if account.type in directions and account.currency == standing.currency
    )
    after = before + sum(direction * changes[kind] for kind, direction in directions.items())
    return Total(name, Money(before, standing.currency), Money(after, standing.currency))
