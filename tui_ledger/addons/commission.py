"""What does a party earn by those it invited? A hook that pays the inviter of whoever paid for a sale.

Turned on by the setting `commission` of a book, it is asked of every transaction within the write of it, and returns a
further draft that is written with it, and reversed and voided with it. It is also the worked example of a hook.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tui_ledger.addons.commission_terms import CommissionTerms, checked_terms, terms_of
from tui_ledger.errors import LedgerError, PostingRefused
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.following import Follower
from tui_ledger.ledger.history import content_digest
from tui_ledger.ledger.memo_templates import filled_memo
from tui_ledger.ledger.parties import Party
from tui_ledger.ledger.searching import ABSENT, value_at
from tui_ledger.ledger.values import Account, Draft, DraftPosting, Transaction
from tui_ledger.money import Currency, Money
from tui_ledger.text import TEXT_LIMIT

if TYPE_CHECKING:
    from tui_ledger.ledger.chart import Chart
    from tui_ledger.ledger.hooks import Before
    from tui_ledger.ledger.service import Ledger

TAG = "commission"
"""The tag of every commission, and the key of its extra data: who was paid for whom, the percent and the base."""


def check_setting(chart: Chart, value: object) -> None:
    """Refuses what cannot be the terms of commissions; raises InvalidSetting, UnknownAccount, InvalidMemoTemplate."""
    checked_terms(chart, value)


def renamed(value: object, old: str, new: str) -> dict[str, Any]:
    """The value once an account, or a node of the tree with all below it, has another name."""
    return terms_of(value).renamed(old, new).body()


def before_post_of(ledger: Ledger, value: object) -> Before:
    """The hook for one act of a ledger, by the value of the setting."""
    return Commissions(ledger, terms_of(value))


class Commissions:
    """Asked of each draft of one act: the commission that is written with it, or nothing."""

    def __init__(self, ledger: Ledger, terms: CommissionTerms) -> None:
        self._ledger = ledger
        self._terms = terms
        self._paid: set[str] = set()

    def __call__(self, draft: Draft) -> list[Draft] | None:
        """The commission for a sale, or what is taken back of it for a refund. A reversal takes its commission back by
        itself. Raises PostingRefused."""
        if draft.reverses is not None:
            return None
        try:
            return self._commissions(draft)
        except LedgerError as refusal:
            raise PostingRefused(f"The commission cannot be paid with it: {refusal}") from None

    def _commissions(self, draft: Draft) -> list[Draft] | None:
        lines = [_Line(line) for line in draft.postings if not line.conversion]
        parties = [line for line in lines if line.account.party is not None]
        base = self._base(lines) if parties else {}
        is_sale = any(units > 0 for units in base.values())
        if not base or not (is_sale or self._terms.refunds):
            return None
        found = self._payer(line.account.party for line in parties if (line.units > 0) == is_sale)
        if found is None:
            return None
        shares = {
            currency: commission_of(units, self._terms.percent)
            for currency, units in base.items()
            if (units > 0) == is_sale
        }
        shares = {currency: units for currency, units in shares.items() if units}
        if not shares:
            return None
        reference = self._reference(draft, is_sale=is_sale)
        return None if reference == _PAID else [self._draft(draft, found, base, shares, reference)]

    def _base(self, lines: Iterable[_Line]) -> dict[Currency, int]:
        """What was sold by currency, credits above zero, in minor units; nothing where it is zero."""
        found: dict[Currency, int] = {}
        for line in lines:
            if self._terms.is_base(line.account):
                found[line.account.currency] = found.get(line.account.currency, 0) - line.units
        return {currency: units for currency, units in found.items() if units}

    def _payer(self, keys: Iterable[str | None]) -> tuple[Party, Party] | None:
        """The first party, in the order of the postings, whose inviter may receive commissions, and that inviter."""
        for key in dict.fromkeys(key for key in keys if key is not None):
            payer = self._ledger.party(key)
            inviter = None if payer.referred_by is None else self._ledger.party(payer.referred_by)
            if inviter is not None and inviter.active and inviter.receives_commissions:
                return payer, inviter
        return None

    def _reference(self, draft: Draft, *, is_sale: bool) -> str | None:
        """What the commission of an order is found by; None where the draft names none, `_PAID` where it was paid.

        A commission that was reversed or voided leaves the order to be paid for again.
        """
        order = self._order(draft)
        if order is None:
            return None
        called = f"{TAG} {'' if is_sale else 'back '}{order}"
        called = called if len(called) <= TEXT_LIMIT - _ROOM else f"{TAG} {content_digest(called)}"
        for place in itertools.count(1):
            reference = called if place == 1 else f"{called} ({place})"
            known = [one for one in self._ledger.journal(reference=reference) if TAG in one.data]
            if reference in self._paid or any(map(self._is_in_force, known)):
                return _PAID
            if not known:
                self._paid.add(reference)
                return reference
        return None

    def _is_in_force(self, commission: Transaction) -> bool:
        """Whether it is neither void nor reversed; a reversal that was reversed itself took nothing back."""
        if commission.voided or commission.reversed_by is None:
            return not commission.voided
        return not self._is_in_force(self._ledger.transaction(commission.reversed_by))

    def _order(self, draft: Draft) -> str | None:
        """What the draft calls its order, where the terms say that is kept."""
        if self._terms.once is None:
            return None
        if self._terms.once == "reference":
            return draft.reference
        found = value_at(draft.data, self._terms.once.removeprefix("data."))
        return None if found is ABSENT or found in (None, "") else str(found)

    def _draft(
        self,
        draft: Draft,
        who: tuple[Party, Party],
        base: Mapping[Currency, int],
        shares: Mapping[Currency, int],
        reference: str | None,
    ) -> Follower:
        payer, inviter = who
        lines: list[DraftPosting] = []
        opens: list[AccountDraft] = []
        for currency, units in shares.items():
            for account, amount in ((self._expense(currency), units), (self._account(inviter, currency), -units)):
                opens += [account] if isinstance(account, AccountDraft) else []
                lines.append(DraftPosting(account.name, Money(amount, currency)))
        sold = {currency: Money(base[currency], currency) for currency in shares}
        return Follower(
            date=draft.date,
            memo=self._memo(draft, who, sold.values(), [Money(units, one) for one, units in shares.items()]),
            postings=tuple(lines),
            reference=reference,
            tags=(TAG,),
            data={
                TAG: {
                    "party": inviter.key,
                    "payer": payer.key,
                    "percent": written_percent(self._terms.percent),
                    "base": {str(currency): f"{money.amount:f}" for currency, money in sold.items()},
                }
            },
            opens=tuple(opens),
        )

    def _memo(self, draft: Draft, who: tuple[Party, Party], base: Iterable[Money], shares: Iterable[Money]) -> str:
        payer, inviter = who
        values = {
            "party": payer.name,
            "party.key": payer.key,
            "inviter": inviter.name,
            "inviter.key": inviter.key,
            "percent": written_percent(self._terms.percent),
            "base": ", ".join(map(str, base)),
            "amount": ", ".join(map(str, shares)),
            "date": None if draft.date is None else draft.date.isoformat(),
            "reference": draft.reference,
            "memo": draft.memo,
            "payee": draft.payee,
        }
        return filled_memo(self._terms.memo, values, draft.data)

    def _expense(self, currency: Currency) -> Account | AccountDraft:
        """What commissions are paid from in a currency; where nobody has its name, the account to be opened."""
        return self._terms.expense_account(self._ledger, currency)

    def _account(self, inviter: Party, currency: Currency) -> Account | AccountDraft:
        return self._ledger.account_meant_for(inviter, self._terms.purpose, str(currency))


def commission_of(base_units: int, percent: Decimal) -> int:
    """A percentage of a base in minor units, rounded half away from zero."""
    exact = Fraction(percent) * abs(base_units) / 100
    units = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return units if base_units >= 0 else -units


def written_percent(percent: Decimal) -> str:
    """A percentage without zeros behind its decimals: 10, 7.5."""
    text = format(percent, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Line:
    """A posting of a draft as hooks see it: its account, and its amount in debit-positive minor units."""

    __slots__ = ("account", "units")

    def __init__(self, posting: DraftPosting) -> None:
        if not isinstance(posting.account, Account) or not isinstance(posting.amount, Money):
            raise TypeError("hooks see drafts with their accounts and amounts resolved")
        self.account: Account = posting.account
        self.units: int = posting.amount.units


_PAID = "\0paid"
_ROOM = 20
