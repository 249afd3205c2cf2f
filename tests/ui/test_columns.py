from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_ledger.ui.widgets.bars import AccountPart, CountPart, StatusPart, fitting_parts
from tui_ledger.ui.widgets.columns import Column, clipped, fit_columns, natural_width, short_account, short_accounts

DATE: Column[str] = Column("Date", str, exact=True, minimum=10)
MEMO: Column[str] = Column("Memo", str, minimum=6, preferred=24, grows=1, yields=1)
PAYEE: Column[str] = Column("Payee", str, minimum=8, preferred=20)
AMOUNT: Column[str] = Column("Amount", str, right=True, exact=True)
EMPTY_MARK: Column[str] = Column("", str, exact=True, minimum=0)


def test_columns_fill_the_width_and_the_growing_one_takes_the_slack() -> None:
    assert fit_columns([DATE, PAYEE, MEMO, AMOUNT], [10, 12, 15, 9], 100, gap=2) == (10, 12, 63, 9)


def test_a_figure_wider_than_its_title_is_never_clipped_however_narrow_the_screen() -> None:
    widths = fit_columns([DATE, PAYEE, MEMO, AMOUNT], [10, 40, 40, 22], 48, gap=1)
    assert widths[3] == 22
    assert AMOUNT.fitted("4,000,000,000,000.00", widths[3]) == "  4,000,000,000,000.00"


def test_columns_that_may_yield_go_when_even_the_minimums_do_not_fit() -> None:
    assert fit_columns([DATE, PAYEE, MEMO, AMOUNT], [10, 20, 30, 9], 33, gap=2) == (10, 10, 0, 9)


def test_a_column_that_never_had_anything_in_it_takes_no_room() -> None:
    assert fit_columns([DATE, EMPTY_MARK, AMOUNT], [10, 0, 9], 60, gap=2) == (10, 0, 9)
    assert fit_columns([DATE, EMPTY_MARK, AMOUNT], [10, 1, 9], 60, gap=2) == (10, 1, 9)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(20, 200), st.integers(1, 2))
def test_columns_never_take_more_than_there_is_unless_figures_alone_need_it(
    widest: list[int], available: int, gap: int
) -> None:
    columns = [DATE, PAYEE, MEMO, AMOUNT]
    widths = fit_columns(columns, widest, available, gap)
    shown = [width for width in widths if width]
    needed = max(widest[0], 10) + max(widest[3], 1) + PAYEE.minimum
    assert sum(shown) + gap * (len(shown) - 1) <= max(available, needed + 2 * gap)


def test_wide_characters_count_as_two_cells() -> None:
    assert clipped("株式会社テスト", 7) == "株式会…"
    assert cell_len(PAYEE.fitted("株式会社", 11)) == 11
    assert cell_len(PAYEE.fitted("株式会社テスト", 8)) == 8


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (30, "Assets:Bank:Current account"),
        (22, "A:Bank:Current account"),
        (19, "A:B:Current account"),
        (15, "Current account"),
        (8, "Current…"),
    ],
)
def test_an_account_name_gives_way_from_its_beginning(width: int, shown: str) -> None:
    assert short_account("Assets:Bank:Current account", width) == shown


def test_several_accounts_share_the_room() -> None:
    assert short_accounts("Expenses:Office:Paper, Assets:Bank:Current", 30) == "E:Office:Paper, A:Bank:Current"
    assert short_accounts("Expenses:Paper, Assets:Bank:Current", 24) == "E:Paper, A:Bank:Current"
    assert short_accounts("Expenses:Office:Paper, Assets:Bank:Current, Liabilities:VAT", 16) == "E:O:Paper +2"
    assert cell_len(short_accounts("Expenses:Office:Paper, Assets:Bank:Current", 12)) <= 12


def test_a_status_line_keeps_book_period_and_filter_where_the_account_and_the_count_give_way() -> None:
    day, query = StatusPart("2026", "period_menu"), StatusPart("/ mill", "filter")
    offer = StatusPart("all days", "period_menu", is_offer=True)
    parts = ["demo", AccountPart("Assets:Bank:Current"), CountPart("5 postings"), day, query, offer]
    assert {room: " · ".join(fitting_parts(parts, room)) for room in (80, 55, 50, 43, 40, 33, 25)} == {
        80: "demo · Assets:Bank:Current · 5 postings · 2026 · / mill · all days",
        55: "demo · Assets:Bank:Current · 5 postings · 2026 · / mill",
        50: "demo · A:Bank:Current · 5 postings · 2026 · / mill",
        43: "demo · Current · 5 postings · 2026 · / mill",
        40: "demo · A:Bank:Current · 2026 · / mill",
        33: "demo · Current · 2026 · / mill",
        25: "demo · 2026 · / mill",
    }


def test_the_natural_width_shows_every_row_whole() -> None:
    assert natural_width([PAYEE, AMOUNT], ["a longer row", "short"], gap=2) == 12 + 2 + 12
