"""What does a party see that signed in? Its own sheet and balance, month by month where it likes, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.dom import DOMNode

from tui_ledger.ledger import Account, Party, PartySheet
from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, with_keys
from tui_ledger.ui.listing import ListChoice, Listing, Source
from tui_ledger.ui.own_rows import MonthLine, month_columns, months_of
from tui_ledger.ui.own_sheet_keys import of_sheet
from tui_ledger.ui.party_rows import SheetLine, SheetView, SheetWindow, sheet_columns, views_of
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.party_dialogs import DaysForm
from tui_ledger.ui.shown_period import (
    EVERYTHING,
    ShownPeriod,
    Span,
    chosen_period,
    moved,
    narrower,
    period_of,
    wider,
)
from tui_ledger.ui.widgets.bars import CountPart, KeyBar, StatusPart
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.words import _, ngettext

Row = TypeVar("Row")
_NO_ACCOUNTS: tuple[Account, ...] = ()
_NOTHING: tuple[Money, ...] = ()


class OwnListing(Listing[Row]):
    """A list that is always read at once, and of which nothing is kept where it is served."""

    @property
    def is_large(self) -> bool:
        return False

    def remember(self) -> None:
        """Order and widths last as long as the screen."""

    def _recall(self) -> None:
        self.grid.show_sorting(self.choice.sorting)


class OwnSheetScreen(BookScreen):
    """The sheet of one party; no key of it leads anywhere else."""

    MODE = "own-sheet"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.SCREEN,)
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in of_sheet()]

    def __init__(self, desk: Desk, party: Party) -> None:
        super().__init__(desk)
        self.party = party
        self.sheet: Grid[SheetLine] = Grid(
            sheet_columns(desk),
            lambda row: row.key,
            tone=lambda row: "title" if row.number is None else None,
            id="own-sheet",
        )
        self.months: Grid[MonthLine] = Grid(
            month_columns(desk),
            lambda row: row.month,
            tone=lambda row: "title" if row.is_total else None,
            empty=_("Nothing was posted in these days."),
            id="own-months",
        )
        self._title = Caption(id="sheet-title")
        self._accounts: Sequence[Account] = ()
        self._views: Sequence[SheetView] = ()
        self._view = SheetView(None, desk.standing.currency)
        source = Source(self._window, self._totals, lambda: self._view, self._empty, True)
        self.listing: Listing[SheetLine] = OwnListing("own-sheet", self, self.sheet, source, self._show_status)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self.sheet
        yield self.months
        yield self.status
        yield KeyBar()

    def on_mount(self) -> None:
        self.months.display = False
        self.sheet.focus()

    @property
    def shows_months(self) -> bool:
        """Whether the months stand in the place of the sheet."""
        return self.months.display

    @property
    def period(self) -> ShownPeriod:
        return self.listing.choice.period

    def follow_book(self) -> None:
        """What other screens read of the book besides is not for a party."""
        revision = self.desk.ask(self.desk.follow, self.desk.standing).revision
        if revision != self._drawn_revision:
            self._drawn_revision = revision
            self.desk.ask(self.redraw, None)

    def redraw(self) -> None:
        ledger, is_first = self.desk.ledger, not self._views
        self.party = self.desk.ask(lambda: ledger.party(self.party.key), self.party)
        self._accounts = self.desk.ask(lambda: ledger.party_accounts(self.party.key), _NO_ACCOUNTS)
        self._views = views_of(self._accounts, self.desk.standing.currency)
        if self._view not in self._views:
            self._view = self._views[0]
        self._show(at_end=is_first)

    def choose_period(self, period: ShownPeriod) -> None:
        """Show other days."""
        self.listing.choose(period=period)
        self._show()

    def go_to_day(self, day: date) -> None:
        if not self.period.has(day):
            self.choose_period(period_of(self.period.span, day, self.desk.ledger.fiscal_year))
        finds = getattr(self.sheet.window, "index_of_date", None)
        if finds is not None:
            self.sheet.move_to(self.desk.ask(lambda: int(finds(day)), self.sheet.cursor))

    def shown_day(self) -> date:
        line = self.sheet.row
        return self.period.clipped(super().shown_day()) if line is None else line.date

    def row_title(self) -> str:
        return self.party.name

    def command_places(self) -> list[tuple[Scope, DOMNode]]:
        focused = self.focused
        here: list[tuple[Scope, DOMNode]] = [(Scope.SCREEN, self)]
        return [*here, (Scope.LIST, focused)] if isinstance(focused, Grid) else here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next_purpose":
            return len(self._views) > 1
        if action == "all_days":
            return self.listing.choice.is_narrow
        return super().check_action(action, parameters)

    def can_go_back(self) -> bool:
        return self.shows_months

    def action_back(self) -> None:
        if self.shows_months:
            self.action_months()

    def action_months(self) -> None:
        """The months in the place of the sheet, and back."""
        self.months.display, self.sheet.display = self.sheet.display, self.months.display
        (self.months if self.shows_months else self.sheet).focus()
        self._show()

    def action_all_days(self) -> None:
        self.choose_period(EVERYTHING)

    def action_party_days(self) -> None:
        def answered(period: ShownPeriod | None) -> None:
            if period is not None:
                self.choose_period(period)

        self.app.push_screen(DaysForm(self.desk, self.period), answered)

    def action_narrower(self) -> None:
        self.choose_period(narrower(self.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_wider(self) -> None:
        self.choose_period(wider(self.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_period_before(self) -> None:
        self.choose_period(moved(self.period, -1, self.desk.ledger.fiscal_year))

    def action_period_after(self) -> None:
        self.choose_period(moved(self.period, 1, self.desk.ledger.fiscal_year))

    def action_this_period(self) -> None:
        today, span = self.desk.ledger.today, self.period.span
        if span is Span.CHOSEN:
            self.choose_period(chosen_period(self.period.first, today))
        else:
            self.choose_period(period_of(span, today, self.desk.ledger.fiscal_year))

    def action_next_purpose(self) -> None:
        if self._views:
            self._view = self._views[(self._views.index(self._view) + 1) % len(self._views)]
            self._show(at_end=True)

    @on(Grid.SortWanted, "#own-sheet")
    def _sort_wanted(self, event: Grid.SortWanted) -> None:
        self.listing.choose(sorting=event.sorting)

    def _show(self, *, at_end: bool = False) -> None:
        self.listing.show(at_end=at_end)
        if self.shows_months:
            self.months.show(ListWindow(self.desk.ask(self._months, []), lambda row: row.month))
        self._say_title()
        self._show_status()
        self.refresh_bindings()

    def _months(self) -> list[MonthLine]:
        view = self._view
        chosen = [one for one in self._accounts if view.purpose is None or one.purpose == view.purpose]
        return months_of(self.desk.ledger, chosen, view.currency, self.period)

    def _window(self, choice: ListChoice) -> Window[SheetLine]:
        return SheetWindow(self._sheet(choice, newest_first=choice.sorting.falling))

    def _totals(self, choice: ListChoice) -> str:
        sheet = self._sheet(choice)
        closing = _("balance {amount}").format(amount=self._owed(sheet.closing_balance))
        if choice.period.first is None:
            return closing
        return f"{_('opening {amount}').format(amount=self._owed(sheet.opening_balance))}  {closing}"

    def _sheet(self, choice: ListChoice, *, newest_first: bool = False) -> PartySheet:
        first, last = choice.days
        return self.desk.ledger.party_sheet(
            self.party.key,
            purpose=self._view.purpose,
            currency=str(self._view.currency),
            date_from=first,
            date_to=last,
            newest_first=newest_first,
        )

    def _owed(self, money: Money) -> str:
        return self.desk.named(money, credit_normal=True)

    def _say_title(self) -> None:
        """Whose sheet it is, what they are owed now, and what of it is shown."""
        owed = self.desk.ask(lambda: self.desk.ledger.party_balance(self.party.key), _NOTHING)
        name = self.party.name if self.party.name == self.party.key else f"{self.party.name}  {self.party.key}"
        figures = [self._owed(one) for one in owed]
        parts = [name, *(_("balance {amount}").format(amount=one) for one in figures[:1]), *figures[1:]]
        parts += [self._view.purpose] if self._view.purpose is not None else []
        self._title.say("   ".join(parts))

    def _show_status(self) -> None:
        period, count = self.listing.period_name, self.sheet.row_count
        days = StatusPart(period or _("all days"), "party_days", is_offer=not period)
        shown = CountPart(ngettext("{n} line", "{n} lines", count).format(n=self.desk.count(count)))
        self.status.show([self.desk.ledger.name, self.party.name, shown, days], self.listing.totals)

    def _empty(self) -> str:
        return with_keys(_("Nothing was posted for you yet."))
