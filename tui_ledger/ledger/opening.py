"""Which database holds a book at a place? Makes, opens and discards it there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.errors import UnsupportedDatabase
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.locations import Server, located
from tui_ledger.ledger.migrations import open_file
from tui_ledger.ledger.sqlite_database import PATIENCE_SECONDS, create_file, discard_file, open_damaged_file
from tui_ledger.words import N_

if TYPE_CHECKING:
    from types import ModuleType


def create_database(place: str | Path | None) -> BookDatabase:
    """A new, empty book at a path or URL, in memory without one; raises BookExists, BookNotMade."""
    found = None if place is None else located(place)
    return _servers(found).create_schema(found) if isinstance(found, Server) else create_file(found)


def open_database(
    place: str | Path, *, read_only: bool = False, patience_seconds: float = PATIENCE_SECONDS
) -> BookDatabase:
    """An existing book; raises BookNotFound, NotABook, BookTooNew, BookDamaged and leaves it untouched.

    Of a file, a write waits `patience_seconds` for another program's; a server has its own patience.
    """
    found = located(place)
    if isinstance(found, Server):
        opened: BookDatabase = _servers(found).open_schema(found, read_only=read_only)
        return opened
    return open_file(found, read_only=read_only, patience_seconds=patience_seconds)


def open_history(place: str | Path) -> BookDatabase:
    """A book, damaged perhaps, of which only the history will be read; raises BookNotFound, NotABook."""
    found = located(place)
    if isinstance(found, Server):
        opened: BookDatabase = _servers(found).open_damaged_schema(found)
        return opened
    return open_damaged_file(found)


def discard_database(place: str | Path) -> None:
    """Removes a book that could not be finished."""
    found = located(place)
    if isinstance(found, Server):
        _servers(found).discard_schema(found)
    else:
        discard_file(found)


def _servers(server: Server) -> ModuleType:
    """What speaks to PostgreSQL; imported when a book on a server is asked for, since its driver is an extra."""
    try:
        import tui_ledger.ledger.postgres_database as servers
    except ImportError as problem:
        if (problem.name or "").partition(".")[0] == "psycopg":
            raise UnsupportedDatabase(
                url=server.shown, advice=N_("PostgreSQL needs the extra `postgres`: install tui-ledger[postgres]")
            ) from None
        raise
    return servers
