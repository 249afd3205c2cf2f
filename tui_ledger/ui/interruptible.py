"""How is a reading beside the screen ended, when what it reads is not wanted any more?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from tui_ledger.ledger import Ledger


class Interruptible:
    """The latest reading of a list in a thread of its own; another ends it, and no later one by mistake."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._interrupt: Callable[[], object] | None = None

    @contextmanager
    def reading(self, ledger: Ledger) -> Iterator[None]:
        """Around a reading in this thread."""
        mine = ledger.interruption()
        with self._lock:
            self._interrupt = mine
        try:
            yield
        finally:
            with self._lock:
                if self._interrupt is mine:
                    self._interrupt = None

    def interrupt(self) -> None:
        """Ends the reading under way, if there is one; it raises then."""
        with self._lock:
            if self._interrupt is not None:
                self._interrupt()
