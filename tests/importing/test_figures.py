"""Which number do written figures mean?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tui_ledger.importing.figures import (
    TRILLIONTH_DIGITS,
    NumberStyle,
    decimals_needed,
    plain_number,
    read_figure,
    read_price_figure,
    style_of,
)
from tui_ledger.importing.refusals import LineRefused

ONE = 10**TRILLIONTH_DIGITS
POINT = NumberStyle(".")
COMMA = NumberStyle(",")


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("5", None, "5"),
        ("0005", None, "5"),
        ("5.", None, "5"),
        (".5", None, "0.5"),
        ("1450.00", None, "1450"),
        ("1,450.00", None, "1450"),
        ("1.450,00", None, "1450"),
        ("1 450,5", None, "1450.5"),
        ("1\u00a0450,5", None, "1450.5"),
        ("1\u202f450\u202f000,5", None, "1450000.5"),
        ("1,00,00,000.25", None, "10000000.25"),
        ("1,000,000", None, "1000000"),
        ("1.000.000", None, "1000000"),
        ("1 000", None, "1000"),
        ("1,000.", None, "1000"),
        ("1,000", None, "1"),
        ("1.000", None, "1"),
        ("1,234", None, "1.234"),
        ("1,000", POINT, "1000"),
        ("1.000", POINT, "1"),
        ("1,000", COMMA, "1"),
        ("1.000", COMMA, "1000"),
        ("1,5", NumberStyle(None, ","), "15"),
        ("1.5", NumberStyle(None, ","), "1.5"),
        ("1.000,00", POINT, "1000"),
        ("0.000000000001", None, "0.000000000001"),
        ("0.1234567890120000", None, "0.123456789012"),
        ("999999999999999999.999999999999", None, "999999999999999999.999999999999"),
    ],
)
def test_a_lone_separator_is_the_decimal_mark_unless_the_style_says_otherwise(
    text: str, style: NumberStyle | None, expected: str
) -> None:
    assert plain_number(read_figure(text, None, style).trillionths) == expected


@pytest.mark.parametrize(
    ("text", "exponent", "expected"),
    [("1", "3", "1000"), ("1", "-2", "0.01"), ("1.5", "+1", "15"), ("12.345", "-2", "0.12345"), ("1,000", "2", "100")],
)
def test_an_exponent_moves_the_decimal_mark(text: str, exponent: str, expected: str) -> None:
    assert plain_number(read_figure(text, exponent, None).trillionths) == expected


@pytest.mark.parametrize(
    ("text", "exponent"),
    [
        (",5", None),
        (".", None),
        (",", None),
        ("..", None),
        ("1,2.3,4", None),
        ("1,000.00.00", None),
        ("1,000 000", None),
        ("1,,000", None),
        ("1,000,", None),
        ("1.000,00", "2"),
        ("1234567890123456789", None),
        ("0.0000000000001", None),
        ("1", "31"),
        ("1", "3000000"),
        ("9", "18"),
        ("1", "-13"),
        ("9" * 300, None),
    ],
)
def test_figures_that_contradict_themselves_or_fit_no_book_are_refused(text: str, exponent: str | None) -> None:
    with pytest.raises(LineRefused):
        read_figure(text, exponent, None)


@pytest.mark.parametrize(
    ("text", "style", "guessed"),
    [
        ("1,000", None, True),
        ("12.345", None, True),
        ("1,000", POINT, False),
        ("0,125", None, False),
        ("1234,567", None, False),
        ("1,00", None, False),
        ("1,000.00", None, False),
    ],
)
def test_a_lone_separator_before_three_digits_is_marked_as_guessed(
    text: str, style: NumberStyle | None, guessed: bool
) -> None:
    assert read_figure(text, None, style).guessed is guessed


@pytest.mark.parametrize(
    ("text", "exponent", "expected"),
    [
        ("44.30", None, "44.30"),
        ("1,234.5", None, "1234.5"),
        (".5", None, "0.5"),
        ("0", None, "0"),
        ("1", "-20", "0.00000000000000000001"),
        ("0." + "3" * 40, None, "0." + "3" * 40),
        ("1." + "0" * 60, None, "1"),
        ("9" * 40, None, "9" * 40),
    ],
)
def test_a_price_keeps_its_decimals_and_may_be_far_finer_than_an_amount(
    text: str, exponent: str | None, expected: str
) -> None:
    number = read_price_figure(text, exponent, None).number
    assert number == Decimal(expected)
    assert f"{number:f}" == expected


@pytest.mark.parametrize("text", ["9" * 41, "0." + "3" * 41, "1,2.3,4"])
def test_a_price_that_no_book_can_hold_is_refused(text: str) -> None:
    with pytest.raises(LineRefused):
        read_price_figure(text, None, None)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("1000.00", NumberStyle(".")),
        ("1.000,00", NumberStyle(",", ".")),
        ("1,000.", NumberStyle(".", ",")),
        ("1 000,0", NumberStyle(",", " ")),
        ("1,000,000", NumberStyle(None, ",")),
        ("1000", NumberStyle(None)),
        ("1,000", NumberStyle(",")),
    ],
)
def test_a_sample_shows_decimal_and_group_marks(sample: str, expected: NumberStyle) -> None:
    assert style_of(sample) == expected


@pytest.mark.parametrize(
    ("trillionths", "digits", "text", "decimals"),
    [
        (0, 0, "0", 0),
        (0, 2, "0.00", 0),
        (ONE * 5, 2, "5.00", 0),
        (-ONE // 2, 0, "-0.5", 1),
        (ONE * 3 // 8, 2, "0.375", 3),
        (1, 0, "0.000000000001", 12),
    ],
)
def test_a_number_is_shown_with_a_point_and_no_grouping(
    trillionths: int, digits: int, text: str, decimals: int
) -> None:
    assert plain_number(trillionths, digits) == text
    assert decimals_needed(trillionths) == decimals
