"""What every party is owed: a block a currency, its sum, a day, an order."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Book
from tui_ledger.reports.parties import parties
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.table import Table

YEAR_END = date(2026, 12, 31)


@pytest.fixture
def owing(book: Book) -> Book:
    """Ann is owed in two currencies, Bob owes, Cid is settled and inactive."""
    book.open("Equity:Dollars", currency="USD")
    for key in ("ann", "bob", "cid"):
        book.ledger.add_party(key, key.title())
    book.open("Liabilities:Ann in dollars", currency="USD", party="ann", purpose="dollars")
    book.post("2026-02-01", "Equity:Dollars 7", "Liabilities:Ann in dollars -7")
    book.ledger.party_credit("ann", "10", date="2026-02-02")
    book.ledger.party_debit("bob", "2.50", date="2026-03-01")
    book.ledger.edit_party("cid", active=False)
    return book


def lines(table: Table) -> dict[str, list[tuple[object, ...]]]:
    with table.reading() as blocks:
        return {
            block.title: [(*line.cells[1:3], plain_figure(line.cells[3])) for line in block.lines] for block in blocks
        }


def test_what_is_owed_stands_above_zero_by_currency_with_its_sum(owing: Book) -> None:
    assert lines(parties(owing.ledger, YEAR_END)) == {
        "EUR": [("Ann", None, "10.00"), ("Bob", None, "-2.50"), ("Total", None, "7.50")],
        "USD": [("Ann", None, "7.00"), ("Total", None, "7.00")],
    }


def test_at_an_earlier_day_only_what_was_owed_then(owing: Book) -> None:
    assert lines(parties(owing.ledger, date(2026, 2, 1))) == {
        "EUR": [("Total", None, "0.00")],
        "USD": [("Ann", None, "7.00"), ("Total", None, "7.00")],
    }


def test_settled_parties_on_request_and_the_largest_first(owing: Book) -> None:
    found = lines(parties(owing.ledger, YEAR_END, show_zero=True, order="balance", falling=True))
    assert found["EUR"] == [
        ("Ann", None, "10.00"),
        ("Cid", "inactive", "0.00"),
        ("Bob", None, "-2.50"),
        ("Total", None, "7.50"),
    ]
