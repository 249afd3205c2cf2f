"""On which terms are commissions paid? What the setting `commission` of a book says, checked when it is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import AccountTypeMismatch, InvalidAmount, InvalidSetting, UnknownAccount
from tui_ledger.ledger.accounts import AccountDraft, clean_name
from tui_ledger.ledger.addons import DEFAULT_COMMISSION_EXPENSE
from tui_ledger.ledger.chart import Chart, parse_attributes
from tui_ledger.ledger.memo_templates import memo_template
from tui_ledger.ledger.parties import checked_purpose
from tui_ledger.ledger.values import DEFAULT_PURPOSE, Account, AccountType, exact_decimal
from tui_ledger.money import Currency
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

DEFAULT_PERCENT = "10"
DEFAULT_EXPENSE = DEFAULT_COMMISSION_EXPENSE
DEFAULT_MEMO = "Commission of {percent} % on {base}"
BY_REFERENCE = "reference"
PLACEHOLDERS = (
    "party",
    "party.key",
    "inviter",
    "inviter.key",
    "percent",
    "base",
    "amount",
    "date",
    "reference",
    "memo",
    "payee",
)
"""What a memo of a commission may name: of the sale, who paid and who invited them, the percent, base and amount."""

_PERCENT_DECIMALS = 6


@dataclass(frozen=True)
class CommissionTerms:
    """`percent` of what is posted to the accounts of `base` (names with all beneath them, or attributes in braces),
    paid from `expense` to the inviter's account for `purpose`, once for each order as `once` finds it: 'reference',
    'data.KEY', or None for every time. With `refunds` a refund takes its part back."""

    base: tuple[str, ...]
    percent: Decimal = Decimal(DEFAULT_PERCENT)
    expense: str = DEFAULT_EXPENSE
    purpose: str = DEFAULT_PURPOSE
    memo: str = DEFAULT_MEMO
    once: str | None = BY_REFERENCE
    refunds: bool = True

    def body(self) -> dict[str, Any]:
        """The terms as the book keeps them."""
        return {
            "percent": format(self.percent, "f"),
            "base": list(self.base),
            "expense": self.expense,
            "purpose": self.purpose,
            "memo": self.memo,
            "once": self.once,
            "refunds": self.refunds,
        }

    def is_base(self, account: Account) -> bool:
        """Whether what is posted to an account is part of the base."""
        key = name_key(account.name)
        if any(key == name or key.startswith(f"{name}:") for name in self._names):
            return True
        own = account.attributes
        return any(all(own.get(name) == value for name, value in pairs.items()) for pairs in self._attributes)

    def renamed(self, old: str, new: str) -> CommissionTerms:
        """The terms once an account, or a node of the tree with all below it, has another name."""
        base = tuple(one if _is_attributes(one) else _followed(one, old, new) for one in self.base)
        return replace(self, base=base, expense=_followed(self.expense, old, new))

    def expense_account(self, ledger: Ledger, currency: Currency) -> Account | AccountDraft:
        """What commissions are paid from in a currency: the account of the terms, else the one beneath it with that
        currency's code; where it is missing, the one to be opened."""
        root = _account(ledger, self.expense)
        if currency == (ledger.currency if root is None else root.currency):
            name, found = self.expense, root
        else:
            name = f"{self.expense}:{currency}"
            found = _account(ledger, name)
        return found or AccountDraft(name, _type_beside(ledger.accounts(), name), currency=str(currency))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(name_key(one) for one in self.base if not _is_attributes(one))

    @cached_property
    def _attributes(self) -> tuple[dict[str, str], ...]:
        return tuple(parse_attributes(one) for one in self.base if _is_attributes(one))


def terms_of(value: object) -> CommissionTerms:
    """The terms that a value of the setting states; raises InvalidSetting, InvalidMemoTemplate, InvalidParty."""
    if not isinstance(value, Mapping):
        raise InvalidSetting(value=str(value)[:60], what=N_("terms of commissions"), advice=_SHAPE)
    unknown = sorted(map(str, value.keys() - CommissionTerms((), Decimal(0)).body().keys()))
    if unknown:
        raise InvalidSetting(value=unknown[0], what=N_("part of the terms of commissions"), advice=_SHAPE)
    memo = value.get("memo", DEFAULT_MEMO)
    memo_template(memo, PLACEHOLDERS)
    return CommissionTerms(
        base=checked_base(value.get("base")),
        percent=checked_percent(value.get("percent", DEFAULT_PERCENT)),
        expense=clean_name(value.get("expense", DEFAULT_EXPENSE)),
        purpose=checked_purpose(value.get("purpose", DEFAULT_PURPOSE)),
        memo=memo,
        once=checked_once(value.get("once", BY_REFERENCE)),
        refunds=_fact(value.get("refunds", True)),
    )


def checked_terms(chart: Chart, value: object) -> CommissionTerms:
    """The terms of a value, every account of which the chart has or can open; raises what `terms_of` raises, and
    UnknownAccount, AccountTypeMismatch."""
    terms = terms_of(value)
    for text in terms.base:
        if not _is_attributes(text) and chart.named(text) is None and not chart.below(text):
            raise InvalidSetting(value=chart.find(text).code, what=N_("name of an account"), advice=_NAME_IN_FULL)
    expense = _expense(chart, terms.expense)
    if expense is not None and (expense.placeholder or expense.closed is not None):
        raise InvalidSetting(value=expense.name, what=N_("account for commissions"), advice=N_("it takes no postings"))
    kind = _type_beside(chart.all(), terms.expense)
    if expense is None and kind is not AccountType.EXPENSE:
        root = terms.expense.partition(":")[0]
        raise AccountTypeMismatch(account=terms.expense, type="expense", relative=root, relative_type=kind.value)
    if expense is not None and terms.is_base(expense):
        advice = N_("what is paid from it would be sold on it: name another")
        raise InvalidSetting(value=terms.expense, what=N_("account for commissions"), advice=advice)
    return terms


def checked_percent(text: object) -> Decimal:
    """A percentage from 0 to 100, plainly written; raises InvalidSetting."""
    advice = Said(
        "write 0 to 100, with at most {percent_decimals} decimals, such as 10 or 7.5",
        percent_decimals=_PERCENT_DECIMALS,
    )
    try:
        percent = exact_decimal(text)
    except InvalidAmount:
        raise InvalidSetting(value=str(text)[:60], what=N_("percentage"), advice=advice) from None
    exponent = percent.normalize().as_tuple().exponent
    if not 0 <= percent <= 100 or not isinstance(exponent, int) or exponent < -_PERCENT_DECIMALS:
        raise InvalidSetting(value=str(text)[:60], what=N_("percentage"), advice=advice)
    return percent


def checked_base(given: object) -> tuple[str, ...]:
    """The accounts of a base, each once: names, or attributes in braces; raises InvalidSetting, InvalidName."""
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        advice = N_("name the accounts of what is sold, without tax and shipping, such as Income:Sales")
        raise InvalidSetting(value=str(given or "")[:60], what=N_("base of commissions"), advice=advice)
    found = []
    for one in given:
        if not isinstance(one, str):
            raise InvalidSetting(
                value=str(one)[:60], what=N_("account of the base"), advice=N_("give names or {key=value}")
            )
        if _is_attributes(one) and not parse_attributes(one):
            raise InvalidSetting(value=one, what=N_("account of the base"), advice=N_("give names or {key=value}"))
        found.append(one.strip() if _is_attributes(one) else clean_name(one))
    return tuple(dict.fromkeys(found))


def checked_once(given: object) -> str | None:
    """What one order is known by: 'reference', 'data.KEY', or None; raises InvalidSetting."""
    if given is None or given == BY_REFERENCE:
        return None if given is None else BY_REFERENCE
    if isinstance(given, str) and given.startswith("data.") and given[5:].strip():
        return given
    raise InvalidSetting(
        value=str(given)[:60], what=N_("name of an order"), advice=N_("use reference, data.KEY or always")
    )


def _fact(given: object) -> bool:
    if not isinstance(given, bool):
        raise InvalidSetting(value=str(given)[:60], what=N_("yes or no"), advice=N_("write true or false"))
    return given


def _expense(chart: Chart, text: str) -> Account | None:
    """What commissions are paid from; None where it is to be opened."""
    found = chart.named(text)
    if found is None:
        with contextlib.suppress(UnknownAccount):
            raise InvalidSetting(value=chart.find(text).code, what=N_("name of an account"), advice=_NAME_IN_FULL)
    return found


def _account(ledger: Ledger, name: str) -> Account | None:
    try:
        return ledger.account(name)
    except UnknownAccount:
        return None


def _followed(name: str, old: str, new: str) -> str:
    """A name once `old` is called `new`, with all below it."""
    if name_key(name) != name_key(old) and not name_key(name).startswith(f"{name_key(old)}:"):
        return name
    return ":".join([new, *name.split(":")[old.count(":") + 1 :]])


def _is_attributes(text: str) -> bool:
    return text.lstrip().startswith("{")


def _type_beside(accounts: Iterable[Account], name: str) -> AccountType:
    """The type of the accounts that begin with the same word, expense where there are none."""
    root = name_key(name).partition(":")[0]
    found = (account.type for account in accounts if name_key(account.name).partition(":")[0] == root)
    return next(found, AccountType.EXPENSE)


_SHAPE = N_("they have percent, base, expense, purpose, memo, once and refunds")
_NAME_IN_FULL = N_("it is a code; give the full name")
