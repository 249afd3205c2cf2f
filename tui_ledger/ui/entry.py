"""What stands in the entry form, what is still missing, and what would be posted?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from tui_ledger.ledger.values import Account, DraftPosting, Transaction
from tui_ledger.money import Currency, Money

_SIDE = re.compile(r"(.*?[0-9)\s])\s*(dr?|cr?)\.?", re.IGNORECASE | re.DOTALL)


class Place(Enum):
    """A field of a line."""

    ACCOUNT = "account"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the form; `amount` is debit-positive, None where nothing (readable) is typed."""

    account_text: str = ""
    amount_text: str = ""
    account: Account | None = None
    amount: Money | None = None
    account_error: str = ""
    amount_error: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.account_text.strip() and not self.amount_text.strip()

    @property
    def is_open(self) -> bool:
        """Whether it has an account and waits for an amount."""
        return bool(self.account_text.strip()) and not self.amount_text.strip()


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits of one currency, both positive."""

    debit: Money
    credit: Money

    @property
    def off(self) -> Money:
        """How far debits exceed credits."""
        return self.debit - self.credit


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
    """An amount's text without a side typed behind it, and the sign the side means: `12.50 c` is (`12.50`, -1)."""
    found = _SIDE.fullmatch(text.strip())
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
    """What a line's amount would have to be for the others to balance, None when they do already."""
    others = [line for place, line in enumerate(lines) if place != index]
    account = lines[index].account
    own = account.currency if account is not None else _only_currency(others) or currency
    total = _total(others, own)
    return Money(-total, own) if total else None


def completed(lines: Sequence[Line], currency: Currency) -> list[Line]:
    """The lines as they would be posted: empty ones left out, the open one with its remainder."""
    rest = remainder(lines, currency)
    found = []
    for index, line in enumerate(lines):
        if line.is_empty:
            continue
        amount = rest.amount if rest is not None and rest.line == index else line.amount
        found.append(
            Line(line.account_text, line.amount_text, line.account, amount, line.account_error, line.amount_error)
        )
    return found


def sums(lines: Sequence[Line], currency: Currency) -> list[Sums]:
    """Debits and credits as they would be posted, a pair a currency, the book's own always there."""
    by_currency: dict[Currency, list[int]] = {currency: [0, 0]}
    for line in completed(lines, currency):
        if line.amount is not None:
            sides = by_currency.setdefault(line.amount.currency, [0, 0])
            sides[line.amount.units < 0] += abs(line.amount.units)
    used = [code for code, sides in by_currency.items() if any(sides)] or [currency]
    return [Sums(Money(by_currency[code][0], code), Money(by_currency[code][1], code)) for code in used]


def problem(lines: Sequence[Line], currency: Currency, written: Callable[[Money], str]) -> Problem | None:
    """The first thing that keeps the entry from being posted, or None; `written` writes an amount for a sentence."""
    return (
        _wrong_text(lines)
        or _missing_account(lines)
        or _too_few_lines(lines)
        or _several_open(lines)
        or _off(lines, currency, written)
    )


def postings(lines: Sequence[Line]) -> tuple[DraftPosting, ...]:
    """The draft's postings: the open line without its amount, so that the ledger fills it."""
    return tuple(
        DraftPosting(line.account_text if line.account is None else line.account, line.amount)
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


def lines_like(transaction: Transaction, *, with_every_amount: bool) -> list[tuple[str, Money | None]]:
    """Account names and amounts for a transaction like this one, debits first.

    Conversion postings are left to the ledger. Unless `with_every_amount`, the last line's amount stays open so that
    changing another one balances by itself.
    """
    kept = [posting for posting in transaction.postings if not posting.conversion]
    ordered = [posting for posting in kept if posting.amount.units > 0]
    ordered += [posting for posting in kept if posting.amount.units <= 0]
    lines: list[tuple[str, Money | None]] = [(posting.account, posting.amount) for posting in ordered]
    if lines and not with_every_amount and len({posting.currency for posting in ordered}) == 1:
        lines[-1] = (lines[-1][0], None)
    return lines


def memo_to_repeat(transaction: Transaction) -> str:
    """The memo of a transaction where it may serve again: one with digits (an invoice, a date) was about that one."""
    return "" if any(character.isdigit() for character in transaction.memo) else transaction.memo


def _total(lines: Sequence[Line], currency: Currency) -> int:
    return sum(line.amount.units for line in lines if line.amount is not None and line.amount.currency == currency)


def _only_currency(lines: Sequence[Line]) -> Currency | None:
    found = {line.amount.currency for line in lines if line.amount is not None}
    return found.pop() if len(found) == 1 else None


def _wrong_text(lines: Sequence[Line]) -> Problem | None:
    for index, line in enumerate(lines):
        if line.account_error:
            return Problem(index, Place.ACCOUNT, line.account_error)
        if line.amount_error:
            return Problem(index, Place.AMOUNT, line.amount_error)
    return None


def _missing_account(lines: Sequence[Line]) -> Problem | None:
    for index, line in enumerate(lines):
        if line.amount_text.strip() and not line.account_text.strip():
            return Problem(index, Place.ACCOUNT, "This amount needs an account.")
    return None


def _too_few_lines(lines: Sequence[Line]) -> Problem | None:
    filled = [index for index, line in enumerate(lines) if not line.is_empty]
    if len(filled) >= 2:
        return None
    index = next((index for index, line in enumerate(lines) if line.is_empty), len(lines) - 1)
    return Problem(index, Place.ACCOUNT, "A transaction has two lines or more: name an account here.")


def _several_open(lines: Sequence[Line]) -> Problem | None:
    waiting = [index for index, line in enumerate(lines) if line.is_open]
    if len(waiting) > 1:
        return Problem(waiting[0], Place.AMOUNT, "Give the amount: only one line may be left open.")
    return None


def _off(lines: Sequence[Line], currency: Currency, written: Callable[[Money], str]) -> Problem | None:
    waiting = [index for index, line in enumerate(lines) if line.is_open]
    if waiting and remainder(lines, currency) is None:
        return Problem(waiting[0], Place.AMOUNT, "Nothing is left for this line: take it out, or change an amount.")
    off = [side.off for side in sums(lines, currency) if side.off]
    if off and len(sums(lines, currency)) == 1:
        last = max(index for index, line in enumerate(lines) if not line.is_empty)
        return Problem(last, Place.AMOUNT, f"Debits and credits are off by {written(abs(off[0]))}.")
    return None
