"""What the book remembers for the typist: payees, their last transactions, the accounts used with them."""

from __future__ import annotations

import pytest

from tui_ledger.ledger import Ledger, credit, debit

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"


def pay(book: Ledger, payee: str | None, day: str, account: str = RENT, memo: str = "") -> int:
    return book.post(memo, debit(account, 1), credit(BANK, 1), date=day, payee=payee).number


@pytest.fixture
def paid(book: Ledger) -> Ledger:
    for payee, day in (
        ("Miller & Sons", "2026-01-01"),
        ("Anna Miller", "2026-03-01"),
        ("Électricité", "2026-02-01"),
        ("Miller & Sons", "2026-04-01"),
        ("milk bar", "2026-05-01"),
        (None, "2026-05-02"),
    ):
        pay(book, payee, day)
    return book


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("", ["milk bar", "Miller & Sons", "Anna Miller", "Électricité"]),
        ("mil", ["milk bar", "Miller & Sons", "Anna Miller"]),
        ("MILLER", ["Miller & Sons", "Anna Miller"]),
        ("anna m", ["Anna Miller"]),
        ("sons", ["Miller & Sons"]),
        ("ÉLEC", ["Électricité"]),
        ("E\u0301lec", ["Électricité"]),
        ("ller", []),
        ("nobody", []),
        ("%", []),
    ],
)
def test_payees_are_found_by_the_beginning_of_a_word_latest_first(paid: Ledger, prefix: str, found: list[str]) -> None:
    assert paid.payees(prefix) == found


def test_no_more_payees_are_given_than_asked_for(paid: Ledger) -> None:
    assert paid.payees("", limit=2) == ["milk bar", "Miller & Sons"]
    assert paid.payees("", limit=0) == []


def test_an_empty_book_remembers_nothing(book: Ledger) -> None:
    assert (book.payees(), book.last_transaction_of("Ann"), book.account_use(), book.account_use("Ann")) == (
        [],
        None,
        {},
        {},
    )


def test_the_last_transaction_of_a_payee_is_the_latest_by_date_then_number(book: Ledger) -> None:
    for day in ("2026-03-01", "2026-05-01", "2026-05-01", "2026-04-01"):
        pay(book, "Ann", day)
    last = book.last_transaction_of("Ann")
    assert last == book.transaction(3)
    assert book.last_transaction_of("ann") is None


def test_a_reversed_transaction_and_its_reversal_are_no_example(book: Ledger) -> None:
    pay(book, "Ann", "2026-03-01")
    book.reverse(pay(book, "Ann", "2026-05-01"))
    assert book.last_transaction_of("Ann") == book.transaction(1)
    book.reverse(1)
    assert book.last_transaction_of("Ann") is None


def test_the_use_of_accounts_counts_those_of_the_payee(book: Ledger) -> None:
    pay(book, "Ann", "2026-03-01", RENT)
    pay(book, "Ann", "2026-02-01", CASH)
    pay(book, "Bob", "2026-05-01", CASH)
    book.post("Sale", debit(BANK, 1), credit(SALES, 1), date="2026-01-01")
    bank, cash, rent, sales = (book.account(name).id for name in (BANK, CASH, RENT, SALES))
    assert book.account_use("Ann") == {bank: (2, 3), rent: (1, 1), cash: (1, 3), sales: (0, 4)}
    assert book.account_use() == {bank: (0, 3), rent: (0, 1), cash: (0, 3), sales: (0, 4)}


def test_only_the_latest_uses_of_an_account_count(book: Ledger) -> None:
    with book.write():
        for day in range(1, 6):
            pay(book, "Ann", f"2026-01-{day:02}", CASH)
        for day in range(40):
            pay(book, "Ann", f"2026-02-{1 + day % 28:02}", RENT)
    use = book.account_use("Ann")
    assert use[book.account(RENT).id][0] == 40
    assert use[book.account(CASH).id][0] == 0


@pytest.mark.parametrize(
    "payee", ["O'Neil; DROP TABLE transactions", "100%_", "\x1b[31m", "日本", "{user=7}", "x" * 500]
)
def test_any_payee_is_remembered_as_typed(book: Ledger, payee: str) -> None:
    pay(book, payee, "2026-01-01")
    assert book.payees(payee[:3]) == [payee]
    assert book.last_transaction_of(payee) == book.transaction(1)
