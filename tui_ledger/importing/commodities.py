"""Which currency does a commodity of a file mean?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui_ledger.errors import InvalidCurrency
from tui_ledger.importing.figures import decimals_needed, plain_number
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.values import ReadAmount
from tui_ledger.money import check_currency_code, iso_digits
from tui_ledger.words import N_, Said, _

DOLLARS = frozenset(
    {
        "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD",
        "KYD", "LRD", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "XCD",
    }
)  # fmt: skip
_SHARED_SYMBOLS = {"$": (DOLLARS, "USD"), "¥": (frozenset({"CNY", "JPY"}), "JPY"), "£": (frozenset({"GBP"}), "GBP")}
_SYMBOLS = {
    "€": "EUR", "₿": "BTC", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND",
    "₦": "NGN", "₱": "PHP", "฿": "THB", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
}  # fmt: skip
_BLANKS = re.compile(r"\s+")


class Commodities:
    """The commodities met in one file, and the currency codes they get in the book.

    `$` is the book's currency where that is a dollar, else USD; `¥` likewise CNY or JPY. A commodity that is no symbol
    keeps its name; blanks in it become hyphens, since a code has none.
    """

    def __init__(self, book_currency: str, known_digits: Callable[[str], int | None]) -> None:
        """`known_digits` answers for a code the book holds already, None for others."""
        self.book_currency = book_currency
        self._known_digits = known_digits
        self._codes: dict[str, str] = {}
        self._digits: dict[str, int | None] = {}

    def code(self, commodity: str) -> str:
        """The currency code of a symbol or name as written; raises LineRefused where none can be made."""
        found = self._codes.get(commodity)
        if found is None:
            found = self._codes[commodity] = self._new_code(commodity)
        return found

    def fixed_digits(self, code: str) -> int | None:
        """The digits the book or ISO 4217 gives a currency; None where the file has yet to decide."""
        if code not in self._digits:
            known = self._known_digits(code)
            self._digits[code] = iso_digits(code) if known is None else known
        return self._digits[code]

    def fix(self, digits: Mapping[str, int]) -> None:
        """The digits of currencies new to the book, once the whole file was seen."""
        self._digits.update(digits)

    def refuse_too_fine(self, amount: ReadAmount, *, guessed: bool) -> None:
        """Raises LineRefused for an amount with more decimals than its currency has.

        `guessed`: its separator may have been meant to group thousands, which the sentence then says.
        """
        digits = self.fixed_digits(amount.currency)
        if digits is None or decimals_needed(amount.trillionths) <= digits:
            return
        template = N_("{number} has more decimals than {currency} allows ({digits})")
        if guessed:
            template = N_(
                "{number} has more decimals than {currency} allows ({digits}); if thousands are meant, say so above "
                "with a line such as `decimal-mark .`"
            )
        number = plain_number(amount.trillionths)
        raise LineRefused(Said(template, number=number, currency=amount.currency, digits=digits))

    def notes(self) -> list[str]:
        """What a reader of the file should know: which currency each symbol was taken for."""
        own, other = (
            _("{commodity} was read as {currency}, the book's currency."),
            _("{commodity} was read as {currency}."),
        )
        return [
            (own if code == self.book_currency else other).format(commodity=quoted(commodity), currency=code)
            for commodity, code in self._codes.items()
            if commodity != code
        ]

    def _new_code(self, commodity: str) -> str:
        if commodity in _SHARED_SYMBOLS:
            shared_by, usual = _SHARED_SYMBOLS[commodity]
            return self.book_currency if self.book_currency in shared_by else usual
        if commodity in _SYMBOLS:
            return _SYMBOLS[commodity]
        code = _BLANKS.sub("-", commodity.strip())
        try:
            check_currency_code(code)
        except InvalidCurrency as problem:
            raise LineRefused(
                Said(
                    "the commodity {commodity} cannot be kept: {advice}",
                    commodity=quoted(commodity),
                    advice=problem.values["advice"],
                )
            ) from problem
        self._refuse_second_name(commodity, code)
        return code

    def _refuse_second_name(self, commodity: str, code: str) -> None:
        for other, taken in self._codes.items():
            if taken == code and " " in other + commodity and other not in _SYMBOLS:
                raise LineRefused(
                    Said(
                        "the commodities {other} and {commodity} would both be {currency}: rename one",
                        other=quoted(other),
                        commodity=quoted(commodity),
                        currency=code,
                    )
                )
