"""Which templates does the command palette offer? All of the book, to be used or deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style

from tui_ledger.ledger.templates import Template, templates
from tui_ledger.text import clean
from tui_ledger.ui.keys import key_of
from tui_ledger.ui.screens.transactions import TransactionsScreen
from tui_ledger.words import _


class TemplateCommands(Provider):
    """Templates by name; the search finds them by `template` too."""

    async def discover(self) -> Hits:
        for line, command in self._offered():
            yield DiscoveryHit(Content(line), command, text=line)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for line, command in self._offered():
            score, places = matcher.fuzzy_search.match(matcher.query, line)
            if score > 0:
                yield Hit(score, marked(line, places, matcher.match_style), command, text=line)

    def _offered(self) -> Iterator[tuple[str, Callable[[], None]]]:
        screen = self.screen
        if not isinstance(screen, TransactionsScreen) or screen.desk.ledger.read_only:
            return
        found: tuple[Template, ...] = screen.desk.ask(lambda: templates(screen.desk.ledger), ())
        for place, template in enumerate(found, 1):
            key = key_of(f"template-{place}")
            said = _("Template {name} · into the form").format(name=clean(template.name))
            yield f"{key.shown if key is not None else '':<5} {said}", partial(screen.use_template, template)
        for template in found:
            said = _("Template {name} · delete it").format(name=clean(template.name))
            yield f"{'':5} {said}", partial(screen.delete_template, template)


def marked(line: str, places: Sequence[int], style: Style) -> Content:
    """The letters that were found, marked; the name in the line is no markup."""
    content = Content(line)
    for place in places:
        content = content.stylize(style, place, place + 1)
    return content
