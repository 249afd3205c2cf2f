"""What does every program on the screen do with typed keys? It lets each wait for the one before it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.message_pump import MessagePump

from tui_ledger.ui.program import Program
from tui_ledger.ui.typing_order import TypingOrder, dealt_with

Answer = TypeVar("Answer")


class TypingApp(Program[Answer], Generic[Answer]):
    """Keys and pastes are dealt with one after the other, however fast they come.

    Textual calls `on_mount` of every class of a program: a subclass's own does not call this one.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typing = TypingOrder(super().on_event, self._path_of_keys, self._screen_arrived)
        self._screen_before_key: object = None
        self._delivering: asyncio.Task[None] | None = None

    def on_mount(self) -> None:
        self._delivering = asyncio.create_task(self._typing.run(), name="typing")
        self._delivering.add_done_callback(self._typing_ended)

    def on_unmount(self) -> None:
        if self._delivering is not None:
            self._delivering.cancel()

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes wait for the one before them; everything else goes its way at once."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._typing.put(event)
        else:
            await super().on_event(event)

    async def everything_typed(self) -> None:
        """Wait until every key that has come in so far has done what it does."""
        await dealt_with(self)
        await self._typing.all_dealt_with()

    def _typing_ended(self, task: asyncio.Task[None]) -> None:
        """An error on the way of a key is the program's, as if no key had waited."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.call_later(_raise, error)

    def _path_of_keys(self) -> Sequence[MessagePump]:
        """What a key passes through: the widget with the focus, all around it, the screen, the app."""
        self._screen_before_key = self.screen
        start = self.focused or self.screen
        return [*start.ancestors_with_self]

    async def _screen_arrived(self) -> None:
        """Wait for a screen that a key has opened to have its focus."""
        if self.screen is not self._screen_before_key:
            await dealt_with(self.screen)


def _raise(error: BaseException) -> None:
    raise error
