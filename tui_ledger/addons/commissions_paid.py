"""Which commissions stand, for an order and between a payer and an inviter? What a book and the act being written hold.

An order's commission is known by what only the program writes: its extra data, which say of which order it is, and that
it follows the transaction it was paid for. Its reference is where it is looked for first, so that no book is read
through; a transaction of somebody else's with that reference is passed over.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tui_ledger.addons.commission_terms import checked_percent
from tui_ledger.errors import LedgerError
from tui_ledger.ledger.following import FOLLOWS
from tui_ledger.ledger.history import content_digest
from tui_ledger.ledger.values import Transaction
from tui_ledger.money import Currency
from tui_ledger.text import TEXT_LIMIT

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

TAG = "commission"
"""The tag of every commission, and the key of its extra data: who was paid for whom, the percent and the base."""

_ROOM = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What an order is known by, 'reference' or 'data.KEY', and what it is called there, compared to the letter."""

    by: str
    called: str

    def body(self) -> dict[str, str]:
        """The order as the extra data of its commission have it."""
        return {"by": self.by, "is": self.called}

    def reference(self, *, is_sale: bool) -> str:
        """The reference its commission has, or what is taken back of it, unless somebody else has that."""
        kind = "" if self.by == "reference" else f"{self.by} "
        text = f"{TAG} {'' if is_sale else 'back '}{kind}{self.called}"
        return text if len(text) <= TEXT_LIMIT - _ROOM else f"{TAG} {content_digest(text)}"


@dataclass(frozen=True, slots=True)
class Paid:
    """A commission that stands, or what was taken back of one: the keys of who paid and who earned, the percent, and
    what the inviter got by currency in minor units, below zero where it was taken back."""

    payer: str
    inviter: str
    percent: Decimal
    units: Mapping[Currency, int]


class PaidCommissions:
    """The commissions of a book, and those of the act being written that it does not hold yet."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._through: int | None = None
        self._by_order: dict[tuple[Order, bool], list[Paid]] = {}
        self._between: dict[tuple[str, str], dict[Currency, int]] = {}
        self._references: set[str] = set()

    def of_order(self, order: Order, *, is_sale: bool) -> list[Paid]:
        """What stands of an order: its commissions, or what was taken back of them by refunds."""
        found = [self._paid(one) for one in self._of_order(order, is_sale=is_sale) if self._stands(one)]
        return [*found, *self._by_order.get((order, is_sale), ())]

    def between(self, payer: str, inviter: str) -> dict[Currency, int]:
        """By currency what an inviter got for what a payer spent, less what was taken back, in minor units."""
        total = dict(self._between.get((payer, inviter), {}))
        for one in self._ledger.followers_of_party(payer):
            paid = self._paid(one) if self._is_commission(one) else None
            if paid is not None and (paid.payer, paid.inviter) == (payer, inviter) and self._stands(one):
                total = sum_of([total, paid.units])
        return total

    def is_known(self, order: Order) -> bool:
        """Whether a commission was ever paid for an order, be it void or reversed by now."""
        return (order, True) in self._by_order or any(True for _ in self._of_order(order, is_sale=True))

    def note(self, order: Order | None, paid: Paid, *, is_sale: bool) -> str | None:
        """Remembers what the act being written pays or takes back; returns the reference it is found by."""
        pair = paid.payer, paid.inviter
        self._between[pair] = sum_of([self._between.get(pair, {}), paid.units])
        if order is None:
            return None
        self._by_order.setdefault((order, is_sale), []).append(paid)
        reference = next(
            text for text, holders in self._places(order, is_sale) if not holders and text not in self._references
        )
        self._references.add(reference)
        return reference

    def begin(self) -> None:
        """From here on what the act writes is known by `note`; to be called before the first."""
        if self._through is None:
            self._through = self._ledger.last_number

    def _of_order(self, order: Order, *, is_sale: bool) -> Iterator[Transaction]:
        for _text, holders in self._places(order, is_sale):
            if not holders:
                return
            for one in holders:
                # A commission that does not say of which order it is, is of that which its reference says.
                if self._is_commission(one) and one.data[TAG].get("order", order.body()) == order.body():
                    yield one

    def _places(self, order: Order, is_sale: bool) -> Iterator[tuple[str, list[Transaction]]]:
        """The references of an order in turn, each with the transactions the book had under it before the act."""
        text = order.reference(is_sale=is_sale)
        for place in itertools.count(1):
            reference = text if place == 1 else f"{text} ({place})"
            yield reference, [one for one in self._ledger.journal(reference=reference) if self._is_earlier(one)]

    def _is_earlier(self, one: Transaction) -> bool:
        return self._through is None or one.number <= self._through

    def _is_commission(self, one: Transaction) -> bool:
        """Whether the program wrote it along with what it was paid for; what somebody posted only says so."""
        source = one.data.get(FOLLOWS)
        if not self._is_earlier(one) or not isinstance(one.data.get(TAG), Mapping) or not isinstance(source, int):
            return False
        try:
            return any(one.number == follower.number for follower in self._ledger.followers(source))
        except LedgerError:
            return False

    def _stands(self, one: Transaction) -> bool:
        """Whether it is neither void nor reversed; a reversal that was reversed itself took nothing back."""
        if one.voided or one.reversed_by is None:
            return not one.voided
        return not self._stands(self._ledger.transaction(one.reversed_by))

    def _paid(self, one: Transaction) -> Paid:
        said = one.data[TAG]
        inviter, units = str(said.get("party")), dict[Currency, int]()
        for line in one.postings:
            if self._ledger.account(line.account).party == inviter:
                units = sum_of([units, {line.amount.currency: -line.amount.units}])
        return Paid(str(said.get("payer")), inviter, _percent(said.get("percent")), units)


def sum_of(parts: Iterable[Mapping[Currency, int]]) -> dict[Currency, int]:
    """Amounts by currency, added up."""
    total: dict[Currency, int] = {}
    for part in parts:
        for currency, units in part.items():
            total[currency] = total.get(currency, 0) + units
    return total


def _percent(said: object) -> Decimal:
    """The percentage a commission was paid at; nothing where somebody wrote another thing there."""
    try:
        return checked_percent(said)
    except LedgerError:
        return Decimal(0)
