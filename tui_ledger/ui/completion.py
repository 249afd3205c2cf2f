"""Which account or payee does a bookkeeper mean by a few letters?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tui_ledger.ledger.values import Account
from tui_ledger.text import name_key

AccountUse = Mapping[int, tuple[int, int]]

_BETWEEN_WORDS = re.compile(r"[\s:]+")
_NEVER_USED = (0, 0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    account: Account
    name: str
    code: str
    words: tuple[str, ...]


class AccountIndex:
    """The accounts that take postings, ready to be found by prefixes of the words of their path, or by code."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._candidates = [
            _candidate(account) for account in accounts if not account.placeholder and not account.closed
        ]
        self._exact = {candidate.code: candidate.account for candidate in self._candidates if candidate.code}
        self._exact |= {candidate.name: candidate.account for candidate in self._candidates}

    def named(self, typed: str) -> Account | None:
        """The account whose full name or code was typed, or None."""
        return self._exact.get(name_key(typed.strip()))

    def matching(self, typed: str, use: AccountUse, limit: int = 8) -> list[Account]:
        """The accounts a text may mean, the likeliest first.

        Each word typed is the beginning of a word of the path, in order: `ban cur` finds `Assets:Bank:Current`; a code
        is found by its beginning. An exact name or code goes first, then the account used most with this payee
        (`use`: account id to times used and latest transaction), then the one used last, then by name.
        """
        key = name_key(typed.strip())
        words = [word for word in _BETWEEN_WORDS.split(key) if word]
        found = [candidate for candidate in self._candidates if _matches(candidate, key, words)]
        found.sort(key=lambda candidate: _rank(candidate, key, use))
        return [candidate.account for candidate in found[:limit]]


class PayeeIndex:
    """The payees of the book, the latest used first, ready to be found by the beginnings of their words."""

    def __init__(self, payees: Iterable[str]) -> None:
        self._payees = [(name_key(payee), payee) for payee in payees]

    def remember(self, payee: str) -> None:
        """A payee that was just used goes to the front."""
        self._payees = [(name_key(payee), payee), *(pair for pair in self._payees if pair[1] != payee)]

    def matching(self, typed: str, limit: int = 8) -> list[str]:
        """Those that begin with what was typed, then those one of whose later words does."""
        wanted = name_key(typed.strip())
        first = [payee for key, payee in self._payees if key.startswith(wanted)]
        within = [payee for key, payee in self._payees if f" {wanted}" in key and not key.startswith(wanted)]
        return (first + within)[:limit]


def _candidate(account: Account) -> _Candidate:
    name = name_key(account.name)
    words = tuple(word for word in _BETWEEN_WORDS.split(name) if word)
    return _Candidate(account, name, name_key(account.code or ""), words)


def _matches(candidate: _Candidate, key: str, words: list[str]) -> bool:
    if candidate.code and candidate.code.startswith(key):
        return True
    place = 0
    for word in words:
        while place < len(candidate.words) and not candidate.words[place].startswith(word):
            place += 1
        if place == len(candidate.words):
            return False
        place += 1
    return True


def _rank(candidate: _Candidate, key: str, use: AccountUse) -> tuple[bool, int, int, str]:
    is_exact = key in (candidate.name, candidate.code)
    times, latest = use.get(candidate.account.id, _NEVER_USED)
    return (not is_exact, -times, -latest, candidate.name)
