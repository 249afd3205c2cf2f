"""How is a transaction taken back? By a new one that mirrors the whole of it, linked both ways, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tui_ledger.errors import AlreadyReversed, ClosingStands, NotItsMirror, ReversalTooEarly, TransactionVoided
from tui_ledger.ledger.journal import MEMO_LIMIT
from tui_ledger.ledger.values import Draft, DraftPosting, Transaction
from tui_ledger.words import N_, Said


def reversal_draft(original: Transaction, day: date | None, today: date, memo: str | None) -> Draft:
    """The mirror of a transaction, dated `day` or the later of today and the original's date.

    Raises AlreadyReversed, TransactionVoided, ReversalTooEarly. A reversal may itself be reversed.
    """
    refuse_second(original)
    reversal_date = usual_day(original, today) if day is None else day
    if reversal_date < original.date:
        raise ReversalTooEarly(date=reversal_date, number=original.number, original=original.date)
    return Draft(
        date=reversal_date,
        memo=f"Reversal of {original.number}: {original.memo}".rstrip(": ")[:MEMO_LIMIT] if memo is None else memo,
        payee=original.payee,
        reverses=original.number,
        postings=tuple(
            DraftPosting(posting.account, -posting.amount, posting.memo, conversion=posting.conversion)
            for posting in original.postings
        ),
    )


def usual_day(original: Transaction, today: date) -> date:
    """The day a reversal is dated unless another is said: the later of today and the original's date."""
    return max(today, original.date)


def refuse_unless_mirrored(original: Transaction, day: date, lines: Iterable[tuple[str, int]]) -> None:
    """Refuses a reversal dated before its original, or whose lines, as (account, debit-positive units), are not the
    original's turned round."""
    if day < original.date:
        raise ReversalTooEarly(date=day, number=original.number, original=original.date)
    if sorted(lines) != sorted((posting.account, -posting.amount.units) for posting in original.postings):
        raise NotItsMirror(number=original.number)


def refuse_second(original: Transaction) -> None:
    """Refuses the reversal of what is void, has a standing reversal, or closes a fiscal year."""
    if original.closing:
        raise ClosingStands(
            what=Said("Transaction {number} closes a fiscal year and cannot be reversed", number=original.number)
        )
    if original.voided:
        raise TransactionVoided(number=original.number, act=N_("reversed"))
    if original.reversed_by is not None:
        raise AlreadyReversed(number=original.number, reversal=original.reversed_by)
