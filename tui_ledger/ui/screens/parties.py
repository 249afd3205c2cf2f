"""What is each party owed, and how did it come to that? The list of parties beside the sheet of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.timer import Timer

from tui_ledger.errors import UnknownParty
from tui_ledger.ledger import Account, Party, PartyBalance, Transaction
from tui_ledger.ledger.party_balances import ORDERS
from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings, with_keys
from tui_ledger.ui.listing import ListChoice, Listing, Source
from tui_ledger.ui.party_rows import SheetLine, SheetView, SheetWindow, party_columns, sheet_columns, views_of
from tui_ledger.ui.screens.party_acts import WRITING
from tui_ledger.ui.screens.party_choice import PartyChoiceScreen
from tui_ledger.ui.shown_period import EVERYTHING, chosen_period, period_of
from tui_ledger.ui.widgets.bars import CountPart, StatusPart
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.header import Sorting
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.ui.widgets.words_bar import WordsBar
from tui_ledger.words import _, ngettext

SETTLING_SECONDS = 0.04
BY_NAME, BY_DAY = Sorting("name"), Sorting("date")


class PartiesScreen(PartyChoiceScreen):
    """The parties with what they are owed; the sheet of the highlighted one beside them, or over them on a narrow
    screen."""

    MODE = "parties"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.PARTIES, Scope.SCREEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.PARTIES)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: Grid[PartyBalance] = Grid(
            party_columns(desk),
            lambda row: row.id,
            tone=lambda row: None if row.active and not row.is_settled else "muted",
            mark_of=lambda key: key,
            id="parties",
        )
        self.sheet: Grid[SheetLine] = Grid(
            sheet_columns(desk),
            lambda row: row.key,
            tone=lambda row: "title" if row.number is None else None,
            mark_of=lambda key: key[1:],
            id="party-sheet",
        )
        self.words = WordsBar(_("Words of its key or name"), id="party-words")
        self._title = Caption(id="sheet-title")
        self.party: PartyBalance | None = None
        self._view: SheetView | None = None
        self._views: Sequence[SheetView] = ()
        self._marked_in: int | None = None
        self._settling: Timer | None = None
        of_list = Source(self._window, self._totals, self._choice_of_list, self._what_to_press)
        of_sheet = Source(self._sheet_window, self._sheet_totals, self._choice_of_sheet, self._empty_sheet, True)
        self.listing: Listing[PartyBalance] = Listing("parties", self, self.rows, of_list, self._show_status)
        self.sheet_listing: Listing[SheetLine] = Listing("party-sheet", self, self.sheet, of_sheet, self._show_status)
        if self.listing.choice.sorting.column not in ORDERS:
            self.listing.choice = ListChoice(period=self.listing.choice.period, sorting=BY_NAME)
            self.rows.show_sorting(BY_NAME)
        self.sheet_listing.choice = ListChoice(
            self.sheet_listing.choice.query, self.period, self.sheet.sorting or BY_DAY
        )

    def body(self) -> ComposeResult:
        with Horizontal(id="parties-body"):
            with Vertical(id="party-side"):
                yield self.rows
                yield self.words
            with Vertical(id="sheet-side"):
                yield self._title
                yield self.sheet

    @property
    def sheet_is_open(self) -> bool:
        """Whether the sheet has the screen, or the focus beside the list."""
        return self.has_class("-sheet")

    def redraw(self) -> None:
        self.listing.show()
        self._show_sheet()

    def current_party(self) -> PartyBalance | None:
        return self.rows.row

    def choice_changed(self) -> None:
        self._say_title()
        self._show_status()

    def chosen_purpose(self) -> str | None:
        self._follow_cursor()
        return None if self._view is None else self._view.purpose

    def show_party(self, party: Party, posted: Transaction | None = None) -> None:
        owed = self.desk.ask(lambda: self.desk.ledger.party_balance(party), _NOTHING)
        self.hides_inactive &= party.active
        self.hides_zero &= any(owed)
        self.listing.go_to_listed(party.id, lambda one, other: one == other)
        self.sheet_listing.choice = replace(self.sheet_listing.choice, period=self.period)
        self.listing.when_shown(lambda: self._follow_shown(posted))

    def go_to_day(self, day: date) -> None:
        """In the sheet its first row of the day; in the list the balances at its end."""
        if self.sheet_is_open:
            if not self.period.has(day):
                self.choose_period(period_of(self.period.span, day, self.desk.ledger.fiscal_year))
            self.sheet_listing.when_shown(lambda: self._move_to_day(day))
        else:
            self.choose_period(chosen_period(None, day))

    def shown_day(self) -> date:
        line = self.sheet.row if self.sheet_is_open else None
        return self.period.clipped(super().shown_day()) if line is None else line.date

    def export_shown(self) -> bool:
        """The sheet, where it is shown, to a workbook of its own."""
        self._follow_cursor()
        party, view = self.party, self._view
        if not self.sheet_is_open or party is None or view is None:
            return False
        falling = self.sheet_listing.choice.sorting.falling
        self.workbench.export_statement(party.key, view, self.period, newest_first=falling)
        return True

    def row_title(self) -> str:
        return super().row_title() if self.party is None else self.party.name

    def command_places(self) -> list[tuple[Scope, DOMNode]]:
        places: list[tuple[Scope, DOMNode]] = [(Scope.WORDS, self.words)] if self.words.is_open else []
        return [*places, *super().command_places()]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OWN and self.words.field.has_focus:
            return False
        if action in WRITING:
            return self.may_act(action)
        if action == "party_months":
            return self.current_party() is not None
        if action == "all_parties":
            return self.listing.choice.is_narrow
        if action == "next_purpose":
            return len(self._views) > 1 or self._settling is not None
        return super().check_action(action, parameters)

    def can_go_back(self) -> bool:
        return self.sheet_is_open or super().can_go_back() or self.listing.choice.is_narrow

    def action_back(self) -> None:
        if self.sheet_is_open:
            self._leave_sheet()
        elif super().can_go_back():
            super().action_back()
        else:
            self.action_all_parties()

    def action_next_purpose(self) -> None:
        self._follow_cursor()
        if self._views:
            place = self._views.index(self._view) + 1 if self._view in self._views else 0
            self._view = self._views[place % len(self._views)]
            self.sheet_listing.show(at_end=True)
            self._say_title()

    @on(Grid.Highlighted, "#parties")
    def _party_highlighted(self) -> None:
        """The sheet follows once the cursor rests, so that a held key stays light."""
        self.note_rows(self.rows.row_count)
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLING_SECONDS, self._follow_cursor)

    @on(Grid.Opened, "#parties")
    def _party_opened(self) -> None:
        self._follow_cursor()
        if self.party is not None:
            self.add_class("-sheet")
            self.sheet.focus()

    @on(Grid.Opened, "#party-sheet")
    async def _line_opened(self) -> None:
        line = self.sheet.row
        if line is not None and line.number is not None:
            await self.workbench.open_transaction(line.number)

    def on_descendant_focus(self) -> None:
        if self.focused in (self.rows, self.words.field):
            self.remove_class("-sheet")
        elif self.focused is self.sheet:
            self.add_class("-sheet")
        self._show_status()
        self.refresh_bindings()

    def _leave_sheet(self) -> None:
        self.remove_class("-sheet")
        self.rows.focus()

    def _follow_cursor(self) -> None:
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        row, before = self.rows.row, self.party
        if row == before:
            return
        self.party = row
        if row is None or before is None or row.id != before.id:
            self._view = None
            self._show_sheet(at_end=True)
        else:
            self._say_title()
        self.refresh_bindings()

    def _follow_shown(self, posted: Transaction | None) -> None:
        """The sheet of the party that was just brought before the eyes; what was posted for it under the cursor."""
        self._follow_cursor()
        if posted is None or self.party is None:
            return
        own = {one.name: one for one in self.desk.standing.accounts if one.party == self.party.key}
        lines = [line for line in posted.postings if line.account in own]
        if not lines:
            return
        self._show_sheet()
        if self._view not in _views_with(own[lines[0].account]):
            fitting = (one for one in self._views if one in _views_with(own[lines[0].account]))
            self._view = next(fitting, self._view)
        key = (posted.date.isoformat(), posted.number, lines[0].line)
        if not self.period.has(posted.date):
            self.choose_period(EVERYTHING)
        self._say_title()
        self.sheet_listing.go_to(key)
        self.sheet_listing.when_shown(lambda: self.sheet.go_to(key))
        self.add_class("-sheet")
        self.sheet.focus()

    def _show_sheet(self, *, at_end: bool = False) -> None:
        party = self._standing_party()
        accounts = _NO_ACCOUNTS
        if party is not None:
            accounts = self.desk.ask(lambda: self.desk.ledger.party_accounts(party.key), _NO_ACCOUNTS)
        self._views = views_of(accounts, self.desk.standing.currency) if party is not None else ()
        if self._view not in self._views:
            self._view = self._views[0] if self._views else None
        if party is not None and party.id != self._marked_in:
            self._marked_in = party.id
            self.sheet.mark_keys(())
        self.sheet_listing.show(at_end=at_end)
        self._say_title()

    def _standing_party(self) -> PartyBalance | None:
        """The party whose sheet is shown; somebody may have deleted it meanwhile."""
        party = self.party
        if party is not None and self.desk.ask(lambda: self._is_gone(party), False):
            self.party = None
        return self.party

    def _is_gone(self, party: PartyBalance) -> bool:
        try:
            self.desk.ledger.party(party.key)
        except UnknownParty:
            return True
        return False

    def _say_title(self) -> None:
        party, view = self.party, self._view
        if party is None or view is None:
            self._title.say("")
            return
        parts = [party.name if party.name == party.key else f"{party.name}  {party.key}"]
        parts += [view.purpose] if view.purpose is not None else []
        parts += [str(view.currency)] if view.currency != self.desk.standing.currency else []
        parts += [self.listing.period_name] if self.listing.period_name else []
        self._title.say("   ".join(parts))

    def _choice_of_list(self) -> tuple[bool, bool]:
        return self.hides_zero, self.hides_inactive

    def _choice_of_sheet(self) -> tuple[int | None, SheetView | None]:
        return (None if self.party is None else self.party.id), self._view

    def _window(self, choice: ListChoice) -> Window[PartyBalance]:
        return self.desk.ledger.party_window(**self._wanted(choice))

    def _wanted(self, choice: ListChoice) -> dict[str, Any]:
        return {
            "at": choice.period.last,
            "order": choice.sorting.column if choice.sorting.column in ORDERS else "name",
            "falling": choice.sorting.falling,
            "include_zero": not self.hides_zero,
            "include_inactive": not self.hides_inactive,
            "words": choice.query,
        }

    def _totals(self, choice: ListChoice) -> str:
        """What the parties listed owe, and what they are owed, in the book's currency; other currencies are named."""
        found = self.desk.ledger.party_balances(**self._wanted(choice))
        own = self.desk.standing.currency
        units = [one.balance.units for one in found]
        others = " ".join(sorted({str(owed.currency) for one in found for owed in one.balances[1:] if owed}))
        debits, credits = -sum(one for one in units if one < 0), sum(one for one in units if one > 0)
        named = self.desk.named
        totals = _("Dr {debits}  Cr {credits}").format(
            debits=named(Money(debits, own), credit_normal=None), credits=named(Money(credits, own), credit_normal=None)
        )
        return f"{totals}  + {others}" if others else totals

    def _sheet_window(self, choice: ListChoice) -> Window[SheetLine]:
        party, view = self.party, self._view
        if party is None or view is None:
            return ListWindow([], lambda row: row.key)
        first, last = choice.days
        sheet = self.desk.ledger.party_sheet(
            party.key,
            purpose=view.purpose,
            currency=str(view.currency),
            date_from=first,
            date_to=last,
            newest_first=choice.sorting.falling,
        )
        return SheetWindow(sheet)

    def _sheet_totals(self, choice: ListChoice) -> str:
        """What the party was owed at the end of the days shown."""
        party, view = self.party, self._view
        if party is None or view is None:
            return ""
        first, last = choice.days
        sheet = self.desk.ledger.party_sheet(
            party.key, purpose=view.purpose, currency=str(view.currency), date_from=first, date_to=last
        )
        closing = _("balance {amount}").format(amount=self._owed(sheet.closing_balance))
        if first is None:
            return closing
        return f"{_('opening {amount}').format(amount=self._owed(sheet.opening_balance))}  {closing}"

    def _owed(self, money: Money) -> str:
        return self.desk.named(money, credit_normal=True)

    def _show_status(self) -> None:
        period, count = self.listing.period_name, self.sheet.row_count
        days = StatusPart(period or _("all days"), "party_days", is_offer=not period)
        if self.sheet_is_open and self.party is not None:
            shown = CountPart(ngettext("{n} line", "{n} lines", count).format(n=self.desk.count(count)))
            self.status.show([self.desk.ledger.name, self.party.name, shown, days], self.sheet_listing.totals)
            return
        left = [self.desk.ledger.name, *self._list_in_words(days)]
        self.status.show(left, self.listing.totals or _("Dr {debits}  Cr {credits}").format(debits="…", credits="…"))

    def _list_in_words(self, days: StatusPart) -> list[str]:
        """What of the list is shown, part by part."""
        query, count, marked = self.listing.choice.query.strip(), self.rows.row_count, len(self.rows.marked)
        return [
            CountPart(ngettext("{n} party", "{n} parties", count).format(n=self.desk.count(count))),
            days,
            StatusPart(f"/ {query or _('find')}", "find_party", is_offer=not query),
            _("without zero") if self.hides_zero else "",
            _("without inactive") if self.hides_inactive else "",
            ngettext("{n} marked", "{n} marked", marked).format(n=self.desk.count(marked)) if marked else "",
        ]

    def _what_to_press(self) -> str:
        if self.hides_zero or self.hides_inactive:
            return with_keys(_("Nothing is left. {zero-parties} and {inactive-parties} show what is hidden."))
        if self.desk.ledger.read_only:
            return _("No parties yet.")
        return with_keys(_("No parties yet. Press {add-party} to add the first one."))

    def _empty_sheet(self) -> str:
        if self.party is None:
            return ""
        if self.desk.ledger.read_only:
            return _("Nothing was posted for it yet.")
        return with_keys(_("Nothing was posted for it yet. Press {adjust-party} to credit or debit it."))

    def _move_to_day(self, day: date) -> None:
        finds = getattr(self.sheet.window, "index_of_date", None)
        if finds is not None:
            self.sheet.move_to(self.desk.ask(lambda: int(finds(day)), self.sheet.cursor))


_NOTHING: tuple[Money, ...] = ()
_NO_ACCOUNTS: tuple[Account, ...] = ()
_OWN = frozenset(
    {"adjust_party", "add_party", "edit_party", "delete_party", "find_party", "all_parties", "zero_parties"}
    | {"inactive_parties", "party_days", "narrower", "wider", "period_before", "period_after", "this_period"}
    | {"next_purpose", "party_months", "watch"}
)


def _views_with(account: Account) -> tuple[SheetView, SheetView]:
    """The sheets an account is in."""
    return SheetView(None, account.currency), SheetView(account.purpose, account.currency)
