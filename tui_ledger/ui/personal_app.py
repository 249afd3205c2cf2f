"""How does a program on the screen heed what its user has set? Theme, motion and keys, at the start and at once."""

from __future__ import annotations

import os
from typing import Generic, TypeVar

from textual.types import AnimationLevel

from tui_ledger.preferences import Preferences
from tui_ledger.text import clean
from tui_ledger.ui.keys import BEFORE_ALL, KEYS, Key
from tui_ledger.ui.own_keys import OwnKeys, keymap, own_keys
from tui_ledger.ui.preference_check import problems_of
from tui_ledger.ui.screens.own_keys import PressDialog
from tui_ledger.ui.steady_lines import SteadyLines
from tui_ledger.ui.themes import PLAIN, THEMES, USUAL, theme_names
from tui_ledger.ui.typing_app import TypingApp
from tui_ledger.ui.widgets.places import PlacesWidget
from tui_ledger.words import ngettext

Answer = TypeVar("Answer")

PROBLEMS_SHOWN = 3
PROBLEM_SECONDS = 12
NO_COLOUR_VARIABLE = "NO_COLOR"


class PersonalApp(TypingApp[Answer], Generic[Answer]):
    """A program with its user's theme, motion and keys; what cannot be heeded is said once it stands on the screen."""

    key_table: tuple[Key, ...] = KEYS

    def __init__(self, preferences: Preferences | None = None) -> None:
        self.has_colours = not os.environ.get(NO_COLOUR_VARIABLE)
        super().__init__(ansi_color=None if self.has_colours else True)
        self._filters.append(SteadyLines())
        for theme in THEMES:
            self.register_theme(theme)
        self._usual_motion = self.animation_level
        self.own_keys = OwnKeys()
        self._problems = self.heed(preferences or Preferences())

    def on_mount(self) -> None:
        problems = "\n".join(clean(sentence) for sentence in problems_to_show(self._problems))
        if problems:
            self.notify(problems, severity="warning", timeout=PROBLEM_SECONDS, markup=False)

    def heed(self, preferences: Preferences) -> tuple[str, ...]:
        """Go by what is set from now on; gives sentences about what of it cannot be heeded."""
        self.preferences = preferences
        self.own_keys = own_keys(preferences.keys)
        self.key_table = self.own_keys.table
        self.set_keymap(keymap(self.key_table))
        self.wear(preferences.theme if preferences.theme in theme_names() else USUAL)
        self.animation_level = motion_level(preferences.motion, self._usual_motion)
        self._draw_keys_again()
        return problems_of(preferences)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where every key is a wish, those that go before all others wait too."""
        takes_all = bool(self.screen_stack) and isinstance(self.screen_stack[-1], PressDialog)
        if takes_all and action in (key.action for key in KEYS if key.id in BEFORE_ALL):
            return False
        return super().check_action(action, parameters)

    def wear(self, theme: str) -> None:
        """Put on a theme; where no colours are wanted, the plain one."""
        self.theme = theme if self.has_colours else PLAIN
        self.set_class(self.theme == PLAIN, "-plain")

    def _draw_keys_again(self) -> None:
        """The bars of all screens, those behind too."""
        for screen in (screen for stack in self._screen_stacks.values() for screen in stack):
            for bar in screen.query(PlacesWidget):
                bar.refresh(layout=True)


def problems_to_show(problems: tuple[str, ...]) -> list[str]:
    """As many problems as fit on a screen, and how the others are found."""
    shown = list(problems[:PROBLEMS_SHOWN])
    more = len(problems) - len(shown)
    said = ngettext("And {n} more: `tui-ledger keys` lists them.", "And {n} more: `tui-ledger keys` lists them.", more)
    return [*shown, said.format(n=more)] if more else shown


def motion_level(motion: str | None, usual: AnimationLevel) -> AnimationLevel:
    """How much may move: nothing where less motion is wanted, else what the surroundings say."""
    return "none" if motion == "reduced" else usual
