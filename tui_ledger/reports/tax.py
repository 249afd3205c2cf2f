"""What tax is owed and reclaimed, and does it come from what was sold and bought? A block a tax account."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.tax_postings import TaxPosting
from tui_ledger.ledger.taxes import TaxMode, TaxRate, TaxRates, tax_units
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, Cell, CellKind, Line, LineKind, Percent, Table, TableColumn
from tui_ledger.reports.tree import in_statement_order
from tui_ledger.words import N_, NP_

NAME = "tax"

_Figures = tuple[Cell, Cell, Cell, Cell]
_NO_FIGURES = (None, None, None, None)
_LABELS = (N_("Opening balance"), N_("Other movements"), N_("Closing balance"))
_COLUMNS = (
    ("period", N_("Period"), CellKind.TEXT),
    ("tax_code", N_("Tax code"), CellKind.TEXT),
    ("rate", N_("Rate"), CellKind.CODE),
    ("base", N_("Base"), CellKind.MONEY),
    ("tax", N_("Tax"), CellKind.MONEY),
    ("posted", N_("Posted"), CellKind.MONEY),
    ("difference", N_("Difference"), CellKind.MONEY),
    ("balance", N_("Balance"), CellKind.MONEY),
)


def tax(ledger: Ledger, days: Range, every: str | None = None, *, translate: Translate = str) -> Table:
    """The tax of a range, or of each month, quarter or year of it (`every`, which adds a column for the period): for
    each account that tax goes to its balance before, a line a tax code and rate, its total, what else moved the
    account, such as payments, and its balance after. The lines and the other movements lead from one to the other.

    A line has the base (what was posted to accounts with that code, closing transactions of fiscal years aside), the
    tax this makes posting by posting at the rate of the day, the tax posted, and the difference. In a transaction tax
    belongs to the code it has a base of; of several, each gets what its base makes and that with the largest base the
    rest. All figures are in the tax account's own direction: sales and what is owed on them are above zero, credit
    notes below.

    Bases whose rate names no tax account, or one in another currency, stand in a block a currency of their own, without
    a balance and in the direction of their own accounts. Raises InvalidSetting for another word than month, quarter or
    year.
    """
    periods = [days] if every is None else periods_of(days, every, most=None)
    made = _Tax(ledger, days, periods, has_periods=every is not None, translate=translate)
    return Table(
        name=NAME,
        title=translate("Tax"),
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(name, translate(label), kind) for name, label, kind in _COLUMNS[every is None :]),
        read=made.blocks,
        date_from=days.first,
        date_to=days.last,
    )


class _Place(NamedTuple):
    """Where a base is counted: its period, code and rate, and the account its tax goes to, or none and the currency."""

    goes_to: int | None
    currency: Currency
    period: int
    code: str
    rate: Decimal


@dataclass(slots=True)
class _Sums:
    """Base, the tax it makes and the tax posted for it, debit-positive units; of the base `own` in the direction of the
    accounts it was posted to."""

    base: int = 0
    tax: int = 0
    posted: int = 0
    own: int = 0


@dataclass(slots=True)
class _Found:
    """What the postings of the range come to: by place, and what else moved a tax account, by account and period."""

    sums: dict[_Place, _Sums] = field(default_factory=dict)
    others: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, bases: Mapping[_Place, _Sums], posted: Mapping[int, int], period: int) -> None:
        """One transaction: its bases, and by account the tax it posted."""
        for account, units in posted.items():
            leading = [(place, sums) for place, sums in bases.items() if place.goes_to == account]
            if not leading:
                self.others[account, period] = self.others.get((account, period), 0) + units
                continue
            for _, sums in leading:
                sums.posted = sums.tax
            largest = max(leading, key=lambda one: abs(one[1].base))[1]
            largest.posted += units - sum(sums.posted for _, sums in leading)
        for place, sums in bases.items():
            known = self.sums.setdefault(place, _Sums())
            known.base += sums.base
            known.tax += sums.tax
            known.posted += sums.posted
            known.own += sums.own


class _Tax:
    """What goes into the report, and what its lines are."""

    def __init__(
        self, ledger: Ledger, days: Range, periods: Sequence[Range], *, has_periods: bool, translate: Translate
    ) -> None:
        self._ledger = ledger
        self._days = days
        self._periods = periods
        self._has_periods = has_periods
        self.translate = translate

    def blocks(self) -> Iterator[Block]:
        """One tax account after the other, all of the same snapshot of the book."""
        with self._ledger.snapshot():
            rates = TaxRates(self._ledger.tax_rates())
            accounts = {one.id: one for one in self._ledger.accounts()} if rates.codes else {}
            found = self._read(rates, accounts)
            opening = {} if self._days.eve is None or not accounts else self._ledger.balances(self._days.eve)
            closing = self._ledger.balances(self._days.last) if accounts else {}
            for account in in_statement_order([accounts[row] for row in sorted(rates.accounts)]):
                lines = list(self._lines(account, opening.get(account.id, 0), closing.get(account.id, 0), found))
                if lines:
                    yield self._block(account, lines)
            yield from self._without_account(found)

    def _read(self, rates: TaxRates, accounts: Mapping[int, Account]) -> _Found:
        found = _Found()
        watched = [row for row, account in accounts.items() if row in rates.accounts or rates.bears(account)]
        if not watched:
            return found
        closings = self._ledger.closing_numbers(self._days.first, self._days.last)
        ends = [period.last for period in self._periods]
        postings = self._ledger.tax_postings(watched, self._days.first, self._days.last)
        for number, group in groupby(postings, key=lambda posting: posting.number):
            of_transaction = list(group)
            period = bisect_left(ends, of_transaction[0].date)
            bases = {} if number in closings else _bases(of_transaction, rates, accounts, period)
            posted: dict[int, int] = {}
            for posting in of_transaction:
                if posting.account in rates.accounts:
                    posted[posting.account] = posted.get(posting.account, 0) + posting.units
            found.add(bases, posted, period)
        return found

    def _block(self, account: Account, lines: Iterable[Line]) -> Block:
        return Block(
            title=account.name,
            lines=lines,
            account=account.name,
            code=account.code,
            currency=account.currency,
            is_credit=account.type.sign < 0,
        )

    def _lines(self, account: Account, opening: int, closing: int, found: _Found) -> Iterator[Line]:
        """From what an account held to what it holds; none where nothing is and nothing moved."""
        of_account = _in_order((place, sums) for place, sums in found.sums.items() if place.goes_to == account.id)
        others = sorted((period, units) for (row, period), units in found.others.items() if row == account.id and units)
        if not (of_account or others or opening or closing):
            return
        # Short where the periods leave little room.
        labels = (NP_("balance", "Opening"), N_("Other"), NP_("balance", "Closing")) if self._has_periods else _LABELS
        before, other, after = map(self.translate, labels)
        yield self._line(None, before, None, _NO_FIGURES, account, LineKind.OPENING, _own(account, opening))
        yield from self._code_lines(account, of_account)
        for period, units in others:
            figures = None, None, _own(account, units), None
            yield self._line(self._label(period), other, None, figures, account)
        yield self._line(None, after, None, _NO_FIGURES, account, LineKind.CLOSING, _own(account, closing))

    def _code_lines(self, account: Account, of_account: Sequence[tuple[_Place, _Sums]]) -> Iterator[Line]:
        """A line a code and rate, and their total."""
        whole = _Sums()
        for place, sums in of_account:
            whole = _Sums(whole.base + sums.base, whole.tax + sums.tax, whole.posted + sums.posted)
            figures = _figures(account, sums)
            yield self._line(self._label(place.period), place.code, _percent(place), figures, account)
        if of_account:
            label = self.translate("Total")
            yield self._line(None, label, None, _figures(account, whole), account, LineKind.TOTAL)

    def _without_account(self, found: _Found) -> Iterator[Block]:
        """Bases whose tax goes nowhere, a block a currency."""
        alone = [(place, sums) for place, sums in found.sums.items() if place.goes_to is None]
        for currency in sorted(
            {place.currency for place, _ in alone}, key=lambda one: (one != self._ledger.currency, one)
        ):
            lines = []
            for place, sums in _in_order(one for one in alone if one[0].currency == currency):
                figures = Money(sums.own, currency), None, None, None
                line = self._line(self._label(place.period), place.code, _percent(place), figures, None)
                lines.append(replace(line, is_credit=(sums.own > 0) == (sums.base < 0)))
            yield Block(self.translate("Without a tax account"), lines, currency=currency)

    def _line(
        self,
        period: str | None,
        code: str,
        rate: str | None,
        figures: _Figures,
        account: Account | None,
        kind: LineKind = LineKind.ROW,
        balance: Money | None = None,
    ) -> Line:
        cells = (code, rate, *figures, balance)
        leads_to = None if account is None else account.name
        return Line((period, *cells) if self._has_periods else cells, kind, account=leads_to)

    def _label(self, period: int) -> str:
        return self._periods[period].label


def _bases(
    postings: Iterable[TaxPosting], rates: TaxRates, accounts: Mapping[int, Account], period: int
) -> dict[_Place, _Sums]:
    """The bases of a transaction, with the tax each posting makes."""
    found: dict[_Place, _Sums] = {}
    for posting in postings:
        account = accounts[posting.account]
        rate = rates.of(account, posting.date)
        if rate is None:
            continue
        place = _Place(_goes_to(rate, account, accounts), account.currency, period, rate.code, rate.rate)
        sums = found.setdefault(place, _Sums())
        sums.base += posting.units
        sums.tax += tax_units(posting.units, rate.rate, TaxMode.NET)
        sums.own += account.type.sign * posting.units
    return found


def _goes_to(rate: TaxRate, account: Account, accounts: Mapping[int, Account]) -> int | None:
    """The account a base's tax is counted on: that of its rate, in its own currency."""
    if rate.account_id is None or accounts[rate.account_id].currency != account.currency:
        return None
    return rate.account_id


def _in_order(found: Iterable[tuple[_Place, _Sums]]) -> list[tuple[_Place, _Sums]]:
    """By period and code; of several rates the earlier one first, as they were found."""
    return sorted(found, key=lambda one: (one[0].period, one[0].code.casefold(), one[0].code))


def _figures(account: Account, sums: _Sums) -> _Figures:
    """Base, tax, tax posted and the difference, in the account's own direction."""
    units = sums.base, sums.tax, sums.posted, sums.posted - sums.tax
    base, made, posted, difference = (_own(account, one) for one in units)
    return base, made, posted, difference


def _own(account: Account, units: int) -> Money:
    """Debit-positive units in an account's own direction."""
    return Money(account.type.sign * units, account.currency)


def _percent(place: _Place) -> Percent:
    return Percent(place.rate)
