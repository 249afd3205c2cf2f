"""Which reports does the book keep under a name, with the options they were asked for with? Settings `report.NAME`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidSetting, UnknownSavedReport
from tui_ledger.ledger.kept_names import checked_kept_name, kept_as
from tui_ledger.text import clean, name_key, storable
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

PREFIX = "report."
NAME_LIMIT = 80
MOST_OPTIONS = 60
MOST_VALUES = 400
_TEXT_LIMIT = 500
_PARTS = {"report", "options"}
_OPTION = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")

REPORT_NAMES = frozenset(
    {
        *("balance-sheet", "income-statement", "trial-balance", "cash-flow", "net-worth", "general-ledger", "register"),
        *("journal", "statistics", "parties", "statement", "postings", "tax"),
    }
)
"""The reports of the program, which `reports.requests` knows how to make: what a saved one can be of, and cannot be
called."""

LIST = "list"
"""The word that lists all reports, and therefore names none."""

OptionValue = str | bool | tuple[str, ...]
"""What was said for an option, in the words it was said in: a text, several of one that may be repeated, or a flag."""


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report by the name it is called by in the list of all reports, and its options by theirs, without dashes."""

    name: str
    report: str
    options: Mapping[str, OptionValue] = field(default_factory=lambda: MappingProxyType({}))


def saved_reports(ledger: Ledger) -> tuple[SavedReport, ...]:
    """Every report that was saved, by name; what another program left there in no known shape is left out."""
    found = []
    for name, value in ledger.settings().items():
        if name.startswith(PREFIX) and _flaw(value) is None:
            found.append(_saved(name.removeprefix(PREFIX), value))
    return tuple(sorted(found, key=lambda saved: (name_key(saved.name), saved.name)))


def saved_report_named(ledger: Ledger, name: str) -> SavedReport:
    """One of them by its name, upper or lower case; raises UnknownSavedReport, and InvalidSetting where what stands
    under the name is no saved report."""
    known = {saved.name: saved for saved in saved_reports(ledger)}
    kept = kept_as(name, known)
    if kept is not None:
        return known[kept]
    if (value := ledger.setting(PREFIX + name)) is not None:
        raise InvalidSetting(value=clean(name), what=N_("saved report"), advice=_flaw(value) or N_("save it anew"))
    raise UnknownSavedReport(name=name)


def save_report(ledger: Ledger, saved: SavedReport, *, key: str | None = None, actor: str | None = None) -> SavedReport:
    """Keeps a report under its name, in the place of one that has it, upper or lower case; returns it as kept.

    Whether it makes sense is asked of `reports.requests` before. Raises InvalidSetting.
    """
    name = checked_name(saved.name)
    named = replace(saved, name=kept_as(name, [known.name for known in saved_reports(ledger)]) or name)
    ledger.set_setting(PREFIX + named.name, saved_body(named), key=key, actor=actor)
    return named


def forget_report(ledger: Ledger, name: str, *, key: str | None = None, actor: str | None = None) -> str:
    """Takes a saved report away, also one in no known shape, and returns its name; raises UnknownSavedReport."""
    found = name if ledger.setting(PREFIX + name) is not None else saved_report_named(ledger, name).name
    ledger.set_setting(PREFIX + found, None, key=key, actor=actor)
    return found


def checked_name(name: str) -> str:
    """A name for a report, without blanks around it, that is no report of the program and begins with no dash, which
    would make it an option; raises InvalidSetting."""
    stripped = name.strip()
    if name_key(stripped) in REPORT_NAMES | {LIST}:
        advice = N_("a report of the program is called so, choose another")
        raise InvalidSetting(value=stripped, what=N_("name for a saved report"), advice=advice)
    if stripped.startswith("-"):
        advice = N_("begin it with something else than a dash")
        raise InvalidSetting(value=clean(stripped)[:NAME_LIMIT], what=N_("name for a report"), advice=advice)
    return checked_kept_name(name, N_("name for a report"), NAME_LIMIT)


def check_saved_report(name: str, value: object) -> None:
    """Refuses a setting `report.NAME` that has not the shape of a saved report, or is of no report of the program;
    raises InvalidSetting."""
    called = name.removeprefix(PREFIX)
    if checked_name(called) != called:
        advice = N_("write it without blanks around it")
        raise InvalidSetting(value=clean(called), what=N_("name for a report"), advice=advice)
    flaw = _flaw(value) or _unknown(value)
    if flaw is not None:
        raise InvalidSetting(value=name, what=N_("saved report"), advice=flaw)


def saved_body(saved: SavedReport) -> dict[str, Any]:
    """A saved report as the book keeps it."""
    options = {name: list(value) if isinstance(value, tuple) else value for name, value in saved.options.items()}
    return {"report": saved.report, "options": options}


def saved_of(name: str, body: Mapping[str, Any]) -> SavedReport:
    """What the book keeps under a setting `report.NAME`, which has the shape of a saved report."""
    return _saved(name.removeprefix(PREFIX), body)


def _saved(name: str, body: Mapping[str, Any]) -> SavedReport:
    options = {option: tuple(value) if isinstance(value, list) else value for option, value in body["options"].items()}
    return SavedReport(name, body["report"], MappingProxyType(options))


def _flaw(value: object) -> str | Said | None:
    """What keeps a value from being a saved report, as advice; None for nothing."""
    if not isinstance(value, Mapping) or value.keys() != _PARTS or not _is_text(value["report"]):
        return N_("it has the name of a report, and options")
    options = value["options"]
    if not isinstance(options, Mapping) or len(options) > MOST_OPTIONS:
        return Said("its options are at most {most} pairs of a name and what was said", most=MOST_OPTIONS)
    if not all(isinstance(name, str) and _OPTION.fullmatch(name) for name in options):
        return N_("its options are called as on the command line, without dashes")
    if not all(map(_is_said, options.values())):
        return N_("what was said for an option is a text, a list of texts, or true")
    return None


def _unknown(value: object) -> Said | None:
    """That a value is of no report of the program, as advice; None where it is of one."""
    report = value["report"] if isinstance(value, Mapping) else None
    if report in REPORT_NAMES:
        return None
    return Said("{report!r} is no report: choose one of {names}", report=report, names=", ".join(sorted(REPORT_NAMES)))


def _is_said(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= MOST_VALUES and all(map(_is_text, value))
    return value is True or _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _TEXT_LIMIT and storable(value)
