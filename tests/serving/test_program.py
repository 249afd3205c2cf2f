from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from tests.cli.conftest import as_process
from tests.serving.conftest import PATIENCE_SECONDS, Program, Start, arguments_of, is_running, until
from tui_ledger.paths import state_folder
from tui_ledger.ui.unfinished import FOLDER

TOKEN = re.compile(r"token=([\w-]{43})")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
EVERYWHERE = "0.0.0.0"  # noqa: S104
FORM = ["2", "n", "K", "i", "o", "s", "k", "\t", "T", "e", "a", "\t", "b", "a", "n", "\r", "4", "2", "\r"]


@asynccontextmanager
async def visit(program: Program) -> AsyncIterator[Visitor]:
    """A browser's part, from the address that was told."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        async with client.get(program.url, allow_redirects=False) as answer:
            key = answer.headers["Location"].removeprefix("/#key=")
        yield Visitor(program, client, key)


class Visitor:
    def __init__(self, program: Program, client: ClientSession, key: str) -> None:
        self._program = program
        self._client = client
        self._key = key

    async def open(self) -> Screen:
        """A workbench, once it has drawn its accounts."""
        address = f"{self._program.origin}/ws?width=100&height=40"
        socket = await self._client.ws_connect(address, protocols=[self._key], origin=self._program.origin)
        screen = Screen(socket)
        await screen.until_drawn("Assets")
        return screen


class Screen:
    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.drawn = ""

    async def type(self, *keys: str) -> None:
        for key in keys:
            await self.socket.send_json(["stdin", key])

    async def until_drawn(self, text: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while text not in ESCAPES.sub("", self.drawn):
                message = await self.socket.receive()
                assert message.type is WSMsgType.BINARY, (message, self.drawn)
                self.drawn += message.data.decode("utf-8", "replace")

    async def until_ended(self) -> dict[str, Any]:
        """What the page is told at the end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (message := await self.socket.receive()).type is WSMsgType.BINARY:
                pass
        kind, told = json.loads(message.data)
        assert kind == "ended"
        assert isinstance(told, dict)
        return told

    def cut(self) -> None:
        """The line is dead: nothing is said, nothing arrives."""
        transport = self.socket.get_extra_info("socket")
        transport.shutdown(socket.SHUT_RDWR)


async def test_a_book_whose_name_is_a_command_is_a_book(shop: Path, tmp_path: Path, started: Start) -> None:
    name = "a; touch x $(touch y) `touch z`"
    shop.rename(tmp_path / name)  # noqa: ASYNC240
    async with started(name) as program, visit(program) as visitor:
        screen = await visitor.open()
        (workbench,) = program.workbenches()
        assert [argument for argument in arguments_of(workbench) if "touch" in argument] == []
        assert program.told["book"] == name
        await screen.socket.close()
        await until(lambda: program.workbenches() == [])
    assert names_in(tmp_path) & {"x", "y", "z"} == set()


async def test_modules_that_lie_where_serve_was_started_are_not_run(shop: Path, tmp_path: Path, started: Start) -> None:
    folder = tmp_path / "downloads"
    lay_traps(folder, tmp_path / "run")
    async with started(shop, cwd=folder) as program, visit(program) as visitor:
        screen = await visitor.open()
        await screen.socket.close()
        await until(lambda: program.workbenches() == [])
    assert "run" not in names_in(tmp_path)


async def test_a_closed_tab_ends_its_workbench_within_seconds(shop: Path, started: Start) -> None:
    async with started(shop) as program, visit(program) as visitor:
        one, other = await visitor.open(), await visitor.open()
        assert len(program.workbenches()) == 2
        await one.socket.close()
        async with asyncio.timeout(6):
            await until(lambda: len(program.workbenches()) == 1)
        await other.socket.close()


async def test_ctrl_q_ends_the_session_and_the_page_is_told(shop: Path, started: Start) -> None:
    async with started(shop) as program, visit(program) as visitor:
        screen = await visitor.open()
        await screen.type("\x11")
        assert await screen.until_ended() == {"sentence": "You have left the workbench.", "again": True}
        again = await visitor.open()
        await again.socket.close()


async def test_ctrl_c_ends_serve_and_every_workbench_without_a_trace(shop: Path, started: Start) -> None:
    async with started(shop) as program, visit(program) as visitor:
        screen = await visitor.open()
        workbenches = program.workbenches()
        ending = asyncio.create_task(program.interrupted())
        assert (await screen.until_ended())["again"] is False
        assert await ending == (0, "")
        assert [pid for pid in workbenches if is_running(pid)] == []


def test_on_a_terminal_enter_makes_a_new_address_and_ctrl_c_ends_it(shop: Path) -> None:
    keyboard, screen = pty.openpty()
    arguments = [sys.executable, "-m", "tui_ledger", "--book", shop, "serve", "--port", "0", "--no-open"]
    program = subprocess.Popen(arguments, stdin=screen, stdout=screen, stderr=screen, start_new_session=True)
    os.close(screen)
    shown = read_until(keyboard, "ends it all.")
    assert "lets one browser in, once; Enter makes another one" in shown
    first = TOKEN.findall(shown)
    os.write(keyboard, b"\r")
    second = TOKEN.findall(read_until(keyboard, "ends it all."))
    assert (len(first), len(second), first != second) == (1, 1, True)
    program.send_signal(signal.SIGINT)
    assert program.wait(PATIENCE_SECONDS) == 0
    os.close(keyboard)


def test_the_browser_is_opened_by_a_file_that_only_the_user_can_read(shop: Path, tmp_path: Path) -> None:
    seen, recorder = tmp_path / "seen", tmp_path / "browser"
    recorder.write_text(f'#!/bin/sh\nprintf %s "$*" > {seen}.new && mv {seen}.new {seen}\n')
    recorder.chmod(0o700)
    keyboard, screen = pty.openpty()
    environment = {**os.environ, "DISPLAY": ":99", "BROWSER": f"{recorder} %s"}
    arguments = [sys.executable, "-m", "tui_ledger", "--book", shop, "serve", "--port", "0"]
    program = subprocess.Popen(arguments, stdin=screen, stdout=screen, stderr=screen, env=environment)
    os.close(screen)
    (token,) = TOKEN.findall(read_until(keyboard, "ends it all."))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not seen.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    (way_in,) = state_folder().glob("serve-*.html")
    assert seen.read_text() == way_in.as_uri()
    assert token in way_in.read_text()
    assert way_in.stat().st_mode & 0o777 == 0o600
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE_SECONDS) == 0
    assert not way_in.exists()
    os.close(keyboard)


async def test_a_killed_server_takes_its_workbenches_along(shop: Path, started: Start) -> None:
    async with started(shop) as program, visit(program) as visitor:
        screen = await visitor.open()
        await screen.type("2", "n", "K", "i")
        await until(lambda: kept_payees() == ["Ki"])
        (workbench,) = program.workbenches()
        program.process.kill()
        await program.process.wait()
        await until(lambda: not is_running(workbench))
        assert kept_payees() == ["Ki"]


@pytest.mark.parametrize("typed", [3, 8, 12, len(FORM)])
async def test_what_was_being_typed_survives_a_dead_line_and_is_not_posted(
    shop: Path, started: Start, typed: int
) -> None:
    async with started(shop) as program, visit(program) as visitor:
        screen = await visitor.open()
        await screen.type(*FORM[:typed])
        screen.cut()
        await until(lambda: program.workbenches() == [])
        assert kept_payees() == ["Kiosk"[: typed - 2]]
        assert transactions(shop) == ["Opening sale"]
        again = await visitor.open()
        await again.until_drawn("unfinished")
        await again.type("n")
        await again.until_drawn("since")
        assert transactions(shop) == ["Opening sale"]
        await again.socket.close()
        await until(lambda: program.workbenches() == [])
        assert kept_payees() == ["Kiosk"[: typed - 2]]


async def test_reading_only_passes_on(shop: Path, started: Start) -> None:
    async with started(shop, general=("--read-only",)) as program, visit(program) as visitor:
        screen = await visitor.open()
        (workbench,) = program.workbenches()
        assert "--read-only" in arguments_of(workbench)
        await screen.type(*FORM, "\x13", "\x11")
        assert (await screen.until_ended())["sentence"] == "You have left the workbench."
        assert transactions(shop) == ["Opening sale"]


async def test_a_book_that_went_away_is_told_on_the_page(shop: Path, started: Start) -> None:
    async with started(shop) as program, visit(program) as visitor:
        first = await visitor.open()
        await first.socket.close()
        shop.rename(shop.with_name("elsewhere.ledger"))  # noqa: ASYNC240
        address = f"{program.origin}/ws"
        async with visitor._client.ws_connect(address, protocols=[visitor._key], origin=program.origin) as socket:
            told = await Screen(socket).until_ended()
        assert str(shop) in told["sentence"]


def test_it_says_in_one_sentence_what_keeps_it_from_serving(shop: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        expected = {
            ("--host", EVERYWHERE): "nothing is encrypted there",
            ("--host", "192.168.0.7"): "nothing is encrypted there",
            ("--host", "example.org"): "is no address to listen at",
            ("--port", str(port)): f"Port {port} of 127.0.0.1 is taken by another program",
            ("--port", "99999"): "There is no port 99999",
            ("--port", "x"): "port",
            ("--sessions", "0"): "number of sessions",
            ("--idle", "-1"): "number of minutes",
            ("--behind-proxy", "http://x"): "is no name of a proxy",
        }
        for options, sentence in expected.items():
            assert sentence in as_process("--book", shop, "serve", "--no-open", *options).refusal
    missing = as_process("--book", tmp_path / "missing.ledger", "serve", "--no-open").refusal
    assert "missing.ledger" in missing
    assert "Name the book" in as_process("serve", "--no-open").refusal or "book" in as_process("serve").refusal


def test_without_the_extra_it_says_how_to_install_it(shop: Path) -> None:
    program = (
        "import sys; sys.modules['aiohttp'] = None;"
        "from tui_ledger.cli import main; main(['--book', sys.argv[1], 'serve', '--no-open'])"
    )
    done = subprocess.run([sys.executable, "-c", program, shop], capture_output=True, text=True, check=False)
    sentence = "tui-ledger: The workbench in a browser needs an extra: pip install 'tui-ledger[serve]'.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def read_until(keyboard: int, end: str) -> str:
    """What a terminal shows, up to some words."""
    shown = b""
    while end.encode() not in shown:
        shown += os.read(keyboard, 4096)
    return shown.decode()


def lay_traps(folder: Path, mark: Path) -> None:
    """Modules by the names of those the program imports; whoever runs one leaves a mark."""
    folder.mkdir()
    for name in ("textual", "tui_ledger", "json"):
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'w')\nraise SystemExit(9)\n")


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def transactions(book: Path) -> list[str]:
    """The memos of the book, read by a process of its own."""
    found = as_process("--book", book, "journal", "--json").json["transactions"]
    return [one["memo"] for one in found]


def kept_payees() -> list[str]:
    kept = [json.loads(path.read_text()) for path in (state_folder() / FOLDER).glob("*.json")]
    return sorted(form["payee"] for one in kept for form in one["forms"])
