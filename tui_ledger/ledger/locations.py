"""Where is a book? A path or a database URL, read by our own small parser."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from tui_ledger.errors import UnsupportedDatabase
from tui_ledger.words import N_

URL_SIGN = "://"
BACKUP_FOLDER = "backups"
_LONGEST_ASIDE = 50
_SERVERS = ("postgresql", "postgres")
_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "host",
        "hostaddr",
        "krbsrvname",
        "options",
        "passfile",
        "password",
        "port",
        "require_auth",
        "requirepeer",
        "service",
        "ssl_min_protocol_version",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslrootcert",
        "target_session_attrs",
        "user",
    }
)


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database that holds a book: how it is connected to, and its URL as it may be shown."""

    database: str
    shown: str
    parameters: Mapping[str, str] = field(repr=False)


def located(place: str | Path) -> Path | Server:
    """The file or the server's database of a path or URL; raises UnsupportedDatabase."""
    scheme, sign, rest = str(place).partition(URL_SIGN)
    if sign and scheme in _SERVERS:
        return _server(str(place), rest)
    return book_path(place)


def book_path(place: str | Path) -> Path:
    """The file of a path or of a `sqlite:///relative` or `sqlite:////absolute` URL; raises UnsupportedDatabase."""
    text = str(place)
    if URL_SIGN not in text:
        return _home_expanded(Path(place))
    scheme, _, rest = text.partition(URL_SIGN)
    if scheme != "sqlite":
        raise _unsupported(text, N_("write a path, sqlite:///PATH, or postgresql://USER@HOST/DATABASE"))
    if not rest.startswith("/") or len(rest) < 2:
        raise _unsupported(text, N_("write sqlite:///PATH, with three slashes and a path"))
    return Path(unquote(rest[1:]))


def without_password(url: str) -> str:
    """A URL as it may be shown: without the password before the host, and without one among the options."""
    scheme, sign, rest = url.partition(URL_SIGN)
    open_rest = re.sub(r"[?&]password=[^&]*", "", rest)
    # A password with a slash or a question mark in it is written wrongly, and is no less secret.
    before, at, host = open_rest.rpartition("@")
    if "?" not in open_rest and "&" in host:
        host = host.replace("&", "?", 1)
    return f"{scheme}{sign}{before.partition(':')[0]}{at}{host}"


def _server(url: str, rest: str) -> Server:
    address, _, query = rest.partition("?")
    authority, _, database = address.partition("/")
    signed_in, _, host = authority.rpartition("@")
    user, _, password = signed_in.partition(":")
    parameters = {"user": user, "password": password, **_host_and_port(url, host)}
    parameters = {name: unquote(text) for name, text in parameters.items() if text}
    parameters |= _options(url, query)
    database = unquote(database)
    if not database or "/" in database or not _storable({"dbname": database, **parameters}):
        raise _unsupported(url, N_("write postgresql://USER@HOST/DATABASE, special characters as %XX"))
    if not parameters.get("port", "0").isascii() or not parameters.get("port", "0").isdigit():
        raise _unsupported(url, N_("its port is not a number"))
    return Server(database, without_password(url), parameters)


def _host_and_port(url: str, text: str) -> dict[str, str]:
    """`host`, `host:port`, `[::1]:port`; nothing for the server of this machine."""
    found = re.fullmatch(r"(?:\[(?P<v6>[0-9A-Fa-f:.%]+)\]|(?P<host>[^:\[\]]*))(?::(?P<port>[^:]*))?", text)
    if found is None:
        raise _unsupported(url, N_("write postgresql://USER@HOST/DATABASE, special characters as %XX"))
    return {"host": found["v6"] or found["host"] or "", "port": found["port"] or ""}


def _options(url: str, query: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in filter(None, query.split("&")):
        name, _, text = pair.partition("=")
        if name not in _OPTIONS:
            raise _unsupported(url, N_("one of its options after the question mark is not known"))
        options[name] = unquote(text)
    return options


def _storable(texts: Mapping[str, str]) -> bool:
    return not any("\x00" in text or "\ufffd" in text for text in texts.values())


def _unsupported(url: str, advice: str) -> UnsupportedDatabase:
    return UnsupportedDatabase(url=without_password(url), advice=advice)


def _home_expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def free_file(folder: Path, stem: str, suffix: str) -> Path:
    """A name in a folder that nothing has: `stem` and `suffix`, with a number between them where that is taken."""
    names = (f"{stem}{suffix}" if place == 1 else f"{stem}-{place}{suffix}" for place in count(1))
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def aside_name(path: Path) -> Path:
    """A hidden name beside `path` that nothing has, for a file while it is written."""
    return path.with_name(f".{path.name[:_LONGEST_ASIDE]}.{secrets.token_hex(8)}.part")
