"""What does a statement show in the columns somebody chose? Their labels, and differences of two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from tui_ledger.money import Money
from tui_ledger.reports.own_columns import OwnColumn
from tui_ledger.reports.report import Check, Column, Report, Row, Section, Total, Unconverted

Cell = TypeVar("Cell")

Sources = Sequence[int | tuple[int, int]]
"""For each column the place in the report it is made of: one column, or one and another that is taken off it."""


def with_own_columns(report: Report, chosen: Sequence[OwnColumn]) -> Report:
    """A report whose columns are those chosen that have days, with all that were chosen: labelled, and with the
    differences between them. What is in other currencies is taken off by currency; a check is passed where it is in
    both columns."""
    sources = _sources(chosen)
    columns = [_column(report, one, source) for one, source in zip(chosen, sources, strict=True)]
    return replace(
        report,
        columns=tuple(columns),
        sections=tuple(_section(section, sources) for section in report.sections),
        totals=tuple(_total(total, sources) for total in report.totals),
        checks=tuple(_check(check, sources) for check in report.checks),
        balanced_by_column=_spread(report.balanced_by_column, sources, _both),
    )


def difference(one: Money | None, other: Money | None) -> Money | None:
    """What one figure is more than another; no figure is nothing, and two of them are none."""
    if one is None or other is None:
        return one if other is None else -other
    return one - other


def _sources(chosen: Sequence[OwnColumn]) -> Sources:
    """Differences take columns with days, so the place of each of those among its like is known before it is needed."""
    base: dict[int, int] = {}
    found: list[int | tuple[int, int]] = []
    for place, one in enumerate(chosen):
        if one.of is None:
            base[place] = len(base)
            found.append(base[place])
        else:
            found.append((base[one.of[0]], base[one.of[1]]))
    return found


def _column(report: Report, chosen: OwnColumn, source: int | tuple[int, int]) -> Column:
    is_named = chosen.label is not None
    if isinstance(source, int):
        made = report.columns[source]
        return replace(made, label=chosen.label or made.label, is_named=is_named)
    first, second = chosen.of or (0, 0)
    return Column(chosen.label or f"#{first + 1} − #{second + 1}", is_named=is_named, of=chosen.of)


def _spread(values: Sequence[Cell], sources: Sources, less: Callable[[Cell, Cell], Cell]) -> tuple[Cell, ...]:
    """A value a column; nothing of nothing, where a report has none of the kind."""
    if not values:
        return ()
    return tuple(
        values[source] if isinstance(source, int) else less(values[source[0]], values[source[1]]) for source in sources
    )


def _section(section: Section, sources: Sources) -> Section:
    return replace(
        section,
        rows=tuple(_row(row, sources, section.totals) for row in section.rows),
        totals=_spread(section.totals, sources, _money),
        unconverted_by_column=_spread(section.unconverted_by_column, sources, _unconverted),
    )


def _row(row: Row, sources: Sources, totals: Sequence[Money]) -> Row:
    """As in any column there is no figure where only money of other currencies is left, and zero where nothing is."""
    left_out = _spread(row.unconverted_by_column, sources, _unconverted) or ({},) * len(sources)
    figures = _spread(row.figures, sources, difference)
    return replace(
        row,
        figures=tuple(
            figure if isinstance(source, int) or figure else None if held else Money(0, totals[0].currency)
            for figure, source, held in zip(figures, sources, left_out, strict=True)
        ),
        unconverted_by_column=left_out if row.unconverted_by_column else (),
    )


def _total(total: Total, sources: Sources) -> Total:
    return replace(
        total,
        figures=_spread(total.figures, sources, _money),
        unconverted_by_column=_spread(total.unconverted_by_column, sources, _unconverted),
    )


def _check(check: Check, sources: Sources) -> Check:
    return replace(check, figures=_spread(check.figures, sources, _money), passed=_spread(check.passed, sources, _both))


def _money(one: Money, other: Money) -> Money:
    return one - other


def _unconverted(one: Unconverted, other: Unconverted) -> Unconverted:
    """By currency; what comes to nothing is left out."""
    found = {code: difference(one.get(code), other.get(code)) for code in sorted({*one, *other})}
    return {code: money for code, money in found.items() if money}


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
