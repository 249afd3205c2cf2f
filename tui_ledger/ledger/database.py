"""How is a book opened, locked and written? The only place that connects, and that translates database errors."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import peewee as pw

from tui_ledger.errors import (
    BalanceTooLarge,
    BookBusy,
    BookDamaged,
    BookError,
    BookExists,
    BookNotFound,
    BookNotMade,
    BookReadOnly,
    BookRefused,
    BookReplaced,
    BookTooNew,
    BookUnwritable,
    InvalidText,
    LedgerClosed,
    LedgerError,
    NotABook,
)
from tui_ledger.ledger.guards import TRIGGERS
from tui_ledger.ledger.tables import INDEXES, TABLES

APPLICATION_ID = 0x74756C67
FORMAT = 1
OLDEST_SQLITE = (3, 37, 0)

Row = tuple[Any, ...]

_HEADER = b"SQLite format 3\x00"
_PRAGMAS = {
    "busy_timeout": 30_000,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "synchronous": "full",
    "mmap_size": 268_435_456,
}


class _Connection(sqlite3.Connection):
    """A connection that can be referred to weakly: it closes with its thread, or with the ledger."""


class BookDatabase:
    """One book's SQLite file (or memory): statements, reading snapshots, and writes that happen wholly or not at all.

    Each thread has its own connection; a book in memory has one, behind a lock.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._closed = False
        self._local = threading.local()
        self._memory_lock = threading.RLock() if path is None else None
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._identity = _identity(path) if path is not None else None
        self._peewee = self._make()

    @property
    def shown_path(self) -> str:
        return str(self.path) if self.path is not None else "the book in memory"

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """Runs one statement and returns its cursor; rows are tuples."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext():
            try:
                return self._peewee.execute_sql(sql, parameters)  # type: ignore[no-untyped-call]
            except (pw.PeeweeException, sqlite3.Error, OverflowError, UnicodeError) as problem:
                raise self.translated(problem) from problem

    def execute_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        """Runs one statement for each row of parameters; for imports, inside a write."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext():
            try:
                self._peewee.cursor().executemany(sql, parameters)  # type: ignore[no-untyped-call]
            except (pw.PeeweeException, sqlite3.Error, OverflowError, UnicodeError) as problem:
                raise self.translated(problem) from problem

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._memory_lock or contextlib.nullcontext():
            cursor = self.execute(sql, parameters)
            try:
                return cursor.fetchall()  # type: ignore[no-any-return]
            except (sqlite3.Error, UnicodeDecodeError) as problem:
                raise self.translated(problem) from problem

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._memory_lock or contextlib.nullcontext():
            cursor = self.execute(sql, parameters)
            try:
                found: Row | None = cursor.fetchone()
            except (sqlite3.Error, UnicodeDecodeError) as problem:
                raise self.translated(problem) from problem
            cursor.close()
            return found

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Rows one after the other, without holding them all."""
        cursor = self.execute(sql, parameters)
        try:
            yield from cursor
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            raise self.translated(problem) from problem

    @contextlib.contextmanager
    def write(self) -> Iterator[None]:
        """One write: all or nothing, durable when it returns. Inside another write it is a part of that one.

        Takes the write lock at once, so nothing read inside can change before it is written.
        """
        self._refuse_if_closed()
        if self.read_only:
            raise BookReadOnly(path=self.shown_path)
        with self._memory_lock or contextlib.nullcontext():
            if self.in_write:
                with self._translating(), self._peewee.savepoint():
                    yield
                return
            with self._translating():
                self._refuse_if_replaced()
                with self._peewee.transaction("IMMEDIATE"):
                    yield
                    self._refuse_if_replaced()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A snapshot: what is read inside belongs together, whatever is written meanwhile."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext():
            if self._peewee.in_transaction():
                yield
                return
            with self._translating(), self._peewee.transaction("DEFERRED"):
                yield

    @contextlib.contextmanager
    def decoding(self) -> Iterator[None]:
        """Around what turns rows into values: a row that damage made unreadable is BookDamaged."""
        try:
            yield
        except LedgerError:
            raise
        except (ValueError, TypeError, LookupError, AttributeError) as problem:
            raise BookDamaged(path=self.shown_path, reason=f"a row cannot be read: {problem}") from problem

    @property
    def in_write(self) -> bool:
        return bool(self._peewee.in_transaction())

    def after_commit(self, act: Callable[[], object]) -> None:
        """Calls `act` once the outermost write is on disk; never when it fails."""
        self._peewee.after_commit(act)

    @property
    def models(self) -> pw.Database:
        """What peewee queries name: `Model.select().execute(database.models)`."""
        return self._peewee

    def close(self) -> None:
        """Closes every thread's connection; again is harmless."""
        self._closed = True
        for connection in list(self._connections):
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def translated(self, problem: BaseException) -> LedgerError:
        """The ledger's own error for a database's; peewee can mask the cause, so the whole chain is looked at."""
        found = [str(link) for link in _chain(problem)]
        said = " / ".join(found)
        where = self.shown_path
        if self._closed:
            return LedgerClosed()
        if isinstance(problem, UnicodeEncodeError):
            return InvalidText(field="A text", reason="it holds a character no file can keep (half a pair)")
        if isinstance(problem, OverflowError):
            return BookRefused(path=where, reason="a number is too large")
        for sign, error in _SIGNS:
            if sign in said:
                return error(path=where, reason=next(text for text in found if sign in text))
        if any(isinstance(link, (sqlite3.IntegrityError, pw.IntegrityError)) for link in _chain(problem)):
            return BookRefused(path=where, reason=found[-1])
        return BookDamaged(path=where, reason=found[-1])

    @contextlib.contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (pw.PeeweeException, sqlite3.Error, UnicodeError) as problem:
            raise self.translated(problem) from problem

    def _make(self) -> pw.SqliteDatabase:
        owner = self

        class _Connections(pw.SqliteDatabase):
            def _connect(self) -> sqlite3.Connection:
                connection: _Connection = super()._connect()  # type: ignore[misc]
                owner._connections.add(connection)
                return connection

        if self.path is None:
            return _Connections(
                ":memory:",
                pragmas=_PRAGMAS,
                lock_type="IMMEDIATE",
                thread_safe=False,
                check_same_thread=False,
                factory=_Connection,
            )
        mode = "ro" if self.read_only else "rw"
        pragmas = {**_PRAGMAS, "query_only": 1} if self.read_only else _PRAGMAS
        return _Connections(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            pragmas=pragmas,
            lock_type="IMMEDIATE",
            check_same_thread=False,
            factory=_Connection,
        )

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise LedgerClosed

    def _refuse_if_replaced(self) -> None:
        if self.path is not None and _identity(self.path) != self._identity:
            raise BookReplaced(path=self.shown_path)


_SIGNS: tuple[tuple[str, type[BookError]], ...] = (
    ("locked", BookBusy),
    ("disk is full", BookUnwritable),
    ("disk I/O error", BookUnwritable),
    ("readonly", BookUnwritable),
    ("read-only", BookUnwritable),
    ("unable to open", BookUnwritable),
    ("not a database", NotABook),
    ("malformed", BookDamaged),
    ("balance BETWEEN", BalanceTooLarge),
    ("integer overflow", BalanceTooLarge),
)


def create_database(path: Path | None) -> BookDatabase:
    """A new, empty book; raises BookExists, BookNotMade. The file is 0600 and never replaces another."""
    _check_sqlite()
    if path is None:
        database = BookDatabase(None)
        _make_schema(database)
        return database
    _reserve(path)
    try:
        database = BookDatabase(path)
        # Before the log is begun: what says that the file is a book must stand in the file itself.
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA journal_mode = wal")
        _make_schema(database)
    except BaseException:
        discard_database(path)
        raise
    return database


def discard_database(path: Path) -> None:
    """Removes a book that could not be finished, with the files beside it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def open_database(path: Path, *, read_only: bool = False) -> BookDatabase:
    """An existing book; raises BookNotFound, NotABook, BookTooNew, BookDamaged and leaves the file untouched."""
    _check_sqlite()
    _check_header(path)
    database = BookDatabase(path, read_only=read_only)
    try:
        _check_schema(database)
    except BaseException:
        database.close()
        raise
    return database


def schema_fingerprint(database: BookDatabase) -> str:
    """A digest of every table, index and trigger as SQLite holds them."""
    found = database.rows(
        "SELECT type, name, sql FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY type, name"
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise BookError(reason=f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or later is needed.")


def _reserve(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BookExists(path=str(path)) from None
    except OSError as problem:
        raise BookNotMade(path=str(path), reason=problem.strerror or str(problem)) from None
    except ValueError:
        raise BookNotMade(path=repr(str(path)), reason="the name holds a character no file name can hold") from None


def _make_schema(database: BookDatabase) -> None:
    with database.write():
        for table in TABLES:
            pw.SchemaManager(table, database=database.models).create_all(safe=False)
        for statement in INDEXES + TRIGGERS:
            database.execute(statement)
        database.execute("INSERT INTO seal (value) VALUES (1)")
        fingerprint = schema_fingerprint(database)
        database.execute("INSERT INTO settings (name, value) VALUES ('schema', ?)", (f'"{fingerprint}"',))
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {FORMAT}")


def _check_header(path: Path) -> None:
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            raise NotABook(path=str(path), reason="it is a pipe")
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise BookNotFound(path=str(path)) from None
    except IsADirectoryError:
        raise NotABook(path=str(path), reason="it is a folder") from None
    except OSError as problem:
        raise BookUnwritable(path=str(path), reason=problem.strerror or str(problem)) from None
    if not header.startswith(_HEADER) or len(header) < 100:
        raise NotABook(path=str(path), reason="it is not an SQLite file" if header else "it is empty")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotABook(path=str(path), reason="another program's database")


def _check_schema(database: BookDatabase) -> None:
    found = database.value("PRAGMA user_version")
    if found > FORMAT:
        raise BookTooNew(path=database.shown_path, found=found, known=FORMAT)
    if found == 0:
        raise NotABook(path=database.shown_path, reason="its making was never finished")
    stored = database.value("SELECT value FROM settings WHERE name = 'schema'")
    if stored != f'"{schema_fingerprint(database)}"':
        raise BookDamaged(path=database.shown_path, reason="its tables or guards were changed")
    if database.value("SELECT count(*) FROM book") == 0:
        raise NotABook(path=database.shown_path, reason="its making was never finished")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _chain(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = problem
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
