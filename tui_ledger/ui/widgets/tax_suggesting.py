"""What is offered while a tax code is typed, or the account that tax goes to?"""

from __future__ import annotations

from tui_ledger.ledger import AccountType, TaxRate
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion


def known_rates(desk: Desk) -> tuple[TaxRate, ...]:
    """Every rate of the book, by code and day."""
    nothing: tuple[TaxRate, ...] = ()
    return desk.ask(desk.ledger.tax_rates, nothing)


def code_completions(desk: Desk, typed: str) -> list[Completion]:
    """The book's tax codes that begin with what was typed, each with its rate of today."""
    wanted, today = typed.strip().casefold(), desk.ledger.today
    latest: dict[str, str] = {}
    for rate in known_rates(desk):
        if rate.date_from <= today or rate.code not in latest:
            latest[rate.code] = desk.formats.percent(rate.rate)
    found = [code for code in latest if wanted and code.casefold().startswith(wanted)]
    return [] if found == [typed.strip()] else [Completion(code, latest[code], code) for code in found[:ROWS_SHOWN]]


def tax_account_completions(desk: Desk, typed: str) -> list[Completion]:
    """The accounts that tax may go to and a text may mean, with their balances."""
    if not typed.strip():
        return []
    index = desk.standing.index
    fitting = [
        account
        for account in index.matching(typed, {}, len(desk.standing.accounts))
        if account.type in (AccountType.LIABILITY, AccountType.ASSET)
    ]
    return [Completion(account.name, desk.balance_of(account), account) for account in fitting[:ROWS_SHOWN]]
