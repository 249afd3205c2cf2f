"""Idempotency keys: a caller who saw an error may try again and never books twice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import AccountExists, KeyReused, UnbalancedTransaction
from tui_ledger.ledger import AccountType, Draft, DraftPosting, Ledger, credit, debit

BANK, CASH, SALES = "Assets:Bank", "Assets:Cash", "Income:Sales"


def sell(book: Ledger, amount: Any = 5, **given: Any) -> int:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), **{"key": "k1", **given}).number


def test_the_same_key_with_the_same_content_books_once(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    first = book.post("Sale", debit(BANK, 5), credit(SALES, 5), key="k1", data={"a": [1]}, tags=["x"])
    book.post("Between", debit(BANK, 1), credit(SALES, 1), date="2026-01-01")
    with untouched(book):
        again = book.post("Sale", debit(BANK, 5), credit(SALES, 5), key="k1", data={"a": [1]}, tags=["x"])
    assert again.number == first.number == 1
    assert str(again.postings[0].balance) == "6.00 EUR"


def test_the_same_key_is_known_in_another_process(book: Ledger, elsewhere: Callable[..., Any]) -> None:
    program = "answer = ledger.post('Sale', debit('Assets:Bank', 5), credit('Income:Sales', 5), key='k1').number"
    assert [elsewhere(book.place, program), elsewhere(book.place, program)] == [1, 1]
    assert sell(book) == 1
    assert len(book.journal()) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"amount": 6},
        {"date": "2026-06-15"},
        {"payee": "Miller"},
        {"reference": "R"},
        {"tags": ["x"]},
        {"data": {"a": 1}},
    ],
    ids=str,
)
def test_the_same_key_with_other_content_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], other: dict[str, Any]
) -> None:
    sell(book)
    with untouched(book), pytest.raises(KeyReused, match="k1"):
        sell(book, **other)


def test_another_act_may_not_use_the_key_again(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sell(book)
    for act in (
        lambda: book.transfer(BANK, CASH, 5, key="k1"),
        lambda: book.reverse(1, key="k1"),
        lambda: book.open_account("Assets:New", AccountType.ASSET, key="k1"),
        lambda: book.set_setting("locale", "de", key="k1"),
        lambda: book.delete_account(CASH, key="k1"),
        lambda: book.post_draft(Draft(memo="Sale"), key="k1"),
    ):
        with untouched(book), pytest.raises(KeyReused):
            act()  # type: ignore[no-untyped-call]


def test_the_key_of_a_failed_act_is_free_again(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book), pytest.raises(UnbalancedTransaction):
        book.post("Sale", debit(BANK, 5), credit(SALES, 6), key="k1")
    assert sell(book) == 1
    with untouched(book):
        assert sell(book) == 1


def test_a_key_used_in_a_write_that_was_rolled_back_is_free_again(book: Ledger) -> None:
    with pytest.raises(RuntimeError, match="no"), book.write():  # noqa: PT012
        sell(book)
        raise RuntimeError("no")
    assert sell(book, amount=7) == 1


def test_a_key_repeated_inside_one_write_books_once(book: Ledger) -> None:
    with book.write():
        assert [sell(book), sell(book)] == [1, 1]
    assert len(book.journal()) == 1


def test_content_is_what_was_asked_before_defaults(book: Ledger) -> None:
    posted = book.post_draft(Draft(memo="Sale", postings=(DraftPosting(BANK, "5"), DraftPosting(SALES))), key="k1")
    again = book.post_draft(Draft(memo="Sale", postings=(DraftPosting(BANK, "5"), DraftPosting(SALES))), key="k1")
    assert again == posted
    with pytest.raises(KeyReused):
        book.post_draft(Draft(memo="Sale", postings=(DraftPosting(BANK, "5"), DraftPosting(SALES, "-5"))), key="k1")


def test_a_later_change_of_names_does_not_make_the_retry_another_act(book: Ledger) -> None:
    first = book.transfer(BANK, CASH, 5, key="k1")
    book.rename_account(CASH, "Assets:Till")
    assert book.transfer(BANK, CASH, 5, key="k1").number == first.number


def test_increase_and_decrease_keep_their_keys_apart(book: Ledger) -> None:
    assert book.increase(BANK, 5, key="k1", tags=iter(["a"])).number == 1
    assert book.increase(BANK, 5, key="k1", tags=["a"]).number == 1
    with pytest.raises(KeyReused):
        book.decrease(BANK, 5, key="k1", tags=["a"])
    with pytest.raises(KeyReused):
        book.increase(BANK, 5, key="k1", tags=["b"])


def test_a_reversal_with_a_key_reverses_once(book: Ledger) -> None:
    sell(book)
    assert [book.reverse(1, key="r1").number for _ in range(2)] == [2, 2]
    with pytest.raises(KeyReused):
        book.reverse(1, key="r1", memo="Other")


def test_an_account_opened_with_a_key_is_opened_once(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    first = book.open_account("Assets:Yen", "asset", currency="JPY", key="a1")
    with untouched(book):
        assert book.open_account("Assets:Yen", "asset", currency="JPY", key="a1") == first
        with pytest.raises(KeyReused):
            book.open_account("Assets:Yen", "asset", currency="JPY", code="7", key="a1")
        with pytest.raises(AccountExists):
            book.open_account("Assets:Yen", "asset", currency="JPY", key="a2")


def test_every_act_on_an_account_may_be_tried_again_with_its_key(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.open_account("Assets:Old", AccountType.ASSET)
    book.open_account("Assets:Old:Child", AccountType.ASSET)
    acts: list[Callable[[], Any]] = [
        lambda: book.edit_account("Assets:Old", code="77", key="e1"),
        lambda: book.close_account("77", date="2026-06-15", key="c1"),
        lambda: book.reopen_account("77", key="o1"),
        lambda: book.rename_account("Assets:Old", "Assets:Older", key="n1"),
        lambda: book.set_setting("locale", "de", key="s1"),
        lambda: book.delete_account("Assets:Older:Child", key="d1"),
    ]
    for act in acts:
        act()
        with untouched(book):
            act()
    assert [account.name for account in book.rename_account("Assets:Older", "Assets:Oldest", key="n2")] == [
        "Assets:Oldest"
    ]
    assert book.setting("locale") == "de"


def test_the_node_of_a_tree_renamed_with_a_key_names_the_same_accounts_again(book: Ledger) -> None:
    first = book.rename_account("Assets", "Activa", key="n1")
    assert len(first) == 3
    assert book.rename_account("Assets", "Activa", key="n1") == first


@pytest.mark.parametrize("key", ["x" * 500, " ", "ключ", "a'b\"c--", "\n"])
def test_any_text_may_be_a_key(book: Ledger, key: str) -> None:
    assert [sell(book, key=key), sell(book, key=key)] == [1, 1]


def test_five_and_five_in_other_clothes_are_the_same_debit(book: Ledger) -> None:
    assert sell(book, amount=Decimal(5)) == sell(book, amount="5") == sell(book, amount=5) == 1
