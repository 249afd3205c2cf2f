"""What can be wrong with other files, reports and options?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError


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


class SettingsNotKept(LedgerError):
    """The file of the program's own settings stays as it was."""

    message_id = "settings-not-kept"
    template = "{path} was not changed: {reason}."


class DocumentNotOpened(LedgerError):
    message_id = "document-not-opened"
    template = "{document} cannot be opened: {reason}."


class InvalidChart(LedgerError):
    """A file that describes no chart of accounts a book could be made with."""

    message_id = "invalid-chart"
    template = "The chart of accounts {chart} cannot be used: {reason}."
