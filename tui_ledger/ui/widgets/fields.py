"""How is one value typed: a text, a day, an amount?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input

from tui_ledger.dates import add_months, day_after, day_before, month_end
from tui_ledger.directions import without_marks
from tui_ledger.errors import InvalidDate
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_date
from tui_ledger.text import TEXT_LIMIT, clean
from tui_ledger.ui.keys import Scope, field_key
from tui_ledger.ui.widgets.columns import padded, short_account


class FieldOwner(Protocol):
    """What a form does for its fields, called at once so that fast typing stays in order."""

    def field_changed(self, field: Field) -> None: ...

    def field_left(self, field: Field) -> None: ...

    async def field_pressed(self, field: Field, key: str) -> bool:
        """A key other than text was pressed; True when the form took it."""


class Field(Input):
    """One line of text without frame; control characters that are pasted in become visible pictures."""

    def __init__(self, *, id: str | None = None, classes: str | None = None, placeholder: str = "") -> None:
        super().__init__(compact=True, id=id, classes=classes, placeholder=placeholder, max_length=TEXT_LIMIT)
        self.owner: FieldOwner | None = None
        self.clicked: Callable[[], None] | None = None
        self.cursor_blink = False

    def put(self, text: str) -> None:
        """Set the text as the program's own doing: the owner is not told."""
        owner, self.owner = self.owner, None
        self.value = clean(text)
        self.owner = owner

    def focus_selected(self) -> None:
        """Take the focus with everything selected, so that typing replaces it."""
        self.screen.set_focus(self)
        self.select_all()
        # A line that was only just added has no place yet: Textual scrolls to where it was.
        self.call_after_refresh(self._come_into_sight)

    def validate_value(self, value: str) -> str:
        return clean(value)

    def _come_into_sight(self) -> None:
        if self.has_focus:
            self.scroll_visible(animate=False)

    def watch_value(self) -> None:
        if self.owner is not None:
            self.owner.field_changed(self)

    async def _on_key(self, event: events.Key) -> None:
        taken = self.own_key(event.key)
        if not taken and self.owner is not None:
            taken = await self.owner.field_pressed(self, event.key)
        if taken:
            event.stop()
        if taken or event.key.startswith("alt+"):
            # A letter with alt is a command of the form or the screen, which it reaches on its way up, and no text.
            event.prevent_default()

    def _on_blur(self, event: events.Blur) -> None:
        if self.owner is not None:
            self.owner.field_left(self)

    def on_click(self, event: events.Click) -> None:
        if self.clicked is not None:
            self.clicked()

    def _on_paste(self, event: events.Paste) -> None:
        """An empty paste would end the program (there is no first line to take); the marks that the screen puts around
        right-to-left texts are no part of one that is copied from it."""
        event.text = without_marks(event.text)
        if not event.text.strip():
            event.prevent_default()
            event.stop()

    def own_key(self, key: str) -> bool:
        """A key that means something in this kind of field; True when taken."""
        return False


class PassphraseField(Field):
    """A text that is not shown, and that no clipboard gets; what is pasted in stays as it is, since it is not drawn."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="passphrase")
        self.password = True

    def validate_value(self, value: str) -> str:
        return value

    def action_copy(self) -> None:
        """Nothing is copied."""

    def action_cut(self) -> None:
        """Nothing is cut."""


class DateField(Field):
    """A day, typed in whole or in part, or moved by keys."""

    def __init__(self, day: date, formats: Formats, today: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._formats = formats
        self._day = day
        self._before_step: tuple[str, date] | None = None
        self._letter_before: tuple[str, date] | None = None
        self.today = today

    def on_mount(self) -> None:
        self.put(self._formats.date_column(self._day))

    @property
    def day(self) -> date:
        """The day last understood."""
        return self._day

    @day.setter
    def day(self, day: date) -> None:
        self._day = day
        self.put(self._formats.date_column(day))
        self.select_all()
        if self.owner is not None:
            self.owner.field_changed(self)

    def show(self, day: date) -> None:
        """Show a day as the program's own doing: the owner is not told."""
        self._day = day
        self.put(self._formats.date_column(day))

    def write_with(self, formats: Formats) -> None:
        """Write days this way from now on; what is being typed stays as it is."""
        if formats is not self._formats:
            was_typed, self._formats = self.is_being_typed, formats
            if not was_typed:
                self.show(self._day)

    @property
    def is_being_typed(self) -> bool:
        """Whether the text is something other than the day it stands for."""
        return self.value != self._formats.date_column(self._day)

    def read(self) -> date:
        """The day the text means, which the field then shows; raises InvalidDate."""
        if self.is_being_typed:
            self._day = read_date(self.value, self._day, self.today, self._formats)
            self.put(self._formats.date_column(self._day))
        return self._day

    def own_key(self, key: str) -> bool:
        stepped, self._before_step = self._before_step, None
        lettered, self._letter_before = self._letter_before, None
        if stepped is not None and key.isdecimal():
            self._count_days(*stepped, key)
            return True
        act = field_key(Scope.DATE, key)
        is_step = act in ("day-later", "day-earlier")
        is_letter = len(key) == 1 and key.isalpha()
        if lettered is not None and is_letter and act is None:
            self._begin_word(*lettered, key)
            return True
        if act is None or (self.is_being_typed and (is_step or (self.value and not self._is_readable))):
            return False
        if is_letter and self.is_being_typed and self.value and not self.value[-1].isdecimal():
            return False
        if is_letter and not is_step and not self.is_being_typed:
            letters, day = lettered or ("", self._day)
            self._letter_before = (letters + key, day)
        if is_step and stepped is None:
            self._before_step = ("+" if act == "day-later" else "-", self._day)
        self.move(act)
        return True

    @property
    def _is_readable(self) -> bool:
        """Whether what is typed is a day; where it is not, letters are letters of it."""
        try:
            read_date(self.value, self._day, self.today, self._formats)
        except InvalidDate:
            return False
        return True

    def _begin_word(self, letters: str, day: date, following: str) -> None:
        """A letter that is no key straight behind some that are: all begin a word, and the keys were not meant."""
        self._day = day
        self.put(letters + following)
        self.cursor_position = len(self.value)
        if self.owner is not None:
            self.owner.field_changed(self)

    def _count_days(self, sign: str, day: date, digit: str) -> None:
        """A digit straight behind one + or - makes a number of days of it: `+5` counts from the day before the +."""
        self._day = day
        self.put(sign + digit)
        self.cursor_position = len(self.value)
        if self.owner is not None:
            self.owner.field_changed(self)

    def move(self, act: str) -> None:
        """Move the day by the id of a date key; what was typed so far counts if it is a day."""
        try:
            start = self.read()
        except InvalidDate:
            start = self._day
        self.day = moved_day(start, act, self.today)


class AccountField(Field):
    """An account; where nobody types in it, a name that is too long gives way as in a column."""

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y or self.has_focus or cell_len(self.value) <= width:
            return super().render_line(y)
        return Strip([Segment(padded(short_account(clean(self.value), width), width), self.rich_style)])


class AmountField(Field):
    """An amount, standing at the right as in a column."""

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        strip = super().render_line(y)
        room = self._room_before()
        return Strip.join([Strip.blank(room, self.rich_style), strip.crop(0, width - room)]) if room else strip

    @property
    def cursor_screen_offset(self) -> Offset:
        return super().cursor_screen_offset + Offset(self._room_before(), 0)

    def _cell_offset_to_index(self, offset: int) -> int:
        return super()._cell_offset_to_index(max(offset - self._room_before(), 0))

    def _room_before(self) -> int:
        shown = self.content_width if self.value else self.content_width + 1
        return max(self.scrollable_content_region.width - shown, 0)


def moved_day(day: date, act: str, today: date) -> date:
    """A day moved by the id of a date key; the same day for any other id."""
    match act:
        case "day-later" | "day-earlier":
            return day_after(day) if act == "day-later" else day_before(day)
        case "month-later" | "month-earlier":
            return add_months(day, 1 if act == "month-later" else -1)
        case "month-start" | "month-end":
            return day.replace(day=1) if act == "month-start" else month_end(day)
        case "year-start" | "year-end":
            return day.replace(month=1, day=1) if act == "year-start" else day.replace(month=12, day=31)
        case "date-today":
            return today
    return day
