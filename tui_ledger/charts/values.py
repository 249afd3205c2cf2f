"""What is a starter chart? Accounts to begin a book with, what the book has unless told otherwise, and its tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.values import AccountType
from tui_ledger.text import name_key, path_keys

DEFAULT_YEAR_START = "01-01"


@dataclass(frozen=True, slots=True)
class StarterChart:
    """A chart of accounts to begin with: the name it is asked for by, and what a book made with it begins with.

    `language` and `country` are codes such as 'de' and 'DE', '' where none is meant. `currency` and `locale` are None,
    and `fiscal_year_start` is 'MM-DD', where the chart leaves it to who makes the book. `settings` of the book say
    which accounts adjustments, opening balances and closed results go to, and where accounts of parties are opened.
    """

    name: str
    title: str
    description: str
    language: str
    country: str
    currency: str | None
    locale: str | None
    fiscal_year_start: str
    accounts: tuple[AccountDraft, ...]
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many accounts it opens."""
        return len(self.accounts)


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A line of a chart's tree. `account` is None for a name that only stands above others."""

    name: str
    type: AccountType | str
    account: AccountDraft | None

    @property
    def depth(self) -> int:
        """1 for a name of one segment."""
        return self.name.count(":") + 1

    @property
    def leaf(self) -> str:
        """The last segment of the name."""
        return self.name.rpartition(":")[2]

    @property
    def code(self) -> str:
        """'' where it has none."""
        return (self.account.code or "") if self.account is not None else ""

    @property
    def takes_postings(self) -> bool:
        """Whether it is an account, and no heading."""
        return self.account is not None and not self.account.placeholder


def outline(chart: StarterChart) -> tuple[OutlineRow, ...]:
    """The tree of a chart in its own order: assets, liabilities, equity, income, expenses, headings before what stands
    under them."""
    by_type = ((kind, [one for one in chart.accounts if one.type is kind]) for kind in AccountType)
    return tuple(row for kind, drafts in by_type for row in _rows(kind, drafts))


def _rows(kind: AccountType, drafts: list[AccountDraft]) -> Iterator[OutlineRow]:
    opened = {name_key(draft.name): draft for draft in drafts}
    names = {key: draft.name for key, draft in opened.items()}
    beneath: dict[str, dict[str, None]] = {}
    for draft in drafts:
        parts = draft.name.split(":")
        for length, key in enumerate(path_keys(draft.name), start=1):
            beneath.setdefault(key.rpartition(":")[0], {})[key] = None
            names.setdefault(key, ":".join(parts[:length]))
    waiting = list(reversed(beneath.get("", {})))
    while waiting:
        key = waiting.pop()
        yield OutlineRow(names[key], kind, opened.get(key))
        waiting.extend(reversed(beneath.get(key, {})))
