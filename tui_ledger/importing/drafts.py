"""How does a transaction that was read become a draft of the book?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_ledger.importing.figures import TRILLIONTH_DIGITS
from tui_ledger.importing.values import ReadAmount, ReadPosting, ReadTransaction
from tui_ledger.importing.wanted_accounts import Use
from tui_ledger.ledger.values import Draft, DraftPosting, WrittenPrice
from tui_ledger.money import Currency, Money


class Drafting:
    """Makes drafts with the book's account names and each currency's own digits.

    `names` has the account in the book of each (account, currency) read, `digits_of` the digits of a code.
    """

    def __init__(self, names: Mapping[Use, str], digits_of: Callable[[str], int]) -> None:
        self._names = names
        self._digits_of = digits_of
        self._currencies: dict[str, tuple[Currency, int]] = {}

    def draft(self, transaction: ReadTransaction) -> Draft | None:
        """The draft, without its zero postings; None where nothing else is in it."""
        postings = tuple(
            self._posting(posting, posting.amount)
            for posting in transaction.postings
            if posting.amount is not None and posting.amount.trillionths
        )
        if not postings:
            return None
        return Draft(
            date=transaction.date,
            memo=transaction.memo,
            postings=postings,
            payee=transaction.payee,
            tags=transaction.tags,
            data=transaction.data,
        )

    def _posting(self, posting: ReadPosting, amount: ReadAmount) -> DraftPosting:
        name, price = self._names[posting.account, amount.currency], posting.price
        if price is None:
            return DraftPosting(name, self._money(amount), posting.memo, posting.status)
        written = WrittenPrice(price.number, price.currency, price.total)
        return DraftPosting(name, self._money(amount), posting.memo, posting.status, price=written)

    def _money(self, amount: ReadAmount) -> Money:
        known = self._currencies.get(amount.currency)
        if known is None:
            digits = self._digits_of(amount.currency)
            known = Currency(amount.currency, digits), 10 ** (TRILLIONTH_DIGITS - digits)
            self._currencies[amount.currency] = known
        currency, trillionths_per_unit = known
        return Money(amount.trillionths // trillionths_per_unit, currency)
