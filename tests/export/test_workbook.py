from __future__ import annotations

import dataclasses
import re
import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.conftest import CREATED, HOSTILE, YEAR_BEFORE, YEAR_END
from tests.reports.conftest import Book, MakeBook
from tui_ledger.errors import ExportFailed
from tui_ledger.export.formats import PlainFormats
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.workbook import add_balance_sheet, write_balance_sheet
from tui_ledger.money import Currency, Money
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report, SectionKind


def written(report: Report, folder: Path, **given: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write_balance_sheet(report, folder / "sheet.xlsx", created=CREATED, **given))


def rows(sheet: Worksheet) -> dict[object, tuple[object, ...]]:
    """Rows by account name: code and figures."""
    return {row[1]: (row[0], *row[2:]) for row in sheet.iter_rows(values_only=True) if row[1]}


def test_the_sheet_is_titled_headed_and_made_of_real_dates_and_numbers(shop_report: Report, tmp_path: Path) -> None:
    sheet = written(shop_report, tmp_path)["Balance sheet"]

    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == [
        "Balance sheet",
        "shop",
        "2026-12-31, 2025-12-31 · EUR",
    ]
    assert [cell.value for cell in sheet[5][:2]] == ["Code", "Account"]
    assert [cell.value.date() for cell in sheet[5][2:]] == [YEAR_END, YEAR_BEFORE]
    assert sheet["C5"].number_format == "yyyy-mm-dd"
    assert rows(sheet)["Savings"] == (1010, 700.05, 0)
    assert rows(sheet)["Depreciation"] == (1690, -1800.33, 0)
    savings = next(row for row in sheet.iter_rows() if row[1].value == "Savings")
    assert (savings[2].data_type, savings[2].number_format) == ("n", "#,##0.00;-#,##0.00")


def test_every_total_is_a_live_formula(shop_report: Report, tmp_path: Path) -> None:
    book = written(shop_report, tmp_path)
    sheet = book["Balance sheet"]
    found = {row[1].value: row[2] for row in sheet.iter_rows() if row[1].value}

    for name in ("Bank", "Fixed", "Total assets", "Total liabilities", "Total equity", "Total liabilities and equity"):
        assert found[name].data_type == "f", name
    assert found["Assets − liabilities − equity"].value.startswith("=ROUND(")
    assert found["Assets − liabilities − equity"].value.endswith(",2)")


def test_names_lead_to_the_totals(shop_report: Report, tmp_path: Path) -> None:
    book = written(shop_report, tmp_path)
    sheet = book["Balance sheet"]

    def label_of(name: str) -> tuple[object, str]:
        (place,) = book.defined_names[name].destinations
        cell = sheet[place[1].replace("$", "")]
        return sheet.cell(cell.row, 2).value, cell.column_letter

    assert label_of("TotalAssets") == ("Total assets", "C")
    assert label_of("TotalLiabilities") == ("Total liabilities", "C")
    assert label_of("TotalEquity") == ("Total equity", "C")
    assert label_of("TotalEquity_2025_12_31") == ("Total equity", "D")


def test_the_page_is_ready_for_the_printer(shop_report: Report, tmp_path: Path) -> None:
    sheet = written(shop_report, tmp_path)["Balance sheet"]

    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("shop", "2026-12-31, 2025-12-31")
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.print_area == f"'Balance sheet'!$A$1:$D${sheet.max_row}"


def test_a_sheet_too_long_for_one_page_runs_over_as_many_as_it_needs(book: Book, tmp_path: Path) -> None:
    for place in range(80):
        book.post("2026-01-01", f"Assets:Line {place:02} 1", "Equity:Capital -1")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active

    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_the_document_says_what_it_is_who_made_it_and_when(shop_report: Report, tmp_path: Path) -> None:
    properties = written(shop_report, tmp_path, creator="A. Keeper").properties

    assert (properties.title, properties.creator) == ("Balance sheet, shop", "A. Keeper")
    assert properties.created == properties.modified == CREATED.replace(tzinfo=None)


def test_names_are_indented_and_folded_by_their_depth(shop_report: Report, tmp_path: Path) -> None:
    sheet = written(shop_report, tmp_path)["Balance sheet"]
    depths = {
        row[1].value: (int(row[1].alignment.indent), sheet.row_dimensions[row[1].row].outlineLevel)
        for row in sheet.iter_rows(min_row=6)
        if row[1].value
    }
    assert depths["Bank"] == (1, 0)
    assert depths["Savings"] == (2, 1)
    assert not sheet.sheet_properties.outlinePr.summaryBelow


def test_columns_are_wide_enough_for_their_figures(make_book: MakeBook, tmp_path: Path) -> None:
    book = make_book()
    book.post("2026-01-01", "Assets:A bank with a long name 9999999999999.99", "Equity:Capital -9999999999999.99")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path)["Balance sheet"]

    assert sheet.column_dimensions["C"].width >= len("-9,999,999,999,999.99")
    assert sheet.column_dimensions["B"].width >= len("A bank with a long name") + 2


@pytest.mark.parametrize("length", [24, 27, 28, 33, 37, 45])
def test_a_name_that_fits_takes_one_line(book: Book, tmp_path: Path, length: int) -> None:
    name = ("long name " * 5)[:length].strip()
    book.post("2026-01-01", f"Assets:One:Two:{name} 1", f"Assets:{name}:Two 1", "Equity:Capital -2")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active

    heights = [sheet.row_dimensions[row[1].row].height for row in sheet.iter_rows() if row[1].value == name]
    assert heights == [None, None]


def test_a_name_too_long_for_its_column_gets_the_height_it_needs(book: Book, tmp_path: Path) -> None:
    name = "A name that goes on and on " * 6
    book.post("2026-01-01", f"Assets:{name.strip()} 1", "Assets:Bank 2", "Equity:Capital -3")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active

    heights = {row[1].value: sheet.row_dimensions[row[1].row].height for row in sheet.iter_rows(min_row=6)}
    assert sheet.column_dimensions["B"].width <= 54
    assert heights[name.strip()] == 3 * 15
    assert heights["Bank"] is None


def test_a_name_that_fits_has_no_blank_line_above_it(book: Book, tmp_path: Path) -> None:
    name = "Kassenbestand und Guthaben bei Kreditinstituten"
    book.post("2026-01-01", f"Assets:Umlauf:{name}:Bank 1", "Assets:Umlauf:Vorräte 2", "Equity:Capital -3")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active

    heights = {row[1].value: sheet.row_dimensions[row[1].row].height for row in sheet.iter_rows(min_row=6)}
    assert heights[name] is None


def test_the_file_is_for_its_owner_alone(shop_report: Report, tmp_path: Path) -> None:
    written(shop_report, tmp_path)
    assert stat.S_IMODE((tmp_path / "sheet.xlsx").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".ledger" and "ledger" not in path.name] == [
        "sheet.xlsx"
    ]


def test_an_own_earlier_export_is_replaced_and_anothers_work_is_not(shop_report: Report, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_balance_sheet(shop_report, path, created=CREATED)
    write_balance_sheet(shop_report, path, created=CREATED)
    with pytest.raises(ExportFailed, match="exists already"):
        write_balance_sheet(shop_report, path, created=CREATED, overwrite=False)

    changed = openpyxl.load_workbook(path)
    changed.active["B40"] = "a note"
    changed.save(path)
    with pytest.raises(ExportFailed, match="exists already"):
        write_balance_sheet(shop_report, path, created=CREATED)
    assert openpyxl.load_workbook(path).active["B40"].value == "a note"


def test_a_link_in_the_place_of_an_own_export_is_not_followed(shop_report: Report, tmp_path: Path) -> None:
    earlier = write_balance_sheet(shop_report, tmp_path / "earlier.xlsx", created=CREATED)
    before = earlier.read_bytes()
    (tmp_path / "sheet.xlsx").symlink_to(earlier)

    for overwrite in (None, True, False):
        with pytest.raises(ExportFailed, match="symbolic link"):
            write_balance_sheet(shop_report, tmp_path / "sheet.xlsx", created=CREATED, overwrite=overwrite)
    assert earlier.read_bytes() == before


def test_nothing_is_left_aside_when_the_place_cannot_be_written_to(
    shop_report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))

    with pytest.raises(ExportFailed, match="there is no folder"):
        write_balance_sheet(shop_report, tmp_path / "missing" / "sheet.xlsx", created=CREATED)

    assert list(aside.iterdir()) == []


def hostile_report(book: Book) -> Report:
    """A report whose texts are hostile, as an old or a foreign book may hold them."""
    book.post("2026-01-01", "Assets:Bank 1.50", "Equity:Capital -1.50")
    report = balance_sheet(book.ledger, [YEAR_END])
    assets = report.section(SectionKind.ASSETS)
    rows = tuple(
        dataclasses.replace(assets.rows[0], label=text, account=text, code=text, figures=(Money(150, report.currency),))
        for text in HOSTILE
    )
    total = (Money(150 * len(rows), report.currency),)
    hostile = dataclasses.replace(assets, title=HOSTILE[0], rows=rows, totals=total, total_label=HOSTILE[1])
    return dataclasses.replace(report, title=HOSTILE[1], book=HOSTILE[11], sections=(hostile, *report.sections[1:]))


def test_no_text_of_a_book_becomes_a_formula(book: Book, tmp_path: Path) -> None:
    sheet = written(hostile_report(book), tmp_path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [cell for cell in cells if cell.data_type == "f"]

    ours = r"=(SUM\([A-Z0-9:,]+\)|ROUND\([-A-Z0-9,]+\)|IF\(C\d+=0,\"[a-z ]+\",\"[a-z ]+\"\)|C\d+\+C\d+)"
    assert all(re.fullmatch(ours, cell.value) for cell in formulas)
    assert {cell.data_type for cell in cells} <= {"f", "s", "n", "d"}
    for cell in cells:
        if cell.data_type == "s" and cell.value.startswith(("=", "+", "-", "@", "#")):
            assert cell.quotePrefix, cell.value
    labels = {cell.value for cell in cells if cell.column_letter == "B"}
    assert {"=1+1", "@SUM(A1)", "#REF!", "␉=1", "bell␇ and del␡ and c1\ufffd31m", "日本語の口座"} <= labels


def test_no_control_character_is_in_any_part_of_the_file(book: Book, tmp_path: Path) -> None:
    book_read = written(hostile_report(book), tmp_path)
    texts = [cell.value for row in book_read.active.iter_rows() for cell in row if isinstance(cell.value, str)]
    texts += [book_read.properties.title, book_read.active.oddHeader.left.text, book_read.active.title]
    assert not [text for text in texts if re.search(r"[\x00-\x1f\x7f-\x9f\u202e\u2028]", text)]


def test_an_ampersand_in_a_books_name_is_no_command_of_the_page_header(make_book: MakeBook, tmp_path: Path) -> None:
    report = balance_sheet(make_book("Salt &P pepper").ledger, [YEAR_END])
    assert written(report, tmp_path).active.oddHeader.left.text == "Salt &&P pepper"


@pytest.mark.parametrize(("code", "cell"), [("1000", 1000), ("0815", "0815"), ("A1", "A1"), ("1" * 16, "1" * 16)])
def test_a_code_is_a_number_only_where_it_reads_back_the_same(
    book: Book, tmp_path: Path, code: str, cell: object
) -> None:
    book.open("Assets:Bank", code=code)
    book.post("2026-01-01", "Assets:Bank 1", "Equity:Capital -1")
    assert rows(written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active)["Bank"][0] == cell


def test_without_codes_there_is_no_head_for_them(book: Book, tmp_path: Path) -> None:
    book.post("2026-01-01", "Assets:Bank 1", "Equity:Capital -1")
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active
    assert (sheet["A5"].value, sheet["B5"].value) == (None, "Account")


def test_figures_beyond_fifteen_digits_are_text_and_so_are_the_totals_over_them(book: Book, tmp_path: Path) -> None:
    book.post("2026-01-01", "Assets:Vault:Gold 12345678901234567.89", "Equity:Capital -12345678901234567.89")
    book.post("2026-01-01", "Assets:Till:Cash 5", "Liabilities:Card -5")

    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active
    found = {row[1].value: row[2] for row in sheet.iter_rows() if row[1].value}

    for name in ("Gold", "Vault", "Total assets", "Capital", "Total equity", "Total liabilities and equity"):
        assert found[name].data_type == "s", name
    assert found["Gold"].value == found["Vault"].value == "12345678901234567.89"
    assert found["Total assets"].value == found["Total liabilities and equity"].value == "12345678901234572.89"
    assert found["Till"].value.startswith("=SUM(")
    assert found["Total liabilities"].value.startswith("=SUM(")
    assert found["Assets − liabilities − equity"].value == 0
    notes = " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0])
    assert "Written as text, to the last digit, are therefore: Vault; Gold; Total assets;" in notes


def test_amounts_without_a_price_are_shown_as_they_are_and_said_to_be_left_out(book: Book, tmp_path: Path) -> None:
    book.open("Assets:Bank:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post(
        "2026-01-01", "Assets:Bank:Dollars 12", "Equity:Dollars -12", "Assets:Bank:Current 3", "Equity:Capital -3"
    )

    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active
    found = {row[1].value: row[2].value for row in sheet.iter_rows() if row[1].value}

    assert found["Dollars"] == "12.00 USD"
    assert found["Bank"].startswith("=SUM(")
    texts = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    assert any(text.startswith("Amounts in other currencies are shown as they are") for text in texts)
    assert "Total assets, 2026-12-31: 12.00 USD" in " ".join(texts)
    assert "Total liabilities and equity, 2026-12-31: 12.00 USD" in " ".join(texts)

    converted = balance_sheet(book.ledger, [YEAR_END], currency=book.ledger.currency)
    texts = [str(row[0]) for row in written(converted, tmp_path).active.iter_rows(values_only=True) if row[0]]
    assert any(text.startswith("Amounts in other currencies have no price") for text in texts)


def test_a_book_out_of_balance_says_so_even_where_the_sheets_own_sums_agree(
    shop_report: Report, tmp_path: Path
) -> None:
    off = tuple(
        dataclasses.replace(
            check, figures=(Money(1, check.figures[0].currency), *check.figures[1:]), passed=(False, True)
        )
        if check.name == "zero-sum-EUR"
        else check
        for check in shop_report.checks
    )
    report = dataclasses.replace(shop_report, checks=off, balanced_by_column=(False, True))

    sheet = written(report, tmp_path).active
    verdicts = [cell for row in sheet.iter_rows() for cell in row if "balance" in str(cell.value) and cell.column > 2]

    assert verdicts[0].value == "out of balance"
    assert str(verdicts[1].value).startswith("=IF(")
    assert any(str(row[0]).endswith("0.01") for row in sheet.iter_rows(values_only=True))


def test_the_readers_formats_and_words_are_used(book: Book, tmp_path: Path) -> None:
    class German(PlainFormats):
        def excel_money_format(self, currency: Currency, *, credit_normal: bool = False) -> str:
            return '#,##0.00" H"' if credit_normal else '#,##0.00" S"'

        def date(self, day: date) -> str:
            return f"{day:%d.%m.%Y}"

    book.post("2026-01-01", "Assets:Bank 1", "Equity:Capital -1")
    words = {"Account": "Konto", "in balance": "ausgeglichen"}
    loaded = written(
        balance_sheet(book.ledger, [YEAR_END]), tmp_path, formats=German(), translate=lambda text: words.get(text, text)
    )
    sheet = loaded.active
    found = {row[1].value: row[2] for row in sheet.iter_rows() if row[1].value}

    assert sheet["A3"].value == "31.12.2026 · EUR"
    assert sheet["B5"].value == "Konto"
    assert (found["Bank"].number_format, found["Capital"].number_format) == ('#,##0.00" S"', '#,##0.00" H"')
    assert any('"ausgeglichen"' in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_sheets_run_as_the_reader_reads_and_fit_the_readers_paper(shop: Book, tmp_path: Path) -> None:
    class FromTheRight(PlainFormats):
        right_to_left = True
        paper = "letter"

    report = balance_sheet(shop.ledger, [YEAR_END])
    usual, turned = (written(report, tmp_path, formats=formats).active for formats in (PlainFormats(), FromTheRight()))
    sides = [
        {sheet[f"{column}{row}"].alignment.horizontal for row in range(6, 14) for column in "B"}
        for sheet in (usual, turned)
    ]

    assert (bool(usual.sheet_view.rightToLeft), usual.page_setup.paperSize) == (False, 9)
    assert (turned.sheet_view.rightToLeft, turned.page_setup.paperSize) == (True, 1)
    assert "right" not in sides[0]
    assert "left" not in sides[1]
    assert turned["C8"].alignment.horizontal == usual["C8"].alignment.horizontal == "right"
    assert turned.oddHeader.right.text == usual.oddHeader.left.text == "shop"


def test_further_sheets_find_their_place_in_one_workbook(shop: Book, tmp_path: Path) -> None:
    workbook = Workbook("Accounts", "shop", PlainFormats(), created=CREATED)
    for day in (YEAR_END, YEAR_BEFORE):
        add_balance_sheet(workbook, balance_sheet(shop.ledger, [day]))
    path = workbook.save(tmp_path / "all.xlsx")

    assert openpyxl.load_workbook(path).sheetnames == ["Balance sheet", "Balance sheet 2"]


def test_an_empty_book_makes_a_sheet_too(book: Book, tmp_path: Path) -> None:
    sheet = written(balance_sheet(book.ledger, [YEAR_END]), tmp_path).active
    assert rows(sheet)["Total assets"] == (None, 0)
