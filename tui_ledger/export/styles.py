"""What does each kind of cell in a workbook look like?"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

FONT = "Calibri"

_INK = "1F2A37"
_ACCENT = "1F4E79"
_QUIET = "5F6B7A"
_WASH = "EEF2F7"
_GOOD = "1E6B3A"
_BAD = "B42318"

_THIN = Side(style="thin", color=_INK)
_DOUBLE = Side(style="double", color=_INK)
_ACCENT_LINE = Side(style="medium", color=_ACCENT)


class Style(StrEnum):
    """The named styles; a reader restyles the whole workbook by changing one of them."""

    TITLE = "Ledger title"
    BOOK = "Ledger book"
    PERIOD = "Ledger period"
    HEAD = "Ledger head"
    HEAD_FIGURE = "Ledger head figure"
    SECTION = "Ledger section"
    GROUP = "Ledger group"
    GROUP_FIGURE = "Ledger group figure"
    HEADING = "Ledger heading"
    HEADING_FIGURE = "Ledger heading figure"
    CODE = "Ledger code"
    ACCOUNT = "Ledger account"
    FIGURE = "Ledger figure"
    COMPUTED = "Ledger computed"
    TOTAL = "Ledger total"
    TOTAL_FIGURE = "Ledger total figure"
    GRAND_TOTAL = "Ledger grand total"
    GRAND_TOTAL_FIGURE = "Ledger grand total figure"
    CHECK = "Ledger check"
    CHECK_FIGURE = "Ledger check figure"
    VERDICT = "Ledger verdict"
    NOTE = "Ledger note"
    LINE = "Ledger line"
    LINE_FIGURE = "Ledger line figure"
    EDGE = "Ledger edge"
    EDGE_FIGURE = "Ledger edge figure"
    LINK = "Ledger link"


def beginning(right_to_left: bool) -> Literal["left", "right"]:
    """The side of a cell at which its text begins; figures stand at the right of theirs in every language."""
    return "right" if right_to_left else "left"


def named_styles(right_to_left: bool = False) -> list[NamedStyle]:
    """Fresh named styles, to be added to one workbook, for sheets whose texts begin at the left or at the right."""
    styles = _styles()
    for style in styles:
        if style.alignment.horizontal == "left":
            style.alignment.horizontal = beginning(right_to_left)
    return styles


def _styles() -> list[NamedStyle]:
    return [
        _style(Style.TITLE, Font(name=FONT, size=18, bold=True, color=_ACCENT)),
        _style(Style.BOOK, Font(name=FONT, size=12, color=_INK)),
        _style(Style.PERIOD, _small()),
        _style(Style.HEAD, _font(bold=True, color=_ACCENT), bottom=_ACCENT_LINE, fill=_WASH),
        _style(Style.HEAD_FIGURE, _font(bold=True, color=_ACCENT), "right", bottom=_ACCENT_LINE, fill=_WASH),
        _style(Style.SECTION, Font(name=FONT, size=12, bold=True, color=_ACCENT)),
        _style(Style.GROUP, _font(bold=True), vertical="bottom", wrap=True),
        _style(Style.GROUP_FIGURE, _font(bold=True), "right", vertical="bottom"),
        _style(Style.HEADING, _font(italic=True, color=_ACCENT), vertical="bottom", wrap=True),
        _style(Style.HEADING_FIGURE, _font(italic=True, color=_ACCENT), "right", vertical="bottom"),
        _style(Style.CODE, _font(color=_QUIET), vertical="bottom"),
        _style(Style.ACCOUNT, _font(), vertical="bottom", wrap=True),
        _style(Style.FIGURE, _font(), "right", vertical="bottom"),
        _style(Style.COMPUTED, _font(), vertical="bottom", wrap=True),
        _style(Style.TOTAL, _font(bold=True), top=_THIN),
        _style(Style.TOTAL_FIGURE, _font(bold=True), "right", top=_THIN),
        _style(Style.GRAND_TOTAL, _font(bold=True), top=_THIN, bottom=_DOUBLE),
        _style(Style.GRAND_TOTAL_FIGURE, _font(bold=True), "right", top=_THIN, bottom=_DOUBLE),
        _style(Style.CHECK, _small()),
        _style(Style.CHECK_FIGURE, _small(), "right"),
        _style(Style.VERDICT, _small(), "right"),
        _style(Style.NOTE, _small()),
        _style(Style.LINE, _font(), vertical="top", wrap=True),
        _style(Style.LINE_FIGURE, _font(), "right", vertical="top"),
        _style(Style.EDGE, _font(italic=True, color=_QUIET), vertical="top"),
        _style(Style.EDGE_FIGURE, _font(italic=True), "right", vertical="top"),
        _style(Style.LINK, Font(name=FONT, size=11, color=_ACCENT, underline="single"), vertical="top"),
    ]


def passed_style() -> DifferentialStyle:
    """How a check that came out right is shown."""
    return DifferentialStyle(font=Font(bold=True, color=_GOOD))


def failed_style() -> DifferentialStyle:
    """How a check that did not is shown."""
    return DifferentialStyle(font=Font(bold=True, color="FFFFFF"), fill=PatternFill("solid", bgColor=_BAD))


def _font(bold: bool = False, italic: bool = False, color: str = _INK) -> Font:
    return Font(name=FONT, size=11, bold=bold, italic=italic, color=color)


def _small() -> Font:
    return Font(name=FONT, size=10, color=_QUIET)


def _style(
    name: Style,
    font: Font,
    horizontal: str = "left",
    *,
    vertical: str = "center",
    top: Side | None = None,
    bottom: Side | None = None,
    fill: str | None = None,
    wrap: bool = False,
) -> NamedStyle:
    style = NamedStyle(name=name.value, font=font)
    style.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap)
    style.border = Border(top=top, bottom=bottom)
    if fill is not None:
        style.fill = PatternFill("solid", fgColor=fill)
    return style
