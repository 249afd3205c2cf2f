"""Searches are kept under a name, checked when they are saved; so are the balances of the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger.errors import InvalidQuery, InvalidSetting, LedgerError, UnknownFilter
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.filters import delete_filter, filter_named, query_with_filter, save_filter, saved_filters
from tui_ledger.ledger.status_balances import chosen_balances, shown_balances, toggle_balance

Untouched = Callable[[Ledger], Any]
BANK, SALES = "Assets:Bank", "Income:Sales"


def test_a_filter_is_saved_found_replaced_deleted_and_brought_back(book: Ledger) -> None:
    assert save_filter(book, " Paper ", " payee:mill ") == "Paper"
    assert save_filter(book, "paper", "payee:mill or memo:paper") == "Paper"
    assert filter_named(book, "PAPER") == ("Paper", "payee:mill or memo:paper")
    assert saved_filters(book.settings()) == {"Paper": "payee:mill or memo:paper"}
    assert delete_filter(book, "paper") == "Paper"
    assert saved_filters(book.settings()) == {}
    book.undo()
    assert list(saved_filters(book.settings())) == ["Paper"]


def test_a_query_and_a_filter_must_both_hold(book: Ledger) -> None:
    for day, memo, payee in (("2026-01-01", "a", "x"), ("2026-01-02", "b", "x"), ("2026-01-03", "c", "y")):
        book.increase(BANK, 5, memo=memo, payee=payee, date=day)
    save_filter(book, "either", "memo:a or memo:c")
    assert [one.number for one in book.journal(query_with_filter(book, "", "either"))] == [1, 3]
    assert [one.number for one in book.journal(query_with_filter(book, "payee:x or payee:z", "Either"))] == [1]
    assert query_with_filter(book, "payee:x", None) == "payee:x"
    with pytest.raises(InvalidQuery) as refusal:
        query_with_filter(book, "payee:x amount:z", "either")
    assert refusal.value.values["at"] == 9
    with pytest.raises(UnknownFilter, match="'other'"):
        query_with_filter(book, "", "other")


@pytest.mark.parametrize(
    ("name", "query", "error"),
    [
        ("", "payee:mill", InvalidSetting),
        ("x" * 61, "payee:mill", InvalidSetting),
        ("\x1b[31m", "payee:mill", InvalidSetting),
        ("a", " ", InvalidSetting),
        ("a", "date:never", InvalidQuery),
        ("a", "(", InvalidQuery),
    ],
)
def test_what_is_no_filter_is_not_saved(
    book: Ledger, untouched: Untouched, name: str, query: str, error: type[LedgerError]
) -> None:
    with untouched(book), pytest.raises(error):
        save_filter(book, name, query)
    with untouched(book), pytest.raises(InvalidSetting):
        book.set_setting("filter.a", ["payee:mill"])


def test_chosen_balances_follow_the_book_in_their_own_direction(book: Ledger) -> None:
    book.add_party("ann")
    assert toggle_balance(book, "party:ann")
    assert toggle_balance(book, SALES)
    book.party_credit("ann", "12.50", against=BANK)
    book.increase(SALES, 3, against=BANK)
    assert [(one.label, [str(money) for money in one.balances], one.is_credit) for one in shown_balances(book)] == [
        ("ann", ["12.50 EUR"], True),
        (SALES, ["3.00 EUR"], True),
    ]
    assert not toggle_balance(book, "PARTY:Ann")
    assert chosen_balances(book) == (SALES,)
    book.undo()
    assert chosen_balances(book) == ("party:ann", SALES)


def test_what_is_gone_is_left_out_and_does_not_stand_in_the_way(book: Ledger) -> None:
    toggle_balance(book, BANK)
    book.delete_account(BANK)
    assert shown_balances(book) == ()
    assert toggle_balance(book, SALES)
    assert chosen_balances(book) == (SALES,)


def test_what_is_renamed_is_followed_and_back(book: Ledger) -> None:
    toggle_balance(book, BANK)
    book.rename_account(BANK, "Assets:Giro")
    assert chosen_balances(book) == ("Assets:Giro",)
    book.undo()
    assert chosen_balances(book) == (BANK,)
    assert book.verify(replay=True).ok


@pytest.mark.parametrize("value", ["Assets:Bank", [1], ["Assets:Nothing"], ["party:nobody"], [BANK] * 9, {"a": 1}])
def test_a_list_that_names_nothing_is_refused(book: Ledger, untouched: Untouched, value: object) -> None:
    with untouched(book), pytest.raises(LedgerError):
        book.set_setting("status_balances", value)
