"""How do transactions and prices come in from a file? Its path is asked for; it is read beside the screen."""

from __future__ import annotations

from collections.abc import Callable

from tui_ledger.errors import InvalidOptions
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.path_completion import path_completions, typed_path
from tui_ledger.ui.screens.form_dialog import FormRow
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, WorkDialog
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import N_, _, ngettext

COLUMNS = "date, currency, in_currency, rate"


class ImportPricesDialog(WorkDialog):
    """Prices from a table or a journal, all or none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file = Field(id="prices-file", placeholder="prices.csv")
        note = _("CSV with the columns {columns}; or a journal's P lines. All or none.").format(columns=COLUMNS)
        super().__init__(_("Import prices"), (FormRow(_("File"), self.file),), start=_("Import"), note=note)

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field.value else []

    def job(self) -> Callable[[Progress], Outcome]:
        with self.about(self.file):
            if not self.file.value.strip():
                raise InvalidOptions(reason=N_("Which file? Type its path."))
        path, desk = typed_path(self.file.value), self._desk

        def read(progress: Progress) -> Outcome:
            from tui_ledger.importing.prices import import_prices

            found = import_prices(desk.ledger, path, progress=progress)
            noted = ngettext("Noted {n} price.", "Noted {n} prices.", found.imported)
            return Outcome(noted.format(n=desk.count(found.imported)), found.notes)

        return read
