"""What do totals come to in the currencies that stand beside a report's own?"""

from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.reports.report import Unconverted


def added(first: Sequence[Unconverted], second: Sequence[Unconverted], sign: int = 1) -> tuple[Unconverted, ...]:
    """By column and currency, the second times `sign` (1 or -1); what comes to nothing is left out."""
    return tuple(_sum(one, other, sign) for one, other in zip(first, second, strict=True))


def _sum(one: Unconverted, other: Unconverted, sign: int) -> Unconverted:
    found = dict(one)
    for code, money in other.items():
        signed = money if sign > 0 else -money
        found[code] = found[code] + signed if code in found else signed
    return {code: found[code] for code in sorted(found) if found[code]}
