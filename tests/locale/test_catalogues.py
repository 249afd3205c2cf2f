"""The languages the program speaks."""

from __future__ import annotations

import pytest

from tui_ledger.errors import CalculationFailed, InvalidSetting, UnknownAccount
from tui_ledger.locale.catalogues import languages, words_of
from tui_ledger.words import ENGLISH, N_, Said, _, ngettext, pgettext, speaking

TERMS = {
    "de": ("Bilanz", "Soll"),
    "fr": ("Bilan", "Débit"),
    "es": ("Balance de situación", "Debe"),
    "pt": ("Balanço", "Débito"),
    "nl": ("Balans", "Debet"),
    "ja": ("貸借対照表", "借方"),
}


def test_eight_languages_are_spoken() -> None:
    assert set(languages()) == {"ar", "de", "en", "es", "fr", "ja", "nl", "pt"}


@pytest.mark.parametrize(("language", "terms"), TERMS.items())
def test_statements_have_each_languages_own_terms(language: str, terms: tuple[str, str]) -> None:
    with speaking(words_of(language)):
        assert (_("Balance sheet"), _("Debit")) == terms


@pytest.mark.parametrize(("locale", "language"), [("de_AT", "de"), ("pt_BR", "pt"), ("ar_EG", "ar"), ("fr", "fr")])
def test_a_country_without_words_of_its_own_has_those_of_its_language(locale: str, language: str) -> None:
    assert words_of(locale) is words_of(language)


@pytest.mark.parametrize("locale", ["en_GB", "sw_KE", "zh_Hant_TW"])
def test_a_language_without_a_catalogue_is_answered_in_english(locale: str) -> None:
    assert words_of(locale) is ENGLISH


def test_english_words_of_two_meanings_are_two_words_elsewhere() -> None:
    asked = [("posting", "Clear"), ("field", "Clear"), ("currency", "Digits"), ("numerals", "Digits"), ("number", "No")]
    with speaking(words_of("de")):
        said = [pgettext(context, text) for context, text in asked]
    assert said == ["Bestätigen", "Leeren", "Dezimalstellen", "Ziffern", "Nr."]


def test_refusals_are_said_whole_in_the_language() -> None:
    refusals = (
        UnknownAccount(account="Bnk", nearest="Bank"),
        CalculationFailed(text="5/0", reason=N_("it divides by zero")),
        InvalidSetting(value="x", what=N_("negative style"), advice=Said("use one of {names}", names="minus")),
    )
    with speaking(words_of("fr")):
        said = " ".join(map(str, refusals))
    assert [one for one in ("did you mean", "divides", "negative", "use one of", "There is") if one in said] == []
    assert "vouliez-vous dire 'Bank'" in said


def test_plurals_take_the_form_the_number_asks_for() -> None:
    forms = {}
    for language in ("de", "ja", "ar"):
        with speaking(words_of(language)):
            forms[language] = {
                ngettext("{n} transaction", "{n} transactions", count) for count in (0, 1, 2, 3, 11, 100)
            }
    assert (len(forms["de"]), len(forms["ja"])) == (2, 1)
    assert len(forms["ar"]) >= 4
