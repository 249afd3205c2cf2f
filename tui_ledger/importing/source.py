"""Which lines does a text file hold?"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import stat
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

from tui_ledger.errors import FileNotReadable
from tui_ledger.errors.system import system_reason
from tui_ledger.importing.refusals import Refusals
from tui_ledger.ledger.held_files import is_held
from tui_ledger.text import clean
from tui_ledger.words import N_, Said

LARGEST_FILE_BYTES = 100_000_000
LONGEST_LINE_BYTES = 1_000_000
_PIECE_BYTES = 1_000_000

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class TextFile:
    """A file's text, read from disk once, so that every pass over its lines sees the same file.

    UTF-8, with or without byte order mark; lines end in LF or CRLF.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self._content = content
        self._starts: array[int] | None = None

    def lines(self) -> Iterator[str]:
        """Each line with its line end, one at a time."""
        return io.TextIOWrapper(io.BytesIO(self._content), encoding="utf-8", newline="\n")

    def text_of(self, first: int, last: int) -> str:
        """Some lines with their line ends, both inclusive and counted from 1."""
        starts = self._starts
        if starts is None:
            starts = self._starts = array("q", [0])
            starts.extend(found.end() for found in re.finditer(b"\n", self._content))
        end = starts[last] if last < len(starts) else len(self._content)
        return self._content[starts[first - 1] : end].decode("utf-8")

    def digest(self) -> str:
        """What the file is told by: a digest of all it holds."""
        return hashlib.sha256(self._content).hexdigest()

    def line_count(self) -> int:
        return self._content.count(b"\n") + (not self._content.endswith(b"\n") and bool(self._content))


def open_text(path: Path) -> TextFile:
    """The text of a regular file of at most 100 MB.

    Raises FileNotReadable, and ImportRefused naming the lines that are no UTF-8, hold NUL or are longer than 1 MB.
    """
    content = _content_of(path)
    if content.startswith(_UTF16_MARKS):
        raise FileNotReadable(path=clean(str(path)), reason=N_("it is written in UTF-16; save it as UTF-8"))
    content = content.removeprefix(_UTF8_MARK)
    refusals = Refusals()
    _refuse_long_lines(content, refusals)
    _refuse_nul(content, refusals)
    _refuse_undecodable(content, refusals)
    refusals.raise_if_any(path)
    return TextFile(path, content)


def first_text(path: Path, size_bytes: int) -> str:
    """The beginning of a file as text, strange bytes replaced; raises FileNotReadable."""
    return _content_of(path, size_bytes).removeprefix(_UTF8_MARK).decode("utf-8", "replace")


def _content_of(path: Path, size_bytes: int | None = None) -> bytes:
    try:
        status = path.stat()
        _refuse_other_than_regular(path, status.st_mode)
        if size_bytes is None and status.st_size > LARGEST_FILE_BYTES:
            raise _too_large(path)
        if is_held(path):
            raise FileNotReadable(path=clean(str(path)), reason=N_("it is the book itself, which is open"))
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1 if size_bytes is None else size_bytes)
    except (OSError, ValueError) as problem:
        raise FileNotReadable(path=clean(str(path)), reason=_reason(problem)) from problem
    if len(content) > LARGEST_FILE_BYTES:
        raise _too_large(path)
    return content


def _refuse_other_than_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FileNotReadable(path=clean(str(path)), reason=N_("it is a directory; name a file in it"))
    if not stat.S_ISREG(mode):
        raise FileNotReadable(path=clean(str(path)), reason=N_("it is no regular file"))


def _too_large(path: Path) -> FileNotReadable:
    limit = LARGEST_FILE_BYTES // 1_000_000
    return FileNotReadable(
        path=clean(str(path)), reason=Said("it is larger than {limit} MB; split it, by year for example", limit=limit)
    )


def _reason(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError):
        return N_("there is no such file")
    if isinstance(problem, OSError) and problem.strerror:
        return system_reason(problem)
    return N_("its name cannot name a file")


def _refuse_long_lines(content: bytes, refusals: Refusals) -> None:
    """Looks at windows of half the limit: only a line too long can fill one without a line end."""
    window = LONGEST_LINE_BYTES // 2
    checked_to = 0
    for start in range(0, len(content), window):
        if start < checked_to or content.find(b"\n", start, start + window) >= 0:
            continue
        first = content.rfind(b"\n", 0, start) + 1
        end = content.find(b"\n", start)
        checked_to = len(content) if end < 0 else end
        if checked_to - first > LONGEST_LINE_BYTES:
            refusals.refuse(_line_at(content, first), N_("the line is longer than 1 MB"))


def _refuse_nul(content: bytes, refusals: Refusals) -> None:
    if b"\x00" in content:
        _refuse_lines(
            content, lambda line: b"\x00" in line, N_("the line holds NUL, so this is no text file"), refusals
        )


def _refuse_undecodable(content: bytes, refusals: Refusals) -> None:
    if not _is_utf8(content):
        reason = N_("the line is not written in UTF-8: save the file as UTF-8")
        _refuse_lines(content, lambda line: not _is_utf8(line), reason, refusals)


def _refuse_lines(content: bytes, is_bad: Callable[[bytes], bool], reason: str, refusals: Refusals) -> None:
    for number, line in enumerate(io.BytesIO(content), 1):
        if is_bad(line):
            refusals.refuse(number, reason)
            if refusals.is_hopeless:
                return


def _is_utf8(content: bytes) -> bool:
    """Looks at a piece at a time: the text of a whole large file can take four times its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _PIECE_BYTES):
            decoder.decode(content[start : start + _PIECE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _line_at(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1
