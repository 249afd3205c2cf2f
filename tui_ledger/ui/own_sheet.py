"""What runs for a party that signed in? A program of one screen, its own sheet; the rest of the workbench is not there.

Whatever is typed here, the ledger itself answers nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.worker import Worker, WorkerState

from tui_ledger.dates import Clock, system_clock
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.preferences import Preferences
from tui_ledger.text import clean
from tui_ledger.ui.failed_work import failure_in_words
from tui_ledger.ui.help import Topic
from tui_ledger.ui.keys import Scope
from tui_ledger.ui.own_keys import OwnKeys
from tui_ledger.ui.own_rows import OwnDesk
from tui_ledger.ui.own_sheet_keys import OWN_TABLE, of_program
from tui_ledger.ui.personal_app import PersonalApp
from tui_ledger.ui.screens.dialogs import DateDialog
from tui_ledger.ui.screens.key_sheet import KeySheet
from tui_ledger.ui.screens.own_sheet import OwnSheetScreen
from tui_ledger.ui.signing import is_still_who_they_were, why_ended
from tui_ledger.ui.terminal_keys import tell_alt_digits
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.words import N_, _

LOOKING_SECONDS = 1.0
HELP = Topic(
    N_("Your sheet"),
    N_(
        "What the book owes you, and how it came to that: every posting in the order of the days, with what you were "
        "owed after it. Below zero you owe the book. First and last day chosen by {party-days} are both in it; what "
        "was owed before stands first. {sort-turned} shows the newest first, {own-months} the sums of each month."
    ),
    (Scope.SCREEN, Scope.LIST, Scope.EVERYWHERE),
)


class OwnSheetApp(PersonalApp[int]):
    """A party's own sheet; no other screen, no palette, no menu of the book."""

    TITLE = "tui-ledger"
    CSS_PATH = ["styles/workbench.tcss", "styles/plain.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in of_program()]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 3

    def __init__(
        self,
        ledger: Ledger,
        party: str,
        formats: Formats,
        *,
        clock: Clock = system_clock,
        preferences: Preferences | None = None,
    ) -> None:
        """Of the `preferences` only theme and motion hold: they are those of whoever serves the book."""
        super().__init__(preferences)
        tell_alt_digits()
        self.desk = OwnDesk(ledger, formats, self.refuse)
        self._clock = clock
        self._signed_in = ledger.signed_in
        self.sheet = OwnSheetScreen(self.desk, ledger.party(party))

    def on_mount(self) -> None:
        self.push_screen(self.sheet)
        self.set_interval(LOOKING_SECONDS, self._look_at_book)

    def heed(self, preferences: Preferences) -> tuple[str, ...]:
        super().heed(Preferences(theme=preferences.theme, motion=preferences.motion))
        self.own_keys, self.key_table = OwnKeys(OWN_TABLE), OWN_TABLE
        return ()

    def book_place(self) -> str:
        return self.desk.ledger.name

    def moment(self) -> datetime:
        return self._clock()

    @property
    def came_from(self) -> str | None:
        """There is nowhere to come from."""
        return None

    def go_back(self) -> None:
        """There is nowhere to go back to."""

    def say(self, sentence: str) -> None:
        """A toast with something that went well."""
        self.notify(clean(sentence), markup=False)

    def refuse(self, sentence: str) -> None:
        """A toast with something that could not be done."""
        self.notify(clean(sentence), severity="error", timeout=8, markup=False)

    def say_what_failed(self, event: Worker.StateChanged) -> None:
        """What goes wrong beside the screen is said, and ends nothing."""
        if event.state is WorkerState.ERROR:
            self.refuse(failure_in_words(event.worker))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.say_what_failed(event)

    def on_grid_copied(self, event: Grid.Copied) -> None:
        self.copy_to_clipboard(event.text)
        self.say(_("Copied the row"))

    def on_grid_failed(self, event: Grid.Failed) -> None:
        self.refuse(event.reason)

    def action_go_to_date(self) -> None:
        def answered(day: date | None) -> None:
            if day is not None:
                self.sheet.go_to_day(day)

        if self.screen is self.sheet:
            self.push_screen(DateDialog(self.desk, self.sheet.shown_day()), answered)

    def action_help(self) -> None:
        self.push_screen(KeySheet(HELP))

    def action_key_sheet(self) -> None:
        self.push_screen(KeySheet(HELP))

    async def action_quit(self) -> None:
        self.exit(0)

    def _look_at_book(self) -> None:
        if not is_still_who_they_were(self.desk.ledger, self._signed_in):
            self.last_words = why_ended()
            self.exit(1, return_code=1)
            return
        if self.screen_stack and self.screen_stack[-1] is self.sheet:
            try:
                self.sheet.follow_book()
            except LedgerError as refusal:
                self.refuse(str(refusal))
