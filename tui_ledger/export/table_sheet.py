"""How is a report that lists laid out on sheets, with sums that follow when a figure is changed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from tui_ledger.export.block_sums import EXACT_SUM, BlockSums
from tui_ledger.export.columns import PORTRAIT_CHARACTERS
from tui_ledger.export.heads import days_in_words
from tui_ledger.export.spreadsheet import SheetLayout, Workbook
from tui_ledger.export.streamed_sheet import StreamedSheet, place_on, text_xml
from tui_ledger.export.styles import Style
from tui_ledger.export.table_cells import TableCells
from tui_ledger.money import Currency, Money
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.table import Block, Cell, CellKind, Line, LineKind, Table
from tui_ledger.text import clean
from tui_ledger.widths import clip

HEAD_ROW = 5
MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576; what is more goes on the next."""

_TITLE_HEIGHT = 28.0
_LINE_HEIGHT = 16.5
_ROW_HEIGHT = 15.0
_HIGHEST = 400.0
_HEAD_HEIGHT = 20.0
_GAP_HEIGHT = 9.0
_REPORTED_ROWS = 500
_REST = {
    LineKind.OPENING_OWN: (LineKind.OPENING, LineKind.OPENING_EARLIER),
    LineKind.CLOSING_OWN: (LineKind.CLOSING, LineKind.CLOSING_EARLIER),
}
"""Lines that say what is left of another one without a third."""


@dataclass(slots=True)
class BlockPlace:
    """Where a block stands: its title, and by kind of line (sheet, row) and cells of those that are not rows."""

    title: str
    account: str | None
    currency: Currency | None
    head: tuple[str, int]
    lines: dict[LineKind, tuple[str, int]]
    cells: dict[LineKind, tuple[Cell, ...]] = field(default_factory=dict)
    is_credit: bool = False
    last_row: int = 0
    is_written_out: bool = False


@dataclass(frozen=True, slots=True)
class TotalPlace:
    """Where a total of a currency stands, and whether all of it is live."""

    currency: str
    sheet: str
    row: int
    cells: tuple[Cell, ...]
    is_live: bool


class TableSheet:
    """A table drawn on the next sheet of a workbook, and on further ones when it has more rows than one holds.

    `blocks` and `totals` then say where everything stands, `written_out` which sums had to be written as text, `checks`
    which stored balances do not follow from those before.
    """

    def __init__(
        self,
        workbook: Workbook,
        table: Table,
        *,
        most_rows: int = MOST_ROWS,
        moved: Callable[[int], None] | None = None,
    ) -> None:
        self.workbook = workbook
        self.table = table
        self.blocks: list[BlockPlace] = []
        self.totals: list[TotalPlace] = []
        self.written_out: list[str] = []
        self.checks = LineChecks()
        self.translate = workbook.translate
        self._most_rows = max(most_rows, HEAD_ROW + 8)
        self._moved = moved
        self._unreported = 0
        self.letters = [get_column_letter(place + 1) for place in range(len(table.columns))]
        self._sheets: list[StreamedSheet] = []
        self.sheet = self._begun(None)
        self.cells = TableCells(workbook, self.sheet, table)

    def write(self) -> TableSheet:
        """Writes the whole table."""
        self._write_titles()
        with self.table.reading() as blocks:
            for block in blocks:
                self._write_block(block)
        if self._is_empty():
            self.text_row(self.translate("Nothing was booked in these days."), Style.NOTE)
        self._write_notes()
        self._finish()
        return self

    @property
    def sheets(self) -> tuple[StreamedSheet, ...]:
        """The sheets the table stands on, in order."""
        return tuple(self._sheets)

    def letter(self, name: str) -> str:
        """The sheet's letter of a column."""
        return self.letters[self.table.place(name)]

    def cell(self, where: tuple[str, int], name: str) -> str:
        """A cell as formulas of other sheets name it."""
        sheet, row = where
        return place_on(sheet, f"{self.letter(name)}{row}")

    def link(self, where: tuple[str, int], to: str, letter: str = "A") -> None:
        """Lets a cell lead to another place."""
        name, row = where
        next(sheet for sheet in self._sheets if sheet.title == name).link(f"{letter}{row}", to)

    def _begun(self, after: StreamedSheet | None) -> StreamedSheet:
        layout = SheetLayout(widths=(), head_row=HEAD_ROW, outline_levels=1, has_sums_below=True)
        sheet = self.workbook.begin_streamed_sheet(self.table.title, layout, period=self._period(), after=after)
        self._sheets.append(sheet)
        return sheet

    def _period(self) -> str:
        show, table = self.workbook.formats.date, self.table
        if table.at is not None:
            return show(table.at)
        if table.date_from is None or table.date_to is None:
            return ""
        return days_in_words(table.date_from, table.date_to, show)

    def _write_titles(self) -> None:
        widest = PORTRAIT_CHARACTERS
        period = " · ".join(text for text in (self._period(), str(self.table.currency)) if text)
        self.text_row(clip(clean(self.table.title), int(widest / 1.7)), Style.TITLE, _TITLE_HEIGHT)
        self.text_row(clip(clean(self.table.book), widest), Style.BOOK, _LINE_HEIGHT)
        self.text_row(clip(period, widest), Style.PERIOD, _LINE_HEIGHT)
        self.sheet.append((), height=_GAP_HEIGHT)
        row = self.sheet.next_row
        self.sheet.append(self.cells.heads(row), height=_HEAD_HEIGHT)

    def text_row(self, text: str, style: Style, height: float | None = None) -> int:
        """A row with nothing but a text in its first cell; says which it is."""
        place = f"A{self.sheet.next_row}"
        return self.sheet.append([text_xml(place, self.workbook.style_id(self.sheet, style), text)], height=height)

    def _write_block(self, block: Block) -> None:
        writing = _BlockWriting(self, block)
        if block.title:
            self.need_room(4)
            writing.write_title()
        else:
            self.sheet.append((), height=_GAP_HEIGHT)
        for line in block.lines:
            writing.write(line)
        self.blocks.append(writing.place)
        self.checks.join(block.checks)
        if block.title:
            self.sheet.append((), height=_GAP_HEIGHT)

    def need_room(self, rows: int) -> bool:
        """Begins a further sheet where this one has no room for some rows more; says whether it did."""
        if self.sheet.next_row + rows - 1 <= self._most_rows:
            return False
        self.sheet = self._begun(self.sheet)
        self._write_titles()
        return True

    def count_row(self) -> None:
        """A row more is written."""
        self._unreported += 1
        if self._unreported >= _REPORTED_ROWS:
            self._report()

    def _report(self) -> None:
        if self._moved is not None and self._unreported:
            self._moved(self._unreported)
        self._unreported = 0

    def _is_empty(self) -> bool:
        return not any(block.lines or block.last_row for block in self.blocks)

    def _write_notes(self) -> None:
        sentences = list(self.checks.in_words(self.translate))
        if sentences:
            self.sheet.append((), height=_GAP_HEIGHT)
        for sentence in sentences:
            self.text_row(clean(sentence), Style.NOTE)
        if not self.written_out:
            return
        names = "; ".join(dict.fromkeys(self.written_out))
        self.sheet.append((), height=_GAP_HEIGHT)
        note = self.translate(
            "A spreadsheet keeps 15 digits. Written as text, to the last digit, are therefore: {names}."
        )
        self.text_row(note.format(names=names), Style.NOTE)

    def _finish(self) -> None:
        self._report()
        widths = self.cells.widths()
        for sheet in self._sheets:
            self.workbook.set_widths(sheet, widths)
            sheet.worksheet.print_area = f"A1:{self.letters[-1]}{max(sheet.next_row - 1, 1)}"
            is_wide = sum(widths) > PORTRAIT_CHARACTERS
            sheet.worksheet.page_setup.orientation = "landscape" if is_wide else "portrait"


class _BlockWriting:
    """A block while it is being written."""

    def __init__(self, target: TableSheet, block: Block) -> None:
        self.target = target
        self.block = block
        self.sums = BlockSums()
        self.place = BlockPlace(block.title, block.account, block.currency, self._next(), {})
        self.place.is_credit = block.is_credit
        self._opening: Money | None = None
        self.cells = target.cells

    def write_title(self, ending: str = "") -> None:
        currency = self.block.currency
        is_named = currency is None or currency in (self.target.table.currency, self.block.title)
        parts = [self.block.code or "", self.block.title, "" if is_named else f"· {currency}", ending]
        row = self.target.text_row(" ".join(part for part in parts if part), Style.SECTION, _HEAD_HEIGHT)
        if not ending:
            self.place.head = (self.target.sheet.title, row)

    def write(self, line: Line) -> None:
        if self.target.need_room(1) and self.block.title:
            self.write_title(self.target.translate("(continued)"))
        if line.kind is LineKind.ROW:
            self._write_row(line)
            return
        sheet, row = self._next()
        if line.kind is LineKind.TOTAL:
            self._write_total(line, row)
        elif line.kind is LineKind.CLOSING:
            self._write_closing(line, row)
        elif line.kind is LineKind.OPENING:
            self._write_opening(line, row)
        else:
            self._write_part(line, row)
        self.place.lines[line.kind] = (sheet, row)
        self.place.cells[line.kind] = line.cells

    def _next(self) -> tuple[str, int]:
        return self.target.sheet.title, self.target.sheet.next_row

    def _write_row(self, line: Line) -> None:
        sheet, row = self._next()
        cells, lines = self.cells.row(line, row, self.block, self.sums)
        height = min(lines * _ROW_HEIGHT, _HIGHEST) if lines > 1 else None
        self.target.sheet.append(cells, height=height, level=1 if self.block.account is not None else 0)
        self.sums.add_row(sheet, row)
        self.place.last_row = row
        self.target.count_row()

    def _write_opening(self, line: Line, row: int) -> None:
        self._opening = self._balance(line)
        self.target.sheet.append(self.cells.edge(line, row, self.block), height=_LINE_HEIGHT)

    def _write_part(self, line: Line, row: int) -> None:
        """What of an opening or closing balance is of which years: what earlier ones left, then the rest of it, live
        where all its figures are."""
        formulas, balance = {}, self._balance(line)
        if line.kind in _REST and balance is not None and not self.place.is_written_out:
            whole, part = _REST[line.kind]
            held, left = (self.place.cells[kind][self.target.table.place("balance")] for kind in (whole, part))
            figures = [one.units for one in (held, left, balance) if isinstance(one, Money)]
            if len(figures) == 3 and 4 * sum(map(abs, figures)) < EXACT_SUM:
                cells = [self._named(self.place.lines[kind], "balance") for kind in (whole, part)]
                formulas = {self.target.table.place("balance"): "-".join(cells)}
        self.target.sheet.append(self.cells.edge(line, row, self.block, formulas), height=_LINE_HEIGHT)

    def _write_total(self, line: Line, row: int) -> None:
        formulas = dict(self._formulas(line, row))
        missing = {place: line.cells[place] for place, formula in formulas.items() if formula is None}
        figures = list(missing.values())
        if self.sums.spans and any(self._is_too_long(place, figure) for place, figure in missing.items()):
            self._note(line)
        written = {place: formula for place, formula in formulas.items() if formula is not None}
        # A sum over no rows is a written zero, and as good as live.
        is_live = not any(isinstance(figure, Money) and figure.units for figure in figures)
        currencies = [str(cell.currency) for cell in line.cells if isinstance(cell, Money)]
        self.target.sheet.append(self.cells.total(line, row, self.block, written), height=_LINE_HEIGHT)
        code = currencies[0] if currencies else ""
        self.target.totals.append(TotalPlace(code, self.target.sheet.title, row, line.cells, is_live))

    def _is_too_long(self, place: int, figure: Cell) -> bool:
        """Whether it is for its digits that a sum is written; without a column that tells currencies apart they may
        share another one, and then no formula adds up those of one."""
        if not isinstance(figure, Money) or not figure.units:
            return False
        names = {column.name for column in self.target.table.columns}
        others = any(at == place and code != figure.currency for at, code in self.sums.tallies)
        return "currency" in names or not others

    def _formulas(self, line: Line, row: int) -> Iterator[tuple[int, str | None]]:
        columns = self.target.table.columns
        named = next((place for place, column in enumerate(columns) if column.name == "currency"), None)
        named_in = None if named is None else f"{self.target.letters[named]}{row}"
        for place, cell in enumerate(line.cells):
            letter = self.target.letters[place]
            if isinstance(cell, Money):
                yield place, self.sums.formula(place, letter, cell, self.target.sheet.title, named_in)
            elif columns[place].kind is CellKind.COUNT and isinstance(cell, int):
                count = Money(cell, Currency(columns[place].name, 0))
                yield place, self.sums.formula(place, letter, count, self.target.sheet.title)

    def _write_closing(self, line: Line, row: int) -> None:
        formula = self._closing_formula(line)
        balance = self._balance(line)
        if formula is None and balance is not None and self.place.is_written_out:
            self._note(line)
        formulas = {} if formula is None else {self.target.table.place("balance"): formula}
        self.target.sheet.append(self.cells.edge(line, row, self.block, formulas), height=_LINE_HEIGHT)

    def _closing_formula(self, line: Line) -> str | None:
        """Opening ± (debit − credit), where that gives the stored balance to the last digit."""
        names = {column.name for column in self.target.table.columns}
        if "posted" in names:
            return self._closing_by_posted(line) if "balance" in names else None
        closing, total = self._balance(line), self.place.lines.get(LineKind.TOTAL)
        if closing is None or self._opening is None or total is None or self.place.is_written_out:
            return None
        columns = self.target.table
        if any(column.name == "change" for column in columns.columns):
            return self._closing_by_change(closing, total, self._opening)
        if not {"debit", "credit"} <= names:
            return None
        debit, credit = (self.sums.tally(columns.place(name), closing.currency) for name in ("debit", "credit"))
        sign = -1 if self.block.is_credit else 1
        parts = (self._opening.units, debit.units, credit.units, closing.units)
        if parts[0] + sign * (parts[1] - parts[2]) != parts[3] or 4 * sum(map(abs, parts)) >= EXACT_SUM:
            return None
        opening = self._named(self.place.lines[LineKind.OPENING], "balance")
        debits, credits = self._named(total, "debit"), self._named(total, "credit")
        return f"{opening}+{debits}-{credits}" if sign > 0 else f"{opening}+{credits}-{debits}"

    def _closing_by_change(self, closing: Money, total: tuple[str, int], opening: Money) -> str | None:
        """Opening + what came to it, where a column has that in the balance's own direction."""
        change = self.sums.tally(self.target.table.place("change"), closing.currency)
        parts = (opening.units, change.units, closing.units)
        if parts[0] + parts[1] != parts[2] or 4 * (change.absolute + abs(parts[0]) + abs(parts[2])) >= EXACT_SUM:
            return None
        return f"{self._named(self.place.lines[LineKind.OPENING], 'balance')}+{self._named(total, 'change')}"

    def _closing_by_posted(self, line: Line) -> str | None:
        """Opening + all rows of a column that has what was posted in the balance's own direction, above the total and
        below it."""
        closing, opening, table = self._balance(line), self._opening, self.target.table
        if closing is None or opening is None or self.place.is_written_out:
            return None
        place, moved = table.place("posted"), closing - opening
        tally = self.sums.tally(place, closing.currency)
        parts = (opening.units, tally.absolute, closing.units)
        if tally.units != moved.units or 4 * sum(map(abs, parts)) >= EXACT_SUM:
            return None
        first = self._named(self.place.lines[LineKind.OPENING], "balance")
        if not self.sums.spans:
            return first
        added = self.sums.formula(place, self.target.letter("posted"), moved, self.target.sheet.title)
        return None if added is None else f"{first}+{added}"

    def _balance(self, line: Line) -> Money | None:
        """What a line says that is held; None where the table has no column for it."""
        names = [column.name for column in self.target.table.columns]
        held = line.cells[names.index("balance")] if "balance" in names else None
        return held if isinstance(held, Money) else None

    def _named(self, where: tuple[str, int], column: str) -> str:
        sheet, row = where
        cell = f"{self.target.letter(column)}{row}"
        return cell if sheet == self.target.sheet.title else place_on(sheet, cell)

    def _note(self, line: Line) -> None:
        self.place.is_written_out = True
        label = next((cell for cell in line.cells if isinstance(cell, str)), "")
        self.target.written_out.append(f"{self.block.title}, {label}" if self.block.title else label)
