"""The accountant's workbook: every sheet right to the last digit, every check zero, links that lead where they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as LoadedWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.conftest import CREATED, HOSTILE, Recalculate
from tests.export.tables import assert_sheets_say
from tests.export.test_statements import assert_equal_to_the_last_digit
from tests.reports.conftest import Book, MakeBook
from tests.reports.figures_of import seed_fault
from tui_ledger.demo import make_demo
from tui_ledger.errors import ExportFailed, UnknownReport
from tui_ledger.export.whole_workbook import SHEETS, write_whole_workbook
from tui_ledger.ledger import DraftPosting, Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.journal import journal
from tui_ledger.reports.parties import parties
from tui_ledger.reports.report import Report
from tui_ledger.reports.tax import tax
from tui_ledger.reports.trial_balance import trial_balance

LINE_BY_LINE = "General ledger: Balances line by line None"
HALF = Range(date(2026, 3, 1), date(2026, 8, 31))
ALL_SHEETS = [
    "Contents",
    "Balance sheet",
    "Income statement",
    "Trial balance",
    "Cash flow statement",
    "General ledger",
    "Journal",
    "Parties",
    "Tax",
    "Net worth",
    "Checks",
]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(make_demo(tmp_path / "demo")) as ledger:
        yield ledger


@pytest.fixture
def abroad(make_book: MakeBook) -> Book:
    """Three currencies of two, none and three digits; a fiscal year that begins in April, the one before it closed and
    one before that never; money changed, a contra account, parties, an account that was closed."""
    book = make_book("abroad", fiscal_year_start="04-01")
    book.open("Assets:Bank", code="1000", cash=True)
    book.open("Assets:Yen", currency="JPY", cash=True)
    book.open("Assets:Dinar", currency="KWD")
    book.open("Assets:Van", code="1600", statement_line="investing")
    book.open("Assets:Van:Depreciation", code="1690")
    book.open("Equity:Dinar", currency="KWD")
    book.open("Expenses:Hotel", currency="JPY")
    book.post("2024-05-01", "Assets:Bank 9000.10", "Equity:Capital -9000.10")
    book.post("2025-02-01", "Assets:Bank 310.33", "Income:Sales -310.33")
    book.post("2025-05-01", "Assets:Bank 1200.20", "Income:Sales -1200.20")
    book.post("2025-06-01", "Expenses:Rent 400.07", "Assets:Bank -400.07")
    book.ledger.transfer("Assets:Bank", "Assets:Yen", "600", received="100000", date="2025-09-01")
    book.ledger.close_period("2026-03-31")
    book.post("2026-04-02", "Assets:Van 5000.55", "Assets:Bank -5000.55")
    book.post("2026-05-02", "Expenses:Hotel 30303", "Assets:Yen -30303")
    book.post("2026-06-02", "Assets:Dinar 12.345", "Equity:Dinar -12.345")
    book.post("2026-06-30", "Expenses:Wear 100.11", "Assets:Van:Depreciation -100.11")
    book.post("2026-07-02", "Assets:Bank 99.99", "Income:Sales -99.99")
    book.ledger.add_party("ann", "Ann")
    book.ledger.party_credit("ann", "17.50", against="Assets:Bank", date="2026-07-05")
    return book


def write(ledger: Ledger, days: Range, folder: Path, **given: object) -> Path:
    path = folder / "whole.xlsx"
    assert write_whole_workbook(ledger, days, path, created=CREATED, overwrite=True, **given).path == path
    return path


def year_of(ledger: Ledger, last: date) -> Range:
    return Range(ledger.fiscal_year(last)[0], last)


def statements(ledger: Ledger, days: Range) -> list[Report]:
    year = year_of(ledger, days.last)
    return [
        balance_sheet(ledger, [days.last]),
        income_statement(ledger, [days] if days == year else [days, year]),
        trial_balance(ledger, days),
        cash_flow(ledger, [days]),
    ]


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def verdicts(book: LoadedWorkbook) -> dict[str, tuple[object, object]]:
    """Difference and verdict of each check by its name and currency."""
    found = {f"{row[0]} {row[1]}": (row[2], row[3]) for row in rows(book["Checks"]) if row[3] in ("right", "WRONG")}
    assert len(found) >= 5
    return found


def assert_everything_is_right(book: LoadedWorkbook, ledger: Ledger, days: Range) -> None:
    """Each figure is the ledger's, each check zero, no cell an error, whatever LibreOffice computed."""
    for report in statements(ledger, days):
        assert_equal_to_the_last_digit(book[report.title], report)
    assert_sheets_say(book, general_ledger(ledger, days))
    assert_sheets_say(book, journal(ledger, days))
    if ledger.parties():
        assert_sheets_say(book, parties(ledger, days.last))
    if ledger.tax_rates():
        assert_sheets_say(book, tax(ledger, days))
    assert set(verdicts(book).values()) == {(0, "right")}
    by_account = [row[2:6] for row in rows(book["Checks"]) if row[2] is not None and isinstance(row[5], (int, float))]
    assert by_account
    assert {figure for debits, credits, _, closing in by_account for figure in (debits, credits, closing)} == {0}
    assert "Every check is right." in [row[0] for row in rows(book["Contents"])]
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "e"] == []


def test_every_sheet_of_the_demo_book_recalculates_to_the_ledgers_figures(
    demo: Ledger, tmp_path: Path, recalculated: Recalculate
) -> None:
    days = year_of(demo, demo.today)

    (computed,) = recalculated(write(demo, days, tmp_path))

    assert computed.sheetnames == ALL_SHEETS
    assert_everything_is_right(computed, demo, days)


@pytest.mark.parametrize(
    "days",
    [HALF, Range(date(2026, 4, 1), date(2026, 12, 31)), Range(date(2025, 1, 1), date(2026, 3, 31))],
    ids=["across the end of a fiscal year", "a fiscal year", "to a closed year's last day"],
)
def test_three_currencies_recalculate_to_the_ledgers_figures(
    abroad: Book, tmp_path: Path, recalculated: Recalculate, days: Range
) -> None:
    (computed,) = recalculated(write(abroad.ledger, days, tmp_path, formats=Formats(locale="de_DE")))

    assert_everything_is_right(computed, abroad.ledger, days)


def test_what_net_worth_leaves_out_is_named_by_month(abroad: Book, tmp_path: Path) -> None:
    days = Range(date(2026, 4, 1), date(2026, 6, 30))
    sheet = openpyxl.load_workbook(write(abroad.ledger, days, tmp_path, names=["net-worth"]))["Net worth"]
    said = " ".join(str(cell.value) for (cell,) in sheet.iter_rows(max_col=1) if cell.value)

    assert "Amounts in other currencies are shown as they are and are in no total in EUR." in said
    assert "2026-04: Net worth 100,000 JPY" in said
    assert "2026-05: Expenses 30,303 JPY; Result -30,303 JPY; Net worth 69,697 JPY" in said
    assert "2026-06: Net worth 69,697 JPY, 12.345 KWD" in said


def test_books_of_account_that_need_several_sheets_are_summed_across_them(
    abroad: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    days = Range(date(2024, 1, 1), date(2026, 12, 31))
    path = write(abroad.ledger, days, tmp_path, most_rows=25)

    (computed,) = recalculated(path)

    assert {"General ledger 2", "General ledger 3", "Journal 2"} <= set(computed.sheetnames)
    assert computed.sheetnames.index("General ledger 2") == computed.sheetnames.index("General ledger") + 1
    assert_everything_is_right(computed, abroad.ledger, days)


def test_an_empty_book_makes_a_workbook_whose_checks_are_right(
    book: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    (computed,) = recalculated(write(book.ledger, year_of(book.ledger, book.ledger.today), tmp_path))

    assert set(verdicts(computed).values()) == {(0, "right")}
    said = [row[0] for row in rows(computed["Contents"])]
    assert "Every check is right." in said
    assert "There is no cash flow statement: no account is marked as cash." in said
    assert not {"Cash flow statement", "Parties"} & set(computed.sheetnames)


def test_a_cent_too_much_in_a_stored_balance_is_found(abroad: Book, tmp_path: Path, recalculated: Recalculate) -> None:
    seed_fault(abroad, "Assets:Bank", "2026-08-31")

    (computed,) = recalculated(write(abroad.ledger, HALF, tmp_path))

    wrong = [name for name, found in verdicts(computed).items() if found[1] == "WRONG"]
    assert "Balance sheet: assets − liabilities − equity EUR" in wrong
    assert "Trial balance: Closing − stored balances, EUR EUR" in wrong
    assert "A CHECK IS WRONG: see the last sheet." in [row[0] for row in rows(computed["Contents"])]


def test_a_cent_too_much_in_the_middle_of_an_account_is_found(
    abroad: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    right = write(abroad.ledger, HALF, tmp_path).rename(tmp_path / "right.xlsx")
    seed_fault(abroad, "Assets:Bank", "2026-05-01")
    before, computed = recalculated(right, write(abroad.ledger, HALF, tmp_path))

    assert verdicts(before)[LINE_BY_LINE] == (0, "right")
    wrong = {name: found for name, found in verdicts(computed).items() if found[1] == "WRONG"}
    assert wrong == {LINE_BY_LINE: (2, "WRONG")}
    assert "A CHECK IS WRONG: see the last sheet." in [row[0] for row in rows(computed["Contents"])]
    notes = [row[0] for row in rows(computed["General ledger"]) if isinstance(row[0], str)]
    assert any(note.startswith("Assets:Bank, transaction ") for note in notes)


def test_years_closed_within_the_days_leave_no_difference(
    make_book: MakeBook, tmp_path: Path, recalculated: Recalculate
) -> None:
    book = make_book()
    book.post("2024-05-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2024-06-01", "Expenses:Rent 30", "Assets:Bank -30")
    book.post("2025-02-01", "Assets:Bank 7", "Income:Sales -7")
    book.ledger.close_period("2025-12-31", closing_transaction=True)
    book.post("2026-03-01", "Assets:Bank 3", "Income:Sales -3")
    path = write(book.ledger, Range(date(2025, 1, 1), date(2026, 6, 30)), tmp_path)
    sheet = openpyxl.load_workbook(path)["General ledger"]
    live = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f" and cell.column == 8]
    assert any(re.fullmatch(r"=H\d+-H\d+", formula) for formula in live)

    (computed,) = recalculated(path)

    assert {found[1] for found in verdicts(computed).values()} == {"right"}
    held = {row[3]: row[7] for row in rows(computed["General ledger"]) if row[3] and "years" in str(row[3])}
    assert set(held) == {"of earlier years, not yet closed", "of these fiscal years"}


def test_a_posting_changed_by_hand_moves_totals_and_checks(
    abroad: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    path = write(abroad.ledger, HALF, tmp_path)
    changed = openpyxl.load_workbook(path)
    posting = next(row for row in changed["General ledger"].iter_rows(min_row=6) if row[5].value == 99.99)
    posting[5].value = 100.99
    changed.save(path)

    (computed,) = recalculated(path)

    found = {name: value for name, value in verdicts(computed).items() if value[1] == "WRONG"}
    assert found == {
        "Cash flow: cash at the end − cash accounts of the general ledger EUR": (-1, "WRONG"),
        "Trial balance − general ledger, summed over all accounts EUR": (2, "WRONG"),
    }
    assert [row[2] for row in rows(computed["Checks"]) if row[0] == "Checks that are wrong"] == [2]


def test_a_second_reader_finds_typed_numbers_and_dates_and_live_sums(demo: Ledger, tmp_path: Path) -> None:
    path = write(demo, year_of(demo, demo.today), tmp_path, formats=Formats(locale="de_DE"))
    book = openpyxl.load_workbook(path, read_only=True)
    ledger = list(book["General ledger"].iter_rows(min_row=7, max_row=9))

    assert [cell.data_type for cell in ledger[1]][:3] == ["d", "n", "s"]
    assert {cell.number_format for row in ledger for cell in row[5:8] if cell.value is not None} == {"#,##0.00"}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name}
    assert all(part.count("<sheetData>") == 1 for part in parts.values())
    balance_sheet_formulas = re.findall(r"<f>([^<]*)</f>", parts["xl/worksheets/sheet2.xml"])
    assert balance_sheet_formulas
    assert all(one.startswith(("SUM(", "ROUND(", "C", "IF(")) for one in balance_sheet_formulas)


def test_no_text_of_the_book_is_live_anywhere(book: Book, tmp_path: Path, recalculated: Recalculate) -> None:
    book.open("Assets:Bank", cash=True)
    for place, text in enumerate(HOSTILE):
        lines = [DraftPosting("Assets:Bank", "1", memo=text), DraftPosting("Equity:Adjustments", "-1")]
        book.ledger.post(text, *lines, date=date(2026, 4, 1), payee=text.strip() or None)
        book.ledger.add_party(f"p{place}", re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u202e\u200d]", "", text)[:100])
    for name in ("=1+1", "@SUM(A1)", "+1", "-1", "#REF!", "'History'!A1"):
        book.post("2026-05-01", f"Assets:{name} 1", "Equity:Capital -1")
    days = year_of(book.ledger, date(2026, 12, 31))
    path = write(book.ledger, days, tmp_path)

    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    formulas = [one for part in parts for one in re.findall(r"<f[^>]*>([^<]*)</f>", part)]
    ours = r"(SUM|ROUND|IF|SUMIF|SUMPRODUCT|COUNTIF|SUBTOTAL)\(.*|[A-Z]\d+([+-][A-Z]\d+)*"
    assert [one for one in formulas if not re.fullmatch(ours, one)] == []
    assert not any(word in one for one in formulas for word in ("cmd", "HYPERLINK", "1+1"))
    (computed,) = recalculated(path)
    assert_everything_is_right(computed, book.ledger, days)


def test_figures_beyond_fifteen_digits_are_text_and_named_on_the_checks_sheet(
    book: Book, tmp_path: Path, recalculated: Recalculate
) -> None:
    book.open("Assets:Vault", cash=True)
    book.post("2026-01-05", "Assets:Vault 12345678901234.56", "Equity:Capital -12345678901234.56")
    book.post("2026-01-06", "Assets:Vault 0.01", "Income:Sales -0.01")
    days = year_of(book.ledger, date(2026, 12, 31))

    (computed,) = recalculated(write(book.ledger, days, tmp_path))

    assert_everything_is_right(computed, book.ledger, days)
    said = " ".join(str(row[0]) for row in rows(computed["Checks"]))
    assert "15 digits" in said
    assert "Assets:Vault, Total" in said


class TestLinks:
    def test_every_link_leads_to_a_cell_that_is_there(self, demo: Ledger, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(write(demo, year_of(demo, demo.today), tmp_path))
        links = [(sheet, to) for sheet in book.worksheets for to in locations(sheet).values()]

        assert len(links) > 200
        for sheet, to in links:
            assert target(book, to).value not in (None, ""), (sheet.title, to)

    def test_an_account_leads_to_its_block_and_the_block_back(self, demo: Ledger, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(write(demo, year_of(demo, demo.today), tmp_path))
        trial = book["Trial balance"]
        bank = next(row[1] for row in trial.iter_rows() if row[1].value == "Assets:Bank:Current")
        head = target(book, locations(trial)[bank.coordinate])

        assert head.value == "1100 Assets:Bank:Current"
        assert target(book, locations(book["General ledger"])[head.coordinate]).value == "Assets:Bank:Current"

    def test_the_result_of_the_year_leads_to_its_column_of_the_income_statement(
        self, abroad: Book, tmp_path: Path
    ) -> None:
        book = openpyxl.load_workbook(write(abroad.ledger, HALF, tmp_path))
        sheet = book["Balance sheet"]
        row = next(row[1] for row in sheet.iter_rows() if row[1].value == "Result of the current year")
        there = target(book, locations(sheet)[row.coordinate])

        assert there.parent.title == "Income statement"
        assert there.parent.cell(there.row, 2).value == "Result"
        assert there.parent.cell(5, there.column).value == "2026-04-01 – 2026-08-31"

    def test_the_contents_lead_to_every_sheet_and_each_title_back(self, demo: Ledger, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(write(demo, year_of(demo, demo.today), tmp_path))
        listed = [target(book, to).parent.title for to in locations(book["Contents"]).values()]

        assert listed == ALL_SHEETS[1:]
        for name in listed:
            assert target(book, locations(book[name])["A1"]).parent.title == "Contents"


def locations(sheet: Worksheet) -> dict[str, str]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate: cell.hyperlink.location for cell in cells if cell.hyperlink is not None}


def target(book: LoadedWorkbook, location: str) -> openpyxl.cell.Cell:
    found = re.fullmatch(r"'?((?:[^']|'')+?)'?!([A-Z]+[0-9]+)", location)
    assert found is not None, location
    return book[found[1].replace("''", "'")][found[2]]


def test_names_charts_and_properties_are_there(demo: Ledger, tmp_path: Path) -> None:
    path = write(demo, year_of(demo, demo.today), tmp_path)
    book = openpyxl.load_workbook(path)

    wanted = {"TotalAssets", "TotalIncome", "Result", "ClosingCash", "ChecksFailed"}
    assert wanted <= set(book.defined_names)
    assert book.properties.title == "The accountant's workbook, demo"
    assert (book.properties.creator, book.properties.created) == ("tui-ledger", CREATED.replace(tzinfo=None))
    with zipfile.ZipFile(path) as archive:
        assert {"xl/charts/chart1.xml", "xl/charts/chart2.xml"} <= set(archive.namelist())
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        # The checks end in a longer table with a head of its own.
        head = next((row[0].row for row in sheet.iter_rows() if row[0].value == "Account"), 5)
        assert sheet.print_title_rows == (f"${head}:${head}" if sheet.title == "Checks" else "$5:$5")
        assert sheet.page_setup.fitToWidth >= 1
        assert "Page" in str(sheet.oddFooter.right.text)
        assert sheet.oddHeader.left.text == "demo"


def test_pages_are_headed_numbered_and_show_every_figure(
    demo: Ledger, tmp_path: Path, printed: Callable[[Path], str]
) -> None:
    pages = printed(write(demo, year_of(demo, demo.today), tmp_path)).split("\f")

    total = len(pages) - 1
    assert all(f"Page {number} of {total}" in page for number, page in enumerate(pages[:-1], start=1))
    assert "###" not in "".join(pages)
    ledger = [page for page in pages if re.search(r"General ledger +Page \d", page)]
    assert len(ledger) >= 10
    assert all("Counter accounts" in page and "Balance" in page for page in ledger)


class TestChoosing:
    def test_only_the_sheets_asked_for_are_written_in_their_order(
        self, abroad: Book, tmp_path: Path, recalculated: Recalculate
    ) -> None:
        path = write(abroad.ledger, HALF, tmp_path, names=["statistics", "trial-balance", "general-ledger"])
        (computed,) = recalculated(path)

        assert computed.sheetnames == ["Contents", "Trial balance", "General ledger", "Statistics", "Checks"]
        assert {value for value, _ in verdicts(computed).values()} == {0}

    def test_a_sheet_there_is_not_is_refused(self, book: Book, tmp_path: Path) -> None:
        with pytest.raises(UnknownReport, match=r"no report 'ledger': choose one of balance-sheet, .*statistics"):
            write(book.ledger, HALF, tmp_path, names=["ledger"])
        assert "statistics" in SHEETS


class TestWhenItCannotBeWritten:
    @pytest.fixture(autouse=True)
    def aside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Where rows are written aside; it must be empty whatever happens."""
        folder = tmp_path / "aside"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        return folder

    def test_progress_goes_up_to_the_end_and_nothing_is_left_aside(
        self, demo: Ledger, tmp_path: Path, aside: Path
    ) -> None:
        seen: list[tuple[int, int]] = []
        write(demo, year_of(demo, demo.today), tmp_path, progress=lambda *done: seen.append(done))

        assert [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[0][0] == 0
        assert seen[-1][0] == seen[-1][1] > 1000
        assert len(seen) > 5
        assert list(aside.iterdir()) == []

    @pytest.mark.parametrize("step", [0, 3, -4])
    def test_what_progress_raises_ends_the_writing_and_leaves_no_file(
        self, demo: Ledger, tmp_path: Path, aside: Path, step: int
    ) -> None:
        steps: list[tuple[int, int]] = []
        days = year_of(demo, demo.today)
        write(demo, days, tmp_path, progress=lambda *done: steps.append(done))
        (tmp_path / "whole.xlsx").unlink()
        stop_at = steps[step]

        def stop(*done: int) -> None:
            if done == stop_at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write(demo, days, tmp_path, progress=stop)

        left = {entry.name for entry in tmp_path.iterdir()} - {"demo", "aside"}
        assert left == set()
        assert list(aside.iterdir()) == []
        assert demo.post("still open", *lines()).number > 0

    def test_another_file_in_its_place_stays_as_it_is(self, book: Book, tmp_path: Path, aside: Path) -> None:
        other = tmp_path / "other.xlsx"
        other.write_bytes(b"mine")

        with pytest.raises(ExportFailed, match="exists already"):
            write_whole_workbook(book.ledger, HALF, other, created=CREATED)

        assert other.read_bytes() == b"mine"
        assert list(aside.iterdir()) == []

    @pytest.mark.parametrize("place", ["missing/x.xlsx", "shop.ledger/x.xlsx"])
    def test_a_place_that_is_none_is_said_in_one_line(
        self, book: Book, tmp_path: Path, aside: Path, place: str
    ) -> None:
        with pytest.raises(ExportFailed) as refused:
            write_whole_workbook(book.ledger, HALF, tmp_path / place, created=CREATED)
        assert "\n" not in str(refused.value)
        assert list(aside.iterdir()) == []

    @pytest.mark.parametrize("limit", [4_096, 60_000, 120_000])
    def test_a_full_disk_is_said_in_one_line_and_no_half_file_is_left(
        self, demo: Ledger, tmp_path: Path, aside: Path, limit: int
    ) -> None:
        demo.close()
        target_path = tmp_path / "out" / "whole.xlsx"
        target_path.parent.mkdir()
        command = [sys.executable, "-c", FILL_THE_DISK, str(tmp_path / "demo" / "demo.ledger"), str(target_path)]
        environment = {**os.environ, "TMPDIR": str(aside)}
        run = subprocess.run(
            [*command, str(limit)], capture_output=True, text=True, check=True, env=environment, timeout=120
        )

        assert "larger than this system allows" in run.stdout
        assert len(run.stdout.splitlines()) == 1
        assert run.stderr == ""
        assert list(target_path.parent.iterdir()) == []
        assert list(aside.iterdir()) == []


FILL_THE_DISK = """
import resource, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from tui_ledger.errors import ExportFailed
from tui_ledger.export.whole_workbook import write_whole_workbook
from tui_ledger.ledger import Ledger
from tui_ledger.reports.columns import Range
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(sys.argv[1], read_only=True) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        days = Range(date(2025, 1, 1), date(2026, 12, 31))
        write_whole_workbook(ledger, days, Path(sys.argv[2]), created=datetime(2026, 1, 1, tzinfo=UTC))
    except ExportFailed as refusal:
        print(refusal)
"""


def lines() -> list[DraftPosting]:
    return [DraftPosting("Assets:Bank:Current", Decimal(1)), DraftPosting("Equity:Capital", Decimal(-1))]
