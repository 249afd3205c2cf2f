"""How are values of a book that are words of the program said to people?

What scripts and options know stays English.
"""

from __future__ import annotations

from tui_ledger.words import N_, _

_WORDS = (
    *(N_("asset"), N_("liability"), N_("equity"), N_("income"), N_("expense")),
    *(N_("debit"), N_("credit")),
    *(N_("operating"), N_("investing"), N_("financing")),
    *(N_("administrator"), N_("bookkeeper"), N_("viewer"), N_("party")),
)
"""Types of accounts and the sides they grow on, lines of the cash flow statement, roles."""


def in_words(value: str) -> str:
    """A type of account, a side, a line of the cash flow statement or a role, in the language spoken."""
    return _(str(value)) if value in _WORDS else str(value)


def yes_or_no(is_so: bool) -> str:
    """Whether something is so, in a word."""
    return _("yes") if is_so else _("no")
