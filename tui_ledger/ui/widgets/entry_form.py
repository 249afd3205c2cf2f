"""How is a transaction typed? A form at the bottom of the screen that stays open for the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import AwaitMount

from tui_ledger.errors import AccountError, InvalidDate, LedgerError, PeriodClosed
from tui_ledger.ledger import Account, Draft, Transaction
from tui_ledger.locale.reading import read_date
from tui_ledger.money import Money
from tui_ledger.ui import entry
from tui_ledger.ui.completion import AccountUse, PayeeIndex
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line, Place
from tui_ledger.ui.keys import Scope, bindings, field_key
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.completions import Completion, Completions
from tui_ledger.ui.widgets.entry_line import EntryLine
from tui_ledger.ui.widgets.fields import DateField, Field
from tui_ledger.ui.widgets.suggesting import NewAccount, account_completions, payee_completions

FIRST_LINES = 2
MOST_PAYEES = 20_000


class EntryForm(Vertical):
    """Date, payee, memo and lines. What it posts goes through the ledger like any other act, and a refusal stands in
    the form with everything that was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FORM)]

    @dataclass
    class Posted(Message):
        """A transaction was posted; the form is empty again and keeps its date."""

        transaction: Transaction

    @dataclass
    class Closed(Message):
        """The form was closed."""

    @dataclass
    class ClosingDoubted(Message):
        """The form is to be closed although something was typed: somebody has to be asked first."""

    @dataclass
    class AccountWanted(Message):
        """An account that the book does not have is to be opened; `opened` is to be called with it."""

        name: str
        opened: Callable[[Account], None]

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk = desk
        today = desk.ledger.today
        self.date_field = DateField(today, desk.formats, today, id="date")
        self.payee_field = Field(id="payee", placeholder="Payee")
        self.memo_field = Field(id="memo", placeholder="Memo")
        self.lines = [EntryLine(desk, self) for _ in range(FIRST_LINES)]
        self.completions = Completions()
        self._weekday = Caption(id="weekday")
        self._head_error = ErrorCaption(classes="error")
        self._lines_box = VerticalScroll(*self.lines, id="lines", can_focus=False)
        self._message = ErrorCaption(classes="error")
        self._sums = Caption(id="sums")
        self._payees = PayeeIndex(())
        self._own_account: str | None = None
        self._offered_to: Field | None = None
        self._payee_taken: str | None = None
        self._filled: list[tuple[str, str]] = []
        self._use_known: tuple[str | None, int, AccountUse] = (None, -1, {})

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield self.date_field
            yield self._weekday
            yield self.payee_field
            yield self.memo_field
        yield self._head_error
        yield self._lines_box
        yield self._message
        yield self._sums
        yield self.completions

    def on_mount(self) -> None:
        for field in (self.date_field, self.payee_field, self.memo_field):
            field.owner = self
        self._forget_errors()
        self._redraw()

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    @property
    def was_typed_in(self) -> bool:
        """Whether closing the form would lose something."""
        texts = self.payee_field.value + self.memo_field.value
        return bool(texts.strip()) or not self._lines_are_as_filled()

    def open(self, own_account: str | None = None) -> None:
        """Show the form, ready for a payee; an empty one gets `own_account` on its second line."""
        if not self.is_open or not self.was_typed_in:
            self._own_account = own_account
            self.clear()
        self._show()

    def open_like(self, transaction: Transaction) -> None:
        """Show the form with everything a transaction has but its date."""
        self._own_account = None
        self.clear()
        self._show()
        self.payee_field.put(transaction.payee or "")
        self._payee_taken = transaction.payee
        self.memo_field.put(transaction.memo)
        self._fill(entry.lines_like(transaction, with_every_amount=True))
        self._filled = []
        self.payee_field.select_all()

    def _show(self) -> None:
        self._desk.ask(self._desk.follow, self._desk.standing)
        self._payees = PayeeIndex(self._desk.ask(lambda: self._desk.ledger.payees(limit=MOST_PAYEES), []))
        self.display = True
        self.payee_field.focus_selected()

    def clear(self) -> None:
        """Empty everything but the date."""
        self._payee_taken = None
        self.payee_field.put("")
        self.memo_field.put("")
        self.completions.close()
        self._forget_errors()
        self._fill([("", None), (self._own_account or "", None)])

    def close(self) -> None:
        """Hide the form and forget what stands in it."""
        self.clear()
        self.display = False
        self.post_message(self.Closed())

    def action_close_form(self) -> None:
        if self.completions.is_open:
            self.completions.close()
        elif self.was_typed_in:
            self.post_message(self.ClosingDoubted())
        else:
            self.close()

    def action_post(self) -> None:
        self._settle_focused()
        self._forget_errors()
        lines = self._read()
        problem = entry.problem(lines, self._desk.standing.currency, self._desk.named)
        if not self._date_stands():
            self.date_field.focus_selected()
        elif problem is not None:
            self._show_problem(problem)
        else:
            self._post(lines)

    async def action_add_line(self) -> None:
        await self._go_to(len(self.lines), Place.ACCOUNT)

    def action_remove_line(self) -> None:
        """Take out the line that has the focus; of the last two, empty it."""
        index = self._focused_line()
        if index is None:
            return
        if len(self.lines) > FIRST_LINES:
            self._drop(index)
            self.lines[min(index, len(self.lines) - 1)].account_field.focus_selected()
        else:
            self.lines[index].put("", None)
        self._redraw()

    def field_changed(self, field: Field) -> None:
        """A field's text changed under the typist's hands."""
        self._forget_errors()
        if field is self.payee_field:
            self._payee_taken = None
            self._suggest(field)
        elif self._line_of(field) is not None and field.has_class("account"):
            self._suggest(field)
        self._redraw()

    def field_left(self, field: Field) -> None:
        """The focus went elsewhere within the program: partial texts are written out."""
        if not self.app.app_focus:
            return
        if field is self.date_field:
            self._date_stands()
        elif (index := self._line_of(field)) is not None:
            self._settle_line(index, field)
        if field is self._offered_to:
            self.completions.close()
        self._redraw()

    async def field_pressed(self, field: Field, key: str) -> bool:
        """A key that is not text, or has a meaning of its own in a field."""
        if key == "enter":
            await self._enter(field)
        elif key in ("up", "down"):
            self._up_or_down(field, 1 if key == "down" else -1)
        elif field is self.payee_field and not field.value and key in ("plus", "minus"):
            self.date_field.move(field_key(Scope.DATE, key) or "")
        elif field.has_class("amount") and field_key(Scope.AMOUNT, key):
            self._take_remainder(field)
        elif key == "tab" and field is self.lines[-1].amount_field and not self.lines[-1].read().is_empty:
            await self._go_to(len(self.lines), Place.ACCOUNT)
        else:
            return False
        return True

    @on(Completions.Picked)
    async def _picked(self, event: Completions.Picked) -> None:
        event.stop()
        field = self.screen.focused
        if isinstance(field, Field):
            await self._take(field, event.completion)

    async def _enter(self, field: Field) -> None:
        marked = self.completions.marked
        if marked is not None:
            await self._take(field, marked)
        elif field is self.date_field:
            if self._date_stands():
                self.payee_field.focus_selected()
        elif field is self.payee_field:
            await self._take_payee(field.value.strip())
        elif field is self.memo_field:
            await self._go_to_gap(-1)
        elif (index := self._line_of(field)) is not None:
            await self._enter_line(index, field)

    async def _enter_line(self, index: int, field: Field) -> None:
        line = self.lines[index].read()
        if field.has_class("account"):
            if line.is_empty:
                self.action_post()
            elif line.account_error:
                self._show_problem(entry.Problem(index, Place.ACCOUNT, line.account_error))
            else:
                self.lines[index].amount_field.focus_selected()
        elif line.amount_error:
            self._show_problem(entry.Problem(index, Place.AMOUNT, line.amount_error))
        else:
            await self._go_to_gap(index)

    async def _take(self, field: Field, completion: Completion) -> None:
        """Take a completion into a field and go on to the next."""
        self.completions.close()
        index = self._line_of(field)
        if index is None:
            await self._take_payee(completion.value)
        elif isinstance(completion.value, NewAccount):
            self.post_message(
                self.AccountWanted(completion.value.name, lambda opened: self._put_account(index, opened))
            )
        else:
            self._put_account(index, completion.value)

    def _put_account(self, index: int, account: Account) -> None:
        line = self.lines[index]
        line.account_field.put(account.name)
        line.amount_field.focus_selected()
        self._redraw()

    async def _take_payee(self, payee: str) -> None:
        """Fill lines that are still empty from the payee's last transaction and go to its amount, else to the memo."""
        self.completions.close()
        self.payee_field.put(payee)
        self._payee_taken = payee or None
        last = self._desk.ask(lambda: self._desk.ledger.last_transaction_of(payee), None) if payee else None
        if last is None:
            self.memo_field.focus_selected()
            return
        if self._lines_are_as_filled():
            if not self.memo_field.value.strip():
                self.memo_field.put(entry.memo_to_repeat(last))
            self._fill(entry.lines_like(last, with_every_amount=False))
            self.lines[0].amount_field.focus_selected()
        else:
            await self._go_to_gap(-1)

    def _post(self, lines: list[Line]) -> None:
        payee = self._payee_taken or self.payee_field.value.strip() or None
        draft = Draft(self.date_field.day, self.memo_field.value.strip(), entry.postings(lines), payee)
        try:
            posted = self._desk.ledger.post_draft(draft)
        except LedgerError as refusal:
            self._show_refusal(refusal, lines)
            return
        if posted.payee:
            self._payees.remember(posted.payee)
        self.clear()
        self.payee_field.focus_selected()
        self.post_message(self.Posted(posted))

    def _show_refusal(self, refusal: LedgerError, lines: list[Line]) -> None:
        """Put a refusal where it belongs: at the date, at the account it names, else below the lines."""
        if isinstance(refusal, (PeriodClosed, InvalidDate)):
            self._head_error.say(str(refusal))
            self.date_field.focus_selected()
            return
        named = refusal.values.get("account") if isinstance(refusal, AccountError) else None
        for index, line in enumerate(lines):
            if named is not None and line.account is not None and line.account.name == named:
                self._show_problem(entry.Problem(index, Place.ACCOUNT, str(refusal)))
                return
        self._message.say(str(refusal))

    def _show_problem(self, problem: entry.Problem) -> None:
        line = self.lines[problem.line]
        line.show_error(problem.sentence)
        field = line.account_field if problem.place is Place.ACCOUNT else line.amount_field
        field.focus_selected()
        line.scroll_visible(animate=False)

    def _forget_errors(self) -> None:
        self._head_error.say("")
        self._message.say("")
        for line in self.lines:
            line.show_error("")

    def _read(self) -> list[Line]:
        return [line.read() for line in self.lines]

    def _redraw(self) -> None:
        """Weekday, balances, sides, remainder and sums follow what is typed."""
        lines, currency = self._read(), self._desk.standing.currency
        rest = entry.remainder(lines, currency)
        for index, (widget, line) in enumerate(zip(self.lines, lines, strict=True)):
            widget.show(line, rest if rest is not None and rest.line == index else None)
        self._sums.say(self._sums_text(lines))
        day = self._day_meant()
        self._weekday.say("" if day is None else self._desk.formats.weekday(day))

    def _sums_text(self, lines: list[Line]) -> str:
        parts = []
        for side in entry.sums(lines, self._desk.standing.currency):
            off = f"off {self._desk.named(abs(side.off))}" if side.off else "balanced" if side.debit else ""
            parts.append(f"Dr {self._desk.named(side.debit)}   Cr {self._desk.named(side.credit)}   {off}")
        return "     ".join(parts)

    def _day_meant(self) -> date | None:
        field = self.date_field
        try:
            return read_date(field.value, field.day, field.today, self._desk.formats)
        except InvalidDate:
            return None

    def _date_stands(self) -> bool:
        """Write the date out; say what is wrong with it, a closed period included."""
        try:
            day = self.date_field.read()
            closed = self._desk.ledger.closed_through
            if closed is not None and day <= closed:
                raise PeriodClosed(date=self._desk.day(day), through=self._desk.day(closed))
        except LedgerError as refusal:
            self._head_error.say(str(refusal))
            return False
        return True

    def _settle_focused(self) -> None:
        """What is being typed counts as if its field had been left."""
        field = self.screen.focused
        if isinstance(field, Field) and (index := self._line_of(field)) is not None:
            self._settle_line(index, field)
        self.completions.close()

    def _settle_line(self, index: int, field: Field) -> None:
        marked = self.completions.marked
        if field.has_class("account") and marked is not None and isinstance(marked.value, Account):
            self.lines[index].account_field.put(marked.value.name)
        self.lines[index].write_out()

    def _suggest(self, field: Field) -> None:
        typed = field.value
        if not typed.strip():
            self.completions.close()
        elif field is self.payee_field:
            self._offer(field, payee_completions(self._payees, typed))
        else:
            self._offer(field, account_completions(self._desk, typed, self._use()))

    def _offer(self, field: Field, completions: list[Completion]) -> None:
        """Above the form, so that all of it stays in sight."""
        self._offered_to = field
        self.completions.open_at(field.region, completions, above=self.region.y)

    def _use(self) -> AccountUse:
        """How often this payee's transactions used each account; asked once a payee and revision."""
        payee, revision = self._payee_taken, self._desk.standing.revision
        if self._use_known[:2] != (payee, revision):
            self._use_known = (payee, revision, self._desk.ask(lambda: self._desk.ledger.account_use(payee), {}))
        return self._use_known[2]

    def _up_or_down(self, field: Field, step: int) -> None:
        index = self._line_of(field)
        if self.completions.is_open:
            self.completions.mark(step)
        elif step > 0 and field is self.payee_field:
            self._offer(field, payee_completions(self._payees, field.value))
        elif step > 0 and field.has_class("account"):
            self._offer(field, account_completions(self._desk, field.value, self._use()))
        elif index is not None and 0 <= index + step < len(self.lines):
            self.lines[index + step].amount_field.focus_selected()

    def _take_remainder(self, field: Field) -> None:
        index = self._line_of(field)
        if index is None:
            return
        self.lines[index].put_amount(entry.missing_at(self._read(), index, self._desk.standing.currency))
        field.select_all()
        self._redraw()

    def _fill(self, lines: list[tuple[str, Money | None]]) -> None:
        """Put accounts and amounts on the lines, as many lines as that takes."""
        while len(self.lines) > max(len(lines), FIRST_LINES):
            self._drop(len(self.lines) - 1)
        while len(self.lines) < len(lines):
            self._add_line()
        for line, (account, amount) in zip(self.lines, lines, strict=False):
            line.put(account, amount)
        self._filled = self._line_texts()
        if self.is_mounted:
            self._redraw()

    def _line_texts(self) -> list[tuple[str, str]]:
        return [(line.account_field.value, line.amount_field.value) for line in self.lines]

    def _lines_are_as_filled(self) -> bool:
        """Whether nobody typed in the lines since they were filled or emptied."""
        texts = [pair for pair in self._line_texts() if any(pair)]
        return texts == [pair for pair in self._filled if any(pair)]

    def _add_line(self) -> AwaitMount:
        line = EntryLine(self._desk, self)
        self.lines.append(line)
        return self._lines_box.mount(line)

    def _drop(self, index: int) -> None:
        self.lines.pop(index).remove()

    async def _go_to_gap(self, after: int) -> None:
        await self._go_to(*entry.next_gap(self._read(), after, self._desk.standing.currency))

    async def _go_to(self, index: int, place: Place) -> None:
        if index == len(self.lines):
            await self._add_line()
        line = self.lines[index]
        field = line.account_field if place is Place.ACCOUNT else line.amount_field
        field.focus_selected()

    def _focused_line(self) -> int | None:
        field = self.screen.focused
        return self._line_of(field) if isinstance(field, Field) else None

    def _line_of(self, field: Field) -> int | None:
        """The place of the line a field stands on, None for date, payee and memo."""
        for index, line in enumerate(self.lines):
            if field is line.account_field or field is line.amount_field:
                return index
        return None
