"""How does a transaction balance in several currencies? Through conversion accounts, where a price is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from tui_ledger.errors import PriceDoesNotFit, UnbalancedTransaction
from tui_ledger.ledger.values import WrittenPrice
from tui_ledger.money import Currency, units_to_decimal, units_to_text
from tui_ledger.text import name_key

CONVERSIONS = "conversions"
CONVERSION_ROOT = "Equity:Conversion"
DigitsOf = Callable[[str], int | None]
# Wide enough for any amount times any price: nothing is rounded, whatever context the caller has.
_EXACT = Context(prec=300)


class Amount(NamedTuple):
    """What a posting moves: minor units of its account's currency, and the price written at it, if any."""

    units: int
    currency: Currency
    price: WrittenPrice | None = None

    @property
    def cost(self) -> tuple[str, Decimal]:
        """What it is worth in the currency of its price (or its own): exact, signed as the posting.

        A price in the posting's own currency converts nothing.
        """
        own = units_to_decimal(self.units, self.currency.digits)
        if self.price is None or self.price.currency == self.currency:
            return str(self.currency), own
        if self.price.total:
            return self.price.currency, self.price.amount.copy_sign(own)
        return self.price.currency, _EXACT.multiply(self.price.amount, own)


def conversion_root(named: object) -> str:
    """Beneath which name the conversion accounts stand, by the value of the setting `conversions`."""
    return named if isinstance(named, str) else CONVERSION_ROOT


def renamed_root(root: str, moved: str, new: str) -> str:
    """That name after what is called `moved`, with all beneath it, was renamed."""
    if not f"{name_key(root)}:".startswith(f"{name_key(moved)}:"):
        return root
    return ":".join([new, *root.split(":")[moved.count(":") + 1 :]])


def conversion_units(amounts: Sequence[Amount], digits_of: DigitsOf) -> dict[Currency, int]:
    """What the conversion accounts must take, by currency: minus what the postings add up to; empty when they balance.

    Only a written price converts: raises UnbalancedTransaction where there is none, PriceDoesNotFit where the prices
    leave a minor unit or more for each priced posting.
    """
    sums: dict[Currency, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.units
    off = {currency: -total for currency, total in sums.items() if total != 0}
    if not off:
        return {}
    if not any(amount.price for amount in amounts):
        currency, total = next(iter(off.items()))
        raise UnbalancedTransaction(difference=units_to_text(abs(total), currency.digits), currency=currency)
    for code, difference in _unexplained(amounts, digits_of).items():
        raise PriceDoesNotFit(difference=f"{difference:f}", currency=code)
    return off


def remainder_at_cost(amounts: Sequence[Amount], currency: Currency, digits_of: DigitsOf) -> tuple[int, set[str]]:
    """What a left-out amount in a currency must be, rounded half away from zero, and the other currencies that are off
    by a minor unit or more for each priced posting."""
    own = _costs(amounts).get(str(currency), Decimal(0))
    with localcontext(_EXACT):
        units = int((-own).scaleb(currency.digits).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return units, _unexplained(amounts, digits_of).keys() - {str(currency)}


def _unexplained(amounts: Sequence[Amount], digits_of: DigitsOf) -> dict[str, Decimal]:
    """By currency what the written prices leave over, where it is a minor unit or more for each priced posting.

    In a currency nobody knows, whatever is left over.
    """
    found: dict[str, Decimal] = {}
    for code, total in _costs(amounts).items():
        digits = digits_of(code)
        priced = sum(amount.price is not None and amount.cost[0] == code != amount.currency for amount in amounts)
        difference = total.copy_abs()
        if difference and (digits is None or difference.scaleb(digits, _EXACT) >= priced):
            found[code] = difference
    return found


def _costs(amounts: Sequence[Amount]) -> dict[str, Decimal]:
    costs: dict[str, Decimal] = {}
    for amount in amounts:
        code, worth = amount.cost
        costs[code] = _EXACT.add(costs.get(code, Decimal(0)), worth)
    return costs
