"""What can be done with transactions wherever they are listed? New, copy as new, edit, reverse, void."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.dom import DOMNode

from tui_ledger.ledger import Account, PostingStatus, Transaction
from tui_ledger.ledger.reversal import usual_day
from tui_ledger.ui import entry_start
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, pressed
from tui_ledger.ui.screens.dialogs import ConfirmDialog, OpenAccountDialog
from tui_ledger.ui.screens.entry_acts import ENTRY_ACTS, EntryActs
from tui_ledger.ui.screens.row_menu import Offer
from tui_ledger.ui.widgets.entry_form import EntryForm
from tui_ledger.words import _, listed, pgettext

STATUS_MARKS = {PostingStatus.UNCLEARED: "", PostingStatus.CLEARED: "c", PostingStatus.RECONCILED: "R"}


class TransactionsScreen(EntryActs):
    """A screen with a list of transactions and the entry form below it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.TRANSACTIONS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = EntryForm(desk, id="form")
        self.form.display = False

    def current_number(self) -> int | None:
        """The number of the transaction under the cursor, or None."""
        raise NotImplementedError

    def own_account(self) -> str | None:
        """The account a new transaction is most likely about, or None."""
        return None

    def show_posted(self, transaction: Transaction) -> None:
        """Bring a transaction that was just posted before the eyes."""

    def focus_list(self) -> None:
        """Give the focus back to the list when the form closes."""

    def command_places(self) -> list[tuple[Scope, DOMNode]]:
        form: list[tuple[Scope, DOMNode]] = [(Scope.FORM, self.form)] if self.form.is_open else []
        return form + super().command_places()

    def row_title(self) -> str:
        number = self.current_number()
        return super().row_title() if number is None else _("Transaction {number}").format(number=number)

    def row_offers(self) -> list[Offer]:
        return super().row_offers() + self.template_offers()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("new", "copy_as_new", "reverse", "void") and self.desk.ledger.read_only:
            return False
        if action in ("copy_as_new", "reverse", "void", "history", "documents"):
            return self.current_number() is not None
        if action in ENTRY_ACTS:
            return self.may_enter(action)
        if action == "new":
            return len(self.desk.standing.accounts) > 0
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        if not self.workbench.take_up_unfinished(self):
            self.form.open(self.own_account())
        self.add_class("-form")

    def action_copy_as_new(self) -> None:
        transaction = self._current()
        if transaction is None:
            return
        if not self.form_is_taken():
            self.open_form_with(entry_start.copy_of(transaction))

    def action_reverse(self) -> None:
        transaction = self._current()
        if transaction is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._reverse(transaction)

        question = _("Reverse {transaction}? It is dated {day}, and its reversal will be dated {reversal_day}.")
        asked = question.format(
            transaction=self._with_followers(transaction),
            day=self.desk.full_day(transaction.date),
            reversal_day=self.desk.full_day(usual_day(transaction, self.desk.ledger.today)),
        )
        self.app.push_screen(ConfirmDialog(asked, _("Reverse")), answered)

    def action_history(self) -> None:
        number = self.current_number()
        if number is None:
            return
        from tui_ledger.ui.screens.history import transaction_history

        opened = self.workbench.attempt(lambda: transaction_history(self.desk, number))
        if opened is not None:
            self.app.push_screen(opened)

    def action_documents(self) -> None:
        transaction = self._current()
        if transaction is None:
            return
        from tui_ledger.ui.screens.attachments import AttachmentsSheet

        title = self.workbench.title_of(transaction)
        sheet = AttachmentsSheet(self.desk, transaction.number, title)
        self.app.push_screen(sheet, lambda _answer: self.follow_book())

    def action_void(self) -> None:
        transaction = self._current()
        if transaction is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._void(transaction)

        question = _("Void {transaction}?").format(transaction=self._with_followers(transaction))
        self.app.push_screen(ConfirmDialog(question, pgettext("verb", "Void")), answered)

    @on(EntryForm.Posted)
    def _form_posted(self, event: EntryForm.Posted) -> None:
        self.workbench.note_form_settled()
        said = _("Posted {transaction} · {key} undoes")
        self.workbench.say(said.format(transaction=self._with_followers(event.transaction), key=pressed("undo")))
        self.follow_book()
        self.show_posted(event.transaction)

    @on(EntryForm.Closed)
    def _form_closed(self) -> None:
        self.workbench.note_form_settled()
        self.remove_class("-form")
        self.focus_list()
        self.refresh_bindings()

    @on(EntryForm.ClosingDoubted)
    def _closing_doubted(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.form.close()

        self.app.push_screen(ConfirmDialog(_("Close the form and drop what was typed?"), _("Drop it")), answered)

    @on(EntryForm.AccountWanted)
    def _account_wanted(self, event: EntryForm.AccountWanted) -> None:
        def answered(account: Account | None) -> None:
            if account is not None:
                self.follow_book()
                event.opened(account)

        self.app.push_screen(OpenAccountDialog(self.desk, event.name), answered)

    def _current(self) -> Transaction | None:
        number = self.current_number()
        return None if number is None else self.workbench.attempt(lambda: self.desk.ledger.transaction(number))

    def _with_followers(self, transaction: Transaction) -> str:
        """A transaction in a few words, and behind them what is taken back with it, such as its commission."""
        nothing: tuple[Transaction, ...] = ()
        found = self.desk.ask(lambda: self.desk.ledger.followers(transaction), nothing)
        numbers = listed(str(one.number) for one in found if not one.voided and one.reversed_by is None)
        title = self.workbench.title_of(transaction)
        return (
            _("{transaction}, and {numbers} with it").format(transaction=title, numbers=numbers) if numbers else title
        )

    def _void(self, transaction: Transaction) -> None:
        if self.workbench.attempt(lambda: self.desk.ledger.void(transaction.number)) is not None:
            said = _("Voided {transaction} · {key} undoes")
            self.workbench.say(said.format(transaction=self.workbench.title_of(transaction), key=pressed("undo")))
            self.follow_book()

    def _reverse(self, transaction: Transaction) -> None:
        reversal = self.workbench.attempt(lambda: self.desk.ledger.reverse(transaction.number))
        if reversal is not None:
            said = _("Posted {number} · reverses {transaction} · {key} undoes")
            title = self.workbench.title_of(transaction)
            self.workbench.say(said.format(number=reversal.number, transaction=title, key=pressed("undo")))
            self.follow_book()
            self.show_posted(reversal)
