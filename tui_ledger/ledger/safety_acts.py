"""The ledger's acts for the safety of its book: verify, rebuild, back up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.ledger import backups, rebuilding, verification
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.history import Act, changes_of_act

if TYPE_CHECKING:
    from tui_ledger.ledger.backups import Backup
    from tui_ledger.ledger.rebuilding import PutRight
    from tui_ledger.ledger.verification import Progress, Verification


class SafetyActs(LedgerBasis):
    """Whether the book is right, what puts it right, and what keeps a second one of it."""

    def verify(self, progress: Progress | None = None, *, replay: bool = False) -> Verification:
        """Re-derives everything, compares it with the history and with the anchors beside the book, and names the
        first bad row of each account; raises nothing for what it finds.

        With `replay` the whole history is played anew into a book of its own, which is then compared row by row.
        """
        return verification.verify(self._database, progress, replay=replay, anchors=backups.anchors_of(self._database))

    def rebuild(
        self, *, progress: Progress | None = None, key: str | None = None, actor: str | None = None
    ) -> tuple[PutRight, ...]:
        """Works every stored balance out anew, in closed periods too, as one recorded act; returns the accounts that
        were wrong. Where all is right nothing is written and nothing returned.

        For tables that differ from the history see `rebuild_from_history`. Raises BookReadOnly.
        """

        def run(act: Act) -> tuple[PutRight, ...]:
            return rebuilding.put_balances_right(self._database, act, self._chart, progress)

        def again(act: int) -> tuple[PutRight, ...]:
            return rebuilding.put_right_by(changes_of_act(self._database, act))

        found = self._perform(rebuilding.KIND, [], key, actor, run, again)
        if found:
            backups.note_head(self._database, self._clock, rebuilding.KIND, self.name)
        return found

    def backup(self, path: str | Path | None = None, *, progress: Progress | None = None) -> Backup:
        """Writes the book as it stands into a file of its own, while others go on writing; checks it, and notes the
        head of the history beside book and backup, so that a cut-off end is noticed.

        Without a path `backups/NAME-DAY-CHANGE.backup.ledger` beside the book. Raises BookExists, BackupFailed,
        NotPermitted where who signed in may not write: it holds all there is.
        """
        self._permit("backup")
        return backups.back_up(self._database, path, self._clock, progress)
