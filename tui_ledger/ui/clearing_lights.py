"""How does an account stand with what was cleared? A glyph for the tree, and the same in words."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from tui_ledger.ledger.clearing import Clearing
from tui_ledger.ui.desk import Desk
from tui_ledger.words import _, ngettext

STALE_DAYS = 30


class Light(Enum):
    """Told by its shape, never by colour; the value is the glyph."""

    NONE = ""
    CLEARED = "●"
    BEHIND = "◐"
    NEVER = "○"


def light_of(clearing: Clearing | None, today: date) -> Light:
    """NEVER where nothing was ever cleared; BEHIND where a posting older than 30 days waits to be; else CLEARED.

    An account without postings has none: there is nothing to compare yet. What is younger may still be on its way.
    """
    if clearing is None or clearing.last is None:
        return Light.NONE
    if clearing.last_cleared is None:
        return Light.NEVER
    waiting = clearing.oldest_uncleared
    return Light.BEHIND if waiting is not None and waiting < today - timedelta(days=STALE_DAYS) else Light.CLEARED


def light_in_words(clearing: Clearing | None, desk: Desk) -> str:
    """The glyph and what it says: `◐ uncleared since 04/05/2026`; '' for none."""
    light = light_of(clearing, desk.ledger.today)
    if clearing is None or light is Light.NONE:
        return ""
    if light is Light.NEVER:
        return f"{light.value} {_('never cleared')}"
    if light is Light.BEHIND and clearing.oldest_uncleared is not None:
        said = _("uncleared since {day}").format(day=desk.day(clearing.oldest_uncleared))
        return f"{light.value} {said}"
    if clearing.oldest_uncleared is None:
        return f"{light.value} {_('all cleared')}"
    said = ngettext("cleared but for the last day", "cleared but for the last {n} days", STALE_DAYS)
    return f"{light.value} {said.format(n=STALE_DAYS)}"
