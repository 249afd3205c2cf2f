"""How is the status of a posting said, in a line beside its figures?"""

from __future__ import annotations

from tui_ledger.words import N_, _

_WORDS = {"uncleared": N_("uncleared"), "cleared": N_("cleared"), "reconciled": N_("reconciled")}


def status_in_words(status: str) -> str:
    """A status in the language spoken; what is none stays as it is."""
    return _(_WORDS[status]) if status in _WORDS else status
