"""The filter under a list: completed and followed as it is typed, kept, cleared, saved."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.locale.catalogues import words_of
from tui_ledger.ui import listing
from tui_ledger.ui.filtering import (
    FilterWords,
    Replacement,
    SavedFilter,
    Word,
    filter_completions,
    quoted,
    saved_filters,
    word_at,
)
from tui_ledger.words import speaking

TODAY = date(2026, 7, 17)
WORDS = FilterWords(
    payees=["Paper Mill", "Quayside", 'The "Old" Shop'],
    accounts=["Assets:Bank:Current", "Expenses:Office:Paper"],
    tags=["travel"],
    currencies=["EUR", "USD"],
    saved={"open bills": "status:uncleared payee:mill"},
)


def offered(text: str, words: FilterWords = WORDS) -> list[str]:
    return [one.text for one in filter_completions(text, len(text), words, TODAY)]


def listed(pilot: Pilot[int]) -> list[int]:
    rows = bench(pilot).journal.rows
    return [row.number for row in rows.window.rows(0, rows.row_count)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", Word(0, "")),
        ("pay", Word(0, "pay")),
        ("rent pay", Word(5, "pay")),
        ('payee:"Paper M', Word(0, 'payee:"Paper M')),
        ("rent -pay", Word(6, "pay")),
        ("(a or pay", Word(6, "pay")),
        ("rent ", Word(5, "")),
    ],
)
def test_the_word_at_the_cursor(text: str, word: Word) -> None:
    assert word_at(text, len(text)) == word


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pa", "payee:"),
        ("payee:q", "payee:Quayside"),
        ('payee:"pap', 'payee:"Paper Mill"'),
        ("payee:mi", 'payee:"Paper Mill"'),
        ("payee:the", 'payee:"The "'),
        ("account:off", "account:Expenses:Office:Paper"),
        ("tag:", "tag:travel"),
        ("status:c", "status:cleared"),
        ("is:v", "is:void"),
        ("date:", "date:week"),
        ("date:2026-Q", "date:2026-Q3"),
        ("currency:u", "currency:USD"),
        ("quay", "payee:Quayside"),
        ("rent mon", "month"),
        ("-quay", "payee:Quayside"),
    ],
)
def test_a_word_is_completed_by_what_it_may_become(text: str, first: str) -> None:
    assert offered(text)[0].strip() == first


def test_an_empty_filter_offers_what_was_saved_and_the_parts_of_a_query() -> None:
    assert offered("")[:3] == ["open bills  status:uncleared payee:mill", "payee:", "account:"]
    assert isinstance(filter_completions("op", 2, WORDS, TODAY)[0].value, SavedFilter)
    assert offered("rent ") == []


def test_taking_a_completion_replaces_the_word_alone() -> None:
    taken = filter_completions("rent -quay", 10, WORDS, TODAY)[0].value
    assert taken == Replacement(6, "payee:Quayside ")


def test_a_value_with_blanks_is_quoted_and_ends_before_a_quotation_mark() -> None:
    assert [quoted(one) for one in ("Mill", "Paper Mill", 'The "Old" Shop', "(x)")] == [
        "Mill",
        '"Paper Mill"',
        '"The "',
        '"(x)"',
    ]


def test_saved_filters_are_the_settings_that_begin_so() -> None:
    found = saved_filters({"filter.b": "x", "filter.A": "y", "locale": "de_DE", "filter.c": 5})
    assert list(found.items()) == [("A", "y"), ("b", "x")]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_follows_the_filter_and_the_cursor_its_row(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await press(pilot, "2", "up", "up", "slash", *keys_for("mill"))
        assert listed(pilot) == [3, 4, 5]
        assert bench(pilot).journal.current_number() == 4
        await press(pilot, "enter")
        await settle(pilot)
        status = screen_text(pilot).splitlines()[-2]
        assert "3 transactions · / mill" in status
        assert "Dr 285.45  Cr 285.45" in status
        assert bench(pilot).focused is bench(pilot).journal.rows
        await press(pilot, "backspace")
        assert len(listed(pilot)) == 6
        assert bench(pilot).journal.current_number() == 4


async def test_escape_clears_the_filter_and_the_cursor_is_where_it_was(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("quay"))
        assert listed(pilot) == [2]
        await press(pilot, "escape")
        assert len(listed(pilot)) == 6
        assert bench(pilot).journal.current_number() == 6
        assert not bench(pilot).journal.filter_bar.is_open


async def test_the_row_that_typing_left_out_has_the_cursor_again_once_it_is_listed(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "up", "slash", *keys_for("mill nowhere"))
        assert listed(pilot) == []
        await press(pilot, *["ctrl+w"], "enter")
        assert bench(pilot).journal.current_number() == 5


async def test_what_cannot_be_read_is_said_under_its_place_and_the_list_stays(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "slash", *keys_for("mill statu:x"))
        lines = screen_text(pilot).splitlines()
        (line,) = [place for place, text in enumerate(lines) if text.lstrip().startswith("^")]
        assert lines[line].index("^") == lines[line - 1].index("statu:x")
        assert "did you mean" in " ".join(lines[line : line + 2])
        await press(pilot, "ctrl+u", *keys_for("mill"), "quotation_mark", "enter")
        assert bench(pilot).journal.filter_bar.is_open
        assert "never closed" in screen_text(pilot)
        assert listed(pilot) == [3, 4, 5]


async def test_a_party_that_is_not_there_is_named_once_the_filter_is_kept(book: Ledger, at_desk: AtDesk) -> None:
    book.add_party("ann")
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("party:an"))
        assert "There is no party" not in screen_text(pilot)
        await press(pilot, "x", "enter")
        assert "There is no party 'anx'" in screen_text(pilot)
        await press(pilot, "end", "backspace", "n", "enter")
        assert "There is no party" not in screen_text(pilot)
        assert bench(pilot).journal.listing.choice.query == "party:ann"


async def test_tab_and_arrows_take_completions_and_enter_keeps_what_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        bar = bench(pilot).journal.filter_bar
        await press(pilot, "2", "slash", *keys_for("payee:q"), "tab")
        assert bar.text == "payee:Quayside "
        assert listed(pilot) == [2]
        await press(pilot, "ctrl+u", *keys_for("stat"), "down", "enter", "down", "enter")
        assert bar.text == "status:uncleared "
        await press(pilot, "ctrl+u", *keys_for("paper"), "enter")
        assert not bar.is_open
        assert bench(pilot).journal.listing.choice.query == "paper"


async def test_a_filter_is_saved_chosen_and_deleted(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        bar = bench(pilot).journal.filter_bar
        await press(pilot, "2", "slash", *keys_for("mill"), "ctrl+s", *keys_for("paper bills"), "enter")
        assert book.settings()["filter.paper bills"] == "mill"
        await press(pilot, "escape", "slash", "down", "enter")
        assert bar.text == "mill"
        assert listed(pilot) == [3, 4, 5]
        await press(pilot, "ctrl+r", "enter")
        assert "filter.paper bills" not in book.settings()
        assert toasts(pilot)[-1].startswith("Deleted the filter paper bills")


async def test_a_register_is_filtered_by_its_own_postings_with_true_balances(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "ctrl+g", *keys_for("cur"), "enter", "slash", *keys_for("mill"), "enter")
        await settle(pilot)
        register = bench(pilot).accounts.register
        rows = register.window.rows(0, register.row_count)
        assert [row.balance.units for row in rows] == [401790, 393795, 381455]
        assert "Dr 0.00  Cr 285.45  balance 4,014.55" in screen_text(pilot)


async def test_what_is_opened_is_shown_although_a_filter_leaves_it_out(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("quay"), "enter")
        await bench(pilot).open_transaction(5)
        assert bench(pilot).journal.current_number() == 5
        await press(pilot, "slash", *keys_for("mill"), "enter")
        await bench(pilot).open_transaction(4)
        assert listed(pilot) == [3, 4, 5]


async def test_where_escape_leads_nowhere_else_it_shows_the_whole_journal_again(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("mill"), "enter", "enter", "escape")
        assert listed(pilot) == [3, 4, 5]
        await press(pilot, "escape")
        assert listed(pilot) == [1, 2, 3, 4, 5, 6]


async def test_hostile_text_is_shown_and_not_obeyed(book: Ledger, at_desk: AtDesk) -> None:
    hostile = "[@click=app.quit] [/x]\x1b[31m"
    lines = debit("Expenses:Rent", "5"), credit("Assets:Bank:Current", "5")
    book.post("x", *lines, date="2026-07-12", payee=hostile, tags=("[red]\x9b",))
    book.set_setting("filter.[b]", "payee:[@click\x1b[31m")
    async with at_desk(book, NARROW) as pilot:
        for keys in (
            ["2", "slash"],
            keys_for("["),
            ["tab", "ctrl+s", "escape", "ctrl+u"],
            ["down", "enter", "ctrl+r", "escape", "enter"],
            ["b", "tab", "tab", *keys_for("[@"), "enter", "ctrl+s"],
        ):
            await press(pilot, *keys)
            await settle(pilot)
            shown = screen_text(pilot).replace("\n", "")
            assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in shown)
        assert book.transaction(7).payee == hostile
        assert not pilot.app._exit


async def test_the_filter_helps_with_its_language(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "slash", "f1")
        assert "Words are looked for in payee" in screen_text(pilot)
        assert "Save the filter under a name" in screen_text(pilot)


async def test_a_click_in_the_list_leaves_the_filter_open_and_a_key_goes_back_to_it(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book) as pilot:
        journal = bench(pilot).journal
        await press(pilot, "2", "slash", *keys_for("mill"))
        await pilot.click(journal.rows, offset=(5, 2))
        assert bench(pilot).focused is journal.rows
        await press(pilot, "slash", "end", *keys_for(" 06"))
        assert journal.filter_bar.text == "mill 06"
        await pilot.click(journal.rows, offset=(5, 0))
        journal.rows.focus()
        await press(pilot, "backspace")
        assert not journal.filter_bar.is_open
        assert len(listed(pilot)) == 6


async def test_nothing_left_says_how_to_get_it_back(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("nowhere"), "enter")
        assert "Backspace takes filter and period away." in screen_text(pilot)
        await press(pilot, "x", "y", "s", "space")
        assert pilot.app.is_running


async def test_in_a_large_book_the_answer_comes_from_beside_the_screen(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MANY_TRANSACTIONS", 3)
    monkeypatch.setattr(listing, "TYPING_SECONDS", 0.02)
    async with at_desk(book) as pilot:
        await press(pilot, "2", "slash", *keys_for("mill"))
        await settle(pilot)
        assert listed(pilot) == [3, 4, 5]
        await press(pilot, "enter")
        await settle(pilot)
        assert "Dr 285.45  Cr 285.45" in screen_text(pilot)
        await bench(pilot).open_transaction(2)
        await settle(pilot)
        assert bench(pilot).journal.current_number() == 2
        await bench(pilot).open_register("Assets:Bank:Current", ("2026-06-04", 4, 2))
        await settle(pilot)
        assert bench(pilot).accounts.register.row_key == ("2026-06-04", 4, 2)


async def test_an_answer_that_was_overtaken_is_dropped(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MANY_TRANSACTIONS", 3)
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        journal = bench(pilot).journal
        for query in ("quay", "mill", "müller"):
            journal.listing.choose_query(query)
        await settle(pilot)
        assert listed(pilot) == [6]
        assert not journal.listing.is_reading


async def test_a_wide_label_stands_whole_beside_the_filter(book: Ledger, at_desk: AtDesk) -> None:
    with speaking(words_of("ja")):
        async with at_desk(book, NARROW) as pilot:
            await press(pilot, "2", "slash")
            assert "フィルター  " in screen_text(pilot)
