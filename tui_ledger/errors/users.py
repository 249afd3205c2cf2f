"""What can be wrong with a user, with signing in, and with what somebody may do?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError, did_you_mean
from tui_ledger.words import filled


class UserError(LedgerError):
    message_id = "user"


class UnknownUser(UserError):
    message_id = "unknown-user"
    template = "There is no user {user!r} in this book{nearest}: check the name, or add them first."

    def __init__(self, *, user: object, nearest: str = "") -> None:
        super().__init__(user=user, nearest=nearest)

    def sentence(self) -> str:
        return filled(self.template, {**self.values, "nearest": did_you_mean(self.values["nearest"])})


class UserExists(UserError):
    message_id = "user-exists"
    template = "There is already a user {user!r}: choose another name."


class InvalidUser(UserError):
    """A name, role or party that a user cannot have; `what` says which."""

    message_id = "invalid-user"
    template = "{what} {text!r} cannot be kept: {reason}."


class InvalidPassphrase(UserError):
    """A passphrase that is not taken; what it is stands nowhere."""

    message_id = "invalid-passphrase"
    template = "This passphrase is not taken: {reason}."


class LastAdministrator(UserError):
    message_id = "last-administrator"
    template = "{user!r} is the last active administrator among the users: make somebody else one first."


class NotPermitted(UserError):
    """An act of somebody who signed in and may not do it: who, as what, what it is, and who may."""

    message_id = "not-permitted"
    template = "{user!r}, {role}, may not {what}: that is for {may}."


class SignInRefused(UserError):
    """The same whatever was wrong, so that nobody learns which names there are."""

    message_id = "sign-in-refused"
    template = "The name or the passphrase is not right: type both again, or ask an administrator of the book."
