from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.ui.screens.account_dialogs import (
    EditAccountDialog,
    RenameDialog,
    node_completions,
    written_attributes,
)
from tui_ledger.ui.screens.key_sheet import KeySheet
from tui_ledger.ui.screens.menus import MenuDialog


async def at_account(pilot: Pilot[int], name: str) -> None:
    bench(pilot).accounts.tree_rows.go_to(name)
    await settle(pilot)


async def test_every_part_of_an_account_is_edited_from_the_tree(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "E", "ctrl+u", *keys_for("1105"), "enter", *keys_for("10"), "enter", "y", "enter", "o")
        await press(pilot, "enter", *keys_for("V7"), "enter", "enter", *keys_for("1/7/26"), "enter")
        await press(pilot, *keys_for("user=7, type="), *keys_for('"a, b"'), "ctrl+s")
        edited = book.account("Assets:Petty cash")
        assert (edited.code, str(edited.minimum), edited.cash) == ("1105", "10.00 EUR", True)
        assert (edited.statement_line, edited.tax_code, edited.placeholder) == ("operating", "V7", False)
        assert edited.opened is not None
        assert edited.opened.isoformat() == "2026-07-01"
        assert edited.attributes == {"user": "7", "type": "a, b"}
        assert toasts(pilot)[-1] == "Edited Assets:Petty cash · ctrl+z undoes"
        await press(pilot, "ctrl+z")
        assert book.account("Assets:Petty cash").code == "1100"
        assert toasts(pilot)[-1] == "Undid: edited Assets:Petty cash"


@pytest.mark.parametrize(
    ("rows_down", "typed", "sentence", "field"),
    [
        (0, "1000", "already an account '1000'", "edit-code"),
        (1, "500", "below its minimum of 500.00 EUR", "edit-minimum"),
        (1, "5x", "'5x' is not an amount", "edit-minimum"),
        (6, "12/7/26", "has postings and cannot be opened on 2026-07-12", "edit-opened"),
        (6, "31/2", "no 2026-02-31", "edit-opened"),
        (7, "user", "written {name=value,…}", "edit-attributes"),
    ],
)
async def test_what_the_book_refuses_is_said_beneath_the_field_which_has_the_focus(
    book: Ledger, at_desk: AtDesk, rows_down: int, typed: str, sentence: str, field: str
) -> None:
    before = book.account("Assets:Petty cash")
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "E", *["down"] * rows_down, "ctrl+u", *keys_for(typed), "ctrl+s")
        dialog = pilot.app.screen
        assert isinstance(dialog, EditAccountDialog)
        assert dialog.focused is not None
        assert dialog.focused.id == field
        said = next(row.error for row in dialog.rows if row.field.id == field)
        assert sentence in said
        await press(pilot, "escape")
        assert book.account("Assets:Petty cash") == before


async def test_an_edit_that_changes_nothing_writes_nothing(book: Ledger, at_desk: AtDesk) -> None:
    revision = book.revision
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "E", "ctrl+s")
        assert not isinstance(pilot.app.screen, EditAccountDialog)
        assert book.revision == revision


async def test_a_whole_subtree_moves_and_comes_back(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Bank")
        await press(pilot, "M")
        assert "2 accounts beneath it move along" in screen_text(pilot)
        await press(pilot, "ctrl+u", *keys_for("Assets:Savings bank"), "enter")
        assert book.account("1000").name == "Assets:Savings bank:Current"
        assert bench(pilot).accounts.tree_rows.row_key == "Assets:Savings bank"
        assert toasts(pilot)[-1] == "Renamed Assets:Bank to Assets:Savings bank · ctrl+z undoes"
        await press(pilot, "ctrl+z")
        assert book.account("1010").name == "Assets:Bank:Savings"
        assert toasts(pilot)[-1].endswith(
            "renamed Assets:Bank:Current to Assets:Savings bank:Current, with 1 beneath it"
        )
        assert book.verify().ok


async def test_a_refused_name_stays_in_the_dialog(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "M", "ctrl+u", *keys_for("Income:Cash"), "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, RenameDialog)
        assert "cannot be of type asset" in dialog.rows[0].error
        assert book.account("Assets:Petty cash").code == "1100"


async def test_an_account_is_closed_shown_among_the_closed_and_opened_again(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "C", "enter")
        assert "still holds 100.00 EUR" in screen_text(pilot)
        await press(pilot, "escape")
        await at_account(pilot, "Assets:Bank:Savings")
        await press(pilot, "C", "enter")
        assert book.account("Assets:Bank:Savings").closed == book.today
        assert "Savings" not in screen_text(pilot).replace("Closed Assets:Bank:Savings", "")
        await press(pilot, "Z")
        await at_account(pilot, "Assets:Bank:Savings")
        assert "Savings  closed" in screen_text(pilot)
        await press(pilot, "C", "enter")
        assert book.account("Assets:Bank:Savings").closed is None
        assert toasts(pilot)[-1] == "Opened Assets:Bank:Savings again · ctrl+z undoes"


async def test_only_an_account_without_postings_is_deleted(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "D", "enter")
        assert "close it instead" in screen_text(pilot)
        await press(pilot, "escape")
        await at_account(pilot, "Liabilities:Card")
        await press(pilot, "D", "enter")
        assert "Liabilities:Card" not in [account.name for account in book.accounts()]
        await press(pilot, "ctrl+z")
        assert book.account("Liabilities:Card").code == "2000"
        assert toasts(pilot)[-1] == "Undid: deleted Liabilities:Card"


async def test_in_a_field_of_a_form_undo_leaves_the_book_alone(book: Ledger, at_desk: AtDesk) -> None:
    revision = book.revision
    async with at_desk(book, NARROW) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "E", "x", "ctrl+z")
        assert book.revision == revision
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, KeySheet)
        assert "A form" in screen_text(pilot)


async def test_undo_says_which_account_was_opened(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "a", "ctrl+u", *keys_for("Assets:Safe"), "enter", "ctrl+z")
        assert toasts(pilot)[-1] == "Undid: opened Assets:Safe"
        await press(pilot, "ctrl+y")
        assert toasts(pilot)[-1] == "Did again: opened Assets:Safe"


async def test_accounts_that_hold_nothing_are_hidden_and_shown(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        assert "Liabilities" in screen_text(pilot)
        await press(pilot, "z")
        assert "Liabilities" not in screen_text(pilot)
        assert "1100  Petty cash" in screen_text(pilot)
        await press(pilot, "z")
        assert "Liabilities" in screen_text(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_menu_of_an_account_works_by_mouse_alone(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await at_account(pilot, "Assets:Petty cash")
        bar = screen_text(pilot).splitlines()[-1]
        await pilot.click(offset=(bar.index("m Menu"), size[1] - 1))
        await settle(pilot)
        menu = pilot.app.screen
        assert isinstance(menu, MenuDialog)
        lines = screen_text(pilot).splitlines()
        row = next(place for place, line in enumerate(lines) if "Edit the highlighted account" in line)
        column = lines[row].index("Edit the")
        await pilot.click(offset=(column, row))
        await pilot.click(offset=(column, row))
        await settle(pilot)
        assert isinstance(pilot.app.screen, EditAccountDialog)
        lines = screen_text(pilot).splitlines()
        row = next(place for place, line in enumerate(lines) if "Cash account" in line)
        await pilot.click(offset=(lines[row].index("no"), row))
        row = next(place for place, line in enumerate(lines) if "^s Save" in line)
        await pilot.click(offset=(lines[row].index("^s Save"), row))
        await settle(pilot)
        assert book.account("Assets:Petty cash").cash


async def test_a_book_for_reading_offers_no_change_of_its_accounts(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as reading:
        async with at_desk(reading, NARROW) as pilot:
            accounts = bench(pilot).accounts
            acts = ("edit_account", "rename_account", "close_account", "delete_account", "open_account")
            assert [act for act in acts if accounts.check_action(act, ())] == []
            assert accounts.check_action("hide_zero", ())


def test_attributes_are_written_as_they_are_read() -> None:
    assert written_attributes({"user": "7", "type": "a, b", "said": 'x"y'}) == 'user=7, type="a, b", said="x\\"y"'


async def test_a_name_being_typed_finds_the_nodes_it_may_go_below(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        found = node_completions(bench(pilot).desk, "assets:b", "Assets:Petty cash")
        assert [one.text for one in found] == [
            "assets:b",
            "Assets:Bank:Petty cash",
            "Assets:Bank:Current:Petty cash",
            "Assets:Bank:Savings:Petty cash",
        ]
        await at_account(pilot, "Assets:Petty cash")
        await press(pilot, "M", "ctrl+u", *keys_for("assets:b"), "down", "enter", "enter")
        assert book.account("1100").name == "Assets:Bank:Petty cash"
