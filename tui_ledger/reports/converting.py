"""What is an amount worth in the currency of a report? Each day's prices are asked for once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.money import Currency, Money
from tui_ledger.reports.source import Conversion, MovementSource
from tui_ledger.reports.tree import Held

if TYPE_CHECKING:
    from tui_ledger.ledger.cost_prices import CostPrices


class Converting:
    """Into one currency, at the prices of any day; without a currency nothing is converted.

    With `from_costs` what transactions paid counts as prices of their days; it is read once, when it is needed first.
    """

    def __init__(self, source: MovementSource, currency: Currency | None, *, from_costs: bool = False) -> None:
        self._source = source
        self._currency = currency
        self._from_costs = from_costs
        self._costs: CostPrices | None = None
        self._rates: dict[date, Conversion] = {}

    def is_foreign(self, currency: Currency) -> bool:
        """Whether amounts in a currency are to be converted."""
        return self._currency is not None and currency != self._currency

    def held(self, units: int, currency: Currency, day: date | None) -> Held:
        """Minor units, converted at the prices of a day; as they are where nothing is to be, or has no price."""
        if self._currency is None or not self.is_foreign(currency) or not units or day is None:
            return {currency: units}
        converted = self._rates_of(day).converted(Money(units, currency), self._currency)
        return {currency: units} if converted is None else {self._currency: converted.units}

    def _rates_of(self, day: date) -> Conversion:
        if self._from_costs and self._costs is None:
            self._costs = self._source.cost_prices()
        if day not in self._rates:
            self._rates[day] = self._source.rates(day, self._costs)
        return self._rates[day]
