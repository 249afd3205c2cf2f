"""`older/format-N.ledger.gz` was written by a program that knew the formats up to N alone."""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.conftest import frozen
from tests.postgres_server import PostgresServer
from tui_ledger.errors import BookDamaged, BookNotBroughtUp, BookReadOnly, BookTooNew, BookTooOld
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.backups import restore_backup
from tui_ledger.ledger.copying import copy_book
from tui_ledger.ledger.database import FORMAT, BookDatabase
from tui_ledger.ledger.tables import ADDED

HEAD_OF_THE_OLD_BOOK = 11


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    return unpacked(tmp_path, 1)


def unpacked(folder: Path, number: int) -> Path:
    """The book of an older format in a file of its own."""
    path = folder / "shop.ledger"
    packed = Path(__file__).parent / "older" / f"format-{number}.ledger.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def format_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_older_book_is_brought_up_to_date_and_says_what_it_said(old_book: Path) -> None:
    with Ledger.open(old_book) as ledger:
        assert str(ledger.balance("Assets:Bank").amount) == "126.00"
        assert ledger.closed_through is not None
        assert ledger.revision == HEAD_OF_THE_OLD_BOOK
        assert ledger.verify(replay=True).ok
        ledger.attach(1, "https://example.org/12")
        assert [one.address for one in ledger.attachments(1)] == ["https://example.org/12"]
    assert format_of(old_book) == FORMAT


def test_a_book_of_format_2_keeps_what_it_has_and_takes_tax_rates(tmp_path: Path) -> None:
    path = unpacked(tmp_path, 2)
    with Ledger.open(path, clock=frozen) as ledger:
        assert ledger.kept_copy == tmp_path / "backups" / "shop-format-2.backup.ledger"
        assert (format_of(path), format_of(ledger.kept_copy), ledger.revision) == (FORMAT, 2, 13)
        assert str(ledger.balance("Assets:Bank").amount) == "119.00"
        assert [one.address for one in ledger.attachments(1)] == ["https://example.org/12"]
        assert [one.name for one in ledger.users()] == ["Bea"]
        assert [one.key for one in ledger.parties()] == ["ann"]
        assert ledger.sign_in("Bea", "correct horse battery").signed_in is not None
        assert ledger.transaction(3).reverses == 2
        assert ledger.tax_rates() == ()
        assert ledger.verify(replay=True).ok
        ledger.set_tax_rate("standard", 19, account="Liabilities:VAT", date_from="2026-02-01")
        posted = ledger.post("Sale", debit("Assets:Bank", 119), credit("Income:Sales", 119), tax="gross")
        assert [str(one.amount) for one in posted.postings] == ["119.00 EUR", "-100.00 EUR", "-19.00 EUR"]
        assert ledger.verify(replay=True).ok


def test_a_book_of_format_2_is_read_copied_and_restored_as_one_of_format_1_is(tmp_path: Path) -> None:
    path = unpacked(tmp_path, 2)
    before, backup = digest(path), shutil.copy(path, tmp_path / "old.backup.ledger")
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.tax_rates() == ()
        assert ledger.verify(replay=True).ok
    copy_book(path, tmp_path / "copy.ledger")
    assert (digest(path), format_of(tmp_path / "copy.ledger")) == (before, FORMAT)
    with Ledger.open(path) as ledger:
        ledger.set_tax_rate("zero", 0)
    assert restore_backup(backup, path, frozen).verification.ok
    with Ledger.open(path) as ledger:
        assert (ledger.tax_rates(), ledger.revision) == ((), 13)


@pytest.mark.parametrize("number", [1, 2])
def test_a_book_brought_up_is_made_like_a_new_one(number: int, tmp_path: Path) -> None:
    old_book = unpacked(tmp_path, number)
    with Ledger.open(old_book) as brought_up, Ledger.create(tmp_path / "new.ledger") as new:
        assert brought_up._database.schema_fingerprint() == new._database.schema_fingerprint()


def test_the_book_as_it_was_is_kept_beside_it(old_book: Path) -> None:
    with Ledger.open(old_book) as ledger:
        kept = ledger.kept_copy
    assert kept == old_book.parent / "backups" / "shop-format-1.backup.ledger"
    assert (format_of(kept), kept.stat().st_mode & 0o777) == (1, 0o600)
    with Ledger.open(old_book) as again:
        assert again.kept_copy is None
    assert len(list(kept.parent.iterdir())) == 1


def test_a_copy_kept_before_is_not_written_over(old_book: Path) -> None:
    (old_book.parent / "backups").mkdir()
    taken = old_book.parent / "backups" / "shop-format-1.backup.ledger"
    taken.write_text("mine")
    with Ledger.open(old_book) as ledger:
        assert ledger.kept_copy is not None
        assert ledger.kept_copy.name == "shop-format-1-2.backup.ledger"
    assert taken.read_text() == "mine"


def test_reading_only_leaves_an_older_book_as_it_is(old_book: Path) -> None:
    before = digest(old_book)
    with Ledger.open(old_book, read_only=True) as ledger:
        assert str(ledger.balance("Assets:Bank").amount) == "126.00"
        assert (ledger.attachments(), ledger.name, ledger.place) == ((), "shop", str(old_book))
        assert ledger.verify(replay=True).ok
        with pytest.raises(BookReadOnly):
            ledger.undo()
    assert (digest(old_book), (old_book.parent / "backups").exists()) == (before, False)


def test_without_a_place_for_the_copy_nothing_is_brought_up(old_book: Path) -> None:
    (old_book.parent / "backups").write_text("a file where the folder should be")
    before = digest(old_book)
    with pytest.raises(BookNotBroughtUp, match="no copy could be kept in"):
        Ledger.open(old_book)
    assert digest(old_book) == before


def test_a_damaged_older_book_is_not_brought_up(old_book: Path) -> None:
    connection = sqlite3.connect(old_book)
    connection.execute("DROP TRIGGER " + connection.execute(_ANY_TRIGGER).fetchone()[0])
    connection.close()
    with pytest.raises(BookDamaged):
        Ledger.open(old_book)
    assert (format_of(old_book), (old_book.parent / "backups").exists()) == (1, False)


_ANY_TRIGGER = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name LIMIT 1"


def test_a_backup_of_an_older_book_is_verified_and_put_back(old_book: Path, tmp_path: Path) -> None:
    backup = shutil.copy(old_book, tmp_path / "old.backup.ledger")
    with Ledger.open(old_book) as ledger:
        ledger.attach(1, "https://example.org/12")
    restored = restore_backup(backup, old_book, frozen)
    assert restored.verification.ok
    with Ledger.open(old_book) as ledger:
        assert (ledger.attachments(), ledger.revision) == ((), HEAD_OF_THE_OLD_BOOK)


def test_an_older_book_is_copied_into_a_new_one(old_book: Path, tmp_path: Path) -> None:
    before = digest(old_book)
    copy_book(old_book, tmp_path / "copy.ledger")
    assert (digest(old_book), format_of(tmp_path / "copy.ledger")) == (before, FORMAT)


def _open(path: str) -> tuple[int, bool]:
    with Ledger.open(path) as ledger:
        return ledger.revision, ledger.kept_copy is not None


def test_of_programs_that_open_it_at_once_one_brings_it_up(old_book: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.map(_open, [str(old_book)] * 8)
    assert {revision for revision, _ in found} == {HEAD_OF_THE_OLD_BOOK}
    assert sum(kept for _, kept in found) == 1
    assert len(list((old_book.parent / "backups").iterdir())) == 1


_DIES_AT = """
import os, sys
from tui_ledger.ledger import Ledger, migrations
from tui_ledger.ledger.database import BookDatabase

left = int(sys.argv[2])
execute = BookDatabase.execute

def counted(self, sql, parameters=()):
    global left
    if sql.startswith(("CREATE", "PRAGMA user_version =", "INSERT OR REPLACE")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
    return execute(self, sql, parameters)

BookDatabase.execute = counted
Ledger.open(sys.argv[1]).close()
"""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_killed_on_the_way_it_is_the_old_book_still(old_book: Path, step: int) -> None:
    died = subprocess.run([sys.executable, "-c", _DIES_AT, str(old_book), str(step)], check=False)
    assert died.returncode == -9
    with Ledger.open(old_book, read_only=True) as before:
        assert before.revision == HEAD_OF_THE_OLD_BOOK
    assert format_of(old_book) == 1
    with Ledger.open(old_book) as ledger:
        assert ledger.verify(replay=True).ok
    assert format_of(old_book) == FORMAT


def test_a_book_of_a_later_program_is_refused_as_before(old_book: Path) -> None:
    connection = sqlite3.connect(old_book)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(BookTooNew):
        Ledger.open(old_book)


_TAX_CODES_OF_FORMAT_2 = (
    'CREATE TABLE tax_codes (code TEXT COLLATE "C" NOT NULL, date_from TEXT COLLATE "C" NOT NULL, '
    'rate TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C", PRIMARY KEY (code, date_from))'
)


@pytest.fixture(params=[1, 2])
def old_book_on_a_server(
    postgres_server: PostgresServer, new_database: Callable[..., str], request: pytest.FixtureRequest
) -> str:
    """A book on a server with nothing of what later formats brought."""
    url = postgres_server.url(new_database())
    with Ledger.create(url) as ledger:
        database = ledger._database
        with database.write():
            for number in sorted(ADDED, reverse=True):
                if number > request.param:
                    _take_out(database, number)
            database.execute(_TAX_CODES_OF_FORMAT_2)
            kept = json.dumps({"fingerprint": database.schema_fingerprint(), "format": request.param})
            database.execute("UPDATE settings SET value = ? WHERE name = 'schema'", (kept,))
    return url


def _take_out(database: BookDatabase, number: int) -> None:
    """Takes out what a format has over the one before."""
    for statement in ADDED[number][1]:
        database.execute(f"DROP INDEX {statement.split()[2]}")
    for table in reversed(ADDED[number][0]):
        database.execute(f"DROP TABLE {table.shape().table_name}")


def test_an_older_book_on_a_server_is_brought_up_to_date(
    old_book_on_a_server: str, postgres_server: PostgresServer, new_database: Callable[..., str]
) -> None:
    with pytest.raises(BookTooOld, match="open it once for writing"):
        Ledger.open(old_book_on_a_server, read_only=True)
    with Ledger.open(old_book_on_a_server) as ledger:
        assert ledger.attachments() == ()
        found = ledger._database.schema_fingerprint()
    with (
        Ledger.open(old_book_on_a_server, read_only=True) as ledger,
        Ledger.create(postgres_server.url(new_database())) as new,
    ):
        assert (ledger._database.schema_fingerprint(), found) == (new._database.schema_fingerprint(),) * 2
