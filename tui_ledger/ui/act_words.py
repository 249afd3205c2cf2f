"""What was done, in a few words? An act of the history as a sentence begins: `opened Assets:Safe`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.history import ChangeRow
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency

CHANGES_READ = 60
_NAMED = 3
_THINGS = Currency("things", 0)
_DAYS_OF_SCHEDULES = {"post-scheduled": "handled", "skip-scheduled": "skipped"}


def act_in_words(changes: Sequence[ChangeRow], formats: Formats, *, size: tuple[int, int] | None = None) -> str:
    """An act by its changes, in order; where only the first were read, `size` is how many transactions and other things
    it changed in all.

    What it did with transactions goes first, then the rest; many of a kind are counted.
    """
    if not changes:
        return ""
    transactions = [change for change in changes if change.number is not None]
    others = [change for change in changes if change.number is None]
    parts = []
    if transactions:
        parts.append(_transactions_in_words(transactions, formats, size[0] if size else len(transactions)))
    if others and (not transactions or len(others) <= _NAMED):
        parts.append(_others_in_words(others, formats, size[1] if size else len(others)))
    return " and ".join(parts)


def read_in_words(ledger: Ledger, act: int, formats: Formats) -> str:
    """An act in words; of a large one only the first changes are read, and all are counted."""
    changes = ledger.changes_of_act(act, CHANGES_READ)
    size = ledger.size_of_act(act) if len(changes) == CHANGES_READ else None
    return act_in_words(changes, formats, size=size)


def change_in_words(change: ChangeRow, formats: Formats) -> str:
    """One change: what became of a transaction, an account, a setting, a price, a year, a period."""
    if change.number is not None:
        return f"{_verb(change)} {_title(change, formats)}"
    kind, _, name = (change.subject or "").partition(" ")
    before, after = change.before or {}, change.after or {}
    if kind in _KEPT:
        return _KEPT[kind](change.before, change.after)
    match kind:
        case "setting":
            return _setting_in_words(change, name)
        case "attachments":
            return _attachments_in_words(name, before.get("addresses", []), after.get("addresses", []))
        case "price":
            return _price_in_words(change.after or before, removed=change.after is None)
        case "currency":
            return _currency_in_words(name, change.before, change.after)
        case "fiscal-year":
            year = change.after or before
            span = f"the fiscal year from {year.get('first_day')} to {year.get('last_day')}"
            return f"set {span}" if change.after is not None else f"took {span} away"
        case "period":
            return _period_in_words(before.get("closed_through"), after.get("closed_through"))
        case "balances":
            return "put stored balances right"
    return "made the book" if change.before is None else "changed the book"


def account_change_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What became of an account."""
    if after is None:
        return f"deleted {(before or {}).get('name')}"
    name = after.get("name")
    if before is None:
        return f"opened {name}"
    if before.get("name") != name:
        return f"renamed {before.get('name')} to {name}"
    if ("closed" in before) != ("closed" in after):
        return f"closed {name}" if "closed" in after else f"opened {name} again"
    return f"edited {name}"


def value_in_words(value: object) -> str:
    """A value of the history as it is read: yes and no, lists and pairs in one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={value_in_words(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(value_in_words, value))
    return "" if value is None else str(value)


def figure_in_words(text: str, formats: Formats) -> str:
    """A plain decimal text in the notation of the formats."""
    digits = len(text.partition(".")[2])
    return formats.figure(int(Decimal(text).scaleb(digits)), Currency("X", digits))


def side_in_words(text: str, formats: Formats) -> str:
    """A debit-positive plain amount with its side: `Dr 82.10`."""
    return f"{'Cr' if text.startswith('-') else 'Dr'} {figure_in_words(text.lstrip('-'), formats)}"


def _setting_in_words(change: ChangeRow, name: str) -> str:
    """Schedules, templates and reports are kept as settings, but are things of their own to whoever keeps them."""
    kind, _, named = name.partition(".")
    if kind in ("schedule", "template") and named:
        if change.kind in _DAYS_OF_SCHEDULES:
            return f"{_DAYS_OF_SCHEDULES[change.kind]} a day of {named}"
        verb = "made" if change.before is None else "deleted" if change.after is None else "changed"
        return f"{verb} the {kind} {named}"
    if kind == "report" and named:
        return f"{'forgot' if change.after is None else 'saved'} the report {named}"
    value = value_in_words((change.after or {}).get("value"))
    return f"set {name} to {value}" if change.after is not None else f"took the setting {name} away"


def _transactions_in_words(changes: Sequence[ChangeRow], formats: Formats, in_all: int) -> str:
    if len(changes) == 1 and in_all == 1:
        return change_in_words(changes[0], formats)
    verbs = {_verb(change) for change in changes}
    verb = verbs.pop() if len(verbs) == 1 else "changed"
    imported = changes[0].kind == "import"
    if max(len(changes), in_all) > _NAMED:
        return f"{'imported' if imported else verb} {formats.figure(in_all, _THINGS)} transactions"
    return f"{verb} {', '.join(str(change.number) for change in changes)}"


def _others_in_words(changes: Sequence[ChangeRow], formats: Formats, in_all: int) -> str:
    first, more = change_in_words(changes[0], formats), formats.figure(max(in_all - 1, 0), _THINGS)
    if in_all <= 1:
        return first
    if changes[0].kind == "rename-account":
        return f"{first}, with {more} beneath it"
    if in_all <= _NAMED:
        return " and ".join(change_in_words(change, formats) for change in changes)
    return f"{first} and {more} more"


def _verb(change: ChangeRow) -> str:
    before, after = change.before, change.after or {}
    if before is None:
        return "posted"
    if change.kind == "mark":
        return "marked"
    if bool(before.get("voided")) != bool(after.get("voided")):
        return "voided" if after.get("voided") else "brought back"
    return "edited"


def _title(change: ChangeRow, formats: Formats) -> str:
    """Number, payee or memo, amount, of what stands after the change, or stood before it."""
    body = change.after if change.after and change.after.get("postings") else change.before or change.after or {}
    text = body.get("payee") or body.get("memo") or ""
    postings = body.get("postings", [])
    amounts = [Decimal(posting["amount"]) for posting in postings if not posting["amount"].startswith("-")]
    mixed = any(posting.get("conversion") or posting.get("price") for posting in postings)
    figure = figure_in_words(str(sum(amounts, Decimal())), formats) if amounts and not mixed else ""
    parts = [str(change.number), "·" if text or figure else "", text, figure]
    return " ".join(part for part in parts if part)


def _party_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return f"deleted the party {(before or {}).get('key')}"
    return f"{'added' if before is None else 'edited'} the party {after.get('key')}"


def _user_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return f"removed the user {(before or {}).get('name')}"
    if before is None:
        return f"added the user {after.get('name')}"
    another = before.get("passphrase") != after.get("passphrase")
    return f"{'set the passphrase of' if another else 'edited the user'} {after.get('name')}"


def _tax_rate_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    body = after or before or {}
    if after is None:
        return f"removed the rate of tax code {body.get('code')} from {body.get('date_from')}"
    return f"set tax code {body.get('code')} to {body.get('rate')}% from {body.get('date_from')}"


_KEPT: Mapping[str, Callable[[Mapping[str, Any] | None, Mapping[str, Any] | None], str]] = {
    "account": account_change_in_words,
    "party": _party_in_words,
    "user": _user_in_words,
    "tax-code": _tax_rate_in_words,
}


def _attachments_in_words(number: str, before: Sequence[str], after: Sequence[str]) -> str:
    added = [one for one in after if one not in before]
    taken = [one for one in before if one not in after]
    if added:
        return f"attached {', '.join(added)} to {number}"
    return f"took {', '.join(taken)} off {number}"


def _price_in_words(body: Mapping[str, Any], *, removed: bool) -> str:
    said = f"{body.get('currency')} {body.get('rate')} {body.get('in_currency')} of {body.get('date')}"
    return f"removed the price {said}" if removed else f"noted the price {said}"


def _currency_in_words(code: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return f"took the currency {code} away"
    return f"added the currency {code}" if before is None else f"gave {code} {after.get('digits')} digits"


def _period_in_words(before: str | None, after: str | None) -> str:
    if after is not None and (before is None or after > before):
        return f"closed all days through {after}"
    return "opened all days again" if after is None else f"opened the days after {after} again"
