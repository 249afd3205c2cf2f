"""What has the user written in the settings file? Theme, motion, locale and keys; and what there cannot be heeded."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tui_ledger.errors import SettingsNotKept
from tui_ledger.errors.system import system_reason
from tui_ledger.paths import home_as_tilde, settings_file
from tui_ledger.words import N_, NP_, Said, _

OPTIONS = ("theme", "motion", "locale", "keys")
MOTIONS = (NP_("motion", "full"), NP_("motion", "reduced"))

_LONGEST_FILE_BYTES = 1_000_000
_MOST_FAULTY_LINES = 20
_LONGEST_SHOWN = 40
_NOT_READ = N_("the file cannot be read: {reason}")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the settings file says; None and empty where it says nothing.

    `keys` has, by the id of a key, the names of keys as they were typed. Theme, locale, ids and names of keys are
    checked by those who know them. `problems` are sentences about what is wrong so far.
    """

    theme: str | None = None
    motion: str | None = None
    locale: str | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_preferences(path: Path | None = None) -> Preferences:
    """What the settings file says, or the one at `path`; never raises: what cannot be heeded is among the problems."""
    place = path or settings_file()
    problems: list[str] = []
    found = _parsed(place, problems)
    problems += [_unknown(name, OPTIONS) for name in found if name not in OPTIONS]
    motion = _text(found, "motion", problems)
    if motion is not None and motion not in MOTIONS:
        said = _("motion {motion} is not known: write {full} or {reduced}")
        full, reduced = map(quoted, MOTIONS)
        problems.append(said.format(motion=quoted(motion), full=full, reduced=reduced))
        motion = None
    theme, locale, keys = _text(found, "theme", problems), _text(found, "locale", problems), _keys(found, problems)
    return Preferences(theme, motion, locale, keys, tuple(in_file(one, place) for one in problems))


def in_file(problem: str, path: Path | None = None) -> str:
    """A problem as a sentence that names the settings file."""
    return f"{home_as_tilde(path or settings_file())}: {problem.removesuffix('.')}."


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like one that is not known, or None where none is like it."""
    by_fold = {one.casefold(): one for one in known}
    found = get_close_matches(name.casefold()[:_LONGEST_SHOWN], by_fold, n=1, cutoff=0.5)
    return by_fold[found[0]] if found else None


def quoted(text: str) -> str:
    """What somebody wrote, in quotation marks, cut where it is long."""
    return f'"{text}"' if len(text) <= _LONGEST_SHOWN else f'"{text[: _LONGEST_SHOWN - 1]}…"'


def write_preference(name: str, value: str | None, path: Path | None = None) -> None:
    """Write one option into the settings file, or take it out with None; all else in it stays as it was typed.

    Raises SettingsNotKept.
    """

    def change(document: Any) -> None:
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value

    _rewrite(path or settings_file(), change)


def write_key(id: str, names: tuple[str, ...] | None, path: Path | None = None) -> None:
    """Write which keys do what an id stands for, or with None that its own keys do again. Raises SettingsNotKept."""

    def change(document: Any) -> None:
        if "keys" not in document:
            if names is None:
                return
            document["keys"] = {}
        keys = document["keys"]
        if not isinstance(keys, MutableMapping):
            raise SettingsNotKept(path=home_as_tilde(path or settings_file()), reason=N_("keys is no table in it"))
        if names is None:
            keys.pop(id, None)
        else:
            keys[id] = names[0] if len(names) == 1 else list(names)

    _rewrite(path or settings_file(), change)


def _parsed(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        lines = _read(path).split("\n")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        problems.append(_(_NOT_READ).format(reason=_reason(problem)))
        return {}
    for _time in range(_MOST_FAULTY_LINES):
        try:
            return tomllib.loads("\n".join(lines))
        except (ValueError, RecursionError) as problem:
            faulty = _AT_LINE.search(str(problem))
            if faulty is None or int(faulty[1]) > len(lines):
                problems.append(_(_NOT_READ).format(reason=_lowered(str(problem))))
                return {}
            said = _("line {line} cannot be read: {reason}")
            problems.append(said.format(line=faulty[1], reason=_lowered(_AT_LINE.sub("", str(problem)))))
            lines[int(faulty[1]) - 1] = ""
    return {}


def _read(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise ValueError(N_("it is no file"))
    with path.open("rb") as file:
        content = file.read(_LONGEST_FILE_BYTES + 1)
    if len(content) > _LONGEST_FILE_BYTES:
        raise ValueError(N_("it is too long"))
    return content.decode("utf-8-sig")


def _reason(problem: Exception) -> str:
    if isinstance(problem, UnicodeDecodeError):
        return _("it is not written in UTF-8")
    if isinstance(problem, FileExistsError):
        return _("a file is where its folder should be")
    if isinstance(problem, OSError) and problem.strerror:
        return _(system_reason(problem))
    return _(str(problem))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _text(found: Mapping[str, Any], name: str, problems: list[str]) -> str | None:
    value = found.get(name)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    problems.append(_("{option} must be a text in quotation marks").format(option=name))
    return None


def _keys(found: Mapping[str, Any], problems: list[str]) -> dict[str, tuple[str, ...]]:
    table = found.get("keys", {})
    if not isinstance(table, dict):
        problems.append(_('keys must be a table: write [keys] on a line of its own, and below it new = "ctrl+b"'))
        return {}
    keys = {}
    for id, value in table.items():
        names = [value] if isinstance(value, str) else value
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            keys[id] = tuple(name for name in names if name)
        else:
            said = _('[keys] {id} must be a key, "ctrl+b", or a list of keys, ["ctrl+b", "f8"]')
            problems.append(said.format(id=quoted(id)))
    return keys


def _unknown(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    if near:
        return _("{name} is no option: {near} is").format(name=quoted(name), near=near)
    return _("{name} is no option: there are {known}").format(name=quoted(name), known=", ".join(known))


def _rewrite(path: Path, change: Callable[[Any], None]) -> None:
    """Change the document at a path, or a new one; a link stays a link to the file that is changed."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        place = path.resolve()
        text = _read(place) if place.exists() else ""
        document = tomlkit.parse(text)
        change(document)
        written = tomlkit.dumps(document)
        if "\r\n" in text:
            written = re.sub("(?<!\r)\n", "\r\n", written)
        tomllib.loads(written)
        _replace(place, written)
    except (TOMLKitError, tomllib.TOMLDecodeError) as problem:
        reason = Said("put right first what cannot be read in it ({lowered})", lowered=_lowered(str(problem)))
        raise SettingsNotKept(path=home_as_tilde(path), reason=reason) from None
    except (OSError, ValueError, RuntimeError) as problem:
        raise SettingsNotKept(path=home_as_tilde(path), reason=_reason(problem)) from None


def _replace(place: Path, text: str) -> None:
    """The whole file at once: whoever reads meanwhile finds the old one or the new one."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(aside, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
