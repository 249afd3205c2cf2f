"""What can be wrong with a party that is asked for?"""

from __future__ import annotations

from tui_ledger.errors.accounts import AccountClosed, UnknownAccount
from tui_ledger.errors.base import LedgerError, did_you_mean
from tui_ledger.words import filled


class PartyError(LedgerError):
    message_id = "party"


class UnknownParty(PartyError):
    message_id = "unknown-party"
    template = "There is no party {party!r} in this book{nearest}: check the key, or add it first."

    def __init__(self, *, party: object, nearest: str = "") -> None:
        super().__init__(party=party, nearest=nearest)

    def sentence(self) -> str:
        return filled(self.template, {**self.values, "nearest": did_you_mean(self.values["nearest"])})


class PartyExists(PartyError):
    message_id = "party-exists"
    template = "There is already a party {party!r}: choose another key."


class InvalidParty(PartyError):
    message_id = "invalid-party"
    template = "{what} {text!r} cannot be kept: {reason}."


class ReferralCircle(PartyError):
    message_id = "referral-circle"
    template = "{party!r} cannot be referred by {referrer!r}: the referrals would run in a circle ({circle})."


class PartyInUse(PartyError):
    message_id = "party-in-use"
    template = "{party!r} cannot be deleted, since it has {use}: set it inactive instead."


class PartyInactive(PartyError):
    message_id = "party-inactive"
    template = "{party!r} is inactive and takes no new postings this way: set it active again first."


class PartyAccountClosed(PartyError, AccountClosed):
    """What a party is owed for a purpose stands on an account that is closed; also an AccountClosed."""

    message_id = "party-account-closed"
    template = (
        "{party!r} takes no more postings for {purpose!r} in {currency}: {account!r} is closed since {date}; reopen it "
        "(`account reopen`), or open another account for the party."
    )

    def __init__(self, *, party: object, purpose: object, currency: object, account: object, date: object) -> None:
        LedgerError.__init__(self, party=party, purpose=purpose, currency=currency, account=account, date=date)


class PartyWithoutAccount(PartyError, UnknownAccount):
    """No account of a party that fits; also an UnknownAccount."""

    message_id = "party-without-account"
    template = "{party!r} has no account for {purpose!r} in {currency} that takes postings: open one for it first."

    def __init__(self, *, party: object, purpose: object, currency: object) -> None:
        LedgerError.__init__(self, party=party, purpose=purpose, currency=currency)

    def sentence(self) -> str:
        return filled(self.template, self.values)
