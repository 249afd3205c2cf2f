"""How does the chart of accounts stand on the screen? A tree of rows, each with the sum of what lies beneath it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tui_ledger.ledger import Account, AccountType
from tui_ledger.money import Currency, Money
from tui_ledger.ui.desk import Standing

_ORDER = {kind: place for place, kind in enumerate(AccountType)}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A node of the tree. `account` is None for a name that was never opened; `totals` hold what lies at and beneath
    it, a figure a currency in the account's own direction, the book's currency first. `hides` says whether rows beneath
    it are not shown."""

    name: str
    type: AccountType
    account: Account | None
    totals: tuple[Money, ...]
    is_parent: bool
    hides: bool

    @property
    def depth(self) -> int:
        return self.name.count(":") + 1

    @property
    def leaf(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def is_zero(self) -> bool:
        return not any(self.totals)


def account_rows(standing: Standing, depth: int | None = None, folded: Collection[str] = ()) -> list[AccountRow]:
    """The rows of the tree in the order of a statement, down to a depth and without what lies beneath `folded` names.

    Closed accounts that hold nothing are left out.
    """
    accounts = [account for account in standing.accounts if not account.closed or standing.balances.get(account.id)]
    totals = _totals(accounts, standing)
    parents = {name for account in accounts for name in _ancestors(account.name)}
    rows: dict[str, AccountRow] = {}
    for account in sorted(accounts, key=lambda account: (_ORDER[account.type], account.name.split(":"))):
        for name in (*_ancestors(account.name), account.name):
            if name not in rows and _is_shown(name, depth, folded):
                own = _own(totals[name], account, standing)
                hides = name in parents and (name in folded or name.count(":") + 1 == depth)
                rows[name] = AccountRow(name, account.type, standing.by_name.get(name), own, name in parents, hides)
    return list(rows.values())


def _is_shown(name: str, depth: int | None, folded: Collection[str]) -> bool:
    return (depth is None or name.count(":") < depth) and not any(above in folded for above in _ancestors(name))


def deepest(standing: Standing) -> int:
    """How many levels the tree has, at least 1."""
    return max((account.depth for account in standing.accounts), default=1)


def _ancestors(name: str) -> list[str]:
    segments = name.split(":")
    return [":".join(segments[:count]) for count in range(1, len(segments))]


def _totals(accounts: Sequence[Account], standing: Standing) -> dict[str, dict[Currency, int]]:
    totals: dict[str, dict[Currency, int]] = {}
    for account in accounts:
        units = standing.balances.get(account.id, 0)
        for name in (*_ancestors(account.name), account.name):
            held = totals.setdefault(name, {})
            held[account.currency] = held.get(account.currency, 0) + units
    return totals


def _own(held: dict[Currency, int], account: Account, standing: Standing) -> tuple[Money, ...]:
    """Sums in the account's own direction; zero ones only where there is nothing else."""
    kept = {currency: units for currency, units in held.items() if units} or dict([next(iter(held.items()))])
    ordered = sorted(kept, key=lambda currency: (currency != standing.currency, currency))
    return tuple(Money(account.type.sign * kept[currency], currency) for currency in ordered)
