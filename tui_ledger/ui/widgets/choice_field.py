"""How is one of a few words chosen? Space or a click takes the next, a letter the one that begins with it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from tui_ledger.ui.keys import Scope, field_key
from tui_ledger.ui.widgets.fields import Field

YES, NO = "yes", "no"


class ChoiceField(Field):
    """A field that always holds one of its choices; '' may be one, shown as the placeholder."""

    def __init__(self, choices: Sequence[str], chosen: str, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, classes="choice", placeholder=placeholder)
        self._choices = tuple(choices)
        self.put(chosen)

    @property
    def chosen(self) -> str:
        return self.value

    @property
    def is_yes(self) -> bool:
        return self.value == YES

    def choose(self, choice: str) -> None:
        """Take a choice as if it had been pressed; the owner is told."""
        self.value = choice
        self.select_all()

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
        found = next((place for place in places if self._choices[place].casefold().startswith(letter.casefold())), None)
        if found is not None:
            self.choose(self._choices[found])


def yes_or_no(fact: bool, *, id: str | None = None) -> ChoiceField:
    """A field for a fact."""
    return ChoiceField((NO, YES), YES if fact else NO, id=id)
