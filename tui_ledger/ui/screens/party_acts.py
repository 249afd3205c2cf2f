"""What can be done with a party of the list? Added, changed, credited, debited, deleted; by key, menu and mouse."""

from __future__ import annotations

from tui_ledger.ledger import Party, PartyBalance, Transaction
from tui_ledger.ledger.status_balances import PARTY_MARK
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.party_dialogs import AdjustmentForm, PartyForm
from tui_ledger.ui.shown_period import ShownPeriod
from tui_ledger.ui.watching import watch_or_not
from tui_ledger.words import N_, _

NEED_PARTY = ("edit_party", "delete_party")
WRITING = ("add_party", "adjust_party", "watch", *NEED_PARTY)


class PartyActsScreen(BookScreen):
    """The acts on the party under the cursor of a list."""

    def current_party(self) -> PartyBalance | None:
        """The party that is meant, at once, however fast the keys come; None where there is none."""
        raise NotImplementedError

    def show_party(self, party: Party, posted: Transaction | None = None) -> None:
        """Bring a party before the eyes after it was changed, and what was posted for it."""
        raise NotImplementedError

    def chosen_purpose(self) -> str | None:
        """The purpose whose sheet is shown, or None for all."""
        raise NotImplementedError

    def chosen_days(self) -> ShownPeriod:
        """The days that are shown."""
        raise NotImplementedError

    def may_act(self, action: str) -> bool:
        """Whether an act on parties is possible now."""
        return not self.desk.ledger.read_only and (action == "add_party" or self.current_party() is not None)

    def action_add_party(self) -> None:
        form = self.workbench.attempt(lambda: PartyForm(self.desk))
        if form is not None:
            self.app.push_screen(form, lambda party: self._changed(party, N_("Added {party} · {key} undoes")))

    def action_edit_party(self) -> None:
        found = self._current()
        if found is not None:
            said = N_("Changed {party} · {key} undoes")
            self.app.push_screen(PartyForm(self.desk, found), lambda party: self._changed(party, said, found))

    def action_adjust_party(self) -> None:
        party = self.current_party()
        key, purpose = "" if party is None else party.key, self.chosen_purpose()
        form = self.workbench.attempt(lambda: AdjustmentForm(self.desk, key, purpose))
        if form is not None:
            self.app.push_screen(form, self._adjusted)

    async def action_party_months(self) -> None:
        party = self.current_party()
        if party is not None:
            await self.workbench.open_statistics(party.key, self.chosen_purpose(), self.chosen_days())

    def action_watch(self) -> None:
        party = self.current_party()
        if party is not None:
            watch_or_not(self.workbench, f"{PARTY_MARK}{party.key}")
            self.follow_book()

    def action_delete_party(self) -> None:
        found = self._current()
        if found is None:
            return

        def delete() -> bool:
            self.desk.ledger.delete_party(found)
            return True

        def answered(done: bool | None) -> None:
            if done:
                self.workbench.say(_("Deleted {party} · {key} undoes").format(party=found.key, key=pressed("undo")))
                self.follow_book()

        question = _("Delete the party {party}?").format(party=found.key)
        note = _("Only one without an account can be deleted.")
        self.app.push_screen(ActDialog(question, _("Delete"), delete, note), answered)

    def _current(self) -> Party | None:
        party = self.current_party()
        return None if party is None else self.workbench.attempt(lambda: self.desk.ledger.party(party.key))

    def _changed(self, party: Party | None, said: str, before: Party | None = None) -> None:
        if party is not None and party != before:
            self.workbench.say(_(said).format(party=party.key, key=pressed("undo")))
            self.follow_book()
            self.show_party(party)

    def _adjusted(self, answer: tuple[Party, Transaction] | None) -> None:
        if answer is None:
            return
        party, posted = answer
        amount = posted.postings[0].amount
        said = (
            _("Posted {number} · credited {party} with {amount} · {key} undoes")
            if amount.units < 0
            else _("Posted {number} · debited {party} with {amount} · {key} undoes")
        )
        amount_named = self.desk.named(abs(amount))
        self.workbench.say(
            said.format(number=posted.number, party=party.name, amount=amount_named, key=pressed("undo"))
        )
        self.follow_book()
        self.show_party(party, posted)
