"""Which colours does the workbench wear? Two quiet themes; nothing is told by colour alone."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="ledger-night",
        primary="#7fa7c9",
        secondary="#8f9bb3",
        accent="#d9b36c",
        foreground="#d5d8de",
        background="#15181d",
        surface="#1b1f26",
        panel="#252b35",
        success="#8fb98a",
        warning="#d9b36c",
        error="#d98080",
        dark=True,
    ),
    Theme(
        name="ledger-day",
        primary="#2f5d86",
        secondary="#5b677d",
        accent="#8a5a00",
        foreground="#23272e",
        background="#f7f6f2",
        surface="#efede6",
        panel="#e0ddd3",
        success="#2f6b35",
        warning="#8a5a00",
        error="#a33030",
        dark=False,
    ),
)
