"""What is in a workbook? Its first sheet: the others with links, what each shows, and whether every check is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.formatting.rule import Rule

from tui_ledger.export.cells import formula_cell, text_cell
from tui_ledger.export.spreadsheet import Sheet, SheetLayout, Workbook
from tui_ledger.export.streamed_sheet import place_on
from tui_ledger.export.styles import Style, failed_style, passed_style
from tui_ledger.export.text_widths import lines_in
from tui_ledger.text import clean
from tui_ledger.widths import cell_width, clip, wrap
from tui_ledger.words import NP_

_HEAD_ROW = 5
_WIDTHS = (28.0, 80.0)
_WIDEST_NAMES = 48.0
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the contents name it: its name, or none where it was left out, and what it shows."""

    sheet: str
    title: str
    about: str


class ContentsSheet:
    """The first sheet; begun before all others, written when they are there."""

    def __init__(self, workbook: Workbook, period: str) -> None:
        self._workbook = workbook
        self.translate = workbook.translate
        self._period = period
        self.title = self.translate("Contents")
        layout = SheetLayout(widths=_WIDTHS, head_row=_HEAD_ROW, is_one_page=True)
        self.sheet: Sheet = workbook.begin_sheet(self.title, layout, period=period)

    def write(self, entries: Sequence[Entry], notes: Sequence[str], written: str, failed_checks: str | None) -> None:
        """`failed_checks` is the cell that counts the checks which did not come out right, if there is one."""
        self._row([(self._workbook.book, Style.TITLE)], 28.0)
        self._row([(self.translate("The accountant's workbook"), Style.BOOK)], 16.5)
        self._row([(f"{self._period} · {written}", Style.PERIOD)], 16.5)
        self.sheet.append([], height=9.0)
        self._row(
            [(self.translate(NP_("workbook", "Sheet")), Style.HEAD), (self.translate("What it shows"), Style.HEAD)],
            20.0,
        )
        self.sheet.append([], height=9.0)
        for entry in entries:
            self._write_entry(entry)
        longest = max((cell_width(clean(entry.title)) + 2.0 for entry in entries), default=0.0)
        self.sheet.worksheet.column_dimensions["A"].width = min(max(_WIDTHS[0], longest), _WIDEST_NAMES)
        if failed_checks is not None:
            self._write_verdict(failed_checks)
        self._write_notes(notes)
        self.sheet.set_print_area(len(_WIDTHS))

    def _row(self, texts: Sequence[tuple[str, Style]], height: float) -> int:
        room = (int(_WIDTHS[0] + _WIDTHS[1]) - 4) if len(texts) == 1 else _LONGEST_TEXT
        cells = [text_cell(self.sheet.worksheet, clip(clean(text), room), style) for text, style in texts]
        return self.sheet.append(cells, height=height)

    def _write_entry(self, entry: Entry) -> None:
        lines = lines_in(entry.about, _WIDTHS[1])
        style = Style.LINK if entry.sheet else Style.LINE
        row = self._row([(entry.title, style), (entry.about, Style.LINE)], 16.5 * lines)
        if entry.sheet:
            self.sheet.link(f"A{row}", place_on(entry.sheet, "A1"))

    def _write_verdict(self, failed_checks: str) -> None:
        self.sheet.append([], height=9.0)
        right, wrong = (
            self.translate("Every check is right."),
            self.translate("A CHECK IS WRONG: see the last sheet."),
        )
        worksheet, row = self.sheet.worksheet, self.sheet.next_row
        verdict = formula_cell(
            worksheet, f"=IF({failed_checks}=0,{quoted(right)},{quoted(wrong)})", Style.CHECK, "General"
        )
        self.sheet.append([verdict], height=16.5)
        is_wrong = f"$A${row}={quoted(wrong)}"
        rules = worksheet.conditional_formatting
        rules.add(f"A{row}", Rule(type="expression", dxf=failed_style(), formula=[is_wrong], stopIfTrue=True))
        rules.add(f"A{row}", Rule(type="expression", dxf=passed_style(), formula=[f"NOT({is_wrong})"]))

    def _write_notes(self, notes: Sequence[str]) -> None:
        if notes:
            self.sheet.append([], height=9.0)
        for note in notes:
            for line in wrap(clean(note), int(sum(_WIDTHS) * 0.95)):
                self._row([(line, Style.NOTE)], 15.0)


def quoted(text: str) -> str:
    """A text of the interface as a text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
