from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ui.conftest import (
    FORMATS,
    NARROW,
    WIDE,
    AtDesk,
    bench,
    frozen_clock,
    keys_for,
    press,
    screen_text,
    settle,
    toasts,
)
from tui_ledger.ledger import AccountType, DraftPosting, Ledger, PostingStatus, WrittenPrice, credit, debit
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry_changes import changed_meanwhile
from tui_ledger.ui.screens.dialogs import ConfirmDialog


async def test_e_opens_the_highlighted_transaction_with_all_its_lines(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e")
        form = bench(pilot).journal.form
        assert "Editing 6" in screen_text(pilot)
        assert form.date_field.value == "10/07/2026"
        assert (form.payee_field.value, form.memo_field.value) == ("Müller GmbH", "Invoice 12")
        assert [(line.account_field.value, line.amount_field.value) for line in form.lines] == [
            ("Assets:Petty cash", "100.00"),
            ("Assets:Bank:Current", "200.00"),
            ("Income:Sales", "-300.00"),
        ]


async def test_saving_changes_only_what_was_changed_and_undo_takes_it_back(book: Ledger, at_desk: AtDesk) -> None:
    before = book.transaction(6)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", "tab", "ctrl+u", *keys_for("Invoice 13"), "ctrl+s")
        assert book.transaction(6) == replace(before, memo="Invoice 13")
        assert toasts(pilot)[-1] == "Changed 6 · Müller GmbH 300.00 · ctrl+z undoes"
        assert not bench(pilot).journal.form.is_open
        assert pilot.app.focused is bench(pilot).journal.rows
        assert bench(pilot).journal.current_number() == 6
        await press(pilot, "ctrl+z")
        assert book.transaction(6) == before
        assert len(book.changes_of(6)) == 3


async def test_an_amount_is_edited_and_balances_follow(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "up", "e", "tab", "tab", "tab", *keys_for("130"), "tab", "tab", *keys_for("-130"))
        await press(pilot, "ctrl+s")
        assert [str(posting.amount.amount) for posting in book.transaction(5).postings] == ["130.00", "-130.00"]
        assert str(book.balance("Expenses:Office:Paper").amount) == "292.05"
        assert book.verify().ok


async def test_what_another_changed_meanwhile_is_shown_and_asked_about(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e")
        form = bench(pilot).journal.form
        form.memo_field.put("Mine")
        book.edit(6, payee="Mueller", actor="ada")
        await press(pilot, "ctrl+s")
        assert form.is_open
        shown = " ".join(screen_text(pilot).split())
        assert "Changed meanwhile by ada, ctrl+s again saves yours over it: ~ Payee Müller GmbH → Mueller" in shown
        assert book.transaction(6).memo == "Invoice 12"
        await press(pilot, "ctrl+s")
        assert (book.transaction(6).memo, book.transaction(6).payee) == ("Mine", "Mueller")


def test_what_others_changed_is_told_with_amounts_and_marks(book: Ledger) -> None:
    desk, seen = Desk(book, FORMATS, pytest.fail), book.transaction(5)
    assert changed_meanwhile(seen, seen, desk) == ""
    book.mark("cleared", [(5, 1)])
    book.edit(
        5, debit("Expenses:Rent", "1"), credit("Assets:Bank:Current", "1"), memo="x", tags=["a"], date="2026-07-05"
    )
    told = changed_meanwhile(seen, book.transaction(5), desk)
    assert told == "~ Date 04/07/2026 → 05/07/2026, ~ Memo Paper of the month → x, + Tags a, …"
    again = book.transaction(5)
    book.mark("cleared", [(5, 1)])
    assert changed_meanwhile(again, book.transaction(5), desk) == "~ Expenses:Rent Dr 1.00 → Dr 1.00 cleared"


async def test_nothing_changed_is_no_act(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        revision = book.revision
        await press(pilot, "2", "e", "ctrl+s")
        assert book.revision == revision
        assert not bench(pilot).journal.form.is_open
        assert toasts(pilot) == []


async def test_a_line_keeps_its_memo_and_what_was_not_changed_stays_cleared(book: Ledger, at_desk: AtDesk) -> None:
    lines = (
        DraftPosting("Expenses:Rent", "50", "stamps", PostingStatus.CLEARED),
        DraftPosting("Assets:Petty cash", "-50", "till", PostingStatus.CLEARED),
    )
    book.post("Two things", *lines, date="2026-07-11")
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", *["tab"] * 2, "ctrl+u", *keys_for("paper"), "enter", "ctrl+s")
        assert [(one.account, one.memo, one.status.value) for one in book.transaction(7).postings] == [
            ("Expenses:Office:Paper", "stamps", "uncleared"),
            ("Assets:Petty cash", "till", "cleared"),
        ]


async def test_a_payee_that_is_changed_leaves_the_lines_alone(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", "ctrl+u", "p", "a", "enter", "ctrl+s")
        assert book.transaction(6).payee == "Paper Mill"
        assert len(book.transaction(6).postings) == 3
        assert book.transaction(6).memo == "Invoice 12"


async def test_the_date_typed_last_comes_back_after_an_edit(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "minus", "minus", "escape", "e", "escape", "n")
        assert bench(pilot).journal.form.date_field.value == "15/07/2026"


async def test_an_edit_asks_before_it_is_dropped_only_when_something_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", "escape")
        assert not bench(pilot).journal.form.is_open
        await press(pilot, "e", "shift+tab", "plus", "escape")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "enter")
        assert book.transaction(6).date.isoformat() == "2026-07-10"


async def test_in_a_register_e_edits_the_whole_transaction(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "ctrl+g", *keys_for("petty"), "enter", "e")
        await settle(pilot)
        form = bench(pilot).accounts.form
        assert len(form.lines) == 3
        await press(pilot, "shift+tab", "minus", "ctrl+s")
        assert book.transaction(6).date.isoformat() == "2026-07-09"
        assert bench(pilot).accounts.register.row_key == ("2026-07-09", 6, 1)


@pytest.mark.parametrize("why", ["closed", "reconciled", "reversed", "void"])
async def test_what_may_not_be_edited_is_refused_before_the_form_opens(book: Ledger, at_desk: AtDesk, why: str) -> None:
    if why == "closed":
        book.close_period("2026-07-10")
    elif why == "reconciled":
        lines = DraftPosting("Expenses:Rent", "5", status=PostingStatus.RECONCILED), credit("Assets:Petty cash", "5")
        book.edit(6, *lines)
    elif why == "reversed":
        book.reverse(6, date="2026-07-10")
    else:
        book.void(6)
    revision = book.revision
    async with at_desk(book, NARROW) as pilot:
        await bench(pilot).open_transaction(6)
        await press(pilot, "e")
        assert not bench(pilot).journal.form.is_open
        assert why in toasts(pilot)[-1]
        assert book.revision == revision


async def test_a_strict_book_refuses_to_edit(at_desk: AtDesk) -> None:
    with Ledger.in_memory("EUR", strict=True, clock=frozen_clock) as ledger:
        ledger.open_account("Assets:Bank", AccountType.ASSET)
        ledger.open_account("Income:Sales", AccountType.INCOME)
        ledger.post("Sale", debit("Assets:Bank", "5"), credit("Income:Sales", "5"), date="2026-07-01")
        async with at_desk(ledger, NARROW) as pilot:
            await press(pilot, "2", "e")
            assert not bench(pilot).journal.form.is_open
            assert "corrects by reversal only" in toasts(pilot)[-1]


async def test_a_transaction_in_two_currencies_is_edited_without_its_conversions(book: Ledger, at_desk: AtDesk) -> None:
    book.open_account("Assets:Dollars", AccountType.ASSET, currency="USD")
    price = WrittenPrice(Decimal("0.92"), "EUR", total=False)
    book.post("Change", DraftPosting("Assets:Dollars", "50", price=price), DraftPosting("Assets:Petty cash"))
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "e")
        form = bench(pilot).journal.form
        assert [line.account_field.value for line in form.lines] == ["Assets:Dollars", "Assets:Petty cash"]
        await press(pilot, "tab", *keys_for("Dollars"), "ctrl+s")
        assert book.transaction(7).memo == "Dollars"
        assert len(book.transaction(7).postings) == 4
        assert book.verify().ok


async def test_a_form_that_holds_something_else_is_not_overwritten(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "n", *keys_for("Kiosk"))
        bench(pilot).journal.rows.focus()
        await press(pilot, "e")
        assert bench(pilot).journal.form.payee_field.value == "Kiosk"
        assert "The form holds something else" in toasts(pilot)[-1]


async def test_a_refused_change_keeps_what_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    book.edit_account("Assets:Petty cash", minimum=0)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", "tab", "tab", "tab", *keys_for("-400"), "tab", "tab", *keys_for("700"), "ctrl+s")
        form = bench(pilot).journal.form
        assert form.is_open
        assert "below its minimum" in " ".join(screen_text(pilot).split())
        assert form.lines[1].amount_field.value == "700.00"
