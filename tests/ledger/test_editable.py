from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_ledger.errors import (
    CorrectByReversal,
    LedgerError,
    PeriodClosed,
    ReconciledPosting,
    ReversalStands,
    TransactionNotFound,
    TransactionVoided,
)
from tui_ledger.ledger import DraftPosting, Ledger, PostingStatus, credit, debit


def posted(book: Ledger, status: PostingStatus = PostingStatus.UNCLEARED) -> int:
    lines = DraftPosting("Expenses:Rent", "5", status=status), credit("Assets:Bank", "5")
    return book.post("Rent", *lines, date="2026-06-01").number


def test_what_may_be_edited_is_given_back_and_nothing_is_written(book: Ledger) -> None:
    number = posted(book)
    revision = book.revision
    assert book.editable(number) == book.transaction(number)
    assert book.revision == revision


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        (lambda book, number: book.close_period("2026-06-01"), PeriodClosed),
        (lambda book, number: book.reverse(number), ReversalStands),
        (lambda book, number: book.void(number), TransactionVoided),
    ],
)
def test_what_an_edit_would_refuse_is_refused_alike(
    book: Ledger, before: Callable[[Ledger, int], object], problem: type[LedgerError]
) -> None:
    number = posted(book)
    before(book, number)
    with pytest.raises(problem) as asked:
        book.editable(number)
    with pytest.raises(problem) as edited:
        book.edit(number, memo="Another")
    assert str(asked.value) == str(edited.value)


def test_reconciled_postings_reversals_and_numbers_that_are_not_there(book: Ledger) -> None:
    with pytest.raises(ReconciledPosting):
        book.editable(posted(book, PostingStatus.RECONCILED))
    reversal = book.reverse(posted(book))
    with pytest.raises(ReversalStands):
        book.editable(reversal)
    with pytest.raises(TransactionNotFound):
        book.editable(99)


def test_a_strict_book_has_nothing_to_edit() -> None:
    with Ledger.in_memory("EUR", strict=True) as ledger:
        ledger.open_account("Assets:Bank", "asset")
        ledger.open_account("Income:Sales", "income")
        number = ledger.post("Sale", debit("Assets:Bank", "5"), credit("Income:Sales", "5")).number
        with pytest.raises(CorrectByReversal):
            ledger.editable(number)
