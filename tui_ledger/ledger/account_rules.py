"""Which account is opened for attributes that nobody has yet? The first matching rule of the book's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.chart import parse_attributes
from tui_ledger.ledger.values import AccountLike, AccountType

DEFAULT_PARENT = "Liabilities:Accounts"


def attributes_of(account: AccountLike) -> dict[str, str] | None:
    """The attributes an account is asked for by, or None where it is asked for by name, code or row."""
    if isinstance(account, Mapping):
        return {str(name): str(value) for name, value in account.items()} or None
    if isinstance(account, str) and account.lstrip().startswith("{"):
        return parse_attributes(account)
    return None


def account_for(attributes: Mapping[str, str], rules: Iterable[Mapping[str, Any]]) -> AccountDraft:
    """The account to open: type, parent and currency of the first rule whose `match` it has, by default a liability
    under Liabilities:Accounts in the book's currency.

    A rule is {"match": {name: value, ...}, "type": ..., "parent": ..., "currency": ...}.
    """
    rule = next((one for one in rules if _matches(attributes, one.get("match", {}))), {})
    name = ", ".join(f"{key} {value}" for key, value in attributes.items()).replace(":", "-")
    return AccountDraft(
        name=f"{rule.get('parent', DEFAULT_PARENT)}:{name}",
        type=rule.get("type", AccountType.LIABILITY),
        currency=rule.get("currency"),
        attributes=attributes,
    )


def _matches(attributes: Mapping[str, str], wanted: Mapping[str, Any]) -> bool:
    return all(attributes.get(str(name)) == str(value) for name, value in wanted.items())
