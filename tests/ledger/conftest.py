"""A book with a handful of accounts under a clock that stands still, and ways to look at its file from outside."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.ledger import AccountType, Ledger

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


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """A book in EUR, today being 2026-06-15, with eight accounts of five types and two currencies."""
    with Ledger.create(tmp_path / "shop.ledger", currency="EUR", clock=frozen) as ledger:
        with ledger.write():
            for name, kind, details in ACCOUNTS:
                ledger.open_account(name, kind, **details)
        yield ledger


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
def stored(raw_connection: Callable[..., sqlite3.Connection]) -> Callable[[Path], Dump]:
    """Every row of every table of a book's file, as committed."""

    def dump(path: Path) -> Dump:
        connection = raw_connection(path)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
        connection.close()
        return rows

    return dump


@pytest.fixture
def untouched(stored: Callable[[Path], Dump]) -> Callable[[Ledger], AbstractContextManager[None]]:
    """Around what must write nothing: rows, revision, head and the next number stay as they were."""

    @contextmanager
    def check(ledger: Ledger) -> Iterator[None]:
        assert ledger.path is not None
        before = (stored(ledger.path), ledger.revision, ledger.head, ledger.accounts())
        yield
        assert (stored(ledger.path), ledger.revision, ledger.head, ledger.accounts()) == before

    return check


@pytest.fixture
def elsewhere() -> Callable[..., Any]:
    """Runs a program with `ledger` open in a fresh process and returns what it assigns to `answer`."""

    def run(path: Path, program: str) -> Any:
        lines = [
            "import json, sys",
            "from tui_ledger.ledger import *",
            "from tui_ledger.errors import *",
            "ledger = Ledger.open(sys.argv[1])",
            program,
            "ledger.close()",
            "print(json.dumps(answer))",
        ]
        command = [sys.executable, "-c", "\n".join(lines), str(path)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    return run
