"""What transactions paid for a currency is its price of the day, where that is asked for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tui_ledger.ledger import AccountType, DraftPosting, Ledger, credit, debit
from tui_ledger.ledger.values import WrittenPrice
from tui_ledger.money import Money

DOLLARS = "Assets:Dollars"


@pytest.fixture
def trading(book: Ledger) -> Ledger:
    """Dollars bought three times, twice on one day; pounds changed for dollars, of which neither is the book's."""
    book.open_account("Assets:Pounds", AccountType.ASSET, currency="GBP")
    buy(book, "2026-01-10", "100", "0.90", total=False)
    buy(book, "2026-02-10", "3", "1", total=True)
    buy(book, "2026-02-10", "7", "5", total=True)
    book.transfer(DOLLARS, "Assets:Pounds", 13, received=10, date="2026-03-05")
    return book


def buy(book: Ledger, day: str, dollars: str, price: str, *, total: bool) -> int:
    bought = DraftPosting(DOLLARS, dollars, price=WrittenPrice(Decimal(price), "EUR", total))
    return book.post("", bought, DraftPosting("Assets:Bank"), date=day).number


def rate(book: Ledger, currency: str, in_currency: str, at: str) -> Fraction | None:
    return book.rates(at, book.cost_prices()).rate(currency, in_currency)


@pytest.mark.parametrize(
    ("currency", "in_currency", "at", "expected"),
    [
        ("USD", "EUR", "2026-01-09", None),
        ("USD", "EUR", "2026-01-10", Fraction(9, 10)),
        ("USD", "EUR", "2026-02-09", Fraction(9, 10)),
        ("USD", "EUR", "2026-02-10", Fraction(5, 7)),
        ("EUR", "USD", "2026-12-31", Fraction(7, 5)),
        ("GBP", "USD", "2026-03-04", None),
        ("GBP", "USD", "2026-03-05", Fraction(13, 10)),
        ("GBP", "EUR", "2026-03-05", None),
    ],
)
def test_the_last_cost_on_or_before_the_day_is_exact(
    trading: Ledger, currency: str, in_currency: str, at: str, expected: Fraction | None
) -> None:
    assert rate(trading, currency, in_currency, at) == expected
    assert trading.rates(at).rate(currency, in_currency) is None


def test_a_noted_price_comes_before_a_cost_of_the_same_day_and_behind_a_later_one(trading: Ledger) -> None:
    for day, noted in (("2026-01-09", "0.50"), ("2026-02-10", "0.75")):
        trading.add_price(day, "USD", "EUR", noted)
    asked = ("2026-01-09", "2026-01-10", "2026-02-09", "2026-02-10", "2026-06-01")
    found = [rate(trading, "USD", "EUR", day) for day in asked]
    assert found == [Fraction(1, 2), Fraction(9, 10), Fraction(9, 10), Fraction(3, 4), Fraction(3, 4)]


def test_a_direct_cost_comes_before_a_later_inverse_price(trading: Ledger) -> None:
    trading.add_price("2026-05-01", "EUR", "USD", 2)
    assert rate(trading, "USD", "EUR", "2026-06-01") == Fraction(5, 7)


def test_a_voided_transaction_prices_nothing_and_an_edited_one_what_it_says_now(trading: Ledger) -> None:
    trading.void(3)
    assert rate(trading, "USD", "EUR", "2026-06-01") == Fraction(1, 3)
    trading.undo()
    assert rate(trading, "USD", "EUR", "2026-06-01") == Fraction(5, 7)
    trading.edit(3, date="2026-01-05")
    assert rate(trading, "USD", "EUR", "2026-01-09") == Fraction(5, 7)
    assert rate(trading, "USD", "EUR", "2026-06-01") == Fraction(1, 3)


def test_of_a_day_the_last_transaction_counts_however_late_it_was_posted(trading: Ledger) -> None:
    buy(trading, "2026-01-10", "4", "3", total=True)
    assert rate(trading, "USD", "EUR", "2026-01-31") == Fraction(3, 4)


def test_what_conversion_accounts_were_posted_at_is_a_price_of_the_pair(book: Ledger) -> None:
    for code in ("EUR", "USD"):
        book.open_account(f"Equity:Conversion:{code}", AccountType.EQUITY, currency=code)
    euros = debit("Assets:Bank", 80), credit("Equity:Conversion:EUR", 80)
    dollars = credit(DOLLARS, 90), debit("Equity:Conversion:USD", 90)
    book.post("Changed", *euros, *dollars, date="2026-04-01")
    assert rate(book, "USD", "EUR", "2026-04-01") == Fraction(8, 9)
    assert rate(book, "EUR", "USD", "2026-04-01") == Fraction(9, 8)


def test_what_was_given_away_or_came_in_on_both_sides_has_no_price(book: Ledger) -> None:
    for code in ("EUR", "USD"):
        book.open_account(f"Equity:Conversion:{code}", AccountType.EQUITY, currency=code)
    free = DraftPosting(DOLLARS, 10, price=WrittenPrice(Decimal(0), "EUR", total=False))
    book.post("A gift", free, credit("Equity:Dollars", 10), date="2026-04-01")
    euros = debit("Assets:Bank", 80), credit("Equity:Conversion:EUR", 80)
    dollars = debit(DOLLARS, 90), credit("Equity:Conversion:USD", 90)
    book.post("Both came in", *euros, *dollars, date="2026-04-02")
    assert rate(book, "USD", "EUR", "2026-06-01") is None


def test_a_cost_converts_to_the_last_minor_unit(trading: Ledger) -> None:
    at_cost = trading.rates("2026-02-10", trading.cost_prices())
    converted = at_cost.converted(Money(7, trading.currency_of("USD")), trading.currency)
    assert converted == Money(5, trading.currency)
