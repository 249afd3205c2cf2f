"""What of an unposted transaction outlives the program? What was typed, in a file until it is posted or dropped."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tui_ledger.words import _

FOLDER = "unfinished"
_LARGEST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as it was typed; `memo` is the posting's own, `origin` its place among the lines the form began with."""

    account: str = ""
    amount: str = ""
    memo: str | None = None
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Everything that stood in an entry form.

    `day` is the day it meant, `day_text` what was typed instead and not understood yet. `edited` is the number of the
    transaction being changed, `seen` tells whether it is still what the typist saw. `schedule` and `due` are those of a
    day that was to be posted. `locale` is how amounts were written.
    """

    day: date
    day_text: str | None = None
    payee: str = ""
    memo: str = ""
    tags: tuple[str, ...] = ()
    lines: tuple[KeptLine, ...] = ()
    edited: int | None = None
    seen: str | None = None
    schedule: str | None = None
    due: date | None = None
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Forms that were left behind by one program that is no more, and when they were typed in last."""

    path: Path
    at: datetime
    forms: tuple[KeptForm, ...]


class UnfinishedForms:
    """The unfinished forms of one book: this program's own, and those that others left behind.

    Each program writes a file of its own and holds a lock beside it while it lives, so two at once never take each
    other's; one that was killed has lost its lock and leaves its file. Files and folder are the user's alone.
    """

    def __init__(self, state_folder: Path, place: str) -> None:
        self._folder = state_folder / FOLDER
        self._book = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        self._name = f"{self._book}-{secrets.token_hex(8)}"
        self._locks: dict[str, int] = {}
        self._writing = threading.Lock()
        self._last_turn = 0

    def keep(self, forms: Sequence[KeptForm], at: datetime, turn: int) -> None:
        """Keep what stands in the forms, all or nothing; without a form nothing is kept. Raises OSError.

        Threads may overtake each other: what has an earlier `turn` than what was kept last comes too late and is not.
        """
        with self._writing:
            if turn < self._last_turn:
                return
            self._last_turn = turn
            if not forms:
                self._forget(self._name)
                return
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._name not in self._locks and not self._lock(self._name):
                raise OSError(_("the lock beside it is held by another program"))
            _write(self._file(self._name), {"at": at.isoformat(), "forms": [_plain(form) for form in forms]})

    def left_behind(self) -> tuple[Unfinished, ...]:
        """What programs that are no more have left, the latest first; from now on it is this one's to offer."""
        with self._writing:
            return tuple(sorted(self._claimed(), key=lambda one: one.at, reverse=True))

    def drop(self, unfinished: Unfinished) -> None:
        """Take away what was left behind, once it is kept elsewhere or not wanted."""
        with self._writing:
            self._forget(unfinished.path.stem)

    def close(self) -> None:
        """Let go of everything; what was not dropped is offered again by the next program."""
        with self._writing:
            for name in list(self._locks):
                self._unlock(name)

    def _claimed(self) -> Iterator[Unfinished]:
        for path in self._folder.glob(f"{self._book}-*.json"):
            if path.stem in self._locks or not self._lock(path.stem):
                continue
            found = _read(path)
            if found is None:
                self._unlock(path.stem)
            else:
                yield found

    def _lock(self, name: str) -> bool:
        """Take a file's lock unless a living program has it."""
        path = self._folder / f"{name}.lock"
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_still_there = os.path.samestat(os.fstat(lock), path.stat())
        except OSError:
            is_still_there = False
        if not is_still_there:
            os.close(lock)
            return False
        self._locks[name] = lock
        return True

    def _unlock(self, name: str) -> None:
        lock = self._locks.pop(name)
        if not self._file(name).exists():
            with suppress(OSError):
                (self._folder / f"{name}.lock").unlink(missing_ok=True)
        os.close(lock)

    def _forget(self, name: str) -> None:
        if name in self._locks:
            self._file(name).unlink(missing_ok=True)
            self._unlock(name)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _write(path: Path, content: object) -> None:
    """The whole content or what was there before, whatever happens; on disk when this returns."""
    aside = path.with_suffix(".new")
    file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as text:
        json.dump(content, text, ensure_ascii=True)
        text.flush()
        os.fsync(text.fileno())
    aside.replace(path)


def _read(path: Path) -> Unfinished | None:
    """What a file keeps; None where it is not one of ours, or holds nothing."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
        forms = tuple(_form(one) for one in found["forms"])
        return Unfinished(path, datetime.fromisoformat(found["at"]), forms) if forms else None
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None


def _plain(form: KeptForm) -> dict[str, Any]:
    found = asdict(form)
    return {**found, "day": form.day.isoformat(), "due": form.due and form.due.isoformat()}


def _form(found: dict[str, Any]) -> KeptForm:
    return KeptForm(
        day=date.fromisoformat(found["day"]),
        day_text=_text_or_none(found["day_text"]),
        payee=str(found["payee"]),
        memo=str(found["memo"]),
        tags=tuple(str(tag) for tag in found["tags"]),
        lines=tuple(
            KeptLine(str(one["account"]), str(one["amount"]), _text_or_none(one["memo"]), _whole_or_none(one["origin"]))
            for one in found["lines"]
        ),
        edited=_whole_or_none(found["edited"]),
        seen=_text_or_none(found["seen"]),
        schedule=_text_or_none(found["schedule"]),
        due=None if found["due"] is None else date.fromisoformat(found["due"]),
        locale=str(found["locale"]),
    )


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _whole_or_none(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
