"""Who is let in? One browser a token, or whoever signs in; from the program's own address, never for another page."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tui_ledger.serving.people import Person
from tui_ledger.words import N_

MOST_FOR_ONE = 20
LONGEST_STAY_SECONDS = 12 * 60 * 60.0
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says of itself: all its Host headers, its Origin, and how the browser says it came about."""

    hosts: Sequence[str]
    origin: str | None = None
    fetch_site: str | None = None
    fetch_mode: str | None = None

    @property
    def navigates(self) -> bool:
        """Whether somebody opens the address; a browser that does not say how it came to ask is believed."""
        return self.fetch_mode in (None, "navigate")


@dataclass(frozen=True, slots=True)
class Pass:
    """What a browser that was let in holds.

    `cookie` goes with every request. Browsers send a cookie to every port of its host, so another program that listens
    on this computer may come to see it; `key` stays in the page's own store, which no other port can read, and nothing
    is typed or shown without it. `person` is who signed in there, None where the token alone lets in.
    """

    cookie: str = field(repr=False)
    key: str = field(repr=False)
    person: Person | None = None


@dataclass(slots=True)
class _Stay:
    """Since when a pass is held, when it was last shown, and how many workbenches it has open; in seconds."""

    held: Pass
    since: float
    last: float
    workbenches: int = 0


class Door:
    """The addresses that may be asked for, the token that has not been used yet, and who was let in."""

    def __init__(
        self,
        hosts: Iterable[str],
        proxies: Iterable[str] = (),
        *,
        rest_seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hosts` are the program's own, reached by http; `proxies` stand before it and are reached by https.

        Each is a name or address with its port, as a browser writes it: `127.0.0.1:8321`, `books.example`. A person's
        pass ends after `rest_seconds` without a workbench, and after half a day in any case.
        """
        self._origins: Mapping[str, str] = {
            **{host.lower(): f"http://{host.lower()}" for host in hosts},
            **{host.lower(): f"https://{host.lower()}" for host in proxies},
        }
        self._token: str | None = None
        self._stays: list[_Stay] = []
        self._rest_seconds = rest_seconds
        self._clock = clock

    def new_token(self) -> str:
        """A token that lets one browser in, once; the one before it lets nobody in any more."""
        self._token = secrets.token_urlsafe(_SECRET_BYTES)
        return self._token

    def admit(self, token: str) -> Pass | None:
        """The pass for whoever brings the token; None where it is another one, or was used."""
        if self._token is None or not _same(token, self._token):
            return None
        self._token = None
        return self._admitted(None)

    def admit_person(self, person: Person) -> Pass:
        """A new pass for somebody who signed in: whatever the browser held before is not made theirs.

        Of a person's passes that have no workbench open only the latest are kept.
        """
        theirs = [stay for stay in self._stays if stay.held.person is not None and stay.held.person.name == person.name]
        for stay in [stay for stay in theirs if not stay.workbenches][: 1 - MOST_FOR_ONE]:
            self.dismiss(stay.held)
        return self._admitted(person)

    def origin(self, caller: Caller) -> str | None:
        """The origin that the request asks for, `http://127.0.0.1:8321`; None where it asks for none of ours."""
        return self._origins.get(caller.hosts[0].lower()) if len(caller.hosts) == 1 else None

    def stranger(self, caller: Caller) -> str | None:
        """Why a request is refused whoever sends it, in one sentence, looked up where it is shown; None where it
        may go on."""
        own = self.origin(caller)
        if own is None:
            return N_("This is not an address of the workbench.")
        if caller.origin is not None and caller.origin.lower() != own:
            return N_("Another page may not ask the workbench for anything.")
        is_another_page = caller.fetch_site in ("cross-site", "same-site")
        if is_another_page and caller.fetch_mode != "navigate":
            return N_("Another page may not ask the workbench for anything.")
        return None

    def knows(self, cookie: str | None) -> bool:
        """Whether a browser with this cookie was let in."""
        return self.shown(cookie) is not None

    def shown(self, cookie: str | None) -> Pass | None:
        """The pass of a browser with this cookie; None where it was not let in, or long ago. Showing it prolongs it."""
        if cookie is None:
            return None
        now = self._clock()
        self._stays = [stay for stay in self._stays if not self._is_over(stay, now)]
        found = next((stay for stay in self._stays if _same(cookie, stay.held.cookie)), None)
        if found is None:
            return None
        found.last = now
        return found.held

    def opens(self, cookie: str | None, key: str | None) -> Pass | None:
        """The pass whose cookie and key these are; None where they are not those of one browser that was let in."""
        held = self.shown(cookie)
        return held if held is not None and key is not None and _same(key, held.key) else None

    @contextmanager
    def working(self, held: Pass) -> Iterator[None]:
        """While a workbench is open for a pass, it rests not."""
        stays = [stay for stay in self._stays if stay.held is held]
        for stay in stays:
            stay.workbenches += 1
        try:
            yield
        finally:
            for stay in stays:
                stay.workbenches -= 1
                stay.last = self._clock()

    def dismiss(self, held: Pass) -> None:
        """The pass lets nobody in any more."""
        self._stays = [stay for stay in self._stays if stay.held is not held]

    def _admitted(self, person: Person | None) -> Pass:
        admitted = Pass(secrets.token_urlsafe(_SECRET_BYTES), secrets.token_urlsafe(_SECRET_BYTES), person)
        now = self._clock()
        self._stays.append(_Stay(admitted, now, now))
        return admitted

    def _is_over(self, stay: _Stay, now: float) -> bool:
        if stay.held.person is None or self._rest_seconds is None:
            return False
        has_rested = not stay.workbenches and now - stay.last > self._rest_seconds
        return has_rested or now - stay.since > LONGEST_STAY_SECONDS


def _same(one: str, other: str) -> bool:
    """Whether two secrets are equal, taking as long where they differ early as where they differ late."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
