"""What did transactions pay for a currency? Their costs as prices of their days, read only where they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from tui_ledger.ledger import book
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.conversions import CONVERSIONS, conversion_root
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.money import units_to_decimal

Pair = tuple[str, str]
Days = Mapping[str, Fraction]
"""By day, as the tables hold it, what one unit was worth."""


class CostPrices:
    """What currencies cost in others, by day: what the last transaction of a day paid."""

    def __init__(self, by_pair: Mapping[Pair, Days]) -> None:
        self._found = {pair: (sorted(days), days) for pair, days in by_pair.items()}

    def last(self, currency: str, in_currency: str, day: str) -> tuple[str, Fraction] | None:
        """The last day on or before a day on which one was paid for in the other, and exactly what; None without."""
        known, rates = self._found.get((currency, in_currency), ((), {}))
        place = bisect_right(known, day)
        return (known[place - 1], rates[known[place - 1]]) if place else None


def read_cost_prices(database: BookDatabase, chart: Chart, book_currency: str) -> CostPrices:
    """The costs of all transactions, in one reading of the postings.

    Those that write a price (`@`, `@@`) at a posting in another currency say so; another one that converts one currency
    into one other says what it comes to, in the book's currency if that is one of them, else in that of the later line.
    """
    found: dict[Pair, dict[str, Fraction]] = {}
    for _, lines in groupby(_lines(database, chart), key=lambda line: line.number):
        for line, pair, rate in _costs(list(lines), book_currency):
            if rate > 0:
                found.setdefault(pair, {})[line.date] = rate
    return CostPrices(found)


class _Line(NamedTuple):
    """A posting with a price or of a conversion; `amount` is debit-positive in whole units of its currency."""

    date: str
    number: int
    currency: str
    amount: Fraction
    price: Fraction | None
    price_currency: str | None
    is_total: bool

    @property
    def is_priced(self) -> bool:
        """Whether a price in another currency is written at it."""
        return self.price is not None and self.price_currency != self.currency


def _lines(database: BookDatabase, chart: Chart) -> Iterator[_Line]:
    """In the order of the transactions: by day, number, line. A voided transaction has no postings."""
    conversions = [account.id for account in chart.below(conversion_root(book.read_setting(database, CONVERSIONS)))]
    marks = ", ".join("?" for _ in conversions)
    of_conversions = f" OR account IN ({marks})" if conversions else ""
    rows = database.stream(
        "SELECT date, number, account, amount, price, price_currency, price_total FROM postings "
        f"WHERE price IS NOT NULL OR conversion = 1{of_conversions} ORDER BY date, number, line",
        conversions,
    )
    for day, number, row, units, price, price_currency, is_total in rows:
        currency = chart.by_id(row).currency
        with database.decoding():
            amount, paid = (
                Fraction(units_to_decimal(units, currency.digits)),
                None if price is None else Fraction(price),
            )
        yield _Line(day, number, str(currency), amount, paid, price_currency, bool(is_total))


def _costs(lines: list[_Line], book_currency: str) -> Iterator[tuple[_Line, Pair, Fraction]]:
    priced = [line for line in lines if line.is_priced]
    for line in priced:
        rate = (line.price or Fraction(0)) / (abs(line.amount) if line.is_total else 1)
        yield line, (line.currency, line.price_currency or ""), rate
    if not priced:
        yield from _converted(lines, book_currency)


def _converted(lines: Iterable[_Line], book_currency: str) -> Iterator[tuple[_Line, Pair, Fraction]]:
    """What one currency became another at, where a transaction converted two and one came in for the other."""
    of_currency: dict[str, _Line] = {}
    for line in lines:
        known = of_currency.get(line.currency)
        of_currency[line.currency] = line if known is None else known._replace(amount=known.amount + line.amount)
    both = sorted(of_currency.values(), key=lambda line: line.currency == book_currency)
    if len(both) == 2 and both[0].amount * both[1].amount < 0:
        paid, worth = both
        yield paid, (paid.currency, worth.currency), -worth.amount / paid.amount
