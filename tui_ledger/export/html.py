"""How does a report look as one page for a browser or a printer?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TypeVar

from tui_ledger.directions import has_right_to_left
from tui_ledger.export.currency_notes import note_beside
from tui_ledger.export.earlier import PROGRAM
from tui_ledger.export.files import write_text
from tui_ledger.export.heads import column_head, period_in_words
from tui_ledger.export.shown_money import ShowMoney, ShownMoney
from tui_ledger.export.unconverted import unconverted_texts
from tui_ledger.money import Money
from tui_ledger.reports.drawn import Part, drawn
from tui_ledger.reports.report import Check, Report, Row, Section, Total, Unconverted, plain_figure
from tui_ledger.reports.sides import Side, side_in_column
from tui_ledger.text import clean
from tui_ledger.widths import cell_width

ShowDate = Callable[[date], str]
Translate = Callable[[str], str]
Value = TypeVar("Value")

GENERATOR = f'<meta name="generator" content="{PROGRAM}">'
"""What tells a page from one that somebody else wrote."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_FULL_SIZE_POINTS = 10.0
_LEAST_POINTS = 7.0
# What A4, and Letter nearly, leaves between the margins, in points.
_PORTRAIT, _LANDSCAPE = 500.0, 745.0
_CHARACTER = 0.6
_PADDING = 0.9
_LONGEST_NAME = 40

_PAPERS = {"a4": "A4", "letter": "letter"}

_STYLE = """
:root { --ink: #1f2a37; --quiet: #5f6b7a; --accent: #1f4e79; --wash: #eef2f7; --good: #1e6b3a; --bad: #b42318; }
body { margin: 2.5rem auto; max-width: 60rem; padding: 0 1.5rem; color: var(--ink);
  font: 15px/1.45 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0; color: var(--accent); font-size: 1.75rem; }
p { margin: .15rem 0; }
.period, .note { color: var(--quiet); font-size: .9rem; }
table { border-collapse: collapse; margin: 1.25rem 0; min-width: 32rem; }
th, td { padding: .12rem .6rem; text-align: start; font-weight: normal; vertical-align: bottom; }
thead th { background: var(--wash); border-bottom: 2px solid var(--accent); color: var(--accent); font-weight: bold; }
.figure { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; padding-inline-start: 1.5rem; }
[dir="rtl"] .figure { text-align: right; padding-inline: .6rem; padding-left: 1.5rem; }
[dir="rtl"] :is(td.figure, .code, .date) { direction: ltr; text-align: right; }
.code { color: var(--quiet); }
.section th { color: var(--accent); font-weight: bold; font-size: 1.1rem; padding-top: 1rem; }
.heading > * { color: var(--accent); font-style: italic; }
.heading.outermost > * { color: var(--ink); font-style: normal; }
.heading.outermost > *, .total > *, .grand > * { font-weight: bold; }
.total > * { border-top: 1px solid var(--ink); }
.grand > * { border-top: 1px solid var(--ink); border-bottom: 3px double var(--ink); }
.gap td { height: .6rem; }
.verdict { font-weight: bold; color: var(--good); }
.verdict.wrong { color: white; background: var(--bad); padding: .2rem .6rem; display: inline-block; }
@page { margin: 18mm 16mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; }
  tr { break-inside: avoid; } .section { break-after: avoid; } }
"""


def report_html(
    report: Report,
    money: ShowMoney = plain_figure,
    *,
    credit_money: ShowMoney | None = None,
    sided_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    translate: Translate = str,
    language: str = "en",
    right_to_left: bool = False,
    paper: str = "a4",
) -> str:
    """A whole HTML page that needs nothing else: no scripts, nothing fetched, made to be printed on `paper`, 'a4' or
    'letter'.

    `money` and `show_date` write an amount and a date the reader's way; `credit_money`, if it differs, an amount whose
    positive side is a credit, and `sided_money` one in a column that is one of debits or of credits. Every text is
    escaped.
    """
    page = _Page(report, ShownMoney(money, credit_money, sided_money), show_date, translate)
    return "\n".join(page.lines(language, right_to_left, paper)) + "\n"


def write_html(path: Path, page: str, overwrite: bool = False) -> Path:
    """Writes a page made by `report_html` to a file only its owner can read; raises ExportFailed."""
    return write_text(path, page, overwrite)


def page_head(
    title: str,
    book: str,
    period: str,
    language: str,
    *,
    right_to_left: bool = False,
    paper: str = "a4",
    is_across: bool = False,
    style: str = "",
) -> Iterator[str]:
    """A page from its first line to its titles; `style` is added to the common one, `is_across` turns the paper."""
    size = f"@page {{ size: {_PAPERS[paper]}{' landscape' if is_across else ''}; }}\n"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{shown(language)}" dir="{"rtl" if right_to_left else "ltr"}">'
    yield f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f'<meta name="viewport" content="width=device-width">{GENERATOR}'
    yield f"<title>{shown(f'{title}, {book}')}</title><style>{_STYLE}{size}{style}</style></head>"
    yield "<body>"
    yield f"<h1>{shown(title)}</h1>"
    yield f"<p>{named(book)}</p>"
    yield f'<p class="period">{shown(period)}</p>'


@dataclass(frozen=True, slots=True)
class _Widths:
    """How wide the columns of a report are in print, in widths of the letter m: the names', and each one of figures."""

    names: float
    figure: float

    def points(self, columns: int, room: float) -> float:
        """The size of letters at which the names and some columns fit into so many points."""
        return min(_FULL_SIZE_POINTS, room / (self.names + columns * self.figure))

    def side_by_side(self, columns: int) -> list[range]:
        """Which columns stand in one table: as many as can be read on paper, in tables about as wide as each other."""
        fitting = (count for count in range(columns, 1, -1) if self.points(count, _LANDSCAPE) >= _LEAST_POINTS)
        tables = max(-(-columns // next(fitting, 1)), 1)
        most = -(-columns // tables)
        return [range(first, min(first + most, columns)) for first in range(0, columns, most)]

    def style(self, columns: int) -> str:
        """Many columns are printed across the page, and smaller where they need it, so that none is cut; tables after
        the first one begin pages of their own."""
        if self.points(columns, _PORTRAIT) == _FULL_SIZE_POINTS:
            return ""
        points = self.points(columns, _LANDSCAPE)
        return (
            "body { max-width: none; } @media print { "
            f"body {{ font-size: {points:.1f}pt; }} table {{ min-width: 0; }} table + table {{ break-before: page; }} "
            f"th, td, .figure {{ padding-inline: {_PADDING / 2}em; }} }}\n"
        )


class _Page:
    def __init__(self, report: Report, money: ShownMoney, show_date: ShowDate, translate: Translate) -> None:
        self.report = report
        self.money = money
        self.show_date = show_date
        self.translate = translate

    def lines(self, language: str, right_to_left: bool, paper: str) -> Iterator[str]:
        report, widths = self.report, self._drawn(range(len(self.report.columns))).widths()
        tables = widths.side_by_side(len(report.columns))
        style = widths.style(len(tables[0]))
        yield from page_head(
            report.title,
            report.book,
            self._period(),
            language,
            right_to_left=right_to_left,
            paper=paper,
            is_across=bool(style),
            style=style,
        )
        for columns in tables:
            yield from self._drawn(columns).table()
        yield from self._verdict()
        yield "</body></html>"

    def _drawn(self, columns: range) -> _Columns:
        return _Columns(self.report, columns, self.money, self.show_date, self.translate)

    def _period(self) -> str:
        return f"{period_in_words(self.report.columns, self.show_date)} · {self.report.currency}"

    def _verdict(self) -> Iterator[str]:
        if self.report.balanced is None:
            sentence = self.translate("Balanced in {currency}; amounts without a price are left out of the totals.")
            yield f'<p class="note">{shown(sentence.format(currency=self.report.currency))}</p>'
        elif self.report.balanced:
            yield f'<p class="verdict">{shown(self.translate("In balance."))}</p>'
            if note := note_beside(self.report, self.translate):
                yield f'<p class="note">{shown(note)}</p>'
        else:
            yield f'<p class="verdict wrong">{shown(self.translate("OUT OF BALANCE: run `tui-ledger verify`."))}</p>'
            yield from (note for check in self.report.checks for note in self._failures(check))

    def _failures(self, check: Check) -> Iterator[str]:
        for column, figure, passed in zip(self.report.columns, check.figures, check.passed, strict=True):
            if passed is False:
                amount = self.money(figure, side_in_column(column, is_credit=False))
                text = f"{check.label}, {column_head(column, self.show_date)}: {amount}"
                yield f'<p class="note">{shown(text)}</p>'


class _Columns:
    """Some columns of a report as a table."""

    def __init__(
        self,
        report: Report,
        columns: range,
        money: ShownMoney,
        show_date: ShowDate,
        translate: Translate,
    ) -> None:
        self.report = report
        self.columns = columns
        self.money = money
        self.show_date = show_date
        self.translate = translate
        self.drawing = drawn(report)
        self.has_codes = any(row.code for row in self.drawing.rows())

    def widths(self) -> _Widths:
        """What the texts and figures take, long names in lines of their own."""
        rows = list(self.drawing.rows())
        codes = max((cell_width(row.code or "") for row in rows), default=0)
        names = max((cell_width(clean(row.label)) + 2 * row.depth for row in rows), default=0)
        heads = [cell_width(column_head(column, self.show_date)) for column in self._shown(self.report.columns)]
        figures = max(map(cell_width, self._figures()), default=0)
        padded = 2 * _PADDING if codes else _PADDING
        return _Widths(
            (codes + min(names, _LONGEST_NAME)) * _CHARACTER + padded,
            max(figures, *heads) * _CHARACTER + _PADDING,
        )

    def _figures(self) -> Iterator[str]:
        for part in self.drawing.parts:
            rows, is_credit = part.section.rows, part.section.kind.is_credit_normal
            yield from (text for row in rows for place in self.columns for text in self._amounts(row, place, is_credit))
        for section in self.drawing.framed():
            yield from (text for place in self.columns for text in self._section_total(section, place))
        for total in self.report.totals:
            yield from (text for place in self.columns for text in self._grand_total(total, place))

    def table(self) -> Iterator[str]:
        yield "<table>"
        code = f'<th scope="col">{shown(self.translate("Code"))}</th>' if self.has_codes else ""
        heads = "".join(
            f'<th scope="col" class="figure">{shown(column_head(column, self.show_date))}</th>'
            for column in self._shown(self.report.columns)
        )
        yield f'<thead><tr>{code}<th scope="col">{shown(self.translate("Account"))}</th>{heads}</tr></thead>'
        for part in self.drawing.parts:
            yield from self._part(part)
        yield "<tbody>"
        yield from map(self._grand_total_line, self.drawing.totals_at_end)
        yield "</tbody></table>"

    def _part(self, part: Part) -> Iterator[str]:
        section, span = part.section, len(self.columns) + 1 + self.has_codes
        yield "<tbody>"
        if part.is_framed:
            yield f'<tr class="section"><th scope="rowgroup" colspan="{span}">{shown(section.title)}</th></tr>'
        yield from (self._row(row, section.kind.is_credit_normal) for row in section.rows)
        if part.is_framed:
            yield self._section_total_line(section)
        yield from map(self._grand_total_line, part.totals)
        if part.is_framed or part.totals:
            yield f'<tr class="gap"><td colspan="{span}"></td></tr>'
        yield "</tbody>"

    def _row(self, row: Row, is_credit: bool) -> str:
        kinds = f"{row.kind.value} outermost" if row.depth == 1 else row.kind.value
        amounts = [self._amounts(row, column, is_credit) for column in self.columns]
        return self._line(kinds, row.label, amounts, code=row.code or "", indent=row.depth)

    def _amounts(self, row: Row, column: int, is_credit: bool) -> list[str]:
        held = row.unconverted_by_column[column] if row.unconverted_by_column else {}
        return self._written(row.figures[column], held, column, is_credit)

    def _section_total(self, section: Section, column: int) -> list[str]:
        held = section.unconverted_by_column[column] if section.unconverted_by_column else {}
        return self._written(section.totals[column], held, column, section.kind.is_credit_normal)

    def _grand_total(self, total: Total, column: int) -> list[str]:
        held = total.unconverted_by_column[column] if total.unconverted_by_column else {}
        return self._written(total.figures[column], held, column, total.is_credit_normal)

    def _section_total_line(self, section: Section) -> str:
        return self._line("total", section.total_label, [self._section_total(section, place) for place in self.columns])

    def _grand_total_line(self, total: Total) -> str:
        kinds = "total" if total.is_subtotal else "grand"
        return self._line(kinds, total.label, [self._grand_total(total, place) for place in self.columns])

    def _written(self, figure: Money | None, held: Unconverted, column: int, is_credit: bool) -> list[str]:
        """A figure and what stands beside it in other currencies."""
        side = side_in_column(self.report.columns[column], is_credit)
        return [*([] if figure is None else [self.money(figure, side)]), *self._unpriced(held, side)]

    def _line(self, kinds: str, label: str, amounts: Sequence[Sequence[str]], code: str = "", indent: int = 0) -> str:
        codes = f'<td class="code">{shown(code)}</td>' if self.has_codes else ""
        name = f'<th scope="row" style="padding-inline-start: {0.6 + 1.1 * indent:.1f}rem">{named(label)}</th>'
        figures = "".join(f'<td class="figure">{"<br>".join(map(shown, cell))}</td>' for cell in amounts)
        return f'<tr class="{kinds}">{codes}{name}{figures}</tr>'

    def _unpriced(self, unconverted: Unconverted, side: Side) -> list[str]:
        return unconverted_texts(unconverted, lambda money: self.money(money, side))

    def _shown(self, by_column: Sequence[Value]) -> Sequence[Value]:
        return by_column[self.columns.start : self.columns.stop]


def shown(text: str) -> str:
    """A text of the book as it may stand in a page."""
    return escape(clean(text))


def named(text: str) -> str:
    """The same where it stands beside others: one that is written from right to left keeps its direction to itself."""
    return f"<bdi>{shown(text)}</bdi>" if has_right_to_left(text) else shown(text)
