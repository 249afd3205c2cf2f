"""What is said and kept when the program itself fails? Where the book is, types and places, and no one's figures."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import frozen_clock
from tests.ui.test_failures import PAYEE, path_of, raises_with_payee
from tui_ledger.ledger import Ledger
from tui_ledger.ui import crash
from tui_ledger.ui.crash import Surroundings, crash_report, crash_words, keep_report


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("TUI_LEDGER_STATE", str(folder))
    return folder


def test_a_crash_report_has_types_and_places_and_not_a_word_of_what_was_said() -> None:
    text = crash_report(_nested_error(), frozen_clock(), Surroundings(80, 24, "JournalScreen"))
    assert PAYEE not in text
    assert "4711" not in text
    assert "builtins.RuntimeError" in text
    assert "caused by builtins.KeyError" in text
    assert "within it: builtins.ValueError" in text
    assert f"{raises_with_payee.__module__}:" in text
    assert "raises_with_payee" in text
    assert "80x24" in text
    assert "textual" in text


def test_who_asks_for_it_is_shown_the_whole_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUI_LEDGER_DEBUG", raising=False)
    assert crash.traced(_nested_error()) == ""
    monkeypatch.setenv("TUI_LEDGER_DEBUG", "1")
    shown = crash.traced(_nested_error())
    assert "Traceback" in shown
    assert PAYEE in shown


def test_the_last_words_say_where_the_book_is_and_how_to_check_it() -> None:
    words = crash_words(_nested_error(), "/books/my shop.ledger", Path("/state/crashes/one.txt"))
    assert PAYEE not in words
    assert "RuntimeError in" in words
    assert "everything that was acknowledged is in /books/my shop.ledger" in words
    assert "tui-ledger --book '/books/my shop.ledger' verify" in words
    assert "/state/crashes/one.txt" in words


def test_reports_are_for_their_user_alone_and_only_the_latest_are_kept(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "REPORTS_KEPT", 2)
    for minute in range(4):
        path = keep_report(f"report {minute}", frozen_clock().replace(minute=minute))
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [kept.read_text() for kept in sorted(path.parent.iterdir())] == ["report 2", "report 3"]


def test_where_no_report_can_be_written_the_last_words_are_said_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TUI_LEDGER_STATE", str(tmp_path / "file" / "state"))
    assert keep_report("text", frozen_clock()) is None
    assert "A report could not be written." in crash_words(_nested_error(), "", None)


@pytest.mark.parametrize("where", ["handler", "worker", "key", "drawn"])
def test_an_unexpected_error_ends_the_workbench_with_words_a_report_and_a_status_but_no_payee(
    book: Ledger, tmp_path: Path, where: str
) -> None:
    path, state = path_of(book), tmp_path / "state"
    environment = {**os.environ, "TUI_LEDGER_STATE": str(state), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", _CRASHING, str(path), where, PAYEE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert PAYEE not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert f"everything that was acknowledged is in {path}" in done.stderr
    (report,) = (state / "crashes").iterdir()
    assert str(report) in done.stderr
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert PAYEE not in report.read_text()
    assert "breaks" in report.read_text()
    assert book.verify().ok


_CRASHING = """
import sys
from textual.screen import Screen
from textual.errors import TextualError
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui import run_workbench
from tui_ledger.ui.app import Workbench

path, where, payee = sys.argv[1:]

class Drawn(TextualError):
    def __rich__(self):
        return payee

def breaks(*_):
    problem = Drawn(payee) if where == "drawn" else RuntimeError(f"cannot pay {payee}")
    raise problem

def begin(self):
    if where == "worker":
        self.run_worker(breaks, thread=True)
    elif where == "key":
        self.action_key_sheet = breaks
        self.simulate_key("question_mark")
    else:
        self.call_later(breaks)

Workbench.on_ready = begin
run = Workbench.run
Workbench.run = lambda self: run(self, headless=True, size=(80, 24))
with Ledger.open(path) as ledger:
    sys.exit(run_workbench(ledger, formats=Formats("en_GB")))
"""


def _nested_error() -> Exception:
    group = ExceptionGroup(PAYEE, [ValueError(PAYEE)])
    try:
        try:
            raises_with_payee()
        except KeyError as first:
            first.__context__ = group
            raise RuntimeError(f"{PAYEE} 4711") from first
    except RuntimeError as error:
        return error
    raise AssertionError
