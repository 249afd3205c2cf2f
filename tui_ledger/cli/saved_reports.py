"""How are reports saved, forgotten and listed on the command line?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.errors import InvalidOptions, LedgerError, NoBookNamed
from tui_ledger.words import Said, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.saved_reports import SavedReport
    from tui_ledger.reports.requests import Request


def book_if_any(session: Session) -> Ledger | None:
    """The book that is meant; None where none is named and the last one opened is not there any more."""
    try:
        session.place(reading=False)
    except NoBookNamed:
        with suppress(LedgerError):
            return session.for_reading()
        return None
    return session.for_reading()


def save(session: Session, name: str, request: Request, *, key: str | None, actor: str | None, as_json: bool) -> None:
    """Keeps what is asked for under a name, and says so, and what it took the place of."""
    from tui_ledger.ledger import saved_reports as kept
    from tui_ledger.reports.requests import Request
    from tui_ledger.reports.saved import in_words, resolved, save_request

    ledger = session.for_writing()
    whole = resolved(request, ledger)
    before, revision = {one.name for one in kept.saved_reports(ledger)}, ledger.revision
    saved = save_request(ledger, name, whole, key=key, actor=actor)
    is_replaced = saved.name in before and ledger.revision > revision
    if as_json:
        print_json({**saved_shape(saved), "replaced": is_replaced})
        return
    said = _("Saved {name} in place of the one before: {what}") if is_replaced else _("Saved {name}: {what}")
    print_lines([said.format(name=saved.name, what=in_words(Request(saved.report, saved.options)))])


def forget(session: Session, name: str, *, key: str | None, actor: str | None, as_json: bool) -> None:
    """Takes a saved report away, and says so."""
    from tui_ledger.ledger.saved_reports import forget_report

    found = forget_report(session.for_writing(), name, key=key, actor=actor)
    if as_json:
        print_json({"name": found})
    else:
        print_lines([_("Forgot {name}").format(name=found)])


def list_all(session: Session, *, as_json: bool) -> None:
    """Every report there is with the options it takes, then those saved in the book with theirs."""
    from tui_ledger.reports.requests import kinds
    from tui_ledger.reports.saved import in_words, known_saved_reports, request_of

    ledger = book_if_any(session)
    saved = () if ledger is None else known_saved_reports(ledger)
    if as_json:
        own = [
            {"name": one.name, "title": one.title, "about": one.about, "options": list(one.options)} for one in kinds()
        ]
        print_json({"reports": own, "saved": [saved_shape(one) for one in saved]})
        return
    for one in kinds():
        options = (option if option.isupper() else f"--{option}" for option in one.options)
        print_lines([f"{one.name}  {_(one.about)}", f"    {' '.join(options)}"])
    for kept in saved:
        print_lines([f"{kept.name}  {_('saved')}", f"    {in_words(request_of(kept))}"])


def check_only(what: str, said: dict[str, object]) -> None:
    """Refuses options beside one that stands alone."""
    other = next((option for option, value in said.items() if value not in (None, False, ())), None)
    if other is not None:
        raise InvalidOptions(reason=Said("{what} takes no {other}: leave it out.", what=what, other=other))


def saved_shape(saved: SavedReport) -> dict[str, Any]:
    """A saved report in JSON."""
    options = {name: list(said) if isinstance(said, tuple) else said for name, said in saved.options.items()}
    return {"name": saved.name, "report": saved.report, "options": options}
