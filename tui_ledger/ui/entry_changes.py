"""What did editing a transaction change, and what did others meanwhile? Only the first is given to the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tui_ledger.ledger.history import ChangeRow
from tui_ledger.ledger.values import Account, Draft, DraftPosting, Posting, PostingStatus, Transaction
from tui_ledger.ui.change_lines import change_lines
from tui_ledger.ui.desk import Desk
from tui_ledger.words import listed

DIFFERENCES_TOLD = 3


def changes(transaction: Transaction, draft: Draft, *, lines_were_changed: bool) -> dict[str, Any]:
    """What `Ledger.edit` is to be given, by its names; empty where the draft says what stands already.

    '' takes a text away. `postings` only where a line was changed: then all of them.
    """
    found: dict[str, Any] = {}
    if draft.date != transaction.date:
        found["date"] = draft.date
    if draft.memo != transaction.memo:
        found["memo"] = draft.memo
    if (draft.payee or "") != (transaction.payee or ""):
        found["payee"] = draft.payee or ""
    if draft.tags != transaction.tags:
        found["tags"] = draft.tags
    if lines_were_changed and tuple(map(_by_name, draft.postings)) != _postings(transaction):
        found["postings"] = draft.postings
    return found


def changed_meanwhile(seen: Transaction, now: Transaction, desk: Desk) -> str:
    """What somebody made of a transaction since it was seen, in words; '' where it says what it said."""
    change = ChangeRow(0, 0, "edit", seen.number, None, "", "", None, _body(seen), _body(now))
    lines = change_lines(change, desk.formats)
    told = [line.text(0).replace("  ", " ") for line in lines[:DIFFERENCES_TOLD]]
    return listed([*told, *(["…"] if len(lines) > DIFFERENCES_TOLD else [])])


def _body(transaction: Transaction) -> dict[str, Any]:
    """A transaction as the history tells it, without what the ledger adds by itself."""
    return {
        "date": transaction.date.isoformat(),
        "payee": transaction.payee,
        "memo": transaction.memo,
        "tags": list(transaction.tags),
        "postings": [_posting_body(one) for one in transaction.postings if not one.conversion],
    }


def _posting_body(posting: Posting) -> dict[str, Any]:
    price, status = posting.price, posting.status
    written = None if price is None else (format(price.amount, "f"), price.currency, "total" if price.total else "unit")
    return {
        "account": posting.account,
        "amount": format(posting.amount.amount, "f"),
        "memo": posting.memo,
        "price": written,
        "status": None if status is PostingStatus.UNCLEARED else str(status),
    }


def _postings(transaction: Transaction) -> tuple[DraftPosting, ...]:
    """The postings as a form would draft them, conversions left to the ledger; accounts by name."""
    return tuple(
        DraftPosting(posting.account, posting.amount, posting.memo, posting.status, price=posting.price)
        for posting in transaction.postings
        if not posting.conversion
    )


def _by_name(posting: DraftPosting) -> DraftPosting:
    account = posting.account
    return replace(posting, account=account.name) if isinstance(account, Account) else posting
