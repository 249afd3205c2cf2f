"""Do writers at once lose anything to each other? Nothing missing, no gap, no wrong balance, no double reversal."""

from __future__ import annotations

import time

from tests.prove import server
from tests.prove.crew import crew, go, wait_for_all
from tests.prove.outcome import Order, Outcome
from tests.prove.shop import differs, faults, new_shop
from tui_ledger.ledger import Ledger

RACES = {"push": (4, 100), "night": (16, 500), "release": (32, 2_000)}
"""Writers and transactions of each."""
LONG_RACE = (2, 1_000)
PATIENCE_SECONDS = 3_600.0


def on_sqlite(order: Order) -> Outcome:
    """The level's race, and two processes with a thousand transactions each."""
    outcome = Outcome()
    for place, (writers, each) in enumerate((RACES[order.level], LONG_RACE)):
        _race(outcome, str(order.folder / f"raced-{place}.ledger"), writers, each)
    return outcome


def on_postgres(order: Order) -> Outcome:
    """The same on a server."""
    if order.no_server:
        return Outcome(skipped=order.no_server)
    outcome = Outcome()
    with server.running() as running:
        for writers, each in (RACES[order.level], LONG_RACE):
            _race(outcome, running.url(running.new_database()), writers, each)
    return outcome


def _race(outcome: Outcome, place: str, writers: int, each: int) -> None:
    new_shop(place)
    with crew([[place, f"w{one}", "0", str(each), "--reversing"] for one in range(writers)]) as racing:
        started = time.monotonic()
        go(racing)
        failures = wait_for_all(racing, PATIENCE_SECONDS)
        seconds = time.monotonic() - started
    said = [line.split() for one in racing for line in one.lines()]
    done = {key: int(number) for kind, key, number in (words for words in said if len(words) == 3) if kind == "done"}
    reversed_ones = [int(words[1]) for words in said if words[0] == "reversed"]
    with Ledger.open(place) as ledger:
        failures += _missing(ledger, done, writers, each) + faults(ledger)
        linked = sorted(one.reverses for one in ledger.journal() if one.reverses is not None)
    if sorted(reversed_ones) != linked:
        failures.append(f"reversals said {sorted(reversed_ones)} and kept {linked}")
    outcome.failures += [f"{writers}×{each}: {failure}" for failure in failures]
    outcome.counts["raced"] = outcome.counts.get("raced", 0) + len(done)
    joint = ", " if outcome.said else ""
    outcome.said += f"{joint}{writers}×{each:,} with {len(linked)} reversals in {seconds:.1f} s"


def _missing(ledger: Ledger, done: dict[str, int], writers: int, each: int) -> list[str]:
    wanted = {f"w{writer}-{serial}" for writer in range(writers) for serial in range(each)}
    posted = [one for one in ledger.journal() if one.reverses is None]
    failures = [f"{one.memo} is not what was posted" for one in posted if differs(one, one.memo)]
    if done != {one.memo: one.number for one in posted}:
        failures.append("what was said and what is there differ")
    if set(done) != wanted or len(posted) != len(wanted):
        failures.append(f"{len(posted)} of {len(wanted)} are there")
    return failures
