"""What is due, and what recurs? Two lists over the screen; what waits is posted, changed first, or skipped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Transaction
from tui_ledger.ledger.schedules import Due, Schedule
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, pressed, with_keys
from tui_ledger.ui.schedule_columns import due_columns, schedule_columns
from tui_ledger.ui.schedule_rows import DueRow, ScheduleRow, due_rows, lines_in_words, schedule_rows
from tui_ledger.ui.schedule_words import rule_in_words
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.post_due import PostAllDialog, looks_like
from tui_ledger.ui.screens.schedule_form import ScheduleForm, kept_in_words
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.screens.transactions import TransactionsScreen
from tui_ledger.ui.screens.work_dialog import Outcome
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.neighbours import NeighbourGrid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, ngettext, pgettext

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench

Done = TypeVar("Done")

NO_SCHEDULES = N_("No schedules yet: {sheet-add} makes one; on a transaction {repeat} repeats it.")
OPEN_AMOUNT = N_("Its amount is open: {sheet-edit} opens it in the form, to be typed.")
ON_DUE = (
    ("confirm", N_("Post")),
    ("sheet-edit", N_("Edit")),
    ("due-skip", N_("Skip")),
    ("due-post-all", N_("Post all")),
)
HELP = ("sheet-help", N_("Help"))
ON_SCHEDULE = (("open", N_("Change")), ("sheet-remove", N_("Delete")), ("due-post-all", N_("Post all")))


class DueList(NeighbourGrid[DueRow]):
    """What is due. Enter is left to the dialog, which posts; a second click opens a row, as everywhere."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "open" else super().check_action(action, parameters)


class SchedulesSheet(SheetDialog[Any]):
    """What is due above, every schedule below; `grid` is the list that has the cursor.

    `at` is the day that the cursor goes to, where it is still due.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.SCHEDULES)]
    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")

    def __init__(self, desk: Desk, at: Due | None = None) -> None:
        self.due_list = DueList(due_columns(desk), lambda row: row.key, empty=_("Nothing is due."), id="due-days")
        self.schedule_list: NeighbourGrid[ScheduleRow] = NeighbourGrid(
            schedule_columns(desk),
            lambda row: row.key,
            tone=lambda row: "muted" if row.next_day is None else None,
            empty=with_keys(_(NO_SCHEDULES)) if not desk.ledger.read_only else _("No schedules."),
            id="schedules",
        )
        self.due_list.below, self.schedule_list.above = self.schedule_list, self.due_list
        super().__init__(desk, _("Schedules"), self.due_list)
        self.schedule_list.offers_menu = True
        self._key_wanted = None if at is None else (at.day.isoformat(), at.schedule.name)
        self._refused_at: object = None
        self._was_filled = False

    def body(self) -> ComposeResult:
        with Vertical(classes="sheet-body"):
            yield self.due_list
            yield self.schedule_list
        yield self.about_row

    def fill(self) -> None:
        desk = self.desk
        desk.ask(desk.follow, desk.standing)
        no_days: tuple[Due, ...] = ()
        nothing: tuple[Schedule, ...] = ()
        days = due_rows(desk.ask(desk.ledger.due, no_days), desk.standing)
        self._show_days(days)
        kept = schedule_rows(desk.ask(desk.ledger.schedules, nothing), desk.standing, desk.ledger.today)
        self.schedule_list.show(ListWindow(kept, lambda row: row.key))
        self.schedule_list.styles.max_height = max(len(kept), 1) + 1
        self._was_filled = True
        self._show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_due = self.grid is self.due_list and self.due_list.row is not None
        match action:
            case "post" | "skip":
                return is_due and not self.desk.ledger.read_only
            case "post_all":
                return self.due_list.row_count > 0 and not self.desk.ledger.read_only
            case "remove":
                return not is_due and super().check_action(action, parameters)
        return super().check_action(action, parameters)

    def action_confirm(self) -> None:
        """Enter posts the highlighted day."""
        if self.check_action("post", ()):
            self.action_post()

    def action_post(self) -> None:
        """Post the highlighted day as its template says."""
        row = self.due_list.row
        if row is None:
            return
        if row.is_open:
            self._refuse(with_keys(_(OPEN_AMOUNT)))
            return
        found = self.desk.ask(lambda: looks_like(row, self.desk), None)
        if found is not None and _still_waits(row, self.desk):
            self._ask_to_post(row, found)
        else:
            self._post(row)

    def action_skip(self) -> None:
        """Pass over the highlighted day."""
        row = self.due_list.row
        if row is None:
            return
        said = _("Skipped {schedule} of {day} · {key} undoes").format(
            schedule=row.due.schedule.name, day=self.desk.day(row.due.day), key=pressed("sheet-undo")
        )
        self._carry_out(lambda: self.desk.ledger.skip_due(*_named(row)), lambda _done: said)

    def action_post_all(self) -> None:
        """Post all that is due, after a question."""
        rows = self.due_list.window.rows(0, self.due_list.row_count)
        if all(row.is_open for row in rows):
            self._refuse(with_keys(_(OPEN_AMOUNT)))
            return

        def answered(outcome: Outcome | None) -> None:
            if outcome is not None:
                self._bench.say(outcome.sentence.rstrip(":"))
            self.fill()

        self.app.push_screen(PostAllDialog(self.desk, rows), answered)

    def action_add(self) -> None:
        self.app.push_screen(ScheduleForm(self.desk, like=self._highlighted_beneath()), self._saved)

    def action_edit(self) -> None:
        """A day that is due goes into the entry form, a schedule into its own."""
        if self.grid is self.due_list:
            self._type_due()
        elif self.schedule_list.row is not None:
            self.app.push_screen(ScheduleForm(self.desk, schedule=self.schedule_list.row.schedule), self._saved)

    def action_remove(self) -> None:
        row = self.schedule_list.row
        if row is None:
            return

        def delete() -> str:
            self.desk.ledger.delete_schedule(row.schedule.name)
            return row.schedule.name

        due = len(row.schedule.due(self.desk.ledger.today))
        dropped = ngettext("{n} due will not be waited for.", "{n} due will not be waited for.", due)
        note = " ".join((_("What was posted stays."), *([dropped.format(n=self.desk.count(due))] if due else [])))
        question = _("Delete the schedule {name}?").format(name=row.schedule.name)
        self.app.push_screen(ActDialog(question, _("Delete"), delete, note), self._deleted)

    def on_descendant_focus(self) -> None:
        """The list with the focus is the one that keys are about."""
        if self.focused in (self.due_list, self.schedule_list):
            self.grid = cast("Grid[Any]", self.focused)
            self._show_row()
            self._show_hints()
            self.refresh_bindings()

    @on(Grid.Highlighted)
    def _row_highlighted(self) -> None:
        if self.grid.row_key != self._refused_at:
            self.show_error("")
        self._show_row()

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        """A day goes into the form, to be looked at before it is posted; a schedule is changed."""
        event.prevent_default()
        if "edit" in self.offered:
            self.action_edit()

    @property
    def _bench(self) -> Workbench:
        return cast("Workbench", self.app)

    def _show_days(self, days: list[DueRow]) -> None:
        """The days that are due; the cursor goes to one that came back, else stays, on its row or at its place."""
        grid = self.due_list
        before = [row.key for row in grid.window.rows(0, grid.row_count)]
        after = [row.key for row in days]
        came_back = [key for key in after if key not in before] if self._was_filled else []
        wanted = came_back[0] if came_back else self._key_wanted
        self._key_wanted = None
        place = None if wanted is not None or grid.row_key in after else grid.cursor
        grid.show(ListWindow(days, lambda row: row.key), key=wanted, place=place)
        grid.styles.max_height = max(len(days), 1) + 1
        if not days and self.grid is grid:
            self._give_focus(self.schedule_list)
        elif days and (came_back or not self._was_filled):
            self._give_focus(grid)

    def _give_focus(self, grid: Grid[Any]) -> None:
        """The first time the sheet itself gives the focus to its `grid`."""
        self.grid = grid
        if self._was_filled:
            grid.focus()

    def _carry_out(self, act: Callable[[], Done], said: Callable[[Done], str]) -> None:
        """An act on what is due, said where it went well; a refusal stands beneath the lists.

        What was said before makes room: a toast lies over the foot of the lists.
        """
        try:
            done = act()
        except LedgerError as refusal:
            self.fill()
            self._refuse(str(refusal))
        else:
            self.show_error("")
            self.app.clear_notifications()
            self._bench.say(said(done))
            self.fill()

    def _post(self, row: DueRow) -> None:
        self._carry_out(lambda: self.desk.ledger.post_due(*_named(row)), self._posted_in_words)

    def _ask_to_post(self, row: DueRow, number: int) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._post(row)

        question = _("{schedule} of {day} looks like {number} (same day, payee and amount): post it anyway?").format(
            schedule=row.due.schedule.name, day=self.desk.day(row.due.day), number=number
        )
        self.app.push_screen(ConfirmDialog(question, _("Post")), answered)

    def _refuse(self, sentence: str) -> None:
        """Say a refusal for as long as the cursor stays."""
        self._refused_at = self.grid.row_key
        self.app.clear_notifications()
        self.show_error(sentence)

    def _type_due(self) -> None:
        row = self.due_list.row
        if row is not None and not self._bench.journal.form_is_taken():
            self.afterwards = partial(self._bench.type_due, row.due)
            self.dismiss(None)

    def _saved(self, schedule: Schedule | None) -> None:
        if schedule is not None:
            said = _("{done} · {key} undoes")
            self._bench.say(said.format(done=kept_in_words(schedule, self.desk), key=pressed("sheet-undo")))
            self.fill()
            self.schedule_list.go_to(schedule.name)

    def _deleted(self, name: str | None) -> None:
        if name is not None:
            said = _("Deleted the schedule {name} · {key} undoes")
            self._bench.say(said.format(name=name, key=pressed("sheet-undo")))
            self.fill()

    def _highlighted_beneath(self) -> Transaction | None:
        """The transaction under the cursor of the screen below, which a new schedule may be about."""
        screen = self.app.screen_stack[0]
        number = screen.current_number() if isinstance(screen, TransactionsScreen) else None
        found = None if number is None else self.desk.ask(lambda: self.desk.ledger.transaction(number), None)
        return None if found is None or found.voided else found

    def _posted_in_words(self, posted: Transaction) -> str:
        said = _("Posted {transaction} · {key} undoes")
        return said.format(transaction=self._bench.title_of(posted), key=pressed("sheet-undo"))

    def _show_row(self) -> None:
        row = self.grid.row
        if isinstance(row, DueRow):
            self.about_row.say(lines_in_words(row.due.schedule.template))
        elif isinstance(row, ScheduleRow):
            rule = rule_in_words(row.schedule.recurrence, self.desk.formats)
            self.about_row.say(f"{rule[:1].upper()}{rule[1:]} · {lines_in_words(row.schedule.template)}")
        else:
            self.about_row.say("")

    def _show_hints(self) -> None:
        read_only, is_due = self.desk.ledger.read_only, self.due_list.row_count > 0
        rows = self.grid.row_count
        wanted = () if read_only or not rows else ON_DUE if self.grid is self.due_list else ON_SCHEDULE
        named = [one for one in wanted if is_due or one[0] != "due-post-all"]
        more = [] if read_only else [("sheet-add", _("New"))]
        for widget in self.query(KeyHints):
            widget.show((*named, *more, HELP, ("cancel", pgettext("dialog", "Close"))))


def _still_waits(row: DueRow, desk: Desk) -> bool:
    """Whether nobody handled a day since it was listed; then there is nothing to ask."""
    nothing: tuple[Due, ...] = ()
    waiting = [(one.day, one.schedule.name) for one in desk.ask(desk.ledger.due, nothing)]
    return (row.due.day, row.due.schedule.name) in waiting


def _named(row: DueRow) -> tuple[str, Any]:
    return row.due.schedule.name, row.due.day
