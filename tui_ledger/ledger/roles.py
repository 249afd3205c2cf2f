"""Which acts is a person who signed in free to do? By the role they have in the book."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the book. Whoever opens the book itself, without signing in, is its administrator."""

    ADMINISTRATOR = "administrator"
    BOOKKEEPER = "bookkeeper"
    VIEWER = "viewer"
    PARTY = "party"


WRITE = "write"
"""Any act at all."""

WRITERS = (Role.BOOKKEEPER, Role.ADMINISTRATOR)
READERS = (Role.VIEWER, *WRITERS)
"""Who reads all there is; a party reads what `reading_rights` leaves to it."""

FOR_ADMINISTRATORS = frozenset(
    {
        "create-book",
        "add-user",
        "edit-user",
        "delete-user",
        "set-passphrase",
        "currency-digits",
        "reopen-period",
        "rebuild",
    }
)
"""Acts that change who may do what, or that undo passes over because they reach through the whole book."""

_IN_WORDS = {
    "add-user": "add users",
    "edit-user": "change users",
    "delete-user": "remove users",
    "set-passphrase": "set passphrases",
    "currency-digits": "give a currency more digits",
    "reopen-period": "reopen a period",
    "rebuild": "rebuild balances",
    "set-setting": "change settings",
    "party-credit": "credit a party",
    "party-debit": "debit a party",
    "party-adjust": "adjust a party",
    WRITE: "write in this book",
    "backup": "back the book up",
    "copy": "copy the book",
}


def who_may(kind: str) -> tuple[Role, ...]:
    """The roles that may do acts of a kind."""
    return (Role.ADMINISTRATOR,) if kind in FOR_ADMINISTRATORS else WRITERS


def act_in_plain_words(kind: str) -> str:
    """A kind of act as it stands behind `may not`."""
    return _IN_WORDS.get(kind) or kind.replace("-", " ")


def with_article(role: Role) -> str:
    """`an administrator`, `a viewer`."""
    return f"{'an' if role is Role.ADMINISTRATOR else 'a'} {role}"


def those_in_words(roles: tuple[Role, ...]) -> str:
    """`a bookkeeper or an administrator`."""
    return " or ".join(map(with_article, roles))
