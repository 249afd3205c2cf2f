"""What is left behind when the program itself fails? Words for whoever sat there, a report without values.

An exception's message may hold what was typed or what the book says. Neither the sentences nor the report repeat one:
they name types and places in the program.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import sqlite3
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from tui_ledger import __version__
from tui_ledger.paths import state_folder
from tui_ledger.text import clean
from tui_ledger.words import _

REPORTS_KEPT = 10
FRAMES_SHOWN = 60
CHAIN_SHOWN = 8
DEBUG_VARIABLE = "TUI_LEDGER_DEBUG"

_LIBRARIES = ("textual", "rich", "peewee", "babel")
_FOLDER = "crashes"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program ran in: the size of the terminal in cells, and the name of the screen in front."""

    columns: int
    rows: int
    screen: str


def crash_report(error: BaseException, at: datetime, surroundings: Surroundings) -> str:
    """Types and places of an exception and of what led to it, versions and the terminal; no value, no message."""
    head = [
        f"tui-ledger {__version__} failed at {at.astimezone(UTC).isoformat(timespec='seconds')}",
        ", ".join([f"Python {platform.python_version()}", *_versions(), f"SQLite {sqlite3.sqlite_version}"]),
        f"{platform.system()} {platform.machine()}, terminal {os.environ.get('TERM', 'unnamed')}",
        f"{surroundings.columns}x{surroundings.rows} cells, {surroundings.screen}",
        "Types and places only: nothing that was typed and nothing of a book stands here.",
    ]
    parts = [_one_error(one, leading) for one, leading in _chain(error)]
    return clean_lines([*head, "", *(line for part in parts for line in part)])


def crash_words(error: BaseException, place: str, report: Path | None) -> str:
    """What happened, that the book is safe, how to see it, and where the report lies; `place` is '' without a book."""
    cause = root_error(error)
    frame = next(iter(reversed(_frames(cause.__traceback__))), "")
    where = f"{type(cause).__name__} in {frame}" if frame else type(cause).__name__
    lines = [_("tui-ledger ended by an error of its own: {error}.").format(error=where)]
    if place:
        command = f"tui-ledger --book {shlex.quote(place)} verify"
        lines.append(_("The book is safe: everything that was acknowledged is in {place}").format(place=place))
        lines.append(_("To check every figure of it: {command}").format(command=command))
        lines.append(_("What was still being typed was not posted; the next start offers it again."))
    if report is None:
        lines.append(_("A report could not be written."))
    else:
        lines.append(_("A report without any of your figures or names: {path}").format(path=report))
    return clean_lines(lines)


def traced(error: BaseException) -> str:
    """The whole of an error, messages too, for whoever asked for it with TUI_LEDGER_DEBUG; '' for everybody else."""
    if not os.environ.get(DEBUG_VARIABLE):
        return ""
    return clean_lines("".join(traceback.format_exception(root_error(error))).splitlines())


def keep_report(text: str, at: datetime) -> Path | None:
    """Writes a report into the state folder, readable for its user alone; None where that cannot be done."""
    try:
        folder = state_folder() / _FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        path.chmod(0o600)
        _forget_old(folder)
    except OSError:
        return None
    return path


def root_error(error: BaseException) -> BaseException:
    """The error itself, where a worker's failure only wraps it."""
    wrapped = getattr(error, "error", None)
    return wrapped if isinstance(wrapped, BaseException) else error


def clean_lines(lines: list[str]) -> str:
    """Lines that may go to a terminal, each ended."""
    return "".join(f"{clean(line)}\n" for line in lines)


def _one_error(error: BaseException, leading: str) -> list[str]:
    kind = type(error)
    frames = _frames(error.__traceback__)
    if len(frames) > FRAMES_SHOWN:
        half = FRAMES_SHOWN // 2
        frames = [*frames[:half], f"… {len(frames) - 2 * half} more", *frames[-half:]]
    return [f"{leading}{kind.__module__}.{kind.__qualname__}", *(f"  {frame}" for frame in frames), ""]


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """The error, then what led to it, then what that came out of; a group's own errors too."""
    waiting, seen = [(root_error(error), "")], set[int]()
    while waiting and len(seen) < CHAIN_SHOWN:
        link, leading = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link, leading
        if isinstance(link, BaseExceptionGroup):
            waiting += [(root_error(one), "within it: ") for one in link.exceptions]
        if link.__cause__ is not None:
            waiting.append((root_error(link.__cause__), "caused by "))
        elif link.__context__ is not None and not link.__suppress_context__:
            waiting.append((root_error(link.__context__), "while handling "))


def _frames(trace: TracebackType | None) -> list[str]:
    """Module, line and function of each step; module names say nothing of anyone's folders."""
    return [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]


def _versions() -> Iterator[str]:
    for library in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            yield f"{library} {version(library)}"


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob("*.txt"))[:-REPORTS_KEPT]:
        old.unlink(missing_ok=True)
