"""What draws the workbench in a browser? Textual's web driver, which here ends when nobody is at the other end."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from typing import Any

from textual import messages
from textual.drivers.web_driver import WebDriver

from tui_ledger.ui.typing_app import TypingApp

LONGEST_WAIT_SECONDS = 1.5


class ServedDriver(WebDriver):
    """Textual's own writes half a packet where a write is interrupted, leaves while keys are still waiting, and lives
    on without an end where the server was killed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._is_cut_off = False
        self._write = partial(self._write_whole)

    def run_input_thread(self) -> None:
        """Hand on what comes in; when nothing can come any more, leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == "quit":
            self._leave()
        else:
            super().on_meta(packet_type, payload)

    def _leave(self) -> None:
        asyncio.run_coroutine_threadsafe(self._leave_when_typed(), loop=self._loop)

    async def _leave_when_typed(self) -> None:
        """What was typed before the page went away is typed before the workbench goes, so that it is kept."""
        if isinstance(self._app, TypingApp):
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                    await self._app.everything_typed()
        self._app.post_message(messages.ExitApp())

    def _write_whole(self, packet: bytes) -> int:
        rest = memoryview(packet)
        while rest and not self._is_cut_off:
            try:
                rest = rest[os.write(self.fileno, rest) :]
            except BrokenPipeError:
                self._is_cut_off = True
        return len(packet)
