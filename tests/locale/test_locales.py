"""Which locale a call, a book and an environment lead to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui_ledger.errors import InvalidSetting
from tui_ledger.locale.locales import ENGLISH, choose_locale, known_locale


@pytest.mark.parametrize(
    ("explicit", "book", "environ", "chosen"),
    [
        ("de_DE", "fr_FR", {"LANG": "ja_JP.UTF-8"}, "de_DE"),
        (None, "fr_FR", {"LANG": "ja_JP.UTF-8"}, "fr_FR"),
        ("", "fr_FR", {}, "fr_FR"),
        (None, "  ", {"LANG": "ja_JP.UTF-8"}, "ja_JP"),
        (None, None, {"LC_ALL": "sv_SE.UTF-8", "LC_MONETARY": "pl_PL", "LANG": "de_DE"}, "sv_SE"),
        (None, None, {"LC_ALL": "", "LC_MONETARY": "pl_PL.UTF-8", "LANG": "de_DE"}, "pl_PL"),
        (None, None, {"LANG": "de_DE@euro"}, "de_DE"),
        (None, None, {"LANG": "C.UTF-8"}, ENGLISH),
        (None, None, {"LC_ALL": "C", "LANG": "de_DE"}, ENGLISH),
        (None, None, {"LANG": "POSIX"}, ENGLISH),
        (None, None, {}, ENGLISH),
        ("C", "de_DE", {"LANG": "de_DE"}, ENGLISH),
    ],
)
def test_the_option_comes_before_the_book_and_the_book_before_the_environment(explicit, book, environ, chosen):
    assert choose_locale(explicit, book, environ) == chosen


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [("xx_YY.UTF-8", ENGLISH), ("de_PL.UTF-8", "de"), ("../../etc/passwd", ENGLISH), ("\x1b[31m", ENGLISH)],
)
def test_an_unknown_environment_gives_its_language_or_english(environment, chosen):
    assert choose_locale(None, None, {"LANG": environment}) == chosen


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("de", "de"),
        ("de_DE", "de_DE"),
        ("de-DE", "de_DE"),
        ("DE-de", "de_DE"),
        ("de_DE.UTF-8", "de_DE"),
        (" de_DE ", "de_DE"),
        ("zh-TW", "zh_Hant_TW"),
        ("es_419", "es_419"),
        ("sr_RS@latin", "sr_Latn_RS"),
        ("en_US_POSIX", ENGLISH),
    ],
)
def test_the_usual_spellings_of_a_locale_are_understood(written, identifier):
    assert known_locale(written) == identifier
    assert known_locale(identifier) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "xx",
        "de_XX",
        "klingon",
        "root",
        "../../etc/passwd",
        "de/DE",
        "d\x00e",
        "de_DE_DE_DE_DE",
        "x" * 5000,
        "😀",
        ".",
        "@",
    ],
)
@pytest.mark.parametrize("place", ["option", "book"])
def test_an_unknown_option_or_setting_is_refused_in_one_line(text, place):
    with pytest.raises(InvalidSetting) as refusal:
        choose_locale(*((text, "de_DE") if place == "option" else (None, text)), {})
    assert "is no locale" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(("text", "near"), [("de_XX", "de, de_DE"), ("en_DEE", "en_DE"), ("xx", "en_US, de_DE, fr_FR")])
def test_the_refusal_names_locales_that_are_known(text, near):
    with pytest.raises(InvalidSetting, match=near):
        known_locale(text)


@pytest.mark.parametrize(
    ("environ", "last", "chosen"),
    [
        ({}, "de_DE", "de_DE"),
        ({"LANG": "xx_YY.UTF-8"}, "de_DE", "de_DE"),
        ({"LANG": "C.UTF-8"}, "de_DE", ENGLISH),
        ({"LANG": "sv_SE.UTF-8"}, "de_DE", "sv_SE"),
        ({}, "xx_YY", ENGLISH),
        ({}, None, ENGLISH),
    ],
)
def test_what_comes_last_is_asked_where_the_environment_names_no_locale(environ, last, chosen):
    assert choose_locale(None, None, environ, lambda: last) == chosen


@pytest.mark.parametrize(("looked_at_first", "then"), [("root", "pl_PL"), ("de_DE", "de_AT"), ("en_US", "en_AU")])
def test_a_look_at_one_locale_changes_no_other(looked_at_first: str, then: str) -> None:
    """Each in a process of its own: what a locale says of its months must not depend on who was asked before."""
    program = (
        "import sys; from babel import Locale; from tui_ledger.locale.locales import locale_of\n"
        "for name in sys.argv[1:-1]:\n"
        "    Locale.parse(name, resolve_likely_subtags=False).months['stand-alone']['abbreviated'][1]\n"
        "months = locale_of(sys.argv[-1]).months\n"
        "print([months[how]['abbreviated'][number] for how in ('stand-alone', 'format') for number in (1, 6, 9)])"
    )
    alone, after = (
        subprocess.run([sys.executable, "-c", program, *names], check=True, capture_output=True, text=True).stdout
        for names in ([then], [looked_at_first, then])
    )
    assert alone == after
    assert "M01" not in after
