"""Which parties, which days, in which order? What is chosen for the list of parties and the sheet of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import on

from tui_ledger.ledger import PartyBalance
from tui_ledger.ui.listing import Listing
from tui_ledger.ui.party_rows import SheetLine
from tui_ledger.ui.screens.party_acts import PartyActsScreen
from tui_ledger.ui.screens.party_dialogs import DaysForm
from tui_ledger.ui.shown_period import (
    EVERYTHING,
    ShownPeriod,
    Span,
    chosen_period,
    moved,
    narrower,
    period_of,
    wider,
)
from tui_ledger.ui.widgets.grid import Grid, as_tsv
from tui_ledger.ui.widgets.windows import Window
from tui_ledger.ui.widgets.words_bar import WordsBar
from tui_ledger.words import N_, _

COPIED_AT_ONCE = 500


class PartyChoiceScreen(PartyActsScreen):
    """A screen with a list of parties and the sheet of one. Chosen days hold for both: balances are those at their
    end."""

    rows: Grid[PartyBalance]
    sheet: Grid[SheetLine]
    words: WordsBar
    listing: Listing[PartyBalance]
    sheet_listing: Listing[SheetLine]
    hides_zero = False
    hides_inactive = False
    _key_before_words: Any = None

    def choice_changed(self) -> None:
        """Other days are shown, or other rows marked."""

    @property
    def period(self) -> ShownPeriod:
        """The days that are shown."""
        return self.listing.choice.period

    def chosen_days(self) -> ShownPeriod:
        return self.period

    def choose_period(self, period: ShownPeriod) -> None:
        """Show other days, in the list and in the sheet."""
        self.listing.choose(period=period)
        self.sheet_listing.choose(period=period)
        self.choice_changed()

    def action_find_party(self) -> None:
        self.remove_class("-sheet")
        self._key_before_words = self.rows.row_key
        self.words.open(self.listing.choice.query)

    def action_all_parties(self) -> None:
        self.words.close()
        self.listing.choose(query="", period=EVERYTHING)
        self.choose_period(EVERYTHING)

    def action_zero_parties(self) -> None:
        self.hides_zero = not self.hides_zero
        self.listing.show()
        self.workbench.say(_("Those owed nothing are hidden") if self.hides_zero else _("Every balance is shown"))

    def action_inactive_parties(self) -> None:
        self.hides_inactive = not self.hides_inactive
        self.listing.show()
        said = _("Inactive parties are hidden") if self.hides_inactive else _("Inactive parties are shown")
        self.workbench.say(said)

    def action_party_days(self) -> None:
        def answered(period: ShownPeriod | None) -> None:
            if period is not None:
                self.choose_period(period)

        self.app.push_screen(DaysForm(self.desk, self.period), answered)

    def action_narrower(self) -> None:
        self.choose_period(narrower(self.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_wider(self) -> None:
        self.choose_period(wider(self.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_period_before(self) -> None:
        self.choose_period(moved(self.period, -1, self.desk.ledger.fiscal_year))

    def action_period_after(self) -> None:
        self.choose_period(moved(self.period, 1, self.desk.ledger.fiscal_year))

    def action_this_period(self) -> None:
        today, span = self.desk.ledger.today, self.period.span
        if span is Span.CHOSEN:
            self.choose_period(chosen_period(self.period.first, today))
        else:
            self.choose_period(period_of(span, today, self.desk.ledger.fiscal_year))

    @on(Grid.SortWanted)
    def _sort_wanted(self, event: Grid.SortWanted) -> None:
        listing: Listing[Any] = self.listing if event.grid is self.rows else self.sheet_listing
        listing.choose(sorting=event.sorting)

    @on(Grid.WidthsChosen)
    def _widths_chosen(self, event: Grid.WidthsChosen) -> None:
        (self.listing if event.grid is self.rows else self.sheet_listing).remember()

    @on(Grid.MarksChanged)
    def _marks_changed(self, event: Grid.MarksChanged) -> None:
        if event.all_wanted:
            (self.listing if event.grid is self.rows else self.sheet_listing).mark_all()
        self.choice_changed()

    @on(Grid.CopyWanted)
    def _copy_wanted(self, event: Grid.CopyWanted) -> None:
        """The marked rows that are listed, in their order."""
        grid = event.grid
        if len(grid.marked) > COPIED_AT_ONCE:
            self.run_worker(lambda: self._copy(grid), name=N_("Copying"), thread=True, exit_on_error=False)
        else:
            self._copy(grid)

    @on(WordsBar.Changed)
    def _words_changed(self, event: WordsBar.Changed) -> None:
        if self.words.is_open and event.words == self.words.text:
            self.listing.choose_query_soon(event.words, self._key_before_words)

    @on(WordsBar.Left)
    def _words_left(self, event: WordsBar.Left) -> None:
        query = self.words.text.strip() if event.kept else ""
        if query != self.listing.choice.query:
            self.listing.choose_query(query, None if event.kept else self._key_before_words)
        self.words.close()
        self.rows.focus()
        self.choice_changed()

    def _copy(self, grid: Grid[Any]) -> None:
        rows = [row for row in _every_row(grid.window) if grid.is_marked(grid.key_of(row))]
        texts = [as_tsv(grid.columns, grid.texts_of(row)) for row in rows]
        self.post_message(Grid.Copied("\n".join(texts), len(texts)))


def _every_row(window: Window[Any]) -> Iterator[Any]:
    for start in range(0, len(window), COPIED_AT_ONCE):
        yield from window.rows(start, start + COPIED_AT_ONCE)
