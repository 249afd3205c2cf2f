"""A book and a way to call the program as a shell does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.cli.run import run
from tui_ledger.ledger import Ledger


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a refusal; asserts that it is one."""
        lines = self.err.splitlines()
        assert self.status == 1
        assert len(lines) == 1, self.err
        assert lines[0].startswith("tui-ledger: ")
        assert self.out == ""
        return lines[0].removeprefix("tui-ledger: ")


Call = Callable[..., Answer]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs one command in this process."""

    def calling(*arguments: object) -> Answer:
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return calling


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A book with four accounts and nothing posted."""
    place = tmp_path / "shop.ledger"
    with Ledger.create(place, "EUR") as ledger:
        ledger.open_account("Assets:Bank", "asset", code="1100", cash=True)
        ledger.open_account("Assets:Petty cash", "asset")
        ledger.open_account("Income:Sales", "income")
        ledger.open_account("Liabilities:VAT", "liability")
    return place


@pytest.fixture
def at_shop(call: Call, shop: Path) -> Call:
    """Runs one command on the shop's book."""
    return lambda *arguments: call("--book", shop, *arguments)


def as_process(*arguments: object, cwd: Path | None = None, stdin: str | None = None) -> Answer:
    """Runs one command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tui_ledger", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=stdin or "",
        timeout=120,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)
