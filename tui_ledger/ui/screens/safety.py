"""Is the book right, and is there a second one of it? Verify and back up, beside the screen."""

from __future__ import annotations

from collections.abc import Callable

from tui_ledger.ledger.findings import Discrepancy
from tui_ledger.ledger.verification import Verification
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.path_completion import path_completions, typed_path
from tui_ledger.ui.screens.form_dialog import FormRow
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, WorkDialog
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field


class BackupDialog(WorkDialog):
    """A backup into a file of its own, checked and anchored."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file = Field(id="backup-file", placeholder="backups/ beside the book, with the day in its name")
        note = "Others may go on writing meanwhile. The copy is read back and checked, and its head noted."
        super().__init__(f"Back up {desk.ledger.name}", (FormRow("File", self.file),), start="Back up", note=note)

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field.value else []

    def job(self) -> Callable[[Progress], Outcome]:
        target = typed_path(self.file.value) if self.file.value.strip() else None
        ledger, count = self._desk.ledger, self._desk.count

        def back_up(progress: Progress) -> Outcome:
            made = ledger.backup(target, progress=progress)
            lines = [
                str(made.path),
                f"{count(made.transactions)} transactions, {count(made.seq)} changes",
                f"head {made.head}",
            ]
            if not made.anchors:
                lines.append("The head could not be noted beside the book: keep it elsewhere.")
            return Outcome("Backed up and checked.", lines)

        return back_up


class VerifyDialog(WorkDialog):
    """Every balance and the whole history, checked anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.replay = yes_or_no(False, id="verify-replay")
        rows = (FormRow("Replay too", self.replay, "plays the history anew"),)
        note = "Every stored balance is worked out anew and compared with the history. Nothing is changed."
        super().__init__(f"Verify {desk.ledger.name}", rows, start="Verify", note=note)

    def job(self) -> Callable[[Progress], Outcome]:
        ledger, replay, desk = self._desk.ledger, self.replay.is_yes, self._desk

        def check(progress: Progress) -> Outcome:
            return verified(ledger.verify(progress, replay=replay), desk)

        return check


def verified(found: Verification, desk: Desk) -> Outcome:
    """What a verification found, in words."""
    counted = ", ".join(f"{desk.count(count)} {what}" for what, count in found.checked.items())
    if found.ok:
        return Outcome("The book is right.", (counted, f"head {found.head}"))
    many = len(found.discrepancies)
    sentence = f"{desk.count(many)} thing{'s are' if many > 1 else ' is'} wrong: restore a backup, or rebuild."
    return Outcome(sentence, (*map(_discrepancy, found.discrepancies), counted))


def _discrepancy(one: Discrepancy) -> str:
    where = [one.account or "", f"transaction {one.transaction}" if one.transaction is not None else ""]
    values = [f"expected {one.expected}" if one.expected else "", f"found {one.found}" if one.found else ""]
    return " · ".join(part for part in (one.kind, *where, *values) if part)
