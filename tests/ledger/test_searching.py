"""Transactions found by keys of their data and by their reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tui_ledger.ledger import Ledger, credit, debit

DATA: list[Mapping[str, Any]] = [
    {"paymentId": "abc", "amount": "999", "balance": 12345},
    {"paymentId": 7, "order": {"id": 7, "lines": [1, 2]}},
    {"order.id": "7", "order": {"id": "other"}},
    {"note": '"paymentId":"abc"', "100%_sure\\": True},
    {"Key": None, "é": "ü", "PAYMENTID": "abc"},
    {},
]


@pytest.fixture
def filled(book: Ledger) -> Ledger:
    """Transaction n of January n, with the data above; the last again in February."""
    for place, data in enumerate([*DATA, DATA[0]], 1):
        day = f"2026-0{1 + place // 7}-{place:02}"
        book.post(
            "Sale", debit("Assets:Bank", 5), credit("Income:Sales", 5), date=day, data=data, reference=f"R{place}"
        )
    return book


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"paymentId": "abc"}, [1, 7]),
        ({"paymentId": 7}, [2]),
        ({"paymentId": "7"}, [2]),
        ({"amount": 999}, [1, 7]),
        ({"amount": 999, "balance": "12345"}, [1, 7]),
        ({"amount": 999, "balance": "1"}, []),
        ({"order.id": 7}, [2, 3]),
        ({"order.id": "other"}, []),
        ({"order.lines": "[1,2]"}, [2]),
        ({"order.lines.x": "1"}, []),
        ({"100%_sure\\": True}, [4]),
        ({"100%_sure\\": "true"}, [4]),
        ({"100x_sure\\": True}, []),
        ({"Key": None}, [5]),
        ({"key": None}, []),
        ({"é": "ü"}, [5]),
        ({"nowhere": ""}, []),
        ({}, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_transactions_are_found_by_the_keys_of_their_data(
    filled: Ledger, wanted: Mapping[str, object], numbers: list[int]
) -> None:
    found = filled.journal(data=wanted)
    assert [one.number for one in found] == numbers
    assert len(found) == len(numbers)


def test_what_is_found_is_a_sequence_in_a_range(filled: Ledger) -> None:
    found = filled.journal(data={"paymentId": "abc"}, date_to="2026-01-31")
    assert [one.number for one in found] == [1]
    found = filled.journal(data={"paymentId": "abc"})
    assert (found[0].number, found[-1].number, [one.number for one in found[1:]]) == (1, 7, [7])
    with pytest.raises(IndexError):
        found[2]


def test_transactions_are_found_by_their_reference(filled: Ledger) -> None:
    assert [one.number for one in filled.journal(reference="R3")] == [3]
    assert len(filled.journal(reference="r3")) == 0
    assert len(filled.journal(reference="R3", data={"paymentId": "abc"})) == 0


def test_keys_named_like_the_ledger_s_own_are_only_data(filled: Ledger) -> None:
    assert str(filled.transaction(1).postings[0].amount) == "5.00 EUR"
    assert filled.transaction(1).data["balance"] == 12345
