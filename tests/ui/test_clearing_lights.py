from __future__ import annotations

from datetime import date

import pytest

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, screen_text, settle
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.clearing import Clearing
from tui_ledger.ui.clearing_lights import Light, light_in_words, light_of
from tui_ledger.ui.desk import Desk

TODAY = date(2026, 7, 17)


@pytest.mark.parametrize(
    ("last", "oldest_uncleared", "last_cleared", "light"),
    [
        (None, None, None, Light.NONE),
        ("2026-07-16", "2026-07-16", None, Light.NEVER),
        ("2026-07-16", None, "2026-07-16", Light.CLEARED),
        ("2026-07-16", "2026-06-17", "2026-06-01", Light.CLEARED),
        ("2026-07-16", "2026-06-16", "2026-07-01", Light.BEHIND),
    ],
)
def test_a_light_follows_from_what_waits_longest(
    last: str | None, oldest_uncleared: str | None, last_cleared: str | None, light: Light
) -> None:
    days = [None if day is None else date.fromisoformat(day) for day in (last, oldest_uncleared, last_cleared)]
    assert light_of(Clearing(*days), TODAY) is light


def test_an_account_that_is_not_compared_has_no_light() -> None:
    assert light_of(None, TODAY) is Light.NONE


def test_every_light_has_its_words(book: Ledger) -> None:
    desk, old, new = Desk(book, FORMATS, pytest.fail), date(2026, 5, 4), date(2026, 7, 10)
    said = [
        light_in_words(one, desk)
        for one in (
            None,
            Clearing(new, old, None),
            Clearing(new, old, new),
            Clearing(new, new, old),
            Clearing(new, None, new),
        )
    ]
    assert said == [
        "",
        "○ never cleared",
        "◐ uncleared since 04/05/2026",
        "● cleared but for the last 30 days",
        "● all cleared",
    ]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_tree_shows_the_light_and_follows_what_is_marked(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await settle(pilot)
        bench(pilot).accounts.tree_rows.go_to("Assets:Bank:Current")
        line = next(line for line in screen_text(pilot).splitlines() if "1000  Current" in line)
        assert "○" in line
        book.mark("cleared", [(1, 1)])
        bench(pilot)._look_at_book()
        await settle(pilot)
        line = next(line for line in screen_text(pilot).splitlines() if "1000  Current" in line)
        assert "◐" in line
        assert bench(pilot).accounts.tree_rows.row_key == "Assets:Bank:Current"
        if size == WIDE:
            assert "◐ uncleared since 01/02/2026" in screen_text(pilot)
