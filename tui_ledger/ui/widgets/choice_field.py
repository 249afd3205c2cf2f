"""How is one of a few words chosen? Space or a click takes the next, a letter the one that begins with it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from tui_ledger.ui.keys import Scope, field_key
from tui_ledger.ui.widgets.columns import clipped
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import N_, _

YES, NO = N_("yes"), N_("no")


class ChoiceField(Field):
    """A field that always holds one of its choices; '' may be one, shown as the placeholder.

    Choices are what the program goes by; they are looked up where they are drawn, and letters choose by what is drawn.
    """

    def __init__(self, choices: Sequence[str], chosen: str, *, id: str | None = None, placeholder: str = "") -> None:
        self._choices = tuple(choices)
        super().__init__(id=id, classes="choice", placeholder=placeholder)
        self.put(chosen)

    @property
    def chosen(self) -> str:
        return str(self.value)

    @property
    def is_yes(self) -> bool:
        return self.value == YES

    def choose(self, choice: str) -> None:
        """Take a choice as if it had been pressed; the owner is told."""
        self.value = choice
        self.select_all()

    def validate_value(self, value: str) -> str:
        """Whatever is to become of the text, one of the choices; what is none leaves the one that was chosen."""
        wanted, held = super().validate_value(value), self.value
        return next((one for one in (wanted, held) if one in self._choices), self._choices[0])

    def replace(self, text: str, start: int, end: int) -> None:
        """Nothing is edited: keys that delete, cut or paste a part of a text leave the choice as it is."""

    def render_line(self, y: int) -> Strip:
        """Where the choice reads otherwise in the language spoken, that is drawn in its place."""
        word = _(self._choices[self._choices.index(self.value)])
        if y or word == self.value:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        style = self.rich_style
        drawn = [Segment(clipped(word, width), style)]
        if self.has_focus:
            selection = self.get_component_rich_style("input--selection")
            cursor = self.get_component_rich_style("input--cursor")
            drawn = [Segment(clipped(word, width), style + selection), Segment(" ", style + cursor)]
        return Strip(drawn).adjust_cell_length(width + 1, style)

    def own_key(self, key: str) -> bool:
        if field_key(Scope.BOX, key) == "next-choice" or key == "right":
            self._move(1)
        elif key == "left":
            self._move(-1)
        elif key in ("backspace", "delete"):
            self.choose("" if "" in self._choices else self.value)
        elif len(key) == 1:
            self._choose_by_letter(key)
        else:
            return False
        return True

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._move(1)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()

    def _move(self, step: int) -> None:
        self.choose(self._choices[(self._choices.index(self.value) + step) % len(self._choices)])

    def _choose_by_letter(self, letter: str) -> None:
        places = [*range(self._choices.index(self.value) + 1, len(self._choices)), *range(len(self._choices))]
        begun = (place for place in places if _(self._choices[place]).casefold().startswith(letter.casefold()))
        found = next(begun, None)
        if found is not None:
            self.choose(self._choices[found])


def yes_or_no(fact: bool, *, id: str | None = None) -> ChoiceField:
    """A field for a fact."""
    return ChoiceField((NO, YES), YES if fact else NO, id=id)
