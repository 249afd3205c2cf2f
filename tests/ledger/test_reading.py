"""Reading back: balances, registers and the journal over any range, in pieces or at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tui_ledger.errors import FloatAmount, InvalidDate
from tui_ledger.ledger import Draft, Ledger, credit, debit

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
FIRST = date(2026, 1, 1)


@pytest.fixture
def year(book: Ledger) -> Ledger:
    """A sale of 1 on every tenth day from 1 January 2026 on, posted backwards."""
    days = [FIRST + timedelta(days=10 * step) for step in range(36)]
    book.post_batch(Draft(day, f"Sale of {day}", (debit(BANK, 1), credit(SALES, 1))) for day in reversed(days))
    return book


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        ("2025-12-31", 0),
        ("2026-01-01", 1),
        ("2026-01-10", 1),
        ("2026-01-11", 2),
        ("2026-12-17", 36),
        ("9999-12-31", 36),
        (None, 36),
    ],
)
def test_a_balance_is_what_the_account_holds_at_the_end_of_the_day(year: Ledger, at: str | None, amount: int) -> None:
    for account in (BANK, SALES):
        assert year.balance(account, at=at).amount == year.calculate_balance(account, at=at).amount == amount
    held = year.balances(at=at)
    assert (held[year.account(BANK).id], held[year.account(SALES).id], held[year.account(CASH).id]) == (
        amount * 100,
        -amount * 100,
        0,
    )
    assert set(held) == {account.id for account in year.accounts()}


@pytest.mark.parametrize("at", ["2026-02-30", "yesterday", 7, ""])
def test_a_balance_at_no_day_is_refused(book: Ledger, at: Any) -> None:
    for ask in (book.balance, book.calculate_balance):
        with pytest.raises(InvalidDate):
            ask(BANK, at=at)
    with pytest.raises(InvalidDate):
        book.balances(at=at)


def test_a_balance_does_not_include_sub_accounts(book: Ledger) -> None:
    book.open_account("Assets:Bank:Savings", "asset")
    book.post("Saved", debit("Assets:Bank:Savings", 5), credit(SALES, 5))
    assert book.balance(BANK).units == 0


@pytest.mark.parametrize(
    ("date_from", "date_to", "opening", "closing", "count"),
    [
        (None, None, 0, 36, 36),
        ("2026-01-11", None, 1, 36, 35),
        ("2026-01-12", "2026-01-20", 2, 2, 0),
        ("2026-01-11", "2026-01-21", 1, 3, 2),
        (None, "2025-12-31", 0, 0, 0),
        ("2027-01-01", None, 36, 36, 0),
        ("2026-03-01", "2026-02-01", 6, 6, 0),
        (date.min, date.max, 0, 36, 36),
    ],
)
def test_a_register_opens_and_closes_with_the_balances_around_it(
    year: Ledger, date_from: Any, date_to: Any, opening: int, closing: int, count: int
) -> None:
    for account in (BANK, SALES):
        register = year.register(account, date_from=date_from, date_to=date_to)
        assert (register.opening_balance.amount, register.closing_balance.amount, len(register)) == (
            opening,
            closing,
            count,
        )
        assert register.opening_balance.amount + sum(row.change.amount for row in register) == closing
        assert [row.balance.amount for row in register] == list(range(opening + 1, closing + 1))


def test_a_register_can_be_indexed_sliced_and_iterated(year: Ledger) -> None:
    register = year.register(BANK, date_to="2026-02-01")
    assert register[0].date == FIRST
    assert register[-1] == list(register)[-1]
    assert list(register[1:3]) == list(register)[1:3]
    assert register[0] in register
    assert (register.account.name, register.date_to) == (BANK, date(2026, 2, 1))


def test_the_journal_is_in_order_of_date_and_number(year: Ledger) -> None:
    journal = year.journal()
    assert len(journal) == 36
    assert [one.number for one in journal] == list(range(36, 0, -1))
    assert journal[0] == journal[-36] == year.transaction(36)
    assert journal[-1] == journal[35] == year.transaction(1)
    assert list(journal[3:5]) == list(journal)[3:5]
    for index in (36, -37):
        with pytest.raises(IndexError):
            journal[index]


@pytest.mark.parametrize(
    ("dates", "count"),
    [
        ({"date_from": "2026-01-11"}, 35),
        ({"date_to": "2026-01-10"}, 1),
        ({"date_from": "2026-01-11", "date_to": "2026-01-11"}, 1),
        ({"date_from": "2026-01-12", "date_to": "2026-01-11"}, 0),
    ],
)
def test_a_range_of_the_journal_has_both_its_ends(year: Ledger, dates: dict[str, str], count: int) -> None:
    assert len(year.journal(**dates)) == len(list(year.journal(**dates))) == count


def test_a_journal_longer_than_a_piece_is_read_whole_and_once(book: Ledger) -> None:
    book.post_batch(
        Draft(FIRST + timedelta(days=step * 7 % 13), "Sale", (debit(BANK, 1), credit(SALES, 1))) for step in range(950)
    )
    numbers = [one.number for one in book.journal()]
    assert len(numbers) == len(set(numbers)) == len(book.journal()) == 950
    assert numbers == [number for _, number in sorted((one.date, one.number) for one in book.journal())]


@pytest.mark.parametrize(
    "part", [slice(1, 3), slice(None, 2), slice(-2, None), slice(2, 99), slice(3, 1), slice(None, None, -2)]
)
def test_a_part_of_the_journal_is_that_part_of_the_whole(year: Ledger, part: slice) -> None:
    assert list(year.journal()[part]) == list(year.journal())[part]


def test_what_is_posted_while_the_journal_is_read_does_no_harm(year: Ledger) -> None:
    seen = []
    for one in year.journal():
        seen.append(one.number)
        if len(seen) == 5:
            year.post("Before", debit(BANK, 1), credit(SALES, 1), date="2025-01-01")
    assert seen == list(range(36, 0, -1))


def test_the_counter_accounts_are_the_other_postings_each_named_once(book: Ledger) -> None:
    book.post("Split", debit(BANK, 3), credit(SALES, 1), credit(CASH, 1), credit(SALES, 1))
    assert book.register(BANK)[0].counter_accounts == (SALES, CASH)
    assert book.register(SALES)[0].counter_accounts == (BANK, CASH, SALES)


def test_postings_after_a_day_are_counted(year: Ledger) -> None:
    assert year.postings_after(date(2026, 12, 16)) == 2
    assert year.postings_after(date(2026, 12, 17)) == 0


def test_a_book_says_what_it_is(book: Ledger) -> None:
    assert (str(book.currency), book.currency.digits, book.strict) == ("EUR", 2, False)
    assert (book.fiscal_year_start, book.closed_through, book.today) == ((1, 1), None, date(2026, 6, 15))
    assert book.currency_of("USD").digits == 2


@pytest.mark.sqlite_only
def test_a_book_has_the_name_of_its_file(book: Ledger) -> None:
    assert (book.name, book.place) == ("shop", str(book.path))


def test_a_book_in_memory_does_the_same_work() -> None:
    with Ledger.in_memory(currency="GOLD", digits=4, fiscal_year_start="07-01", strict=True) as ledger:
        ledger.open_account(BANK, "asset")
        ledger.increase(BANK, "1.2345", date="2026-01-01")
        assert (str(ledger.balance(BANK)), ledger.name, ledger.path) == ("1.2345 GOLD", "memory", None)
        assert (ledger.fiscal_year_start, ledger.strict, ledger.verify().ok) == ((7, 1), True, True)
        with pytest.raises(FloatAmount):
            ledger.increase(BANK, 1.5)
