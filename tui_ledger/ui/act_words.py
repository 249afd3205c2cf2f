"""What was done, in a few words? An act of the history as a sentence begins: `opened Assets:Safe`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.history import ChangeRow
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency
from tui_ledger.ui.joined_words import joined
from tui_ledger.words import N_, _, listed, ngettext

CHANGES_READ = 60
_NAMED = 3
_THINGS = Currency("things", 0)
_DAYS_OF_SCHEDULES = {
    "post-scheduled": N_("handled a day of {name}"),
    "skip-scheduled": N_("skipped a day of {name}"),
}
_KEPT_AS_SETTINGS: Mapping[str, tuple[str, str, str]] = {
    "schedule": (N_("made the schedule {name}"), N_("changed the schedule {name}"), N_("deleted the schedule {name}")),
    "template": (N_("made the template {name}"), N_("changed the template {name}"), N_("deleted the template {name}")),
    "report": (N_("saved the report {name}"), N_("saved the report {name}"), N_("forgot the report {name}")),
}
"""What is said of what was added, changed and removed."""
_POSTED, _CHANGED, _IMPORTED = N_("posted {what}"), N_("changed {what}"), N_("imported {what}")
_MARKED, _VOIDED, _BROUGHT_BACK = N_("marked {what}"), N_("voided {what}"), N_("brought back {what}")
_EDITED = N_("edited {what}")


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
    return joined(parts)


def read_in_words(ledger: Ledger, act: int, formats: Formats) -> str:
    """An act in words; of a large one only the first changes are read, and all are counted."""
    changes = ledger.changes_of_act(act, CHANGES_READ)
    size = ledger.size_of_act(act) if len(changes) == CHANGES_READ else None
    return act_in_words(changes, formats, size=size)


def change_in_words(change: ChangeRow, formats: Formats) -> str:
    """One change: what became of a transaction, an account, a setting, a price, a year, a period."""
    if change.number is not None:
        return _(_done(change)).format(what=_title(change, formats))
    kind, _blank, name = (change.subject or "").partition(" ")
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
            return _year_in_words(change.after or before, removed=change.after is None)
        case "period":
            return _period_in_words(before.get("closed_through"), after.get("closed_through"))
        case "balances":
            return _("put stored balances right")
    return _("made the book") if change.before is None else _("changed the book")


def account_change_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What became of an account."""
    if after is None:
        return _("deleted {account}").format(account=(before or {}).get("name"))
    name = after.get("name")
    if before is None:
        return _("opened {account}").format(account=name)
    if before.get("name") != name:
        return _("renamed {account} to {name}").format(account=before.get("name"), name=name)
    if ("closed" in before) != ("closed" in after):
        said = _("closed {account}") if "closed" in after else _("opened {account} again")
        return said.format(account=name)
    return _("edited {account}").format(account=name)


def value_in_words(value: object) -> str:
    """A value of the history as it is read: yes and no, lists and pairs in one line."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return listed(f"{name}={value_in_words(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return listed(map(value_in_words, value))
    return "" if value is None else str(value)


def figure_in_words(text: str, formats: Formats) -> str:
    """A plain decimal text in the notation of the formats; which side it is on is said beside it, if it is on one."""
    digits = len(text.partition(".")[2])
    return formats.figure(int(Decimal(text).scaleb(digits)), Currency("X", digits), credit_normal=None)


def side_in_words(text: str, formats: Formats) -> str:
    """A debit-positive plain amount with its side: `Dr 82.10`."""
    said = _("Cr {amount}") if text.startswith("-") else _("Dr {amount}")
    return said.format(amount=figure_in_words(text.lstrip("-"), formats))


def local_time(at: str, formats: Formats) -> str:
    """A moment of the history by the clock on the wall: day and minutes."""
    moment = datetime.fromisoformat(at).astimezone()
    return f"{formats.date_column(moment.date())} {moment:%H:%M}"


def _setting_in_words(change: ChangeRow, name: str) -> str:
    """Schedules, templates and reports are kept as settings, but are things of their own to whoever keeps them."""
    kind, _point, named = name.partition(".")
    if kind in ("schedule", "template") and named and change.kind in _DAYS_OF_SCHEDULES:
        return _(_DAYS_OF_SCHEDULES[change.kind]).format(name=named)
    if kind in _KEPT_AS_SETTINGS and named:
        made, changed, removed = _KEPT_AS_SETTINGS[kind]
        said = removed if change.after is None else made if change.before is None else changed
        return _(said).format(name=named)
    if change.after is None:
        return _("took the setting {name} away").format(name=name)
    return _("set {name} to {value}").format(name=name, value=value_in_words(change.after.get("value")))


def _transactions_in_words(changes: Sequence[ChangeRow], formats: Formats, in_all: int) -> str:
    if len(changes) == 1 and in_all == 1:
        return change_in_words(changes[0], formats)
    done = {_done(change) for change in changes}
    said = done.pop() if len(done) == 1 else _CHANGED
    if max(len(changes), in_all) > _NAMED:
        count = ngettext("{n} transaction", "{n} transactions", in_all).format(
            n=formats.figure(in_all, _THINGS, credit_normal=None)
        )
        return _(_IMPORTED if changes[0].kind == "import" else said).format(what=count)
    return _(said).format(what=listed(str(change.number) for change in changes))


def _others_in_words(changes: Sequence[ChangeRow], formats: Formats, in_all: int) -> str:
    first, more = change_in_words(changes[0], formats), formats.figure(max(in_all - 1, 0), _THINGS, credit_normal=None)
    if in_all <= 1:
        return first
    if changes[0].kind == "rename-account":
        return _("{what}, with {count} beneath it").format(what=first, count=more)
    if in_all <= _NAMED:
        return joined(change_in_words(change, formats) for change in changes)
    return _("{what} and {count} more").format(what=first, count=more)


def _done(change: ChangeRow) -> str:
    """What is said of a change of a transaction, to be looked up."""
    before, after = change.before, change.after or {}
    if before is None:
        return _POSTED
    if change.kind == "mark":
        return _MARKED
    if bool(before.get("voided")) != bool(after.get("voided")):
        return _VOIDED if after.get("voided") else _BROUGHT_BACK
    return _EDITED


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
        return _("deleted the party {party}").format(party=(before or {}).get("key"))
    said = _("added the party {party}") if before is None else _("edited the party {party}")
    return said.format(party=after.get("key"))


def _user_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return _("removed the user {user}").format(user=(before or {}).get("name"))
    if before is None:
        return _("added the user {user}").format(user=after.get("name"))
    another = before.get("passphrase") != after.get("passphrase")
    said = _("set the passphrase of {user}") if another else _("edited the user {user}")
    return said.format(user=after.get("name"))


def _tax_rate_in_words(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    body = after or before or {}
    code, day = body.get("code"), body.get("date_from")
    if after is None:
        return _("removed the rate of tax code {code} from {day}").format(code=code, day=day)
    return _("set tax code {code} to {rate}% from {day}").format(code=code, rate=body.get("rate"), day=day)


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
        return _("attached {documents} to {number}").format(documents=listed(added), number=number)
    return _("took {documents} off {number}").format(documents=listed(taken), number=number)


def _price_in_words(body: Mapping[str, Any], *, removed: bool) -> str:
    price = f"{body.get('currency')} {body.get('rate')} {body.get('in_currency')}"
    said = _("removed the price {price} of {day}") if removed else _("noted the price {price} of {day}")
    return said.format(price=price, day=body.get("date"))


def _year_in_words(body: Mapping[str, Any], *, removed: bool) -> str:
    set_up, taken = (
        _("set the fiscal year from {first} to {last}"),
        _("took the fiscal year from {first} to {last} away"),
    )
    return (taken if removed else set_up).format(first=body.get("first_day"), last=body.get("last_day"))


def _currency_in_words(code: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    if after is None:
        return _("took the currency {currency} away").format(currency=code)
    if before is None:
        return _("added the currency {currency}").format(currency=code)
    return _("gave {currency} {digits} digits").format(currency=code, digits=after.get("digits"))


def _period_in_words(before: str | None, after: str | None) -> str:
    if after is not None and (before is None or after > before):
        return _("closed all days through {day}").format(day=after)
    return _("opened all days again") if after is None else _("opened the days after {day} again").format(day=after)
