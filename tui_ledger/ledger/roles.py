"""Which acts is a person who signed in free to do? By the role they have in the book."""

from __future__ import annotations

from enum import StrEnum

from tui_ledger.words import N_, Said, Word


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
    "add-user": N_("add users"),
    "edit-user": N_("change users"),
    "delete-user": N_("remove users"),
    "set-passphrase": N_("set passphrases"),
    "currency-digits": N_("give a currency more digits"),
    "reopen-period": N_("reopen a period"),
    "rebuild": N_("rebuild balances"),
    "set-setting": N_("change settings"),
    "party-credit": N_("credit a party"),
    "party-debit": N_("debit a party"),
    "party-adjust": N_("adjust a party"),
    WRITE: N_("write in this book"),
    "backup": N_("back the book up"),
    "copy": N_("copy the book"),
}


def who_may(kind: str) -> tuple[Role, ...]:
    """The roles that may do acts of a kind."""
    return (Role.ADMINISTRATOR,) if kind in FOR_ADMINISTRATORS else WRITERS


_WITH_ARTICLE = {
    Role.ADMINISTRATOR: N_("an administrator"),
    Role.BOOKKEEPER: N_("a bookkeeper"),
    Role.VIEWER: N_("a viewer"),
    Role.PARTY: N_("a party"),
}


def act_in_plain_words(kind: str) -> str:
    """A kind of act as it stands behind `may not`; looked up where it is shown."""
    return _IN_WORDS.get(kind) or kind.replace("-", " ")


def with_article(role: Role) -> Word:
    """`an administrator`, `a viewer`; looked up where it is shown."""
    return _WITH_ARTICLE[role]


def those_in_words(roles: tuple[Role, ...]) -> Word | Said:
    """`a bookkeeper or an administrator`; looked up where it is shown."""
    first, *others = roles
    said = with_article(first)
    return Said("{one} or {other}", one=said, other=those_in_words(tuple(others))) if others else said
