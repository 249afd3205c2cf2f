"""What do accounts hold together with their sub-accounts?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money, units_to_text
from tui_ledger.text import name_key

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger

Totals = dict[str, dict[Currency, int]]


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A line of the tree: an account, or a node that only holds others; totals in its own direction."""

    label: str
    depth: int
    totals: tuple[Money, ...]


def subtree(ledger: Ledger, wanted: Sequence[str]) -> list[Account]:
    """The accounts named, each followed by its sub-accounts, or all. A name may be that of a node of the tree."""
    everything = ledger.accounts()
    if not wanted:
        return list(everything)
    found = [account for name in wanted for account in _one_subtree(ledger, everything, name)]
    return list(dict.fromkeys(found))


def tops(ledger: Ledger, wanted: Sequence[str]) -> list[str]:
    """The full names of the accounts and nodes asked for."""
    everything = ledger.accounts()
    return [(_node_named(name, everything) or [ledger.account(name).name])[0] for name in wanted]


def listed_names(chosen: Sequence[Account], wanted: Sequence[str], depth: int | None) -> list[str]:
    """The names a list shows: the nodes asked for, and the accounts; what lies deeper than `depth` levels, counted
    from what was asked for, is stood for by the account or node above it."""
    nodes = [node for name in wanted for node in _node_named(name, chosen)]
    top_keys = frozenset(map(name_key, wanted))
    cut = [_cut(account.name.split(":"), top_keys, depth) for account in chosen]
    return list(dict.fromkeys([*nodes, *cut]))


def _cut(parts: Sequence[str], top_keys: frozenset[str], depth: int | None) -> str:
    return ":".join(parts[: None if depth is None else _top(parts, top_keys) - 1 + depth])


def totals_below(
    accounts: Iterable[Account], held: Mapping[int, Money], own: Currency, target: Currency | None = None
) -> dict[str, dict[str, str]]:
    """By name of account or node: what it and its sub-accounts hold in its own direction, as decimal text by currency.

    `held` is debit-positive by account id, perhaps converted to `target`. Always there: that currency, else an
    account's own and a node's the book's (`own`); another where something is held in it.
    """
    every = list(accounts)
    currencies = {account.name: account.currency for account in every}
    signs = {account.name.partition(":")[0]: account.type.sign for account in every}
    found = {}
    for name, sums in _sums(every, held).items():
        kept = target or currencies.get(name, own)
        shown = {kept: sums.get(kept, 0)} | {currency: amount for currency, amount in sums.items() if amount}
        sign = signs[name.partition(":")[0]]
        found[name] = {str(code): units_to_text(sign * amount, code.digits) for code, amount in shown.items()}
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
    sums = _sums(accounts, held)
    signs = {name_key(account.name.partition(":")[0]): account.type.sign for account in accounts}
    top_keys = frozenset(map(name_key, wanted))
    lines, drawn = [], set[str]()
    for account in chosen:
        parts = account.name.split(":")
        top = _top(parts, top_keys)
        for length in range(top, len(parts) + 1):
            name = ":".join(parts[:length])
            below = {currency: amount for currency, amount in sums.get(name, {}).items() if amount}
            if name in drawn or not below or (depth is not None and length - top >= depth):
                continue
            drawn.add(name)
            sign = signs[name_key(parts[0])]
            totals = tuple(Money(sign * amount, currency) for currency, amount in sorted(below.items()))
            label = name if length == top else parts[length - 1]
            lines.append(TreeLine(label, length - top, totals))
    return lines


def _top(parts: Sequence[str], top_keys: frozenset[str]) -> int:
    """How many segments the topmost line above an account has."""
    if not top_keys:
        return 1
    lengths = range(1, len(parts))
    return next((length for length in lengths if name_key(":".join(parts[:length])) in top_keys), len(parts))


def _node_named(name: str, chosen: Sequence[Account]) -> list[str]:
    """The name as the tree writes it, when it is that of a node above one of the accounts."""
    key = name_key(name)
    length = name.count(":") + 1
    for account in chosen:
        above = ":".join(account.name.split(":")[:length])
        if account.depth > length and name_key(above) == key:
            return [above]
    return []


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
        parts, money = account.name.split(":"), held[account.id]
        for length in range(1, len(parts) + 1):
            below = sums.setdefault(":".join(parts[:length]), {})
            below[money.currency] = below.get(money.currency, 0) + money.units
    return sums
