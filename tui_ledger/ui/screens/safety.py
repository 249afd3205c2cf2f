"""Is the book right, and is there a second one of it? Verify and back up, beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_ledger.ledger.findings import Discrepancy
from tui_ledger.ledger.verification import Verification
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.path_completion import path_completions, typed_path
from tui_ledger.ui.screens.form_dialog import FormRow
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, WorkDialog
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _, listed, ngettext


class BackupDialog(WorkDialog):
    """A backup into a file of its own, checked and anchored."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file = Field(id="backup-file", placeholder=_("backups/ beside the book, with the day in its name"))
        title = _("Back up {book}").format(book=desk.ledger.name)
        note = _("Others may go on writing meanwhile. The copy is read back and checked, and its head noted.")
        super().__init__(title, (FormRow(_("File"), self.file),), start=_("Back up"), note=note)

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field.value else []

    def job(self) -> Callable[[Progress], Outcome]:
        target = typed_path(self.file.value) if self.file.value.strip() else None
        ledger, desk = self._desk.ledger, self._desk

        def back_up(progress: Progress) -> Outcome:
            made = ledger.backup(target, progress=progress)
            counted = {"transactions": made.transactions, "changes": made.seq}
            lines = [str(made.path), _counted(counted, desk), _("head {hash}").format(hash=made.head)]
            if not made.anchors:
                lines.append(_("The head could not be noted beside the book: keep it elsewhere."))
            return Outcome(_("Backed up and checked."), lines)

        return back_up


class VerifyDialog(WorkDialog):
    """Every balance and the whole history, checked anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.replay = yes_or_no(False, id="verify-replay")
        rows = (FormRow(_("Replay too"), self.replay, _("plays the history anew")),)
        title = _("Verify {book}").format(book=desk.ledger.name)
        note = _("Every stored balance is worked out anew and compared with the history. Nothing is changed.")
        super().__init__(title, rows, start=_("Verify"), note=note)

    def job(self) -> Callable[[Progress], Outcome]:
        ledger, replay, desk = self._desk.ledger, self.replay.is_yes, self._desk

        def check(progress: Progress) -> Outcome:
            return verified(ledger.verify(progress, replay=replay), desk)

        return check


def verified(found: Verification, desk: Desk) -> Outcome:
    """What a verification found, in words."""
    counted = _counted(found.checked, desk)
    if found.ok:
        return Outcome(_("The book is right."), (counted, _("head {hash}").format(hash=found.head)))
    many = len(found.discrepancies)
    sentence = ngettext(
        "{n} thing is wrong: restore a backup, or rebuild.", "{n} things are wrong: restore a backup, or rebuild.", many
    )
    return Outcome(sentence.format(n=desk.count(many)), (*map(_discrepancy, found.discrepancies), counted))


def _counted(checked: Mapping[str, int], desk: Desk) -> str:
    """`1,204 transactions, 2,911 postings`."""
    return listed(_number_of(what, count).format(n=desk.count(count)) for what, count in checked.items())


def _number_of(what: str, count: int) -> str:
    """How so many of what is counted are said; the number is not filled in."""
    match what:
        case "transactions":
            return ngettext("{n} transactions", "{n} transactions", count)
        case "postings":
            return ngettext("{n} postings", "{n} postings", count)
        case "accounts":
            return ngettext("{n} accounts", "{n} accounts", count)
        case "changes":
            return ngettext("{n} changes", "{n} changes", count)
    return f"{{n}} {what}"


def _discrepancy(one: Discrepancy) -> str:
    parts = (
        one.kind,
        one.account or "",
        _("transaction {number}").format(number=one.transaction) if one.transaction is not None else "",
        _("expected {value}").format(value=one.shown_expected) if one.expected else "",
        _("found {value}").format(value=one.shown_found) if one.found else "",
    )
    return " · ".join(part for part in parts if part)
