"""How wide is each column of a grid, and how does a text fit into it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len

from tui_ledger import account_names
from tui_ledger.directions import kept_in_place
from tui_ledger.widths import clip
from tui_ledger.words import Word, _

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a grid.

    `cell` gives a row's text. An `exact` column is as wide as the widest cell seen and is never clipped: figures and
    dates. Other columns start at `minimum`, grow to `preferred` where there is room, and share what is left by
    `grows`. Where even the minimums do not fit, columns go, the one with the highest `yields` first; 0 stays.
    `marks_negative` draws figures below zero in their own colour, beside the sign they have anyway. `sorts` is what
    the list calls its order by this column, '' where it has none. `id` tells it from others of the same title. A title
    of the program is looked up in the head of the grid, so that widths are remembered by what no language changes.
    """

    title: str
    cell: Callable[[Row], str]
    right: bool = False
    exact: bool = False
    minimum: int = 1
    preferred: int = 10
    grows: int = 0
    yields: int = 0
    marks_negative: bool = False
    shorten: Callable[[str, int], str] | None = None
    sorts: str = ""
    id: str = ""

    @property
    def name(self) -> str:
        """What its width is remembered by."""
        return self.id or self.sorts or self.title.casefold()

    def fitted(self, text: str, width: int) -> str:
        """The text in exactly `width` cells; one that is written from right to left leaves other columns in place."""
        if cell_len(text) > width:
            text = (self.shorten or clipped)(text, width)
        return kept_in_place(padded(text, width, self.right))


def title_of(column: Column[Row]) -> str:
    """The title of a column as it is shown: a word of the program in the language spoken."""
    return _(column.title) if isinstance(column.title, Word) else column.title


def clipped(text: str, width: int) -> str:
    """The text in at most `width` cells, its end replaced by … where it is longer."""
    return clip(text, width, cell_len)


def padded(text: str, width: int, right: bool = False) -> str:
    """The text filled with blanks to `width` cells; a longer text stays as it is."""
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


def short_account(name: str, width: int) -> str:
    """An account name in at most `width` cells of the screen."""
    return account_names.short_account(name, width, cell_len)


def short_accounts(names: str, width: int) -> str:
    """Account names joined by ', ' in at most `width` cells of the screen."""
    return account_names.short_accounts(names, width, cell_len)


def fit_columns(
    columns: Sequence[Column[Row]],
    widest: Sequence[int],
    available: int,
    gap: int,
    chosen: Mapping[str, int] | None = None,
) -> tuple[int, ...]:
    """The width of each column in cells, 0 for one that had to go.

    `widest` is the widest cell (title included) seen in each column, `available` the cells there are, `gap` the blank
    cells between two columns. `chosen` are widths by name that somebody set: they hold as long as all columns find
    room beside them, and never clip a figure.
    """
    least = [_least(column, widest[index]) for index, column in enumerate(columns)]
    shown = [index for index, column in enumerate(columns) if not column.exact or least[index]]
    held = _held(columns, widest, chosen or {})
    wanted = [held.get(index, cells) for index, cells in enumerate(least)]
    if _needed(wanted, shown, gap) > available:
        held, wanted = {}, least
    kept = list(shown)
    while len(kept) > 1 and _needed(wanted, kept, gap) > available:
        yielding = max(kept, key=lambda index: (columns[index].yields, index))
        if not columns[yielding].yields:
            break
        kept.remove(yielding)
    widths = [cells if index in kept else 0 for index, cells in enumerate(wanted)]
    open_to_more = [index for index in kept if index not in held]
    _share(columns, widest, open_to_more, widths, available - gap * (len(kept) - 1))
    return tuple(widths)


def _held(columns: Sequence[Column[Row]], widest: Sequence[int], chosen: Mapping[str, int]) -> dict[int, int]:
    """The widths somebody set, by the place of their column."""
    return {
        index: max(chosen[column.name], widest[index] if column.exact else 1)
        for index, column in enumerate(columns)
        if column.name in chosen and (widest[index] or not column.exact)
    }


def natural_width(columns: Sequence[Column[Row]], rows: Iterable[Row], gap: int) -> int:
    """The cells it takes to show some rows whole; for lists that are in memory."""
    widest = [cell_len(title_of(column)) for column in columns]
    for row in rows:
        widest = [max(width, cell_len(column.cell(row))) for column, width in zip(columns, widest, strict=True)]
    shown = [width for width in widest if width]
    return sum(shown) + gap * (len(shown) - 1)


def _least(column: Column[Row], widest: int) -> int:
    return max(widest, column.minimum) if column.exact else column.minimum


def _needed(wanted: Sequence[int], kept: list[int], gap: int) -> int:
    return sum(wanted[index] for index in kept) + gap * (len(kept) - 1)


def _share(
    columns: Sequence[Column[Row]], widest: Sequence[int], kept: list[int], widths: list[int], available: int
) -> None:
    """Give out the room that is left: up to the preferred widths first, the rest by `grows`."""
    spare = available - sum(widths)
    wants = {index: min(columns[index].preferred, widest[index]) - widths[index] for index in kept}
    wanting = [index for index in kept if not columns[index].exact and wants[index] > 0]
    given = max(min(spare, sum(wants[index] for index in wanting)), 0)
    for index, share in zip(wanting, _split(given, [wants[index] for index in wanting]), strict=True):
        widths[index] += share
    spare -= given
    growing = [index for index in kept if columns[index].grows]
    if growing and spare > 0:
        for index, share in zip(growing, _split(spare, [columns[index].grows for index in growing]), strict=True):
            widths[index] += share


def _split(total: int, weights: list[int]) -> list[int]:
    """Whole shares of a total in proportion to the weights; they add to the total."""
    shares, left, weight_left = [], total, sum(weights)
    for weight in weights:
        share = left * weight // weight_left if weight_left else 0
        shares.append(share)
        left, weight_left = left - share, weight_left - weight
    return shares
