"""What may whoever signed in ask of the book? All of it, but a party only what it is owed itself, and how that came.

Every public name of the ledger is closed to a party unless it stands here: a question that is added is closed too.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from tui_ledger.errors import NotPermitted
from tui_ledger.ledger import parties, users
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.roles import READERS, WRITE, act_in_plain_words, those_in_words, who_may, with_article
from tui_ledger.ledger.values import Account
from tui_ledger.text import name_key, path_keys, storable
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.basis import LedgerBasis
    from tui_ledger.ledger.users import User

Class = TypeVar("Class", bound="type[LedgerBasis]")

OPEN = frozenset(
    {"signed_in", "sign_in", "for_user", "read_only", "close", "check_place", "snapshot", "hurried", "interruption"}
    | {"name", "place", "path", "patience_seconds", "kept_copy", "currency", "today", "fiscal_year", "revision"}
)
"""Answered to everybody, to who was removed or got another passphrase since too: who they are, which book it is, and
whether it has changed. No figure, name or text of anybody's is in it."""

OF_A_PARTY = frozenset({"party", "party_accounts", "party_balance", "party_sheet"})
"""Questions about the party they name first: open to it, closed to any other."""

OF_ACCOUNTS = frozenset({"sums"})
"""Questions about the accounts they name first, by their ids: open to a party where all of them are its own."""

ANOTHER_PARTY = N_("another party")
"""What stands for another's account in a sheet that a party reads itself."""

_READ = "read"


def asked_by_role(ledger: Class) -> Class:
    """A class of ledger whose public names ask, before anything is looked at, who signed in. Its makers are left alone:
    they open a book anew."""
    for name in dir(ledger):
        found = inspect.getattr_static(ledger, name)
        if name.startswith("_") or name in OPEN:
            continue
        if isinstance(found, property) and found.fget is not None:
            setattr(ledger, name, property(_asked(name, found.fget), doc=found.__doc__))
        elif inspect.isfunction(found):
            setattr(ledger, name, _asked(name, found))
    return ledger


def others_among(accounts: Iterable[Account], own: str) -> frozenset[str]:
    """The names of the accounts that are kept for another party than that of a key, and of those beneath them; its own
    are not among them, wherever they stand."""
    known = tuple(accounts)
    others = {name_key(account.name) for account in known if account.party not in (None, own)}
    return frozenset(one.name for one in known if one.party != own and not others.isdisjoint(path_keys(one.name)))


def _asked(name: str, question: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(question)
    def asked(self: LedgerBasis, /, *arguments: Any, **named: Any) -> Any:
        if self._signed_in is not None:
            first, kind = _asked_for(name, question)
            about = arguments[0] if arguments else named.get(first)
            _refuse_unless_open(self._database, self._signed_in, name, kind, about)
        return question(self, *arguments, **named)

    return asked


@functools.cache
def _asked_for(name: str, question: Callable[..., Any]) -> tuple[str, str]:
    """The name of what a question is about first, and the kind of question it is."""
    parameters = inspect.signature(question).parameters
    return next((one for one in parameters if one != "self"), ""), _kind(name, parameters)


def _kind(name: str, parameters: Collection[str]) -> str:
    """Whether a name is an act, a backup, or reading: what a refusal says."""
    if name == "backup":
        return name
    return WRITE if name in ("write", "preview") or {"actor", "texts"} & set(parameters) else _READ


def _refuse_unless_open(database: BookDatabase, signed_in: User, name: str, kind: str, about: object) -> None:
    """Raises NotPermitted, the same whether what a party asks about is there or not."""
    now = users.as_they_are_now(database, signed_in)
    if now is not None and (now.party is None or _is_own(database, now.party, name, about)):
        return
    role = users.why_not_signed_in(database, signed_in) if now is None else with_article(now.role)
    reading = N_("read this book") if now is None else N_("read anything but its own sheet")
    what, may = (reading, READERS) if kind == _READ else (act_in_plain_words(kind), who_may(kind))
    raise NotPermitted(user=signed_in.name, role=role, what=what, may=those_in_words(may))


def _is_own(database: BookDatabase, own: str, name: str, about: Any) -> bool:
    """Whether the party of a key may ask what it asks."""
    if name in OF_A_PARTY:
        key = about.key if isinstance(about, parties.Party) else about
        found = parties.party_of_key(database, key) if isinstance(key, str) and storable(key) else None
        return found is not None and found.key == own
    return name in OF_ACCOUNTS and isinstance(about, Collection) and _are_accounts(database, own, about)


def _are_accounts(database: BookDatabase, own: str, ids: Collection[Any]) -> bool:
    rows = database.rows("SELECT a.id FROM accounts a JOIN parties p ON p.id = a.party WHERE p.key = ?", (own,))
    return bool(ids) and set(ids) <= {row[0] for row in rows}
