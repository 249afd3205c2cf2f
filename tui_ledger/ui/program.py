"""What has every program on the screen? A jump by letters, and an end without anyone's figures when it fails."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Generic, TypeVar

from rich.console import RenderableType
from textual.app import App

from tui_ledger.dates import system_clock
from tui_ledger.ui.crash import Surroundings, crash_report, crash_words, keep_report, traced
from tui_ledger.ui.jumping import Target, targets_on
from tui_ledger.ui.screens.jump import JumpScreen
from tui_ledger.ui.spoken_threads import SpokenThreads
from tui_ledger.ui.toasts import out_of_the_way

Answer = TypeVar("Answer")


class Program(App[Answer], Generic[Answer]):
    """What welcome and workbench have in common.

    An error of the program's own ends it with `last_words`, to be said once the terminal is as it was.
    """

    last_words = ""

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_default_executor(SpokenThreads())

    def book_place(self) -> str:
        """Where the book is that this program has open; '' without one."""
        return ""

    def moment(self) -> datetime:
        """Now."""
        return system_clock()

    def action_jump(self) -> None:
        """Letters over what can be gone to on the screen or the dialog in front; a second time takes them away."""
        screen = self.screen
        if isinstance(screen, JumpScreen):
            screen.dismiss(None)
            return

        async def answered(target: Target | None) -> None:
            if target is not None:
                await target.take(screen)

        self.push_screen(JumpScreen(targets_on(screen), screen.size), answered)

    def _refresh_notifications(self) -> None:
        for notification in out_of_the_way(self._notifications):
            del self._notifications[notification]
        super()._refresh_notifications()

    def panic(self, *renderables: RenderableType) -> None:
        """Errors that draw themselves show values: they end the program as any other does."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Leave with `last_words` for whoever sat here, and a report; neither has a value in it: they are people's
        money."""
        if not self.last_words and self._exception is not None:
            surroundings = Surroundings(*self.size, self._name_of_screen())
            report = keep_report(crash_report(self._exception, self.moment(), surroundings), self.moment())
            words = crash_words(self._exception, self.book_place(), report)
            self.last_words = traced(self._exception) + words
        self._close_messages_no_wait()

    def _name_of_screen(self) -> str:
        return type(self.screen_stack[-1]).__name__ if self._screen_stacks.get(self.current_mode) else "no screen"
