"""Tables as CSV, JSON and a page: the same figures in every locale, harmless texts, pieces however long."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.export.conftest import HOSTILE
from tests.reports.conftest import Book, MakeBook
from tui_ledger.export.table_delimited import table_csv, table_json_text
from tui_ledger.export.table_html import table_html
from tui_ledger.ledger import DraftPosting
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.journal import journal
from tui_ledger.reports.parties import parties
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import Table, table_json

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def abroad(make_book: MakeBook) -> Book:
    book = make_book()
    book.open("Assets:Bank", code="0100")
    book.open("Assets:Yen", currency="JPY")
    book.open("Equity:Yen", currency="JPY")
    book.post("2026-01-02", "Assets:Bank 10.50", "Equity:Capital -10.50")
    book.post("2026-01-03", "Assets:Yen 700", "Equity:Yen -700")
    for text in HOSTILE:
        lines = [DraftPosting("Assets:Bank", "1", memo=text), DraftPosting("Equity:Capital", "-1")]
        book.ledger.post(text, *lines, date=date(2026, 4, 1), payee=text.strip() or None)
    return book


def tables(book: Book) -> list[Table]:
    ledger = book.ledger
    return [
        general_ledger(ledger, YEAR),
        journal(ledger, YEAR),
        statistics(ledger, YEAR, by="payee"),
        statistics(ledger, YEAR),
        parties(ledger, YEAR.last),
    ]


def csv_rows(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(table_csv(table)), newline="")))


def test_a_general_ledger_names_account_and_currency_on_each_line(abroad: Book) -> None:
    rows = [row for row in csv_rows(general_ledger(abroad.ledger, YEAR)) if row["account"] == "Assets:Yen"]
    assert [(row["line"], row["currency"], row["debit"], row["credit"], row["balance"]) for row in rows] == [
        ("opening", "JPY", "", "", "0"),
        ("row", "JPY", "700", "", "700"),
        ("total", "JPY", "700", "0", ""),
        ("closing", "JPY", "", "", "700"),
    ]
    assert [row["date"] for row in rows] == ["2026-01-01", "2026-01-03", "", "2026-12-31"]
    assert csv_rows(general_ledger(abroad.ledger, YEAR))[0]["code"] == "0100"


def test_every_field_of_csv_is_there_and_harmless(abroad: Book) -> None:
    for table in tables(abroad):
        rows = list(csv.reader(io.StringIO("".join(table_csv(table)), newline="")))
        assert len({len(row) for row in rows}) == 1
        fields = [field for row in rows[1:] for field in row]
        live = [one for one in fields if one.startswith(("=", "@", "+", "\t", "\r", "＝"))]
        assert live == []
        assert not any(one.startswith("-") and not one[1:].replace(".", "").isdigit() for one in fields)


def test_json_in_pieces_is_the_json_of_the_whole(abroad: Book) -> None:
    for table in tables(abroad):
        text = "".join(table_json_text(table))
        assert json.loads(text) == table_json(table)
        assert text.endswith("\n")


def test_an_empty_table_is_a_head_and_empty_json(book: Book) -> None:
    table = journal(book.ledger, YEAR)
    assert "".join(table_csv(table)).splitlines() == [
        "line,date,transaction,payee,memo,code,account,debit,credit,currency"
    ]
    assert json.loads("".join(table_json_text(table))) == table_json(table)
    assert "Nothing was booked in these days." in "".join(table_html(table))


class Cells(HTMLParser):
    """The cells of a page's rows, and every tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in ("td", "th", "bdi")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_a_page_has_every_line_with_a_head_that_repeats(abroad: Book) -> None:
    table = general_ledger(abroad.ledger, YEAR)
    page = "".join(table_html(table))
    cells = Cells(page)

    assert cells.rows[0] == [column.label for column in table.columns]
    assert ["2026-01-03", "2", "", "", "Equity:Yen", "700", "", "700"] in cells.rows
    lines = [line for block in table_json(table)["blocks"] for line in block["lines"]]  # type: ignore[attr-defined]
    assert sum(len(row) == len(table.columns) for row in cells.rows) == len(lines) + 1
    assert "thead { display: table-header-group; }" in page
    assert "break-inside: avoid" in page


def test_no_text_of_the_book_is_markup_on_a_page(abroad: Book) -> None:
    for table in tables(abroad):
        page = "".join(table_html(table, language='de"><script>'))
        assert set(Cells(page).tags) <= {
            *("html", "head", "meta", "title", "style", "body", "h1", "p"),
            *("table", "thead", "tbody", "tr", "th", "td", "bdi"),
        }
        assert not any(sign in page for sign in "\x07\x1b\x7f\u202e\u2028")


def test_short_accounts_are_not_broken_off_where_a_page_ends_and_long_ones_run_on(abroad: Book) -> None:
    pages = {table.name: "".join(table_html(table)) for table in tables(abroad)}
    assert ".short { break-inside: avoid; }" in pages["general-ledger"]
    # The bank and the capital have more postings than stand together; the journal is one stretch of lines.
    assert pages["general-ledger"].count('<tbody class="short">') == 2
    assert pages["general-ledger"].count("<tbody") == 4
    assert "<tbody>" in pages["journal"]
    assert 'class="short"' not in pages["journal"]
