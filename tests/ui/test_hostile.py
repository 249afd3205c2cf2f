"""Whatever stands in a payee, a memo or an account name is shown as text and does nothing."""

from __future__ import annotations

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import AccountType, Ledger, credit, debit

HOSTILE = (
    "[/x] [red]x\x1b[31m",
    "[@click=app.quit]go[/]",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m \x85",
    "a\u202eb[bold",
    "[[[",
    "\\[",
)
HOSTILE_NAMES = ("Assets:[@click=app.quit] x", "Expenses:[/] [red", "Liabilities:[b]bold[/b]")


@pytest.fixture
def hostile_book(book: Ledger) -> Ledger:
    for name, kind in zip(HOSTILE_NAMES, (AccountType.ASSET, AccountType.EXPENSE, AccountType.LIABILITY), strict=True):
        book.open_account(name, kind)
    for text in HOSTILE:
        lines = debit(HOSTILE_NAMES[1], "5", memo=text), credit(HOSTILE_NAMES[0], "5")
        book.post(text, *lines, date="2026-07-11", payee=text, reference=text, tags=("[red]",))
    return book


def assert_harmless(shown: str) -> None:
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown.replace("\n", ""))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_no_screen_obeys_the_text_it_shows(hostile_book: Ledger, at_desk: AtDesk, size: tuple[int, int]) -> None:
    async with at_desk(hostile_book, size) as pilot:
        for keys in (
            ["2"],
            ["up", "up"],
            ["enter"],
            ["enter"],
            ["escape"],
            ["1"],
            ["3"],
            ["1", "down", "down", "down"],
        ):
            await press(pilot, *keys)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
        for line in range(3, size[1] - 2, 2):
            await pilot.click(offset=(12, line))
        assert pilot.app.is_running
        assert not pilot.app._exit


async def test_no_toast_and_no_dialog_obeys_the_text_it_shows(hostile_book: Ledger, at_desk: AtDesk) -> None:
    numbers = {found.payee: found.number for found in hostile_book.journal()}
    async with at_desk(hostile_book, NARROW) as pilot:
        for text in HOSTILE:
            await bench(pilot).open_transaction(numbers[text])
            await press(pilot, "r")
            assert "Reverse" in screen_text(pilot)
            assert_harmless(screen_text(pilot))
            await press(pilot, "enter")
            assert f"reverses {numbers[text]}" in toasts(pilot)[-1]
            bench(pilot).refuse(text)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            assert_harmless("".join(toasts(pilot)))
        assert not pilot.app._exit


async def test_the_form_completes_and_posts_hostile_text_as_it_is(hostile_book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(hostile_book, NARROW) as pilot:
        await press(pilot, "2", "n")
        form = bench(pilot).journal.form
        for text in HOSTILE:
            await form._take_payee(text)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            await press(pilot, "7", "ctrl+s")
            posted = hostile_book.transaction(len(hostile_book.journal()))
            assert posted.payee == text
            assert [posting.account for posting in posted.postings] == [HOSTILE_NAMES[1], HOSTILE_NAMES[0]]
            assert_harmless(screen_text(pilot))


async def test_completions_show_hostile_names_as_text(hostile_book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(hostile_book, NARROW) as pilot:
        await press(pilot, "2", "n", *keys_for("[@"))
        await settle(pilot)
        assert "[@click=app.quit]go[/]" in screen_text(pilot)
        await press(pilot, "ctrl+u", "tab", "tab", *keys_for("[@"))
        await settle(pilot)
        assert "[@click=app.quit] x" in screen_text(pilot)
        await press(pilot, "enter")
        assert bench(pilot).journal.form.lines[0].account_field.value == HOSTILE_NAMES[0]
        assert not pilot.app._exit


async def test_what_is_pasted_into_a_field_holds_no_control_character(hostile_book: Ledger, at_desk: AtDesk) -> None:
    from textual import events

    async with at_desk(hostile_book, NARROW) as pilot:
        await press(pilot, "2", "n")
        for text in (*HOSTILE, "", "\n\n"):
            pilot.app.post_message(events.Paste(text))
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            assert_harmless(bench(pilot).journal.form.payee_field.value)
