"""Who has signed in at the page? What the server knows of a person, and whom it asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the book who showed a right passphrase. `ticket` is what their workbench is handed to act as them: who
    they are, and nothing of the passphrase."""

    name: str
    ticket: str = field(repr=False)


class People(Protocol):
    """The users of the book, asked anew every time. Both may take a while, and raise LedgerError where the book cannot
    be read."""

    def who(self, name: str, passphrase: str) -> Person | None:
        """The person of a name with the right passphrase, or None, whatever was wrong."""

    def stands(self, person: Person) -> bool:
        """Whether they are still who they were when they signed in: active, of the same role, the same passphrase."""
