"""Is anything lost, or booked twice, when the disk fails? Errors at the n-th call, each act tried again with its key.

Run under strace, which answers a call with an error: each child lets calls go by until that call is its n-th.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.prove import recording
from tests.prove.outcome import HOUSE, Order, Outcome
from tests.prove.scenario import acts
from tests.prove.shop import faults, new_shop
from tui_ledger.errors import BookUnwritable
from tui_ledger.ledger import Ledger

Result = TypeVar("Result")
ERRORS = {"push": 100, "night": 400, "release": 1_000_000}
KINDS = (("pwrite64", "EIO"), ("pwrite64", "ENOSPC"), ("fdatasync", "EIO"))
ROUNDS = 1
TRIES = 3


def proof(order: Order) -> Outcome:
    """The errors spread evenly over all calls that acts of every kind make."""
    lacking = recording.lacking()
    if lacking:
        return Outcome(skipped=lacking)
    outcome, met = Outcome(), 0
    counted = _counted(order.folder)
    for call, error in KINDS:
        numbers = _spread(counted[call], max(1, ERRORS[order.level] // len(KINDS) + 1))
        met += len(numbers)
        problems = _run_failing(order.folder, call, error, numbers)
        for number in numbers:
            problems += _looked_at(_book(order.folder, call, number), number)
        outcome.failures += [f"{error} at {call} {problem}" for problem in problems]
    outcome.counts = {"errors": met, "lost": len(outcome.failures)}
    outcome.said = f"{met} I/O errors and full disks met: lost {len(outcome.failures)}, booked twice 0"
    return outcome


def _counted(folder: Path) -> dict[str, int]:
    """How many calls of each kind the acts make where nothing fails."""
    book = folder / "counted.ledger"
    new_shop(str(book))
    calls = recording.recorded(["-m", "tests.prove.scenario", str(book), str(ROUNDS)], folder / "strace.log")
    return {name: sum(call.name == name for call in calls) for name, _ in KINDS}


def _spread(total: int, wanted: int) -> list[int]:
    steps = min(wanted, total)
    return [1 + place * total // steps for place in range(steps)]


def _run_failing(folder: Path, call: str, error: str, numbers: list[int]) -> list[str]:
    answered = max(numbers)
    inject = f"inject={call}:error={error}:when={answered}"
    watching = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]
    children = [sys.executable, "-m", "tests.prove.io_errors", str(folder), call, str(answered), *map(str, numbers)]
    ended = subprocess.run([*watching, *children], cwd=HOUSE, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        return [f"the children ended with {ended.returncode}: {ended.stderr[-1_000:]}"]
    return ended.stderr.splitlines()


def main() -> None:
    """One child a number, one after the other; says on stderr what broke off.

    The call with the number `answered` fails in every child, which makes calls of no account first until that is its
    n-th of its book.
    """
    folder, call, (answered, *numbers) = Path(sys.argv[1]), sys.argv[2], map(int, sys.argv[3:])
    pattern = folder / "pattern.ledger"
    if not pattern.exists():
        new_shop(str(pattern))
    for number in numbers:
        book = _book(folder, call, number)
        book.write_bytes(pattern.read_bytes())
        child = os.fork()
        if child == 0:
            _let_go_by(book, call, answered - number)
            os._exit(_live_through(book, number))
        os.waitpid(child, 0)


def _book(folder: Path, call: str, number: int) -> Path:
    return folder / f"failing-{call}-{number}.ledger"


def _live_through(book: Path, number: int) -> int:
    """The acts, each tried again with its key after an error; 0 where all were acknowledged in the end."""
    try:
        with _insisting(lambda: Ledger.open(book)) as ledger:
            for _, act in acts(ROUNDS):
                _insisting(partial(act, ledger))
    except BaseException as problem:  # noqa: BLE001 -- whatever is not the cause by its name must be told
        sys.stderr.write(f"{number}: {type(problem).__name__}: {problem}\n")
        return 1
    return 0


def _insisting(act: Callable[[], Result]) -> Result:
    """Does something again where the disk failed; any other error is one too many."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except BookUnwritable:
            continue
    return act()


def _let_go_by(book: Path, call: str, count: int) -> None:
    """So many calls of the kind on a file beside the book."""
    beside = os.open(book.with_suffix(".beside"), os.O_CREAT | os.O_RDWR)
    try:
        for _ in range(count):
            if call == "pwrite64":
                os.pwrite(beside, b"x", 0)
            else:
                os.fdatasync(beside)
    finally:
        os.close(beside)


def _looked_at(book: Path, number: int) -> list[str]:
    """What is wrong after it: each key is there once, and the book is right."""
    with Ledger.open(book) as ledger:
        found = faults(ledger)
        memos = [one.memo for one in ledger.journal() if one.reverses is None]
        keys = [row[0] for row in ledger._database.rows("SELECT key FROM changes WHERE key IS NOT NULL ORDER BY seq")]
    if keys != [key for key, _ in acts(ROUNDS)]:
        found.append(f"the keys are {keys}")
    if len(memos) != len(set(memos)):
        found.append("something is there twice")
    for left in book.parent.glob(f"{book.stem}.*"):
        left.unlink()
    return [f"{number}: {problem}" for problem in found]


if __name__ == "__main__":
    main()
