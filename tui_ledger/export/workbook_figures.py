"""Where in a workbook does a figure stand, and which formula is a sum of figures of several sheets?"""

from __future__ import annotations

from dataclasses import dataclass

from tui_ledger.export.cells import EXACT_DIGITS, is_exact
from tui_ledger.export.checks_sheet import Difference
from tui_ledger.export.statement import StatementSheet
from tui_ledger.export.streamed_sheet import place_on
from tui_ledger.money import Currency, Money
from tui_ledger.reports.report import SectionKind, plain_figure

_LARGEST_SUM: int = 10**EXACT_DIGITS


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and its cell (or itself as a number), None where it is nothing and stands nowhere; `sign` is what it is
    added with. `is_number` says that its cell holds a number, not the text of one."""

    money: Money
    cell: str | None
    sign: int = 1
    is_number: bool = True

    def __neg__(self) -> Figure:
        return Figure(self.money, self.cell, -self.sign, self.is_number)

    @property
    def is_live(self) -> bool:
        """Whether a formula may refer to it."""
        return self.cell is None or (self.is_number and is_exact(self.money))


def difference(label: str, *figures: Figure) -> Difference:
    """What must be zero: a sum of figures of one currency, as a formula where each is a number and adding is exact."""
    units = sum(one.sign * one.money.units for one in figures)
    whole = Money(units, figures[0].money.currency)
    size = sum(abs(one.money.units) for one in figures)
    if size >= _LARGEST_SUM or not all(one.is_live for one in figures):
        return Difference(label, whole)
    terms = [f"{'+' if one.sign > 0 else '-'}{one.cell}" for one in figures if one.cell is not None]
    return Difference(label, whole, "".join(terms).removeprefix("+") or "0")


def written(money: Money) -> Figure:
    """A figure that stands in no cell, as a number of a formula."""
    return Figure(money, f"({plain_figure(money)})" if money else None)


def nothing_in(currency: Currency) -> Figure:
    """Nothing, which stands in no cell."""
    return Figure(Money(0, currency), None)


def section_total(sheet: StatementSheet, kind: SectionKind, column: int) -> Figure:
    """A section's total on a statement's sheet."""
    place = next(place for place, section in enumerate(sheet.report.sections) if section.kind is kind)
    return foot(sheet, place, column)


def foot(sheet: StatementSheet, section: int, column: int) -> Figure:
    """The total of the section at a place."""
    return Figure(sheet.report.sections[section].totals[column], cell_of(sheet, sheet.section_rows[section], column))


def grand_total(sheet: StatementSheet, name: str, column: int) -> Figure:
    """A total over sections; raises StopIteration where the statement has none of that name."""
    total = next(one for one in sheet.report.totals if one.name == name)
    return Figure(total.figures[column], cell_of(sheet, sheet.total_rows[name], column))


def cell_of(sheet: StatementSheet, row: int, column: int) -> str:
    """A cell of a statement's column as formulas of other sheets name it."""
    return place_on(sheet.sheet.title, f"{sheet.column_letter(column)}{row}")
