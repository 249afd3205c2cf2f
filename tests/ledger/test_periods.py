"""Closing and reopening periods, and the closing transaction of a fiscal year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, DraftPosting, Ledger, Transaction, WrittenPrice, credit, debit

BANK, SALES, RENT, RETAINED = "Assets:Bank", "Income:Sales", "Expenses:Rent", "Equity:Retained earnings"


def sale(book: Ledger, amount: object = 100, day: str = "2025-03-10") -> Transaction:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), date=day)


def rent(book: Ledger, amount: object = 30, day: str = "2025-04-10") -> Transaction:
    return book.post("Rent", debit(RENT, amount), credit(BANK, amount), date=day)


def held(book: Ledger, account: str, at: str | None = None) -> str:
    return str(book.balance(account, at=at).amount)


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies


def strict_year() -> Ledger:
    ledger = Ledger.in_memory("EUR", strict=True, clock=lambda: datetime(2026, 6, 15, tzinfo=UTC))
    for name, kind in ((BANK, "asset"), (SALES, "income"), (RENT, "expense")):
        ledger.open_account(name, kind)
    sale(ledger)
    return ledger


def test_closed_days_take_keep_and_lose_nothing(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book, day="2026-01-31")
    assert book.close_period("2026-01-31", reason="filed") == date(2026, 1, 31)
    assert book.closed_through == date(2026, 1, 31)
    acts: list[Callable[[], object]] = [
        lambda: sale(book, day="2026-01-31"),
        lambda: sale(book, day="1999-01-01"),
        lambda: book.edit(1, memo="x"),
        lambda: book.edit(1, date="2026-02-01"),
        lambda: book.void(1),
        lambda: book.reverse(1, date="2026-01-31"),
        lambda: book.transfer(BANK, "Assets:Cash", 1, date="2026-01-01"),
        lambda: book.increase({"user": 1}, 1, date="2026-01-01", create_missing=True),
        lambda: book.close_period("2026-01-31"),
        lambda: book.close_period("2025-12-31"),
    ]
    with untouched(book):
        for act in acts:
            with pytest.raises(errors.PeriodClosed, match="2026-01-31"):
                act()
    assert sale(book, day="2026-02-01").number == 2
    assert book.reverse(1).date == date(2026, 6, 15)
    correct(book)


def test_later_days_close_on_top_and_the_history_says_why(book: Ledger) -> None:
    sale(book)
    book.close_period("2026-01-31", reason="January", actor="ada")
    book.close_period("2026-03-31", reason="quarter", actor="ada")
    assert book.reopen_period("2026-03-11", reason="a missing bill", actor="bob") == date(2026, 3, 10)
    changes = [change for change in book.latest_changes(9)[::-1] if change.subject == "period"]
    assert [(change.kind, change.actor, change.before, change.after) for change in changes] == [
        ("close-period", "ada", None, {"closed_through": "2026-01-31", "reason": "January"}),
        (
            "close-period",
            "ada",
            {"closed_through": "2026-01-31"},
            {"closed_through": "2026-03-31", "reason": "quarter"},
        ),
        (
            "reopen-period",
            "bob",
            {"closed_through": "2026-03-31"},
            {"closed_through": "2026-03-10", "reason": "a missing bill"},
        ),
    ]
    correct(book)


def test_reopening_the_first_day_leaves_no_period_closed(book: Ledger) -> None:
    sale(book, day="2026-01-10")
    book.close_period("2026-01-31")
    assert book.reopen_period("2026-01-10", reason="all of it") is None
    assert book.closed_through is None
    book.void(1)
    correct(book)


def test_reopening_is_refused_where_nothing_is_closed_or_no_reason_given(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    with pytest.raises(errors.PeriodNotClosed):
        book.reopen_period("2026-01-01", reason="x")
    book.close_period("2026-01-31")
    with untouched(book):
        with pytest.raises(errors.PeriodNotClosed, match="2026-02-01"):
            book.reopen_period("2026-02-01", reason="x")
        for reason in ("", "   "):
            with pytest.raises(errors.InvalidOptions, match="reason"):
                book.reopen_period("2026-01-31", reason=reason)
        with pytest.raises(errors.InvalidDate):
            book.reopen_period("2026-02-30", reason="x")
        with pytest.raises(errors.InvalidDate):
            book.close_period("soon")


def test_a_key_closes_and_reopens_once(book: Ledger) -> None:
    sale(book)
    for _ in range(2):
        assert book.close_period("2025-12-31", closing_transaction=True, key="c") == date(2025, 12, 31)
    assert len(book.journal()) == 2
    with pytest.raises(errors.KeyReused):
        book.close_period("2026-01-31", key="c")
    for _ in range(2):
        assert book.reopen_period("2025-12-01", reason="x", key="r") == date(2025, 11, 30)
    correct(book)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_of_the_calendar_close_and_open(book: Ledger, day: str) -> None:
    sale(book)
    book.close_period(day)
    book.reopen_period(day, reason="x")
    correct(book)


def test_a_year_s_result_goes_into_retained_earnings_on_its_last_day(book: Ledger) -> None:
    sale(book, 100)
    rent(book, 30)
    sale(book, 7, day="2026-01-05")
    book.close_period("2025-12-31", closing_transaction=True, memo="Year 2025")
    closing = book.transaction(4)
    assert (closing.date, closing.memo, closing.closing) == (date(2025, 12, 31), "Year 2025", True)
    assert sorted((line.account, str(line.amount.amount)) for line in closing.postings) == [
        (RETAINED, "-70.00"),
        (RENT, "-30.00"),
        (SALES, "100.00"),
    ]
    assert (held(book, SALES, "2025-12-31"), held(book, RENT, "2025-12-31")) == ("0.00", "0.00")
    assert (held(book, SALES), held(book, RETAINED), held(book, BANK)) == ("7.00", "70.00", "77.00")
    correct(book)


def test_a_loss_is_debited_and_an_even_year_moves_nothing_into_retained_earnings(book: Ledger) -> None:
    rent(book, 30)
    book.close_period("2025-12-31", closing_transaction=True)
    assert held(book, RETAINED) == "-30.00"
    sale(book, 30, day="2026-01-05")
    rent(book, 30, day="2026-01-06")
    book.close_period("2026-12-31", closing_transaction=True)
    assert [line.account for line in book.transaction(5).postings] == [RENT, SALES]
    correct(book)


def test_each_currency_closes_into_its_own_account(book: Ledger) -> None:
    book.open_account("Income:Dollars", "income", currency="USD")
    sale(book, 100)
    book.post("Sale", debit("Assets:Dollars", 50), credit("Income:Dollars", 50), date="2025-05-01")
    book.transfer("Assets:Dollars", BANK, 10, received=9, date="2025-06-01")
    book.close_period("2025-12-31", closing_transaction=True)
    assert (held(book, RETAINED), held(book, f"{RETAINED}:USD")) == ("100.00", "50.00")
    assert str(book.account(f"{RETAINED}:USD").currency) == "USD"
    assert (held(book, "Income:Dollars"), held(book, "Equity:Conversion:USD")) == ("0.00", "-10.00")
    correct(book)


def test_a_sale_through_a_conversion_closes_to_zero_in_every_currency(book: Ledger) -> None:
    book.open_account("Income:Dollars", "income", currency="USD")
    book.post(
        "Sold in dollars, paid in euro",
        DraftPosting("Income:Dollars", -100, price=WrittenPrice(Decimal("0.92"), "EUR", total=False)),
        DraftPosting(BANK),
        date="2025-05-01",
    )
    book.close_period("2025-12-31", closing_transaction=True)
    assert held(book, f"{RETAINED}:USD") == "100.00"
    assert [line.account for line in book.transaction(2).postings] == ["Income:Dollars", f"{RETAINED}:USD"]
    correct(book)


def test_a_closing_transaction_is_refused_off_a_year_s_end_and_where_there_is_nothing_to_close(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    with untouched(book), pytest.raises(errors.NothingToClose):
        book.close_period("2025-12-31", closing_transaction=True)
    sale(book)
    with untouched(book), pytest.raises(errors.NotAFiscalYearEnd, match="2025-11-30"):
        book.close_period("2025-11-30", closing_transaction=True)
    book.close_period("2025-11-30")
    correct(book)


def test_the_book_s_own_fiscal_year_says_which_day_ends_it() -> None:
    with Ledger.in_memory("EUR", fiscal_year_start="04-06") as ledger:
        for name, kind in ((BANK, "asset"), (SALES, "income")):
            ledger.open_account(name, kind)
        sale(ledger, day="2025-03-10")
        with pytest.raises(errors.NotAFiscalYearEnd):
            ledger.close_period("2025-12-31", closing_transaction=True)
        ledger.close_period("2025-04-05", closing_transaction=True)
        assert held(ledger, RETAINED) == "100.00"


def test_reopening_a_year_voids_its_closing_and_closing_again_takes_a_new_number(book: Ledger) -> None:
    sale(book)
    book.close_period("2025-12-31", closing_transaction=True)
    book.reopen_period("2025-12-01", reason="a late bill")
    assert (book.transaction(2).voided, held(book, SALES), held(book, RETAINED)) == (True, "100.00", "0.00")
    rent(book, 30, day="2025-12-15")
    book.close_period("2025-12-31", closing_transaction=True)
    assert (book.transaction(4).closing, held(book, RETAINED)) == (True, "70.00")
    assert [(change.kind) for change in book.changes_of(2)] == ["close-period", "reopen-period"]
    correct(book)


def test_reopening_several_years_takes_all_their_closings_back(book: Ledger) -> None:
    sale(book, day="2024-03-10")
    book.close_period("2024-12-31", closing_transaction=True)
    sale(book, 50, day="2025-03-10")
    book.close_period("2025-12-31", closing_transaction=True)
    assert held(book, RETAINED) == "150.00"
    book.reopen_period("2025-06-01", reason="second year only")
    assert (held(book, RETAINED), book.closed_through) == ("100.00", date(2025, 5, 31))
    book.reopen_period("2024-12-31", reason="the first too")
    assert (held(book, RETAINED), held(book, SALES)) == ("0.00", "150.00")
    correct(book)


def test_a_reopening_in_the_middle_of_a_year_keeps_the_closing_before_it(book: Ledger) -> None:
    sale(book)
    book.close_period("2025-12-31", closing_transaction=True)
    book.close_period("2026-03-31")
    book.reopen_period("2026-02-01", reason="x")
    assert (book.transaction(2).voided, book.closed_through) == (False, date(2026, 1, 31))
    correct(book)


def test_a_strict_book_reverses_its_closing_on_the_same_date() -> None:
    with strict_year() as ledger:
        ledger.close_period("2025-12-31", closing_transaction=True)
        ledger.reopen_period("2025-12-31", reason="a late bill")
        reversal = ledger.transaction(3)
        assert (reversal.reverses, reversal.date, reversal.closing) == (2, date(2025, 12, 31), True)
        assert (ledger.transaction(2).voided, ledger.transaction(2).reversed_by) == (False, 3)
        assert (held(ledger, RETAINED), held(ledger, SALES)) == ("0.00", "100.00")
        ledger.close_period("2025-12-31", closing_transaction=True)
        ledger.reopen_period("2025-12-31", reason="again")
        assert (ledger.transaction(5).reverses, held(ledger, SALES)) == (4, "100.00")
        assert ledger.verify().ok


def test_only_closing_makes_a_closing_transaction_and_only_reopening_takes_it_back(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    sale(book)
    book.close_period("2025-12-31", closing_transaction=True)
    with untouched(book), pytest.raises(errors.ClosingStands, match="Transaction 2 closes a fiscal year"):
        book.reverse(2)
    lines = (debit("Assets:Bank", 5), credit("Income:Sales", 5))
    draft = Draft(date(2026, 3, 1), "Sale", lines, closing=True)
    acts: list[Callable[[], object]] = [
        lambda: book.post_draft(draft),
        lambda: book.check_draft(draft),
        lambda: book.post_batch([draft]),
    ]
    for act in acts:
        with untouched(book), pytest.raises(errors.ClosingStands):
            act()
    with untouched(book), pytest.raises(errors.InvalidOptions, match="take transaction 1 back by `reverse`"):
        book.post_batch([replace(draft, closing=False, reverses=1)])
    book.reopen_period("2025-12-31", reason="x")
    assert book.transaction(2).voided
    correct(book)


def test_closing_writes_all_or_nothing(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book)
    with untouched(book), pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        book.close_period("2025-12-31", closing_transaction=True)
        raise ZeroDivisionError
    book.open_account(RETAINED, "equity", placeholder=True)
    with untouched(book), pytest.raises(errors.PlaceholderAccount):
        book.close_period("2025-12-31", closing_transaction=True)
    correct(book)


def test_a_period_is_not_closed_over_a_closed_account_that_still_shows_a_result(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    rent(book, 30)
    book.post("Refund", debit(BANK, 30), credit(RENT, 30), date="2026-01-05")
    book.close_account(RENT)
    with untouched(book), pytest.raises(errors.AccountClosed, match=RENT):
        book.close_period("2025-12-31", closing_transaction=True)
    book.reopen_account(RENT)
    book.close_period("2025-12-31", closing_transaction=True)
    assert held(book, RENT, "2025-12-31") == "0.00"
    correct(book)
