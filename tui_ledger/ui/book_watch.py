"""Does the book that was opened still lie at its path? Moved, replaced and deleted files are noticed before a write."""

from __future__ import annotations

from pathlib import Path

from tui_ledger.ledger.held_files import identity
from tui_ledger.words import _


class BookWatch:
    """The file of a book, and a sentence when it goes or comes back; a book without a file is always there."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._identity = None if path is None else identity(path)
        self._was_there = True
        self._was_overwritten = False

    @property
    def is_there(self) -> bool:
        """Whether the file at the path is the one that was opened, at this moment, and still holds the book."""
        return not self._was_overwritten and (self._path is None or identity(self._path) == self._identity)

    def news(self) -> str:
        """What has become of the file since the last look; '' where nothing has."""
        is_there = self.is_there
        if is_there == self._was_there or self._was_overwritten:
            return ""
        self._was_there = is_there
        if is_there:
            return _("{path} is there again: what was typed can be posted.").format(path=self._path)
        return _(
            "{path} was moved, replaced or deleted while it was open: nothing can be written, quit and open it again; "
            "what was typed is kept."
        ).format(path=self._path)

    @property
    def was_overwritten(self) -> bool:
        """Whether something else was copied into the file: the book is there no more, until it is opened again."""
        return self._was_overwritten

    def note_overwritten(self) -> str:
        """Something else was copied into the file: what to say about it."""
        self._was_overwritten = True
        return _(
            "{path} was overwritten by another program while it was open: quit and open it again; "
            "what was typed is kept."
        ).format(path=self._path)
