"""Many transactions changed at once from a list: what would move is said first, and one undo takes it back."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger import errors
from tui_ledger.ledger import Ledger
from tui_ledger.ui.bulk_change import BulkChange, markable_postings, preview_lines, totals_moved
from tui_ledger.ui.desk import Standing
from tui_ledger.ui.screens import bulk
from tui_ledger.ui.screens.bulk import PREVIEW_SECONDS, BulkDialog
from tui_ledger.ui.widgets.fields import Field

PAPER, RENT, BANK, CARD = "Expenses:Office:Paper", "Expenses:Rent", "Assets:Bank:Current", "Liabilities:Card"


def standing(book: Ledger) -> Standing:
    return Standing(book.revision, book.currency, book.accounts(), book.balances())


def lines_of(book: Ledger, change: BulkChange, numbers: list[int]) -> list[str]:
    changed: list[int] = []
    moved = book.preview(lambda: changed.extend(change.done(book, numbers)))
    return preview_lines(len(changed), len(numbers), moved, standing(book), str, lambda money: str(money.amount))


def dialog(pilot: Pilot[int]) -> BulkDialog:
    assert isinstance(pilot.app.screen, BulkDialog)
    return pilot.app.screen


def errors_beneath(pilot: Pilot[int]) -> dict[Field, str]:
    return {row.field: row.error for row in dialog(pilot).rows if row.error}


async def previewed(pilot: Pilot[int]) -> str:
    await pilot.pause(PREVIEW_SECONDS * 1.5)
    await settle(pilot)
    return dialog(pilot).preview_text


def test_a_recoding_between_expenses_leaves_the_balance_sheet_alone(book: Ledger) -> None:
    assert lines_of(book, BulkChange(recode=(PAPER, RENT)), [3, 4, 5, 2]) == [
        "3 of 4 transactions change",
        f"{PAPER}  285.45 → 0.00",
        f"{RENT}  900.00 → 1185.45",
        "The balance sheet keeps its totals.",
    ]


def test_a_recoding_from_the_bank_to_the_card_moves_both_totals(book: Ledger) -> None:
    assert lines_of(book, BulkChange(recode=(BANK, CARD)), [3, 4])[-2:] == [
        "Assets in all  4114.55 → 4276.60",
        "Liabilities in all  0.00 → 162.05",
    ]


def test_voiding_moves_the_result_too(book: Ledger) -> None:
    assert lines_of(book, BulkChange(mark="void"), [2])[-2:] == [
        "Assets in all  4114.55 → 5014.55",
        "Result in all  -885.45 → 14.55",
    ]


def test_a_change_of_texts_moves_nothing(book: Ledger) -> None:
    change = BulkChange(payee="Mill", add_tags=("x",), day=date(2026, 7, 1))
    assert lines_of(book, change, [5]) == ["1 transaction changes", "No balance is another one at the end."]


def test_of_other_currencies_no_total_is_made(book: Ledger) -> None:
    book.add_currency("XXA", 2)
    book.open_account("Assets:Other", "asset", currency="XXA")
    book.open_account("Income:Other", "income", currency="XXA")
    number = book.transfer("Income:Other", "Assets:Other", 5).number
    moved = book.preview(lambda: book.void(number))
    assert totals_moved(moved, standing(book)) == []
    assert len(moved) == 2


@pytest.mark.parametrize("change", [BulkChange(), BulkChange(payee="x", mark="void")])
def test_nothing_and_more_than_one_step_are_refused(book: Ledger, change: BulkChange) -> None:
    with pytest.raises(errors.InvalidOptions):
        change.done(book, [1])


def test_reconciled_postings_are_left_out_unless_there_are_no_others(book: Ledger) -> None:
    book._database.execute("UPDATE postings SET status = 2 WHERE number = 5")
    assert markable_postings(book, [4, 5]) == [(4, 1), (4, 2)]
    assert markable_postings(book, [4, 5], [(4, 2), (5, 1)]) == [(4, 2)]
    with pytest.raises(errors.ReconciledPosting):
        markable_postings(book, [5])


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_marked_rows_are_recoded_after_a_preview_in_one_step(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await press(pilot, "2", "slash", *keys_for("mill"), "enter", "asterisk", "b")
        assert "Change 3 transactions" in screen_text(pilot)
        await press(pilot, *keys_for("paper"), "enter", *keys_for("rent"), "enter")
        assert f"{PAPER}  285.45 → 0.00" in await previewed(pilot)
        assert "285.45 → 0.00" in screen_text(pilot)
        before = book.balances()
        assert book.balance(PAPER).units == 28545
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert book.balance(PAPER).units == 0
        assert toasts(pilot)[-1] == "Changed 3 transactions · ctrl+z undoes"
        assert bench(pilot).journal.rows.marked == {}
        await press(pilot, "ctrl+z")
        assert book.balances() == before
        assert book.verify(replay=True).ok


async def test_without_marks_the_row_under_the_cursor_is_meant(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "up", "b", "tab", "tab", *keys_for("Mill"), "tab", "tab", *keys_for("a, b"), "ctrl+s")
        await settle(pilot)
        assert (book.transaction(5).payee, book.transaction(5).tags) == ("Mill", ("a", "b"))
        assert book.transaction(6).payee == "Müller GmbH"


async def test_marks_of_a_register_are_about_its_own_postings(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter", "asterisk", "b")
        assert dialog(pilot).source.value == BANK
        assert dialog(pilot).change().recode is None
        dialog(pilot).mark.focus()
        await press(pilot, *keys_for("cl"), "ctrl+s")
        await settle(pilot)
        assert {line.status for one in book.journal() for line in one.postings if line.account == BANK} == {"cleared"}
        assert {line.status for one in book.journal() for line in one.postings if line.account != BANK} == {"uncleared"}
        assert toasts(pilot)[-1] == "Marked 6 transactions cleared · ctrl+z undoes"


async def test_what_is_refused_stands_beneath_its_field_and_nothing_has_changed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        revision = book.revision
        await press(pilot, "2", "asterisk", "b", "ctrl+s")
        assert "Fill in what is to change." in screen_text(pilot)
        dialog(pilot).day.focus()
        await press(pilot, *keys_for("31/2"), "ctrl+s")
        assert "31/02/2026" in screen_text(pilot)
        await press(pilot, "ctrl+u")
        dialog(pilot).target.focus()
        await press(pilot, *keys_for("nowhere"), "ctrl+s")
        assert "Say from which account" in screen_text(pilot)
        await press(pilot, "ctrl+u")
        dialog(pilot).payee.put("Mill")
        dialog(pilot).source.focus()
        await press(pilot, *keys_for("zzz"))
        assert "zzz" in await previewed(pilot)
        await press(pilot, "ctrl+s")
        assert "zzz" in errors_beneath(pilot)[dialog(pilot).source]
        dialog(pilot).target.put("")
        await press(pilot, "ctrl+u", *keys_for(PAPER), "ctrl+s")
        assert errors_beneath(pilot) == {dialog(pilot).target: "Say to which account the postings go."}
        await press(pilot, "escape", "escape")
        assert book.revision == revision
        assert len(bench(pilot).journal.rows.marked) == 6


async def test_the_preview_says_what_the_act_would_refuse(book: Ledger, at_desk: AtDesk) -> None:
    book.close_period("2026-02-28")
    async with at_desk(book) as pilot:
        await press(pilot, "2", "asterisk", "b")
        dialog(pilot).mark.focus()
        await press(pilot, *keys_for("void"))
        assert "closed" in await previewed(pilot)
        assert not book.transaction(6).voided


async def test_saving_waits_for_a_preview_that_is_on_its_way(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "b")
        asked = dialog(pilot)
        asked.mark.focus()
        await press(pilot, *keys_for("void"))
        await previewed(pilot)
        asked._is_trying = True
        await press(pilot, "ctrl+s")
        assert not book.transaction(6).voided
        asked._tried(0, [])
        await settle(pilot)
        assert book.transaction(6).voided


async def test_many_are_changed_beside_the_screen(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MANY", 2)
    async with at_desk(book) as pilot:
        await press(pilot, "2", "asterisk", "b")
        dialog(pilot).mark.focus()
        await press(pilot, *keys_for("v"), "ctrl+s")
        await settle(pilot)
        await settle(pilot)
        assert all(one.voided for one in book.journal())
        assert toasts(pilot)[-1] == "Voided 6 transactions · ctrl+z undoes"
        await press(pilot, "b")
        dialog(pilot).mark.focus()
        await press(pilot, *keys_for("v"), "ctrl+s")
        await settle(pilot)
        assert "void already" in screen_text(pilot)
