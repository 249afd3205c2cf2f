"""Texts of every script in columns: how many cells they take, and where they may be cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tui_ledger.text import clean
from tui_ledger.widths import ELLIPSIS, cell_width, clip, clusters, steady, to_left, wrap

FAMILY = "👨\u200d👩\u200d👧"
PIECES = (
    *(
        "a",
        "Ä",
        " ",
        "…",
        "帳",
        "簿",
        "Ａ",
        "ｶ\uff9e",
        "\u3000",
        "e\u0301",
        "u\u0302\u0301",
        "각",
        "\u1100\u1161\u11a8",
    ),
    *("ก", "น\u0e49\u0e33", "\u0e17\u0e35\u0e48", "क\u094d", "ष\u093f", "م", "ש\u05b8", "\u064a\u064e"),
    *("☕", "☀\ufe0f", "1\ufe0f\u20e3", "👍🏽", FAMILY, "🏳\ufe0f\u200d🌈", "🇩🇪", "🇯🇵"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).map(clean)


def test_every_character_takes_the_cells_the_screen_gives_it() -> None:
    shown = (chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000)
    known = (character for character in shown if clean(character) == character)
    assert [hex(ord(one)) for one in known if cell_width(one) != get_character_cell_size(one)] == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Café", 4),
        ("Cafe\u0301", 4),
        ("帳簿", 4),
        ("ｶﾞ", 2),
        ("น้ำ", 2),
        ("شركة", 4),
        ("☀\ufe0f", 2),
        (FAMILY, 2),
        ("🇩🇪", 2),
        ("1\ufe0f\u20e3", 2),
        ("", 0),
    ],
)
def test_a_text_takes_as_many_cells_as_a_terminal_shows(text: str, cells: int) -> None:
    assert cell_width(text) == cell_len(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("帳簿帳簿", 6, "帳簿…"),
        ("帳簿帳簿", 5, "帳簿…"),
        ("帳簿帳簿", 4, "帳…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301 noir", 5, "cafe\u0301…"),
        ("น้ำน้ำ", 2, "…"),
        ("น้ำน้ำ", 3, "น้ำ…"),
        ("🇩🇪🇯🇵", 3, "🇩🇪…"),
        (f"{FAMILY}{FAMILY}", 3, f"{FAMILY}…"),
        ("Paper Mill", 7, "Paper…"),
        ("Paper", 0, ""),
    ],
)
def test_a_text_is_cut_between_whole_characters(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown
    assert clip(text, width, cell_len) == shown


@given(st.one_of(TEXTS, ANY), st.integers(0, 24))
def test_whatever_stands_in_a_column_fills_it_exactly(text: str, width: int) -> None:
    for measure in (cell_width, cell_len):
        shown = clip(text, width, measure)
        assert measure(shown) <= width
        kept = shown.removesuffix(ELLIPSIS) if shown != text.rstrip("\u200d") else shown
        assert text.startswith(kept)
        assert list(clusters(text))[: len(list(clusters(kept)))] == list(clusters(kept))
    assert cell_width(to_left(text, width)) == width


@given(TEXTS, st.integers(2, 24))
def test_lines_hold_every_letter_whole(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert not any(unicodedata.combining(line[0]) for line in lines if text[0] not in "\u0301\u0302")


@given(st.one_of(TEXTS, ANY))
def test_what_terminals_differ_about_keeps_its_cells(text: str) -> None:
    shown = steady(text, cell_len)
    assert cell_len(shown) == cell_len(text)
    assert "\ufe0f" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{FAMILY} Shop", "👨 Shop"),
        ("☀\ufe0f Café", "☀  Café"),
        ("👍🏽", "👍"),
        ("ක්\u200dෂ", "ක්\u200dෂ"),
        ("نامه\u200cای", "نامه\u200cای"),
        ("🇩🇪 1\ufe0f\u20e3", "🇩🇪 1\u20e3 "),
    ],
)
def test_of_an_emoji_put_together_the_first_is_shown(text: str, shown: str) -> None:
    assert steady(text, cell_len) == shown
