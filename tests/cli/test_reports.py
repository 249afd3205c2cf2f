"""Reports from the command line: which there are, their options, their formats, and what makes no sense."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Answer, Call
from tests.export.test_html import Page
from tui_ledger import credit, debit
from tui_ledger.ledger import Ledger
from tui_ledger.reports.catalogue import REPORTS

NAMES = tuple(kind.name for kind in REPORTS)


@pytest.fixture
def at_shop(call: Call, shop: Path) -> Call:
    """One command on a book of two years, all dates in the past; the fiscal year begins in April."""
    with Ledger.open(shop) as ledger, ledger.write():
        ledger.set_fiscal_year("2020-04-01", "2021-03-31")
        for name in ("Expenses:Rent", "Equity:Capital", "Income:Books", "Income:Unused"):
            ledger.open_account(name, {"Ex": "expense", "Eq": "equity", "In": "income"}[name[:2]])
        for day, debited, credited, amount in (
            ("2020-04-05", "Assets:Bank", "Equity:Capital", "500"),
            ("2020-05-05", "Assets:Bank", "Income:Sales", "70"),
            ("2021-04-05", "Assets:Bank", "Income:Sales", "100"),
            ("2021-05-05", "Expenses:Rent", "Assets:Bank", "30"),
            ("2021-06-05", "Assets:Bank", "Income:Books", "7.5"),
        ):
            ledger.post("", debit(debited, amount), credit(credited, amount), date=day)
    return lambda *arguments: call("--book", shop, *arguments)


def figures(answer: Answer) -> dict[str, list[str | None]]:
    """The figures of each row and total of a report in JSON, by label."""
    assert answer.status == 0, answer.err
    rows = [row for section in answer.json["sections"] for row in section["rows"]]
    return {row["label"]: row["figures"] for row in [*rows, *answer.json["totals"]]}


def labels(answer: Answer) -> list[str]:
    assert answer.status == 0, answer.err
    return [column["label"] for column in answer.json["columns"]]


class TestList:
    """`report` alone, and `report list`."""

    def test_all_reports_are_listed_with_the_options_each_takes(self, call: Call) -> None:
        for arguments in ([], ["list"]):
            lines = call("report", *arguments).out.splitlines()
            assert [line.split()[0] for line in lines[::2]][: len(NAMES)] == list(NAMES)
            assert lines[NAMES.index("trial-balance") * 2 + 1].split() == [
                "--from",
                "--to",
                "--depth",
                "--zero",
                "--sort",
                "--after-closing",
            ]

    def test_the_list_is_there_for_scripts_and_needs_no_book(self, call: Call) -> None:
        listed = call("report", "list", "--json").json["reports"]

        assert [one["name"] for one in listed][: len(NAMES)] == list(NAMES)
        assert {"name", "title", "about", "options"} == set(listed[0])

    @pytest.mark.parametrize("options", [["--at", "2026-01-01"], ["--zero"], ["-o", "x.csv"], ["--format", "csv"]])
    def test_options_without_a_report_are_refused(self, call: Call, options: list[str]) -> None:
        assert "Name the report these options are for" in call("report", *options).refusal

    def test_help_names_every_report(self, call: Call) -> None:
        assert [name for name in NAMES if name not in call("report", "--help").out] == []


class TestDays:
    """Which days and ranges a report is about."""

    def test_a_range_begins_with_the_fiscal_year_of_its_last_day(self, at_shop: Call) -> None:
        answer = at_shop("report", "income-statement", "--to", "2021-05-31", "--json")

        assert labels(answer) == ["2021-04-01..2021-05-31"]
        assert figures(answer)["Result"] == ["70.00"]

    def test_without_days_a_range_ends_today_and_a_balance_sheet_is_todays(self, at_shop: Call, shop: Path) -> None:
        with Ledger.open(shop) as ledger:
            today, first = ledger.today, ledger.fiscal_year()[0]

        (column,) = at_shop("report", "cash-flow", "--json").json["columns"]
        assert (column["from"], column["to"]) == (first.isoformat(), today.isoformat())
        (column,) = at_shop("report", "balance-sheet", "--json").json["columns"]
        assert column["at"] == today.isoformat()
        columns = at_shop("report", "net-worth", "--json").json["columns"]
        assert columns[-1]["at"] == today.isoformat()

    @pytest.mark.parametrize(
        ("every", "expected"),
        [
            ("month", ["2021-04", "2021-05", "2021-06-01..2021-06-10"]),
            ("quarter", ["2021-04-01..2021-06-10"]),
            ("year", ["2021-04-01..2021-06-10"]),
        ],
    )
    def test_every_period_of_a_range_has_its_column(self, at_shop: Call, every: str, expected: list[str]) -> None:
        for name in ("income-statement", "cash-flow"):
            answer = at_shop("report", name, "--from", "2021-04-01", "--to", "2021-06-10", "--every", every, "--json")
            assert labels(answer) == expected

    @pytest.mark.parametrize("name", ["balance-sheet", "net-worth"])
    def test_periods_of_a_report_at_days_are_their_last_days(self, at_shop: Call, name: str) -> None:
        answer = at_shop("report", name, "--from", "2021-04-01", "--to", "2021-06-10", "--every", "month", "--json")

        assert labels(answer) == ["2021-04-30", "2021-05-31", "2021-06-10"]

    def test_net_worth_goes_by_month_unless_it_is_asked_for_a_day(self, at_shop: Call) -> None:
        assert labels(at_shop("report", "net-worth", "--to", "2021-05-15", "--json")) == ["2021-04-30", "2021-05-15"]
        assert labels(at_shop("report", "net-worth", "--at", "2021-05-15", "--json")) == ["2021-05-15"]

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["income-statement", "--from", "2021-05-01", "--to", "2021-05-31", "--compare", "previous"],
             ["2021-05", "2021-04"]),
            (["income-statement", "--from", "2021-05-01", "--to", "2021-05-31", "--compare", "year"],
             ["2021-05", "2020-05"]),
            (["cash-flow", "--from", "2021-05-03", "--to", "2021-05-04", "--compare", "previous"],
             ["2021-05-03..2021-05-04", "2021-05-01..2021-05-02"]),
            (["balance-sheet", "--at", "2021-05-31", "--compare", "previous"], ["2021-05-31", "2021-04-30"]),
            (["balance-sheet", "--at", "2021-05-31", "--compare", "year"], ["2021-05-31", "2020-05-31"]),
            (["cash-flow", "--from", "2021-04-01", "--to", "2021-05-31", "--every", "month", "--compare", "year"],
             ["2021-04", "2020-04", "2021-05", "2020-05"]),
            (["balance-sheet", "--from", "2021-04-01", "--to", "2021-05-31", "--every", "month", "--compare", "year"],
             ["2021-04-30", "2020-04-30", "2021-05-31", "2020-05-31"]),
        ],
    )  # fmt: skip
    def test_a_comparison_stands_beside_what_it_is_compared_with(
        self, at_shop: Call, arguments: list[str], expected: list[str]
    ) -> None:
        assert labels(at_shop("report", *arguments, "--json")) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bogus"], "There is no report 'bogus': choose one of balance-sheet, income-statement, trial-balance"),
        (["income-statement", "--at", "2021-01-01"], "income-statement takes no --at, but --from, --to, --every"),
        (["trial-balance", "--every", "month"], "trial-balance takes no --every"),
        (["trial-balance", "--compare", "year"], "trial-balance takes no --compare"),
        (["trial-balance", "--currency", "EUR"], "trial-balance takes no --currency"),
        (["cash-flow", "--prices-from-costs"], "cash-flow takes no --prices-from-costs"),
        (["journal", "--prices-from-costs"], "journal takes no --prices-from-costs"),
        (["balance-sheet", "--prices-from-costs"], "--prices-from-costs says what prices are: give --currency, too"),
        (["cash-flow", "--after-closing"], "cash-flow takes no --after-closing"),
        (["net-worth", "--after-closing"], "net-worth takes no --after-closing"),
        (["balance-sheet", "--from", "2021-01-01"], "A balance sheet is at a date: give --at, or --every"),
        (["balance-sheet", "--at", "2021-01-01", "--every", "month"], "--at is a day of its own"),
        (["balance-sheet", "--at", "2021-01-01", "--to", "2021-01-01"], "--at is a day of its own"),
        (["net-worth", "--at", "2021-01-01", "--from", "2021-01-01"], "--at is a day of its own"),
        (["income-statement", "--every", "week"], "'week' is no period: use month, quarter or year"),
        (["income-statement", "--compare", "next"], "'next' is no comparison: use previous or year"),
        (["income-statement", "--every", "month", "--compare", "previous"], "stand beside each other already"),
        (["income-statement", "--every", "year", "--compare", "year"], "stand beside each other already"),
        (["income-statement", "--sort", "size"], "'size' is no order: use code, name or amount"),
        (["income-statement", "--depth", "0"], "'0' is no depth"),
        (["income-statement", "--depth", "x"], "'x' is no depth"),
        (["income-statement", "--currency", "USD"], "'USD' is not a currency this book knows"),
        (["income-statement", "--currency", "nothing at all"], "is not a currency"),
        (["income-statement", "--from", "2021-02-30"], "2021-02-30"),
        (["income-statement", "--from", "2021-02-02", "--to", "2021-02-01"], "exchange --from and --to"),
        (["income-statement", "--from", "9999-01-01"], "lies after today"),
        (["income-statement", "--from", "0001-01-01", "--every", "month"], "more than 400 columns"),
        (["income-statement", "--from", "0001-01-01", "--to", "0001-02-05", "--compare", "year"], "nothing before"),
        (["income-statement", "--format", "pdf"], "'pdf' is no format: use one of text, json, csv, html, xlsx"),
        (["income-statement", "--json", "--format", "csv"], "do not go together"),
        (["income-statement", "-o", "x.pdf"], "whose ending says a format"),
        (["income-statement", "-o", "no/such/folder/x.csv"], "cannot be written"),
        (["income-statement", "-o", "no/such/folder/x.xlsx"], "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    at_shop: Call, arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    assert said in at_shop("report", *arguments).refusal
    assert [path for path in tmp_path.rglob("*") if path not in before and "ledger" not in path.name] == []


def test_a_book_without_cash_accounts_says_how_to_mark_one(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "new.ledger", "--currency", "EUR")

    assert "account edit NAME --cash" in call("--book", tmp_path / "new.ledger", "report", "cash-flow").refusal


class TestRows:
    """Depth, zero rows, order, currency, closing."""

    SPAN = ("--from", "2021-04-01", "--to", "2022-03-31")

    def test_depth_sums_up_what_lies_deeper(self, at_shop: Call) -> None:
        answer = at_shop("report", "income-statement", *self.SPAN, "--depth", "1", "--json")

        assert figures(answer) == {"Income": ["107.50"], "Expenses": ["30.00"], "Result": ["77.50"]}

    @pytest.mark.parametrize("name", NAMES)
    def test_zero_shows_idle_accounts_too(self, at_shop: Call, name: str) -> None:
        span = self.SPAN if name != "balance-sheet" else ("--at", "2022-03-31")

        without, with_idle = (figures(at_shop("report", name, *span, *zero, "--json")) for zero in ((), ("--zero",)))

        idle = {label.rpartition(":")[2] for label in set(with_idle) - set(without)}
        assert ("Unused" if name == "income-statement" else "VAT") in idle

    @pytest.mark.parametrize(
        ("order", "rows"), [("code", ["Books", "Sales"]), ("name", ["Books", "Sales"]), ("amount", ["Sales", "Books"])]
    )
    def test_rows_are_sorted(self, at_shop: Call, order: str, rows: list[str]) -> None:
        answer = at_shop("report", "income-statement", *self.SPAN, "--sort", order, "--json")

        assert [row["label"] for row in answer.json["sections"][0]["rows"]] == rows

    def test_all_is_shown_in_one_currency(self, at_shop: Call) -> None:
        at_shop("currency", "add", "USD")
        at_shop("price", "add", "EUR", "2", "USD", "--date", "2021-04-01")

        income = at_shop("report", "income-statement", *self.SPAN, "--currency", "USD", "--json")
        sheet = at_shop("report", "balance-sheet", "--at", "2021-06-30", "--currency", "USD", "--json")

        assert (income.json["currency"], figures(income)["Result"]) == ("USD", ["155.00"])
        assert (sheet.json["currency"], sheet.json["sections"][0]["totals"]) == ("USD", ["1295.00"])
        assert (income.json["balanced"], sheet.json["balanced"]) == (True, None)

    def test_closing_changes_no_figure_unless_it_is_asked_for(self, at_shop: Call) -> None:
        names = ("income-statement", "trial-balance")
        before = [figures(at_shop("report", name, *self.SPAN, "--json")) for name in names]
        assert at_shop("period", "close", "2021-03-31", "--closing-transaction").status == 0
        assert at_shop("period", "close", "2022-03-31", "--closing-transaction").status == 0

        assert figures(at_shop("report", names[0], *self.SPAN, "--json")) == before[0]
        assert figures(at_shop("report", names[0], *self.SPAN, "--after-closing", "--json"))["Result"] == ["0.00"]
        trial = figures(at_shop("report", names[1], *self.SPAN, "--json"))
        assert trial["Income:Sales"] == before[1]["Income:Sales"] == [None, None, None, "100.00", None, "100.00"]
        after = figures(at_shop("report", names[1], *self.SPAN, "--after-closing", "--json"))
        assert after["Income:Sales"] == [None, None, "100.00", "100.00", None, None]


class TestFormats:
    """Every report in every format, on the terminal and in a file."""

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("width", [80, 120])
    def test_text_fits_the_terminal(
        self, at_shop: Call, name: str, width: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(width))

        answer = at_shop("report", name)

        assert answer.status == 0
        assert max(map(len, answer.out.splitlines())) <= width
        assert "In balance." in answer.out

    @pytest.mark.parametrize("name", NAMES)
    def test_every_format_is_written_to_a_file_named(self, at_shop: Call, name: str, tmp_path: Path) -> None:
        title = next(kind.title for kind in REPORTS if kind.name == name)
        for ending in ("txt", "json", "csv", "html", "xlsx"):
            place = tmp_path / f"out.{ending}"
            for _ in range(2):
                answer = at_shop("report", name, "-o", place)
                assert (answer.status, answer.out) == (0, f"Wrote {place}\n")
            assert place.stat().st_mode & 0o077 == 0
        assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith(title)
        assert Page((tmp_path / "out.html").read_text(encoding="utf-8")).rows[0][-2:] != []
        rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == [title]

    def test_json_and_csv_never_follow_the_locale(self, call: Call, at_shop: Call, shop: Path) -> None:
        span = ("--from", "2021-04-01", "--to", "2021-06-30")
        for form in ("json", "csv"):
            plain = at_shop("report", "income-statement", *span, "--format", form)
            german = call("--book", shop, "--locale", "de_DE", "report", "income-statement", *span, "--format", form)
            assert german.out == plain.out
        text = call("--book", shop, "--locale", "de_DE", "report", "income-statement", *span)
        assert "77,50" in text.out

    @pytest.mark.parametrize("name", NAMES)
    def test_a_workbook_without_a_name_goes_to_exports_by_its_last_day(
        self, at_shop: Call, shop: Path, name: str
    ) -> None:
        span = ("--at", "2021-05-31", "--compare", "year") if name == "balance-sheet" else ("--to", "2021-05-31")

        assert at_shop("report", name, *span, "--format", "xlsx").status == 0

        assert [path.name for path in (shop.parent / "exports").iterdir()] == [f"shop-{name}-2021-05-31.xlsx"]

    def test_a_full_disk_leaves_no_half_file(
        self, at_shop: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr("os.fsync", refuse)
        for name in ("out.csv", "out.xlsx"):
            assert (
                "the disk is full. No half file was left"
                in at_shop("report", "trial-balance", "-o", tmp_path / name).refusal
            )
        assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(("out", "."))) == []


def test_what_transactions_paid_counts_as_a_price_where_that_is_asked_for(at_shop: Call) -> None:
    assert at_shop("account", "open", "Assets:Dollars", "--type", "asset", "--currency", "USD").status == 0
    moved = at_shop("transfer", "Assets:Bank", "Assets:Dollars", "80", "--received", "100", "--date", "2021-06-06")
    assert moved.status == 0, moved.err
    asked = ("report", "balance-sheet", "--at", "2021-06-30", "--currency", "EUR", "--json")

    assert at_shop(*asked).json["balanced"] is None
    priced = at_shop(*asked, "--prices-from-costs")

    assert figures(priced)["Dollars"] == ["80.00"]
    assert priced.json["balanced"] is True
