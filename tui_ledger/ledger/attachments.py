"""Which documents belong to a transaction, and where are they? Paths, beside the book where they can be, or addresses.

In closed periods too: what is attached changes nothing that was booked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_ledger.errors import AttachmentNotFound, InvalidAttachment, LaterAct
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import ATTACHMENTS, Act
from tui_ledger.text import storable
from tui_ledger.words import N_, Said, Several

LONGEST_ADDRESS = 2_000

_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:(//)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a transaction. `address` is what the book holds; `path` is the file it means, None for a web
    address."""

    transaction: int
    address: str
    path: Path | None

    @property
    def is_missing(self) -> bool:
        """Whether it is a file that is not there now; what a web address leads to is never looked at."""
        return self.path is not None and not self.path.exists()


def addresses_of(database: BookDatabase, numbers: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """What is attached to some transactions, by number; none for those without."""
    marks = ", ".join("?" for _ in numbers)
    rows = database.rows(
        f"SELECT number, address FROM attachments WHERE number IN ({marks}) ORDER BY number, place", tuple(numbers)
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, address in rows:
        found[number] = (*found.get(number, ()), address)
    return found


def all_addresses(database: BookDatabase) -> list[tuple[int, str]]:
    """(transaction, address) of everything attached in the book, by transaction."""
    return [(row[0], row[1]) for row in database.rows("SELECT number, address FROM attachments ORDER BY number, place")]


def attachment_of(number: int, address: str, folder: Path | None) -> Attachment:
    """An address as what it means to a book in a folder; a relative path in a book without one is from here."""
    if is_web_address(address):
        return Attachment(number, address, None)
    path = Path(address)
    return Attachment(number, address, path if path.is_absolute() or folder is None else folder / path)


def checked_address(text: object, folder: Path | None) -> str:
    """What is kept of a path or web address: of a file that lies in the book's folder or beneath, its path from there.

    Raises InvalidAttachment for what is neither, and for a file that is not there.
    """
    if not isinstance(text, (str, os.PathLike)):
        raise InvalidAttachment(address=repr(text), reason=N_("it is a path or a web address"))
    typed = os.fspath(text)
    address = (typed if isinstance(typed, str) else os.fsdecode(typed)).strip()
    if not 0 < len(address) <= LONGEST_ADDRESS or not storable(address) or not address.isprintable():
        raise InvalidAttachment(
            address=address[:60],
            reason=Said(
                "it is a text of 1 to {longest_address} characters without control characters",
                longest_address=LONGEST_ADDRESS,
            ),
        )
    return address if is_web_address(address) else _checked_path(address, folder)


def is_web_address(address: str) -> bool:
    """Whether it is opened by a browser."""
    return _WEB.fullmatch(address) is not None


def write_attachments(database: BookDatabase, act: Act, number: int, addresses: Sequence[str]) -> None:
    """Makes these what is attached to a transaction, in their order, and records it."""
    before = addresses_of(database, (number,)).get(number, ())
    if tuple(addresses) == before:
        return
    database.execute("DELETE FROM attachments WHERE number = ?", (number,))
    database.execute_many(
        "INSERT INTO attachments (number, place, address) VALUES (?, ?, ?)",
        [(number, place, address) for place, address in enumerate(addresses, 1)],
    )
    act.record(subject=f"{ATTACHMENTS} {number}", before=_body(before), after=_body(addresses))


def restore_attachments(
    database: BookDatabase, act: Act, number: int, current: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
) -> None:
    """Puts back what was attached, for undo and redo; raises LaterAct where it was changed since."""
    if list(addresses_of(database, (number,)).get(number, ())) != (current or {}).get("addresses", []):
        raise LaterAct(what=Said("what is attached to transaction {number}", number=number), later=N_("a later change"))
    write_attachments(database, act, number, (wanted or {}).get("addresses", []))


def place_of(number: int, address: str, attached: Sequence[str]) -> int:
    """The index of what is attached under an address, or under its place counted from 1; raises AttachmentNotFound."""
    if address in attached:
        return attached.index(address)
    if address.isascii() and address.isdigit() and 1 <= int(address) <= len(attached):
        return int(address) - 1
    known = Several(attached) if attached else N_("nothing")
    raise AttachmentNotFound(number=number, address=address, known=known)


def _checked_path(address: str, folder: Path | None) -> str:
    try:
        path = _there(Path(address).expanduser(), folder)
    except (OSError, RuntimeError) as problem:
        raise InvalidAttachment(address=address, reason=system_reason(problem)) from None
    if path is None:
        scheme = _OTHER_SCHEME.match(address)
        reason = N_("a web address begins with http:// or https://") if scheme else N_("there is no such file")
        raise InvalidAttachment(address=address, reason=reason)
    if path.is_dir():
        raise InvalidAttachment(address=address, reason=N_("it is a folder; attach the files in it"))
    whole = path.absolute()
    if folder is not None:
        for home in (folder.absolute(), folder.resolve()):
            for candidate in (Path(os.path.normpath(whole)), whole.resolve()):
                if candidate.is_relative_to(home) and candidate != home:
                    return candidate.relative_to(home).as_posix()
    return os.path.normpath(whole)


def _there(path: Path, folder: Path | None) -> Path | None:
    """The file a path means: from here, or else from the book's folder; None where it is in neither."""
    places = [path] if folder is None or path.is_absolute() else [path, folder / path]
    return next((place for place in places if place.exists()), None)


def _body(addresses: Sequence[str]) -> dict[str, Any] | None:
    return {"addresses": list(addresses)} if addresses else None
