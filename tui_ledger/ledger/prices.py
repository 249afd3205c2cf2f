"""What was one unit of a currency worth on a day, and what is an amount worth in another currency?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tui_ledger.dates import parse_date
from tui_ledger.errors import InvalidAmount, InvalidPrice, LaterAct, PriceNotFound
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.cost_prices import CostPrices
from tui_ledger.ledger.currencies import fix_currency
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import Price, exact_decimal
from tui_ledger.money import AmountLike, Currency, Money, check_currency_code, rounded_units
from tui_ledger.words import N_, Said

RATE_DIGITS = 40

_RATE = "SELECT rate FROM prices WHERE currency = ? AND in_currency = ? AND date = ?"
_LAST = "SELECT date, rate FROM prices WHERE currency = ? AND in_currency = ? AND date <= ? ORDER BY date DESC LIMIT 1"
_WRITE = (
    "INSERT INTO prices (currency, in_currency, date, rate) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (currency, in_currency, date) DO UPDATE SET rate = excluded.rate"
)


def checked_price(day: date | str, currency: str, in_currency: str, rate: AmountLike) -> Price:
    """A price as it can be kept; raises InvalidPrice, InvalidDate, InvalidCurrency, FloatAmount."""
    codes = check_currency_code(currency), check_currency_code(in_currency)
    if codes[0] == codes[1]:
        raise InvalidPrice(
            text=str(rate)[:60],
            advice=Said(
                "{currency} is worth one {in_currency} on every day", currency=currency, in_currency=in_currency
            ),
        )
    return Price(parse_date(day), *codes, _checked_rate(rate))


def write_price(database: BookDatabase, act: Act, chart: Chart, price: Price) -> None:
    """Writes a price, in place of the one of the same day; its currencies are fixed where they are new."""
    for code in (price.currency, price.in_currency):
        fix_currency(database, act, chart, code)
    before = _read(database, price)
    database.execute(_WRITE, (*_key(price), format(price.rate, "f")))
    act.record(
        subject=subject_of(price), before=None if before is None else price_body(before), after=price_body(price)
    )


def write_prices(database: BookDatabase, act: Act, chart: Chart, prices: Iterable[Price]) -> None:
    """Writes many prices, of each day the last; those the book has already are left as they are."""
    last = {_key(price): price for price in prices}
    for price in last.values():
        known = checked_price(price.date, price.currency, price.in_currency, price.rate)
        if _read(database, known) != known:
            write_price(database, act, chart, known)


def delete_price(database: BookDatabase, act: Act, price: Price) -> None:
    """Takes the price of a day away; raises PriceNotFound."""
    found = _read(database, price)
    if found is None:
        raise PriceNotFound(currency=price.currency, in_currency=price.in_currency, date=price.date)
    database.execute("DELETE FROM prices WHERE currency = ? AND in_currency = ? AND date = ?", _key(price))
    act.record(subject=subject_of(price), before=price_body(found))


def restore_price(
    database: BookDatabase, act: Act, chart: Chart, current: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> None:
    """Writes a price as a body of the history has it, for undo and redo; raises LaterAct where it changed since."""
    body = current or wanted or {}
    price = _price_of_body(body)
    found = _read(database, price)
    if (None if found is None else price_body(found)) != current:
        raise LaterAct(
            what=Said("the price of {currency} on {date}", currency=price.currency, date=price.date),
            later=N_("a later change"),
        )
    if wanted is None:
        delete_price(database, act, price)
    else:
        write_price(database, act, chart, _price_of_body(wanted))


def read_prices(database: BookDatabase, currency: str | None, in_currency: str | None) -> tuple[Price, ...]:
    """The prices of a currency, or in one, or all; by currencies, then by day."""
    asked = {"currency": currency, "in_currency": in_currency}
    wanted = {column: code for column, code in asked.items() if code is not None}
    condition = " AND ".join([f"{column} = ?" for column in wanted]) or "1 = 1"
    rows = database.rows(
        f"SELECT date, currency, in_currency, rate FROM prices WHERE {condition} ORDER BY currency, in_currency, date",
        tuple(wanted.values()),
    )
    with database.decoding():
        return tuple(Price(date.fromisoformat(row[0]), row[1], row[2], Decimal(row[3])) for row in rows)


class Rates:
    """What currencies are worth in others at the end of one day; each rate is looked up once.

    The last price on or before the day, direct, else inverse, else through the book's currency. With `costs` what
    transactions paid counts too, behind a price noted of the same day.
    """

    def __init__(self, database: BookDatabase, day: date, book_currency: str, costs: CostPrices | None = None) -> None:
        self.day = day
        self._database = database
        self._book_currency = book_currency
        self._costs = costs
        self._known: dict[tuple[str, str], Fraction | None] = {}

    def rate(self, currency: str, in_currency: str) -> Fraction | None:
        """Exactly what one unit of a currency is worth in another; None without a price."""
        pair = str(currency), str(in_currency)
        if pair not in self._known:
            self._known[pair] = Fraction(1) if pair[0] == pair[1] else self._found(*pair)
        return self._known[pair]

    def converted(self, money: Money, currency: Currency) -> Money | None:
        """An amount in another currency, rounded half away from zero; None without a price. Zero needs none."""
        rate = Fraction(0) if money.units == 0 else self.rate(money.currency, currency)
        if rate is None:
            return None
        exact = money.units * rate * Fraction(10) ** (currency.digits - money.currency.digits)
        return Money(rounded_units(exact), currency)

    def all_converted(self, held: Iterable[tuple[int, Money]], currency: Currency) -> dict[int, Money | None]:
        """Each amount converted, by the row of its account."""
        return {row: self.converted(money, currency) for row, money in held}

    def _found(self, currency: str, in_currency: str) -> Fraction | None:
        straight = self._straight(currency, in_currency)
        if straight is not None or self._book_currency in (currency, in_currency):
            return straight
        first = self._straight(currency, self._book_currency)
        second = self._straight(self._book_currency, in_currency)
        return None if first is None or second is None else first * second

    def _straight(self, currency: str, in_currency: str) -> Fraction | None:
        direct = self._last(currency, in_currency)
        if direct is not None:
            return direct
        inverse = self._last(in_currency, currency)
        return None if inverse is None else 1 / inverse

    def _last(self, currency: str, in_currency: str) -> Fraction | None:
        day = self.day.isoformat()
        found = self._database.row(_LAST, (currency, in_currency, day))
        cost = None if self._costs is None else self._costs.last(currency, in_currency, day)
        if cost is not None and (found is None or found[0] < cost[0]):
            return cost[1]
        with self._database.decoding():
            return None if found is None else Fraction(found[1])


def price_body(price: Price) -> dict[str, Any]:
    """A price as the history keeps it."""
    return {
        "currency": price.currency,
        "in_currency": price.in_currency,
        "date": price.date.isoformat(),
        "rate": format(price.rate, "f"),
    }


def subject_of(price: Price) -> str:
    """What the history calls a price: its currencies and its day."""
    return f"price {price.currency} {price.in_currency} {price.date.isoformat()}"


def _key(price: Price) -> tuple[str, str, str]:
    return price.currency, price.in_currency, price.date.isoformat()


def _read(database: BookDatabase, price: Price) -> Price | None:
    found = database.value(_RATE, _key(price))
    with database.decoding():
        return None if found is None else Price(price.date, price.currency, price.in_currency, Decimal(found))


def _price_of_body(body: dict[str, Any]) -> Price:
    return Price(date.fromisoformat(body["date"]), body["currency"], body["in_currency"], Decimal(body["rate"]))


def _checked_rate(rate: AmountLike) -> Decimal:
    try:
        exact = exact_decimal(rate)
    except InvalidAmount as problem:
        if isinstance(problem, TypeError):
            raise
        advice = Said(
            "write digits with a point, such as 1.0842, at most {rate_digits} on each side", rate_digits=RATE_DIGITS
        )
        raise InvalidPrice(text=str(rate)[:60], advice=advice) from None
    if exact <= 0:
        raise InvalidPrice(text=str(rate)[:60], advice=N_("a price is greater than zero"))
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -RATE_DIGITS or exact.adjusted() >= RATE_DIGITS:
        raise InvalidPrice(
            text=f"{exact:.3E}",
            advice=Said("a price has at most {rate_digits} digits on each side", rate_digits=RATE_DIGITS),
        )
    return exact
