"""Tax on closed days: what was filed for them comes out the same, whatever is changed of rates and codes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Ledger, credit, debit

VAT, OTHER, BANK, SALES = "Liabilities:VAT", "Liabilities:Card", "Assets:Bank", "Income:Sales"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def closed(book: Ledger) -> Ledger:
    """A book whose first half year of 2026 is closed, with a sale in it that bore 19%; the rate before it is 16%."""
    book.open_account(VAT, "liability")
    book.set_tax_rate("std", 16, account=VAT, date_from="2025-07-01")
    book.set_tax_rate("std", 19, date_from="2026-01-01")
    book.set_tax_rate("red", 7, account=VAT, date_from="2026-01-01")
    book.edit_account(SALES, tax_code="std")
    book.post("Sale", debit(BANK, 119), credit(SALES, 100), credit(VAT, 19), date="2026-03-10")
    book.close_period("2026-06-30", reason="filed")
    return book


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.set_tax_rate("std", 15, date_from="2026-01-01"),
        lambda book: book.set_tax_rate("std", 19, account=OTHER, date_from="2026-01-01"),
        lambda book: book.set_tax_rate("std", 20, date_from="2026-06-30"),
        lambda book: book.remove_tax_rate("red", "2026-01-01"),
        lambda book: book.remove_tax_rate("std", "2026-01-01"),
        lambda book: book.remove_tax_rate("std", "2025-07-01"),
    ],
)
def test_no_closed_day_gets_another_rate(closed: Ledger, untouched: Untouched, change: Callable[[Ledger], Any]) -> None:
    with (
        untouched(closed),
        pytest.raises(errors.TaxRateInClosedPeriod, match=r"closed through 2026-06-30 and stays as it is: set a rate"),
    ):
        change(closed)


def test_later_days_get_what_rate_is_wanted_and_what_changes_no_closed_day_is_written(closed: Ledger) -> None:
    closed.set_tax_rate("std", 20, date_from="2026-07-01")
    closed.set_tax_rate("std", 21, account=OTHER, date_from="2026-07-01")
    closed.remove_tax_rate("std", "2026-07-01")
    assert closed.set_tax_rate("std", 15, account=VAT, date_from="2025-01-01").rate == 15
    closed.set_tax_rate("new", 5, account=VAT, date_from="2026-07-01")
    assert closed.set_tax_rate("red", "7.00", date_from="2026-01-01", name="Reduced").name == "Reduced"
    assert closed.set_tax_rate("red", 7, date_from="2026-06-01").rate == 7
    closed.remove_tax_rate("red", "2026-06-01")
    assert closed.verify(replay=True).ok


def test_a_first_rate_may_hold_on_closed_days_only_where_nothing_posted_bears_it(
    book: Ledger, untouched: Untouched
) -> None:
    book.open_account(VAT, "liability")
    book.edit_account(SALES, tax_code="std")
    book.post("Sale", debit(BANK, 100), credit(SALES, 100), date="2026-03-10")
    book.close_period("2026-05-31", reason="filed")
    with untouched(book), pytest.raises(errors.TaxRateInClosedPeriod, match="The rate of 'std' on 2026-03-10"):
        book.set_tax_rate("std", 19, account=VAT, date_from="2026-03-10")
    assert book.set_tax_rate("std", 19, account=VAT, date_from="2026-03-11").rate == 19
    assert book.set_tax_rate("red", 7, account=VAT, date_from="2020-01-01").rate == 7


def test_undo_and_redo_leave_closed_days_as_they_are(book: Ledger, untouched: Untouched) -> None:
    book.open_account(VAT, "liability")
    book.edit_account(SALES, tax_code="std")
    book.post("Sale", debit(BANK, 100), credit(SALES, 100), date="2026-03-10")
    book.set_tax_rate("std", 19, account=VAT, date_from="2026-01-01")
    book.close_period("2026-05-31", reason="filed")
    with untouched(book), pytest.raises(errors.TaxRateInClosedPeriod):
        book.undo()
    book.reopen_period("2026-01-01", reason="a wrong rate")
    book.undo()
    book.close_period("2026-05-31", reason="filed again")
    with untouched(book), pytest.raises(errors.TaxRateInClosedPeriod):
        book.redo()


@pytest.mark.parametrize("code", ["red", None])
def test_an_account_keeps_the_code_its_postings_on_closed_days_bore(
    closed: Ledger, untouched: Untouched, code: str | None
) -> None:
    with (
        untouched(closed),
        pytest.raises(errors.TaxCodeInClosedPeriod, match=r"bore the tax code 'std' .* open another account"),
    ):
        closed.edit_account(SALES, tax_code=code)
    assert closed.edit_account(SALES, tax_code="std", code="4711").code == "4711"


def test_an_account_without_such_postings_may_get_its_first_code_and_another_one(closed: Ledger) -> None:
    closed.edit_account("Expenses:Rent", tax_code="red")
    assert closed.edit_account("Expenses:Rent", tax_code="std").tax_code == "std"
    closed.post("Rent", debit("Expenses:Rent", 10), credit(BANK, 10), date="2026-07-01")
    assert closed.edit_account("Expenses:Rent", tax_code=None).tax_code is None


def test_undo_takes_no_code_off_that_postings_on_closed_days_bore(book: Ledger, untouched: Untouched) -> None:
    book.open_account(VAT, "liability")
    book.set_tax_rate("std", 19, account=VAT, date_from="2026-01-01")
    book.post("Sale", debit(BANK, 100), credit(SALES, 100), date="2026-03-10")
    book.close_period("2026-05-31", reason="filed")
    book.edit_account(SALES, tax_code="std")
    with untouched(book), pytest.raises(errors.TaxCodeInClosedPeriod):
        book.undo()


def test_an_account_that_bore_tax_on_closed_days_is_not_made_one_that_takes_it(closed: Ledger) -> None:
    closed.reopen_period("2026-01-01", reason="a card that bears tax")
    closed.edit_account(OTHER, tax_code="red")
    closed.post("Fee", debit(BANK, 10), credit(OTHER, 10), date="2026-03-11")
    closed.close_period("2026-06-30", reason="filed")
    with pytest.raises(errors.TaxCodeInClosedPeriod, match="Liabilities:Card"):
        closed.set_tax_rate("std", 20, account=OTHER, date_from="2026-07-01")
