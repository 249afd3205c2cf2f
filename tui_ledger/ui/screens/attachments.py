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

MISSING = "✗ not there"


class AttachmentsSheet(SheetDialog[Attachment]):
    """What is attached to one transaction; it may change in closed periods too."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")
    labels: ClassVar[dict[str, str]] = {"add": "Attach", "edit": "Open", "remove": "Take off"}

    def __init__(self, desk: Desk, number: int, title: str) -> None:
        self._number = number
        grid: Grid[Attachment] = Grid(
            [
                Column("Document", name_of, minimum=16, preferred=28, yields=1),
                Column("Where", place_of, minimum=10, grows=1),
                Column("", lambda one: MISSING if one.is_missing else "", exact=True, minimum=0),
            ],
            lambda one: one.address,
            empty="Nothing is attached yet: a attaches a file or a web address.",
            id="attachments",
        )
        super().__init__(desk, f"Documents of {title}", grid)

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

        question = f"Take {name_of(attachment)} off? The document itself stays where it is."
        self.app.push_screen(ActDialog(question, "Take off", remove), lambda done: self.fill() if done else None)


class AttachForm(FormDialog[Attachment]):
    """A file, its path completed as it is typed, or an address on the web."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk, self._number = desk, number
        self.address = Field(id="attachment-address", placeholder="receipts/march.pdf or https://…")
        note = "A file in the book's folder is kept by its path from there, so that both can move together."
        super().__init__("Attach a document", (FormRow("File or address", self.address),), save="Attach", note=note)

    def act(self) -> Attachment:
        with self.about(self.address):
            if not (reaches_files() or is_web_address(self.address.value.strip())):
                raise InvalidOptions(reason="From a browser only an address on the web is attached: https://…")
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
    count = f"{len(attached)} document{'' if len(attached) == 1 else 's'}"
    undo = pressed("sheet-undo")
    return f"{count}, {missing} not there" if missing else f"{count} · {undo} takes the last change back"
