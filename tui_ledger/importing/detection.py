"""Is a file a journal in hledger's format?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui_ledger.importing.source import first_text

_ENDINGS = frozenset({".journal", ".hledger", ".j", ".ledger"})
_LOOKED_AT_BYTES = 64_000
_HEADER = re.compile(r"(?:[0-9]{4}[-/.])?[0-9]{1,2}[-/.][0-9]{1,2}(?:=[0-9/.-]+)?(?:[ \t]+(?P<rest>.*))?")
_DIRECTIVE = re.compile(
    r"(?:account|commodity|payee|tag|include|alias|decimal-mark|apply (?:account|year)|year)[ \t]+\S.*"
    r"|comment|[DP][ \t]+\S.*[0-9].*|Y[ \t]?[0-9]{4}|~[ \t]*[^~\s].*|=[ \t]*[^=\s].*"
)
_BEANCOUNT = re.compile(
    r'(?:[*!]|txn|open|close|commodity|balance|pad|note|document|price|event|query|custom)(?:[ \t].*)?"'
    r"|(?:open|close|balance|pad|price|commodity)[ \t]+[A-Z]"
)


def looks_like_journal(path: str | Path) -> bool:
    """Whether a file has a journal's ending, or begins like one: a directive, or a dated line with indented ones below.

    Raises FileNotReadable for what is no file.
    """
    path = Path(path)
    text = first_text(path, _LOOKED_AT_BYTES)
    return path.suffix.lower() in _ENDINGS or _begins_like_journal(text)


def _begins_like_journal(text: str) -> bool:
    lines = _meaningful_lines(text)
    first = next(lines, None)
    if first is None:
        return False
    if _DIRECTIVE.fullmatch(first):
        return True
    header = _HEADER.fullmatch(first)
    if header is None or _BEANCOUNT.match(header["rest"] or ""):
        return False
    following = next(lines, None)
    return following is not None and following[0] in " \t"


def _meaningful_lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        stripped = line.rstrip(" \t\r")
        if stripped and stripped.lstrip(" \t")[0] not in ";#*":
            yield stripped
