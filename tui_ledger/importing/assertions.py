"""Do the balances a journal asserts hold? By date, then in the file's order, as hledger checks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tui_ledger.importing.figures import plain_number
from tui_ledger.importing.refusals import Refusals, quoted
from tui_ledger.importing.values import ReadAmount, ReadAssertion, ReadTransaction
from tui_ledger.words import Said


class AssertedAccounts:
    """The accounts a file asserts balances of: of their own, and with their sub-accounts."""

    def __init__(self) -> None:
        self.own: set[str] = set()
        self.with_sub_accounts: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self.own or self.with_sub_accounts)

    def add(self, account: str, assertion: ReadAssertion) -> None:
        (self.with_sub_accounts if assertion.with_sub_accounts else self.own).add(account)

    def totals(self, account: str) -> Iterator[tuple[str, bool]]:
        """(account, with sub-accounts) of every asserted balance that a posting to an account moves."""
        if account in self.own:
            yield account, False
        above = account if self.with_sub_accounts else ""
        while above:
            if above in self.with_sub_accounts:
                yield above, True
            above = above.rpartition(":")[0]


class _Step(NamedTuple):
    date: date
    line: int
    account: str
    amount: ReadAmount
    assertion: ReadAssertion | None


def check_assertions(transactions: Iterable[ReadTransaction], asserted: AssertedAccounts, refusals: Refusals) -> None:
    """Refuses the line of every assertion that fails, with the balance the file comes to there."""
    steps = [
        _Step(transaction.date, posting.line, posting.account, posting.amount, posting.assertion)
        for transaction in transactions
        for posting in transaction.postings
        if posting.amount is not None and any(asserted.totals(posting.account))
    ]
    steps.sort(key=lambda step: step.date)
    balances: dict[tuple[str, bool], dict[str, int]] = {}
    for step in steps:
        for total in asserted.totals(step.account):
            _add(balances.setdefault(total, {}), step.amount)
        if step.assertion is not None:
            _check(step, step.assertion, balances[step.account, step.assertion.with_sub_accounts], refusals)


def _add(balance: dict[str, int], amount: ReadAmount) -> None:
    """Keeps no currency whose balance is zero."""
    trillionths = balance.get(amount.currency, 0) + amount.trillionths
    if trillionths:
        balance[amount.currency] = trillionths
    else:
        balance.pop(amount.currency, None)


def _check(step: _Step, assertion: ReadAssertion, balance: dict[str, int], refusals: Refusals) -> None:
    trillionths, currency = assertion.amount
    _compare(step, currency, balance.get(currency, 0), trillionths, refusals)
    if assertion.alone:
        other = next((code for code in balance if code != currency), None)
        if other is not None:
            _compare(step, other, balance[other], 0, refusals)


def _compare(step: _Step, currency: str, balance: int, asserted: int, refusals: Refusals) -> None:
    if balance != asserted:
        refusals.refuse(
            step.line,
            Said(
                "the balance of {account} is asserted to be {asserted} {currency} on {date}, but it is "
                "{balance} {currency}",
                account=quoted(step.account),
                asserted=plain_number(asserted),
                currency=currency,
                date=step.date,
                balance=plain_number(balance),
            ),
        )
