"""Currencies are added, and given more digits in the whole book without changing what anything is worth."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import (
    AmountTooLarge,
    CurrencyExists,
    DigitsOnlyRise,
    InvalidCurrency,
    LaterAct,
    NothingToUndo,
    TooManyDecimals,
)
from tui_ledger.ledger import Ledger, credit, debit

BANK, CASH, SALES, DOLLARS = "Assets:Bank", "Assets:Cash", "Income:Sales", "Assets:Dollars"


def test_a_currency_is_added_with_iso_s_digits_or_those_given(book: Ledger) -> None:
    assert book.add_currency("KWD").digits == 3
    assert book.add_currency("GOLD", 4).digits == 4
    assert [(str(one), one.digits) for one in book.currencies()] == [("EUR", 2), ("GOLD", 4), ("KWD", 3), ("USD", 2)]
    assert book.open_account("Assets:Gold", "asset", currency="GOLD").currency.digits == 4
    assert book.verify().ok


@pytest.mark.parametrize(
    ("code", "digits", "error"),
    [
        ("EUR", None, CurrencyExists),
        ("USD", 3, CurrencyExists),
        ("GOLD", None, InvalidCurrency),
        ("GOLD", 13, InvalidCurrency),
        ("GOLD", -1, InvalidCurrency),
        ("GOLD", True, InvalidCurrency),
        ("GOLD", 2.0, InvalidCurrency),
        ("1GOLD", 2, InvalidCurrency),
        ("", 2, InvalidCurrency),
    ],
)
def test_what_is_no_new_currency_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], code: str, digits: Any, error: type[Exception]
) -> None:
    with untouched(book), pytest.raises(error):
        book.add_currency(code, digits)


def test_adding_a_currency_is_undone_until_something_uses_it(book: Ledger) -> None:
    book.add_currency("GOLD", 4, actor="ada")
    book.undo(actor="ada")
    assert "GOLD" not in book.currencies()
    book.redo(actor="ada")
    assert book.currency_of("GOLD").digits == 4
    book.open_account("Assets:Gold", "asset", currency="GOLD", actor="bob")
    with pytest.raises(LaterAct):
        book.undo(actor="ada")
    assert book.verify().ok


@pytest.fixture
def busy(book: Ledger) -> Ledger:
    """A book with figures in closed and open days, an overdraft limit, a void and a reversal."""
    book.edit_account(CASH, minimum="-5.50")
    book.post("Old", debit(BANK, "100.25"), credit(SALES, "100.25"), date="2025-11-01")
    book.close_period("2025-12-31", closing_transaction=True)
    book.post("New", debit(CASH, "7.01"), credit(BANK, "7.01"), date="2026-02-01")
    book.post("Slip", debit(CASH, "1"), credit(BANK, "1"), date="2026-02-02")
    book.void(book.post("Void", debit(CASH, "1"), credit(BANK, "1"), date="2026-02-02"))
    book.reverse(4)
    book.post("Dollars", debit(DOLLARS, "3.33"), credit("Equity:Dollars", "3.33"), date="2026-02-03")
    return book


@pytest.mark.parametrize(("code", "digits"), [("EUR", 4), ("USD", 12), ("EUR", 3)])
def test_more_digits_leave_every_figure_worth_what_it_was(busy: Ledger, code: str, digits: int) -> None:
    before = {account.name: busy.balance(account).amount for account in busy.accounts()}
    closed, strict = busy.closed_through, busy.strict
    postings = [
        (one.number, line.account, line.amount.amount, line.balance.amount)
        for one in busy.journal()
        for line in one.postings
    ]
    assert busy.set_digits(code, digits).digits == digits
    assert {account.name: busy.balance(account).amount for account in busy.accounts()} == before
    assert [
        (one.number, line.account, line.amount.amount, line.balance.amount)
        for one in busy.journal()
        for line in one.postings
    ] == postings
    assert (busy.closed_through, busy.strict, busy.currency_of(code).digits) == (closed, strict, digits)
    assert busy.account(CASH).minimum is not None
    assert busy.account(CASH).minimum.amount == Decimal("-5.50")  # type: ignore[union-attr]
    found = busy.verify()
    assert found.ok, found.discrepancies


def test_finer_amounts_are_taken_once_the_digits_are_there(busy: Ledger) -> None:
    with pytest.raises(TooManyDecimals):
        busy.post("Fine", debit(BANK, "0.005"), credit(SALES, "0.005"))
    busy.set_digits("EUR", 3)
    busy.post("Fine", debit(BANK, "0.005"), credit(SALES, "0.005"))
    assert str(busy.balance(SALES)) == "0.005 EUR"
    assert busy.verify().ok


def test_the_digits_are_no_act_to_undo_but_what_came_before_still_is(busy: Ledger) -> None:
    busy.post("Mine", debit(BANK, "5"), credit(SALES, "5"), actor="ada")
    busy.set_digits("EUR", 5, actor="ada")
    busy.undo(actor="ada")
    assert busy.balance(SALES).units == 0
    busy.redo(actor="ada")
    assert str(busy.balance(SALES)) == "5.00000 EUR"
    busy.undo(actor="ada")
    with pytest.raises(NothingToUndo):
        busy.undo(actor="ada")
    assert busy.verify().ok


@pytest.mark.parametrize(("code", "digits"), [("EUR", 2), ("EUR", 1), ("USD", 0)])
def test_digits_never_fall(busy: Ledger, untouched: Callable[[Ledger], Any], code: str, digits: int) -> None:
    with untouched(busy), pytest.raises(DigitsOnlyRise):
        busy.set_digits(code, digits)


@pytest.mark.parametrize(("code", "digits"), [("EUR", 13), ("GBP", 3), ("nope", 3)])
def test_what_is_no_currency_of_the_book_gets_no_digits(
    busy: Ledger, untouched: Callable[[Ledger], Any], code: str, digits: int
) -> None:
    with untouched(busy), pytest.raises(InvalidCurrency):
        busy.set_digits(code, digits)


def test_digits_that_the_largest_figure_would_not_bear_are_refused(
    busy: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    busy.post("Large", debit(BANK, "100000000000000"), credit(SALES, "100000000000000"))
    with untouched(busy), pytest.raises(AmountTooLarge):
        busy.set_digits("EUR", 5)
    busy.set_digits("EUR", 4)
    assert busy.verify().ok


def test_an_old_key_still_gives_its_first_result_after_the_digits_changed(busy: Ledger) -> None:
    first = busy.post("Keyed", debit(BANK, "5"), credit(SALES, "5"), key="k")
    busy.set_digits("EUR", 3)
    assert busy.post("Keyed", debit(BANK, "5"), credit(SALES, "5"), key="k").number == first.number


def test_another_open_ledger_learns_of_the_digits(busy: Ledger) -> None:
    with Ledger.open(busy.place) as other:
        assert other.account(BANK).currency.digits == 2
        busy.set_digits("EUR", 4)
        assert str(other.balance(BANK)) == str(busy.balance(BANK)) == "93.2400 EUR"
        other.post("Fine", debit(BANK, "0.0001"), credit(SALES, "0.0001"))
    assert busy.verify().ok


def test_the_row_of_a_deleted_account_is_never_given_to_another(book: Ledger) -> None:
    first = book.open_account("Assets:First", "asset")
    book.delete_account(first)
    assert book.open_account("Assets:Second", "asset").id > first.id
    assert book.verify().ok
