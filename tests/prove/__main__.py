"""Proves the book at a level: python -m tests.prove [--level push|night|release] [--only NAME] [--seed N].

Every proof prints one line; the last line sums up. The exit status is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tests.prove import io_errors, kills, power_cuts, racing, random_acts, seeded_faults, server
from tests.prove.outcome import HOUSE, Order, Outcome, Proof

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

WAITING = ("io-errors", "kills", "kills-postgres", "writers", "writers-postgres")
"""They wait as much as they work: beside each other, each in a process of its own, they take half the time."""


def main() -> int:
    """Runs what was asked for; 0 where everything held."""
    options = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    options.add_argument("--level", choices=("push", "night", "release"), default="push", help="how much")
    options.add_argument("--only", action="append", choices=tuple(PROOFS), help="this proof only; may be repeated")
    options.add_argument("--seed", type=int, help="the seed of an earlier run, to run it again")
    options.add_argument("--acts", type=int, help="so many random acts, however long they take")
    options.add_argument("--kills", type=int, help="so many kills")
    options.add_argument("--outcome", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    _say(f"prove: level {chosen.level}, seed {seed}")
    names = chosen.only or list(PROOFS)
    beside = [name for name in WAITING if name in names] if len(names) > 1 else []
    with ThreadPoolExecutor(max(1, min(os.cpu_count() or 1, len(WAITING)))) as pool:
        outcomes = list(pool.map(lambda name: _run(name, lambda: _apart(name, chosen, seed)), beside))
    outcomes += [_run(name, partial(_here, name, chosen, seed)) for name in names if name not in beside]
    if chosen.outcome is not None:
        chosen.outcome.write_text(json.dumps([asdict(outcome) for outcome in outcomes]), encoding="utf-8")
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome.counts)
    failed = not all(outcome.passed for outcome in outcomes)
    if chosen.outcome is None:
        _say(_summary(total, failed))
    return int(failed)


def _here(name: str, chosen: argparse.Namespace, seed: int) -> Outcome:
    """A proof in this process."""
    with tempfile.TemporaryDirectory(prefix="tui-ledger-prove-", ignore_cleanup_errors=True) as folder:
        order = Order(chosen.level, seed, Path(folder), chosen.acts, chosen.kills, server.lacking())
        return PROOFS[name](order)


def _apart(name: str, chosen: argparse.Namespace, seed: int) -> Outcome:
    """A proof in a process of its own, which leaves its outcome in a file."""
    with tempfile.TemporaryDirectory(prefix="tui-ledger-prove-") as folder:
        place = Path(folder) / "outcome.json"
        command = [sys.executable, "-m", "tests.prove", "--level", chosen.level, "--seed", str(seed), "--only", name]
        command += ["--outcome", str(place)]
        command += [] if chosen.kills is None else ["--kills", str(chosen.kills)]
        ended = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
        if not place.exists():
            raise RuntimeError(f"its process ended with {ended.returncode}: {ended.stderr[-500:]}")
        return Outcome(**json.loads(place.read_text(encoding="utf-8"))[0])


def _run(name: str, proof: Callable[[], Outcome]) -> Outcome:
    started = time.monotonic()
    try:
        outcome = proof()
    except Exception as problem:  # noqa: BLE001 -- a proof that broke off has proved nothing, the others still can
        outcome = Outcome(said="broke off", failures=[f"{type(problem).__name__}: {problem}"])
    _say(f"prove: {name:18} {time.monotonic() - started:6.1f} s  {outcome.line()}")
    for failure in outcome.failures[:20]:
        _say(f"prove: {name}: {failure}")
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
