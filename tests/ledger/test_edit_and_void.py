"""Editing and voiding: in open periods, with balances following and the history keeping before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, DraftPosting, Ledger, PostingStatus, Transaction, credit, debit

BANK, CASH, CARD, SALES, RENT = "Assets:Bank", "Assets:Cash", "Liabilities:Card", "Income:Sales", "Expenses:Rent"


def sale(book: Ledger, amount: object = 100, day: str = "2026-01-10", **given: Any) -> Transaction:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), date=day, **given)


def held(book: Ledger, account: str = BANK, at: str | None = None) -> str:
    return str(book.balance(account, at=at).amount)


def lines(transaction: Transaction) -> list[tuple[str, str, str | None]]:
    return [(posting.account, str(posting.amount.amount), posting.memo) for posting in transaction.postings]


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    for account in book.accounts():
        assert book.balance(account) == book.calculate_balance(account)


def reconcile(book: Ledger, number: int) -> None:
    with book.write():
        book._database.execute("UPDATE postings SET status = 2 WHERE number = ? AND line = 1", (number,))


def strict_book() -> Ledger:
    ledger = Ledger.in_memory("EUR", strict=True)
    ledger.open_account(BANK, "asset")
    ledger.open_account(SALES, "income")
    return ledger


def test_an_edit_of_the_amounts_carries_every_later_row(book: Ledger) -> None:
    first = sale(book, 100, "2026-01-10")
    sale(book, 10, "2026-02-10")
    sale(book, 1, "2026-01-05")
    edited = book.edit(first, debit(BANK, "50.50"), credit(SALES, "50.50"))
    assert edited.number == first.number
    assert [(row.transaction, str(row.balance.amount)) for row in book.register(BANK)] == [
        (3, "1.00"),
        (1, "51.50"),
        (2, "61.50"),
    ]
    correct(book)


def test_an_edit_of_the_date_moves_the_rows_both_ways(book: Ledger) -> None:
    moved = sale(book, 100, "2026-01-10")
    sale(book, 10, "2026-02-10")
    book.edit(moved, date="2026-03-01")
    assert (held(book, at="2026-01-31"), held(book, at="2026-02-28"), held(book)) == ("0.00", "10.00", "110.00")
    book.edit(moved, date=date(2025, 12, 31))
    assert (held(book, at="2025-12-31"), held(book, at="2026-02-28")) == ("100.00", "110.00")
    assert book.transaction(1).date == date(2025, 12, 31)
    correct(book)


def test_an_edit_of_the_accounts_leaves_nothing_behind(book: Ledger) -> None:
    first = sale(book, 100)
    book.edit(first, debit(CASH, 100), credit(SALES, 60), credit(CARD, 40))
    assert (held(book), held(book, CASH), held(book, SALES), held(book, CARD)) == ("0.00", "100.00", "60.00", "40.00")
    assert len(book.register(BANK)) == 0
    correct(book)


def test_an_edit_of_texts_keeps_lines_balances_and_all_that_was_not_named(book: Ledger) -> None:
    first = book.post_draft(
        Draft(
            date(2026, 1, 10),
            "Sale",
            (
                DraftPosting(BANK, "70", memo="half", status=PostingStatus.CLEARED),
                DraftPosting(SALES, "-100"),
                DraftPosting(BANK, "30", memo="other half"),
            ),
            payee="Ada",
            reference="R-1",
            tags=("a", "b"),
            data={"paid": [1, {"x": None}]},
        )
    )
    edited = book.edit(first, memo="Sold")
    assert lines(edited) == lines(first)
    assert [line.balance for line in edited.postings] == [line.balance for line in first.postings]
    assert [line.status for line in edited.postings] == [line.status for line in first.postings]
    assert (edited.memo, edited.payee, edited.reference, edited.tags) == ("Sold", "Ada", "R-1", ("a", "b"))
    assert edited.data == {"paid": [1, {"x": None}]}
    correct(book)


def test_an_empty_text_takes_a_text_away(book: Ledger) -> None:
    first = sale(book, payee="Ada", reference="R-1", tags=["x"], data={"a": 1})
    bare = book.edit(first, memo="", payee="", reference="", tags=[], data={})
    assert (bare.memo, bare.payee, bare.reference, bare.tags, bare.data) == ("", None, None, (), {})
    correct(book)


def test_a_left_out_amount_is_filled_in_an_edit_too(book: Ledger) -> None:
    edited = book.edit(sale(book), debit(BANK, 121), credit(SALES, 100), DraftPosting(CARD))
    assert lines(edited)[2] == (CARD, "-21.00", None)


def test_the_history_keeps_the_complete_bodies_before_and_after(book: Ledger) -> None:
    first = sale(book, payee="Ada", tags=["x"])
    book.edit(first, debit(CASH, 5), credit(SALES, 5), date="2026-01-11", actor="ada")
    book.void(first, actor="bob")
    posted, edited, voided = book.changes_of(first)
    was = {
        "number": 1,
        "date": "2026-01-10",
        "memo": "Sale",
        "payee": "Ada",
        "tags": ["x"],
        "postings": [{"account": BANK, "amount": "100.00"}, {"account": SALES, "amount": "-100.00"}],
    }
    became = {
        **was,
        "date": "2026-01-11",
        "postings": [{"account": CASH, "amount": "5.00"}, {"account": SALES, "amount": "-5.00"}],
    }
    assert (posted.before, posted.after) == (None, was)
    assert (edited.kind, edited.actor, edited.before, edited.after) == ("edit", "ada", was, became)
    assert (voided.kind, voided.actor, voided.before) == ("void", "bob", became)
    assert voided.after == {**became, "voided": True, "postings": []}
    assert [change.seq for change in book.latest_changes(2)] == [voided.seq, edited.seq]


def test_a_voided_transaction_keeps_its_number_date_and_texts_and_moves_nothing(book: Ledger) -> None:
    first = sale(book, 100, payee="Ada", reference="R-1", data={"a": 1})
    sale(book, 10, "2026-02-01")
    voided = book.void(first)
    assert (voided.voided, voided.number, voided.date, voided.payee) == (True, 1, date(2026, 1, 10), "Ada")
    assert (voided.reference, voided.data, voided.postings) == ("R-1", {"a": 1}, ())
    assert [str(row.balance.amount) for row in book.register(BANK)] == ["10.00"]
    assert [transaction.number for transaction in book.journal()] == [1, 2]
    assert sale(book).number == 3
    correct(book)


VOIDED_ACTS: dict[str, Callable[[Ledger], object]] = {
    "edited": lambda book: book.edit(1, memo="x"),
    "voided": lambda book: book.void(1),
    "reversed": lambda book: book.reverse(1),
}


@pytest.mark.parametrize("act", VOIDED_ACTS)
def test_what_is_void_is_not_corrected_again(book: Ledger, untouched: Callable[[Ledger], Any], act: str) -> None:
    book.void(sale(book))
    with untouched(book), pytest.raises(errors.TransactionVoided, match=act):
        VOIDED_ACTS[act](book)


REFUSED_EDITS: dict[str, tuple[type[Exception], Callable[[Ledger], object]]] = {
    "a number that is not there": (errors.TransactionNotFound, lambda book: book.edit(9, memo="x")),
    "a number below all": (errors.TransactionNotFound, lambda book: book.edit(0, memo="x")),
    "a number beyond all": (errors.TransactionNotFound, lambda book: book.edit(2**70, memo="x")),
    "voiding a number beyond all": (errors.TransactionNotFound, lambda book: book.void(2**70)),
    "one posting": (errors.TooFewPostings, lambda book: book.edit(1, debit(BANK, 5))),
    "off balance": (errors.UnbalancedTransaction, lambda book: book.edit(1, debit(BANK, 5), credit(SALES, 6))),
    "an unknown account": (errors.UnknownAccount, lambda book: book.edit(1, debit("Assets:No", 5), credit(SALES, 5))),
    "a currency that does not fit": (
        errors.UnbalancedTransaction,
        lambda book: book.edit(1, debit("Assets:Dollars", 5), credit(SALES, 5)),
    ),
    "no date": (errors.InvalidDate, lambda book: book.edit(1, date="2026-02-30")),
    "a memo that cannot be kept": (errors.InvalidText, lambda book: book.edit(1, memo="a\x00b")),
    "data that cannot be kept": (errors.InvalidText, lambda book: book.edit(1, data={"a": float("nan")})),
    "an empty tag": (errors.InvalidText, lambda book: book.edit(1, tags=[" "])),
    "a zero amount": (errors.ZeroAmount, lambda book: book.edit(1, DraftPosting(BANK, 0), credit(SALES, 5))),
    "a float": (errors.FloatAmount, lambda book: book.edit(1, DraftPosting(BANK, 0.5), credit(SALES, 5))),
    "too much": (
        errors.BalanceTooLarge,
        lambda book: book.edit(1, debit(BANK, 4 * 10**16), credit(SALES, 4 * 10**16)),
    ),
}


@pytest.mark.parametrize("case", REFUSED_EDITS)
def test_an_edit_that_cannot_be_changes_nothing(book: Ledger, untouched: Callable[[Ledger], Any], case: str) -> None:
    sale(book)
    sale(book, 1, "2026-02-01")
    error, act = REFUSED_EDITS[case]
    with untouched(book), pytest.raises(error):
        act(book)
    correct(book)


def test_an_edit_onto_a_closed_a_later_or_a_placeholder_account_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    first = sale(book)
    book.close_account(CASH)
    book.edit_account(CARD, opened="2026-05-01")
    book.edit_account(RENT, placeholder=True)
    with untouched(book):
        for account, error in (
            (CASH, errors.AccountClosed),
            (CARD, errors.AccountNotYetOpen),
            (RENT, errors.PlaceholderAccount),
        ):
            with pytest.raises(error):
                book.edit(first, debit(account, 5), credit(SALES, 5))


def test_texts_are_mended_though_an_account_was_closed_since(book: Ledger) -> None:
    first = book.transfer(BANK, CASH, 5, date="2026-01-01")
    book.transfer(CASH, BANK, 5, date="2026-01-02")
    book.close_account(CASH, date="2026-01-31")
    assert book.edit(first, memo="to the till").memo == "to the till"
    with pytest.raises(errors.AccountClosed):
        book.edit(first, date="2026-01-02")
    correct(book)


def test_a_closed_account_never_holds_anything_again(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    first = book.transfer(BANK, CASH, 5, date="2026-01-01")
    book.transfer(CASH, BANK, 5, date="2026-01-02")
    book.close_account(CASH, date="2026-01-31")
    with untouched(book):
        with pytest.raises(errors.AccountClosed):
            book.void(first)
        with pytest.raises(errors.AccountClosed):
            book.edit(first, debit(CARD, 5), credit(BANK, 5))


def test_a_minimum_is_kept_on_every_row_by_edit_and_void(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.edit_account(BANK, minimum=0)
    first = sale(book, 100, "2026-01-10")
    book.transfer(BANK, CASH, 80, date="2026-01-20")
    sale(book, 500, "2026-03-01")
    with untouched(book):
        with pytest.raises(errors.MinimumBalanceBroken, match="2026-01-20"):
            book.void(first)
        with pytest.raises(errors.MinimumBalanceBroken, match="2026-01-20"):
            book.edit(first, debit(BANK, 79), credit(SALES, 79))
        with pytest.raises(errors.MinimumBalanceBroken, match="2026-01-20"):
            book.edit(first, date="2026-02-01")
        with pytest.raises(errors.MinimumBalanceBroken):
            book.edit(first, debit(CASH, 100), credit(SALES, 100))
    book.edit(first, debit(BANK, 80), credit(SALES, 80))
    correct(book)


def test_what_is_reconciled_is_neither_edited_nor_voided_but_reversed(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    first = sale(book)
    reconcile(book, first.number)
    with untouched(book):
        with pytest.raises(errors.ReconciledPosting, match="edited"):
            book.edit(first, memo="x")
        with pytest.raises(errors.ReconciledPosting, match="voided"):
            book.void(first)
    assert book.reverse(first).reverses == 1


def test_a_strict_book_corrects_by_reversal_only() -> None:
    with strict_book() as ledger:
        first = ledger.post("Sale", debit(BANK, 5), credit(SALES, 5))
        head = ledger.head
        for act in (lambda: ledger.edit(first, memo="x"), lambda: ledger.void(first), ledger.undo):
            with pytest.raises(errors.CorrectByReversal):
                act()
        assert ledger.head == head
        ledger.reverse(first)
        assert ledger.balance(BANK).units == 0


def test_nothing_in_a_closed_period_is_edited_or_voided_nor_moved_into_it(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    old, new = sale(book, day="2026-01-10"), sale(book, day="2026-02-10")
    book.close_period("2026-01-31")
    with untouched(book):
        for act in (
            lambda: book.edit(old, memo="x"),
            lambda: book.edit(old, date="2026-02-01"),
            lambda: book.void(old),
            lambda: book.edit(new, date="2026-01-31"),
        ):
            with pytest.raises(errors.PeriodClosed):
                act()
    assert book.edit(new, date="2026-02-01").date == date(2026, 2, 1)
    correct(book)


def test_neither_half_of_a_standing_reversal_is_edited_and_the_original_not_voided(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    first = sale(book)
    second = book.reverse(first)
    with untouched(book):
        for act in (
            lambda: book.edit(first, memo="x"),
            lambda: book.edit(second, memo="x"),
            lambda: book.void(first),
        ):
            with pytest.raises(errors.ReversalStands):
                act()


def test_after_its_reversal_is_voided_the_original_is_edited_voided_or_reversed_again(book: Ledger) -> None:
    first = sale(book)
    second = book.reverse(first)
    book.void(second)
    assert book.transaction(1).reversed_by is None
    assert book.edit(first, memo="mended").memo == "mended"
    third = book.reverse(first)
    assert (third.number, book.transaction(1).reversed_by) == (3, 3)
    fourth = book.reverse(third)
    with pytest.raises(errors.ReversalStands):
        book.void(third)
    book.void(fourth)
    book.void(third)
    assert book.void(first).voided
    assert held(book) == "0.00"
    correct(book)


def test_an_edit_of_one_currency_in_two_keeps_the_other(book: Ledger) -> None:
    both = book.post(
        "Both",
        debit(BANK, 5),
        credit(SALES, 5),
        debit("Assets:Dollars", 7),
        credit("Equity:Dollars", 7),
        date="2026-01-10",
    )
    edited = book.edit(both, date="2026-01-11")
    assert lines(edited) == lines(both)
    book.edit(both, debit("Assets:Dollars", 8), credit("Equity:Dollars", 8))
    assert (held(book), held(book, "Assets:Dollars")) == ("0.00", "8.00")
    correct(book)


def test_a_key_edits_and_voids_once(book: Ledger) -> None:
    first = sale(book)
    for _ in range(2):
        assert book.edit(first, memo="x", date="2026-01-11", key="k").memo == "x"
    with pytest.raises(errors.KeyReused):
        book.edit(first, memo="y", key="k")
    with pytest.raises(errors.KeyReused):
        book.void(first, key="k")
    for _ in range(2):
        assert book.void(first, key="v").voided
    assert [change.kind for change in book.changes_of(first)] == ["post", "edit", "void"]


def test_a_void_and_an_edit_in_a_write_that_fails_never_were(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    first, second = sale(book), sale(book, 7)
    with untouched(book), pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        book.void(first)
        book.edit(second, debit(CASH, 9), credit(SALES, 9))
        raise ZeroDivisionError
    correct(book)


def test_a_transaction_of_a_batch_stays_of_its_batch_through_an_edit(book: Ledger) -> None:
    batch = book.post_batch([Draft(date(2026, 1, 1), "Import", (debit(BANK, 5), credit(SALES, 5)))])
    assert book.edit(1, memo="x").batch == batch.batch
    assert book.void(1).batch == batch.batch
    correct(book)


def test_history_of_a_number_that_is_not_there_is_refused(book: Ledger) -> None:
    with pytest.raises(errors.TransactionNotFound):
        book.changes_of(1)


def test_an_edit_that_says_nothing_to_change_is_refused(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    first = sale(book)
    with untouched(book), pytest.raises(errors.InvalidOptions, match="Nothing was said to change in transaction 1"):
        book.edit(first)
