"""The accounts the book itself posts to: named by its settings, opened where they are missing, followed by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger.errors import InvalidSetting, LedgerError, UnknownAccount
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import credit, debit


@pytest.fixture
def german(book: Ledger) -> Ledger:
    book.open_account("Eigenkapital:Saldenvorträge", "equity", code="9000")
    book.open_account("Eigenkapital:Gewinnvortrag", "equity", code="0860")
    book.set_setting("opening_balances", "9000")
    book.set_setting("retained_earnings", "Eigenkapital:Gewinnvortrag")
    return book


def test_opening_balances_and_closed_results_go_where_the_settings_say(german: Ledger) -> None:
    german.set_opening_balances("2024-12-31", {"Assets:Bank": "500", "Assets:Dollars": "70"})
    assert str(german.balance("9000")) == "500.00 EUR"
    assert str(german.balance("Eigenkapital:Saldenvorträge:USD")) == "70.00 USD"
    german.post("Sale", debit("Assets:Bank", "100"), credit("Income:Sales", "100"), date="2025-03-01")
    german.close_period("2025-12-31", closing_transaction=True)
    assert str(german.balance("0860")) == "100.00 EUR"
    assert "Equity:Retained earnings" not in [account.name for account in german.accounts()]
    assert german.verify(replay=True).ok


def test_a_renamed_account_stays_the_book_s_own_and_undo_takes_both_back(german: Ledger) -> None:
    german.rename_account("Eigenkapital", "Kapital")
    assert german.setting("retained_earnings") == "Kapital:Gewinnvortrag"
    assert german.opening_balances_account() == "Kapital:Saldenvorträge"
    german.undo()
    assert german.setting("retained_earnings") == "Eigenkapital:Gewinnvortrag"
    assert german.verify(replay=True).ok


def test_an_account_that_was_deleted_leaves_the_default(german: Ledger) -> None:
    german.delete_account("9000")
    assert german.opening_balances_account() == "Equity:Opening"
    german.set_opening_balances("2025-01-01", {"Assets:Bank": "5"})
    assert str(german.balance("Equity:Opening")) == "5.00 EUR"


@pytest.mark.parametrize("setting", ["opening_balances", "retained_earnings"])
@pytest.mark.parametrize(
    ("value", "error"),
    [
        (7, InvalidSetting),
        ("Equity:Nowhere", UnknownAccount),
        ("Assets:Bank", InvalidSetting),
        ("Equity:Heading", InvalidSetting),
        ("Equity:Dollars", InvalidSetting),
    ],
)
def test_only_an_equity_account_that_takes_postings_can_be_one(
    book: Ledger, untouched: Callable[[Ledger], Any], setting: str, value: object, error: type[LedgerError]
) -> None:
    book.open_account("Equity:Heading", "equity", placeholder=True)
    with untouched(book), pytest.raises(error):
        book.set_setting(setting, value)
