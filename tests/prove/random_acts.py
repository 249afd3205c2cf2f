"""Is every stored balance right after random acts of every kind? The clerk and oracle of the tests, many books long.

python -m tests.prove.random_acts SEED ACTS [BUDGET_SECONDS] is one worker; the proof starts one for each core.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import traceback

from tests.acts.books import frozen, with_first_accounts
from tests.acts.clerk import Clerk
from tests.prove.outcome import HOUSE, Order, Outcome
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger

ACTS = {"push": 50_000, "night": 2_000_000, "release": 20_000_000}
PUSH_SECONDS = 45.0
ACTS_A_BOOK = 1_000


def proof(order: Order) -> Outcome:
    """The level's acts; at push as many as fit into three quarters of a minute, unless a number was asked for."""
    workers = max(1, os.cpu_count() or 1)
    acts = order.acts or ACTS[order.level]
    budget = PUSH_SECONDS if order.level == "push" and order.acts is None else 0.0
    started = time.monotonic()
    running = [_worker(order.seed + place * 1_000_000, -(-acts // workers), budget) for place in range(workers)]
    ends = [(one, *one.communicate()) for one in running]
    outcome, seconds = Outcome(), time.monotonic() - started
    told = [json.loads(said.splitlines()[-1]) for one, said, _ in ends if one.returncode == 0]
    outcome.failures = [problem.strip()[-4_000:] for one, _, problem in ends if one.returncode != 0]
    done, refused, books = (sum(one[name] for one in told) for name in ("acts", "refused", "books"))
    outcome.counts = {"acts": done}
    outcome.said = (
        f"{done:,} random acts ({100 * refused // max(1, done)} % refused) in {books:,} books, "
        f"seeds {', '.join(str(one['seed']) + '…' for one in told)}, in {seconds:.0f} s: every balance equal"
    )
    return outcome


def _worker(seed: int, acts: int, budget: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.prove.random_acts", str(seed), str(acts), str(budget)]
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def work(seed: int, acts: int, budget: float) -> dict[str, int]:
    """Books of a thousand acts, each with the next seed, until there are enough or the seconds are over."""
    deadline = time.monotonic() + budget if budget else float("inf")
    done = refused = books = 0
    while done < acts and time.monotonic() < deadline:
        clerk = _booked(seed + books, min(ACTS_A_BOOK, acts - done))
        done += sum(clerk.counts.values())
        refused += sum(clerk.refusals.values())
        books += 1
    return {"seed": seed, "acts": done, "refused": refused, "books": books}


def _booked(seed: int, acts: int) -> Clerk:
    with with_first_accounts(Ledger.in_memory("EUR", clock=frozen)) as ledger:
        clerk = Clerk(ledger, random.Random(seed))
        try:
            while sum(clerk.counts.values()) < acts:
                clerk.act()
            clerk.compare_everything()
        except (AssertionError, LedgerError, LookupError):
            traceback.print_exc()
            sys.exit(f"random acts failed with seed {seed} at act {sum(clerk.counts.values())}")
    return clerk


if __name__ == "__main__":
    asked_seed, asked_acts, *asked_budget = sys.argv[1:]
    sys.stdout.write(json.dumps(work(int(asked_seed), int(asked_acts), float((asked_budget or ["0"])[0]))) + "\n")
