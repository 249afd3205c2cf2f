"""Which amount stands at a posting, in hledger's format?"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.figures import TRILLIONTH_DIGITS, Figure, read_figure, read_price_figure
from tui_ledger.importing.lots import without_lot_date, without_lot_price
from tui_ledger.importing.number_styles import NumberStyles
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.values import ReadAmount, ReadAssertion, ReadPrice
from tui_ledger.importing.written_amounts import WrittenAmount, take_apart
from tui_ledger.words import N_, Said

_HUNDREDTH = 10 ** (TRILLIONTH_DIGITS - 2)
_USUAL = re.compile(r"(-?)(?:([A-Z$€£]{1,8}) ?(-?))?([0-9]{1,15})\.([0-9]{2})(?: ?([A-Z$€£]{1,8}))?")
_ASSERTION = re.compile(r"=(=?)(\*?)[ \t]*+")
_PRICE = re.compile(r"(?:@(@?)|\(@(@?)\))[ \t]*+")


class PostingAmount(NamedTuple):
    """What stands after the account of a posting; `amount` None where it is left out."""

    amount: ReadAmount | None
    price: ReadPrice | None = None
    assertion: ReadAssertion | None = None


class AmountReader:
    """Reads amounts as the directives before them say.

    `guessed_line` and `bare_line` are the first lines whose lone separator was taken for a decimal mark before three
    digits, and whose amount had no commodity and got the book's currency. `lot_line` is the first line with a lot.
    """

    def __init__(self, commodities: Commodities, styles: NumberStyles) -> None:
        self.guessed_line: int | None = None
        self.bare_line: int | None = None
        self.lot_line: int | None = None
        self._commodities = commodities
        self._styles = styles
        self._usual_codes: dict[str, str] = {}
        self._usual_revision = styles.revision

    def read_posting(self, text: str, line: int) -> PostingAmount:
        """The amount, price and balance assertion of a posting; raises LineRefused."""
        usual = self._usual_amount(text)
        if usual is not None:
            return PostingAmount(usual)
        if text.startswith("="):
            raise LineRefused(
                N_("an amount made to fit a balance (`= BALANCE` alone) is not read: write the amount before it")
            )
        amount, rest = self._amount(text, line)
        if not rest:
            return PostingAmount(amount)
        price, rest = self._price_and_lot(rest, line)
        assertion = self._assertion(rest, line) if rest else None
        return PostingAmount(amount, price, assertion)

    def read_price(self, text: str, line: int) -> tuple[ReadPrice, str]:
        """The amount of a price of one unit, and what follows it; raises LineRefused."""
        return self._price(text, line, total=False)

    def _usual_amount(self, text: str) -> ReadAmount | None:
        """The commonest form, two decimals behind a point, of a commodity that was read by the long way before."""
        found = _USUAL.fullmatch(text)
        if found is None or self._usual_revision != self._styles.revision:
            return None
        sign, left, inner_sign, whole, decimals, right = found.groups()
        code = None if left and right else self._usual_codes.get(left or right or "")
        if code is None:
            return None
        hundredths = int(whole + decimals)
        return ReadAmount((-hundredths if bool(sign) != bool(inner_sign) else hundredths) * _HUNDREDTH, code)

    def _amount(self, text: str, line: int) -> tuple[ReadAmount, str]:
        """An amount that moves an account, which may not be finer than its currency."""
        written, rest = take_apart(text)
        figure = self._figure(written)
        amount = ReadAmount(_signed(written, figure), self._code(written, bool(figure.trillionths), line))
        digits = self._commodities.fixed_digits(amount.currency)
        if figure.guessed and digits is not None and digits < 3:
            self.guessed_line = self.guessed_line or line
        self._commodities.refuse_too_fine(amount, guessed=figure.guessed)
        self._remember_usual(written.commodity, amount.currency, digits)
        return amount, rest

    def _compared_amount(self, text: str, line: int) -> tuple[ReadAmount, str]:
        """An amount that is only compared or multiplied, and may be finer than its currency."""
        written, rest = take_apart(text)
        figure = self._figure(written)
        return ReadAmount(_signed(written, figure), self._code(written, bool(figure.trillionths), line)), rest

    def _figure(self, written: WrittenAmount) -> Figure:
        return read_figure(written.figures, written.exponent, self._styles.style(written.commodity))

    def _code(self, written: WrittenAmount, counts: bool, line: int) -> str:
        commodity = written.commodity or self._styles.default_commodity
        if commodity:
            return self._commodities.code(commodity)
        if counts and self.bare_line is None:
            self.bare_line = line
        return self._commodities.book_currency

    def _remember_usual(self, commodity: str, code: str, digits: int | None) -> None:
        if self._usual_revision != self._styles.revision:
            self._usual_revision = self._styles.revision
            self._usual_codes.clear()
        style = self._styles.style(commodity)
        if commodity and (style is None or style.is_decimal(".")) and (digits is None or digits >= 2):
            self._usual_codes[commodity] = code

    def _price_and_lot(self, text: str, line: int) -> tuple[ReadPrice | None, str]:
        """The price and what follows it; a lot price and a lot date may stand before or behind it, once each."""
        price, marks = None, ""
        while text and text[0] not in marks:
            found = _PRICE.match(text)
            if found is not None and price is None:
                price, text = self._price(text[found.end() :], line, total=bool(found[1] or found[2]))
            elif text[0] in "{[":
                marks += text[0]
                self.lot_line = self.lot_line or line
                text = without_lot_price(text) if text[0] == "{" else without_lot_date(text)
            else:
                break
        return price, text

    def _price(self, text: str, line: int, *, total: bool) -> tuple[ReadPrice, str]:
        if not text:
            raise LineRefused(N_("the price has no amount: write it as `@ 1.10 USD`"))
        written, rest = take_apart(text)
        number, guessed = read_price_figure(written.figures, written.exponent, self._styles.style(written.commodity))
        if written.negative and number:
            raise LineRefused(N_("a price is written without a minus"))
        if guessed and (total or "," in written.figures):
            self.guessed_line = self.guessed_line or line
        return ReadPrice(number, self._code(written, bool(number), line), total), rest

    def _assertion(self, text: str, line: int) -> ReadAssertion:
        found = _ASSERTION.match(text)
        if found is None:
            raise LineRefused(Said("{text} stands after the amount: it cannot be read", text=quoted(text)))
        amount, rest = self._compared_amount(text[found.end() :], line)
        price = _PRICE.match(rest)
        if price is not None:
            _, rest = self._price(rest[price.end() :], line, total=bool(price[1] or price[2]))
        if rest:
            raise LineRefused(Said("{text} stands after the balance: it cannot be read", text=quoted(rest)))
        return ReadAssertion(amount, alone=bool(found[1]), with_sub_accounts=bool(found[2]))


def _signed(written: WrittenAmount, figure: Figure) -> int:
    return -figure.trillionths if written.negative else figure.trillionths
