"""Which reports does the command palette offer? All there are, by name, on every screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider

from tui_ledger.ledger.saved_reports import SavedReport
from tui_ledger.reports.saved import known_saved_reports
from tui_ledger.text import clean
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.shown_report import KINDS
from tui_ledger.ui.template_commands import marked
from tui_ledger.words import _

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench


class ReportCommands(Provider):
    """Reports by name, saved ones too; only what is looked for, so that they do not hide what works here."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for line, command in self._offered():
            score, places = matcher.fuzzy_search.match(matcher.query, line)
            if score > 0:
                yield Hit(score, marked(line, places, matcher.match_style), command, text=line)

    def _offered(self) -> Iterator[tuple[str, Callable[[], Awaitable[None]]]]:
        if isinstance(self.screen, BookScreen):
            workbench = cast("Workbench", self.app)
            for kind in KINDS:
                yield _line(f"{_(kind.title)} · {_(kind.about)}"), partial(workbench.open_report, kind.name)
            ledger = self.screen.desk.ledger
            known: tuple[SavedReport, ...] = self.screen.desk.ask(lambda: known_saved_reports(ledger), ())
            for saved in known:
                yield _line(f"{clean(saved.name)} · {_('saved')}"), partial(workbench.open_saved_report, saved)
                if not ledger.read_only:
                    command = partial(self._forget, workbench, saved)
                    yield _line(f"{clean(saved.name)} · {_('forget it')}"), command

    @staticmethod
    async def _forget(workbench: Workbench, saved: SavedReport) -> None:
        workbench.reports.forget_report(saved)


def _line(report: str) -> str:
    """As the palette lists it, behind the place of a key."""
    return f"      {_('Report {report}').format(report=report)}"
