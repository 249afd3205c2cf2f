"""A backup is whole, checked and anchored: what is cut off behind it is noticed."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
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
    files_in,
    killed_at_moments,
    live,
    new_names,
    one_file,
    path_of,
    sell,
)
from tests.postgres_server import PostgresServer
from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.copying import copy_book

Stored = Callable[[Path | str], dict[str, Any]]
DAMAGES = int(os.environ.get("TUI_LEDGER_TEST_DAMAGES", "12"))


@pytest.fixture
def ledger(sqlite_book: Ledger) -> Iterator[Ledger]:
    """A book in a file with something of everything."""
    with sqlite_book as found:
        yield live(found)


def test_a_backup_holds_every_row_of_the_book(ledger: Ledger, tmp_path: Path, stored: Stored) -> None:
    made = ledger.backup(tmp_path / "copy.ledger")
    assert (made.path, made.seq, made.head) == (tmp_path / "copy.ledger", ledger.revision, ledger.head)
    assert made.transactions == len(ledger.journal())
    assert stored(made.path) == stored(path_of(ledger))
    with Ledger.open(made.path) as copy:
        assert copy.verify(replay=True).ok


def test_a_backup_is_one_file_that_only_its_owner_reads(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup()
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    with Ledger.open(made.path, read_only=True) as copy:
        assert copy.verify().ok
    assert files_in(made.path.parent) == [made.path.name]


def test_a_backup_is_named_after_the_book_the_day_and_the_last_change(ledger: Ledger, tmp_path: Path) -> None:
    name = f"shop-2026-06-15-{ledger.revision}"
    assert ledger.backup().path == tmp_path / "backups" / f"{name}.backup.ledger"
    assert ledger.backup().path == tmp_path / "backups" / f"{name}-2.backup.ledger"


def test_a_backup_never_replaces_a_file(ledger: Ledger, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for taken in (other, path_of(ledger), link):
        with pytest.raises(errors.BookExists):
            ledger.backup(taken)
    assert other.read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(errors.BookError, match="no folder"):
        ledger.backup(tmp_path / "nowhere" / "copy.ledger")
    assert new_names(tmp_path) == ["link", "other"] or new_names(tmp_path) == ["other"]


def test_a_backup_while_others_write_is_the_book_at_one_moment(ledger: Ledger, tmp_path: Path) -> None:
    """Every page of it belongs to the same head, however many acts come in between."""
    ledger.post_batch(Draft(ledger.today, "Many", (debit(BANK, 1), credit(SALES, 1))) for _ in range(9000))
    before = ledger.revision
    wrote: list[int] = []

    def write(done: int, total: int) -> None:
        writer = threading.Thread(target=lambda: wrote.append(sell(ledger)))
        writer.start()
        writer.join()

    made = ledger.backup(tmp_path / "copy.ledger", progress=write)
    assert wrote
    assert ledger.revision == before + len(wrote)
    assert made.seq == before
    with Ledger.open(made.path) as copy:
        assert copy.revision == before
        assert copy.verify().ok


def test_a_backup_that_is_stopped_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    for target in (None, tmp_path / "copy.ledger"):
        with pytest.raises(KeyboardInterrupt):
            ledger.backup(target, progress=stop)
    assert new_names(tmp_path) == []
    assert sell(ledger)


def test_a_backup_killed_at_any_moment_is_whole_or_not_there(ledger: Ledger, tmp_path: Path) -> None:
    ledger.post_batch(Draft(ledger.today, "Many", (debit(BANK, 1), credit(SALES, 1))) for _ in range(4000))
    ledger.close()
    act = "with Ledger.open(sys.argv[2]) as ledger:\n    ledger.backup()\n    ledger.backup()"
    for _ in killed_at_moments("from tui_ledger.ledger import Ledger", act, [tmp_path / "shop.ledger"], 12):
        pass
    made = sorted((tmp_path / "backups").glob("*.backup.ledger"))
    assert made
    for path in made:
        with Ledger.open(path, read_only=True) as copy:
            assert copy.verify().ok
    assert anchor_kinds(tmp_path / "shop.ledger") == []


def test_a_damaged_book_is_not_backed_up(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    path = path_of(ledger)
    one_file(path)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'changes_by_key'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(content)
    with Ledger.open(path) as bent, pytest.raises(errors.LedgerError):
        bent.backup()
    assert list(tmp_path.rglob("*.backup.ledger")) == []
    assert list(tmp_path.rglob("*.part")) == []


def test_a_book_on_a_server_is_backed_up_into_a_file(postgres_book: Ledger, tmp_path: Path, stored: Stored) -> None:
    with live(postgres_book) as ledger:
        with pytest.raises(errors.BackupFailed, match="name the file"):
            ledger.backup()
        made = ledger.backup(tmp_path / "copy.ledger")
        assert made.head == ledger.head
        assert files_in(tmp_path) == ["copy.ledger", "copy.ledger.anchors"]
        changes = stored(ledger.place)["changes"]
    assert stored(made.path)["changes"] == changes
    with Ledger.open(made.path) as copy:
        assert copy.verify(replay=True).ok


def test_a_backup_goes_to_no_server(ledger: Ledger) -> None:
    with pytest.raises(errors.BackupFailed, match="copy"):
        ledger.backup("postgresql://ann@host/shop")


def test_a_book_in_memory_is_backed_up_where_it_is_told(tmp_path: Path) -> None:
    with Ledger.in_memory("EUR", clock=frozen) as ledger:
        with pytest.raises(errors.BackupFailed, match="name the file"):
            ledger.backup()
        made = ledger.backup(tmp_path / "copy.ledger")
        assert made.head == ledger.head
    with Ledger.open(made.path) as copy:
        assert copy.verify().ok


def test_a_backup_inside_of_a_write_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.write():
        sell(ledger)
        with pytest.raises(errors.BackupFailed, match="under way"):
            ledger.backup(tmp_path / "copy.ledger")


def test_a_read_only_book_can_be_backed_up(ledger: Ledger, tmp_path: Path) -> None:
    with Ledger.open(path_of(ledger), read_only=True, clock=frozen) as reading:
        assert reading.backup(tmp_path / "copy.ledger").head == ledger.head


def test_an_end_that_was_cut_off_is_noticed_by_the_anchor_of_a_backup(ledger: Ledger) -> None:
    number = sell(ledger)
    ledger.backup()
    head, seq = ledger.head, ledger.revision
    ledger.close()
    cut_off_the_end(path_of(ledger), number, seq)
    with Ledger.open(path_of(ledger)) as cut:
        (found,) = cut.verify().discrepancies
    assert found.kind == "anchor"
    assert f"change {seq}" in str(found.expected)
    assert head in str(found.expected)
    assert found.found == f"the history ends at change {seq - 1}"


def test_another_end_in_its_place_is_noticed_too(ledger: Ledger) -> None:
    number = sell(ledger)
    ledger.backup()
    seq = ledger.revision
    ledger.close()
    cut_off_the_end(path_of(ledger), number, seq)
    with Ledger.open(path_of(ledger), clock=frozen) as cut:
        sell(cut, 9)
        (found,) = cut.verify().discrepancies
        assert found.kind == "anchor"
        assert "another hash" in str(found.found)


def test_an_older_file_in_the_book_s_place_is_noticed(ledger: Ledger, tmp_path: Path) -> None:
    first = ledger.backup(tmp_path / "first.ledger")
    sell(ledger)
    ledger.backup(tmp_path / "second.ledger")
    ledger.close()
    one_file(path_of(ledger))
    path_of(ledger).write_bytes(first.path.read_bytes())
    assert anchor_kinds(path_of(ledger)) == ["anchor"]


def test_a_book_that_grew_passes_its_anchors(ledger: Ledger) -> None:
    for _ in range(3):
        sell(ledger)
        ledger.backup()
    sell(ledger)
    assert ledger.verify(replay=True).ok


def test_the_anchors_of_another_book_of_the_same_name_do_not_count(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup()
    ledger.close()
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"shop.ledger{suffix}").unlink(missing_ok=True)
    with Ledger.create(tmp_path / "shop.ledger") as other:
        assert other.verify().ok


def test_lines_that_cannot_be_read_are_passed_over_and_written_behind(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "shop.ledger.anchors"
    ledger.backup()
    whole = file.read_bytes()
    file.write_bytes(b"\xff\x00 nonsense\n[1]\n{}\n" + b"[" * 10_000 + b"\n" + whole + whole[: len(whole) // 2])
    assert ledger.verify().ok
    ledger.backup()
    assert len([line for line in file.read_bytes().splitlines() if line.startswith(b'{"about"')]) == 3
    assert json.loads(file.read_bytes().splitlines()[-1])["seq"] == ledger.revision
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_elsewhere_has_its_anchor_beside_it_too(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = ledger.backup(tmp_path / "stick" / "a.ledger")
    assert made.anchors == (tmp_path / "shop.ledger.anchors", tmp_path / "stick" / "shop.ledger.anchors")
    assert made.anchors[0].read_bytes() == made.anchors[1].read_bytes()


def test_where_no_anchor_may_be_written_the_backup_stands(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "shop.ledger.anchors").mkdir()
    made = ledger.backup()
    assert made.anchors == ()
    assert made.path.exists()


def test_a_backup_of_a_server_s_book_goes_back_by_copy(
    postgres_book: Ledger, postgres_server: PostgresServer, new_database: Callable[[], str], tmp_path: Path
) -> None:
    with live(postgres_book) as ledger:
        made = ledger.backup(tmp_path / "copy.ledger")
        head = ledger.head
    assert copy_book(made.path, postgres_server.url(new_database())).head == head
