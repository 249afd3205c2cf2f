"""In which order do the rows of a report stand? By code, by name or by amount, each within its parent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tui_ledger.errors import InvalidSetting
from tui_ledger.money import Money
from tui_ledger.reports.report import Report, Row, RowKind, Section
from tui_ledger.text import name_key
from tui_ledger.words import N_

ORDERS = ("code", "name", "amount")

Key = tuple[bool, int, str]


def check_order(order: str) -> None:
    """Refuses a word that is no order; raises InvalidSetting."""
    if order not in ORDERS:
        raise InvalidSetting(value=order, what=N_("order"), advice=N_("use code, name or amount"))


def sorted_rows(report: Report, order: str) -> Report:
    """The report with its rows in an order: `code` is that in which reports are made; `name` goes by the alphabet,
    `amount` from the largest figure of the first column to the smallest, in a trial balance by what accounts close
    with, debits first.

    Rows stay beneath their heading, a heading's own postings first; computed rows stay behind all others. What has no
    figure in the report's currency comes last. Raises InvalidSetting.
    """
    check_order(order)
    if order == "code":
        return report
    key = _by_name if order == "name" else _by_closing if _has_sides(report) else _by_figure
    return replace(report, sections=tuple(_sorted_section(section, key) for section in report.sections))


def _sorted_section(section: Section, key: Callable[[Row], Key]) -> Section:
    return replace(section, rows=tuple(section.rows[place] for place in _places(section, section.top_rows(), key)))


def _places(section: Section, siblings: Sequence[int], key: Callable[[Row], Key]) -> list[int]:
    """The places of some siblings and of all beneath each, in order."""
    found = []
    for place in sorted(siblings, key=lambda place: (_rank(section.rows[place]), *_key(section.rows[place], key))):
        found.append(place)
        if section.rows[place].is_heading:
            found += _places(section, section.rows_beneath(place), key)
    return found


def _rank(row: Row) -> int:
    return {RowKind.OWN: 0, RowKind.COMPUTED: 2}.get(row.kind, 1)


def _key(row: Row, key: Callable[[Row], Key]) -> Key:
    """Rows that are not sorted among each other keep their order."""
    return key(row) if _rank(row) == 1 else (False, 0, "")


def _by_name(row: Row) -> Key:
    return False, 0, name_key(row.label)


def _by_figure(row: Row) -> Key:
    figure = row.figures[0]
    return figure is None, 0 if figure is None else -figure.units, name_key(row.label)


def _by_closing(row: Row) -> Key:
    debit, credit = (0 if figure is None else figure.units for figure in _closing(row))
    return False, credit - debit, name_key(row.label)


def _closing(row: Row) -> tuple[Money | None, Money | None]:
    return row.figures[-2], row.figures[-1]


def _has_sides(report: Report) -> bool:
    """Whether debits and credits stand in columns of their own, the closing ones last."""
    return any(column.name is not None for column in report.columns)
