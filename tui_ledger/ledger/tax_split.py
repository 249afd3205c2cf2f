"""How does a draft become one with tax? Lines that bear tax are split into net and tax, which goes to its account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tui_ledger.dates import parse_date
from tui_ledger.errors import NothingTaxed, TaxNotSplit
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.journal import posting_units, resolve_draft
from tui_ledger.ledger.taxes import TaxMode, TaxRate, TaxRates, tax_units
from tui_ledger.ledger.values import Account, Draft, DraftPosting, WrittenPrice
from tui_ledger.money import Money
from tui_ledger.words import N_, Said

_Group = tuple[str, WrittenPrice | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was typed, its account, and the rate and account of its tax, if it bears any."""

    posting: DraftPosting
    account: Account
    rate: TaxRate | None
    goes_to: Account | None

    @property
    def is_left_out(self) -> bool:
        return self.posting.amount is None


def taxed_draft(chart: Chart, rates: TaxRates, draft: Draft, mode: TaxMode, today: date) -> Draft:
    """The draft with tax, accounts resolved and every amount filled in.

    Each line whose account has a tax code with a rate on the draft's day becomes its net amount, and the tax goes to
    the account of the rate: one posting for all lines of a code, behind the last of them, of the sum of their taxes,
    each rounded for itself. Its memo is code and rate. Gross: the amounts typed contain the tax; net: it is added. An
    amount left out is what remains: of a line that bears tax it contains the tax, in both ways.

    Raises NothingTaxed, TaxNotSplit, and what `resolve_draft` raises.
    """
    day = today if draft.date is None else parse_date(draft.date)
    lines = [_line(chart, rates, posting, day) for posting in draft.postings]
    if not any(line.rate for line in lines):
        raise NothingTaxed(date=day)
    for line in lines:
        _refuse_unfit(line)
    whole = draft if mode is TaxMode.GROSS else replace(draft, postings=_with_tax_on_top(lines))
    filled = resolve_draft(chart, whole, today).as_draft()
    split = [_split(line, posting, mode) for line, posting in zip(lines, filled.postings, strict=False)]
    return resolve_draft(chart, replace(filled, postings=_put_together(lines, split)), today).as_draft()


def split_posting(
    posting: DraftPosting, account: Account, rate: TaxRate, goes_to: Account, mode: TaxMode
) -> tuple[Money, Money]:
    """(net, tax) of one line that says its amount, debit-positive in its account's currency, by the same rule as in a
    draft: gross, the amount contains the tax; net, the tax comes on top of it.

    Raises TaxNotSplit, and what is raised of an amount that cannot be posted.
    """
    line = _Line(posting, account, rate, goes_to)
    _refuse_unfit(line)
    net, tax = _split(line, posting, mode)
    return Money(net, account.currency), Money(tax, goes_to.currency)


def _line(chart: Chart, rates: TaxRates, posting: DraftPosting, day: date) -> _Line:
    account = chart.find(posting.account)
    rate = None if posting.conversion else rates.of(account, day)
    goes_to = None if rate is None or rate.account_id is None else chart.by_id(rate.account_id)
    return _Line(posting, account, rate, goes_to)


def _refuse_unfit(line: _Line) -> None:
    if line.goes_to is not None and line.goes_to.currency != line.account.currency:
        own, other = line.account.currency, line.goes_to.currency
        reason = Said(
            "it is in {own}, and its tax goes to {name!r}, which is in {other}",
            own=own,
            name=line.goes_to.name,
            other=other,
        )
        raise TaxNotSplit(account=line.account.name, reason=reason)
    price = line.posting.price
    if line.rate is not None and line.rate.rate and price is not None and price.total:
        whole = N_("its price is one for the whole of it; write the price of a unit")
        raise TaxNotSplit(account=line.account.name, reason=whole)


def _with_tax_on_top(lines: Sequence[_Line]) -> tuple[DraftPosting, ...]:
    """The lines as typed with the tax of those that say an amount behind them all."""
    taxes = [_tax_posting(line, _tax_on_top(line)) for line in lines if line.goes_to and not line.is_left_out]
    return (*(line.posting for line in lines), *(one for one in taxes if one is not None))


def _tax_on_top(line: _Line) -> int:
    units = posting_units(line.account, line.posting)
    return 0 if units is None or line.rate is None else tax_units(units, line.rate.rate, TaxMode.NET)


def _split(line: _Line, filled: DraftPosting, mode: TaxMode) -> tuple[int, int]:
    """(net, tax) of a line in minor units, of which the whole amount is known."""
    units = posting_units(line.account, filled) or 0
    if line.rate is None or line.goes_to is None:
        return units, 0
    if mode is TaxMode.NET and not line.is_left_out:
        return units, tax_units(units, line.rate.rate, TaxMode.NET)
    tax = tax_units(units, line.rate.rate, TaxMode.GROSS)
    net = units - tax if mode is TaxMode.GROSS else _net_of(line, line.rate, units, units - tax)
    if net == 0:
        raise TaxNotSplit(
            account=line.account.name,
            reason=Said("all of {money} would be tax", money=Money(units, line.account.currency)),
        )
    return net, units - net


def _net_of(line: _Line, rate: TaxRate, whole: int, near: int) -> int:
    """The net amount that comes to the whole with its tax on top. There is one at most; rounding may leave none."""
    for net in (near, near - 1, near + 1):
        if net + tax_units(net, rate.rate, TaxMode.NET) == whole:
            return net
    left = Money(whole, line.account.currency)
    reason = Said(
        "no net amount comes to what remains, {left}, with {rate:f}% on top; write its amount, or post gross",
        left=left,
        rate=rate.rate,
    )
    raise TaxNotSplit(account=line.account.name, reason=reason)


def _put_together(lines: Sequence[_Line], split: Sequence[tuple[int, int]]) -> tuple[DraftPosting, ...]:
    """The net lines, and behind the last line of each code the tax of them all."""
    taxes: dict[_Group, int] = {}
    last: dict[_Group, int] = {}
    for place, (line, (_, tax)) in enumerate(zip(lines, split, strict=True)):
        if line.rate is not None and line.goes_to is not None:
            group = line.rate.code, line.posting.price
            taxes[group] = taxes.get(group, 0) + tax
            last[group] = place
    found: list[DraftPosting] = []
    for place, (line, (net, _)) in enumerate(zip(lines, split, strict=True)):
        found.append(replace(line.posting, account=line.account, amount=Money(net, line.account.currency)))
        ended = [group for group, end in last.items() if end == place]
        found += [one for group in ended if (one := _tax_posting(line, taxes[group])) is not None]
    return tuple(found)


def _tax_posting(line: _Line, units: int) -> DraftPosting | None:
    """The posting of some tax at a line's rate, None where there is none to post."""
    if line.rate is None or line.goes_to is None or units == 0:
        return None
    amount = Money(units, line.goes_to.currency)
    return DraftPosting(line.goes_to, amount, memo=line.rate.label, price=line.posting.price)
