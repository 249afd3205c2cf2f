"""How does text from the book reach the screen? As Content, never as markup, and never as control bytes."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui_ledger.text import clean


def shown(text: str) -> Content:
    """User text (payee, memo, account name, a refusal's sentence) as a widget may show it: one line, no markup."""
    return Content(clean(text))


def component_style(widget: Widget, name: str) -> Style:
    """The style of a part of a widget; Textual leaves out that it is reversed, which tells it apart without colours."""
    reverse = widget.get_component_styles(name).text_style.reverse
    return widget.get_visual_style(name) + Style(reverse=reverse)
