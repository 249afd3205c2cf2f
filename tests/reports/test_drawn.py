"""Income statements as one list: order, signs, sums in between, and where they stay in two sections."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.charts.books import MONTH, begun_book
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import credit, debit
from tui_ledger.money import Money
from tui_ledger.reports.catalogue import report_named
from tui_ledger.reports.choices import Asked, Choice, choice_of
from tui_ledger.reports.drawn import Drawing, drawn
from tui_ledger.reports.report import Report, SectionKind, as_json, plain_figure


def income(book: Ledger, **chosen: Any) -> Report:
    return report_named("income-statement").report(book, Choice(**{"ranges": (MONTH,), **chosen}))


def lines(report: Report, deepest: int = 1) -> list[str]:
    """What is drawn, from top to bottom, with the first figure."""
    drawing, found = drawn(report), []
    for part in drawing.parts:
        for row in part.section.rows:
            if row.depth <= deepest:
                figure = row.figures[0]
                found.append(f"{row.label} {'' if figure is None else plain_figure(figure)}".strip())
        found += [f"= {total.label} {plain_figure(total.figures[0])}" for total in part.totals]
    return found + [f"= {total.label} {plain_figure(total.figures[0])}" for total in drawing.totals_at_end]


def sums(report: Report, drawing: Drawing, column: int) -> list[Money]:
    """What the rows that a total is said to be the sum of come to, for each total."""
    found = []
    for total in report.totals:
        whole = Money(0, report.currency)
        for term in drawing.terms[total.name]:
            figure = drawing.parts[term.part].section.rows[term.place].figures[column]
            if figure is not None:
                whole = whole + figure if term.sign > 0 else whole - figure
        found.append(whole)
    return found


@pytest.fixture
def firm(tmp_path: Path) -> Any:
    with begun_book("uk-small-business", tmp_path) as book:
        book.post("Goods", debit("5000", "30"), credit("1200", "30"), date="2026-01-20")
        book.post("Rent received", debit("1200", "5"), credit("4200", "5"), date="2026-01-20")
        book.post("Interest", debit("7900", "7"), credit("1200", "7"), date="2026-01-20")
        yield book


def test_revenues_and_expenses_stand_in_the_order_of_the_scheme_with_sums_behind_their_items(firm: Ledger) -> None:
    assert lines(income(firm)) == [
        "Turnover 100.00",
        "Cost of sales -30.00",
        "= Gross profit 70.00",
        "Administrative expenses -50.00",
        "Other operating income 5.00",
        "= Operating profit 25.00",
        "Interest payable -7.00",
        "= Profit before taxation 18.00",
        "= Result 18.00",
    ]


def test_programs_read_two_sections_whatever_is_drawn(firm: Ledger) -> None:
    vertical = income(firm)
    kept = dict(firm.setting("statements"))
    kept["subtotals"] = [{part: one[part] for part in one if part != "after"} for one in kept["subtotals"]]
    firm.set_setting("statements", {part: value for part, value in kept.items() if part != "vertical"})
    usual = income(firm)
    assert drawn(vertical).is_vertical
    assert not drawn(usual).is_vertical
    assert as_json(vertical) == as_json(usual)
    assert [part.section for part in drawn(usual).parts] == list(usual.sections)


def test_every_sum_is_that_of_the_rows_it_names_in_each_column(firm: Ledger) -> None:
    firm.open_account("Expenses:Gifts", "expense")
    firm.open_account("Income:Prizes", "income")
    firm.post("Won", debit("Expenses:Gifts", "3"), credit("Income:Prizes", "11"), debit("1200", "8"), date="2026-02-03")
    asked = Asked(columns=("2026-01", "2026-02", "#2-#1"))
    choice = choice_of(report_named("income-statement"), asked, firm)
    report = report_named("income-statement").report(firm, choice)
    drawing = drawn(report)
    for column in range(3):
        assert sums(report, drawing, column) == [total.figures[column] for total in report.totals]
    assert plain_figure(report.totals[-1].figures[1]) == "8.00"


def test_what_the_scheme_does_not_name_stands_before_the_first_sum_that_counts_it(firm: Ledger) -> None:
    firm.open_account("Expenses:Gifts", "expense")
    firm.open_account("Income", "income")
    firm.post("Won", debit("Expenses:Gifts", "3"), credit("Income", "11"), debit("1200", "8"), date="2026-01-23")
    found = lines(income(firm))
    at = found.index("= Operating profit 33.00")
    assert found[at - 3 : at] == ["Other operating income 5.00", "Income, own postings 11.00", "Gifts -3.00"]


def test_what_no_sum_between_counts_stands_before_the_result(tmp_path: Path) -> None:
    with begun_book("pcg", tmp_path) as book:
        book.open_account("Produits:Divers", "income")
        book.post("Divers", debit("512", "4"), credit("Produits:Divers", "4"), date="2026-01-23")
        assert lines(income(book))[-2:] == ["Divers 4.00", "= Result 54.00"]


def test_a_heading_above_items_is_dissolved_and_its_own_postings_are_a_row(tmp_path: Path) -> None:
    with begun_book("es-pymes", tmp_path) as book:
        book.open_account("Gastos:Gastos de explotación", "expense")
        book.post("Varios", debit("Gastos:Gastos de explotación", "4"), credit("572", "4"), date="2026-01-23")
        report = income(book)
        assert lines(report, deepest=2) == [
            "Importe neto de la cifra de negocios 100.00",
            "Ventas de mercaderías 100.00",
            "Otros gastos de explotación -50.00",
            "Arrendamientos y cánones -50.00",
            "Gastos de explotación, own postings -4.00",
            "= Resultado de explotación 46.00",
            "= Resultado financiero 0.00",
            "= Resultado antes de impuestos 46.00",
            "= Result 46.00",
        ]
        assert sums(report, drawn(report), 0) == [total.figures[0] for total in report.totals]


def test_a_sum_may_be_of_a_row_within_an_item(firm: Ledger) -> None:
    kept = firm.setting("statements")
    inner = ["Expenses:Administrative expenses:Premises"]
    one = {"statement": "income-statement", "name": "Premises", "of": inner, "after": "Income:Turnover"}
    firm.set_setting("statements", {**kept, "subtotals": [one, *kept["subtotals"]]})
    report = income(firm)
    assert lines(report)[:2] == ["Turnover 100.00", "= Premises -50.00"]
    assert sums(report, drawn(report), 0)[0] == report.totals[0].figures[0]


def test_an_item_named_twice_stands_once(firm: Ledger) -> None:
    kept, before = firm.setting("statements"), lines(income(firm))
    firm.set_setting("statements", {**kept, "vertical": [*kept["vertical"], *kept["vertical"]]})
    assert lines(income(firm)) == before


def test_a_depth_that_hides_items_leaves_two_sections_and_one_that_does_not_the_list(firm: Ledger) -> None:
    shallow, enough = income(firm, depth=1), income(firm, depth=2)
    assert [part.section.kind for part in drawn(shallow).parts] == [SectionKind.INCOME, SectionKind.EXPENSES]
    assert lines(enough) == lines(income(firm))


def test_rows_are_sorted_within_items_which_keep_their_places(firm: Ledger) -> None:
    firm.post("More", debit("1200", "500"), credit("4010", "500"), date="2026-01-24")
    report = income(firm, sort="amount")
    assert lines(report, deepest=2)[:4] == [
        "Turnover 600.00",
        "Sales of services 500.00",
        "Sales of goods 100.00",
        "Cost of sales -30.00",
    ]


def test_other_currencies_are_taken_off_too(firm: Ledger) -> None:
    firm.open_account("Expenses:Cost of sales:Abroad", "expense", currency="USD")
    firm.open_account("Assets:Dollars", "asset", currency="USD")
    firm.post("Abroad", debit("Expenses:Cost of sales:Abroad", "9"), credit("Assets:Dollars", "9"), date="2026-01-24")
    row = next(row for row in drawn(income(firm)).rows() if row.label == "Abroad")
    assert {code: plain_figure(money) for code, money in row.unconverted.items()} == {"USD": "-9.00"}


def test_nothing_at_all_still_comes_to_a_result(tmp_path: Path) -> None:
    with begun_book("skr03", tmp_path) as book:
        days = choice_of(
            report_named("income-statement"), Asked(date_from="2020-01-01", date_to=str(date(2020, 1, 31))), book
        )
        drawing = drawn(report_named("income-statement").report(book, days))
    assert list(drawing.rows()) == []
    assert [total.label for part in drawing.parts for total in part.totals] == [
        "Rohergebnis",
        "Betriebsergebnis",
        "Ergebnis nach Steuern",
    ]
    assert [total.label for total in drawing.totals_at_end] == ["Result"]
