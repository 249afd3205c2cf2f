"""tui-ledger: double-entry books in the terminal, provable to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_ledger.errors import LedgerError
    from tui_ledger.ledger import (
        Account,
        AccountType,
        Draft,
        DraftPosting,
        Ledger,
        Posting,
        Register,
        Transaction,
        credit,
        debit,
    )
    from tui_ledger.money import Currency, Money

__version__ = "0.1.0"

_HOMES = {"LedgerError": "tui_ledger.errors", "PostingRefused": "tui_ledger.errors"}
_HOMES |= {"Currency": "tui_ledger.money", "Money": "tui_ledger.money"}

__all__ = [
    "Account",
    "AccountType",
    "Currency",
    "Draft",
    "DraftPosting",
    "Ledger",
    "LedgerError",
    "Money",
    "Posting",
    "Register",
    "Transaction",
    "__version__",
    "credit",
    "debit",
]


def __getattr__(name: str) -> Any:
    if name not in __all__ and name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "tui_ledger.ledger")), name)
