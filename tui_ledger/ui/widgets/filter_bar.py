"""What is typed to find rows? One line under a list, completed as it is typed; what is wrong with it stands below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.message import Message

from tui_ledger.errors import InvalidQuery, LedgerError, UnknownParty
from tui_ledger.ledger.filters import with_known_parties
from tui_ledger.ledger.queries import parse_query
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.filtering import FilterWords, Replacement, SavedFilter, filter_completions
from tui_ledger.ui.keys import Scope, bindings, field_key
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.completions import Completion, Completions, completion_step, takes_completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _

CARET = "^"


class FilterCompletions(Completions):
    """Completions of which none is marked until somebody asks for one: Enter means what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_chosen = False

    def mark(self, step: int) -> None:
        """The first key marks the first item, or from below the last."""
        if self.is_chosen or step < 0:
            super().mark(step)
        self.is_chosen = self.is_open
        self.refresh()

    def place_again(self, field: Region, above: int) -> None:
        """Where the field has its place now; what is marked stays so."""
        marked, is_chosen = self._marked, self.is_chosen
        self.open_at(field, self.items, above)
        self._marked, self.is_chosen = marked, is_chosen

    @property
    def chosen(self) -> Completion | None:
        """The item that somebody marked."""
        return self.marked if self.is_chosen else None


class FilterBar(Vertical):
    """A query being typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FILTER)]

    @dataclass
    class Changed(Message):
        """Another query, one that can be read."""

        query: str

    @dataclass
    class Left(Message):
        """The bar is to close, its query kept or given up."""

        kept: bool

    @dataclass
    class SaveWanted(Message):
        """The query is to be saved under a name."""

        query: str

    @dataclass
    class DeleteWanted(Message):
        """A saved filter is to be deleted."""

        name: str

    def __init__(self, desk: Desk, words: Callable[[], FilterWords], *, id: str | None = None) -> None:
        """`words` gives what the book has to go on with, each time the bar opens."""
        super().__init__(id=id)
        self._desk = desk
        self._words_now = words
        self.words = FilterWords()
        example = _("Words, payee: account: amount:>100 date: …")
        self.field = Field(id=f"{id}-text", classes="filter", placeholder=example)
        self.completions = FilterCompletions()
        self._caret = ErrorCaption(classes="error")
        self._reason = ErrorCaption(classes="error")
        self.display = False

    def compose(self) -> ComposeResult:
        with Horizontal(classes="filter-line"):
            yield Caption(classes="filter-label")
            yield self.field
        yield self._caret
        yield self._reason
        yield self.completions

    def on_mount(self) -> None:
        label = self.query_one(".filter-label", Caption)
        label.styles.width = cell_len(_("Filter")) + 2
        label.say(_("Filter"))
        self.field.owner = self

    @property
    def is_open(self) -> bool:
        return bool(self.display)

    @property
    def text(self) -> str:
        return self.field.value

    def open(self, query: str) -> None:
        """Show the bar with a query to go on with, all of it selected."""
        self.words = self._words_now()
        self.field.put(query)
        self.display = True
        self._show_error(None)
        self.field.focus_selected()
        if not query:
            self._offer()
        self.call_after_refresh(self._place_completions)

    def close(self) -> None:
        self.completions.close()
        self.display = False

    def field_changed(self, field: Field) -> None:
        # The field tells of its text before it has moved its cursor.
        self.call_later(self._offer)
        error = self.error()
        self._show_error(error)
        if error is None:
            self.post_message(self.Changed(field.value))

    def field_left(self, field: Field) -> None:
        self.completions.close()

    async def field_pressed(self, field: Field, key: str) -> bool:
        step, act = completion_step(key), field_key(Scope.FILTER, key)
        if step:
            if not self.completions.is_open:
                self._offer()
            self.completions.mark(step)
        elif act == "filter-word":
            self._take(self.completions.marked)
        elif act == "keep-filter" or (takes_completion(key) and self.completions.is_open):
            self._entered()
        else:
            return False
        return True

    def error(self) -> InvalidQuery | None:
        """What cannot be read in the text, or None."""
        try:
            parse_query(self.field.value, self._desk.ledger.today)
        except InvalidQuery as error:
            return error
        return None

    def _unknown_party(self) -> InvalidQuery | None:
        """That a party is asked for that is not there; while its key is being typed nothing is said of it."""
        text = self.field.value
        try:
            with_known_parties(self._desk.ledger, text)
        except UnknownParty as unknown:
            key = str(unknown.values["party"])
            return InvalidQuery(at=max(text.casefold().find(key.casefold()), 0) + 1, reason=str(unknown))
        except LedgerError:
            pass
        return None

    def action_leave_filter(self) -> None:
        if self.completions.is_chosen and self.completions.is_open:
            self.completions.close()
        else:
            self.post_message(self.Left(kept=False))

    def action_save_filter(self) -> None:
        error = self.error() or self._unknown_party()
        if error is not None:
            self._show_error(error)
        elif self.field.value.strip():
            self.post_message(self.SaveWanted(self.field.value.strip()))

    def action_delete_filter(self) -> None:
        marked = self.completions.chosen
        saved = marked.value if marked is not None and isinstance(marked.value, SavedFilter) else None
        name = saved.name if saved is not None else self._name_of_text()
        if name is None:
            self._desk.tell(_("No saved filter is meant: mark one with the arrow keys first."))
        else:
            self.post_message(self.DeleteWanted(name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("save_filter", "delete_filter") and self._desk.ledger.read_only:
            return False
        return super().check_action(action, parameters)

    @on(Completions.Picked)
    def _picked(self, event: Completions.Picked) -> None:
        event.stop()
        self._take(event.completion)
        self.field.focus()

    def _entered(self) -> None:
        if self.completions.chosen is not None and self.completions.is_open:
            self._take(self.completions.chosen)
            return
        error = self.error() or self._unknown_party()
        if error is None:
            self.post_message(self.Left(kept=True))
        else:
            self._show_error(error)
            self.field.cursor_position = _place(error)

    def _take(self, completion: Completion | None) -> None:
        """Put a completion into the text; the list follows as if it had been typed."""
        if completion is None:
            return
        if isinstance(completion.value, SavedFilter):
            self.field.value = completion.value.query
            self.field.cursor_position = len(self.field.value)
            self.completions.close()
        elif isinstance(completion.value, Replacement):
            start, text = completion.value.start, completion.value.text
            rest = self.field.value[self.field.cursor_position :].lstrip()
            self.field.value = self.field.value[:start] + text + rest
            self.field.cursor_position = start + len(text)

    def _offer(self) -> None:
        """The completions at the cursor, above the bar so that it stays in sight."""
        field = self.field
        found = filter_completions(field.value, field.cursor_position, self.words, self._desk.ledger.today)
        self.completions.is_chosen = False
        self.completions.open_at(field.region, found if self.is_open else [], above=self.region.y)

    def _place_completions(self) -> None:
        """The bar has no place on the screen until it is drawn."""
        if self.completions.is_open:
            self.completions.place_again(self.field.region, self.region.y)

    def _name_of_text(self) -> str | None:
        text = self.field.value.strip()
        return next((name for name, query in self.words.saved.items() if query == text), None)

    def _show_error(self, error: InvalidQuery | None) -> None:
        """A caret under the place of the fault, and the reason beside it, or below where there is no room."""
        if error is None:
            self._caret.say("")
            self._reason.say("")
            return
        before = cell_len(self.field.value[: _place(error)])
        at = max(self.field.region.x - self.content_region.x + before - self.field.scroll_offset.x, 0)
        reason = str(error.values["reason"])
        fits = at + 2 + cell_len(reason) <= self.content_size.width
        self._caret.say(" " * at + CARET + (f" {reason}" if fits else ""))
        self._reason.say("" if fits else reason)


def _place(error: InvalidQuery) -> int:
    """Where the fault stands in the text, counted from 0."""
    return int(str(error.values["at"])) - 1
