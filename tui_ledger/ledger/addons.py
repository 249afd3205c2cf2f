"""Which add-ons come with the program, and which of them has a book turned on? Those whose setting is set.

An add-on is a module with the functions of `Addon`. It is named here and imported once a book asks for it: what hooks
into a ledger stands above it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from tui_ledger.ledger.chart import Chart
    from tui_ledger.ledger.hooks import Before
    from tui_ledger.ledger.service import Ledger

COMMISSION = "commission"
COMMISSION_EXPENSE = "commission_expense"
DEFAULT_COMMISSION_EXPENSE = "Expenses:Commissions"
"""The setting that names what commissions are paid from unless their terms say otherwise, and what it is."""

BUNDLED = {COMMISSION: "tui_ledger.addons.commission"}
"""The setting that turns an add-on on, and its module."""


class Addon(Protocol):
    """What the module of an add-on offers."""

    def check_setting(self, chart: Chart, value: object) -> None:
        """Refuses a value its setting cannot have; raises LedgerError."""

    def renamed(self, value: Any, old: str, new: str) -> Any:
        """The value once an account, or a node of the tree with all below it, has another name."""

    def before_post_of(self, ledger: Ledger, value: object) -> Before:
        """The hook that is asked within the writes of a ledger; made for each act, so it may remember during it."""


def addon(name: str) -> Addon:
    """The add-on of a setting."""
    return cast(Addon, import_module(BUNDLED[name]))
