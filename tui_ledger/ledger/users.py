"""Who signs in to the book by name, and as what? Found, added, changed and taken away, inside a write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tui_ledger.errors import (
    InvalidSetting,
    InvalidUser,
    LastAdministrator,
    LaterAct,
    NotPermitted,
    UnknownUser,
    UserExists,
)
from tui_ledger.ledger.called import checked_called, nearest_called, unused_row
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.history import Act, canonical
from tui_ledger.ledger.parties import PartyLike, find_party, party_of_key
from tui_ledger.ledger.passphrases import Secret, read_secret
from tui_ledger.ledger.roles import Role, act_in_plain_words, those_in_words, who_may, with_article
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said, Word

LONGEST_NAME = 100
EDITABLE = ("role", "party", "active")
SAID = "passphrase"
"""The part of a body that says that a passphrase was set, and when; what it is checked with stays in the table."""

_UNREADABLE = "unreadable"
_COLUMNS = "SELECT u.id, u.name, u.role, p.key, u.active, u.secret FROM users u LEFT JOIN parties p ON p.id = u.party"


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in. `name` is what their acts carry and never changes, `id` is its row; `party` is the key of
    the party that a user of that role signs in for; `passphrase_set` is when, in UTC, None where none is set."""

    id: int
    name: str
    role: Role
    party: str | None = None
    active: bool = True
    passphrase_set: str | None = None
    mark: str = field(default="", repr=False)

    @property
    def has_passphrase(self) -> bool:
        return self.passphrase_set is not None


UserLike = User | str


def find_user(database: BookDatabase, user: UserLike) -> User:
    """The user of a name, whatever its case, width and blanks; raises UnknownUser."""
    name = user.name if isinstance(user, User) else str(user)
    found = user_of_name(database, name)
    if found is None:
        raise UnknownUser(user=name, nearest=nearest_called(database, "users", "name", name))
    return found


def user_of_name(database: BookDatabase, name: str) -> User | None:
    """The user of a name, or None."""
    row = database.row(f"{_COLUMNS} WHERE u.name_fold = ?", (name_key(name),))
    return None if row is None else _user(database, row)


def user_of_row(database: BookDatabase, row: int) -> User | None:
    """The user in a row, or None."""
    found = database.row(f"{_COLUMNS} WHERE u.id = ?", (row,))
    return None if found is None else _user(database, found)


def all_users(database: BookDatabase) -> tuple[User, ...]:
    """Every user, inactive ones too, by name."""
    return tuple(_user(database, row) for row in database.rows(f"{_COLUMNS} ORDER BY u.name_fold"))


def secret_of(database: BookDatabase, user: User) -> Secret | None:
    """What a user's passphrase is checked with; None where none is set or it cannot be read."""
    return read_secret(database.value("SELECT secret FROM users WHERE id = ?", (user.id,)))


def as_they_are_now(database: BookDatabase, signed_in: User) -> User | None:
    """Who signed in, with the role they have now; None for who is no user any more, is not active, or got another
    passphrase since: whoever knows that one signs in anew."""
    now = user_of_row(database, signed_in.id)
    return now if now is not None and now.active and now.mark == signed_in.mark else None


def why_not_signed_in(database: BookDatabase, signed_in: User) -> Word:
    """What a refusal calls somebody whom `as_they_are_now` does not know."""
    now = user_of_row(database, signed_in.id)
    is_active = now is not None and now.active
    return N_("whose passphrase was changed since") if is_active else N_("no active user any more")


def refuse_unless_permitted(database: BookDatabase, signed_in: User, kind: str) -> None:
    """Raises NotPermitted where the role that somebody has now does not allow acts of a kind."""
    now, may = as_they_are_now(database, signed_in), who_may(kind)
    if now is not None and now.role in may:
        return
    role = why_not_signed_in(database, signed_in) if now is None else with_article(now.role)
    raise NotPermitted(user=signed_in.name, role=role, what=act_in_plain_words(kind), may=those_in_words(may))


def add_user(
    database: BookDatabase, act: Act, name: str, role: Role | str, party: PartyLike | None, secret: Secret | None
) -> User:
    """Writes a new user; raises UserExists, InvalidUser, UnknownParty."""
    checked = checked_name(name)
    known = user_of_name(database, checked)
    if known is not None:
        raise UserExists(user=known.name)
    key = None if party is None else find_party(database, party).key
    user = _fit(User(unused_row(database, "user", "users"), checked, checked_role(role), key))
    if secret is not None:
        user = replace(user, passphrase_set=secret.set_at, mark=secret.mark)
    _insert(database, user, secret)
    act.record(subject=user_subject(user), after=user_body(user))
    return user


def edit_user(database: BookDatabase, act: Act, user: User, changes: Mapping[str, Any]) -> User:
    """Changes role, party or activity; what stays the same leaves no trace. The name never changes.

    Another role than that of a party lets go of the party. Raises InvalidUser, UnknownParty, LastAdministrator.
    """
    wanted = {name: _checked_part(database, name, value) for name, value in changes.items()}
    if wanted.get("role", Role.PARTY) is not Role.PARTY:
        wanted.setdefault("party", None)
    edited = _fit(replace(user, **wanted))
    if edited == user:
        return user
    _refuse_without_administrator(database, user, edited)
    _update(database, edited)
    act.record(subject=user_subject(user), before=user_body(user), after=user_body(edited))
    return edited


def set_secret(database: BookDatabase, act: Act, user: User, secret: Secret) -> User:
    """Gives a user another passphrase; the history says that, and when, and nothing else of it."""
    changed = replace(user, passphrase_set=secret.set_at, mark=secret.mark)
    database.execute("UPDATE users SET secret = ? WHERE id = ?", (secret.as_text(), user.id))
    act.record(subject=user_subject(user), before=user_body(user), after=user_body(changed))
    return changed


def delete_user(database: BookDatabase, act: Act, user: User) -> None:
    """Takes a user away; their name stays on what they did. Raises LastAdministrator while there are others."""
    _refuse_without_administrator(database, user, None)
    database.execute("DELETE FROM users WHERE id = ?", (user.id,))
    act.record(subject=user_subject(user), before=user_body(user))


def restore_user(
    database: BookDatabase, act: Act, row: int, current: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
) -> None:
    """Writes a user as a body of the history has it: for undo and redo. Who comes back has no passphrase.

    Raises LaterAct where it was changed since, LastAdministrator.
    """
    stored = user_of_row(database, row)
    if _bare(None if stored is None else user_body(stored)) != _bare(current):
        raise LaterAct(
            what=Said("the user {user!r}", user=(wanted or current or {})["name"]), later=N_("a later change")
        )
    if wanted is None:
        if stored is not None:
            _refuse_newer_passphrase(stored, current or {})
            delete_user(database, act, stored)
        return
    user = user_of_body(row, wanted)
    _refuse_unfit(database, user)
    if stored is None:
        _insert(database, user, None)
        act.record(subject=user_subject(user), after=user_body(user))
        return
    kept = replace(user, passphrase_set=stored.passphrase_set, mark=stored.mark)
    _refuse_without_administrator(database, stored, kept)
    _update(database, kept)
    act.record(subject=user_subject(kept), before=user_body(stored), after=user_body(kept))


def user_body(user: User) -> dict[str, Any]:
    """A user as the history keeps it: nothing that is as usual, and of the passphrase only when it was set."""
    body: dict[str, Any] = {"name": user.name, "role": str(user.role)}
    body |= {} if user.party is None else {"party": user.party}
    body |= {} if user.active else {"active": False}
    return body if not user.mark else {**body, SAID: {"set": user.passphrase_set, "mark": user.mark}}


def user_of_body(row: int, body: Mapping[str, Any]) -> User:
    """A user as a body of the history has it, without a passphrase."""
    return User(row, body["name"], Role(body["role"]), body.get("party"), bool(body.get("active", True)))


def user_subject(user: User) -> str:
    """What the history calls a user: its row."""
    return f"user {user.id}"


def stored_bodies(database: BookDatabase) -> Iterator[tuple[str, str]]:
    """(subject, body) of every user in the table, as the history would say it; what is compared by the name, and the
    party that is signed in for, are said where they are not what they should be."""
    rows = database.rows(
        "SELECT u.id, u.name, u.name_fold, u.role, u.party, p.key, u.active, u.secret "
        "FROM users u LEFT JOIN parties p ON p.id = u.party"
    )
    for row, name, fold, role, party, key, active, secret in rows:
        body = {"name": name, "role": role}
        body |= {} if fold == name_key(name) else {"name_fold": fold}
        body |= {} if party is None else {"party": party if key is None else key}
        body |= {} if active else {"active": False}
        said, mark = _said_of(secret)
        yield f"user {row}", canonical(body if not mark else {**body, SAID: {"set": said, "mark": mark}})


def without_lost_passphrases(said: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, str]:
    """Last bodies of the history, by subject, without passphrases that the table has none of: a book made of its
    history cannot have them."""
    found = dict(said)
    for subject, text in said.items():
        there = stored.get(subject)
        if subject.startswith("user ") and there is not None and SAID not in json.loads(there):
            found[subject] = canonical(_bare(json.loads(text)))
    return found


def checked_name(name: object) -> str:
    """A name as it is stored, without blanks around it; raises InvalidUser."""
    return checked_called(name, N_("name"), LONGEST_NAME, InvalidUser)


def checked_role(role: object) -> Role:
    """A role by its name; raises InvalidUser."""
    if isinstance(role, str) and role.strip().casefold() in tuple(Role):
        return Role(role.strip().casefold())
    raise InvalidUser(what=N_("The role"), text=str(role)[:40], reason=Said("a role is {names}", names=", ".join(Role)))


def _checked_part(database: BookDatabase, name: str, value: Any) -> Any:
    if name == "role":
        return checked_role(value)
    if name == "party":
        return None if value is None else find_party(database, value).key
    if name != "active":
        raise InvalidSetting(
            value=name,
            what=N_("part of a user that can be edited"),
            advice=Said("use {names}", names=", ".join(EDITABLE)),
        )
    if not isinstance(value, bool):
        raise InvalidSetting(value=value, what=N_("yes or no"), advice=N_("a user is active or not"))
    return value


def _fit(user: User) -> User:
    """The user, where role and party go together; raises InvalidUser."""
    if user.role is Role.PARTY and user.party is None:
        raise InvalidUser(what=N_("The role"), text=str(user.role), reason=N_("say which party the user signs in for"))
    if user.role is not Role.PARTY and user.party is not None:
        reason = Said("only a user whose role is {party} signs in for a party", party=Role.PARTY)
        raise InvalidUser(what=N_("The party"), text=user.party, reason=reason)
    return user


def _refuse_without_administrator(database: BookDatabase, before: User, after: User | None) -> None:
    """Users are never left without an active administrator, once they have one; nobody at all is no user."""
    if not _administers(before) or (after is not None and _administers(after)):
        return
    others = [user for user in all_users(database) if user.id != before.id]
    if (others or after is not None) and not any(map(_administers, others)):
        raise LastAdministrator(user=before.name)


def _administers(user: User) -> bool:
    return user.active and user.role is Role.ADMINISTRATOR


def _refuse_newer_passphrase(stored: User, current: Mapping[str, Any]) -> None:
    if stored.mark and stored.mark != current.get(SAID, {}).get("mark"):
        raise LaterAct(what=Said("the user {name!r}", name=stored.name), later=N_("a passphrase set since"))


def _refuse_unfit(database: BookDatabase, user: User) -> None:
    """A user is put back only where the name is free and the party still there."""
    other = user_of_name(database, user.name)
    if other is not None and other.id != user.id:
        raise LaterAct(what=Said("the user {name!r}", name=user.name), later=N_("its name given to another user"))
    if user.party is not None and party_of_key(database, user.party) is None:
        raise LaterAct(what=Said("the party {party!r}", party=user.party), later=N_("been deleted since"))


def _bare(body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A body without what it says of a passphrase."""
    return None if body is None else {name: value for name, value in body.items() if name != SAID}


def _insert(database: BookDatabase, user: User, secret: Secret | None) -> None:
    database.execute(
        "INSERT INTO users (id, name, name_fold, role, party, active, secret) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            user.id,
            user.name,
            name_key(user.name),
            *_rest(database, user),
            None if secret is None else secret.as_text(),
        ),
    )


def _update(database: BookDatabase, user: User) -> None:
    database.execute("UPDATE users SET role = ?, party = ?, active = ? WHERE id = ?", (*_rest(database, user), user.id))


def _rest(database: BookDatabase, user: User) -> Row:
    party = None if user.party is None else find_party(database, user.party).id
    return str(user.role), party, int(user.active)


def _user(database: BookDatabase, row: Row) -> User:
    with database.decoding():
        said, mark = _said_of(row[5])
        return User(row[0], row[1], Role(row[2]), row[3], bool(row[4]), said, mark)


def _said_of(secret: str | None) -> tuple[str | None, str]:
    """When a passphrase was set, and its mark; of one that cannot be read, as of none, no time."""
    found = read_secret(secret)
    if found is None:
        return None, "" if secret is None else _UNREADABLE
    return found.set_at, found.mark
