"""How is the chart of accounts changed? Open, edit, rename, close, reopen, delete; each inside a write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tui_ledger.dates import optional_date
from tui_ledger.errors import (
    AccountClosed,
    AccountExists,
    AccountInUse,
    AccountNotEmpty,
    AccountNotYetOpen,
    AccountTypeMismatch,
    InvalidName,
    InvalidSetting,
    LaterAct,
    MinimumBalanceBroken,
)
from tui_ledger.ledger import balances
from tui_ledger.ledger.account_parts import (
    checked_attributes,
    checked_statement_line,
    checked_tax_code,
)
from tui_ledger.ledger.called import unused_row
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.closed_taxes import refuse_other_code
from tui_ledger.ledger.currencies import fix_currency, forget_chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.parties import PartyLike, checked_purpose, find_party, party_of_key
from tui_ledger.ledger.taxes import (
    TaxRates,
    codes_that_go_to,
    read_rates,
    refuse_if_tax_goes_to,
    refuse_unknown_code,
)
from tui_ledger.ledger.values import DEFAULT_PURPOSE, Account, AccountLike, AccountType
from tui_ledger.money import AmountLike, Currency, Money, parse_units, units_to_text
from tui_ledger.text import TEXT_LIMIT, forbidden_in_names, name_key
from tui_ledger.words import N_, Said

EDITABLE = (
    "attributes",
    "cash",
    "code",
    "currency",
    "minimum",
    "opened",
    "party",
    "placeholder",
    "purpose",
    "statement_line",
    "tax_code",
    "type",
)


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account not yet opened; `minimum` in the account's own direction, currency None for the book's, `purpose`
    what a `party` has it for."""

    name: str
    type: AccountType | str
    currency: str | None = None
    code: str | None = None
    minimum: Money | AmountLike | None = None
    cash: bool = False
    statement_line: str | None = None
    tax_code: str | None = None
    opened: date | None = None
    placeholder: bool = False
    attributes: Mapping[str, object] = field(default_factory=dict)
    party: PartyLike | None = None
    purpose: str | None = None


def clean_name(name: object) -> str:
    """An account name as it is stored: segments without blanks around them; raises InvalidName."""
    if not isinstance(name, str):
        raise InvalidName(name=str(name), reason=N_("a name is text such as Assets:Bank"))
    segments = [" ".join(segment.split()) for segment in name.split(":")]
    stored = ":".join(segments)
    if not all(segments):
        raise InvalidName(name=name, reason=N_("each part between colons needs a name"))
    if forbidden_in_names(name) is not None:
        raise InvalidName(name=name, reason=N_("it holds a control or invisible character"))
    key = name_key(stored)
    if not all(key.split(":")) or key.count(":") != stored.count(":"):
        raise InvalidName(name=name, reason=N_("it holds a character that reads as a colon, or a part without letters"))
    if stored.startswith("{"):
        raise InvalidName(name=name, reason=N_("a name does not begin with a brace"))
    if len(stored) > TEXT_LIMIT:
        raise InvalidName(
            name=name[:40] + "…", reason=Said("it is longer than {text_limit} characters", text_limit=TEXT_LIMIT)
        )
    return stored


def account_type(value: AccountType | str) -> AccountType:
    """The type meant by 'asset', 'Assets' and the like; raises InvalidSetting."""
    text = str(value).strip().lower()
    for known in AccountType:
        if text in (known.value, known.value + "s", _PLURALS.get(known)):
            return known
    raise InvalidSetting(
        value=str(value), what=N_("account type"), advice=N_("use asset, liability, equity, income or expense")
    )


_PLURALS = {AccountType.LIABILITY: "liabilities", AccountType.EQUITY: "equities", AccountType.INCOME: "revenue"}


def open_account(database: BookDatabase, act: Act, chart: Chart, draft: AccountDraft, book_currency: str) -> Account:
    """Writes a new account; raises AccountExists, AccountTypeMismatch, InvalidName, InvalidCurrency."""
    name, kind = clean_name(draft.name), account_type(draft.type)
    if chart.named(name) is not None:
        raise AccountExists(account=name, what=N_("name"))
    _refuse_a_code_as_name(database, name)
    _refuse_other_type(database, name, kind)
    currency = fix_currency(database, act, chart, draft.currency or book_currency)
    party, purpose = _held_for(database, draft.party, draft.purpose)
    refuse_unknown_code(database, checked_tax_code(draft.tax_code))
    account = Account(
        id=unused_row(database, "account", "accounts"),
        name=name,
        type=kind,
        currency=currency,
        code=_checked_code(database, draft.code),
        party=party,
        purpose=purpose,
        minimum=_minimum(draft.minimum, currency),
        cash=draft.cash,
        statement_line=checked_statement_line(draft.statement_line),
        tax_code=checked_tax_code(draft.tax_code),
        opened=optional_date(draft.opened),
        placeholder=draft.placeholder,
        attributes=checked_attributes(draft.attributes),
    )
    _insert(database, account)
    act.record(subject=account_subject(account), after=account_body(account))
    forget_chart(database, chart)
    return account


def edit_account(
    database: BookDatabase, act: Act, chart: Chart, account: Account, changes: Mapping[str, Any], today: date
) -> Account:
    """Changes code, minimum, cash, statement line, tax code, opening day, placeholder, attributes, party or purpose.

    Type and currency only while the account has no postings; a minimum must be kept from today on, and no posting
    may lie before the opening day.
    """
    wanted = {name: _checked_part(name, value) for name, value in changes.items()}
    if wanted.get("type", account.type) != account.type:
        _refuse_if_used(database, account, N_("given another type"), N_("open a new account for it"))
        _refuse_other_type(database, account.name, wanted["type"], besides=account.id)
        refuse_if_tax_goes_to(database, account, N_("given another type"))
    if "currency" in wanted:
        wanted["currency"] = fix_currency(database, act, chart, wanted["currency"])
    if wanted.get("currency", account.currency) != account.currency:
        _refuse_if_used(database, account, N_("given another currency"), N_("open a new account for it"))
        wanted.setdefault("minimum", None if account.minimum is None else account.minimum.amount)
    if wanted.get("code", account.code) != account.code:
        wanted["code"] = _checked_code(database, wanted["code"])
    if wanted.get("tax_code", account.tax_code) != account.tax_code:
        refuse_unknown_code(database, wanted["tax_code"])
    if "minimum" in wanted:
        wanted["minimum"] = _minimum(wanted["minimum"], wanted.get("currency", account.currency))
    if "party" in wanted or "purpose" in wanted:
        wanted["party"], wanted["purpose"] = _held_for(database, *_asked_holder(account, wanted))
    edited = replace(account, **wanted)
    if edited.minimum is not None and edited.minimum != account.minimum:
        _refuse_broken_minimum(database, edited, today)
    if edited.opened is not None and edited.opened != account.opened:
        _refuse_used_before(database, edited, edited.opened)
    _store(database, act, chart, account, edited)
    return edited


def rename_account(database: BookDatabase, act: Act, chart: Chart, old: AccountLike, new: str) -> list[Account]:
    """Gives an account, or a node of the tree, and everything below it a new name; returns the renamed accounts.

    Raises UnknownAccount, AccountExists, AccountTypeMismatch, InvalidName.
    """
    name = clean_name(new)
    node = old if isinstance(old, str) and chart.below(old) else chart.find(old).name
    moved = [account for account in [chart.named(node), *chart.below(node)] if account is not None]
    if name_key(name).startswith(name_key(node) + ":"):
        raise InvalidName(name=new, reason=N_("an account cannot move below itself"))
    length = name_key(node).count(":") + 1
    renamed = []
    for account in moved:
        target = clean_name(":".join([name, *account.name.split(":")[length:]]))
        holder = chart.named(target)
        if holder is not None and holder.id not in {other.id for other in moved}:
            raise AccountExists(account=target, what=N_("name"))
        _refuse_a_code_as_name(database, target, besides=account.id)
        renamed.append(replace(account, name=target))
    _refuse_other_type(database, name, moved[0].type, besides=tuple(account.id for account in moved))
    for account in moved:
        database.execute("UPDATE accounts SET name_key = ? WHERE id = ?", (f"\x01{account.id}", account.id))
    for account, target_account in zip(moved, renamed, strict=True):
        _store(database, act, chart, account, target_account)
    return renamed


def close_account(database: BookDatabase, act: Act, chart: Chart, account: Account, day: date) -> Account:
    """Closes an account at a zero balance with no later postings."""
    if account.closed is not None:
        raise AccountClosed(account=account.name, date=account.closed)
    units = balances.balance_units(database, account.id)
    if units != 0:
        raise AccountNotEmpty(account=account.name, balance=Money(account.type.sign * units, account.currency))
    if account.opened is not None and day < account.opened:
        raise AccountNotYetOpen(account=account.name, opened=account.opened, date=day)
    later = database.value("SELECT max(date) FROM postings WHERE account = ?", (account.id,))
    if later is not None and later > day.isoformat():
        raise AccountInUse(
            account=account.name,
            act=Said("closed on {day}", day=day),
            advice=Said("its last posting is of {later}", later=later),
        )
    closed = replace(account, closed=day)
    _store(database, act, chart, account, closed)
    return closed


def reopen_account(database: BookDatabase, act: Act, chart: Chart, account: Account) -> Account:
    """Opens a closed account again; an open one stays as it is."""
    if account.closed is None:
        return account
    opened = replace(account, closed=None)
    _store(database, act, chart, account, opened)
    return opened


def delete_account(database: BookDatabase, act: Act, chart: Chart, account: Account) -> None:
    """Deletes an account that was never used; raises AccountInUse, TaxAccountInUse."""
    _refuse_if_used(database, account, N_("deleted"), N_("close it instead"))
    refuse_if_tax_goes_to(database, account, "deleted")
    database.execute("DELETE FROM accounts WHERE id = ?", (account.id,))
    act.record(subject=account_subject(account), before=account_body(account))
    forget_chart(database, chart)


def restore_account(
    database: BookDatabase, act: Act, chart: Chart, row: int, current: str | None, wanted: str | None
) -> None:
    """Writes an account as a body of the history has it: for undo and redo.

    Raises LaterAct where it was used or changed since.
    """
    if wanted is None:
        account = chart.by_id(row)
        if database.row("SELECT 1 FROM postings WHERE account = ? LIMIT 1", (row,)) is not None:
            raise LaterAct(what=f"{account.name!r}", later=N_("postings"))
        if codes_that_go_to(database, account):
            raise LaterAct(what=f"{account.name!r}", later=N_("a tax rate"))
        _refuse_if_changed(account, current)
        delete_account(database, act, chart, account)
        return
    body = json.loads(wanted)
    if "party" in body and party_of_key(database, body["party"]) is None:
        raise LaterAct(what=Said("the party {party!r}", party=body["party"]), later=N_("been deleted since"))
    restored = _account_of_body(row, body, fix_currency(database, act, chart, body["currency"]))
    if current is None:
        if chart.named(restored.name) is not None:
            raise AccountExists(account=restored.name, what=N_("name"))
        _insert(database, restored)
        act.record(subject=account_subject(restored), after=account_body(restored))
        forget_chart(database, chart)
        return
    account = chart.by_id(row)
    _refuse_if_changed(account, current)
    if restored.minimum is not None and restored.minimum != account.minimum:
        _refuse_broken_minimum(database, restored, date.fromisoformat(act.at[:10]))
    _store(database, act, chart, account, restored)


def _refuse_if_changed(account: Account, current: str | None) -> None:
    if current is not None and _by_value(account_body(account)) != _by_value(json.loads(current)):
        raise LaterAct(what=f"{account.name!r}", later=N_("a later change"))


def _by_value(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body in which a minimum is what it is worth, however many digits it is written with."""
    minimum = body.get("minimum")
    return {**body, "minimum": None if minimum is None else Fraction(minimum)}


def _account_of_body(row: int, body: Mapping[str, Any], currency: Currency) -> Account:
    minimum = body.get("minimum")
    return Account(
        id=row,
        name=body["name"],
        type=AccountType(body["type"]),
        currency=currency,
        code=body.get("code"),
        party=body.get("party"),
        purpose=body.get("purpose"),
        minimum=None if minimum is None else Money(parse_units(minimum, currency), currency),
        cash=bool(body.get("cash", False)),
        statement_line=body.get("statement_line"),
        tax_code=body.get("tax_code"),
        opened=None if "opened" not in body else date.fromisoformat(body["opened"]),
        closed=None if "closed" not in body else date.fromisoformat(body["closed"]),
        placeholder=bool(body.get("placeholder", False)),
        attributes=body.get("attributes", {}),
    )


def account_body(account: Account) -> dict[str, Any]:
    """An account as the history keeps it: names and decimal text, nothing that is unset."""
    body: dict[str, Any] = {"name": account.name, "type": account.type.value, "currency": str(account.currency)}
    for name in ("code", "party", "purpose", "statement_line", "tax_code"):
        if getattr(account, name) is not None:
            body[name] = getattr(account, name)
    for name in ("opened", "closed"):
        if getattr(account, name) is not None:
            body[name] = getattr(account, name).isoformat()
    for name in ("cash", "placeholder"):
        if getattr(account, name):
            body[name] = True
    if account.minimum is not None:
        body["minimum"] = units_to_text(account.minimum.units, account.currency.digits)
    if account.attributes:
        body["attributes"] = dict(account.attributes)
    return body


def account_subject(account: Account) -> str:
    """What the history calls an account: its row, which it keeps through renames."""
    return f"account {account.id}"


def _insert(database: BookDatabase, account: Account) -> None:
    columns = _columns(database, account)
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    database.execute(f"INSERT INTO accounts (id, {names}) VALUES (?, {marks})", (account.id, *columns.values()))
    _write_attributes(database, account)


def _store(database: BookDatabase, act: Act, chart: Chart, before: Account, after: Account) -> None:
    if after.tax_code != before.tax_code:
        refuse_other_code(database, before, TaxRates(read_rates(database)))
    columns = _columns(database, after)
    sets = ", ".join(f"{name} = ?" for name in columns)
    database.execute(f"UPDATE accounts SET {sets} WHERE id = ?", (*columns.values(), after.id))
    if before.attributes != after.attributes:
        database.execute("DELETE FROM account_attributes WHERE account = ?", (after.id,))
        _write_attributes(database, after)
    act.record(subject=account_subject(after), before=account_body(before), after=account_body(after))
    forget_chart(database, chart)


def _columns(database: BookDatabase, account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "name_key": name_key(account.name),
        "code": account.code,
        "type": account.type.value,
        "currency": str(account.currency),
        "party": None if account.party is None else find_party(database, account.party).id,
        "purpose": account.purpose,
        "minimum": None if account.minimum is None else account.minimum.units,
        "cash": int(account.cash),
        "statement_line": account.statement_line,
        "tax_code": account.tax_code,
        "opened": None if account.opened is None else account.opened.isoformat(),
        "closed": None if account.closed is None else account.closed.isoformat(),
        "placeholder": int(account.placeholder),
    }


def _write_attributes(database: BookDatabase, account: Account) -> None:
    for name, value in account.attributes.items():
        database.execute(
            "INSERT INTO account_attributes (account, name, value) VALUES (?, ?, ?)", (account.id, name, value)
        )


def _refuse_broken_minimum(database: BookDatabase, account: Account, today: date) -> None:
    """What a used account holds today and on every later row must not lie below; an unused one may still be filled."""
    if not _is_used(database, account):
        return
    held = account.type.sign * balances.balance_units(database, account.id, today.isoformat()), today.isoformat()
    later = balances.lowest_from(database, account.id, account.type.sign, today.isoformat())
    lowest, day = held if later is None else min(held, later)
    if account.minimum is not None and lowest < account.minimum.units:
        balance = Money(lowest, account.currency)
        raise MinimumBalanceBroken(account=account.name, balance=balance, date=day, minimum=account.minimum)


def _refuse_used_before(database: BookDatabase, account: Account, opened: date) -> None:
    first = database.value("SELECT min(date) FROM postings WHERE account = ?", (account.id,))
    if first is not None and first < opened.isoformat():
        advice = Said("its first posting is of {first}", first=first)
        raise AccountInUse(account=account.name, act=Said("opened on {opened} only", opened=opened), advice=advice)


def _refuse_other_type(
    database: BookDatabase, name: str, kind: AccountType, besides: int | tuple[int, ...] = ()
) -> None:
    root = name_key(name).partition(":")[0]
    excluded = besides if isinstance(besides, tuple) else (besides,)
    marks = ", ".join("?" for _ in excluded)
    found = database.row(
        "SELECT name, type FROM accounts WHERE (name_key = ? OR (name_key > ? AND name_key < ?)) "
        f"AND type <> ? AND id NOT IN ({marks}) LIMIT 1",
        (root, root + ":", root + ";", kind.value, *excluded),
    )
    if found is not None:
        raise AccountTypeMismatch(account=name, type=kind.value, relative=found[0], relative_type=found[1])


def _checked_part(name: str, value: Any) -> Any:
    """A part of an account as it is stored, where that needs no look at the book."""
    if name not in EDITABLE:
        raise InvalidSetting(
            value=name,
            what=N_("part of an account that can be edited"),
            advice=Said("use {names}", names=", ".join(EDITABLE)),
        )
    if name == "opened":
        return optional_date(value)
    readers: dict[str, Callable[[Any], Any]] = {
        "attributes": checked_attributes,
        "statement_line": checked_statement_line,
        "tax_code": checked_tax_code,
        "type": account_type,
    }
    return readers[name](value) if name in readers else value


def _refuse_if_used(database: BookDatabase, account: Account, act: str, advice: str) -> None:
    if _is_used(database, account):
        raise AccountInUse(account=account.name, act=act, advice=advice)


def _is_used(database: BookDatabase, account: Account) -> bool:
    return database.row("SELECT 1 FROM postings WHERE account = ? LIMIT 1", (account.id,)) is not None


def _refuse_a_code_as_name(database: BookDatabase, name: str, besides: int = 0) -> None:
    """What is a name here and a code there would be asked for by the same text."""
    if database.row("SELECT 1 FROM accounts WHERE code = ? AND id <> ?", (name, besides)) is not None:
        raise AccountExists(account=name, what=N_("name, since that is the code of one"))


def _checked_code(database: BookDatabase, code: object) -> str | None:
    if code is None:
        return None
    text = str(code).strip()
    if not text or forbidden_in_names(text) is not None or len(text) > 40:
        raise InvalidName(name=str(code), reason=N_("a code is up to 40 visible characters"))
    if database.row("SELECT 1 FROM accounts WHERE name_key = ?", (name_key(text),)) is not None:
        raise AccountExists(account=text, what=N_("code, since that is its name"))
    if database.row("SELECT 1 FROM accounts WHERE code = ?", (text,)) is not None:
        raise AccountExists(account=text, what=N_("code"))
    return text


def _minimum(minimum: Money | AmountLike | None, currency: Currency) -> Money | None:
    if minimum is None:
        return None
    return Money(parse_units(minimum.amount if isinstance(minimum, Money) else minimum, currency), currency)


def _held_for(database: BookDatabase, party: PartyLike | None, purpose: str | None) -> tuple[str | None, str | None]:
    """Whom an account is kept for and what for, as it is stored; raises UnknownParty, InvalidParty, InvalidSetting."""
    if party is None and purpose is not None:
        raise InvalidSetting(
            value=purpose, what=N_("purpose of an account without a party"), advice=N_("name the party too")
        )
    if party is None:
        return None, None
    return find_party(database, party).key, checked_purpose(purpose or DEFAULT_PURPOSE)


def _asked_holder(account: Account, wanted: Mapping[str, Any]) -> tuple[PartyLike | None, str | None]:
    """The party and purpose an edit leaves: a purpose stays with the account, and goes with its party."""
    party = wanted.get("party", account.party)
    return party, wanted.get("purpose", account.purpose if party is not None else None)
