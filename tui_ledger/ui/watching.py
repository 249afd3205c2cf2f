"""Which balances stand in the status line of every screen? Those chosen in the book, and how they are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_ledger.errors import NotPermitted
from tui_ledger.ledger.status_balances import ShownBalance, shown_balances, toggle_balance
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.widgets.columns import clipped
from tui_ledger.words import _

if TYPE_CHECKING:
    from tui_ledger.ui.app import Workbench

LONGEST_LABEL = 16
NOTHING: tuple[ShownBalance, ...] = ()


def watched_balances(desk: Desk) -> list[str]:
    """The balances in words: the last part of an account's name, or a party's key, and what it holds or is owed."""
    return [_in_words(one, desk) for one in desk.ask(lambda: _chosen(desk), NOTHING)]


def watch_or_not(workbench: Workbench, name: str) -> None:
    """Choose an account, or a party as `party:KEY`, for the status line, or no longer; and say so."""
    is_chosen = workbench.attempt(lambda: toggle_balance(workbench.desk.ledger, name))
    if is_chosen is not None:
        shown = _("The balance of {name} is shown in the status line · {key} undoes")
        hidden = _("The balance of {name} is no longer shown in the status line · {key} undoes")
        said = shown if is_chosen else hidden
        workbench.say(said.format(name=name.removeprefix("party:"), key=pressed("undo")))


def _chosen(desk: Desk) -> tuple[ShownBalance, ...]:
    """Those chosen; to who reads the own sheet alone the book's choice is closed, and nothing stands there."""
    try:
        return shown_balances(desk.ledger)
    except NotPermitted:
        return NOTHING


def _in_words(balance: ShownBalance, desk: Desk) -> str:
    label = clipped(balance.label.rpartition(":")[2], LONGEST_LABEL)
    figures = (desk.named(one, credit_normal=balance.is_credit) for one in balance.balances)
    return f"{label} {', '.join(figures)}"
