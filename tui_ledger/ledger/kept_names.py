"""Under which name is something kept among the settings, and which was meant? Templates, searches, reports."""

from __future__ import annotations

from collections.abc import Iterable

from tui_ledger.errors import InvalidSetting
from tui_ledger.text import clean, name_key, storable
from tui_ledger.words import Said


def checked_kept_name(name: str, what: str, longest: int) -> str:
    """The name under which something is kept among the settings, without blanks around it. `what` says what the name is
    for. Raises InvalidSetting."""
    stripped = name.strip()
    if not 0 < len(stripped) <= longest or not storable(stripped) or clean(stripped) != stripped:
        advice = Said("write 1 to {name_limit} characters that can be seen", name_limit=longest)
        raise InvalidSetting(value=clean(name)[:longest], what=what, advice=advice)
    return stripped


def kept_as(name: str, known: Iterable[str]) -> str | None:
    """Which of the names that are kept is meant: the same, else the first that differs in case alone; None for none."""
    alike = [one for one in known if name_key(one) == name_key(name)]
    return name if name in alike else next(iter(alike), None)
