"""Which conversion accounts does a file need, and does the book take what goes there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tui_ledger.importing.chart_plan import ChartPlan
from tui_ledger.importing.refusals import LineRefused, Refusals, quoted
from tui_ledger.importing.values import ReadTransaction
from tui_ledger.ledger.accounts import AccountDraft, account_type
from tui_ledger.ledger.conversions import CONVERSION_ROOT
from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said, Word, _


class ConversionUse(NamedTuple):
    """The earliest transaction that converts a currency."""

    line: int
    date: date


def converted_trillionths(transaction: ReadTransaction) -> dict[str, int]:
    """What a transaction's postings add up to in each currency that does not balance by itself."""
    sums: dict[str, int] = {}
    for posting in transaction.postings:
        if posting.amount is not None:
            trillionths, currency = posting.amount
            sums[currency] = sums.get(currency, 0) + trillionths
    return {currency: total for currency, total in sums.items() if total}


def plan_conversions(
    uses: Mapping[str, ConversionUse],
    chart: ChartPlan,
    book_accounts: Sequence[Account],
    refusals: Refusals,
    root: str = CONVERSION_ROOT,
) -> ChartPlan:
    """The plan with the conversion accounts that must be opened beneath `root`; what cannot be goes to `refusals`.

    An account of the file or the book that has the name of one is used for it, where it can be.
    """
    in_book = {name_key(account.name): account for account in book_accounts}
    opened = {name_key(draft.name): draft for draft in chart.accounts}
    of_file = {name_key(name) for name in chart.names.values()}
    notes: list[str] = []
    for currency, use in uses.items():
        name = f"{root}:{currency}"
        key = name_key(name)
        try:
            if key in in_book:
                _refuse_unusable(in_book[key], currency, use)
            elif key in opened:
                _refuse_other_currency(opened[key].name, opened[key].currency or "", currency)
            else:
                _refuse_other_root(name, in_book.values(), opened.values())
                opened[key] = AccountDraft(name, AccountType.EQUITY, currency=currency)
        except LineRefused as refused:
            refusals.refuse(use.line, refused.reason)
        if key in of_file:
            notes.append(
                _("{name} is an account of the file, and takes the conversions of {currency} too.").format(
                    name=quoted(name), currency=currency
                )
            )
    return ChartPlan(tuple(opened.values()), chart.names, (*chart.notes, *notes))


def _refuse_unusable(account: Account, currency: str, use: ConversionUse) -> None:
    _refuse_other_currency(account.name, account.currency, currency)
    reason: Word | None = None
    if account.closed is not None:
        reason = N_("{account}, where the book converts {currency}, is closed since {day}: reopen it first")
    elif account.placeholder:
        reason = N_("{account}, where the book converts {currency}, is a placeholder and takes no postings")
    elif account.opened is not None and use.date < account.opened:
        reason = N_("{account}, where the book converts {currency}, opens on {day}: use a later date")
    if reason is not None:
        day = account.closed or account.opened
        raise LineRefused(Said(reason, account=quoted(account.name), currency=currency, day=day))


def _refuse_other_currency(name: str, its_currency: str, currency: str) -> None:
    if its_currency != currency:
        raise LineRefused(
            Said(
                "{name}, where a book converts {currency}, is an account in {its_currency}: rename it",
                name=quoted(name),
                currency=currency,
                its_currency=its_currency,
            )
        )


def _refuse_other_root(name: str, in_book: Iterable[Account], opened: Iterable[AccountDraft]) -> None:
    root = name_key(name).partition(":")[0]
    types = {account.name: account.type for account in in_book}
    types |= {draft.name: account_type(draft.type) for draft in opened}
    for other, its_type in types.items():
        if name_key(other).partition(":")[0] == root and its_type is not AccountType.EQUITY:
            raise LineRefused(
                Said(
                    "the price needs an equity account {name}, but {other} is of type {its_type}: "
                    "accounts with the same top name are all of one type",
                    name=quoted(name),
                    other=quoted(other),
                    its_type=its_type,
                )
            )
