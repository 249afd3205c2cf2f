"""Which accounts wait to be cleared? Read beside the screen, since a large book has many postings."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Account
from tui_ledger.ledger.clearing import Clearing
from tui_ledger.ui.account_rows import AccountRow
from tui_ledger.ui.clearing_lights import light_in_words, light_of
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.words import N_


class AccountLights(BookScreen):
    """A screen with a light beside each account."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._clearing: Mapping[int, Clearing] = {}

    def lights_changed(self) -> None:
        """Draw the lights anew."""
        raise NotImplementedError

    def light_of_row(self, row: AccountRow) -> str:
        """The glyph for a row of the tree, '' for none."""
        clearing = None if row.account is None else self._clearing.get(row.account.id)
        return light_of(clearing, self.desk.ledger.today).value

    def light_words(self, account: Account) -> str:
        """The glyph and what it says, '' for none."""
        return light_in_words(self._clearing.get(account.id), self.desk)

    @work(thread=True, exclusive=True, group="clearing", exit_on_error=False, name=N_("Reading what is cleared"))
    def read_lights(self, revision: int) -> None:
        """Reads them as of a revision; an answer that came too late is dropped."""
        try:
            found = self.desk.ledger.clearing()
        except LedgerError as refusal:
            self.app.call_from_thread(self.workbench.refuse, str(refusal))
        else:
            self.app.call_from_thread(self._take_clearing, found, revision)

    def _take_clearing(self, found: Mapping[int, Clearing], revision: int) -> None:
        if revision == self.desk.standing.revision and found != self._clearing:
            self._clearing = found
            self.lights_changed()
