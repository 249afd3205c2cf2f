"""A book opened as one of its users: by name, and a passphrase from a terminal or a file."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, as_process
from tui_ledger.cli.sign_in import PASSPHRASE_FILE_VARIABLE, USER_VARIABLE, signed_in
from tui_ledger.errors import InvalidOptions, SignInRefused
from tui_ledger.ledger import Ledger, passphrases

PASSPHRASE = "correct horse battery"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with people of three roles, whose passphrase lies in a file."""
    monkeypatch.setattr(passphrases, "_COST", 2**8)
    path = tmp_path / "shop.ledger"
    with Ledger.create(path) as ledger:
        ledger.open_account("Assets:Bank", "asset")
        for key in ("ann", "bob"):
            ledger.add_party(key)
            ledger.party_credit(key, 40, memo=f"Top-up of {key}", against="Assets:Bank", date="2026-02-01")
        for name, role, party in (("Bea", "bookkeeper", None), ("Vic", "viewer", None), ("Ann", "party", "ann")):
            ledger.add_user(name, role, party, PASSPHRASE)
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(tmp_path / "passphrase"))
    return path


def test_whoever_signs_in_acts_and_reads_as_who_they_are(office: Path) -> None:
    bea, vic, ann = (("--book", office, "--user", name) for name in ("Bea", "Vic", "ann"))
    assert as_process(*bea, "party", "credit", "ann", "5").status == 0
    assert as_process("--book", office, "history", "--limit", "1", "--json").json["changes"][0]["actor"] == "Bea"
    assert "may not act as 'boss'" in as_process(*bea, "party", "credit", "ann", "5", "--actor", "boss").refusal
    assert "'Vic', a viewer, may not credit a party" in as_process(*vic, "party", "credit", "ann", "5").refusal
    assert len(as_process(*vic, "journal", "--json").json["transactions"]) == 3
    sheet = as_process(*ann, "party", "show", "ann", "--json").json
    assert sheet["key"] == "ann"
    sheet = as_process(*ann, "party", "statement", "ann", "--json").json
    assert sheet["postings"][0]["memo"] == "Top-up of ann"
    for asked in (("party", "show", "bob"), ("party", "list"), ("journal",), ("report", "balance-sheet"), ("verify",)):
        assert as_process(*ann, *asked).refusal.startswith("'Ann', a party, may not read anything but its own sheet")


def test_a_report_that_is_refused_prints_nothing_before_it(office: Path, call: Call, tmp_path: Path) -> None:
    reports = [
        ("balance-sheet",), ("income-statement",), ("trial-balance",), ("cash-flow",), ("net-worth",), ("tax",),
        ("general-ledger",), ("register", "Assets:Bank"), ("journal",), ("statistics",), ("parties",), ("postings",),
        ("statement", "bob"),
    ]  # fmt: skip
    for report in reports:
        for form in ((), ("--format", "csv"), ("--format", "html"), ("-o", tmp_path / "taken.csv")):
            said = call("--book", office, "--user", "Ann", "report", *report, *form).refusal
            assert "may not read anything but its own sheet" in said, (report, form)
    assert not (tmp_path / "taken.csv").exists()


def test_nobody_takes_the_whole_book_along_who_may_not_back_it_up(office: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.ledger"
    for name in ("Vic", "Ann"):
        for asked in (("copy", office, taken), ("rebuild", "--from-history", "-o", taken)):
            assert "may not copy the book" in as_process("--book", office, "--user", name, *asked).refusal
            assert not taken.exists()
    assert as_process("--user", "Bea", "copy", office, taken).status == 0
    assert as_process("copy", office, tmp_path / "own.ledger").status == 0


def test_what_is_not_right_is_one_sentence(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = str(SignInRefused())
    assert wrong in as_process("--book", office, "--user", "nobody", "balance").refusal
    (tmp_path / "passphrase").write_bytes(b"\xff\n")
    assert "not in UTF-8" in as_process("--book", office, "--user", "Bea", "balance").refusal
    (tmp_path / "passphrase").write_text("wrong as can be")
    monkeypatch.setenv(USER_VARIABLE, "Bea")
    assert wrong in as_process("--book", office, "balance").refusal
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(tmp_path / "missing"))
    assert "cannot be read from" in as_process("--book", office, "balance").refusal
    monkeypatch.delenv(PASSPHRASE_FILE_VARIABLE)
    assert "say --user NAME, and sit at a terminal" in as_process("--book", office, "balance").refusal


def test_on_a_terminal_the_passphrase_is_typed_unseen(office: Path) -> None:
    keyboard, screen = pty.openpty()
    command = [sys.executable, "-m", "tui_ledger", "--book", office, "--user", "Vic", "balance"]
    environment = {name: value for name, value in os.environ.items() if name != PASSPHRASE_FILE_VARIABLE}
    program = subprocess.Popen(command, stdin=screen, stdout=subprocess.PIPE, stderr=screen, env=environment)
    shown = b""
    while b"Passphrase of Vic" not in shown:
        shown += os.read(keyboard, 4096)
    os.write(keyboard, f"{PASSPHRASE}\n".encode())
    answer, _ = program.communicate(timeout=60)
    os.close(screen)
    while True:
        try:
            piece = os.read(keyboard, 4096)
        except OSError:
            break
        shown += piece
    os.close(keyboard)
    assert (program.returncode, b"Bank" in answer, PASSPHRASE.encode() in shown) == (0, True, False)


def test_a_book_on_a_server_asks_once_an_administrator_can_sign_in(office: Path, tmp_path: Path) -> None:
    """A book that is no file stands for one on a server."""
    environment = {PASSPHRASE_FILE_VARIABLE: str(tmp_path / "passphrase"), USER_VARIABLE: "Ada"}
    with Ledger.in_memory() as ledger:
        assert signed_in(ledger, None, {}) is ledger
        ledger.add_user("Bea", "bookkeeper", passphrase=PASSPHRASE)
        ledger.add_user("Ada", "administrator")
        assert signed_in(ledger, None, {}) is ledger
        ledger.set_passphrase("Ada", PASSPHRASE)
        with pytest.raises(InvalidOptions):
            signed_in(ledger, None, {})
        ada = signed_in(ledger, None, environment).signed_in
        bea = signed_in(ledger, "Bea", environment).signed_in
        assert [one.name for one in (ada, bea) if one is not None] == ["Ada", "Bea"]
        with pytest.raises(SignInRefused):
            signed_in(ledger, "nobody", environment)
    with Ledger.open(office) as ledger:
        assert signed_in(ledger, None, {}) is ledger
