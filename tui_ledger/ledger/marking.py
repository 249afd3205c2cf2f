"""How is a posting marked uncleared or cleared? In closed periods too: a mark changes nothing that was booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tui_ledger.errors import InvalidSetting, LaterAct, ReconciledPosting, TransactionNotFound
from tui_ledger.ledger.bodies import stored_body
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.journal import STATUS_NUMBERS
from tui_ledger.ledger.values import PostingStatus
from tui_ledger.words import N_, Said

_MARKS = (PostingStatus.UNCLEARED, PostingStatus.CLEARED)
_SET = "UPDATE postings SET status = ? WHERE number = ? AND line = ?"


def checked_status(status: PostingStatus | str) -> PostingStatus:
    """The status meant, where a mark can set it; raises InvalidSetting."""
    found = next((one for one in _MARKS if one.value == str(status).lower()), None)
    if found is None:
        advice = N_("mark it uncleared or cleared; reconciling sets reconciled")
        raise InvalidSetting(value=str(status), what=N_("mark"), advice=advice)
    return found


def mark_postings(
    database: BookDatabase, act: Act, chart: Chart, postings: Iterable[tuple[int, int]], status: PostingStatus
) -> tuple[int, ...]:
    """Sets the status of postings, given as (number, line); returns the transactions that changed.

    Raises TransactionNotFound, ReconciledPosting.
    """
    lines: dict[int, set[int]] = {}
    for number, line in postings:
        lines.setdefault(number, set()).add(line)
    return tuple(
        number for number, chosen in lines.items() if _mark_transaction(database, act, chart, number, chosen, status)
    )


def restore_marks(
    database: BookDatabase, act: Act, chart: Chart, number: int, current: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Sets the marks of a transaction as a body of the history has them, for undo and redo.

    Raises LaterAct where the transaction changed since, its marks too.
    """
    before = stored_body(database, chart, number)
    if before["postings"] != current["postings"]:
        raise LaterAct(what=Said("transaction {number}", number=number), later=N_("a later change of it"))
    for line, posting in enumerate(wanted["postings"], 1):
        status = STATUS_NUMBERS[PostingStatus(posting.get("status", PostingStatus.UNCLEARED))]
        database.execute(_SET, (status, number, line))
    act.record(number=number, before=before, after=stored_body(database, chart, number))


def _mark_transaction(
    database: BookDatabase, act: Act, chart: Chart, number: int, lines: set[int], status: PostingStatus
) -> bool:
    before = stored_body(database, chart, number)
    for line in lines:
        if not 1 <= line <= len(before["postings"]):
            raise TransactionNotFound(number=Said("{number}, line {line}", number=number, line=line), last=number)
        if before["postings"][line - 1].get("status") == PostingStatus.RECONCILED:
            raise ReconciledPosting(number=number, act=N_("marked"))
    for line in lines:
        database.execute(_SET, (STATUS_NUMBERS[status], number, line))
    after = stored_body(database, chart, number)
    if after == before:
        return False
    act.record(number=number, before=before, after=after)
    return True
