from __future__ import annotations

import dataclasses
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.export.conftest import HOSTILE, YEAR_END
from tests.export.test_plain import with_hostile_names
from tests.reports.conftest import Book
from tui_ledger.export.html import report_html, write_html
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range, period_ends
from tui_ledger.reports.report import Report
from tui_ledger.text import clean

VOID = {"meta", "br"}


class Page(HTMLParser):
    """The tags and the table of a page, with every tag closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th", "bdi") and self.rows:
            self.rows[-1][-1] += data


def test_a_page_holds_the_statement_as_a_table(shop_report: Report) -> None:
    page = Page(report_html(shop_report))

    assert page.open == []
    assert page.rows[0] == ["Code", "Account", "2026-12-31", "2025-12-31"]
    assert ["1690", "Depreciation", "-1800.33", "0.00"] in page.rows
    assert ["", "Total assets", "13399.97", "6200.30"] in page.rows
    assert ["", "Total liabilities and equity", "13399.97", "6200.30"] in page.rows


def test_texts_of_a_book_are_never_markup(shop_report: Report) -> None:
    report = with_hostile_names(shop_report)
    page = Page(report_html(dataclasses.replace(report, book=HOSTILE[18])))

    assert page.open == []
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody", "tr", "th", "td", "br",
        "bdi",
    }  # fmt: skip
    assert not {name for name in page.attributes if name.startswith("on") or name in ("href", "src")}
    assert {row[1] for row in page.rows if len(row) > 1} >= {clean(text) for text in HOSTILE}


def test_a_page_fetches_and_runs_nothing(shop_report: Report) -> None:
    text = report_html(shop_report)
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert "url(" not in text


def test_language_direction_and_side_are_the_readers(book: Book) -> None:
    book.post("2026-01-01", "Assets:Bank 5", "Equity:Capital -5")
    text = report_html(
        balance_sheet(book.ledger, [YEAR_END]),
        lambda money: f"{money.amount} Dr",
        credit_money=lambda money: f"{money.amount} Cr",
        language="ar",
        right_to_left=True,
    )
    rows = Page(text).rows
    assert '<html lang="ar" dir="rtl">' in text
    assert ["Bank", "5.00 Dr"] in rows
    assert ["Capital", "5.00 Cr"] in rows


def test_the_verdict_is_on_the_page(shop_report: Report) -> None:
    assert "In balance." in report_html(shop_report)
    wrong = dataclasses.replace(shop_report, balanced_by_column=(False, True))
    assert "OUT OF BALANCE" in report_html(wrong)


@pytest.mark.parametrize(
    ("first", "tables", "across"), [("2026-09-01", 1, False), ("2026-01-01", 1, True), ("2024-06-01", 3, True)]
)
def test_many_columns_stand_in_tables_that_can_be_read_on_paper(
    shop: Book, first: str, tables: int, across: bool
) -> None:
    ends = period_ends(Range(date.fromisoformat(first), YEAR_END), "month")
    page = report_html(balance_sheet(shop.ledger, ends), lambda money: f"{money.amount:,}")

    heads = [row for row in Page(page).rows if row[:2] == ["Code", "Account"]]
    sizes = [float(size) for size in re.findall(r"font-size: ([0-9.]+)pt", page)]
    assert [column for head in heads for column in head[2:]] == [end.isoformat() for end in ends]
    assert (len(heads), "A4 landscape" in page) == (tables, across)
    assert min(sizes) >= 7
    for label in ("Depreciation", "Total assets", "Total liabilities and equity"):
        assert [len(row) - 2 for row in Page(page).rows if row[1:2] == [label]] == [len(head) - 2 for head in heads]


def test_amounts_without_a_price_are_written_the_readers_way_with_their_currency(book: Book) -> None:
    book.open("Assets:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post("2026-01-02", "Assets:Dollars 12345.60", "Equity:Dollars -12345.60")

    page = Page(report_html(balance_sheet(book.ledger, [YEAR_END]), Formats(locale="de_DE").money))

    assert ["Dollars", "12.345,60 USD"] in page.rows


def test_a_page_is_written_for_its_owner_alone(shop_report: Report, tmp_path: Path) -> None:
    page = report_html(shop_report)
    path = write_html(tmp_path / "sheet.html", page)
    assert path.read_text(encoding="utf-8") == page
    assert path.stat().st_mode & 0o077 == 0
