"""Prices and what they convert: the last on or before the day, direct, inverse, or through the book's currency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import InvalidCurrency, InvalidDate, InvalidPrice, LaterAct, LedgerError, NoPrice, PriceNotFound
from tui_ledger.ledger import Ledger, Price, credit, debit
from tui_ledger.money import Money

DAY = date(2026, 3, 1)
DOLLARS = "Assets:Dollars"


@pytest.fixture
def priced(book: Ledger) -> Ledger:
    """1 USD was 0.90 EUR from January, 0.80 from March; 1 GBP 1.20 EUR; 150 JPY were a dollar."""
    with book.write():
        for day, rate in (("2026-01-01", "0.90"), ("2026-03-01", "0.80")):
            book.add_price(day, "USD", "EUR", rate)
        book.add_price("2026-01-01", "GBP", "EUR", "1.20")
        book.add_price("2026-01-01", "USD", "JPY", 150)
        book.post("Opening", debit(DOLLARS, "100"), credit("Equity:Dollars", "100"), date="2026-01-15")
    return book


@pytest.mark.parametrize(
    ("currency", "in_currency", "at", "rate"),
    [
        ("USD", "EUR", "2025-12-31", None),
        ("USD", "EUR", "2026-01-01", "0.90"),
        ("USD", "EUR", "2026-02-28", "0.90"),
        ("USD", "EUR", "2026-03-01", "0.80"),
        ("EUR", "USD", "2026-03-01", "1.25"),
        ("GBP", "USD", "2026-03-01", "1.5"),
        ("USD", "GBP", "2026-02-01", "0.75"),
        ("JPY", "USD", "2026-03-01", "0.006666666666666666666666666667"),
        ("JPY", "GBP", "2026-03-01", None),
        ("EUR", "EUR", "1999-01-01", "1"),
        ("USD", "GOLD", "2026-03-01", None),
    ],
)
def test_a_rate_is_the_last_on_or_before_the_day_direct_else_inverse_else_through_the_book_s_currency(
    priced: Ledger, currency: str, in_currency: str, at: str, rate: str | None
) -> None:
    assert priced.price(currency, in_currency, at=at) == (None if rate is None else Decimal(rate))


def test_a_direct_price_comes_before_a_later_inverse_one(priced: Ledger) -> None:
    priced.add_price("2026-05-01", "EUR", "USD", 2)
    assert priced.price("USD", "EUR", at="2026-06-01") == Decimal("0.80")
    assert priced.price("EUR", "USD", at="2026-06-01") == 2


@pytest.mark.parametrize(
    ("amount", "rate", "converted"),
    [
        ("0.01", "0.5", "0.01"),
        ("-0.01", "0.5", "-0.01"),
        ("0.03", "0.5", "0.02"),
        ("0.01", "0.49", "0.00"),
        ("0", 9, "0"),
    ],
)
def test_what_is_converted_is_rounded_half_away_from_zero(
    book: Ledger, amount: str, rate: str | int, converted: str
) -> None:
    book.add_price(DAY, "USD", "EUR", rate)
    units = int(Decimal(amount) * 100)
    assert book.convert(Money(units, book.currency_of("USD")), "EUR", at=DAY).amount == Decimal(converted)


def test_a_balance_is_converted_at_the_prices_of_its_day_and_the_unconverted_one_stays(priced: Ledger) -> None:
    assert str(priced.balance(DOLLARS, at="2026-02-01", currency="EUR")) == "90.00 EUR"
    assert str(priced.balance(DOLLARS, at="2026-03-01", currency="EUR")) == "80.00 EUR"
    assert str(priced.balance(DOLLARS, currency="JPY")) == "15000 JPY"
    assert str(priced.balance(DOLLARS, at="2026-03-01")) == "100.00 USD"
    assert str(priced.balance("Equity:Dollars", at="2026-03-01", currency="EUR")) == "80.00 EUR"


def test_all_balances_are_converted_each_by_itself_and_what_has_no_price_is_none(priced: Ledger) -> None:
    priced.add_currency("GOLD", 3)
    gold = priced.open_account("Assets:Gold", "asset", currency="GOLD")
    priced.open_account("Equity:Gold", "equity", currency="GOLD")
    priced.post("Found", debit("Assets:Gold", "1.5"), credit("Equity:Gold", "1.5"), date="2026-01-20")
    found = priced.converted_balances("EUR", at="2026-03-01")
    by_name = {account.name: found[account.id] for account in priced.accounts()}
    assert str(by_name[DOLLARS]) == "80.00 EUR"
    assert str(by_name["Equity:Dollars"]) == "-80.00 EUR"
    assert by_name["Assets:Bank"] == Money(0, priced.currency)
    assert by_name["Assets:Gold"] is None
    assert priced.balances("2026-03-01")[gold.id] == 1500


def test_a_balance_without_a_price_is_refused_and_says_which_is_missing(priced: Ledger) -> None:
    priced.add_currency("CHF")
    with pytest.raises(NoPrice) as refused:
        priced.balance(DOLLARS, at="2026-02-01", currency="CHF")
    assert str(refused.value) == ("There is no price for USD in CHF on or before 2026-02-01: add one with `price add`.")
    with pytest.raises(InvalidCurrency):
        priced.balance(DOLLARS, currency="XXX")


def test_zero_needs_no_price(book: Ledger) -> None:
    book.add_currency("GOLD", 3)
    assert str(book.balance(DOLLARS, currency="GOLD")) == "0.000 GOLD"


def test_a_price_of_the_same_day_takes_the_place_of_the_earlier_one(priced: Ledger) -> None:
    priced.add_price("2026-03-01", "USD", "EUR", "0.85")
    assert priced.prices("USD", "EUR") == (
        Price(date(2026, 1, 1), "USD", "EUR", Decimal("0.90")),
        Price(date(2026, 3, 1), "USD", "EUR", Decimal("0.85")),
    )
    assert [(one.currency, one.in_currency) for one in priced.prices(in_currency="EUR")] == [
        ("GBP", "EUR"),
        ("USD", "EUR"),
        ("USD", "EUR"),
    ]
    assert len(priced.prices()) == 4
    assert priced.verify().ok


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("2026-02-30", "USD", "EUR", 1), InvalidDate),
        ((DAY, "USD", "USD", 1), InvalidPrice),
        ((DAY, "USD", "EUR", 0), InvalidPrice),
        ((DAY, "USD", "EUR", "-1"), InvalidPrice),
        ((DAY, "USD", "EUR", 1.5), TypeError),
        ((DAY, "USD", "EUR", "NaN"), InvalidPrice),
        ((DAY, "USD", "EUR", Decimal("NaN")), InvalidPrice),
        ((DAY, "USD", "EUR", Decimal("1e50")), InvalidPrice),
        ((DAY, "USD", "EUR", Decimal("1e-50")), InvalidPrice),
        ((DAY, "USD", "EUR", "1,5"), InvalidPrice),
        ((DAY, "NOPE", "EUR", 1), InvalidCurrency),
        ((DAY, "USD", "1$", 1), InvalidCurrency),
    ],
)
def test_what_is_no_price_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], arguments: tuple[Any, ...], error: type[Exception]
) -> None:
    with untouched(book), pytest.raises(LedgerError) as refused:
        book.add_price(*arguments)
    assert isinstance(refused.value, error)


def test_a_price_is_taken_away_undone_and_done_again(priced: Ledger) -> None:
    priced.remove_price("2026-03-01", "USD", "EUR", actor="ada")
    assert priced.price("USD", "EUR", at=DAY) == Decimal("0.90")
    priced.undo(actor="ada")
    assert priced.price("USD", "EUR", at=DAY) == Decimal("0.80")
    priced.redo(actor="ada")
    assert priced.price("USD", "EUR", at=DAY) == Decimal("0.90")
    with pytest.raises(PriceNotFound):
        priced.remove_price("2026-03-01", "USD", "EUR")
    assert priced.verify().ok


def test_undo_brings_back_the_price_that_was_replaced(priced: Ledger) -> None:
    priced.add_price("2026-03-01", "USD", "EUR", "0.85", actor="ada")
    priced.undo(actor="ada")
    assert priced.price("USD", "EUR", at=DAY) == Decimal("0.80")


def test_a_price_changed_since_is_not_undone(priced: Ledger) -> None:
    priced.add_price(DAY, "GBP", "EUR", "1.3", actor="ada")
    priced.add_price(DAY, "GBP", "EUR", "1.4", actor="bob")
    with pytest.raises(LaterAct):
        priced.undo(actor="ada")


def test_a_key_notes_a_price_once(book: Ledger) -> None:
    for _ in range(2):
        assert book.add_price(DAY, "USD", "EUR", "0.9", key="k").rate == Decimal("0.9")
    assert book.latest_changes(2)[0].kind == "add-price"
    assert book.latest_changes(2)[1].kind != "add-price"


def test_a_batch_notes_prices_with_its_transactions_and_undo_takes_both(book: Ledger) -> None:
    prices = [
        Price(DAY, "CHF", "EUR", Decimal("1.1")),
        Price(DAY, "CHF", "EUR", Decimal("1.05")),
        Price(DAY, "NEW", "EUR", Decimal(7)),
    ]
    book.post_batch([], currencies={"NEW": 1}, prices=prices, actor="ada")
    assert [str(one.rate) for one in book.prices()] == ["1.05", "7"]
    assert {"CHF", "NEW"} <= set(book.currencies())
    book.undo(actor="ada")
    assert book.prices() == ()
    assert not {"CHF", "NEW"} & set(book.currencies())
    book.redo(actor="ada")
    assert [str(one.rate) for one in book.prices()] == ["1.05", "7"]
    assert book.currency_of("NEW").digits == 1
    assert book.verify().ok
