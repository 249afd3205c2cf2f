"""How wide must the columns of a statement be, so that nothing in them is cut?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from tui_ledger.export.cells import is_exact
from tui_ledger.export.formats import WorkbookFormats
from tui_ledger.export.heads import column_head
from tui_ledger.export.statement_checks import shown_checks
from tui_ledger.export.text_widths import lines_in
from tui_ledger.export.unconverted import unconverted_texts
from tui_ledger.money import Money
from tui_ledger.reports.drawn import Drawing, Part, drawn
from tui_ledger.reports.report import Column, Report, Row, Total, Unconverted, plain_figure
from tui_ledger.reports.sides import Side, side_in_column
from tui_ledger.text import clean
from tui_ledger.widths import cell_width
from tui_ledger.words import listed

PORTRAIT_CHARACTERS = 112
LANDSCAPE_CHARACTERS = 230
"""What a landscape page holds at the smallest print one can read, some 60 of 100."""

_NO_CODES = 2.0
_CODE_LEAST = 7.0
_ACCOUNT_LEAST = 30.0
_ACCOUNT_MOST = 54.0
_FIGURE_LEAST = 14.0
_BOLD = 1.12
_SMALL = 0.95
_INDENT = 1.6
_MARGIN = 2.5
_MONTH_NAME = 6

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_PLACEHOLDERS = re.compile(r"[#0?,.]")


def statement_widths(report: Report, formats: WorkbookFormats, words: Sequence[str] = ()) -> tuple[float, ...]:
    """Widths in characters of the workbook's own type: code, account, then one for each column of figures, which also
    have room for `words`."""
    least = max([_FIGURE_LEAST, *(cell_width(word) + _MARGIN for word in words)])
    drawing = drawn(report)
    figures = [max(least, _figure_column(report, drawing, place, formats)) for place in range(len(report.columns))]
    return _code_column(drawing), _account_column(report, drawing), *figures


def pages_wide(widths: Sequence[float], repeated: int) -> int:
    """Over how many pages a sheet is spread, where the first so many columns are repeated on each."""
    names = sum(widths[:repeated])
    if sum(widths) <= LANDSCAPE_CHARACTERS:
        return 1
    return math.ceil(sum(widths[repeated:]) / (LANDSCAPE_CHARACTERS - names))


def number_width(money: Money, number_format: str) -> int:
    """The characters an amount takes in a number format such as `#,##0.00 [$€-407];-#,##0.00 [$€-407]`."""
    if not is_exact(money):
        return len(plain_figure(money))
    parts = _parts(number_format)
    is_negative_part = money.units < 0 and len(parts) > 1
    chosen = parts[1] if is_negative_part else parts[0]
    plain = plain_figure(abs(money))
    whole = plain.partition(".")[0]
    grouping = (len(whole) - 1) // 3 if "," in chosen else 0
    minus = 1 if money.units < 0 and not is_negative_part else 0
    return len(plain) + grouping + minus + _literal_width(chosen)


def date_width(column: Column, formats: WorkbookFormats) -> int:
    """The characters the head of a column takes."""
    if column.at is None or column.name is not None or column.is_named:
        return cell_width(column_head(column, formats.date))
    return day_width(formats.excel_date_format())


def day_width(number_format: str) -> int:
    """The characters a day takes in a number format such as `dd.mm.yyyy`."""
    return len(number_format.replace("\\", "")) + (_MONTH_NAME if "mmmm" in number_format.lower() else 0)


def lines_of(row: Row, account_width: float) -> int:
    """How many lines a row's name takes in the account column."""
    return lines_in(clean(row.label), account_width - row.depth * _INDENT, is_bold=row.is_heading)


def _name_width(row: Row) -> float:
    return cell_width(clean(row.label)) * (_BOLD if row.is_heading else 1.0) + row.depth * _INDENT


def _code_column(drawing: Drawing) -> float:
    codes = [cell_width(row.code) for row in drawing.rows() if row.code]
    return max(_CODE_LEAST, max(codes) + _MARGIN) if codes else _NO_CODES


def _account_column(report: Report, drawing: Drawing) -> float:
    labels = [_name_width(row) for row in drawing.rows()]
    totals = [cell_width(section.total_label) * _BOLD for section in drawing.framed()]
    grand = [cell_width(total.label) * _BOLD for total in report.totals]
    checks = [cell_width(check.label) * _SMALL for check in shown_checks(report)]
    return min(max(_ACCOUNT_LEAST, *labels, *totals, *grand, *checks) + _MARGIN, _ACCOUNT_MOST)


def _figure_column(report: Report, drawing: Drawing, place: int, formats: WorkbookFormats) -> float:
    column = report.columns[place]
    figures = [_part_width(part, place, column, formats) for part in drawing.parts]
    totals = [number_width(total.figures[place], _format(total, column, report, formats)) for total in report.totals]
    widest = max((*figures, *totals), default=0)
    return max(widest * _BOLD + _MARGIN, date_width(report.columns[place], formats) * _BOLD + _MARGIN)


def _part_width(part: Part, place: int, column: Column, formats: WorkbookFormats) -> int:
    section = part.section
    side = side_in_column(column, section.kind.is_credit_normal)
    number_format = formats.excel_money_format(section.totals[place].currency, credit_normal=side)
    figures = [figure for row in section.rows if (figure := row.figures[place]) is not None]
    bare = [row for row in section.rows if row.figures[place] is None and row.unconverted_by_column]
    left_out = [row.unconverted_by_column[place] for row in bare]
    unpriced = [unpriced_text(held, formats, side) for held in left_out]
    total = [section.totals[place]] if part.is_framed else []
    numbers = [number_width(figure, number_format) for figure in (*figures, *total)]
    return max([*numbers, *map(len, unpriced), 0])


def _format(total: Total, column: Column, report: Report, formats: WorkbookFormats) -> str:
    side = side_in_column(column, total.is_credit_normal)
    return formats.excel_money_format(report.currency, credit_normal=side)


def unpriced_text(unconverted: Unconverted, formats: WorkbookFormats, side: Side = False) -> str:
    """Amounts without a price as one text: '36 VEA, 12.00 USD'."""
    return listed(unconverted_texts(unconverted, lambda money: formats.money(money, credit_normal=side)))


def _parts(number_format: str) -> list[str]:
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', number_format) or [number_format]


def _literal_width(part: str) -> int:
    """What a part of a format adds to the digits: symbols, brackets, blanks."""
    shown = _QUOTED.sub(lambda found: found[1] or found[2] or found[3] or (" " if found[0][0] == "_" else ""), part)
    return cell_width(_PLACEHOLDERS.sub("", shown))
