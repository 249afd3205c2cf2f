from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, toasts
from tui_ledger.ledger import AccountType, Ledger, credit, debit

REPEAT = ["p", "a", "enter", *"1450", "ctrl+s"]
DOUBT = "(same day, payee and amount): ctrl+s again posts it anyway"


async def test_a_transaction_that_is_there_already_is_doubted_once(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *REPEAT, *REPEAT)
        form = bench(pilot).journal.form
        assert f"Looks like 7 {DOUBT}" in screen_text(pilot)
        assert len(book.journal()) == 7
        assert form.lines[0].amount_field.value == "1,450.00"
        await press(pilot, "ctrl+s")
        assert len(book.journal()) == 8
        assert DOUBT not in screen_text(pilot)


async def test_what_was_changed_is_doubted_anew(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *REPEAT, *REPEAT)
        assert DOUBT in screen_text(pilot)
        await press(pilot, *keys_for("1451"))
        assert DOUBT not in screen_text(pilot)
        await press(pilot, "ctrl+s", *REPEAT)
        assert DOUBT in screen_text(pilot)
        assert len(book.journal()) == 8


@pytest.mark.parametrize("change", ["amount", "date", "payee"])
async def test_another_amount_day_or_payee_is_not_doubted(book: Ledger, at_desk: AtDesk, change: str) -> None:
    keys = {
        "amount": ["p", "a", "enter", *"1451", "ctrl+s"],
        "date": ["plus", *REPEAT],
        "payee": ["q", "u", "enter", *"1450", "ctrl+s"],
    }
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *REPEAT, *keys[change])
        assert len(book.journal()) == 8


@pytest.mark.parametrize("act", ["void", "reverse"])
async def test_what_does_not_stand_any_more_is_no_reason_to_doubt(book: Ledger, at_desk: AtDesk, act: str) -> None:
    lines = debit("Expenses:Office:Paper", "1450"), credit("Assets:Bank:Current", "1450")
    posted = book.post("Paper", *lines, date="2026-07-17", payee="Paper Mill")
    book.void(posted) if act == "void" else book.reverse(posted)
    before = len(book.journal())
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", *REPEAT)
        assert len(book.journal()) == before + 1


@pytest.mark.parametrize("keys", [["shift+tab", *keys_for("30/6"), "enter"], ["shift+tab", "left_square_bracket"]])
async def test_a_closed_day_is_refused_at_the_date(book: Ledger, at_desk: AtDesk, keys: list[str]) -> None:
    book.close_period("2026-06-30")
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "n", *keys)
        assert "lies in a period closed through 30/06/2026: use a later date, or reopen the period." in screen_text(
            pilot
        )
        assert pilot.app.focused is bench(pilot).journal.form.date_field
        await press(pilot, "t", "enter")
        assert "closed through" not in screen_text(pilot)
        assert pilot.app.focused is bench(pilot).journal.form.payee_field


async def test_a_closed_day_stays_refused_while_other_fields_are_typed_in(book: Ledger, at_desk: AtDesk) -> None:
    book.close_period("2026-06-30")
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys_for("30/6"), "tab", *keys_for("Kiosk"), "tab", "x")
        assert "lies in a period closed through 30/06/2026" in screen_text(pilot)
        await press(pilot, "shift+tab", "shift+tab", "t")
        assert "closed through" not in screen_text(pilot)


async def test_a_closed_day_brings_posting_back_to_the_date(book: Ledger, at_desk: AtDesk) -> None:
    book.close_period("2026-06-30")
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys_for("30/6"), "tab", *REPEAT)
        form = bench(pilot).journal.form
        assert len(book.journal()) == 6
        assert pilot.app.focused is form.date_field
        assert form.lines[0].amount_field.value == "1,450.00"


async def test_a_long_account_name_gives_way_where_nobody_types_in_it(book: Ledger, at_desk: AtDesk) -> None:
    name = "Expenses:Premises and everything about them:Repairs of the roof"
    book.open_account(name, AccountType.EXPENSE)
    book.open_account(f"{name} and of the gutters along the yard", AccountType.EXPENSE)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("roof"), "enter", *keys_for("5"))
        assert "E:P:Repairs of the roof" in screen_text(pilot)
        assert bench(pilot).journal.form.lines[0].account_field.value == name
        await press(pilot, "enter", *keys_for("gutters"), "enter")
        assert "Repairs of the roof and of th…" in screen_text(pilot)


def fill_disk(book: Ledger) -> None:
    book._database.execute(f"PRAGMA max_page_count = {book._database.value('PRAGMA page_count')}")


def replace_book(book: Ledger) -> None:
    assert book.path is not None
    other = book.path.with_name("other.ledger")
    Ledger.create(other, currency="EUR").close()
    other.replace(book.path)


@pytest.mark.parametrize(
    ("trouble", "named"), [(fill_disk, "cannot be written"), (replace_book, "was moved, replaced")]
)
async def test_a_book_that_cannot_be_written_is_named_and_what_was_typed_stays(
    book: Ledger, at_desk: AtDesk, trouble: Callable[[Ledger], None], named: str
) -> None:
    path = book.path
    assert isinstance(path, Path)
    memo = "a memo that is very long " * 150
    async with at_desk(book, WIDE) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", "p", "a", "enter", *"1450")
        form.memo_field.put(memo)
        trouble(book)
        await press(pilot, "ctrl+s")
        shown = " ".join(screen_text(pilot).split())
        assert named in shown or any(named in toast for toast in toasts(pilot))
        assert path.name in shown
        assert form.is_open
        assert form.payee_field.value == "Paper Mill"
        assert form.lines[0].amount_field.value == "1,450.00"
        assert pilot.app.is_running
