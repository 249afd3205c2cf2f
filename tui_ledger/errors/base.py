"""What is a refusal? One sentence, its kind, and the values it is about."""

from __future__ import annotations

from typing import ClassVar

from tui_ledger.words import N_, filled


class LedgerError(Exception):
    """A refusal: one sentence that says what is wrong, where, and what to do.

    `message_id` names the kind for translation and for scripts, `values` are what the sentence is about.
    The English sentence is `template` filled with the values; `tui_ledger.words` says in which language it is shown.
    """

    message_id: ClassVar[str] = "refused"
    template: ClassVar[str] = "{reason}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """What is wrong, in the language spoken where it is shown."""
        return filled(self.template, self.values)

    def __str__(self) -> str:
        return self.sentence()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.values))


def did_you_mean(nearest: object) -> str:
    """The name that comes nearest to what was asked for, as a sentence says it behind that; '' where none does."""
    return filled(N_(" (did you mean {nearest!r}?)"), {"nearest": nearest}) if nearest else ""


def _rebuild(kind: type[LedgerError], values: dict[str, object]) -> LedgerError:
    return kind(**values)
