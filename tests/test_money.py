"""Amounts: read exactly or refused, never through a binary fraction, and shown with the currency's own digits."""

from __future__ import annotations

import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.errors import (
    AmountTooLarge,
    FloatAmount,
    InvalidAmount,
    InvalidCurrency,
    LedgerError,
    TooManyDecimals,
)
from tui_ledger.money import (
    LARGEST_UNITS,
    Currency,
    Money,
    check_currency_code,
    is_plain_number,
    iso_digits,
    parse_units,
    standard_currency,
    units_to_decimal,
    units_to_text,
)

EUR, JPY, KWD, GOLD = Currency("EUR", 2), Currency("JPY", 0), Currency("KWD", 3), Currency("GOLD", 12)
CURRENCIES = st.sampled_from([EUR, JPY, KWD, GOLD])
UNITS = st.integers(-LARGEST_UNITS, LARGEST_UNITS)

READ = [
    ("121", EUR, 12100),
    ("-1450.00", EUR, -145000),
    ("+5", EUR, 500),
    ("0.05", EUR, 5),
    ("-0.05", EUR, -5),
    ("5.", EUR, 500),
    ("007.10", EUR, 710),
    ("1.5000000000", EUR, 150),
    ("1450", JPY, 1450),
    ("1450.000", JPY, 1450),
    ("0.001", KWD, 1),
    ("0.000000000001", GOLD, 1),
    ("40000000000000000.00", EUR, LARGEST_UNITS),
    ("-4000000000000000000", JPY, -LARGEST_UNITS),
    ("9007199254740993", JPY, 2**53 + 1),
    (5, EUR, 500),
    (-5, JPY, -5),
    (Decimal("19.99"), EUR, 1999),
    (Decimal("1E+3"), EUR, 100000),
    (Decimal("1.50000"), EUR, 150),
    (Decimal("-0"), EUR, 0),
    (Decimal("0E+9"), EUR, 0),
    (Decimal("0E-30"), EUR, 0),
    (Decimal(40000000000000000), EUR, LARGEST_UNITS),
]

NOT_AMOUNTS = [
    "",
    " ",
    "5 ",
    " 5",
    "\t5",
    "5\n",
    "abc",
    "NaN",
    "sNaN",
    "Infinity",
    "-inf",
    "1e5",
    "1E5",
    "1_000",
    "1,000",
    "1 000",
    "1.000,00",
    "1,5",
    ".5",
    "-.5",
    "--5",
    "+-5",
    "5-",
    "(5)",
    "0x10",
    "1.2.3",
    "\u0665",
    "\uff15",
    "\u00bd",
    "5\u00a0",
    "\u22125",
    "5 EUR",
    "5\x00",
    "9" * 5000,
    "0." + "1" * 5000,
    True,
    False,
    None,
    b"5",
    [5],
    (),
    range(5),
    Fraction(1, 2),
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("-NaN"),
    Decimal("Infinity"),
    Decimal("-Infinity"),
]


@pytest.mark.parametrize(("written", "currency", "units"), READ)
def test_an_amount_is_read_as_whole_minor_units(written: object, currency: Currency, units: int) -> None:
    assert parse_units(written, currency) == units


@pytest.mark.parametrize("written", NOT_AMOUNTS, ids=lambda value: repr(value)[:24])
def test_what_is_no_plain_amount_is_refused(written: object) -> None:
    with pytest.raises(InvalidAmount) as caught:
        parse_units(written, EUR)
    assert not isinstance(caught.value, TypeError)


@pytest.mark.parametrize("written", [1.5, 100.0, -0.0, float("nan"), float("inf"), 1j])
def test_a_float_is_refused_as_a_ledger_error_and_as_a_type_error(written: object) -> None:
    with pytest.raises(FloatAmount) as caught:
        parse_units(written, EUR)
    assert isinstance(caught.value, LedgerError)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("1.001", EUR),
        ("0.5", JPY),
        ("1.0001", KWD),
        ("0.0000000000001", GOLD),
        (Decimal("0.001"), EUR),
        (Decimal("1E-1000000"), EUR),
        (Decimal("123456789.123456789123456789123456789"), EUR),
    ],
)
def test_decimals_beyond_the_currency_are_refused_and_never_rounded(written: object, currency: Currency) -> None:
    with pytest.raises(TooManyDecimals) as caught:
        parse_units(written, currency)
    assert str(caught.value).endswith("round it first.")


@pytest.mark.parametrize(
    "written",
    [
        "40000000000000000.01",
        "-40000000000000000.01",
        "99999999999999999999",
        4 * 10**16 + 1,
        10**5000,
        Decimal("40000000000000000.01"),
        Decimal("1E+1000000"),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_an_amount_beyond_what_a_book_holds_is_refused(written: object) -> None:
    with pytest.raises(AmountTooLarge):
        parse_units(written, EUR)


def test_many_trailing_zeros_take_no_time_to_read() -> None:
    assert parse_units(Decimal("1." + "0" * 200_000), EUR) == 100


@given(UNITS, CURRENCIES)
def test_every_amount_survives_being_written_and_read(units: int, currency: Currency) -> None:
    text = units_to_text(units, currency.digits)
    assert parse_units(text, currency) == units
    assert parse_units(units_to_decimal(units, currency.digits), currency) == units
    assert is_plain_number(text)
    assert Money(units, currency).amount == Decimal(text)


@given(UNITS, CURRENCIES)
def test_the_caller_s_decimal_precision_changes_no_amount(units: int, currency: Currency) -> None:
    with localcontext() as narrow:
        narrow.prec = 3
        amount = Money(units, currency).amount
        assert parse_units(amount, currency) == units
        assert (-Money(units, currency)).units == -units


@pytest.mark.parametrize(
    ("units", "digits", "text"),
    [
        (0, 2, "0.00"),
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (120000, 2, "1200.00"),
        (-7, 0, "-7"),
        (1, 12, "0.000000000001"),
    ],
)
def test_an_amount_is_written_with_the_currency_s_own_digits(units: int, digits: int, text: str) -> None:
    assert units_to_text(units, digits) == text


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("JPY", 0),
        ("EUR", 2),
        ("USD", 2),
        ("KWD", 3),
        ("CLF", 4),
        ("IQD", 3),
        ("IRR", 2),
        ("LBP", 2),
        ("ISK", 0),
        ("HUF", 2),
    ],
)
def test_the_digits_of_a_currency_are_those_of_iso_4217(code: str, digits: int) -> None:
    assert iso_digits(code) == digits
    assert standard_currency(code).digits == digits


@pytest.mark.parametrize("code", ["eur", "XXX", "GOLD", "", "EURO"])
def test_a_code_that_iso_4217_does_not_list_is_no_standard_currency(code: str) -> None:
    with pytest.raises(InvalidCurrency):
        standard_currency(code)


@pytest.mark.parametrize("code", ["EUR", "GOLD", "$", "BRK.B", "a", "A" * 24])
def test_anything_countable_may_be_a_currency(code: str) -> None:
    assert check_currency_code(code) == code


@pytest.mark.parametrize("code", ["", "1A", "A B", "A" * 25, "EUR\n", "É", "=A", "-A", None, 7])
def test_a_code_that_could_be_mistaken_is_no_currency(code: object) -> None:
    with pytest.raises(InvalidCurrency):
        check_currency_code(code)


def test_money_adds_subtracts_and_compares_within_a_currency() -> None:
    ten, three = Money(1000, EUR), Money(300, EUR)
    assert (ten + three, ten - three, -three, abs(-three)) == (
        Money(1300, EUR),
        Money(700, EUR),
        Money(-300, EUR),
        Money(300, EUR),
    )
    assert three < ten
    assert ten >= Money(1000, EUR)
    assert max(three, ten) is ten
    assert bool(ten)
    assert not Money(0, EUR)


@pytest.mark.parametrize("act", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_money_of_two_currencies_does_not_go_together(act: object) -> None:
    with pytest.raises(ValueError, match="EUR and JPY do not go together"):
        act(Money(1, EUR), Money(1, JPY))  # type: ignore[operator]
    assert Money(1, EUR) != Money(1, JPY)


@pytest.mark.parametrize("other", [1, "1", Decimal(1), None])
def test_money_does_not_add_to_a_bare_number(other: object) -> None:
    with pytest.raises(TypeError):
        Money(100, EUR) + other  # type: ignore[operator]


@pytest.mark.parametrize("units", [1.0, True, "1", Decimal(1), None])
def test_money_is_made_of_whole_minor_units_only(units: object) -> None:
    with pytest.raises(FloatAmount):
        Money(units, EUR)  # type: ignore[arg-type]


def test_money_takes_a_plain_code_of_iso_4217() -> None:
    assert Money(5, "JPY").currency.digits == 0  # type: ignore[arg-type]
    with pytest.raises(InvalidCurrency):
        Money(5, "GOLD")  # type: ignore[arg-type]


def test_money_prints_as_amount_and_code() -> None:
    assert str(Money(-12345, EUR)) == "-123.45 EUR"
    assert str(Money(500, JPY)) == "500 JPY"


def test_a_currency_is_its_code_and_keeps_its_digits_when_pickled() -> None:
    copy = pickle.loads(pickle.dumps(Money(5, KWD)))  # noqa: S301
    assert copy == Money(5, KWD)
    assert copy.currency.digits == 3
    assert (KWD, f"{KWD}", repr(KWD)) == ("KWD", "KWD", "Currency('KWD', 3)")


@given(st.one_of(st.text(), st.integers(), st.decimals(), st.floats(), st.booleans(), st.binary(), st.none()))
def test_whatever_stands_for_an_amount_is_read_exactly_or_refused(written: object) -> None:
    try:
        units = parse_units(written, EUR)
    except LedgerError as refusal:
        assert len(str(refusal)) < 400  # noqa: PT017
    else:
        assert Decimal(units) == Decimal(str(written)) * 100
        assert abs(units) <= LARGEST_UNITS
