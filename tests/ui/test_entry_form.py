from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ui.conftest import NARROW, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.screens.dialogs import ConfirmDialog


async def test_a_repeated_expense_takes_at_most_twelve_keys(book: Ledger, at_desk: AtDesk) -> None:
    keys = ["n", "p", "a", "enter", "1", "4", "5", "0", "ctrl+s"]
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", *keys)
        await settle(pilot)
        posted = book.transaction(7)
        assert len(keys) <= 12
        assert (posted.payee, posted.memo) == ("Paper Mill", "Paper of the month")
        assert [(posting.account, posting.amount.amount) for posting in posted.postings] == [
            ("Expenses:Office:Paper", Decimal("1450.00")),
            ("Assets:Bank:Current", Decimal("-1450.00")),
        ]
        assert toasts(pilot)[-1] == "Posted 7 · Paper Mill 1,450.00 · ctrl+z undoes"
        assert bench(pilot).journal.current_number() == 7


async def test_enter_alone_posts_a_repeated_expense_too(book: Ledger, at_desk: AtDesk) -> None:
    keys = ["n", "p", "a", "enter", "1", "4", "5", "0", "enter", "enter"]
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", *keys)
        assert len(keys) <= 12
        assert book.transaction(7).postings[0].amount.amount == Decimal("1450.00")


async def test_a_new_expense_of_two_lines_takes_at_most_twenty_keys_beside_its_payee(
    book: Ledger, at_desk: AtDesk
) -> None:
    payee = keys_for("Kiosk")
    keys = ["n", "enter", "enter", "r", "e", "n", "enter", *"1280", "enter", "c", "u", "r", "enter", "ctrl+s"]
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", keys[0], *payee, *keys[1:])
        posted = book.transaction(7)
        assert len(keys) <= 20
        assert posted.payee == "Kiosk"
        assert [posting.account for posting in posted.postings] == ["Expenses:Rent", "Assets:Bank:Current"]


async def test_keys_typed_all_at_once_reach_the_right_fields(book: Ledger, at_desk: AtDesk) -> None:
    first = ["2", "n", "p", "a", "enter", "9", "8", "ctrl+s"]
    second = ["p", "a", "enter", "7", "6", "enter", "enter"]
    third = ["escape", "ctrl+g", *keys_for("pap"), "enter", "n", "p", "a", "enter", "5", "ctrl+s"]
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *first, *second, *third)
        amounts = [book.transaction(number).postings[0].amount.amount for number in (7, 8, 9)]
        assert amounts == [Decimal("98.00"), Decimal("76.00"), Decimal("5.00")]


async def test_an_entry_that_is_off_stays_and_the_cursor_goes_to_the_culprit(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("rent"), "enter", *keys_for("50"), "enter")
        await press(pilot, *keys_for("cur"), "enter", *keys_for("-40"), "ctrl+s")
        form = bench(pilot).journal.form
        assert "Dr 50.00   Cr 40.00   off 10.00" in screen_text(pilot)
        assert "Debits and credits are off by 10.00." in screen_text(pilot)
        assert pilot.app.focused is form.lines[1].amount_field
        await press(pilot, "equals_sign")
        assert form.lines[1].amount_field.value == "-50.00"
        await press(pilot, "ctrl+s")
        assert len(book.journal()) == 7


async def test_the_one_empty_amount_shows_the_remainder_and_the_side(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("rent"), "enter", *keys_for("1,234"))
        assert "Dr = 1,234.00" in screen_text(pilot)
        await press(pilot, *["backspace"] * 5, *keys_for("12*4.50"))
        assert "Dr = 54.00" in screen_text(pilot)
        await press(pilot, "enter")
        form = bench(pilot).journal.form
        assert form.lines[0].amount_field.value == "54.00"
        assert form.lines[1].amount_field.placeholder == "-54.00"


async def test_a_wrong_amount_is_said_beneath_its_line_and_nothing_is_lost(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW, Formats("de_DE")) as pilot:
        await press(pilot, "2", "n", "p", "a", "enter", *keys_for("30.00"), "ctrl+s")
        form = bench(pilot).journal.form
        assert "30.00" in screen_text(pilot)
        assert pilot.app.focused is form.lines[0].amount_field
        assert form.payee_field.value == "Paper Mill"
        assert len(book.journal()) == 6
        await press(pilot, *keys_for("30,00"), "ctrl+s")
        assert book.transaction(7).postings[0].amount.amount == Decimal("30.00")


async def test_what_the_ledger_refuses_is_said_at_the_account_it_names(book: Ledger, at_desk: AtDesk) -> None:
    book.edit_account("Assets:Petty cash", minimum=0)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("rent"), "enter", *keys_for("500"), "enter")
        await press(pilot, *keys_for("petty"), "enter", "ctrl+s")
        form = bench(pilot).journal.form
        assert "below its minimum" in " ".join(screen_text(pilot).split())
        assert pilot.app.focused is form.lines[1].account_field
        assert form.lines[0].amount_field.value == "500.00"


async def test_the_date_stays_for_the_next_entry_and_keys_move_it(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "minus", "minus", "p", "a", "enter", "5", "ctrl+s")
        assert book.transaction(7).date.isoformat() == "2026-07-15"
        form = bench(pilot).journal.form
        assert form.date_field.value == "15/07/2026"
        await press(pilot, "shift+tab", *keys_for("3"), "tab")
        assert form.date_field.value == "03/07/2026"
        await press(pilot, "shift+tab", *keys_for("31/2"), "tab")
        assert form.date_field.value == "31/2"
        assert "31/02/2026" in screen_text(pilot)


async def test_escape_closes_the_completions_then_the_form_and_asks_only_when_something_was_typed(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        form_keys = ["n", "escape"]
        await press(pilot, "2", *form_keys)
        form = bench(pilot).journal.form
        assert not form.is_open
        await press(pilot, "n", "p", "a")
        assert form.completions.is_open
        await pilot.resize_terminal(100, 18)
        await settle(pilot)
        assert form.completions.is_open
        assert form.completions.region.bottom == form.region.y
        await press(pilot, "escape")
        assert not form.completions.is_open
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert form.payee_field.value == "pa"
        await press(pilot, "escape", "enter")
        assert not form.is_open
        assert pilot.app.focused is bench(pilot).journal.rows


async def test_tab_behind_the_last_amount_makes_a_new_line(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "p", "a", "enter", "5", "tab", "tab", "tab")
        form = bench(pilot).journal.form
        assert pilot.app.focused is form.lines[2].account_field
        await press(pilot, "enter")
        assert len(book.journal()) == 7


async def test_lines_are_added_and_taken_out_and_the_grid_stays_in_sight(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *["ctrl+n"] * 8)
        form = bench(pilot).journal.form
        assert len(form.lines) == 10
        assert bench(pilot).journal.rows.size.height >= 6
        assert form.region.bottom <= 22
        await press(pilot, *["ctrl+r"] * 9)
        assert len(form.lines) == 2


async def test_a_copy_has_everything_but_the_date(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "c")
        form = bench(pilot).journal.form
        assert (form.payee_field.value, form.memo_field.value) == ("Müller GmbH", "Invoice 12")
        assert [line.amount_field.value for line in form.lines] == ["100.00", "200.00", "-300.00"]
        await press(pilot, "ctrl+s")
        assert book.transaction(7).date.isoformat() == "2026-07-17"
        assert [posting.amount for posting in book.transaction(7).postings] == [
            posting.amount for posting in book.transaction(6).postings
        ]


async def test_in_a_register_the_account_stands_on_the_second_line(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "ctrl+g", *keys_for("petty"), "enter", "n", "tab", "tab")
        await press(pilot, *keys_for("rent"), "enter", *keys_for("20"), "ctrl+s")
        await settle(pilot)
        assert [posting.account for posting in book.transaction(7).postings] == ["Expenses:Rent", "Assets:Petty cash"]
        accounts = bench(pilot).accounts
        assert accounts.register.row_key == ("2026-07-17", 7, 2)
        assert accounts.form.lines[1].account_field.value == "Assets:Petty cash"
        assert "80.00" in screen_text(pilot)


async def test_an_account_the_book_lacks_is_opened_from_the_line(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("Expenses:Stamps"), "enter", "enter")
        await settle(pilot)
        assert book.account("Expenses:Stamps").type == "expense"
        form = bench(pilot).journal.form
        assert form.lines[0].account_field.value == "Expenses:Stamps"
        assert pilot.app.focused is form.lines[0].amount_field


async def test_a_new_payee_is_kept_as_typed_by_tab(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *keys_for("Pa"), "tab")
        form = bench(pilot).journal.form
        assert form.payee_field.value == "Pa"
        assert form.lines[0].account_field.value == ""


async def test_the_side_is_told_in_words(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("rent"), "enter")
        for typed, side in (("12", "Dr"), ("12 c", "Cr"), ("-12", "Cr")):
            await press(pilot, "ctrl+u", *keys_for(typed))
            assert bench(pilot).journal.form.lines[0]._side.text == side


async def test_tags_of_a_copy_are_shown_and_posted(book: Ledger, at_desk: AtDesk) -> None:
    book.edit(6, tags=("export", "[red]"))
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "c")
        assert "New transaction like 6 · tags export, [red]" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert book.transaction(7).tags == ("export", "[red]")
        assert "· tags" not in screen_text(pilot)


async def test_a_copy_that_nobody_typed_in_closes_without_asking(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "c", "escape")
        assert not bench(pilot).journal.form.is_open


@pytest.mark.parametrize("leaving", ["tab", "ctrl+s"])
async def test_a_text_that_may_mean_several_accounts_stands_for_none(
    book: Ledger, at_desk: AtDesk, leaving: str
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", "e", leaving)
        form = bench(pilot).journal.form
        assert form.lines[0].account_field.value == "e"
        await press(pilot, *keys_for("5") if leaving == "tab" else (), "ctrl+s")
        said = " ".join(screen_text(pilot).split())
        assert "'e' may mean" in said
        assert "choose one." in said
        assert len(book.journal()) == 6


async def test_tab_takes_the_only_account_a_text_may_mean_and_one_that_was_marked(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("pap"), "tab", *keys_for("5"), "tab")
        await press(pilot, "b", "down", "tab")
        names = [line.account_field.value for line in bench(pilot).journal.form.lines[:2]]
        assert names == ["Expenses:Office:Paper", "Assets:Bank:Savings"]
