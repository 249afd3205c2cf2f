"""Where is a book? A path or a database URL, read by our own small parser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from tui_ledger.errors import UnsupportedDatabase

URL_SIGN = "://"


def book_path(place: str | Path) -> Path:
    """The file of a path or of a `sqlite:///relative` or `sqlite:////absolute` URL; raises UnsupportedDatabase."""
    text = str(place)
    if URL_SIGN not in text:
        return _home_expanded(Path(place))
    scheme, _, rest = text.partition(URL_SIGN)
    if scheme != "sqlite":
        raise UnsupportedDatabase(
            url=without_password(text), advice="this release opens SQLite books: a path, or sqlite:///PATH"
        )
    if not rest.startswith("/") or len(rest) < 2:
        raise UnsupportedDatabase(url=text, advice="write sqlite:///PATH, with three slashes and a path")
    return Path(unquote(rest[1:]))


def _home_expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def without_password(url: str) -> str:
    """A URL as it may be shown."""
    scheme, _, rest = url.partition(URL_SIGN)
    authority, slash, path = rest.partition("/")
    user, at, host = authority.rpartition("@")
    return f"{scheme}{URL_SIGN}{user.partition(':')[0]}{at}{host}{slash}{path}"
