"""Books begun with a starter chart, with the same month of business in each; and how their statements are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tui_ledger.charts import StarterChart, find_chart
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import credit, debit
from tui_ledger.locale.catalogues import words_of
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range
from tui_ledger.reports.drawn import drawn
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.layout import laid_out, layout_of, worded
from tui_ledger.reports.report import Report, plain_figure
from tui_ledger.words import _, speaking

MONTH = Range(date(2026, 1, 1), date(2026, 1, 31))


class Codes(NamedTuple):
    """The accounts of a month: what a firm of that country would book it on."""

    bank: str
    capital: str
    debtors: str
    sales: str
    tax: str
    rent: str
    equipment: str
    loan: str


CODES = {
    "bas": Codes("1930", "2081", "1510", "3001", "2611", "5010", "1220", "2350"),
    "club-en": Codes("1000", "3000", "1200", "4000", "2010", "5100", "1400", "2100"),
    "es-pymes": Codes("572", "100", "430", "700", "477", "621", "216", "170"),
    "household-en": Codes("1000", "3000", "1100", "4000", "2010", "5000", "1310", "2110"),
    "ifrs": Codes("1710", "3000", "1500", "4000", "2130", "6300", "1030", "2000"),
    "pcg": Codes("512", "101", "411", "707", "44571", "6132", "2183", "164"),
    "rgs": Codes("1100", "0500", "1300", "8000", "1500", "4100", "0140", "0710"),
    "skr03": Codes("1200", "0800", "1400", "8400", "1776", "4210", "0420", "0630"),
    "skr04": Codes("1800", "2900", "1200", "4400", "3806", "6310", "0650", "3150"),
    "small-business-en": Codes("1000", "3000", "1100", "4000", "2100", "6100", "1530", "2500"),
    "small-shop": Codes("1100", "3000", "1200", "4000", "2200", "6100", "1500", "2400"),
    "uk-small-business": Codes("1200", "3000", "1100", "4000", "2200", "7100", "0130", "2500"),
}


def new_book(chart: StarterChart, place: Path) -> Ledger:
    """A book as `init --chart` makes it, with calendar years."""
    return Ledger.create(
        place, chart.currency or "EUR", locale=chart.locale, accounts=chart.accounts, settings=chart.settings
    )


def begun_book(name: str, folder: Path) -> Ledger:
    """A book of a starter chart after a month: capital, a loan, a sale on credit with tax, rent and equipment."""
    book, codes = new_book(find_chart(name), folder / f"{name}.ledger"), CODES[name]
    lines = {
        "Capital": (debit(codes.bank, "1000"), credit(codes.capital, "1000")),
        "Loan": (debit(codes.bank, "200"), credit(codes.loan, "200")),
        "Sale": (debit(codes.debtors, "119"), credit(codes.sales, "100"), credit(codes.tax, "19")),
        "Rent": (debit(codes.rent, "50"), credit(codes.bank, "50")),
        "Equipment": (debit(codes.equipment, "300"), credit(codes.bank, "300")),
    }
    for memo, postings in lines.items():
        book.post(memo, *postings, date="2026-01-15")
    return book


def statements(book: Ledger, name: str) -> tuple[Report, Report]:
    """Balance sheet and income statement of the month, laid out and in words as who reads the chart's language sees
    them."""
    with speaking(words_of(find_chart(name).language)):
        made = layout_of(book)
        translate = worded(_, made)
        at_its_end = balance_sheet(book, [MONTH.last], translate=translate)
        over_it = income_statement(book, [MONTH], translate=translate)
        return laid_out(at_its_end, made), laid_out(over_it, made)


def layout(*reports: Report) -> str:
    """The titles, rows and totals of reports as text."""
    return "\n".join(line for report in reports for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"# {report.title}"
    drawing = drawn(report)
    for part in drawing.parts:
        section = part.section
        if part.is_framed:
            yield section.title
        for row in section.rows:
            figure = row.figures[0]
            yield f"{'  ' * row.depth}{row.label} {'' if figure is None else plain_figure(figure)}"
        if part.is_framed:
            yield f"= {section.total_label} {plain_figure(section.totals[0])}"
        yield from (f"= {total.label} {plain_figure(total.figures[0])}" for total in part.totals)
    yield from (f"= {total.label} {plain_figure(total.figures[0])}" for total in drawing.totals_at_end)
