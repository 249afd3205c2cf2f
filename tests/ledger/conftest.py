"""A book with a handful of accounts under a clock that stands still, and ways to look at it from outside.

A test that asks for `book` runs on SQLite and on PostgreSQL, unless it is marked `sqlite_only` or looks into the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.postgres_server import PostgresServer, new_database, older_server, postgres_server
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.ledger.tables import TABLES

__all__ = ["new_database", "older_server", "postgres_server"]

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
ACCOUNTS = (
    ("Assets:Bank", AccountType.ASSET, {"code": "1000"}),
    ("Assets:Cash", AccountType.ASSET, {"code": "1100", "cash": True}),
    ("Assets:Dollars", AccountType.ASSET, {"currency": "USD"}),
    ("Liabilities:Card", AccountType.LIABILITY, {}),
    ("Equity:Opening", AccountType.EQUITY, {}),
    ("Equity:Dollars", AccountType.EQUITY, {"currency": "USD"}),
    ("Income:Sales", AccountType.INCOME, {"code": "4000"}),
    ("Expenses:Rent", AccountType.EXPENSE, {"code": "6000"}),
)

Dump = dict[str, list[tuple[Any, ...]]]


def frozen() -> datetime:
    return NOW


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return frozen


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out the tests that would look for the file of a book on a server.

    Of tests for both databases every third runs on a server too, of a table's cases every eighteenth (each makes a
    database); all of them with TUI_LEDGER_TEST_PG=all. What is about servers always does.
    """
    on_server = [item for item in items if _kind(item) == "postgres"]
    left = [item for item in on_server if _needs_a_file(item)]
    if os.environ.get("TUI_LEDGER_TEST_PG") != "all":
        seen: Counter[tuple[str, str]] = Counter()
        for item in on_server:
            name = getattr(item, "originalname", item.name)
            is_of_table = len(item.callspec.params) > 1  # type: ignore[attr-defined]
            place, every = ((str(item.path), name), 18) if is_of_table else ((str(item.path), ""), 3)
            left += [item] if seen[place] % every else []
            seen[place] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def _kind(item: pytest.Item) -> object:
    call = getattr(item, "callspec", None)
    return None if call is None else call.params.get("book_kind")


def _needs_a_file(item: pytest.Item) -> bool:
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("sqlite_only") is not None or "raw_connection" in fixtures


@pytest.fixture(params=[pytest.param("sqlite", id=pytest.HIDDEN_PARAM), "postgres"])
def book_kind(request: pytest.FixtureRequest) -> str:
    """Which database the test's book is in."""
    return str(request.param)


@pytest.fixture
def book(book_kind: str, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A book in EUR, today being 2026-06-15, with eight accounts of five types and two currencies."""
    with request.getfixturevalue(f"{book_kind}_book") as ledger:
        yield ledger


@pytest.fixture
def sqlite_book(tmp_path: Path) -> Ledger:
    """That book in a file."""
    return with_accounts(Ledger.create(tmp_path / "shop.ledger", currency="EUR", clock=frozen))


@pytest.fixture
def postgres_book(postgres_server: PostgresServer, new_database: Callable[..., str], template: str) -> Ledger:
    """That book on a server."""
    return Ledger.open(postgres_server.url(new_database(template)), clock=frozen)


@pytest.fixture(scope="session")
def template(postgres_server: PostgresServer) -> str:
    """A database with that book in it; copied for each test, which is faster than making it."""
    name = postgres_server.new_database()
    with_accounts(Ledger.create(postgres_server.url(name), currency="EUR", clock=frozen)).close()
    return name


def with_accounts(ledger: Ledger) -> Ledger:
    with ledger.write():
        for name, kind, details in ACCOUNTS:
            ledger.open_account(name, kind, **details)
    return ledger


@pytest.fixture
def raw_connection() -> Iterator[Callable[..., sqlite3.Connection]]:
    """Opens a book as another program would: with the book's own pragmas, or with others."""
    opened: list[sqlite3.Connection] = []

    def connect(path: Path, *, foreign_keys: bool = True, recursive_triggers: bool = True) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        opened.append(connection)
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute(f"PRAGMA recursive_triggers = {int(recursive_triggers)}")
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute("PRAGMA cell_size_check = 1")
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def stored() -> Callable[[Path | str], Dump]:
    """Every row of every table of a book, as committed."""

    def dump(place: Path | str) -> Dump:
        with Ledger.open(place) as ledger:
            return {
                name: sorted(ledger._database.rows(f"SELECT * FROM {name}"), key=repr)
                for name in (table.shape().table_name for table in TABLES)
            }

    return dump


@pytest.fixture
def untouched(stored: Callable[[Path | str], Dump]) -> Callable[[Ledger], AbstractContextManager[None]]:
    """Around what must write nothing: rows, revision, head and the next number stay as they were."""

    @contextmanager
    def check(ledger: Ledger) -> Iterator[None]:
        before = (stored(ledger.place), ledger.revision, ledger.head, ledger.accounts())
        yield
        assert (stored(ledger.place), ledger.revision, ledger.head, ledger.accounts()) == before

    return check


@pytest.fixture
def elsewhere() -> Callable[..., Any]:
    """Runs a program with `ledger` open in a fresh process and returns what it assigns to `answer`."""

    def run(place: Path | str, program: str) -> Any:
        lines = [
            "import json, sys",
            "from tui_ledger.ledger import *",
            "from tui_ledger.errors import *",
            "ledger = Ledger.open(sys.argv[1])",
            program,
            "ledger.close()",
            "print(json.dumps(answer))",
        ]
        command = [sys.executable, "-c", "\n".join(lines), str(place)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    return run
