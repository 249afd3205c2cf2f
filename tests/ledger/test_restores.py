"""A restore verifies its backup, keeps what was there, needs to be alone with the book, and is known to be meant."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import frozen
from tests.ledger.lives import (
    BANK,
    SALES,
    anchor_kinds,
    cut_off_the_end,
    damages,
    killed_at_moments,
    live,
    new_names,
    one_file,
    path_of,
    sell,
    tampered,
)
from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.backups import restore_backup

Stored = Callable[[Path | str], dict[str, Any]]
DAMAGES = int(os.environ.get("TUI_LEDGER_TEST_DAMAGES", "12"))


@pytest.fixture
def ledger(sqlite_book: Ledger) -> Iterator[Ledger]:
    """A book in a file with something of everything."""
    with sqlite_book as found:
        yield live(found)


def test_a_restored_book_is_the_backup_and_what_was_there_is_kept(
    ledger: Ledger, tmp_path: Path, stored: Stored
) -> None:
    path = path_of(ledger)
    made, before = ledger.backup(), stored(path)
    sell(ledger)
    latest = stored(path)
    ledger.close()
    done = restore_backup(made.path, path, frozen)
    assert (done.path, done.seq, done.verification.ok) == (path, made.seq, True)
    assert stored(path) == before
    assert done.kept == tmp_path / "shop-2026-06-15-before-restore.ledger"
    assert stored(done.kept) == latest
    assert made.path.exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert restore_backup(done.kept, path, frozen).kept == tmp_path / "shop-2026-06-15-before-restore-2.ledger"
    assert stored(path) == latest


def test_a_restore_leaves_nothing_of_the_old_book_s_log(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    before = stored(path)
    sell(ledger)
    log = (path.with_name("shop.ledger-wal")).read_bytes()
    ledger.close()
    path.with_name("shop.ledger-wal").write_bytes(log)
    restore_backup(made.path, path, frozen)
    assert stored(path) == before


def test_a_stale_log_beside_no_book_does_not_come_back(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    before = stored(path)
    sell(ledger)
    log = (path.with_name("shop.ledger-wal")).read_bytes()
    ledger.close()
    path.unlink()
    path.with_name("shop.ledger-wal").write_bytes(log)
    assert restore_backup(made.path, path, frozen).kept is None
    assert stored(path) == before


def test_a_restore_of_an_older_backup_is_meant_and_verify_takes_it_so(ledger: Ledger) -> None:
    path, first = path_of(ledger), ledger.backup()
    sell(ledger)
    ledger.backup()
    ledger.close()
    restore_backup(first.path, path, frozen)
    with Ledger.open(path, clock=frozen) as restored:
        assert restored.verify(replay=True).ok
        number = sell(restored, 5)
        second = restored.backup()
        assert restored.verify().ok
    cut_off_the_end(path, number, second.seq)
    assert anchor_kinds(path) == ["anchor"]


def test_a_backup_comes_back_where_there_is_no_book(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    made = ledger.backup()
    done = restore_backup(made.path, tmp_path / "other.ledger", frozen)
    assert done.kept is None
    assert stored(done.path) == stored(path_of(ledger))
    with Ledger.open(done.path, clock=frozen) as other:
        sell(other)
        assert other.verify().ok


def test_a_book_that_is_open_elsewhere_is_not_replaced(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    sell(ledger)
    before, names = stored(path), new_names(tmp_path)
    with pytest.raises(errors.RestoreRefused, match="open"):
        restore_backup(made.path, path, frozen)
    assert stored(path) == before
    assert new_names(tmp_path) == names
    assert sell(ledger)
    assert ledger.verify().ok


def test_a_book_that_another_process_has_open_is_not_replaced(ledger: Ledger, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    sell(ledger)
    ledger.close()
    before = stored(path)
    program = (
        "import sys; from tui_ledger.ledger import Ledger; l = Ledger.open(sys.argv[1]); print('open', flush=True)"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", f"{program}; sys.stdin.read()", str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert held.stdout is not None
    held.stdout.readline()
    with pytest.raises(errors.RestoreRefused, match="open"):
        restore_backup(made.path, path, frozen)
    held.communicate(b"")
    assert stored(path) == before
    restore_backup(made.path, path, frozen)
    assert stored(path) != before


def test_a_backup_that_is_not_right_is_not_restored(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    ledger.close()
    before, names = stored(path), new_names(tmp_path)
    tampered(made.path, "UPDATE postings SET balance = balance + 1")
    with pytest.raises(errors.BackupDamaged, match="stored-balance"):
        restore_backup(made.path, path, frozen)
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute("DROP TRIGGER sealing_checks_the_sums")
    with pytest.raises(errors.BackupDamaged, match="guards were changed"):
        restore_backup(made.path, path, frozen)
    assert stored(path) == before
    assert new_names(tmp_path) == names


def test_the_backup_of_another_book_is_not_restored_over_this_one(
    ledger: Ledger, tmp_path: Path, stored: Stored
) -> None:
    with Ledger.create(tmp_path / "other.ledger") as other:
        made = other.backup(tmp_path / "copy.ledger")
    ledger.close()
    before = stored(path_of(ledger))
    with pytest.raises(errors.RestoreRefused, match="another book"):
        restore_backup(made.path, path_of(ledger), frozen)
    assert stored(path_of(ledger)) == before


def test_a_damaged_book_is_replaced_and_kept_all_the_same(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path, made = path_of(ledger), ledger.backup()
    before = stored(path)
    ledger.close()
    one_file(path)
    bent = path.read_bytes()[:4096] + bytes(4096 * 8)
    path.write_bytes(bent)
    done = restore_backup(made.path, path, frozen)
    assert done.kept is not None
    assert done.kept.read_bytes()[4096:] == bent[4096:]
    assert stored(path) == before


def test_what_makes_no_sense_is_not_restored(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup()
    with pytest.raises(errors.BookNotFound):
        restore_backup(tmp_path / "nowhere.ledger", path_of(ledger), frozen)
    with pytest.raises(errors.RestoreRefused, match="backup itself"):
        restore_backup(made.path, made.path, frozen)
    with pytest.raises(errors.RestoreRefused, match="copy"):
        restore_backup(made.path, "postgresql://ann:secret@host/shop", frozen)
    with pytest.raises(errors.RestoreRefused, match="copy"):
        restore_backup("postgresql://ann:secret@host/shop", path_of(ledger), frozen)
    (tmp_path / "folder").mkdir()
    with pytest.raises(errors.RestoreRefused):
        restore_backup(made.path, tmp_path / "folder", frozen)
    with pytest.raises(errors.RestoreRefused):
        restore_backup(made.path, tmp_path / "nowhere" / "shop.ledger", frozen)


def test_a_restore_that_is_stopped_changes_nothing(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    path = path_of(ledger)
    ledger.post_batch(Draft(ledger.today, "Many", (debit(BANK, 1), credit(SALES, 1))) for _ in range(9000))
    made = ledger.backup()
    ledger.close()
    before, names = stored(path), new_names(tmp_path)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore_backup(made.path, path, frozen, stop)
    assert stored(path) == before
    assert new_names(tmp_path) == names


def test_a_session_that_had_the_book_open_notices_the_restore(ledger: Ledger, tmp_path: Path) -> None:
    """On a file system where the book could be moved from under it: the next write is refused."""
    path, made = path_of(ledger), ledger.backup()
    ledger.close()
    with Ledger.open(path, clock=frozen) as late:
        path.replace(tmp_path / "moved.ledger")
        restore_backup(made.path, path, frozen)
        with pytest.raises(errors.BookReplaced):
            sell(late)


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_bent_backup_is_refused_or_did_no_harm(ledger: Ledger, tmp_path: Path, stored: Stored, seed: int) -> None:
    path, made = path_of(ledger), ledger.backup()
    before = stored(path)
    ledger.close()
    choose = random.Random(f"backup {seed}")
    content = bytearray(made.path.read_bytes())
    damages(choose)(content, choose.randrange(len(content)))
    made.path.write_bytes(content)
    refusal = None
    try:
        restore_backup(made.path, path, frozen)
    except errors.LedgerError as problem:
        refusal = problem
    assert refusal is None or made.path.name in str(refusal)
    assert stored(path) == before


def test_a_restore_killed_at_any_moment_leaves_one_book_or_the_other(
    ledger: Ledger, tmp_path: Path, stored: Stored
) -> None:
    path, first = path_of(ledger), ledger.backup(tmp_path / "first.ledger")
    sell(ledger)
    second = ledger.backup(tmp_path / "second.ledger")
    ledger.close()
    expected = [stored(one.path) for one in (first, second)]
    imports = "from tui_ledger.dates import system_clock; from tui_ledger.ledger.backups import restore_backup"
    act = (
        "restore_backup(sys.argv[3], sys.argv[2], system_clock); restore_backup(sys.argv[4], sys.argv[2], system_clock)"
    )
    for _ in killed_at_moments(imports, act, [path, first.path, second.path], 12):
        assert stored(path) in expected
    for kept in tmp_path.glob("*-before-restore*.ledger"):
        assert stored(kept) in expected


def test_anchors_of_a_branch_that_was_given_up_raise_no_alarm(ledger: Ledger) -> None:
    path = ledger.path
    assert path is not None
    backups = []
    for count in (1, 4):
        for _ in range(count):
            ledger.increase(BANK, 5)
        backups.append(ledger.backup().path)
    ledger.close()
    restore_backup(backups[0], path, frozen)
    with Ledger.open(path, clock=frozen) as again:
        again.increase(BANK, 7)
        again.increase(BANK, 7)
        again.backup()
    restore_backup(backups[1], path, frozen)
    with Ledger.open(path, clock=frozen) as last:
        assert last.verify().ok
        last.increase(BANK, 1)
        last.backup()
        assert last.verify().ok
