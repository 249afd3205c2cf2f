"""How does a report look as one page for a browser or a printer?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path

from tui_ledger.export.files import write_text
from tui_ledger.export.heads import column_head, period_in_words
from tui_ledger.money import Money
from tui_ledger.reports.report import Check, Column, Report, Row, Section, Total, Unconverted, plain_figure
from tui_ledger.text import clean

ShowMoney = Callable[[Money], str]
ShowDate = Callable[[date], str]
Translate = Callable[[str], str]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_PORTRAIT_COLUMNS = 4
_FULL_SIZE_COLUMNS = 8
_LEAST_POINTS = 3

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
@page { size: A4; margin: 18mm 16mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; }
  tr { break-inside: avoid; } .section { break-after: avoid; } }
"""


def report_html(
    report: Report,
    money: ShowMoney = plain_figure,
    *,
    credit_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    translate: Translate = str,
    language: str = "en",
    right_to_left: bool = False,
) -> str:
    """A whole HTML page that needs nothing else: no scripts, nothing fetched, made to be printed on A4.

    `money` and `show_date` write an amount and a date the reader's way; `credit_money`, if it differs, an amount whose
    positive side is a credit. Every text is escaped.
    """
    return (
        "\n".join(_Page(report, (money, credit_money or money), show_date, translate).lines(language, right_to_left))
        + "\n"
    )


def write_html(path: Path, page: str, overwrite: bool = False) -> Path:
    """Writes a page made by `report_html` to a file only its owner can read; raises ExportFailed."""
    return write_text(path, page, overwrite)


def page_head(
    title: str, book: str, period: str, language: str, *, right_to_left: bool = False, style: str = ""
) -> Iterator[str]:
    """A page from its first line to its titles; `style` is added to the common one."""
    yield "<!DOCTYPE html>"
    yield f'<html lang="{shown(language)}" dir="{"rtl" if right_to_left else "ltr"}">'
    yield f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{shown(f'{title}, {book}')}</title><style>{_STYLE}{style}</style></head>"
    yield "<body>"
    yield f"<h1>{shown(title)}</h1>"
    yield f"<p>{shown(book)}</p>"
    yield f'<p class="period">{shown(period)}</p>'


def _wide_style(columns: int) -> str:
    """More than four columns are printed across the page, more than eight smaller too, so that none is cut."""
    if columns <= _PORTRAIT_COLUMNS:
        return ""
    points = 10 if columns <= _FULL_SIZE_COLUMNS else max(10 * _FULL_SIZE_COLUMNS // columns, _LEAST_POINTS)
    padding = "" if columns <= _FULL_SIZE_COLUMNS else " th, td, .figure { padding-inline: .2em; }"
    return (
        "body { max-width: none; } @page { size: A4 landscape; } "
        f"@media print {{ body {{ font-size: {points}pt; }} table {{ min-width: 0; }}{padding} }}\n"
    )


class _Page:
    def __init__(
        self, report: Report, money_by_side: tuple[ShowMoney, ShowMoney], show_date: ShowDate, translate: Translate
    ) -> None:
        self.report = report
        self.money_by_side = money_by_side
        self.show_date = show_date
        self.translate = translate
        self.has_codes = any(row.code for section in report.sections for row in section.rows)

    def lines(self, language: str, right_to_left: bool) -> Iterator[str]:
        report, wide = self.report, _wide_style(len(self.report.columns))
        yield from page_head(
            report.title, report.book, self._period(), language, right_to_left=right_to_left, style=wide
        )
        yield from self._table()
        yield from self._verdict()
        yield "</body></html>"

    def _period(self) -> str:
        return f"{period_in_words(self.report.columns, self.show_date)} · {self.report.currency}"

    def _head(self, column: Column) -> str:
        return column_head(column, self.show_date)

    def _table(self) -> Iterator[str]:
        yield "<table>"
        code = f'<th scope="col">{shown(self.translate("Code"))}</th>' if self.has_codes else ""
        heads = "".join(
            f'<th scope="col" class="figure">{shown(self._head(column))}</th>' for column in self.report.columns
        )
        yield f'<thead><tr>{code}<th scope="col">{shown(self.translate("Account"))}</th>{heads}</tr></thead>'
        for section in self.report.sections:
            yield from self._section(section)
        yield "<tbody>"
        yield from map(self._grand_total, self.report.totals)
        yield "</tbody></table>"

    def _section(self, section: Section) -> Iterator[str]:
        span = len(self.report.columns) + 1 + self.has_codes
        yield "<tbody>"
        yield f'<tr class="section"><th scope="rowgroup" colspan="{span}">{shown(section.title)}</th></tr>'
        yield from (self._row(row, section.kind.is_credit_normal) for row in section.rows)
        yield self._total(section)
        yield f'<tr class="gap"><td colspan="{span}"></td></tr></tbody>'

    def _row(self, row: Row, is_credit: bool) -> str:
        kinds = f"{row.kind.value} outermost" if row.depth == 1 else row.kind.value
        amounts = [self._amounts(row, column, is_credit) for column in range(len(self.report.columns))]
        return self._line(kinds, row.label, amounts, code=row.code or "", indent=row.depth)

    def _amounts(self, row: Row, column: int, is_credit: bool) -> list[str]:
        figure = row.figures[column]
        held = row.unconverted_by_column[column] if row.unconverted_by_column else {}
        return [*([] if figure is None else [self._money(figure, is_credit)]), *self._unpriced(held)]

    def _total(self, section: Section) -> str:
        left_out = section.unconverted_by_column or ({},) * len(section.totals)
        amounts = [
            [self._money(figure, section.kind.is_credit_normal), *self._unpriced(held)]
            for figure, held in zip(section.totals, left_out, strict=True)
        ]
        return self._line("total", section.total_label, amounts)

    def _grand_total(self, total: Total) -> str:
        left_out = total.unconverted_by_column or ({},) * len(total.figures)
        amounts = [
            [self._money(figure, total.is_credit_normal), *self._unpriced(held)]
            for figure, held in zip(total.figures, left_out, strict=True)
        ]
        return self._line("grand", total.label, amounts)

    def _line(self, kinds: str, label: str, amounts: Sequence[Sequence[str]], code: str = "", indent: int = 0) -> str:
        codes = f'<td class="code">{shown(code)}</td>' if self.has_codes else ""
        name = f'<th scope="row" style="padding-inline-start: {0.6 + 1.1 * indent:.1f}rem">{shown(label)}</th>'
        figures = "".join(f'<td class="figure">{"<br>".join(map(shown, cell))}</td>' for cell in amounts)
        return f'<tr class="{kinds}">{codes}{name}{figures}</tr>'

    def _money(self, money: Money, is_credit: bool = False) -> str:
        return self.money_by_side[is_credit](money)

    def _unpriced(self, unconverted: Unconverted) -> list[str]:
        return [f"{plain_figure(money)} {currency}" for currency, money in unconverted.items()]

    def _verdict(self) -> Iterator[str]:
        if self.report.balanced is None:
            sentence = self.translate("Balanced in {currency}; amounts without a price are left out of the totals.")
            yield f'<p class="note">{shown(sentence.format(currency=self.report.currency))}</p>'
        elif self.report.balanced:
            yield f'<p class="verdict">{shown(self.translate("In balance."))}</p>'
        else:
            yield f'<p class="verdict wrong">{shown(self.translate("OUT OF BALANCE: run `tui-ledger verify`."))}</p>'
            yield from (note for check in self.report.checks for note in self._failures(check))

    def _failures(self, check: Check) -> Iterator[str]:
        for column, figure, passed in zip(self.report.columns, check.figures, check.passed, strict=True):
            if passed is False:
                text = f"{check.label}, {self._head(column)}: {self._money(figure)}"
                yield f'<p class="note">{shown(text)}</p>'


def shown(text: str) -> str:
    """A text of the book as it may stand in a page."""
    return escape(clean(text))
