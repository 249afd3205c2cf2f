"""How does a starter chart look before a book is made with it? Its tree, row by row."""

from __future__ import annotations

from tui_ledger.charts import OutlineRow, StarterChart, outline
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _

NOTHING = N_("No accounts: they are opened one by one.")
_INDENT = 2


class ChartOutline(Grid[OutlineRow]):
    """Codes, names under their headings, and types; to look through, nothing is changed here."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            [
                Column("", lambda row: row.code, exact=True, minimum=4),
                Column("", _name, minimum=20, grows=1),
                Column("", lambda row: _(row.type) if row.depth == 1 else "", exact=True, minimum=9),
            ],
            lambda row: row.name,
            tone=lambda row: None if row.takes_postings else "title",
            empty=_(NOTHING),
            header=False,
            id=id,
        )

    def show_chart(self, chart: StarterChart | None) -> None:
        """Show another chart from its beginning, or that there is none."""
        self.show(ListWindow(() if chart is None else outline(chart), lambda row: row.name))
        self.move_to(0)


def _name(row: OutlineRow) -> str:
    return " " * _INDENT * (row.depth - 1) + row.leaf
