"""How do keys go through the fields of the entry form? What is offered, what Enter leads to, what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui_ledger.errors import NothingTaxed
from tui_ledger.ledger import Account
from tui_ledger.ui import entry, entry_start
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line, Place
from tui_ledger.ui.entry_prices import EACH
from tui_ledger.ui.keys import Scope, field_key
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.completions import Completion, Completions, completion_step, takes_completion
from tui_ledger.ui.widgets.entry_head import EntryHead
from tui_ledger.ui.widgets.entry_line import EntryLine
from tui_ledger.ui.widgets.entry_lines import EntryLines
from tui_ledger.ui.widgets.entry_offers import EntryOffers, PricedAmount
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.suggesting import NewAccount


class EntryTyping(Vertical):
    """Date, payee, memo and lines, and the way through them."""

    @dataclass
    class AccountWanted(Message):
        """An account that the book does not have is to be opened; `opened` is to be called with it."""

        name: str
        opened: Callable[[Account], None]

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk = desk
        self._head = EntryHead(desk, self)
        self.date_field = self._head.date_field
        self.payee_field = self._head.payee_field
        self.memo_field = self._head.memo_field
        self._entry_lines = EntryLines(desk, self, id="lines")
        self.completions = Completions()
        self._offers = EntryOffers(desk, self.completions)
        self._warning = ErrorCaption(classes="warning")
        self._message = ErrorCaption(classes="error")
        self._sums = Caption(id="sums")
        self._start = entry_start.blank()
        self._payee_taken: str | None = None
        self._filled: list[tuple[str, str]] = []
        self._bears_tax = False

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._entry_lines
        yield self._warning
        yield self._message
        yield self._sums
        yield self.completions

    @property
    def lines(self) -> list[EntryLine]:
        """The lines, from the top."""
        return self._entry_lines.each

    def action_post(self) -> None:
        """Take the transaction as it stands; Enter on the empty line behind it does."""
        raise NotImplementedError

    async def action_add_line(self) -> None:
        await self._go_to(len(self.lines), Place.ACCOUNT)

    def action_remove_line(self) -> None:
        """Take out the line that has the focus; of the last two, empty it."""
        index = self._entry_lines.line_of(self.screen.focused)
        if index is None:
            return
        before = len(self.lines)
        self._entry_lines.drop(index)
        if len(self.lines) < before:
            self.lines[min(index, len(self.lines) - 1)].account_field.focus_selected()
        self._redraw()

    def action_split_tax(self) -> None:
        """Split the tax off the line that has the focus, or off all that bear some; then on top, then as typed."""
        self._split_tax(self._entry_lines.line_of(self.screen.focused))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "split_tax":
            return self._bears_tax
        return super().check_action(action, parameters)

    def field_changed(self, field: Field) -> None:
        """A field's text changed under the typist's hands; what is wrong with the date stays until that is changed."""
        self._forget_errors(of_date=field is self.date_field)
        if (index := self._entry_lines.line_of(field)) is not None:
            self._entry_lines.taxes.touched(self.lines[index])
        if field is self.payee_field:
            self._payee_taken = None
            self._suggest(field)
        elif self._entry_lines.line_of(field) is not None:
            self._suggest(field)
        elif field is self.date_field:
            self._head.refuse_closed_day()
        self._redraw()

    def field_left(self, field: Field) -> None:
        """The focus went elsewhere within the program: partial texts are written out."""
        if not self.app.app_focus:
            return
        if field is self.date_field:
            self._head.date_stands()
        elif (index := self._entry_lines.line_of(field)) is not None:
            self._settle_line(index, field)
        if field is self._offers.field:
            self.completions.close()
        self._redraw()

    async def field_pressed(self, field: Field, key: str) -> bool:
        """A key that is not text, or has a meaning of its own in a field."""
        step, day_act = completion_step(key), field_key(Scope.DATE, key)
        if takes_completion(key) and self.completions.marked is not None:
            await self._take(field, self.completions.marked)
        elif step:
            self._up_or_down(field, step)
        elif field is self.payee_field and not field.value and day_act in ("day-later", "day-earlier"):
            self.date_field.move(day_act)
        elif field.has_class("amount") and field_key(Scope.AMOUNT, key):
            self._take_remainder(field)
        else:
            return await self._go_on(field, field_key(Scope.FORM, key))
        return True

    async def _go_on(self, field: Field, act: str | None) -> bool:
        """From field to field by the id of a key of the form; False for one that leads nowhere from here."""
        last = self.lines[-1]
        if act == "next-field":
            await self._enter(field)
        elif act == "following-field" and field is last.amount_field and not last.read().is_empty:
            await self._go_to(len(self.lines), Place.ACCOUNT)
        elif act == "split-tax" and not self._bears_tax:
            self._warning.say(str(NothingTaxed(date=self._desk.day(self._head.day_meant() or self.date_field.day))))
        elif act in ("following-field", "field-before"):
            return self._step_from(field, 1 if act == "following-field" else -1)
        else:
            return False
        return True

    @on(EntryLine.TaxWanted)
    def _tax_clicked(self, event: EntryLine.TaxWanted) -> None:
        event.stop()
        if event.line in self.lines:
            self._split_tax(self.lines.index(event.line))

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
            (self.payee_field if self._head.date_stands() else self.date_field).focus_selected()
        elif field is self.payee_field:
            await self._take_payee(field.value.strip())
        elif field is self.memo_field:
            await self._go_to_gap(-1)
        elif (index := self._entry_lines.line_of(field)) is not None:
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
        index, value = self._entry_lines.line_of(field), completion.value
        if index is None:
            await self._take_payee(value)
        elif isinstance(value, PricedAmount):
            self.lines[index].put_amount_text(value.text)
            await self._go_to_gap(index)
        elif isinstance(value, NewAccount):
            self.post_message(self.AccountWanted(value.name, lambda opened: self._put_account(index, opened)))
        else:
            self._put_account(index, value)

    def _put_account(self, index: int, account: Account) -> None:
        line = self.lines[index]
        self._entry_lines.taxes.touched(line)
        line.account_field.put(account.name)
        line.amount_field.focus_selected()
        self._redraw()

    async def _take_payee(self, payee: str) -> None:
        """Fill lines that are still empty from the payee's last transaction and go to its amount, else to the memo."""
        self.completions.close()
        self.payee_field.put(payee)
        self._payee_taken = payee or None
        last = self._desk.ask(lambda: self._desk.ledger.last_transaction_of(payee), None) if payee else None
        if last is None or not self._start.is_blank:
            self.memo_field.focus_selected()
        elif self._entry_lines.texts() == self._filled:
            if not self.memo_field.value.strip():
                self.memo_field.put(entry_start.memo_to_repeat(last))
            self._entry_lines.fill(entry_start.lines_like(last, with_every_amount=False))
            self._filled = self._entry_lines.texts()
            self._redraw()
            self.lines[0].amount_field.focus_selected()
        else:
            await self._go_to_gap(-1)

    def _split_tax(self, index: int | None) -> None:
        focused = self.screen.focused
        self._settle_focused()
        self._forget_errors()
        problem = self._entry_lines.taxes.turn(index)
        self._redraw()
        if problem is not None:
            self._show_problem(problem)
        elif isinstance(focused, Field) and self._entry_lines.line_of(focused) is not None:
            focused.focus_selected()
        elif index is not None:
            self.lines[min(index, len(self.lines)) - 1].amount_field.focus_selected()

    def _show_problem(self, problem: entry.Problem) -> None:
        line = self.lines[problem.line]
        line.show_error(problem.sentence)
        field = line.account_field if problem.place is Place.ACCOUNT else line.amount_field
        field.focus_selected()
        # Once the sentence beneath the line has its place.
        line.call_after_refresh(line.scroll_visible, animate=False)

    def _forget_errors(self, *, of_date: bool = True) -> None:
        if of_date:
            self._head.show_error("")
        self._warning.say("")
        self._message.say("")
        self._entry_lines.show_errors("")

    def _read(self) -> list[Line]:
        return self._entry_lines.read()

    def _redraw(self) -> None:
        """Weekday, balances, sides, remainder and sums follow what is typed."""
        day = self._head.day_meant()
        self._entry_lines.taxes.follow(day)
        lines = self._read()
        self._entry_lines.show(lines, day)
        if self._bears_tax != self._entry_lines.taxes.is_of_use:
            self._bears_tax = not self._bears_tax
            self.refresh_bindings()
        named = partial(self._desk.named, credit_normal=None)
        self._sums.say(entry.sums_text(lines, self._desk.standing.currency, named))
        self._head.redraw()

    def _settle_focused(self) -> None:
        """What is being typed counts as if its field had been left."""
        field = self.screen.focused
        if isinstance(field, Field) and (index := self._entry_lines.line_of(field)) is not None:
            self._settle_line(index, field)
            field.select_all()
        self.completions.close()

    def _settle_line(self, index: int, field: Field) -> None:
        """A text that can mean one account only stands for it, and so does one that was marked by hand."""
        marked = self.completions.marked
        accounts = [item for item in self.completions.items if isinstance(item.value, Account)]
        is_meant = self.completions.was_chosen or len(accounts) == 1
        if field.has_class("account") and is_meant and marked is not None and isinstance(marked.value, Account):
            self.lines[index].account_field.put(marked.value.name)
        self._entry_lines.taxes.write_out(self.lines[index])

    def _suggest(self, field: Field) -> None:
        index, above = self._entry_lines.line_of(field), self.region.y
        if not field.value.strip():
            self.completions.close()
        elif field is self.payee_field:
            self._offers.offer_payees(field, above)
        elif field.has_class("account"):
            self._offers.offer_accounts(field, self._payee_taken, above)
        elif index is not None and EACH not in field.value:
            self.completions.close()
        elif index is not None:
            self._offers.offer_price(self.lines[index], self._read(), index, self._head.day_meant(), above)

    def _up_or_down(self, field: Field, step: int) -> None:
        index = self._entry_lines.line_of(field)
        if self.completions.is_open:
            self.completions.mark(step)
        elif step > 0 and field is self.payee_field:
            self._offers.offer_payees(field, self.region.y)
        elif step > 0 and field.has_class("account"):
            self._offers.offer_accounts(field, self._payee_taken, self.region.y)
        elif index is not None and 0 <= index + step < len(self.lines):
            self.lines[index + step].amount_field.focus_selected()

    def _step_from(self, field: Field, step: int) -> bool:
        """To the field before or behind, in the order of the form; False at its ends.

        Textual goes by where fields were drawn last, which lags behind lines that were just filled.
        """
        fields: list[Field] = [self.date_field, self.payee_field, self.memo_field]
        fields += [field for line in self.lines for field in (line.account_field, line.amount_field)]
        place = fields.index(field) + step
        if not 0 <= place < len(fields):
            return False
        fields[place].focus_selected()
        return True

    def _take_remainder(self, field: Field) -> None:
        index = self._entry_lines.line_of(field)
        if index is None:
            return
        line, taxes = self.lines[index], self._entry_lines.taxes
        taxes.touched(line)
        if taxes.is_split(line):
            taxes.take_what_remains(line)
        else:
            line.put_amount(entry.missing_at(self._read(), index, self._desk.standing.currency))
        field.select_all()
        self._redraw()

    async def _go_to_gap(self, after: int) -> None:
        await self._go_to(*entry.next_gap(self._read(), after, self._desk.standing.currency))

    async def _go_to(self, index: int, place: Place) -> None:
        if index == len(self.lines):
            await self._entry_lines.add()
        line = self.lines[index]
        field = line.account_field if place is Place.ACCOUNT else line.amount_field
        field.focus_selected()
