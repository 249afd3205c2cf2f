"""What is offered while a payee or an account is typed?"""

from __future__ import annotations

from dataclasses import dataclass

from tui_ledger.ledger import Account
from tui_ledger.ui.completion import AccountUse, PayeeIndex
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion
from tui_ledger.words import _


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The last item of a list of accounts: open one of this name."""

    name: str


def payee_completions(payees: PayeeIndex, typed: str) -> list[Completion]:
    """Payees that a text may mean."""
    return [Completion(payee, "", payee) for payee in payees.matching(typed, ROWS_SHOWN)]


def account_completions(desk: Desk, typed: str, use: AccountUse, *, can_open: bool = True) -> list[Completion]:
    """Accounts that a text may mean with their balances, and the offer to open one where it names none."""
    standing = desk.standing
    room = ROWS_SHOWN - 1 if can_open else ROWS_SHOWN
    found = [_account_completion(desk, account) for account in standing.index.matching(typed, use, room)]
    name = typed.strip(": ")
    if can_open and name and standing.index.named(typed) is None:
        found.append(Completion(_("Open {account} …").format(account=name), "", NewAccount(name)))
    return found


def _account_completion(desk: Desk, account: Account) -> Completion:
    text = account.name if account.code is None else f"{account.name}  {account.code}"
    return Completion(text, desk.balance_of(account), account)
