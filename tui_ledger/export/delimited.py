"""How does a report leave as CSV or JSON, the same in every locale and harmless in a spreadsheet?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from tui_ledger.export.files import write_text
from tui_ledger.money import Money
from tui_ledger.reports.report import Column, Report, Row, Section, Total, Unconverted, as_json, plain_figure
from tui_ledger.text import clean

STATEMENT_HEAD = ("section", "row", "depth", "code", "account", "label")
"""What the CSV of a statement begins with, before the columns of the report."""

Field = str | Money | Decimal | int | date | None

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def report_csv(report: Report) -> str:
    """The report as CSV: a head, then a line for each row, section total and grand total.

    Columns: section, row (account, heading, own, computed, total), depth, code, account, label, then for each column
    of the report its figure and, where there is any, what has no price. Rows that are no heading add up to the totals.
    """
    return csv_text(_head(report), _lines(report))


def write_csv(report: Report, path: Path, overwrite: bool = False) -> Path:
    """Writes `report_csv` to a file only its owner can read; raises ExportFailed."""
    return write_text(path, report_csv(report), overwrite)


def report_json(report: Report) -> str:
    """The report as a JSON text in the shape scripts hold on to."""
    return json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"


def write_json(report: Report, path: Path, overwrite: bool = False) -> Path:
    """Writes `report_json` to a file only its owner can read; raises ExportFailed."""
    return write_text(path, report_json(report), overwrite)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Field]]) -> str:
    """Lines of CSV (RFC 4180, UTF-8): amounts as plain decimals, dates ISO 8601, texts by `csv_field`."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([csv_field(name) for name in head])
    writer.writerows([csv_field(field) for field in row] for row in rows)
    return target.getvalue()


def csv_field(field: Field) -> str:
    """A field as text. One a spreadsheet would take for a formula gets an apostrophe before it; numbers do not."""
    if field is None:
        return ""
    if isinstance(field, Money):
        return plain_figure(field)
    if isinstance(field, date):
        return field.isoformat()
    if isinstance(field, Decimal):
        return f"{field:f}"
    if isinstance(field, int):
        return str(int(field))
    return f"'{clean(field)}" if field.startswith(_LIVE) else clean(field)


def _head(report: Report) -> list[str]:
    days = [name for column in report.columns for name in _column_head(column)]
    return [*STATEMENT_HEAD, *days]


def _column_head(column: Column) -> tuple[str, ...]:
    if column.name is not None:
        return (column.name,)
    if column.is_named or column.of is not None:
        name = column.label
    elif column.date_from is not None and column.date_to is not None:
        name = f"{column.date_from.isoformat()}..{column.date_to.isoformat()}"
    else:
        name = column.at.isoformat() if column.at is not None else column.label
    return name, f"{name} unconverted"


def _lines(report: Report) -> Iterator[Sequence[Field]]:
    names = [column.name is not None for column in report.columns]
    for section in report.sections:
        yield from (_row_line(section, row, names) for row in section.rows)
        yield _section_total_line(section, names)
    yield from (_total_line(total, names) for total in report.totals)


def _row_line(section: Section, row: Row, named: Sequence[bool]) -> Sequence[Field]:
    figures = _figures(row.figures, row.unconverted_by_column, named)
    return [section.kind.value, row.kind.value, row.depth, row.code, row.account, row.label, *figures]


def _section_total_line(section: Section, named: Sequence[bool]) -> Sequence[Field]:
    figures = _figures(section.totals, section.unconverted_by_column, named)
    return [section.kind.value, "total", None, None, None, section.total_label, *figures]


def _total_line(total: Total, named: Sequence[bool]) -> Sequence[Field]:
    figures = _figures(total.figures, total.unconverted_by_column, named)
    return [total.name, "total", None, None, None, total.label, *figures]


def _figures(
    figures: Sequence[Money | None], unconverted: Sequence[Unconverted], named: Sequence[bool]
) -> Iterator[Field]:
    """Each figure and beside it what has no price; a column with a name of its own has nothing beside it."""
    for place, figure in enumerate(figures):
        yield figure
        if named[place]:
            continue
        held = unconverted[place] if unconverted else {}
        yield " ".join(f"{currency} {plain_figure(money)}" for currency, money in held.items()) or None
