"""How does a book of an older format become one of today's? In one write: it is the old one, or the new one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from tui_ledger.errors import BookNotBroughtUp
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger import flushing
from tui_ledger.ledger.database import FORMAT, BookDatabase
from tui_ledger.ledger.locations import BACKUP_FOLDER, aside_name, free_file
from tui_ledger.ledger.sqlite_database import (
    PATIENCE_SECONDS,
    SqliteBook,
    check_schema,
    make_table,
    note_schema,
    open_as_it_is,
    scratch_file,
)
from tui_ledger.ledger.tables import ADDED, MADE_ANEW, Table
from tui_ledger.words import N_, Said


def open_file(path: Path, *, read_only: bool = False, patience_seconds: float = PATIENCE_SECONDS) -> SqliteBook:
    """An existing book in today's format.

    One of an older format is brought up to date, a copy as it was kept in `backups` beside it; for reading only that is
    done in a copy of this program's own, and the file stays as it is. Raises BookNotBroughtUp, BookNotFound, NotABook,
    BookTooNew, BookDamaged.
    """
    database = open_as_it_is(path, read_only=read_only, patience_seconds=patience_seconds)
    try:
        if check_schema(database) == FORMAT:
            return database
        if read_only:
            return _copy_of_today(database)
        _bring_up(database)
    except BaseException:
        database.close()
        raise
    return database


def add_what_is_new(database: BookDatabase, found: int, make: Callable[[type[Table]], object]) -> None:
    """Makes what each format after `found` has over the one before; only inside a write. `make` makes a table."""
    for number in sorted(ADDED):
        if number > found:
            tables, statements = ADDED[number]
            for name in MADE_ANEW.get(number, ()):
                database.execute(f"DROP TABLE {name}")
            for table in tables:
                make(table)
            for statement in statements:
                database.execute(statement)


def _bring_up(database: SqliteBook) -> None:
    """Another program may have done it since the book was looked at: what counts is what stands under the lock."""
    with database.write():
        found = check_schema(database)
        if found < FORMAT:
            database.kept_copy = _keep(database, found)
            _bring_tables_up(database, found)


def _copy_of_today(old: SqliteBook) -> SqliteBook:
    """A book that must not be changed, copied to where nobody else sees it and brought up to date there."""
    made = scratch_file()
    try:
        with closing(old), old.reading():
            old.connection().backup(made.connection())
        with made.write():
            _bring_tables_up(made, check_schema(made))
    except BaseException:
        made.close()
        raise
    made.name, made.shown_path, made.read_only = old.name, old.shown_path, True
    return made


def _bring_tables_up(database: SqliteBook, found: int) -> None:
    add_what_is_new(database, found, lambda table: make_table(database, table))
    note_schema(database)


def _keep(database: SqliteBook, found: int) -> Path:
    """Copies a book's file as it is into the folder `backups` beside it; raises BookNotBroughtUp."""
    if database.path is None:
        raise BookNotBroughtUp(path=database.shown_path, reason=N_("it has no file to keep a copy of"))
    book = database.path.resolve()
    folder = book.parent / BACKUP_FOLDER
    aside = aside_name(folder / book.name)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _copy(book, aside)
        kept = free_file(folder, f"{book.stem}-format-{found}", ".backup.ledger")
        aside.rename(kept)
        flushing.flush_folder(folder)
    except (OSError, sqlite3.Error) as problem:
        with suppress(OSError):
            aside.unlink()
        reason = Said(
            "no copy could be kept in {folder}: {value}",
            folder=folder,
            value=system_reason(problem),
        )
        raise BookNotBroughtUp(path=database.shown_path, reason=reason) from problem
    return kept


def _copy(book: Path, aside: Path) -> None:
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    address = f"{book.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(aside)) as copy:
        old.backup(copy)
        copy.execute("PRAGMA journal_mode = delete")
    flushing.flush_file(aside)
