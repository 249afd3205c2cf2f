"""Several currencies in one transaction: through conversion accounts, and only where a price is written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, DraftPosting, Ledger, WrittenPrice, credit, debit

BANK, DOLLARS, SALES, CARD = "Assets:Bank", "Assets:Dollars", "Income:Sales", "Liabilities:Card"
YEN, VEA = "Assets:Yen", "Assets:VEA"


def line(account: str, amount: object, price: str | None = None, currency: str = "EUR", total: bool = False) -> Any:
    written = None if price is None else WrittenPrice(Decimal(price), currency, total)
    return DraftPosting(account, amount, price=written)


def held(book: Ledger, account: str) -> str:
    return str(book.balance(account).amount)


def converted(book: Ledger) -> dict[str, str]:
    """What the conversion accounts hold, debit-positive, by currency."""
    totals = book.balances()
    found = [account for account in book.accounts() if account.name.startswith("Equity:Conversion:")]
    return {str(account.currency): f"{totals[account.id]}" for account in found}


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    totals: dict[str, int] = {}
    for account in book.accounts():
        assert book.balance(account) == book.calculate_balance(account)
        totals[str(account.currency)] = totals.get(str(account.currency), 0) + book.balances()[account.id]
    assert set(totals.values()) == {0}


@pytest.fixture
def market(book: Ledger) -> Ledger:
    """The book, with an account in yen (no decimals) and one in shares of three decimals."""
    book.open_account(YEN, "asset", currency="JPY")
    book.post_batch([], currencies={"VEA": 3})
    book.open_account(VEA, "asset", currency="VEA")
    return book


def test_shares_bought_at_a_price_leave_minus_their_number_and_plus_their_cost(market: Ledger) -> None:
    posted = market.post("Buy", line(VEA, 12, "120", "USD"), line(DOLLARS, -1440), date="2026-01-10")
    assert [(one.account, str(one.amount), one.conversion) for one in posted.postings] == [
        (VEA, "12.000 VEA", False),
        (DOLLARS, "-1440.00 USD", False),
        ("Equity:Conversion:VEA", "-12.000 VEA", True),
        ("Equity:Conversion:USD", "1440.00 USD", True),
    ]
    correct(market)


POSTED: dict[str, tuple[list[Any], dict[str, str]]] = {
    "a price each": ([line(DOLLARS, 100, "0.92"), line(BANK, -92)], {"USD": "-10000", "EUR": "9200"}),
    "a price in total": ([line(DOLLARS, 100, "92", total=True), line(BANK, -92)], {"USD": "-10000", "EUR": "9200"}),
    "a total at a negative amount": (
        [line(DOLLARS, -100, "92", total=True), line(BANK, 92)],
        {"USD": "10000", "EUR": "-9200"},
    ),
    "a price each at a negative amount": (
        [line(DOLLARS, -100, "0.92"), line(BANK, 92)],
        {"USD": "10000", "EUR": "-9200"},
    ),
    "a remainder after a price": ([line(DOLLARS, 100, "0.92"), line(BANK, None)], {"USD": "-10000", "EUR": "9200"}),
    "a remainder after a negative total": (
        [line(DOLLARS, -100, "92", total=True), line(BANK, None)],
        {"USD": "10000", "EUR": "-9200"},
    ),
    "a remainder rounded half away from zero": (
        [line(DOLLARS, 1, "0.925"), line(BANK, None)],
        {"USD": "-100", "EUR": "93"},
    ),
    "a rest of less than a minor unit": (
        [line(DOLLARS, 1, "0.925"), line(BANK, "-0.92")],
        {"USD": "-100", "EUR": "92"},
    ),
    "the same, rounded the other way": ([line(DOLLARS, 1, "0.925"), line(BANK, "-0.93")], {"USD": "-100", "EUR": "93"}),
    "less than a minor unit for each of two priced": (
        [line(DOLLARS, 1, "0.929"), line(DOLLARS, 1, "0.929"), line(BANK, "-1.84")],
        {"USD": "-200", "EUR": "184"},
    ),
    "several priced lines of several currencies": (
        [line(DOLLARS, 100, "0.92"), line(YEN, -5000, "0.006"), line(VEA, "1.5", "40", "EUR"), line(BANK, None)],
        {"USD": "-10000", "JPY": "5000", "VEA": "-1500", "EUR": "12200"},
    ),
    "prices in two currencies": (
        [line(VEA, 2, "50", "USD"), line(DOLLARS, -100), line(YEN, 1000, "6", total=True), line(BANK, -6)],
        {"VEA": "-2000", "USD": "10000", "JPY": "-1000", "EUR": "600"},
    ),
    "no digits at all in the price's currency": (
        [line(DOLLARS, "0.67", "150.01", "JPY"), line(YEN, -100)],
        {"USD": "-67", "JPY": "100"},
    ),
    "a remainder in a currency without digits": (
        [line(DOLLARS, "0.67", "150.01", "JPY"), line(YEN, None)],
        {"USD": "-67", "JPY": "101"},
    ),
    "a gift at no price": ([line(VEA, 3, "0", "EUR"), line(BANK, 5), line(SALES, -5)], {"VEA": "-3000"}),
    "a remainder beside another currency's rounding": (
        [line(VEA, "1.5", "33.335", "USD"), line(DOLLARS, -50), line(BANK, 5), line(SALES, None)],
        {"VEA": "-1500", "USD": "5000"},
    ),
    "a price of forty decimals": (
        [line(DOLLARS, 3, "0." + "3" * 40), line(BANK, -1)],
        {"USD": "-300", "EUR": "100"},
    ),
    "prices that nothing needs": ([line(DOLLARS, 5, "0.9"), line(DOLLARS, -5, "0.9")], {}),
}


@pytest.mark.parametrize("case", POSTED)
def test_conversion_postings_are_minus_the_sum_of_the_others(market: Ledger, case: str) -> None:
    postings, expected = POSTED[case]
    market.post("Priced", *postings, date="2026-01-10")
    assert converted(market) == expected
    correct(market)


def loose(*postings: Any) -> list[Any]:
    return list(postings)


REFUSED: dict[str, tuple[type[Exception], list[Any]]] = {
    "no price at all": (errors.UnbalancedTransaction, loose(line(DOLLARS, 100), line(BANK, -92))),
    "a slip beside a balanced currency": (
        errors.UnbalancedTransaction,
        loose(line(DOLLARS, 100), line(BANK, -92), line(SALES, 92)),
    ),
    "a whole minor unit too little": (errors.PriceDoesNotFit, loose(line(DOLLARS, 100, "0.92"), line(BANK, "-91.99"))),
    "a whole minor unit too much": (errors.PriceDoesNotFit, loose(line(DOLLARS, 100, "0.92"), line(BANK, "-92.01"))),
    "the wrong direction": (errors.PriceDoesNotFit, loose(line(DOLLARS, 100, "0.92"), line(BANK, 92))),
    "quantity for total": (errors.PriceDoesNotFit, loose(line(DOLLARS, 100, "92"), line(BANK, -92))),
    "a price that explains another currency": (
        errors.PriceDoesNotFit,
        loose(line(DOLLARS, 100, "0.92"), line(BANK, -92), line(YEN, 5)),
    ),
    "two minor units for two priced": (
        errors.PriceDoesNotFit,
        loose(line(DOLLARS, 1, "0.93"), line(DOLLARS, 1, "0.93"), line(BANK, "-1.84")),
    ),
    "a price in a currency nobody knows": (
        errors.PriceDoesNotFit,
        loose(line(DOLLARS, 100, "0.4", "XQX"), line(BANK, -40)),
    ),
    "a little of a currency nobody knows": (
        errors.PriceDoesNotFit,
        loose(line(VEA, 1, "0.4", "XQX"), line(BANK, 5), line(SALES, -5)),
    ),
    "a price in a currency of no account": (
        errors.PriceDoesNotFit,
        loose(line(DOLLARS, 100, "0.8", "GBP"), line(BANK, -80)),
    ),
    "a price in its own currency": (errors.PriceDoesNotFit, loose(line(BANK, 10, "2"), line(SALES, -20))),
    "a yen too little": (errors.PriceDoesNotFit, loose(line(DOLLARS, 1, "150", "JPY"), line(YEN, -149))),
    "two left out": (errors.SeveralAmountsMissing, loose(line(DOLLARS, 1, "0.9"), line(BANK, None), line(SALES, None))),
    "the priced one left out": (errors.RemainderInSeveralCurrencies, loose(line(DOLLARS, None, "0.9"), line(BANK, -9))),
    "a remainder that prices do not reach": (
        errors.RemainderInSeveralCurrencies,
        loose(line(DOLLARS, 1, "150", "JPY"), line(BANK, None)),
    ),
    "a remainder of nothing": (
        errors.NothingRemains,
        loose(line(DOLLARS, 1, "0.9"), line(BANK, "-0.9"), line(SALES, None)),
    ),
    "a remainder beyond all bounds": (
        errors.AmountTooLarge,
        loose(line(DOLLARS, 10**16, "9" * 40), line(BANK, None)),
    ),
    "a price with a sign": (errors.InvalidPrice, loose(line(DOLLARS, 1, "-0.9"), line(BANK, None))),
    "no currency": (errors.InvalidCurrency, loose(line(DOLLARS, 1, "0.9", "not one"), line(BANK, None))),
    "a price that is no number": (
        errors.InvalidAmount,
        loose(DraftPosting(DOLLARS, 1, price=WrittenPrice(Decimal("NaN"), "EUR", total=False)), line(BANK, -1)),
    ),
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("case", REFUSED)
def test_what_prices_do_not_explain_is_refused(market: Ledger, untouched: Callable[[Ledger], Any], case: str) -> None:
    error, postings = REFUSED[case]
    with untouched(market):
        with pytest.raises(error):
            market.post("Off", *postings, date="2026-01-10")
        with pytest.raises(error):
            market.check_draft(Draft(postings=tuple(postings)))
        with pytest.raises(error):
            market.post_batch([Draft(postings=tuple(postings))])
    correct(market)


def test_the_precision_of_the_caller_s_decimals_changes_no_conversion(market: Ledger) -> None:
    price = WrittenPrice(Decimal("0.923456789"), "EUR", total=False)
    with localcontext() as context:
        context.prec = 3
        market.post("Sale", DraftPosting(DOLLARS, "123456.78", price=price), line(BANK, None), date="2026-01-10")
    assert held(market, BANK) == "-114007.00"
    with localcontext() as context, pytest.raises(errors.PriceDoesNotFit):  # noqa: PT012
        context.prec = 3
        market.post("Off", DraftPosting(DOLLARS, "123456.78", price=price), line(BANK, "-114007.05"))
    correct(market)


def test_a_transfer_between_currencies_says_what_arrives(market: Ledger) -> None:
    there = market.transfer(BANK, DOLLARS, 92, received=100, date="2026-01-10")
    assert (held(market, BANK), held(market, DOLLARS)) == ("-92.00", "100.00")
    assert there.postings[1].price == WrittenPrice(Decimal("92.00"), "EUR", total=True)
    market.transfer(DOLLARS, YEN, "0.67", received=100, date="2026-01-11")
    market.transfer("Equity:Dollars", CARD, 10, received=9, date="2026-01-12")
    assert (held(market, "Equity:Dollars"), held(market, CARD)) == ("-10.00", "9.00")
    correct(market)


TRANSFERS: dict[str, tuple[type[Exception], Callable[[Ledger], object]]] = {
    "nothing received": (errors.WrongCurrency, lambda book: book.transfer(BANK, DOLLARS, 92)),
    "received in one currency": (errors.InvalidOptions, lambda book: book.transfer(BANK, "Assets:Cash", 5, received=5)),
    "received zero": (errors.AmountNotPositive, lambda book: book.transfer(BANK, DOLLARS, 92, received=0)),
    "received below zero": (errors.AmountNotPositive, lambda book: book.transfer(BANK, DOLLARS, 92, received="-1")),
    "received too fine": (errors.TooManyDecimals, lambda book: book.transfer(BANK, YEN, 92, received="1.5")),
    "received as a float": (errors.FloatAmount, lambda book: book.transfer(BANK, DOLLARS, 92, received=1.5)),
}


@pytest.mark.parametrize("case", TRANSFERS)
def test_a_transfer_that_does_not_say_both_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], case: str
) -> None:
    if case == "received too fine":
        book.open_account(YEN, "asset", currency="JPY")
    error, act = TRANSFERS[case]
    with untouched(book), pytest.raises(error):
        act(book)


def test_a_key_tells_two_received_amounts_apart(book: Ledger) -> None:
    first = book.transfer(BANK, DOLLARS, 92, received=100, key="k")
    assert book.transfer(BANK, DOLLARS, 92, received=100, key="k").number == first.number
    with pytest.raises(errors.KeyReused):
        book.transfer(BANK, DOLLARS, 92, received=101, key="k")


def test_a_conversion_is_edited_in_its_texts_and_anew_in_its_amounts(market: Ledger) -> None:
    first = market.post("Buy", line(DOLLARS, 100, "0.92"), line(BANK, None), date="2026-01-10")
    texts = market.edit(first, memo="Bought", date="2026-01-11")
    assert [(one.account, one.amount, one.conversion, one.price) for one in texts.postings] == [
        (one.account, one.amount, one.conversion, one.price) for one in first.postings
    ]
    market.edit(first, line(VEA, 2, "50", "USD"), line(DOLLARS, None))
    assert converted(market) == {"USD": "10000", "EUR": "0", "VEA": "-2000"}
    market.void(first)
    assert set(converted(market).values()) == {"0"}
    correct(market)


def test_a_conversion_is_reversed_whole_and_taken_back(market: Ledger) -> None:
    first = market.post("Buy", line(DOLLARS, 100, "0.92"), line(BANK, None), date="2026-01-10", actor="ada")
    second = market.reverse(first, actor="ada")
    assert [one.conversion for one in second.postings] == [False, False, True, True]
    assert set(converted(market).values()) == {"0"}
    market.undo(actor="ada")
    market.undo(actor="ada")
    market.redo(actor="ada")
    assert market.transaction(1) == first
    assert converted(market) == {"USD": "-10000", "EUR": "9200"}
    correct(market)


def test_a_batch_converts_as_a_posting_does(market: Ledger) -> None:
    drafts = [Draft(None, "Buy", (line(DOLLARS, 10, "0.92"), line(BANK, None))) for _ in range(3)]
    market.post_batch(drafts)
    assert converted(market) == {"USD": "-3000", "EUR": "2760"}
    correct(market)


def test_a_conversion_account_of_another_currency_or_closed_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.open_account("Equity:Conversion:EUR", "equity", currency="EUR")
    book.close_account("Equity:Conversion:EUR")
    with untouched(book), pytest.raises(errors.AccountClosed):
        book.transfer(BANK, DOLLARS, 92, received=100)
    book.reopen_account("Equity:Conversion:EUR")
    book.open_account("Equity:Conversion:USD", "equity", currency="EUR")
    with untouched(book), pytest.raises(errors.WrongCurrency, match="Equity:Conversion:USD"):
        book.transfer(BANK, DOLLARS, 92, received=100)


def test_an_adjustment_in_another_currency_goes_to_an_account_of_its_own(book: Ledger) -> None:
    book.increase(DOLLARS, 100)
    book.decrease(DOLLARS, 30)
    assert (held(book, "Equity:Adjustments:USD"), held(book, "Equity:Adjustments")) == ("70.00", "0.00")
    book.open_account("Expenses:Corrections", "expense", code="6999")
    book.set_setting("adjustments", "6999")
    book.increase(DOLLARS, 5)
    book.increase(BANK, 7)
    assert str(book.account("Expenses:Corrections:USD").type) == "expense"
    assert (held(book, "Expenses:Corrections:USD"), held(book, "Expenses:Corrections")) == ("-5.00", "-7.00")
    correct(book)


def test_an_adjustment_that_is_refused_opens_no_account(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book):
        for amount in (0, -1, "x", "0.001"):
            with pytest.raises(errors.InvalidAmount):
                book.increase(DOLLARS, amount)
        with pytest.raises(errors.InvalidDate):
            book.increase(DOLLARS, 1, date="soon")


def test_credits_and_debits_of_two_balanced_currencies_need_no_conversion(book: Ledger) -> None:
    book.post("Both", debit(BANK, 5), credit(SALES, 5), debit(DOLLARS, 7), credit("Equity:Dollars", 7))
    assert converted(book) == {}
    correct(book)


def test_conversion_accounts_stand_beneath_the_name_the_book_has_for_them(market: Ledger) -> None:
    market.set_setting("conversions", "Equity:Exchanged:Währungen")
    market.transfer(BANK, DOLLARS, 92, received=100, date="2026-01-10")
    opened = [account.name for account in market.accounts() if "Conversion" in account.name or "Exch" in account.name]
    assert opened == ["Equity:Exchanged:Währungen:EUR", "Equity:Exchanged:Währungen:USD"]
    with pytest.raises(errors.InvalidSetting, match="rename"):
        market.set_setting("conversions", "Equity:Other")
    market.rename_account("equity:exchanged", "Equity:Umtausch")
    assert market.setting("conversions") == "Equity:Umtausch:Währungen"
    market.transfer(BANK, DOLLARS, 46, received=50, date="2026-01-11")
    assert held(market, "Equity:Umtausch:Währungen:USD") == "150.00"
    correct(market)


def test_a_book_whose_conversion_accounts_are_renamed_goes_on_with_them(market: Ledger) -> None:
    market.rename_account("Equity:Dollars", "Equity:Dollar")
    assert market.setting("conversions") is None
    market.transfer(BANK, DOLLARS, 92, received=100, date="2026-01-10")
    market.rename_account("Equity:Conversion", "Equity:Umrechnung")
    market.transfer(BANK, DOLLARS, 46, received=50, date="2026-01-11")
    assert held(market, "Equity:Umrechnung:USD") == "150.00"
    assert not [account for account in market.accounts() if "Conversion" in account.name]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", [7, "", "Assets:Conversion", "Equity : Conversion", "a\nb:c"])
def test_what_is_no_name_for_conversion_accounts_is_refused(
    market: Ledger, untouched: Callable[[Ledger], Any], name: object
) -> None:
    with untouched(market), pytest.raises(errors.InvalidValue):
        market.set_setting("conversions", name)
