"""What does a verification find? The discrepancies, and a digest of each transaction by tables and by history."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

from tui_ledger.ledger.database import Row
from tui_ledger.words import N_, Word, _, in_english

MASK = 2**64 - 1
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What values that damage bent raise where they are read."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it must be; `expected` and `found` are plain texts in English, amounts debit-positive.

    `shown_expected` and `shown_found` are for people: in the language spoken.
    """

    kind: str
    account: str | None = None
    transaction: int | None = None
    expected: str | None = None
    found: str | None = None

    @property
    def shown_expected(self) -> str | None:
        return _shown(self.expected)

    @property
    def shown_found(self) -> str | None:
        return _shown(self.found)


class _InEnglish(str):
    """A text in English that knows what it says in other languages."""

    __slots__ = ("said",)
    said: object

    @classmethod
    def of(cls, said: object) -> _InEnglish:
        made = cls(in_english(said))
        made.said = said
        return made


def discrepancy(
    kind: str,
    *,
    account: str | None = None,
    transaction: int | None = None,
    expected: object = None,
    found: object = None,
) -> Discrepancy:
    """A discrepancy of what was expected and found: texts, texts of the program with values in them, or refusals."""
    return Discrepancy(kind, account, transaction, _text(expected), _text(found))


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else _InEnglish.of(value)


def _shown(text: str | None) -> str | None:
    if isinstance(text, _InEnglish):
        return str(text.said)
    return _(text) if isinstance(text, Word) else text


@dataclass(slots=True)
class Findings:
    """What the streams leave behind: digests, a sum and a count of lines for each transaction number up to `last`."""

    last: int
    tables: array[int]
    history: array[int]
    sums: array[int]
    lines: array[int]
    discrepancies: list[Discrepancy] = field(default_factory=list)

    @classmethod
    def of(cls, last: int) -> Findings:
        def zeros() -> array[int]:
            return array("Q", bytes(8 * (last + 1)))

        return cls(last, zeros(), zeros(), zeros(), zeros())

    def report(self, kind: str, **values: Any) -> None:
        self.discrepancies.append(discrepancy(kind, **values))

    def compare(self) -> None:
        """Names the transactions of which tables and history say different things."""
        if self.tables == self.history:
            return
        for number in range(1, self.last + 1):
            if self.tables[number] != self.history[number]:
                self.report("history-body", transaction=number, found=N_("the tables differ from the history"))


def posting_digest(amount: int, columns: Row) -> int:
    """A hash of a posting's amount and its other columns, account, date, number, line and so on up to the status.

    Exact for the amount, which `hash` alone is not: it takes -1 for -2, and any two that differ by 2^61 - 1 for the
    same. It comes first: digests of one transaction are summed, and what comes last in a tuple is mixed least.
    """
    shifted = amount + 2**62
    return hash((shifted >> 31, shifted & 0x7FFFFFFF, *columns))


def transaction_digest(row: Row) -> int:
    """A hash of a transaction's columns from its number up to its batch."""
    return hash(row[:11])


def weight(code: str) -> int:
    """A factor for each currency, so that one array holds the sums of all: they vanish together or not at all."""
    return hash(("currency", code)) | 1
