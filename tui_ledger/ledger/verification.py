"""Is the book right? Streams history and tables once and names the first bad row of each account."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tui_ledger.errors import LedgerClosed, LedgerError
from tui_ledger.ledger.accounts import account_body
from tui_ledger.ledger.book import RESERVED_SETTINGS, read_state
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.history import GENESIS, canonical, chained_hash, stream_changes
from tui_ledger.ledger.values import PostingStatus
from tui_ledger.money import units_to_text
from tui_ledger.text import name_key

Progress = Callable[[int, int], None]
_MASK = 2**64 - 1
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
_STEP = 20_000
_COUNTED = ("transactions", "postings", "accounts", "changes")
_STATUS_NUMBERS = {None: 0, PostingStatus.UNCLEARED: 0, PostingStatus.CLEARED: 1, PostingStatus.RECONCILED: 2}


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it must be; `expected` and `found` are plain texts, amounts debit-positive."""

    kind: str
    account: str | None = None
    transaction: int | None = None
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found wrong; `ok` when nothing was."""

    checked: Mapping[str, int]
    discrepancies: tuple[Discrepancy, ...]
    head: str

    @property
    def ok(self) -> bool:
        return not self.discrepancies


@dataclass(slots=True)
class _Findings:
    """What the streams leave behind: a digest and a sum for each transaction number, by tables and by history."""

    last: int
    tables: array[int]
    history: array[int]
    sums: array[int]
    lines: array[int]
    discrepancies: list[Discrepancy] = field(default_factory=list)

    @classmethod
    def of(cls, last: int) -> _Findings:
        def zeros() -> array[int]:
            return array("Q", bytes(8 * (last + 1)))

        return cls(last, zeros(), zeros(), zeros(), zeros())

    def report(self, kind: str, **values: Any) -> None:
        self.discrepancies.append(Discrepancy(kind, **values))


def verify(database: BookDatabase, progress: Progress | None = None) -> Verification:
    """Re-derives every stored balance, every sum and every number, and compares the tables with the history.

    Raises nothing for what is wrong with the book; `progress` gets (rows done, rows in all).
    """
    counts, findings, head = dict.fromkeys(_COUNTED, 0), _Findings.of(0), ""
    try:
        with database.reading():
            counts = {name: database.value(f"SELECT count(*) FROM {name}") for name in _COUNTED}
            findings = _Findings.of(counts["transactions"])
            ticking = _Ticking(progress, counts["transactions"] + counts["postings"] + counts["changes"])
            chart = Chart(database)
            with _reported(findings):
                _check_file(database, findings)
            with _reported(findings):
                _check_postings(database, chart, findings, ticking)
            with _reported(findings):
                _check_transactions(database, findings, ticking)
            with _reported(findings):
                _check_accounts(chart, database, findings)
            with _reported(findings):
                head = _check_history(database, chart, findings, ticking)
            _compare(findings)
    except LedgerClosed:
        raise
    except LedgerError as problem:
        findings.report("file", found=str(problem))
    return Verification(counts, tuple(findings.discrepancies), head)


@contextmanager
def _reported(findings: _Findings) -> Iterator[None]:
    """A row that damage made unreadable is a finding, and the next check still runs."""
    try:
        yield
    except LedgerClosed:
        raise
    except LedgerError as problem:
        findings.report("file", found=str(problem))
    except _UNREADABLE as problem:
        findings.report("file", found=f"a row cannot be read ({type(problem).__name__}: {problem})")


class _Ticking:
    """Reports progress every so many rows."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def over(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self._done += 1
            if self._progress is not None and self._done % _STEP == 0:
                self._progress(self._done, self._total)
            yield row


def _check_file(database: BookDatabase, findings: _Findings) -> None:
    for kind, found in database.faults():
        findings.report(kind, found=found)


def _check_postings(database: BookDatabase, chart: Chart, findings: _Findings, ticking: _Ticking) -> None:
    names = {account.id: account for account in chart.all()}
    totals: dict[str, int] = {}
    current, running, reported, digits = None, 0, False, 0
    for row in ticking.over(
        database.stream(
            "SELECT account, date, number, line, amount, memo, price, price_currency, price_total, conversion, "
            "status, balance FROM postings ORDER BY account, date, number, line"
        )
    ):
        account, number, amount = row[0], row[2], row[4]
        if account != current:
            current, running, reported = account, 0, False
            if account not in names:
                findings.report("orphan-posting", transaction=number, found=f"account row {account}")
                reported = True
            digits = names[account].currency.digits if account in names else 0
        running += amount
        if running != row[11] and not reported:
            reported = True
            findings.report(
                "stored-balance",
                account=names[account].name,
                transaction=number,
                expected=units_to_text(running, digits),
                found=units_to_text(row[11], digits),
            )
        if not 1 <= number <= findings.last:
            findings.report("orphan-posting", transaction=number, found="no such transaction")
            continue
        code = str(names[account].currency) if account in names else ""
        totals[code] = totals.get(code, 0) + amount
        findings.lines[number] += 1
        findings.sums[number] = (findings.sums[number] + amount * _weight(code)) & _MASK
        findings.tables[number] = (findings.tables[number] + _posting_digest(row[:11])) & _MASK
    for code, total in totals.items():
        if total != 0:
            findings.report("currency-sum", expected="0", found=f"{total} minor units of {code}")


def _posting_digest(row: Row) -> int:
    """A hash of account, date, number, line, amount and the rest; exact for amounts, which `hash` alone is not:
    it takes -1 for -2, and any two that differ by 2^61 - 1 for the same."""
    shifted = row[4] + 2**62
    return hash((*row[:4], shifted >> 31, shifted & 0x7FFFFFFF, *row[5:]))


def _weight(code: str) -> int:
    """A factor for each currency, so that one array holds the sums of all: they vanish together or not at all."""
    return hash(("currency", code)) | 1


def _check_transactions(database: BookDatabase, findings: _Findings, ticking: _Ticking) -> None:
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
            findings.report("unbalanced", transaction=number, expected="0", found="debits and credits differ")
        if (lines > 0) if voided else (lines < 2):
            findings.report(
                "postings", transaction=number, expected="none" if voided else "two or more", found=str(lines)
            )
        if sealed != 1:
            findings.report("unsealed", transaction=number)
        findings.tables[number] = (findings.tables[number] + hash(row[:11])) & _MASK


def _check_accounts(chart: Chart, database: BookDatabase, findings: _Findings) -> None:
    keys: dict[int, str] = dict(database.rows("SELECT id, name_key FROM accounts"))
    for account in chart.all():
        if keys[account.id] != name_key(account.name):
            findings.report(
                "account-name", account=account.name, expected=name_key(account.name), found=str(keys[account.id])
            )


def _check_history(database: BookDatabase, chart: Chart, findings: _Findings, ticking: _Ticking) -> str:
    replayed = _Replayed(findings, {str(code): digits for code, digits in _currencies(database)})
    previous, broken = GENESIS, False
    for expected, row in enumerate(ticking.over(stream_changes(database)), start=1):
        if not broken and not (row[0] == expected and _follows(previous, row)):
            broken = True
            findings.report(
                "history-chain", transaction=row[3], found=f"change {row[0]} does not follow from the one before"
            )
        previous = row[12] if isinstance(row[12], bytes) else b""
        try:
            replayed.follow(row)
        except _UNREADABLE:
            findings.report("history-body", transaction=row[3], found=f"change {row[0]} cannot be read")
    replayed.compare(database, chart)
    return previous.hex()


def _follows(previous: bytes, row: Row) -> bool:
    try:
        return bool(chained_hash(previous, *row[:12]) == row[12])
    except _UNREADABLE:
        return False


def _currencies(database: BookDatabase) -> list[Row]:
    return database.rows("SELECT code, digits FROM currencies")


class _Replayed:
    """What the history says: the last body of each thing, account names followed through renames."""

    def __init__(self, findings: _Findings, digits: dict[str, int]) -> None:
        self._findings = findings
        self._digits = digits
        self._account_ids: dict[str, int] = {}
        self._account_digits: dict[str, int] = {}
        self._bodies: dict[str, str | None] = {}

    def follow(self, row: Row) -> None:
        number, subject, after = row[3], row[4], row[11]
        if number is not None:
            self._follow_transaction(number, after)
        elif subject is not None:
            self._bodies[subject] = after
            if subject.startswith("account "):
                self._follow_account(int(subject[8:]), row[10], after)

    def compare(self, database: BookDatabase, chart: Chart) -> None:
        stored: dict[str, str] = {f"account {one.id}": canonical(account_body(one)) for one in chart.all()}
        for code, digits in _currencies(database):
            stored[f"currency {code}"] = canonical({"code": code, "digits": digits})
        for name, value in database.rows("SELECT name, value FROM settings"):
            if name not in RESERVED_SETTINGS:
                stored[f"setting {name}"] = canonical({"value": json.loads(value)})
        stored["book"] = self._book_body(database, stored)
        self._compare_period(database)
        for subject in sorted(stored.keys() | self._bodies.keys()):
            if stored.get(subject) != self._bodies.get(subject):
                self._findings.report(
                    "history-body", expected=self._bodies.get(subject), found=stored.get(subject, subject)
                )

    def _compare_period(self, database: BookDatabase) -> None:
        said = json.loads(self._bodies.pop("period", None) or "{}").get("closed_through")
        closed = read_state(database).closed_through
        found = None if closed is None else closed.isoformat()
        if said != found:
            self._findings.report("closed-period", expected=said, found=found)

    def _book_body(self, database: BookDatabase, stored: dict[str, str]) -> str:
        state = read_state(database)
        stored.pop(f"currency {state.currency}", None)
        month, day = state.fiscal_year_start
        return canonical(
            {
                "currency": state.currency,
                "digits": self._digits.get(state.currency),
                "strict": state.strict,
                "fiscal_year_start": f"{month:02}-{day:02}",
            }
        )

    def _follow_account(self, row: int, before: str | None, after: str | None) -> None:
        if before is not None:
            self._account_ids.pop(json.loads(before)["name"], None)
        if after is not None:
            body = json.loads(after)
            self._account_ids[body["name"]] = row
            self._account_digits[body["name"]] = self._digits.get(body["currency"], 0)

    def _follow_transaction(self, number: int, after: str | None) -> None:
        findings = self._findings
        if not 1 <= number <= findings.last or after is None:
            findings.report("history-body", transaction=number, found="no such transaction in the tables")
            return
        body = json.loads(after)
        day = body["date"]
        total = hash(
            (
                number,
                day,
                body.get("memo", ""),
                body.get("payee"),
                body.get("reference"),
                canonical(body.get("tags", [])),
                canonical(body.get("data", {})),
                body.get("reverses"),
                int(body.get("voided", False)),
                int(body.get("closing", False)),
                body.get("batch"),
            )
        )
        for line, posting in enumerate(body["postings"], 1):
            name = posting["account"]
            price, price_currency, kind = posting.get("price", (None, None, None))
            total += _posting_digest(
                (
                    self._account_ids.get(name, 0),
                    day,
                    number,
                    line,
                    _units(posting["amount"], self._account_digits.get(name, 0)),
                    posting.get("memo"),
                    price,
                    price_currency,
                    int(kind == "total"),
                    int(posting.get("conversion", False)),
                    _STATUS_NUMBERS[posting.get("status")],
                )
            )
        findings.history[number] = total & _MASK


def _units(text: str, digits: int) -> int:
    whole, _, decimals = text.partition(".")
    return int(whole + decimals.ljust(digits, "0"))


def _compare(findings: _Findings) -> None:
    for number in range(1, findings.last + 1):
        if findings.tables[number] != findings.history[number]:
            findings.report("history-body", transaction=number, found="the tables differ from the history")
