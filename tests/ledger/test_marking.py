"""Many transactions at once: marked, edited, previewed; each act one step, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Ledger, PostingStatus, credit, debit
from tui_ledger.ledger.marking_acts import postings_of

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def filled(book: Ledger) -> Ledger:
    """Three sales into the bank, of 10, 20 and 40."""
    for place in range(3):
        amount = 10 * 2**place
        book.post("Sale", debit(BANK, amount), credit(SALES, amount), date=f"2026-0{place + 1}-10", tags=["a"])
    return book


def marks(book: Ledger) -> list[list[str]]:
    return [[line.status.value[:1] for line in one.postings] for one in book.journal()]


def test_postings_are_marked_cleared_and_uncleared_again(filled: Ledger) -> None:
    assert filled.mark("cleared", [(1, 1), (2, 1), (2, 2)]) == (1, 2)
    assert marks(filled) == [["c", "u"], ["c", "c"], ["u", "u"]]
    assert filled.mark(PostingStatus.UNCLEARED, [(2, 2), (3, 1)]) == (2,)
    assert marks(filled) == [["c", "u"], ["c", "u"], ["u", "u"]]
    assert filled.mark("cleared", [(1, 1)]) == ()
    assert filled.verify(replay=True).ok


def test_marks_are_undone_and_done_again_in_one_step_in_closed_periods_too(filled: Ledger) -> None:
    filled.close_period("2026-02-28")
    filled.mark("cleared", [(number, 1) for number in (1, 2, 3)], actor="ada")
    filled.undo(actor="ada")
    assert marks(filled) == [["u", "u"]] * 3
    filled.redo(actor="ada")
    assert marks(filled) == [["c", "u"]] * 3
    filled.mark("uncleared", [(1, 1)], actor="bob")
    with pytest.raises(errors.LaterAct):
        filled.undo(actor="ada")
    assert filled.verify().ok


@pytest.mark.parametrize(
    ("status", "postings", "error"),
    [
        ("reconciled", [(1, 1)], errors.InvalidSetting),
        ("done", [(1, 1)], errors.InvalidSetting),
        ("cleared", [(1, 1), (9, 1)], errors.TransactionNotFound),
        ("cleared", [(1, 3)], errors.TransactionNotFound),
        ("cleared", [(1, 0)], errors.TransactionNotFound),
    ],
)
def test_what_cannot_be_marked_is_refused_and_nothing_is(
    filled: Ledger, untouched: Untouched, status: str, postings: list[tuple[int, int]], error: type[errors.LedgerError]
) -> None:
    with untouched(filled), pytest.raises(error):
        filled.mark(status, postings)


def test_a_strict_book_is_marked_too() -> None:
    with Ledger.in_memory(strict=True) as ledger:
        ledger.open_account(BANK, "asset")
        one = ledger.increase(BANK, 5)
        ledger.mark("cleared", postings_of(one, BANK))
        assert marks(ledger) == [["c", "u"]]


def test_many_are_edited_as_one_step(filled: Ledger) -> None:
    changed = filled.edit_many(
        [1, 3], payee="Miller", date="2026-05-01", add_tags=["b"], remove_tags=["a"], recode=(BANK, CASH), actor="ada"
    )
    assert changed == (1, 3)
    assert [(one.number, one.payee, one.tags) for one in filled.journal()] == [
        (2, None, ("a",)),
        (1, "Miller", ("b",)),
        (3, "Miller", ("b",)),
    ]
    assert [str(filled.balance(name).amount) for name in (BANK, CASH)] == ["20.00", "50.00"]
    filled.undo(actor="ada")
    assert [str(filled.balance(name).amount) for name in (BANK, CASH)] == ["70.00", "0.00"]
    assert [one.payee for one in filled.journal()] == [None] * 3
    filled.redo(actor="ada")
    assert str(filled.balance(CASH).amount) == "50.00"
    assert filled.verify(replay=True).ok


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, errors.InvalidOptions),
        ({"add_tags": ["a"]}, errors.InvalidOptions),
        ({"recode": (RENT, CASH)}, errors.InvalidOptions),
        ({"recode": (BANK, "Assets:Nowhere")}, errors.UnknownAccount),
        ({"recode": (BANK, "Assets:Dollars")}, errors.LedgerError),
        ({"date": "2026-01-31"}, errors.PeriodClosed),
        ({"date": "2026-02-30"}, errors.InvalidDate),
        ({"payee": "x", "numbers": [3, 9]}, errors.TransactionNotFound),
        ({"payee": "x", "numbers": [3, 1]}, errors.PeriodClosed),
    ],
)
def test_an_edit_of_many_that_one_refuses_changes_none(
    filled: Ledger, untouched: Untouched, changes: dict[str, Any], error: type[errors.LedgerError]
) -> None:
    filled.close_period("2026-01-31")
    with untouched(filled), pytest.raises(error):
        filled.edit_many(**{"numbers": [2, 3], **changes})


def test_a_preview_says_what_would_move_and_moves_nothing(filled: Ledger, untouched: Untouched) -> None:
    with untouched(filled):
        moved = filled.preview(lambda: filled.edit_many([2, 3], recode=(BANK, CASH)))
    assert [(one.account, str(one.before.amount), str(one.after.amount)) for one in moved] == [
        (BANK, "70.00", "10.00"),
        (CASH, "0.00", "60.00"),
    ]
    with untouched(filled), pytest.raises(errors.UnknownAccount):
        filled.preview(lambda: filled.edit_many([2, 3], recode=(BANK, "Nowhere")))
    told: list[int] = []
    filled.after_post(lambda one: told.append(one.number))
    filled.preview(lambda: filled.increase(BANK, 5))
    assert told == []
    assert len(filled.journal()) == 3


def test_a_key_edits_and_marks_once(filled: Ledger) -> None:
    for _ in range(2):
        assert filled.edit_many([1], payee="Miller", key="e") == (1,)
        assert filled.mark("cleared", [(1, 1)], key="m") == (1,)
    with pytest.raises(errors.KeyReused):
        filled.mark("cleared", [(1, 2)], key="m")


def test_many_are_voided_as_one_step_and_come_back_as_one(filled: Ledger) -> None:
    filled.void(2)
    assert filled.void_many([1, 2, 3, 1], actor="ada") == (1, 3)
    assert [one.voided for one in filled.journal()] == [True] * 3
    assert filled.balance(BANK).units == 0
    assert filled.undo(actor="ada").kind == "void-many"
    assert [one.voided for one in filled.journal()] == [False, True, False]
    filled.redo(actor="ada")
    assert filled.verify(replay=True).ok


def test_of_many_that_are_voided_one_that_cannot_be_stops_all(filled: Ledger, untouched: Untouched) -> None:
    filled.close_period("2026-01-31")
    with untouched(filled), pytest.raises(errors.PeriodClosed, match="1 of 2 transactions cannot be voided"):
        filled.void_many([3, 1])
    with untouched(filled), pytest.raises(errors.PeriodClosed, match="1 of 3 transactions cannot be edited"):
        filled.edit_many([3, 1, 2], payee="x")
    for act in (lambda: filled.void_many([1]), lambda: filled.void(1), lambda: filled.edit(1, memo="x")):
        with pytest.raises(errors.CorrectionInClosedPeriod, match="reopen the period, or reverse it") as refusal:
            act()
        assert "later date" not in str(refusal.value)
    filled.void_many([2, 3])
    with untouched(filled), pytest.raises(errors.InvalidOptions):
        filled.void_many([2, 3])


def test_the_tags_of_a_book_stand_in_their_order(filled: Ledger) -> None:
    filled.edit_many([1, 2], add_tags=["Zoo", "b"])
    assert filled.tags() == ["a", "b", "Zoo"]
