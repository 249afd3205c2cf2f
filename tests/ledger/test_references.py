"""References: free as they are, and each transaction's own where the book asks for unique ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger.errors import ReferenceRepeated, ReferenceTaken
from tui_ledger.ledger import Draft, Ledger, Transaction, credit, debit

BANK, SALES = "Assets:Bank", "Income:Sales"


def sale(book: Ledger, reference: str | None, **rest: Any) -> Transaction:
    return book.post("Sale", debit(BANK, 5), credit(SALES, 5), reference=reference, **rest)


def draft(reference: str | None) -> Draft:
    return Draft(memo="Sale", postings=(debit(BANK, 5), credit(SALES, 5)), reference=reference)


@pytest.fixture
def unique(book: Ledger) -> Ledger:
    book.set_setting("unique_references", True)
    sale(book, "INV-1")
    return book


def test_references_may_repeat_unless_the_book_asks_for_unique_ones(book: Ledger) -> None:
    sale(book, "INV-1")
    sale(book, "INV-1")
    assert [one.number for one in book.journal(reference="INV-1")] == [1, 2]


def test_a_reference_that_stands_is_taken_once(unique: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(unique, None)
    sale(unique, None)
    sale(unique, "inv-1")
    with untouched(unique), pytest.raises(ReferenceTaken) as refused:
        sale(unique, "INV-1")
    assert str(refused.value) == "The reference 'INV-1' already belongs to transaction 1: use another."


def test_every_act_that_gives_a_reference_is_checked(unique: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(unique, "INV-2")
    acts: list[Callable[[], object]] = [
        lambda: unique.edit(2, reference="INV-1"),
        lambda: unique.transfer(BANK, "Assets:Cash", 1, reference="INV-1"),
        lambda: unique.increase(BANK, 1, reference="INV-1"),
        lambda: unique.post_batch([draft("INV-3"), draft("INV-1")]),
        lambda: unique.post_batch([draft("INV-3"), draft(None), draft("INV-3")]),
    ]
    for act in acts:
        with untouched(unique), pytest.raises(ReferenceTaken):
            act()
    unique.edit(2, reference="INV-2", memo="Same")
    unique.post_batch([draft("INV-3"), draft(None), draft("INV-4"), draft(None)])


def test_a_batch_that_repeats_a_reference_says_so(unique: Ledger) -> None:
    with pytest.raises(ReferenceRepeated, match="'INV-3' is given to two transactions here"):
        unique.post_batch([draft("INV-3"), draft("INV-3")])


def test_a_void_transaction_frees_its_reference_and_takes_it_back_only_while_it_is_free(
    unique: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    unique.post_batch([draft("INV-2")], actor="ada")
    unique.undo(actor="ada")
    sale(unique, "INV-2")
    with untouched(unique), pytest.raises(ReferenceTaken):
        unique.redo(actor="ada")
    unique.void(3)
    unique.redo(actor="ada")
    assert unique.transaction(2).reference == "INV-2"


def test_a_reversal_does_not_take_the_reference_with_it(unique: Ledger) -> None:
    assert unique.reverse(1).reference is None


def test_unique_references_are_not_asked_for_while_two_share_one(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    sale(book, "INV-1")
    sale(book, "INV-1")
    with untouched(book), pytest.raises(ReferenceTaken):
        book.set_setting("unique_references", True)
    book.void(1)
    book.set_setting("unique_references", True)
    assert book.setting("unique_references") is True
