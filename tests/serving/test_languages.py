"""In which language a browser is answered."""

from __future__ import annotations

import re
from gettext import NullTranslations
from string import ascii_letters

import pytest

from tui_ledger.serving import languages, pages
from tui_ledger.serving.languages import language_for
from tui_ledger.words import ENGLISH, speaking

WIDE = {ord(one): ord(one) + 0xFEE0 for one in ascii_letters}


class Words(NullTranslations):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{[^{}]*\})", message)
        return "".join(part if part.startswith("{") else part.translate(WIDE) for part in parts)

    def info(self) -> dict[str, str]:
        return {"language": self.name}


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program speaks English, German and Portuguese."""
    monkeypatch.setattr(languages, "languages", lambda: ("de", "en", "pt_BR"))
    monkeypatch.setattr(languages, "words_of", lambda name: ENGLISH if name.startswith("en") else Words(name))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de_AT"),
        ("fr-FR, fr;q=0.9, pt-br;q=0.8, de;q=0.7", "pt_BR"),
        ("de;q=0.3,pt;q=0.4", "pt"),
        ("de;q=0, fr", "book"),
        ("de;q=x", "book"),
        ("*", "book"),
        ("../../etc/passwd, \x00, ;;;=,", "book"),
        ("", "book"),
        (None, "book"),
    ],
)
def test_the_first_language_asked_for_that_is_spoken_counts(accepted: str | None, wanted: str) -> None:
    with speaking(Words("book")):
        found = language_for(accepted)
        assert isinstance(found, Words)
        assert found.name == wanted


@pytest.mark.usefixtures("three")
def test_who_asks_for_english_gets_it_from_a_book_in_another_language() -> None:
    with speaking(Words("book")):
        assert language_for("en-GB,en;q=0.9,de;q=0.8") is ENGLISH


def test_pages_are_in_the_language_spoken_and_say_so() -> None:
    with speaking(Words("pt_BR")):
        shown = [pages.sign_in_page()[0], pages.workbench_page("", "")]
        script = pages.page_script(pages.static_files()[pages.SCRIPT][0]).decode()
    for html in shown:
        assert '<html lang="pt-BR">' in html
        body = re.sub(r"<style.*?</style>|<script.*?</script>|<title>.*?</title>|<[^>]*>", " ", html, flags=re.DOTALL)
        assert not re.search("[A-Za-z]{2,}", body)
    assert not re.search(r'"[A-Z][a-z]+ [a-z ]+', script)


def test_pages_are_in_english_where_nothing_is_said() -> None:
    path = pages.static_files()[pages.SCRIPT][0]
    assert pages.page_script(path) == path.read_bytes()
    assert '<html lang="en">' in pages.sign_in_page()[0]
