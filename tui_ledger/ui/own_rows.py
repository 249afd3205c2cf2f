"""What does a party read at its own desk? Nothing of the book but its name; its months as the statistics have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_ledger.ledger import Account, Ledger
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import LineKind
from tui_ledger.ui.desk import Desk, Standing
from tui_ledger.ui.shown_period import ShownPeriod
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.words import N_, _


class OwnDesk(Desk):
    """The desk of somebody who reads nothing but their own sheet: it has no accounts and no balances of the book."""

    def _read(self) -> Standing:
        return Standing(self.ledger.revision, self.ledger.currency, (), {})

    def _said_of_formats(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a party, or all of them: debits and credits without sign, `net` in the party's direction, how many
    postings they were."""

    month: str
    debits: Money
    credits: Money
    net: Money
    count: int
    is_total: bool = False


def months_of(ledger: Ledger, accounts: Sequence[Account], currency: Currency, period: ShownPeriod) -> list[MonthLine]:
    """The months of some accounts in one currency, and their total; nothing where there are no postings."""
    chosen = [account for account in accounts if account.currency == currency]
    if not chosen:
        return []
    days = Range(period.first or date.min, period.last or date.max)
    lines = [line for block in statistics(ledger, days, chosen, translate=_).read() for line in block.lines]
    found = [_month_line(line.cells, is_total=line.kind is LineKind.TOTAL) for line in lines]
    return found if any(line.count for line in found) else []


def month_columns(desk: Desk) -> list[Column[MonthLine]]:
    """The columns of the months."""

    def net(row: MonthLine) -> str:
        return desk.figure(row.net, credit_normal=True)

    return [
        Column(N_("Month"), lambda row: row.month, minimum=7, preferred=10, grows=1),
        Column(N_("Debit"), lambda row: desk.figure(row.debits, credit_normal=None), right=True, exact=True),
        Column(N_("Credit"), lambda row: desk.figure(row.credits, credit_normal=None), right=True, exact=True),
        Column(N_("Net"), net, right=True, exact=True, marks_negative=True),
        Column(N_("Postings"), lambda row: desk.count(row.count), right=True, exact=True),
    ]


def _month_line(cells: Sequence[Any], *, is_total: bool) -> MonthLine:
    month, debits, credits, net, count = cells
    return MonthLine(month, debits, credits, -net, count, is_total)
