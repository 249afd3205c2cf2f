"""What happened, in order? Every transaction of the book, the newest at the bottom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from tui_ledger.ledger import JournalRow, Transaction
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope
from tui_ledger.ui.screens.transactions import STATUS_MARKS, TransactionsScreen
from tui_ledger.ui.widgets.columns import Column, short_accounts
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.transaction_pane import TransactionPane

SETTLING_SECONDS = 0.04


class JournalScreen(TransactionsScreen):
    """The journal, the postings of the highlighted transaction beside it, the entry form below."""

    MODE = "journal"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.TRANSACTIONS, Scope.SCREEN)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: Grid[JournalRow] = Grid(
            _columns(desk),
            lambda row: row.key,
            tone=lambda row: "muted" if row.voided else None,
            empty="No transactions yet. Press n to write the first one.",
            id="journal-rows",
        )
        self.pane = TransactionPane(desk, id="pane")
        self._was_shown = False
        self._settling: Timer | None = None

    def body(self) -> ComposeResult:
        with Container(id="journal-body"):
            yield self.rows
            yield self.pane
        yield self.form

    def redraw(self) -> None:
        window = self.desk.ledger.journal_window()
        if not len(window):
            self.rows.empty = self._what_to_press()
        self.rows.show(window, at_end=not self._was_shown)
        self._was_shown = True

    def current_number(self) -> int | None:
        row = self.rows.row
        return None if row is None else row.number

    def show_posted(self, transaction: Transaction) -> None:
        self.go_to_transaction(transaction)

    def go_to_transaction(self, transaction: Transaction) -> None:
        """Put the cursor on a transaction."""
        self.rows.go_to((transaction.date.isoformat(), transaction.number))

    def go_to_day(self, day: date) -> None:
        self.rows.move_to(self.desk.ask(lambda: self.desk.ledger.journal_window().index_of_date(day), self.rows.cursor))
        self.rows.focus()

    def shown_day(self) -> date:
        row = self.rows.row
        return super().shown_day() if row is None else row.date

    def focus_list(self) -> None:
        self.rows.focus()

    def can_go_back(self) -> bool:
        return self.focused is self.pane.postings or super().can_go_back()

    def action_back(self) -> None:
        if self.focused is self.pane.postings:
            self.rows.focus()
        else:
            super().action_back()

    @on(Grid.Highlighted, "#journal-rows")
    def _highlighted(self) -> None:
        """Pane and status line follow once the cursor rests, so that a held key stays light."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLING_SECONDS, self._show_pane)
        self.note_rows(self.rows.row_count)

    def _show_pane(self) -> None:
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        self._show_status()
        number = self.current_number()
        self.pane.show(None if number is None else self.workbench.attempt(lambda: self.desk.ledger.transaction(number)))

    @on(Grid.Opened, "#journal-rows")
    def _opened(self) -> None:
        self._show_pane()
        self.pane.postings.focus()

    @on(Grid.Opened, "#postings")
    async def _posting_opened(self) -> None:
        posting, transaction = self.pane.postings.row, self.pane.transaction
        if posting is not None and transaction is not None:
            key = (transaction.date.isoformat(), transaction.number, posting.line)
            await self.workbench.open_register(posting.account, key)

    def _show_status(self) -> None:
        row = self.rows.row
        left, right = [self.desk.ledger.name, f"{self.desk.count(self.rows.row_count)} transactions"], ""
        if row is not None:
            left.append(self.desk.full_day(row.date))
            amount = "" if row.amount is None else self.desk.named(row.amount)
            right = f"{row.number}  Dr {amount}  Cr {amount}" if amount else f"{row.number}  void"
        self.status.show(left, right)

    def _what_to_press(self) -> str:
        if self.desk.standing.accounts:
            return "No transactions yet. Press n to write the first one."
        return "No accounts yet. Press 1, then a, to open the first one."


def _columns(desk: Desk) -> list[Column[JournalRow]]:
    own = desk.ledger.currency

    def amount(row: JournalRow) -> str:
        return "void" if row.amount is None else desk.figure(row.amount)

    def currency(row: JournalRow) -> str:
        return "" if row.amount is None or row.amount.currency == own else str(row.amount.currency)

    return [
        Column("Date", lambda row: desk.day(row.date), exact=True, minimum=10),
        Column("No", lambda row: str(row.number), right=True, exact=True, minimum=2),
        Column("", _mark, exact=True, minimum=0, yields=3),
        Column("Payee", lambda row: row.payee or "", minimum=8, preferred=22),
        Column("Memo", _memo, minimum=6, preferred=24, grows=2, yields=1),
        Column(
            "Accounts", lambda row: ", ".join(row.accounts), minimum=12, preferred=30, grows=1, shorten=short_accounts
        ),
        Column("Amount", amount, right=True, exact=True),
        Column("", currency, exact=True, minimum=0),
    ]


def _mark(row: JournalRow) -> str:
    return "V" if row.voided else STATUS_MARKS[row.status]


def _memo(row: JournalRow) -> str:
    """What became of a transaction stands before its memo, in words."""
    if row.reversed_by:
        return f"reversed by {row.reversed_by} · {row.memo}"
    return f"reverses {row.reverses} · {row.memo}" if row.reverses else row.memo
