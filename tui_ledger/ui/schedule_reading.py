"""Which schedule does a filled-in form mean? What recurs, under which name, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.recurrence import Recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, checked_name, template_of, templates
from tui_ledger.text import clean, name_key
from tui_ledger.words import N_, Said

INTERVALS = ((1, "month"), (1, "quarter"), (1, "year"), (1, "week"), (2, "week"), (1, "day"))
"""Those that are offered, as (count, unit)."""

_NUMBER_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Source:
    """What recurs: its template, a name that suits it, and the day of the transaction it was taken from, or None."""

    template: Template
    name: str
    day: date | None = None


def source_meant(text: str, ledger: Ledger) -> Source:
    """What a text names: a template by its name, else a transaction by its number, with # or without.

    Raises InvalidOptions, UnknownTransaction.
    """
    typed = text.strip()
    if not typed:
        raise InvalidOptions(reason=N_("Say what recurs: the number of a transaction, or the name of a template."))
    found = next((one for one in templates(ledger) if name_key(one.name) == name_key(typed)), None)
    if found is not None:
        return Source(found, found.name)
    number = transaction_number(typed)
    if number is None:
        raise InvalidOptions(
            reason=Said(
                "There is no template {name!r}: name one, or give the number of a transaction.", name=clean(typed)
            )
        )
    transaction = ledger.transaction(number)
    if transaction.voided:
        raise InvalidOptions(reason=Said("Transaction {number} is void: there is nothing to repeat.", number=number))
    template = template_of(transaction, "")
    return Source(template, clean(template.payee or template.memo).strip(), transaction.date)


def transaction_number(text: str) -> int | None:
    """The number a text is, with # or without; None for any other text."""
    digits = text.strip().removeprefix("#")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _NUMBER_DIGITS
    return int(digits) if is_number else None


def name_meant(text: str, taken: Iterable[str]) -> str:
    """A name for a new schedule; raises InvalidSetting where it cannot be one or is `taken`, whatever its case."""
    try:
        name = checked_name(text)
    except InvalidSetting as refusal:
        raise InvalidSetting(**{**refusal.values, "what": N_("name for a schedule")}) from None
    if name_key(name) in map(name_key, taken):
        advice = N_("there is a schedule of that name, change that one or give another")
        raise InvalidSetting(value=name, what=N_("new name"), advice=advice)
    return name


def day_after_source(source: Source, rule: Recurrence) -> date | None:
    """When to start what repeats a transaction, which stands in the book already: one interval after it."""
    if source.day is None:
        return None
    days = replace(rule, first=source.day, last=None).days()
    return next(islice(days, 1, None), None)


def still_standing(meant: Schedule, standing: Schedule | None) -> Schedule:
    """A changed schedule with the days that were posted or skipped under it so far."""
    if standing is None:
        return meant
    return replace(meant, through=standing.through, handled=standing.handled)
