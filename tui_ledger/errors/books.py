"""What can be wrong with a whole book, its file or its server?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError


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


class BookTooOld(BookError):
    message_id = "book-too-old"
    template = (
        "{path} was written by an older tui-ledger (format {found}, this one writes {known}): "
        "open it once for writing, which brings it up to date."
    )


class BookNotBroughtUp(BookError):
    message_id = "book-not-brought-up"
    template = (
        "{path} was written by an older tui-ledger and cannot be brought up to date ({reason}): it was left as it is."
    )


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
    template = "{path} was moved, replaced or deleted while it was open: nothing was written, quit and open it again."


class BookOverwritten(BookReplaced):
    """Something else was copied into the book's own file: another book, or an earlier state of this one."""

    message_id = "book-overwritten"
    template = (
        "{path} was overwritten by another program while it was open: nothing was written, quit and open it again."
    )


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
