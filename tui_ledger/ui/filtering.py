"""What may the text of a filter go on with? Parts of a query, payees, accounts, tags, periods, saved filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tui_ledger.ledger.filters import PREFIX as SAVED_PREFIX
from tui_ledger.ledger.filters import saved_filters
from tui_ledger.ledger.queries import MARKS, SIDES, STATUSES
from tui_ledger.text import name_key
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion
from tui_ledger.words import N_, _

__all__ = [
    "SAVED_PREFIX",
    "FilterWords",
    "Replacement",
    "SavedFilter",
    "Word",
    "filter_completions",
    "quoted",
    "saved_filters",
    "word_at",
]

_PARTS: Mapping[str, str] = {
    "payee:": N_("who"),
    "account:": N_("a part of its name, or its code"),
    "amount:": "100, >100, 10..20",
    "party:": N_("whose account, by key"),
    "debit:": N_("an amount debited: 100, >100"),
    "credit:": N_("an amount credited: 100, >100"),
    "side:": "debit, credit",
    "date:": "2026, 2026-Q1, month-1, A..B",
    "tag:": N_("a whole tag"),
    "status:": "uncleared, cleared, reconciled",
    "is:": "void, reversed, reversal, closing, imported",
    "memo:": N_("what for"),
    "reference:": N_("an invoice, a voucher"),
    "currency:": N_("its code"),
    "not": N_("leaves out what follows"),
    "or": N_("either side"),
}
_PERIODS = ("today", "yesterday", "week", "month", "month-1", "quarter", "quarter-1", "year", "year-1")
_KEPT_TOGETHER = frozenset(' ()"')


@dataclass(frozen=True, slots=True)
class Word:
    """The word of a query that is being typed: where it begins in the text, and what there is of it so far."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """What taking a completion does: `text` stands in the query from `start` to the cursor."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that was given a name; taking it replaces the whole query."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class FilterWords:
    """What the book has for a filter to go on with."""

    payees: Sequence[str] = ()
    accounts: Sequence[str] = ()
    tags: Sequence[str] = ()
    currencies: Sequence[str] = ()
    parties: Sequence[str] = ()
    saved: Mapping[str, str] = field(default_factory=dict)


def word_at(text: str, cursor: int) -> Word:
    """The word that ends at the cursor; quotes keep blanks in it, and a `-` or parenthesis before it is none of it."""
    start, quoted = 0, False
    for place, character in enumerate(text[:cursor]):
        if character == '"':
            quoted = not quoted
        elif not quoted and (character.isspace() or character == "("):
            start = place + 1
    if start < cursor and text[start] == "-":
        start += 1
    return Word(start, text[start:cursor])


def filter_completions(text: str, cursor: int, words: FilterWords, today: date) -> list[Completion]:
    """What a query may go on with at the cursor, the likeliest first."""
    word = word_at(text, cursor)
    found = [
        Completion(f"{name}  {query}", _("saved"), SavedFilter(name, query))
        for name, query in words.saved.items()
        if word.start == 0 and name_key(name).startswith(name_key(text[:cursor].strip()))
    ]
    if word.text:
        found += [_completion(word, *one) for one in _going_on(word.text, words, today)]
    elif not text.strip():
        found += [_completion(word, part, about) for part, about in _PARTS.items() if part.endswith(":")]
    return found[:ROWS_SHOWN]


def quoted(text: str) -> str:
    """A value as it stands behind a colon: in quotation marks where it has blanks; at one of its own it ends."""
    whole = text.partition('"')[0]
    return f'"{whole}"' if _KEPT_TOGETHER & set(whole) else whole


def _completion(word: Word, text: str, detail: str) -> Completion:
    goes_on = text.endswith(":")
    return Completion(text, _(detail), Replacement(word.start, text if goes_on else f"{text} "))


def _going_on(typed: str, words: FilterWords, today: date) -> Iterator[tuple[str, str]]:
    name, colon, value = typed.partition(":")
    known = name.lower() + colon in _PARTS
    if colon and known:
        yield from _values(name.lower(), value.replace('"', ""), words, today)
        if name.lower() != "account" or value:
            return
    wanted = name_key(typed.replace('"', ""))
    yield from ((part, about) for part, about in _PARTS.items() if part.startswith(wanted) and part != wanted)
    yield from ((period, "") for period in _PERIODS if period.startswith(wanted) and period != wanted)
    for place, names in (("payee", words.payees), ("account", words.accounts), ("tag", words.tags)):
        yield from ((f"{place}:{quoted(one)}", "") for one in _matching(wanted, names))


def _values(place: str, value: str, words: FilterWords, today: date) -> Iterator[tuple[str, str]]:
    choices: Mapping[str, Iterable[str]] = {
        "payee": words.payees,
        "account": words.accounts,
        "tag": words.tags,
        "party": words.parties,
        "side": SIDES,
        "currency": words.currencies,
        "status": STATUSES,
        "is": MARKS,
        "date": _days(today),
    }
    names = choices.get(place, ())
    wanted = name_key(value)
    if place in ("status", "is", "side", "date", "currency"):
        found: Iterable[str] = (one for one in names if one.casefold().startswith(wanted))
    else:
        found = _matching(wanted, names)
    yield from ((f"{place}:{quoted(one)}", "") for one in found)


def _days(today: date) -> list[str]:
    quarters = [f"{today.year}-Q{number}" for number in range((today.month + 2) // 3, 0, -1)]
    months = [f"{today.year}-{month:02d}" for month in range(today.month, 0, -1)]
    years = [str(today.year - back) for back in range(4)]
    return [*_PERIODS[2:], years[0], *quarters, *months, *years[1:], "today", "yesterday"]


def _matching(wanted: str, names: Iterable[str]) -> list[str]:
    """Names that begin with a text, then those one of whose later words does."""
    keys = [(name_key(name), name) for name in names]
    first = [name for key, name in keys if key.startswith(wanted)]
    later = [name for key, name in keys if not key.startswith(wanted) and (f" {wanted}" in key or f":{wanted}" in key)]
    return (first + later)[:ROWS_SHOWN]
