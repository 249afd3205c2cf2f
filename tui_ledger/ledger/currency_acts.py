"""The ledger's acts on currencies and prices, and what it answers about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from tui_ledger.dates import optional_date
from tui_ledger.errors import NoPrice
from tui_ledger.ledger import balances, cost_prices, currencies, finer_digits, prices, reading
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import AccountLike, Price
from tui_ledger.money import AmountLike, Currency, Money

if TYPE_CHECKING:
    from tui_ledger.ledger.cost_prices import CostPrices
    from tui_ledger.ledger.prices import Rates

_SHOWN_DIGITS = 28


class CurrencyActs(LedgerBasis):
    """Currencies are added and given more digits, prices are noted, amounts are converted at the prices of a day."""

    def currencies(self) -> tuple[Currency, ...]:
        """The currencies the book keeps, by code."""
        return currencies.read_currencies(self._database)

    def add_currency(
        self, code: str, digits: int | None = None, *, key: str | None = None, actor: str | None = None
    ) -> Currency:
        """A new currency, or anything countable; `digits` of its smallest unit are ISO 4217's unless given.

        Raises CurrencyExists, InvalidCurrency.
        """

        def run(act: Act) -> Currency:
            return currencies.add_currency(self._database, act, self._chart, code, digits)

        return self._perform("add-currency", [code, digits], key, actor, run, lambda _: self.currency_of(code))

    def set_digits(self, code: str, digits: int, *, key: str | None = None, actor: str | None = None) -> Currency:
        """Gives a currency more digits in the whole book, as one recorded act; nothing changes its worth.

        Not taken back by `undo`. Raises InvalidCurrency, DigitsOnlyRise, AmountTooLarge.
        """

        def run(act: Act) -> Currency:
            return finer_digits.raise_digits(self._database, act, self._chart, self._state(), code, digits)

        return self._perform("currency-digits", [code, digits], key, actor, run, lambda _: self.currency_of(code))

    def add_price(
        self,
        date: date | str,
        currency: str,
        in_currency: str,
        rate: AmountLike,
        *,
        key: str | None = None,
        actor: str | None = None,
    ) -> Price:
        """Notes that one unit of `currency` was worth `rate` of `in_currency` on a day, in place of an earlier note.

        Raises InvalidPrice, InvalidDate, InvalidCurrency, FloatAmount.
        """
        price = prices.checked_price(date, currency, in_currency, rate)

        def run(act: Act) -> Price:
            prices.write_price(self._database, act, self._chart, price)
            return price

        asked = [date, currency, in_currency, rate]
        return self._perform("add-price", asked, key, actor, run, lambda _: price)

    def remove_price(
        self,
        date: date | str,
        currency: str,
        in_currency: str,
        *,
        key: str | None = None,
        actor: str | None = None,
    ) -> None:
        """Takes the price of one day away; raises PriceNotFound."""
        price = prices.checked_price(date, currency, in_currency, 1)
        asked = [date, currency, in_currency]
        self._perform(
            "remove-price",
            asked,
            key,
            actor,
            lambda act: prices.delete_price(self._database, act, price),
            lambda _: None,
        )

    def prices(self, currency: str | None = None, in_currency: str | None = None) -> tuple[Price, ...]:
        """The prices noted of a currency, in one, or all; by currencies, then by day."""
        return prices.read_prices(self._database, currency, in_currency)

    def price(self, currency: str, in_currency: str, *, at: date | str | None = None) -> Decimal | None:
        """What one unit of a currency is worth in another at the end of a day (today unless given), to 28 figures.

        The last price on or before it: direct, else inverse, else through the book's currency; None without one.
        """
        rate = self._rates(at).rate(currency, in_currency)
        if rate is None:
            return None
        with localcontext(prec=_SHOWN_DIGITS):
            return Decimal(rate.numerator) / Decimal(rate.denominator)

    def convert(self, money: Money, currency: str, *, at: date | str | None = None) -> Money:
        """An amount in another currency at the prices of a day (today unless given), rounded half away from zero.

        Raises NoPrice, InvalidCurrency.
        """
        rates = self._rates(at)
        converted = rates.converted(money, self.currency_of(currency))
        if converted is None:
            raise NoPrice(currency=money.currency, in_currency=currency, date=rates.day)
        return converted

    def balance(self, account: AccountLike, *, at: date | str | None = None, currency: str | None = None) -> Money:
        """What an account holds at the end of a day, in its own direction, from the stored balance.

        Without a day every posting counts. Sub-accounts are not included. With a `currency` it is converted at the
        prices of the day (of today without one); raises NoPrice.
        """
        found, day = self.account(account), optional_date(at)
        units = balances.balance_units(self._database, found.id, None if day is None else day.isoformat())
        held = reading.own_direction(found, units)
        return held if currency is None else self.convert(held, currency, at=day)

    def converted_balances(self, currency: str, *, at: date | str | None = None) -> Mapping[int, Money | None]:
        """Every account's balance at the end of a day, by account id, debit-positive, each converted at that day's
        prices (today's without a day) and rounded by itself; None where there is no price: `balances` has it
        unconverted."""
        day, target = optional_date(at), self.currency_of(currency)
        with self._database.reading():
            units = balances.all_balances(self._database, None if day is None else day.isoformat())
            held = ((account.id, Money(units.get(account.id, 0), account.currency)) for account in self.accounts())
            return self._rates(day).all_converted(held, target)

    def rates(self, at: date | str | None = None, costs: CostPrices | None = None) -> Rates:
        """The prices of a day (today's without one), to convert many amounts with; with `costs` those count as prices
        of their days, behind what was noted of the same day."""
        return self._rates(at, costs)

    def cost_prices(self) -> CostPrices:
        """What transactions paid for currencies, by day; reads every posting of the book."""
        return cost_prices.read_cost_prices(self._database, self._current_chart(), self._state().currency)

    def _rates(self, at: date | str | None, costs: CostPrices | None = None) -> Rates:
        return prices.Rates(self._database, optional_date(at) or self.today, self._state().currency, costs)
