"""How does serving begin and end? It listens, tells its address, and takes every workbench along when it goes."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from aiohttp import web

from tui_ledger.errors import CannotServe
from tui_ledger.errors.system import system_reason
from tui_ledger.serving.addresses import Address
from tui_ledger.serving.conversation import Workplace
from tui_ledger.serving.door import Door
from tui_ledger.serving.people import People
from tui_ledger.serving.server import BookServer
from tui_ledger.words import Said

_ENDED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_server(
    book: str,
    place: Address,
    workplace: Workplace,
    sessions: int,
    tell: Callable[[Address, str | None], None],
    people: People | None = None,
) -> int:
    """Serve a book until Ctrl+C; gives the exit status. Raises CannotServe where the address cannot be listened at.

    `tell` is called with the address, its port known, and a token: at once, and whenever Enter asks for another. With
    `people` there is no token: whoever comes signs in.
    """
    return asyncio.run(_serve(book, place, workplace, sessions, tell, people))


async def _serve(
    book: str,
    place: Address,
    workplace: Workplace,
    sessions: int,
    tell: Callable[[Address, str | None], None],
    people: People | None = None,
) -> int:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in _ENDED_BY:
        # Under nohup it was asked to outlive its terminal.
        if signal.getsignal(one) is not signal.SIG_IGN:
            loop.add_signal_handler(one, ended.set)
    listening = _listen(place)
    place = replace(place, port=listening.getsockname()[1])
    door = Door(place.own_hosts, place.proxies, rest_seconds=workplace.idle_seconds)
    server = BookServer(book, place.port, door, workplace, sessions, people)
    runner = server.runner()
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        tell_way_in = partial(_tell, tell, place, door if people is None else None)
        tell_way_in()
        with _on_enter(tell_way_in):
            await ended.wait()
    finally:
        await server.stop()
        await runner.cleanup()
    return 0


def _tell(tell: Callable[[Address, str | None], None], place: Address, door: Door | None) -> None:
    tell(place, None if door is None else door.new_token())


def _listen(place: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family)
    except OSError as problem:
        raise CannotServe(reason=_why_not(place, problem)) from None


def _why_not(place: Address, problem: OSError) -> Said:
    where = {"port": place.port, "host": place.host}
    if problem.errno == errno.EADDRINUSE:
        return Said(
            "Port {port} of {host} is taken by another program: choose another with --port, or any free one with "
            "--port 0.",
            **where,
        )
    if problem.errno == errno.EACCES:
        return Said(
            "Port {port} is the system's own: choose another with --port, or any free one with --port 0.", **where
        )
    reason = system_reason(problem)
    return Said("{host} port {port} cannot be listened at: {reason}.", **where, reason=reason)


@contextmanager
def _on_enter(do: Callable[[], None]) -> Iterator[None]:
    """Whenever Enter is pressed on the terminal; nothing where there is none."""
    loop = asyncio.get_running_loop()
    if sys.stdin is None or not sys.stdin.isatty():
        yield
        return
    keyboard = sys.stdin.fileno()

    def pressed() -> None:
        if not _is_in_front(keyboard):
            return
        try:
            line = os.read(keyboard, 1024)
        except OSError:
            line = b""
        if line:
            do()
        else:
            loop.remove_reader(keyboard)

    loop.add_reader(keyboard, pressed)
    try:
        yield
    finally:
        loop.remove_reader(keyboard)


def _is_in_front(keyboard: int) -> bool:
    """Whether what is typed there is meant for this program: one in the background would be halted for reading."""
    try:
        return os.tcgetpgrp(keyboard) == os.getpgrp()
    except OSError:
        return True
