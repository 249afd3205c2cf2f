"""Is all that is due to be posted? How much that is, asked first; then day after day, each an act of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_ledger.errors import LedgerError, NotDue, UnknownSchedule
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.duplicates import alike
from tui_ledger.ui.joined_words import joined
from tui_ledger.ui.schedule_rows import DueRow, total_by_currency
from tui_ledger.ui.screens.dialogs import CANCEL
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, Stopped, WorkDialog
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.words import N_, _, listed, ngettext, pgettext

OPEN = N_("its amount is open, and has to be typed")


class PostAllDialog(WorkDialog):
    """Posts some days that are due; what is refused, or waits for an amount, stays due and is named."""

    def __init__(self, desk: Desk, rows: Sequence[DueRow]) -> None:
        self._desk = desk
        self._rows = tuple(rows)
        title = ngettext("Post the one that is due?", "Post all {n} that are due?", len(rows))
        super().__init__(title.format(n=desk.count(len(rows))), (), start=_("Post"), note=amount_in_words(rows, desk))

    def on_mount(self) -> None:
        self._show_hint(_("Post"))

    def job(self) -> Callable[[Progress], Outcome]:
        return lambda progress: posted(self._rows, self._desk, progress)

    def _done(self, outcome: Outcome) -> None:
        """Where nothing is left to be read it closes by itself."""
        super()._done(outcome)
        self._show_hint(pgettext("dialog", "Close"))
        if not outcome.lines:
            self.dismiss(outcome)

    def _show_hint(self, enter: str) -> None:
        """There is no field to go on to: Enter does it."""
        for widget in self.query(KeyHints):
            widget.show((("confirm", enter), CANCEL))


def amount_in_words(rows: Sequence[DueRow], desk: Desk) -> str:
    """What posting some days moves in all, by currency, and how many wait for an amount."""
    totals = [f"{desk.formats.money(money, credit_normal=None)} {money.currency}" for money in total_by_currency(rows)]
    waiting = sum(row.is_open for row in rows)
    sentences = []
    if totals:
        sentences.append(_("{amounts} in all, each a transaction of its own day.").format(amounts=joined(totals)))
    if waiting:
        wait = ngettext(
            "{n} of them waits for an amount and stays due.", "{n} of them wait for an amount and stay due.", waiting
        )
        sentences.append(wait.format(n=desk.count(waiting)))
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
        said = _("Stopped: posted {done} of {total}, the rest stays due.")
        return Outcome(said.format(done=desk.count(done), total=desk.count(len(rows))), lines)
    return Outcome(_in_words(done, len(lines) - gone, gone, desk), lines)


def looks_like(row: DueRow, desk: Desk) -> int | None:
    """The transaction in the book already that a day looks like; None for nothing. Raises LedgerError."""
    return alike(desk.ledger, row.due.day, row.due.schedule.template.payee, row.amount(desk.standing))


def _in_words(done: int, left: int, gone: int, desk: Desk) -> str:
    parts = [ngettext("Posted {n}", "Posted {n}", done).format(n=desk.count(done))]
    if left:
        parts.append(ngettext("{n} stays due", "{n} stay due", left).format(n=desk.count(left)))
    if gone:
        said = ngettext("{n} was not due any more", "{n} were not due any more", gone)
        parts.append(said.format(n=desk.count(gone)))
    return listed(parts) + (":" if left or gone else "")


def _posted_or_why_not(row: DueRow, desk: Desk) -> str:
    """Posts a day; '' where that went well, else why it stays due. Raises NotDue, UnknownSchedule where it does not."""
    if row.is_open:
        return _(OPEN)
    try:
        schedule = desk.ledger.schedule(row.due.schedule.name)
        schedule.after(row.due.day)
        found = looks_like(row, desk)
        if found is not None:
            said = _("looks like {number} (same day, payee and amount); posted by itself, it asks")
            return said.format(number=found)
        desk.ledger.post_due(row.due.schedule.name, row.due.day)
    except (NotDue, UnknownSchedule):
        raise
    except LedgerError as refusal:
        return str(refusal)
    return ""
