"""In which language one call answers."""

from __future__ import annotations

import pytest

from tui_ledger.cli import language
from tui_ledger.cli.language import language_for
from tui_ledger.words import ENGLISH


@pytest.mark.parametrize(
    ("explicit", "book", "environ", "last", "wanted"),
    [
        ("de_DE", "fr_FR", {"LANG": "es_ES.UTF-8"}, "ja_JP", "de_DE"),
        (None, "fr-fr", {"LANG": "es_ES.UTF-8"}, "ja_JP", "fr_FR"),
        ("", " ", {"LC_ALL": "", "LC_MESSAGES": "pt_BR.UTF-8", "LANG": "es_ES"}, "ja_JP", "pt_BR"),
        (None, None, {"LANG": "de_DE@euro"}, None, "de_DE"),
        (None, None, {"LC_MONETARY": "de_DE"}, "ja", "ja"),
        (None, None, {"LANG": "C.UTF-8"}, "ja", None),
        (None, None, {"LANG": "en_GB.UTF-8"}, "ja", None),
        (None, None, {}, None, None),
    ],
)
def test_the_nearest_word_on_the_language_counts(monkeypatch, explicit, book, environ, last, wanted):
    asked: list[str] = []
    monkeypatch.setattr("tui_ledger.locale.catalogues.words_of", lambda locale: asked.append(locale) or ENGLISH)
    language_for(explicit, book, environ, lambda: last)
    assert asked == ([] if wanted is None else [wanted])


@pytest.mark.parametrize("text", ["xx_YY", "../../etc/passwd", "de/../fr", "\x1b[31m", "e" * 5000])
def test_what_names_no_language_is_answered_in_english(text):
    assert language.words_named(text) is ENGLISH
