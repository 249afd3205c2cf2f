"""Which account holds what a party is owed? The one it has for a purpose; where it has none, the one to be opened."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import AmbiguousAccount, PartyAccountClosed, PartyWithoutAccount
from tui_ledger.ledger import accounts
from tui_ledger.ledger.account_rules import rule_for
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.values import DEFAULT_PURPOSE, Account, AccountType
from tui_ledger.words import Said, Several

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft
    from tui_ledger.ledger.parties import Party

PARTY_RULES = "party_rules"
DEFAULT_PARENT = "Liabilities:Parties"
_NAMED = 3


def accounts_of_party(database: BookDatabase, chart: Chart, party: Party) -> tuple[Account, ...]:
    """The accounts that are kept for a party, closed ones too, in the order they were opened."""
    rows = database.rows("SELECT id FROM accounts WHERE party = ? ORDER BY id", (party.id,))
    return tuple(chart.by_id(row) for (row,) in rows)


def account_for_postings(database: BookDatabase, chart: Chart, party: Party, purpose: str, currency: str) -> Account:
    """The account of a party that takes postings for a purpose in a currency; of several the only liability.

    Raises PartyWithoutAccount, PartyAccountClosed where it has closed ones alone, and AmbiguousAccount where no one of
    several is meant more than the others.
    """
    fitting = [
        account
        for account in accounts_of_party(database, chart, party)
        if account.purpose == purpose and account.currency == currency and not account.placeholder
    ]
    open_ones = [account for account in fitting if account.closed is None]
    if fitting and not open_ones:
        last = fitting[-1]
        raise PartyAccountClosed(
            party=party.key, purpose=purpose, currency=currency, account=last.name, date=last.closed
        )
    if not open_ones:
        raise PartyWithoutAccount(party=party.key, purpose=purpose, currency=currency)
    meant = [one for one in open_ones if one.type is AccountType.LIABILITY] if len(open_ones) > 1 else open_ones
    if len(meant) != 1:
        names = Several([*(one.name for one in open_ones[:_NAMED]), *(["…"] if len(open_ones) > _NAMED else [])])
        raise AmbiguousAccount(account=Said("{party!r} for {purpose!r}", party=party.key, purpose=purpose), names=names)
    return meant[0]


def usual_currency(party: Party, purpose: str, rules: object) -> str | None:
    """The currency a party's account for a purpose is kept in by the first rule that fits; None for the book's."""
    currency = _rule(party, purpose, rules).get("currency")
    return None if currency is None else str(currency)


def account_to_open(party: Party, purpose: str, currency: str | None, rules: object) -> AccountDraft:
    """The account to open: type, parent and currency of the first rule whose `match` fits, by default a liability under
    Liabilities:Parties in the book's currency; its name is the party's key, then the purpose.

    A rule is {"match": {"purpose": ..., "party": ...}, "type": ..., "parent": ..., "currency": ...}. A `currency` that
    is not the usual one stands at the end of the name.
    """
    rule = _rule(party, purpose, rules)
    parts = [rule.get("parent", DEFAULT_PARENT), _as_segment(party.key)]
    parts += [] if purpose == DEFAULT_PURPOSE else [_as_segment(purpose)]
    parts += [] if currency is None else [currency]
    return accounts.AccountDraft(
        name=":".join(parts),
        type=rule.get("type", AccountType.LIABILITY),
        currency=currency or rule.get("currency"),
        party=party,
        purpose=purpose,
    )


def _rule(party: Party, purpose: str, rules: object) -> Mapping[str, Any]:
    return rule_for({"party": party.key, "purpose": purpose}, rules, PARTY_RULES)


def _as_segment(text: str) -> str:
    """A text as one part of an account name: what reads as a colon would divide it."""
    return "".join("-" if ":" in unicodedata.normalize("NFKC", one) else one for one in text)
