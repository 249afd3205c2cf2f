from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui_ledger.ledger import AccountType, Ledger, credit, debit
from tui_ledger.ui.account_rows import account_rows, deepest
from tui_ledger.ui.desk import Standing


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.in_memory("EUR") as made:
        for name, kind, currency in (
            ("Income:Sales", AccountType.INCOME, "EUR"),
            ("Assets:Bank:Current", AccountType.ASSET, "EUR"),
            ("Assets:Bank:Dollars", AccountType.ASSET, "USD"),
            ("Assets:Bank", AccountType.ASSET, "EUR"),
            ("Liabilities:Dollar loan", AccountType.LIABILITY, "USD"),
            ("Expenses:Rent", AccountType.EXPENSE, "EUR"),
        ):
            made.open_account(name, kind, currency=currency)
        made.post("Sale", debit("Assets:Bank:Current", 300), credit("Income:Sales", 300))
        made.post("Cash", debit("Assets:Bank", 20), credit("Income:Sales", 20))
        made.post("Loan", debit("Assets:Bank:Dollars", 50), credit("Liabilities:Dollar loan", 50))
        yield made


def standing(ledger: Ledger) -> Standing:
    return Standing(ledger.revision, ledger.currency, ledger.accounts(), ledger.balances())


def test_the_tree_stands_in_the_order_of_a_statement_with_sums_in_each_accounts_own_direction(ledger: Ledger) -> None:
    rows = account_rows(standing(ledger))
    assert [(row.name, [str(total) for total in row.totals]) for row in rows] == [
        ("Assets", ["320.00 EUR", "50.00 USD"]),
        ("Assets:Bank", ["320.00 EUR", "50.00 USD"]),
        ("Assets:Bank:Current", ["300.00 EUR"]),
        ("Assets:Bank:Dollars", ["50.00 USD"]),
        ("Liabilities", ["50.00 USD"]),
        ("Liabilities:Dollar loan", ["50.00 USD"]),
        ("Equity", ["0.00 EUR"]),
        ("Equity:Adjustments", ["0.00 EUR"]),
        ("Income", ["320.00 EUR"]),
        ("Income:Sales", ["320.00 EUR"]),
        ("Expenses", ["0.00 EUR"]),
        ("Expenses:Rent", ["0.00 EUR"]),
    ]


def test_a_name_that_was_never_opened_is_a_heading_without_an_account(ledger: Ledger) -> None:
    opened = {row.name: row.account is not None for row in account_rows(standing(ledger))}
    assert (opened["Assets"], opened["Assets:Bank"]) == (False, True)


def test_depth_and_folds_leave_rows_out_and_say_so(ledger: Ledger) -> None:
    book = standing(ledger)
    assert deepest(book) == 3
    assert [row.name for row in account_rows(book, depth=1)] == [
        "Assets",
        "Liabilities",
        "Equity",
        "Income",
        "Expenses",
    ]
    folded = {row.name: row.hides for row in account_rows(book, folded={"Assets:Bank"})}
    assert folded["Assets:Bank"]
    assert "Assets:Bank:Current" not in folded
    assert not folded["Assets"]


def test_a_closed_account_that_holds_nothing_is_left_out(ledger: Ledger) -> None:
    ledger.close_account("Expenses:Rent")
    assert "Expenses:Rent" not in [row.name for row in account_rows(standing(ledger))]


def test_both_sides_of_the_book_are_equal(ledger: Ledger) -> None:
    assert [str(side) for side in standing(ledger).sides()] == ["320.00 EUR", "320.00 EUR"]
