"""Rows of a list: sorted, narrowed to a period, cleared, marked, copied, their columns resized and remembered."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger, PostingStatus, credit, debit
from tui_ledger.settings import list_choices, remember_list
from tui_ledger.ui import listing
from tui_ledger.ui.shown_period import Span
from tui_ledger.ui.widgets.columns import Column, fit_columns
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.header import HeadPlace, Sorting, head_place, head_texts, next_sorting

DATE: Column[str] = Column("Date", str, exact=True, minimum=10, sorts="date")
MEMO: Column[str] = Column("Memo", str, minimum=6, preferred=24, grows=1, yields=1)
AMOUNT: Column[str] = Column("Amount", str, right=True, exact=True, sorts="amount")
COLUMNS = [DATE, MEMO, AMOUNT]
BANK = "Assets:Bank:Current"


def numbers(pilot: Pilot[int]) -> list[int]:
    rows = bench(pilot).journal.rows
    return [row.number for row in rows.window.rows(0, rows.row_count)]


def head(pilot: Pilot[int]) -> str:
    return screen_text(pilot).splitlines()[1]


def status(pilot: Pilot[int]) -> str:
    return screen_text(pilot).splitlines()[-2]


def statuses(book: Ledger, number: int) -> list[str]:
    return [line.status.value for line in book.transaction(number).postings]


def reconcile(book: Ledger, number: int, line: int) -> None:
    """As a finished reconciliation leaves it."""
    book._database.execute("UPDATE postings SET status = 2 WHERE number = ? AND line = ?", (number, line))


async def drag(pilot: Pilot[int], grid: Grid[object], start: int, end: int) -> None:
    """Press the pointer at a cell of the head, move, let go."""
    for kind, x in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        await pilot._post_mouse_events([kind], grid, offset=(x, 0), button=1)
        await pilot.pause()


def test_the_head_says_what_sorts_and_in_which_direction() -> None:
    assert head_texts(COLUMNS, Sorting("amount", True)) == ("Date", "Memo", "Amount▼")
    assert head_texts(COLUMNS, Sorting("date")) == ("Date▲", "Memo", "Amount")
    assert head_texts(COLUMNS, None) == ("Date", "Memo", "Amount")


def test_the_order_goes_round_the_columns_that_sort() -> None:
    assert next_sorting(COLUMNS, Sorting("date")) == Sorting("amount")
    assert next_sorting(COLUMNS, Sorting("amount", True)) == Sorting("date")
    assert next_sorting([MEMO], None) is None
    assert Sorting("date").after_choosing("date") == Sorting("date", True)
    assert Sorting("date", True).after_choosing("amount") == Sorting("amount")


@pytest.mark.parametrize(
    ("x", "place"),
    [
        (0, None),
        (1, HeadPlace(0, 1, False)),
        (10, HeadPlace(0, 1, False)),
        (11, HeadPlace(0, 1, True)),
        (12, HeadPlace(0, 1, True)),
        (13, HeadPlace(2, 13, False)),
        (30, None),
    ],
)
def test_the_blanks_behind_a_column_are_its_border(x: int, place: HeadPlace | None) -> None:
    assert head_place([10, 0, 8], 2, x) == place


def test_a_chosen_width_holds_beside_the_others_and_never_clips_a_figure() -> None:
    assert fit_columns(COLUMNS, [10, 40, 9], 60, 2, {"memo": 12}) == (10, 12, 9)
    assert fit_columns(COLUMNS, [10, 40, 9], 60, 2, {"amount": 4}) == (10, 37, 9)
    assert fit_columns(COLUMNS, [10, 40, 9], 60, 2, {"date": 14})[0] == 14


def test_chosen_widths_give_way_where_the_screen_is_too_narrow() -> None:
    assert fit_columns(COLUMNS, [10, 40, 9], 30, 2, {"memo": 50}) == fit_columns(COLUMNS, [10, 40, 9], 30, 2)


async def test_a_key_sorts_by_the_next_column_and_another_turns_it_round(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        assert "Date▲" in head(pilot)
        await press(pilot, "s", "s", "s")
        assert "Payee▲" in head(pilot)
        assert numbers(pilot) == [1, 6, 3, 4, 5, 2]
        assert bench(pilot).journal.current_number() == 6
        await press(pilot, "S")
        assert "Payee▼" in head(pilot)
        assert numbers(pilot) == [2, 3, 4, 5, 6, 1]


async def test_a_click_on_a_head_sorts_and_a_second_one_turns_round(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        rows = bench(pilot).journal.rows
        amount = head(pilot).index("Amount")
        await pilot.click(rows, offset=(amount + 1, 0))
        assert numbers(pilot)[-1] == 1
        assert "Amount▲" in head(pilot)
        await pilot.pause(0.6)
        await pilot.click(rows, offset=(amount + 1, 0))
        assert numbers(pilot)[0] == 1
        assert "Amount▼" in head(pilot)


async def test_in_any_order_each_row_of_a_register_has_its_true_balance(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter")
        register = bench(pilot).accounts.register
        true = {row.transaction: row.balance for row in register.window.rows(0, 9)}
        await press(pilot, *["s"] * 6)
        assert register.sorting == Sorting("amount")
        rows = register.window.rows(0, 9)
        assert [row.change.units for row in rows] == sorted(row.change.units for row in rows)
        assert {row.transaction: row.balance for row in rows} == true


async def test_shift_and_arrows_narrow_move_and_widen_the_period(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "shift+down", "shift+down", "shift+down")
        await settle(pilot)
        assert "2 transactions · Jul 2026" in status(pilot)
        assert "Dr 423.40  Cr 423.40" in status(pilot)
        await press(pilot, "shift+left", "left_square_bracket")
        assert numbers(pilot) == [3]
        await press(pilot, "shift+up")
        assert "Q2 2026" in status(pilot)
        assert numbers(pilot) == [3, 4]
        await press(pilot, "t")
        assert numbers(pilot) == [5, 6]
        assert bench(pilot).journal.current_number() == 6
        await press(pilot, "shift+right")
        assert numbers(pilot) == []
        await press(pilot, "backspace")
        assert numbers(pilot) == [1, 2, 3, 4, 5, 6]


async def test_going_to_a_day_outside_the_period_takes_the_period_along(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "shift+down", "shift+down", "shift+down", "ctrl+t", *keys_for("1/6"), "enter")
        assert "Jun 2026" in status(pilot)
        assert bench(pilot).journal.current_number() == 4


async def test_in_a_large_book_the_cursor_goes_to_the_day_once_its_rows_have_come(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MANY_TRANSACTIONS", 3)
    async with at_desk(book) as pilot:
        await press(pilot, "2", "shift+down", "shift+down", "shift+down")
        await settle(pilot)
        assert numbers(pilot) == [5, 6]
        await press(pilot, "ctrl+t", *keys_for("1/6"), "enter")
        await settle(pilot)
        assert bench(pilot).journal.current_number() == 4
        await press(pilot, "shift+up", "t")
        await settle(pilot)
        assert bench(pilot).journal.current_number() == 6


async def test_closed_days_are_marked_and_named(book: Ledger, at_desk: AtDesk) -> None:
    book.close_period("2026-05-31")
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        lines = screen_text(pilot).splitlines()
        assert ["▪" in line[:30] for line in lines[2:8]] == [True, True, True, False, False, False]
        assert "▪ closed to 31/05/2026" in status(pilot)
        rows = bench(pilot).journal.rows
        assert [rows._tone(row) for row in rows.window.rows(2, 4)] == ["muted", None]


async def test_x_clears_a_whole_transaction_in_the_journal_and_moves_down(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "up", "up", "x")
        assert statuses(book, 4) == ["cleared", "cleared"]
        assert bench(pilot).journal.current_number() == 5
        assert "  c  " in next(line for line in screen_text(pilot).splitlines() if "04/06/2026" in line)
        await press(pilot, "up", "x")
        assert statuses(book, 4) == ["uncleared", "uncleared"]
        await press(pilot, "ctrl+z")
        assert statuses(book, 4) == ["cleared", "cleared"]
        assert book.verify(replay=True).ok


async def test_x_clears_one_posting_in_a_register(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter", "x")
        assert statuses(book, 6) == ["uncleared", "cleared", "uncleared"]


async def test_what_is_reconciled_stays_with_a_sentence(book: Ledger, at_desk: AtDesk) -> None:
    reconcile(book, 6, 2)
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter", "x")
        assert "reconciled" in toasts(pilot)[-1]
        await press(pilot, "2", "x")
        assert statuses(book, 6) == ["cleared", "reconciled", "cleared"]


async def test_under_a_filter_by_status_a_cleared_row_leaves_and_the_next_comes_under_the_cursor(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("status:uncleared"), "enter", "home", "x", "x")
        assert numbers(pilot) == [3, 4, 5, 6]
        assert bench(pilot).journal.current_number() == 3


async def test_a_void_transaction_is_not_cleared(book: Ledger, at_desk: AtDesk) -> None:
    book.void(6)
    async with at_desk(book) as pilot:
        await press(pilot, "2", "x")
        assert toasts(pilot)[-1] == "Transaction 6 is void: there is nothing to clear."


async def test_space_marks_rows_and_marks_stay_through_filters_and_changes(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "home", "space", "down", "space")
        assert set(bench(pilot).journal.rows.marked) == {1, 3}
        assert "2 marked" in status(pilot)
        assert [line[:1] for line in screen_text(pilot).splitlines()[2:6]] == ["●", " ", "●", "▌"]
        await press(pilot, "slash", *keys_for("mill"), "enter", "home", "x")
        assert screen_text(pilot).splitlines()[2].startswith("●")
        await press(pilot, "backspace", "home", "space")
        assert set(bench(pilot).journal.rows.marked) == {3}


async def test_all_listed_are_marked_or_none(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        rows = bench(pilot).journal.rows
        await press(pilot, "2", "slash", *keys_for("mill"), "enter", "asterisk")
        assert set(rows.marked) == {3, 4, 5}
        assert "◉" in screen_text(pilot)
        await press(pilot, "asterisk")
        assert rows.marked == {}


async def test_more_rows_than_anybody_means_are_not_marked(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_MARKED", 5)
    async with at_desk(book) as pilot:
        await press(pilot, "2", "asterisk")
        assert bench(pilot).journal.rows.marked == {}
        assert toasts(pilot)[-1].startswith("These are more than 5")


async def test_marks_of_a_register_end_with_its_account(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter", "asterisk")
        assert len(bench(pilot).accounts.register.marked) == 6
        await press(pilot, "ctrl+g", *keys_for("petty"), "enter")
        assert bench(pilot).accounts.register.marked == {}


async def test_marked_rows_are_copied_in_the_order_of_the_list_hidden_ones_too(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "home", "space", "end", "space", "up", "space", "y")
        await settle(pilot)
        copied = [line.split("\t")[1] for line in pilot.app.clipboard.split("\n")]
        assert copied == ["1", "5", "6"]
        assert toasts(pilot)[-1] == "Copied 3 rows"
        await press(pilot, "S", "slash", *keys_for("mill"), "enter", "y")
        await settle(pilot)
        assert sorted(line.split("\t")[1] for line in pilot.app.clipboard.split("\n")) == ["1", "5", "6"]


async def test_a_border_is_dragged_and_a_double_click_on_it_fits(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        rows = bench(pilot).journal.rows
        payee, memo = head(pilot).index("Payee"), head(pilot).index("Memo")
        await drag(pilot, rows, memo - 1, payee + 18)
        assert rows.chosen_widths == {"payee": 18}
        assert head(pilot).index("Memo") == payee + 20
        assert head(pilot).index("Date▲") == 1
        await pilot.pause(0.6)
        await pilot.click(rows, offset=(payee + 18, 0), times=2)
        assert rows.chosen_widths == {"payee": len("Müller GmbH")}
        assert "Payee▲" not in head(pilot)


async def test_order_span_and_widths_are_there_again_the_next_time(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "s", "shift+down")
        await settle(pilot)
        await drag(pilot, bench(pilot).journal.rows, head(pilot).index("Memo") - 1, head(pilot).index("Payee") + 15)
    assert list_choices("journal") == {"sorting": ["number", False], "span": "year", "widths": {"payee": 15}}
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        journal = bench(pilot).journal
        assert journal.listing.choice.sorting == Sorting("number")
        assert journal.listing.choice.period.span is Span.YEAR
        assert journal.rows.chosen_widths == {"payee": 15}
        assert "No▲" in head(pilot)


@pytest.mark.parametrize(
    "kept",
    [{"sorting": ["nothing", 1], "span": 7, "widths": {"payee": -4, "memo": "x"}}, {"sorting": 5, "widths": []}],
)
async def test_what_is_remembered_wrongly_is_left_out(book: Ledger, at_desk: AtDesk, kept: dict[str, object]) -> None:
    remember_list("journal", kept)
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        assert bench(pilot).journal.listing.choice == listing.ListChoice()
        assert bench(pilot).journal.rows.chosen_widths == {}


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_book_for_reading_is_filtered_and_sorted_and_not_marked_cleared(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as reading:
        async with at_desk(reading, size) as pilot:
            await press(pilot, "2", "x", "b", "slash", *keys_for("mill"), "enter", "s")
            assert numbers(pilot) == [3, 4, 5]
            assert {line.status for line in book.transaction(6).postings} == {PostingStatus.UNCLEARED}


async def test_what_another_writes_appears_among_what_is_filtered_and_sorted(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("mill"), "enter", "S")
        assert numbers(pilot) == [5, 4, 3]
        assert book.path is not None
        with Ledger.open(book.path) as other:
            lines = debit("Expenses:Office:Paper", "5"), credit(BANK, "5")
            await asyncio.to_thread(other.post, "Paper", *lines, date="2026-06-20", payee="Paper Mill")
        bench(pilot)._look_at_book()
        await settle(pilot)
        assert numbers(pilot) == [5, 7, 4, 3]
        assert "Dr 290.45" in status(pilot)
