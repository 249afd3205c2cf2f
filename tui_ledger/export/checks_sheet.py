"""Does everything in a workbook agree? Differences that must be zero, live wherever a spreadsheet can work them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule

from tui_ledger.export.cells import blank_cell, figure_cell, formula_cell, text_cell
from tui_ledger.export.contents_sheet import quoted
from tui_ledger.export.spreadsheet import Sheet, SheetLayout, Workbook
from tui_ledger.export.streamed_sheet import place_on
from tui_ledger.export.styles import Style, failed_style, passed_style
from tui_ledger.export.text_widths import lines_in
from tui_ledger.money import Currency, Money
from tui_ledger.text import clean
from tui_ledger.widths import clip, wrap
from tui_ledger.words import N_, NP_

_HEAD_ROW = 5
_FIRST = _HEAD_ROW + 2
_WIDTHS = (58.0, 10.0, 18.0, 18.0, 18.0, 18.0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that must be zero: a formula without '=' and rounding, or None where only the figure can be written;
    `passed` overrules the figure where the ledger found more than it shows. `is_count` says that it counts lines."""

    label: str
    figure: Money
    formula: str | None = None
    passed: bool | None = None
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class AccountDifference:
    """Trial balance less general ledger of an account: debits, credits, closing; what earlier years left in it (at the
    end: `earlier`) belongs to the general ledger alone. `to` is where the account's name leads."""

    account: str
    debits: Difference
    credits: Difference
    closing: Difference
    earlier: Money
    to: str | None

    @property
    def currency(self) -> Currency:
        return self.earlier.currency


class ChecksSheet:
    """The last sheet. `failed_cell` then counts what did not come out right."""

    def __init__(self, workbook: Workbook, book: str, period: str) -> None:
        self._workbook = workbook
        self.translate = workbook.translate
        self._texts = (self.translate("Checks"), book, period)
        self._right, self._wrong = self.translate("right"), self.translate("WRONG")
        layout = SheetLayout(widths=_WIDTHS, head_row=_HEAD_ROW, is_landscape=True)
        self.sheet: Sheet = workbook.begin_sheet(self._texts[0], layout, period=period)
        self.failed_cell = ""

    def write(
        self,
        differences: Sequence[Difference],
        own: Sequence[Difference],
        accounts: Sequence[AccountDifference],
        written_out: Sequence[str],
    ) -> None:
        """Differences between the sheets, those the ledger found itself, then account by account; `written_out` names
        what has more digits than a spreadsheet keeps."""
        self._write_titles()
        by_account = self._sums_by_account(differences, own, accounts)
        verdicts = self._write_differences([*differences, *by_account])
        if own:
            self._section(self.translate("What the ledger found itself"))
            verdicts += self._write_differences(own)
        self._write_count(verdicts)
        if accounts:
            self._write_accounts(accounts)
        self._write_notes(written_out)
        self.sheet.set_print_area(len(_WIDTHS))

    def _write_titles(self) -> None:
        for text, style, height in zip(
            self._texts, (Style.TITLE, Style.BOOK, Style.PERIOD), (28, 16.5, 16.5), strict=True
        ):
            self.sheet.append([self._text(clip(clean(text), 80), style)], height=height)
        self.sheet.append([], height=9.0)
        heads = (
            (N_("Check"), Style.HEAD),
            (N_("Currency"), Style.HEAD),
            (N_("Difference"), Style.HEAD_FIGURE),
            ("", Style.HEAD_FIGURE),
        )
        self.sheet.append([self._text(self.translate(head) if head else "", style) for head, style in heads], height=20)
        self.sheet.append([], height=9.0)

    def _write_differences(self, differences: Sequence[Difference]) -> list[str]:
        """Where the verdicts stand; a sheet alone, such as the parties, may have nothing to be compared with."""
        first = self.sheet.next_row
        for one in differences:
            self._write_difference(one)
        if not differences:
            return []
        where = f"D{first}:D{self.sheet.next_row - 1}"
        self._write_verdict_rules(where)
        return [where]

    def _write_difference(self, one: Difference) -> None:
        row = self.sheet.next_row
        said = self._verdict(one, row)
        names = [self._text(clip(clean(one.label), 160), Style.LINE), self._text(str(one.figure.currency), Style.LINE)]
        self.sheet.append([*names, self._difference(one, Style.LINE_FIGURE), said])

    def _verdict(self, one: Difference, row: int) -> Cell:
        if one.passed is False and not one.figure:
            return self._text(self._wrong, Style.VERDICT)
        formula = f"=IF(C{row}=0,{quoted(self._right)},{quoted(self._wrong)})"
        return formula_cell(self.sheet.worksheet, formula, Style.VERDICT, "General")

    def _difference(self, one: Difference, style: Style) -> Cell:
        currency = one.figure.currency
        number_format = self._workbook.formats.excel_money_format(currency, credit_normal=None)
        if one.is_count:
            return figure_cell(self.sheet.worksheet, one.figure, style, "0")
        if one.formula is None:
            return figure_cell(self.sheet.worksheet, one.figure, style, number_format)
        formula = f"=ROUND({one.formula},{currency.digits})"
        return formula_cell(self.sheet.worksheet, formula, style, number_format)

    def _sums_by_account(
        self, differences: Sequence[Difference], own: Sequence[Difference], accounts: Sequence[AccountDifference]
    ) -> list[Difference]:
        """For each currency the sum of all accounts' differences, each without its sign."""
        currencies = sorted({one.currency for one in accounts})
        first = _FIRST + len(differences) + len(currencies) + (len(own) + 2 if own else 0) + 5
        last = first + len(accounts) - 1
        return [
            self._sum_by_account(currency, accounts, (first, last), _FIRST + len(differences) + place)
            for place, currency in enumerate(currencies)
        ]

    def _sum_by_account(
        self, currency: Currency, accounts: Sequence[AccountDifference], rows: tuple[int, int], own_row: int
    ) -> Difference:
        first, last = rows
        of_currency = [one for one in accounts if one.currency == currency]
        units = sum(abs(part.figure.units) for one in of_currency for part in (one.debits, one.credits, one.closing))
        parts = "+".join(f"ABS({letter}{first}:{letter}{last})" for letter in "CDF")
        is_live = all(part.formula is not None or not part.figure for one in accounts for part in (one.closing,))
        formula = f"SUMPRODUCT(EXACT(B{first}:B{last},B{own_row})*({parts}))"
        label = self.translate("Trial balance − general ledger, summed over all accounts")
        return Difference(label, Money(units, currency), formula if is_live else None)

    def _write_accounts(self, accounts: Sequence[AccountDifference]) -> None:
        self._section(self.translate("Trial balance − general ledger, account by account"))
        heads = (N_("Debit"), N_("Credit"), N_("Of earlier years"), NP_("balance", "Closing"))
        figures = [self._text(self.translate(head), Style.HEAD_FIGURE) for head in heads]
        names = [self._text(self.translate(head), Style.HEAD) for head in (N_("Account"), N_("Currency"))]
        self.sheet.repeat_on_pages(self.sheet.append([*names, *figures], height=20.0))
        for one in accounts:
            self._write_account(one)

    def _write_account(self, one: AccountDifference) -> None:
        row = self.sheet.next_row
        number_format = self._workbook.formats.excel_money_format(one.currency)
        earlier = (
            figure_cell(self.sheet.worksheet, one.earlier, Style.LINE_FIGURE, number_format)
            if one.earlier
            else blank_cell(self.sheet.worksheet, Style.LINE)
        )
        debits, credits, closing = (
            self._difference(part, Style.LINE_FIGURE) for part in (one.debits, one.credits, one.closing)
        )
        names = [self._text(one.account, Style.LINE), self._text(str(one.currency), Style.LINE)]
        lines = lines_in(clean(one.account), _WIDTHS[0])
        self.sheet.append([*names, debits, credits, earlier, closing], height=15.0 * lines if lines > 1 else None)
        if one.to is not None:
            self.sheet.link(f"A{row}", one.to)

    def _section(self, title: str) -> None:
        self.sheet.append([], height=9.0)
        self.sheet.append([self._text(title, Style.SECTION)], height=20.0)

    def _write_verdict_rules(self, where: str) -> None:
        is_wrong = f"{where.partition(':')[0]}={quoted(self._wrong)}"
        rules = self.sheet.worksheet.conditional_formatting
        rules.add(where, Rule(type="expression", dxf=failed_style(), formula=[is_wrong], stopIfTrue=True))
        rules.add(where, Rule(type="expression", dxf=passed_style(), formula=[f"NOT({is_wrong})"]))

    def _write_count(self, verdicts: Sequence[str]) -> None:
        self.sheet.append([], height=9.0)
        counted = [f"COUNTIF({where},{quoted(self._wrong)})" for where in verdicts]
        # A cell that holds an error is no verdict, and must not pass for one.
        errors = [f"SUMPRODUCT(ISERROR({where})*1)" for where in verdicts]
        cells = [
            self._text(self.translate("Checks that are wrong"), Style.TOTAL),
            blank_cell(self.sheet.worksheet, Style.TOTAL),
            formula_cell(self.sheet.worksheet, f"={'+'.join([*counted, *errors]) or '0'}", Style.TOTAL_FIGURE, "0"),
            blank_cell(self.sheet.worksheet, Style.TOTAL),
        ]
        row = self.sheet.append(cells, height=16.5)
        self.failed_cell = place_on(self.sheet.title, f"C{row}")
        self._workbook.define_name("ChecksFailed", self.sheet, f"C{row}")

    def _write_notes(self, written_out: Sequence[str]) -> None:
        if not written_out:
            return
        self.sheet.append([], height=9.0)
        names = "; ".join(dict.fromkeys(written_out))
        note = N_("A spreadsheet keeps 15 digits. Written as text, to the last digit, are therefore: {names}.")
        for line in wrap(clean(self.translate(note).format(names=names)), int(sum(_WIDTHS) * 0.9)):
            self.sheet.append([self._text(line, Style.NOTE)])

    def _text(self, text: str, style: Style) -> Cell:
        return text_cell(self.sheet.worksheet, text, style)
