"""How does a report stand on the screen? Title, rows, totals and checks as lines of a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tui_ledger.money import Money
from tui_ledger.reports.report import Check, Report, Row, Section, SectionKind


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line. `account` is where Enter leads; `tone` is how it is drawn; figures are texts, one a column."""

    key: str
    label: str
    figures: tuple[str, ...]
    depth: int = 0
    account: str | None = None
    tone: str | None = None


Written = Callable[[Money, bool], str]

_CREDIT_NORMAL = (SectionKind.LIABILITIES, SectionKind.EQUITY, SectionKind.INCOME)


def report_lines(report: Report, written: Written) -> list[ReportLine]:
    """The lines of a report from top to bottom; `written` writes an amount as it stands in a column.

    It is told whether figures above zero are credits, for those who write Dr and Cr.
    """
    lines: list[ReportLine] = []
    for section in report.sections:
        lines += _section_lines(section, written)
        after = [total for total in report.totals if total.sections and total.sections[-1] is section.kind]
        for total in after:
            lines.append(
                ReportLine(f"total {total.name}", total.label, _figures(total.figures, True, written), tone="total")
            )
        lines.append(_blank(section.kind.value))
    return lines + [_check_line(check, written) for check in report.checks if not _is_quiet(check)]


def verdict(report: Report) -> str:
    """Whether the report balances, in words."""
    if report.balanced is None:
        return "not all currencies have a price"
    return "balanced" if report.balanced else "NOT BALANCED"


def _section_lines(section: Section, written: Written) -> list[ReportLine]:
    empty = ("",) * len(section.totals)
    lines = [ReportLine(f"section {section.kind}", section.title, empty, tone="title")]
    lines += [_row_line(section, row, written) for row in section.rows]
    lines.append(
        ReportLine(
            f"end {section.kind}",
            section.total_label,
            _figures(section.totals, section.kind in _CREDIT_NORMAL, written),
            tone="total",
        )
    )
    return lines


def _row_line(section: Section, row: Row, written: Written) -> ReportLine:
    is_credit = section.kind in _CREDIT_NORMAL
    figures = tuple(
        _figure(figure, _unconverted(row, column), is_credit, written) for column, figure in enumerate(row.figures)
    )
    tone = "muted" if row.is_heading else None
    return ReportLine(
        f"{section.kind} {row.kind} {row.account or row.label}", row.label, figures, row.depth, row.account, tone
    )


def _unconverted(row: Row, column: int) -> Mapping[str, Money]:
    return row.unconverted_by_column[column] if column < len(row.unconverted_by_column) else {}


def _figure(figure: Money | None, unconverted: Mapping[str, Money], is_credit: bool, written: Written) -> str:
    parts = [] if figure is None else [written(figure, is_credit)]
    parts += [f"{written(money, is_credit)} {currency}" for currency, money in unconverted.items()]
    return " + ".join(part.strip() if len(parts) > 1 else part for part in parts)


def _figures(figures: Sequence[Money], is_credit: bool, written: Written) -> tuple[str, ...]:
    return tuple(written(figure, is_credit) for figure in figures)


def _blank(key: str) -> ReportLine:
    return ReportLine(f"blank {key}", "", ())


def _is_quiet(check: Check) -> bool:
    """A check that passed says nothing new: the verdict stands in the title."""
    return all(passed is not False for passed in check.passed)


def _check_line(check: Check, written: Written) -> ReportLine:
    return ReportLine(
        f"check {check.name}", f"Off: {check.label}", _figures(check.figures, False, written), tone="total"
    )
