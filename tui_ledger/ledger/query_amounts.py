"""Which amounts does a comparison mean? 100, >100, <=5.50, 10..20; with a sign it asks for the side too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tui_ledger.errors import InvalidAmount
from tui_ledger.money import is_plain_number

_COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.+)")


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Amounts from `least` to `most`, each included or not, None for no bound. `signed`: debits above zero, credits
    below; else the side does not matter."""

    least: Decimal | None
    most: Decimal | None
    least_included: bool = True
    most_included: bool = True
    signed: bool = False


def amount_range(text: str) -> AmountRange:
    """The range of a comparison; raises InvalidAmount."""
    begin, dots, end = text.partition("..")
    if dots:
        least, most = (_number(part) if part else None for part in (begin, end))
        if (least is None and most is None) or (least is not None and most is not None and least > most):
            raise InvalidAmount(text=text)
        return AmountRange(least, most, signed=_is_signed(begin) or _is_signed(end))
    found = _COMPARISON.fullmatch(text)
    if found is None:
        raise InvalidAmount(text=text)
    comparison, number = found[1] or "=", _number(found[2])
    return AmountRange(
        least=number if comparison in ("=", ">", ">=") else None,
        most=number if comparison in ("=", "<", "<=") else None,
        least_included=comparison != ">",
        most_included=comparison != "<",
        signed=_is_signed(found[2]),
    )


def on_side(side: str, text: str = ">0") -> AmountRange:
    """The range of a comparison on one side, `debit` or `credit`, written without a sign; raises InvalidAmount."""
    found = amount_range(text)
    if found.signed:
        raise InvalidAmount(text=text)
    above = found if found.least is not None else replace(found, least=Decimal(0), least_included=False)
    if side == "debit":
        return replace(above, signed=True)
    least = None if above.most is None else -above.most
    return AmountRange(least, -(above.least or Decimal(0)), above.most_included, above.least_included, signed=True)


def _number(text: str) -> Decimal:
    if not is_plain_number(text):
        raise InvalidAmount(text=text)
    return Decimal(text)


def _is_signed(text: str) -> bool:
    return text.startswith(("+", "-"))
