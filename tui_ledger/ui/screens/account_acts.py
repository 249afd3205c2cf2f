"""What can be done with an account of the tree? Edit, rename or move, close and reopen, delete; by key and by menu."""

from __future__ import annotations

from tui_ledger.ledger import Account
from tui_ledger.ui.account_rows import AccountRow
from tui_ledger.ui.keys import Key, key_of, pressed
from tui_ledger.ui.screens.account_dialogs import ActDialog, CloseAccountDialog, EditAccountDialog, RenameDialog
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.menus import MenuDialog
from tui_ledger.ui.watching import watch_or_not
from tui_ledger.words import _, pgettext

MENU = (
    "open-account",
    "edit-account",
    "rename-account",
    "close-account",
    "delete-account",
    "hide-zero",
    "show-closed",
    "watch-account",
)
NEED_ACCOUNT = ("edit_account", "close_account", "delete_account", "watch")


class AccountActs(BookScreen):
    """The acts on the account under the cursor of a tree."""

    def current_row(self) -> AccountRow | None:
        """The row of the tree that is meant, or None."""
        raise NotImplementedError

    def show_account(self, name: str) -> None:
        """Bring an account before the eyes after it was changed."""
        raise NotImplementedError

    def action_account_menu(self) -> None:
        row = self.current_row()
        keys = [key for key in map(key_of, MENU) if key is not None and self.check_action(key.action, ())]

        async def answered(key: Key | None) -> None:
            if key is not None:
                await self.app.run_action(key.action, self)

        self.app.push_screen(MenuDialog(_("Accounts") if row is None else row.name, keys), answered)

    def action_watch(self) -> None:
        account = self._current_account()
        if account is not None:
            watch_or_not(self.workbench, account.name)
            self.follow_book()

    def action_edit_account(self) -> None:
        account = self._current_account()
        if account is None:
            return

        def answered(edited: Account | None) -> None:
            if edited is not None and edited != account:
                self._say(_("Edited {name} · {key} undoes"), edited.name)

        self.app.push_screen(EditAccountDialog(self.desk, account), answered)

    def action_rename_account(self) -> None:
        row = self.current_row()
        if row is None:
            return

        def answered(name: str | None) -> None:
            if name is not None and name != row.name:
                self._say(_("Renamed {old} to {name} · {key} undoes"), name, old=row.name)

        self.app.push_screen(RenameDialog(self.desk, row.name), answered)

    def action_close_account(self) -> None:
        account = self._current_account()
        if account is None:
            return
        if account.closed is not None:
            self._ask_to_reopen(account)
            return

        def answered(closed: Account | None) -> None:
            if closed is not None:
                self._say(_("Closed {name} · {key} undoes"), closed.name)

        self.app.push_screen(CloseAccountDialog(self.desk, account), answered)

    def action_delete_account(self) -> None:
        account = self._current_account()
        if account is None:
            return

        def delete() -> bool:
            self.desk.ledger.delete_account(account)
            return True

        def answered(done: bool | None) -> None:
            if done:
                self._say(_("Deleted {name} · {key} undoes"), account.name)

        question = _("Delete {name}?").format(name=account.name)
        note = _("Only an account without postings can be deleted.")
        self.app.push_screen(ActDialog(question, _("Delete"), delete, note), answered)

    def _ask_to_reopen(self, account: Account) -> None:
        def answered(opened: Account | None) -> None:
            if opened is not None:
                self._say(_("Opened {name} again · {key} undoes"), opened.name)

        question = _("Open {name} again?").format(name=account.name)
        act = ActDialog(question, pgettext("closed account", "Open"), lambda: self.desk.ledger.reopen_account(account))
        self.app.push_screen(act, answered)

    def _current_account(self) -> Account | None:
        row = self.current_row()
        return None if row is None else row.account

    def _say(self, done: str, name: str, **values: str) -> None:
        """What was done to an account: a template with its name, the key that undoes it, and other values."""
        self.workbench.say(done.format(name=name, key=pressed("undo"), **values))
        self.follow_book()
        self.show_account(name)
