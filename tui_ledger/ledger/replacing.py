"""How is a book's file replaced by another one? With nobody else in it, the old one kept, no moment without a book."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tui_ledger.errors import RestoreRefused
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.flushing import flush_file, flush_folder
from tui_ledger.ledger.locations import aside_name
from tui_ledger.ledger.placing import linked
from tui_ledger.ledger.sqlite_database import discard_file
from tui_ledger.words import N_, Said

_BESIDE = ("-wal", "-shm", "-journal")
_WAIT_SECONDS = 1.0
Flaw = Callable[[Path], "str | Said | None"]


def replace_book(source: Path, path: Path, kept: Path, key: str, flaw: Flaw) -> Path | None:
    """Puts a copy of the book `source` at `path`, and what lay there at `kept`; returns that, or None for nothing.

    `key` is the book's key; `flaw` says what is wrong with the copy, before anything is moved. Raises RestoreRefused
    where another program has the book open, where it is another book or no file that can be moved; then everything is
    as it was.
    """
    aside = aside_name(path)
    try:
        _copy(source, aside, flaw)
        with _alone_with(path, key):
            was_there = _keep(path, kept)
            aside.replace(path)
    except (OSError, sqlite3.Error) as problem:
        reason = system_reason(problem)
        raise RestoreRefused(path=str(path), reason=reason) from problem
    finally:
        discard_file(aside)
    flush_folder(path.parent)
    if was_there:
        with suppress(sqlite3.Error), closing(_connected(kept)) as connection:
            connection.execute("PRAGMA journal_mode = wal")
    return kept if was_there else None


def _copy(source: Path, aside: Path, flaw: Flaw) -> None:
    """All of a book in one new file, ready to be written to by several at once."""
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(aside)) as new:
        old.backup(new)
    reason = flaw(aside)
    if reason is not None:
        raise RestoreRefused(path=str(source), reason=Said("its copy is not right ({reason})", reason=reason))
    with closing(sqlite3.connect(aside)) as new:
        new.execute("PRAGMA journal_mode = wal")
    flush_file(aside)


@contextmanager
def _alone_with(path: Path, key: str) -> Iterator[None]:
    """Holds the book at `path`, so that nobody else reads or writes it; a damaged one, or none, cannot be held."""
    if not os.path.lexists(path):
        yield
        return
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RestoreRefused(path=str(path), reason=N_("it is no regular file"))
    with closing(_connected(path)) as connection:
        _refuse_other_book(connection, path, key)
        held = _hold(connection, path)
        try:
            yield
        except BaseException:
            if held:
                connection.rollback()
                connection.execute("PRAGMA journal_mode = wal")
            raise


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


def _refuse_other_book(connection: sqlite3.Connection, path: Path, key: str) -> None:
    found = None
    with suppress(sqlite3.DatabaseError, UnicodeError):
        found = connection.execute("SELECT book_key FROM book WHERE id = 1").fetchone()
    if found is not None and found[0] != key:
        raise RestoreRefused(
            path=str(path), reason=N_("it is another book than the backup's: restore to another place")
        )


def _hold(connection: sqlite3.Connection, path: Path) -> bool:
    """Takes the book out of WAL mode, which only who is alone with it can, and locks it; False for a damaged one."""
    try:
        connection.execute("PRAGMA journal_mode = delete").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as problem:
        if "locked" in str(problem):
            raise RestoreRefused(
                path=str(path), reason=N_("another program has it open, so close it there")
            ) from problem
        return False
    return True


def _keep(path: Path, kept: Path) -> bool:
    """Gives what lies at `path` the name `kept`, with the files beside it; says whether there was a book.

    By a second name, so that there is no moment without a book at `path`, where the file system has such.
    """
    there = os.path.lexists(path)
    if there and not linked(path, kept):
        path.rename(kept)
    for suffix in _BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + suffix))
    flush_folder(path.parent)
    return there
