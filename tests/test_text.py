"""Texts: what may be shown, stored and compared, whatever somebody typed or a bank sent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.text import clean, forbidden_in_names, name_key, storable

ANY_TEXT = st.text(st.characters(exclude_categories=()))

SHOWN = [
    ("Café Zürich, 50 €", "Café Zürich, 50 €"),
    ("日本語 العربية ру", "日本語 العربية ру"),
    ("\U0001f600 👨\u200d👩\u200d👧", "\U0001f600 👨\u200d👩\u200d👧"),
    ("a\x1b[31mb", "a\u241b[31mb"),
    ("a\x00b\tc\r\nd", "a\u2400b\u2409c\u240d\u240ad"),
    ("a\x7fb", "a\u2421b"),
    ("a\x9bb\x85c", "a\ufffdb\ufffdc"),
    ("invoice\u202excod.exe", "invoice\ufffdxcod.exe"),
    ("\u2066a\u2069\u200e\u200f\u061c", "\ufffda\ufffd\ufffd\ufffd\ufffd"),
    ("a\u2028b\u2029c\ufeff", "a\ufffdb\ufffdc\ufffd"),
    ("\ud800x", "\ufffdx"),
    ("\ue000\U000fffff", "\ufffd\ufffd"),
]

SAME_NAMES = [
    ("Assets:Bank", "assets:BANK"),
    ("Assets:Bank", "Assets : Bank "),
    ("Assets:Bank Account", "Assets:Bank   Account"),
    ("Assets:Bank Account", "Assets:Bank\u00a0Account"),
    ("Assets:Bank", "\uff21ssets\uff1a\uff22ank"),
    ("Assets:Café", "Assets:Cafe\u0301"),
    ("Assets:Straße", "Assets:STRASSE"),
    ("Assets:\u212bngström", "Assets:\u00e5ngstr\u00f6m"),
    ("Assets:\ufb01les", "Assets:FILES"),
    ("Assets:\u2764\ufe0f Savings", "Assets:\u2764 savings"),
]

DIFFERENT_NAMES = [
    ("Assets:Bank", "Assets:Banks"),
    ("Assets:Cafe", "Assets:Café"),
    ("Assets:Bank", "AssetsBank"),
    ("A B", "AB"),
]

FORBIDDEN = [
    "\x00",
    "\t",
    "\n",
    "\x1b",
    "\x7f",
    "\x85",
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2060",
    "\ufeff",
    "\ud800",
    "\ue000",
    "\u0378",
    "\u034f",
    "\u115f",
    "\u1160",
    "\u17b4",
    "\u180b",
    "\u180e",
    "\u2800",
    "\u3164",
    "\uffa0",
    "\U000e0041",
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_text_is_shown_without_anything_a_terminal_would_obey(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(ANY_TEXT)
def test_what_is_shown_is_as_long_as_the_text_and_holds_no_control(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp") for character in shown)
    assert clean(shown) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_names_are_equal_under_case_width_accents_and_blanks(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_NAMES)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_a_name_s_key_is_its_own_key_and_that_of_its_other_spellings(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert name_key(f"  {name} ") == key
    assert {name_key(unicodedata.normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {key}
    assert name_key(name.lower()) == key


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_name_holds_nothing_that_is_not_drawn(character: str) -> None:
    assert forbidden_in_names(f"Assets:Ba{character}nk") == character


@pytest.mark.parametrize(
    "name", ["Assets:Bank", "資産：銀行", "الأصول", "Активы:Банк №1", "Assets:☕️ & {co} =7", "חשבון"]
)
def test_names_of_every_script_are_allowed(name: str) -> None:
    assert forbidden_in_names(name) is None


@given(ANY_TEXT)
def test_text_is_storable_exactly_when_it_is_utf_8_without_nul(text: str) -> None:
    surrogates = any(0xD800 <= ord(character) <= 0xDFFF for character in text)
    assert storable(text) is not ("\x00" in text or surrogates)
