from __future__ import annotations

from datetime import date
from decimal import Decimal

from tui_ledger.ledger.values import Posting, Transaction, WrittenPrice
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.ui.conversion_words import price_in_words, rates_in_words

EUR, USD, GBP = Currency("EUR", 2), Currency("USD", 2), Currency("GBP", 2)
ENGLISH, GERMAN = Formats("en_GB"), Formats("de_DE")


def posting(units: int, currency: Currency, price: WrittenPrice | None = None, *, conversion: bool = False) -> Posting:
    account = f"Equity:Conversion:{currency}" if conversion else f"Assets:{currency}"
    return Posting(account, Money(units, currency), Money(0, currency), 1, price=price, conversion=conversion)


def transaction(*postings: Posting) -> Transaction:
    return Transaction(1, date(2026, 7, 1), "", postings)


def test_a_price_is_said_at_its_posting_each_or_in_total() -> None:
    each = posting(10000, USD, WrittenPrice(Decimal("0.92"), "EUR", total=False))
    total = posting(10000, USD, WrittenPrice(Decimal("1092.50"), "EUR", total=True))
    assert price_in_words(each, ENGLISH) == "at 0.92 EUR"
    assert price_in_words(total, GERMAN) == "for 1.092,50 EUR"
    assert price_in_words(posting(10000, USD), ENGLISH) == ""
    assert price_in_words(posting(10000, EUR, WrittenPrice(Decimal(1), "EUR", total=False)), ENGLISH) == ""


def test_between_two_currencies_the_rate_follows_from_what_was_converted() -> None:
    conversions = posting(9200, EUR, conversion=True), posting(-10000, USD, conversion=True)
    price = WrittenPrice(Decimal(92), "EUR", total=True)
    priced = transaction(posting(10000, USD, price), posting(-9200, EUR), *conversions)
    assert rates_in_words(priced, GERMAN) == ["1 USD was 0,92 EUR"]
    without = transaction(posting(10000, USD), posting(-9200, EUR), *conversions)
    assert rates_in_words(without, ENGLISH) == ["1 EUR was 1.0869565 USD"]


def test_of_several_currencies_each_price_is_said() -> None:
    both = transaction(
        posting(10000, USD, WrittenPrice(Decimal("0.92"), "EUR", total=False)),
        posting(5000, GBP, WrittenPrice(Decimal("58.50"), "EUR", total=True)),
        posting(-15050, EUR),
        posting(-10000, USD, conversion=True),
        posting(-5000, GBP, conversion=True),
        posting(15050, EUR, conversion=True),
    )
    assert rates_in_words(both, ENGLISH) == ["1 USD was 0.92 EUR", "1 GBP was 1.17 EUR"]
