"""What can be wrong with a transaction, or with taking one back?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError
from tui_ledger.words import Said


class TransactionError(LedgerError):
    message_id = "transaction"


class UnbalancedTransaction(TransactionError):
    message_id = "unbalanced"
    template = "Debits and credits differ by {difference} {currency}: the amounts of a transaction must add to zero."


class TooFewPostings(TransactionError):
    message_id = "too-few-postings"
    template = "A transaction needs two postings or more, and this one has {count}."


class SeveralAmountsMissing(TransactionError):
    message_id = "several-amounts-missing"
    template = "Only one amount may be left out, and {names} have none: give all but one."


class NothingRemains(TransactionError):
    message_id = "nothing-remains"
    template = "The amount left out for {account!r} would be zero: leave that posting out."


class RemainderInSeveralCurrencies(TransactionError):
    message_id = "remainder-in-several-currencies"
    template = "The amount left out for {account!r} cannot be found: the others do not balance in {currencies}."


class SelfTransfer(TransactionError):
    message_id = "self-transfer"
    template = "A transfer from {account!r} to itself moves nothing: name two accounts."


class TransactionNotFound(TransactionError):
    message_id = "transaction-not-found"
    template = "There is no transaction {number}: this book's numbers run from 1 to {last}."


class AlreadyReversed(TransactionError):
    message_id = "already-reversed"
    template = "Transaction {number} was already reversed by {reversal}: reverse that one to take it back."


class TransactionVoided(TransactionError):
    message_id = "transaction-voided"
    template = "Transaction {number} is void and cannot be {act}."


class NotItsMirror(TransactionError):
    message_id = "not-its-mirror"
    template = "This cannot stand as the reversal of transaction {number}: it does not mirror the whole of it."


class ClosingStands(TransactionError):
    """Only closing a period makes a closing transaction, and only reopening takes it back."""

    message_id = "closing-stands"
    template = "{what}: `period close` makes closing transactions, and `period reopen` takes them back."


class ReversalTooEarly(TransactionError):
    message_id = "reversal-too-early"
    template = (
        "A reversal dated {date} would lie before transaction {number} of {original}: use that date or a later one."
    )


class CorrectByReversal(TransactionError):
    message_id = "correct-by-reversal"
    template = "Transaction {number} cannot be {act}: this book is strict and corrects by reversal only."


class ReconciledPosting(TransactionError):
    message_id = "reconciled-posting"
    template = "Transaction {number} cannot be {act}: a posting of it is reconciled, so reverse it instead."


class ReversalStands(TransactionError):
    message_id = "reversal-stands"
    template = "Transaction {number} is reversed by {reversal}, and neither can be {act} while that stands."


class LaterAct(TransactionError):
    """An act cannot be taken back because something later builds on what it did."""

    message_id = "later-act"
    template = "This cannot be taken back: {what} has {later}. Take that back first, or post a correction."


class NothingToUndo(TransactionError):
    message_id = "nothing-to-undo"
    template = "There is nothing of {actor} left to undo."


class NothingToRedo(TransactionError):
    message_id = "nothing-to-redo"
    template = "There is nothing of {actor} to redo: something else was done since, or nothing was undone."


class UnknownSchedule(TransactionError):
    message_id = "unknown-schedule"
    template = "There is no schedule {name!r} in this book: `schedule list` shows those there are."


class InvalidAttachment(TransactionError):
    message_id = "invalid-attachment"
    template = "{address!r} cannot be attached: {reason}."


class AttachmentNotFound(TransactionError):
    message_id = "attachment-not-found"
    template = "Transaction {number} has nothing attached as {address!r}: it has {known}."


class NotDue(TransactionError):
    message_id = "not-due"
    template = "The schedule {name!r} has nothing due on {day}: {reason}."


class PriceDoesNotFit(TransactionError):
    message_id = "price-does-not-fit"
    template = "The written prices leave {difference} {currency} unexplained: check the prices and amounts."


class HookFailed(TransactionError):
    """A before-hook raised something other than a refusal; the act is refused."""

    message_id = "hook-failed"
    template = "The plug-in {hook} failed ({problem}): nothing was written."


class PeriodNotClosed(TransactionError):
    message_id = "period-not-closed"
    template = "{date} is not in a closed period: there is nothing to reopen."


class NotAFiscalYearEnd(TransactionError):
    message_id = "not-a-fiscal-year-end"
    template = "{date} is not the last day of a fiscal year: close it without a closing transaction."


class NothingToClose(TransactionError):
    message_id = "nothing-to-close"
    template = "No income or expense account holds anything on {date}: close it without a closing transaction."


class PeriodClosed(TransactionError):
    message_id = "period-closed"
    template = "{date} lies in a period closed through {through}: use a later date, or reopen the period."


class CorrectionInClosedPeriod(PeriodClosed):
    """What was posted in days that are closed now cannot be corrected there; no date is asked for."""

    message_id = "correction-in-closed-period"
    template = (
        "Transaction {number} cannot be {act}: {date} lies in a period closed through {through}; "
        "reopen the period, or reverse it on a day that is open."
    )


class CorrectionsInClosedPeriod(PeriodClosed):
    message_id = "corrections-in-closed-period"
    template = (
        "{count} of {chosen} transactions cannot be {act}, dated in a period closed through {through}: "
        "leave them out, reopen the period, or reverse them on a day that is open."
    )


class ReferenceTaken(TransactionError):
    message_id = "reference-taken"
    template = "The reference {reference!r} already belongs to transaction {number}: use another."


class ReferenceRepeated(ReferenceTaken):
    message_id = "reference-repeated"
    template = "The reference {reference!r} is given to two transactions here, and each must have its own."


class KeyReused(TransactionError):
    message_id = "key-reused"
    template = "The key {key!r} was used before for something else: use a new key for a new act."


class PostingRefused(TransactionError):
    """Raised by a before-hook to refuse an act; the reason is the hook's own sentence."""

    message_id = "posting-refused"

    def __init__(self, reason: str | Said = "", **values: object) -> None:
        super().__init__(reason=reason, **values)
