"""Is every text of the command line looked up where it is shown? In a language of accents no plain word is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call
from tests.pseudo_language import ACCENTS, FIELDS_AND_WHAT_IS_TYPED, Accents, accented
from tui_ledger.ledger.book_settings import KNOWN_SETTINGS

# What a person types or the book holds: names, currencies, options, commands, settings, placeholders, paths.
OF_NO_LANGUAGE = re.compile(
    r"[\w./~-]*/\S+|`[^`]*`|'[^']*'|--[a-z-]+|\b[A-Z]{3,}\b|\[[^]]*\]|\b(Assets|Liabilities|Equity|Income)\b[\w: ]*"
    r"|\bPetty cash\b|\b[0-9a-f]{64}\b|\d\d (Jan|Feb)\w*|#\d+|\btui-ledger\b( \w+)*|\bTUI_LEDGER\w*|\bxyz\w*"
)
OF_THE_BOOK = {"Bank", "Sales", "Adjustments", "Parties", "shop", "void", "default", "cash", "flow"}
SETTINGS = frozenset(word for name in KNOWN_SETTINGS for word in re.findall("[a-z]+", name))


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, at_shop: Call) -> Call:
    """Runs one command on the shop's book in the language of accents."""
    monkeypatch.setattr("tui_ledger.locale.catalogues.words_of", lambda _locale: Accents(FIELDS_AND_WHAT_IS_TYPED))
    return lambda *arguments: at_shop("--locale", "de_DE", *arguments)


def plain_words(text: str) -> list[str]:
    return re.findall("[A-Za-z]{3,}", OF_NO_LANGUAGE.sub(" ", text))


SAID: tuple[tuple[str, ...], ...] = (
    ("account", "list"),
    ("account", "show", "Assets:Bank"),
    ("post", "--memo", "xyz", "Assets:Bank 10", "Income:Sales"),
    ("post", "--memo", "xyz", "--date", "2099-01-01", "Assets:Bank 10", "Income:Sales"),
    ("balance",),
    ("register", "Assets:Bank", "--from", "2020-01-01"),
    ("edit", "1", "--memo", "xyz2"),
    ("mark", "cleared", "xyz"),
    ("change", "xyz", "--payee", "xyz", "--dry-run"),
    ("template", "save", "1", "xyz"),
    ("template", "list"),
    ("schedule", "add", "xyz", "--every", "2-weeks", "--on", "same-day", "--like", "1", "--until", "2099-01-01"),
    ("schedule", "list"),
    ("schedule", "due"),
    ("schedule", "skip", "xyz"),
    ("schedule", "delete", "xyz"),
    ("party", "add", "xyz"),
    ("party", "credit", "xyz", "5", "--memo", "xyz"),
    ("party", "list"),
    ("party", "statement", "xyz"),
    ("party", "statistics"),
    ("party", "delete", "xyz"),
    ("currency", "list"),
    ("currency", "add", "USD"),
    ("price", "add", "USD", "0.9"),
    ("tax", "set", "xyz", "19", "--account", "Liabilities:VAT"),
    ("commission", "show"),
    ("user", "add", "xyz", "--role", "viewer"),
    ("user", "list"),
    ("user", "remove", "xyz"),
    ("filter", "list"),
    ("attachment", "list"),
    ("attachment", "remove", "1", "1"),
    ("period", "years"),
    ("period", "list"),
    ("verify",),
    ("rebuild",),
    ("locate",),
    ("report", "balance-sheet"),
    ("report", "income-statement", "--every", "quarter"),
    ("report", "trial-balance"),
    ("report", "cash-flow"),
    ("report", "general-ledger"),
    ("report", "journal"),
    ("report", "statistics", "--by", "tag"),
    ("report", "parties"),
    ("report", "postings"),
    ("report", "tax"),
    ("report", "cash-flow", "--at", "2026-01-01"),
    ("nonsense",),
    ("journal", "--frm", "x"),
    ("post",),
    ("void", "2"),
    ("undo",),
    ("redo",),
)


def test_no_plain_word_is_left_of_what_commands_say(spoken: Call) -> None:
    left = {}
    for arguments in SAID:
        answer = spoken(*arguments)
        words = set(plain_words(answer.out + answer.err)) - SETTINGS - set(arguments) - OF_THE_BOOK
        if words:
            left[" ".join(arguments)] = sorted(words)
    assert left == {}


@pytest.mark.parametrize("command", ["init", "post", "export", "period", "schedule"])
def test_help_is_given_paragraph_by_paragraph_and_option_by_option(spoken: Call, command: str) -> None:
    shown = spoken(command, "--help").out
    assert accented("Usage:") in shown
    assert accented("Options") in shown
    assert accented("Show this message and exit.") in shown
    blocks = "\n".join(line for line in shown.splitlines() if not line.startswith("      "))
    assert not re.search(r"\b(the|with|from|and|of)\b", OF_NO_LANGUAGE.sub(" ", blocks))


JSON: tuple[Callable[..., tuple[Any, ...]], ...] = (
    lambda _folder: ("verify", "--json"),
    lambda _folder: ("report", "list", "--json"),
    lambda _folder: ("report", "balance-sheet", "--json"),
    lambda _folder: ("report", "journal", "--format", "csv"),
    lambda _folder: ("party", "statistics", "--format", "csv"),
    lambda folder: ("import", folder / "old.journal", "--dry-run", "--json"),
    lambda folder: ("import", folder / "wrong.journal", "--json"),
)


@pytest.mark.parametrize("command", JSON)
def test_what_programs_read_is_english_whatever_is_spoken(
    spoken: Call, tmp_path: Path, command: Callable[..., tuple[Any, ...]]
) -> None:
    (tmp_path / "old.journal").write_text("2026-01-01 ! x\n  assets:a  10\n  income:b\n", encoding="utf-8")
    (tmp_path / "wrong.journal").write_text("2026-01-01 x\n  assets:a  10 EUR\n\nfoo bar\n", encoding="utf-8")
    said = spoken(*command(tmp_path)).out
    assert said
    assert not re.search(f"[{ACCENTS}]", said)
