"""Which searches does the book keep under a name? Settings named `filter.NAME`, each a query that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.errors import InvalidSetting, UnknownFilter
from tui_ledger.ledger.kept_names import checked_kept_name, kept_as
from tui_ledger.text import name_key
from tui_ledger.words import N_

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

PREFIX = "filter."
NAME_LIMIT = 60
_ANY_DAY = date(2000, 1, 1)


def saved_filters(settings: Mapping[str, object]) -> dict[str, str]:
    """The filters among a book's settings, by name; what is no text is left out."""
    found = {
        name.removeprefix(PREFIX): query
        for name, query in settings.items()
        if name.startswith(PREFIX) and isinstance(query, str)
    }
    return dict(sorted(found.items(), key=lambda pair: (name_key(pair[0]), pair[0])))


def filter_named(ledger: Ledger, name: str) -> tuple[str, str]:
    """Name and query of a saved filter, upper or lower case; raises UnknownFilter."""
    known = saved_filters(ledger.settings())
    kept = name if name in known else kept_as(name.strip(), known)
    if kept is None:
        raise UnknownFilter(name=name)
    return kept, known[kept]


def query_with_filter(ledger: Ledger, query: str, name: str | None) -> str:
    """A query that asks for what a saved filter finds, too; raises UnknownFilter, InvalidQuery, UnknownParty."""
    if name is None:
        return with_known_parties(ledger, query)
    saved = with_known_parties(ledger, filter_named(ledger, name)[1])
    if not query.strip():
        return saved
    from tui_ledger.ledger.queries import parse_query

    # Read by itself first: what is wrong with it is said where it stands, and it cannot end the parenthesis.
    parse_query(query, _ANY_DAY)
    return f"({saved}) ({with_known_parties(ledger, query)})"


def with_known_parties(ledger: Ledger, query: str) -> str:
    """The query, where every party that it names is there; raises UnknownParty, InvalidQuery."""
    if "party" in query.casefold():
        from tui_ledger.ledger.queries import parse_query, parties_named

        for key in parties_named(parse_query(query, _ANY_DAY)):
            ledger.party(key)
    return query


def save_filter(ledger: Ledger, name: str, query: str, *, key: str | None = None, actor: str | None = None) -> str:
    """Keeps a query under a name, in the place of one that has it, upper or lower case; returns the name it has.

    Raises InvalidSetting, InvalidQuery.
    """
    checked = checked_name(name)
    kept = kept_as(checked, saved_filters(ledger.settings())) or checked
    ledger.set_setting(PREFIX + kept, query.strip(), key=key, actor=actor)
    return kept


def delete_filter(ledger: Ledger, name: str, *, key: str | None = None, actor: str | None = None) -> str:
    """Takes a saved filter away and returns its name; raises UnknownFilter."""
    found = filter_named(ledger, name)[0]
    ledger.set_setting(PREFIX + found, None, key=key, actor=actor)
    return found


def check_filter(name: str, value: object) -> None:
    """Refuses a setting `filter.NAME` that is no query; raises InvalidSetting, InvalidQuery."""
    from tui_ledger.ledger.queries import parse_query

    checked_name(name.removeprefix(PREFIX))
    if not isinstance(value, str) or not value.strip():
        raise InvalidSetting(value=name, what=N_("filter"), advice=N_("it is a search, such as payee:mill"))
    # What a query may say does not depend on the day it is asked; this one is far from both ends of the calendar.
    parse_query(value, _ANY_DAY)


def checked_name(name: str) -> str:
    """A name for a filter, without blanks around it; raises InvalidSetting."""
    return checked_kept_name(name, N_("name for a filter"), NAME_LIMIT)
