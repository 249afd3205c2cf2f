"""Who changed what, when, and what was it before? One transaction's history, or the whole book's, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui_ledger.ledger.act_names import act_name
from tui_ledger.ledger.history import ChangeRow
from tui_ledger.ledger.undoing import ActSummary
from tui_ledger.ui.act_words import change_in_words, local_time, read_in_words
from tui_ledger.ui.change_lines import change_lines
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.words import _

UNDO_MARK = "↶"
LONGEST_LABEL = 36


class ChangesWindow:
    """Every change of the book, newest first, a page at a time: changes are numbered without gaps."""

    def __init__(self, desk: Desk) -> None:
        self._ledger = desk.ledger
        self._last = desk.ledger.revision

    def __len__(self) -> int:
        return self._last

    def rows(self, start: int, stop: int, /) -> Sequence[ChangeRow]:
        return self._ledger.latest_changes(stop - start, through=self._last - start) if stop > start else []

    def index_of(self, key: int, /) -> int:
        return max(self._last - key, 0)


class HistoryDialog(SheetDialog[ChangeRow]):
    """Changes, and beneath them what the highlighted one changed, part by part."""

    def __init__(self, desk: Desk, title: str, window: Callable[[], Window[ChangeRow]]) -> None:
        self._window = window
        self._undo: ActSummary | None = None
        self._lines = Static("", id="change-lines")
        super().__init__(desk, title, Grid(self._columns(desk), lambda change: change.seq, id="changes"))

    def body(self) -> ComposeResult:
        with Vertical(classes="sheet-body"):
            yield self.grid
        with VerticalScroll(classes="change-lines", can_focus=False):
            yield self._lines
        yield self.about_row

    def fill(self) -> None:
        self._undo = self.desk.ask(self.desk.ledger.act_to_undo, None)
        self.grid.show(self.desk.ask(self._window, ListWindow([], lambda change: change.seq)))
        self.grid.move_to(0)
        self.about_row.say(self.what_undo_does())

    def what_undo_does(self) -> str:
        """What an undo would take back, in words."""
        if self._undo is None:
            return _("There is nothing that {key} would take back.").format(key=pressed("undo"))
        act = self._undo.act
        words = self.desk.ask(lambda: read_in_words(self.desk.ledger, act, self.desk.formats), "")
        takes_back = _("{key} takes back: {act}").format(key=pressed("undo"), act=words)
        return f"{UNDO_MARK} {takes_back}"

    @on(Grid.Highlighted, "#changes")
    def _highlighted(self) -> None:
        change = self.grid.row
        lines = [] if change is None else change_lines(change, self.desk.formats)
        label_cells = min(max((cell_len(line.label) for line in lines), default=0), LONGEST_LABEL)
        self._lines.update(Content("\n").join(shown(line.text(label_cells)) for line in lines))

    def _columns(self, desk: Desk) -> list[Column[ChangeRow]]:
        return [
            Column("", self._mark, exact=True, minimum=1),
            Column(_("When"), lambda change: local_time(change.at, desk.formats), exact=True, minimum=16),
            Column(_("Who"), lambda change: change.actor, minimum=4, preferred=12, yields=2),
            Column(_("Act"), lambda change: act_name(change.kind), minimum=4, preferred=16, yields=1),
            Column(_("What"), lambda change: change_in_words(change, desk.formats), minimum=20, grows=1),
        ]

    def _mark(self, change: ChangeRow) -> str:
        return UNDO_MARK if self._undo is not None and change.act == self._undo.act else ""


def transaction_history(desk: Desk, number: int) -> HistoryDialog:
    """The history of one transaction, the latest change first; raises TransactionNotFound."""
    desk.ledger.transaction(number)

    def window() -> Window[ChangeRow]:
        return ListWindow(desk.ledger.changes_of(number)[::-1], lambda change: change.seq)

    return HistoryDialog(desk, _("History of transaction {number}").format(number=number), window)


def book_history(desk: Desk) -> HistoryDialog:
    """The history of the whole book."""
    title = _("Changes of {book}").format(book=desk.ledger.name)
    return HistoryDialog(desk, title, lambda: ChangesWindow(desk))
