"""The writer that is killed, and the one that races: posts under keys and says each one that is acknowledged.

python -m tests.prove.writer PLACE NAME FIRST COUNT [--reversing]

COUNT 0 means until killed. Says `ready`, waits for a line, then says `done KEY NUMBER` after each act that returned.
"""

from __future__ import annotations

import itertools
import random
import sys

from tests.prove.shop import lines_of
from tui_ledger.errors import AlreadyReversed, TransactionNotFound
from tui_ledger.ledger import Ledger


def main() -> None:
    place, name, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    reversing = "--reversing" in sys.argv
    with Ledger.open(place) as ledger:
        _say("ready")
        sys.stdin.readline()
        for serial in itertools.islice(itertools.count(first), count or None):
            key = f"{name}-{serial}"
            _post(ledger, key)
            if reversing and random.Random(f"reverse {key}").random() < 0.15:
                _reverse_one(ledger, key)


def _post(ledger: Ledger, key: str) -> None:
    day, lines = lines_of(key)
    posted = ledger.post(key, *lines, date=day, key=key)
    _say(f"done {key} {posted.number}")


def _reverse_one(ledger: Ledger, key: str) -> None:
    """One of the first forty, which all writers reach for: only one of them may get it."""
    number = random.Random(f"which {key}").randint(1, 40)
    try:
        done = ledger.reverse(number, memo=f"reversal-{key}", key=f"reversal-{key}")
    except (AlreadyReversed, TransactionNotFound):
        return
    _say(f"reversed {number} {done.number}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
