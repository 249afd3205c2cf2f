"""How long do the statements of a large book take, and a whole report, against other programs on a journal?"""

from __future__ import annotations

import shutil
import subprocess
import time
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.journals import written_journal
from benchmarks.measuring import alone, compare, run
from tui_ledger.ledger import Ledger
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range, period_ends, periods_of
from tui_ledger.reports.income_statement import income_statement

MONTHS_MS = 60.0
OTHERS = {"ledger": (("balance",), 1 / 50), "hledger": (("balancesheet",), 1 / 250)}
"""What each program is asked for, and the part of its time that is well."""


def measure_statements(book: Path, journal: Path, size: int, last: date, rounds: int) -> None:
    """Twelve monthly columns in process, and `report balance-sheet` as a process against ledger and hledger, which read
    the same transactions from a journal; needs those."""
    year = Range(date(last.year, 1, 1), date(last.year, 12, 31))
    ends, months = period_ends(year, "month"), periods_of(year, "month")
    with Ledger.open(book) as ledger:
        alone("balance sheet, twelve months", lambda: _seconds(balance_sheet, ledger, ends), rounds, MONTHS_MS)
        alone("income statement, twelve months", lambda: _seconds(income_statement, ledger, months), rounds, MONTHS_MS)
    if not journal.exists():
        written_journal(journal, size)
    ours = partial(run, "-m", "tui_ledger", "--book", str(book), "report", "balance-sheet", "--at", last.isoformat())
    for program, (command, target) in OTHERS.items():
        if shutil.which(program) is None:
            print(f"report balance-sheet, against {program}: not measured, it is not installed")
            continue
        compare(
            f"report balance-sheet, against {program} {command[0]}",
            ours,
            partial(_other, program, "-f", str(journal), *command),
            min(rounds, 3),
            target,
        )


def _seconds(report: object, ledger: Ledger, columns: object) -> float:
    started = time.perf_counter()
    report(ledger, columns)  # type: ignore[operator]
    return time.perf_counter() - started


def _other(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started
