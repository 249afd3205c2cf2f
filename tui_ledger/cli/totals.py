"""What do accounts hold together with their sub-accounts?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money, units_to_text
from tui_ledger.reports.tree import tree_names
from tui_ledger.text import name_key, path_keys

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger

Totals = dict[str, dict[Currency, int]]
"""By what a name is compared by."""


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A line of the tree: an account, or a node that only holds others; totals in its own direction, which is that
    of credits with `is_credit`."""

    label: str
    depth: int
    totals: tuple[Money, ...]
    is_credit: bool = False


def subtree(ledger: Ledger, wanted: Sequence[str]) -> list[Account]:
    """The accounts named, each followed by its sub-accounts, or all. A name may be that of a node of the tree."""
    everything = ledger.accounts()
    if not wanted:
        return list(everything)
    found = [account for name in wanted for account in _one_subtree(ledger, everything, name)]
    return list(dict.fromkeys(found))


def tops(ledger: Ledger, wanted: Sequence[str]) -> list[str]:
    """The full names of the accounts and nodes asked for."""
    names = tree_names(ledger.accounts())
    return [names.get(name_key(name)) or ledger.account(name).name for name in wanted]


def listed_names(
    chosen: Sequence[Account], accounts: Sequence[Account], wanted: Sequence[str], depth: int | None
) -> list[str]:
    """The names a list shows, of all accounts there are: the nodes asked for, and the chosen accounts; what lies deeper
    than `depth` levels, counted from what was asked for, is stood for by the account or node above it."""
    names = tree_names(accounts)
    top_keys = frozenset(map(name_key, wanted))
    nodes = [key for name in wanted if (key := name_key(name)) in names and _is_node(key, chosen)]
    cut = [_cut(path_keys(account.name), top_keys, depth) for account in chosen]
    return [names[key] for key in dict.fromkeys([*nodes, *cut])]


def _cut(path: Sequence[str], top_keys: frozenset[str], depth: int | None) -> str:
    return path[: None if depth is None else _top(path, top_keys) - 1 + depth][-1]


def totals_below(
    accounts: Iterable[Account], held: Mapping[int, Money], own: Currency, target: Currency | None = None
) -> dict[str, dict[str, str]]:
    """By name of account or node: what it and its sub-accounts hold in its own direction, as decimal text by currency.

    `held` is debit-positive by account id, perhaps converted to `target`. Always there: that currency, else an
    account's own and a node's the book's (`own`); another where something is held in it.
    """
    every = list(accounts)
    names = tree_names(every)
    currencies = {name_key(account.name): account.currency for account in every}
    signs = _signs(every)
    found = {}
    for key, sums in _sums(every, held).items():
        kept = target or currencies.get(key, own)
        shown = {kept: sums.get(kept, 0)} | {currency: amount for currency, amount in sums.items() if amount}
        sign = signs[key.partition(":")[0]]
        found[names[key]] = {str(code): units_to_text(sign * amount, code.digits) for code, amount in shown.items()}
    return found


def tree_lines(
    chosen: Sequence[Account],
    accounts: Sequence[Account],
    held: Mapping[int, Money],
    depth: int | None,
    wanted: Sequence[str] = (),
) -> list[TreeLine]:
    """The chosen accounts as a tree, with the nodes above them that are no accounts; accounts that hold nothing and
    have nothing below them are left out. Where accounts were `wanted`, each tree begins at one of them, by its full
    name."""
    sums, names, signs = _sums(accounts, held), tree_names(accounts), _signs(accounts)
    top_keys = frozenset(map(name_key, wanted))
    lines, drawn = [], set[str]()
    for account in chosen:
        path = path_keys(account.name)
        top = _top(path, top_keys)
        for length, key in enumerate(path[top - 1 :], start=top):
            below = {currency: amount for currency, amount in sums.get(key, {}).items() if amount}
            if key in drawn or not below or (depth is not None and length - top >= depth):
                continue
            drawn.add(key)
            sign, name = signs[path[0]], names[key]
            totals = tuple(Money(sign * amount, currency) for currency, amount in sorted(below.items()))
            label = name if length == top else name.rpartition(":")[2]
            lines.append(TreeLine(label, length - top, totals, is_credit=sign < 0))
    return lines


def _signs(accounts: Iterable[Account]) -> dict[str, int]:
    """The direction of each outermost name."""
    return {path_keys(account.name)[0]: account.type.sign for account in accounts}


def _top(path: Sequence[str], top_keys: frozenset[str]) -> int:
    """How many segments the topmost line above an account has."""
    if not top_keys:
        return 1
    return next((length for length, key in enumerate(path[:-1], start=1) if key in top_keys), len(path))


def _is_node(key: str, chosen: Sequence[Account]) -> bool:
    """Whether a name is that of a node above one of the accounts."""
    return any(key in path_keys(account.name)[:-1] for account in chosen)


def _one_subtree(ledger: Ledger, everything: Sequence[Account], name: str) -> list[Account]:
    prefix = name_key(name) + ":"
    below = [account for account in everything if name_key(account.name).startswith(prefix)]
    if below and not any(name_key(account.name) == name_key(name) for account in everything):
        return below
    found = ledger.account(name)
    prefix = name_key(found.name) + ":"
    return [found, *(account for account in everything if name_key(account.name).startswith(prefix))]


def _sums(accounts: Iterable[Account], held: Mapping[int, Money]) -> Totals:
    sums: Totals = {}
    for account in accounts:
        money = held[account.id]
        for key in path_keys(account.name):
            below = sums.setdefault(key, {})
            below[money.currency] = below.get(money.currency, 0) + money.units
    return sums
