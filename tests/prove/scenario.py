"""Which acts does a book live through while power is cut and disks fail? One of every kind, each under a key.

python -m tests.prove.scenario PLACE says `done KEY SEQ HEAD` after each act that returned: the history's last row.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

from tests.prove.shop import lines_of
from tui_ledger.ledger import Draft, Ledger

Act = tuple[str, Callable[[Ledger], object]]


def acts(rounds: int) -> Iterator[Act]:
    """Posts, back-dated ones, a batch, an edit, a reversal, a void, undo and redo, the chart, a closed period."""
    for place in range(rounds):
        first = place * 20 + 1
        yield from _posts(place)
        yield f"batch-{place}", partial(_batch, place=place)
        yield f"edit-{place}", partial(Ledger.edit, transaction=first, memo="é", key=f"edit-{place}")
        yield f"void-{place}", partial(Ledger.void, transaction=first + 1, key=f"void-{place}")
        yield f"reverse-{place}", partial(Ledger.reverse, transaction=first + 2, key=f"reverse-{place}")
        for turn, step in enumerate((Ledger.undo, Ledger.redo, Ledger.undo)):
            yield f"step-{place}-{turn}", partial(step, key=f"step-{place}-{turn}")
        yield f"open-{place}", partial(_open, place=place)
        yield f"rename-{place}", partial(_rename, place=place)
    yield "close", partial(Ledger.close_period, through="2025-09-30", key="close")


def say(line: str) -> None:
    """One write to the pipe, which is seen in order with the writes to the file."""
    os.write(1, (line + "\n").encode())


def main() -> None:
    with Ledger.open(sys.argv[1]) as ledger:
        for key, act in acts(int(sys.argv[2])):
            act(ledger)
            say(f"done {key} {ledger.revision} {ledger.head}")


def _posts(place: int) -> Iterator[Act]:
    for serial in range(12):
        key = f"s{place}-{serial * 7}"
        yield key, partial(_post, key=key)


def _post(ledger: Ledger, key: str) -> None:
    day, lines = lines_of(key)
    ledger.post(key, *lines, date=day, key=key)


def _batch(ledger: Ledger, place: int) -> None:
    keys = [f"b{place}-{serial}" for serial in range(7)]
    drafts = [Draft(day, key, lines) for key in keys for day, lines in (lines_of(key),)]
    ledger.post_batch(drafts, key=f"batch-{place}", content=keys)


def _open(ledger: Ledger, place: int) -> None:
    ledger.open_account(f"Assets:New {place}", "asset", key=f"open-{place}")


def _rename(ledger: Ledger, place: int) -> None:
    ledger.rename_account(f"Assets:New {place}", f"Assets:Old {place}", key=f"rename-{place}")


if __name__ == "__main__":
    main()
