"""What did the caller ask for? Arguments as plain JSON values, for comparing what a key was used for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tui_ledger.errors import InvalidText
from tui_ledger.ledger.values import Account
from tui_ledger.money import Money
from tui_ledger.words import N_


def content_of(asked: object) -> Any:
    """Arguments as given, before defaults and hooks; 5, '5' and Decimal('5.00') stay what they are.

    Raises InvalidText for what is nested too deeply to be stored.
    """
    try:
        return _plain(asked)
    except RecursionError:
        raise InvalidText(field=N_("data"), reason=N_("it is nested too deeply")) from None


def _plain(asked: object) -> Any:
    if asked is None or isinstance(asked, (bool, int, str)):
        return str(asked) if isinstance(asked, str) else asked
    if isinstance(asked, Account):
        return ["account", asked.id]
    if isinstance(asked, Money):
        return ["money", str(asked)]
    if isinstance(asked, Decimal):
        return ["decimal", str(asked)]
    if isinstance(asked, date):
        return asked.isoformat()
    if is_dataclass(asked) and not isinstance(asked, type):
        return {field.name: _plain(getattr(asked, field.name)) for field in fields(asked)}
    if isinstance(asked, Mapping):
        return {str(name): _plain(value) for name, value in asked.items()}
    if isinstance(asked, Iterable):
        return [_plain(value) for value in asked]
    return [type(asked).__name__, str(asked)]
