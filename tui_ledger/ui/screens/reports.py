"""How does the book stand, and how did it come to that? The list of reports beside the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.timer import Timer

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.saved_reports import SavedReport
from tui_ledger.money import Currency, Money
from tui_ledger.reports.report import Report
from tui_ledger.reports.saved import known_saved_reports
from tui_ledger.reports.sides import Side
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.interruptible import Interruptible
from tui_ledger.ui.keys import Scope, bindings, key_of, with_keys
from tui_ledger.ui.report_chart import charted_total, no_chart_in_words
from tui_ledger.ui.report_rows import MOST_AT_ONCE, ReportLine, report_lines, sides_in_words, statement_columns, verdict
from tui_ledger.ui.report_subject import sorted_otherwise, sorting_of
from tui_ledger.ui.screens.report_choice import ReportChoiceScreen
from tui_ledger.ui.shown_report import (
    KINDS,
    Kind,
    OpenedTable,
    ShownReport,
    columns_in_words,
    days_in_words,
    read_report,
)
from tui_ledger.ui.table_lines import TableWindow, table_columns, wrong_in_words
from tui_ledger.ui.widgets.bars import StatusPart
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.report_chart import ReportChart
from tui_ledger.ui.widgets.report_grid import ChoiceList, ReportGrid
from tui_ledger.ui.widgets.windows import ListWindow, Window
from tui_ledger.words import N_, _, ngettext

PATIENCE_SECONDS = 0.2
SUMMED_AT_ONCE = 5_000
EMPTY = N_("Nothing to report in these days. Press {journal}, then {new}, to write a transaction.")


class ReportsScreen(ReportChoiceScreen):
    """The list, and the chosen report, of days that keys move."""

    MODE = "reports"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.REPORTS, Scope.DEPTH, Scope.SCREEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REPORTS, Scope.DEPTH)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.listed: ChoiceList[Kind | SavedReport] = ChoiceList(
            [Column(N_("Reports"), name_in_list, minimum=8, grows=1)], key_in_list, id="listed"
        )
        self._listed_revision = -1
        self.lines = ReportGrid([], lambda line: line.key, tone=lambda line: line.tone, id="report")
        self.chart = ReportChart(self._written_in_chart, id="report-chart")
        self._heading = Caption(id="report-title")
        self.made: Report | OpenedTable | None = None
        self._made_of: ShownReport | None = None
        self._start = 0
        self._asked = 0
        self._reader = Interruptible()
        self._waiting: Timer | None = None

    def body(self) -> ComposeResult:
        with Horizontal(id="reports-body"):
            yield self.listed
            with Vertical(id="report-side"):
                yield self._heading
                yield self.chart
                yield self.lines

    def on_mount(self) -> None:
        super().on_mount()
        self._show_list()
        self.lines.focus()

    @property
    def report(self) -> Report | None:
        """The statement that is shown, None for a list."""
        return self.made if isinstance(self.made, Report) else None

    def redraw(self) -> None:
        """Read beside the screen; an answer that came too late is dropped."""
        self._show_list()
        self._asked += 1
        self._reader.interrupt()
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(PATIENCE_SECONDS, partial(self._say_reading, self._asked))
        work = partial(self._read, self._asked, self.shown)
        self.run_worker(work, name=N_("The report"), group="report", thread=True, exit_on_error=False)

    def row_title(self) -> str:
        return _(self.shown.kind.title)

    def enter_report(self) -> None:
        self.remove_class("-list")
        self.set_focus(self.lines)

    def enter_list(self) -> None:
        self.add_class("-list")
        self.listed.go_to(_list_key(self.shown.name, self.shown.saved))
        self.set_focus(self.listed)

    def made_of(self, shown: ShownReport) -> Report | OpenedTable | None:
        return self.made if self._made_of == shown else None

    def list_has_focus(self) -> bool:
        return self.focused is self.listed

    def chosen_saved(self) -> SavedReport | None:
        chosen = self.listed.row if self.list_has_focus() else None
        return chosen if isinstance(chosen, SavedReport) else None

    def can_go_back(self) -> bool:
        return super().can_go_back() or self.focused is self.lines

    def action_back(self) -> None:
        if super().can_go_back():
            super().action_back()
        else:
            self.enter_list()

    def action_columns_before(self) -> None:
        self._move_sideways(-1)

    def action_columns_behind(self) -> None:
        self._move_sideways(1)

    def action_toggle_chart(self) -> None:
        self.charted ^= {self.shown.name}
        self._show_chart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "columns_before":
            return self._start > 0
        if action == "columns_behind":
            return self.lines.more_behind > 0
        if action == "toggle_chart":
            return bool(self.chart.bars)
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """What no widget took: where there is no chart its key is answered, not ignored."""
        chart = key_of("chart")
        if self.made is not None and not self.chart.bars and chart is not None and event.key in chart.names:
            self.workbench.refuse(no_chart_in_words(self.report))

    @on(Grid.Opened, "#listed")
    def _report_chosen(self) -> None:
        chosen = self.listed.row
        if isinstance(chosen, SavedReport):
            self.open_saved(chosen)
        elif chosen is not None:
            self.open_report(chosen.name)

    @on(Grid.Highlighted, "#listed")
    def _report_highlighted(self) -> None:
        """What is saved can be forgotten, what is not cannot."""
        self.refresh_bindings()

    @on(Grid.Opened, "#report")
    async def _line_opened(self) -> None:
        if self.lines.row is not None:
            await self.follow(self.lines.row)

    @on(Grid.SortWanted, "#report")
    def _sort_wanted(self, event: Grid.SortWanted) -> None:
        self.choose(sorted_otherwise(self.shown, event.sorting))
        # Shown at once, so that the next key goes on from it while the rows are still read.
        self.lines.show_sorting(sorting_of(self.shown))

    @on(ReportGrid.SideWanted)
    def _side_wanted(self, event: ReportGrid.SideWanted) -> None:
        self._move_sideways(event.step)

    def on_descendant_focus(self) -> None:
        self.set_class(self.focused is self.listed, "-list")
        self.refresh_bindings()

    def on_resize(self) -> None:
        self.call_after_refresh(self.refresh_bindings)

    def _show_list(self) -> None:
        """Every report there is, then those that were saved, read again when the book has changed."""
        revision = self.desk.standing.revision
        if revision != self._listed_revision:
            self._listed_revision = revision
            ledger = self.desk.ledger
            saved: tuple[SavedReport, ...] = self.desk.ask(lambda: known_saved_reports(ledger), ())
            rows: tuple[Kind | SavedReport, ...] = (*KINDS, *saved)
            self.listed.show(ListWindow(rows, key_in_list), self.listed.row_key)

    def _read(self, asked: int, shown: ShownReport) -> None:
        """In a thread of its own: the report, then the sums of a list that is too long for them to be there at once."""
        if asked != self._asked:
            return
        ledger = self.desk.ledger
        try:
            with self._reader.reading(ledger):
                made = read_report(ledger, shown)
                is_short = isinstance(made, Report) or len(made.lines) <= SUMMED_AT_ONCE
                if isinstance(made, OpenedTable) and is_short:
                    made.lines.find_sums()
                self._tell(asked, self._show, made, self._lines_of(made), shown)
                if isinstance(made, OpenedTable) and not is_short:
                    made.lines.find_sums()
                    self._tell(asked, self._summed)
        except LedgerError as refusal:
            self._tell(asked, self._refused, str(refusal), shown)

    def _lines_of(self, made: Report | OpenedTable) -> list[ReportLine]:
        """All lines of a statement; those of a list are read when they are drawn."""
        if isinstance(made, OpenedTable):
            return []
        return report_lines(made, lambda money, side: self.desk.figure(money, credit_normal=side))

    def _tell(self, asked: int, act: Callable[..., None], *values: object) -> None:
        """On the screen's own thread, unless something else was asked for meanwhile."""
        self.app.call_from_thread(self._if_wanted, asked, partial(act, *values))

    def _if_wanted(self, asked: int, act: partial[None]) -> None:
        if asked == self._asked:
            act()

    def _say_reading(self, asked: int) -> None:
        """Long reading is said; what stands there is another report's as long as it lasts."""
        if asked == self._asked and self._made_of != self.shown:
            self._heading.say(f"{_(self.shown.kind.title)}   {self._days}   {_('reading …')}")
            if self._made_of is None or self._made_of.name != self.shown.name:
                self._show_lines([], ListWindow([], lambda line: line.key), _("Reading …"))

    def _refused(self, reason: str, shown: ShownReport) -> None:
        """What cannot be shown is said. The same report stays as it was; in the place of another the reason stands."""
        self._arrived()
        self.workbench.refuse(reason)
        if self.made is not None and self._made_of is not None and self._made_of.name == shown.name:
            self.shown = self._made_of
            self._say_what()
        else:
            self.made = None
            self._made_of = shown
            self._heading.say(f"{_(shown.kind.title)}   {self._days}")
            self._show_lines([], ListWindow([], lambda line: line.key), reason)
            self._show_chart()
            self._show_status("", "")

    def _show(self, made: Report | OpenedTable, lines: list[ReportLine], shown: ShownReport) -> None:
        self._arrived()
        if self._made_of is None or self._made_of.name != shown.name:
            self._start = 0
            self.lines.choose_widths({})
        is_same = self._made_of is not None and self._made_of.name == shown.name
        self.made, self._made_of = made, shown
        if isinstance(made, Report):
            self._start = min(self._start, len(made.columns) - 1)
            window: Window[ReportLine] = ListWindow(lines, lambda line: line.key)
            self._show_lines(statement_columns(made, self.desk.formats, self._start), window, EMPTY, is_same=is_same)
        else:
            lines_read = TableWindow(made, self.desk, lambda: self.call_later(self._say_what))
            self._show_lines(table_columns(made.table), lines_read, EMPTY, is_same=is_same)
        self._say_what()
        self._show_chart()
        self.call_after_refresh(self.refresh_bindings)

    def _show_lines(
        self, columns: list[Column[ReportLine]], window: Window[ReportLine], empty: str, *, is_same: bool = False
    ) -> None:
        grid = self.lines
        grid.empty = with_keys(_(EMPTY)) if empty == EMPTY else empty
        grid.moves_sideways = self.report is not None and len(columns) > 1 and bool(len(window))
        grid.more_before = self._start
        grid.beyond = self._beyond()
        grid.set_class(self.report is not None and len(self.report.columns) == 1, "-single")
        grid.orders = self.orders()
        grid.turns = self.shown.name == "postings"
        grid.show_sorting(sorting_of(self.shown))
        grid.show_columns(columns)
        if not is_same:
            grid.move_to(0)
            grid.scroll_to(y=0, animate=False, force=True)
        key = grid.row_key if is_same else None
        grid.show(window, place=0 if key is None else self.desk.ask(lambda: window.index_of(key), 0))

    def _arrived(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def _summed(self) -> None:
        self.lines.read_again()
        self._say_what()

    def _move_sideways(self, step: int) -> None:
        report = self.report
        if report is None or (step > 0 and not self.lines.more_behind):
            return
        self._start = max(min(self._start + step, len(report.columns) - 1), 0)
        self.lines.more_before, self.lines.beyond = self._start, self._beyond()
        self.lines.show_columns(statement_columns(report, self.desk.formats, self._start))
        self.call_after_refresh(self.refresh_bindings)

    def _beyond(self) -> int:
        """How many columns lie further to the right than any screen shows."""
        return 0 if self.report is None else max(len(self.report.columns) - self._start - MOST_AT_ONCE, 0)

    def _say_what(self) -> None:
        """In the heading what is shown; in the status line what it adds up to."""
        made, columns = self.made, columns_in_words(self.shown)
        title = _(self.shown.kind.title) if isinstance(made, Report) or made is None else made.table.title
        parts = [title if self.shown.saved is None else f"{self.shown.saved} · {title}", self._days]
        parts += [columns] if columns else []
        if isinstance(made, Report):
            parts.append(verdict(made))
            self._show_status(verdict(made), sides_in_words(made, self._named, self.desk.formats))
        elif made is not None:
            wrong = wrong_in_words(made, self.desk)
            parts += [_("WRONG BALANCES")] if wrong else []
            self._show_status(wrong or self._count_in_words(made), self._sums_in_words(made))
        self._heading.say("   ".join(parts))

    def _show_status(self, what: str, totals: str) -> None:
        title = StatusPart(_(self.shown.kind.title), "choose_report")
        days = StatusPart(self._days, "report_options")
        self.status.show([self.desk.ledger.name, title, days, what], totals)

    def _count_in_words(self, opened: OpenedTable) -> str:
        count = len(opened.lines)
        return ngettext("{n} line", "{n} lines", count).format(n=self.desk.count(count))

    def _sums_in_words(self, opened: OpenedTable) -> str:
        """Debits and credits in the book's currency; other currencies are named."""
        sums, own = opened.lines.sums, str(self.desk.standing.currency)
        if sums is None:
            return self._both("…", "…") if opened.table.paged is not None else ""
        codes = " ".join(sorted(code for code in sums if code != own))
        both = sums.get(own)
        totals = "" if both is None else self._both(self._named(both[0], None), self._named(both[1], None))
        return f"{totals}  + {codes}".strip() if codes else totals

    def _both(self, debits: str, credits: str) -> str:
        return _("Dr {debits}  Cr {credits}").format(debits=debits, credits=credits)

    def _show_chart(self) -> None:
        self.chart.show(self.made, self.desk.formats, is_wanted=self.shown.name in self.charted)

    def _written_in_chart(self, units: int, is_below: bool) -> str:
        """Of a list debits stand above and credits below; of a statement what is below is negative."""
        made = self.made
        currency = self.desk.standing.currency if made is None else _currency_of(made)
        if isinstance(made, OpenedTable):
            return f"{_('Cr') if is_below else _('Dr')} {self.desk.formats.figure(units, currency, credit_normal=None)}"
        total = charted_total(made)
        is_credit = total is not None and total.is_credit_normal
        return self.desk.formats.figure(-units if is_below else units, currency, credit_normal=is_credit)

    def shown_day(self) -> date:
        return self.shown.last_day(self.desk.ledger)

    def _named(self, money: Money, side: Side) -> str:
        return self.desk.named(money, credit_normal=side)

    @property
    def _days(self) -> str:
        return days_in_words(self.shown, self.desk.formats, self.desk.ledger)


def name_in_list(row: Kind | SavedReport) -> str:
    """What a report is called in the list."""
    return f"· {row.name}" if isinstance(row, SavedReport) else _(row.title)


def key_in_list(row: Kind | SavedReport) -> str:
    """What a report is found by in the list."""
    return _list_key(row.name, row.name if isinstance(row, SavedReport) else None)


def _list_key(name: str, saved: str | None) -> str:
    return name if saved is None else f"saved {saved}"


def _currency_of(made: Report | OpenedTable) -> Currency:
    return made.currency if isinstance(made, Report) else made.table.currency
