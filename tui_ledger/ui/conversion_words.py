"""At which rate was one currency changed into another? Said in words where the conversion postings are folded away."""

from __future__ import annotations

from decimal import Decimal, localcontext

from tui_ledger.ledger import Posting, Transaction
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.entry_prices import rate_figure, shown_rate
from tui_ledger.words import _

_PRECISION = 60


def price_in_words(posting: Posting, formats: Formats) -> str:
    """The price written at a posting: `at 0.92 EUR`, or `for 92.00 EUR` in total; '' without one."""
    price = posting.price
    if price is None or price.currency == posting.currency:
        return ""
    said = _("for {price}") if price.total else _("at {price}")
    return said.format(price=f"{rate_figure(price.amount, formats)} {price.currency}")


def rates_in_words(transaction: Transaction, formats: Formats) -> list[str]:
    """What the conversion postings of a transaction say: `1 USD was 0.92 EUR`; a line a pair, none without any.

    Between two currencies it follows from what was converted; of more, from the prices written at the postings.
    """
    converted = [posting for posting in transaction.postings if posting.conversion]
    if len(converted) == 2:
        first, second = sorted(converted, key=lambda posting: _is_base(transaction, posting))
        return [_rate(first.amount.amount, str(first.currency), second.amount.amount, str(second.currency), formats)]
    priced = [posting for posting in transaction.postings if posting.price is not None] if converted else []
    return [
        _rate(_units(posting), str(posting.currency), _worth(posting), posting.price.currency, formats)
        for posting in priced
        if posting.price is not None and posting.price.currency != posting.currency
    ]


def _is_base(transaction: Transaction, conversion: Posting) -> bool:
    """Whether a conversion is in the currency that prices of the transaction are written in."""
    return any(
        posting.price is not None and posting.price.currency == conversion.currency for posting in transaction.postings
    )


def _units(posting: Posting) -> Decimal:
    return Decimal(1) if posting.price is not None and not posting.price.total else posting.amount.amount


def _worth(posting: Posting) -> Decimal:
    return posting.price.amount if posting.price is not None else Decimal(0)


def _rate(units: Decimal, currency: str, worth: Decimal, in_currency: str, formats: Formats) -> str:
    with localcontext(prec=_PRECISION):
        rate = abs(worth) / abs(units)
    worth_each = f"{rate_figure(shown_rate(rate), formats)} {in_currency}"
    return _("{amount} was {price}").format(amount=f"1 {currency}", price=worth_each)
