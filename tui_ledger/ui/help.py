"""What is worth knowing about the thing that has the focus?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui_ledger.ui.keys import Scope


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of help: a title, a few sentences, and the keys that work there."""

    title: str
    text: str
    scopes: tuple[Scope, ...]


def topic_for(names: Iterable[str]) -> Topic:
    """The topic of the first name that has one; `names` are ids and classes from the focus outwards."""
    return next((TOPICS[name] for name in names if name in TOPICS), TOPICS[""])


_LISTED = (Scope.TRANSACTIONS, Scope.LIST)

TOPICS = {
    "tree": Topic(
        "Accounts",
        "Every account with its balance in its own direction: a grown liability is positive. "
        "A heading shows the sum of what lies beneath it. Enter opens the register of an account.",
        (Scope.ACCOUNTS, Scope.DEPTH, *_LISTED),
    ),
    "register": Topic(
        "Register",
        "One account, oldest first. Change and balance are in the account's own direction; the balance is the stored "
        "one, true on every row. Enter shows the whole transaction in the journal.",
        _LISTED,
    ),
    "journal-rows": Topic(
        "Journal",
        "Every transaction in the order of its date, the newest at the bottom. The marks: c cleared, R reconciled, "
        "V void. Enter goes to the postings, Enter there to the account.",
        _LISTED,
    ),
    "postings": Topic(
        "Postings",
        "The lines of the highlighted transaction. Enter leads to an account's register.",
        (Scope.LIST,),
    ),
    "report": Topic(
        "Balance sheet",
        "What the book owns, owes and keeps at the end of a day. Enter on an account opens its register, Esc comes "
        "back here. The last line says whether assets equal liabilities and equity.",
        (Scope.REPORTS, Scope.DEPTH, Scope.LIST),
    ),
    "date": Topic(
        "Date",
        "Type a part of it and the rest is filled in from the date before: 5, 5-2, 0502, +5. A closed period is "
        "refused here.",
        (Scope.DATE, Scope.FORM),
    ),
    "payee": Topic(
        "Payee",
        "A few letters and Enter take a payee of the book, and its last transaction with it: change the amount, post. "
        "Tab keeps a new name as typed. While this field is empty, + and - move the date.",
        (Scope.FORM, Scope.COMPLETION),
    ),
    "memo": Topic("Memo", "What it was for. May stay empty.", (Scope.FORM,)),
    "account": Topic(
        "Account",
        "Beginnings of words of its path, in order: ban cur finds Assets:Bank:Current. A code works too. What this "
        "payee used most comes first.",
        (Scope.FORM, Scope.COMPLETION),
    ),
    "amount": Topic(
        "Amount",
        "Debits are positive, credits have a minus, or a c typed behind them. It calculates: 12*4.50, (3+4)*2. "
        "One amount may stay open; it takes what balances the transaction, shown in grey.",
        (Scope.AMOUNT, Scope.FORM),
    ),
    "": Topic("Keys", "The keys that work everywhere.", (Scope.EVERYWHERE,)),
}
