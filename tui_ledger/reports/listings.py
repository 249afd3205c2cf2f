"""Which reports list, line by line? What each is called and shows, and which options it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.reports.choices import asked_range
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger
    from tui_ledger.ledger.values import Account
    from tui_ledger.reports.table import Table

Translate = Callable[[str], str]

ORDERS = ("name", "key", "balance")
POSTING_ORDERS = (
    *("date", "number", "party", "account", "payee", "memo", "counter"),
    *("amount", "debit", "credit", "balance", "status"),
)


@dataclass(frozen=True, slots=True)
class AskedListing:
    """What a person asks for, in words: dates as ISO 8601, accounts by name, code or attributes; None or False where
    nothing is said. `account` is the one a register is of, `columns` names the columns wanted, with commas between,
    `party` is the key of the one a statement or statistics are of, `query` a search, `filter` the name of a saved one,
    `others` is what was said that no report that lists takes."""

    at: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    account: str | None = None
    accounts: tuple[str, ...] = ()
    by: str | None = None
    sort: str | None = None
    show_zero: bool = False
    after_closing: bool = False
    others: Mapping[str, object] = field(default_factory=dict)
    columns: str | None = None
    party: str | None = None
    purpose: str | None = None
    query: str | None = None
    filter: str | None = None
    newest_first: bool = False
    every: str | None = None

    @property
    def given(self) -> Mapping[str, object]:
        """What is said, by the name of its option."""
        every = {
            "at": self.at,
            "from": self.date_from,
            "to": self.date_to,
            "ACCOUNT": self.account,
            "account": self.accounts or None,
            "by": self.by,
            "sort": self.sort,
            "zero": self.show_zero or None,
            "after-closing": self.after_closing or None,
            "columns": self.columns,
            "party": self.party,
            "purpose": self.purpose,
            "QUERY": self.query,
            "filter": self.filter,
            "newest-first": self.newest_first or None,
            "every": self.every,
            **self.others,
        }
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ListingKind:
    """A report that lists. `options` are those it takes, as the command line writes them, without dashes; `orders` what
    --sort may say."""

    name: str
    title: str
    about: str
    options: tuple[str, ...]
    make: Callable[[Ledger, AskedListing, Translate], Table]
    orders: tuple[str, ...] = ()

    def takes(self, option: str) -> bool:
        return option in self.options

    def table(self, ledger: Ledger, asked: AskedListing, translate: Translate = str) -> Table:
        """The report as it was asked for; raises InvalidOptions, InvalidSetting, InvalidDate, UnknownAccount."""
        self.check(asked)
        from tui_ledger.reports.projection import with_columns

        return with_columns(self.make(ledger, asked, translate), asked.columns)

    def check(self, asked: AskedListing) -> None:
        """Refuses an option it has no use for, saying which it takes."""
        for option in asked.given:
            if not (self.takes(option) or (option == "party" and self.takes("PARTY"))):
                shown = option if option.isupper() else f"--{option}"
                takes = ", ".join(one if one.isupper() else f"--{one}" for one in self.options)
                raise InvalidOptions(
                    reason=Said("{name} takes no {shown}, but {takes}.", name=self.name, shown=shown, takes=takes)
                )


def with_subject(asked: AskedListing, kind: ListingKind | None) -> AskedListing:
    """The same where what stands behind a report's name is a party or a search rather than an account.

    Raises InvalidOptions where a party is named twice.
    """
    if kind is None or asked.account is None or kind.takes("ACCOUNT"):
        return asked
    if kind.takes("PARTY"):
        if asked.party is not None:
            raise InvalidOptions(
                reason=Said("The party of a {name} is named once: behind its name, or with --party.", name=kind.name)
            )
        return replace(asked, account=None, party=asked.account)
    return replace(asked, account=None, query=asked.account) if kind.takes("QUERY") else asked


def listing_named(name: str) -> ListingKind | None:
    """The listing of a name, or None."""
    return next((kind for kind in LISTINGS if kind.name == name), None)


def accounts_beneath(ledger: Ledger, named: Sequence[str]) -> tuple[Account, ...]:
    """The accounts named with all beneath them, each once; a heading that was never opened names those beneath it.

    Raises UnknownAccount.
    """
    found: dict[int, Account] = {}
    for name in named:
        root = name_key(name)
        beneath = [one for one in ledger.accounts() if name_key(one.name).startswith(f"{root}:")]
        opened = [] if beneath and not _is_open(ledger, root) else [ledger.account(name)]
        if opened:
            root = name_key(opened[0].name)
            beneath = [one for one in ledger.accounts() if name_key(one.name).startswith(f"{root}:")]
        found.update({one.id: one for one in (*opened, *beneath)})
    return tuple(found.values())


def _is_open(ledger: Ledger, root: str) -> bool:
    return any(name_key(one.name) == root for one in ledger.accounts())


def _general_ledger(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.general_ledger import NAME, general_ledger

    chosen = accounts_beneath(ledger, asked.accounts)
    made = general_ledger(
        ledger,
        asked_range(asked.date_from, asked.date_to, ledger),
        chosen,
        asked.show_zero,
        after_closing=asked.after_closing,
        translate=translate,
    )
    return made if len(chosen) != 1 else replace(made, name=NAME)


def _register(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.general_ledger import general_ledger

    if asked.account is None:
        raise InvalidOptions(reason=N_("Name the account: `tui-ledger report register ACCOUNT`."))
    account = ledger.account(asked.account)
    days = asked_range(asked.date_from, asked.date_to, ledger)
    return general_ledger(ledger, days, [account], after_closing=asked.after_closing, translate=translate)


def _journal(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.journal import journal

    return journal(ledger, asked_range(asked.date_from, asked.date_to, ledger), translate=translate)


def _statistics(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.statistics import statistics

    days = asked_range(asked.date_from, asked.date_to, ledger)
    chosen = accounts_beneath(ledger, asked.accounts)
    return statistics(
        ledger,
        days,
        chosen,
        asked.by,
        party=asked.party,
        purpose=asked.purpose,
        after_closing=asked.after_closing,
        translate=translate,
    )


def _parties(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.parties import parties

    said = asked.sort or "name"
    order, is_turned = said.removeprefix("-"), said.startswith("-")
    if order not in ORDERS:
        advice = Said("use one of {names}, with a minus before it for the other way round", names=", ".join(ORDERS))
        raise InvalidSetting(value=said, what=N_("order of parties"), advice=advice)
    at: date = optional_date(asked.at) or ledger.today
    falling = (order == "balance") != is_turned
    return parties(ledger, at, asked.show_zero, order=order, falling=falling, translate=translate)


def _statement(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.statement import statement

    if asked.party is None:
        raise InvalidOptions(reason=N_("Name the party: `tui-ledger report statement PARTY`."))
    days = asked_range(asked.date_from, asked.date_to, ledger)
    return statement(
        ledger, asked.party, days, purpose=asked.purpose, newest_first=asked.newest_first, translate=translate
    )


def _postings(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.ledger.filters import query_with_filter
    from tui_ledger.reports.postings import postings

    days = asked_range(asked.date_from, asked.date_to, ledger)
    query = query_with_filter(ledger, asked.query or "", asked.filter)
    return postings(ledger, days, query, asked.sort, translate=translate)


def _tax(ledger: Ledger, asked: AskedListing, translate: Translate) -> Table:
    from tui_ledger.reports.tax import tax

    return tax(ledger, asked_range(asked.date_from, asked.date_to, ledger), asked.every, translate=translate)


_RANGE = ("from", "to")

LISTINGS = (
    ListingKind(
        "general-ledger",
        "General ledger",
        "every account with its postings and the balance after each",
        (*_RANGE, "account", "zero", "after-closing", "columns"),
        _general_ledger,
    ),
    ListingKind(
        "register",
        "Register",
        "one account of the general ledger",
        ("ACCOUNT", *_RANGE, "after-closing", "columns"),
        _register,
    ),
    ListingKind("journal", "Journal", "every transaction in its order", (*_RANGE, "columns"), _journal),
    ListingKind(
        "statistics",
        "Statistics",
        "debits and credits and their counts by month, or by account, party, payee, tag or data:KEY",
        (*_RANGE, "by", "account", "party", "purpose", "after-closing", "columns"),
        _statistics,
    ),
    ListingKind(
        "parties", "Parties", "what every party is owed at a day", ("at", "zero", "sort", "columns"), _parties, ORDERS
    ),
    ListingKind(
        "statement",
        "Statement",
        "what one party is owed and how that came about",
        ("PARTY", *_RANGE, "purpose", "newest-first", "columns"),
        _statement,
    ),
    ListingKind(
        "postings",
        "Postings",
        "the postings of all accounts that a search finds",
        ("QUERY", *_RANGE, "filter", "sort", "columns"),
        _postings,
        POSTING_ORDERS,
    ),
    ListingKind(
        "tax",
        "Tax",
        "base, tax, and what was posted, by tax account, code and rate",
        (*_RANGE, "every", "columns"),
        _tax,
    ),
)
