"""How does the cursor go from one list to the one beneath it? Beyond the last row and before the first."""

from __future__ import annotations

from typing import Any, TypeVar

from tui_ledger.ui.widgets.grid import Grid

Row = TypeVar("Row")


class NeighbourGrid(Grid[Row]):
    """A list that has others above and below it; one without rows is passed over by staying."""

    above: Grid[Any] | None = None
    below: Grid[Any] | None = None

    def action_row_up(self) -> None:
        if self.cursor > 0 or self.above is None or not self.above.row_count:
            super().action_row_up()
        else:
            self.above.move_to(self.above.row_count - 1)
            self.above.focus()

    def action_row_down(self) -> None:
        if self.cursor < self.row_count - 1 or self.below is None or not self.below.row_count:
            super().action_row_down()
        else:
            self.below.move_to(0)
            self.below.focus()
