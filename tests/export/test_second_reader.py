"""The whole workbook as another library opens it, and as its parts stand in the file: typed, nothing alive in it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from tests.export.conftest import CREATED, HOSTILE
from tests.reports.conftest import MakeBook
from tui_ledger.demo import make_demo
from tui_ledger.errors import LedgerError
from tui_ledger.export.delimited import report_csv
from tui_ledger.export.html import report_html
from tui_ledger.export.table_delimited import table_csv
from tui_ledger.export.table_html import table_html
from tui_ledger.export.whole_workbook import SHEETS, write_whole_workbook
from tui_ledger.ledger import AccountType, DraftPosting, Ledger
from tui_ledger.reports.catalogue import REPORTS
from tui_ledger.reports.choices import Asked, choice_of
from tui_ledger.reports.columns import Range
from tui_ledger.reports.listings import LISTINGS, AskedListing

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
ALIVE = [*HOSTILE, "&D&F&G&[Page]", "=2+5+cmd|' /C calc'!A0", "\u0000=1", "@=1", "%0A=1", '",=1', "+=1;-1"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OUR_WORDS = (
    "right",
    "WRONG",
    r"Every check is right\.",
    r"A CHECK IS WRONG: see the last sheet\.",
    "in balance",
    "out of balance",
)
OUR_FORMULA = re.compile(
    r"(?:SUM|SUMIF|SUMPRODUCT|SUBTOTAL|ROUND|ABS|EXACT|IF|NOT|COUNTIF|ISERROR|AND|OR)(?=\()"
    r"|'[^'\[\]:*?/\\]+'!|[A-Za-z]+!|\$?[A-Z]{1,3}\$?[0-9]+|[0-9]+|[-+*=<>(),:&]"
    rf"|\"(?:{'|'.join(OUR_WORDS)})\""
)


@pytest.fixture
def hostile(make_book: MakeBook) -> Ledger:
    """A book in whose every text somebody wrote formulas, markup and codes of page heads."""
    ledger = make_book("=1+1 &D&F").ledger
    ledger.open_account("Assets:Bank", AccountType.ASSET, cash=True)
    ledger.open_account("Expenses:Other", AccountType.EXPENSE)
    for place, text in enumerate(ALIVE):
        name = "Expenses:Other"
        with suppress(LedgerError):
            name = ledger.open_account(f"Expenses:{text[:60]}", AccountType.EXPENSE).name
        with suppress(LedgerError):
            ledger.add_party(f"p{place}", text[:100], data={"note": text})
            ledger.party_credit(f"p{place}", "2", against="Assets:Bank", date="2026-03-01")
        stored = text.replace("\u0000", "").replace("\ud800", "")
        lines = DraftPosting(name, "1234.56", memo=stored), DraftPosting("Assets:Bank", "-1234.56")
        ledger.post(
            stored, *lines, date=f"2026-{place % 12 + 1:02}-03", payee=stored, tags=[stored], data={"k": stored}
        )
    return ledger


def whole(ledger: Ledger, days: Range, folder: Path, **given: object) -> Path:
    return write_whole_workbook(ledger, days, folder / "whole.xlsx", created=CREATED, names=tuple(SHEETS), **given).path


def test_another_library_reads_the_ledgers_dates_and_amounts(tmp_path: Path) -> None:
    with Ledger.open(make_demo(tmp_path / "demo")) as ledger:
        days = Range(ledger.fiscal_year(ledger.today)[0], ledger.today)
        book = CalamineWorkbook.from_path(whole(ledger, days, tmp_path))
        found = [row for row in book.get_sheet_by_name("General ledger").to_python() if isinstance(row[1], float)]
        wanted = [
            (posting.date, posting.transaction, posting.amount.amount, posting.balance.amount)
            for account in sorted(ledger.accounts(), key=lambda one: one.code or "")
            for posting in ledger.register(account, date_from=days.first, date_to=days.last)
        ]
        assert len(found) > 900
        assert sorted(map(line_of, found)) == sorted(wanted)
        journal = [row for row in book.get_sheet_by_name("Journal").to_python() if isinstance(row[6], float)]
        assert sum(cents(row[6]) for row in journal) == sum(
            posting.amount.amount
            for transaction in ledger.journal(date_from=days.first, date_to=days.last)
            for posting in transaction.postings
            if posting.amount.units > 0
        )


def line_of(row: list[object]) -> tuple[object, ...]:
    """Day, number, debit-positive amount and balance of a line as calamine reads it; the types are what is tested."""
    day, number, debit, credit, balance = row[0], row[1], row[5], row[6], row[7]
    assert isinstance(day, date)
    assert {type(one) for one in (debit, credit, balance)} <= {float, str}
    return day, int(str(number).partition(".")[0]), cents(debit) - cents(credit), cents(balance)


def cents(figure: object) -> Decimal:
    assert figure == "" or isinstance(figure, float)
    return Decimal(0) if figure == "" else Decimal(repr(figure)).quantize(Decimal("0.01"))


def test_figures_beyond_fifteen_digits_are_texts_to_another_library_too(make_book: MakeBook, tmp_path: Path) -> None:
    book = make_book()
    book.open("Assets:Vault", cash=True)
    book.post("2026-01-05", "Assets:Vault 12345678901234.56", "Equity:Capital -12345678901234.56")
    book.post("2026-01-06", "Assets:Vault 0.01", "Income:Sales -0.01")

    read = CalamineWorkbook.from_path(whole(book.ledger, YEAR, tmp_path))

    cells = {
        name: [one for row in read.get_sheet_by_name(name).to_python() for one in row] for name in read.sheet_names
    }
    for name in ("Balance sheet", "Trial balance", "Cash flow statement", "General ledger", "Journal", "Net worth"):
        assert "12345678901234.56" in cells[name] or "12345678901234.57" in cells[name], name
    assert not [one for some in cells.values() for one in some if isinstance(one, float) and abs(one) >= 10**13]
    assert any("15 digits" in str(one) and "Assets:Vault" in str(one) for one in cells["Checks"])


def test_no_part_of_the_file_holds_anything_alive_that_somebody_typed(hostile: Ledger, tmp_path: Path) -> None:
    parts = parts_of(whole(hostile, YEAR, tmp_path))
    sheets = {name: part for name, part in parts.items() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)}

    assert len(sheets) >= 11
    assert not [
        name
        for name in parts
        if re.search(r"vba|external|connection|query|embed|ctrlProp|comment", name, re.IGNORECASE)
    ]
    assert not [one for part in parts.values() for one in part.iter() if one.get("TargetMode") == "External"]
    for part in sheets.values():
        formulas = [one.text or "" for one in part.iter(f"{MAIN}f")]
        assert [one for one in formulas if OUR_FORMULA.sub("", one).strip()] == []
        assert [one for one in formulas if not re.search(r"[A-Z]\$?[0-9]", one) and one != "0"] == []
        for cell in part.iter(f"{MAIN}c"):
            assert cell.get("t", "n") in ("n", "inlineStr") or cell.find(f"{MAIN}f") is not None
        for link in part.iter(f"{MAIN}hyperlink"):
            assert link.get(f"{RELATION}id") is None
            assert re.fullmatch(r"(?:'[^\[\]:*?/\\]+'|\w+)!\$?[A-Z]+\$?\d+", link.get("location") or "")
        heads = [one.text or "" for name in ("oddHeader", "oddFooter") for one in part.iter(f"{MAIN}{name}")]
        assert {code for text in heads for code in page_codes(text)} <= {"L", "R", "C", "9", "P", "N", "&", '"'}
        assert any("=1+1 &&D&&F" in text for text in heads)
    names = list(parts["xl/workbook.xml"].iter(f"{MAIN}definedName"))
    assert len(names) > 5
    assert not [one.text for one in names if not re.fullmatch(r"(?:'[^']+'|\w+)![$A-Z0-9:]+", one.text or "")]
    titles = [one.get("name") or "" for one in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert not [one for one in titles if len(one) > 31 or set(one) & set("[]:*?/\\")]
    assert "=1+1 &D&F" in "".join(parts["docProps/core.xml"].itertext())


def parts_of(path: Path) -> dict[str, ET.Element]:
    """Every part of the file that is XML, parsed: none may be malformed."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314


def page_codes(text: str) -> Iterator[str]:
    """What `&` introduces in a page's head: a single letter, digits of a size, a font in quotes, or `&` itself."""
    for found in re.finditer(r'&(\d+|"[^"]*"|.)', text):
        yield '"' if found[1].startswith('"') else found[1]


def test_each_report_as_csv_and_as_a_page_holds_nothing_alive_either(hostile: Ledger) -> None:
    for name, text, page in written(hostile):
        fields = [field for row in csv.reader(io.StringIO(text, newline="")) for field in row]
        assert len(fields) > 5, name
        live = [one for one in fields if one[:1] in tuple("=+-@\t\r\n\0＝") and one and not is_number(one)]
        assert live == [], name
        reader = _Page()
        reader.feed(page)
        assert reader.found <= _Page.OURS, (name, reader.found - _Page.OURS)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page), name


def written(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Each report's name, its CSV and its page."""
    for kind in REPORTS:
        asked = Asked(date_from="2026-01-01", date_to="2026-12-31", every="month" if kind.takes("every") else None)
        report = kind.report(ledger, choice_of(kind, asked, ledger))
        yield kind.name, report_csv(report), report_html(report)
    for listing in LISTINGS:
        given = {"date_from": "2026-01-01", "date_to": "2026-12-31"} if listing.takes("from") else {"at": "2026-12-31"}
        account = {"account": "Assets:Bank"} if listing.takes("ACCOUNT") else {}
        account |= {"party": "p0"} if listing.takes("PARTY") else {}
        for by in ("payee", "tag", "data:k") if listing.takes("by") else (None,):
            asked = AskedListing(**given, **account, by=by)
            pieces = table_csv(listing.table(ledger, asked)), table_html(listing.table(ledger, asked))
            yield listing.name, *map("".join, pieces)


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


class _Page(HTMLParser):
    """The elements of a page, with the names of their attributes."""

    OURS = frozenset({
        ("html", "lang", "dir"), ("head",), ("meta", "charset"), ("meta", "http-equiv", "content"), ("body",),
        ("meta", "name", "content"), ("title",), ("style",), ("h1",), ("p",), ("p", "class"), ("table",), ("thead",),
        ("tbody",), ("tbody", "class"), ("tr",), ("tr", "class"), ("th", "class", "scope"), ("th", "scope"),
        ("th", "scope", "class"),
        ("th", "scope", "colspan"), ("th", "scope", "style"), ("td",), ("td", "class"), ("td", "colspan"), ("br",),
        ("bdi",),
    })  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *(name for name, _ in attrs)))


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_makes_a_workbook_by_itself(hostile: Ledger, tmp_path: Path, name: str) -> None:
    path = write_whole_workbook(hostile, YEAR, tmp_path / "one.xlsx", created=CREATED, names=(name,)).path

    read = CalamineWorkbook.from_path(path)

    assert (read.sheet_names[0], read.sheet_names[-1]) == ("Contents", "Checks")
    assert len(read.sheet_names) >= 3 or name == "tax"
