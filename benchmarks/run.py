"""Measures the speed of tui-ledger: ratios of medians, side by side in one run.

python -m benchmarks.run [--size 100000] [--rounds 7] [--only posting] [--books FOLDER]

With --books the books are made once and kept there, for the next run of the same size.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.bare import BareBook, copied
from benchmarks.books import BUSY, DAYS, FIRST_DAY, LONG, QUIET, day_before_last, made_book, made_long_account
from benchmarks.journals import measure_import, written_journal
from benchmarks.keys import measure_keys
from benchmarks.measuring import alone, compare, heading, megabytes, run
from benchmarks.parties import measure_parties
from benchmarks.statements import measure_statements
from benchmarks.terminal import first_paint
from benchmarks.workbooks import measure_workbooks
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.reports.balance_sheet import balance_sheet

POSTS = 40
SMALL_BOOK = 10_000
LATER_ROWS = {1_000: 3.0, 100_000: 100.0}
"""Later rows in the account and the milliseconds a back-dated posting may take."""
VERIFY_MS = 20_000.0
IMPORTED = 100_000
WORKBOOK_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which books, and how often."""

    folder: Path
    size: int
    rounds: int

    @property
    def large(self) -> Path:
        return made_book(self.folder, self.size)


def main() -> None:
    """Makes the books and prints one line a measurement: medians, their ratio, and the target."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=100_000, help="transactions of the large book")
    options.add_argument("--rounds", type=int, default=7, help="how often each pair is measured")
    options.add_argument("--only", choices=tuple(MEASURES), action="append", help="this part; may be repeated")
    options.add_argument("--books", type=Path, help="a folder that keeps the books")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.books or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        asked = Asked(folder, chosen.size, chosen.rounds)
        print(f"making a book of {asked.size:,} transactions", flush=True)
        heading(asked.size if asked.large.exists() else 0)
        for name in chosen.only or MEASURES:
            MEASURES[name](asked)


def _measure_posting(asked: Asked) -> None:
    """Durable posts: against an empty book, and against the same rows by sqlite3 alone."""
    bare = copied(asked.large, asked.folder / "bare.ledger")
    with (
        Ledger.open(made_book(asked.folder, 0)) as empty,
        Ledger.open(asked.large) as large,
        closing(BareBook(bare, (BUSY, QUIET))) as rows,
    ):
        today = large.today
        compare("post durably, against an empty book", lambda: _post(large), lambda: _post(empty), asked.rounds, 1.5)
        compare(
            "post durably, against the same rows by bare sqlite3",
            lambda: _post(large),
            lambda: rows.post(today, 1_250, POSTS),
            asked.rounds,
            3.0,
        )
        middle = FIRST_DAY + timedelta(days=DAYS // 2)
        compare(
            "back-dated by half the book, against the same rows",
            lambda: _post(large, middle, 3),
            lambda: rows.post(middle, 1_250, 3),
            asked.rounds,
            None,
        )
    for left in asked.folder.glob("bare.ledger*"):
        left.unlink()


def _measure_back_dated(asked: Asked) -> None:
    """A posting with so many later rows in one of its accounts."""
    with Ledger.open(made_long_account(asked.folder, max(LATER_ROWS))) as ledger:
        for later, target in LATER_ROWS.items():
            day = day_before_last(later, max(LATER_ROWS))
            alone(
                f"back-dated post with {later:,} later rows",
                partial(_post, ledger, day, 3, LONG),
                asked.rounds,
                target,
            )


def _measure_sheets(asked: Asked) -> None:
    """The balance sheet at any date, of the large book and of small ones with the same accounts."""
    with (
        Ledger.open(made_book(asked.folder, 0)) as empty,
        Ledger.open(made_book(asked.folder, SMALL_BOOK)) as small,
        Ledger.open(asked.large) as large,
    ):
        compare(
            f"balance sheet at any date, against {SMALL_BOOK:,} transactions",
            lambda: _sheet(large),
            lambda: _sheet(small),
            asked.rounds,
            1.5,
        )
        compare("balance sheet, against an empty book", lambda: _sheet(large), lambda: _sheet(empty), asked.rounds, 1.5)
        alone("balance sheet at any date", lambda: _sheet(large), asked.rounds, 5.0)


def _measure_statements(asked: Asked) -> None:
    journal, last = asked.folder / f"{asked.size}.journal", FIRST_DAY + timedelta(days=DAYS - 1)
    measure_statements(asked.large, journal, asked.size, last, asked.rounds)


def _measure_parties(asked: Asked) -> None:
    measure_parties(asked.folder, asked.size, asked.rounds)


def _measure_verify(asked: Asked) -> None:
    """Verifying the large book, and opening it; the target is that of a million transactions."""
    alone("open the book", lambda: _open(asked.large), asked.rounds, 1_000.0)
    with Ledger.open(asked.large) as large:
        alone("verify", lambda: _verify(large), 1, VERIFY_MS, warm=False)
        alone("verify by replaying the history", lambda: _verify(large, replay=True), 1, warm=False)


def _measure_imports(asked: Asked) -> None:
    measure_import(asked.folder, min(asked.size, IMPORTED), min(asked.rounds, 3))


def _measure_processes(asked: Asked) -> None:
    empty, large = made_book(asked.folder, 0), asked.large
    for command in (["--version"], ["balance", BUSY, "--json"]):
        compare(
            f"tui-ledger {command[0]}, against importing click and peewee",
            partial(run, "-m", "tui_ledger", *_on(large, command)),
            lambda: run("-c", "import click, peewee"),
            asked.rounds,
            1.5,
        )
    compare(
        "tui-ledger balance, against an empty book",
        lambda: run("-m", "tui_ledger", "--book", str(large), "balance", "--json"),
        lambda: run("-m", "tui_ledger", "--book", str(empty), "balance", "--json"),
        asked.rounds,
        1.0,
    )


def _measure_workbench(asked: Asked) -> None:
    empty, large = made_book(asked.folder, 0), asked.large
    sizes: dict[Path, list[float]] = {empty: [], large: []}

    def paint(book: Path) -> float:
        painted, size = first_paint(book, book.stem.encode())
        sizes[book].append(size)
        return painted

    name = "workbench's first paint, against an empty book"
    compare(name, lambda: paint(large), lambda: paint(empty), asked.rounds, 1.2)
    most, least = (statistics.median(sizes[book]) for book in (large, empty))
    megabytes("workbench memory, against an empty book", most, least, 1.3)


def _measure_keys(asked: Asked) -> None:
    """Keys, screens and filters on the large book, through a pseudo-terminal; hledger-ui reads a journal of 100,000."""
    journal = asked.folder / f"{IMPORTED}.journal"
    if not journal.exists():
        written_journal(journal, IMPORTED)
    measure_keys(asked.large, BUSY, "payee:111", "Transaction 77", journal, asked.rounds)


def _measure_workbook(asked: Asked) -> None:
    """The general ledger as a workbook: 100,000 rows, or as many as the book asked for has."""
    measure_workbooks(asked.folder, min(int(asked.size * 2.6), WORKBOOK_ROWS), min(asked.rounds, 3))


MEASURES: dict[str, Callable[[Asked], None]] = {
    "posting": _measure_posting,
    "back-dated": _measure_back_dated,
    "sheets": _measure_sheets,
    "statements": _measure_statements,
    "parties": _measure_parties,
    "verify": _measure_verify,
    "import": _measure_imports,
    "processes": _measure_processes,
    "workbench": _measure_workbench,
    "keys": _measure_keys,
    "workbook": _measure_workbook,
}


def _on(book: Path, command: list[str]) -> list[str]:
    return command if command[0].startswith("-") else ["--book", str(book), *command]


def _post(ledger: Ledger, day: date | None = None, count: int = POSTS, account: str = BUSY) -> float:
    started = time.perf_counter()
    for _ in range(count):
        ledger.post("measured", debit(account, "12.50"), credit(QUIET, "12.50"), date=day or ledger.today)
    return (time.perf_counter() - started) / count


def _sheet(ledger: Ledger) -> float:
    """At ten days anywhere in the book, the same in every round."""
    chance = random.Random(DAYS)
    days = [FIRST_DAY + timedelta(days=chance.randrange(DAYS)) for _ in range(10)]
    started = time.perf_counter()
    for day in days:
        balance_sheet(ledger, [day])
    return (time.perf_counter() - started) / len(days)


def _open(book: Path) -> float:
    started = time.perf_counter()
    with Ledger.open(book) as ledger:
        ledger.accounts()
    return time.perf_counter() - started


def _verify(ledger: Ledger, *, replay: bool = False) -> float:
    started = time.perf_counter()
    found = ledger.verify(replay=replay)
    if not found.ok:
        raise RuntimeError(f"the measured book is wrong: {found.discrepancies[:3]}")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
