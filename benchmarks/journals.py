"""How long does the import of a journal take, against hledger's reading of the same file once?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.books import drafts
from benchmarks.measuring import compare, megabytes
from tui_ledger.ledger import Ledger
from tui_ledger.money import Money


def measure_import(folder: Path, count: int, rounds: int) -> None:
    """The import of `count` transactions and its peak memory against a quarter of them; needs hledger."""
    if shutil.which("hledger") is None:
        print("import of a journal: not measured, hledger is not installed")
        return
    whole, quarter = (written_journal(folder / f"{size}.journal", size) for size in (count, count // 4))
    sizes: dict[Path, float] = {}

    def imported(journal: Path) -> float:
        book = folder / "imported.ledger"
        for suffix in ("", "-wal", "-shm"):
            book.with_name(book.name + suffix).unlink(missing_ok=True)
        Ledger.create(book, "EUR").close()
        seconds, sizes[journal] = _process("-m", "tui_ledger", "--book", str(book), "import", str(journal))
        return seconds

    name = f"import of {count:,} transactions, against hledger balance"
    compare(name, lambda: imported(whole), lambda: _hledger(whole), rounds, 1.0)
    imported(quarter)
    megabytes("memory of the import, against a quarter of the file", sizes[whole], sizes[quarter], 1.1)


def written_journal(path: Path, count: int) -> Path:
    """The transactions of the measured books as a journal."""
    with Ledger.in_memory("EUR") as ledger, path.open("w", encoding="utf-8") as file:
        for draft in drafts(count, ledger):
            file.write(f"{draft.date} {draft.payee} | {draft.memo}\n")
            for line in draft.postings:
                file.write(f"    {line.account}  {_amount(line.amount)} EUR\n")
            file.write("\n")
    return path


def _amount(amount: object) -> Decimal:
    if not isinstance(amount, Money):
        raise TypeError(f"{amount!r} is no amount of a measured book")
    return amount.amount


def _hledger(journal: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["hledger", "-f", str(journal), "balance"], check=True, capture_output=True)
    return time.perf_counter() - started


def _process(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of a Python process."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return seconds, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
