"""How far is an import that reads a file and then writes what it read? Told in lines, every so many."""

from __future__ import annotations

from tui_ledger.ledger.batches import Progress


class PassReports:
    """Progress over both passes, in lines: as many read as the file has, told after every so many, then as many
    written."""

    def __init__(self, progress: Progress | None, lines: int, every: int) -> None:
        self._progress = progress
        self._lines = lines
        self._every = every
        self._next_report = every

    def read(self, line: int) -> None:
        if self._progress is not None and line >= self._next_report:
            self._next_report = line + self._every
            self._progress(line, 2 * self._lines)

    def written(self, done: int, total: int) -> None:
        if self._progress is not None and total:
            self._progress(self._lines + self._lines * done // total, 2 * self._lines)
