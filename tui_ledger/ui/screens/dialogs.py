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
from tui_ledger.words import N_, _, pgettext

Answer = TypeVar("Answer")
CANCEL = ("cancel", N_("Cancel"))
HELP = ("box-help", N_("Help"))


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
        day, month = _("Day"), _("Month")
        days = ("day-earlier", day), ("day-later", day), ("month-earlier", month), ("month-later", month)
        super().__init__(_("Go to date"), (("confirm", _("Go")), *days, ("date-today", _("Today")), CANCEL))
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
        choosing = ("completion-up", ""), ("completion-down", _("Choose"))
        super().__init__(_("Go to account"), (("confirm", _("Go")), *choosing, CANCEL))
        self._desk = desk
        self._use: AccountUse = desk.ledger.account_use()
        placeholder = _("A few letters of its name, or its code")
        self.field = Field(id="account", classes="account", placeholder=placeholder)

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
            is_typed = bool(field.value.strip())
            self.show_error(_("No account is called that.") if is_typed else _("Type a few letters first."))

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        self.dismiss(event.completion.value)


class OpenAccountDialog(Dialog[Account]):
    """A new account: its name, and its type, which is proposed from the name."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        hints = ("confirm", pgettext("verb", "Open")), ("tab", _("Next")), CANCEL
        super().__init__(_("Open account"), hints)
        self._desk = desk
        self._type_was_typed = False
        self.name_field = Field(id="new-name", placeholder=_("Assets:Bank:Current"))
        self.type_field = Field(id="new-type", placeholder=_types_in_words())
        self.name_field.put(name)
        self.type_field.put(_(proposed_type(name, desk.standing.accounts)))

    def body(self) -> ComposeResult:
        yield Static(_("Name"), classes="label")
        yield self.name_field
        yield Static(_("Type"), classes="label")
        yield self.type_field

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        if field is self.type_field:
            self._type_was_typed = True
            self.completions.open_at(field.region, type_completions(field.value))
        elif not self._type_was_typed:
            self.type_field.put(_(proposed_type(field.value, self._desk.standing.accounts)))

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
            kind = _typed_type(self.type_field.value.strip())
            self.dismiss(self._desk.ledger.open_account(self.name_field.value.strip(), kind))
        except LedgerError as refusal:
            self.show_error(str(refusal))


def proposed_type(name: str, accounts: tuple[Account, ...]) -> str:
    """The type an account of this name most likely has: its root's, else the one its first word means, else ''."""
    root = name.partition(":")[0].strip().casefold()
    for account in accounts:
        if account.name.partition(":")[0].casefold() == root:
            return account.type.value
    return next((kind.value for kind in AccountType if len(root) > 1 and _is_called(kind, root)), "")


def type_completions(typed: str) -> list[Completion]:
    """The types that begin with what was typed, as they are shown."""
    wanted = typed.strip().casefold()
    found = ((kind, _(word)) for kind, word in _TYPES.items()) if wanted else ()
    return [Completion(text, "", kind) for kind, text in found if text.casefold().startswith(wanted)]


def _typed_type(typed: str) -> str:
    """The type that is meant by a word that is shown for it; anything else as it was typed."""
    return next((kind.value for kind, word in _TYPES.items() if _(word).casefold() == typed.casefold()), typed)


def _types_in_words() -> str:
    *first, last = map(_, _TYPES.values())
    return _("{types} or {last}").format(types=", ".join(first), last=last)


def _is_called(kind: AccountType, root: str) -> bool:
    """Whether the first word of a name means a type, in English or in the language spoken."""
    return any(name.casefold().startswith(root) for name in (_ROOTS[kind], _(_ROOTS[kind])))


_TYPES = {
    AccountType.ASSET: N_("asset"),
    AccountType.LIABILITY: N_("liability"),
    AccountType.EQUITY: N_("equity"),
    AccountType.INCOME: N_("income"),
    AccountType.EXPENSE: N_("expense"),
}
_ROOTS = {
    AccountType.ASSET: N_("Assets"),
    AccountType.LIABILITY: N_("Liabilities"),
    AccountType.EQUITY: N_("Equity"),
    AccountType.INCOME: N_("Income"),
    AccountType.EXPENSE: N_("Expenses"),
}
