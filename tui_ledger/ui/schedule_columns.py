"""What do the lists of what is due and of what recurs show in their columns?"""

from __future__ import annotations

from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.schedule_rows import DueRow, ScheduleRow
from tui_ledger.ui.schedule_words import rule_in_words, waiting_in_words
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.words import N_, NP_, _


def due_columns(desk: Desk) -> list[Column[DueRow]]:
    """Day, weekday, name, payee, amount, and how long it has waited."""

    def payee(row: DueRow) -> str:
        """With whom, or what, unless the name says that already."""
        name, template = row.due.schedule.name, row.due.schedule.template
        return next((text for text in (template.payee, template.memo) if text and text != name), "")

    def waiting(row: DueRow) -> str:
        return waiting_in_words(row.due.day, desk.ledger.today, desk.count)

    def amount(row: DueRow) -> str:
        return _("open") if row.is_open else _figure(row.moved, desk)

    return [
        Column(N_("Due"), lambda row: desk.day(row.due.day), exact=True, minimum=10),
        Column("", lambda row: desk.formats.weekday(row.due.day), exact=True, minimum=3),
        Column(N_("Name"), lambda row: row.due.schedule.name, minimum=8, preferred=24, grows=1),
        Column(N_("Payee"), payee, minimum=8, preferred=24, grows=1),
        Column(
            N_("Amount"), lambda row: _("open") if row.is_open else _figure(row.moved, desk), right=True, exact=True
        ),
        Column("", lambda row: _currency(row.moved, desk), exact=True, minimum=0),
        Column("", waiting, exact=True, minimum=9),
    ]


def schedule_columns(desk: Desk) -> list[Column[ScheduleRow]]:
    """Name, rule in words, amount, the next day, and the last one posted or skipped."""

    def following(row: ScheduleRow) -> str:
        return _("ended") if row.next_day is None else desk.day(row.next_day)

    def handled(row: ScheduleRow) -> str:
        return "" if row.handled is None else desk.day(row.handled)

    return [
        Column(N_("Schedule"), lambda row: row.schedule.name, minimum=8, preferred=24),
        Column(
            N_("Recurs"),
            lambda row: rule_in_words(row.schedule.recurrence, desk.formats),
            minimum=14,
            preferred=54,
            grows=1,
        ),
        Column(N_("Amount"), lambda row: _figure(row.moved, desk), right=True, exact=True, yields=2),
        Column("", lambda row: _currency(row.moved, desk), exact=True, minimum=0, yields=2),
        Column(NP_("day", "Next"), following, exact=True, minimum=10),
        Column(N_("Handled"), handled, exact=True, minimum=10, yields=1),
    ]


def _figure(moved: tuple[Money, ...], desk: Desk) -> str:
    return desk.figure(moved[0], credit_normal=None) if moved else ""


def _currency(moved: tuple[Money, ...], desk: Desk) -> str:
    """The currency where it is not the book's, and how many others there are."""
    if not moved:
        return ""
    first = "" if moved[0].currency == desk.standing.currency else str(moved[0].currency)
    return f"{first}+{len(moved) - 1}" if len(moved) > 1 else first
