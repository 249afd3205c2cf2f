"""What stands in the entry form, what is still missing, and what would be posted?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tui_ledger.ledger.conversions import Amount, remainder_at_cost
from tui_ledger.ledger.values import Account, DraftPosting, PostingStatus, WrittenPrice
from tui_ledger.money import Currency, Money
from tui_ledger.ui.joined_words import joined
from tui_ledger.words import _

_NO_CURRENCY = Currency("none", 0)
_ENDS_AMOUNT = re.compile(r"[\d)\s\uff09]$")
_SIDE = re.compile(r"(.*?[0-9)\s])\s*(dr?|cr?)\.?", re.IGNORECASE | re.DOTALL)


class Place(Enum):
    """A field of a line."""

    ACCOUNT = "account"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the form; `amount` is debit-positive, None where nothing (readable) is typed.

    `memo` and `status` come from the posting the line was filled with.
    """

    account_text: str = ""
    amount_text: str = ""
    account: Account | None = None
    amount: Money | None = None
    account_error: str = ""
    amount_error: str = ""
    price: WrittenPrice | None = None
    memo: str | None = None
    status: PostingStatus = PostingStatus.UNCLEARED

    @property
    def is_empty(self) -> bool:
        return not self.account_text.strip() and not self.amount_text.strip()

    @property
    def is_open(self) -> bool:
        """Whether it has an account and waits for an amount."""
        return bool(self.account_text.strip()) and not self.amount_text.strip()


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits of one currency, both positive, and how far debits exceed credits when every amount is taken
    at its price."""

    debit: Money
    credit: Money
    off: Money


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form cannot be posted: the field to go to and a sentence."""

    line: int
    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Remainder:
    """What the one line without an amount takes. `is_hint` when that line is still wholly empty."""

    line: int
    amount: Money
    is_hint: bool


def side_of(text: str) -> tuple[str, int]:
    """An amount's text without a side typed behind it, and the sign the side means: `12.50 c` is (`12.50`, -1).

    A side is d, dr, c or cr, or as the language spoken shortens it, such as S and H in German.
    """
    typed = text.strip()
    for side, sign in ((_("Dr"), 1), (_("Cr"), -1)):
        amount = typed[: -len(side)]
        if typed.casefold().endswith(side.casefold()) and _ENDS_AMOUNT.search(amount):
            return amount.strip(), sign
    found = _SIDE.fullmatch(typed)
    if found is None:
        return text, 1
    return found[1].strip(), -1 if found[2][0] in "cC" else 1


def remainder(lines: Sequence[Line], currency: Currency) -> Remainder | None:
    """What balances the entry, and on which line: the only open one, else the first empty one.

    None when nothing is off, or when several lines are open.
    """
    open_lines = [index for index, line in enumerate(lines) if line.is_open]
    empty_lines = [index for index, line in enumerate(lines) if line.is_empty]
    if len(open_lines) > 1 or not (open_lines or empty_lines):
        return None
    index = (open_lines or empty_lines)[0]
    amount = missing_at(lines, index, currency)
    return None if amount is None else Remainder(index, amount, is_hint=not open_lines)


def missing_at(lines: Sequence[Line], index: int, currency: Currency) -> Money | None:
    """What a line's amount would have to be for the others to balance at their prices.

    None when they do already, and when they are off in a currency that this line is not in.
    """
    others = [line for place, line in enumerate(lines) if place != index]
    account = lines[index].account
    amounts = _amounts(others)
    own = account.currency if account is not None else _only_currency(amounts, currency)
    units, off_elsewhere = remainder_at_cost(amounts, own, _digits(amounts, currency, own).get)
    return Money(units, own) if units and not off_elsewhere else None


def completed(lines: Sequence[Line], currency: Currency) -> list[Line]:
    """The lines as they would be posted: empty ones left out, the open one with its remainder."""
    rest = remainder(lines, currency)
    return [
        replace(line, amount=rest.amount) if rest is not None and rest.line == index else line
        for index, line in enumerate(lines)
        if not line.is_empty
    ]


def sums(lines: Sequence[Line], currency: Currency) -> list[Sums]:
    """Debits and credits as they would be posted, a row a currency; the book's own where there is none."""
    amounts = _amounts(completed(lines, currency))
    digits = _digits(amounts, currency)
    off = _off_at_cost(amounts, digits)
    codes = list(dict.fromkeys([*(str(amount.currency) for amount in amounts), *off])) or [str(currency)]
    return [_sums_of(amounts, Currency(code, digits.get(code, 0)), off.get(code, 0)) for code in codes]


def sums_text(lines: Sequence[Line], currency: Currency, written: Callable[[Money], str]) -> str:
    """Debits, credits and what they are off by, in words and figures; of several currencies each with what it has."""
    found = sums(lines, currency)
    if len(found) == 1:
        side = found[0]
        said = _off_by(written(abs(side.off))) if side.off else _("balanced") if side.debit else ""
        return "   ".join([*(word.format(amount=written(money)) for word, money in _sides(side)), said])
    sides = [word.format(amount=written(money)) for side in found for word, money in _sides(side) if money]
    off = [_off_by(written(abs(side.off))) for side in found if side.off]
    return "   ".join([*sides, *(off or [_("balanced at the price")])])


def line_to_price(lines: Sequence[Line], currency: Currency) -> int | None:
    """The first line whose amount is in another currency than the entry is and has no price; None where there is none,
    or where a price stands at another line already."""
    filled = [line for line in lines if not line.is_empty]
    used = {_currency_of(line, currency) for line in filled if line.account is not None}
    if len(used) < 2 or any(line.price is not None for line in lines):
        return None
    base = currency if currency in used else _currency_of(next(line for line in filled if line.account), currency)
    for index, line in enumerate(lines):
        if line.account is not None and not line.amount_error and line.account.currency != base:
            return index
    return None


def base_currency(lines: Sequence[Line], index: int, currency: Currency) -> Currency:
    """The currency a line's price would be in: the book's if any other line has it, else that of the first other."""
    others = [line.account.currency for place, line in enumerate(lines) if place != index and line.account is not None]
    own = lines[index].account
    others = [other for other in others if own is None or other != own.currency]
    return currency if currency in others or not others else others[0]


def problem(lines: Sequence[Line], currency: Currency, written: Callable[[Money], str]) -> Problem | None:
    """The first thing that keeps the entry from being posted, or None; `written` writes an amount for a sentence."""
    return (
        unreadable(lines)
        or _missing_account(lines)
        or too_few_lines(lines)
        or _several_open(lines)
        or _without_price(lines, currency)
        or _off(lines, currency, written)
    )


def postings(lines: Sequence[Line]) -> tuple[DraftPosting, ...]:
    """The draft's postings: the open line without its amount, so that the ledger fills it."""
    return tuple(
        DraftPosting(
            line.account_text if line.account is None else line.account,
            line.amount,
            line.memo,
            line.status,
            price=line.price,
        )
        for line in lines
        if not line.is_empty
    )


def next_gap(lines: Sequence[Line], after: int, currency: Currency) -> tuple[int, Place]:
    """Where Enter on a line's amount leads: the next field that needs something, else the empty line behind the last.

    The position may be one beyond the lines: then a line is to be added.
    """
    rest = remainder(lines, currency)
    for index in range(after + 1, len(lines)):
        line = lines[index]
        if line.is_empty:
            return index, Place.ACCOUNT
        if line.account is None:
            return index, Place.ACCOUNT
        if line.amount is None and (rest is None or rest.line != index):
            return index, Place.AMOUNT
    return len(lines), Place.ACCOUNT


def _amounts(lines: Sequence[Line]) -> list[Amount]:
    return [Amount(line.amount.units, line.amount.currency, line.price) for line in lines if line.amount is not None]


def _digits(amounts: Sequence[Amount], *currencies: Currency) -> dict[str, int]:
    """The digits of the currencies that amounts are in, and of some others."""
    known = (*currencies, *(amount.currency for amount in amounts))
    return {str(currency): currency.digits for currency in known}


def _only_currency(amounts: Sequence[Amount], currency: Currency) -> Currency:
    """The currency that all amounts are worth something in, else the book's."""
    codes = {amount.cost[0] for amount in amounts}
    digits = _digits(amounts, currency)
    code = codes.pop() if len(codes) == 1 else ""
    return Currency(code, digits[code]) if code in digits else currency


def _off_at_cost(amounts: Sequence[Amount], digits: dict[str, int]) -> dict[str, int]:
    """By currency how far debits exceed credits in minor units at the prices, where that is more than rounding."""
    _units, codes = remainder_at_cost(amounts, _NO_CURRENCY, digits.get)
    found = {}
    for code in sorted(codes):
        units, _ = remainder_at_cost(amounts, Currency(code, digits.get(code, 0)), digits.get)
        found[code] = -units
    return found


def _sums_of(amounts: Sequence[Amount], currency: Currency, off: int) -> Sums:
    units = [amount.units for amount in amounts if amount.currency == currency]
    debit, credit = sum(one for one in units if one > 0), -sum(one for one in units if one < 0)
    return Sums(Money(debit, currency), Money(credit, currency), Money(off, currency))


def _sides(side: Sums) -> tuple[tuple[str, Money], tuple[str, Money]]:
    return (_("Dr {amount}"), side.debit), (_("Cr {amount}"), side.credit)


def _off_by(amount: str) -> str:
    return _("off {amount}").format(amount=amount)


def _currency_of(line: Line, currency: Currency) -> Currency:
    return currency if line.account is None else line.account.currency


def unreadable(lines: Sequence[Line]) -> Problem | None:
    """The first account or amount that cannot be understood, or None."""
    for index, line in enumerate(lines):
        if line.account_error:
            return Problem(index, Place.ACCOUNT, line.account_error)
        if line.amount_error:
            return Problem(index, Place.AMOUNT, line.amount_error)
    return None


def _missing_account(lines: Sequence[Line]) -> Problem | None:
    for index, line in enumerate(lines):
        if line.amount_text.strip() and not line.account_text.strip():
            return Problem(index, Place.ACCOUNT, _("This amount needs an account."))
    return None


def too_few_lines(lines: Sequence[Line]) -> Problem | None:
    """Where a second line is missing, or None."""
    filled = [index for index, line in enumerate(lines) if not line.is_empty]
    if len(filled) >= 2:
        return None
    index = next((index for index, line in enumerate(lines) if line.is_empty), len(lines) - 1)
    return Problem(index, Place.ACCOUNT, _("A transaction has two lines or more: name an account here."))


def _several_open(lines: Sequence[Line]) -> Problem | None:
    waiting = [index for index, line in enumerate(lines) if line.is_open]
    if len(waiting) > 1:
        return Problem(waiting[0], Place.AMOUNT, _("Give the amount: only one line may be left open."))
    return None


def _without_price(lines: Sequence[Line], currency: Currency) -> Problem | None:
    index = line_to_price(lines, currency)
    if index is None or len([side for side in sums(lines, currency) if side.off]) < 2:
        return None
    code = _currency_of(lines[index], currency)
    if lines[index].amount is None:
        sentence = _("Give the amount in {currency}, and behind it @ and its price.").format(currency=code)
        return Problem(index, Place.AMOUNT, sentence)
    base = base_currency(lines, index, currency)
    sentence = _("Give the price of this {currency} amount: @ and what one is worth in {base}, or @@ and the total.")
    return Problem(index, Place.AMOUNT, sentence.format(currency=code, base=base))


def _off(lines: Sequence[Line], currency: Currency, written: Callable[[Money], str]) -> Problem | None:
    off = [side.off for side in sums(lines, currency) if side.off]
    waiting = [index for index, line in enumerate(lines) if line.is_open]
    if waiting and not off:
        if remainder(lines, currency) is None:
            sentence = _("Nothing is left for this line: take it out, or change an amount.")
            return Problem(waiting[0], Place.AMOUNT, sentence)
        return None
    if not off:
        return None
    last = max(index for index, line in enumerate(lines) if not line.is_empty)
    place = waiting[0] if waiting else last
    figures = joined(written(abs(one)) for one in off)
    return Problem(place, Place.AMOUNT, _("Debits and credits are off by {amounts}.").format(amounts=figures))
