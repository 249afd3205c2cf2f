"""How much of a long piece of work is done? Rows written, then bytes packed, as one count."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]

_OF_ROWS = 4
_OF_PACKING = 1


class WorkDone:
    """Calls `progress` with (done, total): writing rows is four fifths of the work, packing them the rest."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._rows = 0
        self._rows_written = 0
        self._bytes = 0
        self._bytes_packed = 0

    def expect(self, rows: int) -> None:
        """So many rows will be written, as far as one can tell."""
        self._rows = max(rows, 1)
        self._report()

    def wrote(self, rows: int) -> None:
        """Some rows more are written."""
        self._rows_written += rows
        self._report()

    def packed(self, total_bytes: int) -> Callable[[int], None]:
        """All rows are written; gives what is to be called with the bytes packed since."""
        self._bytes, self._rows_written = max(total_bytes, 1), self._rows

        def count(some_bytes: int) -> None:
            self._bytes_packed += some_bytes
            self._report()

        return count

    def finish(self) -> None:
        """Everything is done."""
        self._bytes_packed = self._bytes
        self._report()

    def _report(self) -> None:
        if self._progress is None:
            return
        rows = min(self._rows_written, self._rows) * _OF_ROWS
        packed = (
            0 if not self._bytes else self._rows * min(self._bytes_packed, self._bytes) // self._bytes * _OF_PACKING
        )
        self._progress(rows + packed, self._rows * (_OF_ROWS + _OF_PACKING))
