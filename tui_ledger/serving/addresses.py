"""Where may the program listen, and by which names is it asked for there?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from tui_ledger.errors import CannotServe
from tui_ledger.words import Said

LAST_PORT = 65535
_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[0-9]{1,5})?", re.ASCII)
_HTTP_PORT = 80


@dataclass(frozen=True, slots=True)
class Address:
    """An address to listen at, and the names of proxies that stand before it. Port 0 is any free one."""

    host: str
    port: int
    proxies: tuple[str, ...] = ()

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """How a browser on this computer may name the address; the first is the one told."""
        reached = self.host if _is_loopback(self.host) else "127.0.0.1"
        names = (f"[{reached}]" if ":" in reached else reached, "localhost")
        with_port = [f"{name}:{self.port}" for name in names]
        return (*with_port, *names) if self.port == _HTTP_PORT else tuple(with_port)

    @property
    def url(self) -> str:
        """What is to be opened: the first proxy's address, else the program's own."""
        return f"https://{self.proxies[0]}/" if self.proxies else f"http://{self.own_hosts[0]}/"


def address(host: str, port: int, proxies: Sequence[str] = ()) -> Address:
    """The address, checked; raises CannotServe for one that others could reach without a proxy before it."""
    named = "127.0.0.1" if host.strip().lower() == "localhost" else host.strip().strip("[]")
    if not _is_address(named):
        raise CannotServe(
            reason=Said(
                "{host!r} is no address to listen at: write one such as 127.0.0.1, or leave --host out.", host=host
            )
        )
    if not proxies and not _is_loopback(named):
        raise CannotServe(
            reason=Said(
                "{host} can be reached by others and nothing is encrypted there: leave --host out, or put a "
                "proxy with TLS before it and say --behind-proxy NAME.",
                host=host,
            )
        )
    if not 0 <= port <= LAST_PORT:
        raise CannotServe(
            reason=Said(
                "There is no port {port}: write a number from 0 to {last_port}.", port=port, last_port=LAST_PORT
            )
        )
    return Address(named, port, tuple(_proxy(name) for name in proxies))


def _proxy(name: str) -> str:
    plain = name.strip().lower()
    if _NAME.fullmatch(plain) is None:
        raise CannotServe(
            reason=Said(
                "{name!r} is no name of a proxy: write it as browsers ask for it, such as books.example or "
                "books.example:8443.",
                name=name,
            )
        )
    return plain.removesuffix(":443")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def _is_loopback(host: str) -> bool:
    return ip_address(host).is_loopback
