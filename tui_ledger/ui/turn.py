"""How does an act wait while another program writes to the book? In short tries, with the screen alive in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from tui_ledger.errors import BookBusy, LedgerError
from tui_ledger.ledger import Ledger
from tui_ledger.words import N_, _

Result = TypeVar("Result")

FIRST_TRY_SECONDS = 0.15
NEXT_TRY_SECONDS = 0.05
BETWEEN_SECONDS = 0.25
WAITING = N_("Waiting for another program to finish writing …")

Later = Callable[[float, Callable[[], None]], object]


class Turn(Generic[Result]):
    """One act at a time that waits for the book as long as the book's own patience lasts."""

    def __init__(self, ledger: Ledger, later: Later, say: Callable[[str], None]) -> None:
        """`later` calls something in so many seconds; `say` shows a sentence while there is waiting, '' after it."""
        self._ledger = ledger
        self._later = later
        self._say = say
        self._tries = 0
        self._turn = 0

    @property
    def is_waiting(self) -> bool:
        return self._tries > 0

    def take(
        self,
        act: Callable[[], Result],
        done: Callable[[Result], None],
        refused: Callable[[LedgerError], None],
        still: Callable[[], bool],
    ) -> None:
        """Run an act: `done` or `refused` is called, at once where nobody else writes.

        Before each further try `still` says whether the act is still wanted; where it is not, nothing is called.
        """
        self.stop()
        self._tries = 1 + max(0, int((self._ledger.patience_seconds - FIRST_TRY_SECONDS) / BETWEEN_SECONDS))
        turn = self._turn

        def again() -> None:
            if turn != self._turn:
                return
            if still():
                attempt(NEXT_TRY_SECONDS)
            else:
                self.stop()

        def attempt(seconds: float) -> None:
            self._tries -= 1
            try:
                with self._ledger.hurried(seconds):
                    result = act()
            except BookBusy as busy:
                if self._tries > 0:
                    self._say(_(WAITING))
                    self._later(BETWEEN_SECONDS, again)
                    return
                self.stop()
                refused(busy)
            except LedgerError as refusal:
                self.stop()
                refused(refusal)
            else:
                self.stop()
                done(result)

        attempt(FIRST_TRY_SECONDS)

    def stop(self) -> None:
        """Wait no more."""
        if self._tries > 0:
            self._say("")
        self._tries = 0
        self._turn += 1
