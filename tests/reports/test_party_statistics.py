"""What a party, or each of them, was debited and credited by month: in its own direction. And the days of presets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidSetting, UnknownParty
from tui_ledger.reports.columns import Range
from tui_ledger.reports.presets import PRESETS, preset_days
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import Table

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def owing(book: Book) -> Book:
    ledger = book.ledger
    for key in ("ann", "bob", "cid"):
        ledger.add_party(key, key.title())
    ledger.party_credit("ann", "100", date="2026-01-31")
    ledger.party_debit("ann", "30.50", date="2026-03-01")
    ledger.party_credit("ann", "5", purpose="bonus", date="2026-03-31")
    ledger.party_debit("bob", "4", date="2026-03-15")
    book.post("2026-02-01", "Assets:Bank 7", "Income:Sales -7")
    return book


def lines(table: Table) -> list[tuple[Any, ...]]:
    with table.reading() as blocks:
        return [
            (line.cells[0], *map(plain_figure, line.cells[1:4]), line.cells[4])
            for block in blocks
            for line in block.lines
        ]


def test_a_party_s_months_have_debits_credits_what_came_to_it_and_counts(owing: Book) -> None:
    table = statistics(owing.ledger, YEAR, party="ANN")
    assert (table.title, table.columns[3].label) == ("Statistics of Ann (ann)", "Credit less debit")
    assert lines(table) == [
        ("2026-01", "0.00", "100.00", "100.00", 1),
        ("2026-02", "0.00", "0.00", "0.00", 0),
        ("2026-03", "30.50", "5.00", "-25.50", 2),
        ("Total", "30.50", "105.00", "74.50", 3),
    ]
    assert plain_figure(owing.ledger.party_balance("ann")[0]) == "74.50"


def test_one_purpose_alone_and_all_parties_together(owing: Book) -> None:
    bonus = lines(statistics(owing.ledger, YEAR, party="ann", purpose="Bonus"))
    assert bonus[-1] == ("Total", "0.00", "5.00", "5.00", 1)
    assert lines(statistics(owing.ledger, YEAR, of_parties=True))[-1] == ("Total", "34.50", "105.00", "70.50", 4)
    assert lines(statistics(owing.ledger, YEAR, party="cid")) == [("Total", "0.00", "0.00", "0.00", 0)]


def test_each_party_has_a_line_of_its_own(owing: Book) -> None:
    assert lines(statistics(owing.ledger, YEAR, by="party")) == [
        ("ann", "30.50", "105.00", "74.50", 3),
        ("bob", "4.00", "0.00", "-4.00", 1),
        ("Total", "34.50", "105.00", "70.50", 4),
    ]


def test_accounts_are_counted_as_before(owing: Book) -> None:
    table = statistics(owing.ledger, YEAR, [owing.ledger.account("Assets:Bank")])
    assert (table.columns[3].label, lines(table)[-1]) == ("Net", ("Total", "7.00", "0.00", "7.00", 1))
    with pytest.raises(UnknownParty):
        statistics(owing.ledger, YEAR, party="nobody")


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        ("today", "2026-07-15", "2026-07-15"),
        ("yesterday", "2026-07-14", "2026-07-14"),
        ("this-week", "2026-07-13", "2026-07-19"),
        ("last-week", "2026-07-06", "2026-07-12"),
        ("This-Month", "2026-07-01", "2026-07-31"),
        ("last-month", "2026-06-01", "2026-06-30"),
        ("this-quarter", "2026-07-01", "2026-09-30"),
        ("last-quarter", "2026-04-01", "2026-06-30"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-q1", "2024-01-01", "2024-03-31"),
        ("2026-01-05..2026-02", "2026-01-05", "2026-02-28"),
        ("month-1", "2026-06-01", "2026-06-30"),
    ],
)
def test_a_preset_is_whole_periods_with_both_ends(book: Book, preset: str, first: str, last: str) -> None:
    found = preset_days(preset, book.ledger.today, book.ledger.fiscal_year)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_quarters_and_years_are_those_of_the_fiscal_year(make_book: Any) -> None:
    book = make_book("spring", fiscal_year_start="04-06")
    days = {one: preset_days(one, date(2026, 4, 10), book.ledger.fiscal_year) for one in PRESETS}
    assert days["this-year"] == Range(date(2026, 4, 6), date(2027, 4, 5))
    assert days["last-year"] == Range(date(2025, 4, 6), date(2026, 4, 5))
    assert days["this-quarter"] == Range(date(2026, 4, 6), date(2026, 7, 5))
    assert days["last-quarter"] == Range(date(2026, 1, 6), date(2026, 4, 5))


@pytest.mark.parametrize("text", ["", "this-century", "2026-13", "last", "month-99999"])
def test_what_is_no_period_is_refused(book: Book, text: str) -> None:
    with pytest.raises(InvalidSetting, match="no period"):
        preset_days(text, book.ledger.today, book.ledger.fiscal_year)
