"""How does a book live in a PostgreSQL database? Made, opened and checked there; one book a schema.

A write begins by locking the book's row, so that numbers and history have one order whatever else is written at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import re
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import psycopg
from psycopg.types.numeric import Int8Dumper

from tui_ledger.errors import (
    BookDamaged,
    BookError,
    BookExists,
    BookNotFound,
    BookNotMade,
    BookReplaced,
    BookTooNew,
    BookTooOld,
    LedgerError,
    NotABook,
)
from tui_ledger.ledger.database import FORMAT, BookDatabase, Result, Row, like_pattern, loose_pattern
from tui_ledger.ledger.locations import Server
from tui_ledger.ledger.migrations import add_what_is_new
from tui_ledger.ledger.peewee_alone import pw
from tui_ledger.ledger.postgres_errors import LostAtCommit, connection_refused, named, passing
from tui_ledger.ledger.postgres_guards import guards
from tui_ledger.ledger.tables import INDEXES, TABLES, PostgresTables, Table
from tui_ledger.text import folded
from tui_ledger.words import N_, Said

OLDEST_SERVER = 150_000
WAITS_SECONDS = (0.0, 0.2, 1.0)

_ROWS_AT_ONCE = 2_000
_TABLE_NAMES = [str(table.shape().table_name) for table in TABLES]
# Held while a book is made, so that two programs do not make one at the same place.
_MAKING_LOCK = 0x74756C67

_SESSION = (
    "SELECT set_config('lock_timeout', '30s', false), set_config('jit', 'off', false), "
    "set_config('default_transaction_read_only', %s, false), set_config('synchronous_commit', "
    "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, "
    "false)"
)
_FINGERPRINT = """
WITH kept AS (
    SELECT oid, relname::text FROM pg_class
    WHERE relkind = 'r' AND relname = ANY(%s) AND relnamespace =
        (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('book'))
), acting AS (
    SELECT t.oid, k.relname, t.tgname, t.tgenabled, t.tgisinternal, t.tgfoid
    FROM pg_trigger t JOIN kept k ON k.oid = t.tgrelid
)
SELECT 'column', k.relname, a.attname::text, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
    (SELECT collname FROM pg_collation c WHERE c.oid = a.attcollation), a.atthasdef)
FROM pg_attribute a JOIN kept k ON k.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint', k.relname, c.conname::text, concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated)
FROM pg_constraint c JOIN kept k ON k.oid = c.conrelid WHERE c.contype <> 'n'
UNION ALL SELECT 'unique', k.relname, pg_get_indexdef(i.indexrelid), i.indisvalid::text
FROM pg_index i JOIN kept k ON k.oid = i.indrelid WHERE i.indisunique
UNION ALL SELECT 'trigger', relname, tgname::text, concat_ws(' ', pg_get_triggerdef(oid), tgenabled)
FROM acting WHERE NOT tgisinternal OR tgenabled <> 'O'
UNION ALL SELECT 'function', '', p.proname::text, p.prosrc
FROM pg_proc p WHERE p.oid IN (SELECT tgfoid FROM acting WHERE NOT tgisinternal)
"""
_ORPHANS = (
    ("accounts", "currencies", "currency", "code"),
    ("account_attributes", "accounts", "account", "id"),
    ("prices", "currencies", "currency", "code"),
    ("prices", "currencies", "in_currency", "code"),
    ("tax_codes", "accounts", "account", "id"),
    ("attachments", "transactions", "number", "number"),
)


class _Connection(psycopg.Connection[Row]):
    """A connection that closes without a word when its thread has ended."""

    def __del__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            self.close()


class _Connections(pw.PostgresqlDatabase):
    """A connection a thread, made when it first asks, and made again where the server has let it go."""

    field_types = {**pw.PostgresqlDatabase.field_types, "TEXT": 'TEXT COLLATE "C"'}

    def __init__(self, server: Server, read_only: bool, opened: weakref.WeakSet[_Connection]) -> None:
        super().__init__(server.database)
        self._server, self._read_only, self._opened = server, read_only, opened

    def begin(self, isolation_level: str | None = None) -> None:
        mode = isolation_level or PostgresBook.writing_mode
        self.again_if_lost(lambda: self._current().execute(f"BEGIN ISOLATION LEVEL {mode}".encode()))

    def commit(self) -> None:
        try:
            super().commit()
        except (pw.PeeweeException, psycopg.Error) as problem:
            if self._lost():
                raise LostAtCommit from problem
            raise

    def rollback(self) -> None:
        """Takes a write back; where the connection is gone, the server has done so."""
        if not self._lost():
            super().rollback()

    def again_if_lost(self, act: Callable[[], Any]) -> Any:
        """Runs what stands outside of a transaction, on a new connection where the old one is gone."""
        try:
            return act()
        except (pw.PeeweeException, psycopg.Error):
            if self.in_transaction() or not self._lost():
                raise
            self.dispose()
            return act()

    def _lost(self) -> bool:
        return not self.is_closed() and self._current().closed

    def _current(self) -> _Connection:
        """This thread's connection, made when there is none."""
        connection: _Connection = self.connection()  # type: ignore[no-untyped-call]
        return connection

    def _connect(self) -> _Connection:
        defaults = {"connect_timeout": "10", "application_name": "tui-ledger"}
        wanted: dict[str, Any] = {**defaults, **self._server.parameters, "client_encoding": "UTF8"}
        connection = _Connection.connect(dbname=self._server.database, autocommit=True, **wanted)
        self._opened.add(connection)
        # One type for all whole numbers: else each combination of sizes would be prepared anew.
        connection.adapters.register_dumper(int, Int8Dumper)
        connection.execute(_SESSION, ("on" if self._read_only else "off",))
        return connection

    def _set_server_version(self, conn: _Connection) -> None:
        self.server_version = conn.info.server_version


class PostgresBook(BookDatabase):
    """A book on a server."""

    driver_error: ClassVar[type[Exception]] = psycopg.Error
    reading_mode: ClassVar[str] = "REPEATABLE READ READ ONLY"
    writing_mode: ClassVar[str] = "READ COMMITTED READ WRITE"

    def __init__(self, server: Server, *, read_only: bool = False) -> None:
        self._server = server
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._cursor_numbers = itertools.count(1)
        self._book_key: str | None = None
        self._made = False
        super().__init__(None, server.database, server.shown, read_only=read_only, one_connection=False)

    def repeated(self, act: Callable[[], Result], *, safe: bool) -> Result:
        for wait in WAITS_SECONDS:
            try:
                return act()
            except LedgerError as refusal:
                if not safe or self.in_write or not passing(refusal):
                    raise
                time.sleep(wait)
        return act()

    def faults(self) -> Iterator[tuple[str, str | Said]]:
        if _stored_schema(self).get("fingerprint") != self.schema_fingerprint():
            yield "file", N_("its tables or guards were changed")
        for table, other, column, key in _ORPHANS:
            found = self.value(
                f"SELECT count(*) FROM {table} WHERE {table}.{column} IS NOT NULL AND NOT EXISTS "
                f"(SELECT 1 FROM {other} WHERE {other}.{key} = {table}.{column})"
            )
            if found:
                yield "foreign-key", Said("{table} refers to a missing row of {other}", table=table, other=other)

    def schema_fingerprint(self) -> str:
        """Of the tables, rules and guards; indexes that only make it faster may be added."""
        cursor = self._peewee.execute_sql(_FINGERPRINT, (_TABLE_NAMES,))
        return hashlib.sha256(repr(sorted(cursor.fetchall())).encode()).hexdigest()

    def interruption(self) -> Callable[[], object]:
        connection: _Connection = self._peewee.connection()

        def interrupt() -> None:
            with contextlib.suppress(psycopg.Error):
                connection.cancel()

        return interrupt

    def check_server(self) -> None:
        """Connects; raises where the server cannot be reached or is none for a book."""
        try:
            with self._translating():
                connection = self._peewee.connection()
        except LedgerError as refusal:
            raise connection_refused(refusal, self._server) from None
        if connection.info.server_version < OLDEST_SERVER:
            raise BookError(reason=N_("The server is older than PostgreSQL 15, which is needed."))
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise BookNotMade(path=self.shown_path, reason=N_("the database's encoding is not UTF8"))

    def book_made(self) -> None:
        """The tables are there: from now on a write locks the book first."""
        self._made = True

    def _make(self) -> _Connections:
        return _Connections(self._server, self.read_only, self._connections)

    def _named(self, chain: list[BaseException]) -> LedgerError:
        return named(chain, self._server)

    def _close_connections(self) -> None:
        for connection in list(self._connections):
            with contextlib.suppress(psycopg.Error):
                connection.close()

    def containing(self, column: str, text: str) -> tuple[str, tuple[object, ...]]:
        like = f"coalesce({column}, '') ILIKE ? ESCAPE '\\'"
        if text.isascii():
            return like, (like_pattern(text),)
        # Texts are compared byte by byte there, which knows the case of ASCII alone.
        rows = self.rows(f"SELECT t.number, {column} FROM transactions t WHERE {like}", (loose_pattern(text),))
        wanted = folded(text)
        numbers = [str(number) for number, found in rows if wanted in folded(found)]
        return (f"t.number IN ({', '.join(numbers)})" if numbers else "1 = 0"), ()

    def _dialect(self, sql: str) -> str:
        return _marked(sql)

    def _run(self, sql: str, parameters: Sequence[object]) -> Any:
        return self._peewee.again_if_lost(lambda: self._peewee.execute_sql(sql, parameters))

    def _run_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        # Listed first: what makes the rows may ask the database, which is busy with them once it has begun.
        super()._run_many(sql, list(parameters))

    def _stream(self, sql: str, parameters: Sequence[object]) -> Iterator[Row]:
        name, hold = f"rows_{next(self._cursor_numbers)}", not self.in_write
        connection: _Connection = self._peewee.connection()
        with connection.cursor(name, withhold=hold) as cursor:
            cursor.itersize = _ROWS_AT_ONCE
            cursor.execute(sql.encode(), parameters)
            yield from cursor

    def _lock_book(self) -> None:
        if not self._made:
            return
        found = self.value("SELECT book_key FROM book WHERE id = 1 FOR UPDATE")
        if self._book_key is None:
            self._book_key = found
        if found != self._book_key:
            raise BookReplaced(path=self.shown_path)


def create_schema(server: Server) -> PostgresBook:
    """A new, empty book in the database's own schema; raises BookExists, BookNotMade."""
    database = PostgresBook(server)
    try:
        database.check_server()
        _make_schema(database)
    except BaseException:
        database.close()
        raise
    database.book_made()
    return database


def open_schema(server: Server, *, read_only: bool = False) -> PostgresBook:
    """An existing book in today's format: one of an older format is brought up to date first, in one write.

    Raises BookNotFound, NotABook, BookTooNew, BookDamaged, and BookTooOld for one that is to be read only.
    """
    database = _opened(PostgresBook(server, read_only=read_only), _check_schema)
    try:
        _bring_up(database)
    except BaseException:
        database.close()
        raise
    return database


def open_damaged_schema(server: Server) -> PostgresBook:
    """A book of which only its history will be read, whatever its tables and guards look like; raises BookNotFound."""
    return _opened(PostgresBook(server, read_only=True), _check_history_is_there)


def _opened(database: PostgresBook, check: Callable[[PostgresBook], None]) -> PostgresBook:
    """The database once it passed a check; closed where it did not."""
    try:
        database.check_server()
        check(database)
    except BaseException:
        database.close()
        raise
    database.book_made()
    return database


def _check_history_is_there(database: PostgresBook) -> None:
    if "changes" not in _present(database):
        raise BookNotFound(path=database.shown_path)


def discard_schema(server: Server) -> None:
    """Removes the tables of a book that could not be finished; one that was finished stays."""
    with contextlib.suppress(LedgerError), contextlib.closing(PostgresBook(server)) as database, database.write():
        if _present(database) == set(_TABLE_NAMES) and database.value("SELECT count(*) FROM book") == 0:
            functions = database.rows(
                "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY "
                "(SELECT to_regclass(name) FROM unnest(?::text[]) AS name)",
                (_TABLE_NAMES,),
            )
            database.execute(f"DROP TABLE {', '.join(_TABLE_NAMES)}")
            for (function,) in functions:
                database.execute(f"DROP FUNCTION {function}")


def _make_schema(database: PostgresBook) -> None:
    with database.write():
        database.execute("SELECT pg_advisory_xact_lock(?)", (_MAKING_LOCK,))
        schema = database.value("SELECT quote_ident(current_schema())")
        if schema is None:
            raise BookNotMade(path=database.shown_path, reason=N_("the database has no schema to make it in"))
        there = _present(database)
        if there >= {"book", "changes", "seal"}:
            raise BookExists(path=database.shown_path)
        if there:
            raise BookNotMade(
                path=database.shown_path, reason=Said("a table {min} of another program is there", min=min(there))
            )
        try:
            _make_tables(database, schema)
        except LedgerError as refusal:
            reason = getattr(refusal, "values", {}).get("reason", str(refusal))
            raise BookNotMade(path=database.shown_path, reason=reason) from None


def _make_tables(database: PostgresBook, schema: str) -> None:
    for table in TABLES:
        _make_table(database, table)
    for statement in INDEXES + guards(schema):
        database.execute(statement)
    database.execute("INSERT INTO seal (value) VALUES (1)")
    database.execute("INSERT INTO settings (name, value) VALUES ('schema', ?)", (_schema_as_it_is(database),))


def _make_table(database: PostgresBook, table: type[Table]) -> None:
    PostgresTables(table, database=database.models).create_all(safe=False)


def _schema_as_it_is(database: PostgresBook) -> str:
    """What a book says of its own tables and guards, and the number of its format."""
    return json.dumps({"fingerprint": database.schema_fingerprint(), "format": FORMAT})


def _bring_up(database: PostgresBook) -> None:
    found = _stored_schema(database).get("format", FORMAT)
    if found == FORMAT:
        return
    if database.read_only:
        raise BookTooOld(path=database.shown_path, found=found, known=FORMAT)
    with database.write():
        # Under the book's lock: another program may have done it meanwhile.
        found = int(_stored_schema(database)["format"])
        if found < FORMAT:
            add_what_is_new(database, found, lambda table: _make_table(database, table))
            database.execute("UPDATE settings SET value = ? WHERE name = 'schema'", (_schema_as_it_is(database),))


def _check_schema(database: PostgresBook) -> None:
    there = _present(database)
    if not there & {"book", "changes", "seal"}:
        raise BookNotFound(path=database.shown_path)
    if "settings" not in there or "book" not in there:
        raise NotABook(path=database.shown_path, reason=N_("another program's database"))
    kept = _stored_schema(database)
    found = kept.get("format")
    if not isinstance(found, int):
        raise NotABook(path=database.shown_path, reason=N_("another program's database"))
    if found > FORMAT:
        raise BookTooNew(path=database.shown_path, found=found, known=FORMAT)
    if kept.get("fingerprint") != database.schema_fingerprint():
        raise BookDamaged(path=database.shown_path, reason=N_("its tables or guards were changed"))
    if database.value("SELECT count(*) FROM book") == 0:
        raise NotABook(path=database.shown_path, reason=N_("its making was never finished"))


def _present(database: PostgresBook) -> set[str]:
    """Which of a book's tables the database's schemas have."""
    found = database.rows(
        "SELECT name FROM unnest(?::text[]) AS name WHERE to_regclass(name) IS NOT NULL", (_TABLE_NAMES,)
    )
    return {row[0] for row in found}


def _stored_schema(database: PostgresBook) -> dict[str, Any]:
    """The fingerprint and format the book says it was made with; empty where it says none."""
    try:
        kept = json.loads(database.value("SELECT value FROM settings WHERE name = 'schema'") or "{}")
    except (LedgerError, TypeError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


@lru_cache(maxsize=1_000)
def _marked(sql: str) -> str:
    """A statement as the driver takes it: its own marks for parameters, and no list without members."""
    return re.sub(r"'[^']*'|NOT IN \(\)|IN \(\)|\?|%", _mark, sql)


def _mark(found: re.Match[str]) -> str:
    text = found.group()
    return _MARKS.get(text) or text.replace("%", "%%")


_MARKS = {"?": "%s", "NOT IN ()": "<> ALL ('{}')", "IN ()": "= ANY ('{}')"}
