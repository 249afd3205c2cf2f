"""What is asked over a screen? Yes or no, a day, an account to go to, an account to open."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from tui_ledger.errors import InvalidDate, LedgerError
from tui_ledger.ledger import Account, AccountType
from tui_ledger.ui.completion import AccountUse
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.failed_work import failure_in_words
from tui_ledger.ui.keys import Scope, bindings, field_key
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.bars import Hints, KeyHints
from tui_ledger.ui.widgets.caption import ErrorCaption
from tui_ledger.ui.widgets.completions import Completion, Completions, completion_step, takes_completion
from tui_ledger.ui.widgets.fields import DateField, Field
from tui_ledger.ui.widgets.suggesting import account_completions

Answer = TypeVar("Answer")
CANCEL = ("cancel", "Cancel")
HELP = ("box-help", "Help")


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """A box over the screen: a title, something to fill in, an error, and what the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DIALOG)]

    def __init__(self, title: str, hints: Hints) -> None:
        super().__init__()
        self._title_text = title
        self._hints = hints
        self._error = ErrorCaption(classes="error")
        self.completions = Completions()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(shown(self._title_text), classes="title")
            yield from self.body()
            yield self._error
            yield KeyHints(self._hints)
        yield self.completions

    def on_mount(self) -> None:
        for field in self.query(Field):
            field.owner = self

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.work_failed(failure_in_words(event.worker))

    def work_failed(self, sentence: str) -> None:
        """Work beside the dialog ended by an error that it did not expect; the dialog can be used on."""
        self.show_error(sentence)

    def body(self) -> ComposeResult:
        """What stands between title and hint."""
        yield from ()

    def action_confirm(self) -> None:
        """Enter where no field took it."""

    async def action_help(self) -> None:
        """A dialog keeps the keys of the program to itself; help on what has the focus is asked for here too."""
        await self.run_action("app.help")

    def action_cancel(self) -> None:
        if self.completions.is_open:
            self.completions.close()
        else:
            self.dismiss(None)

    def show_error(self, sentence: str) -> None:
        self._error.say(sentence)

    def field_changed(self, field: Field) -> None:
        self.show_error("")

    def field_left(self, field: Field) -> None:
        return

    async def field_pressed(self, field: Field, key: str) -> bool:
        step, is_open = completion_step(key), self.completions.is_open
        if step and is_open:
            self.completions.mark(step)
        elif field_key(Scope.DIALOG, key) == "confirm" or (is_open and takes_completion(key)):
            self.entered(field)
        else:
            return False
        return True

    def entered(self, field: Field) -> None:
        """Enter was pressed in a field."""


class ConfirmDialog(Dialog[bool]):
    """A question; Enter says yes, Escape no."""

    def __init__(self, question: str, yes: str) -> None:
        super().__init__(question, (("confirm", yes), CANCEL))

    def action_confirm(self) -> None:
        self.dismiss(True)


class DateDialog(Dialog[date]):
    """A day to go to."""

    def __init__(self, desk: Desk, start: date) -> None:
        hints = (("confirm", "Go"), ("day-earlier", "Day"), ("day-later", "Day"), ("month-earlier", "Month"))
        super().__init__("Go to date", (*hints, ("month-later", "Month"), ("date-today", "Today"), CANCEL))
        self._desk = desk
        self.field = DateField(start, desk.formats, desk.ledger.today, id="date")

    def body(self) -> ComposeResult:
        yield self.field

    def entered(self, field: Field) -> None:
        try:
            self.dismiss(self.field.read())
        except InvalidDate as error:
            self.show_error(str(error))


class AccountDialog(Dialog[Account]):
    """An account to go to, by a few letters."""

    def __init__(self, desk: Desk) -> None:
        choosing = ("completion-up", ""), ("completion-down", "Choose")
        super().__init__("Go to account", (("confirm", "Go"), *choosing, CANCEL))
        self._desk = desk
        self._use: AccountUse = desk.ledger.account_use()
        self.field = Field(id="account", classes="account", placeholder="A few letters of its name, or its code")

    def body(self) -> ComposeResult:
        yield self.field

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        found = account_completions(self._desk, field.value, self._use, can_open=False)
        self.completions.open_at(field.region, found if field.value.strip() else [])

    def entered(self, field: Field) -> None:
        marked = self.completions.marked
        if marked is not None:
            self.dismiss(marked.value)
        else:
            self.show_error("No account is called that." if field.value.strip() else "Type a few letters first.")

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        self.dismiss(event.completion.value)


class OpenAccountDialog(Dialog[Account]):
    """A new account: its name, and its type, which is proposed from the name."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__("Open account", (("confirm", "Open"), ("tab", "Next"), CANCEL))
        self._desk = desk
        self._type_was_typed = False
        self.name_field = Field(id="new-name", placeholder="Assets:Bank:Current")
        self.type_field = Field(id="new-type", placeholder="asset, liability, equity, income or expense")
        self.name_field.put(name)
        self.type_field.put(proposed_type(name, desk.standing.accounts))

    def body(self) -> ComposeResult:
        yield Static("Name", classes="label")
        yield self.name_field
        yield Static("Type", classes="label")
        yield self.type_field

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        if field is self.type_field:
            self._type_was_typed = True
            self.completions.open_at(field.region, type_completions(field.value))
        elif not self._type_was_typed:
            self.type_field.put(proposed_type(field.value, self._desk.standing.accounts))

    def entered(self, field: Field) -> None:
        marked = self.completions.marked
        if marked is not None:
            self.type_field.put(marked.text)
            self.completions.close()
        if field is self.name_field and not self.type_field.value:
            self.type_field.focus_selected()
        else:
            self._open()

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        self.type_field.put(event.completion.text)
        self.completions.close()

    def _open(self) -> None:
        try:
            self.dismiss(self._desk.ledger.open_account(self.name_field.value.strip(), self.type_field.value.strip()))
        except LedgerError as refusal:
            self.show_error(str(refusal))


def proposed_type(name: str, accounts: tuple[Account, ...]) -> str:
    """The type an account of this name most likely has: its root's, else the one its first word means, else ''."""
    root = name.partition(":")[0].strip().casefold()
    for account in accounts:
        if account.name.partition(":")[0].casefold() == root:
            return account.type.value
    return next((kind.value for kind in AccountType if len(root) > 1 and _plural(kind).startswith(root)), "")


def type_completions(typed: str) -> list[Completion]:
    """The types that begin with what was typed."""
    wanted = typed.strip().casefold()
    return [Completion(kind.value, "", kind) for kind in AccountType if wanted and kind.value.startswith(wanted)]


def _plural(kind: AccountType) -> str:
    return {AccountType.LIABILITY: "liabilities", AccountType.EQUITY: "equity", AccountType.INCOME: "income"}.get(
        kind, f"{kind.value}s"
    )
