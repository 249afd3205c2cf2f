"""What is said when a key that writes is pressed over a book for reading? That it is one; such keys are not offered."""

from __future__ import annotations

from textual.screen import Screen

from tui_ledger.ui.keys import key_of
from tui_ledger.words import N_

FOR_READING = N_("This book was opened for reading only.")
WRITING_KEYS = (
    *("undo", "redo", "new", "copy-as-new", "edit", "reverse", "void", "repeat", "toggle-cleared", "bulk"),
    *("open-account", "account-menu", "edit-account", "rename-account", "close-account", "delete-account"),
    *("save-report", "forget-report"),
    *("adjust-party", "add-party", "edit-party", "delete-party"),
    *("sheet-add", "sheet-edit", "sheet-remove", "sheet-import", "due-post", "due-skip", "due-post-all"),
)


def would_write(screen: Screen[object], pressed: str) -> bool:
    """Whether a key stands for writing where the focus is, and for nothing that can be done there now."""
    active = screen.active_bindings.get(pressed)
    if active is not None and active.enabled:
        return False
    keys = [key for id in WRITING_KEYS if (key := key_of(id)) is not None and pressed in key.names]
    places = (screen.focused or screen).ancestors_with_self
    return any(hasattr(place, f"action_{key.action}") for key in keys for place in places)
