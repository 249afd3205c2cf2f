"""How is it said that work beside the screen failed? By the name of the work and its cause, in one sentence."""

from __future__ import annotations

from textual.worker import Worker

from tui_ledger.errors import LedgerError
from tui_ledger.words import _


def failure_in_words(worker: Worker[object]) -> str:
    """What failed and why; an error of the program itself is named by its type, since its message helps nobody."""
    error = worker.error
    if isinstance(error, LedgerError):
        return _("{work} failed: {reason}").format(work=_(worker.name), reason=error)
    said = _("{work} failed by an error of the program ({error}): nothing else was touched.")
    return said.format(work=_(worker.name), error=type(error).__name__)
