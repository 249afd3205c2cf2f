"""What was written along with a transaction and shares its fate: is reversed and voided with it?"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.values import Draft

FOLLOWS = "follows"
"""The key of the extra data that holds the number of the transaction that is followed."""

_POSTED_BY = "(SELECT c.act FROM changes c WHERE c.number = {} ORDER BY c.seq LIMIT 1)"


@dataclass(frozen=True, slots=True)
class Follower(Draft):
    """A further draft of a before-hook that follows the transaction it is written with: that one's number stands in its
    data as `follows`, and it is reversed and voided with it. Accounts it `opens` are opened in the same act where
    nobody has their name; its postings name them."""

    opens: tuple[AccountDraft, ...] = ()


def followers_first(drafts: list[Draft]) -> list[Draft]:
    """The first draft, those that follow it, and then the others: so followers have the numbers right behind it."""
    first, *further = drafts
    return [first, *sorted(further, key=lambda draft: not isinstance(draft, Follower))]


def behind(draft: Draft, number: int) -> Draft:
    """A draft as it is written along with transaction `number`."""
    return replace(draft, data={**draft.data, FOLLOWS: number}) if isinstance(draft, Follower) else draft


def as_follower(draft: Draft) -> Follower:
    """The same draft as one that follows."""
    return Follower(**{part.name: getattr(draft, part.name) for part in fields(Draft)})


def followers_of(database: BookDatabase, number: int, *, standing: bool = False) -> list[int]:
    """The transactions that followed one when it was posted, in their order; `standing` those that are neither void nor
    reversed.

    They were written in the same act, right behind it: a posting of its own follows nothing, whatever its data say.
    """
    found = []
    for follower, data, stands in _written_behind(database, number):
        with database.decoding():
            if not follows(json.loads(data), number):
                break
        if stands or not standing:
            found.append(follower)
    return found


def followers_on(database: BookDatabase, accounts: Iterable[int]) -> list[int]:
    """The transactions that follow one with a posting to some accounts, by number; void and reversed ones too."""
    wanted = tuple(accounts)
    may_follow, values = database.containing("t.data", f'"{FOLLOWS}":')
    rows = database.rows(
        "SELECT DISTINCT p.number FROM postings p JOIN transactions t ON t.number = p.number + 1 "
        f"WHERE p.account IN ({', '.join('?' for _ in wanted)}) AND {may_follow} ORDER BY p.number",
        (*wanted, *values),
    )
    return [follower for (number,) in rows for follower in followers_of(database, number)]


def with_followers(database: BookDatabase, numbers: Iterable[int]) -> list[int]:
    """Transactions, each with the standing ones that follow it behind it, once."""
    found: dict[int, None] = {}
    for number in numbers:
        found |= dict.fromkeys([number, *followers_of(database, number, standing=True)])
    return list(found)


def follows(data: Mapping[str, Any], number: int) -> bool:
    """Whether extra data says that its transaction follows another."""
    said = data.get(FOLLOWS)
    return isinstance(said, int) and not isinstance(said, bool) and said == number


def _written_behind(database: BookDatabase, number: int) -> Iterator[tuple[int, str, bool]]:
    """(number, data, whether it stands) of the transactions right behind one, as long as they are of its act."""
    if not 0 < number < 2**63 - 1:
        return
    for behind_it in itertools.count(number + 1):
        row = database.row(
            "SELECT t.data, t.voided, (SELECT r.number FROM transactions r WHERE r.reverses = t.number "
            f"AND r.voided = 0), {_POSTED_BY.format('t.number')}, {_POSTED_BY.format('?')} "
            "FROM transactions t WHERE t.number = ?",
            (number, behind_it),
        )
        if row is None or row[3] is None or row[3] != row[4]:
            return
        yield behind_it, row[0], not row[1] and row[2] is None
