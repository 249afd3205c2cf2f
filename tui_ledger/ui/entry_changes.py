"""What did editing a transaction change? Only that is given to the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tui_ledger.ledger.values import Account, Draft, DraftPosting, Transaction


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
