"""Hostile text through filter, bulk changes, history, templates and the forms of the book: shown, never obeyed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, keys_for, press, screen_text, settle, toasts
from tests.ui.test_hostile import HOSTILE, HOSTILE_NAMES, assert_harmless
from tui_ledger.ledger import AccountType, Ledger, credit, debit
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine, save_template

BACK = ("escape", "escape", "escape")


@pytest.fixture
def hostile_book(book: Ledger) -> Ledger:
    """Accounts, transactions, tags, attributes, templates, schedules, filters and settings of hostile names."""
    kinds = (AccountType.ASSET, AccountType.EXPENSE, AccountType.LIABILITY)
    for place, (name, kind) in enumerate(zip(HOSTILE_NAMES, kinds, strict=True)):
        book.open_account(name, kind, code=f"[/{place}]", attributes={"[red]": "[/x]"})
    for place, text in enumerate(HOSTILE):
        lines = debit(HOSTILE_NAMES[1], "5", memo=text), credit(HOSTILE_NAMES[0], "5")
        book.post(text, *lines, date="2026-07-11", payee=text, reference=text, tags=(text, "[red]"), data={text: text})
        book.edit(place + 1, memo=f"{text}{text}", actor=text)
        book.set_setting(f"shop.{place}[/x]", text)
        book.set_setting(f"filter.[red]{place}", text)
    for place, name in enumerate(("[/x] [red]", "[@click=app.quit]")):
        lines = (TemplateLine(HOSTILE_NAMES[1]), TemplateLine(HOSTILE_NAMES[0]))
        save_template(book, Template(name, lines, HOSTILE[place], HOSTILE[place]))
        fixed = (TemplateLine(HOSTILE_NAMES[1], Decimal(5)), TemplateLine(HOSTILE_NAMES[0]))
        recurring = Template(name, fixed, HOSTILE[place], HOSTILE[place], (HOSTILE[place],))
        book.save_schedule(Schedule(name, recurring, recurrence("week", date(2026, 7, 4))))
    return book


@pytest.mark.many
@pytest.mark.parametrize(
    "keys",
    [
        ["2", "slash", *keys_for("payee:[")],
        ["2", "slash", *keys_for("tag:[")],
        ["2", "slash", *keys_for("account:[@")],
        ["2", "slash", *keys_for('"[red]" or (')],
        ["2", "slash", "ctrl+u", "enter", "up", "space", "space", "b"],
        ["2", "asterisk", "b"],
        ["2", "up", "H"],
        ["2", "up", "x", "e"],
        ["2", "alt+1"],
        ["2", "alt+2", "ctrl+s"],
        ["2", "up", "alt+t"],
        ["2", "up", "d"],
        ["1", "down", "down", "m"],
        ["1", "down", "down", "E"],
        ["1", "down", "down", "M"],
        ["1", "down", "down", "C"],
        ["1", "down", "down", "D"],
        ["1", "down", "down", "enter", "slash", *keys_for("[")],
        ["f9", "enter"],
        ["f9", "down", "enter"],
        ["f9", "down", "down", "down", "enter"],
        ["f9", "down", "down", "down", "down", "enter"],
        ["f9", "down", "down", "down", "down", "down", "enter"],
        ["f9", *["down"] * 6, "enter"],
        ["f9", *["down"] * 7, "enter"],
        ["f9", "down", "enter", "enter", "p", "s"],
        ["f9", "down", "enter", "e", "ctrl+s"],
        ["f9", "down", "enter", "P", "enter"],
        ["f9", "down", "enter", "down", "down", "down", "down", "enter"],
        ["f9", "down", "enter", "down", "down", "down", "down", "d"],
        ["f9", "down", "enter", "a", *keys_for("["), "down"],
        ["2", "up", "R", "ctrl+s"],
        ["ctrl+z"],
        ["ctrl+p", *keys_for("[")],
        ["question_mark"],
        ["2", "up", "full_stop", "end"],
        ["1", "down", "down", "full_stop"],
        ["1", "down", "down", "enter", "ctrl+o"],
    ],
    ids=lambda keys: " ".join(keys)[:40],
)
async def test_no_dialog_obeys_the_text_it_shows(hostile_book: Ledger, at_desk: AtDesk, keys: list[str]) -> None:
    size = WIDE if len(keys) % 3 == 0 else NARROW
    async with at_desk(hostile_book, size) as pilot:
        for key in keys:
            await press(pilot, key)
        await settle(pilot)
        assert_harmless(screen_text(pilot))
        for line in range(3, size[1] - 2, 4):
            await pilot.click(offset=(size[0] // 2, line))
        await settle(pilot)
        assert_harmless(screen_text(pilot))
        assert_harmless("".join(toasts(pilot)))
        await press(pilot, *BACK)
        await settle(pilot)
        assert_harmless(screen_text(pilot))
        assert pilot.app.is_running
        assert not pilot.app._exit
