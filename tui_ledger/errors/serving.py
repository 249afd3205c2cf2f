"""What can keep the workbench from being served to a browser?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError


class CannotServe(LedgerError):
    """An address that must not be or cannot be listened at, or a part of the program that is not installed."""

    message_id = "cannot-serve"
