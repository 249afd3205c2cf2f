"""Which accounts does the book itself post to? Those its settings name, else English ones.

They are opened where they are missing. In a currency that is not the book's they are sub-accounts, such as
Equity:Opening:USD.
"""

from __future__ import annotations

from typing import Any

from tui_ledger.errors import InvalidSetting, UnknownAccount
from tui_ledger.ledger import accounts, book
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.words import N_

OPENING_BALANCES = "opening_balances"
RETAINED_EARNINGS = "retained_earnings"

DEFAULT_NAMES = {OPENING_BALANCES: "Equity:Opening", RETAINED_EARNINGS: "Equity:Retained earnings"}


def own_account_name(database: BookDatabase, chart: Chart, setting: str) -> str:
    """The full name of the account a setting stands for, in the book's currency: its default where none is set, or
    where the one that was is no more."""
    named = book.read_setting(database, setting)
    if not isinstance(named, str):
        return DEFAULT_NAMES[setting]
    try:
        return chart.find(named).name
    except UnknownAccount:
        return DEFAULT_NAMES[setting]


def own_account(
    database: BookDatabase, act: Act, chart: Chart, setting: str, currency: str, book_currency: str
) -> Account:
    """The account a setting stands for, in a currency; opened as equity where it is missing."""
    name = in_currency(own_account_name(database, chart, setting), currency, book_currency)
    draft = accounts.AccountDraft(name, AccountType.EQUITY, currency=currency)
    return chart.named(name) or accounts.open_account(database, act, chart, draft, book_currency)


def in_currency(name: str, currency: str, book_currency: str) -> str:
    """What one of these accounts is called in a currency."""
    return name if currency == book_currency else f"{name}:{currency}"


def check_own_account(database: BookDatabase, chart: Chart, value: Any) -> None:
    """Refuses what is no equity account in the book's currency that takes postings; raises InvalidSetting,
    UnknownAccount."""
    if not isinstance(value, str):
        raise InvalidSetting(value=value, what=N_("account"), advice=N_("give the name or code of an equity account"))
    found = chart.find(value)
    if found.type is not AccountType.EQUITY or str(found.currency) != book.read_state(database).currency:
        advice = N_("it has to be an equity account in the book's currency")
        raise InvalidSetting(value=value, what=N_("account for this"), advice=advice)
    if found.placeholder or found.closed is not None:
        raise InvalidSetting(value=value, what=N_("account for this"), advice=N_("it takes no postings"))
