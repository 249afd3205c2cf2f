"""When was it, and with whom? The first row of the entry form: date, weekday, payee, memo."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tui_ledger.errors import InvalidDate, LedgerError, PeriodClosed
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_date
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.fields import DateField, Field, FieldOwner
from tui_ledger.widths import cell_width
from tui_ledger.words import _

_PADDING = 2
_LEAST = 4


class EntryHead(Vertical):
    """Three fields, the weekday of the day meant, and what is wrong with that day."""

    def __init__(self, desk: Desk, owner: FieldOwner) -> None:
        super().__init__(id="entry-head")
        self._desk = desk
        self._owner = owner
        today = desk.ledger.today
        self.date_field = DateField(today, desk.formats, today, id="date")
        self.payee_field = Field(id="payee", placeholder=_("Payee"))
        self.memo_field = Field(id="memo", placeholder=_("Memo"))
        self._weekday = Caption(id="weekday")
        self._error = ErrorCaption(classes="error")

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield self.date_field
            yield self._weekday
            yield self.payee_field
            yield self.memo_field
        yield self._error

    def on_mount(self) -> None:
        for field in (self.date_field, self.payee_field, self.memo_field):
            field.owner = self._owner

    def day_meant(self) -> date | None:
        """The day that what is typed means so far; None where it means none."""
        field = self.date_field
        try:
            return read_date(field.value, field.day, field.today, self._desk.formats)
        except InvalidDate:
            return None

    def date_stands(self) -> bool:
        """Write the date out; say what is wrong with it, a closed period included."""
        try:
            self.date_field.read()
        except LedgerError as refusal:
            self.show_error(str(refusal))
            return False
        return self.refuse_closed_day()

    def refuse_closed_day(self) -> bool:
        """Whether the day lies in no closed period; says so where it does."""
        day = self.day_meant()
        closed = self._desk.ask(lambda: self._desk.ledger.closed_through, None)
        if day is None or closed is None or day > closed:
            return True
        self.show_error(str(PeriodClosed(date=self._desk.day(day), through=self._desk.day(closed))))
        return False

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, beneath the fields; '' takes it away."""
        self._error.say(sentence)

    def redraw(self) -> None:
        """The weekday follows what is typed, the day how the book is written now."""
        self.date_field.write_with(self._desk.formats)
        day = self.day_meant()
        self._weekday.styles.width = _PADDING + widest_weekday(self._desk.formats)
        self._weekday.say("" if day is None else self._desk.formats.weekday(day))


def widest_weekday(formats: Formats) -> int:
    """The cells that the short names of all weekdays need."""
    return max(_LEAST, *(cell_width(formats.weekday(date(2026, 1, day))) for day in range(1, 8)))
