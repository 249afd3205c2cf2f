"""What stands in a list now? Its filter, period and order; it is read again when one of them or the book changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.timer import Timer

from tui_ledger.errors import LedgerError
from tui_ledger.settings import list_choices, remember_list
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.interruptible import Interruptible
from tui_ledger.ui.shown_period import EVERYTHING, ShownPeriod, Span, period_name, period_of
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.header import Sorting
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.words import N_, _

if TYPE_CHECKING:
    from tui_ledger.ledger.found_windows import Order
    from tui_ledger.ui.screens.base import BookScreen

Row = TypeVar("Row")

MANY_TRANSACTIONS = 5_000
MOST_MARKED = 20_000
TYPING_SECONDS = 0.06
USUAL = Sorting("date")


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What of a list is shown, and in which order."""

    query: str = ""
    period: ShownPeriod = EVERYTHING
    sorting: Sorting = USUAL

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.query.strip()) or self.period.span is not Span.ALL

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole list in its usual order."""
        return not self.is_narrow and self.sorting == USUAL

    @property
    def follows_status(self) -> bool:
        """Whether a row may come, go or move when its status changes."""
        words = self.query.casefold()
        return self.sorting.column == "status" or "status:" in words

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day, as the ledger takes them."""
        return self.period.first, self.period.last

    def order(self) -> Order:
        from tui_ledger.ledger.found_windows import Order

        return Order(self.sorting.column, self.sorting.falling)


@dataclass(frozen=True, slots=True)
class Source(Generic[Row]):
    """Where the rows of a list come from: `window` and `totals` answer for a choice, in any thread.

    `of` says whose rows they are: it is asked for with every reading, and where it differs the rows are others.
    `whole_is_cheap` says that the whole list can be had at once, however long it is; `empty` what stands in its place
    when there is nothing at all.
    """

    window: Callable[[ListChoice], Window[Row]]
    totals: Callable[[ListChoice], str]
    of: Callable[[], Hashable]
    empty: Callable[[], str]
    whole_is_cheap: bool = False


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a reading was asked for: whose rows, chosen how, and the row for the cursor."""

    asked: int
    of: Hashable
    choice: ListChoice
    key: Any
    at_end: bool
    keeps_place: bool


class Listing(Generic[Row]):
    """A list on a screen with what was chosen for it. In a large book it is read beside the screen; what was overtaken
    meanwhile is dropped."""

    def __init__(
        self, name: str, screen: BookScreen, grid: Grid[Row], source: Source[Row], changed: Callable[[], None]
    ) -> None:
        """`changed` is called when rows or totals are other ones."""
        self.grid = grid
        self.totals = ""
        self.is_reading = False
        self._name = name
        self._screen = screen
        self._desk: Desk = screen.desk
        self._source = source
        self._changed = changed
        self._asked = 0
        self._shown_of: Hashable = None
        self._summed: Hashable = None
        self._is_summing = False
        self._reader = Interruptible()
        self._typing: Timer | None = None
        self._then: Callable[[], None] | None = None
        self.choice = ListChoice()
        self._recall()

    @property
    def is_large(self) -> bool:
        """Whether the book is too large for a search while the screen waits."""
        return self._desk.ask(lambda: len(self._desk.ledger.journal_window()), 0) > MANY_TRANSACTIONS

    @property
    def period_name(self) -> str:
        return period_name(self.choice.period, self._desk.formats)

    def show(self, key: Any = None, *, at_end: bool = False) -> None:
        """Read the rows again; the cursor goes to a key or to the end, else it stays on its row."""
        self._asked += 1
        self._then = None
        keeps_place = key is None and not at_end
        wish = _Wish(
            self._asked, self._source.of(), self.choice, self.grid.row_key if keeps_place else key, at_end, keeps_place
        )
        if self._takes_long(wish):
            self._read_beside(wish)
            return
        self.is_reading = False
        found = self._desk.ask(lambda: self._read(wish), None)
        if found is None:
            self.grid.show(ListWindow([], lambda row: row), at_end=at_end)
        else:
            self._show(wish, *found)

    def choose(self, **changes: Any) -> None:
        """Choose another query, period or sorting, and show what that leaves."""
        chosen = replace(self.choice, **changes)
        if chosen != self.choice:
            self.choice = chosen
            self.grid.show_sorting(chosen.sorting)
            self.remember()
            self.show()

    def choose_query_soon(self, query: str, key: Any = None) -> None:
        """Follow a query while it is typed, in a large book once the typing rests; the cursor is at a key while that
        is listed."""
        self._forget_typing()
        if not self.is_large:
            self.choose_query(query, key)
        else:
            self._typing = self._screen.set_timer(TYPING_SECONDS, partial(self.choose_query, query, key))

    def choose_query(self, query: str, key: Any = None) -> None:
        """Choose a query at once, the cursor at a key."""
        self._forget_typing()
        self.choice = replace(self.choice, query=query)
        self.show(key)

    def when_shown(self, act: Callable[[], None]) -> None:
        """Do something with the rows that were asked for last: now, or once they have come."""
        if self.is_reading:
            self._then = act
        else:
            act()

    def go_to(self, key: Any) -> None:
        """Put the cursor on a row, in the rows that are on their way where some are."""
        if self.is_reading or self._takes_long(_Wish(0, self._source.of(), self.choice, key, False, False)):
            self.show(key)
        else:
            self.grid.go_to(key)

    def go_to_listed(self, key: Any, is_same: Callable[[Any, Any], bool]) -> None:
        """Put the cursor on a row; where filter and period leave it out, they are taken away."""
        self.show(key)
        if self.choice.is_narrow and (self.is_reading or not is_same(self.grid.row_key, key)):
            self._forget_typing()
            self.choice = replace(self.choice, query="", period=EVERYTHING)
            self.show(key)

    def remember(self) -> None:
        """Keep order, span and widths for the next time."""
        sorting = self.choice.sorting
        remember_list(
            self._name,
            {
                "sorting": [sorting.column, sorting.falling],
                "span": self.choice.period.span.name.lower(),
                "widths": self.grid.chosen_widths,
            },
        )

    def mark_all(self) -> None:
        """Mark every row listed, unless those are more than anybody means."""
        count = self.grid.row_count
        if count > MOST_MARKED:
            most = self._desk.count(MOST_MARKED)
            self._desk.tell(_("These are more than {n}: filter first, or choose a shorter period.").format(n=most))
            return
        window: Any = self.grid.window
        self.grid.mark_keys(self._desk.ask(lambda: window.keys(0, count), []))

    def _recall(self) -> None:
        """What was chosen the last time; anything that is not understood is left out."""
        found = list_choices(self._name)
        widths, sorting, span = found.get("widths"), found.get("sorting"), str(found.get("span")).upper()
        names = {column.sorts for column in self.grid.columns if column.sorts}
        if isinstance(widths, dict):
            self.grid.chosen_widths = {
                name: cells for name, cells in widths.items() if isinstance(cells, int) and 0 < cells < 1000
            }
        if isinstance(sorting, list) and len(sorting) == 2 and sorting[0] in names:
            self.choice = replace(self.choice, sorting=Sorting(sorting[0], bool(sorting[1])))
        if span in Span.__members__:
            ledger = self._desk.ledger
            self.choice = replace(self.choice, period=period_of(Span[span], ledger.today, ledger.fiscal_year))
        self.grid.show_sorting(self.choice.sorting)

    def _takes_long(self, wish: _Wish) -> bool:
        if not self.is_large:
            return False
        if not (self._source.whole_is_cheap and wish.choice.is_whole):
            return True
        is_near_end = wish.keeps_place and self.grid.row_count - self.grid.cursor < MANY_TRANSACTIONS
        return not (wish.at_end or wish.key is None or is_near_end)

    def _read(self, wish: _Wish) -> tuple[Window[Row], int]:
        window = self._source.window(wish.choice)
        if wish.at_end:
            return window, len(window) - 1
        return window, 0 if wish.key is None else window.index_of(wish.key)

    def _read_beside(self, wish: _Wish) -> None:
        self.is_reading = True
        self._reader.interrupt()
        if wish.of != self._shown_of:
            self._shown_of = wish.of
            self.grid.empty = _("Reading …")
            self.grid.show(ListWindow([], lambda row: row))
        self._screen.run_worker(
            partial(self._work, wish), name=N_("The list"), group=f"{self._name}-rows", thread=True, exit_on_error=False
        )

    def _work(self, wish: _Wish) -> None:
        if wish.asked != self._asked:
            return
        try:
            with self._reader.reading(self._desk.ledger):
                found = self._read(wish)
        except LedgerError as refusal:
            self._screen.app.call_from_thread(self._failed, wish, str(refusal))
        except BaseException:
            self._screen.app.call_from_thread(self._gave_up, wish)
            raise
        else:
            self._screen.app.call_from_thread(self._arrived, wish, *found)

    def _failed(self, wish: _Wish, reason: str) -> None:
        if wish.asked == self._asked:
            self._gave_up(wish)
            self._desk.tell(reason)

    def _gave_up(self, wish: _Wish) -> None:
        if wish.asked == self._asked:
            self.is_reading = False
            self.grid.empty = _("These rows could not be read.")
            self.grid.refresh()

    def _arrived(self, wish: _Wish, window: Window[Row], place: int) -> None:
        if wish.asked == self._asked:
            self.is_reading = False
            self._show(wish, window, place)

    def _show(self, wish: _Wish, window: Window[Row], place: int) -> None:
        has_moved = wish.keeps_place and self.grid.row_key != wish.key
        self._shown_of = wish.of
        self.grid.empty = self._nothing() if not len(window) else ""
        key = None if wish.keeps_place else wish.key
        self.grid.show(window, key, at_end=wish.at_end, place=None if has_moved else place)
        self._sum()
        self._changed()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _nothing(self) -> str:
        if not self.choice.is_narrow:
            return self._source.empty()
        return _("Nothing is left. Backspace takes filter and period away.")

    def _sum(self) -> None:
        """The totals of what is listed: asked for when something has changed, beside the screen in a large book."""
        choice, of = self.choice, self._source.of()
        stamp = (self._desk.standing.revision, choice.query, choice.period, of)
        if stamp == self._summed:
            return
        if not self.is_large:
            self.totals = self._desk.ask(lambda: self._source.totals(choice), "")
            self._summed = stamp
            return
        self.totals = ""
        if not self._is_summing:
            self._is_summing = True
            self._screen.run_worker(
                partial(self._sum_beside, choice, stamp), name=N_("The totals"), thread=True, exit_on_error=False
            )

    def _sum_beside(self, choice: ListChoice, stamp: Hashable) -> None:
        totals = ""
        try:
            with contextlib.suppress(LedgerError):
                totals = self._source.totals(choice)
        finally:
            self._screen.app.call_from_thread(self._summed_up, totals, stamp)

    def _summed_up(self, totals: str, stamp: Hashable) -> None:
        """Shown if they are still what is asked for, else asked for again."""
        self._is_summing = False
        self._summed, self.totals = stamp, totals
        self._sum()
        self._changed()

    def _forget_typing(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
