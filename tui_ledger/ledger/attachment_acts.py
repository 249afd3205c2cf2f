"""The ledger's acts on documents: attached to a transaction and taken off again, in closed periods too."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from tui_ledger.errors import InvalidAttachment
from tui_ledger.ledger import attachments
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import Transaction
from tui_ledger.words import Said

if TYPE_CHECKING:
    from tui_ledger.ledger.attachments import Attachment

Address = str | PathLike[str]


class AttachmentActs(LedgerBasis):
    """Invoices, receipts, contracts: where they are is kept with the transaction they belong to."""

    def attach(
        self, transaction: Transaction | int, *addresses: Address, key: str | None = None, actor: str | None = None
    ) -> tuple[Attachment, ...]:
        """Attaches files and web addresses; returns all that is attached then.

        A file in the book's folder or beneath is kept by its path from there, so that both can move together. Raises
        TransactionNotFound, InvalidAttachment for a file that is not there or is attached already.
        """
        number = self._number_of(transaction)
        asked = [number, *(str(address) for address in addresses)]

        def run(act: Act) -> tuple[Attachment, ...]:
            attached = list(self.transaction(number).attachments)
            for address in addresses:
                checked = attachments.checked_address(address, self._folder)
                if checked in attached:
                    raise InvalidAttachment(
                        address=checked, reason=Said("it is attached to transaction {number} already", number=number)
                    )
                attached.append(checked)
            attachments.write_attachments(self._database, act, number, attached)
            return self.attachments(number)

        return self._perform("attach", asked, key, actor, run, lambda _: self.attachments(number))

    def detach(
        self, transaction: Transaction | int, address: str | int, *, key: str | None = None, actor: str | None = None
    ) -> tuple[Attachment, ...]:
        """Takes off one document, named by its address or its place from 1; the file itself stays. Returns what is
        still attached. Raises TransactionNotFound, AttachmentNotFound."""
        number = self._number_of(transaction)

        def run(act: Act) -> tuple[Attachment, ...]:
            attached = list(self.transaction(number).attachments)
            del attached[attachments.place_of(number, str(address), attached)]
            attachments.write_attachments(self._database, act, number, attached)
            return self.attachments(number)

        return self._perform("detach", [number, address], key, actor, run, lambda _: self.attachments(number))

    def attachments(self, transaction: Transaction | int | None = None) -> tuple[Attachment, ...]:
        """What is attached to a transaction, in the order it was; without one, to any. Raises TransactionNotFound."""
        if transaction is None:
            found = attachments.all_addresses(self._database)
        else:
            number = self._number_of(transaction)
            found = [(number, address) for address in self.transaction(number).attachments]
        return tuple(attachments.attachment_of(number, address, self._folder) for number, address in found)

    @property
    def _folder(self) -> Path | None:
        path = self._database.path
        return None if path is None else path.absolute().parent

    def _number_of(self, transaction: Transaction | int) -> int:
        return transaction.number if isinstance(transaction, Transaction) else transaction
