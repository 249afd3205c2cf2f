"""What goes between one page and its workbench? Keys and sizes in, drawing out, and at the end the reason."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tui_ledger.errors.system import system_reason
from tui_ledger.serving.workbench_process import WorkbenchProcess
from tui_ledger.text import clean
from tui_ledger.words import N_, Said, Word, _

MOST_CELLS = 1000
LONGEST_SENTENCE = 500


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a session ended, in a sentence for the page, looked up when it is told; `again` is whether another can be
    begun.

    The page itself went away where there is no sentence.
    """

    sentence: str | Said = ""
    again: bool = True


GONE = Ending()
LEFT = Ending(N_("You have left the workbench."))
IDLE = Ending(N_("Nothing was typed for a long time, so the workbench was closed. What was being typed is kept."))
STOPPED = Ending(N_("tui-ledger serve was ended where it ran. What was being typed is kept."), again=False)
SIGNED_OUT = Ending(N_("You have signed out."))
CHANGED = Ending(N_("What you may do in this book, or your passphrase, was changed: sign in again."))
FAILED = Ending(N_("The workbench ended by an error of the program itself. What was acknowledged is on disk."))
UNREADABLE = Ending(N_("The workbench was sent something it does not understand."))


class Leaving(asyncio.Event):
    """Set once whoever sits at a page is to leave it; `ending` says why."""

    ending = SIGNED_OUT

    def leave(self, ending: Ending) -> None:
        self.ending = ending
        self.set()


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a workbench is started with, and after how many seconds without a key it is closed."""

    command: Sequence[str]
    environment: Mapping[str, str]
    idle_seconds: float


class Conversation:
    """One page and its workbench, from the first size to the last word."""

    def __init__(
        self, socket: web.WebSocketResponse, workplace: Workplace, stopping: asyncio.Event, leaving: Leaving
    ) -> None:
        """`stopping` ends it with the server, `leaving` with the session of whoever signed in."""
        self._socket = socket
        self._workplace = workplace
        self._stopping = stopping
        self._leaving = leaving

    async def hold(self, width: int, height: int, ticket: str | None = None) -> None:
        """Run a workbench for the page, as the person of a ticket, until one of both ends, and end the other."""
        try:
            workbench = await WorkbenchProcess.start(
                self._workplace.command, self._workplace.environment, cells(width, 80), cells(height, 24), ticket
            )
        except OSError as problem:
            await self._say_why(
                Ending(Said("The workbench could not be started: {problem}.", problem=system_reason(problem)))
            )
            return
        ending, status = None, 0
        try:
            ending = await self._first_ending(workbench)
        finally:
            status = await workbench.end()
        await self._say_why(ending or _ending_of(status, workbench.last_words))

    async def _first_ending(self, workbench: WorkbenchProcess) -> Ending | None:
        """What ended first; None where it was the workbench itself."""
        sides = [
            asyncio.create_task(self._listen(workbench)),
            asyncio.create_task(self._draw(workbench)),
            asyncio.create_task(_once(self._stopping, STOPPED)),
            asyncio.create_task(_once_left(self._leaving)),
        ]
        try:
            done, _waiting = await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
            return next(side for side in sides if side in done).result()
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)

    async def _listen(self, workbench: WorkbenchProcess) -> Ending:
        while True:
            try:
                message = await self._socket.receive(timeout=self._workplace.idle_seconds)
            except TimeoutError:
                return IDLE
            if message.type is not WSMsgType.TEXT:
                return GONE
            try:
                await self._hand_on(message.data, workbench)
            except (ValueError, TypeError, LookupError, RecursionError):
                return UNREADABLE

    async def _hand_on(self, text: str, workbench: WorkbenchProcess) -> None:
        kind, *values = json.loads(text)
        match kind:
            case "stdin":
                await workbench.type(str(values[0]))
            case "resize":
                size = values[0]
                await workbench.tell("resize", width=cells(size["width"], 80), height=cells(size["height"], 24))
            case "focus" | "blur":
                await workbench.tell(kind)
            case "ping":
                await self._socket.send_json(["pong", str(values[0])[:40]])

    async def _draw(self, workbench: WorkbenchProcess) -> Ending | None:
        try:
            async for piece in workbench.shown():
                await self._socket.send_bytes(piece)
        except ConnectionError:
            return GONE
        return None

    async def _say_why(self, ending: Ending) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            if ending.sentence:
                said = _(ending.sentence) if isinstance(ending.sentence, Word) else str(ending.sentence)
                told: dict[str, Any] = {"sentence": clean(said)[:LONGEST_SENTENCE], "again": ending.again}
                await self._socket.send_json(["ended", told])
            await self._socket.close()


async def _once(event: asyncio.Event, ending: Ending) -> Ending:
    await event.wait()
    return ending


async def _once_left(leaving: Leaving) -> Ending:
    await leaving.wait()
    return leaving.ending


def cells(wanted: object, usual: int) -> int:
    """A number of columns or rows as it may be handed on, whatever a page says."""
    try:
        number = int(str(wanted)[:8])
    except ValueError:
        return usual
    return min(max(number, 1), MOST_CELLS)


def _ending_of(status: int, last_words: str) -> Ending:
    if status == 0:
        return LEFT
    return Ending(last_words) if last_words else FAILED
