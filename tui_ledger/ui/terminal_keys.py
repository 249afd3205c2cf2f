"""Which keys does Textual take for something else? alt with a digit, which it reads as a character of a Mac."""

from __future__ import annotations

from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_DIGITS = "123456789"


def tell_alt_digits() -> None:
    """Let Escape and a digit be alt+digit, as in every terminal that sends them; those characters themselves, typed on
    a keyboard that has them, arrive as before."""
    known = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
    for digit in _DIGITS:
        known.pop(f"\x1b{digit}", None)
