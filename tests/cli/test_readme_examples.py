"""The commands that README shows for parties, commissions and users run as they stand, one section after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.test_users import PASSPHRASE, piped, typed

README = Path(__file__).parents[2] / "README.md"


def test_every_command_of_the_sections_on_parties_runs(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUI_LEDGER_BOOK", "shop.ledger")
    assert call("init", "shop.ledger", "--currency", "EUR", "--chart", "small-shop").status == 0
    for section in ("Parties", "Commissions"):
        for words in commands_of(section):
            answer = call(*words)
            assert (answer.status, answer.err) == (0, ""), words
    assert (tmp_path / "ann.xlsx").exists()
    for words in commands_of("Users and their roles"):
        if "--passphrase-stdin" in words:
            arguments = words[1 : words.index("--passphrase-stdin")]
            assert piped(Path("shop.ledger").resolve(), *arguments, stdin=PASSPHRASE).status == 0, words
        elif "passphrase" in words or "administrator" in words:
            keys = f"{PASSPHRASE}\n{PASSPHRASE}\n"
            assert typed(Path("shop.ledger").resolve(), *words[1:], keys=keys)[0] == 0, words
        else:
            assert call(*words).status == 0, words


def commands_of(section: str) -> list[list[str]]:
    """The words of each command in the first block of a section, without the program's name."""
    text = README.read_text(encoding="utf-8").partition(f"\n### {section}\n")[2].partition("\n### ")[0]
    lines = re.findall(r"```\n(.*?)```", text, re.DOTALL)[0].splitlines()
    found = [shlex.split(line, comments=True) for line in lines]
    assert len(found) > 2
    assert all(words[0] == "tui-ledger" for words in found)
    return [words[1:] for words in found]
