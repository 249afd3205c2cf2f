"""What is shown where there is no book yet? The welcome, before the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from tui_ledger.preferences import Preferences
from tui_ledger.ui.keys import BEFORE_ALL, key_of
from tui_ledger.ui.personal_app import PersonalApp
from tui_ledger.ui.screens.key_sheet import help_on
from tui_ledger.ui.screens.welcome import WelcomeScreen

_KEYS = [key.binding() for id in BEFORE_ALL if (key := key_of(id)) is not None]


class Welcome(PersonalApp[str]):
    """Answers the place of the book that is to be opened, or None."""

    TITLE = "tui-ledger"
    CSS_PATH = ["styles/workbench.tcss", "styles/plain.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*_KEYS]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        folder: Path,
        currency: str,
        recent: Sequence[str] = (),
        reason: str = "",
        *,
        preferences: Preferences | None = None,
        locale: str = "",
    ) -> None:
        super().__init__(preferences)
        self._welcome = WelcomeScreen(folder, currency, recent, reason, locale)

    def on_mount(self) -> None:
        self.push_screen(self._welcome)

    def action_help(self) -> None:
        """What is worth knowing about what has the focus."""
        self.push_screen(help_on(self.focused))
