"""Does the history, played from its first row into a new book, give the book as it is? Row by row, every column."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from tui_ledger.errors import LedgerClosed, LedgerError
from tui_ledger.ledger.comparing import Difference, differences
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.findings import Findings
from tui_ledger.ledger.replaying import add_what_the_history_lacks, survey_history, write_replayed
from tui_ledger.ledger.sqlite_database import scratch_book
from tui_ledger.words import Said

Step = Callable[[int], None]
KIND = "replay"


def check_replay(database: BookDatabase, findings: Findings, step: Step) -> None:
    """Replays the history into a book of its own, with the program's guards on, and reports where the book differs.

    That book lies in a file without a name, which is gone when the check ends, however it ends; memory stays flat.
    """
    survey = survey_history(database, step)
    if survey.reason is not None:
        findings.report(KIND, found=Said("the history cannot be replayed: {problem}", problem=survey.reason))
        return
    with closing(scratch_book()) as replayed:
        try:
            add_what_the_history_lacks(database, survey)
            write_replayed(database, survey, replayed, step, with_history=False)
        except LedgerClosed:
            raise
        except LedgerError as problem:
            findings.report(KIND, found=Said("the history cannot be replayed: {problem}", problem=problem))
            return
        with replayed.reading():
            names: dict[int, str] = dict(replayed.rows("SELECT id, name FROM accounts"))
            for one in differences(replayed, database, step):
                _report(findings, names, one)


def _report(findings: Findings, names: dict[int, str], one: Difference) -> None:
    account, number = None, None
    if one.table == "postings" and one.key:
        account, number = names.get(one.key[0]), one.key[2]
    elif one.table == "transactions" and one.key:
        number = one.key[0]
    elif one.table == "accounts" and one.key:
        account = names.get(one.key[0])
    where = " ".join(map(str, (one.table, *one.key)))
    findings.report(
        KIND,
        account=account,
        transaction=number,
        expected=None if one.expected is None else f"{where}: {one.expected}",
        found=f"{where}: {one.found}" if one.found else Said("{where}: missing", where=where),
    )
