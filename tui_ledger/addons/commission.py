"""What does a party earn by those it invited? A hook that pays the inviter of whoever paid for a sale.

Turned on by the setting `commission` of a book, it is asked of every transaction within the write of it, and returns a
further draft that is written with it, and reversed and voided with it. It is also the worked example of a hook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tui_ledger.addons.commission_terms import BY_REFERENCE, CommissionTerms, checked_terms, terms_of
from tui_ledger.addons.commissions_paid import TAG, Order, Paid, PaidCommissions, sum_of
from tui_ledger.errors import LedgerError, PostingRefused
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.following import Follower
from tui_ledger.ledger.memo_templates import filled_memo
from tui_ledger.ledger.parties import Party
from tui_ledger.ledger.searching import text_at
from tui_ledger.ledger.values import Account, Draft, DraftPosting, Transaction
from tui_ledger.money import Currency, Money, rounded_units
from tui_ledger.words import Said

if TYPE_CHECKING:
    from tui_ledger.ledger.chart import Chart
    from tui_ledger.ledger.hooks import Before
    from tui_ledger.ledger.service import Ledger

_FIRST_ONES = 50


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
        self._paid = PaidCommissions(ledger)

    def __call__(self, draft: Draft) -> list[Draft] | None:
        """The commission for a sale, or what is taken back of it for a refund. A reversal takes its commission back by
        itself. Raises PostingRefused."""
        if draft.reverses is not None:
            return None
        try:
            return self._commissions(draft)
        except LedgerError as refusal:
            raise PostingRefused(Said("The commission cannot be paid with it: {refusal}", refusal=refusal)) from None

    def _commissions(self, draft: Draft) -> list[Draft] | None:
        lines = [_Line(line) for line in draft.postings if not line.conversion]
        parties = [line for line in lines if line.account.party is not None]
        base = self._base((line.account, line.units) for line in lines) if parties else {}
        is_sale = any(units > 0 for units in base.values())
        if not base or not (is_sale or self._terms.refunds):
            return None
        keys = [line.account.party for line in parties if (line.units > 0) == is_sale]
        self._paid.begin()
        order, counted = self._order(draft), {one: units for one, units in base.items() if (units > 0) == is_sale}
        owed = self._earned(keys, order, counted) if is_sale else self._taken_back(keys, order, counted)
        if owed is None:
            return None
        who = self._ledger.party(owed.payer), self._ledger.party(owed.inviter)
        reference = self._paid.note(order, owed, is_sale=is_sale)
        return [self._draft(draft, who, base, owed, order, reference)]

    def _earned(self, keys: Sequence[str | None], order: Order | None, base: Mapping[Currency, int]) -> Paid | None:
        """What a sale earns its payer's inviter; nothing for an order that was paid for.

        A commission that was reversed or voided leaves the order to be paid for again.
        """
        who, shares = self._payer(keys), _shares(base, self._terms.percent)
        if who is None or not shares or (order is not None and self._paid.of_order(order, is_sale=True)):
            return None
        return Paid(who[0].key, who[1].key, self._terms.percent, shares)

    def _taken_back(self, keys: Sequence[str | None], order: Order | None, base: Mapping[Currency, int]) -> Paid | None:
        """What a refund takes back, by currency no more than was paid and is not taken back yet: for the order it
        names, at the percent it was paid at, from who got it; where it names none, from the inviter of who is paid
        back, for all that one spent."""
        if order is not None and self._names_a_sale(order):
            paid, back = (self._paid.of_order(order, is_sale=is_sale) for is_sale in (True, False))
            if not paid or not self._ledger.party(paid[0].inviter).active:
                return None
            return _limited(paid[0], base, sum_of(one.units for one in [*paid, *back]))
        if order is not None and self._paid.of_order(order, is_sale=False):
            return None
        who = self._payer(keys)
        if who is None:
            return None
        payer, inviter = who[0].key, who[1].key
        return _limited(Paid(payer, inviter, self._terms.percent, {}), base, self._paid.between(payer, inviter))

    def _names_a_sale(self, order: Order) -> bool:
        """Whether a refund's name of an order is that of a sale; a reference may be the refund's own."""
        if order.by != BY_REFERENCE or self._paid.is_known(order):
            return True
        # A sale comes before its refunds.
        return any(self._is_sale(one) for one in self._ledger.journal(reference=order.called)[:_FIRST_ONES])

    def _is_sale(self, one: Transaction) -> bool:
        lines = ((self._ledger.account(line.account), line.amount.units) for line in one.postings)
        return one.reverses is None and any(units > 0 for units in self._base(lines).values())

    def _base(self, lines: Iterable[tuple[Account, int]]) -> dict[Currency, int]:
        """What was sold by currency, credits above zero, in minor units; nothing where it is zero."""
        found: dict[Currency, int] = {}
        for account, units in lines:
            if self._terms.is_base(account):
                found[account.currency] = found.get(account.currency, 0) - units
        return {currency: units for currency, units in found.items() if units}

    def _payer(self, keys: Iterable[str | None]) -> tuple[Party, Party] | None:
        """The first party, in the order of the postings, whose inviter may receive commissions, and that inviter."""
        for key in dict.fromkeys(key for key in keys if key is not None):
            payer = self._ledger.party(key)
            inviter = None if payer.referred_by is None else self._ledger.party(payer.referred_by)
            if inviter is not None and inviter.active and inviter.receives_commissions:
                return payer, inviter
        return None

    def _order(self, draft: Draft) -> Order | None:
        """What the draft calls its order, where the terms say by what that is known; to the letter, as references are
        compared, and what stands in extra data as text: 77 is "77"."""
        by = self._terms.once
        if by is None:
            return None
        called = draft.reference if by == BY_REFERENCE else text_at(draft.data, by.removeprefix("data."))
        return None if called in (None, "") else Order(by, str(called))

    def _draft(
        self,
        draft: Draft,
        who: tuple[Party, Party],
        base: Mapping[Currency, int],
        owed: Paid,
        order: Order | None,
        reference: str | None,
    ) -> Follower:
        payer, inviter = who
        lines: list[DraftPosting] = []
        opens: list[AccountDraft] = []
        for currency, units in owed.units.items():
            for account, amount in ((self._expense(currency), units), (self._account(inviter, currency), -units)):
                opens += [account] if isinstance(account, AccountDraft) else []
                lines.append(DraftPosting(account.name, Money(amount, currency)))
        sold = {currency: Money(base[currency], currency) for currency in owed.units}
        said: dict[str, Any] = {
            "party": inviter.key,
            "payer": payer.key,
            "percent": written_percent(owed.percent),
            "base": {str(currency): f"{money.amount:f}" for currency, money in sold.items()},
        }
        return Follower(
            date=draft.date,
            memo=self._memo(draft, who, owed, sold.values()),
            postings=tuple(lines),
            reference=reference,
            tags=(TAG,),
            data={TAG: said if order is None else {**said, "order": order.body()}},
            opens=tuple(opens),
        )

    def _memo(self, draft: Draft, who: tuple[Party, Party], owed: Paid, base: Iterable[Money]) -> str:
        payer, inviter = who
        shares = [Money(units, currency) for currency, units in owed.units.items()]
        values = {
            "party": payer.name,
            "party.key": payer.key,
            "inviter": inviter.name,
            "inviter.key": inviter.key,
            "percent": written_percent(owed.percent),
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
    return rounded_units(Fraction(percent) * base_units / 100)


def _shares(base: Mapping[Currency, int], percent: Decimal) -> dict[Currency, int]:
    """By currency the percentage of a base, where it is more than nothing."""
    shares = {currency: commission_of(units, percent) for currency, units in base.items()}
    return {currency: units for currency, units in shares.items() if units}


def _limited(paid: Paid, base: Mapping[Currency, int], left: Mapping[Currency, int]) -> Paid | None:
    """What a refund of a base (below zero) takes back at the percent of what was paid, and no more than is left."""
    wanted = _shares(base, paid.percent)
    units = {currency: -min(-share, max(left.get(currency, 0), 0)) for currency, share in wanted.items()}
    units = {currency: share for currency, share in units.items() if share}
    return Paid(paid.payer, paid.inviter, paid.percent, units) if units else None


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
