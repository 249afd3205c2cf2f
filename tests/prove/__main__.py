"""Proves the book at a level: python -m tests.prove [--level push|night|release] [--only NAME] [--seed N].

Every proof prints one line; the last line sums up. The exit status is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.prove import io_errors, kills, power_cuts, racing, random_acts, seeded_faults, server
from tests.prove.outcome import Order, Outcome, Proof

PROOFS: dict[str, Proof] = {
    "kills": kills.on_sqlite,
    "kills-postgres": kills.on_postgres,
    "power-cuts": power_cuts.proof,
    "io-errors": io_errors.proof,
    "writers": racing.on_sqlite,
    "writers-postgres": racing.on_postgres,
    "acts": random_acts.proof,
    "faults": seeded_faults.proof,
}


def main() -> int:
    """Runs what was asked for; 0 where everything held."""
    options = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    options.add_argument("--level", choices=("push", "night", "release"), default="push", help="how much")
    options.add_argument("--only", action="append", choices=tuple(PROOFS), help="this proof only; may be repeated")
    options.add_argument("--seed", type=int, help="the seed of an earlier run, to run it again")
    options.add_argument("--acts", type=int, help="so many random acts, however long they take")
    options.add_argument("--kills", type=int, help="so many kills")
    chosen = options.parse_args()
    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    _say(f"prove: level {chosen.level}, seed {seed}")
    total: Counter[str] = Counter()
    failed = False
    for name in chosen.only or PROOFS:
        with tempfile.TemporaryDirectory(prefix="tui-ledger-prove-", ignore_cleanup_errors=True) as folder:
            order = Order(chosen.level, seed, Path(folder), chosen.acts, chosen.kills, server.lacking())
            outcome = _run(name, order)
        total.update(outcome.counts)
        failed |= not outcome.passed
    _say(_summary(total, failed))
    return int(failed)


def _run(name: str, order: Order) -> Outcome:
    started = time.monotonic()
    try:
        outcome = PROOFS[name](order)
    except Exception as problem:  # noqa: BLE001 -- a proof that broke off has proved nothing, the others still can
        outcome = Outcome(said="broke off", failures=[f"{type(problem).__name__}: {problem}"])
    _say(f"prove: {name:18} {time.monotonic() - started:6.1f} s  {outcome.line()}")
    for failure in outcome.failures[:20]:
        _say(f"prove: {name}: seed {order.seed}: {failure}")
    return outcome


def _summary(total: Counter[str], failed: bool) -> str:
    parts = []
    met = {"kills": total["kills"], "power cuts": total["cuts"], "I/O errors": total["errors"]}
    if any(met.values()):
        listed = ", ".join(f"{count:,} {name}" for name, count in met.items() if count)
        parts.append(f"{total['acknowledged']:,} acknowledged transactions met {listed}: lost {total['lost']:,}")
    if total["raced"]:
        parts.append(f"{total['raced']:,} posted by writers at once")
    if total["acts"]:
        parts.append(f"{total['acts']:,} random acts")
    if total["faults"]:
        parts.append(f"{total['caught']} of {total['faults']} seeded faults caught")
    return f"prove: {'FAILED' if failed else 'held'}: {'; '.join(parts) or 'nothing was run'}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
