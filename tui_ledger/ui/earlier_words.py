"""What of a register's balance did earlier fiscal years leave, and what came since? Said beside the account's name."""

from __future__ import annotations

from datetime import date

from tui_ledger.ledger.values import Account
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.source import fiscal_eve
from tui_ledger.reports.tree import RESULT_TYPES
from tui_ledger.reports.trial_balance import left_by_earlier_years
from tui_ledger.ui.desk import Desk
from tui_ledger.words import _


def earlier_in_words(desk: Desk, account: Account, first: date | None, last: date | None) -> str:
    """Of an account of income or expenses, listed from a day on: what fiscal years before that of the day, not yet
    closed, left in it, and what came since, as the statements have it. '' where they left nothing."""
    if first is None or account.type not in RESULT_TYPES:
        return ""
    return desk.ask(lambda: _of(desk, account, first, max(first, last or desk.ledger.today)), "")


def _of(desk: Desk, account: Account, first: date, last: date) -> str:
    ledger = desk.ledger
    eve = fiscal_eve(ledger.fiscal_year(first)[0])
    if eve is None or not ledger.balance(account, at=eve):
        return ""
    turn = left_by_earlier_years(ledger, Range(first, last)).get(account.id)
    if turn is None or not turn.closing:
        return ""
    left = Money(account.type.sign * turn.closing, account.currency)
    since, side = ledger.balance(account, at=last) - left, account.type.sign < 0
    return _("earlier years {earlier}, since then {since}").format(
        earlier=desk.named(left, credit_normal=side), since=desk.named(since, credit_normal=side)
    )
