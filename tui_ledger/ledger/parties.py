"""Who are the people and firms the book keeps balances for? Found, added, changed and taken away, inside a write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tui_ledger.errors import (
    InvalidParty,
    InvalidSetting,
    InvalidText,
    LaterAct,
    PartyExists,
    PartyInUse,
    ReferralCircle,
    UnknownParty,
)
from tui_ledger.ledger.called import checked_called, nearest_called, unused_row
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.text import TEXT_LIMIT, folded, forbidden_in_names, name_key, storable
from tui_ledger.words import N_, NP_, Said

LONGEST_KEY, LONGEST_PURPOSE = 100, 40
EDITABLE = ("name", "referred_by", "active", "data", "commissions")
COMMISSIONS = "commissions"
"""The key of a party's data that says whether it may receive commissions."""

_COLUMNS = (
    "SELECT p.id, p.key, p.name, r.key, p.active, p.data FROM parties p LEFT JOIN parties r ON r.id = p.referred_by"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or firm. `key` is what it is called by and never changes, `id` its row; `referred_by` is the key of the
    party that brought it, `data` anything else worth keeping, as JSON has it."""

    id: int
    key: str
    name: str
    referred_by: str | None = None
    active: bool = True
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def receives_commissions(self) -> bool:
        """Whether it may be paid for what those spend whom it brought: said by `commissions` in its data."""
        return self.data.get(COMMISSIONS) is True


PartyLike = Party | str


def find_party(database: BookDatabase, party: PartyLike) -> Party:
    """The party of a key, whatever its case, width and blanks; raises UnknownParty."""
    key = party.key if isinstance(party, Party) else str(party)
    found = party_of_key(database, key)
    if found is None:
        raise UnknownParty(party=key, nearest=nearest_called(database, "parties", "key", key))
    return found


def party_of_key(database: BookDatabase, key: str) -> Party | None:
    """The party of a key, or None."""
    row = database.row(f"{_COLUMNS} WHERE p.key_fold = ?", (name_key(key),))
    return None if row is None else _party(database, row)


def all_parties(database: BookDatabase) -> tuple[Party, ...]:
    """Every party, inactive ones too, by name."""
    rows = database.rows(f"{_COLUMNS} ORDER BY lower(p.name), p.key_fold")
    return tuple(_party(database, row) for row in rows)


def matches(words: Iterable[str], *texts: str) -> bool:
    """Whether each word is found in one of the texts; case, width and accents' spelling make no difference."""
    whole = folded(" ".join(texts))
    return all(folded(word) in whole for word in words)


def add_party(
    database: BookDatabase,
    act: Act,
    key: str,
    name: str | None,
    referred_by: PartyLike | None,
    active: bool,
    data: Mapping[str, Any],
) -> Party:
    """Writes a new party, called by its key where it has no name; raises PartyExists, InvalidParty, UnknownParty."""
    checked = checked_key(key)
    known = party_of_key(database, checked)
    if known is not None:
        raise PartyExists(party=known.key)
    party = Party(
        id=unused_row(database, "party", "parties"),
        key=checked,
        name=_checked_name(checked if name is None else name),
        referred_by=None if referred_by is None else find_party(database, referred_by).key,
        active=_checked_fact(active),
        data=_checked_data(data),
    )
    _insert(database, party)
    act.record(subject=party_subject(party), after=party_body(party))
    return party


def edit_party(database: BookDatabase, act: Act, party: Party, changes: Mapping[str, Any]) -> Party:
    """Changes name, referral, activity, data, or whether it may receive commissions; what stays the same leaves no
    trace. The key never changes.

    Raises InvalidParty, UnknownParty, ReferralCircle.
    """
    parts = {name: _checked_part(database, name, value) for name, value in changes.items()}
    if COMMISSIONS in parts:
        parts["data"] = _with_commissions(parts.get("data", party.data), parts.pop(COMMISSIONS))
    edited = replace(party, **parts)
    if edited.referred_by is not None and edited.referred_by != party.referred_by:
        _refuse_circle(database, party, edited.referred_by)
    if edited == party:
        return party
    _update(database, edited)
    act.record(subject=party_subject(party), before=party_body(party), after=party_body(edited))
    return edited


def delete_party(database: BookDatabase, act: Act, party: Party) -> None:
    """Takes a party away that nothing names; raises PartyInUse."""
    use = _use(database, party)
    if use is not None:
        raise PartyInUse(party=party.key, use=use)
    database.execute("DELETE FROM parties WHERE id = ?", (party.id,))
    act.record(subject=party_subject(party), before=party_body(party))


def restore_party(
    database: BookDatabase, act: Act, row: int, current: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
) -> None:
    """Writes a party as a body of the history has it: for undo and redo.

    Raises LaterAct where it was used or changed since.
    """
    stored = _party_of_row(database, row)
    if (None if stored is None else party_body(stored)) != (None if current is None else dict(current)):
        body = wanted or current or {}
        raise LaterAct(what=Said("the party {party!r}", party=body["key"]), later=N_("a later change"))
    if wanted is None:
        if stored is not None:
            _take_away(database, act, stored)
        return
    party = party_of_body(row, wanted)
    _refuse_unfit(database, party)
    if stored is None:
        _insert(database, party)
    else:
        _update(database, party)
    act.record(subject=party_subject(party), before=current, after=party_body(party))


def party_body(party: Party) -> dict[str, Any]:
    """A party as the history keeps it: nothing that is as usual."""
    body: dict[str, Any] = {"key": party.key, "name": party.name}
    body |= {} if party.active else {"active": False}
    body |= {"data": dict(party.data)} if party.data else {}
    return body if party.referred_by is None else {**body, "referred_by": party.referred_by}


def party_of_body(row: int, body: Mapping[str, Any]) -> Party:
    """A party as a body of the history has it."""
    active, content = bool(body.get("active", True)), body.get("data", {})
    return Party(row, body["key"], body["name"], body.get("referred_by"), active, content)


def party_subject(party: Party) -> str:
    """What the history calls a party: its row."""
    return f"party {party.id}"


def checked_key(key: object) -> str:
    """A key as it is stored, without blanks around it; raises InvalidParty."""
    return checked_called(key, NP_("party", "key"), LONGEST_KEY, InvalidParty)


def checked_purpose(purpose: object) -> str:
    """A purpose as it is stored and compared, in small letters; raises InvalidParty."""
    if not isinstance(purpose, str):
        raise InvalidParty(what=N_("The purpose"), text=str(purpose), reason=N_("a purpose is a word such as bonus"))
    if forbidden_in_names(purpose) is not None:
        raise InvalidParty(what=N_("The purpose"), text=purpose, reason=N_("it holds a control or invisible character"))
    stored = name_key(purpose).strip()
    if not stored or ":" in stored or len(stored) > LONGEST_PURPOSE:
        reason = Said(
            "a purpose is a word of 1 to {longest_purpose} characters without colons", longest_purpose=LONGEST_PURPOSE
        )
        raise InvalidParty(what=N_("The purpose"), text=purpose[:LONGEST_PURPOSE], reason=reason)
    return stored


def _checked_part(database: BookDatabase, name: str, value: Any) -> Any:
    if name not in EDITABLE:
        what = N_("part of a party that can be edited")
        raise InvalidSetting(value=name, what=what, advice=Said("use {names}", names=", ".join(EDITABLE)))
    if name == "referred_by":
        return None if value is None else find_party(database, value).key
    if name == COMMISSIONS:
        return _checked_fact(value, N_("a party may receive commissions or not"))
    readers: dict[str, Callable[[object], Any]] = {
        "name": _checked_name,
        "active": _checked_fact,
        "data": _checked_data,
    }
    return readers[name](value)


def _with_commissions(data: Mapping[str, Any], receives: bool) -> dict[str, Any]:
    """Data that says whether a party may receive commissions."""
    others = {name: value for name, value in data.items() if name != COMMISSIONS}
    return {**others, COMMISSIONS: True} if receives else others


def _checked_name(name: object) -> str:
    text = name.strip() if isinstance(name, str) else ""
    if not 0 < len(text) <= TEXT_LIMIT or not storable(text):
        raise InvalidText(
            field=N_("The party's name"),
            reason=Said("it is a text of 1 to {text_limit} characters", text_limit=TEXT_LIMIT),
        )
    return text


def _checked_fact(fact: object, advice: str = N_("a party is active or not")) -> bool:
    if not isinstance(fact, bool):
        raise InvalidSetting(value=fact, what=N_("yes or no"), advice=advice)
    return fact


def _checked_data(data: object) -> dict[str, Any]:
    """Data as it is read back: the keys as text, the values as JSON has them; raises InvalidText."""
    if not isinstance(data, Mapping):
        raise InvalidText(field=N_("The party's data"), reason=N_("it is a list of names and values"))
    text = canonical({str(name): value for name, value in data.items()})
    if not storable(text):
        raise InvalidText(field=N_("The party's data"), reason=N_("it holds a character no file can keep"))
    kept: dict[str, Any] = json.loads(text)
    return kept


def _refuse_circle(database: BookDatabase, party: Party, referrer: str) -> None:
    """Follows the referrals upwards from the new referrer: whoever meets the party again closes a circle."""
    met, key = [party.key], referrer
    while True:
        found = find_party(database, key)
        if found.id == party.id:
            raise ReferralCircle(party=party.key, referrer=referrer, circle=_shortened([*met, found.key]))
        if found.referred_by is None or found.key in met:
            return
        met.append(found.key)
        key = found.referred_by


def _shortened(keys: list[str]) -> str:
    shown = keys if len(keys) <= 5 else [*keys[:3], "…", keys[-1]]
    return " ← ".join(shown)


def _refuse_unfit(database: BookDatabase, party: Party) -> None:
    """A party is put back only where its key is free and whom it names is there, above it and not below."""
    other = party_of_key(database, party.key)
    if other is not None and other.id != party.id:
        raise LaterAct(what=Said("the party {key!r}", key=party.key), later=N_("its key given to another party"))
    if party.referred_by is None:
        return
    if party_of_key(database, party.referred_by) is None:
        raise LaterAct(
            what=Said("the party {referred_by!r}", referred_by=party.referred_by), later=N_("been deleted since")
        )
    try:
        _refuse_circle(database, party, party.referred_by)
    except ReferralCircle:
        raise LaterAct(what=Said("the party {key!r}", key=party.key), later=N_("other referrals since")) from None


def _take_away(database: BookDatabase, act: Act, party: Party) -> None:
    try:
        delete_party(database, act, party)
    except PartyInUse as refusal:
        raise LaterAct(what=Said("the party {key!r}", key=party.key), later=refusal.values["use"]) from None


def _use(database: BookDatabase, party: Party) -> Said | None:
    """What a party has that names it, in words; None where nothing does."""
    account = database.value("SELECT name FROM accounts WHERE party = ? ORDER BY id LIMIT 1", (party.id,))
    if account is not None:
        return Said("an account of its own, {account!r}", account=account)
    referred = database.value("SELECT key FROM parties WHERE referred_by = ? ORDER BY id LIMIT 1", (party.id,))
    if referred is not None:
        return Said("referred another party, {referred!r}", referred=referred)
    user = database.value("SELECT name FROM users WHERE party = ? ORDER BY id LIMIT 1", (party.id,))
    return None if user is None else Said("a user who signs in for it, {user!r}", user=user)


def _insert(database: BookDatabase, party: Party) -> None:
    database.execute(
        "INSERT INTO parties (id, key, key_fold, name, referred_by, active, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (party.id, party.key, name_key(party.key), party.name, *_rest(database, party)),
    )


def _update(database: BookDatabase, party: Party) -> None:
    database.execute(
        "UPDATE parties SET name = ?, referred_by = ?, active = ?, data = ? WHERE id = ?",
        (party.name, *_rest(database, party), party.id),
    )


def _rest(database: BookDatabase, party: Party) -> Row:
    referrer = None if party.referred_by is None else find_party(database, party.referred_by).id
    return referrer, int(party.active), canonical(party.data)


def _party_of_row(database: BookDatabase, row: int) -> Party | None:
    found = database.row(f"{_COLUMNS} WHERE p.id = ?", (row,))
    return None if found is None else _party(database, found)


def _party(database: BookDatabase, row: Row) -> Party:
    with database.decoding():
        return Party(row[0], row[1], row[2], row[3], bool(row[4]), json.loads(row[5]))
