"""Users from the command line; passphrases typed unseen or read from standard input, and shown nowhere."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call, as_process
from tui_ledger.errors import SignInRefused
from tui_ledger.ledger import Ledger

PASSPHRASE = "correct horse battery"


@pytest.fixture
def staff(at_shop: Call) -> Call:
    """The shop with one who administers it, and a party."""
    at_shop("party", "add", "ann")
    assert at_shop("user", "add", "Ada", "--role", "administrator").status == 0
    return at_shop


def piped(book: Path, *arguments: object, stdin: str) -> Answer:
    return as_process("--book", book, "user", *arguments, "--passphrase-stdin", stdin=stdin)


def typed(book: Path, *arguments: object, keys: str) -> tuple[int, str]:
    """Runs one command on a terminal of its own, where something is typed; its status and all that was to be seen."""
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "tui_ledger", "--book", str(book), "user", *map(str, arguments)]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True) as running:
        os.close(terminal)
        shown = b""
        lines = keys.encode().splitlines(keepends=True)
        while True:
            try:
                read = os.read(master, 4096)
            except OSError:
                break
            shown += read
            if read.rstrip(b" ").endswith(b":") and lines:
                os.write(master, lines.pop(0))
    os.close(master)
    return running.returncode, shown.decode()


def can_sign_in(book: Path, name: str, passphrase: str = PASSPHRASE) -> bool:
    with Ledger.open(book) as ledger:
        try:
            ledger.sign_in(name, passphrase)
        except SignInRefused:
            return False
        return True


def test_users_are_added_listed_changed_and_removed(staff: Call) -> None:
    added = staff("user", "add", "Abe  B", "--role", "party", "--party", "ANN", "--actor", "lea")
    assert (added.status, added.out) == (0, "Added Abe B (party, for ann).\n")
    assert added.err == "Abe B cannot sign in yet: `user passphrase` sets a passphrase.\n"
    assert staff("user", "list", "--json").json == {
        "users": [
            {"name": "Abe B", "role": "party", "party": "ann", "active": True, "passphrase_set": None},
            {"name": "Ada", "role": "administrator", "party": None, "active": True, "passphrase_set": None},
        ]
    }
    assert [line.split() for line in staff("user", "list").out.splitlines()[-2:]] == [
        ["Abe", "B", "party", "ann", "none"],
        ["Ada", "administrator", "none"],
    ]
    changed = staff("user", "edit", "abe b", "--role", "viewer", "--inactive", "--json").json
    assert changed == {"name": "Abe B", "role": "viewer", "party": None, "active": False, "passphrase_set": None}
    assert "inactive" in staff("user", "list").out
    assert staff("user", "remove", "Abe B", "--json").json == {"name": "Abe B", "removed": True}
    assert staff("user", "remove", "Ada").out == "Removed Ada.\n"
    assert staff("user", "list").out == "No users yet: `user add NAME --role R` adds one.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Ada", "--role", "viewer"), "There is already a user 'Ada'"),
        (("add", "New", "--role", "boss"), "The role 'boss' cannot be kept: a role is administrator, bookkeeper"),
        (("add", "New", "--role", "party"), "say which party"),
        (("add", "New", "--role", "viewer", "--party", "ann"), "only a user whose role is party"),
        (("add", "New", "--role", "party", "--party", "bob"), "There is no party 'bob'"),
        (("add", "\x1b[31mred", "--role", "viewer"), "control or invisible character"),
        (("edit", "Ada"), "Nothing was said to change in 'Ada'"),
        (("edit", "Eve", "--inactive"), "There is no user 'Eve'"),
        (("edit", "Ada", "--inactive"), "'Ada' is the last active administrator"),
        (("passphrase", "Ada"), "A passphrase is asked for on a terminal"),
        (("passphrase", "Eve"), "There is no user 'Eve'"),
        (("remove", "Eve"), "There is no user 'Eve'"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(staff: Call, arguments: tuple[str, ...], said: str) -> None:
    refusal = staff("user", *arguments).refusal
    assert said in refusal
    assert "\x1b" not in refusal


@pytest.mark.parametrize(
    "arguments", [("add", "New"), ("add",), ("passphrase", "Ada", PASSPHRASE), ("add", "New", "--passphrase", "x")]
)
def test_a_passphrase_is_no_argument_and_a_role_is_needed(staff: Call, arguments: tuple[str, ...]) -> None:
    answer = staff("user", *arguments)
    assert answer.status == 2
    assert staff("user", "list", "--json").json["users"][0]["passphrase_set"] is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\nnot this\n"], ids=ascii)
def test_a_passphrase_is_read_from_standard_input(staff: Call, shop: Path, end: str) -> None:
    answer = piped(shop, "passphrase", "ada", stdin=PASSPHRASE + end)
    assert (answer.status, answer.out, answer.err) == (0, "Set the passphrase of Ada.\n", "")
    assert can_sign_in(shop, "Ada")


def test_a_user_is_added_with_one_and_nothing_shows_it(shop: Path) -> None:
    added = piped(shop, "add", "Ada", "--role", "administrator", "--json", "--key", "k", stdin=PASSPHRASE + "\n")
    assert added.json["passphrase_set"] is not None
    assert can_sign_in(shop, "Ada")
    again = piped(shop, "add", "Ada", "--role", "administrator", "--json", "--key", "k", stdin="another one\n")
    assert again.json == added.json
    listed = as_process("--book", shop, "user", "list", "--json")
    history = as_process("--book", shop, "history", "--json")
    with Ledger.open(shop) as ledger:
        secret = json.loads(ledger._database.value("SELECT secret FROM users"))
    for answer in (added, again, listed, history):
        for hidden in (PASSPHRASE, secret["hash"], secret["salt"]):
            assert hidden not in answer.out + answer.err


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("", "there is none on standard input"),
        ("\n", "shorter than 8 characters"),
        ("seven77\n", "shorter than 8 characters"),
        ("x" * 501 + "\n", "longer than 500 characters"),
        ("a\x1b[31m red\n", "cannot be typed again"),
    ],
    ids=lambda text: ascii(text)[:12],
)
def test_what_is_no_passphrase_is_said_without_it(staff: Call, shop: Path, stdin: str, said: str) -> None:
    refusal = piped(shop, "passphrase", "Ada", stdin=stdin).refusal
    assert said in refusal
    assert not stdin.strip() or stdin.strip() not in refusal


def test_what_is_not_utf_8_is_refused(staff: Call, shop: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tui_ledger",
        "--book",
        str(shop),
        "user",
        "passphrase",
        "Ada",
        "--passphrase-stdin",
    ]
    done = subprocess.run(command, input=b"\xff\xfe secret words\n", capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr == b"tui-ledger: This passphrase is not taken: standard input is not in UTF-8.\n"


def test_on_a_terminal_it_is_asked_for_twice_and_not_seen(staff: Call, shop: Path) -> None:
    status, shown = typed(shop, "passphrase", "Ada", keys=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert status == 0
    assert "New passphrase of Ada:" in shown
    assert "Once more:" in shown
    assert "Set the passphrase of Ada." in shown
    assert PASSPHRASE not in shown
    assert can_sign_in(shop, "Ada")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (f"{PASSPHRASE}\n{PASSPHRASE}!\n", "the two that were typed differ"),
        ("short\n", "shorter than 8 characters"),
        ("\n", "shorter than 8 characters"),
    ],
)
def test_a_slip_on_the_terminal_sets_nothing(staff: Call, shop: Path, keys: str, said: str) -> None:
    status, shown = typed(shop, "passphrase", "Ada", keys=keys)
    assert status == 1
    assert said in shown
    assert PASSPHRASE not in shown
    with Ledger.open(shop) as ledger:
        assert not ledger.user("Ada").has_passphrase


@pytest.mark.parametrize("keys", [f"{PASSPHRASE}\n{PASSPHRASE}\n", "\n"], ids=["typed", "none yet"])
def test_a_new_user_may_get_one_at_once_or_later(staff: Call, shop: Path, keys: str) -> None:
    status, shown = typed(shop, "add", "Bea", "--role", "bookkeeper", keys=keys)
    assert status == 0
    assert "Added Bea (bookkeeper)." in shown
    assert ("cannot sign in yet" in shown) == (keys == "\n")
    assert can_sign_in(shop, "Bea") == (keys != "\n")


def test_undo_says_what_it_took_back(staff: Call) -> None:
    staff("user", "add", "Bea", "--role", "viewer", "--actor", "lea")
    assert staff("undo", "--actor", "lea").out == "Undid: add user\n"
    assert "Bea" not in staff("user", "list").out


def test_markup_and_marks_in_names_are_shown_as_text(staff: Call) -> None:
    staff("user", "add", "[red]x[/] é", "--role", "viewer")
    assert "[red]x[/] é" in staff("user", "list").out


def test_a_book_made_of_its_history_says_who_needs_a_new_one(staff: Call, shop: Path, tmp_path: Path) -> None:
    piped(shop, "passphrase", "Ada", stdin=PASSPHRASE)
    made = staff("rebuild", "--from-history", "-o", tmp_path / "new.ledger")
    assert made.status == 0
    assert made.err == "No history has passphrases: set new ones (user passphrase) for Ada.\n"
    again = staff("rebuild", "--from-history", "-o", tmp_path / "again.ledger", "--json").json
    assert again["without_passphrase"] == ["Ada"]
