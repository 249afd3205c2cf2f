"""Which colours does the workbench wear? Our own themes and Textual's; nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

from tui_ledger.words import N_, _

PLAIN = "ledger-plain"
USUAL = "ledger-night"

THEMES = (
    Theme(
        name=USUAL,
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
    # The palette of Okabe and Ito, whose colours are told apart without red or green cones: sky blue, orange, yellow.
    Theme(
        name="ledger-clear",
        primary="#56b4e9",
        secondary="#9fb3c8",
        accent="#f0e442",
        foreground="#f2f2f2",
        background="#0d1117",
        surface="#141a22",
        panel="#1f2833",
        success="#56b4e9",
        warning="#f0e442",
        error="#e69f00",
        dark=True,
    ),
    # No colour but the terminal's own two; `App.-plain` in the styles tells things apart by bold, underline, reverse.
    Theme(
        name=PLAIN,
        ansi=True,
        primary="ansi_default",
        secondary="ansi_default",
        accent="ansi_default",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        success="ansi_default",
        warning="ansi_default",
        error="ansi_default",
        dark=True,
        variables={
            **dict.fromkeys(
                (
                    "ansi-background",
                    "ansi-foreground",
                    "block-cursor-background",
                    "block-cursor-foreground",
                    "block-cursor-blurred-background",
                    "border",
                    "border-blurred",
                    "footer-key-foreground",
                    "input-cursor-background",
                    "input-cursor-foreground",
                    "input-selection-background",
                    "input-selection-foreground",
                    "link-background-hover",
                    "link-color",
                    "link-color-hover",
                    "screen-selection-background",
                    "screen-selection-foreground",
                    "scrollbar",
                    "scrollbar-active",
                    "scrollbar-background",
                    "scrollbar-background-active",
                    "scrollbar-background-hover",
                    "scrollbar-hover",
                ),
                "ansi_default",
            ),
            "block-cursor-text-style": "bold underline reverse",
            "input-cursor-text-style": "reverse",
        },
    ),
)

ABOUT: Mapping[str, str] = {
    USUAL: N_("quiet and dark"),
    "ledger-day": N_("quiet and light"),
    "ledger-clear": N_("blue, orange: never red against green"),
    PLAIN: N_("no colours: bold, underlined, reversed"),
}


def theme_names() -> list[str]:
    """The themes there are, ours first, then those that come with Textual."""
    own = [theme.name for theme in THEMES]
    return own + sorted(name for name in BUILTIN_THEMES if name not in own)


def about_theme(name: str) -> str:
    """What a theme is like, in a few words."""
    if name in ABOUT:
        return _(ABOUT[name])
    theme = BUILTIN_THEMES[name]
    if theme.ansi:
        return _("the terminal's own colours, dark") if theme.dark else _("the terminal's own colours, light")
    return _("dark") if theme.dark else _("light")
