"""Is the book right? Streams history and tables once and names the first bad row of each account."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from tui_ledger.errors import LedgerClosed, LedgerError
from tui_ledger.ledger.anchors import Anchor
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.findings import (
    MASK,
    UNREADABLE,
    Discrepancy,
    Findings,
    discrepancy,
    posting_digest,
    transaction_digest,
    weight,
)
from tui_ledger.ledger.history_check import check_history
from tui_ledger.ledger.replay_check import check_replay
from tui_ledger.money import units_to_text
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

__all__ = ["Discrepancy", "Progress", "Verification", "verify"]

Progress = Callable[[int, int], None]
_STEP = 20_000
_CHUNK = 2_000
_COUNTED = ("transactions", "postings", "accounts", "changes")


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found wrong; `ok` when nothing was. `head` is the history's last hash."""

    checked: Mapping[str, int]
    discrepancies: tuple[Discrepancy, ...]
    head: str

    @property
    def ok(self) -> bool:
        return not self.discrepancies


def verify(
    database: BookDatabase,
    progress: Progress | None = None,
    *,
    replay: bool = False,
    anchors: Iterable[Anchor] = (),
) -> Verification:
    """Re-derives every stored balance, every sum and every number, and compares the tables with the history.

    With `replay` the whole history is written anew into a book of its own, which is then compared row by row. The
    history must pass through each of the `anchors`. Raises nothing for what is wrong with the book; `progress` gets
    (rows done, rows in all), and what it raises ends the work and leaves nothing behind.
    """
    counts, findings, head = dict.fromkeys(_COUNTED, 0), Findings.of(0), ""
    try:
        with _file_check(database) as file_faults, database.reading():
            counts = {name: database.value(f"SELECT count(*) FROM {name}") for name in _COUNTED}
            findings = Findings.of(counts["transactions"])
            ticking = _Ticking(progress, _rows_in_all(counts, replay))
            chart = Chart(database)
            with _reported(findings):
                _check_postings(database, chart, findings, ticking)
            with _reported(findings):
                _check_transactions(database, findings, ticking)
            with _reported(findings):
                _check_accounts(chart, database, findings)
            with _reported(findings):
                head = check_history(database, chart, findings, ticking.over, anchors)
            findings.compare()
            if replay:
                with _reported(findings):
                    check_replay(database, findings, ticking)
            findings.discrepancies[:0] = file_faults()
    except LedgerClosed:
        raise
    except LedgerError as problem:
        findings.report("file", found=problem)
    return Verification(counts, tuple(findings.discrepancies), head)


@contextmanager
def _reported(findings: Findings) -> Iterator[None]:
    """A row that damage made unreadable is a finding, and the next check still runs."""
    try:
        yield
    except LedgerClosed:
        raise
    except LedgerError as problem:
        findings.report("file", found=problem)
    except UNREADABLE as problem:
        said = f"{type(problem).__name__}: {problem}"
        findings.report("file", found=Said("a row cannot be read ({problem})", problem=said))


class _Ticking:
    """Reports progress every so many rows."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done, self._told = progress, total, 0, 0

    def over(self, rows: Iterator[Row]) -> Iterator[Row]:
        if self._progress is None:
            return rows
        return self._counted(rows)

    def __call__(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None and self._done - self._told >= _STEP:
            self._told = self._done
            self._progress(min(self._done, self._total), self._total)

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        while chunk := list(islice(rows, _CHUNK)):
            yield from chunk
            self(len(chunk))


def _rows_in_all(counts: Mapping[str, int], replay: bool) -> int:
    """Rows read; a replay reads the history, writes the transactions, and compares what is in both."""
    once = counts["transactions"] + counts["postings"] + counts["changes"]
    return once + (counts["changes"] + 2 * counts["transactions"] + counts["postings"] if replay else 0)


@contextmanager
def _file_check(database: BookDatabase) -> Iterator[Callable[[], list[Discrepancy]]]:
    """The database's own check of its file, which takes a third of the time, beside the rest where that can be."""
    if not database.checks_beside:
        yield lambda: [discrepancy(kind, found=found) for kind, found in _faults(database)]
        return
    found: list[Discrepancy] = []
    stops: list[Callable[[], object]] = []

    def check() -> None:
        try:
            stops.append(database.interruption())
        except LedgerError as problem:
            found.append(discrepancy("file", found=problem))
            return
        found.extend(discrepancy(kind, found=said) for kind, said in _faults(database))
        with suppress(LedgerError):
            database.leave_thread()

    def answer() -> list[Discrepancy]:
        checking.join()
        return found

    checking = threading.Thread(target=check, name="file check", daemon=True)
    checking.start()
    try:
        yield answer
    finally:
        while checking.is_alive():
            for stop in stops:
                stop()
            checking.join(0.02)


def _faults(database: BookDatabase) -> list[tuple[str, object]]:
    try:
        return list(database.faults())
    except LedgerClosed:
        return []
    except LedgerError as problem:
        return [("file", problem)]


def _check_postings(database: BookDatabase, chart: Chart, findings: Findings, ticking: _Ticking) -> None:
    accounts = {account.id: account for account in chart.all()}
    totals: dict[str, int] = {}
    current: int | None = None
    running, total, reported, digits, code, factor = 0, 0, False, 0, "", 1
    last, lines, sums, tables = findings.last, findings.lines, findings.sums, findings.tables
    for row in ticking.over(
        database.stream(
            "SELECT amount, account, date, number, line, memo, price, price_currency, price_total, conversion, "
            "status, balance FROM postings ORDER BY account, date, number, line"
        )
    ):
        amount, account, number = row[0], row[1], row[3]
        if account != current:
            totals[code] = totals.get(code, 0) + total
            current, running, total, reported = account, 0, 0, False
            found = accounts.get(account)
            digits, code = (0, "") if found is None else (found.currency.digits, str(found.currency))
            factor = weight(code)
            if found is None:
                findings.report("orphan-posting", transaction=number, found=Said("account row {row}", row=account))
                reported = True
        running += amount
        if running != row[11] and not reported:
            reported = True
            findings.report(
                "stored-balance",
                account=accounts[account].name,
                transaction=number,
                expected=units_to_text(running, digits),
                found=units_to_text(row[11], digits),
            )
        if not 1 <= number <= last:
            findings.report("orphan-posting", transaction=number, found=N_("no such transaction"))
            continue
        total += amount
        lines[number] += 1
        sums[number] = (sums[number] + amount * factor) & MASK
        tables[number] = (tables[number] + posting_digest(amount, row[1:11])) & MASK
    totals[code] = totals.get(code, 0) + total
    for code, total in totals.items():
        if total != 0:
            found_sum = Said("{units} minor units of {currency}", units=total, currency=code)
            findings.report("currency-sum", expected="0", found=found_sum)


def _check_transactions(database: BookDatabase, findings: Findings, ticking: _Ticking) -> None:
    expected = 0
    for row in ticking.over(
        database.stream(
            "SELECT number, date, memo, payee, reference, tags, data, reverses, voided, closing, batch, sealed "
            "FROM transactions ORDER BY number"
        )
    ):
        expected += 1
        number, voided, sealed = row[0], row[8], row[11]
        if number != expected:
            findings.report("number-gap", transaction=number, expected=str(expected), found=str(number))
            expected = number
        if not 1 <= number <= findings.last:
            continue
        lines = findings.lines[number]
        if findings.sums[number] != 0:
            findings.report("unbalanced", transaction=number, expected="0", found=N_("debits and credits differ"))
        if (lines > 0) if voided else (lines < 2):
            findings.report(
                "postings", transaction=number, expected=N_("none") if voided else N_("two or more"), found=str(lines)
            )
        if sealed != 1:
            findings.report("unsealed", transaction=number)
        findings.tables[number] = (findings.tables[number] + transaction_digest(row)) & MASK


def _check_accounts(chart: Chart, database: BookDatabase, findings: Findings) -> None:
    keys: dict[int, str] = dict(database.rows("SELECT id, name_key FROM accounts"))
    for account in chart.all():
        if keys[account.id] != name_key(account.name):
            findings.report(
                "account-name", account=account.name, expected=name_key(account.name), found=str(keys[account.id])
            )
