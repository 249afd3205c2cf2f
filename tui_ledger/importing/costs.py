"""What does a posting cost at the price written at it, and does its transaction balance at cost?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from tui_ledger.importing.balancing import filled, is_open
from tui_ledger.importing.figures import TRILLIONTH_DIGITS
from tui_ledger.importing.refusals import Later, LineRefused
from tui_ledger.importing.values import ReadAmount, ReadPosting, ReadPrice
from tui_ledger.words import N_, Said, ngettext

DigitsOf = Callable[[str], int | None]
# Wide enough for any amount times any price, and for sums of them: nothing is rounded on the way.
_EXACT = Context(prec=300)


def price_of(amount: ReadAmount, price: ReadPrice) -> ReadPrice | None:
    """The price as a book keeps it; None where it says nothing, being in the amount's own currency and equal to it.

    Raises LineRefused for what no book can hold: a worth without an amount, a price in the amount's own currency.
    """
    if amount.trillionths == 0 and price.total and price.number:
        raise LineRefused(N_("an amount of zero has a price in total: write a price of one unit (`@`), or none"))
    if price.currency != amount.currency:
        return price
    own = _decimal(amount)
    if _worth(amount, price) == own:
        return None
    raise LineRefused(
        Said(
            "{amount} {currency} has a price in {currency} itself: write the price in another currency, or none",
            amount=f"{own.normalize(_EXACT):f}",
            currency=amount.currency,
        )
    )


class Costs:
    """What the postings of one transaction come to at the prices written, by currency.

    `digits_of` is asked for the digits of a currency and answers None where they are not known yet.
    """

    def __init__(self, postings: Sequence[ReadPosting], digits_of: DigitsOf) -> None:
        self._postings = postings
        self._digits_of = digits_of
        self._unpriced: dict[str, Decimal] = {}
        self._priced: dict[str, Decimal] = {}
        self._price_counts: dict[str, int] = {}
        for posting in postings:
            if posting.amount is not None and posting.amount.trillionths:
                self._add(posting.amount, posting.price)

    def balanced(self, fallback_currency: str) -> tuple[ReadPosting, ...]:
        """The postings with the amount left out filled in at cost, rounded half away from zero.

        A remainder in several currencies makes as many postings of the one; zero (in the fallback currency) where
        nothing remains. Raises LineRefused where two amounts are left out, or where the prices leave a minor unit or
        more for each priced posting; in a currency whose digits are not known yet nothing is refused.
        """
        if is_open(self._postings):
            return filled(self._postings, self._remainders(), fallback_currency)
        self._refuse_unexplained()
        return tuple(self._postings)

    def awaits_digits(self) -> bool:
        """Whether what they come to can only be judged when the digits of all currencies are known."""
        return any(self._total(code) and self._digits_of(code) is None for code in self._price_counts)

    def _add(self, amount: ReadAmount, price: ReadPrice | None) -> None:
        if price is None:
            code, sums, worth = amount.currency, self._unpriced, _decimal(amount)
        else:
            code, sums, worth = price.currency, self._priced, _worth(amount, price)
            self._price_counts[code] = self._price_counts.get(code, 0) + 1
        sums[code] = _EXACT.add(sums.get(code, Decimal(0)), worth)

    def _codes(self) -> list[str]:
        return list({**self._priced, **self._unpriced})

    def _total(self, code: str) -> Decimal:
        return _EXACT.add(self._priced.get(code, Decimal(0)), self._unpriced.get(code, Decimal(0)))

    def _remainders(self) -> list[ReadAmount]:
        amounts = [ReadAmount(self._rounded_trillionths(code), code) for code in self._codes()]
        return [amount for amount in amounts if amount.trillionths]

    def _rounded_trillionths(self, code: str) -> int:
        digits = self._digits_of(code)
        digits = TRILLIONTH_DIGITS if digits is None else digits
        with localcontext(_EXACT):
            units = (-self._total(code)).scaleb(digits).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        trillionths_per_unit: int = 10 ** (TRILLIONTH_DIGITS - digits)
        return int(units) * trillionths_per_unit

    def _refuse_unexplained(self) -> None:
        found = [self._difference(code) for code in self._codes() if self._is_off(code)]
        if found:
            raise LineRefused(Later(lambda: "; ".join(map(str, found))))

    def _is_off(self, code: str) -> bool:
        """Whether a currency does not balance, to less than one minor unit for each price written in it."""
        total, count, digits = self._total(code), self._price_counts.get(code, 0), self._digits_of(code)
        if not count:
            return total != 0
        return digits is not None and total.copy_abs().scaleb(digits, _EXACT) >= count

    def _difference(self, code: str) -> Said:
        count, others = self._price_counts.get(code, 0), self._unpriced.get(code, Decimal(0))
        if not count:
            return Said(
                "debits and credits differ by {amount} {currency}, in which no price is written",
                amount=_plain(others.copy_abs()),
                currency=code,
            )
        unit = Decimal(1).scaleb(-(self._digits_of(code) or 0))
        return Said(
            "the written prices come to {priced} {currency}, but the other amounts to {others} {currency}: with "
            "{prices} they must cancel out to less than {limit} {currency}",
            priced=_plain(self._priced[code]),
            currency=code,
            others=_plain(others),
            prices=Later(lambda: ngettext("{n} price", "{n} prices", count).format(n=count)),
            limit=_plain(unit * count),
        )


def _decimal(amount: ReadAmount) -> Decimal:
    return Decimal(amount.trillionths).scaleb(-TRILLIONTH_DIGITS, _EXACT)


def _worth(amount: ReadAmount, price: ReadPrice) -> Decimal:
    """Exact, signed as the amount."""
    if price.total:
        return price.number.copy_sign(Decimal(amount.trillionths))
    return _EXACT.multiply(price.number, _decimal(amount))


def _plain(number: Decimal) -> str:
    """Without exponent and trailing zeros."""
    return f"{number.normalize(_EXACT):f}" if number else "0"
