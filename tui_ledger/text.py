"""Which characters may be stored, shown and compared?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TEXT_LIMIT = 500

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# Letters and marks that draw nothing: two names that differ by them alone look the same.
_UNDRAWN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# The marks are those a terminal is told the direction of a text with: they come along where a name is copied from it.
_VARIATIONS = re.compile("[\u200e\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SUSPECT = re.compile("[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text as it may be shown: control characters as visible pictures, direction marks and strays as U+FFFD.

    For showing only; what is stored stays as it was typed.
    """
    if _SUSPECT.search(text) is None:
        return text
    return "".join(_shown(character) for character in text)


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    code = ord(character)
    if code < 32:
        return chr(0x2400 + code)
    if code == 127:
        return "\u2421"
    if 128 <= code < 160 or character in _BIDI or character in "\u2028\u2029\ufeff":
        return "\ufffd"
    return "\ufffd" if unicodedata.category(character) in ("Cs", "Cn", "Co") else character


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What two names are compared by: case, width, accents' spelling and blanks make no difference.

    Compatibility form, folded case, no variation selectors and direction marks, runs of blanks as one, none beside a
    colon.
    """
    plain = _VARIATIONS.sub("", name)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    return ":".join(_BLANKS.sub(" ", part).strip() for part in folded.split(":"))


def path_keys(name: str) -> list[str]:
    """What an account's name and those above it are compared by, the outermost first: ['assets', 'assets:bank']."""
    parts = name_key(name).split(":")
    return [":".join(parts[:length]) for length in range(1, len(parts) + 1)]


def folded(text: str | None) -> str:
    """What texts are searched by: case, width and accents' spelling make no difference; '' for none."""
    return "" if text is None else unicodedata.normalize("NFKC", text).casefold()


def forbidden_in_names(text: str) -> str | None:
    """The first character a name may not hold (control, format, private, unassigned, undrawn), or None."""
    for character in text:
        if character in _UNDRAWN or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return character
    return None


def storable(text: str) -> bool:
    """Whether a database and a file can hold the text: no NUL, no lone surrogate."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
