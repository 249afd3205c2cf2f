"""What may something of the book be called, and which name was meant? Keys of parties, names of users."""

from __future__ import annotations

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.text import forbidden_in_names, name_key
from tui_ledger.words import N_, Said


def checked_called(given: object, what: str, longest: int, refused: type[LedgerError]) -> str:
    """What something is called as it is stored, without blanks around it. `what` is the word for it: key, name.

    Raises `refused`, which takes what, text and reason.
    """
    shown = Said("The {what}", what=what)
    if not isinstance(given, str):
        raise refused(what=shown, text=str(given), reason=Said("a {what} is text", what=what))
    stored = " ".join(given.split())
    if not name_key(stored).replace(":", "").strip():
        raise refused(what=shown, text=given, reason=N_("it is empty, or holds nothing that can be read"))
    if len(stored) > longest:
        reason = Said("it is longer than {longest} characters", longest=longest)
        raise refused(what=shown, text=given[:40] + "…", reason=reason)
    if forbidden_in_names(given) is not None:
        raise refused(what=shown, text=given, reason=N_("it holds a control or invisible character"))
    return stored


def nearest_called(database: BookDatabase, table: str, column: str, typed: str) -> str:
    """What a table has in a column, and as it is compared in `COLUMN_fold`, that is nearest to a text; '' for none."""
    from difflib import get_close_matches

    called: dict[str, str] = dict(database.rows(f"SELECT {column}_fold, {column} FROM {table}"))
    close = get_close_matches(name_key(typed), list(called), n=1, cutoff=0.75)
    return called[close[0]] if close else ""


def unused_row(database: BookDatabase, kind: str, table: str) -> int:
    """A row of a table that nothing of a kind of the history ever had: those of deleted things stay theirs there."""
    used = database.value(
        f"SELECT max(CAST(substr(subject, {len(kind) + 2}) AS BIGINT)) FROM changes "
        f"WHERE subject > '{kind} ' AND subject < '{kind}!'"
    )
    return max(used or 0, database.value(f"SELECT max(id) FROM {table}") or 0) + 1
