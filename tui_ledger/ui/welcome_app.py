"""What is shown where there is no book yet? The welcome, before the workbench."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from tui_ledger.ui.keys import key_of
from tui_ledger.ui.screens.welcome import WelcomeScreen
from tui_ledger.ui.themes import THEMES
from tui_ledger.ui.typing_app import TypingApp

_QUIT = key_of("quit")


class Welcome(TypingApp[str]):
    """Answers the place of the book that is to be opened, or None."""

    TITLE = "tui-ledger"
    CSS_PATH = "styles/workbench.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [_QUIT.binding()] if _QUIT is not None else []
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: Path, currency: str, recent: Sequence[str] = (), reason: str = "") -> None:
        super().__init__()
        self._welcome = WelcomeScreen(folder, currency, recent, reason)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def on_mount(self) -> None:
        self.push_screen(self._welcome)
