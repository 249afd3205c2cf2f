"""What does the command palette offer? Every key of the table that does something on this screen, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial

from rich.align import Align
from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets.option_list import OptionDoesNotExist

from tui_ledger.ui.keys import Key, Offered, Scope, keys_of
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.widgets.columns import padded
from tui_ledger.widths import cell_width, to_left
from tui_ledger.words import _

_A_MOMENT_SECONDS = 0.02
_WIDEST_LABEL = 22


class Palette(CommandPalette):
    """Textual's palette, in the language spoken."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Search for commands…"), id="--command-palette")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        super()._start_no_matches_countdown(search_value)
        self.set_timer(self._NO_MATCHES_COUNTDOWN + _A_MOMENT_SECONDS, self._say_no_matches)

    def _say_no_matches(self) -> None:
        """What Textual has said in English, where it still stands there."""
        prompt = Align.center(Text(_("No matches found"), style="not bold"))
        with suppress(OptionDoesNotExist):
            self.query_one(CommandList).replace_option_prompt(self._NO_MATCHES, prompt)


class KeyCommands(Provider):
    """The keys of the screen below the palette and of its form, even where the field in focus has a key of its own."""

    async def discover(self) -> Hits:
        offered = list(self._offered())
        cells = label_cells(key for key, _node in offered)
        for key, node in offered:
            command = partial(self.app.run_action, key.action, node)
            yield DiscoveryHit(Content(line_of(key, cells)), command, text=key.named)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        offered = list(self._offered())
        cells = label_cells(key for key, _node in offered)
        for key, node in offered:
            score = matcher.match(f"{key.named} {key.told}")
            if score > 0:
                command = partial(self.app.run_action, key.action, node)
                yield Hit(score, matcher.highlight(line_of(key, cells)), command, text=key.named)

    def _offered(self) -> Iterator[tuple[Key, DOMNode]]:
        screen = self.screen
        places: list[tuple[Scope, DOMNode]] = screen.command_places() if isinstance(screen, BookScreen) else []
        for scope, node in [*places, (Scope.EVERYWHERE, self.app)]:
            for key in keys_of(scope):
                name = key.action.partition("(")[0]
                if Offered.PALETTE in key.offered and node.check_action(name, ()):
                    yield key, node


def label_cells(keys: Iterable[Key]) -> int:
    """How wide the column of labels is: as the widest of them, but not so wide that nothing is left beside it."""
    return min(max((cell_width(key.named) for key in keys), default=0), _WIDEST_LABEL)


def line_of(key: Key, cells: int) -> str:
    """Key, label and what it does, the label in so many cells."""
    return f"{padded(key.shown, 5)} {to_left(key.named, cells)} {key.told}"
