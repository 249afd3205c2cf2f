"""Who is let in? One browser a token, only from the program's own address, never on another page's behalf."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    is typed or shown without it.
    """

    cookie: str
    key: str


class Door:
    """The addresses that may be asked for, the token that has not been used yet, and who was let in."""

    def __init__(self, hosts: Iterable[str], proxies: Iterable[str] = ()) -> None:
        """`hosts` are the program's own, reached by http; `proxies` stand before it and are reached by https.

        Each is a name or address with its port, as a browser writes it: `127.0.0.1:8321`, `books.example`.
        """
        self._origins: Mapping[str, str] = {
            **{host.lower(): f"http://{host.lower()}" for host in hosts},
            **{host.lower(): f"https://{host.lower()}" for host in proxies},
        }
        self._token: str | None = None
        self._passes: list[Pass] = []

    def new_token(self) -> str:
        """A token that lets one browser in, once; the one before it lets nobody in any more."""
        self._token = secrets.token_urlsafe(_SECRET_BYTES)
        return self._token

    def admit(self, token: str) -> Pass | None:
        """The pass for whoever brings the token; None where it is another one, or was used."""
        if self._token is None or not _same(token, self._token):
            return None
        self._token = None
        admitted = Pass(secrets.token_urlsafe(_SECRET_BYTES), secrets.token_urlsafe(_SECRET_BYTES))
        self._passes.append(admitted)
        return admitted

    def origin(self, caller: Caller) -> str | None:
        """The origin that the request asks for, `http://127.0.0.1:8321`; None where it asks for none of ours."""
        return self._origins.get(caller.hosts[0].lower()) if len(caller.hosts) == 1 else None

    def stranger(self, caller: Caller) -> str | None:
        """Why a request is refused whoever sends it, in one sentence; None where it may go on."""
        own = self.origin(caller)
        if own is None:
            return "This is not an address of the workbench."
        if caller.origin is not None and caller.origin.lower() != own:
            return "Another page may not ask the workbench for anything."
        is_another_page = caller.fetch_site in ("cross-site", "same-site")
        if is_another_page and caller.fetch_mode != "navigate":
            return "Another page may not ask the workbench for anything."
        return None

    def knows(self, cookie: str | None) -> bool:
        """Whether a browser with this cookie was let in."""
        return cookie is not None and any(_same(cookie, one.cookie) for one in self._passes)

    def opens(self, cookie: str | None, key: str | None) -> bool:
        """Whether cookie and key are those of one browser that was let in."""
        if cookie is None or key is None:
            return False
        return any(_same(cookie, one.cookie) & _same(key, one.key) for one in self._passes)


def _same(one: str, other: str) -> bool:
    """Whether two secrets are equal, taking as long where they differ early as where they differ late."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
