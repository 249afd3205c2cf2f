"""What in a file cannot be read, by line and reason?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui_ledger.errors import ImportRefused
from tui_ledger.text import clean
from tui_ledger.words import N_, Said, Word, _, ngettext

LISTED_REFUSALS = 100
_KEPT_REFUSALS = 1_000
_HOPELESS_REFUSALS = 10_000
_QUOTED_LENGTH = 60


class Later:
    """A text that is made where it is shown, such as one with a number that decides its form."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    def __str__(self) -> str:
        return self._make()


Reason = str | Said | Later
"""A clause without a full stop; one of the program is looked up where it is shown."""


class LineRefused(Exception):
    """A line, or a part of one, that cannot be read."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


class Refusals:
    """The refused lines of one file, collected so that all of them can be named at once."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[tuple[int, Reason]] = []

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def is_hopeless(self) -> bool:
        """Whether so many lines were refused that reading on serves nobody."""
        return self.count >= _HOPELESS_REFUSALS

    def refuse(self, line: int, reason: Reason) -> None:
        """Notes a line (counted from 1) and the reason; of very many only the first thousand are kept."""
        self.count += 1
        if len(self._kept) < _KEPT_REFUSALS:
            self._kept.append((line, reason))

    @property
    def listed(self) -> tuple[tuple[int, str], ...]:
        """The first hundred (line, reason) pairs in line order, in the language spoken."""
        return tuple((line, _(reason) if isinstance(reason, Word) else str(reason)) for line, reason in self._first())

    def _first(self) -> list[tuple[int, Reason]]:
        return sorted(self._kept, key=lambda refused: refused[0])[:LISTED_REFUSALS]

    def raise_if_any(self, path: Path) -> None:
        """Raises ImportRefused naming the first line, with the others in `refused` and their number in the sentence."""
        if not self:
            return
        listed, (line, reason) = self.listed, self._first()[0]
        raise ImportRefused(
            path=clean(str(path)),
            line=line,
            reason=reason,
            refused=listed,
            count=self.count,
            more=Later(lambda: self._more(len(listed))),
        )

    def _more(self, listed: int) -> str:
        others = self.count - 1
        if others == 0:
            return ""
        unlisted = self.count - listed
        if self.is_hopeless:
            said = ngettext(
                "{n} more line is refused, {count} of them not listed, and the file was read no further",
                "{n} more lines are refused, {count} of them not listed, and the file was read no further",
                others,
            )
        elif unlisted:
            said = ngettext(
                "{n} more line is refused, {count} of them not listed",
                "{n} more lines are refused, {count} of them not listed",
                others,
            )
        else:
            said = ngettext("{n} more line is refused", "{n} more lines are refused", others)
        return f"; {said.format(n=others, count=unlisted)}"


def quoted(text: str) -> str:
    """A piece of a file as it may stand in a sentence: cleaned, shortened, in backticks."""
    shown = clean(text if len(text) <= _QUOTED_LENGTH else text[: _QUOTED_LENGTH - 1] + "…")
    return f"`{shown}`"


def one_of(names: Sequence[str]) -> str | Said:
    """'id', 'id or user'."""
    return _joined(N_("{one} or {other}"), names)


def all_of(names: Sequence[str]) -> str | Said:
    """'1 EUR', '1 EUR and 2 USD'."""
    return _joined(N_("{one} and {other}"), names)


def _joined(template: Word, names: Sequence[str]) -> str | Said:
    *others, last = names
    said: str | Said = last
    for one in reversed(others):
        said = Said(template, one=one, other=said)
    return said
