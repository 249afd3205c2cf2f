"""Which accounts does a file speak of?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tui_ledger.importing.values import DeclaredAccount
from tui_ledger.text import name_key

Use = tuple[str, str]


@dataclass(slots=True)
class WantedAccount:
    """An account of a file: its name as first spelled, and the first lines of its spellings and of its currencies."""

    key: str
    name: str
    line: int
    spellings: dict[str, int] = field(default_factory=dict)
    currencies: dict[str, int] = field(default_factory=dict)


def wanted_accounts(
    uses: Mapping[Use, int], declared: Iterable[DeclaredAccount], book_keys: Iterable[str]
) -> list[WantedAccount]:
    """The accounts used, and those declared that are no mere headings of others, in the order of their lines.

    `uses` has the first line of each (account, currency). Names that differ in case, width or blanks alone mean one
    account, as they do in the book.
    """
    found: dict[str, WantedAccount] = {}
    for declaration in declared:
        _wanted(found, declaration.name, declaration.line)
    for (name, currency), line in uses.items():
        wanted = _wanted(found, name, line)
        wanted.currencies[currency] = min(wanted.currencies.get(currency, line), line)
    keys = sorted({*found, *book_keys})
    kept = [wanted for wanted in found.values() if wanted.currencies or not _is_heading(wanted.key, keys)]
    return sorted(kept, key=lambda wanted: wanted.line)


def _wanted(found: dict[str, WantedAccount], name: str, line: int) -> WantedAccount:
    key = name_key(name)
    wanted = found.get(key)
    if wanted is None:
        wanted = found[key] = WantedAccount(key, name, line)
    elif line < wanted.line:
        wanted.name, wanted.line = name, line
    wanted.spellings[name] = min(wanted.spellings.get(name, line), line)
    return wanted


def _is_heading(key: str, sorted_keys: list[str]) -> bool:
    """Whether any account lies below a name."""
    prefix = key + ":"
    place = bisect_left(sorted_keys, prefix)
    return place < len(sorted_keys) and sorted_keys[place].startswith(prefix)
