"""What did the accounts hold on the first day? One sheet of them all; the difference is shown while it is typed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui_ledger.errors import InvalidDate, LedgerError
from tui_ledger.ledger import Transaction
from tui_ledger.ledger.conversions import CONVERSIONS, conversion_root
from tui_ledger.ledger.opening_balance_acts import OPENING
from tui_ledger.locale.calculator import evaluate
from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, field_key, pressed, with_keys
from tui_ledger.ui.opening_rows import Difference, OpeningRow, differences, opening_rows, with_amount
from tui_ledger.ui.screens.dialogs import CANCEL, HELP, ConfirmDialog, Dialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column, short_account
from tui_ledger.ui.widgets.fields import AmountField, DateField, Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _

_MOVES = {"row-above": -1, "row-below": 1, "confirm": 1, "page-up": -10, "page-down": 10}


class OpeningSheet(Dialog[Transaction]):
    """The day above, the accounts below it, the amount of the highlighted one at the foot, where it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.BOX)]

    def __init__(self, desk: Desk) -> None:
        moves = (("confirm", _("Next")), ("row-above", ""), ("row-below", _("Account")), ("tab", _("Day")))
        super().__init__(_("Opening balances"), (*moves, ("save", _("Post")), HELP, CANCEL))
        self._desk = desk
        self._standing: Transaction | None = None
        self._rows: list[OpeningRow] = []
        self._typed = False
        self.day = DateField(desk.ledger.fiscal_year().first, desk.formats, desk.ledger.today, id="opening-day")
        self.grid: Grid[OpeningRow] = Grid(self._columns(), _name, empty=_("Reading …"), id="opening-rows")
        self.grid.can_focus = False
        self.amount = AmountField(id="opening-amount")
        self._edits = Caption(classes="remark")
        self._account = Caption(classes="row-label")
        self._sums = Caption(id="opening-sums")
        self._on_row: str | None = None

    def body(self) -> ComposeResult:
        with Horizontal(classes="opening-head"):
            yield Static(shown(_("Held at the end of")), classes="row-label")
            yield self.day
            yield self._edits
        with Vertical(classes="sheet-body"):
            yield self.grid
        with Horizontal(classes="opening-foot"):
            yield self._account
            yield self.amount
        yield self._sums

    def on_mount(self) -> None:
        self.amount.focus()
        self._read()

    def action_save(self) -> None:
        if not self._keep_amount():
            return
        try:
            posted = self._post()
        except InvalidDate as refusal:
            self.show_error(str(refusal))
            self.day.focus_selected()
        except LedgerError as refusal:
            self.show_error(str(refusal))
        else:
            self.app.notify(_said(posted), markup=False)
            self.dismiss(posted)

    def action_cancel(self) -> None:
        if not self._typed:
            self.dismiss(None)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        self.app.push_screen(ConfirmDialog(_("Close the sheet and drop what was typed?"), _("Drop it")), answered)

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        self._typed = True
        if field is self.amount:
            self._take_amount()

    def field_left(self, field: Field) -> None:
        if field is self.day:
            self._read_day()

    async def field_pressed(self, field: Field, key: str) -> bool:
        if field is self.day and field_key(Scope.DIALOG, key) == "confirm":
            if self._read_day():
                self.amount.focus_selected()
            return True
        acts = (field_key(scope, key) for scope in (Scope.DIALOG, Scope.BOX, Scope.LIST))
        step = next((_MOVES[act] for act in acts if act in _MOVES), None)
        if field is not self.amount or step is None:
            return False
        self._go(step)
        return True

    @on(Grid.Highlighted, "#opening-rows")
    def _highlighted(self) -> None:
        """By mouse; what the keys do has been done already."""
        row = self.grid.row
        if row is not None and _name(row) != self._on_row:
            if self._on_row is None or self._keep_amount():
                self._show_row()
                self.amount.focus_selected()
            else:
                self.grid.go_to(self._on_row)

    @work(thread=True, group="opening", exit_on_error=False, name=N_("Reading the opening balances"))
    def _read(self) -> None:
        """The transaction may stand among a million."""
        found = self._desk.ledger.opening_transaction()
        self.app.call_from_thread(self._fill, found)

    def _fill(self, standing: Transaction | None) -> None:
        self._standing = standing
        if standing is not None:
            self.day.day = standing.date
            self._edits.say(_("changes transaction {number}").format(number=standing.number))
        self.grid.empty = with_keys(_("No balance-sheet account yet: {cancel}, then {open-account} opens one."))
        self._read_rows()
        self._typed = False
        self._show_row()
        self.amount.focus_selected()

    def _read_rows(self) -> None:
        """The rows as of the day; amounts that were typed stay."""
        typed = {_name(row): row.amount for row in self._rows}
        standing, ledger = self._desk.standing, self._desk.ledger
        day: date = self.day.day
        nothing: dict[int, int] = {}
        balances = self._desk.ask(lambda: ledger.balances(day), nothing)
        conversions = conversion_root(self._desk.ask(lambda: ledger.setting(CONVERSIONS), None))
        as_of = self._as_of(balances, day)
        rows = opening_rows(standing.accounts, as_of, self._standing, self._opening(), conversions)
        self._rows = rows
        for name, amount in typed.items():
            self._rows = with_amount(self._rows, name, amount)
        self._show_rows()

    def _opening(self) -> str:
        return self._desk.ask(self._desk.ledger.opening_balances_account, OPENING)

    def _as_of(self, balances: dict[int, int], day: date) -> dict[int, int]:
        """Balances that hold the standing transaction whatever its day is."""
        if self._standing is None or self._standing.date <= day:
            return balances
        by_name, held = self._desk.standing.by_name, dict(balances)
        for posting in self._standing.postings:
            account = by_name.get(posting.account)
            if account is not None:
                held[account.id] = held.get(account.id, 0) + posting.amount.units
        return held

    def _read_day(self) -> bool:
        try:
            before = self.day.day
            if self.day.read() != before or self._rows:
                self._read_rows()
        except InvalidDate as refusal:
            self.show_error(str(refusal))
            return False
        return True

    def _go(self, step: int) -> None:
        if self._keep_amount():
            self.grid.move_to(self.grid.cursor + step)
            self._show_row()
            self.amount.select_all()

    def _keep_amount(self) -> bool:
        """Whether the amount that was typed can be read; else it says why not."""
        try:
            self._amount()
        except LedgerError as refusal:
            self.show_error(str(refusal))
            self.amount.focus_selected()
            return False
        return True

    def _take_amount(self) -> None:
        """What is typed counts at once, as far as it can be read."""
        try:
            amount = self._amount()
        except LedgerError:
            return
        if amount is not None and self._on_row is not None:
            self._rows = with_amount(self._rows, self._on_row, amount)
            self._show_rows()

    def _amount(self) -> Money | None:
        row = next((row for row in self._rows if _name(row) == self._on_row), None)
        if row is None:
            return None
        text = self.amount.value.strip()
        return evaluate(text, self._desk.formats, row.account.currency) if text else Money(0, row.account.currency)

    def _show_row(self) -> None:
        row = self.grid.row
        self._on_row = None if row is None else _name(row)
        self.amount.disabled = row is None
        self._account.say("" if row is None else f"{row.account.name}  {_side(row)}")
        shown = "" if row is None else self._desk.formats.money(row.amount, credit_normal=None)
        self.amount.put(shown if row is not None and row.amount else "")

    def _show_rows(self) -> None:
        self.grid.show(ListWindow(self._rows, _name))
        found = differences(self._rows, self._desk.standing.currency, self._opening())
        self._sums.say("   ".join(self._difference(one) for one in found))

    def _difference(self, one: Difference) -> str:
        named = partial(self._desk.named, credit_normal=None)
        both = _("Dr {debits}  Cr {credits}").format(debits=named(one.debits), credits=named(one.credits))
        if not one.rest:
            return f"{both}  {_('nothing is left')}"
        return f"{both}  {one.account} {_('Dr') if one.rest.units > 0 else _('Cr')} {named(abs(one.rest))}"

    def _post(self) -> Transaction:
        amounts = {_name(row): row.amount for row in self._rows if row.amount}
        return self._desk.ledger.set_opening_balances(self.day.read(), amounts)

    def _columns(self) -> list[Column[OpeningRow]]:
        desk = self._desk

        def figure(money: Money, row: OpeningRow) -> str:
            return desk.figure(money, credit_normal=row.account.type.sign < 0) if money else ""

        def currency(row: OpeningRow) -> str:
            return "" if row.account.currency == desk.standing.currency else str(row.account.currency)

        return [
            Column(N_("Code"), lambda row: row.account.code or "", exact=True, minimum=4, yields=2),
            Column(N_("Account"), _name, minimum=16, preferred=40, grows=1, shorten=short_account),
            Column(N_("Booked besides"), lambda row: figure(row.besides, row), right=True, exact=True, yields=1),
            Column(N_("Opening balance"), lambda row: figure(row.amount, row), right=True, exact=True),
            Column("", currency, exact=True, minimum=0),
        ]


def _name(row: OpeningRow) -> str:
    return row.account.name


def _side(row: OpeningRow) -> str:
    return _("Dr") if row.account.type.sign > 0 else _("Cr")


def _said(posted: Transaction) -> str:
    said = (
        _("Voided {number}: no opening balance is left · {key} undoes")
        if posted.voided
        else _("Opening balances stand in transaction {number} · {key} undoes")
    )
    return said.format(number=posted.number, key=pressed("undo"))
