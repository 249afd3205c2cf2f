"""Reversals: the mirror of a whole transaction, linked both ways, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import NotItsMirror
from tui_ledger.ledger import AccountType, Draft, DraftPosting, Ledger, Transaction, credit, debit

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"


@pytest.fixture
def sale(book: Ledger) -> Transaction:
    return book.post(
        "Invoice 12",
        debit(BANK, "100", "by card"),
        debit(CASH, "21"),
        credit(SALES, "121"),
        date="2026-01-10",
        payee="Miller",
        reference="INV-12",
        tags=["a"],
        data={"x": 1},
    )


def test_a_reversal_mirrors_the_whole_transaction_and_is_linked_both_ways(book: Ledger, sale: Transaction) -> None:
    reversal = book.reverse(sale)
    assert [(line.account, line.amount, line.memo) for line in reversal.postings] == [
        (line.account, -line.amount, line.memo) for line in sale.postings
    ]
    assert (reversal.number, reversal.reverses, reversal.reversed_by) == (2, 1, None)
    assert (book.transaction(1).reversed_by, book.transaction(1).reverses) == (2, None)
    assert (reversal.memo, reversal.payee) == ("Reversal of 1: Invoice 12", "Miller")
    assert [book.balance(name).units for name in (BANK, CASH, SALES)] == [0, 0, 0]
    assert book.transaction(1).postings == sale.postings
    assert book.verify().ok


def test_a_reversal_is_dated_today_or_with_a_later_original(book: Ledger, sale: Transaction) -> None:
    later = book.post("Next month", debit(BANK, 1), credit(SALES, 1), date="2026-07-20")
    assert book.reverse(sale).date == date(2026, 6, 15)
    assert book.reverse(later).date == date(2026, 7, 20)


def test_a_reversal_takes_the_day_and_memo_it_is_given(book: Ledger, sale: Transaction) -> None:
    same_day = book.reverse(1, date="2026-01-10", memo="Cancelled")
    assert (same_day.date, same_day.memo) == (sale.date, "Cancelled")


def test_a_reversal_before_its_original_is_refused(
    book: Ledger, sale: Transaction, untouched: Callable[[Ledger], Any]
) -> None:
    with untouched(book), pytest.raises(errors.ReversalTooEarly, match="2026-01-10"):
        book.reverse(sale, date="2026-01-09")


def test_a_transaction_is_reversed_once(book: Ledger, sale: Transaction, untouched: Callable[[Ledger], Any]) -> None:
    book.reverse(sale)
    for again in (sale, 1, book.transaction(1)):
        with untouched(book), pytest.raises(errors.AlreadyReversed, match="already reversed by 2"):
            book.reverse(again)


def test_a_reversal_may_be_reversed_and_that_again(book: Ledger, sale: Transaction) -> None:
    numbers = [sale.number]
    for _ in range(4):
        numbers.append(book.reverse(numbers[-1]).number)
    assert numbers == [1, 2, 3, 4, 5]
    assert [book.transaction(number).reversed_by for number in numbers] == [2, 3, 4, 5, None]
    assert book.balance(SALES).amount == 121
    assert book.verify().ok


@pytest.mark.parametrize("number", [0, 2, -1, 2**63, -(2**70)])
def test_a_number_that_is_not_there_is_refused(
    book: Ledger, sale: Transaction, untouched: Callable[[Ledger], Any], number: int
) -> None:
    with untouched(book), pytest.raises(errors.TransactionNotFound, match="from 1 to 1"):
        book.reverse(number)


def test_a_reversal_carries_the_later_rows(book: Ledger, sale: Transaction) -> None:
    book.post("Rent", debit(RENT, 50), credit(BANK, 50), date="2026-03-01")
    book.reverse(sale, date="2026-02-01")
    assert [str(row.balance.amount) for row in book.register(BANK)] == ["100.00", "0.00", "-50.00"]


def test_a_reversal_that_breaks_a_minimum_is_refused(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.open_account("Assets:Till", AccountType.ASSET, minimum=0)
    book.post("In", debit("Assets:Till", 50), credit(SALES, 50), date="2026-01-01")
    book.post("Out", debit(RENT, 10), credit("Assets:Till", 10), date="2026-02-01")
    with untouched(book), pytest.raises(errors.MinimumBalanceBroken):
        book.reverse(1)


def test_a_reversal_into_a_closed_account_is_refused(
    book: Ledger, sale: Transaction, untouched: Callable[[Ledger], Any]
) -> None:
    book.transfer(CASH, BANK, 21, date="2026-01-11")
    book.close_account(CASH, date="2026-01-11")
    with untouched(book), pytest.raises(errors.AccountClosed):
        book.reverse(sale)


def test_a_reversal_in_a_closed_period_is_refused_and_one_after_it_allowed(
    book: Ledger,
    sale: Transaction,
    untouched: Callable[[Ledger], Any],
    raw_connection: Callable[[Path], sqlite3.Connection],
) -> None:
    assert book.path is not None
    book.close_period("2026-03-31")
    with untouched(book), pytest.raises(errors.PeriodClosed):
        book.reverse(sale, date="2026-03-31")
    assert book.reverse(sale).number == 2
    assert book.verify().ok


def test_a_transaction_with_the_longest_memo_can_be_reversed(book: Ledger) -> None:
    book.post("x" * 5000, debit(BANK, 1), credit(SALES, 1))
    assert len(book.reverse(1).memo) == 5000


@pytest.mark.parametrize(
    ("memo", "said"),
    [("", "Reversal of 1"), ("Rent: March", "Reversal of 1: Rent: March"), ("为", "Reversal of 1: 为")],
)
def test_the_memo_of_a_reversal_names_the_original(book: Ledger, memo: str, said: str) -> None:
    book.post(memo, debit(BANK, 1), credit(SALES, 1))
    assert book.reverse(1).memo == said


def test_two_lines_on_one_account_and_two_currencies_are_mirrored(book: Ledger) -> None:
    book.post(
        "Mixed",
        debit(BANK, 10),
        credit(BANK, 4),
        DraftPosting(SALES, -6),
        debit("Assets:Dollars", 3),
        credit("Equity:Dollars", 3),
    )
    book.reverse(1)
    assert set(book.balances().values()) == {0}
    assert [row.line for row in book.register(BANK)] == [1, 2, 1, 2]


@pytest.mark.parametrize("number", ["1", None, 1.0, True, -1, 0, 2**70])
def test_what_is_no_transaction_number_is_not_found(book: Ledger, number: object) -> None:
    with pytest.raises(errors.TransactionNotFound):
        book.reverse(number)  # type: ignore[arg-type]


def test_nothing_but_the_mirror_of_the_whole_stands_as_a_reversal(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.post("Sale", debit("Assets:Bank", 5), credit("Income:Sales", 5))
    others = [
        (debit("Income:Sales", 4), credit("Assets:Bank", 4)),
        (debit("Income:Sales", 5), credit("Assets:Cash", 5)),
        (debit("Assets:Bank", 5), credit("Income:Sales", 5)),
        (debit("Income:Sales", 5), credit("Assets:Bank", 2), credit("Assets:Bank", 3)),
    ]
    for postings in others:
        with untouched(book), pytest.raises(NotItsMirror):
            book.post_draft(Draft(memo="Half", postings=postings, reverses=1))
    book.before_post(lambda draft: replace(draft, postings=(debit("Income:Sales", 1), credit("Assets:Bank", 1))))
    with untouched(book), pytest.raises(NotItsMirror, match="the reversal of transaction 1: it does not mirror"):
        book.reverse(1)
