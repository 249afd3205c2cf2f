"""Which reports did somebody save, and what does each of them ask for? Those the program knows how to make."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import LedgerError, UnknownSavedReport
from tui_ledger.ledger import saved_reports as kept
from tui_ledger.reports.requests import Request, kinds, unknown_report
from tui_ledger.text import name_key

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.saved_reports import SavedReport


def known_saved_reports(ledger: Ledger) -> tuple[SavedReport, ...]:
    """The saved reports of a book, by name; one that hides behind a report of the program or that this one could not
    make, which another program left there, is left out."""
    return tuple(saved for saved in kept.saved_reports(ledger) if _is_known(saved))


def resolved(request: Request, ledger: Ledger | None) -> Request:
    """What is asked for under a name, with what is said now in the place of what was saved; without a book only the
    reports of the program have names. Raises UnknownReport, and InvalidSetting where what was saved has no known shape.
    """
    if any(kind.name == request.report for kind in kinds()):
        return request.over(Request(request.report))
    if ledger is None:
        raise unknown_report(request.report)
    try:
        saved = kept.saved_report_named(ledger, request.report)
    except UnknownSavedReport:
        others = tuple(saved.name for saved in known_saved_reports(ledger))
        raise unknown_report(request.report, others) from None
    return request.over(request_of(saved))


def request_of(saved: SavedReport) -> Request:
    """What a saved report asks for."""
    return Request(saved.report, saved.options)


def save_request(
    ledger: Ledger, name: str, request: Request, *, key: str | None = None, actor: str | None = None
) -> SavedReport:
    """Keeps what is asked for under a name, in the place of what has it, and returns it as kept.

    It is made once to see that it can be. Raises what that raises, and InvalidSetting for a name that is taken by a
    report of the program.
    """
    checked = free_name(name)
    request.made(ledger)
    return kept.save_report(ledger, kept.SavedReport(checked, request.report, request.options), key=key, actor=actor)


def free_name(name: str) -> str:
    """A name that a report may be saved under, without blanks around it; raises InvalidSetting."""
    return kept.checked_name(name)


def check_saved_setting(name: str, value: Any) -> None:
    """Refuses a setting `report.NAME` that would be no report that can be made: raises InvalidSetting, InvalidOptions,
    InvalidDate. What a book has to know, such as a currency, is not asked."""
    kept.check_saved_report(name, value)
    request_of(kept.saved_of(name, value)).check()


def in_words(request: Request) -> str:
    """A report and its options as they are typed in a shell."""
    words = [request.report]
    for option, said in request.options.items():
        if option.isupper():
            words.append(str(said))
        elif isinstance(said, bool):
            words += [f"--{option}"] if said else []
        else:
            words += [word for one in ((said,) if isinstance(said, str) else said) for word in (f"--{option}", one)]
    return shlex.join(words)


def _is_known(saved: SavedReport) -> bool:
    try:
        request_of(saved).check()
    except LedgerError:
        return False
    return name_key(saved.name) not in kept.REPORT_NAMES | {kept.LIST}
