"""How is a book backed up, and put back? Through SQLite's own backup, checked, anchored, and never over anything."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tui_ledger.dates import Clock, local_day
from tui_ledger.errors import (
    BackupDamaged,
    BackupFailed,
    BookDamaged,
    BookNotMade,
    LedgerClosed,
    LedgerError,
    RestoreRefused,
)
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.anchors import (
    RESTORED,
    Anchor,
    anchor_file,
    anchor_files,
    standing_anchors,
    write_anchor,
)
from tui_ledger.ledger.copying import copy_into
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Head, read_head
from tui_ledger.ledger.locations import BACKUP_FOLDER, Server, free_file, located
from tui_ledger.ledger.migrations import open_file
from tui_ledger.ledger.placing import aside_of, put_in_place
from tui_ledger.ledger.replacing import replace_book
from tui_ledger.ledger.sqlite_database import SqliteBook
from tui_ledger.ledger.verification import Verification, verify
from tui_ledger.words import N_, Said

Progress = Callable[[int, int], None]
SUFFIX = ".backup.ledger"
_PAGES_AT_ONCE = 2_048


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked: its file, the end of its history, how many transactions it holds.

    `anchors` are the files in which its head was noted.
    """

    path: Path
    seq: int
    head: str
    transactions: int
    anchors: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A book that was put back: where, what was verified of it, and where what lay there before is kept now."""

    path: Path
    verification: Verification
    seq: int
    kept: Path | None


def back_up(database: BookDatabase, target: str | Path | None, clock: Clock, progress: Progress | None) -> Backup:
    """Writes a book as it stands now into a file of its own while others may go on writing, checks it, notes its head.

    Without a target `backups/NAME-DAY-CHANGE.backup.ledger` beside the book. The file is one, 0600, whole or not there.
    Raises BookExists for a target that exists, BackupFailed.
    """
    path = _default_path(database, local_day(clock)) if target is None else _file(database, target)
    if target is None:
        _make_folder(path.parent, database)
    try:
        head, transactions = _written(database, path, progress)
    except BookNotMade as refusal:
        raise BackupFailed(path=database.shown_path, reason=str(refusal.values.get("reason"))) from refusal
    anchor = Anchor.of(
        clock(), _key(database), head.seq, head.hash.hex(), transactions, purpose="backup", about=path.name
    )
    return Backup(path, head.seq, head.hash.hex(), transactions, _anchored(database.path, path, anchor))


def restore_backup(backup: str | Path, target: str | Path, clock: Clock, progress: Progress | None = None) -> Restored:
    """Puts a backup in the place of a book, or where none is. The backup is verified first, and stays.

    What lies at the target is moved aside, never lost. That the book goes back to an earlier head is noted among its
    anchors, so that `verify` takes it for meant. Raises BackupDamaged, RestoreRefused where another program has the
    book open or it is another book, UnsupportedDatabase; then everything is as it was.
    """
    place = located(target)
    if isinstance(place, Server):
        raise RestoreRefused(
            path=place.shown, reason=N_("a backup comes to an empty database on a server by `copy BACKUP URL`")
        )
    path, source = place.resolve(), _backup_file(backup)
    if source.exists() and path.exists() and source.samefile(path):
        raise RestoreRefused(path=str(path), reason=N_("it is the backup itself"))
    verification, head, key = _verified_backup(source, progress)
    kept = free_file(path.parent, f"{path.stem}-{local_day(clock).isoformat()}-before-restore", path.suffix)
    transactions = verification.checked["transactions"]
    was_there = replace_book(source, path, kept, key, lambda copy: flaw_of(copy, head, transactions))
    anchor = Anchor.of(clock(), key, head.seq, head.hash.hex(), transactions, purpose=RESTORED, about=source.name)
    with suppress(OSError):
        write_anchor(anchor_file(path), anchor)
    return Restored(path, verification, head.seq, was_there)


def anchors_of(database: BookDatabase) -> tuple[Anchor, ...]:
    """The anchors found beside a book and its backups; none for a book in memory or on a server, and none where damage
    hides which book it is."""
    if database.path is None:
        return ()
    try:
        key = _key(database)
    except LedgerClosed:
        raise
    except LedgerError:
        return ()
    return standing_anchors(anchor_files(database.path), key)


def note_head(database: BookDatabase, clock: Clock, purpose: str, about: str) -> None:
    """Notes the end of a book's history beside it; where that may not be written nothing is noted."""
    if database.path is None:
        return
    head = read_head(database)
    transactions = int(database.value("SELECT count(*) FROM transactions"))
    anchor = Anchor.of(clock(), _key(database), head.seq, head.hash.hex(), transactions, purpose=purpose, about=about)
    with suppress(OSError):
        write_anchor(anchor_file(database.path), anchor)


def _file(database: BookDatabase, target: str | Path) -> Path:
    found = located(target)
    if isinstance(found, Server):
        raise BackupFailed(path=database.shown_path, reason=N_("a backup is a file; `copy` writes to a server"))
    return found


def _default_path(database: BookDatabase, day: date) -> Path:
    """A free name in the folder `backups` beside the book."""
    if database.path is None:
        raise BackupFailed(path=database.shown_path, reason=N_("it has no folder of its own, so name the file"))
    book, seq = database.path.resolve(), read_head(database).seq
    folder = book.parent / BACKUP_FOLDER
    return free_file(folder, f"{book.stem}-{day.isoformat()}-{seq}", SUFFIX)


def _make_folder(folder: Path, database: BookDatabase) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        reason = Said("{first}: {second}", first=folder, second=system_reason(problem))
        raise BackupFailed(path=database.shown_path, reason=reason) from problem


def _written(database: BookDatabase, path: Path, progress: Progress | None) -> tuple[Head, int]:
    """Writes the backup aside, checks it there, and gives it its name; returns what it holds."""
    if database.in_write:
        raise BackupFailed(path=database.shown_path, reason=N_("a write is under way"))
    with aside_of(path) as aside:
        try:
            with database.reading():
                head = read_head(database)
                transactions = int(database.value("SELECT count(*) FROM transactions"))
                if isinstance(database, SqliteBook):
                    _copy_pages(database, aside, progress)
                else:
                    copy_into(database, aside, progress)
            make_one_file(aside)
            flaw = flaw_of(aside, head, transactions)
            if flaw is not None:
                raise BackupFailed(path=database.shown_path, reason=flaw)
        except (OSError, sqlite3.Error) as problem:
            raise BackupFailed(path=database.shown_path, reason=str(problem)) from problem
        put_in_place(aside, path)
    return head, transactions


def _copy_pages(database: SqliteBook, aside: Path, progress: Progress | None) -> None:
    """Every page as it is in the snapshot that is being read, whatever is written meanwhile."""

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(aside)) as copy:
        database.connection().backup(copy, pages=_PAGES_AT_ONCE, progress=told, sleep=0.05)


def make_one_file(path: Path) -> None:
    """Takes a book out of WAL mode: all of it is in the file itself, and reading it leaves nothing beside."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = delete")


def flaw_of(aside: Path, head: Head, transactions: int) -> str | Said | None:
    """What is wrong with a copy, read back: its file, its guards, the end of its history; None where nothing is."""
    try:
        with closing(open_file(aside, read_only=True)) as copy:
            said = copy.value("PRAGMA quick_check(1)")
            if said != "ok":
                return Said("the book's file is damaged: {said}", said=said)
            if read_head(copy) != head or copy.value("SELECT count(*) FROM transactions") != transactions:
                return N_("it does not hold what the book holds")
    except LedgerError as problem:
        return str(problem.values.get("reason", problem))
    return None


def _key(database: BookDatabase) -> str:
    return str(database.value("SELECT book_key FROM book WHERE id = 1"))


def _anchored(book: Path | None, backup: Path, anchor: Anchor) -> tuple[Path, ...]:
    """Notes the head beside the book, and beside the backup where that lies elsewhere; where it may be written."""
    name = f"{backup.name}.anchors" if book is None else anchor_file(book).name
    homes = [] if book is None else [anchor_file(book)]
    if book is None or backup.resolve().parent not in (homes[0].parent, homes[0].parent / BACKUP_FOLDER):
        homes.append(backup.resolve().parent / name)
    written = []
    for file in homes:
        with suppress(OSError):
            write_anchor(file, anchor)
            written.append(file)
    return tuple(written)


def _backup_file(backup: str | Path) -> Path:
    found = located(backup)
    if isinstance(found, Server):
        raise RestoreRefused(
            path=found.shown, reason=N_("a book on a server comes to a file by `copy`, not by `restore`")
        )
    return found


def _verified_backup(backup: Path, progress: Progress | None) -> tuple[Verification, Head, str]:
    try:
        with closing(open_file(backup, read_only=True)) as database:
            found = verify(database, progress)
            if not found.ok:
                first = found.discrepancies[0]
                raise BackupDamaged(
                    path=database.shown_path, reason=Said("`verify` finds {kind} wrong in it", kind=first.kind)
                )
            return found, read_head(database), _key(database)
    except BookDamaged as refusal:
        raise BackupDamaged(path=str(backup), reason=refusal.values.get("reason")) from refusal
