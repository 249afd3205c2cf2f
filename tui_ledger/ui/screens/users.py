"""Who may sign in to the book, and as what? Its users: listed, added, changed, given a passphrase, removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import work

from tui_ledger.errors import (
    InvalidPassphrase,
    InvalidUser,
    LastAdministrator,
    LedgerError,
    UnknownParty,
    UserExists,
)
from tui_ledger.ledger import Party, Role, User
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed, with_keys
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.widgets.choice_field import ChoiceField, yes_or_no
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field, PassphraseField
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, pgettext

OWNER = N_("Whoever opens the book itself is its administrator; users sign in.")
_COMPLETIONS = 8


class UsersSheet(SheetDialog[User]):
    """The users of the book, by name; only an administrator changes them."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        may = "add" in self.offered
        grid: Grid[User] = Grid(
            [
                Column(N_("Name"), lambda user: user.name, minimum=8, preferred=24, grows=2),
                Column(N_("Role"), lambda user: _(str(user.role)), exact=True),
                Column(N_("Party"), lambda user: user.party or "", minimum=6, grows=1),
                Column(N_("Active"), lambda user: _("yes") if user.active else _("no"), exact=True),
                Column(N_("Passphrase"), _passphrase_in_words, exact=True),
            ],
            _key,
            tone=lambda user: None if user.active else "muted",
            empty=with_keys(_("No users yet: {sheet-add} adds one.")) if may else _("No users."),
            id="users",
        )
        super().__init__(desk, _("Users"), grid)

    @property
    def offered(self) -> tuple[str, ...]:
        who = self.desk.ask(lambda: self.desk.ledger.signed_in, None)
        return super().offered if who is None or who.role is Role.ADMINISTRATOR else ()

    def fill(self) -> None:
        nothing: tuple[User, ...] = ()
        self.grid.show(ListWindow(self.desk.ask(self.desk.ledger.users, nothing), _key))
        self._show_row()

    def action_add(self) -> None:
        self.app.push_screen(UserForm(self.desk), self._kept)

    def action_edit(self) -> None:
        if self.grid.row is not None:
            self.app.push_screen(UserForm(self.desk, self.grid.row), self._kept)

    def action_remove(self) -> None:
        user = self.grid.row
        if user is None:
            return

        def remove() -> User:
            self.desk.ledger.delete_user(user)
            return user

        note = _("The name stays on what they did. Who only stays away for a while is better set inactive.")
        question = _("Remove the user {name}?").format(name=user.name)
        self.app.push_screen(ActDialog(question, _("Remove"), remove, note), lambda done: self.fill() if done else None)

    def on_grid_highlighted(self) -> None:
        self._show_row()

    def _kept(self, user: User | None) -> None:
        if user is not None:
            self.fill()
            self.grid.go_to(_key(user))

    def _show_row(self) -> None:
        user = self.grid.row
        self.about_row.say(_(OWNER) if user is None else self._in_words(user))

    def _in_words(self, user: User) -> str:
        if not user.active:
            return _("Inactive: cannot sign in.")
        if user.passphrase_set is None:
            if not self.offered:
                return _("Cannot sign in until a passphrase is set.")
            return with_keys(_("Cannot sign in until a passphrase is set: {sheet-edit} sets one."))
        day = self.desk.day(date.fromisoformat(user.passphrase_set[:10]))
        return _("The passphrase was set on {day}.").format(day=day)


class UserForm(FormDialog[User]):
    """A new user, or one that stands, whose name stays and whose passphrase does too unless another is typed."""

    def __init__(self, desk: Desk, user: User | None = None) -> None:
        self._desk = desk
        self._user = user
        self._is_saving = False
        nobody: tuple[Party, ...] = ()
        self._parties = desk.ask(desk.ledger.parties, nobody)
        self.name_field = Field(id="user-name", placeholder=_("what their acts will carry"))
        self.role = ChoiceField(tuple(Role), str(Role.BOOKKEEPER if user is None else user.role), id="user-role")
        self.party = Field(id="user-party", placeholder=_("its key"))
        self.active = yes_or_no(user is None or user.active, id="user-active")
        self.passphrase = PassphraseField(id="user-passphrase")
        self.again = PassphraseField(id="user-again")
        self.name_field.put("" if user is None else user.name)
        self.name_field.disabled = user is not None
        self.party.put("" if user is None else user.party or "")
        self._party_row = FormRow(_("Party"), self.party, _("signs in for it"))
        rows = (
            FormRow(_("Name"), self.name_field),
            FormRow(_("Role"), self.role, _("{key} takes the next").format(key=pressed("next-choice"))),
            self._party_row,
            *([] if user is None else [FormRow(_("Active"), self.active)]),
            FormRow(_("Passphrase"), self.passphrase, _about_passphrase(user)),
            FormRow(_("Once more"), self.again),
        )
        title = _("Add a user") if user is None else _("Change the user {name}").format(name=user.name)
        super().__init__(title, rows)

    def on_mount(self) -> None:
        super().on_mount()
        self._show_party()

    def act(self) -> User:
        return self._asked()()

    def action_save(self) -> None:
        """Beside the screen: what a passphrase is checked with takes its time to be made."""
        if self._is_saving:
            return
        self.clear_errors()
        try:
            asked = self._asked()
        except LedgerError as refusal:
            self.refuse(str(refusal), self._reading or self.culprit(refusal))
            return
        self._is_saving = True
        self._save(asked)

    def action_cancel(self) -> None:
        """What is being saved is not left half way."""
        if not self._is_saving:
            super().action_cancel()

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case UserExists():
                return self.name_field
            case InvalidUser():
                name = refusal.values["what"] == "The name"
                return self.name_field if name else self.party if self._is_party else self.role
            case UnknownParty():
                return self.party
            case InvalidPassphrase():
                return self.passphrase
            case LastAdministrator():
                return self.role if self.active.is_yes else self.active
        return None

    def completions_for(self, field: Field) -> list[Completion]:
        if field is not self.party or not field.value.strip():
            return []
        wanted = field.value.strip().casefold()
        found = [one for one in self._parties if wanted in one.key.casefold() or wanted in one.name.casefold()]
        if [one.key.casefold() for one in found] == [wanted]:
            return []
        return [Completion(one.key, "" if one.name == one.key else one.name, one.key) for one in found[:_COMPLETIONS]]

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        if field is self.role:
            self._show_party()

    def work_failed(self, sentence: str) -> None:
        self._is_saving = False
        super().work_failed(sentence)

    @work(thread=True, group="long", exit_on_error=False, name=N_("Keeping the user"))
    def _save(self, asked: Callable[[], User]) -> None:
        try:
            kept = asked()
        except LedgerError as refusal:
            self.app.call_from_thread(self._refused, refusal)
        else:
            self.app.call_from_thread(self.accepted, kept)

    def _refused(self, refusal: LedgerError) -> None:
        self._is_saving = False
        self.refuse(str(refusal), self.culprit(refusal))

    def _asked(self) -> Callable[[], User]:
        """Reads the fields; what is asked for with them may be done in another thread. Raises InvalidPassphrase."""
        ledger, user, passphrase = self._desk.ledger, self._user, self._typed_passphrase()
        role, active = self.role.chosen, self.active.is_yes
        party = self.party.value.strip() or None if self._is_party else None
        if user is None:
            name = self.name_field.value
            return lambda: ledger.add_user(name, role, party, passphrase)

        def change() -> User:
            with ledger.write():
                edited = ledger.edit_user(user, role=role, party=party, active=active)
                return edited if passphrase is None else ledger.set_passphrase(edited, passphrase)

        return change

    def _typed_passphrase(self) -> str | None:
        """The passphrase that was typed twice, None for none."""
        typed, again = self.passphrase.value, self.again.value
        with self.about(self.again):
            if typed != again:
                raise InvalidPassphrase(reason=N_("the two that were typed differ"))
        return typed or None

    @property
    def _is_party(self) -> bool:
        return self.role.chosen == Role.PARTY

    def _show_party(self) -> None:
        self._party_row.display = self._is_party


def _about_passphrase(user: User | None) -> str:
    if user is not None and user.has_passphrase:
        return _("empty: it stays")
    return _("8 characters or more")


def _passphrase_in_words(user: User) -> str:
    return pgettext("passphrase", "set") if user.has_passphrase else pgettext("passphrase", "none")


def _key(user: User) -> str:
    return user.name
