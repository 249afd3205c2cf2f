"""Whom or what is a report that lists of, and how is it ordered? A party, a search; said beside the other options."""

from __future__ import annotations

from dataclasses import replace

from tui_ledger.ledger.saved_reports import OptionValue
from tui_ledger.reports.listings import ListingKind
from tui_ledger.reports.sorting import ORDERS
from tui_ledger.ui.shown_report import ShownReport
from tui_ledger.ui.widgets.header import Sorting

BEHIND_NAME = "ACCOUNT"
"""What a saved report calls what stands behind its name: the party of a statement, the search of postings."""


def orders_of(shown: ShownReport) -> tuple[str, ...]:
    """What the rows of a report can be sorted by, the usual order first; nothing where it cannot be chosen."""
    if not shown.kind.takes("sort"):
        return ()
    return shown.kind.orders if isinstance(shown.kind, ListingKind) else ORDERS


def both_ways(shown: ShownReport) -> tuple[str, ...]:
    """The same with a minus before each that can be turned round, too."""
    orders = orders_of(shown)
    return (*orders, *(f"-{column}" for column in orders)) if shown.name == "postings" else orders


def sorting_of(shown: ShownReport) -> Sorting | None:
    """How the rows stand, for the head of the list."""
    orders = orders_of(shown)
    if not orders:
        return None
    order = shown.sort or orders[0]
    if shown.name == "postings":
        return Sorting(order.removeprefix("-"), order.startswith("-"))
    return Sorting(order, order in ("amount", "balance"))


def sorted_otherwise(shown: ShownReport, wanted: Sorting) -> ShownReport:
    """The same by another column; what cannot be turned round goes back to the usual order instead."""
    if shown.name == "postings":
        return replace(shown, sort=f"{'-' if wanted.falling else ''}{wanted.column}")
    return replace(shown, sort=wanted.column if wanted.column != shown.sort else orders_of(shown)[0])


def party_of(shown: ShownReport) -> str | None:
    """The key of the party a statement or statistics are of."""
    return said(shown, "party") or (said(shown, BEHIND_NAME) if shown.kind.takes("PARTY") else None)


def query_of(shown: ShownReport) -> str | None:
    """The search whose postings are listed."""
    return said(shown, BEHIND_NAME) if shown.kind.takes("QUERY") else None


def said(shown: ShownReport, option: str) -> str | None:
    """A text that was said beside the options every report has."""
    found = dict(shown.more).get(option)
    return found if isinstance(found, str) else None


def of_party(shown: ShownReport, party: str | None, purpose: str | None = None) -> ShownReport:
    """The same of a party, and of one purpose or all."""
    kept = with_said(shown, "party", party)
    kept = with_said(kept, BEHIND_NAME, None) if shown.kind.takes("PARTY") else kept
    return with_said(kept, "purpose", purpose)


def with_said(shown: ShownReport, option: str, value: OptionValue | None) -> ShownReport:
    """The same with something said beside, or with that no longer said."""
    others = tuple((name, one) for name, one in shown.more if name != option)
    return replace(shown, more=others if not value else (*others, (option, value)))
