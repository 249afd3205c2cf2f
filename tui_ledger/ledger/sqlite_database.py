"""How does a book live in an SQLite file? Made, opened, checked, and noticed when it is replaced."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from tui_ledger.errors import (
    BalanceTooLarge,
    BookBusy,
    BookDamaged,
    BookError,
    BookExists,
    BookNotFound,
    BookNotMade,
    BookOverwritten,
    BookRefused,
    BookReplaced,
    BookTooNew,
    BookUnwritable,
    LedgerError,
    NotABook,
)
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger import held_files
from tui_ledger.ledger.database import FORMAT, BookDatabase, like_pattern, loose_pattern
from tui_ledger.ledger.peewee_alone import pw
from tui_ledger.ledger.sqlite_guards import TRIGGERS
from tui_ledger.ledger.tables import INDEXES, TABLES, SqliteTables, Table
from tui_ledger.ledger.written_over import Told, WrittenOver, told_by
from tui_ledger.text import folded
from tui_ledger.words import N_, Said

APPLICATION_ID = 0x74756C67
OLDEST_SQLITE = (3, 37, 0)

PATIENCE_SECONDS = 30.0
"""How long a write waits for another program's, unless the caller is less patient."""

_HEADER = b"SQLite format 3\x00"
_PRAGMAS: dict[str, int | str] = {
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


class SqliteBook(BookDatabase):
    """A book in a file of its own, or in memory."""

    driver_error: ClassVar[type[Exception]] = sqlite3.Error
    reading_mode: ClassVar[str] = "DEFERRED"
    writing_mode: ClassVar[str] = "IMMEDIATE"
    table_itself: ClassVar[str] = " NOT INDEXED"
    by_cleared: ClassVar[str] = " INDEXED BY cleared_postings"
    # Where a book without a path lives: in memory.
    nameless: ClassVar[str] = ":memory:"
    pragmas: ClassVar[dict[str, int | str]] = _PRAGMAS

    def __init__(
        self, path: Path | None, *, read_only: bool = False, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._patience = {"busy_timeout": int(patience_seconds * 1000)}
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._identity = None if path is None else held_files.hold(path)
        self._let_go = weakref.finalize(self, held_files.let_go, self._identity)
        self._written_over = None if path is None else WrittenOver(path)
        name, shown = ("memory", N_("the book in memory")) if path is None else (path.stem, str(path))
        super().__init__(path, name, shown, read_only=read_only, one_connection=path is None)

    def faults(self) -> Iterator[tuple[str, str | Said]]:
        for (said,) in self.rows("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield "file", said
        for table in ("accounts", "account_attributes", "prices", "tax_codes", "attachments"):
            for row in self.rows(f"PRAGMA foreign_key_check({table})"):
                yield "foreign-key", Said("{table} refers to a missing row of {other}", table=row[0], other=row[2])

    def connection(self) -> sqlite3.Connection:
        """This thread's own connection, for what only SQLite can: its backup."""
        self._refuse_if_closed()
        with self._translating():
            connection: sqlite3.Connection = self._peewee.connection()
            return connection

    @property
    def checks_beside(self) -> bool:
        return self.path is not None and not self.in_write

    @property
    def patience_seconds(self) -> float:
        return 0.0 if self.path is None else self._patience["busy_timeout"] / 1000

    @contextlib.contextmanager
    def hurried(self, seconds: float) -> Iterator[None]:
        usual = self._patience["busy_timeout"]
        self.execute(f"PRAGMA busy_timeout = {min(usual, int(seconds * 1000))}")
        try:
            yield
        finally:
            with contextlib.suppress(LedgerError):
                self.execute(f"PRAGMA busy_timeout = {usual}")

    def interruption(self) -> Callable[[], object]:
        if self.path is None:
            return super().interruption()
        connection = self.connection()

        def interrupt() -> None:
            with contextlib.suppress(sqlite3.ProgrammingError):
                connection.interrupt()

        return interrupt

    def containing(self, column: str, text: str) -> tuple[str, tuple[object, ...]]:
        like = f"coalesce({column}, '') LIKE ? ESCAPE '\\'"
        if text.isascii():
            return like, (like_pattern(text),)
        foreign = f"coalesce({column}, '') GLOB '*[^ -~]*'"
        return f"({like} AND {foreign} AND instr(folded({column}), ?) > 0)", (loose_pattern(text), folded(text))

    def schema_fingerprint(self) -> str:
        found = self.rows(
            "SELECT type, name, sql FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY type, name"
        )
        return hashlib.sha256(repr(found).encode()).hexdigest()

    def _make(self) -> pw.SqliteDatabase:
        connections, path, held, shown = self._connections, self.path, self._identity, self.shown_path

        class _Connections(pw.SqliteDatabase):
            def _connect(self) -> sqlite3.Connection:
                # To another file of that name our log would be its own, and be written into it.
                if path is not None and held_files.identity(path) != held:
                    _empty_log(connections)
                    raise BookReplaced(path=shown)
                connection: _Connection = super()._connect()  # type: ignore[misc]
                connection.create_function("folded", 1, folded, deterministic=True)
                connections.add(connection)
                return connection

        if self.path is None:
            return _Connections(
                self.nameless,
                uri=True,
                pragmas=self.pragmas,
                lock_type="IMMEDIATE",
                thread_safe=False,
                check_same_thread=False,
                factory=_Connection,
            )
        mode = "ro" if self.read_only else "rw"
        pragmas = {**self.pragmas, **self._patience, **({"query_only": 1} if self.read_only else {})}
        return _Connections(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            pragmas=pragmas,
            lock_type="IMMEDIATE",
            check_same_thread=False,
            factory=_Connection,
        )

    def _named(self, chain: list[BaseException]) -> LedgerError:
        found = [str(link) for link in chain]
        said = " / ".join(found)
        for sign, error in _SIGNS:
            if sign in said:
                if error is BookDamaged and self._was_written_over():
                    return BookOverwritten(path=self.shown_path)
                return error(path=self.shown_path, reason=next(text for text in found if sign in text))
        if any(isinstance(link, (sqlite3.IntegrityError, pw.IntegrityError)) for link in chain):
            return BookRefused(path=self.shown_path, reason=found[-1])
        return BookDamaged(path=self.shown_path, reason=found[-1])

    def _close_connections(self) -> None:
        was_written_over = self._was_written_over()
        if was_written_over and self._written_over is not None:
            self._written_over.drop_log()
        for connection in list(self._connections):
            with contextlib.suppress(sqlite3.Error):
                if was_written_over:
                    # Else closing it would make what lies there as long as the book was.
                    connection.execute("PRAGMA mmap_size = 0")
                connection.close()
        self._let_go()

    def _refuse_if_replaced(self) -> None:
        if self.path is not None and held_files.identity(self.path) != self._identity:
            _empty_log(self._connections)
            raise BookReplaced(path=self.shown_path)
        if self._was_written_over():
            raise BookOverwritten(path=self.shown_path)

    def _refuse_if_closed(self) -> None:
        super()._refuse_if_closed()
        # What is read now belongs to no one book.
        if self._written_over is not None and self._written_over.is_known:
            raise BookOverwritten(path=self.shown_path)

    def _was_written_over(self) -> bool:
        if self._written_over is None or held_files.identity(self._written_over.path) != self._identity:
            return False
        return self._written_over.look(self._told_by_book)

    def _told_by_book(self, seq: int) -> Told | None:
        try:
            return told_by(self._peewee.connection(), seq)
        except (sqlite3.Error, pw.PeeweeException):
            return None


class _ScratchBook(SqliteBook):
    """A book of this program's own, in a file that no one else sees and that is gone when it ends, however it ends."""

    nameless: ClassVar[str] = "file:"
    pragmas: ClassVar[dict[str, int | str]] = {
        **_PRAGMAS,
        "journal_mode": "memory",
        "synchronous": "off",
        "cache_size": -65_536,
    }


class _DamagedBook(SqliteBook):
    """A book that may be damaged, to read what can be read: what makes no sense in its schema is passed over."""

    pragmas: ClassVar[dict[str, int | str]] = {"writable_schema": 1, **_PRAGMAS}


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


def create_file(path: Path | None) -> SqliteBook:
    """A new, empty book; raises BookExists, BookNotMade. The file is 0600 and never replaces another."""
    _check_sqlite()
    if path is None:
        database = SqliteBook(None)
        _make_schema(database)
        return database
    _reserve(path)
    try:
        database = SqliteBook(path)
        # Before the log is begun: what says that the file is a book must stand in the file itself.
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA journal_mode = wal")
        _make_schema(database)
    except BaseException:
        discard_file(path)
        raise
    return database


def discard_file(path: Path) -> None:
    """Removes a book that could not be finished, with the files beside it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def open_as_it_is(path: Path, *, read_only: bool = False, patience_seconds: float = PATIENCE_SECONDS) -> SqliteBook:
    """An existing book, of an older format perhaps (`check_schema` tells); `migrations` brings it up to date.

    Raises BookNotFound, NotABook, BookTooNew, BookDamaged and leaves the file untouched.
    """
    _check_sqlite()
    _check_header(path)
    database = SqliteBook(path, read_only=read_only, patience_seconds=patience_seconds)
    try:
        check_schema(database)
    except BaseException:
        database.close()
        raise
    return database


def scratch_book() -> SqliteBook:
    """A new, empty book to work things out in; nothing of it is left when it is closed or the program ends."""
    database = scratch_file()
    _make_schema(database)
    return database


def scratch_file() -> SqliteBook:
    """A file without a name, for a book to be made or copied into; it is gone when it is closed."""
    _check_sqlite()
    return _ScratchBook(None)


def open_damaged_file(path: Path) -> SqliteBook:
    """A book of which only its history will be read, whatever its tables and guards look like.

    Raises BookNotFound, NotABook.
    """
    _check_sqlite()
    _check_header(path)
    return _DamagedBook(path, read_only=True)


def make_table(database: SqliteBook, table: type[Table]) -> None:
    """One table of a book, with its indexes."""
    SqliteTables(table, database=database.models).create_all(safe=False)


def note_schema(database: SqliteBook) -> None:
    """Writes into the book what its tables and guards look like, and the number of its format."""
    fingerprint = f'"{database.schema_fingerprint()}"'
    database.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('schema', ?)", (fingerprint,))
    database.execute(f"PRAGMA user_version = {FORMAT}")


def check_schema(database: SqliteBook) -> int:
    """The number of a book's format; raises BookTooNew, NotABook, BookDamaged."""
    found = int(database.value("PRAGMA user_version"))
    if found > FORMAT:
        raise BookTooNew(path=database.shown_path, found=found, known=FORMAT)
    if found == 0:
        raise NotABook(path=database.shown_path, reason=N_("its making was never finished"))
    stored = database.value("SELECT value FROM settings WHERE name = 'schema'")
    if stored != f'"{database.schema_fingerprint()}"':
        raise BookDamaged(path=database.shown_path, reason=N_("its tables or guards were changed"))
    if database.value("SELECT count(*) FROM book") == 0:
        raise NotABook(path=database.shown_path, reason=N_("its making was never finished"))
    return found


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise BookError(
            reason=Said(
                "SQLite {sqlite_version} is too old: 3.37 or later is needed.", sqlite_version=sqlite3.sqlite_version
            )
        )


def _reserve(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BookExists(path=str(path)) from None
    except OSError as problem:
        raise BookNotMade(path=str(path), reason=system_reason(problem)) from None
    except ValueError:
        raise BookNotMade(path=repr(str(path)), reason=N_("the name holds a character no file name can hold")) from None


def _make_schema(database: SqliteBook) -> None:
    with database.write():
        for table in TABLES:
            make_table(database, table)
        for statement in INDEXES + TRIGGERS:
            database.execute(statement)
        database.execute("INSERT INTO seal (value) VALUES (1)")
        note_schema(database)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _check_header(path: Path) -> None:
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            raise NotABook(path=str(path), reason=N_("it is a pipe"))
        header = held_files.unless_held(path, lambda: _first_bytes(path))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise BookNotFound(path=str(path)) from None
    except IsADirectoryError:
        raise NotABook(path=str(path), reason=N_("it is a folder")) from None
    except OSError as problem:
        raise BookUnwritable(path=str(path), reason=system_reason(problem)) from None
    if header is None:
        return
    if not header.startswith(_HEADER) or len(header) < 100:
        raise NotABook(path=str(path), reason=N_("it is not an SQLite file") if header else N_("it is empty"))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotABook(path=str(path), reason=N_("another program's database"))


def _empty_log(connections: weakref.WeakSet[_Connection]) -> None:
    """Writes what a log holds into the file it belongs to, wherever that is now: whatever lies in its old place would
    take a log of that name for its own."""
    for connection in list(connections):
        with contextlib.suppress(sqlite3.Error):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)
