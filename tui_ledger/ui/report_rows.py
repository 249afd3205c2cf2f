"""How does a report stand on the screen? Title, rows, totals and checks as lines of a grid, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tui_ledger.dates import month_end
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Money
from tui_ledger.reports.drawn import Part, drawn
from tui_ledger.reports.report import Check, Report, Row, RowKind, Total, Unconverted
from tui_ledger.reports.report import Column as ReportColumn
from tui_ledger.reports.sides import Side, side_in_column
from tui_ledger.text import clean
from tui_ledger.ui.widgets.columns import Column, clipped, short_account
from tui_ledger.words import N_, _


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line. `account` and `transaction` are where Enter leads; `tone` is how it is drawn; figures are texts, one a
    column. The label of a title stands across all columns; `named` is what a line of a list is of, as the book has it;
    `computed` is how many rows before it in its section are worked out, None for one that is posted to.
    """

    key: Any
    label: str
    figures: tuple[str, ...]
    depth: int = 0
    account: str | None = None
    tone: str | None = None
    transaction: int | None = None
    is_title: bool = False
    named: str | None = None
    computed: int | None = None


Written = Callable[[Money, Side], str]

MOST_AT_ONCE = 40
"""So many columns of figures find room on no screen."""


def report_lines(report: Report, written: Written) -> list[ReportLine]:
    """The lines of a report from top to bottom; `written` writes an amount as it stands in a column.

    It is told whether figures above zero are credits, for those who write Dr and Cr, or None in a column that is one of
    debits or of credits itself. A total over sections stands
    behind the last of them, one without sections at the end, and the checks behind it.
    """
    lines: list[ReportLine] = []
    drawing = drawn(report)
    at_end = [total for total in drawing.totals_at_end if total.sections]
    for number, part in enumerate(drawing.parts, 1):
        lines += _part_lines(part, report.columns, written)
        behind = [*part.totals, *(at_end if number == len(drawing.parts) else ())]
        lines += [_total_line(total, report.columns, written) for total in behind]
        lines.append(_blank(f"{part.section.kind.value} {len(lines)}"))
    loose = [_total_line(total, report.columns, written) for total in report.totals if not total.sections]
    if loose:
        lines += [*loose, _blank("totals")]
    return lines + [_check_line(check, report.columns, written) for check in report.checks]


def verdict(report: Report) -> str:
    """Whether the report balances, in words."""
    if report.balanced is None:
        return _("not all currencies have a price")
    if not report.balanced:
        return _("NOT BALANCED")
    return _("balanced in each currency") if report.has_other_currencies else _("balanced")


def statement_columns(report: Report, formats: Formats, start: int = 0) -> list[Column[ReportLine]]:
    """The names, and the figures of `MOST_AT_ONCE` columns from the one at `start` on; those for which there is no room
    are left out from the right. A single column is headed by the currency."""
    columns = report.columns
    heads = [column_title(column, formats) for column in columns] if len(columns) > 1 else [str(report.currency)]
    places = range(start, min(start + MOST_AT_ONCE, len(columns)))
    # In one list every expense is below zero, which is nothing to point at.
    marks = not report.scheme
    by_amount = len(columns) - 2 if any(column.name is not None for column in columns) else 0
    names: Column[ReportLine] = Column(
        N_("Account"),
        lambda line: "  " * line.depth + line.label,
        minimum=20,
        preferred=40,
        grows=1,
        shorten=short_name,
        sorts="name",
    )
    return [names, *(_figure_column(heads[at], at, at - start, at == by_amount, marks) for at in places)]


def short_name(text: str, width: int) -> str:
    """A name with its indent in at most `width` cells; of a full account name the last part is kept longest."""
    name = text.lstrip()
    indent = len(text) - len(name)
    return clipped(text[:indent] + short_account(name, max(width - indent, 1)), width)


def column_title(column: ReportColumn, formats: Formats) -> str:
    """A day, or a range as shortly as it can be said: 'Jul 2026', '2026-Q3', '2026', else its days; or its label."""
    if column.name is not None:
        return column.label
    if column.is_named or column.of is not None:
        return clean(column.label)
    if column.at is not None:
        return formats.date_column(column.at)
    first, last = column.date_from, column.date_to
    if first is None or last is None or ".." not in column.label:
        is_month = first is not None and last == month_end(first) and first.day == 1
        return formats.month(first) if is_month and first is not None else column.label
    return f"{formats.date_column(first)}–{formats.date_column(last)}"


def sides_in_words(report: Report, named: Written, formats: Formats) -> str:
    """What of a report stands against each other, in a few words; of several columns the first, or of net worth the
    last, which is named."""
    if report.name == "trial-balance" and report.sections:
        debits, credits = report.sections[0].totals[-2:]
        return _both_sides(debits, credits, named)
    at = _last_with_days(report) if report.name == "net-worth" else 0
    of = f"{column_title(report.columns[at], formats)}  " if len(report.columns) > 1 else ""
    if report.name == "cash-flow":
        ends = {total.name: total.figures[at] for total in report.totals}
        cash = _("cash {before} → {after}")
        return of + cash.format(before=named(ends["opening-cash"], False), after=named(ends["closing-cash"], False))
    debits, credits = (sum_of_side(report, at, is_credit=side) for side in (False, True))
    return of + _both_sides(debits, credits, named)


def sum_of_side(report: Report, column: int, *, is_credit: bool) -> Money:
    """What the sections of one side add up to in a column, in the report's currency."""
    totals = [section.totals[column] for section in report.sections if section.kind.is_credit_normal is is_credit]
    return sum(totals, start=Money(0, report.currency))


def _both_sides(debits: Money, credits: Money, named: Written) -> str:
    debit, credit = _("Dr {amount}"), _("Cr {amount}")
    return f"{debit.format(amount=named(debits, None))}  {credit.format(amount=named(credits, None))}"


def _last_with_days(report: Report) -> int:
    return max(place for place, column in enumerate(report.columns) if column.of is None)


def _figure_column(title: str, place: int, yields: int, is_sorting: bool, marks: bool) -> Column[ReportLine]:
    def cell(line: ReportLine) -> str:
        return line.figures[place] if place < len(line.figures) else ""

    sorts = "amount" if is_sorting else ""
    return Column(
        title, cell, right=True, exact=True, minimum=8, yields=yields, marks_negative=marks, sorts=sorts, id=str(place)
    )


def _part_lines(part: Part, columns: Sequence[ReportColumn], written: Written) -> list[ReportLine]:
    """The rows of a section with its title and its total, or of a stretch of the one list without them."""
    section = part.section
    sides = _sides(columns, section.kind.is_credit_normal)
    place = f"{section.kind} {section.totals[0].currency if section.totals else ''}"
    lines = []
    computed = [row for row in section.rows if row.kind is RowKind.COMPUTED]
    for row in section.rows:
        line = _row_line(place, row, sides, written)
        lines.append(replace(line, computed=computed.index(row)) if row in computed else line)
    if not part.is_framed:
        return lines
    title = ReportLine(f"section {place}", section.title, (), tone="title", is_title=True)
    figures = _figures(section.totals, section.unconverted_by_column, sides, written)
    return [title, *lines, ReportLine(f"end {place}", section.total_label, figures, tone="total")]


def _row_line(place: str, row: Row, sides: Sequence[Side], written: Written) -> ReportLine:
    figures = _figures(row.figures, row.unconverted_by_column, sides, written)
    tone = "muted" if row.is_heading else None
    key = f"{place} {row.kind} {row.account or row.label}"
    return ReportLine(key, row.label, figures, row.depth, row.account, tone)


def _total_line(total: Total, columns: Sequence[ReportColumn], written: Written) -> ReportLine:
    sides = _sides(columns, total.is_credit_normal)
    figures = _figures(total.figures, total.unconverted_by_column, sides, written)
    return ReportLine(f"total {total.name}", total.label, figures, tone="total")


def _sides(columns: Sequence[ReportColumn], is_credit: bool) -> tuple[Side, ...]:
    return tuple(side_in_column(column, is_credit) for column in columns)


def _figures(
    figures: Sequence[Money | None], unconverted: Sequence[Unconverted], sides: Sequence[Side], written: Written
) -> tuple[str, ...]:
    return tuple(
        _figure(figure, unconverted[place] if place < len(unconverted) else {}, sides[place], written)
        for place, figure in enumerate(figures)
    )


def _figure(figure: Money | None, unconverted: Mapping[str, Money], side: Side, written: Written) -> str:
    parts = [] if figure is None else [written(figure, side)]
    parts += [f"{written(money, side)} {currency}" for currency, money in unconverted.items()]
    return " + ".join(part.strip() if len(parts) > 1 else part for part in parts)


def _blank(key: str) -> ReportLine:
    return ReportLine(f"blank {key}", "", ())


def _check_line(check: Check, columns: Sequence[ReportColumn], written: Written) -> ReportLine:
    """A difference; one that is not zero says so in its name too."""
    is_off = False in check.passed
    figures = _figures(check.figures, (), _sides(columns, is_credit=False), written)
    label = _("Off: {check}") if is_off else _("Check: {check}")
    return ReportLine(
        f"check {check.name}", label.format(check=check.label), figures, tone="total" if is_off else "muted"
    )
