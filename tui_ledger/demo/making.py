"""How is the demo book made, anew when it is there?"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from tui_ledger.charts import chart_accounts
from tui_ledger.demo.parties import add_parties
from tui_ledger.demo.shop import DEMO_DAY, Correction, shop_acts
from tui_ledger.demo.taxes import add_tax_codes
from tui_ledger.errors import BookExists, BookNotMade, LedgerError
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger import Draft, Ledger
from tui_ledger.ledger.anchors import SUFFIX as ANCHORS
from tui_ledger.ledger.opening import discard_database

FILE_NAME = "demo.ledger"
_ACTOR = "demo"
# The same book each time, to the last hash of its history.
_KEY = "demo"


def make_demo(folder: Path) -> Path:
    """Writes the demo book into a folder, made if need be, and returns its path.

    An older demo book there is replaced; anything else of its name is left and BookExists raised.
    """
    place = folder / FILE_NAME
    _make_folder(folder)
    if os.path.lexists(place) and not _is_demo(place):
        raise BookExists(path=str(place))
    aside = folder / f".{FILE_NAME}.{os.getpid()}"
    discard_database(aside)
    try:
        with Ledger.create(
            aside, "EUR", accounts=chart_accounts("small-shop"), clock=_demo_noon, actor=_ACTOR, book_key=_KEY
        ) as ledger:
            _post(ledger, shop_acts())
        _put_in_place(aside, place)
    except BaseException:
        discard_database(aside)
        raise
    return place


def _post(ledger: Ledger, acts: Iterable[Draft | Correction]) -> None:
    numbers: dict[str, int] = {}
    with ledger.write():
        ledger.set_setting("demo", True, actor=_ACTOR)
        add_parties(ledger, _ACTOR)
        add_tax_codes(ledger, _ACTOR)
        for act in acts:
            if isinstance(act, Correction):
                ledger.reverse(numbers[act.reference], date=act.date, memo=act.memo, actor=_ACTOR)
                continue
            posted = ledger.post_draft(act, actor=_ACTOR)
            if act.reference is not None:
                numbers[act.reference] = posted.number


def _is_demo(place: Path) -> bool:
    try:
        with Ledger.open(place) as ledger:
            return ledger.setting("demo") is True
    except LedgerError:
        return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise BookNotMade(path=str(folder), reason=system_reason(problem)) from None


def _put_in_place(aside: Path, place: Path) -> None:
    """The older book's log must go before the new book takes its name, or it would be read as the new one's; and so
    must what was noted of its history."""
    for suffix in ("-wal", "-shm", ANCHORS):
        with contextlib.suppress(FileNotFoundError):
            place.with_name(place.name + suffix).unlink()
    try:
        aside.replace(place)
    except OSError as problem:
        raise BookNotMade(path=str(place), reason=system_reason(problem)) from None


def _demo_noon() -> datetime:
    return datetime.combine(DEMO_DAY, time(12), UTC)
