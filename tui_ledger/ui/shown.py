"""How does text from the book reach the screen? As Content, never as markup, and never as control bytes."""

from __future__ import annotations

from textual.content import Content

from tui_ledger.text import clean


def shown(text: str) -> Content:
    """User text (payee, memo, account name, a refusal's sentence) as a widget may show it: one line, no markup."""
    return Content(clean(text))
