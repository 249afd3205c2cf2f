from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, press, screen_text, settle
from tui_ledger.ledger import Ledger
from tui_ledger.ui.jumping import HOME_ROW, LETTERS, Target, jump_letters, placed_apart
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.screens.jump import JumpScreen
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.welcome_app import Welcome


def jumping(pilot: Pilot[int]) -> JumpScreen:
    """The letters in front."""
    assert isinstance(pilot.app.screen, JumpScreen)
    return pilot.app.screen


def label_of(pilot: Pilot[int], widget: Widget, action: str = "") -> str:
    """The letters of a widget, or of a place on it."""
    found = [
        label
        for label, target in jumping(pilot).targets.items()
        if target.widget is widget and action in target.action and bool(action) == bool(target.action)
    ]
    assert len(found) == 1
    return found[0]


async def jump_to(pilot: Pilot[int], widget: Widget, action: str = "") -> None:
    await press(pilot, "ctrl+o")
    await press(pilot, *label_of(pilot, widget, action))


@pytest.mark.parametrize("count", [0, 1, 9, 26, 27, 51, 52, 200, 676, 677, 2000])
def test_no_label_is_given_twice_and_none_begins_another(count: int) -> None:
    labels = jump_letters(count)
    assert len(labels) == len(set(labels)) == count
    ordered = sorted(labels)
    assert not any(longer.startswith(short) for short, longer in pairwise(ordered))


def test_letters_come_from_the_home_row_first() -> None:
    assert "".join(jump_letters(9)) == HOME_ROW
    assert "".join(jump_letters(26)) == LETTERS
    assert jump_letters(40)[:9] == list(HOME_ROW)


def test_labels_at_the_same_place_stand_beside_each_other_and_never_beyond_the_edge() -> None:
    widget = Widget()
    targets = [Target(widget, Offset(4, 2)), Target(widget, Offset(4, 2)), Target(widget, Offset(19, 5))]
    assert placed_apart(targets, ["a", "s", "dd"], 20) == [Offset(4, 2), Offset(5, 2), Offset(18, 5)]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_letter_goes_to_every_pane_and_field_of_the_screen(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await press(pilot, "2", "n")
        screen = bench(pilot).journal
        form = screen.form
        fields = [form.date_field, form.payee_field, form.memo_field]
        fields += [field for line in form.lines for field in (line.account_field, line.amount_field)]
        for widget in (screen.rows, *fields, screen.rows):
            await jump_to(pilot, widget)
            assert pilot.app.screen is screen
            assert screen.focused is widget


async def test_a_burst_of_keys_jumps_and_types_on_in_the_field_it_went_to(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "n")
        await settle(pilot)
        await press(pilot, "ctrl+o")
        form = bench(pilot).journal.form
        label = label_of(pilot, form.memo_field)
        await press(pilot, "escape")
        await press(pilot, "x", "ctrl+o", label, "t", "e", "a")
        assert (form.payee_field.value, form.memo_field.value) == ("x", "tea")


async def test_a_letter_goes_to_the_screens_the_menu_and_the_period(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        workbench = bench(pilot)
        await jump_to(pilot, workbench.accounts.query_one("TopBar"), "journal")
        assert workbench.current_mode == "journal"
        await jump_to(pilot, workbench.journal.status, "filter")
        assert workbench.journal.filter_bar.field.has_focus
        await jump_to(pilot, workbench.journal.rows)
        assert workbench.journal.filter_bar.is_open
        await jump_to(pilot, workbench.journal.filter_bar.field)
        assert workbench.journal.filter_bar.field.has_focus
        await jump_to(pilot, workbench.journal.query_one("TopBar"), "book_menu")
        assert "Opening balances" in screen_text(pilot)


async def test_escape_the_key_again_and_a_click_beside_the_letters_leave_everything_as_it_was(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "n", "R", "e")
        field = bench(pilot).journal.form.payee_field
        for way_out in ("escape", "ctrl+o", "enter"):
            await press(pilot, "ctrl+o")
            assert isinstance(pilot.app.screen, JumpScreen)
            await press(pilot, way_out)
            assert pilot.app.screen is bench(pilot).journal
        await press(pilot, "ctrl+o")
        await pilot.click(offset=(70, 20))
        assert (field.has_focus, field.value) == (True, "Re")


async def test_a_letter_is_clicked_as_well_as_typed_and_what_is_no_letter_does_nothing(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+o", "7", "question_mark", "f2", "tab")
        label = label_of(pilot, bench(pilot).accounts.register)
        shown = jumping(pilot)._labels[label]
        await pilot.click(shown)
        await pilot.pause()
        assert bench(pilot).accounts.register.has_focus


async def test_dialogs_are_jumped_in_and_their_buttons_pressed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "d")
        question = pilot.app.screen
        assert isinstance(question, ConfirmDialog)
        await jump_to(pilot, question.query_one("KeyHints"), "enter")
        await settle(pilot)
        assert book.transaction(6).voided
        await press(pilot, "f9", "down", "enter", "a")
        form = pilot.app.screen
        assert isinstance(form, FormDialog)
        for row in reversed(form.rows):
            await jump_to(pilot, row.field)
            assert form.focused is row.field
        await press(pilot, "escape")
        sheet = pilot.app.screen
        assert isinstance(sheet, SheetDialog)
        await jump_to(pilot, sheet.query_one("KeyHints"), "escape")
        assert pilot.app.screen is bench(pilot).journal


async def test_letters_go_when_the_screen_changes_its_size(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "ctrl+o")
        await pilot.resize_terminal(90, 30)
        await pilot.pause()
        assert pilot.app.screen is bench(pilot).accounts


async def test_a_form_of_many_lines_gets_letters_for_those_in_sight(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, (200, 60)) as pilot:
        await press(pilot, "2", "n", *["ctrl+n"] * 14)
        form = bench(pilot).journal.form
        await pilot.pause()
        await press(pilot, "ctrl+o")
        fields = [target.widget for target in jumping(pilot).targets.values() if not target.action]
        assert form.lines[-1].amount_field in fields
        assert form.lines[0].amount_field not in fields
        assert max(map(len, jumping(pilot).targets)) == 2
        await press(pilot, *label_of(pilot, form.lines[-2].amount_field))
        assert form.lines[-2].amount_field.has_focus


async def test_one_jumps_where_there_is_no_book_yet(tmp_path: Path) -> None:
    app = Welcome(tmp_path, "EUR")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, JumpScreen)
        assert "a" in app.screen.targets
        await pilot.press("a")
        await pilot.pause()
        assert app.focused is app.screen.query_one("#choices")
