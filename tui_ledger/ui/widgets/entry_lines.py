"""Which lines has the entry form? As many as it takes, never fewer than two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from textual.containers import VerticalScroll
from textual.widget import AwaitMount

from tui_ledger.ui import entry
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line
from tui_ledger.ui.entry_prices import rate_figure, shown_rate
from tui_ledger.ui.entry_start import Filling
from tui_ledger.ui.unfinished import KeptLine
from tui_ledger.ui.widgets.entry_line import EntryLine
from tui_ledger.ui.widgets.entry_taxes import EntryTaxes
from tui_ledger.ui.widgets.fields import FieldOwner
from tui_ledger.words import _

FIRST_LINES = 2


class EntryLines(VerticalScroll):
    """The lines of an entry, scrolled where there are many."""

    can_focus = False

    def __init__(self, desk: Desk, owner: FieldOwner, *, id: str | None = None) -> None:
        self.each = [EntryLine(desk, owner) for _ in range(FIRST_LINES)]
        super().__init__(*self.each, id=id, can_focus=False)
        self._desk = desk
        self._owner = owner
        self.taxes = EntryTaxes(desk, self)

    def read(self) -> list[Line]:
        """What stands on the lines now, split ones as they are posted."""
        return self.taxes.read()

    def kept(self, start: Sequence[Filling]) -> tuple[KeptLine, ...]:
        """The lines to be put back as ordinary ones; `start` are those that the form began with."""
        kept = [(line, line.kept(start)) for line in self.each]
        return tuple(
            replace(one, amount=self.taxes.kept_amount(line)) if self.taxes.is_split(line) else one
            for line, one in kept
        )

    def texts(self) -> list[tuple[str, str]]:
        """Account and amount of every line that is not empty, as typed."""
        pairs = [(line.account_field.value, line.amount_field.value) for line in self.each]
        return [pair for pair in pairs if any(pair)]

    def line_of(self, field: object) -> int | None:
        """The place of the line a field stands on; None for a field that stands on none."""
        for index, line in enumerate(self.each):
            if field is line.account_field or field is line.amount_field:
                return index
        return None

    def fill(self, fillings: Sequence[Filling]) -> None:
        """Put accounts and amounts on the lines, as many lines as that takes."""
        self.taxes.forget()
        while len(self.each) > max(len(fillings), FIRST_LINES):
            self.drop(len(self.each) - 1)
        while len(self.each) < len(fillings):
            self.add()
        empty = [Filling()] * (len(self.each) - len(fillings))
        for line, filling in zip(self.each, [*fillings, *empty], strict=True):
            line.put(filling)

    def put_typed(self, lines: Sequence[tuple[Filling, KeptLine]]) -> None:
        """Put back what was typed, as many lines as that takes."""
        self.fill([filling for filling, _ in lines])
        for line, (filling, typed) in zip(self.each, lines, strict=False):
            line.put_typed(filling, typed)

    def add(self) -> AwaitMount:
        """One more line at the end."""
        line = EntryLine(self._desk, self._owner)
        self.each.append(line)
        return self.mount(line)

    def insert(self, index: int) -> EntryLine:
        """One more line in front of the one at a place, or at the end."""
        line = EntryLine(self._desk, self._owner)
        self.mount(line, before=self.each[index] if index < len(self.each) else None)
        self.each.insert(index, line)
        return line

    def take_out(self, line: EntryLine) -> None:
        """One line less; there are never fewer than two."""
        self.each.remove(line)
        line.remove()
        while len(self.each) < FIRST_LINES:
            self.add()

    def drop(self, index: int) -> None:
        """Take a line out, with the tax that was split off it; of the last two, empty it."""
        if self.taxes.dropped(self.each[index]):
            return
        if len(self.each) > FIRST_LINES:
            self.each.pop(index).remove()
        else:
            self.each[index].put(Filling())

    def show_errors(self, sentence: str) -> None:
        """Say the same beneath every line; '' takes everything away."""
        for line in self.each:
            line.show_error(sentence)

    def show(self, lines: Sequence[Line], day: date | None) -> None:
        """Draw what follows from what is typed: balances, sides, the remainder, and where a price is missing."""
        currency = self._desk.standing.currency
        rest = entry.remainder(lines, currency)
        to_price = entry.line_to_price(lines, currency)
        remarks = self.taxes.remarks()
        for index, (widget, line) in enumerate(zip(self.each, lines, strict=True)):
            widget.show_tax(remarks[index])
            widget.show(line, rest if rest is not None and rest.line == index else None)
            widget.show_hint(self._price_hint(lines, index, day) if index == to_price else "")

    def _price_hint(self, lines: Sequence[Line], index: int, day: date | None) -> str:
        account = lines[index].account
        if account is None:
            return ""
        base = entry.base_currency(lines, index, self._desk.standing.currency)
        rate = self._desk.ask(lambda: self._desk.ledger.price(account.currency, base, at=day), None)
        hint = _("{currency}: @ and the price of one in {base}, or @@ and the total")
        if rate is None:
            return hint.format(currency=account.currency, base=base)
        with_last = _("{currency}: @ and the price of one in {base}, or @@ and the total · last {rate}")
        last = rate_figure(shown_rate(rate), self._desk.formats)
        return with_last.format(currency=account.currency, base=base, rate=last)
