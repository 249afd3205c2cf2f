"""verify, rebuild, backup and restore from the shell."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call, as_process
from tests.ledger.lives import files_in, one_file, tampered


@pytest.fixture
def busy(at_shop: Call) -> Call:
    """The shop's book with two sales in it."""
    for number in (1, 2):
        assert at_shop("post", "--date", f"2026-01-0{number}", "Assets:Bank 100", "Income:Sales").status == 0
    return at_shop


def bend(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE postings SET balance = balance + 5 WHERE number = 2 AND amount > 0")


def head_of(at_shop: Call) -> str:
    return str(at_shop("verify", "--json").json["head"])


@pytest.mark.parametrize("options", [(), ("--replay",)])
def test_verify_says_what_it_checked_and_the_head(busy: Call, options: tuple[str, ...]) -> None:
    answer = busy("verify", *options)
    assert (answer.status, answer.err) == (0, "")
    verdict, head = answer.out.splitlines()
    assert verdict.startswith("ok: 2 transactions, 4 postings, 5 accounts, ")
    assert head == f"head {head_of(busy)}"
    assert busy("verify", *options, "--json").json["ok"] is True


def test_verify_ends_with_3_and_names_what_is_wrong(busy: Call, shop: Path) -> None:
    bend(shop)
    answer = busy("verify")
    assert answer.status == 3
    assert answer.out.splitlines()[:2] == [
        answer.out.splitlines()[0],
        "  stored-balance: Assets:Bank, transaction 2 · expected 200.00; found 200.05",
    ]
    assert answer.out.startswith("1 wrong: ")
    found = busy("verify", "--replay", "--json")
    assert found.status == 3
    assert [(one["kind"], one["account"], one["transaction"]) for one in found.json["discrepancies"]] == [
        ("stored-balance", "Assets:Bank", 2),
        ("replay", "Assets:Bank", 2),
    ]


def test_rebuild_puts_balances_right_and_says_so(busy: Call, shop: Path) -> None:
    bend(shop)
    answer = busy("rebuild")
    assert (answer.status, answer.out.splitlines()) == (
        0,
        ["Put right 1 account:", "  Assets:Bank: 1 balance from transaction 2 on, 200.05 there is now 200.00"],
    )
    assert busy("verify", "--replay").status == 0
    again = busy("rebuild")
    assert (again.status, again.out) == (0, "Every stored balance is right: nothing was written.\n")
    assert "rebuild" in busy("history").out


def test_rebuild_answers_in_json(busy: Call, shop: Path) -> None:
    bend(shop)
    assert busy("rebuild", "--json").json == {
        "put_right": [
            {"account": "Assets:Bank", "balances": 1, "transaction": 2, "expected": "200.00", "found": "200.05"}
        ]
    }
    assert busy("rebuild", "--json").json == {"put_right": []}


def test_a_read_only_book_is_not_rebuilt(call: Call, busy: Call, shop: Path) -> None:
    bend(shop)
    assert "reading only" in call("--book", shop, "--read-only", "rebuild").refusal
    assert busy("verify").status == 3


def test_a_book_is_made_of_the_history_beside_the_old_one(call: Call, busy: Call, shop: Path) -> None:
    head = head_of(busy)
    tampered(shop, "DELETE FROM postings")
    answer = busy("rebuild", "--from-history")
    assert answer.status == 0
    new = shop.with_name("shop-rebuilt.ledger")
    assert answer.out.splitlines() == [
        f"Made {new} out of the history of {shop}: 2 transactions, 4 postings, 5 accounts, 8 changes.",
        f"ok, head {head}",
        f"To put it in the old one's place: tui-ledger restore {new} --to {shop}",
    ]
    assert call("restore", new, "--to", shop).status == 0
    assert busy("verify", "--replay").status == 0
    assert busy("rebuild", "--from-history").refusal.startswith(f"{new} exists already")


def test_what_a_broken_history_lost_is_said_loudly(busy: Call, shop: Path, tmp_path: Path) -> None:
    tampered(shop, "UPDATE changes SET actor = 'x' WHERE number = 2")
    refused = busy("rebuild", "--from-history", "-o", tmp_path / "new.ledger")
    assert "whole only through change 7 of 8 (change 8 was altered" in refused.refusal
    assert "--as-far-as-it-goes" in refused.refusal
    answer = busy("rebuild", "--from-history", "-o", tmp_path / "new.ledger", "--as-far-as-it-goes")
    assert answer.status == 0
    assert answer.err.startswith("LOST: change 8 was altered")
    assert "transactions 2" in answer.err
    shown = busy("rebuild", "--from-history", "-o", tmp_path / "json.ledger", "--as-far-as-it-goes", "--json").json
    assert (shown["lost_changes"], shown["lost_transactions"], shown["checked"]["transactions"]) == (1, [2], 1)


@pytest.mark.parametrize("options", [("-o", "x"), ("--as-far-as-it-goes",), ("--from-history", "--key", "k")])
def test_options_of_rebuild_that_do_not_go_together_are_refused(busy: Call, options: tuple[str, ...]) -> None:
    assert "--from-history" in busy("rebuild", *options).refusal


def test_a_backup_says_where_it_is_and_its_head(busy: Call, shop: Path) -> None:
    answer = busy("backup")
    (name,) = [name for name in files_in(shop.parent) if name.startswith("backups/")]
    assert answer.out.splitlines() == [
        f"Backed up {shop} to {shop.parent / name}: 2 transactions, 8 changes.",
        f"ok, head {head_of(busy)}",
    ]
    target = shop.parent / "copy.ledger"
    shown = busy("backup", target, "--json").json
    assert shown == {
        "book": str(shop),
        "backup": str(target),
        "changes": 8,
        "transactions": 2,
        "head": head_of(busy),
        "anchors": [f"{shop}.anchors"],
    }
    assert "exists already" in busy("backup", target).refusal


def test_a_restore_brings_the_backup_back_and_keeps_what_was_there(call: Call, busy: Call, shop: Path) -> None:
    copy = shop.parent / "copy.ledger"
    head = head_of(busy)
    busy("backup", copy)
    busy("void", 2)
    answer = busy("restore", copy)
    assert answer.status == 0
    restored, kept, verdict = answer.out.splitlines()
    assert restored == f"Restored {shop} from {copy}: 2 transactions, 4 postings, 5 accounts, 8 changes."
    assert verdict == f"ok, head {head}"
    assert (
        call("--book", kept.removeprefix("What was there before is kept as ").removesuffix("."), "verify").status == 0
    )
    assert busy("verify").status == 0
    shown = call("restore", copy, "--to", shop.parent / "other.ledger", "--json").json
    assert (shown["ok"], shown["kept"], shown["head"]) == (True, None, head)


def test_a_restore_needs_a_book_that_is_named(call: Call, busy: Call, shop: Path) -> None:
    copy = shop.parent / "copy.ledger"
    busy("backup", copy)
    assert "No book was named" in call("restore", copy).refusal
    assert "reading only" in call("--read-only", "--book", shop, "restore", copy).refusal
    assert "There is no book" in busy("restore", shop.parent / "nowhere.ledger").refusal


def test_an_end_that_was_cut_off_makes_verify_end_with_3(busy: Call, shop: Path) -> None:
    busy("backup")
    tampered(
        shop,
        "DELETE FROM changes WHERE seq = 8",
        "DELETE FROM postings WHERE number = 2",
        "DELETE FROM transactions WHERE number = 2",
    )
    answer = busy("verify")
    assert answer.status == 3
    assert "anchor: expected change 8 with hash" in answer.out
    assert "the history ends at change 7" in answer.out


def test_the_four_commands_in_processes_of_their_own(busy: Call, shop: Path, tmp_path: Path) -> None:
    def at_shop(*arguments: object) -> Answer:
        return as_process("--book", shop, *arguments)

    assert at_shop("backup", tmp_path / "copy.ledger").status == 0
    assert at_shop("verify", "--replay").status == 0
    assert at_shop("rebuild").status == 0
    assert at_shop("restore", tmp_path / "copy.ledger").status == 0
    assert at_shop("verify").status == 0


def test_no_bent_file_is_answered_by_a_traceback(
    call: Call, busy: Call, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.ledger"
    busy("backup", copy)
    one_file(shop)
    whole = shop.read_bytes()
    commands: list[Callable[[], Answer]] = [
        lambda: busy("verify"),
        lambda: busy("verify", "--replay"),
        lambda: busy("rebuild"),
        lambda: busy("backup", tmp_path / "another.ledger"),
        lambda: call("restore", shop, "--to", tmp_path / "restored.ledger"),
        lambda: busy("rebuild", "--from-history", "-o", tmp_path / "rebuilt.ledger", "--as-far-as-it-goes"),
    ]
    for page in range(0, len(whole) // 4096, 3):
        shop.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        for command in commands:
            answer = command()
            assert answer.status in (0, 1, 3)
            assert "Traceback" not in answer.err
            assert "error of the program itself" not in answer.err, answer.err
        for name in ("another.ledger", "restored.ledger", "rebuilt.ledger"):
            (tmp_path / name).unlink(missing_ok=True)
        for suffix in ("-wal", "-shm"):
            Path(f"{shop}{suffix}").unlink(missing_ok=True)
