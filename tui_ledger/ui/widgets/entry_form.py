"""How is a transaction typed? A form at the bottom of the screen that stays open for the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui_ledger.errors import AccountError, CorrectionInClosedPeriod, InvalidDate, LedgerError, PeriodClosed
from tui_ledger.ledger import Draft, Transaction
from tui_ledger.ledger.history import ChangeRow
from tui_ledger.ledger.schedules import Due
from tui_ledger.ledger.templates import Template
from tui_ledger.ui import entry, entry_start
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.duplicates import likeness
from tui_ledger.ui.entry import Line, Place
from tui_ledger.ui.entry_changes import changed_meanwhile, changes
from tui_ledger.ui.entry_start import Start
from tui_ledger.ui.entry_template import template_of_lines
from tui_ledger.ui.kept_forms import TakenUp, fingerprint
from tui_ledger.ui.keys import Scope, bindings, pressed
from tui_ledger.ui.shown import shown
from tui_ledger.ui.turn import Turn
from tui_ledger.ui.unfinished import KeptForm
from tui_ledger.ui.widgets.entry_typing import EntryTyping
from tui_ledger.words import _, listed


class EntryForm(EntryTyping):
    """Date, payee, memo and lines. What it posts or changes goes through the ledger like any other act, and a refusal
    stands in the form with everything that was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FORM)]

    @dataclass
    class Posted(Message):
        """A transaction was posted; the form is empty again and keeps its date, or closed after a day that was due."""

        transaction: Transaction

    @dataclass
    class Changed(Message):
        """A transaction was edited; the form is closed."""

        transaction: Transaction

    @dataclass
    class Closed(Message):
        """The form was closed; `due` is the day of a schedule that stood in it, posted or not."""

        due: Due | None = None

    @dataclass
    class ClosingDoubted(Message):
        """The form is to be closed although something was typed: somebody has to be asked first."""

    @dataclass
    class TemplateWanted(Message):
        """What stands in the form is to be kept as a template, which has no name of its own yet."""

        template: Template

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(desk, id=id)
        self._own_account: str | None = None
        self._day_kept: date | None = None
        self._texts_at_start: object = None
        self._doubted: object = None
        self._turn: Turn[Transaction] = Turn(desk.ledger, self.set_timer, self._say_waiting)

    def on_mount(self) -> None:
        self._begin(entry_start.blank())

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    @property
    def edited(self) -> Transaction | None:
        """The transaction that is being edited, as it stood when the form was opened."""
        return self._start.edited

    @property
    def was_typed_in(self) -> bool:
        """Whether closing the form would lose something."""
        return self._texts() != self._texts_at_start

    def open(self, own_account: str | None = None) -> None:
        """Show the form, ready for a payee; an empty one gets `own_account` on its second line."""
        if not self.is_open or not self.was_typed_in:
            self._own_account = own_account
            self._begin(entry_start.blank(own_account))
        self._show()
        self.payee_field.focus_selected()

    def open_with(self, start: Start) -> None:
        """Show the form with something in it: a copy, a template, a transaction to be edited."""
        self._own_account = None
        self._show()
        self._begin(start)
        if start.focus_line is None:
            self.payee_field.focus_selected()
        else:
            self.lines[start.focus_line].amount_field.focus_selected()

    def kept(self) -> KeptForm | None:
        """What would be lost if the program ended now; None where nothing would. Can be asked while it ends, when a
        widget does not count as displayed any more."""
        if self.styles.display == "none" or not self.was_typed_in:
            return None
        start, day = self._start, self.date_field
        return KeptForm(
            day=day.day,
            day_text=day.value if day.is_being_typed else None,
            payee=self.payee_field.value,
            memo=self.memo_field.value,
            tags=start.tags,
            lines=self._entry_lines.kept(start.lines),
            edited=None if start.edited is None else start.edited.number,
            seen=None if start.edited is None else fingerprint(start.edited),
            schedule=None if start.due is None else start.due.schedule.name,
            due=None if start.due is None else start.due.day,
            locale=self._desk.formats.locale,
        )

    def take_up(self, found: TakenUp, kept: KeptForm) -> None:
        """Show the form with what was kept of it, as it was typed; nothing is posted."""
        self.open_with(found.start)
        self.date_field.show(kept.day)
        if kept.day_text is not None:
            self.date_field.put(kept.day_text)
        if kept.payee != self.payee_field.value:
            self.payee_field.put(kept.payee)
            self._payee_taken = None
        self.memo_field.put(kept.memo)
        self._entry_lines.put_typed(found.lines)
        self._warning.say(found.doubt)
        self._redraw()

    def close(self) -> None:
        """Hide the form and forget what stands in it."""
        due = self._start.due
        self._begin(entry_start.blank(self._own_account))
        self.display = False
        self.post_message(self.Closed(due))

    def action_close_form(self) -> None:
        if self.completions.is_open:
            self.completions.close()
        elif self._turn.is_waiting:
            self._turn.stop()
            self._warning.say(_("Nothing was written: another program is still writing."))
        elif self.was_typed_in:
            self.post_message(self.ClosingDoubted())
        else:
            self.close()

    def action_post(self) -> None:
        if self._turn.is_waiting:
            return
        self._settle_focused()
        self._forget_errors()
        lines = self._read()
        named = partial(self._desk.named, credit_normal=None)
        problem = None if self._lines_stand() else entry.problem(lines, self._desk.standing.currency, named)
        if not self._head.date_stands():
            self.date_field.focus_selected()
        elif problem is not None:
            self._show_problem(problem)
        elif self.edited is not None:
            self._change(self.edited, lines)
        elif not self._doubts(lines):
            self._post(lines)

    def action_save_template(self) -> None:
        self._settle_focused()
        self._forget_errors()
        lines = self._read()
        problem = entry.unreadable(lines) or entry.too_few_lines(lines)
        if problem is not None:
            self._show_problem(problem)
            return
        template = template_of_lines(lines, self._payee(), self.memo_field.value.strip(), self._start.tags)
        self.post_message(self.TemplateWanted(template))

    def _begin(self, start: Start) -> None:
        """Put what a form begins with into its fields; the date typed last comes back after an edit."""
        self._turn.stop()
        self._start = start
        self._payee_taken = start.payee or None
        self._doubted = None
        self.completions.close()
        self._begin_date(start.date)
        self.payee_field.put(start.payee)
        self.memo_field.put(start.memo)
        self._entry_lines.fill(start.lines)
        self._filled = self._entry_lines.texts()
        self._texts_at_start = self._texts()
        tags = _("{title} · tags {tags}").format(title=start.title, tags=listed(start.tags))
        self.border_title = shown(tags if start.tags else start.title)
        self._forget_errors()
        if self.is_mounted:
            self._redraw()

    def _begin_date(self, day: date | None) -> None:
        if day is not None:
            self._day_kept = self._day_kept or self.date_field.day
            self.date_field.show(day)
        elif self._day_kept is not None:
            self.date_field.show(self._day_kept)
            self._day_kept = None

    def _show(self) -> None:
        self._desk.ask(self._desk.follow, self._desk.standing)
        self._offers.read_payees()
        self.display = True

    def _post(self, lines: list[Line]) -> None:
        draft = self._draft(lines)
        self._take_turn(lambda: self._posted(draft), self._was_posted, lines)

    def _take_turn(
        self, act: Callable[[], Transaction], done: Callable[[Transaction], None], lines: list[Line]
    ) -> None:
        """Write what stands in the form, as soon as no other program does; what is typed meanwhile ends the waiting."""
        typed = self._typed()

        def still() -> bool:
            if self._typed() == typed:
                return True
            changed = _("Nothing was written, since this was changed: {key} writes it")
            self.call_later(self._warning.say, changed.format(key=pressed("post")))
            return False

        self._turn.take(act, done, lambda refusal: self._show_refusal(refusal, lines), still)

    def _typed(self) -> object:
        """Everything that stands in the form, half typed or not."""
        return (self.date_field.value, self._texts())

    def _say_waiting(self, sentence: str) -> None:
        self._warning.say(sentence)

    def _was_posted(self, posted: Transaction) -> None:
        if posted.payee:
            self._offers.payees.remember(posted.payee)
        if self._start.due is not None:
            self.post_message(self.Posted(posted))
            self.close()
            return
        self._begin(entry_start.blank(self._own_account))
        self.payee_field.focus_selected()
        self.post_message(self.Posted(posted))

    def _posted(self, draft: Draft) -> Transaction:
        """A draft, posted; one that stands for a day of a schedule counts as that day."""
        due, ledger = self._start.due, self._desk.ledger
        if due is None:
            return ledger.post_draft(draft)
        return ledger.post_due(due.schedule.name, due.day, draft=draft)

    def _change(self, edited: Transaction, lines: list[Line]) -> None:
        """Give the ledger what was changed, and nothing else; where nothing was, only close."""
        changed = changes(edited, self._draft(lines), lines_were_changed=not self._lines_stand())
        postings = changed.pop("postings", ())
        if (changed or postings) and self._doubts_change(edited):
            return
        if changed or postings:
            ledger = self._desk.ledger
            self._take_turn(lambda: ledger.edit(edited.number, *postings, **changed), self._was_changed, lines)
        else:
            self.close()

    def _was_changed(self, transaction: Transaction) -> None:
        self.post_message(self.Changed(transaction))
        self.close()

    def _draft(self, lines: list[Line]) -> Draft:
        memo, postings = self.memo_field.value.strip(), entry.postings(lines)
        return Draft(self.date_field.day, memo, postings, self._payee(), tags=self._start.tags)

    def _doubts(self, lines: list[Line]) -> bool:
        """Whether to ask once more, since a transaction like this one stands in the book already."""
        typed = (self.date_field.day, self._texts())
        if typed == self._doubted:
            return False
        whole = entry.completed(lines, self._desk.standing.currency)
        ask = self._desk.ask
        alike = ask(lambda: likeness(self._desk.ledger, self.date_field.day, self._payee(), whole), None)
        if alike is None:
            return False
        self._doubted = typed
        doubt = _("Looks like {alike} (same day, payee and amount): {key} again posts it anyway")
        self._warning.say(doubt.format(alike=alike, key=pressed("post")))
        return True

    def _doubts_change(self, edited: Transaction) -> bool:
        """Whether to ask once more, since somebody changed the transaction after it came into the form."""
        ask, ledger = self._desk.ask, self._desk.ledger
        now = ask(lambda: ledger.transaction(edited.number), edited)
        told = "" if now.voided else changed_meanwhile(edited, now, self._desk)
        typed = (told, self._texts())
        if not told or typed == self._doubted:
            return False
        self._doubted = typed
        nothing: list[ChangeRow] = []
        by = next((row.actor for row in reversed(ask(lambda: ledger.changes_of(edited.number), nothing))), "")
        doubt = _("Changed meanwhile by {who}, {key} again saves yours over it: {changes}")
        self._warning.say(doubt.format(who=by, key=pressed("post"), changes=told))
        return True

    def _show_refusal(self, refusal: LedgerError, lines: list[Line]) -> None:
        """Put a refusal where it belongs: at the date, at the account it names, else below the lines."""
        is_of_date = isinstance(refusal, (PeriodClosed, InvalidDate))
        if is_of_date and not isinstance(refusal, CorrectionInClosedPeriod):
            self._head.show_error(str(refusal))
            self.date_field.focus_selected()
            return
        named = refusal.values.get("account") if isinstance(refusal, AccountError) else None
        for index, line in enumerate(lines):
            if named is not None and line.account is not None and line.account.name == named:
                self._show_problem(entry.Problem(index, Place.ACCOUNT, str(refusal)))
                return
        self._message.say(str(refusal))

    def _payee(self) -> str | None:
        return self._payee_taken or self.payee_field.value.strip() or None

    def _texts(self) -> object:
        """Everything typed, to be compared; the date only where it is one of a transaction being edited."""
        day = self.date_field.day if self.edited is not None else None
        return (day, self.payee_field.value.strip(), self.memo_field.value.strip(), self._entry_lines.texts())

    def _lines_stand(self) -> bool:
        """Whether the lines are still those of the transaction that is being edited."""
        return self.edited is not None and self._entry_lines.texts() == self._filled
