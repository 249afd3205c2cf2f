"""How soon may somebody try to sign in again? At once at first, then ever later, by name and by address."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address, ip_network

from tui_ledger.text import name_key

MOST_KEPT = 10_000
FORGOTTEN_SECONDS = 900.0
_LONGEST_NAME = 100
_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class _Rule:
    """How many tries are free, and how long the wait, which doubles with each further one, can become."""

    free: int
    longest_seconds: float

    def wait_after(self, tries: int) -> float:
        if tries < self.free:
            return 0.0
        return min(2.0 ** min(tries - self.free, 30), self.longest_seconds)


@dataclass(frozen=True, slots=True)
class _Tries:
    """How often it went wrong, and when last."""

    count: int
    last: float


_BOTH, _ADDRESS, _NAME = _Rule(3, 300.0), _Rule(10, 300.0), _Rule(10, 20.0)
"""A name alone never waits long: else whoever knows it could keep its owner out from anywhere."""


class Attempts:
    """What was tried in vain lately. Nothing is asked of whether a name is known: all are counted alike."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._tries: dict[tuple[str, str], _Tries] = {}

    def begin(self, name: str, address: str) -> int:
        """Counts a try that may be made now, as if it failed, and gives 0; else how many seconds it has to wait.

        What is being tried is counted already, so that many at once are not free.
        """
        now = self._clock()
        wait = max(self._left(key, rule, now) for key, rule in _keys(name, address))
        if wait > 0:
            return math.ceil(wait)
        for key, _ in _keys(name, address):
            self._tries[key] = _Tries(self._count(key, now) + 1, now)
        self._drop_oldest(now)
        return 0

    def succeeded(self, name: str, address: str) -> None:
        """Forgets what was tried under a name that then signed in; its address keeps what else it tried."""
        both, from_there, named = (key for key, _ in _keys(name, address))
        self._tries.pop(both, None)
        self._tries.pop(named, None)
        tried = self._tries.get(from_there)
        if tried is not None:
            self._tries[from_there] = replace(tried, count=max(tried.count - 1, 0))

    def _left(self, key: tuple[str, str], rule: _Rule, now: float) -> float:
        tries = self._tries.get(key)
        return 0.0 if tries is None else tries.last + rule.wait_after(self._count(key, now)) - now

    def _count(self, key: tuple[str, str], now: float) -> int:
        tries = self._tries.get(key)
        return 0 if tries is None or now - tries.last > FORGOTTEN_SECONDS else tries.count

    def _drop_oldest(self, now: float) -> None:
        if len(self._tries) <= MOST_KEPT:
            return
        kept = [(key, one) for key, one in self._tries.items() if now - one.last <= FORGOTTEN_SECONDS]
        kept.sort(key=lambda pair: pair[1].last)
        self._tries = dict(kept[-MOST_KEPT * 9 // 10 :])


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], _Rule], ...]:
    called, place = name_key(name[:_LONGEST_NAME]), network_of(address)
    return ((called, place), _BOTH), (("", place), _ADDRESS), ((called, ""), _NAME)


def network_of(address: str) -> str:
    """What an address is counted under: of IPv6 its network, since whoever has one address there has them all."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_LONGEST_NAME]
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((int(found), _NETWORK_BITS), strict=False))
    return str(found)
