"""How is something of the book filled in over the screen? Labelled fields; what is refused stands beneath its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar, Generic

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from tui_ledger.errors import LedgerError
from tui_ledger.ui.keys import Scope, bindings, field_key
from tui_ledger.ui.screens.dialogs import CANCEL, HELP, Answer, Dialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.completions import Completion, Completions
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _

LABEL_CELLS = 16
MOST_LABEL_CELLS = 30

_STEPS = {"row-below": 1, "row-above": -1}


class FormRow(Vertical):
    """A label, a field, a remark at its right or none, and what is wrong with it beneath."""

    def __init__(self, label: str, field: Field, remark: str = "") -> None:
        super().__init__()
        self.field = field
        self._label = label
        self._label_cells = LABEL_CELLS
        self.remark = Caption(classes="remark")
        self._remark = remark
        self._error = ErrorCaption(classes="error")

    def compose(self) -> ComposeResult:
        label = Static(shown(self._label), classes="row-label")
        if self._label_cells > LABEL_CELLS:
            label.styles.width = self._label_cells
            self._error.styles.padding = (0, 0, 0, self._label_cells)
        with Horizontal():
            yield label
            yield self.field
            yield self.remark
        yield self._error

    def on_mount(self) -> None:
        self.say_remark(self._remark)

    @property
    def label(self) -> str:
        """What stands before the field."""
        return self._label

    @property
    def error(self) -> str:
        """What is said to be wrong, '' for nothing."""
        return self._error.text

    def show_error(self, sentence: str) -> None:
        self._error.say(sentence)

    def on_resize(self) -> None:
        """A sentence beneath the field comes into sight as soon as there is room for it."""
        if self.error and self.screen.focused is self.field:
            self.scroll_visible(animate=False)
            # The rows as a whole are as high as this only once they were drawn.
            self.call_after_refresh(self.scroll_visible, animate=False)

    def widen_label(self, cells: int) -> None:
        """Give the label more cells than it has usually, before it is drawn."""
        self._label_cells = cells

    def say_remark(self, text: str) -> None:
        """What stands at the right of the field; '' gives its room to the field."""
        self.remark.display = bool(text)
        self.remark.say(text)


class FormDialog(Dialog[Answer], Generic[Answer]):
    """Rows one below the other: Enter goes on and saves on the last one, ctrl+s saves from any.

    A subclass gives the rows, and in `act` reads the fields, each inside `about`, and does what is asked; a LedgerError
    raised there is shown beneath the field it is about. What `readings` names is read before, so that all that is wrong
    is said at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.BOX)]

    def __init__(self, title: str, rows: Sequence[FormRow], *, save: str = "", note: str = "") -> None:
        super().__init__(title, (("confirm", _("Next")), ("save", save or _("Save")), HELP, CANCEL))
        self.rows = tuple(rows)
        _align(self.rows)
        self._note_text = note
        self._reading: Field | None = None

    def body(self) -> ComposeResult:
        if self._note_text:
            yield Static(shown(self._note_text), classes="note")
        with VerticalScroll(classes="form-rows", can_focus=False):
            yield from self.rows

    def act(self) -> Answer:
        """Reads the fields and does what is asked; raises LedgerError."""
        raise NotImplementedError

    def readings(self) -> Iterable[tuple[Field, Callable[[], object]]]:
        """How each field is read that can be read on its own; nothing may be done by it."""
        return ()

    def completions_for(self, field: Field) -> list[Completion]:
        """What the text of a field may mean; nothing unless a subclass knows."""
        return []

    def culprit(self, refusal: LedgerError) -> Field | None:
        """The field a refusal is about, where it was raised outside `about`; None for the whole form."""
        return None

    def accepted(self, answer: Answer) -> None:
        """What was asked for is done."""
        self.dismiss(answer)

    @contextmanager
    def about(self, field: Field) -> Iterator[None]:
        """What is refused in here is about this field."""
        self._reading = field
        yield
        self._reading = None

    def action_save(self) -> None:
        self.clear_errors()
        if self._refuses_fields():
            return
        try:
            answer = self.act()
        except LedgerError as refusal:
            self.refuse(str(refusal), self._reading or self.culprit(refusal))
        else:
            self.accepted(answer)

    def refuse(self, sentence: str, field: Field | None) -> None:
        """Say a refusal beneath its field, which gets the focus; without a field at the foot of the form."""
        row = self.row_of(field)
        if row is None or field is None:
            self.show_error(sentence)
            return
        row.show_error(sentence)
        field.focus_selected()
        row.scroll_visible(animate=False)

    def clear_errors(self) -> None:
        self._reading = None
        self.completions.close()
        self.show_error("")
        for row in self.rows:
            row.show_error("")

    def _refuses_fields(self) -> bool:
        """Whether one of the fields cannot be read; what is wrong stands beneath each, the first gets the focus."""
        refused: dict[Field, str] = {}
        for field, read in self.readings():
            try:
                read()
            except LedgerError as refusal:
                refused.setdefault(field, str(refusal))
        for row in reversed(self.rows):
            if row.field in refused:
                self.refuse(refused[row.field], row.field)
        return bool(refused)

    def row_of(self, field: Field | None) -> FormRow | None:
        return next((row for row in self.rows if row.field is field), None)

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        row = self.row_of(field)
        if row is not None:
            row.show_error("")
        self.completions.open_at(field.region, self.completions_for(field))

    def field_left(self, field: Field) -> None:
        self.completions.close()

    async def field_pressed(self, field: Field, key: str) -> bool:
        step = _STEPS.get(field_key(Scope.BOX, key) or "")
        if step is not None and not self.completions.is_open:
            self._step(field, step)
            return True
        return await super().field_pressed(field, key)

    def entered(self, field: Field) -> None:
        marked = self.completions.marked
        if marked is not None:
            self.take(field, marked)
        if field is self.shown_fields()[-1]:
            self.action_save()
        else:
            self._step(field, 1)

    def take(self, field: Field, completion: Completion) -> None:
        """Put a completion into its field."""
        field.put(completion.text)
        field.cursor_position = len(field.value)
        self.completions.close()
        self.taken(field)

    def taken(self, field: Field) -> None:
        """A completion was put into a field."""

    def shown_fields(self) -> list[Field]:
        return [row.field for row in self.rows if row.display and not row.field.disabled]

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        if isinstance(self.focused, Field):
            self.take(self.focused, event.completion)

    def _step(self, field: Field, step: int) -> None:
        fields = self.shown_fields()
        place = fields.index(field) + step if field in fields else 0
        fields[max(min(place, len(fields) - 1), 0)].focus_selected()


def _align(rows: Sequence[FormRow]) -> None:
    """All fields begin in the same cell, behind the longest label."""
    longest = max((cell_len(row.label) for row in rows), default=0)
    if longest >= LABEL_CELLS:
        for row in rows:
            row.widen_label(min(longest + 1, MOST_LABEL_CELLS))
