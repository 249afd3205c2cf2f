from __future__ import annotations

import pytest

from tests.ui.conftest import NARROW, AtDesk, bench, keys_for, press, screen_text
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        (["plus"], "Sat 18/07/2026"),
        (["minus", "minus"], "Wed 15/07/2026"),
        (["right_square_bracket"], "Mon 17/08/2026"),
        (["left_square_bracket"], "Wed 17/06/2026"),
        (["m"], "Wed 01/07/2026"),
        (["h"], "Fri 31/07/2026"),
        (["y"], "Thu 01/01/2026"),
        (["r"], "Thu 31/12/2026"),
        (["m", "left_square_bracket", "t"], "Fri 17/07/2026"),
        (["h", "right_square_bracket", "right_square_bracket"], "Wed 30/09/2026"),
        (["r", "plus"], "Fri 01/01/2027"),
    ],
)
async def test_every_date_key_moves_the_day_and_shows_its_weekday(
    book: Ledger, at_desk: AtDesk, keys: list[str], day: str
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys)
        weekday, _, figures = day.partition(" ")
        form = bench(pilot).journal.form
        assert form.date_field.value == figures
        assert f" {figures}   {weekday} " in screen_text(pilot)
        await press(pilot, "enter")
        assert pilot.app.focused is form.payee_field


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en_GB", "5", "05/07/2026"),
        ("en_GB", "5-2", "05/02/2026"),
        ("en_GB", "0502", "05/02/2026"),
        ("en_GB", "5/2/25", "05/02/2025"),
        ("en_GB", "2026-02-05", "05/02/2026"),
        ("en_GB", "+5", "22/07/2026"),
        ("en_GB", "-3", "14/07/2026"),
        ("en_US", "2/5", "02/05/2026"),
        ("en_US", "0205", "02/05/2026"),
        ("de_DE", "5.2.", "05.02.2026"),
        ("de_DE", "050226", "05.02.2026"),
        ("sv_SE", "2-5", "2026-02-05"),
    ],
)
async def test_a_part_of_a_day_is_completed_in_the_order_of_the_locale(
    book: Ledger, at_desk: AtDesk, locale: str, typed: str, day: str
) -> None:
    async with at_desk(book, NARROW, Formats(locale)) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", "shift+tab")
        form.date_field.value = ""
        await press(pilot, *keys_for(typed))
        if typed[0] not in "+-":
            assert form.date_field.value == typed
        await press(pilot, "tab")
        assert form.date_field.value == day


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        (["plus", "5"], "22/07/2026"),
        (["minus", "1", "0"], "07/07/2026"),
        (["plus", "plus", "5"], "05/07/2026"),
        (["plus", "t", "5"], "05/07/2026"),
    ],
)
async def test_a_number_straight_behind_one_sign_counts_days(
    book: Ledger, at_desk: AtDesk, keys: list[str], day: str
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys, "tab")
        assert bench(pilot).journal.form.date_field.value == day


async def test_what_is_no_day_is_said_and_keeps_the_focus_on_enter(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys_for("31/2"), "enter")
        form = bench(pilot).journal.form
        assert "There is no 31/02/2026: that month has 28 days." in screen_text(pilot)
        assert pilot.app.focused is form.date_field
        await press(pilot, *keys_for("28/2"), "enter")
        assert form.date_field.value == "28/02/2026"


async def test_the_weekday_follows_a_day_while_it_is_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", "1")
        assert " 1            Wed " in screen_text(pilot)
        await press(pilot, "6")
        assert " 16           Thu " in screen_text(pilot)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("today", "17/07/2026"),
        ("garbage", "garbage"),
        ("thu", "16/07/2026"),
        ("5 march", "05/03/2026"),
        ("5m", "01/07/2026"),
    ],
)
async def test_words_are_no_date_keys(book: Ledger, at_desk: AtDesk, typed: str, shown: str) -> None:
    """A key is one letter on a day; letters of a word are letters, and a word that is no day is said to be none."""
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n", "shift+tab", *keys_for(typed), "tab")
        assert bench(pilot).journal.form.date_field.value == shown
