"""Does another transaction carry the same reference? Refused where the book asks for unique ones."""

from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.errors import ReferenceRepeated, ReferenceTaken
from tui_ledger.ledger.book import read_setting
from tui_ledger.ledger.database import BookDatabase

UNIQUE_REFERENCES = "unique_references"


def refuse_taken(database: BookDatabase, reference: str | None, number: int) -> None:
    """Raises ReferenceTaken where a standing transaction other than `number` has it and they are to be unique.

    A void transaction keeps its reference to be seen, and leaves it free.
    """
    if reference is None or read_setting(database, UNIQUE_REFERENCES) is not True:
        return
    other = _holder(database, reference, number)
    if other is not None:
        raise ReferenceTaken(reference=reference, number=other)


def refuse_taken_by_others(database: BookDatabase, references: Sequence[str | None]) -> None:
    """The same for many new transactions, which must not share one among themselves either."""
    given = [reference for reference in references if reference is not None]
    if not given or read_setting(database, UNIQUE_REFERENCES) is not True:
        return
    seen: set[str] = set()
    for reference in given:
        other = _holder(database, reference, 0)
        if other is not None:
            raise ReferenceTaken(reference=reference, number=other)
        if reference in seen:
            raise ReferenceRepeated(reference=reference)
        seen.add(reference)


def first_shared(database: BookDatabase) -> tuple[str, int] | None:
    """A reference that two standing transactions have, and the first of them; None where there is none."""
    found = database.row(
        "SELECT reference, min(number) FROM transactions WHERE reference IS NOT NULL AND voided = 0 "
        "GROUP BY reference HAVING count(*) > 1 ORDER BY 2 LIMIT 1"
    )
    return None if found is None else (found[0], found[1])


def _holder(database: BookDatabase, reference: str, besides: int) -> int | None:
    found: int | None = database.value(
        "SELECT min(number) FROM transactions WHERE reference = ? AND voided = 0 AND number <> ?", (reference, besides)
    )
    return found
