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


_LISTED = (Scope.TRANSACTIONS, Scope.LISTED, Scope.LIST)

TOPICS = {
    "tree": Topic(
        "Accounts",
        "Every account with its balance in its own direction: a grown liability is positive. "
        "A heading shows the sum of what lies beneath it. Enter opens the register of an account. "
        "● is cleared, ◐ has postings older than 30 days that are not, ○ was never cleared.",
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
        "V void, ▪ in a closed period, ● marked. Enter goes to the postings, Enter there to the account. Totals below "
        "are those of what is listed.",
        _LISTED,
    ),
    "filter": Topic(
        "Filter",
        "Words are looked for in payee, memo, reference, tags and accounts, and all must be found. payee: memo: "
        "account: tag: reference: currency: look in one place; amount:>100 and amount:10..20, date:2026-Q1, "
        "date:2026-03..2026-05, month-1, status:cleared, is:void, #1042. A - before it, or not, leaves out; or joins; "
        'quotation marks keep blanks: payee:"Paper Mill". The balance of a row stays the true one.',
        (Scope.FILTER,),
    ),
    "postings": Topic(
        "Postings",
        "The lines of the highlighted transaction. Enter leads to an account's register.",
        (Scope.LIST,),
    ),
    "form-rows": Topic(
        "A form",
        "Enter goes on to the next field and saves on the last, ctrl+s saves from any. A field with choices takes the "
        "next one by space or click, or one by its letter. What cannot be done is said beneath its field.",
        (Scope.BOX, Scope.DIALOG),
    ),
    "menu": Topic("Menu", "Enter does what is highlighted.", (Scope.LIST, Scope.DIALOG)),
    "changes": Topic(
        "History",
        "Who did what, and when, the latest first. Beneath stands what the highlighted change made of it: + came, "
        "- went, ~ became something else. ↶ marks the act that ctrl+z would take back.",
        (Scope.LIST,),
    ),
    "opening-amount": Topic(
        "Opening balances",
        "What each account held at the end of the day, in its own direction: a debt is positive. It calculates. "
        "The difference goes to Equity:Opening, by currency. All of it is one transaction, which this sheet opens "
        "again until its day is closed.",
        (Scope.BOX,),
    ),
    "prices": Topic(
        "Prices",
        "What one unit of a currency was worth on a day. Amounts are converted at the last price on or before theirs.",
        (Scope.SHEET, Scope.LIST),
    ),
    "currencies": Topic(
        "Currencies",
        "What the book keeps amounts in. More digits make every amount finer and can never be taken back.",
        (Scope.SHEET, Scope.LIST),
    ),
    "years": Topic(
        "Periods",
        "Nothing dated on a closed day enters, changes or leaves. A day is opened again for a reason, which the "
        "history keeps. A year that was set goes before the rule of the book.",
        (Scope.SHEET, Scope.LIST),
    ),
    "settings": Topic(
        "Settings",
        "What this book heeds; they go with it wherever it is opened. d takes one away, so that its default holds.",
        (Scope.SHEET, Scope.LIST),
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
        "Tab keeps a new name as typed. While this field is empty, + and - move the date. alt+1 to alt+9 fill the "
        "form from a template, alt+t keeps what stands here as one.",
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
        "One amount may stay open; it takes what balances the transaction, shown in grey. In an account of another "
        "currency the price stands behind it: 100 @ 0.92 EUR, or 100 @@ 92 EUR in total.",
        (Scope.AMOUNT, Scope.FORM),
    ),
    "": Topic("Keys", "The keys that work everywhere.", (Scope.EVERYWHERE,)),
}
