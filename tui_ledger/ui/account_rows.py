"""How does the chart of accounts stand on the screen? A tree of rows, each with the sum of what lies beneath it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tui_ledger.ledger import Account, AccountType
from tui_ledger.money import Currency, Money
from tui_ledger.reports.tree import AccountNode, account_tree
from tui_ledger.ui.desk import Standing


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
        """1 for a name of one segment."""
        return self.name.count(":") + 1

    @property
    def leaf(self) -> str:
        """The last segment of the name."""
        return self.name.rpartition(":")[2]

    @property
    def is_zero(self) -> bool:
        """Whether nothing lies here or beneath."""
        return not any(self.totals)


def account_rows(
    standing: Standing,
    depth: int | None = None,
    folded: Collection[str] = (),
    *,
    hides_zero: bool = False,
    shows_closed: bool = False,
) -> list[AccountRow]:
    """The rows of the tree in the order of a statement, down to a depth and without what lies beneath `folded` names.

    Closed accounts that hold nothing are left out unless it `shows_closed`; with `hides_zero` whatever holds nothing,
    itself and beneath.
    """
    held = {account.id: ({account.currency: standing.balances.get(account.id, 0)},) for account in standing.accounts}
    rows: list[AccountRow] = []
    for kind in AccountType:
        own = [account for account in standing.accounts if account.type is kind]
        listed = [
            account
            for account in own
            if standing.balances.get(account.id) or not (hides_zero or (account.closed and not shows_closed))
        ]
        for node in account_tree(listed, held, 1, own):
            rows += _rows(node, kind, standing, depth, folded)
    return rows


def deepest(standing: Standing) -> int:
    """How many levels the tree has, at least 1."""
    return max((account.depth for account in standing.accounts), default=1)


def _rows(
    node: AccountNode, kind: AccountType, standing: Standing, depth: int | None, folded: Collection[str]
) -> Iterator[AccountRow]:
    is_parent = bool(node.beneath)
    hides = is_parent and (node.name in folded or node.depth == depth)
    yield AccountRow(node.name, kind, node.account, _totals(node, kind, standing), is_parent, hides)
    if not hides:
        for child in node.beneath:
            yield from _rows(child, kind, standing, depth, folded)


def _totals(node: AccountNode, kind: AccountType, standing: Standing) -> tuple[Money, ...]:
    """Sums in the accounts' own direction; a zero one only where there is nothing else."""
    sums: Mapping[Currency, int] = {currency: units for currency, units in node.total[0].items() if units}
    own = node.account.currency if node.account is not None else standing.currency
    ordered = sorted(sums, key=lambda currency: (currency != standing.currency, currency))
    return tuple(Money(kind.sign * sums[currency], currency) for currency in ordered) or (Money(0, own),)
