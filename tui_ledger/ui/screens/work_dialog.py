"""How is long work done over the screen? Asked for, done beside it with progress, stopped by Esc, its result shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui_ledger.errors import ImportRefused, LedgerError
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import N_, _

Progress = Callable[[int, int], None]
BAR_CELLS = 30
LINES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the work: a sentence, and lines about it."""

    sentence: str
    lines: Sequence[str] = ()


class Stopped(Exception):
    """The bookkeeper did not want to wait for the end."""


class WorkDialog(FormDialog[Outcome]):
    """A form whose act takes time. A subclass reads its fields in `job`, and gives what is to be done beside the
    screen; that is called with a progress callback, which stops the work when Esc was pressed."""

    def __init__(self, title: str, rows: Sequence[FormRow], *, start: str, note: str = "") -> None:
        super().__init__(title, rows, save=start, note=note)
        self._is_running = False
        self._is_stopping = False
        self._outcome: Outcome | None = None
        self._progress = Caption(classes="progress")
        self._result = Static("", classes="result")

    def body(self) -> ComposeResult:
        yield from super().body()
        yield self._progress
        with VerticalScroll(classes="result-lines", can_focus=not self.rows):
            yield self._result

    def job(self) -> Callable[[Progress], Outcome]:
        """Reads the fields; raises LedgerError where they cannot be read."""
        raise NotImplementedError

    @property
    def outcome(self) -> Outcome | None:
        """What came of it, once it is done."""
        return self._outcome

    def work_failed(self, sentence: str) -> None:
        self._failed(sentence, ())

    def action_save(self) -> None:
        if self._is_running:
            return
        if self._outcome is not None:
            self.dismiss(self._outcome)
            return
        self.clear_errors()
        try:
            job = self.job()
        except LedgerError as refusal:
            self.refuse(str(refusal), self._reading or self.culprit(refusal))
            return
        self._is_running, self._is_stopping = True, False
        self._progress.say(_("Working … {key} stops").format(key=pressed("cancel")))
        self._work(job)

    def entered(self, field: Field) -> None:
        """Once it is done there is nothing left to fill in."""
        if self._outcome is not None:
            self.action_save()
        else:
            super().entered(field)

    def action_confirm(self) -> None:
        """Enter where there is no field."""
        self.action_save()

    def action_cancel(self) -> None:
        if self._is_running:
            self._is_stopping = True
            self._progress.say(_("Stopping …"))
        elif self.completions.is_open:
            self.completions.close()
        else:
            self.dismiss(self._outcome)

    @work(thread=True, group="long", exit_on_error=False, name=N_("The work"))
    def _work(self, job: Callable[[Progress], Outcome]) -> None:
        try:
            outcome = job(self._told)
        except Stopped:
            self.app.call_from_thread(self._failed, _("Stopped: nothing was changed."), ())
        except ImportRefused as refusal:
            refused = refusal.refused[:LINES_SHOWN]
            lines = [_("line {number}: {reason}").format(number=line, reason=reason) for line, reason in refused]
            self.app.call_from_thread(self._failed, str(refusal), lines)
        except LedgerError as refusal:
            self.app.call_from_thread(self._failed, str(refusal), ())
        else:
            self.app.call_from_thread(self._done, outcome)

    def _told(self, done: int, total: int) -> None:
        if self._is_stopping:
            raise Stopped
        if total > 0:
            self.app.call_from_thread(self._progress.say, progress_bar(done, total))

    def _failed(self, sentence: str, lines: Sequence[str]) -> None:
        self._is_running = False
        self._progress.say("")
        self._result.update(_text(lines))
        self.refuse(sentence, None)

    def _done(self, outcome: Outcome) -> None:
        self._is_running = False
        self._outcome = outcome
        self._progress.say(outcome.sentence)
        self._result.update(_text(outcome.lines))


def progress_bar(done: int, total: int) -> str:
    """Done of a total as a bar with per cents; never more than all."""
    share = min(max(done, 0), total) * 100 // total
    full = share * BAR_CELLS // 100
    stops = _("{key} stops").format(key=pressed("cancel"))
    return f"{'█' * full}{'░' * (BAR_CELLS - full)} {share:3} %  {stops}"


def _text(lines: Sequence[str]) -> Content:
    return Content("\n").join(shown(line) for line in lines[:LINES_SHOWN])
