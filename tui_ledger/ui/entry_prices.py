"""How is a price written behind an amount, as `100 @ 0.92 EUR` or `100 @@ 92 EUR`, in the reader's own figures?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

from tui_ledger.errors import InvalidPrice
from tui_ledger.ledger.values import WrittenPrice
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_money, read_number
from tui_ledger.locale.typed_text import folded
from tui_ledger.money import Currency, Money
from tui_ledger.words import N_, Said, listed

EACH, TOTAL = "@", "@@"
_OFFERED_FIGURES = 8
_PRECISION = 60


def split_price(text: str) -> tuple[str, str, str]:
    """The amount, the mark ('@', '@@', or '' without a price) and the text behind it."""
    amount, mark, price = text.partition(EACH)
    if not mark:
        return text, "", ""
    if price.startswith(EACH):
        return amount.rstrip(), TOTAL, price[1:].strip()
    return amount.rstrip(), EACH, price.strip()


def read_price(text: str, mark: str, of: Currency, known: Mapping[str, Currency], formats: Formats) -> WrittenPrice:
    """The price a text means: a figure and the code of a currency that is `known`, other than the amount's own.

    Raises InvalidPrice and what reading a figure raises.
    """
    number, currency = _with_currency(text, of, known)
    if mark == TOTAL:
        worth = read_money(number, currency, formats).amount
    else:
        whole, decimals = read_number(number, currency, formats, typed=text)
        worth = Decimal(f"{whole or 0}.{decimals or 0}" if decimals else whole)
    if worth <= 0:
        raise InvalidPrice(text=text, advice=N_("it must be above zero, the side is said by the amount"))
    return WrittenPrice(worth, str(currency), mark == TOTAL)


def price_text(price: WrittenPrice, formats: Formats) -> str:
    """A price as it is typed: `@ 0.92 EUR`, with all of its decimals."""
    return f"{TOTAL if price.total else EACH} {rate_figure(price.amount, formats)} {price.currency}"


def rate_figure(rate: Decimal, formats: Formats) -> str:
    """A rate with all of its decimals, written as the locale does it."""
    return formats.number(rate)


def shown_rate(rate: Decimal) -> Decimal:
    """A rate as it is offered and told: to eight figures, without zeros at its end."""
    with localcontext(prec=_OFFERED_FIGURES, rounding=ROUND_HALF_UP):
        short = +rate
    with localcontext(prec=_PRECISION):
        plain = short.normalize()
        return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def offered_price(amount: Money, mark: str, rate: Decimal, currency: Currency) -> WrittenPrice | None:
    """The price that a rate makes of an amount, each or in total; None where nothing would be left of it."""
    if mark != TOTAL:
        return WrittenPrice(shown_rate(rate), str(currency), total=False)
    with localcontext(prec=_PRECISION):
        worth = (abs(amount.amount) * rate).quantize(Decimal(1).scaleb(-currency.digits), rounding=ROUND_HALF_UP)
    return WrittenPrice(worth, str(currency), total=True) if worth else None


def _with_currency(text: str, of: Currency, known: Mapping[str, Currency]) -> tuple[str, Currency]:
    """The figure and the currency whose code stands behind it; of codes that end alike the longest."""
    typed = folded(text)
    for code in sorted(known, key=len, reverse=True):
        number = typed[: -len(code)].strip()
        if not typed.upper().endswith(code.upper()):
            continue
        if not number:
            raise InvalidPrice(text=text, advice=N_("write a figure before the currency"))
        if known[code] == of:
            raise InvalidPrice(text=text, advice=Said("the amount is in {of} itself", of=of))
        return number, known[code]
    if not typed:
        raise InvalidPrice(text=text, advice=N_("write a figure and its currency behind the @"))
    others = listed(sorted(code for code in known if code != of))
    raise InvalidPrice(text=text, advice=Said("write the currency of an account behind it ({others})", others=others))
