"""What was debited and credited, month by month? Sums and counts, by account, payee, tag or a key of the extra data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.sums import Sum
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn

NAME = "statistics"

GROUPS = ("account", "payee", "tag", "data:KEY")


@dataclass(frozen=True, slots=True)
class Tally:
    """Debits and credits in minor units, both without sign, and how many postings they were."""

    debits: int = 0
    credits: int = 0
    count: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.debits + other.debits, self.credits + other.credits, self.count + other.count)

    def cells(self, currency: Currency) -> tuple[Money, Money, Money, int]:
        """Debits, credits, debits less credits, count."""
        net = self.debits - self.credits
        return Money(self.debits, currency), Money(self.credits, currency), Money(net, currency), self.count


def statistics(
    ledger: Ledger, days: Range, accounts: Sequence[Account] = (), by: str | None = None, *, translate: Translate = str
) -> Table:
    """Debits, credits, their difference (debits less credits) and the number of postings of each month of a range, over
    all accounts or some; a block a currency, months without postings included.

    With `by` a line a value in place of a month: `account`, `payee`, `tag` (a transaction counts under each of its
    tags), or `data:KEY` (`data:order.id` looks into what is nested). Raises InvalidSetting for another word.
    """
    group, _, key = (by or "").partition(":")
    if by is not None and (group not in ("account", "payee", "tag", "data") or (group == "data") != bool(key)):
        raise InvalidSetting(value=by, what="grouping", advice=f"use one of {', '.join(GROUPS)}")
    head = {"": "Month", "account": "Account", "payee": "Payee", "tag": "Tag", "data": key}[group]
    labels = (translate(head) if group != "data" else key, *map(translate, ("Debit", "Credit", "Net", "Postings")))
    names = (group or "month", "debit", "credit", "net", "count")
    kinds = (CellKind.ACCOUNT if group == "account" else CellKind.TEXT, *(CellKind.MONEY,) * 3, CellKind.COUNT)
    chosen = tuple(accounts) or ledger.accounts()
    return Table(
        name=NAME,
        title=translate("Statistics"),
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(*of) for of in zip(names, labels, kinds, strict=True)),
        read=lambda: _blocks(ledger, days, chosen, group, key, translate),
        date_from=days.first,
        date_to=days.last,
    )


def _blocks(
    ledger: Ledger, days: Range, accounts: Sequence[Account], group: str, key: str, translate: Translate
) -> Iterator[Block]:
    by_id = {account.id: account for account in accounts}
    found: dict[Currency, dict[str | None, Tally]] = {}
    asked = group if group in ("payee", "tag", "data") else None
    for one in ledger.sums(list(by_id), days.first, days.last, by=asked, key=key):
        account = by_id[one.account]
        tallies = found.setdefault(account.currency, {})
        label = _label(one, account, group)
        tallies[label] = tallies.get(label, Tally()) + Tally(one.debits, one.credits, one.count)
    for currency in sorted(found or {ledger.currency}, key=lambda one: (one != ledger.currency, one)):
        tallies = found.get(currency, {})
        if not group:
            tallies = {month: tallies.get(month, Tally()) for month in _months(tallies)}
        yield Block(str(currency), _lines(tallies, currency, group, translate), currency=currency)


def _label(one: Sum, account: Account, group: str) -> str | None:
    return {"": one.month, "account": account.name}.get(group, one.label)


def _months(tallies: dict[str | None, Tally]) -> list[str]:
    """Every month from the first with postings to the last."""
    known = sorted(month for month in tallies if month is not None)
    if not known:
        return []
    (year, month), found = map(int, known[0].split("-")), [known[0]]
    while found[-1] < known[-1]:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year:04}-{month:02}")
    return found


def _lines(tallies: dict[str | None, Tally], currency: Currency, group: str, translate: Translate) -> Iterator[Line]:
    nameless = translate("(none)")
    for label in sorted(tallies, key=lambda one: (one is None, (one or "").casefold())):
        shown = nameless if label is None else label
        yield Line((shown, *tallies[label].cells(currency)), account=label if group == "account" else None)
    # Of tags a transaction may have several: what they add up to would count it more than once.
    if group != "tag":
        whole = sum(tallies.values(), start=Tally())
        yield Line((translate("Total"), *whole.cells(currency)), LineKind.TOTAL)
