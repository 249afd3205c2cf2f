"""A stored balance that is a cent off in the middle of an account is noticed by whatever lists it, and named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.reports.conftest import Book, MakeBook
from tests.reports.figures_of import seed_fault
from tests.reports.test_paged import pages
from tui_ledger.export.table_delimited import table_json_text
from tui_ledger.export.table_html import table_html
from tui_ledger.export.table_text import table_text
from tui_ledger.reports.line_checks import MOST_NAMED, LineChecks, WrongBalance
from tui_ledger.reports.listings import AskedListing, listing_named
from tui_ledger.reports.paged import PagedTable, ReadTable
from tui_ledger.reports.table import Table, table_json

YEAR = AskedListing(date_from="2026-01-01", date_to="2026-12-31")
ASKED = [
    ("general-ledger", YEAR),
    ("register", AskedListing(account="Liabilities:Ann", date_from="2026-01-01", date_to="2026-12-31")),
    ("statement", AskedListing(party="ann", date_from="2026-01-01", date_to="2026-12-31")),
    ("statement", AskedListing(party="ann", date_from="2026-01-01", date_to="2026-12-31", newest_first=True)),
    ("postings", YEAR),
    ("general-ledger", AskedListing(date_from="2026-01-01", date_to="2026-12-31", columns="date,balance")),
]
FELL = "Liabilities:Ann, transaction 2: the stored balance is 0.01 EUR below the one before it with the amount."
ROSE = "Liabilities:Ann, transaction 3: the stored balance is 0.01 EUR above the one before it with the amount."
TOLD = "WRONG STORED BALANCES: run `tui-ledger verify`."


@pytest.fixture
def owing(make_book: MakeBook) -> Book:
    """An account with postings before, in and behind the year, and a closing transaction in it."""
    book = make_book()
    book.ledger.add_party("ann")
    book.open("Liabilities:Ann", party="ann")
    book.post("2025-12-01", "Assets:Bank 100", "Liabilities:Ann -100")
    for month in (2, 3, 4):
        book.post(f"2026-{month:02}-01", "Assets:Bank 10", "Liabilities:Ann -10")
    book.post("2026-04-02", "Assets:Bank 5", "Income:Sales -5")
    return book


def table(book: Book, name: str, asked: AskedListing) -> Table:
    kind = listing_named(name)
    assert kind is not None
    return kind.table(book.ledger, asked)


def lines_of(made: Table) -> PagedTable:
    return ReadTable(made) if made.paged is None else made.paged()


@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_what_follows_is_said_to_follow_and_nothing_more(owing: Book, name: str, asked: AskedListing) -> None:
    owing.ledger.close_period("2026-12-31", closing_transaction=True)
    made = table(owing, name, asked)
    assert table_json(made)["checks"] == [
        {"name": "balances-line-by-line", "passed": True, "lines_that_differ": 0, "differences": []}
    ]
    assert json.loads("".join(table_json_text(made))) == table_json(made)
    assert not any("stored" in line for line in (*table_text(made), *table_html(made)))
    lines = lines_of(made)
    lines.find_sums()
    assert pages(lines, 3)
    assert lines.checks == LineChecks()


@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_a_cent_in_the_middle_is_named_with_account_and_transaction(
    owing: Book, name: str, asked: AskedListing
) -> None:
    seed_fault(owing, "Liabilities:Ann", "2026-02-01")
    made = table(owing, name, asked)
    (check,) = table_json(made)["checks"]  # type: ignore[misc]
    assert (check["passed"], check["lines_that_differ"]) == (False, 2)
    found = [(one["account"], one["transaction"], one["difference"], one["currency"]) for one in check["differences"]]
    assert sorted(found, key=str) == [("Liabilities:Ann", 2, "-0.01", "EUR"), ("Liabilities:Ann", 3, "0.01", "EUR")]
    assert json.loads("".join(table_json_text(made))) == table_json(made)

    assert set(list(table_text(made, width=200))[-3:]) == {TOLD, FELL, ROSE}
    assert all(len(line) <= 60 for line in table_text(made, width=60))
    page = "".join(table_html(made))
    assert f'<p class="verdict wrong">{TOLD}</p>' in page
    assert f'<p class="note">{FELL}</p>' in page


@pytest.mark.parametrize("size", [2, 100])
@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_pages_find_it_where_it_is_shown_without_reading_the_rest(
    owing: Book, name: str, asked: AskedListing, size: int
) -> None:
    seed_fault(owing, "Liabilities:Ann", "2026-03-01")
    lines = lines_of(table(owing, name, asked))
    if name in ("general-ledger", "register"):
        assert lines.checks == LineChecks()
    pages(lines, 100 if name in ("postings", "statement") else size)
    pages(lines, size)
    assert {one.transaction for one in lines.checks.named} == {3, 4}
    assert lines.checks.count == 2


def test_an_end_that_the_lines_do_not_come_to_is_found_with_the_sums(owing: Book) -> None:
    seed_fault(owing, "Liabilities:Ann", "2026-12-31")
    lines = lines_of(table(owing, "general-ledger", YEAR))
    lines.find_sums()
    (wrong,) = lines.checks.named
    assert wrong.in_words() == "Liabilities:Ann: the closing balance is 0.01 EUR below what the lines come to."


def test_postings_in_another_order_or_a_part_of_them_are_not_compared(owing: Book) -> None:
    seed_fault(owing, "Liabilities:Ann", "2026-02-01")
    for asked in (
        AskedListing(date_from="2026-01-01", date_to="2026-12-31", sort="-date"),
        AskedListing(date_from="2026-01-01", date_to="2026-12-31", query="account:Ann"),
    ):
        made = table(owing, "postings", asked)
        assert "checks" not in table_json(made)
        assert not any("stored" in line for line in table_text(made))
        assert json.loads("".join(table_json_text(made))) == table_json(made)


def test_of_very_many_the_first_are_named_and_the_rest_counted(owing: Book) -> None:
    for day in range(1, 29):
        owing.post(f"2026-05-{day:02}", "Assets:Bank 1", "Liabilities:Ann -1")
        seed_fault(owing, "Liabilities:Ann", f"2026-05-{day:02}")
    (check,) = table_json(table(owing, "general-ledger", YEAR))["checks"]  # type: ignore[misc]
    assert (check["lines_that_differ"], len(check["differences"])) == (28, MOST_NAMED)
    many = LineChecks()
    for number in range(MOST_NAMED + 3):
        many.add(WrongBalance("=A[red]", number, owing.ledger.balance("Assets:Bank")))
    assert list(many.in_words())[-1] == "3 more lines differ."
    assert many.as_json()[0]["lines_that_differ"] == MOST_NAMED + 3


def test_a_hostile_name_is_harmless_beside_a_difference(make_book: MakeBook) -> None:
    book = make_book()
    book.post("2026-01-01", "Assets:=cmd()<b>[red]x[/] 1", "Income:Sales -1")
    seed_fault(book, "Assets:=cmd()<b>[red]x[/]", "2026-01-01")
    made = table(book, "general-ledger", YEAR)
    assert "<b>" not in "".join(table_html(made))
    assert date(2026, 1, 1) == made.date_from
