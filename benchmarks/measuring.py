"""How is something measured? In turn with what it is compared with; medians of several rounds, one line each."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

Measure = Callable[[], float]


def heading(large: int) -> None:
    """The first line: what the columns are; `large` is the large book's number of transactions."""
    print(f"{f'book of {large:,} transactions':58} {'measured':>10} {'against':>10} {'ratio':>6}  target")


def compare(name: str, one: Measure, other: Measure, rounds: int, target: float | None) -> None:
    """One after the other, in turn, after a warm-up; prints medians and the median of the ratios pair by pair.

    Both return seconds; `target` is the largest ratio that is well.
    """
    one(), other()
    pairs = [(one(), other()) for _ in range(rounds)]
    first, second = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:58} {first:8.2f}ms {second:8.2f}ms {ratio:6.2f}  {_wanted(target, '')}", flush=True)


def alone(name: str, measure: Measure, rounds: int, target_ms: float | None = None, *, warm: bool = True) -> None:
    """The median of several rounds, after a warm-up unless it is long; `target_ms` is the most that is well."""
    if warm:
        measure()
    median = statistics.median(measure() for _ in range(rounds)) * 1000
    print(f"{name:58} {median:8.2f}ms {'':10} {'':6}  {_wanted(target_ms, 'ms')}", flush=True)


def megabytes(name: str, one: float, other: float, target: float | None) -> None:
    """Two sizes in memory and their ratio."""
    print(f"{name:58} {one:8.1f}MB {other:8.1f}MB {one / other:6.2f}  {_wanted(target, '')}", flush=True)


def run(*arguments: str) -> float:
    """Seconds a Python process takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def _wanted(target: float | None, unit: str) -> str:
    return "" if target is None else f"{target:g}{unit}"
