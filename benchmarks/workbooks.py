"""How fast does a general ledger become a workbook? Against openpyxl alone writing the same cells, values only."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from benchmarks.books import DAYS, FIRST_DAY, made_book
from benchmarks.measuring import compare, megabytes
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.table_sheet import TableSheet
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger

POSTINGS_A_TRANSACTION = 2.6
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
_ALL_DAYS = Range(FIRST_DAY, date.fromordinal(FIRST_DAY.toordinal() + DAYS))

Value = date | int | str | float | None


def measure_workbooks(folder: Path, rows: int, rounds: int) -> None:
    """Time of the whole way from the book to the file, and memory of a process that does nothing else."""
    count = int(rows / POSTINGS_A_TRANSACTION)
    large, small = made_book(folder, count), made_book(folder, count // 10)
    cells = read_cells(large)
    target = folder / "measured.xlsx"
    compare(
        f"workbook of {len(cells):,} rows, against bare openpyxl",
        lambda: write_ledger(large, target),
        lambda: write_bare(cells, target),
        rounds,
        1.3,
    )
    most, least = (_memory(book, target) for book in (large, small))
    megabytes("its memory, against a tenth of the rows", most, least, 1.3)
    target.unlink()


def write_ledger(book: Path, target: Path, moved: Callable[[int], None] | None = None) -> float:
    """Seconds to read a book and write its general ledger, styled and with live sums; `moved` is called as it goes."""
    started = time.perf_counter()
    with Ledger.open(book) as ledger:
        table = general_ledger(ledger, _ALL_DAYS)
        workbook = Workbook(table.title, table.book, Formats("en_US"), created=_WRITTEN)
        TableSheet(workbook, table, moved=moved).write()
        workbook.save(target, overwrite=True)
    return time.perf_counter() - started


def write_bare(cells: list[list[Value]], target: Path) -> float:
    """Seconds openpyxl needs for the same values, read before, without any style."""
    started = time.perf_counter()
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in cells:
        sheet.append(row)
    workbook.save(target)
    return time.perf_counter() - started


def read_cells(book: Path) -> list[list[Value]]:
    """The values of all cells of a book's general ledger."""
    with Ledger.open(book) as ledger:
        table = general_ledger(ledger, _ALL_DAYS)
        return [[_value(cell) for cell in line.cells] for block in table.blocks() for line in block.lines]


def _value(cell: object) -> Value:
    if isinstance(cell, Money):
        return float(cell.amount)
    return cell if isinstance(cell, (date, int, str)) else None


def _memory(book: Path, target: Path) -> float:
    """The most megabytes a process takes that writes one workbook."""
    command = [sys.executable, "-m", "benchmarks.workbooks", str(book), str(target)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _megabytes() -> float:
    """What this process holds now, without the pages of the book's file that the system maps into it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon"))) / 1024


def _main(book: str, target: str) -> None:
    most = [_megabytes()]
    write_ledger(Path(book), Path(target), lambda _: most.append(max(most.pop(), _megabytes())))
    sys.stdout.write(str(max(*most, _megabytes())))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
