"""How does an unfinished transaction leave the entry form and come back? As it was typed, with what it meant."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger, Transaction
from tui_ledger.ledger.schedules import Due
from tui_ledger.ui import entry_start
from tui_ledger.ui.entry_start import Filling, Start
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.unfinished import KeptForm, KeptLine
from tui_ledger.words import _


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What the form begins with, what is then put over it, and what the typist has to know before posting."""

    start: Start
    lines: tuple[tuple[Filling, KeptLine], ...]
    doubt: str = ""


def taken_up(kept: KeptForm, ledger: Ledger, when: str, locale: str) -> TakenUp:
    """What a kept form is now: the same edit, the same due day, or a new transaction; `when` is told in its title.

    What it was about may have changed since: then it says so, and posts nothing else than it shows. Amounts that were
    written in another locale than this one are told and left out, since 1.450 is not the same everywhere.
    """
    readable, unread = (kept, "") if kept.locale == locale else _without_amounts(kept)
    if kept.edited is not None:
        found = _edit(readable, kept.edited, ledger, when)
    elif kept.schedule is not None:
        found = _due(readable, ledger, when)
    else:
        found = _as_new(readable, when)
    return replace(found, doubt=" ".join(part for part in (found.doubt, unread) if part))


def fingerprint(transaction: Transaction) -> str:
    """What tells whether a transaction still says what it said; balances and marks make no difference."""
    lines = [(line.account, str(line.amount), line.memo, str(line.price)) for line in transaction.postings]
    said = (transaction.date, transaction.payee, transaction.memo, transaction.tags, transaction.voided, lines)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def kept_line(account: str, amount: str, filled: Filling, start: Sequence[Filling]) -> KeptLine:
    """A line as it stands; where it came from is kept so that what was cleared stays cleared."""
    origin = next((place for place, filling in enumerate(start) if filling is filled), None)
    return KeptLine(account, amount, filled.memo, origin)


def _edit(kept: KeptForm, number: int, ledger: Ledger, when: str) -> TakenUp:
    try:
        transaction = ledger.editable(number)
    except LedgerError as refusal:
        doubt = _("{refusal} What was typed stands here as a new transaction.").format(refusal=refusal)
        return _as_new(kept, when, doubt)
    start = entry_start.editing(transaction)
    titled = replace(start, title=_unfinished(start.title, when))
    if kept.seen == fingerprint(transaction):
        lines = [(_origin(line, start.lines), line) for line in kept.lines]
        return TakenUp(titled, tuple(lines))
    doubt = _("Transaction {number} was changed since this was typed: look at what stands here before you save it.")
    return TakenUp(titled, _alone(kept), doubt.format(number=number))


def _due(kept: KeptForm, ledger: Ledger, when: str) -> TakenUp:
    new = _as_new(kept, when)
    waiting = [one for one in _waiting(ledger) if (one.schedule.name, one.day) == (kept.schedule, kept.due)]
    if waiting:
        title = _unfinished(_("{schedule}, due {day}").format(schedule=kept.schedule, day=kept.due), when)
        return replace(new, start=replace(new.start, title=title, due=waiting[0]))
    doubt = _("What {schedule} had due on {day} is not due any more: {key} would post it once more, as new.")
    return replace(new, doubt=doubt.format(schedule=kept.schedule, day=kept.due, key=pressed("post")))


def _without_amounts(kept: KeptForm) -> tuple[KeptForm, str]:
    amounts = [line.amount for line in kept.lines if line.amount]
    lines = tuple(replace(line, amount="") for line in kept.lines)
    told = _("Type the amounts again, they were written in {locale}: {amounts}")
    said = told.format(locale=kept.locale, amounts=" · ".join(amounts)) if amounts else ""
    return replace(kept, lines=lines, day_text=None), said


def _waiting(ledger: Ledger) -> Sequence[Due]:
    try:
        return ledger.due()
    except LedgerError:
        return ()


def _as_new(kept: KeptForm, when: str, doubt: str = "") -> TakenUp:
    fillings = tuple(Filling() for _line in kept.lines)
    title = _unfinished(_("New transaction"), when)
    start = Start(title=title, tags=kept.tags, lines=fillings, date=kept.day)
    return TakenUp(start, _alone(kept), doubt)


def _unfinished(title: str, when: str) -> str:
    return _("{title}, unfinished since {moment}").format(title=title, moment=when)


def _alone(kept: KeptForm) -> tuple[tuple[Filling, KeptLine], ...]:
    return tuple((Filling(memo=line.memo), line) for line in kept.lines)


def _origin(line: KeptLine, start: Sequence[Filling]) -> Filling:
    known = line.origin is not None and 0 <= line.origin < len(start)
    return start[line.origin or 0] if known else Filling(memo=line.memo)
