from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import AccountType, Ledger, credit, debit
from tui_ledger.ui.opening_rows import differences, opening_rows, with_amount
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.opening_balances import OpeningSheet


async def opened_sheet(pilot: Pilot[int]) -> OpeningSheet:
    await press(pilot, "f9", "enter")
    await settle(pilot)
    sheet = pilot.app.screen
    assert isinstance(sheet, OpeningSheet)
    return sheet


def test_the_sheet_lists_what_is_carried_over_in_the_order_of_a_statement(book: Ledger) -> None:
    book.open_account("Assets:Dollars", AccountType.ASSET, currency="USD")
    book.open_account("Equity:Capital", AccountType.EQUITY)
    book.open_account("Assets:Group", AccountType.ASSET, placeholder=True)
    book.close_account("Assets:Bank:Savings")
    rows = opening_rows(book.accounts(), book.balances("2026-01-31"), None)
    assert [row.account.name for row in rows] == [
        "Assets:Bank:Current",
        "Assets:Petty cash",
        "Assets:Dollars",
        "Liabilities:Card",
        "Equity:Adjustments",
        "Equity:Capital",
    ]
    assert str(rows[0].besides) == "5000.00 EUR"


def test_the_difference_is_told_by_currency_with_the_account_that_takes_it(book: Ledger) -> None:
    book.open_account("Assets:Dollars", AccountType.ASSET, currency="USD")
    rows = opening_rows(book.accounts(), {}, None)
    for row in rows:
        if row.account.name in ("Assets:Bank:Current", "Assets:Dollars", "Liabilities:Card"):
            rows = with_amount(rows, row.account.name, type(row.amount)(3000, row.account.currency))
    assert [(one.account, str(one.rest)) for one in differences(rows, book.currency)] == [
        ("Equity:Opening", "0.00 EUR"),
        ("Equity:Opening:USD", "-30.00 USD"),
    ]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_balances_are_typed_down_the_sheet_and_posted_as_one_transaction(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await opened_sheet(pilot)
        await press(pilot, *keys_for("100"), "enter", *keys_for("2*30"), "down", "down", *keys_for("40"))
        shown = screen_text(pilot)
        assert "Dr 160.00  Cr 40.00  Equity:Opening Cr 120.00" in shown
        await press(pilot, "ctrl+s")
        posted = book.opening_transaction()
        assert posted is not None
        assert posted.date.isoformat() == "2026-01-01"
        assert [(one.account, str(one.amount)) for one in posted.postings] == [
            ("Assets:Bank:Current", "100.00 EUR"),
            ("Assets:Bank:Savings", "60.00 EUR"),
            ("Liabilities:Card", "-40.00 EUR"),
            ("Equity:Opening", "-120.00 EUR"),
        ]
        assert toasts(pilot)[-1] == "Opening balances stand in transaction 7 · ctrl+z undoes"
        await press(pilot, "ctrl+z")
        assert book.opening_transaction() is None


async def test_the_sheet_opens_again_with_what_stands_and_changes_it(book: Ledger, at_desk: AtDesk) -> None:
    number = book.set_opening_balances("2026-01-01", {"Assets:Bank:Savings": "60"}).number
    async with at_desk(book, NARROW) as pilot:
        sheet = await opened_sheet(pilot)
        assert f"changes transaction {number}" in screen_text(pilot)
        assert sheet.day.day.isoformat() == "2026-01-01"
        await press(pilot, "down", *keys_for("75.50"), "ctrl+s")
        assert str(book.balance("Assets:Bank:Savings")) == "75.50 EUR"
        assert len(book.journal()) == number
        sheet = await opened_sheet(pilot)
        await press(pilot, "down", "backspace", "ctrl+s")
        assert book.transaction(number).voided


async def test_what_is_booked_besides_follows_the_day_and_typed_amounts_stay(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        sheet = await opened_sheet(pilot)
        await press(pilot, *keys_for("7"), "tab", *keys_for("31/12/25"), "enter")
        current = next(row for row in sheet._rows if row.account.name == "Assets:Bank:Current")
        assert (str(current.amount), str(current.besides)) == ("7.00 EUR", "0.00 EUR")
        assert sheet.focused is sheet.amount
        await press(pilot, "ctrl+s")
        posted = book.opening_transaction()
        assert posted is not None
        assert posted.date.isoformat() == "2025-12-31"


async def test_an_amount_that_cannot_be_read_keeps_the_cursor_on_its_account(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        sheet = await opened_sheet(pilot)
        await press(pilot, *keys_for("7x"), "down")
        assert sheet.grid.row_key == "Assets:Bank:Current"
        assert "'7x' is not an amount" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert book.opening_transaction() is None


async def test_a_closed_day_is_refused_on_the_sheet_and_what_was_typed_stays(book: Ledger, at_desk: AtDesk) -> None:
    book.close_period("2026-01-31")
    async with at_desk(book, NARROW) as pilot:
        sheet = await opened_sheet(pilot)
        await press(pilot, *keys_for("7"), "ctrl+s")
        assert "closed" in screen_text(pilot)
        assert pilot.app.screen is sheet
        assert sheet.amount.value == "7"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ConfirmDialog)


async def test_an_account_is_chosen_by_mouse(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        sheet = await opened_sheet(pilot)
        row = next(place for place, line in enumerate(screen_text(pilot).splitlines()) if "Petty cash" in line)
        await pilot.click(offset=(12, row))
        await press(pilot, *keys_for("5"))
        line = next(place for place, line in enumerate(screen_text(pilot).splitlines()) if "^s Post" in line)
        assert sheet.focused is sheet.amount
        await pilot.click(offset=(screen_text(pilot).splitlines()[line].index("^s Post"), line))
        await settle(pilot)
        assert str(book.balance("Assets:Petty cash")) == "105.00 EUR"


async def test_a_debit_balance_of_a_credit_account_is_typed_with_a_minus(book: Ledger, at_desk: AtDesk) -> None:
    book.post("x", debit("Expenses:Rent", "1"), credit("Liabilities:Card", "1"), date="2026-01-01")
    async with at_desk(book, NARROW) as pilot:
        await opened_sheet(pilot)
        await press(pilot, "down", "down", "down", *keys_for("-5"), "ctrl+s")
        posted = book.opening_transaction()
        assert posted is not None
        assert [str(one.amount) for one in posted.postings] == ["5.00 EUR", "-5.00 EUR"]
