"""Is anything lost when writers are killed? kill -9 at random moments, then everything acknowledged is looked for."""

from __future__ import annotations

import random
import time

from tests.prove import server
from tests.prove.crew import Writer, crew, go
from tests.prove.outcome import Order, Outcome
from tests.prove.shop import differs, faults, lines_of, new_shop
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger

KILLS = {"push": 50, "night": 500, "release": 5_000}
FRESH_BOOK_AFTER = 25
LONGEST_SECONDS = 0.6


def on_sqlite(order: Order) -> Outcome:
    """Alternately one writer and eight; a new book now and then, so that young books are hit too."""
    return _killing(order, lambda book: str(order.folder / f"killed-{book}.ledger"), order.kills or KILLS[order.level])


def on_postgres(order: Order) -> Outcome:
    """The writers are killed, not the server; a tenth as often as on SQLite."""
    if order.no_server:
        return Outcome(skipped=order.no_server)
    with server.running() as running:
        kills = max(5, (order.kills or KILLS[order.level]) // 10)
        return _killing(order, lambda _: running.url(running.new_database()), kills)


def _killing(order: Order, place_of: object, kills: int) -> Outcome:
    assert callable(place_of)
    chance, outcome = random.Random(order.seed), Outcome()
    hunt, killed, acknowledged = None, 0, 0
    while killed < kills and not outcome.failures:
        if hunt is None or hunt.killed >= FRESH_BOOK_AFTER:
            acknowledged += len(hunt.acknowledged) if hunt else 0
            hunt = _Hunt(place_of(killed))
        writers = min(8 if killed % 9 else 1, kills - killed)
        hunt.round(writers, chance)
        killed += writers
        outcome.failures += hunt.failures()
    acknowledged += len(hunt.acknowledged) if hunt else 0
    outcome.counts = {"acknowledged": acknowledged, "kills": killed, "lost": len(outcome.failures)}
    outcome.said = f"{acknowledged:,} acknowledged transactions met {killed:,} kills: lost {len(outcome.failures)}"
    return outcome


class _Hunt:
    """One book and what its writers said of it."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.killed = 0
        self.rounds = 0
        self.acknowledged: dict[str, int] = {}
        self.begun: set[str] = set()
        new_shop(place)

    def round(self, count: int, chance: random.Random) -> None:
        """Starts writers, kills each at a moment of its own, and keeps what they said."""
        self.rounds += 1
        names = [f"{self.rounds}w{writer}" for writer in range(count)]
        with crew([[self.place, name, "0", "0"] for name in names]) as writers:
            go(writers)
            started = time.monotonic()
            for moment, writer in sorted(
                ((chance.uniform(0, LONGEST_SECONDS), one) for one in writers), key=lambda pair: pair[0]
            ):
                _listen_until(started + moment, writers)
                writer.kill()
        for name, writer in zip(names, writers, strict=True):
            self._hear(name, writer)
        self.killed += count

    def failures(self) -> list[str]:
        """What is not as it must be: lost, double, altered, or what breaks a rule of the book."""
        try:
            with Ledger.open(self.place) as ledger:
                return self._lost(ledger) + faults(ledger) + self._not_repeatable(ledger)
        except LedgerError as problem:
            return [f"{self.place} cannot be read after a kill: {type(problem).__name__}: {problem}"]

    def _hear(self, name: str, writer: Writer) -> None:
        done = [line.split() for line in writer.lines() if line.startswith("done ")]
        self.acknowledged |= {key: int(number) for _, key, number in done}
        self.begun |= {key for _, key, _ in done} | {f"{name}-{len(done)}"}

    def _lost(self, ledger: Ledger) -> list[str]:
        """Each acknowledged key once, with its number and content; of the others at most the one in hand."""
        found: dict[str, list[int]] = {}
        failures = []
        for one in ledger.journal():
            found.setdefault(one.memo, []).append(one.number)
            if one.memo not in self.begun or differs(one, one.memo):
                failures.append(f"transaction {one.number} ({one.memo}) is not what was posted")
        for key, number in self.acknowledged.items():
            if found.get(key) != [number]:
                failures.append(f"{key} was acknowledged as {number} and is there as {found.get(key, [])}")
        return failures + [f"{key} is there {len(them)} times" for key, them in found.items() if len(them) > 1]

    def _not_repeatable(self, ledger: Ledger) -> list[str]:
        """Whoever heard nothing asks again with the key, and it is booked once."""
        failures = []
        for key in sorted(self.begun - self.acknowledged.keys()):
            day, lines = lines_of(key)
            numbers = {ledger.post(key, *lines, date=day, key=key).number for _ in range(2)}
            if len(numbers) != 1:
                failures.append(f"{key} was booked as {numbers} when it was repeated")
            self.acknowledged[key] = numbers.pop()
        return failures


def _listen_until(moment: float, writers: list[Writer]) -> None:
    """Pipes are emptied meanwhile, so that no writer waits for its listener."""
    while time.monotonic() < moment:
        for writer in writers:
            writer.listen()
        time.sleep(0.005)
