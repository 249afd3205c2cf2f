"""What holds the workbench together? Screens as modes, the book's changes, toasts, and what works everywhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import events, work
from textual.binding import BindingType
from textual.worker import Worker, WorkerState, get_current_worker

from tui_ledger.dates import Clock, system_clock
from tui_ledger.errors import BookOverwritten, LedgerError
from tui_ledger.ledger import Account, Ledger, Role, Transaction
from tui_ledger.ledger.saved_reports import SavedReport
from tui_ledger.ledger.schedules import Due
from tui_ledger.ledger.undoing import UndoneAct
from tui_ledger.locale.formats import Formats
from tui_ledger.preferences import Preferences
from tui_ledger.text import clean
from tui_ledger.ui.book_actions import BookActions
from tui_ledger.ui.book_watch import BookWatch
from tui_ledger.ui.desk import Desk, LocaleFor
from tui_ledger.ui.ended_work import WorkEnded, ended_with
from tui_ledger.ui.failed_work import failure_in_words
from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.narrowing import Narrowing
from tui_ledger.ui.palette import KeyCommands, Palette
from tui_ledger.ui.party_rows import SheetView
from tui_ledger.ui.personal_app import PersonalApp
from tui_ledger.ui.program_actions import ProgramActions
from tui_ledger.ui.reading_only import would_write
from tui_ledger.ui.report_commands import ReportCommands
from tui_ledger.ui.screens.accounts import AccountsScreen
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.dialogs import AccountDialog, ConfirmDialog, DateDialog
from tui_ledger.ui.screens.journal import JournalScreen
from tui_ledger.ui.screens.key_sheet import KeySheet, help_on
from tui_ledger.ui.screens.parties import PartiesScreen
from tui_ledger.ui.screens.reports import ReportsScreen
from tui_ledger.ui.shown_period import ShownPeriod
from tui_ledger.ui.signing import is_for, is_still_who_they_were, why_ended, why_reading_only
from tui_ledger.ui.template_commands import TemplateCommands
from tui_ledger.ui.terminal_keys import tell_alt_digits
from tui_ledger.ui.unfinished_work import UnfinishedWork
from tui_ledger.ui.widgets.entry_form import EntryForm
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.words import N_, _, ngettext

Result = TypeVar("Result")

ACTIONS = {"program": "program", "change_colours": "theme", "own_keys": "own-keys"}
LOOKING_SECONDS = 0.5
ATTEMPT_SECONDS = 0.5
"""How long the screen may stand still for another program's writing."""


class Workbench(BookActions, ProgramActions, UnfinishedWork, PersonalApp[int]):
    """The workbench over one book."""

    TITLE = "tui-ledger"
    CSS_PATH = ["styles/workbench.tcss", "styles/plain.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.EVERYWHERE)]
    COMMANDS = {KeyCommands, ReportCommands, TemplateCommands}
    DEFAULT_MODE = "accounts"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    NOTIFICATION_TIMEOUT = 3

    def __init__(
        self,
        ledger: Ledger,
        formats: Formats,
        *,
        clock: Clock = system_clock,
        export_folder: Path | None = None,
        preferences: Preferences | None = None,
        locale_for: LocaleFor | None = None,
    ) -> None:
        super().__init__(preferences)
        tell_alt_digits()
        self.desk = Desk(ledger, formats, self.refuse, locale_for)
        self._trail: list[str] = []
        self._narrowing = Narrowing()
        self._asked_to_leave = False
        self._watch = BookWatch(ledger.path)
        self._signed_in = ledger.signed_in
        self._clock = clock
        self._export_folder = export_folder
        self.add_mode(AccountsScreen.MODE, lambda: self.accounts)
        self.add_mode(JournalScreen.MODE, lambda: self.journal)
        self.add_mode(ReportsScreen.MODE, lambda: self.reports)
        self.add_mode(PartiesScreen.MODE, lambda: self.parties)

    @cached_property
    def accounts(self) -> AccountsScreen:
        return AccountsScreen(self.desk)

    @cached_property
    def journal(self) -> JournalScreen:
        return JournalScreen(self.desk)

    @cached_property
    def reports(self) -> ReportsScreen:
        return ReportsScreen(self.desk)

    @cached_property
    def parties(self) -> PartiesScreen:
        return PartiesScreen(self.desk)

    def on_mount(self) -> None:
        self.set_interval(LOOKING_SECONDS, self._look_at_book)
        self.say_what_is_due()

    def book_place(self) -> str:
        return self.desk.ledger.place

    @property
    def reaches_files(self) -> bool:
        """Whether files of this computer are for whoever sits here."""
        return not self.is_web or self._signed_in is None or self._signed_in.role is Role.ADMINISTRATOR

    def moment(self) -> datetime:
        return self._clock()

    def say(self, sentence: str) -> None:
        """A toast with something that went well."""
        self.notify(clean(sentence), markup=False)

    def refuse(self, sentence: str) -> None:
        """A toast with something that could not be done."""
        self.notify(clean(sentence), severity="error", timeout=8, markup=False)

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """An act of the ledger; a refusal is shown and gives None. The screen stands still meanwhile: not for long."""
        try:
            with self.desk.ledger.hurried(ATTEMPT_SECONDS):
                return act()
        except LedgerError as refusal:
            self.refuse(str(refusal))
            return None

    def title_of(self, transaction: Transaction) -> str:
        """A transaction in a few words: number, payee or memo, amount."""
        debits = [posting.amount for posting in transaction.postings if posting.amount.units > 0]
        same = [amount for amount in debits if amount.currency == debits[0].currency]
        amount = self.desk.named(sum(same[1:], start=same[0])) if same else _("void")
        return " ".join(
            part for part in (str(transaction.number), "·", transaction.payee or transaction.memo, amount) if part
        )

    @property
    def came_from(self) -> str | None:
        """The screen that Escape leads back to, or None."""
        return self._trail[-1] if self._trail else None

    async def open_register(self, account: str, key: Any = None, *, period: ShownPeriod | None = None) -> None:
        """Show an account's register, at a row's key or of some days; Escape leads back to where this was asked."""
        await self._drill("accounts")
        if period is not None:
            self._narrowing.narrow(len(self._trail), self.accounts.listing, "", period)
        self.accounts.go_to_account(account, key)

    async def open_transaction(self, number: int) -> None:
        """Show a transaction in the journal; Escape leads back to where this was asked."""
        transaction = self.attempt(lambda: self.desk.ledger.transaction(number))
        if transaction is not None:
            await self._drill("journal")
            self.journal.go_to_transaction(transaction)
            self.journal.rows.focus()

    async def open_journal(self, query: str, period: ShownPeriod) -> None:
        """Show what a query finds in some days in the journal; Escape leads back to where this was asked."""
        await self._drill("journal")
        self._narrowing.narrow(len(self._trail), self.journal.listing, query, period)
        self.journal.listing.show(at_end=True)
        self.journal.rows.focus()

    async def open_party(self, key: str) -> None:
        """Show a party with its sheet; Escape leads back to where this was asked."""
        party = self.attempt(lambda: self.desk.ledger.party(key))
        if party is not None:
            await self._drill("parties")
            self.parties.show_party(party)

    async def open_statistics(self, party: str, purpose: str | None, period: ShownPeriod) -> None:
        """Show a party's debits and credits month by month; Escape leads back to where this was asked."""
        await self._drill("reports")
        self.reports.open_statistics(party, purpose, period)

    async def type_due(self, due: Due) -> None:
        """A day that is due into the journal's form; Escape leads back to where this was asked."""
        await self._drill("journal")
        self.journal.type_due(due)

    def go_back(self) -> None:
        """Back to the screen a drill-down began on."""
        if self._trail:
            self._narrowing.restore(len(self._trail))
            self.switch_mode(self._trail.pop())

    async def action_go(self, mode: str) -> None:
        self._trail.clear()
        self._narrowing.forget()
        await self.switch_mode(mode)
        if mode == ReportsScreen.MODE:
            self.reports.open_report()

    async def open_report(self, name: str) -> None:
        """Show a report by its name."""
        self._trail.clear()
        self._narrowing.forget()
        await self.switch_mode(ReportsScreen.MODE)
        self.reports.open_report(name)

    async def open_saved_report(self, saved: SavedReport) -> None:
        """Show a saved report."""
        await self.open_report(saved.report)
        self.reports.open_saved(saved)

    def action_go_to_account(self) -> None:
        async def answered(account: Account | None) -> None:
            if account is not None:
                self._trail.clear()
                await self.open_register(account.name)

        self.push_screen(AccountDialog(self.desk), answered)

    def action_go_to_date(self) -> None:
        screen = self.screen
        if not isinstance(screen, BookScreen):
            return

        def answered(day: date | None) -> None:
            if day is not None:
                screen.go_to_day(day)

        self.push_screen(DateDialog(self.desk, screen.shown_day()), answered)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_export(self) -> None:
        screen = self.screen_stack[0] if self.screen_stack else None
        if not (isinstance(screen, BookScreen) and screen.export_shown()):
            self.export_workbook()

    def export_workbook(self) -> None:
        """Write the whole book to one workbook, up to the day that is shown."""
        self.say(_("Writing the workbook …"))
        self._export(self._day_to_export() or self.desk.ledger.today)

    def export_statement(self, party: str, view: SheetView, period: ShownPeriod, *, newest_first: bool) -> None:
        """Write a party's sheet to a workbook of its own."""
        self.say(_("Writing the workbook …"))
        self._export_statement(party, view, period, newest_first)

    def action_undo(self) -> None:
        self._step(self.desk.ledger.undo, N_("Undid: {act}"))

    def action_redo(self) -> None:
        self._step(self.desk.ledger.redo, N_("Did again: {act}"))

    def action_help(self) -> None:
        self.push_screen(help_on(self.focused))

    def action_key_sheet(self) -> None:
        self.push_screen(KeySheet())

    async def action_quit(self) -> None:
        """Leave; once asked whether to drop what was typed, a second time leaves."""
        if self._asked_to_leave or not any(form.was_typed_in for form in self.open_forms()):
            self._leave()
            return
        self._asked_to_leave = True

        def answered(yes: bool | None) -> None:
            self._asked_to_leave = False
            if yes:
                self._leave()

        question = _("Leave and drop the transaction that is being typed?")
        if not self._watch.is_there:
            question = _("Leave? The transaction that is being typed is offered again when the book is opened.")
        self.push_screen(ConfirmDialog(question, _("Leave")), answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ACTIONS and not is_for(self.desk.ledger, ACTIONS[action], is_served=self.is_web):
            return False
        if action in ("undo", "redo"):
            return not self.desk.ledger.read_only
        if action == "go_to_account":
            return len(self.desk.standing.accounts) > 0
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """What no widget took: over a book for reading a key that writes is answered, not ignored."""
        if self.desk.ledger.read_only and would_write(self.screen, event.key):
            self.refuse(why_reading_only(self.desk.ledger))

    def on_grid_copied(self, event: Grid.Copied) -> None:
        self.copy_to_clipboard(event.text)
        self.say(ngettext("Copied the row", "Copied {n} rows", event.rows).format(n=self.desk.count(event.rows)))

    def on_grid_failed(self, event: Grid.Failed) -> None:
        self.refuse(event.reason)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.say_what_failed(event)

    def say_what_failed(self, event: Worker.StateChanged) -> None:
        """What goes wrong beside the screen is said, and ends nothing."""
        if event.state is WorkerState.ERROR:
            self.refuse(failure_in_words(event.worker))

    def _step(self, step: Callable[[], UndoneAct], said: str) -> None:
        undone = self.attempt(step)
        if undone is None:
            return
        self.say(_(said).format(act=self.undone_in_words(undone)))
        self.follow_undone()
        self._look_at_book()

    async def _drill(self, mode: str) -> None:
        current = self.current_mode
        if current != mode:
            self._trail.append(current)
            await self.switch_mode(mode)

    def _leave(self) -> None:
        """What cannot be posted because the book is gone is left unfinished, not dropped."""
        self.exit(0)
        self._is_left = not self._is_overwritten() and self._watch.is_there

    def _look_at_book(self) -> None:
        """Another process may have written; while the workbench is being left there is nothing to look at."""
        if not is_still_who_they_were(self.desk.ledger, self._signed_in):
            self.last_words = why_ended()
            self.exit(1, return_code=1)
            return
        screen = self.screen_stack[0] if self.screen_stack else None
        news = self._watch.news()
        if news:
            with contextlib.suppress(LedgerError):
                self.desk.ledger.check_place()
            (self.say if self._watch.is_there else self.refuse)(news)
        if isinstance(screen, BookScreen) and not self._is_overwritten():
            screen.follow_book()

    def _is_overwritten(self) -> bool:
        """Whether the book's file holds something else now, which is said once: there is nothing to follow then."""
        if self._watch.is_there:
            try:
                self.desk.ledger.check_place()
            except BookOverwritten:
                self.refuse(self._watch.note_overwritten())
            except LedgerError:
                return False
        return self._watch.was_overwritten

    def _day_to_export(self) -> date | None:
        screen = self.screen_stack[0] if self.screen_stack else None
        return screen.day_to_export() if isinstance(screen, BookScreen) else None

    def open_forms(self) -> Sequence[EntryForm]:
        """The entry forms that are open, of all screens."""
        return [form for form in self.entry_forms() if form.is_open]

    def entry_forms(self) -> Sequence[EntryForm]:
        """The entry forms of the screens that were shown so far, open or not."""
        return [screen.form for name, screen in vars(self).items() if name in ("accounts", "journal")]

    @work(thread=True, exclusive=True, group="export", exit_on_error=False, name=N_("The export"))
    def _export(self, day: date) -> None:
        """The workbook of the fiscal year up to a day, written beside the screen; leaving the workbench ends it."""
        from tui_ledger.export.whole_workbook import NAME, write_whole_workbook
        from tui_ledger.reports.choices import asked_range

        ledger, formats, created = self.desk.ledger, self.desk.formats, self._clock()
        try:
            path = self.export_place(NAME, day)
            days = asked_range(None, day, ledger)
            written = write_whole_workbook(
                ledger, days, path, formats, created=created, progress=ended_with(get_current_worker()), translate=_
            ).path
        except WorkEnded:
            return
        except LedgerError as refusal:
            self.call_from_thread(self.refuse, str(refusal))
        else:
            self.call_from_thread(self.say_written, written)

    @work(thread=True, exclusive=True, group="export", exit_on_error=False, name=N_("The export"))
    def _export_statement(self, party: str, view: SheetView, period: ShownPeriod, newest_first: bool) -> None:
        from tui_ledger.ui.report_export import write_statement_of

        ledger, progress = self.desk.ledger, ended_with(get_current_worker())
        place, formats, created = self.export_place, self.desk.formats, self._clock()
        try:
            written = write_statement_of(
                ledger, party, view, period, place, formats, created, progress, newest_first=newest_first
            )
        except WorkEnded:
            return
        except LedgerError as refusal:
            self.call_from_thread(self.refuse, str(refusal))
        else:
            self.call_from_thread(self.say_written, written)

    def export_place(self, name: str, day: date) -> Path:
        """Where a report of a name and a day is written to: exports/ beside the book. Raises ExportFailed."""
        from tui_ledger.export.names import default_export_path, ready_export_path

        book = self.desk.ledger.path or Path(self.desk.ledger.name)
        return ready_export_path(default_export_path(book, name, day, self._export_folder))

    def say_written(self, path: Path) -> None:
        """Where a workbook is now."""
        here, elsewhere = (
            _("Wrote {file} to {folder}"),
            _("Wrote {file} to {folder} on the computer that serves this page"),
        )
        self.say((elsewhere if self.is_web else here).format(file=path.name, folder=path.parent))
