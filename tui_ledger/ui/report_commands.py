"""Which reports does the command palette offer? All there are, by name, on every screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider

from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.shown_report import KINDS

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench


class ReportCommands(Provider):
    """Reports by name; only what is looked for, so that they do not hide what works here."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for line, command in self._offered():
            score = matcher.match(line)
            if score > 0:
                yield Hit(score, matcher.highlight(line), command, text=line)

    def _offered(self) -> Iterator[tuple[str, Callable[[], Awaitable[None]]]]:
        if isinstance(self.screen, BookScreen):
            workbench = cast("Workbench", self.app)
            for kind in KINDS:
                yield f"      Report {kind.title} · {kind.about}", partial(workbench.open_report, kind.name)
