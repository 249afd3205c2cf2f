"""Which documents belong to a transaction? Listed, opened, attached and taken off; those that are gone are shown."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from tui_ledger.errors import InvalidOptions, LedgerError
from tui_ledger.ledger.attachments import Attachment, is_web_address
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.open_document import open_document
from tui_ledger.ui.path_completion import path_completions
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.signing import reaches_files
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, NP_, _, ngettext

MISSING_MARK = "✗"


class AttachmentsSheet(SheetDialog[Attachment]):
    """What is attached to one transaction; it may change in closed periods too."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")
    labels: ClassVar[dict[str, str]] = {"add": N_("Attach"), "edit": NP_("verb", "Open"), "remove": N_("Take off")}

    def __init__(self, desk: Desk, number: int, title: str) -> None:
        self._number = number
        empty = _("Nothing is attached yet: {key} attaches a file or a web address.")
        grid: Grid[Attachment] = Grid(
            [
                Column(_("Document"), name_of, minimum=16, preferred=28, yields=1),
                Column(_("Where"), place_of, minimum=10, grows=1),
                Column("", _standing, exact=True, minimum=0),
            ],
            lambda one: one.address,
            empty=empty.format(key=pressed("sheet-add")),
            id="attachments",
        )
        super().__init__(desk, _("Documents of {transaction}").format(transaction=title), grid)

    @property
    def offered(self) -> tuple[str, ...]:
        """Reading only, documents are still opened."""
        return super().offered or ("edit",)

    def fill(self) -> None:
        nothing: tuple[Attachment, ...] = ()
        attached = self.desk.ask(lambda: self.desk.ledger.attachments(self._number), nothing)
        self.grid.show(ListWindow(attached, lambda one: one.address))
        self.about_row.say(attached_in_words(attached))

    def action_add(self) -> None:
        def answered(attached: Attachment | None) -> None:
            if attached is not None:
                self.fill()
                self.grid.go_to(attached.address)

        self.app.push_screen(AttachForm(self.desk, self._number), answered)

    def action_edit(self) -> None:
        attachment = self.grid.row
        if attachment is None:
            return
        try:
            open_document(self.app, attachment)
        except LedgerError as refusal:
            self.desk.tell(str(refusal))

    def action_remove(self) -> None:
        attachment = self.grid.row
        if attachment is None:
            return

        def remove() -> Attachment:
            self.desk.ledger.detach(self._number, attachment.address)
            return attachment

        template = _("Take {document} off? The document itself stays where it is.")
        question = ActDialog(template.format(document=name_of(attachment)), _("Take off"), remove)
        self.app.push_screen(question, lambda done: self.fill() if done else None)


class AttachForm(FormDialog[Attachment]):
    """A file, its path completed as it is typed, or an address on the web."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk, self._number = desk, number
        self.address = Field(id="attachment-address", placeholder=_("receipts/march.pdf or https://…"))
        note = _("A file in the book's folder is kept by its path from there, so that both can move together.")
        rows = (FormRow(_("File or address"), self.address),)
        super().__init__(_("Attach a document"), rows, save=_("Attach"), note=note)

    def act(self) -> Attachment:
        with self.about(self.address):
            if not (reaches_files() or is_web_address(self.address.value.strip())):
                raise InvalidOptions(reason=N_("From a browser only an address on the web is attached: https://…"))
            return self._desk.ledger.attach(self._number, self.address.value.strip())[-1]

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field.value else []


def name_of(attachment: Attachment) -> str:
    """What a document is called: its file's name, or the end of its address."""
    if attachment.path is not None:
        return attachment.path.name
    return attachment.address.rstrip("/").rpartition("/")[2] or attachment.address


def place_of(attachment: Attachment) -> str:
    """Where it is: the folder it lies in, as the book keeps it, or the whole address."""
    return attachment.address if is_web_address(attachment.address) else str(Path(attachment.address).parent)


def attached_in_words(attached: tuple[Attachment, ...]) -> str:
    """How many there are, and how many of them are gone."""
    if not attached:
        return ""
    missing = sum(one.is_missing for one in attached)
    count = ngettext("{n} document", "{n} documents", len(attached)).format(n=len(attached))
    if missing:
        return _("{documents}, {missing} not there").format(documents=count, missing=missing)
    template = _("{documents} · {key} takes the last change back")
    return template.format(documents=count, key=pressed("sheet-undo"))


def _standing(attachment: Attachment) -> str:
    """A mark and words at a document that is gone, '' at any other."""
    return f"{MISSING_MARK} {_('not there')}" if attachment.is_missing else ""
