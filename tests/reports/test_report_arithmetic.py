"""Whatever the chart of accounts and its balances are, a balance sheet adds up and balances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import standard_currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Row, RowKind, SectionKind

EUR, USD = standard_currency("EUR"), standard_currency("USD")
DAY = date(2026, 6, 30)
EVE = date(2025, 12, 31)
ROOTS = {
    "Assets": AccountType.ASSET,
    "Liabilities": AccountType.LIABILITY,
    "Equity": AccountType.EQUITY,
    "Income": AccountType.INCOME,
    "Expenses": AccountType.EXPENSE,
}


@dataclass
class Figures:
    """A source of balances made of nothing but figures: what each account holds on two days."""

    held: dict[str, tuple[int, int]]
    foreign: frozenset[str] = frozenset()
    name: str = "figures"
    currency: object = EUR
    today: date = DAY
    revision: int = 1
    listed: list[Account] = field(default_factory=list)

    def accounts(self) -> Sequence[Account]:
        return [
            Account(number, name, ROOTS[name.partition(":")[0]], USD if name in self.foreign else EUR)
            for number, name in enumerate(self.held)
        ]

    def balances(self, at: date | None = None) -> Mapping[int, int]:
        column = 0 if at == EVE else 1
        return {number: held[column] for number, held in enumerate(self.held.values())}

    def fiscal_year(self, day: date) -> tuple[date, date]:
        return date(day.year, 1, 1), date(day.year, 12, 31)

    def closing_units(self, at: date) -> Mapping[int, int]:
        return {}


names = st.builds(
    lambda root, parts: ":".join([root, *parts]),
    st.sampled_from(sorted(ROOTS)),
    st.lists(st.sampled_from("abc"), max_size=4),
)
amounts = st.integers(-(10**15), 10**15) | st.just(0)


@st.composite
def balanced_figures(draw: st.DrawFn) -> Figures:
    held = draw(st.dictionaries(names, st.tuples(amounts, amounts), max_size=12))
    foreign = frozenset(draw(st.sets(st.sampled_from(sorted(held)), max_size=3)) if held else ())
    for currency_names, rest in ((set(held) - foreign, "Equity:rest"), (foreign, "Equity:foreign rest")):
        sums = [sum(held[name][column] for name in currency_names) for column in (0, 1)]
        held[rest] = (-sums[0], -sums[1])
    return Figures(held, foreign | {"Equity:foreign rest"})


def in_euro(row: Row) -> int:
    return row.figures[0].units if row.figures[0] is not None else 0


@settings(deadline=None, max_examples=150)
@given(balanced_figures(), st.none() | st.integers(1, 6), st.booleans())
def test_rows_add_up_to_headings_and_totals_at_every_depth(
    figures: Figures, depth: int | None, show_zero: bool
) -> None:
    report = balance_sheet(figures, [DAY], depth=depth, show_zero=show_zero)

    for section in report.sections:
        assert sum(in_euro(section.rows[place]) for place in section.top_rows()) == section.totals[0].units
        assert sum(in_euro(row) for row in section.rows if not row.is_heading) == section.totals[0].units
        for place, row in enumerate(section.rows):
            if row.is_heading:
                assert sum(in_euro(section.rows[child]) for child in section.rows_beneath(place)) == in_euro(row)


@settings(deadline=None, max_examples=150)
@given(balanced_figures())
def test_sections_hold_exactly_the_accounts_of_their_type(figures: Figures) -> None:
    report = balance_sheet(figures, [DAY])

    for kind, root, sign in (
        (SectionKind.ASSETS, "Assets", 1),
        (SectionKind.LIABILITIES, "Liabilities", -1),
        (SectionKind.EQUITY, "Equity", -1),
    ):
        rows = [row for row in report.section(kind).rows if row.kind in (RowKind.ACCOUNT, RowKind.OWN)]
        found = {row.account: in_euro(row) for row in rows if in_euro(row)}
        assert found == {
            name: sign * held[1]
            for name, held in figures.held.items()
            if name.startswith(root) and name not in figures.foreign and held[1]
        }


@settings(deadline=None, max_examples=150)
@given(balanced_figures())
def test_sound_books_balance_in_each_currency(figures: Figures) -> None:
    report = balance_sheet(figures, [DAY])

    assert report.balanced is True
    assert report.section(SectionKind.ASSETS).totals == report.totals[0].figures
    assert report.section(SectionKind.ASSETS).unconverted_by_column == report.totals[0].unconverted_by_column


@settings(deadline=None, max_examples=150)
@given(balanced_figures(), st.data(), st.sampled_from([0, 1]), st.sampled_from([1, -1]))
def test_a_fault_of_one_unit_anywhere_is_noticed(figures: Figures, data: st.DataObject, column: int, cent: int) -> None:
    name = data.draw(st.sampled_from(sorted(figures.held)))
    held = list(figures.held[name])
    held[column] += cent
    figures.held[name] = (held[0], held[1])

    assert balance_sheet(figures, [DAY]).balanced is False
