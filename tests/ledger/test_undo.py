"""Undo and redo: each actor's own acts, across restarts, refused by name where something later built on them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import AccountType, Draft, Ledger, Transaction, credit, debit
from tui_ledger.ledger.accounts import AccountDraft

BANK, CASH, CARD, SALES = "Assets:Bank", "Assets:Cash", "Liabilities:Card", "Income:Sales"


def sale(book: Ledger, amount: object = 100, day: str = "2026-01-10", actor: str = "ada", **given: Any) -> Transaction:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), date=day, actor=actor, **given)


def held(book: Ledger, account: str = BANK) -> str:
    return str(book.balance(account).amount)


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    for account in book.accounts():
        assert book.balance(account) == book.calculate_balance(account)


def drafts(*amounts: int) -> list[Draft]:
    return [
        Draft(date(2026, 1, day), "Import", (debit(BANK, amount), credit(SALES, amount)), reference=f"ID{day}")
        for day, amount in enumerate(amounts, 1)
    ]


def test_undo_of_a_posting_voids_it_and_redo_gives_the_same_number_its_postings_back(book: Ledger) -> None:
    first = sale(book, payee="Ada", data={"a": 1})
    undone = book.undo(actor="ada")
    assert (undone.kind, undone.transactions) == ("post", (1,))
    assert (book.transaction(1).voided, held(book)) == (True, "0.00")
    assert sale(book, 7, actor="bob").number == 2
    redone = book.redo(actor="ada")
    assert (redone.act, redone.kind, redone.transactions) == (undone.act, "post", (1,))
    assert book.transaction(1) == first
    correct(book)


def test_any_number_of_steps_back_and_forth(book: Ledger) -> None:
    for amount in (1, 2, 4):
        sale(book, amount)
    seen = [held(book)]
    for _ in range(3):
        book.undo(actor="ada")
        seen.append(held(book))
    with pytest.raises(errors.NothingToUndo, match="ada"):
        book.undo(actor="ada")
    for _ in range(3):
        book.redo(actor="ada")
        seen.append(held(book))
    assert seen == ["7.00", "3.00", "1.00", "0.00", "1.00", "3.00", "7.00"]
    with pytest.raises(errors.NothingToRedo, match="ada"):
        book.redo(actor="ada")
    correct(book)


def test_a_new_act_takes_the_place_of_what_was_undone(book: Ledger) -> None:
    sale(book, 1)
    sale(book, 2)
    book.undo(actor="ada")
    sale(book, 4)
    with pytest.raises(errors.NothingToRedo):
        book.redo(actor="ada")
    book.undo(actor="ada")
    book.undo(actor="ada")
    assert held(book) == "0.00"
    assert (book.redo(actor="ada").transactions, book.redo(actor="ada").transactions) == ((1,), (3,))
    correct(book)


def test_each_actor_takes_back_only_their_own(book: Ledger) -> None:
    sale(book, 1, actor="ada")
    sale(book, 2, actor="bob")
    sale(book, 4, actor="ada")
    assert book.undo(actor="bob").transactions == (2,)
    assert book.undo(actor="ada").transactions == (3,)
    assert book.redo(actor="bob").transactions == (2,)
    assert book.undo(actor="ada").transactions == (1,)
    assert held(book) == "2.00"
    with pytest.raises(errors.NothingToUndo):
        book.undo(actor="eve")
    correct(book)


def test_undo_and_redo_work_across_restarts(
    book: Ledger, clock: Callable[[], Any], elsewhere: Callable[..., Any]
) -> None:
    sale(book)
    place = Path(book.place) if book.path else book.place
    program = "ledger.undo(actor='ada'); answer = ledger.transaction(1).voided"
    assert elsewhere(place, program) is True
    assert held(book) == "0.00"
    with Ledger.open(place, clock=clock) as again:
        again.redo(actor="ada")
    assert held(book) == "100.00"
    correct(book)


def test_each_step_is_itself_a_change_that_names_what_it_takes_back(book: Ledger) -> None:
    sale(book)
    book.undo(actor="ada")
    book.redo(actor="ada")
    posted, undone, redone = book.changes_of(1)
    assert [change.kind for change in (posted, undone, redone)] == ["post", "undo", "redo"]
    assert (undone.undoes, redone.undoes) == (posted.act, posted.act)
    assert (undone.before, redone.after) == (posted.after, posted.after)
    assert undone.after == redone.before == {**posted.after, "voided": True, "postings": []}


def test_a_key_undoes_once(book: Ledger) -> None:
    sale(book, 1)
    sale(book, 2)
    first = book.undo(actor="ada", key="u")
    assert book.undo(actor="ada", key="u") == first
    assert held(book) == "1.00"
    assert book.redo(actor="ada", key="r") == book.redo(actor="ada", key="r") == first
    with pytest.raises(errors.KeyReused):
        book.redo(actor="ada", key="u")
    correct(book)


def test_an_edit_and_a_void_are_taken_back(book: Ledger) -> None:
    first = sale(book)
    edited = book.edit(first, debit(CASH, 5), credit(SALES, 5), date="2026-03-01", memo="x", actor="ada")
    book.void(first, actor="ada")
    book.undo(actor="ada")
    assert book.transaction(1) == edited
    book.undo(actor="ada")
    assert book.transaction(1) == first
    book.redo(actor="ada")
    assert book.transaction(1) == edited
    correct(book)


def test_an_import_is_one_act_to_undo_and_redo_with_the_accounts_it_opened(book: Ledger) -> None:
    before = book.accounts()
    opened = [AccountDraft("Assets:New", "asset"), AccountDraft("Equity:New", "equity", currency="USD")]
    entered = [*drafts(1, 2, 4), Draft(date(2026, 1, 2), "New", (debit("Assets:New", 8), credit(SALES, 8)))]
    batch = book.post_batch(entered, accounts=opened, actor="ada")
    after = list(book.journal())
    assert book.undo(actor="ada").transactions == (4, 3, 2, 1)
    assert (held(book), book.accounts()) == ("0.00", before)
    assert all(transaction.voided for transaction in book.journal())
    assert book.redo(actor="ada").act == batch.batch
    assert list(book.journal()) == after
    correct(book)


def test_a_batch_is_taken_back_though_half_of_it_would_break_a_minimum(book: Ledger) -> None:
    book.edit_account(BANK, minimum=0)
    entered = [
        Draft(date(2026, 1, 10), "Out", (debit(CASH, 50), credit(BANK, 50))),
        Draft(date(2026, 1, 5), "In", (debit(BANK, 50), credit(SALES, 50))),
    ]
    book.post_batch(entered, actor="ada")
    book.undo(actor="ada")
    assert held(book) == "0.00"
    book.redo(actor="ada")
    assert held(book, CASH) == "50.00"
    correct(book)


def test_an_undo_that_would_break_a_minimum_is_refused(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.edit_account(BANK, minimum=0)
    sale(book, 100, "2026-01-10", actor="ada")
    book.transfer(BANK, CASH, 60, date="2026-01-11", actor="bob")
    with untouched(book), pytest.raises(errors.MinimumBalanceBroken, match="2026-01-11"):
        book.undo(actor="ada")


LATER: dict[str, Callable[[Ledger], object]] = {
    "edited": lambda book: book.edit(1, memo="x", actor="bob"),
    "edited only in its account": lambda book: book.edit(1, debit(CASH, 100), credit(SALES, 100), actor="bob"),
    "edited only in its date": lambda book: book.edit(1, date="2026-01-09", actor="bob"),
    "voided": lambda book: book.void(1, actor="bob"),
    "reversed": lambda book: book.reverse(1, actor="bob"),
}


@pytest.mark.parametrize("later", LATER)
def test_what_another_changed_since_is_not_taken_back(
    book: Ledger, untouched: Callable[[Ledger], Any], later: str
) -> None:
    sale(book)
    LATER[later](book)
    with untouched(book), pytest.raises(errors.LaterAct, match="transaction 1"):
        book.undo(actor="ada")


@pytest.mark.parametrize("later", LATER)
def test_what_another_changed_since_an_edit_is_not_taken_back(
    book: Ledger, untouched: Callable[[Ledger], Any], later: str
) -> None:
    sale(book, 50, actor="eve")
    book.edit(1, debit(BANK, 100), credit(SALES, 100), actor="ada")
    LATER[later](book)
    with untouched(book), pytest.raises(errors.LaterAct, match="transaction 1"):
        book.undo(actor="ada")


def test_once_the_later_change_is_taken_back_too_the_first_can_be(book: Ledger) -> None:
    sale(book)
    book.edit(1, memo="x", actor="bob")
    book.undo(actor="bob")
    book.undo(actor="ada")
    assert book.transaction(1).voided
    correct(book)


def test_a_reconciled_posting_refuses_undo(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book)
    with book.write():
        book._database.execute("UPDATE postings SET status = 2 WHERE number = 1 AND line = 1")
    with untouched(book), pytest.raises(errors.LaterAct, match="reconciliation"):
        book.undo(actor="ada")
    with book.write():
        book._database.execute("UPDATE postings SET status = 0")


def test_another_s_mark_is_never_erased_by_an_undo(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book)
    book.mark("cleared", [(1, 1)], actor="bob")
    with untouched(book), pytest.raises(errors.LaterAct, match="a mark set since"):
        book.undo(actor="ada")
    book.undo(actor="bob")
    assert book.undo(actor="ada").transactions == (1,)
    correct(book)


def test_undo_brings_back_no_account_or_setting_that_the_act_itself_would_refuse(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.increase("Assets:Cash", 100, date="2026-01-05", actor="bob")
    book.edit_account("Assets:Cash", minimum=50, actor="ada")
    book.edit_account("Assets:Cash", minimum=None, actor="ada")
    book.decrease("Assets:Cash", 80, actor="bob")
    with untouched(book), pytest.raises(errors.MinimumBalanceBroken):
        book.undo(actor="ada")
    book.edit_account("Assets:Bank", opened="2026-03-01", actor="cleo")
    book.undo(actor="cleo")
    book.increase("Assets:Bank", 5, date="2026-02-01", actor="bob")
    with untouched(book), pytest.raises(errors.LaterAct, match="postings before 2026-03-01"):
        book.redo(actor="cleo")
    book.set_setting("unique_references", True, actor="dora")
    book.set_setting("unique_references", None, actor="dora")
    for _ in range(2):
        book.increase("Assets:Bank", 5, reference="R", actor="bob")
    with untouched(book), pytest.raises(errors.ReferenceTaken):
        book.undo(actor="dora")


def test_finer_digits_keep_acts_on_accounts_undoable(book: Ledger) -> None:
    book.open_account("Assets:Till", "asset", minimum=0, actor="ada")
    book.set_digits("EUR", 3)
    book.undo(actor="ada")
    book.redo(actor="ada")
    assert str(book.account("Assets:Till").minimum) == "0.000 EUR"
    correct(book)


def test_a_period_closed_since_refuses_undo_and_redo(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book)
    book.close_period("2026-01-31", actor="ada")
    with untouched(book), pytest.raises(errors.PeriodClosed, match="2026-01-31"):
        book.undo(actor="ada")
    book.reopen_period("2026-01-01", reason="a slip", actor="ada")
    book.undo(actor="ada")
    book.close_period("2026-01-31", actor="ada")
    with untouched(book), pytest.raises(errors.PeriodClosed):
        book.redo(actor="ada")
    correct(book)


def test_an_edit_out_of_a_period_closed_since_is_not_taken_back(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.edit(sale(book, day="2026-01-10"), date="2026-02-10", actor="ada")
    book.close_period("2026-01-31")
    with untouched(book), pytest.raises(errors.PeriodClosed):
        book.undo(actor="ada")


def test_closing_and_reopening_a_period_are_passed_over(book: Ledger) -> None:
    sale(book, day="2026-02-10")
    book.close_period("2026-01-31", actor="ada")
    assert book.undo(actor="ada").transactions == (1,)
    assert book.closed_through == date(2026, 1, 31)
    assert book.redo(actor="ada").transactions == (1,)
    with pytest.raises(errors.NothingToUndo):
        Ledger.in_memory().undo()


def test_undo_of_a_reversal_frees_the_original(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book, actor="eve")
    book.reverse(1, actor="ada")
    book.undo(actor="ada")
    assert book.transaction(1).reversed_by is None
    assert book.reverse(1, actor="bob").number == 3
    with untouched(book), pytest.raises(errors.LaterAct, match="another reversal, 3"):
        book.redo(actor="ada")
    book.undo(actor="bob")
    assert book.redo(actor="ada").transactions == (2,)
    assert book.transaction(1).reversed_by == 2
    correct(book)


@pytest.mark.parametrize("later", ["edited", "edited only in its account", "voided"])
def test_a_reversal_is_not_done_again_where_its_original_is_another_now(
    book: Ledger, untouched: Callable[[Ledger], Any], later: str
) -> None:
    sale(book, actor="eve")
    book.reverse(1, actor="ada")
    book.undo(actor="ada")
    LATER[later](book)
    if later == "edited":
        assert book.redo(actor="ada").transactions == (2,)
        return
    with untouched(book), pytest.raises(errors.LaterAct, match="transaction 1"):
        book.redo(actor="ada")


def test_a_reversal_voided_by_slip_comes_back_by_undo_unless_another_took_its_place(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    sale(book, actor="eve")
    book.reverse(1, actor="eve")
    book.void(2, actor="ada")
    book.undo(actor="ada")
    assert book.transaction(1).reversed_by == 2
    book.redo(actor="ada")
    book.reverse(1, actor="bob")
    with untouched(book), pytest.raises(errors.NothingToRedo):
        book.redo(actor="ada")
    with untouched(book), pytest.raises(errors.LaterAct, match="another reversal, 3"):
        book.undo(actor="ada")
    correct(book)


def test_names_changed_since_mean_the_accounts_they_meant(book: Ledger) -> None:
    first = sale(book)
    book.edit(first, debit(CASH, 5), credit(SALES, 5), actor="ada")
    book.rename_account(BANK, "Assets:Giro", actor="bob")
    book.rename_account(CASH, BANK, actor="bob")
    book.undo(actor="ada")
    assert [line.account for line in book.transaction(1).postings] == ["Assets:Giro", SALES]
    book.undo(actor="ada")
    book.redo(actor="ada")
    assert (held(book, "Assets:Giro"), held(book, BANK)) == ("100.00", "0.00")
    book.redo(actor="ada")
    assert (held(book, "Assets:Giro"), held(book, BANK)) == ("0.00", "5.00")
    correct(book)


def test_an_account_deleted_since_is_named(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.open_account("Assets:Till", "asset", actor="bob")
    book.transfer(BANK, "Assets:Till", 5, actor="ada")
    book.undo(actor="ada")
    book.delete_account("Assets:Till", actor="bob")
    with untouched(book), pytest.raises(errors.LaterAct, match="Assets:Till"):
        book.redo(actor="ada")
    book.open_account("Assets:Till", "asset", actor="eve")
    with untouched(book), pytest.raises(errors.LaterAct, match="Assets:Till"):
        book.redo(actor="ada")
    book.undo(actor="eve")
    book.undo(actor="bob")
    assert book.redo(actor="ada").transactions == (1,)
    assert held(book, "Assets:Till") == "5.00"
    correct(book)


def test_an_account_given_another_currency_since_is_named(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.transfer(BANK, CASH, 5, actor="ada")
    book.undo(actor="ada")
    for account in (BANK, CASH):
        book.edit_account(account, currency="USD", actor="bob")
    with untouched(book), pytest.raises(errors.LaterAct, match="USD"):
        book.redo(actor="ada")
    correct(book)


def test_an_account_closed_since_refuses_the_postings_it_would_get_back(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.transfer(BANK, CASH, 5, date="2026-01-01", actor="ada")
    book.undo(actor="ada")
    book.close_account(CASH, actor="bob")
    with untouched(book), pytest.raises(errors.AccountClosed, match=CASH):
        book.redo(actor="ada")


def test_an_account_closed_since_at_zero_refuses_to_hold_something_again(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.transfer(BANK, CASH, 5, date="2026-01-01", actor="ada")
    book.transfer(CASH, BANK, 5, date="2026-01-02", actor="bob")
    book.close_account(CASH, actor="bob")
    with untouched(book), pytest.raises(errors.AccountClosed, match=CASH):
        book.undo(actor="ada")


CHART_ACTS: dict[str, Callable[[Ledger], object]] = {
    "open": lambda book: book.open_account("Assets:New", "asset", code="77", minimum=1, actor="ada"),
    "edit": lambda book: book.edit_account(CASH, code="99", minimum=5, attributes={"a": "b"}, actor="ada"),
    "rename": lambda book: book.rename_account(CASH, "Assets:Box:Till", actor="ada"),
    "rename of a tree": lambda book: book.rename_account("Assets", "Means", actor="ada"),
    "close": lambda book: book.close_account(CASH, actor="ada"),
    "delete": lambda book: book.delete_account(CASH, actor="ada"),
    "another type": lambda book: book.edit_account("Equity:Opening", currency="USD", actor="ada"),
}


@pytest.mark.parametrize("act", CHART_ACTS)
def test_changes_of_the_chart_are_taken_back_and_done_again(book: Ledger, act: str) -> None:
    before = book.accounts()
    CHART_ACTS[act](book)
    after = book.accounts()
    assert after != before
    book.undo(actor="ada")
    assert book.accounts() == before
    book.redo(actor="ada")
    assert book.accounts() == after
    correct(book)


def test_a_setting_is_taken_back_unless_another_set_it_since(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.set_setting("colour", "red", actor="ada")
    book.set_setting("colour", "blue", actor="ada")
    book.undo(actor="ada")
    assert book.setting("colour") == "red"
    book.set_setting("colour", "green", actor="bob")
    with untouched(book):
        with pytest.raises(errors.LaterAct, match="colour"):
            book.undo(actor="ada")
        with pytest.raises(errors.LaterAct, match="colour"):
            book.redo(actor="ada")
    book.undo(actor="bob")
    book.undo(actor="ada")
    assert book.setting("colour") is None
    correct(book)


CHART_CLASHES: dict[str, tuple[Callable[[Ledger], object], Callable[[Ledger], object]]] = {
    "an opened account was used": (
        lambda book: book.open_account("Assets:New", "asset", actor="ada"),
        lambda book: book.transfer(BANK, "Assets:New", 5, actor="bob"),
    ),
    "an opened account was edited": (
        lambda book: book.open_account("Assets:New", "asset", actor="ada"),
        lambda book: book.edit_account("Assets:New", code="9", actor="bob"),
    ),
    "an old name was given away": (
        lambda book: book.rename_account(CASH, "Assets:Till", actor="ada"),
        lambda book: book.open_account(CASH, "asset", actor="bob"),
    ),
    "an old code was given away": (
        lambda book: book.edit_account(CASH, code="99", actor="ada"),
        lambda book: book.open_account("Assets:New", "asset", code="1100", actor="bob"),
    ),
    "a deleted account's name was given away": (
        lambda book: book.delete_account(CASH, actor="ada"),
        lambda book: book.open_account(CASH, "asset", actor="bob"),
    ),
    "a retyped account was used": (
        lambda book: book.edit_account("Assets:Dollars", currency="EUR", actor="ada"),
        lambda book: book.transfer(BANK, "Assets:Dollars", 5, actor="bob"),
    ),
    "a reopened account was used": (
        lambda book: (book.close_account(CASH, actor="eve"), book.reopen_account(CASH, actor="ada")),
        lambda book: book.transfer(BANK, CASH, 5, actor="bob"),
    ),
    "a tree of another type grew where it was": (
        lambda book: (book.open_account("Odd:A", "asset", actor="eve"), book.delete_account("Odd:A", actor="ada")),
        lambda book: book.open_account("Odd:B", "liability", actor="bob"),
    ),
}


@pytest.mark.parametrize("clash", CHART_CLASHES)
def test_a_change_of_the_chart_that_others_built_on_is_not_taken_back(
    book: Ledger, untouched: Callable[[Ledger], Any], clash: str
) -> None:
    act, later = CHART_CLASHES[clash]
    act(book)
    later(book)
    with untouched(book), pytest.raises(errors.LaterAct):
        book.undo(actor="ada")
    correct(book)


def test_acts_inside_one_write_are_taken_back_one_by_one_inside_it_or_after(book: Ledger) -> None:
    with book.write():
        sale(book, 1)
        sale(book, 2)
        book.undo(actor="ada")
        assert held(book) == "1.00"
        with pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
            book.undo(actor="ada")
            raise ZeroDivisionError
        assert held(book) == "1.00"
        book.redo(actor="ada")
    assert held(book) == "3.00"
    assert book.undo(actor="ada").transactions == (2,)
    correct(book)


def test_an_undo_in_a_write_that_fails_was_never_done(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    sale(book)
    with untouched(book), pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        book.undo(actor="ada")
        raise ZeroDivisionError
    assert book.undo(actor="ada").transactions == (1,)


def test_opening_missing_accounts_and_conversion_accounts_is_taken_back_with_the_posting(book: Ledger) -> None:
    before = book.accounts()
    book.increase({"user": 7}, 5, create_missing=True, actor="ada")
    book.transfer("Assets:Dollars", BANK, 100, received=92, actor="ada")
    book.increase("Assets:Dollars", 100, actor="ada")
    after = book.accounts()
    for _ in range(3):
        book.undo(actor="ada")
    assert book.accounts() == before
    correct(book)
    for _ in range(3):
        book.redo(actor="ada")
    assert book.accounts() == after
    assert held(book, "Equity:Conversion:USD") == "-100.00"
    correct(book)


def test_conversion_accounts_that_others_use_since_keep_the_posting(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.transfer("Assets:Dollars", BANK, 100, received=92, actor="ada")
    book.transfer("Assets:Dollars", BANK, 10, received=9, actor="bob")
    with untouched(book), pytest.raises(errors.LaterAct, match="Equity:Conversion"):
        book.undo(actor="ada")
    book.undo(actor="bob")
    book.undo(actor="ada")
    assert held(book) == "0.00"
    correct(book)


def test_an_account_opened_where_one_was_deleted_is_never_mistaken_for_it(book: Ledger) -> None:
    book.open_account("Assets:Old", "asset", actor="eve")
    book.delete_account("Assets:Old", actor="ada")
    book.open_account("Assets:New", "asset", code="N", actor="bob")
    with contextlib.suppress(errors.LaterAct):
        book.undo(actor="ada")
    assert book.account("Assets:New").code == "N"
    correct(book)


def test_a_new_type_of_account_is_undone_only_while_unused() -> None:
    with Ledger.in_memory() as ledger:
        ledger.open_account("Odd", AccountType.ASSET, actor="eve")
        ledger.edit_account("Odd", type="liability", actor="ada")
        ledger.undo(actor="ada")
        assert ledger.account("Odd").type is AccountType.ASSET
        assert ledger.verify().ok
