from __future__ import annotations

import pytest
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.key_sheet import KeySheet
from tui_ledger.ui.toasts import out_of_the_way
from tui_ledger.ui.widgets.bars import StatusLine, TopBar


async def test_the_tree_shows_every_balance_with_the_sum_of_what_lies_beneath(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await settle(pilot)
        lines = [line.split() for line in screen_text(pilot).splitlines()]
        assert ["▌Assets", "4,114.55"] in lines
        assert ["1000", "Current", "○", "4,014.55"] in lines
        assert ["Expenses", "1,185.45"] in lines
        assert "Dr 5,300.00  Cr 5,300.00" in screen_text(pilot)


async def test_on_a_narrow_screen_a_register_opens_over_the_tree_and_escape_goes_back(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "down", "down", "enter")
        assert "Assets:Bank:Current" in screen_text(pilot)
        assert "Liabilities" not in screen_text(pilot)
        assert bench(pilot).accounts.register.row_key == ("2026-07-10", 6, 2)
        await press(pilot, "escape")
        assert "Liabilities" in screen_text(pilot)


async def test_on_a_wide_screen_the_register_follows_the_tree(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        accounts = bench(pilot).accounts
        accounts.tree_rows.go_to("Expenses:Office:Paper")
        await settle(pilot)
        assert accounts.register.row_count == 3
        assert "6000  Expenses:Office:Paper" in screen_text(pilot)


async def test_a_heading_folds_and_depth_keys_cut_the_tree(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "down", "enter")
        assert "Bank ▸" in screen_text(pilot)
        assert "Current" not in screen_text(pilot)
        await press(pilot, "minus", "minus")
        assert bench(pilot).accounts.tree_rows.row_count == 5
        await press(pilot, "plus", "plus")
        assert "Current" in screen_text(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_journal_opens_at_its_end_with_the_postings_of_that_transaction(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        shown = screen_text(pilot)
        assert bench(pilot).journal.current_number() == 6
        assert "Assets:Petty cash" in shown
        assert "Income:Sales" in shown
        assert "Dr 6,485.45  Cr 6,485.45" in shown


async def test_from_a_posting_to_its_account_to_its_transaction_and_all_the_way_back(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        workbench = bench(pilot)
        await press(pilot, "2", "up", "enter", "down", "enter")
        assert workbench.current_mode == "accounts"
        assert workbench.accounts.register.row_key == ("2026-07-04", 5, 2)
        await press(pilot, "up", "enter")
        assert workbench.current_mode == "journal"
        assert workbench.journal.current_number() == 4
        await press(pilot, "escape")
        assert workbench.current_mode == "accounts"
        await press(pilot, "escape")
        assert workbench.current_mode == "journal"


async def test_one_key_opens_the_balance_sheet_and_brackets_move_its_date(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "f4")
        await settle(pilot)
        assert "Balance sheet   Fri 17/07/2026   balanced" in screen_text(pilot)
        assert "4,114.55" in screen_text(pilot)
        await press(pilot, "left_square_bracket", "left_square_bracket")
        await settle(pilot)
        assert "Sun 31/05/2026" in screen_text(pilot)
        assert "4,017.90" in screen_text(pilot)
        await press(pilot, "t")
        await settle(pilot)
        assert "Fri 17/07/2026" in screen_text(pilot)


async def test_a_line_of_the_report_leads_to_its_register_and_escape_back_to_the_report(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "3")
        await settle(pilot)
        await press(pilot, "down", "down", "enter")
        assert bench(pilot).current_mode == "accounts"
        assert "Assets:Bank:Current" in screen_text(pilot)
        await press(pilot, "escape")
        assert bench(pilot).current_mode == "reports"


async def test_fewer_levels_make_a_shorter_report(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "3")
        await settle(pilot)
        before = bench(pilot).reports.lines.row_count
        await press(pilot, "minus")
        await settle(pilot)
        assert bench(pilot).reports.lines.row_count < before
        await press(pilot, "plus")
        await settle(pilot)
        assert bench(pilot).reports.lines.row_count == before


async def test_two_keys_write_the_workbook_beside_the_book(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "f4", "ctrl+e")
        await settle(pilot)
        assert book.path is not None
        written = book.path.parent / "exports" / "shop-balance-sheet-2026-07-17.xlsx"
        assert written.stat().st_size > 1000
        assert any(written.name in toast for toast in toasts(pilot))


async def test_the_workbook_is_written_from_any_screen(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "ctrl+e")
        await settle(pilot)
        assert book.path is not None
        (written,) = (book.path.parent / "exports").iterdir()
        assert written.name == f"shop-workbook-{book.today}.xlsx"
        assert any(written.name in toast for toast in toasts(pilot))


async def test_what_another_process_writes_appears_and_the_cursor_stays(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "up", "up")
        number = bench(pilot).journal.current_number()
        assert book.path is not None
        with Ledger.open(book.path) as other:
            lines = debit("Expenses:Rent", "900"), credit("Assets:Bank:Current", "900")
            other.post("Rent", *lines, date="2026-03-01", payee="Quayside")
        bench(pilot)._look_at_book()
        await settle(pilot)
        assert bench(pilot).journal.rows.row_count == 7
        assert bench(pilot).journal.current_number() == number
        assert "01/03/2026" in screen_text(pilot)


async def test_reversing_asks_first_and_shows_the_reversal(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "r")
        shown = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "Reverse 6 · Müller GmbH 300.00? It is dated Fri 10/07/2026," in shown
        assert "its reversal will be dated Fri 17/07/2026." in shown
        await press(pilot, "escape")
        assert len(book.journal()) == 6
        await press(pilot, "r", "enter")
        await settle(pilot)
        assert bench(pilot).journal.current_number() == 7
        assert "reverses 6" in screen_text(pilot)
        assert toasts(pilot)[-1] == "Posted 7 · reverses 6 · Müller GmbH 300.00 · ctrl+z undoes"
        await press(pilot, "up", "r", "enter")
        assert any("already reversed by 7" in toast for toast in toasts(pilot))


async def test_go_to_an_account_by_a_few_letters(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "ctrl+g", *keys_for("pap"), "enter")
        assert bench(pilot).current_mode == "accounts"
        assert bench(pilot).accounts.register.row_count == 3


async def test_go_to_a_date_in_the_journal(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "ctrl+t", *keys_for("1/6"), "enter")
        assert bench(pilot).journal.current_number() == 4
        await press(pilot, "ctrl+t", *keys_for("31/2"), "enter")
        assert "31/02/2026" in screen_text(pilot)
        await press(pilot, "escape")
        assert bench(pilot).journal.current_number() == 4


async def test_a_row_is_copied_with_tabs(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "y")
        assert pilot.app.clipboard.split("\t")[:2] == ["10/07/2026", "6"]


async def test_an_account_is_opened_from_the_tree_with_its_type_proposed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "a", "ctrl+u", *keys_for("Expenses:Travel"), "enter")
        assert book.account("Expenses:Travel").type == "expense"
        assert bench(pilot).accounts.tree_rows.row_key == "Expenses:Travel"


async def test_the_key_sheet_the_help_and_the_palette_open_and_close(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "question_mark")
        assert isinstance(pilot.app.screen, KeySheet)
        assert "Go to an account's register" in screen_text(pilot)
        await press(pilot, "escape", "n", "f1")
        assert "A few letters and enter take a payee" in screen_text(pilot)
        await press(pilot, "escape", "ctrl+p", *keys_for("accounts with"))
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert bench(pilot).current_mode == "accounts"


@pytest.mark.parametrize("before", [["2", "n"], ["question_mark"], ["ctrl+p"]])
async def test_one_key_leaves_from_everywhere(book: Ledger, at_desk: AtDesk, before: list[str]) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, *before, "ctrl+q")
        assert pilot.app._exit


async def test_leaving_asks_only_when_something_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "n", "x", "ctrl+q")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert bench(pilot).journal.form.payee_field.value == "x"
        await press(pilot, "ctrl+q", "ctrl+q")
        assert pilot.app._exit


async def test_a_book_for_reading_offers_nothing_that_writes(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as reading:
        async with at_desk(reading) as pilot:
            await press(pilot, "2")
            keys = screen_text(pilot).splitlines()[-1]
            assert "New" not in keys
            assert "Go to" in keys
            await press(pilot, "n", "r")
            assert not bench(pilot).journal.form.is_open
            for key in ("n", "e", "d", "x", "ctrl+z"):
                pilot.app.clear_notifications()
                await press(pilot, key)
                assert toasts(pilot) == ["This book was opened for reading only."]
            pilot.app.clear_notifications()
            await press(pilot, "down", "u", "slash", "n", "escape")
            assert toasts(pilot) == []


async def test_an_empty_book_says_which_key_begins(at_desk: AtDesk, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger.create(tmp_path_factory.mktemp("new") / "new.ledger") as ledger:
        async with at_desk(ledger, NARROW) as pilot:
            assert "Adjustments" in screen_text(pilot)
            await press(pilot, "2")
            assert "Press n to write the first one." in screen_text(pilot)
            await press(pilot, "3")
            await settle(pilot)
            assert "balanced" in screen_text(pilot)


@pytest.mark.parametrize("mode", ["1", "2", "3"])
async def test_at_80_by_24_no_line_is_cut_off(book: Ledger, at_desk: AtDesk, mode: str) -> None:
    async with at_desk(book, NARROW, Formats("de_DE")) as pilot:
        await press(pilot, mode)
        await settle(pilot)
        lines = screen_text(pilot).splitlines()
        assert len(lines) == 24
        assert {len(line) for line in lines} == {80}
        assert lines[-1].rstrip().endswith("^q Quit")
        assert lines[-2].startswith(" shop · ")
        await _nothing_lies_outside(pilot)


async def _nothing_lies_outside(pilot: Pilot[int]) -> None:
    for widget in pilot.app.screen.query("*"):
        if widget.display and widget.region.area:
            assert widget.region.right <= 80, widget
            assert widget.region.bottom <= 24, widget


async def test_bars_work_by_mouse_too(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await pilot.click(offset=(15, 0))
        assert bench(pilot).current_mode == "journal"
        await settle(pilot)
        await pilot.click(offset=(screen_text(pilot).splitlines()[-1].index("New"), 23))
        await settle(pilot)
        assert bench(pilot).journal.form.is_open


async def test_a_book_that_can_no_longer_be_read_ends_nothing(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "3")
        await settle(pilot)
        book.close()
        await press(
            pilot, "left_square_bracket", "1", "down", "down", "enter", "2", "home", "r", "n", "p", "a", "enter"
        )
        await settle(pilot)
        assert any("closed" in toast for toast in toasts(pilot))
        await press(pilot, *keys_for("5"), "ctrl+s")
        assert bench(pilot).journal.form.payee_field.value == "pa"
        assert pilot.app.is_running
        assert not pilot.app._exit


async def test_undo_takes_a_posting_back_and_redo_brings_it_again(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "n", "p", "a", "p", "enter", "9", "9", "ctrl+s", "escape", "escape")
        posted = book.journal()[-1]
        assert toasts(pilot)[-1].endswith("ctrl+z undoes")
        await press(pilot, "ctrl+z")
        await settle(pilot)
        assert book.transaction(posted.number).voided
        assert toasts(pilot)[-1] == f"Undid: posted {posted.number} · Paper Mill 99.00"
        await press(pilot, "ctrl+y")
        await settle(pilot)
        assert book.transaction(posted.number).postings == posted.postings
        assert book.verify().ok


async def test_a_transaction_is_voided_after_asking_and_keeps_its_place(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "d")
        assert "Void" in screen_text(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert book.transaction(6).voided
        assert bench(pilot).journal.current_number() == 6
        assert book.verify().ok


async def test_with_nothing_to_undo_the_workbench_says_so(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+y")
        await settle(pilot)
        assert "nothing" in toasts(pilot)[-1]


async def test_at_most_two_toasts_stand_and_neither_on_the_form_nor_on_the_status_line(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n")
        bench(pilot).refuse("The first thing that went wrong takes two lines of the screen, or more than two.")
        for undone in range(9):
            bench(pilot).say(f"Undid {undone}")
        await settle(pilot)
        shown = [toast.region for toast in pilot.app.screen.query(Toast)]
        assert [sentence[:9] for sentence in toasts(pilot)] == ["The first", "Undid 8"]
        assert len(shown) == 2
        assert min(region.y for region in shown) == pilot.app.screen.query_one(TopBar).region.bottom
        below = [bench(pilot).journal.form.region, pilot.app.screen.query_one(StatusLine).region]
        assert not any(region.overlaps(other) for region in shown for other in below)
        lines = screen_text(pilot).splitlines()
        assert lines[0].startswith(" 1 Accounts  2 Journal")
        assert "^s Post" in lines[-1]


def test_a_toast_that_is_shown_long_outlives_those_that_are_shown_shortly() -> None:
    kept, *brief = (Notification(f"{number}", timeout=20 if number == 0 else 3) for number in range(4))
    assert out_of_the_way([kept]) == []
    assert out_of_the_way([kept, brief[0]]) == []
    assert out_of_the_way([kept, *brief]) == brief[:2]
