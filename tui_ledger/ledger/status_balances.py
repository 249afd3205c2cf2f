"""Which balances does the workbench show in its status line? A setting of the book: accounts, and `party:KEY`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import AccountError, InvalidSetting, PartyError
from tui_ledger.ledger import parties
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.money import Money
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.service import Ledger

STATUS_BALANCES = "status_balances"
PARTY_MARK = "party:"
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ShownBalance:
    """A balance to show: whose it is, in short, and what it holds or is owed, in its own direction."""

    label: str
    balances: tuple[Money, ...]
    is_credit: bool


def shown_balances(ledger: Ledger) -> tuple[ShownBalance, ...]:
    """The balances that were chosen, in their order, each by index seeks; what is no longer there is left out."""
    found = (_shown(ledger, name) for name in chosen_balances(ledger))
    return tuple(one for one in found if one is not None)


def chosen_balances(ledger: Ledger) -> tuple[str, ...]:
    """What was chosen, as it stands in the setting."""
    kept = ledger.setting(STATUS_BALANCES, ())
    return tuple(name for name in kept if isinstance(name, str)) if isinstance(kept, list) else ()


def toggle_balance(ledger: Ledger, name: str, *, actor: str | None = None) -> bool:
    """Chooses an account, or a party as `party:KEY`, or no longer; says whether it is chosen now.

    Raises InvalidSetting where there are too many.
    """
    chosen = [one for one in chosen_balances(ledger) if _shown(ledger, one) is not None]
    kept = [one for one in chosen if name_key(one) != name_key(name)]
    is_chosen = len(kept) == len(chosen)
    wanted = [*kept, name] if is_chosen else kept
    ledger.set_setting(STATUS_BALANCES, wanted or None, actor=actor)
    return is_chosen


def renamed_balances(value: Any, names: Mapping[str, str]) -> Any:
    """What was chosen, after accounts were renamed; `names` has their new names by the keys of the old ones."""
    if not isinstance(value, list):
        return value
    return [names.get(name_key(one), one) if isinstance(one, str) else one for one in value]


def check_status_balances(database: BookDatabase, chart: Chart, value: Any) -> None:
    """Refuses what is no list of accounts and parties of the book.

    Raises InvalidSetting, UnknownAccount, UnknownParty.
    """
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(one, str) for one in value):
        advice = N_('write a list such as ["Assets:Bank", "party:ann"]')
        raise InvalidSetting(value=str(value)[:60], what=N_("list of balances"), advice=advice)
    if len(value) > MOST_SHOWN:
        raise InvalidSetting(
            value=len(value),
            what=N_("number of balances"),
            advice=Said("{most_shown} at the most", most_shown=MOST_SHOWN),
        )
    for name in value:
        if name.startswith(PARTY_MARK):
            parties.find_party(database, name.removeprefix(PARTY_MARK))
        else:
            chart.find(name)


def _shown(ledger: Ledger, name: str) -> ShownBalance | None:
    """A balance; None for an account or a party that is no longer there, or is called otherwise by now."""
    try:
        return _of_party(ledger, name) if name.startswith(PARTY_MARK) else _of_account(ledger, name)
    except (AccountError, PartyError):
        return None


def _of_party(ledger: Ledger, name: str) -> ShownBalance:
    party = ledger.party(name.removeprefix(PARTY_MARK))
    owed = ledger.party_balance(party)
    return ShownBalance(party.key, tuple(one for one in owed if one) or owed[:1], is_credit=True)


def _of_account(ledger: Ledger, name: str) -> ShownBalance:
    account = ledger.account(name)
    return ShownBalance(account.name, (ledger.balance(account),), is_credit=account.type.sign < 0)
