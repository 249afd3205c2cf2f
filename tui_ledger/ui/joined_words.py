"""How are several things said in one sentence? One after the other, joined as the language spoken does it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from tui_ledger.words import _


def joined(parts: Iterable[str]) -> str:
    """`opened Assets:Safe and posted 7`; raises TypeError for nothing at all."""
    return reduce(lambda first, second: _("{first} and {second}").format(first=first, second=second), parts)
