"""Which account is opened for attributes that nobody has yet? The first matching rule of the book's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import accounts
from tui_ledger.ledger.chart import parse_attributes
from tui_ledger.ledger.conversions import renamed_root
from tui_ledger.ledger.values import AccountLike, AccountType
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft

ACCOUNT_RULES = "account_rules"
DEFAULT_PARENT = "Liabilities:Accounts"


def attributes_of(account: AccountLike) -> dict[str, str] | None:
    """The attributes an account is asked for by, or None where it is asked for by name, code or row."""
    if isinstance(account, Mapping):
        return {str(name): str(value) for name, value in account.items()} or None
    if isinstance(account, str) and account.lstrip().startswith("{"):
        return parse_attributes(account)
    return None


def account_for(attributes: Mapping[str, str], rules: object) -> AccountDraft:
    """The account to open: type, parent and currency of the first rule whose `match` it has, by default a liability
    under Liabilities:Accounts in the book's currency.

    A rule is {"match": {name: value, ...}, "type": ..., "parent": ..., "currency": ...}. Raises InvalidSetting where
    the rules are none.
    """
    rule = rule_for(attributes, rules)
    name = ", ".join(f"{key} {value}" for key, value in attributes.items()).replace(":", "-")
    return accounts.AccountDraft(
        name=f"{rule.get('parent', DEFAULT_PARENT)}:{name}",
        type=rule.get("type", AccountType.LIABILITY),
        currency=rule.get("currency"),
        attributes=attributes,
    )


def rule_for(attributes: Mapping[str, str], rules: object, setting: str = ACCOUNT_RULES) -> Mapping[str, Any]:
    """The first rule of a setting whose `match` some attributes have, empty where there is none; raises
    InvalidSetting."""
    return next((one for one in checked_rules(rules, setting) if _matches(attributes, one.get("match", {}))), {})


def checked_rules(rules: object, setting: str = ACCOUNT_RULES) -> Iterable[Mapping[str, Any]]:
    """The rules of a setting, one by one; raises InvalidSetting where they are none."""
    listed: list[Any] = (
        list(rules) if isinstance(rules, Iterable) and not isinstance(rules, (str, Mapping)) else [rules]
    )
    for rule in listed:
        if not isinstance(rule, Mapping) or not isinstance(rule.get("match", {}), Mapping):
            advice = Said(
                '{setting} is a list of {{"match": {{...}}, "type": ..., "parent": ..., "currency": ...}}',
                setting=setting,
            )
            raise InvalidSetting(value=str(rule)[:60], what=N_("rule for opening accounts"), advice=advice)
    return listed


def renamed_rules(rules: object, moved: str, new: str) -> object:
    """Rules whose parents have their new names once what is called `moved`, with all beneath it, was renamed."""
    listed = [dict(rule) for rule in checked_rules(rules)]
    followed = [
        rule | {"parent": renamed_root(rule["parent"], moved, new)} if isinstance(rule.get("parent"), str) else rule
        for rule in listed
    ]
    return rules if followed == listed else followed


def _matches(attributes: Mapping[str, str], wanted: Mapping[str, Any]) -> bool:
    return all(attributes.get(str(name)) == str(value) for name, value in wanted.items())
