"""On which side does a figure above zero stand, for readers who write Dr and Cr in place of signs? One rule for all.

In whatever medium a report is drawn, what is above zero is a credit where its section or block says so, else a debit.
Where the column itself is one of debits or of credits, the figure needs no side and stands without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_ledger.reports.report import Column
    from tui_ledger.reports.table import Block, Line, TableColumn

Side = bool | None
"""True for a credit, False for a debit, None where the column says it."""

_SIDED = ("debit", "credit")


def side_in_column(column: Column, is_credit: bool) -> Side:
    """The side of what is above zero in a column of a statement, where `is_credit` is what its section or total says;
    checks are differences, debits less credits."""
    return None if (column.name or "").endswith(_SIDED) else is_credit


def side_in_table(column: TableColumn, block: Block, line: Line | None = None) -> Side:
    """The side of what is above zero in a column of a report that lists; a line may be of another side than its
    block."""
    if column.name in _SIDED:
        return None
    return block.is_credit if line is None or line.is_credit is None else line.is_credit
