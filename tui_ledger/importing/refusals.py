"""What in a file cannot be read, by line and reason?"""

from __future__ import annotations

from pathlib import Path

from tui_ledger.errors import ImportRefused
from tui_ledger.text import clean

LISTED_REFUSALS = 100
_KEPT_REFUSALS = 1_000
_HOPELESS_REFUSALS = 10_000
_QUOTED_LENGTH = 60


class LineRefused(Exception):
    """A line, or a part of one, that cannot be read; `reason` is a clause without a full stop."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Refusals:
    """The refused lines of one file, collected so that all of them can be named at once."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def is_hopeless(self) -> bool:
        """Whether so many lines were refused that reading on serves nobody."""
        return self.count >= _HOPELESS_REFUSALS

    def refuse(self, line: int, reason: str) -> None:
        """Notes a line (counted from 1) and the reason; of very many only the first thousand are kept."""
        self.count += 1
        if len(self._kept) < _KEPT_REFUSALS:
            self._kept.append((line, reason))

    @property
    def listed(self) -> tuple[tuple[int, str], ...]:
        """The first hundred (line, reason) pairs in line order."""
        return tuple(sorted(self._kept, key=lambda refused: refused[0])[:LISTED_REFUSALS])

    def raise_if_any(self, path: Path) -> None:
        """Raises ImportRefused naming the first line, with the others in `refused` and their number in the sentence."""
        if not self:
            return
        listed = self.listed
        line, reason = listed[0]
        raise ImportRefused(
            path=clean(str(path)),
            line=line,
            reason=reason,
            refused=listed,
            count=self.count,
            more=self._more(len(listed)),
        )

    def _more(self, listed: int) -> str:
        others = self.count - 1
        if others == 0:
            return ""
        unlisted = self.count - listed
        rest = f", {unlisted} of them not listed" if unlisted else ""
        end = ", and the file was read no further" if self.is_hopeless else ""
        return f"; {others} more {'line is' if others == 1 else 'lines are'} refused{rest}{end}"


def quoted(text: str) -> str:
    """A piece of a file as it may stand in a sentence: cleaned, shortened, in backticks."""
    shown = clean(text if len(text) <= _QUOTED_LENGTH else text[: _QUOTED_LENGTH - 1] + "…")
    return f"`{shown}`"


def counted(count: int, what: str) -> str:
    """'1 posting', '2 postings'."""
    return f"1 {what}" if count == 1 else f"{count} {what}s"
