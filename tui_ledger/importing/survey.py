"""What does a file hold, all told? Seen on the first pass, before anything is written."""

from __future__ import annotations

from datetime import date

from tui_ledger.importing.assertions import AssertedAccounts
from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.conversion_uses import ConversionUse, converted_trillionths
from tui_ledger.importing.figures import TRILLIONTH_DIGITS, plain_number
from tui_ledger.importing.new_currencies import NewCurrencies
from tui_ledger.importing.refusals import Refusals
from tui_ledger.importing.values import ReadPosting, ReadTransaction
from tui_ledger.money import LARGEST_UNITS
from tui_ledger.words import N_, Said, listed, ngettext

_LISTED_LINES = 10


class Survey:
    """Counts and limits over all transactions of a file.

    `uses` has the first line of each account in each currency, in the order they were met; `conversions` the earliest
    transaction that converts each currency.
    """

    def __init__(self, commodities: Commodities, refusals: Refusals, closed_through: date | None) -> None:
        self.transaction_count = 0
        self.uses: dict[tuple[str, str], int] = {}
        self.conversions: dict[str, ConversionUse] = {}
        self.asserted = AssertedAccounts()
        self.new_currencies = NewCurrencies(commodities)
        self._commodities = commodities
        self._refusals = refusals
        self._closed_through = closed_through
        self._known_limits: dict[str, int] = {}
        self._largest: dict[str, tuple[int, int]] = {}
        self._zero_lines = _Lines()
        self._empty_lines = _Lines()

    def add(self, transaction: ReadTransaction) -> None:
        """Counts one transaction in, and refuses its line where a closed day or the size of an amount forbids it."""
        if self._closed_through is not None and transaction.date <= self._closed_through:
            reason = Said(
                "{date} lies in a period closed through {closed_through}: reopen it first",
                date=transaction.date,
                closed_through=self._closed_through,
            )
            self._refusals.refuse(transaction.line, str(reason))
        zero_lines = []
        for posting in transaction.postings:
            if posting.assertion is not None:
                self.asserted.add(posting.account, posting.assertion)
            if posting.amount is None or posting.amount.trillionths == 0:
                zero_lines.append(posting.line)
            else:
                self._add_moving(posting, *posting.amount)
        if len(zero_lines) == len(transaction.postings):
            self._empty_lines.add(transaction.line)
            return
        if transaction.priced:
            self._add_priced(transaction)
        self.transaction_count += 1
        for line in zero_lines:
            self._zero_lines.add(line)

    def new_digits(self) -> dict[str, int]:
        """The digits of the currencies that neither the book nor ISO 4217 knows; refuses amounts too large for them."""
        found = self.new_currencies.digits()
        for code, (largest, line) in self._largest.items():
            if largest > _limit(found[code]):
                self._refuse_too_large(line, largest, code)
        return found

    def notes(self) -> list[str]:
        """What was left out of the book."""
        notes = []
        zero, empty = self._zero_lines, self._empty_lines
        if zero.count:
            said = ngettext(
                "{n} posting of zero left out (line {lines}).",
                "{n} postings of zero left out (lines {lines}).",
                zero.count,
            )
            notes.append(said.format(n=zero.count, lines=zero))
        if empty.count:
            said = ngettext(
                "{n} transaction without any amount left out (line {lines}).",
                "{n} transactions without any amount left out (lines {lines}).",
                empty.count,
            )
            notes.append(said.format(n=empty.count, lines=empty))
        return notes

    def _add_moving(self, posting: ReadPosting, trillionths: int, currency: str) -> None:
        use = (posting.account, currency)
        if use not in self.uses:
            self.uses[use] = posting.line
        limit = self._known_limits.get(currency)
        if limit is None or abs(trillionths) > limit:
            self._check_size(posting.line, trillionths, currency)
            if not posting.left_out and self._commodities.fixed_digits(currency) is None:
                self.new_currencies.add_amount(currency, trillionths)

    def _add_priced(self, transaction: ReadTransaction) -> None:
        """A transaction with a price, whose remainder converts currencies."""
        moving = [posting for posting in transaction.postings if posting.amount is not None and posting.amount[0]]
        for posting in moving:
            if posting.price is not None:
                self.new_currencies.add_price(posting.price)
        if len(moving) == 1:
            reason = N_(
                "the other amounts come to zero at the price written, and a transaction needs two: write them out"
            )
            self._refusals.refuse(moving[0].line, reason)
        for currency, trillionths in converted_trillionths(transaction).items():
            self._check_size(transaction.line, trillionths, currency)
            earliest = self.conversions.get(currency)
            if earliest is None or transaction.date < earliest.date:
                self.conversions[currency] = ConversionUse(transaction.line, transaction.date)

    def _check_size(self, line: int, trillionths: int, currency: str) -> None:
        """Refuses what no book can hold; in a new currency the largest is looked at when its digits are known."""
        digits, size = self._commodities.fixed_digits(currency), abs(trillionths)
        limit = _limit(digits or 0)
        if size > limit:
            self._refuse_too_large(line, trillionths, currency)
        elif digits is not None:
            self._known_limits[currency] = limit
        elif size > self._largest.get(currency, (0, 0))[0]:
            self._largest[currency] = (size, line)

    def _refuse_too_large(self, line: int, trillionths: int, currency: str) -> None:
        number = plain_number(trillionths)
        self._refusals.refuse(
            line,
            Said(
                "{number} {currency} is beyond what a book can hold: check the digits", number=number, currency=currency
            ),
        )


class _Lines:
    """How many lines something was seen in, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[int] = []

    def add(self, line: int) -> None:
        self.count += 1
        if len(self._first) < _LISTED_LINES:
            self._first.append(line)

    def __str__(self) -> str:
        return listed([*map(str, self._first), *(["…"] if self.count > len(self._first) else [])])


def _limit(digits: int) -> int:
    """The most a book can hold, in trillionths."""
    trillionths_per_unit: int = 10 ** (TRILLIONTH_DIGITS - digits)
    return LARGEST_UNITS * trillionths_per_unit
