"""In which language texts are shown, and where they are found."""

from __future__ import annotations

import threading
from contextvars import copy_context
from copy import copy
from gettext import NullTranslations
from types import ModuleType

import pytest

from tests import pseudo_language
from tui_ledger.errors import InvalidSetting, LedgerError
from tui_ledger.locale.catalogues import words_of
from tui_ledger.words import N_, NP_, Said, Several, Word, _, both, either, ngettext, pgettext, speak, speaking


class Shouting(NullTranslations):
    """Every text in capitals; what stands in braces stays."""

    def gettext(self, message: str) -> str:
        return "".join(part if part.startswith("{") else part.upper() for part in _parts(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(f"{message}, {context}")


def _parts(text: str) -> list[str]:
    return text.replace("{", "\0{").replace("}", "}\0").split("\0")


class Refusal(LedgerError):
    template = "{name!r} is no {what}: {advice}."


@pytest.fixture
def messages() -> ModuleType:
    return pseudo_language.messages()


def test_english_is_spoken_where_nothing_is_said() -> None:
    assert (_("Balance"), ngettext("one day", "{n} days", 2), pgettext("verb", "Open")) == (
        "Balance",
        "{n} days",
        "Open",
    )


def test_the_language_holds_inside_and_no_longer() -> None:
    with speaking(Shouting()):
        assert (_("Balance"), _("")) == ("BALANCE", "")
        with speaking():
            assert _("Balance") == "Balance"
        assert ngettext("one day", "{n} days", 1) == "ONE DAY"
        assert pgettext("verb", "Open") == "OPEN, VERB"
    assert _("Balance") == "Balance"


def test_another_session_in_the_same_process_speaks_its_own() -> None:
    heard: list[str] = []

    def talk() -> None:
        speak(Shouting())
        heard.append(_("yes"))

    copy_context().run(talk)
    heard.append(_("yes"))
    thread = threading.Thread(target=lambda: heard.append(_("no")))
    with speaking(Shouting()):
        thread.start()
        thread.join()
    assert heard == ["YES", "yes", "no"]


def test_a_refusal_is_said_in_the_language_of_where_it_is_shown() -> None:
    refusal = Refusal(name="left", what=N_("side"), advice=Said("write {one} or {other}", one="dr", other=N_("credit")))
    assert str(refusal) == "'left' is no side: write dr or credit."
    with speaking(Shouting()):
        assert str(refusal) == "'left' IS NO SIDE: WRITE dr OR CREDIT."
        assert str(copy(refusal)) == str(refusal)
    assert refusal.values["what"] == "side"


def test_a_word_with_two_meanings_keeps_the_one_that_is_meant(messages: ModuleType) -> None:
    label = NP_("field", "Clear")
    assert (label, label == "Clear", f"{label}") == ("Clear", True, "Clear")
    for kept in (label, copy(label)):
        with speaking(Shouting()):
            assert (_(kept), str(Said("{what}!", what=kept))) == ("CLEAR, FIELD", "CLEAR, FIELD!")
    assert list(messages.texts_of('Key(1, 2, 3, 4, NP_("field", "Clear"), "About")')) == [
        (1, ("About", None)),
        (1, ("Clear", "field")),
    ]


def test_what_a_user_typed_is_never_taken_for_a_word_of_the_program() -> None:
    refusal = InvalidSetting(value="Balance", what="Balance", advice="Balance")
    with speaking(Shouting()):
        assert "Balance" in str(refusal)
        assert "BALANCE" not in str(refusal)


def test_a_text_with_values_equals_the_text_it_makes() -> None:
    assert Said("{n} days", n=3) == "3 days"
    assert {Said("{n} days", n=3)} == {Said("{count} days", count=3)}
    assert isinstance(N_("x"), Word)


def test_texts_are_found_in_calls_classes_and_tables(messages: ModuleType) -> None:
    source = """
class Broken(Refused):
    template = "It is broken."
    other = "not this"

Key(Scope.BOX, "id", "f1", "help", "Help", "What can be done here")
raise Wrong(what=N_("name"), advice=Said("use {names}", names="a"))
said = _("one") + ngettext("a line", "{n} lines", n) + pgettext("verb", "Post") + translate("Assets")
dynamic = _(said)

@click.command("show", help="Show it.")
@click.option("--at", help="A day.")
def show() -> None:
    \"\"\"Shows it.

    All of it.
    \"\"\"
"""
    assert {text for _line, (text, _context) in messages.texts_of(source)} == {
        "It is broken.",
        "Help",
        "What can be done here",
        "name",
        "use {names}",
        "one",
        ("a line", "{n} lines"),
        "Post",
        "Assets",
        "Show it.",
        "A day.",
        "Shows it.",
        "All of it.",
    }


def test_a_translation_must_name_the_values_of_its_text(messages: ModuleType) -> None:
    from babel.messages.catalog import Catalog

    template, german = Catalog(), Catalog(locale="de")
    template.add("{n} of {total}")
    template.add(("a day", "{n} days"))
    template.add("Help")
    german.add("{n} of {total}", "{n} von {alles}")
    german.add(("a day", "{n} days"), ("ein Tag", "{n} Tage"))
    assert list(messages._problems_of("de.po", template, german)) == [
        "de.po has other names in braces than '{n} of {total}'",
        "de.po lacks 'Help'",
    ]


def test_several_things_are_parted_as_the_language_spoken_parts_them() -> None:
    codes, words = either(["EUR", "USD", "GBP"]), Several([N_("Accounts"), "Ada"])
    assert (str(codes), str(both(["one", "two"])), str(either(["one"])), str(words)) == (
        "EUR, USD or GBP",
        "one and two",
        "one",
        "Accounts, Ada",
    )
    with speaking(words_of("de")):
        assert (str(codes), str(copy(words))) == ("EUR, USD oder GBP", "Konten, Ada")
    with speaking(words_of("ja")):
        assert str(codes) == "EUR、USD または GBP"
    assert codes == "EUR, USD or GBP"
    assert copy(codes) == codes
