"""Fiscal years: by the book's rule, from any day, and by their dates where they differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tui_ledger.errors import (
    FiscalYearNotSet,
    InvalidDate,
    InvalidFiscalYear,
    LaterAct,
    LedgerError,
    NotAFiscalYearEnd,
    PeriodClosed,
)
from tui_ledger.ledger import Ledger, credit, debit


def year_of(ledger: Ledger, day: str) -> str:
    year = ledger.fiscal_year(day)
    return f"{year.first} {year.last}"


@pytest.mark.parametrize(
    ("start", "day", "year"),
    [
        ("01-01", "2026-06-15", "2026-01-01 2026-12-31"),
        ("01-01", "2026-01-01", "2026-01-01 2026-12-31"),
        ("04-06", "2026-04-05", "2025-04-06 2026-04-05"),
        ("04-06", "2026-04-06", "2026-04-06 2027-04-05"),
        ("02-29", "2026-02-28", "2026-02-28 2027-02-27"),
        ("02-29", "2024-02-28", "2023-02-28 2024-02-28"),
        ("12-31", "2026-12-31", "2026-12-31 2027-12-30"),
        ("07-01", "0001-01-01", "0001-01-01 0001-06-30"),
        ("07-01", "9999-12-31", "9999-07-01 9999-12-31"),
        ("01-01", "9998-12-31", "9998-01-01 9998-12-31"),
    ],
)
def test_by_the_rule_a_year_runs_from_any_day_to_its_eve(start: str, day: str, year: str) -> None:
    with Ledger.in_memory(fiscal_year_start=start) as ledger:
        assert year_of(ledger, day) == year


def test_a_short_first_year_leaves_the_rule_as_it_is(book: Ledger) -> None:
    book.set_fiscal_year("2026-04-15", "2026-12-31")
    assert year_of(book, "2026-04-14") == "2026-01-01 2026-04-14"
    assert year_of(book, "2026-04-15") == year_of(book, "2026-12-31") == "2026-04-15 2026-12-31"
    assert year_of(book, "2027-01-01") == "2027-01-01 2027-12-31"
    assert year_of(book, "2025-06-01") == "2025-01-01 2025-12-31"
    assert book.verify().ok


def test_years_behind_a_changed_one_run_from_the_day_after_it(book: Ledger) -> None:
    book.set_fiscal_year("2027-01-01", "2027-03-31")
    assert year_of(book, "2026-12-31") == "2026-01-01 2026-12-31"
    assert year_of(book, "2027-04-01") == "2027-04-01 2028-03-31"
    assert year_of(book, "2031-03-31") == "2030-04-01 2031-03-31"


def test_years_of_52_and_53_weeks_are_set_one_by_one(book: Ledger) -> None:
    for first, last in (("2025-12-29", "2027-01-03"), ("2027-01-04", "2028-01-02")):
        book.set_fiscal_year(first, last)
    assert year_of(book, "2025-12-28") == "2025-01-01 2025-12-28"
    assert year_of(book, "2027-01-03") == "2025-12-29 2027-01-03"
    assert year_of(book, "2027-01-04") == "2027-01-04 2028-01-02"
    assert year_of(book, "2028-01-03") == "2028-01-03 2029-01-02"
    assert [f"{year.first}" for year in book.fiscal_years_set()] == ["2025-12-29", "2027-01-04"]


def test_every_day_lies_in_one_year_and_years_follow_each_other(book: Ledger) -> None:
    for first, last in (("2024-02-29", "2024-02-29"), ("2025-03-01", "2026-08-15"), ("2026-08-16", "2026-09-30")):
        book.set_fiscal_year(first, last)
    day = date(2020, 1, 1)
    while day < date(2032, 1, 1):
        year = book.fiscal_year(day)
        assert year.first <= day <= year.last
        assert book.fiscal_year(year.first) == book.fiscal_year(year.last) == year
        day = date.fromordinal(year.last.toordinal() + 1)
        assert book.fiscal_year(day).first == day


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        ("2026-12-31", "2026-01-01", InvalidFiscalYear),
        ("2026-01-01", "2028-01-01", InvalidFiscalYear),
        ("2026-02-30", "2026-12-31", InvalidDate),
        ("2027-06-30", "2027-12-31", InvalidFiscalYear),
        ("2026-06-01", "2027-01-01", InvalidFiscalYear),
    ],
)
def test_what_is_no_fiscal_year_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], first: str, last: str, error: type[LedgerError]
) -> None:
    book.set_fiscal_year("2027-01-01", "2027-06-30")
    with untouched(book), pytest.raises(error):
        book.set_fiscal_year(first, last)


def test_a_year_is_set_anew_taken_away_undone_and_done_again(book: Ledger) -> None:
    book.set_fiscal_year("2027-01-01", "2027-06-30", actor="ada")
    book.set_fiscal_year("2027-01-01", "2027-09-30", actor="ada")
    assert year_of(book, "2027-01-01") == "2027-01-01 2027-09-30"
    book.undo(actor="ada")
    assert year_of(book, "2027-01-01") == "2027-01-01 2027-06-30"
    book.unset_fiscal_year("2027-01-01", actor="bob")
    assert year_of(book, "2027-01-01") == "2027-01-01 2027-12-31"
    with pytest.raises(LaterAct):
        book.undo(actor="ada")
    book.undo(actor="bob")
    book.undo(actor="ada")
    assert book.fiscal_years_set() == ()
    with pytest.raises(FiscalYearNotSet):
        book.unset_fiscal_year("2027-01-01")
    assert book.verify().ok


def test_a_year_that_begins_in_a_closed_period_is_neither_set_nor_taken_away(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.set_fiscal_year("2026-01-01", "2026-03-31")
    book.close_period("2026-01-31")
    for act in (
        lambda: book.set_fiscal_year("2026-01-31", "2026-05-31"),
        lambda: book.set_fiscal_year("2026-01-01", "2026-02-28"),
        lambda: book.unset_fiscal_year("2026-01-01"),
    ):
        with untouched(book), pytest.raises(PeriodClosed):
            act()


def test_a_closing_transaction_is_posted_at_the_end_of_a_year_that_was_set(book: Ledger) -> None:
    book.post("Sale", debit("Assets:Bank", 5), credit("Income:Sales", 5), date="2026-02-01")
    with pytest.raises(NotAFiscalYearEnd):
        book.close_period("2026-03-31", closing_transaction=True)
    book.set_fiscal_year("2026-01-01", "2026-03-31")
    book.close_period("2026-03-31", closing_transaction=True)
    sales = book.account("Income:Sales").id
    assert book.balance("Income:Sales", at="2026-03-31").units == 0
    assert book.closing_units("2026-03-31")[sales] == 500
    assert book.closing_units("2026-03-30") == {}
    assert book.closing_units("2026-04-01") == {}
