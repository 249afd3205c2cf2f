"""Of which type is an account in a journal? Its declaration says, or its name, as hledger decides it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.values import DeclaredAccount
from tui_ledger.ledger.values import AccountType
from tui_ledger.text import name_key
from tui_ledger.words import Said


class FoundType(NamedTuple):
    """An account's type, and whether it is cash (for the cash flow statement)."""

    type: AccountType
    cash: bool


_DECLARED = {
    "a": FoundType(AccountType.ASSET, cash=False),
    "asset": FoundType(AccountType.ASSET, cash=False),
    "c": FoundType(AccountType.ASSET, cash=True),
    "cash": FoundType(AccountType.ASSET, cash=True),
    "l": FoundType(AccountType.LIABILITY, cash=False),
    "liability": FoundType(AccountType.LIABILITY, cash=False),
    "e": FoundType(AccountType.EQUITY, cash=False),
    "equity": FoundType(AccountType.EQUITY, cash=False),
    "v": FoundType(AccountType.EQUITY, cash=False),
    "conversion": FoundType(AccountType.EQUITY, cash=False),
    "r": FoundType(AccountType.INCOME, cash=False),
    "revenue": FoundType(AccountType.INCOME, cash=False),
    "x": FoundType(AccountType.EXPENSE, cash=False),
    "expense": FoundType(AccountType.EXPENSE, cash=False),
}
_ROOTS = (
    (re.compile(r"assets?"), AccountType.ASSET),
    (re.compile(r"debts?|liabilit(y|ies)"), AccountType.LIABILITY),
    (re.compile(r"equity"), AccountType.EQUITY),
    (re.compile(r"(income|revenue)s?"), AccountType.INCOME),
    (re.compile(r"expenses?"), AccountType.EXPENSE),
)
_CASH = re.compile(r"cash|bank|che(ck|que?)(ing)?|savings?|currentcash")


def declared_type(text: str) -> tuple[AccountType, bool]:
    """The type and the cash mark a `type:` tag names; raises LineRefused."""
    found = _DECLARED.get(text.strip().lower())
    if found is None:
        raise LineRefused(
            Said(
                "{text} is no account type: write A, L, E, R, X, C (cash) or V (conversion), or Asset, "
                "Liability, Equity, Revenue, Expense, Cash or Conversion",
                text=quoted(text),
            )
        )
    return found


class AccountTypes:
    """The types the declarations of one file give, to accounts and all below them."""

    def __init__(self, declared: Iterable[DeclaredAccount]) -> None:
        self._declared = {
            name_key(account.name): FoundType(account.type, account.cash)
            for account in declared
            if account.type is not None
        }

    def declared(self, name: str) -> FoundType | None:
        """The type declared for an account or the nearest account above it."""
        return next((self._declared[key] for key in lineage(name_key(name)) if key in self._declared), None)

    def inferred(self, name: str) -> FoundType | None:
        """The type the first segment of an English name tells; assets at a bank, savings and the like are cash."""
        root, *below = name_key(name).split(":")
        for pattern, account_type in _ROOTS:
            if pattern.fullmatch(root):
                is_asset = account_type is AccountType.ASSET
                return FoundType(account_type, is_asset and any(map(_CASH.fullmatch, below)))
        return None


def lineage(key: str) -> Iterator[str]:
    """A name and the names above it, the nearest first."""
    while key:
        yield key
        key = key.rpartition(":")[0]
