"""How is a book read and written, whichever database holds it? Statements, snapshots, writes; errors are translated.

Statements are constant SQL with `?` for each parameter. What differs between the databases is in the subclasses:
`sqlite_database`, `postgres_database`.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from tui_ledger.errors import (
    BookDamaged,
    BookReadOnly,
    BookRefused,
    InvalidText,
    LedgerClosed,
    LedgerError,
)
from tui_ledger.ledger.peewee_alone import pw
from tui_ledger.words import N_, Said

FORMAT = 3

Row = tuple[Any, ...]
Result = TypeVar("Result")


class BookDatabase:
    """One book's database: statements, reading snapshots, and writes that happen wholly or not at all.

    Each thread has its own connection; a book in memory has one, behind a lock.
    """

    driver_error: ClassVar[type[Exception]]
    reading_mode: ClassVar[str]
    writing_mode: ClassVar[str]
    # What makes a query read a table itself: an index that is damaged must not hide a row of the history.
    table_itself: ClassVar[str] = ""
    # What makes a query find cleared postings by their own index, where the planner prefers the table's key.
    by_cleared: ClassVar[str] = ""
    kept_copy: Path | None = None
    """Where the book is kept as it was, if opening it brought it up to date."""

    def __init__(self, path: Path | None, name: str, shown_path: str, *, read_only: bool, one_connection: bool) -> None:
        self.path = path
        self.name = name
        self.shown_path = shown_path
        self.read_only = read_only
        self._closed = False
        self._memory_lock = threading.RLock() if one_connection else None
        self._peewee = self._make()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """Runs one statement and returns its cursor; rows are tuples."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext(), self._translating():
            try:
                return self._run(self._dialect(sql), parameters)
            except OverflowError as problem:
                raise self.translated(problem) from problem

    def execute_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        """Runs one statement for each row of parameters; for imports, inside a write."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext(), self._translating():
            try:
                self._run_many(self._dialect(sql), parameters)
            except OverflowError as problem:
                raise self.translated(problem) from problem

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._memory_lock or contextlib.nullcontext(), self._translating():
            return self.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._memory_lock or contextlib.nullcontext(), self._translating():
            cursor = self.execute(sql, parameters)
            found: Row | None = cursor.fetchone()
            cursor.close()
            return found

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Rows one after the other, without holding them all."""
        self._refuse_if_closed()
        with self._translating():
            yield from self._stream(self._dialect(sql), parameters)

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
                with self._peewee.transaction(self.writing_mode):
                    self._lock_book()
                    yield
                    self._refuse_if_replaced()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """A snapshot: what is read inside belongs together, whatever is written meanwhile."""
        self._refuse_if_closed()
        with self._memory_lock or contextlib.nullcontext():
            if self.in_write:
                yield
                return
            with self._translating(), self._peewee.transaction(self.reading_mode):
                yield

    @contextlib.contextmanager
    def decoding(self) -> Iterator[None]:
        """Around what turns rows into values: a row that damage made unreadable is BookDamaged."""
        try:
            yield
        except LedgerError:
            raise
        except (ValueError, TypeError, LookupError, AttributeError) as problem:
            raise BookDamaged(
                path=self.shown_path, reason=Said("a row cannot be read: {problem}", problem=problem)
            ) from problem

    def repeated(self, act: Callable[[], Result], *, safe: bool) -> Result:
        """Runs an act that writes, and again where the database failed it for reasons of its own.

        `safe` says that a second run cannot book twice: the act has a key.
        """
        del safe
        return act()

    @property
    def checks_beside(self) -> bool:
        """Whether `faults` may be asked in another thread meanwhile, and be interrupted there."""
        return False

    def interruption(self) -> Callable[[], object]:
        """What another thread calls to end what this one is asking of the book; it gets an error then.

        Where all threads share one connection it ends nothing: it would end somebody else's question.
        """
        return lambda: None

    def check_place(self) -> None:
        """Raises BookReplaced where the book does not lie where it was opened."""
        self._refuse_if_closed()
        with self._translating():
            self._refuse_if_replaced()

    @property
    def patience_seconds(self) -> float:
        """How long a write waits here for another program's; 0 where that is not for this program to say."""
        return 0.0

    @contextlib.contextmanager
    def hurried(self, seconds: float) -> Iterator[None]:
        """What this thread writes inside waits no longer than this for another program's write, if that can be said."""
        del seconds
        yield

    def leave_thread(self) -> None:
        """Closes this thread's own connection."""
        self._peewee.close()

    @property
    def in_write(self) -> bool:
        return bool(self._peewee.in_transaction())

    def after_commit(self, act: Callable[[], object]) -> None:
        """Calls `act` once the outermost write is on disk; never when it fails."""
        self._peewee.after_commit(act)

    @property
    def models(self) -> pw.Database:
        """What peewee queries name: `Model.select().execute(database.models)`."""
        found: pw.Database = self._peewee
        return found

    def faults(self) -> Iterator[tuple[str, str | Said]]:
        """What the database itself finds wrong with how it keeps the book: (kind, sentence) pairs."""
        raise NotImplementedError

    def containing(self, column: str, text: str) -> tuple[str, tuple[object, ...]]:
        """A condition that a column holds a text, whatever its case, and the values it binds."""
        raise NotImplementedError

    def schema_fingerprint(self) -> str:
        """A digest of every table, index and guard as the database holds them."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes every thread's connection; again is harmless."""
        self._closed = True
        self._close_connections()

    def translated(self, problem: BaseException) -> LedgerError:
        """The ledger's own error for a database's; peewee can mask the cause, so the whole chain is looked at."""
        if self._closed:
            return LedgerClosed()
        if isinstance(problem, UnicodeEncodeError):
            return InvalidText(field=N_("A text"), reason=N_("it holds a character no file can keep (half a pair)"))
        if isinstance(problem, OverflowError):
            return BookRefused(path=self.shown_path, reason=N_("a number is too large"))
        return self._named(list(self._chain(problem)))

    def _chain(self, problem: BaseException) -> Iterator[BaseException]:
        """The errors of database and driver behind one; what the caller was handling when it came up is not its."""
        seen: set[int] = set()
        link: BaseException | None = problem
        while link is not None and id(link) not in seen and (not seen or isinstance(link, self._kinds)):
            seen.add(id(link))
            yield link
            link = link.__cause__ or link.__context__

    @property
    def _kinds(self) -> tuple[type[BaseException], ...]:
        return pw.PeeweeException, self.driver_error

    @contextlib.contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (pw.PeeweeException, self.driver_error, UnicodeError) as problem:
            raise self.translated(problem) from problem

    def _make(self) -> Any:
        """The peewee database, which connects each thread when it first asks."""
        raise NotImplementedError

    def _named(self, chain: list[BaseException]) -> LedgerError:
        """The ledger's error for a chain of the driver's, newest first."""
        raise NotImplementedError

    def _close_connections(self) -> None:
        raise NotImplementedError

    def _dialect(self, sql: str) -> str:
        return sql

    def _run(self, sql: str, parameters: Sequence[object]) -> Any:
        return self._peewee.execute_sql(sql, parameters)

    def _run_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        self._peewee.cursor().executemany(sql, parameters)

    def _stream(self, sql: str, parameters: Sequence[object]) -> Iterator[Row]:
        # Chained, a cursor that is not read to its end is dropped, not closed: its book may be closed before it.
        return itertools.chain(self._run(sql, parameters))

    def _lock_book(self) -> None:
        """The first statement of a write, where beginning it does not lock the book."""

    def _refuse_if_replaced(self) -> None:
        """Raises BookReplaced where the book is no longer the one that was opened."""

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise LedgerClosed


def loose_pattern(text: str) -> str:
    """What LIKE finds at least all by that holds a text, where it knows the case of ASCII alone."""
    composed = like_pattern(unicodedata.normalize("NFC", text))
    return "".join(character if character.isascii() else "%" for character in composed)


def like_pattern(text: str) -> str:
    """What LIKE finds a text by, its wild characters taken as they are."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
