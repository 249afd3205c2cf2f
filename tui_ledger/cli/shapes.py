"""Which shape has an answer in JSON? The names that scripts hold on to; amounts as decimal strings, dates ISO 8601."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_ledger.money import Currency, Money, units_to_text

if TYPE_CHECKING:
    from tui_ledger.ledger import (
        Account,
        AccountType,
        Ledger,
        Register,
        RegisterPosting,
        Transaction,
        User,
        Verification,
    )
    from tui_ledger.ledger.history import ChangeRow
    from tui_ledger.ledger.undoing import UndoneAct
    from tui_ledger.ledger.values import Posting


def figure(money: Money) -> str:
    """The decimal string of an amount, with its currency's own digits."""
    return units_to_text(money.units, money.currency.digits)


def act_shape(ledger: Ledger, transaction: Transaction, *, alone: bool = False) -> dict[str, Any]:
    """What an act answers: its number, those of what follows it unless it was done `alone`, and the balances of their
    accounts."""
    written = [transaction, *([] if alone else together(ledger, transaction))]
    names = [name for one in written for name in _named(ledger, one)]
    return {
        "number": transaction.number,
        "numbers": [one.number for one in written],
        "balances": _balances(ledger, names),
    }


def together(ledger: Ledger, transaction: Transaction) -> list[Transaction]:
    """What was written with a transaction and shares its fate, as far as it does so still."""
    return [one for one in ledger.followers(transaction) if one.voided == transaction.voided]


def undone_shape(ledger: Ledger, undone: UndoneAct) -> dict[str, Any]:
    """What an undo or redo answers: the transactions it changed and the balances it left."""
    return {
        "number": undone.transactions[0] if undone.transactions else None,
        "numbers": list(undone.transactions),
        "balances": _balances(ledger, [name for number in undone.transactions for name in _touched(ledger, number)]),
        "act": undone.act,
        "kind": undone.kind,
    }


def change_shape(change: ChangeRow) -> dict[str, Any]:
    """One row of the history."""
    return {
        "seq": change.seq,
        "act": change.act,
        "kind": change.kind,
        "number": change.number,
        "subject": change.subject,
        "at": change.at,
        "actor": change.actor,
        "undoes": change.undoes,
        "before": change.before,
        "after": change.after,
    }


def balance_shape(account: Account, units: int, totals: Mapping[str, str]) -> dict[str, Any]:
    """One account of a `balance` answer; units debit-positive, shown in its own direction."""
    return {
        "account": account.name,
        "code": account.code,
        "type": account.type.value,
        "normal_balance": account.normal_balance,
        "currency": str(account.currency),
        "balance": units_to_text(account.type.sign * units, account.currency.digits),
        "total": dict(totals),
        "attributes": dict(account.attributes),
    }


def node_shape(name: str, kind: AccountType, currency: Currency, totals: Mapping[str, str]) -> dict[str, Any]:
    """A node of the tree that is no account itself: it holds nothing of its own."""
    return {
        "account": name,
        "code": None,
        "type": kind.value,
        "normal_balance": kind.normal_balance,
        "currency": str(currency),
        "balance": units_to_text(0, currency.digits),
        "total": dict(totals),
        "attributes": {},
        "node": True,
    }


def account_shape(account: Account) -> dict[str, Any]:
    """An account with all it is."""
    return {
        "account": account.name,
        "code": account.code,
        "type": account.type.value,
        "normal_balance": account.normal_balance,
        "currency": str(account.currency),
        "minimum": None if account.minimum is None else figure(account.minimum),
        "party": account.party,
        "purpose": account.purpose,
        "cash": account.cash,
        "statement_line": account.statement_line,
        "tax_code": account.tax_code,
        "opened": _day(account.opened),
        "closed": _day(account.closed),
        "placeholder": account.placeholder,
        "attributes": dict(account.attributes),
    }


def register_shape(register: Register) -> dict[str, Any]:
    """One account's postings over a range, with its balances before and after."""
    return {
        "account": register.account.name,
        "currency": str(register.account.currency),
        "opening_balance": figure(register.opening_balance),
        "closing_balance": figure(register.closing_balance),
        "postings": [_register_posting(posting) for posting in register],
    }


def journal_shape(transactions: Iterable[Transaction]) -> dict[str, Any]:
    """Transactions in their order."""
    return {"transactions": [transaction_shape(transaction) for transaction in transactions]}


def transaction_shape(transaction: Transaction) -> dict[str, Any]:
    """One transaction with its postings in line order."""
    return {
        "number": transaction.number,
        "date": transaction.date.isoformat(),
        "memo": transaction.memo,
        "payee": transaction.payee,
        "reference": transaction.reference,
        "tags": list(transaction.tags),
        "data": dict(transaction.data),
        "reverses": transaction.reverses,
        "reversed_by": transaction.reversed_by,
        "voided": transaction.voided,
        "closing": transaction.closing,
        "batch": transaction.batch,
        "attachments": list(transaction.attachments),
        "postings": [_posting(posting) for posting in transaction.postings],
    }


def verification_shape(verification: Verification) -> dict[str, Any]:
    """What was checked, what was found wrong, and the head of the history."""
    return {
        "ok": verification.ok,
        "checked": dict(verification.checked),
        "head": verification.head,
        "discrepancies": [
            {
                "kind": one.kind,
                "account": one.account,
                "transaction": one.transaction,
                "expected": one.expected,
                "found": one.found,
            }
            for one in verification.discrepancies
        ],
    }


def _named(ledger: Ledger, transaction: Transaction) -> list[str]:
    """The accounts of a transaction's postings; of a void one those it gave back."""
    return [posting.account for posting in transaction.postings] or _touched(ledger, transaction.number)


def _touched(ledger: Ledger, number: int) -> list[str]:
    """The accounts that the last change of a transaction took something from or gave something to."""
    last = next(change for change in reversed(ledger.changes_of(number)) if change.number is not None)
    bodies = [body for body in (last.before, last.after) if body is not None]
    return [posting["account"] for body in bodies for posting in body["postings"]]


def _balances(ledger: Ledger, names: Iterable[str]) -> dict[str, str]:
    known = {account.name for account in ledger.accounts()}
    return {name: figure(ledger.balance(name)) for name in dict.fromkeys(names) if name in known}


def user_shape(user: User) -> dict[str, Any]:
    """A user; of a passphrase only when it was set, in UTC, null where none is."""
    return {
        "name": user.name,
        "role": str(user.role),
        "party": user.party,
        "active": user.active,
        "passphrase_set": user.passphrase_set,
    }


def _register_posting(posting: RegisterPosting) -> dict[str, Any]:
    return {
        "transaction": posting.transaction,
        "date": posting.date.isoformat(),
        "memo": posting.memo,
        "payee": posting.payee,
        "counter_accounts": list(posting.counter_accounts),
        "amount": figure(posting.amount),
        "change": figure(posting.change),
        "balance": figure(posting.balance),
        "status": posting.status.value,
    }


def _posting(posting: Posting) -> dict[str, Any]:
    return {
        "account": posting.account,
        "currency": str(posting.currency),
        "amount": figure(posting.amount),
        "balance": figure(posting.balance),
        "memo": posting.memo,
        "status": posting.status.value,
        "conversion": posting.conversion,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
