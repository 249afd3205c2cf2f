"""Which prices does a journal give for whole days? Those of its `P` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tui_ledger.importing.amounts import AmountReader
from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.journal_dates import JournalDates
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.written_amounts import leading_commodity
from tui_ledger.ledger.values import Price
from tui_ledger.words import Said

_LINE = re.compile(
    r"([0-9][0-9./-]*)[ \t]++"
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:[-+][0-9]{4})?[ \t]++)?"
    r"(.*)"
)


class MarketPrices:
    """The prices read so far, in the order of the file; of the prices of a currency on one day the last is kept.

    The time of a day is checked no further and not kept.
    """

    def __init__(self, amounts: AmountReader, commodities: Commodities, dates: JournalDates) -> None:
        self._amounts = amounts
        self._commodities = commodities
        self._dates = dates
        self._rates: dict[tuple[date, str, str], Decimal] = {}

    def __len__(self) -> int:
        return len(self._rates)

    def __iter__(self) -> Iterator[Price]:
        return (Price(day, currency, in_currency, rate) for (day, currency, in_currency), rate in self._rates.items())

    def read(self, line: int, text: str) -> None:
        """Takes `DATE [TIME] COMMODITY PRICE`; raises LineRefused."""
        found = _LINE.fullmatch(text)
        if found is None:
            raise LineRefused(Said("{text} is no price of a day: write `P 2026-01-31 EUR 1.10 USD`", text=quoted(text)))
        day = self._dates.day(found[1])
        commodity, rest = leading_commodity(found[2])
        currency = self._commodities.code(commodity)
        price, rest = self._amounts.read_price(rest, line)
        if rest:
            raise LineRefused(Said("{text} stands after the price: it cannot be read", text=quoted(rest)))
        if price.currency != currency:
            self._keep(day, currency, price.currency, price.number)
        elif price.number != 1:
            raise LineRefused(
                Said(
                    "the price of {currency} is written in {currency} itself: write it in another currency",
                    currency=currency,
                )
            )

    def _keep(self, day: date, currency: str, in_currency: str, rate: Decimal) -> None:
        if not rate:
            raise LineRefused(
                Said(
                    "the price of {currency} is zero: take the line out, since a price is greater than zero",
                    currency=currency,
                )
            )
        self._rates[day, currency, in_currency] = rate
