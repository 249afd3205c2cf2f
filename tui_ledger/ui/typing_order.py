"""In which order do typed keys reach the fields? Each one only after the one before it was dealt with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual.events import Event
from textual.message_pump import MessagePump

LONGEST_WAIT_SECONDS = 5


class TypingOrder:
    """Keys typed faster than the screen follows (pasted into the terminal, or over a slow line) wait their turn.

    Textual hands a key to the widget that has the focus at that moment; a key that moves the focus is dealt with a
    little later, by the widget. Whatever was typed behind it would land in the field before.
    """

    def __init__(
        self,
        deliver: Callable[[Event], Awaitable[None]],
        path: Callable[[], Sequence[MessagePump]],
        arrived: Callable[[], Awaitable[None]],
    ) -> None:
        """`deliver` sends a key on its way, `path` names what it passes through, `arrived` waits for a new screen."""
        self._deliver = deliver
        self._path = path
        self._arrived = arrived
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()

    def put(self, event: Event) -> None:
        self._waiting.put_nowait(event)

    async def all_dealt_with(self) -> None:
        """Wait until every key typed so far has done what it does."""
        await self._waiting.join()

    async def run(self) -> None:
        """Deliver key after key, as long as the program runs."""
        while True:
            event = await self._waiting.get()
            path = self._path()
            await self._deliver(event)
            for pump in path:
                await dealt_with(pump)
            await self._arrived()
            self._waiting.task_done()


async def dealt_with(pump: MessagePump) -> None:
    """Wait until a pump has handled what it was sent so far; one that is closing, or busy for long, is left alone."""
    done = asyncio.Event()
    if not pump.call_later(done.set):
        return
    try:
        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
            await done.wait()
    except TimeoutError:
        return
