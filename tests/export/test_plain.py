from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.export.conftest import HOSTILE, YEAR_BEFORE, YEAR_END
from tests.reports.conftest import Book
from tui_ledger.export.plain import plain_report
from tui_ledger.money import Money
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report, SectionKind
from tui_ledger.widths import cell_width, clip, to_left, to_right, wrap


def grouped(money: Money) -> str:
    return f"{money.amount:,}"


def test_a_report_reads_as_a_statement(shop: Book) -> None:
    lines = plain_report(balance_sheet(shop.ledger, [YEAR_END]), grouped, 60)

    assert lines == [
        "Balance sheet",
        "shop",
        "2026-12-31 · EUR",
        "",
        "      Assets",
        "1000    Bank                         6,200.30",
        "1000      Bank, own postings         5,500.25",
        "1010      Savings                      700.05",
        "        Fixed                        7,199.67",
        "1600      Van                        9,000.00",
        "1690      Depreciation              -1,800.33",
        "                                    ─────────",
        "      Total assets                  13,399.97",
        "",
        "      Liabilities",
        "        Loans                        9,000.00",
        "2500      Bank loan                  9,000.00",
        "                                    ─────────",
        "      Total liabilities              9,000.00",
        "",
        "      Equity",
        "        Capital                      5,000.10",
        "        Retained earnings            1,200.20",
        "        Result of the current year  -1,800.33",
        "                                    ─────────",
        "      Total equity                   4,399.97",
        "",
        "      Total liabilities and equity  13,399.97",
        "                                    ═════════",
        "",
        "In balance.",
    ]


@pytest.mark.parametrize("width", [40, 47, 60, 80, 132, 200])
@pytest.mark.parametrize("columns", [1, 2, 3, 13])
def test_no_line_is_wider_than_asked_for(shop: Book, width: int, columns: int) -> None:
    dates = [date(2026, 12, 31), YEAR_BEFORE, *(date(2026, month, 1) for month in range(1, 12))][:columns]
    report = with_hostile_names(balance_sheet(shop.ledger, dates))

    assert max(map(cell_width, plain_report(report, grouped, width))) <= width


def test_columns_that_do_not_fit_follow_beneath_and_none_is_lost(shop: Book) -> None:
    dates = [date(2026, month, 28) for month in range(1, 13)]
    lines = plain_report(balance_sheet(shop.ledger, dates), grouped, 60)

    for day in dates:
        assert sum(day.isoformat() in line for line in lines[4:]) == 1
    assert len([line for line in lines if line.startswith("Total assets")]) == 4


def test_a_wide_terminal_does_not_tear_names_and_figures_apart(shop_report: Report) -> None:
    assert plain_report(shop_report, width=100) == plain_report(shop_report, width=200)


def test_a_figure_is_never_clipped(book: Book) -> None:
    book.post("2026-01-01", "Assets:A rather long name 39999999999999999.99", "Equity:Capital -39999999999999999.99")
    lines = plain_report(balance_sheet(book.ledger, [YEAR_END]), grouped, 40)

    assert max(map(len, lines)) <= 40
    assert sum("39,999,999,999,999,999.99" in line for line in lines) == 5


def test_codes_are_the_first_to_go_when_room_is_scarce(shop: Book) -> None:
    report = balance_sheet(shop.ledger, [YEAR_END])
    assert any(line.startswith("1010") for line in plain_report(report, grouped, 60))
    assert not any("1010" in line for line in plain_report(report, grouped, 42))


def test_no_control_character_of_a_book_reaches_the_terminal(shop_report: Report) -> None:
    text = "".join(plain_report(with_hostile_names(shop_report), width=80))
    assert not [character for character in text if ord(character) < 32 or 127 <= ord(character) < 160]
    assert "\u202e" not in text


def test_amounts_without_a_price_stand_beneath_the_figure(book: Book) -> None:
    book.open("Assets:Bank:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post(
        "2026-01-01", "Assets:Bank:Dollars 12", "Equity:Dollars -12", "Assets:Bank:Current 3", "Equity:Capital -3"
    )

    lines = plain_report(balance_sheet(book.ledger, [YEAR_END]), width=60)

    place = lines.index("  Bank                             3.00")
    assert lines[place + 1].split() == ["12.00", "USD"]
    assert "    Dollars                   12.00 USD" in lines
    place = next(at for at, line in enumerate(lines) if line.startswith("Total liabilities and equity"))
    assert lines[place + 1].split() == ["12.00", "USD"]
    note = ["In balance.", "Amounts in other currencies stand beside the totals;", "`--currency` converts them."]
    assert lines[-3:] == note

    converted = plain_report(balance_sheet(book.ledger, [YEAR_END], currency=book.ledger.currency), width=60)
    assert converted[-2:] == ["Balanced in EUR; amounts without a price are left out of the", "totals."]


def test_a_book_out_of_balance_says_so_and_by_how_much(shop_report: Report) -> None:
    balance, *others = shop_report.checks
    wrong = dataclasses.replace(
        balance, figures=(Money(1, shop_report.currency), balance.figures[1]), passed=(False, True)
    )
    report = dataclasses.replace(shop_report, checks=(wrong, *others), balanced_by_column=(False, True))

    assert plain_report(report, grouped)[-2:] == [
        "OUT OF BALANCE: run `tui-ledger verify`.",
        "Assets − liabilities − equity: 0.01 (2026-12-31)",
    ]


def test_the_readers_dates_words_and_side_are_used(shop: Book) -> None:
    lines = plain_report(
        balance_sheet(shop.ledger, [YEAR_END]),
        lambda money: f"{money.amount} S",
        credit_money=lambda money: f"{money.amount} H",
        show_date=lambda day: f"{day:%d.%m.%Y}",
        translate=lambda text: {"In balance.": "Ausgeglichen."}.get(text, text),
    )
    assert lines[2] == "31.12.2026 · EUR"
    assert lines[-1] == "Ausgeglichen."
    assert any(line.endswith("13399.97 S") and "Total assets" in line for line in lines)
    assert any(line.endswith("9000.00 H") and "Bank loan" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0), ("👩", 2), ("ｱ", 1), ("كشف", 3)]
)
def test_the_width_of_a_text_is_in_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("ab", 0, ""),
        ("ab", 1, "…"),
    ],
)
def test_a_text_is_clipped_to_whole_characters(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown
    assert cell_width(to_left(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("to be or not", 5, ["to be", "or", "not"]),
        ("to be", 80, ["to be"]),
        ("incomprehensible", 7, ["incompr", "ehensib", "le"]),
        ("a 日本語の文", 5, ["a", "日本", "語の", "文"]),
        ("", 5, []),
    ],
)
def test_a_sentence_is_wrapped_by_cells(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_a_figure_is_padded_but_never_cut() -> None:
    assert to_right("1.00", 6) == "  1.00"
    assert to_right("1000000.00", 6) == "1000000.00"


def with_hostile_names(report: Report) -> Report:
    assets = report.section(SectionKind.ASSETS)
    hostile = tuple(dataclasses.replace(assets.rows[0], label=text, code=text[:12], depth=1) for text in HOSTILE)
    sections = (dataclasses.replace(assets, rows=hostile, title=HOSTILE[-1]), *report.sections[1:])
    return dataclasses.replace(report, book=HOSTILE[13], title=HOSTILE[-1], sections=sections)
