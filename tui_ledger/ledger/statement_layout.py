"""How does a book lay out its statements, and what does it call their parts? One setting of the book's, `statements`.

A starter chart brings it with its country's order, words and sums between; without it statements are as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.text import forbidden_in_names, name_key
from tui_ledger.words import N_, Said, Word

STATEMENTS = "statements"
WITH_SUBTOTALS = ("balance-sheet", "income-statement")
PARTS_OF_STATEMENTS = (
    *("Balance sheet", "Assets", "Total assets", "Liabilities", "Total liabilities", "Equity", "Total equity"),
    *("Total liabilities and equity", "Retained earnings", "Retained earnings, not yet closed"),
    *("Result of the current year", "Income statement", "Income", "Total income", "Expenses", "Total expenses"),
    *("Result", "Exchange and translation differences"),
)
"""The words of statements that a book may have its own for, in English."""

MOST_SUBTOTALS = 20
MOST_NAMES = 40
_TEXT_LIMIT = 120
_NAME_LIMIT = 500
_LANGUAGE_LIMIT = 8
_PARTS = ("language", "equity_first", "vertical", "words", "subtotals")
_SUBTOTAL_PARTS = ("statement", "name", "of", "without", "after")


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum between, such as the gross profit: of some headings and accounts with all beneath them, or `is_rest`, of
    everything but them. On a balance sheet liabilities are taken off assets, else expenses off income. In a vertical
    income statement it stands `after` an item of the list; before the result without one."""

    statement: str
    name: str
    names: tuple[str, ...]
    is_rest: bool
    after: str | None = None


@dataclass(frozen=True, slots=True)
class StatementLayout:
    """Whether equity stands before liabilities, words of the country for parts of statements by the English ones, for
    readers of `language`, and sums between. `vertical` has the items of an income statement that is one list, headings
    and accounts by their full names, in their order; without any it stands in two sections."""

    language: str = ""
    equity_first: bool = False
    vertical: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    subtotals: tuple[Subtotal, ...] = ()


def statement_layout(value: object) -> StatementLayout:
    """The layout that a setting holds; the usual one for no setting, and for what another program left there."""
    try:
        return StatementLayout() if value is None else checked_layout(value)
    except InvalidSetting:
        return StatementLayout()


def checked_layout(value: object) -> StatementLayout:
    """The layout that a value describes, parts that are left out being the usual ones; raises InvalidSetting."""
    parts = _parts(value, _PARTS, N_("layout of statements"))
    language = parts.get("language", "")
    if not isinstance(language, str) or len(language) > _LANGUAGE_LIMIT or forbidden_in_names(language) is not None:
        raise _refusal(language, N_("language of statements"), N_('write it like "de"'))
    if not isinstance(parts.get("equity_first", False), bool):
        raise _refusal(parts["equity_first"], N_("yes or no"), N_("write true or false"))
    subtotals = parts.get("subtotals", ())
    if not _is_list(subtotals) or len(subtotals) > MOST_SUBTOTALS:
        advice = Said("write a list of {limit} at the most", limit=MOST_SUBTOTALS)
        raise _refusal(subtotals, N_("list of sums between"), advice)
    vertical = _checked_names(parts.get("vertical", ()))
    return StatementLayout(
        language=language,
        equity_first=parts.get("equity_first", False),
        vertical=vertical,
        words=_checked_words(parts.get("words", {})),
        subtotals=tuple(_checked_subtotal(one, vertical) for one in subtotals),
    )


def check_layout(_database: BookDatabase, chart: Chart, value: object) -> None:
    """Refuses a layout that is none, and sums of what the book has not; raises InvalidSetting."""
    known = [account.name for account in chart.all()]
    check_names(checked_layout(value), known)


def check_names(layout: StatementLayout, accounts: Sequence[str]) -> None:
    """Refuses items and sums of what is neither an account nor above one; raises InvalidSetting."""
    keys = [f"{name_key(name)}:" for name in accounts]

    def check(name: str, advice: Word | Said) -> None:
        if not any(key.startswith(f"{name_key(name)}:") for key in keys):
            raise _refusal(name, N_("account or heading"), advice)

    for name in layout.vertical:
        check(name, N_("`vertical` lists headings and accounts by their full names"))
    for subtotal in layout.subtotals:
        for name in subtotal.names:
            check(name, Said("{name} adds up headings and accounts by their full names", name=subtotal.name))


def renamed_layout(value: Any, moved: str, new: str) -> Any:
    """The value of the setting after what is called `moved`, with all beneath it, was renamed."""
    if not isinstance(value, Mapping):
        return value
    found, key = dict(value), name_key(moved)
    if _is_list(value.get("subtotals")):
        found["subtotals"] = [_renamed(one, key, new) for one in value["subtotals"]]
    if _is_list(value.get("vertical")):
        found["vertical"] = [_moved(name, key, new) for name in value["vertical"]]
    return found


def _renamed(subtotal: Any, moved: str, new: str) -> Any:
    if not isinstance(subtotal, Mapping):
        return subtotal
    found = dict(subtotal)
    if "after" in found:
        found["after"] = _moved(found["after"], moved, new)
    for part in ("of", "without"):
        if _is_list(found.get(part)):
            found[part] = [_moved(name, moved, new) for name in found[part]]
    return found


def _moved(name: Any, moved: str, new: str) -> Any:
    if not isinstance(name, str) or not f"{name_key(name)}:".startswith(f"{moved}:"):
        return name
    beneath = name.split(":")[moved.count(":") + 1 :]
    return ":".join([new, *beneath])


def _checked_words(value: object) -> Mapping[str, str]:
    words = _parts(value, PARTS_OF_STATEMENTS, N_("table of words"))
    for word in words.values():
        _check_text(word, N_("word for a part of a statement"), _TEXT_LIMIT)
    return words


def _checked_names(value: Any) -> tuple[str, ...]:
    if not _is_list(value) or len(value) > MOST_NAMES:
        advice = Said("write a list of {limit} at the most", limit=MOST_NAMES)
        raise _refusal(value, N_("list of items of an income statement"), advice)
    for name in value:
        _check_text(name, N_("account or heading"), _NAME_LIMIT)
    return tuple(value)


def _checked_subtotal(value: object, vertical: Sequence[str]) -> Subtotal:
    parts = _parts(value, _SUBTOTAL_PARTS, N_("sum between"))
    statement, name = parts.get("statement"), parts.get("name")
    if statement not in WITH_SUBTOTALS:
        advice = Said("choose one of {known}", known=", ".join(WITH_SUBTOTALS))
        raise _refusal(statement, N_("statement with sums between"), advice)
    _check_text(name, N_("name of a sum between"), _TEXT_LIMIT)
    given = [part for part in ("of", "without") if part in parts]
    names: Any = parts[given[0]] if len(given) == 1 else None
    if not _is_list(names) or len(names) > MOST_NAMES:
        raise _refusal(name, N_("sum between"), N_("give it `of` or `without`, a list of accounts"))
    for one in names:
        _check_text(one, N_("account or heading"), _NAME_LIMIT)
    after = parts.get("after")
    if after is not None and (statement != "income-statement" or after not in vertical):
        raise _refusal(after, N_("place of a sum between"), N_("write an item of `vertical` as it is written there"))
    return Subtotal(str(statement), str(name), tuple(names), given == ["without"], after)


def _parts(value: object, known: Sequence[str], what: Word) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _refusal(value, what, Said("it is a table of {known}", known=", ".join(known)))
    for name in value:
        if name not in known:
            raise _refusal(name, N_("part of the layout of statements"), Said("use {known}", known=", ".join(known)))
    return value


def _check_text(value: object, what: Word, limit: int) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > limit or forbidden_in_names(value) is not None:
        raise _refusal(value, what, Said("it is a visible text of at most {limit} characters", limit=limit))


def _refusal(value: object, what: Word, advice: Word | Said) -> InvalidSetting:
    return InvalidSetting(value=str(value)[:60], what=what, advice=advice)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
