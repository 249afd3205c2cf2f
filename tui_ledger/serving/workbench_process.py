"""How is one workbench run beside the server, and how is it talked to? In packets over its standard streams."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import cache
from typing import Any

from tui_ledger.locale.catalogues import languages, words_of
from tui_ledger.serving.tickets import TICKET_VARIABLE, handed
from tui_ledger.words import N_, _, speaking

PRELUDE = b"__GANGLION__\n"
"""The line by which Textual's web driver says that packets follow."""
SHOWN, TOLD = b"D", b"M"
LARGEST_PACKET_BYTES = 64 * 1024 * 1024
GRACE_SECONDS = 3.0
_LINES_BEFORE = 20
_KEPT_COMPLAINT_BYTES = 8192
_REFUSED, _FAILED = "tui-ledger: ", N_("tui-ledger ended by an error of its own: {error}.")


class WorkbenchProcess:
    """One workbench, started without a shell, in a session of its own so that the terminal's Ctrl+C is the server's."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._complaint = b""
        self._listening = asyncio.create_task(self._listen_to_complaints())

    @classmethod
    async def start(
        cls, command: Sequence[str], environment: Mapping[str, str], width: int, height: int, ticket: str | None = None
    ) -> WorkbenchProcess:
        """Start one whose screen has so many columns and rows; raises OSError where that cannot be done.

        A `ticket` says as whom it acts; it goes through a pipe of its own, which nobody else can read or fill.
        """
        size = {"COLUMNS": str(width), "ROWS": str(height)}
        with handed(ticket) as pipes:
            named = {TICKET_VARIABLE: str(pipes[0])} if pipes else {}
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env={**environment, **size, **named},
                pass_fds=pipes,
                start_new_session=True,
            )
        return cls(process)

    async def shown(self) -> AsyncIterator[bytes]:
        """What is to be drawn, piece by piece, until the workbench has ended."""
        output = self._process.stdout or asyncio.StreamReader()
        with contextlib.suppress(asyncio.IncompleteReadError, ValueError):
            await _skip_to_packets(output)
            while True:
                kind, size = await output.readexactly(1), int.from_bytes(await output.readexactly(4), "big")
                if size > LARGEST_PACKET_BYTES:
                    return
                payload = await output.readexactly(size)
                if kind == SHOWN:
                    yield payload

    async def type(self, text: str) -> None:
        """Hand on what was typed, clicked or pasted."""
        await self._send(SHOWN, text.encode("utf-8", "replace"))

    async def tell(self, kind: str, **values: Any) -> None:
        """Tell of a new size, of the focus, or that it is to end."""
        await self._send(TOLD, json.dumps({"type": kind, **values}).encode())

    async def end(self) -> int:
        """End it, by asking, then by telling, then by force; gives its exit status. What it still shows is dropped."""
        draining = asyncio.create_task(self._drain())
        try:
            await self.tell("quit")
            if self._process.stdin is not None:
                self._process.stdin.close()
            await self._wait_or_press()
            await asyncio.wait([draining, self._listening], timeout=GRACE_SECONDS)
        finally:
            draining.cancel()
            self._listening.cancel()
            await asyncio.gather(draining, self._listening, return_exceptions=True)
        return self._process.returncode or 0

    @property
    def last_words(self) -> str:
        """What the program itself said of its end, such as a book that cannot be opened; '' where it said nothing."""
        lines = self._complaint.decode("utf-8", "replace").splitlines()
        said = next((line for line in reversed(lines) if line.startswith((_REFUSED, *_failures()))), "")
        return said.removeprefix(_REFUSED)

    async def _send(self, kind: bytes, payload: bytes) -> None:
        """Nothing is lost on one that has ended: there is nobody to tell."""
        stdin = self._process.stdin
        if stdin is None or stdin.is_closing():
            return
        with contextlib.suppress(ConnectionError):
            stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
            await stdin.drain()

    async def _listen_to_complaints(self) -> None:
        """Read its standard error all the while, or it would wait for a reader; the end of it is kept."""
        stderr = self._process.stderr
        while stderr is not None and (piece := await stderr.read(4096)):
            self._complaint = (self._complaint + piece)[-_KEPT_COMPLAINT_BYTES:]

    async def _drain(self) -> None:
        """Read what nobody looks at any more, or it would wait for a reader instead of ending."""
        stdout = self._process.stdout
        while stdout is not None and await stdout.read(65536):
            pass

    async def _wait_or_press(self) -> None:
        for following in (signal.SIGTERM, signal.SIGKILL, None):
            try:
                async with asyncio.timeout(GRACE_SECONDS):
                    await self._process.wait()
            except TimeoutError:
                if following is not None:
                    self._signal(following)
            else:
                return

    def _signal(self, which: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, which)


@cache
def _failures() -> tuple[str, ...]:
    """How the line begins that tells of an error of the program, in every language a workbench may speak."""
    found = []
    for name in languages():
        with speaking(words_of(name)):
            found.append(_(_FAILED).partition("{")[0])
    return tuple(beginning for beginning in found if beginning.strip())


async def _skip_to_packets(output: asyncio.StreamReader) -> None:
    for _line in range(_LINES_BEFORE):
        line = await output.readline()
        if line in (PRELUDE, b""):
            return
