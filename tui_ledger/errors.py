"""What can go wrong, as one closed tree: every refusal is a LedgerError with its values."""

from __future__ import annotations

from typing import ClassVar


class LedgerError(Exception):
    """A refusal: one sentence that says what is wrong, where, and what to do.

    `message_id` names the kind for translation and for scripts, `values` are what the sentence is about.
    The English sentence is `template` filled with the values.
    """

    message_id: ClassVar[str] = "refused"
    template: ClassVar[str] = "{reason}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence())

    def sentence(self) -> str:
        return self.template.format_map(self.values)

    def __str__(self) -> str:
        return self.sentence()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.values))


def _rebuild(kind: type[LedgerError], values: dict[str, object]) -> LedgerError:
    return kind(**values)


class InvalidValue(LedgerError):
    """A value that cannot be read: an amount, a date, a name, a currency, a text."""

    message_id = "invalid-value"


class InvalidAmount(InvalidValue):
    message_id = "invalid-amount"
    template = "{text!r} is not an amount: write digits with a point and no grouping, such as 1450.00."


class FloatAmount(InvalidAmount, TypeError):
    """Raised for `float` amounts; also a TypeError."""

    message_id = "float-amount"
    template = "{text} is a float and cannot hold money exactly: give a Decimal, an int or a string."


class TooManyDecimals(InvalidAmount):
    message_id = "too-many-decimals"
    template = "{text} has more decimals than {currency} allows ({digits}): round it first."


class AmountTooLarge(InvalidAmount):
    message_id = "amount-too-large"
    template = "{text} is beyond what a book can hold ({limit}): check the digits."


class AmountNotPositive(InvalidAmount):
    message_id = "amount-not-positive"
    template = "The amount {text} must be greater than zero: the direction is said by the act, not by the sign."


class ZeroAmount(InvalidAmount):
    message_id = "zero-amount"
    template = "The amount for {account} is zero: give an amount other than zero, or leave the posting out."


class InvalidDate(InvalidValue):
    message_id = "invalid-date"
    template = "{text!r} is not a date of the calendar: write YYYY-MM-DD, such as 2026-01-31."


class InvalidMonthDay(InvalidDate):
    message_id = "invalid-month-day"
    template = "{text!r} is not a day of every year: write MM-DD, such as 04-01."


class InvalidName(InvalidValue):
    message_id = "invalid-name"
    template = "{name!r} cannot be an account name: {reason}."


class InvalidText(InvalidValue):
    message_id = "invalid-text"
    template = "{field} cannot be stored: {reason}."


class InvalidCurrency(InvalidValue):
    message_id = "invalid-currency"
    template = "{code!r} is not a currency this book knows: {advice}."


class CurrencyExists(InvalidCurrency):
    message_id = "currency-exists"
    template = "This book keeps {code} already, with {digits} digits: `currency digits` gives it more."


class DigitsOnlyRise(InvalidCurrency):
    """Fewer digits would cut what is booked already."""

    message_id = "digits-only-rise"
    template = "{code} is kept with {digits} digits in this book, and can only be given more (up to 12), not {wanted}."


class InvalidPrice(InvalidValue):
    message_id = "invalid-price"
    template = "{text!r} is no price: {advice}."


class NoPrice(InvalidValue):
    message_id = "no-price"
    template = "There is no price for {currency} in {in_currency} on or before {date}: add one with `price add`."


class PriceNotFound(InvalidValue):
    message_id = "price-not-found"
    template = "There is no price of {currency} in {in_currency} on {date} itself: `price list` shows those there are."


class InvalidSetting(InvalidValue):
    message_id = "invalid-setting"
    template = "{value!r} is no {what}: {advice}."


class AccountError(LedgerError):
    message_id = "account"


class UnknownAccount(AccountError):
    message_id = "unknown-account"
    template = "There is no account {account!r} in this book{nearest}: check the name, or open it first."

    def __init__(self, *, account: object, nearest: str = "") -> None:
        super().__init__(account=account, nearest=nearest)

    def sentence(self) -> str:
        nearest = self.values["nearest"]
        hint = f" (did you mean {nearest!r}?)" if nearest else ""
        return self.template.format(account=self.values["account"], nearest=hint)


class AmbiguousAccount(AccountError):
    message_id = "ambiguous-account"
    template = "{account} matches several accounts ({names}): name one of them."


class EmptyFilter(AccountError):
    message_id = "empty-filter"
    template = (
        "An account filter without attributes matches nothing in particular: name at least one, such as {{user=7}}."
    )


class AccountExists(AccountError):
    message_id = "account-exists"
    template = "There is already an account {account!r}: choose another {what}."


class AccountClosed(AccountError):
    message_id = "account-closed"
    template = "{account!r} is closed since {date}: reopen it, or use another account."


class AccountNotYetOpen(AccountError):
    message_id = "account-not-yet-open"
    template = "{account!r} opens on {opened} and takes nothing dated {date}: use a later date."


class PlaceholderAccount(AccountError):
    message_id = "placeholder-account"
    template = "{account!r} is a placeholder and takes no postings: use one of its sub-accounts."


class AccountTypeMismatch(AccountError):
    message_id = "account-type-mismatch"
    template = "{account!r} cannot be of type {type}: {relative!r} above or beside it is of type {relative_type}."


class AccountInUse(AccountError):
    message_id = "account-in-use"
    template = "{account!r} has postings and cannot be {act}: {advice}."


class AccountNotEmpty(AccountError):
    message_id = "account-not-empty"
    template = "{account!r} still holds {balance}: bring it to zero before closing it."


class WrongCurrency(AccountError):
    message_id = "wrong-currency"
    template = "{account!r} is kept in {currency} and takes no {other}: use an account in {other}."


class MinimumBalanceBroken(AccountError):
    message_id = "minimum-balance"
    template = "{account!r} would fall to {balance} on {date}, below its minimum of {minimum}: reduce the amount."


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


class InvalidFiscalYear(InvalidValue):
    message_id = "invalid-fiscal-year"
    template = "A fiscal year from {first} to {last} cannot be set: {reason}."


class FiscalYearNotSet(InvalidValue):
    message_id = "fiscal-year-not-set"
    template = "No fiscal year was set from {first} on: `period years` lists those that were."


class NotAFiscalYearEnd(TransactionError):
    message_id = "not-a-fiscal-year-end"
    template = "{date} is not the last day of a fiscal year: close it without a closing transaction."


class NothingToClose(TransactionError):
    message_id = "nothing-to-close"
    template = "No income or expense account holds anything on {date}: close it without a closing transaction."


class PeriodClosed(TransactionError):
    message_id = "period-closed"
    template = "{date} lies in a period closed through {through}: use a later date, or reopen the period."


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

    def __init__(self, reason: str = "", **values: object) -> None:
        super().__init__(reason=reason, **values)


class BookError(LedgerError):
    message_id = "book"


class BookNotFound(BookError):
    message_id = "book-not-found"
    template = "There is no book at {path}: check the path, or make one with `tui-ledger init {path} --currency EUR`."


class NoBookNamed(BookError):
    message_id = "no-book-named"
    template = (
        "No book was named: give one with --book BOOK or TUI_LEDGER_BOOK, make one with "
        "`tui-ledger init BOOK --currency EUR`, or look at `tui-ledger demo`."
    )


class BookExists(BookError):
    message_id = "book-exists"
    template = "{path} exists already and was left as it is: choose another name."


class BookNotMade(BookError):
    message_id = "book-not-made"
    template = "A book cannot be made at {path}: {reason}."


class NotABook(BookError):
    message_id = "not-a-book"
    template = "{path} is no tui-ledger book ({reason}): it was left untouched."


class BookTooNew(BookError):
    message_id = "book-too-new"
    template = "{path} was written by a newer tui-ledger (format {found}, this one knows {known}): update the program."


class BookDamaged(BookError):
    message_id = "book-damaged"
    template = "{path} is damaged ({reason}): run `tui-ledger verify`, or restore a backup. Nothing was written."


class BookReadOnly(BookError):
    message_id = "book-read-only"
    template = "{path} was opened for reading only: open it without --read-only to write."


class BookBusy(BookError):
    message_id = "book-busy"
    template = "{path} is locked by another program: nothing was written, try again in a moment."


class BookReplaced(BookError):
    message_id = "book-replaced"
    template = "{path} was moved, replaced or deleted while it was open: nothing was written, open it again."


class BookUnwritable(BookError):
    message_id = "book-unwritable"
    template = "{path} cannot be written ({reason}): nothing was written."


class BookRefused(BookError):
    """A guard inside the database refused a write that the checks before it had let through."""

    message_id = "book-refused"
    template = "{path} refused the write ({reason}): nothing was written."


class BalanceTooLarge(BookError):
    message_id = "balance-too-large"
    template = "A balance would go beyond what a book can hold (4·10^18 minor units): nothing was written."


class LedgerClosed(BookError):
    message_id = "ledger-closed"
    template = "This ledger was closed: open the book again."


class UnsupportedDatabase(BookError):
    message_id = "unsupported-database"
    template = "{url} is no database this program can open: {advice}."


class ImportRefused(LedgerError):
    """A file that could not be read whole; `refused` lists (line, reason) pairs. Nothing was imported."""

    message_id = "import-refused"
    template = "{path}:{line}: {reason}. Nothing was imported{more}."

    @property
    def refused(self) -> tuple[tuple[int, str], ...]:
        found = self.values.get("refused", ())
        return found if isinstance(found, tuple) else ()


class FileNotReadable(LedgerError):
    message_id = "file-not-readable"
    template = "{path} cannot be read: {reason}."


class ExportFailed(LedgerError):
    message_id = "export-failed"
    template = "{path} cannot be written: {reason}. No half file was left."


class UnknownReport(LedgerError):
    message_id = "unknown-report"
    template = "There is no report {name!r}: choose one of {known}."


class InvalidOptions(LedgerError):
    """Options that make no sense together."""

    message_id = "invalid-options"


class AmountNotUnderstood(InvalidAmount):
    """A typed amount that is no number in the locale's notation."""

    message_id = "amount-not-understood"
    template = "{text!r} is not an amount here: write it like {example}."


class AmbiguousAmount(InvalidAmount):
    """A typed amount whose separators stand where the locale would not put them."""

    message_id = "ambiguous-amount"
    template = "{text!r} could be {readings}: write it with {decimal!r} before the decimals."


class AmountInOtherCurrency(InvalidAmount):
    message_id = "amount-in-other-currency"
    template = "{text!r} is not in {currency}: leave the currency out, or use an account kept in it."


class CalculationFailed(InvalidAmount):
    message_id = "calculation-failed"
    template = "{text!r} cannot be calculated: {reason}."


class DateNotUnderstood(InvalidDate):
    """A typed date that is none in the locale's order."""

    message_id = "date-not-understood"
    template = "{text!r} is not a date here: write it like {example}, or only its day."


class NoSuchDay(InvalidDate):
    message_id = "no-such-day"
    template = "There is no {day}: that month has {days} days."


class NoSuchMonth(InvalidDate):
    message_id = "no-such-month"
    template = "There is no month {month} in {text!r}: dates are written like {example} here."


class BookUnreachable(BookError):
    message_id = "book-unreachable"
    template = "{path} cannot be reached ({reason}): see that the server runs, and check the address and the sign-in."


class BookUncertain(BookError):
    """The connection went away while the last word of a write was awaited."""

    message_id = "book-uncertain"
    template = "{path} went away while it was being written: look whether that is there before doing it again."


class HistoryBroken(BookError):
    """The history of a book is not whole, so no whole book can be made of it."""

    message_id = "history-broken"
    template = (
        "The history of {path} is whole only through change {kept} of {changes} ({reason}): nothing was made. "
        "`rebuild --from-history --as-far-as-it-goes` makes a book of that part, and says what is lost."
    )


class BackupFailed(BookError):
    message_id = "backup-failed"
    template = "No backup of {path} was made: {reason}."


class BackupDamaged(BookError):
    message_id = "backup-damaged"
    template = "{path} cannot be restored ({reason}): choose another backup. Nothing was changed."


class RestoreRefused(BookError):
    message_id = "restore-refused"
    template = "{path} was left as it is: {reason}."
