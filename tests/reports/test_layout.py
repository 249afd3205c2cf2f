"""Statements as their country expects them: order, words and sums between, and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.charts.books import MONTH, begun_book
from tests.export.conftest import CREATED
from tui_ledger.errors import InvalidSetting
from tui_ledger.export.workbook import write_statement
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.statement_layout import StatementLayout, checked_layout, statement_layout
from tui_ledger.ledger.values import credit, debit
from tui_ledger.locale.catalogues import words_of
from tui_ledger.reports.catalogue import report_named
from tui_ledger.reports.choices import Choice
from tui_ledger.reports.drawn import drawn
from tui_ledger.reports.report import Report, SectionKind, plain_figure
from tui_ledger.reports.rows import Translate
from tui_ledger.words import _, speaking

SUBTOTAL = {"statement": "income-statement", "name": "Gross", "of": ["Income:Sales"]}


def income(book: Ledger, translate: Translate = str, **chosen: Any) -> Report:
    return report_named("income-statement").report(book, Choice(ranges=(MONTH,), **chosen), translate)


def balance(book: Ledger, translate: Translate = str, **chosen: Any) -> Report:
    return report_named("balance-sheet").report(book, Choice(days=(MONTH.last,), **chosen), translate)


def as_two_sections(book: Ledger) -> None:
    """Lets the income statement stand in two sections, all else of its layout being kept."""
    kept = dict(book.setting("statements"))
    del kept["vertical"]
    kept["subtotals"] = [{part: value for part, value in one.items() if part != "after"} for one in kept["subtotals"]]
    book.set_setting("statements", kept)


def totals(report: Report) -> dict[str, str]:
    return {total.label: plain_figure(total.figures[0]) for total in report.totals}


def test_equity_stands_first_where_the_book_says_so_and_nothing_else_changes(tmp_path: Path) -> None:
    with begun_book("skr03", tmp_path) as book:
        first = balance(book)
        assert [section.kind.value for section in first.sections] == ["assets", "equity", "liabilities"]
        assert first.balanced
        assert [total.name for total in first.totals_at_end] == ["liabilities-and-equity"]
        book.set_setting("statements", None)
        usual = balance(book)
    assert [section.kind.value for section in usual.sections] == ["assets", "liabilities", "equity"]
    assert {one.kind: one for one in first.sections} == {one.kind: one for one in usual.sections}
    assert first.totals == usual.totals


def test_sums_between_are_of_what_they_name_or_of_all_but_that(tmp_path: Path) -> None:
    with begun_book("uk-small-business", tmp_path) as book:
        book.post("Interest", debit("7900", "7"), credit("1200", "7"), date="2026-01-20")
        assert totals(income(book)) == {
            "Gross profit": "100.00",
            "Operating profit": "50.00",
            "Profit before taxation": "43.00",
            "Result": "43.00",
        }
        sheet = balance(book)
        owed = sheet.section(SectionKind.LIABILITIES)
        behind = {total.label: plain_figure(total.figures[0]) for total in sheet.totals_behind(owed)}
        assert behind == {
            "Net current assets": "943.00",
            "Total assets less current liabilities": "1243.00",
            "Net assets": "1043.00",
        }
        assert list(totals(income(book, show_zero=True)).values()) == ["100.00", "50.00", "43.00", "43.00"]


def test_a_sum_whose_parts_a_depth_hides_is_left_out(tmp_path: Path) -> None:
    with begun_book("pcg", tmp_path) as book:
        assert list(totals(income(book, depth=2))) == [*(list(totals(income(book)))[:-1]), "Result"]
        assert totals(income(book, depth=1)) == {"Result": "50.00"}


def test_the_country_s_words_are_for_those_who_read_its_language(tmp_path: Path) -> None:
    with begun_book("pcg", tmp_path) as book:
        with speaking(words_of("fr")):
            french = balance(book, _)
        with speaking(words_of("de")):
            german = balance(book, _)
        english, plain = balance(book, _), balance(book)
    with begun_book("bas", tmp_path) as book:
        swedish, for_programs = balance(book, _), balance(book)
    said = [one.section(SectionKind.LIABILITIES).title for one in (french, german, english, plain)]
    assert said == ["Provisions et dettes", "Fremdkapital", "Liabilities", "Liabilities"]
    assert (swedish.title, for_programs.title) == ("Balansräkning", "Balance sheet")


def test_sums_between_are_formulas_of_the_sheet(tmp_path: Path) -> None:
    with begun_book("uk-small-business", tmp_path) as book:
        book.post("Interest", debit("7900", "7"), credit("1200", "7"), date="2026-01-20")
        as_two_sections(book)
        path = write_statement(income(book), tmp_path / "report.xlsx", created=CREATED)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    at = {row[1]: f"C{number}" for number, row in enumerate(rows, 1) if row[1]}
    formulas = {row[1]: row[2] for row in rows if row[1]}
    assert formulas["Gross profit"] == f"={at['Turnover']}"
    whole = f"{at['Total income']}-{at['Total expenses']}"
    assert formulas["Operating profit"] == f"={whole}+{at['Interest payable']}"
    assert formulas["Profit before taxation"] == f"={whole}"


def test_figures_beyond_a_spreadsheet_s_digits_are_written_out_in_sums_between_too(tmp_path: Path) -> None:
    with begun_book("uk-small-business", tmp_path) as book:
        as_two_sections(book)
        huge = "12345678901234.56"
        book.post("Much", debit("1200", huge), credit("4000", huge), date="2026-01-20")
        path = write_statement(income(book), tmp_path / "report.xlsx", created=CREATED)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    formulas = {row[1]: row[2] for row in rows if row[1]}
    assert formulas["Gross profit"] == formulas["Total income"] == "12345678901334.56"


def test_sums_between_follow_what_is_renamed_and_undo_takes_it_back(tmp_path: Path) -> None:
    with begun_book("skr03", tmp_path) as book:
        before = totals(income(book))
        book.rename_account("Erträge", "Ertrag")
        book.rename_account("Aufwendungen:Materialaufwand", "Aufwendungen:Material")
        assert totals(income(book)) == before
        kept = book.setting("statements")["subtotals"][0]["of"]
        assert (kept[0], kept[-1]) == ("Ertrag:Umsatzerlöse", "Aufwendungen:Material")
        assert book.setting("statements")["vertical"][4] == "Aufwendungen:Material"
        assert book.setting("statements")["subtotals"][0]["after"] == "Aufwendungen:Material"
        assert drawn(income(book)).is_vertical
        book.undo()
        assert book.setting("statements")["subtotals"][0]["of"][-1] == "Aufwendungen:Materialaufwand"
        assert book.verify(replay=True).ok


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "is no layout of statements: it is a table of language, equity_first, vertical, words, subtotals"),
        ({"color": 1}, "'color' is no part of the layout of statements: use language,"),
        ({"language": 5}, "'5' is no language of statements"),
        ({"equity_first": "no"}, "'no' is no yes or no"),
        ({"vertical": "Income"}, "'Income' is no list of items of an income statement"),
        ({"vertical": ["x"] * 41}, "write a list of 40 at the most"),
        ({"vertical": [" "]}, "' ' is no account or heading"),
        (
            {"vertical": ["Sales"]},
            "'Sales' is no account or heading: `vertical` lists headings",
        ),
        (
            {"subtotals": [{**SUBTOTAL, "after": "Sales"}]},
            "'Sales' is no place of a sum between: write an item",
        ),
        ({"words": {"Profit": "x"}}, "'Profit' is no part of the layout of statements: use Balance sheet,"),
        ({"words": {"Result": "\x1b[31m"}}, "is no word for a part of a statement"),
        ({"subtotals": "x"}, "is no list of sums between"),
        ({"subtotals": [SUBTOTAL] * 21}, "write a list of 20 at the most"),
        ({"subtotals": [5]}, "'5' is no sum between"),
        ({"subtotals": [{**SUBTOTAL, "statement": "journal"}]}, "'journal' is no statement with sums between"),
        ({"subtotals": [{**SUBTOTAL, "name": " "}]}, "is no name of a sum between"),
        ({"subtotals": [{**SUBTOTAL, "without": []}]}, "give it `of` or `without`, a list of accounts"),
        ({"subtotals": [{**SUBTOTAL, "of": "Income"}]}, "give it `of` or `without`, a list of accounts"),
        ({"subtotals": [{**SUBTOTAL, "of": [7]}]}, "'7' is no account or heading"),
        ({"subtotals": [SUBTOTAL]}, "'Income:Sales' is no account or heading: Gross adds up headings and accounts"),
    ],
)
def test_a_layout_that_is_none_is_refused_by_one_sentence(tmp_path: Path, value: object, said: str) -> None:
    with Ledger.create(tmp_path / "new.ledger", "EUR") as book:
        with pytest.raises(InvalidSetting) as refusal:
            book.set_setting("statements", value)
        assert said in str(refusal.value)
        assert "\x1b" not in str(refusal.value)
        assert book.setting("statements") is None


def test_text_of_a_layout_that_is_markup_or_a_formula_stays_text(tmp_path: Path) -> None:
    name = "=cmd()[red]x[/]"
    with begun_book("skr03", tmp_path) as book:
        one = {"statement": "income-statement", "name": name, "without": []}
        book.set_setting("statements", {"words": {"Result": "=1+1"}, "subtotals": [one], "language": "en"})
        report = income(book, _)
        path = write_statement(report, tmp_path / "report.xlsx", created=CREATED)
    assert list(totals(report)) == [name, "=1+1"]
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value in (name, "=1+1")} == {"s"}


def test_what_another_program_left_there_is_the_usual_layout() -> None:
    assert statement_layout({"subtotals": 5}) == statement_layout(None) == StatementLayout() == checked_layout({})
