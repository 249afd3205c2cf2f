"""Would the tests notice? Faults are put into the package on purpose, one a process, and each must be caught.

python -m tests.prove.seeded_faults NAME runs the checks with one fault in place: status 3 where it was caught, 0 where
nothing was noticed. With the name `none` nothing is changed, and nothing may be noticed.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.prove.checks import CHECKS
from tests.prove.faults import FAULTS
from tests.prove.outcome import HOUSE, Order, Outcome

CAUGHT = 3
NO_FAULT = "none"
PUSHED = 24
PATIENCE_SECONDS = 300


def proof(order: Order) -> Outcome:
    """Every fault once, at push some drawn by the seed, each in a process of its own; the checks without a fault must
    hold."""
    chosen = random.Random(order.seed).sample(sorted(FAULTS), PUSHED) if order.level == "push" else sorted(FAULTS)
    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        names = (NO_FAULT, *chosen)
        ends = dict(zip(names, pool.map(lambda name: _status(name, order.seed), names), strict=True))
    missed = {name: said for name, (status, said) in ends.items() if name != NO_FAULT and status != CAUGHT}
    outcome = Outcome(counts={"faults": len(chosen), "caught": len(chosen) - len(missed)})
    outcome.failures = [f"not caught: {name} {said}".strip() for name, said in missed.items()]
    if ends[NO_FAULT][0] != 0:
        outcome.failures.append(f"the checks fail where there is no fault: {ends[NO_FAULT][1]}")
    drawn = "" if len(chosen) == len(FAULTS) else f", drawn from {len(FAULTS)}"
    outcome.said = f"{len(chosen) - len(missed)} of {len(chosen)} seeded faults caught{drawn}"
    return outcome


def _status(name: str, seed: int) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.prove.seeded_faults", name, str(seed)]
    ended = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    return ended.returncode, ended.stderr.strip()[-600:] or ended.stdout.strip()[-200:]


def main() -> int:
    """Puts the fault in place, then looks for it with every check until one notices."""
    name, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    fault = FAULTS.get(name)
    if fault is not None:
        fault()
    for check in CHECKS:
        noticed = check(seed)
        if noticed:
            sys.stdout.write(f"{check.__name__}: {noticed}\n")
            if fault is None:
                sys.stderr.write(f"{check.__name__}: {noticed}\n")
            return CAUGHT
    return 0


if __name__ == "__main__":
    sys.exit(main())
