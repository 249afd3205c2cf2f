"""A command that the system asks to end says so and leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger import credit, debit
from tui_ledger.cli.ending import AskedToEnd, ending_at_once, ending_in_order
from tui_ledger.export.files import atomic_file
from tui_ledger.ledger import Ledger


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_one_line_says_that_it_was_ended(shop: Path, number: signal.Signals) -> None:
    with Ledger.open(shop) as ledger, ledger.write():
        for _ in range(300):
            ledger.post("Long " * 60, debit("Assets:Bank", "1"), credit("Income:Sales", "1"), date="2026-01-02")
    arguments = [sys.executable, "-m", "tui_ledger", "--book", shop, "journal", "--json"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.read(1) == "{"
        program.send_signal(number)
        _rest, said = program.communicate()
    assert program.returncode == 128 + number
    assert said == "tui-ledger: ended by the system: what was not acknowledged was not written.\n"


def test_no_half_file_is_left(tmp_path: Path) -> None:
    target = tmp_path / "book.csv"
    target.write_text("before", encoding="utf-8")

    def written_half() -> None:
        with ending_in_order(), atomic_file(target, overwrite=True) as file:
            file.write(b"half")
            assert len(list(tmp_path.iterdir())) == 2
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(AskedToEnd):
        written_half()
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("book.csv", "before")]


def test_the_signals_are_the_systems_again_where_the_screen_is_drawn_and_after(at_shop: Call) -> None:
    assert at_shop("balance").status == 0
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    with ending_in_order():
        taken = signal.getsignal(signal.SIGTERM)
        assert callable(taken)
        with ending_at_once():
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is taken
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_the_caller_wants_holds(at_shop: Call) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ending_in_order():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(at_shop("balance").status))
    thread.start()
    thread.join()
    assert statuses == [0]
