"""What in the settings file cannot be heeded? Everything that is wrong in it, a sentence each."""

from __future__ import annotations

from tui_ledger.errors import LedgerError
from tui_ledger.preferences import Preferences, in_file, nearest, quoted
from tui_ledger.ui.own_keys import own_keys
from tui_ledger.ui.themes import theme_names
from tui_ledger.words import _


def problems_of(preferences: Preferences) -> tuple[str, ...]:
    """All that cannot be heeded in the settings file, a sentence each."""
    problems = []
    if preferences.theme is not None and preferences.theme not in theme_names():
        near = nearest(preferences.theme, theme_names())
        advice = _("perhaps {near} is meant").format(near=near) if near else _("the settings of the program list them")
        problems.append(_("{name} is no theme: {advice}").format(name=quoted(preferences.theme), advice=advice))
    if preferences.locale is not None:
        problems += _problem_of_locale(preferences.locale)
    problems += own_keys(preferences.keys).problems
    return (*preferences.problems, *map(in_file, problems))


def _problem_of_locale(locale: str) -> list[str]:
    from tui_ledger.locale.locales import known_locale

    try:
        known_locale(locale)
    except LedgerError as refusal:
        return [str(refusal)]
    return []
