"""Windows for the screen: any page equals that slice of the whole, and costs the page, not the book."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import InvalidDate, UnknownAccount
from tui_ledger.ledger import Draft, DraftPosting, Ledger, credit, debit
from tui_ledger.ledger.windows import JournalRow, Window

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
FIRST = date(2024, 1, 1)
OTHERS = (SALES, CASH, RENT, "Liabilities:Card")


def fill(ledger: Ledger, count: int) -> None:
    """Transactions of a few to a day, numbers out of date order, Bank in two of three, some with two Bank lines."""
    choose = random.Random(count)

    def drafts() -> Iterator[Draft]:
        for number in range(count):
            day = FIRST + timedelta(days=choose.randrange(max(count // 4, 1)))
            first, second = (BANK, choose.choice(OTHERS)) if number % 3 else choose.sample(OTHERS, 2)
            lines = [debit(first, number + 1), credit(second, number + 1)]
            if number % 10 == 1:
                lines += [debit(BANK, 5), credit(RENT, 5)]
            yield Draft(day, f"No. {number}", tuple(lines), payee=f"Payee {number % 17}")

    ledger.post_batch(drafts())


@pytest.fixture
def filled(book: Ledger) -> Ledger:
    fill(book, 300)
    book.reverse(7)
    return book


def journal_rows(book: Ledger, **dates: Any) -> list[JournalRow]:
    """What the window's rows must be, made from the whole journal."""
    rows = []
    for one in book.journal(**dates):
        code = one.postings[0].currency
        debits = [line.amount for line in one.postings if line.amount.units > 0 and line.currency == code]
        rows.append(
            JournalRow(
                number=one.number,
                date=one.date,
                status=one.status,
                payee=one.payee,
                memo=one.memo,
                accounts=tuple(line.account for line in one.postings),
                amount=sum(debits[1:], start=debits[0]),
                voided=one.voided,
                reverses=one.reverses,
                reversed_by=one.reversed_by,
            )
        )
    return rows


RANGES = [
    {},
    {"date_from": FIRST + timedelta(days=20)},
    {"date_to": FIRST + timedelta(days=30)},
    {"date_from": FIRST + timedelta(days=10), "date_to": FIRST + timedelta(days=12)},
    {"date_from": "2024-01-05", "date_to": "2024-01-05"},
    {"date_from": "2030-01-01"},
    {"date_from": "2024-02-01", "date_to": "2024-01-01"},
]


def pages(length: int, seed: int) -> Iterator[tuple[int, int]]:
    """Ways to look at a list: forwards, backwards, jumps, single rows, pages over either end."""
    choose, at = random.Random(seed), 0
    for _ in range(80):
        height = choose.choice((0, 1, 2, 7, 24, 60))
        at = choose.choice(
            (at, at + height, at - height, at + 1, at - 1, choose.randint(-5, length + 5), 0, length - height)
        )
        yield at, at + height
    yield from ((0, length), (-10, length + 10), (length, length + 5), (5, 3))


@pytest.mark.parametrize("dates", RANGES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_every_page_of_the_journal_equals_that_slice_of_it(filled: Ledger, dates: dict[str, Any], seed: int) -> None:
    whole, window = journal_rows(filled, **dates), filled.journal_window(**dates)
    assert len(window) == len(whole)
    for start, stop in pages(len(whole), seed):
        assert window.rows(start, stop) == whole[max(start, 0) : max(stop, 0)], (start, stop)


@pytest.mark.parametrize("dates", RANGES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_every_page_of_a_register_equals_that_slice_of_it(filled: Ledger, dates: dict[str, Any], seed: int) -> None:
    register, window = filled.register(BANK, **dates), filled.register_window("1000", **dates)
    assert len(window) == len(register)
    assert window.closing_balance == register.closing_balance
    for start, stop in pages(len(register), seed):
        assert window.rows(start, stop) == list(register[max(start, 0) : max(stop, 0)]), (start, stop)


@pytest.mark.parametrize("dates", RANGES, ids=str)
def test_a_place_in_the_journal_is_found_by_key_and_by_day(filled: Ledger, dates: dict[str, Any]) -> None:
    whole, window = journal_rows(filled, **dates), filled.journal_window(**dates)
    for index, row in enumerate(whole):
        assert window.index_of(row.key) == window.index_of((row.date, row.number)) == index
        assert window.index_of((row.date, row.number + 0.5)) == index + 1
        assert window.index_of_date(row.date) == [other.date for other in whole].index(row.date)
    assert window.index_of(("0001-01-01", 0)) == window.index_of_date(date.min) == 0
    assert window.index_of(("9999-12-31", 10**6)) == window.index_of_date(date.max) == len(whole)


def test_a_place_in_a_register_is_found_by_key_and_by_day(filled: Ledger) -> None:
    whole, window = list(filled.register(BANK)), filled.register_window(BANK)
    for index, row in enumerate(whole):
        assert window.index_of((row.date, row.transaction, row.line)) == index
        assert window.index_of((row.date.isoformat(), row.transaction, row.line + 1)) <= index + 1
        assert window.index_of_date(row.date) == [other.date for other in whole].index(row.date)


def test_a_window_of_an_empty_book_is_empty(book: Ledger) -> None:
    for window in (book.journal_window(), book.register_window(BANK)):
        assert (len(window), window.rows(0, 100), window.rows(-5, 0)) == (0, [], [])
        assert window.index_of_date(date(2026, 1, 1)) == 0
    assert book.journal_window().index_of(("2026-01-01", 1)) == 0
    assert book.register_window(BANK).index_of(("2026-01-01", 1, 1)) == 0
    assert book.register_window(BANK).closing_balance.units == 0


def test_a_window_of_an_account_that_is_not_there_is_refused(book: Ledger) -> None:
    with pytest.raises(UnknownAccount):
        book.register_window("Assets:Nowhere")
    with pytest.raises(InvalidDate):
        book.journal_window(date_from="2026-02-30")


def test_a_row_of_the_journal_shows_the_sum_of_its_debits_in_its_first_currency(book: Ledger) -> None:
    lines = (
        debit(BANK, 10),
        credit(CASH, 4),
        credit(SALES, 6),
        debit("Assets:Dollars", 3),
        DraftPosting("Equity:Dollars"),
    )
    book.post("Mixed", *lines)
    book.post("Dollars first", *reversed(lines))
    rows = book.journal_window().rows(0, 2)
    assert [str(row.amount) for row in rows] == ["10.00 EUR", "3.00 USD"]
    assert rows[0].accounts == (BANK, CASH, SALES, "Assets:Dollars", "Equity:Dollars")


def test_a_whole_long_journal_can_be_asked_for_at_once(book: Ledger) -> None:
    fill(book, 5200)
    assert [row.number for row in book.journal_window().rows(0, 5200)] == [one.number for one in book.journal()]


@contextmanager
def counted(book: Ledger) -> Iterator[dict[str, int]]:
    """Counts SQL statements and the steps SQLite takes for them."""
    counts = {"statements": 0, "steps": 0}
    connection: sqlite3.Connection = book._database.models.connection()  # type: ignore[no-untyped-call]

    def statement(text: str) -> None:
        counts["statements"] += 1

    def step() -> int:
        counts["steps"] += 1
        return 0

    connection.set_trace_callback(statement)
    connection.set_progress_handler(step, 1)
    try:
        yield counts
    finally:
        connection.set_trace_callback(None)
        connection.set_progress_handler(None, 1)


def cost_of_pages(ledger: Ledger, window: Window[Any]) -> dict[str, dict[str, int]]:
    """What a person's ways about a long list cost: both ends, the next page, the one before."""
    costs = {}
    length = len(window)
    ways = {
        "home": 0,
        "next": 24,
        "next again": 48,
        "back": 24,
        "end": length - 24,
        "up": length - 48,
        "a row up": length - 49,
    }
    window.rows(length // 2, length // 2 + 24)
    ways |= {
        "from the middle on": length // 2 + 24,
        "back from the middle": length // 2 - 24,
        "a row on": length // 2 - 23,
    }
    for way, start in ways.items():
        with counted(ledger) as counts:
            window.rows(start, start + 24)
        costs[way] = counts
    return costs


def test_a_page_costs_no_more_in_a_book_ten_times_as_long(tmp_path: Path) -> None:
    found = []
    for count in (300, 3000):
        with Ledger.create(tmp_path / f"{count}.ledger") as ledger:
            for name, kind in (
                (BANK, "asset"),
                (CASH, "asset"),
                (SALES, "income"),
                (RENT, "expense"),
                ("Liabilities:Card", "liability"),
            ):
                ledger.open_account(name, kind)
            fill(ledger, count)
            ledger.accounts()
            found.append(
                [cost_of_pages(ledger, ledger.journal_window()), cost_of_pages(ledger, ledger.register_window(BANK))]
            )
    for short, long in zip(*found, strict=True):
        for way, cost in long.items():
            assert cost["statements"] <= 4, way
            assert cost["steps"] <= 1.3 * short[way]["steps"] + 200, way


@pytest.mark.sqlite_only
def test_all_balances_at_a_day_are_one_statement_whatever_the_history(filled: Ledger) -> None:
    steps = []
    for day in ("2024-01-01", "2024-03-01", "2026-06-15"):
        with counted(filled) as counts:
            filled.balances(at=day)
        assert counts["statements"] == 1
        steps.append(counts["steps"])
    assert max(steps) < 60 * len(filled.accounts())


@pytest.mark.sqlite_only
def test_one_balance_is_a_seek_whatever_the_history(filled: Ledger) -> None:
    filled.balance(BANK)
    with counted(filled) as counts:
        filled.balance(BANK, at="2024-02-01")
    assert counts["statements"] <= 2
    assert counts["steps"] < 100


@pytest.mark.sqlite_only
def test_carrying_later_rows_touches_only_the_accounts_of_the_posting(filled: Ledger) -> None:
    lines = (debit("Assets:Dollars", 1), credit("Equity:Dollars", 1))
    filled.post("Warm", *lines)
    with counted(filled) as unrelated:
        filled.post("First of all", *lines, date="2020-01-01")
    with counted(filled) as last:
        filled.post("Last of all", *lines, date="2030-01-01")
    assert unrelated["steps"] < last["steps"] + 300


def test_a_window_keeps_its_length_while_the_book_grows(filled: Ledger) -> None:
    window = filled.journal_window()
    length, first = len(window), window.rows(0, 10)
    filled.post("New", debit(BANK, 1), credit(SALES, 1), date="2029-01-01")
    assert (len(window), window.rows(0, 10)) == (length, first)
    assert len(filled.journal_window()) == length + 1


WINDOWS: dict[str, Callable[[Ledger], Window[Any]]] = {
    "journal": lambda book: book.journal_window(),
    "register": lambda book: book.register_window(BANK),
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", WINDOWS)
def test_reading_a_page_reads_its_rows_and_no_others(filled: Ledger, kind: str) -> None:
    window = WINDOWS[kind](filled)
    window.rows(0, 10)
    with counted(filled) as ten:
        window.rows(10, 20)
    with counted(filled) as hundred:
        window.rows(20, 120)
    assert hundred["statements"] == ten["statements"]
    assert 5 * ten["steps"] < hundred["steps"] < 15 * ten["steps"]


def test_a_key_is_found_wherever_it_stands_and_its_neighbours_too(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_ledger.ledger.windows._NEAR", 20)
    for window in (
        filled.journal_window(),
        filled.journal_window(date_from="2024-01-20", date_to="2024-02-20"),
        filled.register_window(BANK, date_from="2024-01-20", date_to="2024-02-20"),
    ):
        keys = window.keys(0, len(window))
        assert [window.index_of(key) for key in keys] == list(range(len(keys)))
        assert window.index_of(("2023-01-01", *keys[0][1:])) == 0
        assert window.index_of(("2029-01-01", *keys[0][1:])) == len(keys)
        assert window.keys(3, 5) == keys[3:5]


def test_the_whole_journal_is_as_long_as_its_last_number(filled: Ledger) -> None:
    filled.void(3)
    assert len(filled.journal_window()) == len(filled.journal()) == 301
