"""Postings of the whole book are found by party, side, amount, text and day, sorted by each column, and summed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tui_ledger.errors import InvalidQuery
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.found_postings import POSTING_ORDERS
from tui_ledger.ledger.found_windows import Order
from tui_ledger.text import name_key

BANK, SALES, RENT = "Assets:Bank", "Income:Sales", "Expenses:Rent"
ANN = "Liabilities:Parties:ann"


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann: 10 in, 3.50 out, and 2 for a bonus; Bob owes 4; rent, with a memo on one line; dollars."""
    book.add_party("ann", "Ann Smith")
    book.add_party("bob")
    book.party_credit("ann", "10", against=BANK, date="2026-01-10", memo="Top-up")
    book.party_debit("ann", "3.50", against=SALES, date="2026-02-01", memo="Fee")
    book.party_credit("ann", "2", purpose="bonus", date="2026-02-01", memo="Bonus")
    book.party_debit("bob", "4", against=SALES, date="2026-03-01", memo="Fee", payee="Bob & Co")
    book.post("Rent", debit(RENT, "900", memo="of the hall"), credit(BANK, "900"), date="2026-03-02")
    book.post("Notes", debit("Assets:Dollars", "7"), credit("Equity:Dollars", "7"), date="2026-03-03")
    return book


def found(book: Ledger, query: str, **choice: Any) -> list[tuple[int, str, str]]:
    return [(row.transaction, row.account, str(row.amount.amount)) for row in book.stream_postings(query, **choice)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("party:ANN", [(1, ANN, "-10.00"), (2, ANN, "3.50"), (3, f"{ANN}:bonus", "-2.00")]),
        ("party:ann side:credit", [(1, ANN, "-10.00"), (3, f"{ANN}:bonus", "-2.00")]),
        ("party:ann credit:>2", [(1, ANN, "-10.00")]),
        ("party:ann debit:3.50", [(2, ANN, "3.50")]),
        ("debit:3..5", [(2, ANN, "3.50"), (4, "Liabilities:Parties:bob", "4.00")]),
        ("credit:<3", [(3, f"{ANN}:bonus", "-2.00")]),
        ("account:sales", [(2, SALES, "-3.50"), (4, SALES, "-4.00")]),
        ("account:sales -payee:bob", [(2, SALES, "-3.50")]),
        ("hall", [(5, RENT, "900.00")]),
        ("memo:hall", [(5, RENT, "900.00")]),
        ("currency:usd side:debit", [(6, "Assets:Dollars", "7.00")]),
        ("party:nobody", []),
        ("party:an", []),
        ("not party:ann date:2026-02", [(2, SALES, "-3.50"), (3, "Equity:Adjustments", "2.00")]),
    ],
)
def test_each_condition_is_asked_of_the_posting_itself(
    club: Ledger, query: str, expected: list[tuple[int, str, str]]
) -> None:
    assert found(club, query) == expected


def test_in_the_journal_a_party_and_a_side_find_whole_transactions(club: Ledger) -> None:
    assert [one.number for one in club.journal("party:ann")] == [1, 2, 3]
    assert [one.number for one in club.journal("party:bob debit:4")] == [4]
    assert [row.transaction for row in club.register_window(BANK, "party:ann").rows(0, 9)] == [1]
    assert [row.transaction for row in club.register_window(BANK, "side:credit").rows(0, 9)] == [5]


def test_a_posting_has_its_own_account_s_balance_whatever_is_left_out(club: Ledger) -> None:
    rows = list(club.stream_postings("party:ann", date_from="2026-02-01"))
    assert [(row.party, str(row.balance.amount), row.counter_accounts) for row in rows] == [
        ("ann", "6.50", (SALES,)),
        ("ann", "2.00", ("Equity:Adjustments",)),
    ]
    totals = club.postings_totals("party:ann", date_from="2026-02-01")
    assert {str(code): tuple(str(one.amount) for one in both) for code, both in totals.items()} == {
        "EUR": ("3.50", "2.00")
    }


@pytest.mark.parametrize("column", sorted(POSTING_ORDERS))
def test_each_column_sorts_both_ways_and_pages_agree_with_the_stream(club: Ledger, column: str) -> None:
    for falling in (False, True):
        order = Order(column, falling)
        streamed = list(club.stream_postings(order=order))
        window = club.postings_window(order=order)
        assert [*window.rows(0, 5), *window.rows(5, 50)] == streamed
        assert len(window) == len(streamed) == 12
        assert [window.index_of(row.key) for row in streamed] == list(range(12))
    amounts = {
        "amount": lambda row: abs(row.amount.units),
        "debit": lambda row: max(row.amount.units, 0),
        "credit": lambda row: max(-row.amount.units, 0),
        "balance": lambda row: row.balance.units,
    }
    if column == "counter":
        names = [min(name_key(one) for one in row.counter_accounts) for row in streamed]
        assert names == sorted(names, reverse=True)
    if column in amounts:
        euros = [amounts[column](row) for row in streamed if str(row.amount.currency) == "EUR"]
        assert all(one >= other for one, other in pairwise(euros))


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("credit:-5", "is no amount; write credit:100"),
        ("debit:+5", "is no amount; write debit:100"),
        ("side:both", "is no side; use debit or credit"),
        ("party:", "needs something behind it"),
        ("partty:ann", "did you mean `party:`"),
    ],
)
def test_what_cannot_be_read_is_named(club: Ledger, query: str, reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        club.stream_postings(query)


def test_hostile_text_is_only_text(club: Ledger) -> None:
    hostile = "[red]'; DROP TABLE postings; --\x1b[31m%_"
    club.party_credit("ann", "1", memo=hostile, date="2026-06-01")
    assert [one[0] for one in found(club, f'memo:"{hostile}" party:ann')] == [7]
    assert found(club, f'party:"{hostile}"') == []
