"""Which lines of an entry bear tax, and what do those that are split come to, net and tax, as the others stand?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.tax_split import split_posting
from tui_ledger.ledger.taxes import TaxMode, TaxRate, TaxRates, tax_units
from tui_ledger.ledger.values import Account, DraftPosting, PostingStatus, WrittenPrice
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.ui import entry
from tui_ledger.ui.entry import Line
from tui_ledger.words import _


@dataclass(frozen=True, slots=True)
class Bearing:
    """The tax a line bears on its day: a rate above zero, and the account it goes to."""

    rate: TaxRate
    goes_to: Account

    def label(self, formats: Formats) -> str:
        """Code and rate as they are read: `sales 8,1%`."""
        return f"{self.rate.code} {formats.percent(self.rate.rate)}"


@dataclass(frozen=True, slots=True)
class Split:
    """A line whose amount is to be split, by its place, and what its amount means. One left out contains the tax, in
    both ways."""

    place: int
    mode: TaxMode


@dataclass(frozen=True, slots=True)
class Shares:
    """What a split line comes to, debit-positive: `whole` is what was typed or remains, `net` stays on the line, `tax`
    goes to the line behind it. Without a rate on the day the line keeps the whole, and there is no tax."""

    whole: Money
    net: Money
    tax: Money | None = None
    bearing: Bearing | None = None
    price: WrittenPrice | None = None


BearingOf = Callable[[Account], Bearing | None]
Worked = Shares | str | None
"""Net and tax of a line; a sentence where it cannot be split; None where its amount is not known."""


def bearing_of(rates: TaxRates, accounts: Mapping[int, Account], account: Account | None, day: date) -> Bearing | None:
    """The tax that what is posted to an account bears on a day; None where there is none to split off."""
    rate = None if account is None else rates.of(account, day)
    if rate is None or not rate.rate or rate.account_id is None or rate.account_id not in accounts:
        return None
    return Bearing(rate, accounts[rate.account_id])


def next_mode(mode: TaxMode | None, *, is_left_out: bool) -> TaxMode | None:
    """What a line's amount means after the key: gross, then net, then as typed; one left out is never net."""
    if mode is None:
        return TaxMode.GROSS
    return TaxMode.NET if mode is TaxMode.GROSS and not is_left_out else None


def shares(lines: Sequence[Line], splits: Sequence[Split], bears: BearingOf, currency: Currency) -> dict[int, Worked]:
    """What each split line comes to, by its place.

    `lines` say what was typed: split lines their whole amounts, and lines of their tax nothing.
    """
    found: dict[int, Worked] = {}
    others = list(lines)
    for one in splits:
        line = lines[one.place]
        if not line.is_open:
            worked = found[one.place] = _worked(line, line.amount, one.mode, bears)
            _put(others, one.place, worked)
    for one in splits:
        if lines[one.place].is_open:
            rest = entry.remainder(others, currency)
            left = rest.amount if rest is not None and rest.line == one.place else None
            found[one.place] = _worked(lines[one.place], left, TaxMode.GROSS, bears)
    return found


def as_split(line: Line, typed: Line, worked: Worked) -> Line:
    """A split line as it is posted; `line` is what stands in its fields, `typed` what it comes from."""
    if isinstance(worked, Shares):
        is_as_it_was = line.amount == worked.net
        status = line.status if is_as_it_was else PostingStatus.UNCLEARED
        return replace(line, amount=worked.net, price=worked.price, status=status, amount_error="")
    error = worked if isinstance(worked, str) else typed.amount_error
    return replace(line, amount=None, price=None, amount_error=error)


def whole_of(line: Line, tax_line: Line, bearing: Bearing) -> Money | None:
    """What a line and the line of its tax behind it, both typed or filled in before, come from.

    Both together where the tax is what the net makes; None, what remains, where one of them is left out; otherwise the
    line's own amount, of which the tax is worked out anew.
    """
    if line.amount is None or tax_line.amount is None:
        return None
    made = tax_units(line.amount.units, bearing.rate.rate, TaxMode.NET)
    return line.amount + tax_line.amount if tax_line.amount.units == made else line.amount


def is_tax_of(tax_line: Line, bearing: Bearing) -> bool:
    """Whether a line is on the account that some tax goes to."""
    return tax_line.account is not None and tax_line.account.id == bearing.goes_to.id


def remark_unsplit(label: str, key: str, *, has_tax_behind: bool) -> str:
    """What is said at a line that bears tax: `sales 20%: f8 splits`."""
    behind = _("{label}: {key} works out the tax behind it")
    return (behind if has_tax_behind else _("{label}: {key} splits")).format(label=label, key=key)


def remark_split(label: str, key: str, mode: TaxMode, whole: str, *, is_left_out: bool) -> str:
    """What is said at a line that is split, and what the key does next; `whole` is the amount typed, in words."""
    if is_left_out:
        template = _("{label} in {whole}, which remains: {key} leaves it whole")
    elif mode is TaxMode.GROSS:
        template = _("{label} in {whole}: {key} puts it on top")
    else:
        template = _("{label} on top of {whole}: {key} leaves it as typed")
    return template.format(label=label, whole=whole, key=key)


def _worked(line: Line, amount: Money | None, mode: TaxMode, bears: BearingOf) -> Worked:
    if line.account is None or amount is None:
        return None
    bearing = bears(line.account)
    if bearing is None:
        return Shares(amount, amount, price=line.price)
    posting = DraftPosting(line.account, amount, price=line.price)
    try:
        net, tax = split_posting(posting, line.account, bearing.rate, bearing.goes_to, mode)
    except LedgerError as refusal:
        return str(refusal)
    return Shares(amount, net, tax or None, bearing, line.price)


def _put(others: list[Line], place: int, worked: Worked) -> None:
    """Let the others see a line net, and its tax behind them all."""
    if not isinstance(worked, Shares):
        return
    others[place] = replace(others[place], amount=worked.net)
    if worked.tax is not None and worked.bearing is not None:
        goes_to = worked.bearing.goes_to
        others.append(Line(goes_to.name, "tax", goes_to, worked.tax, price=worked.price))
