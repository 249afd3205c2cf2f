"""Which accounts stand beneath which, and what do they add up to?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.text import name_key, path_keys

RESULT_TYPES = frozenset({AccountType.INCOME, AccountType.EXPENSE})

_TYPES = tuple(AccountType)

Held = Mapping[Currency, int]
"""Debit-positive minor units by currency."""

Amounts = tuple[Held, ...]
"""What is held in each column of a report."""


@dataclass(frozen=True, slots=True)
class AccountNode:
    """A name of the tree. `account` is None for an unopened parent; `total` is its own amounts and all beneath."""

    name: str
    account: Account | None
    own: Amounts
    total: Amounts
    beneath: tuple[AccountNode, ...]
    order: tuple[bool, str, str]

    @property
    def leaf(self) -> str:
        """The last segment of the name."""
        return self.name.rpartition(":")[2]

    @property
    def depth(self) -> int:
        """1 for a name of one segment."""
        return self.name.count(":") + 1

    @property
    def has_own(self) -> bool:
        """Whether anything is held by the account itself in any column."""
        return holds_anything(self.own)


def account_tree(
    listed: Iterable[Account], amounts: Mapping[int, Amounts], columns: int, accounts: Sequence[Account] = ()
) -> tuple[AccountNode, ...]:
    """The listed accounts and the parents above them, as trees; siblings by code, those without one by name.

    `accounts` names the parents that are open but not listed themselves.
    """
    listed = tuple(listed)
    opened = {name_key(account.name): account for account in (*accounts, *listed)}
    names = tree_names((*accounts, *listed))
    keys = {key for account in listed for key in path_keys(account.name)}
    beneath: dict[str, list[AccountNode]] = {}
    for key in sorted(keys, key=lambda key: key.count(":"), reverse=True):
        account = opened.get(key)
        own = amounts.get(account.id, ()) if account is not None else ()
        node = _node(names[key], account, own or ({},) * columns, beneath.pop(key, []))
        beneath.setdefault(key.rpartition(":")[0], []).append(node)
    return tuple(sorted(beneath.get("", []), key=lambda node: node.order))


def tree_names(accounts: Collection[Account]) -> dict[str, str]:
    """How each name of the tree is written, by what names are compared by: as the account was opened that has it, else
    as the first one beneath writes it. So `equity` and `Equity:Conversion` stand in one tree."""
    names = {name_key(account.name): account.name for account in accounts}
    for account in accounts:
        segments = account.name.split(":")
        for length, key in enumerate(path_keys(account.name), start=1):
            if key not in names:
                names[key] = ":".join(segments[:length])
    return names


def summed(several: Iterable[Amounts], columns: int) -> Amounts:
    """Amounts added column by column and currency by currency; currencies that come to zero are left out."""
    totals: tuple[dict[Currency, int], ...] = tuple({} for _ in range(columns))
    for amounts in several:
        for total, held in zip(totals, amounts, strict=True):
            for currency, units in held.items():
                total[currency] = total.get(currency, 0) + units
    return tuple({currency: units for currency, units in total.items() if units} for total in totals)


def holds_anything(amounts: Amounts) -> bool:
    """Whether any column holds something in any currency."""
    return any(units for held in amounts for units in held.values())


def negative(amounts: Amounts) -> Amounts:
    """Amounts with the other sign."""
    return tuple({currency: -units for currency, units in held.items()} for held in amounts)


def is_open(account: Account, day: date) -> bool:
    """Whether an account that was never closed is open by a day."""
    return account.closed is None and (account.opened is None or account.opened <= day)


def in_statement_order(accounts: Iterable[Account]) -> list[Account]:
    """Accounts without their tree: by type, then by code, those without one by name."""
    return sorted(
        accounts, key=lambda one: (_TYPES.index(one.type), one.code is None, one.code or "", name_key(one.name))
    )


def _node(name: str, account: Account | None, own: Amounts, beneath: list[AccountNode]) -> AccountNode:
    children = tuple(sorted(beneath, key=lambda node: node.order))
    total = summed([own, *(child.total for child in children)], len(own)) if children else own
    return AccountNode(name, account, own, total, children, _order(name, account, children))


def _order(name: str, account: Account | None, children: tuple[AccountNode, ...]) -> tuple[bool, str, str]:
    """Codes as texts, so that 10, 1010, 11 keep their groups; a parent without a code takes its first child's."""
    code = account.code if account is not None and account.code else None
    if code is None and children and not children[0].order[0]:
        code = children[0].order[1]
    return code is None, code or "", name_key(name)
