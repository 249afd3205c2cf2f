"""What sums typed into an amount field come to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tui_ledger.errors import AmbiguousAmount, AmountTooLarge, CalculationFailed, InvalidAmount, TooManyDecimals
from tui_ledger.locale.calculator import evaluate, is_expression
from tui_ledger.locale.formats import Formats
from tui_ledger.money import LARGEST_UNITS, Money, standard_currency

EUR, JPY, KWD = (standard_currency(code) for code in ("EUR", "JPY", "KWD"))


@pytest.mark.parametrize(
    ("locale", "text", "units"),
    [
        ("en_US", "12*4.50", 5400),
        ("en_US", "(3+4)*2", 1400),
        ("en_US", "3+4*2", 1100),
        ("en_US", "100/3", 3333),
        ("en_US", "200/3", 6667),
        ("en_US", "100/3*3", 10000),
        ("en_US", "0.1+0.2", 30),
        ("en_US", "10-2-3", 500),
        ("en_US", "100/10/2", 500),
        ("en_US", "-5+3", -200),
        ("en_US", "-(3+4)", -700),
        ("en_US", "5--3", 800),
        ("en_US", "5*-3", -1500),
        ("en_US", "+5*3", 1500),
        ("en_US", " 12 * 4.50 ", 5400),
        ("en_US", "5\u00d73\u00f72", 750),
        ("en_US", "5\u22123", 200),
        ("en_US", "1,000*2", 200000),
        ("en_US", ".5*3", 150),
        ("en_US", "5.-3", 200),
        ("en_US", "2.5*0.333", 83),
        ("en_US", "12.3456*100", 123456),
        ("en_US", "0.005*1", 1),
        ("en_US", "-0.005*1", -1),
        ("en_US", "0.0049*1", 0),
        ("en_US", "-0.0049*1", 0),
        ("en_US", "€3+4", 700),
        ("en_US", "3+4 EUR", 700),
        ("en_US", "((((1+1))))", 200),
        ("de_DE", "1.234,56+1", 123556),
        ("de_DE", "12*4,50", 5400),
        ("de_DE", "1.000*2", 200000),
        ("fr_FR", "1 234,50 + 5", 123950),
        ("fr_FR", "1\u202f234,50+5", 123950),
        ("de_CH", "1'234.50*2", 246900),
        ("es_ES", "1.234,50*2", 246900),
        ("ja_JP", "1,234*2", 246800),
        ("hi_IN", "12,34,567*2", 246913400),
        ("ar_EG", "١٢٫٥٠*٢", 2500),
        ("sv_SE", "1 234,50*2", 246900),
        ("pl_PL", "1\u00a0234,50/2", 61725),
    ],
)
def test_sums_are_exact_and_rounded_once(locale, text, units):
    assert is_expression(text) or text[0] == "€"
    assert evaluate(text, Formats(locale), EUR) == Money(units, EUR)


@pytest.mark.parametrize(("currency", "units"), [(JPY, 33), (EUR, 3333), (KWD, 33333)])
def test_the_result_has_the_currencys_own_digits(currency, units):
    assert evaluate("100/3", Formats("en_US"), currency) == Money(units, currency)


@pytest.mark.parametrize(
    ("text", "units"), [("5", 500), ("-5", -500), ("1,234.50", 123450), ("(5)", -500), ("€5", 500), ("EUR -5", -500)]
)
def test_a_plain_amount_is_read_as_one(text, units):
    assert not is_expression(text)
    assert evaluate(text, Formats("en_US"), EUR) == Money(units, EUR)


@pytest.mark.parametrize(
    ("text", "error"),
    [("12.345", TooManyDecimals), ("1,23", AmbiguousAmount), ("abc", InvalidAmount), ("", InvalidAmount)],
)
def test_a_plain_amount_is_read_strictly(text, error):
    with pytest.raises(error):
        evaluate(text, Formats("en_US"), EUR)


def test_a_currency_whose_symbol_looks_like_an_operation_can_be_typed():
    balboa = standard_currency("PAB")
    formats = Formats("es_PA")
    assert formats.symbol(balboa) == "B/."
    assert evaluate("B/. 5.50", formats, balboa) == Money(550, balboa)
    assert evaluate("B/. 5.50*2", formats, balboa) == Money(1100, balboa)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("5-3", True), ("5 - 3", True), ("5*", True), ("/ 3", True), ("(3+4)", True), ("5-", True), ("5,-3", True),
        ("-5", False), ("\u22125", False), ("+5", False), ("- 5", False), ("(-5)", False),
        ("", False), ("5", False), ("EUR-5", False),
        ("1e-5", False),
    ],
)  # fmt: skip
def test_a_leading_sign_alone_makes_no_sum(text, is_one):
    assert is_expression(text) is is_one


@pytest.mark.parametrize(
    ("text", "units"), [("/ 3", 3333), ("*1.19", 11900), ("\u00f74", 2500), ("/3*3", 10000), ("*2+1", 20100)]
)
def test_a_sum_may_go_on_from_an_amount(text, units):
    assert evaluate(text, Formats("en_US"), EUR, of=Money(10000, EUR)) == Money(units, EUR)


def test_a_sum_that_starts_anew_leaves_that_amount_alone():
    assert evaluate("-5+3", Formats("en_US"), EUR, of=Money(10000, EUR)) == Money(-200, EUR)
    assert evaluate("5", Formats("en_US"), EUR, of=Money(10000, EUR)) == Money(500, EUR)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1/0", "divides by zero"),
        ("1/(2-2)", "divides by zero"),
        ("0/0", "divides by zero"),
        ("5*", "missing at its end"),
        ("5-", "missing at its end"),
        ("*5", "nothing before '*'"),
        ("5+*3", "missing before '*'"),
        ("5---3", "missing before '-'"),
        ("1+()", "missing before '\\)'"),
        ("(1+2", "not closed"),
        ("1+2)", "never opened"),
        ("1+2 3", "'3' stands where"),
        ("2(3+1)", "'\\(' stands where"),
        ("1e5*2", "'e' stands where"),
        ("2**3", "missing before '\\*'"),
        ("2//3", "missing before '/'"),
        ("5%3+1", "'%' stands where"),
        ("__import__('os')*1", "missing before '_'"),
        ("1+x", "missing before 'x'"),
        ("(" * 21 + "1+1" + ")" * 21, "deeper than 20"),
        ("1+" * 100 + "1", "longer than 200"),
        ("9" * 500 + "+1", "longer than 200"),
        ("1+\x1b[31m2", "missing before"),
        ("1+\ud800", "missing before"),
    ],
)
def test_a_sum_that_cannot_be_worked_out_says_why_in_one_line(text, reason):
    with pytest.raises(CalculationFailed, match=reason) as refusal:
        evaluate(text, Formats("en_US"), EUR)
    assert "\n" not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 250


@pytest.mark.parametrize("text", ["30.00*2", "2*30.00", "1,234.56+1"])
def test_numbers_within_a_sum_are_as_strict_as_alone(text):
    with pytest.raises(AmbiguousAmount):
        evaluate(text, Formats("de_DE"), EUR)


@pytest.mark.parametrize(
    "text", ["99999999999999999999*9", "9" * 60 + "+1", "*".join(["9" * 9] * 19), "-40000000000000000*1.01"]
)
def test_a_result_beyond_what_a_book_holds_is_refused(text):
    with pytest.raises(AmountTooLarge):
        evaluate(text, Formats("en_US"), EUR)


def test_the_deepest_nesting_allowed_is_worked_out():
    assert evaluate("(" * 20 + "1+1" + ")" * 20, Formats("en_US"), EUR) == Money(200, EUR)


numbers = st.integers(0, 10**6).map(str) | st.decimals(0, 10**4, places=3).map(lambda number: f"{number:f}")
sums = st.recursive(
    numbers.map(lambda number: (number, Fraction(number))),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: combined(*parts)),
    max_leaves=8,
)


def combined(left, sign, right):
    """The text of two sums in parentheses, and its exact value worked out aside; None where it divides by zero."""
    text = f"({left[0]}){sign}({right[0]})"
    if left[1] is None or right[1] is None or (sign == "/" and right[1] == 0):
        return text, None
    values = {"+": left[1] + right[1], "-": left[1] - right[1], "*": left[1] * right[1]}
    return text, values[sign] if sign in values else left[1] / right[1]


@given(sums.filter(lambda pair: len(pair[0]) <= 200 and is_expression(pair[0])))
@settings(max_examples=300, deadline=None)
def test_any_sum_equals_fractions_rounded_half_away_from_zero(pair):
    text, value = pair
    if value is None:
        with pytest.raises(CalculationFailed, match="zero"):
            evaluate(text, Formats("en_US"), EUR)
        return
    assume(abs(value) < 10**16)
    scaled = Context(prec=400).divide(Decimal(value.numerator * 100), Decimal(value.denominator))
    assert evaluate(text, Formats("en_US"), EUR).units == int(scaled.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.text(max_size=60) | st.text("0123456789.,+-*/() €e\u00d7", max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = evaluate(text, Formats("en_US"), EUR, of=Money(100, EUR))
    except InvalidAmount:
        return
    assert amount.currency == EUR
    assert abs(amount.units) <= LARGEST_UNITS
