"""How is an amount written that may be a debit or a credit, or stands where that goes without saying?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui_ledger.money import Money
from tui_ledger.reports.sides import Side

ShowMoney = Callable[[Money], str]


@dataclass(frozen=True, slots=True)
class ShownMoney:
    """Three ways of writing amounts: `debit` those that are debits above zero, `credit` those that are credits,
    `sided` those in a column that is one of debits or credits itself. Without the others all are written as debits."""

    debit: ShowMoney
    credit: ShowMoney | None = None
    sided: ShowMoney | None = None

    def __call__(self, money: Money, side: Side) -> str:
        """An amount whose side above zero is known, or None where its column says it."""
        chosen = self.sided if side is None else self.credit if side else self.debit
        return (chosen or self.debit)(money)
