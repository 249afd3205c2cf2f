"""A served book: by a server in this process where its door is tried, by the whole program where a workbench runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="serving needs the extra `serve`, which make installs")
pytest.importorskip("textual_serve", reason="serving needs the extra `serve`, which make installs")

from aiohttp import ClientSession, ClientTimeout, CookieJar, web

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.serving.addresses import Address, address
from tui_ledger.serving.conversation import Workplace
from tui_ledger.serving.door import Door
from tui_ledger.serving.people import People
from tui_ledger.serving.server import BookServer

PATIENCE_SECONDS = 60.0
# A stand-in for a workbench: it says the prelude, echoes what is typed, and ends when it is told or cut off.
ECHO = """
import os, sys
def packet(kind, text): sys.stdout.buffer.write(kind + len(text).to_bytes(4, "big") + text); sys.stdout.buffer.flush()
sys.stdout.buffer.write(b"__GANGLION__\\n")
packet(b"D", b"size %sx%s" % (os.environb[b"COLUMNS"], os.environb[b"ROWS"]))
while (head := sys.stdin.buffer.read(5)):
    body = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if b'"quit"' in body: break
    if body == b"fail": sys.exit("tui-ledger: The book is \\x1b[31mgone.")
    packet(b"D", b"heard " + body)
"""


@dataclass(frozen=True)
class Served:
    """A server in this process; `client` keeps cookies as a browser does."""

    place: Address
    door: Door
    server: BookServer
    client: ClientSession

    @property
    def origin(self) -> str:
        return self.place.url.rstrip("/")

    async def let_in(self) -> str:
        """Use a token as a browser does; gives the key of the page."""
        way_in = f"{self.place.url}?token={self.door.new_token()}"
        async with self.client.get(way_in, allow_redirects=False) as answer:
            assert answer.status == 303
            return answer.headers["Location"].removeprefix("/#key=")

    def socket(self, key: str, *, origin: str | None = None, **options: Any) -> Any:
        own = self.origin if origin is None else origin
        return self.client.ws_connect(f"{self.origin}/ws?width=90&height=30", protocols=[key], origin=own, **options)


Serve = Callable[..., AbstractAsyncContextManager[Served]]


@pytest.fixture
def serve() -> Serve:
    """Serves stand-ins of workbenches: `async with serve(sessions=1) as served`."""

    @asynccontextmanager
    async def serving(
        *,
        sessions: int = 3,
        idle_seconds: float = 600.0,
        program: str = ECHO,
        proxies: tuple[str, ...] = (),
        people: People | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> AsyncIterator[Served]:
        command = (sys.executable, "-I", "-c", program)
        runner, listening = None, None
        import socket

        listening = socket.create_server(("127.0.0.1", 0))
        place = address("127.0.0.1", listening.getsockname()[1], proxies)
        door = Door(place.own_hosts, place.proxies, rest_seconds=idle_seconds, clock=clock)
        workplace = Workplace(command, dict(os.environ), idle_seconds)
        server = BookServer("shop <1>", place.port, door, workplace, sessions, people, clock)
        runner = server.runner()
        await runner.setup()
        await web.SockSite(runner, listening).start()
        # Names are not told apart from addresses by the jar that a browser has.
        async with ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=30)) as client:
            try:
                yield Served(Address("127.0.0.1", place.port), door, server, client)
            finally:
                await server.stop()
                await runner.cleanup()

    return serving


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small book."""
    path = tmp_path / "shop.ledger"
    with Ledger.create(path, "EUR") as ledger:
        ledger.open_account("Assets:Bank", "asset")
        ledger.open_account("Income:Sales", "income")
        ledger.post("Opening sale", debit("Assets:Bank", "121"), credit("Income:Sales", "121"), date="2026-01-10")
    return path


@dataclass
class Program:
    """`tui-ledger serve` as a process of its own, and what it told at its start."""

    process: asyncio.subprocess.Process
    told: dict[str, Any]

    @property
    def url(self) -> str:
        return str(self.told["url"])

    @property
    def origin(self) -> str:
        return self.url.partition("/?")[0].rstrip("/")

    async def interrupted(self) -> tuple[int, str]:
        """Ctrl+C; gives exit status and what was said on stderr."""
        self.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, complaints = await self.process.communicate()
        return self.process.returncode or 0, complaints.decode()

    def workbenches(self) -> list[int]:
        """The processes it has started and that still run."""
        return children_of(self.process.pid)


Start = Callable[..., AbstractAsyncContextManager[Program]]


@pytest.fixture
def started(tmp_path: Path) -> Start:
    """Starts the program: `async with started(book, "--sessions", "1") as program`."""

    @asynccontextmanager
    async def starting(
        book: Path | str, *options: str, general: tuple[str, ...] = (), cwd: Path = tmp_path
    ) -> AsyncIterator[Program]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tui_ledger", *general, "--book", str(book)),
            *("serve", "--port", "0", "--json", *options),
            cwd=cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield Program(process, await _told(process))
        finally:
            if process.returncode is None:
                process.terminate()
                await process.communicate()

    return starting


async def _told(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    text = ""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not text.endswith("}\n"):
            line = await process.stdout.readline()
            assert line, f"it ended: {text}"
            text += line.decode()
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def children_of(pid: int) -> list[int]:
    """The living children of a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(pid) and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def arguments_of(pid: int) -> list[str]:
    """What everybody on the machine may read of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something outside this process has come about."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
