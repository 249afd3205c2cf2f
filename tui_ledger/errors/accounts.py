"""What can be wrong with an account that is asked for?"""

from __future__ import annotations

from tui_ledger.errors.base import LedgerError, did_you_mean
from tui_ledger.words import filled


class AccountError(LedgerError):
    message_id = "account"


class UnknownAccount(AccountError):
    message_id = "unknown-account"
    template = "There is no account {account!r} in this book{nearest}: check the name, or open it first."

    def __init__(self, *, account: object, nearest: str = "") -> None:
        super().__init__(account=account, nearest=nearest)

    def sentence(self) -> str:
        return filled(self.template, {**self.values, "nearest": did_you_mean(self.values["nearest"])})


class AmbiguousAccount(AccountError):
    message_id = "ambiguous-account"
    template = "{account} matches several accounts ({names}): name one of them."


class EmptyFilter(AccountError):
    message_id = "empty-filter"
    template = (
        "An account filter without attributes matches nothing in particular: name at least one, such as {{user=7}}."
    )


class AccountExists(AccountError):
    message_id = "account-exists"
    template = "There is already an account {account!r}: choose another {what}."


class AccountClosed(AccountError):
    message_id = "account-closed"
    template = "{account!r} is closed since {date}: reopen it, or use another account."


class AccountNotYetOpen(AccountError):
    message_id = "account-not-yet-open"
    template = "{account!r} opens on {opened} and takes nothing dated {date}: use a later date."


class PlaceholderAccount(AccountError):
    message_id = "placeholder-account"
    template = "{account!r} is a placeholder and takes no postings: use one of its sub-accounts."


class AccountTypeMismatch(AccountError):
    message_id = "account-type-mismatch"
    template = "{account!r} cannot be of type {type}: {relative!r} above or beside it is of type {relative_type}."


class AccountInUse(AccountError):
    message_id = "account-in-use"
    template = "{account!r} has postings and cannot be {act}: {advice}."


class AccountNotEmpty(AccountError):
    message_id = "account-not-empty"
    template = "{account!r} still holds {balance}: bring it to zero before closing it."


class WrongCurrency(AccountError):
    message_id = "wrong-currency"
    template = "{account!r} is kept in {currency} and takes no {other}: use an account in {other}."


class ReceivedMissing(WrongCurrency):
    message_id = "received-missing"
    template = "{account!r} is kept in {currency} and {other} are sent: say what arrives there, with --received."


class MinimumBalanceBroken(AccountError):
    message_id = "minimum-balance"
    template = "{account!r} would fall to {balance} on {date}, below its minimum of {minimum}: reduce the amount."
