"""What is to change in all that is marked? A form over the list that says what would move before anything does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from tui_ledger.errors import InvalidOptions, LedgerError
from tui_ledger.locale.reading import read_date
from tui_ledger.text import clean
from tui_ledger.ui.bulk_change import MARKS, BulkChange, preview_lines
from tui_ledger.ui.completion import AccountUse
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.suggesting import account_completions
from tui_ledger.words import N_, Said, _, ngettext, pgettext

PREVIEW_SECONDS = 0.2
MANY = 200
PREVIEW_LINES = 10


class BulkDialog(FormDialog[str]):
    """Changes some transactions as one step to undo; the answer says in a sentence what was done."""

    def __init__(
        self,
        desk: Desk,
        numbers: Sequence[int],
        account: str = "",
        postings: Sequence[tuple[int, int]] | None = None,
        *,
        is_large: bool = False,
    ) -> None:
        """`account` is proposed to recode from; `postings`, as (number, line), are what is marked, else all of them.

        In a large book even a few transactions are changed beside the screen.
        """
        self._desk = desk
        self._numbers = tuple(numbers)
        self._postings = postings
        self._proposed = account
        self._use: AccountUse = desk.ask(lambda: desk.ledger.account_use(None), {})
        self.source = Field(id="recode-from", placeholder=_("Postings of this account …"))
        self.target = Field(id="recode-to", placeholder=_("… go to this one"))
        self.payee = Field(id="bulk-payee")
        self.day = Field(id="bulk-date")
        self.added = Field(id="bulk-add", placeholder=_("Tags, commas between them"))
        self.removed = Field(id="bulk-remove", placeholder=_("Tags, commas between them"))
        self.mark = Field(id="bulk-mark", placeholder=", ".join(map(_, MARKS)))
        self.mark.clicked = self._offer_marks
        self.source.put(account)
        rows = (
            FormRow(_("Recode from"), self.source),
            FormRow(_("Recode to"), self.target),
            FormRow(_("Payee"), self.payee),
            FormRow(_("Date"), self.day),
            FormRow(_("Add tags"), self.added),
            FormRow(_("Remove tags"), self.removed),
            FormRow(pgettext("verb", "Mark"), self.mark),
        )
        super().__init__(self._with_count(_("Change {transactions}")), rows, save=_("Change"))
        self._preview = Static("", id="bulk-preview")
        self._resting: Timer | None = None
        self._asked = 0
        self._takes_long = is_large or len(numbers) > MANY
        self._is_working = False
        self._is_trying = False
        self._is_to_save = False
        self._payee_taken = ""
        self.preview_text = ""

    def body(self) -> ComposeResult:
        yield from super().body()
        yield self._preview

    def on_mount(self) -> None:
        super().on_mount()
        self._say_preview([_("What would move is shown here before it does.")])
        self.set_focus(self.target if self.source.value else self.source)

    def act(self) -> str:
        change = self.change()
        with self.about(self.mark if change.mark else self.source if change.recode else self.payee):
            change.check()
            return self._answer(change, change.done(self._desk.ledger, self._numbers, self._postings))

    def action_save(self) -> None:
        """Many transactions are changed beside the screen; nothing else happens here meanwhile.

        A preview holds the book as a write does: what it is busy with is waited for.
        """
        if self._is_working:
            return
        self._asked += 1
        if self._is_trying:
            self._is_to_save = True
            return
        if not self._takes_long:
            super().action_save()
            return
        self.clear_errors()
        try:
            change = self.change()
            change.check()
        except LedgerError as refusal:
            self.refuse(str(refusal), self._reading)
            return
        self._is_working = True
        self._say_preview([self._with_count(_("Changing {transactions} …"))])
        self.run_worker(partial(self._work, change), name=_("The change"), thread=True, exit_on_error=False)

    def work_failed(self, sentence: str) -> None:
        self._is_trying = self._is_to_save = False
        self._refused(sentence)

    def action_cancel(self) -> None:
        if not self._is_working:
            super().action_cancel()

    def change(self) -> BulkChange:
        """What the fields say; raises LedgerError, inside `about` the field."""
        return BulkChange(
            payee=self._payee(),
            day=self._day(),
            add_tags=_tags(self.added),
            remove_tags=_tags(self.removed),
            recode=self._recode(),
            mark=self._mark(),
        )

    def refuse(self, sentence: str, field: Field | None) -> None:
        """What is refused takes the room of the preview: both do not fit on a small screen."""
        self._say_preview([])
        super().refuse(sentence, field)

    def completions_for(self, field: Field) -> list[Completion]:
        typed = field.value.strip()
        if not typed:
            return []
        if field in (self.source, self.target):
            found = account_completions(self._desk, typed, self._use, can_open=False)
            return [Completion(one.value.name, one.detail, one.value) for one in found]
        if field is self.payee:
            payees: list[str] = self._desk.ask(lambda: self._desk.ledger.payees(typed, 8), [])
            return [Completion(payee, "", payee) for payee in payees if payee != typed]
        if field is self.mark:
            return [one for one in _mark_completions(typed) if one.text != typed]
        return []

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        self._preview_soon()

    def take(self, field: Field, completion: Completion) -> None:
        """A payee of the book counts as the book has it, though a field shows no control characters."""
        if field is self.payee:
            self._payee_taken = str(completion.value)
        super().take(field, completion)

    def taken(self, field: Field) -> None:
        self._preview_soon()

    def _offer_marks(self) -> None:
        """The few words there are for marking can be picked without typing one."""
        if not self.mark.value:
            self.completions.open_at(self.mark.region, _mark_completions(""))

    def _preview_soon(self) -> None:
        self._asked += 1
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(PREVIEW_SECONDS, self._ask_preview)

    def _ask_preview(self) -> None:
        """What the fields say is tried and taken back, one try at a time; what cannot be read says why."""
        if self._is_trying:
            return
        try:
            change = self.change()
        except LedgerError as refusal:
            self._say_preview([str(refusal)])
            return
        finally:
            self._reading = None
        if change.is_nothing or self._is_working:
            self._say_preview([])
        else:
            self._is_trying = True
            self.run_worker(
                partial(self._try, self._asked, change), name=_("The preview"), thread=True, exit_on_error=False
            )

    def _try(self, asked: int, change: BulkChange) -> None:
        changed: list[int] = []
        desk, ledger = self._desk, self._desk.ledger
        try:
            moved = ledger.preview(lambda: changed.extend(change.done(ledger, self._numbers, self._postings)))
        except LedgerError as refusal:
            lines = [str(refusal)]
        else:
            lines = preview_lines(len(changed), len(self._numbers), moved, desk.standing, desk.count, desk.named)
        self.app.call_from_thread(self._tried, asked, lines)

    def _tried(self, asked: int, lines: Sequence[str]) -> None:
        """Shown if it is still what the fields say; what was asked for meanwhile comes next."""
        self._is_trying = False
        if not self.is_running:
            return
        if self._is_to_save:
            self._is_to_save = False
            self.action_save()
        elif asked == self._asked:
            self._say_preview(lines)
        else:
            self._ask_preview()

    def _say_preview(self, lines: Sequence[str]) -> None:
        self.preview_text = "\n".join(lines[:PREVIEW_LINES])
        self._preview.update(Content("\n").join(map(shown, lines[:PREVIEW_LINES])))

    def _work(self, change: BulkChange) -> None:
        try:
            changed = change.done(self._desk.ledger, self._numbers, self._postings)
        except LedgerError as refusal:
            self.app.call_from_thread(self._refused, str(refusal))
        else:
            self.app.call_from_thread(self.accepted, self._answer(change, changed))

    def _refused(self, sentence: str) -> None:
        self._is_working = False
        self._say_preview([])
        self.show_error(sentence)

    def _answer(self, change: BulkChange, changed: Sequence[int]) -> str:
        done = change.in_words(self._counted(len(changed)))
        return _("{done} · {key} undoes").format(done=done, key=pressed("undo"))

    def _counted(self, number: int) -> str:
        return ngettext("{n} transaction", "{n} transactions", number).format(n=self._desk.count(number))

    def _with_count(self, template: str) -> str:
        """A sentence about all that are to change."""
        return template.format(transactions=self._counted(len(self._numbers)))

    def _payee(self) -> str | None:
        typed = self.payee.value.strip()
        return self._payee_taken if typed and typed == clean(self._payee_taken).strip() else typed or None

    def _day(self) -> date | None:
        typed, today = self.day.value.strip(), self._desk.ledger.today
        if not typed:
            return None
        with self.about(self.day):
            return read_date(typed, today, today, self._desk.formats)

    def _recode(self) -> tuple[str, str] | None:
        """None where neither is filled in; an account that was only proposed to recode from asks for nothing."""
        source, target = self.source.value.strip(), self.target.value.strip()
        if not target and source in ("", self._proposed):
            return None
        with self.about(self.source):
            if not source:
                raise InvalidOptions(reason=N_("Say from which account the postings go."))
            found_source = self._desk.ledger.account(source).name
        with self.about(self.target):
            if not target:
                raise InvalidOptions(reason=N_("Say to which account the postings go."))
            return found_source, self._desk.ledger.account(target).name

    def _mark(self) -> str | None:
        typed = self.mark.value.strip()
        if not typed:
            return None
        with self.about(self.mark):
            found = _mark_completions(typed)
            if len(found) != 1:
                names = [_(mark) for mark in MARKS]
                raise InvalidOptions(
                    reason=Said("Mark them {names} or {marks}.", names=", ".join(names[:-1]), marks=names[-1])
                )
            return str(found[0].value)


def _mark_completions(typed: str) -> list[Completion]:
    """The words for marking that begin so, as they are shown."""
    wanted = typed.casefold()
    return [Completion(_(mark), "", mark) for mark in MARKS if _(mark).casefold().startswith(wanted)]


def _tags(field: Field) -> tuple[str, ...]:
    return tuple(tag for part in field.value.split(",") if (tag := part.strip()))
