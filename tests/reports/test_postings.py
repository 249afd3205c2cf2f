"""The postings of all accounts that a search finds, with totals; pages agree with the whole in every order."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Book
from tests.reports.test_paged import paged, pages
from tui_ledger.errors import InvalidOptions, InvalidQuery, InvalidSetting, UnknownFilter, UnknownParty
from tui_ledger.ledger.filters import save_filter
from tui_ledger.reports.listings import POSTING_ORDERS, AskedListing, listing_named
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.table import LineKind

YEAR = {"date_from": "2026-01-01", "date_to": "2026-12-31"}


@pytest.fixture
def shop(book: Book) -> Book:
    book.open("Assets:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.ledger.add_party("ann")
    book.open("Assets:Bank")
    for month in range(1, 7):
        book.ledger.party_credit("ann", month, against="Assets:Bank", date=f"2026-{month:02}-05", memo=f"In {month}")
    book.post("2026-03-05", "Assets:Dollars 7", "Equity:Dollars -7")
    return book


def rows(book: Book, **asked: object) -> list[tuple[str, ...]]:
    kind = listing_named("postings")
    assert kind is not None
    found = []
    with kind.table(book.ledger, AskedListing(**{**YEAR, **asked})).reading() as blocks:
        for block in blocks:
            for line in block.lines:
                figures = ("" if one is None else plain_figure(one) for one in (line.cells[7], line.cells[8]))
                found.append((line.kind.value, str(line.cells[1] or ""), *figures, str(line.cells[9])))
    return found


def test_a_search_leaves_its_postings_with_totals_by_currency(shop: Book) -> None:
    assert rows(shop, query="party:ann credit:>4 or currency:USD") == [
        ("row", "7", "7.00", "", "USD"),
        ("row", "7", "", "7.00", "USD"),
        ("row", "5", "", "5.00", "EUR"),
        ("row", "6", "", "6.00", "EUR"),
        ("total", "", "0.00", "11.00", "EUR"),
        ("total", "", "7.00", "7.00", "USD"),
    ]


def test_a_saved_search_and_another_both_hold(shop: Book) -> None:
    save_filter(shop.ledger, "Ann's", "party:ann")
    assert [row[1] for row in rows(shop, filter="ann's", query="credit:<3", sort="-amount")] == ["2", "1", ""]
    with pytest.raises(UnknownFilter):
        rows(shop, filter="nobody's")


def test_a_party_that_is_not_there_is_named_and_one_without_postings_is_not(shop: Book) -> None:
    shop.ledger.add_party("new")
    assert rows(shop, query="party:NEW") == []
    save_filter(shop.ledger, "Gone", "not (party:gone or payee:x)")
    for query in ("party:nobody", "memo:x -party:nobody", 'debit:>1 or party:"nobody"'):
        with pytest.raises(UnknownParty, match="There is no party 'nobody'"):
            rows(shop, query=query)
    with pytest.raises(UnknownParty, match="There is no party 'gone'"):
        rows(shop, filter="Gone", query="memo:x")


@pytest.mark.parametrize("order", [*POSTING_ORDERS, "-date", "-amount"])
def test_pages_agree_with_the_whole_in_every_order(shop: Book, order: str) -> None:
    table, lines = paged(shop, "postings", AskedListing(**YEAR, query="in", sort=order))
    lines.find_sums()
    with table.reading() as blocks:
        whole = [line for block in blocks for line in block.lines]
    placed = pages(lines, 5)
    assert [one.line for one in placed] == whole
    assert len(placed) == 13
    assert [lines.index_of(one.key) for one in placed] == list(range(13))
    assert {code: [plain_figure(one) for one in both] for code, both in (lines.sums or {}).items()} == {
        "EUR": ["21.00", "21.00"]
    }


def test_sums_are_not_known_until_they_are_found(shop: Book) -> None:
    _, lines = paged(shop, "postings", AskedListing(**YEAR))
    assert lines.sums is None
    (total,) = [one.line for one in pages(lines, 100) if one.line is not None and one.line.kind is LineKind.TOTAL]
    assert [cell for cell in total.cells if cell is not None] == ["Total"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"query": "side:up"}, InvalidQuery),
        ({"sort": "colour"}, InvalidSetting),
        ({"sort": "--date"}, InvalidSetting),
        ({"account": "Assets"}, InvalidOptions),
        ({"party": "ann"}, InvalidOptions),
    ],
)
def test_what_makes_no_sense_is_refused(shop: Book, asked: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        rows(shop, **asked)
