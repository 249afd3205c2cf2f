"""What can be done with a list of transactions? Filtered, sorted, narrowed to a period, cleared, marked, copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.dom import DOMNode

from tui_ledger.dates import day_after
from tui_ledger.ledger import PostingStatus
from tui_ledger.ui.filtering import SAVED_PREFIX, FilterWords, saved_filters
from tui_ledger.ui.keys import Scope, bindings, key_of, pressed
from tui_ledger.ui.listing import USUAL, Listing
from tui_ledger.ui.screens.bulk import BulkDialog
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.list_dialogs import NameDialog
from tui_ledger.ui.screens.row_menu import can_do, open_menu
from tui_ledger.ui.screens.transactions import TransactionsScreen
from tui_ledger.ui.shown_period import EVERYTHING, ShownPeriod, moved, narrower, period_of, wider
from tui_ledger.ui.widgets.bars import StatusPart
from tui_ledger.ui.widgets.filter_bar import FilterBar
from tui_ledger.ui.widgets.grid import Grid, as_tsv
from tui_ledger.words import _, ngettext

MOST_PAYEES = 20_000
NUMBERS_ASKED = 200
CLOSED_MARK = "▪"
NEED_ROW = ("toggle_cleared", "bulk")
PERIODS = ("narrower", "wider", "period-before", "period-after", "this-period", "clear-filter")
NEED_LIST = ("filter", "narrower", "wider", "period_before", "period_after", "this_period", "period_menu")


class ListsScreen(TransactionsScreen):
    """A screen with one long list of transactions or postings."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.LISTED)]

    listing: Listing[Any]
    filter_bar: FilterBar

    def list_is_shown(self) -> bool:
        """Whether the list stands on the screen."""
        return True

    def enter_list(self) -> None:
        """Give the list the focus at once, and the screen where it needs it."""
        self.set_focus(self.list_grid)

    def postings_at_cursor(self) -> tuple[list[tuple[int, int]], PostingStatus]:
        """What `x` marks, as (number, line), and how it is marked now; raises LedgerError."""
        raise NotImplementedError

    def rows_of_numbers(self, query: str) -> Sequence[Any]:
        """The rows, filtered or not, of the transactions that a query finds."""
        raise NotImplementedError

    def list_changed(self) -> None:
        """Other rows are listed, or their totals are known."""

    @property
    def list_grid(self) -> Grid[Any]:
        return self.listing.grid

    def new_filter_bar(self) -> FilterBar:
        return FilterBar(self.desk, self._filter_words, id="filter")

    def status_parts(self) -> list[str]:
        """What the status line says about the choice: period, filter, marks, closed days."""
        choice, marked = self.listing.choice, len(self.list_grid.marked)
        closed = self.desk.standing.closed_through
        period, query = self.listing.period_name, choice.query.strip()
        doors = [
            StatusPart(period or _("all days"), "period_menu", is_offer=not period),
            StatusPart(f"/ {query or _('filter')}", "filter", is_offer=not query),
        ]
        return [
            *(part for part in doors if not part.is_offer),
            ngettext("{n} marked", "{n} marked", marked).format(n=self.desk.count(marked)) if marked else "",
            _closed_to(self.desk.day(closed)) if closed is not None else "",
            *(part for part in doors if part.is_offer),
        ]

    def is_closed(self, day: date) -> bool:
        """Whether a day lies in a closed period."""
        closed = self.desk.standing.closed_through
        return closed is not None and day <= closed

    def chosen_numbers(self) -> list[int]:
        """The transactions that are marked, else the one under the cursor."""
        numbers = [mark[0] if isinstance(mark, tuple) else mark for mark in self.list_grid.marked]
        current = self.current_number()
        return list(dict.fromkeys(numbers)) or ([] if current is None else [current])

    def chosen_postings(self) -> list[tuple[int, int]] | None:
        """The postings that are marked, as (number, line), where the list is of postings; None for whole ones."""
        return None

    def command_places(self) -> list[tuple[Scope, DOMNode]]:
        places: list[tuple[Scope, DOMNode]] = [(Scope.FILTER, self.filter_bar)] if self.filter_bar.is_open else []
        return [*places, *super().command_places()]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in NEED_ROW:
            return not self.desk.ledger.read_only and self.list_is_shown() and self.current_number() is not None
        if action in NEED_LIST:
            return self.list_is_shown() and not self.filter_bar.field.has_focus
        if action == "clear_filter":
            return self.list_is_shown() and self.listing.choice.is_narrow
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        if self.filter_bar.is_open:
            self._key_before_filter = self.list_grid.row_key
            self.filter_bar.field.focus()
            return
        self.enter_list()
        self._key_before_filter = self.list_grid.row_key
        self.filter_bar.open(self.listing.choice.query)

    def action_clear_filter(self) -> None:
        self.filter_bar.close()
        self.listing.choose(query="", period=EVERYTHING)
        self.list_changed()

    def action_narrower(self) -> None:
        self._choose_period(narrower(self.listing.choice.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_wider(self) -> None:
        self._choose_period(wider(self.listing.choice.period, self.shown_day(), self.desk.ledger.fiscal_year))

    def action_period_before(self) -> None:
        self._choose_period(moved(self.listing.choice.period, -1, self.desk.ledger.fiscal_year))

    def action_period_after(self) -> None:
        self._choose_period(moved(self.listing.choice.period, 1, self.desk.ledger.fiscal_year))

    def action_period_menu(self) -> None:
        """What can be done with the period, to choose from."""
        keys = [key for id in PERIODS if (key := key_of(id)) is not None and can_do(key, self)]
        open_menu(self, self.listing.period_name or _("All days"), [(key, self) for key in keys])

    def action_this_period(self) -> None:
        """Today's period; the cursor goes to the last row that is not later than today."""
        today = self.desk.ledger.today
        period = period_of(self.listing.choice.period.span, today, self.desk.ledger.fiscal_year)
        self._choose_period(period)
        self.enter_list()
        if self.listing.choice.sorting == USUAL:
            self.listing.when_shown(lambda: self._move_to_day(day_after(today), -1))

    def show_day_of_list(self, day: date) -> None:
        """Put the cursor on a day's first row; a period it does not lie in moves there."""
        period = self.listing.choice.period
        if not period.has(day):
            self._choose_period(period_of(period.span, day, self.desk.ledger.fiscal_year))
        self.listing.when_shown(lambda: self._move_to_day(day))

    def action_toggle_cleared(self) -> None:
        found = self.workbench.attempt(self.postings_at_cursor)
        if found is None:
            return
        postings, status = found
        if not postings:
            refused = _("Transaction {number} is void: there is nothing to clear.")
            self.workbench.refuse(refused.format(number=self.current_number()))
            return
        wanted = PostingStatus.UNCLEARED if status is PostingStatus.CLEARED else PostingStatus.CLEARED
        if self.workbench.attempt(lambda: self.desk.ledger.mark(wanted, postings)) is not None:
            self._show_marked_status()

    def action_bulk(self) -> None:
        numbers = self.chosen_numbers()

        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.list_grid.mark_keys(())
                self.workbench.say(sentence)
                self.follow_book()

        if numbers:
            account, postings, is_large = self.own_account() or "", self.chosen_postings(), self.listing.is_large
            self.app.push_screen(BulkDialog(self.desk, numbers, account, postings, is_large=is_large), done)

    @on(Grid.SortWanted)
    def _sort_wanted(self, event: Grid.SortWanted) -> None:
        if event.grid is self.list_grid:
            self.listing.choose(sorting=event.sorting)

    @on(Grid.WidthsChosen)
    def _widths_chosen(self, event: Grid.WidthsChosen) -> None:
        if event.grid is self.list_grid:
            self.listing.remember()

    @on(Grid.MarksChanged)
    def _marks_changed(self, event: Grid.MarksChanged) -> None:
        if event.all_wanted:
            self.listing.mark_all()
        self.list_changed()

    @on(Grid.CopyWanted)
    def _copy_wanted(self, event: Grid.CopyWanted) -> None:
        numbers = self.chosen_numbers()
        if len(numbers) <= NUMBERS_ASKED and not self.listing.is_large:
            self._copy(numbers)
        else:
            self.run_worker(partial(self._copy, numbers), name=_("Copying"), thread=True, exit_on_error=False)

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        if self.filter_bar.is_open and event.query == self.filter_bar.text:
            self.listing.choose_query_soon(event.query, self._key_before_filter)

    @on(FilterBar.Left)
    def _filter_left(self, event: FilterBar.Left) -> None:
        """Kept, the list stays as the text has it; given up, it is whole again and the cursor where it was."""
        query = self.filter_bar.text.strip() if event.kept else ""
        if query != self.listing.choice.query:
            self.listing.choose_query(query, None if event.kept else self._key_before_filter)
        self.filter_bar.close()
        self.focus_list()
        self.list_changed()

    @on(FilterBar.SaveWanted)
    def _save_wanted(self, event: FilterBar.SaveWanted) -> None:
        question = f"{_('Under which name?')} {event.query}"

        def named(name: str | None) -> None:
            if name:
                self._save_filter(name, event.query)

        self.app.push_screen(NameDialog(_("Save this filter"), question, _("Save")), named)

    @on(FilterBar.DeleteWanted)
    def _delete_wanted(self, event: FilterBar.DeleteWanted) -> None:
        question = _("Delete the saved filter {name}?").format(name=event.name)

        def answered(yes: bool | None) -> None:
            ledger = self.desk.ledger
            if yes and self.workbench.attempt(lambda: _set(ledger, event.name, None)):
                said = _("Deleted the filter {name} · {key} undoes")
                self.workbench.say(said.format(name=event.name, key=pressed("undo")))
                self.filter_bar.words = self._filter_words()

        self.app.push_screen(ConfirmDialog(question, _("Delete")), answered)

    _key_before_filter: Any = None

    def _save_filter(self, name: str, query: str) -> None:
        ledger = self.desk.ledger
        if self.workbench.attempt(lambda: _set(ledger, name, query)):
            said = _("Saved the filter {name} · {key} undoes")
            self.workbench.say(said.format(name=name, key=pressed("undo")))
            self.filter_bar.words = self._filter_words()

    def _filter_words(self) -> FilterWords:
        """What the book has for a filter to go on with; the tags of a large book are read beside the screen."""
        ledger, accounts = self.desk.ledger, self.desk.standing.accounts
        is_large = self.listing.is_large
        if is_large and self._tags is None:
            self.run_worker(self._read_tags, name=_("The tags"), group="tags", thread=True, exit_on_error=False)
        return FilterWords(
            payees=self.desk.ask(lambda: ledger.payees(limit=MOST_PAYEES), []),
            accounts=[account.name for account in accounts],
            tags=(self._tags or []) if is_large else self.desk.ask(ledger.tags, []),
            currencies=sorted({str(account.currency) for account in accounts}),
            parties=list(dict.fromkeys(account.party for account in accounts if account.party is not None)),
            saved=saved_filters(self.desk.ask(ledger.settings, {})),
        )

    _tags: list[str] | None = None

    def _read_tags(self) -> None:
        self._tags = self.desk.ledger.tags()

        def arrived() -> None:
            self.filter_bar.words = self._filter_words()

        self.app.call_from_thread(arrived)

    def _move_to_day(self, day: date, step: int = 0) -> None:
        """The cursor goes to a day's first row, or so many rows further."""
        window: Any = self.list_grid.window
        finds = getattr(window, "index_of_date", None)
        if finds is not None:
            self.list_grid.move_to(self.desk.ask(lambda: int(finds(day)), self.list_grid.cursor) + step)

    def _choose_period(self, period: ShownPeriod) -> None:
        self.listing.choose(period=period)
        self.list_changed()

    def _show_marked_status(self) -> None:
        """Nothing but a status has changed: the rows on the screen are read again, the list is not.

        Where the list follows the status, or somebody else wrote in between, all of it is.
        """
        grid, key, choice = self.list_grid, self.list_grid.row_key, self.listing.choice
        revision = self.desk.ask(lambda: self.desk.ledger.revision, -1)
        if revision == self._drawn_revision + 1 and not choice.follows_status:
            self._drawn_revision = revision
            grid.read_again()
        else:
            self.follow_book()
        if not self.listing.is_reading and grid.row_key == key:
            grid.action_row_down()

    def _copy(self, numbers: list[int]) -> None:
        """The marked rows as text for a spreadsheet, in the order of the list."""
        grid = self.list_grid
        rows: list[Any] = []
        for start in range(0, len(numbers), NUMBERS_ASKED):
            query = " or ".join(f"#{number}" for number in numbers[start : start + NUMBERS_ASKED])
            rows += self.rows_of_numbers(query)
        marked = [(key, row) for row in rows if (key := grid.key_of(row)) is not None and grid.is_marked(key)]
        is_usual = self.listing.choice.sorting.column == "date" and not self.listing.choice.sorting.falling
        marked.sort(key=(lambda pair: pair[0]) if is_usual else (lambda pair: grid.window.index_of(pair[0])))
        texts = [as_tsv(grid.columns, grid.texts_of(row)) for _, row in marked]
        self.post_message(Grid.Copied("\n".join(texts), len(texts)))


def _closed_to(day: str) -> str:
    return f"{CLOSED_MARK} {_('closed to {day}').format(day=day)}"


def _set(ledger: Any, name: str, query: str | None) -> bool:
    ledger.set_setting(f"{SAVED_PREFIX}{name}", query)
    return True
