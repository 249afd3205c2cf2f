"""Under which name is a report kept?"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.saved_reports import SavedReport, saved_reports
from tui_ledger.reports.requests import Request
from tui_ledger.reports.saved import free_name, in_words
from tui_ledger.text import name_key
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.caption import ErrorCaption
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _


class SaveReportDialog(Dialog[str]):
    """A name for a report; one that is there already is replaced, which is said while it is typed."""

    def __init__(self, desk: Desk, name: str, request: Request) -> None:
        super().__init__(_("Save the report"), (("confirm", _("Save")), CANCEL))
        known: tuple[SavedReport, ...] = desk.ask(lambda: saved_reports(desk.ledger), ())
        self._known = {name_key(one.name): one.name for one in known}
        self._request = request
        self.field = Field(id="report-name", placeholder=_("Name"))
        self.field.put(name)
        self._remark = ErrorCaption(classes="hint")

    def body(self) -> ComposeResult:
        yield self.field
        yield Static(shown(in_words(self._request)), classes="note")
        yield self._remark

    def on_mount(self) -> None:
        super().on_mount()
        self._say_what_is_replaced()
        self.field.select_all()

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        self._say_what_is_replaced()

    def entered(self, field: Field) -> None:
        try:
            name = free_name(field.value)
        except LedgerError as refusal:
            self.show_error(str(refusal))
        else:
            self.dismiss(self._known.get(name_key(name), name))

    def _say_what_is_replaced(self) -> None:
        known = self._known.get(name_key(self.field.value.strip()))
        self._remark.say("" if known is None else _("Replaces the report {name}.").format(name=known))
