"""Under which name is a template kept?"""

from __future__ import annotations

from textual.app import ComposeResult

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.templates import Template, checked_name, templates
from tui_ledger.text import name_key
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.widgets.caption import ErrorCaption
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import _


class TemplateDialog(Dialog[str]):
    """A name for a template; one that is there already is replaced, which is said while it is typed."""

    def __init__(self, desk: Desk, template: Template) -> None:
        super().__init__(_("Save as template"), (("confirm", _("Save")), CANCEL))
        known: tuple[Template, ...] = desk.ask(lambda: templates(desk.ledger), ())
        self._known = {name_key(one.name): one.name for one in known}
        self.field = Field(id="template-name", placeholder=_("Name"))
        self.field.put(template.payee or template.memo)
        self._remark = ErrorCaption(classes="hint")

    def body(self) -> ComposeResult:
        yield self.field
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
            name = checked_name(field.value)
        except LedgerError as refusal:
            self.show_error(str(refusal))
        else:
            self.dismiss(self._known.get(name_key(name), name))

    def _say_what_is_replaced(self) -> None:
        known = self._known.get(name_key(self.field.value.strip()))
        self._remark.say("" if known is None else _("Replaces the template {name}.").format(name=known))
