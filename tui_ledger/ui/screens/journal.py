"""What happened, in order? Every transaction of the book, the newest at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.timer import Timer

from tui_ledger.ledger import JournalRow, PostingStatus, Transaction
from tui_ledger.ledger.marking_acts import postings_of
from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, pressed
from tui_ledger.ui.listing import ListChoice, Listing, Source
from tui_ledger.ui.screens.lists import CLOSED_MARK, ListsScreen
from tui_ledger.ui.screens.transactions import STATUS_MARKS
from tui_ledger.ui.widgets.bars import CountPart
from tui_ledger.ui.widgets.columns import Column, short_accounts
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.transaction_pane import TransactionPane
from tui_ledger.ui.widgets.windows import Window
from tui_ledger.words import _, listed, ngettext, pgettext

SETTLING_SECONDS = 0.04


class JournalScreen(ListsScreen):
    """The journal, the postings of the highlighted transaction beside it, the entry form below."""

    MODE = "journal"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.TRANSACTIONS, Scope.LISTED, Scope.SCREEN)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: Grid[JournalRow] = Grid(
            _columns(desk, self.is_closed),
            lambda row: row.key,
            tone=lambda row: "muted" if row.voided or self.is_closed(row.date) else None,
            mark_of=lambda key: key[1],
            empty=_no_transactions(),
            id="journal-rows",
        )
        self.pane = TransactionPane(desk, id="pane")
        source = Source(self._window, self._totals, lambda: None, self._what_to_press, whole_is_cheap=True)
        self.listing: Listing[JournalRow] = Listing("journal", self, self.rows, source, self.list_changed)
        self.filter_bar = self.new_filter_bar()
        self._was_shown = False
        self._settling: Timer | None = None

    def body(self) -> ComposeResult:
        with Container(id="journal-body"):
            with Vertical(id="journal-side"):
                yield self.rows
                yield self.filter_bar
            yield self.pane
        yield self.form

    def redraw(self) -> None:
        self.listing.show(at_end=not self._was_shown)
        self._was_shown = True

    def current_number(self) -> int | None:
        row = self.rows.row
        return None if row is None else row.number

    def show_posted(self, transaction: Transaction) -> None:
        self.listing.go_to((transaction.date.isoformat(), transaction.number))

    def go_to_transaction(self, transaction: Transaction) -> None:
        """Put the cursor on a transaction; a filter that leaves it out is taken away."""
        key = (transaction.date.isoformat(), transaction.number)
        self.listing.go_to_listed(key, lambda one, other: one is not None and one[1] == other[1])

    def go_to_day(self, day: date) -> None:
        self.show_day_of_list(day)
        self.rows.focus()

    def postings_at_cursor(self) -> tuple[list[tuple[int, int]], PostingStatus]:
        """All postings of the transaction but those that are reconciled, unless all are."""
        row = self.rows.row
        if row is None:
            return [], PostingStatus.UNCLEARED
        transaction = self.desk.ledger.transaction(row.number)
        reconciled = {line.line for line in transaction.postings if line.status is PostingStatus.RECONCILED}
        lines = postings_of(transaction)
        return [one for one in lines if one[1] not in reconciled] or lines, row.status

    def rows_of_numbers(self, query: str) -> Sequence[JournalRow]:
        window = self.desk.ledger.journal_window(query)
        return window.rows(0, len(window))

    def list_changed(self) -> None:
        self._show_status()

    def shown_day(self) -> date:
        row = self.rows.row
        return super().shown_day() if row is None else row.date

    def focus_list(self) -> None:
        self.rows.focus()

    def can_go_back(self) -> bool:
        return self.focused is self.pane.postings or super().can_go_back() or self.listing.choice.is_narrow

    def action_back(self) -> None:
        if self.focused is self.pane.postings:
            self.rows.focus()
        elif super().can_go_back():
            super().action_back()
        else:
            self.action_clear_filter()

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
        rows = self.rows.row_count
        count = ngettext("{n} transaction", "{n} transactions", rows).format(n=self.desk.count(rows))
        left = [self.desk.ledger.name, CountPart(count), *self.status_parts()]
        self.status.show(left, self.listing.totals or _sides("…", "…"))

    def _window(self, choice: ListChoice) -> Window[JournalRow]:
        first, last = choice.days
        return self.desk.ledger.journal_window(choice.query, date_from=first, date_to=last, order=choice.order())

    def _totals(self, choice: ListChoice) -> str:
        """In the book's currency; other currencies are named."""
        first, last = choice.days
        found = self.desk.ledger.journal_totals(choice.query, date_from=first, date_to=last)
        own = self.desk.standing.currency
        debits, credits = (Money(units, own) for units in found.get(str(own), (0, 0)))
        others = " ".join(sorted(code for code in found if code != own))
        totals = _sides(self.desk.named(debits, credit_normal=None), self.desk.named(credits, credit_normal=None))
        return f"{totals}  + {others}" if others else totals

    def _what_to_press(self) -> str:
        if self.desk.standing.accounts:
            return _no_transactions()
        return _("No accounts yet. Press 1, then a, to open the first one.")


def _columns(desk: Desk, is_closed: Callable[[date], bool]) -> list[Column[JournalRow]]:
    own = desk.ledger.currency

    def amount(row: JournalRow) -> str:
        return pgettext("transaction", "void") if row.amount is None else desk.figure(row.amount, credit_normal=None)

    def mark(row: JournalRow) -> str:
        status = "V" if row.voided else STATUS_MARKS[row.status]
        return status + CLOSED_MARK if is_closed(row.date) else status

    def currency(row: JournalRow) -> str:
        return "" if row.amount is None or row.amount.currency == own else str(row.amount.currency)

    number = pgettext("number", "No")
    return [
        Column(_("Date"), lambda row: desk.day(row.date), exact=True, minimum=10, sorts="date"),
        Column(number, lambda row: str(row.number), right=True, exact=True, minimum=2, sorts="number"),
        Column("", mark, exact=True, minimum=0, yields=3, sorts="status"),
        Column(_("Payee"), lambda row: row.payee or "", minimum=8, preferred=22, sorts="payee"),
        Column(_("Memo"), _memo, minimum=6, preferred=24, grows=2, yields=1, sorts="memo"),
        Column(
            _("Accounts"),
            lambda row: listed(row.accounts),
            minimum=12,
            preferred=30,
            grows=1,
            shorten=short_accounts,
            sorts="accounts",
        ),
        Column(_("Amount"), amount, right=True, exact=True, sorts="amount"),
        Column("", currency, exact=True, minimum=0),
    ]


def _memo(row: JournalRow) -> str:
    """What became of a transaction stands before its memo, in words."""
    if row.reversed_by:
        return f"{_('reversed by {number}').format(number=row.reversed_by)} · {row.memo}"
    return f"{_('reverses {number}').format(number=row.reverses)} · {row.memo}" if row.reverses else row.memo


def _sides(debits: str, credits: str) -> str:
    return _("Dr {debits}  Cr {credits}").format(debits=debits, credits=credits)


def _no_transactions() -> str:
    return _("No transactions yet. Press {key} to write the first one.").format(key=pressed("new"))
