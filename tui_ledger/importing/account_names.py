"""Which account does a name written in a journal mean?"""

from __future__ import annotations

from tui_ledger.errors import InvalidName
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.ledger.accounts import clean_name
from tui_ledger.words import Said


def account_name(written: str) -> str:
    """The name as a book keeps it; raises LineRefused for what cannot be one."""
    if " ;" in written:
        raise LineRefused(Said("{text}: put two blanks before the semicolon of a comment", text=quoted(written)))
    try:
        return clean_name(written)
    except InvalidName as problem:
        raise LineRefused(
            Said("{text} cannot be an account name: {reason}", text=quoted(written), reason=problem.values["reason"])
        ) from problem


def split_name(text: str) -> tuple[str, str]:
    """A name, which ends at two blanks or a tab, and what follows it without blanks around."""
    cut = text.find("  ")
    tab = text.find("\t", 0, cut if cut >= 0 else len(text))
    if tab >= 0:
        cut = tab
    return (text, "") if cut < 0 else (text[:cut].rstrip(" "), text[cut:].strip(" \t"))


def is_virtual(written: str) -> bool:
    """Whether a posting's account is in parentheses or brackets, outside the balance of its transaction."""
    return (written[0], written[-1]) in (("(", ")"), ("[", "]"))
