"""Does the book that was opened still lie at its path? Moved, replaced and deleted files are noticed before a write."""

from __future__ import annotations

from pathlib import Path


class BookWatch:
    """The file of a book, and a sentence when it goes or comes back; a book without a file is always there."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._identity = _identity(path)
        self._was_there = True

    @property
    def is_there(self) -> bool:
        """Whether the file at the path is the one that was opened, at this moment."""
        return _identity(self._path) == self._identity

    def news(self) -> str:
        """What has become of the file since the last look; '' where nothing has."""
        is_there = self.is_there
        if is_there == self._was_there:
            return ""
        self._was_there = is_there
        if is_there:
            return f"{self._path} is there again: what was typed can be posted."
        return f"{self._path} was moved, replaced or deleted: nothing can be written until it is there again."


def _identity(path: Path | None) -> tuple[int, int] | None:
    try:
        found = None if path is None else path.stat()
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)
