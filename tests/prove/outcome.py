"""What did a proof find? Its counts, what failed, and why it did not run, if it did not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import tui_ledger

HOUSE = Path(tui_ledger.__file__).resolve().parent.parent
"""Where the package that is proved lies: every process of a proof starts there."""


@dataclass(slots=True)
class Outcome:
    """One proof's end. `counts` are added up over all proofs for the summary; `failures` are sentences."""

    said: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def passed(self) -> bool:
        return not self.failures

    def line(self) -> str:
        """One line for a person."""
        if self.skipped:
            return f"skipped: {self.skipped}"
        return f"{'ok' if self.passed else 'FAILED'}: {self.said}"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: how much, with which seed, in which folder, and which server there is (None for none)."""

    level: str
    seed: int
    folder: Path
    acts: int | None = None
    kills: int | None = None
    no_server: str = ""


Proof = Callable[[Order], Outcome]
