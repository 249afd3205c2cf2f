from __future__ import annotations

import pytest

from tests.export.conftest import HOSTILE
from tui_ledger.export.cells import cell_text, is_exact, sheet_title
from tui_ledger.export.columns import number_width
from tui_ledger.money import Currency, Money

EUR = Currency("EUR", 2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bank", "Bank"),
        ("bell\x07", "bell␇"),
        ("two\nlines", "two␊lines"),
        ("\u202eevil", "\ufffdevil"),
        ("\ud800", "\ufffd"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x41_", "_x41_"),
        ("日本 👩\u200d🚀", "日本 👩\u200d🚀"),
    ],
)
def test_a_cell_holds_what_can_be_shown(text: str, kept: str) -> None:
    assert cell_text(text) == kept


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    assert cell_text("x" * 32_767) == "x" * 32_767
    assert cell_text("x" * 32_768) == "x" * 32_766 + "…"


def test_wide_characters_count_as_spreadsheets_count_them() -> None:
    shortened = cell_text("👩" * 20_000)
    assert len(shortened.encode("utf-16-le")) // 2 <= 32_767
    assert shortened.endswith("👩…")


@pytest.mark.parametrize(
    ("text", "taken", "title"),
    [
        ("Balance sheet", (), "Balance sheet"),
        ("Profit/Loss: [2026]?", (), "Profit-Loss- -2026--"),
        ("'quoted'", (), "quoted"),
        ("History", (), "History."),
        ("", (), "Sheet"),
        ("bank", ("Bank",), "bank 2"),
        ("x" * 40, ("x" * 31,), "x" * 29 + " 2"),
        ("tab\there", (), "tab␉here"),
    ],
)
def test_a_sheets_name_is_one_every_spreadsheet_takes(text: str, taken: tuple[str, ...], title: str) -> None:
    assert sheet_title(text, taken) == title


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_a_forbidden_sheet_name(text: str) -> None:
    title = sheet_title(text)
    assert 1 <= len(title) <= 31
    assert not set(title) & set("[]:*?/\\")
    assert not title.startswith("'")


@pytest.mark.parametrize(("units", "exact"), [(10**15 - 1, True), (-(10**15) + 1, True), (10**15, False), (0, True)])
def test_fifteen_digits_are_the_most_a_spreadsheet_keeps(units: int, exact: bool) -> None:
    assert is_exact(Money(units, EUR)) is exact


@pytest.mark.parametrize(
    ("units", "number_format", "shown"),
    [
        (123456, "#,##0.00;-#,##0.00", "1,234.56"),
        (-123456, "#,##0.00;-#,##0.00", "-1,234.56"),
        (-123456, "#,##0.00", "-1,234.56"),
        (-123456, "#,##0.00_);(#,##0.00)", "(1,234.56)"),
        (123456, "#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]", "1,234.56 €"),
        (-123456, "#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]", "-1,234.56 €"),
        (123456, '0.00" Dr";0.00" Cr"', "1234.56 Dr"),
        (10**16, "#,##0.00", "100000000000000.00"),
    ],
)
def test_the_width_of_a_number_follows_its_format(units: int, number_format: str, shown: str) -> None:
    assert number_width(Money(units, EUR), number_format) == len(shown)
