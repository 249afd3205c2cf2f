"""What is an amount? Whole minor units in one currency; never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import TYPE_CHECKING, Self

from tui_ledger.errors import AmountTooLarge, FloatAmount, InvalidAmount, InvalidCurrency, TooManyDecimals
from tui_ledger.words import N_

if TYPE_CHECKING:
    from fractions import Fraction

LARGEST_UNITS = 4 * 10**18
LARGEST_DIGITS = 12
AmountLike = Decimal | int | str

_PLAIN = re.compile(r"[+-]?([0-9]{1,40})(?:\.([0-9]{0,40}))?")
_CODE = re.compile(r"[A-Za-z$€£¥][A-Za-z0-9._$€£¥-]{0,23}")
_EXACT = Context(prec=60, traps=[Inexact])


class Currency(str):
    """A currency's code, with the digits its minor unit has in the book; equal to its plain code."""

    __slots__ = ("digits",)
    digits: int

    def __new__(cls, code: str, digits: int) -> Self:
        made = super().__new__(cls, code)
        made.digits = digits
        return made

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        return str(self), self.digits

    def __repr__(self) -> str:
        return f"Currency({str(self)!r}, {self.digits})"

    def __str__(self) -> str:
        return str.__str__(self)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency in whole minor units; `Money(12100, Currency("EUR", 2)).amount` is 121.00.

    `+`, `-`, negation and comparison stay within a currency and raise ValueError across currencies.
    """

    units: int
    currency: Currency

    def __post_init__(self) -> None:
        if isinstance(self.units, bool) or not isinstance(self.units, int):
            raise FloatAmount(text=repr(self.units))
        if not isinstance(self.currency, Currency):
            object.__setattr__(self, "currency", standard_currency(self.currency))

    @property
    def amount(self) -> Decimal:
        return units_to_decimal(self.units, self.currency.digits)

    def __add__(self, other: Money) -> Money:
        return Money(self.units + self._units_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.units - self._units_of(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.units, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.units), self.currency)

    def __bool__(self) -> bool:
        return self.units != 0

    def __lt__(self, other: Money) -> bool:
        return self.units < self._units_of(other)

    def __le__(self, other: Money) -> bool:
        return self.units <= self._units_of(other)

    def __gt__(self, other: Money) -> bool:
        return self.units > self._units_of(other)

    def __ge__(self, other: Money) -> bool:
        return self.units >= self._units_of(other)

    def __str__(self) -> str:
        return f"{units_to_text(self.units, self.currency.digits)} {self.currency}"

    def _units_of(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"Money does not go together with {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not go together")
        return other.units


def is_plain_number(text: str) -> bool:
    """Whether a text is a plain number as command-line arguments and scripts write it: '-1450.00', '5'."""
    return _PLAIN.fullmatch(text) is not None


def units_to_decimal(units: int, digits: int) -> Decimal:
    """Minor units as an exact Decimal."""
    return Decimal(units).scaleb(-digits, _EXACT)


def units_to_text(units: int, digits: int) -> str:
    """The plain text of an amount: a point, no grouping, the currency's own digits; '-0.05', '1200.00'."""
    sign = "-" if units < 0 else ""
    whole = str(abs(units)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"


def rounded_units(exact: Fraction) -> int:
    """Whole minor units of an exact number of them, rounded half away from zero."""
    units: int = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return units if exact.numerator >= 0 else -units


def parse_units(value: object, currency: Currency) -> int:
    """Whole minor units from a Decimal, an int or a plain text such as '-1450.00' or '5'.

    Raises FloatAmount for floats, InvalidAmount for NaN, Infinity, '1e5', '1_000', grouping, other digits than ASCII's,
    TooManyDecimals for decimals beyond the currency's digits (trailing zeros do not count), AmountTooLarge
    beyond 4·10^18 minor units.
    """
    if isinstance(value, (float, complex)):
        raise FloatAmount(text=repr(value))
    if isinstance(value, bool):
        raise InvalidAmount(text=str(value))
    if isinstance(value, int):
        return _within_limit(value * 10**currency.digits, str(value) if abs(value) < 10**40 else "The amount", currency)
    if isinstance(value, Decimal):
        return _decimal_units(value, currency)
    if not isinstance(value, str):
        raise InvalidAmount(text=str(value))
    found = _PLAIN.fullmatch(value)
    if found is None:
        raise InvalidAmount(text=value if len(value) <= 60 else value[:57] + "...")
    decimals = (found[2] or "").rstrip("0")
    if len(decimals) > currency.digits:
        raise TooManyDecimals(text=value, currency=str(currency), digits=currency.digits)
    units = int(found[1] + decimals.ljust(currency.digits, "0"))
    return _within_limit(-units if value[0] == "-" else units, value, currency)


def _decimal_units(value: Decimal, currency: Currency) -> int:
    if not value.is_finite():
        raise InvalidAmount(text=str(value))
    if value and value.adjusted() > 24:
        raise AmountTooLarge(text=f"{value:.3E}", limit=_limit(currency))
    if not value:
        return 0
    sign, figures, written_exponent = value.as_tuple()
    exponent = int(written_exponent)
    significant = "".join(map(str, figures)).rstrip("0")
    exponent += len(figures) - len(significant)
    if -exponent > currency.digits:
        raise TooManyDecimals(text=str(value)[:60], currency=str(currency), digits=currency.digits)
    units = int(significant) * 10 ** (exponent + currency.digits)
    return _within_limit(-units if sign else units, str(value), currency)


def _within_limit(units: int, text: str, currency: Currency) -> int:
    if abs(units) > LARGEST_UNITS:
        raise AmountTooLarge(text=text, limit=_limit(currency))
    return units


def _limit(currency: Currency) -> str:
    return f"{units_to_text(LARGEST_UNITS, currency.digits)} {currency}"


def check_currency_code(code: object) -> str:
    """The code itself when it can name a currency or another countable thing; raises InvalidCurrency."""
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        advice = N_("a code is a letter followed by up to 23 letters or digits, such as EUR or GOLD")
        raise InvalidCurrency(code=code, advice=advice)
    return code


def standard_currency(code: str) -> Currency:
    """The currency of ISO 4217 with its minor unit's digits; raises InvalidCurrency for a code it does not list."""
    digits = iso_digits(code)
    if digits is None:
        raise InvalidCurrency(code=code, advice=N_("use a code of ISO 4217 in capitals, such as EUR, USD or JPY"))
    return Currency(code, digits)


def iso_digits(code: str) -> int | None:
    """Digits of the minor unit by ISO 4217 (not CLDR, which differs for IQD, IRR and others), or None."""
    return _ISO_DIGITS.get(code)


_ISO_CODES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
        "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG "
        "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
        "MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
        "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG "
        "YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_ISO_DIGITS = {code: digits for digits, codes in _ISO_CODES.items() for code in codes.split()}
