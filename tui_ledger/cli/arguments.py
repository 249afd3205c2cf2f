"""How is 'ACCOUNT AMOUNT' read?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_ledger.errors import InvalidAmount, LedgerError, UnknownAccount
from tui_ledger.ledger.values import DraftPosting, WrittenPrice, exact_decimal
from tui_ledger.money import is_plain_number

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger

_PRICE = re.compile(
    r"(?P<before>.*\S)\s+(?P<total>@@?)\s*(?P<price>[0-9]+(?:\.[0-9]+)?)\s+(?P<currency>[A-Z][A-Z0-9._-]{0,23})",
    re.DOTALL,
)
_CODE = re.compile(r"[A-Z][A-Z0-9._-]{0,23}")


def posting_argument(ledger: Ledger, text: str) -> DraftPosting:
    """A posting from 'ACCOUNT', 'ACCOUNT AMOUNT' or 'ACCOUNT AMOUNT CURRENCY'; debit positive, credit negative.

    If the whole text names an account, the amount is left out; else it is what follows the last blank, or the one
    before a currency code; a price may follow (100 USD @ 0.92 EUR, or @@ in total).

    Raises UnknownAccount, InvalidAmount.
    """
    words = text.strip()
    if _names_account(ledger, words):
        return DraftPosting(words)
    priced, price = _price(words)
    if price is not None:
        return replace(posting_argument(ledger, priced), price=price)
    account, _, amount = words.rpartition(" ")
    currency = None
    if account and _CODE.fullmatch(amount) and not is_plain_number(amount):
        before, _, number = account.rstrip().rpartition(" ")
        if is_plain_number(number):
            account, amount, currency = before, number, amount
    account = account.rstrip()
    if " @" in words and not (account and _names_account(ledger, account)):
        raise InvalidAmount(text=words.rpartition(" @")[2].strip(" @") or words)
    if not account or not (is_plain_number(amount) or _names_account(ledger, account)):
        ledger.account(words)
        raise UnknownAccount(account=words)
    return DraftPosting(account, amount, currency=currency)


def _price(words: str) -> tuple[str, WrittenPrice | None]:
    """'… 100 USD @ 0.92 EUR' (each) or '@@ 92 EUR' (in total): what stands before the price, and the price."""
    found = _PRICE.fullmatch(words)
    if found is None:
        return words, None
    return found["before"], WrittenPrice(exact_decimal(found["price"]), found["currency"], found["total"] == "@@")


def _names_account(ledger: Ledger, text: str) -> bool:
    try:
        ledger.account(text)
    except LedgerError:
        return False
    return True
