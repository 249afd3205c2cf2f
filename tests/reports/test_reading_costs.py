"""What a statement reads of a book follows its days and accounts: counted in questions put to the database."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tests.reports.conftest import Book
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.balances import stored_balance
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range, period_ends, periods_of
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.report import Report

YEAR = Range(date(2025, 1, 1), date(2025, 12, 31))
MONTHS = 12


@pytest.fixture
def abroad(book: Book) -> Book:
    """Two currencies, a price a month, a fiscal year that was closed."""
    book.open("Assets:Bank", cash=True)
    book.open("Expenses:Hotels", currency="USD")
    book.open("Assets:Dollars", currency="USD")
    book.post("2024-12-01", "Assets:Bank 5000", "Income:Sales -5000")
    for month in range(1, MONTHS + 1):
        book.ledger.add_price(f"2025-{month:02}-20", "USD", "EUR", f"0.9{month:02}")
        book.ledger.transfer("Assets:Bank", "Assets:Dollars", "90", received="100", date=f"2025-{month:02}-02")
        book.post(f"2025-{month:02}-05", "Expenses:Hotels 50", "Assets:Dollars -50")
    return book


@contextmanager
def asked(ledger: Ledger) -> Iterator[Counter[str]]:
    """How often each table was asked, by the table first named after FROM, as SQLite traces it."""
    counts: Counter[str] = Counter()
    connection: sqlite3.Connection = ledger._database.models.connection()

    def trace(statement: str) -> None:
        words = statement.split()
        if words[0] == "SELECT":
            counts["changes" if "max(seq)" in words else " ".join(words[1:3])] += 1
            counts["all"] += 1

    connection.set_trace_callback(trace)
    try:
        yield counts
    finally:
        connection.set_trace_callback(None)


def sheet(ledger: Ledger, columns: int, **given: object) -> Report:
    return balance_sheet(ledger, period_ends(YEAR, "month")[:columns], **given)


def test_a_column_more_costs_one_reading_of_the_balances(abroad: Book) -> None:
    ledger = abroad.ledger
    counted = []
    for columns in (1, MONTHS):
        with asked(ledger) as counts:
            assert sheet(ledger, columns).balanced is not False
        counted.append(counts)
    one, twelve = counted

    # The eve of the fiscal year is the same for all of them.
    assert (one["id, coalesce((SELECT"], twelve["id, coalesce((SELECT"]) == (2, 13)
    assert one["all"] <= 13
    assert twelve["all"] <= one["all"] + 11 * 4


def test_what_a_year_is_converted_by_is_read_once_for_all_columns(abroad: Book) -> None:
    ledger = abroad.ledger
    with asked(ledger) as counts:
        assert sheet(ledger, MONTHS, currency=ledger.currency).balanced is True

    assert counts["id, coalesce((SELECT"] == 13
    # What closing transactions moved: in each month, and from the first day to each column's.
    assert counts["p.account, sum((CASE"] <= 2 * MONTHS
    assert counts["all"] <= 160


@pytest.mark.parametrize("is_converted", [False, True])
def test_months_of_an_income_statement_share_their_ends(abroad: Book, is_converted: bool) -> None:
    ledger = abroad.ledger
    with asked(ledger) as counts:
        income_statement(ledger, periods_of(YEAR, "month"), currency=ledger.currency if is_converted else None)

    assert counts["id, coalesce((SELECT"] == 13
    assert counts["p.account, sum((CASE"] == MONTHS


def test_balances_are_found_by_seeking(abroad: Book) -> None:
    balance = stored_balance("accounts.id", at=True)
    plan = abroad.ledger._database.rows(f"EXPLAIN QUERY PLAN SELECT ({balance}) FROM accounts", ("2025-06-30",))
    said = [row[3] for row in plan]
    assert any("SEARCH postings USING PRIMARY KEY (account=? AND date<?)" in one for one in said)
    assert not any("TEMP B-TREE" in one or one == "SCAN postings" for one in said)
