"""Is all that is due to be posted? How much that is, asked first; then day after day, each an act of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_ledger.errors import LedgerError, NotDue, UnknownSchedule
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.duplicates import alike
from tui_ledger.ui.schedule_rows import DueRow, total_by_currency
from tui_ledger.ui.screens.dialogs import CANCEL
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, Stopped, WorkDialog
from tui_ledger.ui.widgets.bars import KeyHints

OPEN = "its amount is open, and has to be typed"


class PostAllDialog(WorkDialog):
    """Posts some days that are due; what is refused, or waits for an amount, stays due and is named."""

    def __init__(self, desk: Desk, rows: Sequence[DueRow]) -> None:
        self._desk = desk
        self._rows = tuple(rows)
        title = f"Post all {desk.count(len(rows))} that are due?" if len(rows) > 1 else "Post the one that is due?"
        super().__init__(title, (), start="Post", note=amount_in_words(rows, desk))

    def on_mount(self) -> None:
        self._show_hint("Post")

    def job(self) -> Callable[[Progress], Outcome]:
        return lambda progress: posted(self._rows, self._desk, progress)

    def _done(self, outcome: Outcome) -> None:
        """Where nothing is left to be read it closes by itself."""
        super()._done(outcome)
        self._show_hint("Close")
        if not outcome.lines:
            self.dismiss(outcome)

    def _show_hint(self, enter: str) -> None:
        """There is no field to go on to: Enter does it."""
        for widget in self.query(KeyHints):
            widget.show((("confirm", enter), CANCEL))


def amount_in_words(rows: Sequence[DueRow], desk: Desk) -> str:
    """What posting some days moves in all, by currency, and how many wait for an amount."""
    totals = [f"{desk.formats.money(money)} {money.currency}" for money in total_by_currency(rows)]
    waiting = sum(row.is_open for row in rows)
    sentences = [f"{' and '.join(totals)} in all, each a transaction of its own day."] if totals else []
    if waiting:
        wait = "waits for an amount and stays due" if waiting == 1 else "wait for an amount and stay due"
        sentences.append(f"{desk.count(waiting)} of them {wait}.")
    return " ".join(sentences)


def posted(rows: Sequence[DueRow], desk: Desk, progress: Progress) -> Outcome:
    """Posts day after day until it is stopped; says how many were, and names each that was not.

    What looks like something that stands in the book stays due, to be posted by itself.
    """
    done, gone, lines = 0, 0, []
    try:
        for place, row in enumerate(rows):
            progress(place, len(rows))
            try:
                reason = _posted_or_why_not(row, desk)
            except (NotDue, UnknownSchedule) as refusal:
                gone, reason = gone + 1, str(refusal)
            if reason:
                lines.append(f"{desk.day(row.due.day)} {row.due.schedule.name}: {reason}")
            else:
                done += 1
    except Stopped:
        return Outcome(f"Stopped: posted {desk.count(done)} of {desk.count(len(rows))}, the rest stays due.", lines)
    return Outcome(_in_words(done, len(lines) - gone, gone, desk), lines)


def doubt(row: DueRow, desk: Desk) -> str:
    """What a day looks like that stands in the book already; '' for nothing. Raises LedgerError."""
    found = alike(desk.ledger, row.due.day, row.due.schedule.template.payee, row.amount(desk.standing))
    return "" if found is None else f"looks like {found} (same day, payee and amount)"


def _in_words(done: int, left: int, gone: int, desk: Desk) -> str:
    parts = [f"Posted {desk.count(done)}"]
    if left:
        parts.append(f"{desk.count(left)} stay{'s' if left == 1 else ''} due")
    if gone:
        parts.append(f"{desk.count(gone)} {'was' if gone == 1 else 'were'} not due any more")
    return ", ".join(parts) + (":" if left or gone else "")


def _posted_or_why_not(row: DueRow, desk: Desk) -> str:
    """Posts a day; '' where that went well, else why it stays due. Raises NotDue, UnknownSchedule where it does not."""
    if row.is_open:
        return OPEN
    try:
        schedule = desk.ledger.schedule(row.due.schedule.name)
        schedule.after(row.due.day)
        doubted = doubt(row, desk)
        if doubted:
            return f"{doubted}; posted by itself, it asks"
        desk.ledger.post_due(row.due.schedule.name, row.due.day)
    except (NotDue, UnknownSchedule):
        raise
    except LedgerError as refusal:
        return str(refusal)
    return ""
