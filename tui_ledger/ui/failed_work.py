"""How is it said that work beside the screen failed? By the name of the work and its cause, in one sentence."""

from __future__ import annotations

from textual.worker import Worker

from tui_ledger.errors import LedgerError


def failure_in_words(worker: Worker[object]) -> str:
    """What failed and why; an error of the program itself is named by its type, since its message helps nobody."""
    error = worker.error
    if isinstance(error, LedgerError):
        return f"{worker.name} failed: {error}"
    return f"{worker.name} failed by an error of the program ({type(error).__name__}): nothing else was touched."
