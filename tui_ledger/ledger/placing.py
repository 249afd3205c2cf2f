"""How does the file of a book get to its place whole or not at all? Written aside, flushed, then given its name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui_ledger.errors import BookExists, BookNotMade
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.flushing import flush_file, flush_folder
from tui_ledger.ledger.locations import Server, aside_name, located
from tui_ledger.ledger.opening import create_database, discard_database
from tui_ledger.ledger.sqlite_database import discard_file
from tui_ledger.words import N_, Said

_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def new_book(place: str | Path) -> Iterator[BookDatabase]:
    """A new, empty book that takes its place, a path or URL, when the block ends without error; else nothing is left.

    A file is written aside in its folder, so that its name never stands for half a book. Raises BookExists,
    BookNotMade.
    """
    found = located(place)
    if isinstance(found, Server):
        with _on_server(place) as made:
            yield made
        return
    with aside_of(found) as aside:
        made = create_database(aside)
        made.shown_path = str(found)
        try:
            yield made
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            made.close()
        put_in_place(aside, found)


@contextmanager
def aside_of(path: Path) -> Iterator[Path]:
    """A name beside `path` for the file while it is written; what is left of it at the end is removed.

    Raises BookExists where `path` is taken already, BookNotMade where there is no such folder.
    """
    if "\0" in str(path):
        raise BookNotMade(path=repr(str(path)), reason=N_("the name holds a character no file name can hold"))
    if os.path.lexists(path):
        raise BookExists(path=str(path))
    if not path.parent.is_dir():
        raise BookNotMade(path=str(path), reason=Said("there is no folder {parent}", parent=path.parent))
    aside = aside_name(path)
    try:
        yield aside
    except BookNotMade as refusal:
        if refusal.values.get("path") != str(aside):
            raise
        raise BookNotMade(path=str(path), reason=refusal.values.get("reason")) from refusal
    finally:
        discard_file(aside)


def put_in_place(aside: Path, path: Path) -> None:
    """Flushes a file and gives it its name, which nothing else may have; raises BookExists, BookNotMade."""
    try:
        flush_file(aside)
        if not linked(aside, path):
            os.close(os.open(path, _NEW_FILE, 0o600))
            aside.replace(path)
    except FileExistsError:
        raise BookExists(path=str(path)) from None
    except OSError as problem:
        raise BookNotMade(path=str(path), reason=system_reason(problem)) from problem
    with suppress(OSError):
        aside.unlink()
    flush_folder(path.parent)


def linked(one: Path, other: Path) -> bool:
    """Gives a file a second name, and says whether the file system could; raises FileExistsError and its kin."""
    try:
        os.link(one, other, follow_symlinks=False)
    except OSError as problem:
        if problem.errno in _NO_HARD_LINKS:
            return False
        raise
    return True


@contextmanager
def _on_server(place: str | Path) -> Iterator[BookDatabase]:
    made = create_database(place)
    try:
        with made.write():
            yield made
    except BaseException:
        made.close()
        discard_database(place)
        raise
    made.close()
