from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.conftest import Book
from tests.reports.figures_of import assert_rows_add_up
from tests.reports.test_random_books import random_book
from tui_ledger.errors import InvalidSetting
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.report import Report
from tui_ledger.reports.sorting import ORDERS, sorted_rows
from tui_ledger.reports.trial_balance import trial_balance

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


def labels(report: Report, section: int = 0) -> list[str]:
    return [row.label for row in report.sections[section].rows]


@pytest.fixture
def shop(book: Book) -> Book:
    book.open("Expenses:Wages", code="6000")
    book.open("Expenses:rent:Shop", code="6100")
    book.open("Expenses:rent:Cellar", code="6110")
    book.open("Expenses:rent", code="6120")
    book.open("Expenses:Abroad", code="6200", currency="USD")
    book.open("Assets:Dollars", currency="USD")
    book.post("2026-01-01", "Expenses:Wages 20", "Expenses:rent:Shop 5", "Expenses:rent:Cellar 30", "Assets:Bank -55")
    book.post("2026-01-02", "Expenses:rent 4", "Expenses:Ink -1", "Assets:Bank -3")
    book.post("2026-01-03", "Expenses:Abroad 99", "Assets:Dollars -99")
    return book


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("code", ["Wages", "rent", "rent, own postings", "Shop", "Cellar", "Abroad", "Ink"]),
        ("name", ["Abroad", "Ink", "rent", "rent, own postings", "Cellar", "Shop", "Wages"]),
        ("amount", ["rent", "rent, own postings", "Cellar", "Shop", "Wages", "Ink", "Abroad"]),
    ],
)
def test_rows_are_sorted_within_their_parent(shop: Book, order: str, rows: list[str]) -> None:
    report = sorted_rows(income_statement(shop.ledger, [YEAR]), order)

    assert labels(report, 1) == rows
    assert_rows_add_up(report)


def test_computed_rows_stay_behind_the_accounts(book: Book) -> None:
    book.post("2025-01-01", "Assets:Bank 900", "Equity:Zeal -1", "Equity:Capital -2", "Income:Sales -897")
    book.post("2026-01-01", "Assets:Bank 5", "Income:Sales -5")

    for order, accounts in (("name", ["Capital", "Zeal"]), ("amount", ["Capital", "Zeal"])):
        report = sorted_rows(balance_sheet(book.ledger, [YEAR.last]), order)
        assert labels(report, 2) == [*accounts, "Retained earnings", "Result of the current year"]


def test_a_trial_balance_goes_by_what_accounts_close_with(shop: Book) -> None:
    report = sorted_rows(trial_balance(shop.ledger, YEAR), "amount")

    assert labels(report) == [
        "Expenses:rent:Cellar",
        "Expenses:Wages",
        "Expenses:rent:Shop",
        "Expenses:rent",
        "Expenses:Ink",
        "Assets:Bank",
    ]


def test_a_word_that_is_no_order_is_refused(shop: Book) -> None:
    with pytest.raises(InvalidSetting, match="use code, name or amount"):
        sorted_rows(income_statement(shop.ledger, [YEAR]), "size")


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), order=st.sampled_from(ORDERS))
def test_an_order_loses_no_row_and_changes_no_figure(seed: int, order: str) -> None:
    whole = Range(date(2024, 1, 1), date(2026, 12, 31))
    with random_book(seed) as ledger:
        for report in (
            income_statement(ledger, [whole]),
            trial_balance(ledger, whole),
            balance_sheet(ledger, [whole.last]),
        ):
            found = sorted_rows(report, order)

            assert_rows_add_up(found)
            assert [set(map(repr, section.rows)) for section in found.sections] == [
                set(map(repr, section.rows)) for section in report.sections
            ]
            assert sorted_rows(found, order) == found
