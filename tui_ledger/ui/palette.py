"""What does the command palette offer? Every key of the table that does something on this screen, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode

from tui_ledger.ui.keys import Key, Offered, Scope, keys_of
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.widgets.columns import padded


class KeyCommands(Provider):
    """The keys of the screen below the palette and of its form, even where the field in focus has a key of its own."""

    async def discover(self) -> Hits:
        for key, node in self._offered():
            command = partial(self.app.run_action, key.action, node)
            yield DiscoveryHit(Content(_line(key)), command, text=key.label)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for key, node in self._offered():
            score = matcher.match(f"{key.label} {key.description}")
            if score > 0:
                command = partial(self.app.run_action, key.action, node)
                yield Hit(score, matcher.highlight(_line(key)), command, text=key.label)

    def _offered(self) -> Iterator[tuple[Key, DOMNode]]:
        screen = self.screen
        places: list[tuple[Scope, DOMNode]] = screen.command_places() if isinstance(screen, BookScreen) else []
        for scope, node in [*places, (Scope.EVERYWHERE, self.app)]:
            for key in keys_of(scope):
                name = key.action.partition("(")[0]
                if Offered.PALETTE in key.offered and node.check_action(name, ()):
                    yield key, node


def _line(key: Key) -> str:
    return f"{padded(key.shown, 5)} {padded(key.label, 10)} {key.description}"
