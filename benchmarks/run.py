"""Measures the speed of tui-ledger: ratios of medians, side by side in one run.

python -m benchmarks.run [--size 100000] [--rounds 7]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.books import BUSY, FIRST_DAY, QUIET, made_book
from benchmarks.terminal import first_paint
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.reports.balance_sheet import balance_sheet

POSTS = 40


def main() -> None:
    """Makes the books and prints one line a measurement: both medians in milliseconds, their ratio, and the target."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=100_000, help="transactions of the large book")
    options.add_argument("--rounds", type=int, default=7, help="how often each pair is measured")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"making books of 0 and {chosen.size:,} transactions", flush=True)
        empty, large = made_book(Path(folder), 0), made_book(Path(folder), chosen.size)
        print(f"{'':52} {'large':>9} {'against':>9} {'ratio':>6}  target")
        with Ledger.open(empty) as on_empty, Ledger.open(large) as on_large:
            _measure_acts(on_empty, on_large, chosen.rounds)
        _measure_processes(empty, large, chosen.rounds)


def _measure_acts(empty: Ledger, large: Ledger, rounds: int) -> None:
    _compare("post durably, against an empty book", lambda: _post(large), lambda: _post(empty), rounds, 1.5)
    _compare("balance sheet, against an empty book", lambda: _sheet(large), lambda: _sheet(empty), rounds, 1.5)
    middle = date(FIRST_DAY.year + 2, 6, 30)
    _compare(
        "back-dated by half the book, against today",
        lambda: _post(large, middle, 3),
        lambda: _post(large, None, 3),
        rounds,
        None,
    )


def _measure_processes(empty: Path, large: Path, rounds: int) -> None:
    for command in (["--version"], ["balance", BUSY, "--json"]):
        _compare(
            f"tui-ledger {command[0]}, against importing click and peewee",
            lambda command=command: _run("-m", "tui_ledger", *_on(large, command)),
            lambda: _run("-c", "import click, peewee"),
            rounds,
            1.5,
        )
    _compare(
        "tui-ledger balance, against an empty book",
        lambda: _run("-m", "tui_ledger", "--book", str(large), "balance", "--json"),
        lambda: _run("-m", "tui_ledger", "--book", str(empty), "balance", "--json"),
        rounds,
        1.0,
    )
    sizes: dict[Path, list[float]] = {empty: [], large: []}

    def paint(book: Path) -> float:
        painted, megabytes = first_paint(book, book.stem.encode())
        sizes[book].append(megabytes)
        return painted

    _compare("workbench's first paint, against an empty book", lambda: paint(large), lambda: paint(empty), rounds, 1.2)
    most, least = (statistics.median(sizes[book]) for book in (large, empty))
    print(f"{'workbench memory, against an empty book':52} {most:7.1f}MB {least:7.1f}MB {most / least:6.2f}  1.3")


def _on(book: Path, command: list[str]) -> list[str]:
    return command if command[0].startswith("-") else ["--book", str(book), *command]


def _compare(
    name: str, one: Callable[[], float], other: Callable[[], float], rounds: int, target: float | None
) -> None:
    """One after the other, in turn, after a warm-up; prints medians and the median of the ratios pair by pair."""
    one(), other()
    pairs = [(one(), other()) for _ in range(rounds)]
    first, second = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    wanted = "" if target is None else f"{target:g}"
    print(f"{name:52} {first:7.2f}ms {second:7.2f}ms {ratio:6.2f}  {wanted}", flush=True)


def _post(ledger: Ledger, day: date | None = None, count: int = POSTS) -> float:
    started = time.perf_counter()
    for _ in range(count):
        ledger.post("measured", debit(BUSY, "12.50"), credit(QUIET, "12.50"), date=day or ledger.today)
    return (time.perf_counter() - started) / count


def _sheet(ledger: Ledger) -> float:
    started = time.perf_counter()
    for place in range(10):
        balance_sheet(ledger, [date(FIRST_DAY.year + 1 + place % 4, 3, 31)])
    return (time.perf_counter() - started) / 10


def _run(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
