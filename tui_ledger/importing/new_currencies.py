"""How many digits do currencies get that neither the book nor ISO 4217 knows?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.figures import decimals_needed
from tui_ledger.importing.values import ReadPrice
from tui_ledger.ledger.values import Price
from tui_ledger.money import LARGEST_DIGITS
from tui_ledger.words import ngettext


class NewCurrencies:
    """The decimals a file shows, trailing zeros dropped.

    The most of any amount decide, total prices (`@@`) included. A currency met in other prices alone gets those of the
    prices written in it, and none where it is only priced itself. Never more than 12.
    """

    def __init__(self, commodities: Commodities) -> None:
        self._commodities = commodities
        self._of_amounts: dict[str, int] = {}
        self._of_prices: dict[str, int] = {}

    def add_amount(self, currency: str, trillionths: int) -> None:
        """An amount written at a posting, in a currency that is new."""
        self._of_amounts[currency] = max(self._of_amounts.get(currency, 0), decimals_needed(trillionths))

    def add_price(self, price: ReadPrice) -> None:
        """A price written at a posting."""
        if price.total:
            self._see(self._of_amounts, price.currency, _decimals(price.number))
        else:
            self._see(self._of_prices, price.currency, _decimals(price.number))

    def add_market_prices(self, prices: Iterable[Price]) -> None:
        for price in prices:
            self._see(self._of_prices, price.currency, 0)
            self._see(self._of_prices, price.in_currency, _decimals(price.rate))

    def digits(self) -> dict[str, int]:
        """By currency, those of amounts first."""
        return self._of_amounts | {code: digits for code, digits in self._of_prices.items() if self._in_prices(code)}

    def notes(self) -> list[str]:
        """How many digits each got, and from what."""
        return [self._note(code, digits) for code, digits in self.digits().items()]

    def _note(self, code: str, digits: int) -> str:
        said = (
            ngettext(
                "{currency}, met in prices alone, is kept with {n} decimal.",
                "{currency}, met in prices alone, is kept with {n} decimals.",
                digits,
            )
            if self._in_prices(code)
            else ngettext("{currency} is kept with {n} decimal.", "{currency} is kept with {n} decimals.", digits)
        )
        return said.format(currency=code, n=digits)

    def _in_prices(self, code: str) -> bool:
        """Whether a currency is met in prices alone."""
        return code not in self._of_amounts

    def _see(self, known: dict[str, int], currency: str, decimals: int) -> None:
        if self._commodities.fixed_digits(currency) is None:
            known[currency] = max(known.get(currency, 0), min(decimals, LARGEST_DIGITS))


def _decimals(number: Decimal) -> int:
    """How many decimals a number has, trailing zeros dropped."""
    _, _, decimals = f"{number:f}".partition(".")
    return len(decimals.rstrip("0"))
