"""How do sheets become one workbook on the disk?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_APP, ARC_CORE
from openpyxl.xml.functions import tostring

from tui_ledger.export.cells import set_number_format, sheet_title
from tui_ledger.export.earlier import PROGRAM, application_part, is_own_export
from tui_ledger.export.files import atomic_file
from tui_ledger.export.formats import WorkbookFormats
from tui_ledger.export.streamed_sheet import StreamedSheet, is_outer_file, link_cell
from tui_ledger.export.styles import Style, beginning, named_styles
from tui_ledger.text import clean
from tui_ledger.widths import clip

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

Translate = Callable[[str], str]

_PAPERS = {"letter": "1", "a4": "9"}
_HEADER_LIMIT = 60
_PAGE_TEXT_SIZE = 9
_OUTLINE_LIMIT = 7


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What must be known of a sheet before its first row: column widths in characters, the row of the table's head
    (everything to it stays in sight, itself is printed on every page), the levels of the outline, and the page.

    `is_one_page` shrinks the print to a single page, for a sheet that is a few rows longer than that; one of
    several `pages_wide` repeats its frozen columns on each. `has_sums_below` says that outlined rows are summed in a
    row beneath them, not above.
    """

    widths: tuple[float, ...]
    head_row: int
    frozen_columns: int = 0
    outline_levels: int = 0
    is_landscape: bool = False
    is_one_page: bool = False
    has_sums_below: bool = False
    pages_wide: int = 1


class Sheet:
    """One sheet, written from top to bottom; rows leave memory as they are appended."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self.next_row = 1

    @property
    def title(self) -> str:
        return str(self.worksheet.title)

    def append(self, cells: Iterable[Cell | None], *, height: float | None = None, level: int = 0) -> int:
        """Writes the next row and says which it was. `height` in points; `level` is its place in the outline."""
        row = self.next_row
        if height is not None:
            self.worksheet.row_dimensions[row].height = height
        if level:
            self.worksheet.row_dimensions[row].outlineLevel = min(level, _OUTLINE_LIMIT)
        self.worksheet.append(list(cells))
        self.worksheet.row_dimensions.pop(row, None)
        self.next_row += 1
        return row

    def link(self, cell: str, to: str) -> None:
        """Lets a cell that was written lead to a place in the workbook, such as 'General ledger'!A7."""
        link_cell(self.worksheet, cell, to)

    def repeat_on_pages(self, row: int) -> None:
        """Prints another row than the first table's head on the pages behind it."""
        self.worksheet.print_title_rows = f"{row}:{row}"

    def set_print_area(self, columns: int) -> None:
        """Prints the rows written so far, so that a long title does not widen the page."""
        self.worksheet.print_area = f"A1:{get_column_letter(columns)}{max(self.next_row - 1, 1)}"


class Workbook:
    """An accountant's workbook in the making. Sheets stand in the order they are begun and may be filled in any."""

    def __init__(
        self,
        title: str,
        book: str,
        formats: WorkbookFormats,
        *,
        created: datetime,
        creator: str = PROGRAM,
        translate: Translate = str,
    ) -> None:
        self.book = book
        self.formats = formats
        self.translate = translate
        self._streamed: list[StreamedSheet] = []
        self._style_ids: dict[tuple[Style, str | None, bool, int], int] = {}
        self._workbook = openpyxl.Workbook(write_only=True)
        for style in named_styles(formats.right_to_left):
            self._workbook.add_named_style(style)
        self._workbook.calculation.fullCalcOnLoad = True
        self._describe(f"{clean(title)}, {clean(book)}", clean(creator), created)

    def begin_sheet(self, title: str, layout: SheetLayout, *, period: str) -> Sheet:
        """The next sheet, ready for its first row. `period` is what its pages are headed with beside the book."""
        return Sheet(self._begun(title, layout, period))

    def begin_streamed_sheet(
        self, title: str, layout: SheetLayout, *, period: str, after: StreamedSheet | None = None
    ) -> StreamedSheet:
        """The next sheet, or the one behind another, for very many rows."""
        place = None if after is None else self._workbook.sheetnames.index(after.title) + 1
        sheet = StreamedSheet(self._begun(title, layout, period, place))
        self._streamed.append(sheet)
        return sheet

    def set_widths(self, sheet: StreamedSheet, widths: Sequence[float]) -> None:
        """The widths of a streamed sheet's columns, which may be said when its rows are written."""
        for place, width in enumerate(widths, start=1):
            sheet.worksheet.column_dimensions[get_column_letter(place)].width = width

    def style_id(
        self,
        sheet: StreamedSheet,
        style: Style,
        number_format: str | None = None,
        *,
        quoted: bool = False,
        indent: int = 0,
    ) -> int:
        """The number a style has in this workbook, with a number format of its own, as text that was typed behind an
        apostrophe (`quoted`), or moved in."""
        known = style, number_format, quoted, indent
        if known not in self._style_ids:
            cell = WriteOnlyCell(sheet.worksheet)
            cell.style = style.value
            if number_format is not None:
                set_number_format(cell, number_format)
            if quoted:
                cell.quotePrefix = True
            if indent:
                vertical = cell.alignment.vertical
                begin = beginning(self.formats.right_to_left)
                cell.alignment = Alignment(horizontal=begin, vertical=vertical, wrap_text=True, indent=indent)
            self._style_ids[known] = cell.style_id
        return self._style_ids[known]

    def define_name(self, name: str, sheet: Sheet, cell: str) -> None:
        """Makes a cell known under a name, such as TotalAssets, in every formula of the workbook."""
        place = f"{quote_sheetname(sheet.title)}!{absolute_coordinate(cell)}"
        self._workbook.defined_names.add(DefinedName(name, attr_text=place))

    def save(self, path: Path, overwrite: bool | None = None, packed: Callable[[int], None] | None = None) -> Path:
        """Writes the workbook whole or not at all, readable by its owner only; raises ExportFailed.

        An existing file is replaced with `overwrite`; by default only when it is an earlier export of this program
        that nobody has worked on since. `packed` is called with the bytes of streamed rows that were packed; what it
        raises ends the writing.
        """
        replace = is_own_export(path) if overwrite is None else overwrite
        try:
            for sheet in self._streamed:
                sheet.finish()
            with (
                atomic_file(path, replace) as file,
                _Archive(file, self._own_parts(), self._streamed, packed) as archive,
            ):
                ExcelWriter(self._workbook, archive).write_data()
        finally:
            self.discard()
        return path

    @property
    def streamed_bytes(self) -> int:
        """How long the streamed rows of all sheets are, before they are packed."""
        return sum(sheet.size_bytes for sheet in self._streamed)

    def discard(self) -> None:
        """Removes what was written aside so far; for a workbook that will not be saved."""
        for sheet in self._streamed:
            sheet.discard()
        for worksheet in self._workbook.worksheets:
            writer = getattr(worksheet, "_writer", None)
            if writer is not None and Path(writer.out).exists():
                _end(getattr(worksheet, "_rows", None), writer)
                writer.cleanup()

    def _describe(self, title: str, creator: str, created: datetime) -> None:
        properties = self._workbook.properties
        properties.title = title
        properties.creator = creator
        properties.lastModifiedBy = PROGRAM
        moment = created if created.tzinfo is not None else created.replace(tzinfo=UTC)
        properties.created = properties.modified = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)

    def _own_parts(self) -> dict[str, bytes]:
        return {ARC_APP: application_part().encode(), ARC_CORE: tostring(self._workbook.properties.to_tree())}

    def _begun(self, title: str, layout: SheetLayout, period: str, place: int | None = None) -> Worksheet:
        name = sheet_title(title, tuple(self._workbook.sheetnames))
        worksheet: Worksheet = self._workbook.create_sheet(name, place)
        self._lay_out(worksheet, layout)
        self._head_and_foot(worksheet, title, period)
        return worksheet

    def _lay_out(self, worksheet: Worksheet, layout: SheetLayout) -> None:
        for place, width in enumerate(layout.widths, start=1):
            worksheet.column_dimensions[get_column_letter(place)].width = width
        worksheet.freeze_panes = f"{get_column_letter(layout.frozen_columns + 1)}{layout.head_row + 1}"
        worksheet.print_title_rows = f"{layout.head_row}:{layout.head_row}"
        worksheet.sheet_format.outlineLevelRow = min(layout.outline_levels, _OUTLINE_LIMIT)
        worksheet.sheet_view.showGridLines = False
        worksheet.sheet_view.rightToLeft = self.formats.right_to_left or None
        worksheet.sheet_properties.outlinePr = Outline(summaryBelow=layout.has_sums_below)
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_setup.paperSize = _PAPERS[self.formats.paper]
        worksheet.page_setup.orientation = "landscape" if layout.is_landscape else "portrait"
        worksheet.page_setup.fitToWidth = layout.pages_wide
        if layout.pages_wide > 1 and layout.frozen_columns:
            worksheet.print_title_cols = f"A:{get_column_letter(layout.frozen_columns)}"
        worksheet.page_setup.fitToHeight = 1 if layout.is_one_page else 0
        worksheet.print_options.horizontalCentered = True
        margins = worksheet.page_margins
        margins.left = margins.right = 0.7
        margins.top, margins.bottom = 0.9, 0.8
        margins.header = margins.footer = 0.4

    def _head_and_foot(self, worksheet: Worksheet, title: str, period: str) -> None:
        page = self.translate("Page {page} of {pages}").format(page="&P", pages="&N")
        for margin, texts in (
            (worksheet.oddHeader, (_page_text(self.book), _page_text(period))),
            (worksheet.oddFooter, (_page_text(title), page)),
        ):
            _fill(margin, *(reversed(texts) if self.formats.right_to_left else texts))
        worksheet.HeaderFooter.scaleWithDoc = False


class _Archive(ZipFile):
    """A workbook's archive with some parts of our own: openpyxl would name another program as its author and put the
    time of the machine in place of the one it was given; and it knows nothing of streamed rows."""

    def __init__(
        self,
        file: BinaryIO,
        own_parts: dict[str, bytes],
        streamed: Sequence[StreamedSheet],
        packed: Callable[[int], None] | None,
    ) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, allowZip64=True)
        self._own_parts = own_parts
        self._sheets = streamed
        self._packed = packed

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """A file as a part of the archive; a streamed sheet's rows are put in on the way."""
        sheet = next((one for one in self._sheets if is_outer_file(one, os.fspath(filename))), None)
        if sheet is None:
            super().write(filename, arcname, compress_type, compresslevel)
            return
        with self.open(os.fspath(arcname or filename), "w", force_zip64=True) as part:
            for piece in sheet.pieces(Path(filename).read_bytes()):
                part.write(piece)
                if self._packed is not None:
                    self._packed(len(piece))
        sheet.discard()

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(zinfo_or_arcname, self._own_parts.get(name, data), compress_type, compresslevel)


def _end(*streams: Any) -> None:
    """Closes the innermost stream first: left to itself, openpyxl complains on the screen when it is collected."""
    for stream in streams:
        with suppress(OSError, StopIteration, ValueError):
            if stream is not None:
                stream.close()


def _fill(margin: HeaderFooterItem | None, left: str, right: str) -> None:
    """Puts texts to both ends of a page's header or footer; openpyxl gives every new sheet both."""
    if margin is not None:
        margin.left.text, margin.right.text = left, right
        margin.left.size = margin.right.size = _PAGE_TEXT_SIZE


def _page_text(text: str) -> str:
    """A text of a page's header: '&' begins a command there, and the whole may not be long."""
    return clip(clean(text), _HEADER_LIMIT).replace("&", "&&")
