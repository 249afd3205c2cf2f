"""How are amounts without a price written beside converted ones?"""

from __future__ import annotations

from collections.abc import Callable

from tui_ledger.money import Money
from tui_ledger.reports.report import Unconverted


def unconverted_texts(unconverted: Unconverted, show: Callable[[Money], str]) -> list[str]:
    """Each amount the reader's way, with its currency: '36 VEA', '1,012.00 USD'."""
    return [with_code(show(money), money) for money in unconverted.values()]


def with_code(shown: str, money: Money) -> str:
    """An amount in another currency names it, unless the reader's own format already does."""
    return shown if str(money.currency) in shown else f"{shown} {money.currency}"
