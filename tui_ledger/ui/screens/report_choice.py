"""What can be chosen of a report, and where do its lines lead? Its days, levels, order and options; drill-down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from textual.worker import get_current_worker

from tui_ledger.errors import LedgerError
from tui_ledger.reports.listings import ORDERS as PARTY_ORDERS
from tui_ledger.reports.report import Report
from tui_ledger.reports.sorting import ORDERS
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.ended_work import WorkEnded, ended_with
from tui_ledger.ui.report_rows import ReportLine
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.shown_period import ShownPeriod, Span, chosen_period, period_of
from tui_ledger.ui.shown_report import (
    FIRST,
    OpenedTable,
    ShownReport,
    at_day,
    days_of,
    moved,
    narrower,
    other_report,
    read_report,
    wider,
)

CHARTED = frozenset({"net-worth", "statistics"})
NEED_RANGE = ("range_narrower", "range_wider")


class ReportChoiceScreen(BookScreen):
    """A screen with one report, chosen by keys or in a form."""

    made: Report | OpenedTable | None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown = ShownReport()
        self.charted: set[str] = set(CHARTED)
        self._kept: dict[str, ShownReport] = {}

    def enter_report(self) -> None:
        """Give the report the focus, and the screen where it needs it."""

    def enter_list(self) -> None:
        """Show the list of reports where it is folded away, and give it the focus."""

    def made_of(self, shown: ShownReport) -> Report | OpenedTable | None:
        """The report that was chosen, where it stands on the screen already."""
        return None

    def list_has_focus(self) -> bool:
        """Whether a report is being chosen."""
        return False

    def open_report(self, name: str = FIRST) -> None:
        """Show another report, of the same days."""
        self._kept[self.shown.name] = self.shown
        shown = other_report(self.shown, name, self._kept.get(name))
        if shown.kind.takes("ACCOUNT") and shown.account is None:
            shown = replace(shown, account=self._likely_account())
        self.shown = shown if shown.name != self.shown.name else self.shown
        self.enter_report()
        self.redraw()

    def choose(self, shown: ShownReport) -> None:
        """Show the report otherwise."""
        if shown != self.shown:
            self.shown = shown
            self.redraw()

    def orders(self) -> tuple[str, ...]:
        """What the rows can be sorted by."""
        if not self.shown.kind.takes("sort"):
            return ()
        return PARTY_ORDERS if self.shown.name == "parties" else ORDERS

    def day_to_export(self) -> date | None:
        return self.shown.last_day(self.desk.ledger)

    def go_to_day(self, day: date) -> None:
        self.choose(at_day(self.shown, day, self.desk.ledger))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("less_depth", "more_depth"):
            return self.shown.kind.takes("depth")
        if action == "show_zero":
            return self.shown.kind.takes("zero")
        if action in NEED_RANGE:
            return not self.shown.is_at_day
        return super().check_action(action, parameters)

    def action_choose_report(self) -> None:
        """To the list, and back from it."""
        if self.list_has_focus():
            self.enter_report()
        else:
            self.enter_list()

    def action_earlier(self) -> None:
        self.choose(moved(self.shown, -1, self.desk.ledger))

    def action_later(self) -> None:
        self.choose(moved(self.shown, 1, self.desk.ledger))

    def action_today(self) -> None:
        self.shown = replace(self.shown, day=None, period=None)
        self.redraw()

    def action_range_narrower(self) -> None:
        self.choose(narrower(self.shown, self.desk.ledger))

    def action_range_wider(self) -> None:
        self.choose(wider(self.shown, self.desk.ledger))

    def action_less_depth(self) -> None:
        depth = self.shown.depth if self.shown.depth is not None else self._deepest_shown()
        self.choose(replace(self.shown, depth=max(depth - 1, 1)))

    def action_more_depth(self) -> None:
        depth = self.shown.depth
        if depth is not None:
            most = max((account.depth for account in self.desk.standing.accounts), default=1)
            self.choose(replace(self.shown, depth=depth + 1 if depth + 1 < most else None))

    def action_show_zero(self) -> None:
        self.choose(replace(self.shown, show_zero=not self.shown.show_zero))
        self.workbench.say("Rows of nothing are shown" if self.shown.show_zero else "Rows of nothing are hidden")

    def action_report_options(self) -> None:
        from tui_ledger.ui.screens.report_options import ReportOptions

        def answered(shown: ShownReport | None) -> None:
            if shown is not None:
                self.choose(shown)

        form = self.workbench.attempt(lambda: ReportOptions(self.desk, self.shown))
        if form is not None:
            self.app.push_screen(form, answered)

    def action_whole_workbook(self) -> None:
        self.workbench.export_workbook()

    def export_shown(self) -> bool:
        """Write what is shown, or is about to be, to a workbook of its own."""
        self.workbench.say("Writing the workbook …")
        work = partial(self._export, self.shown, self.made_of(self.shown))
        self.run_worker(work, name="The export", group="export", thread=True, exit_on_error=False, exclusive=True)
        return True

    async def follow(self, line: ReportLine) -> None:
        """Where a line leads: its transaction, its account's register in these days, or what it is a sum of."""
        if line.transaction is not None:
            await self.workbench.open_transaction(line.transaction)
        elif line.account is not None:
            if line.account in self.desk.standing.by_name:
                await self.workbench.open_register(line.account, period=self._own_period())
            else:
                self.workbench.refuse("This heading was never opened as an account: it has no register of its own.")
        elif line.computed is not None:
            self._follow_computed(line.computed)
        elif line.named is not None and self.shown.name == "parties":
            await self.workbench.open_party(line.named)
        elif line.named is not None and self.shown.name == "statistics":
            await self._follow_statistics(line.named)

    def _follow_computed(self, place: int) -> None:
        """Of the rows that are worked out, the result of the year is the income statement's."""
        if self.shown.name == FIRST and place == 1:
            self.open_report("income-statement")
        else:
            self.workbench.refuse("This row is worked out from many accounts: none has it in its register.")

    async def _follow_statistics(self, named: str) -> None:
        """The transactions that were added up: those of a month, a payee or a tag."""
        words = [f'account:"{name}"' for name in self.shown.accounts]
        period = self._own_period()
        if self.shown.by is None:
            period = period_of(Span.MONTH, date.fromisoformat(f"{named}-01"), self.desk.ledger.fiscal_year)
        elif self.shown.by in ("payee", "tag") and '"' not in named and named != "(none)":
            words.append(f'{self.shown.by}:"{named}"')
        else:
            return
        await self.workbench.open_journal(" ".join(words), period)

    def _own_period(self) -> ShownPeriod:
        """The days of the report as a list narrows to them: up to its day, where it is at one before today."""
        ledger = self.desk.ledger
        if self.shown.is_at_day:
            day = self.shown.day
            return chosen_period(None, day)
        if self.shown.period is not None:
            return self.shown.period
        days = days_of(self.shown, ledger)
        return chosen_period(days.first, days.last)

    def _likely_account(self) -> str | None:
        """The account somebody wants to see: that of the last register shown, else the first one there is."""
        own = self.workbench.accounts.own_account()
        return own or next((account.name for account in self.desk.standing.accounts), None)

    def _deepest_shown(self) -> int:
        made = self.made
        sections = made.sections if isinstance(made, Report) else ()
        names = [row.account for section in sections for row in section.rows if row.account is not None]
        return max((name.count(":") + 1 for name in names), default=1)

    def _export(self, shown: ShownReport, made: Report | OpenedTable | None) -> None:
        """Written beside the screen, read there where it is not shown yet; leaving the workbench ends it."""
        from tui_ledger.ui.report_export import write_shown

        workbench = self.workbench
        try:
            written = write_shown(
                self.desk.ledger,
                made or read_report(self.desk.ledger, shown),
                workbench.export_place,
                self.desk.formats,
                workbench.moment(),
                ended_with(get_current_worker()),
            )
        except WorkEnded:
            return
        except LedgerError as refusal:
            self.app.call_from_thread(workbench.refuse, str(refusal))
        else:
            self.app.call_from_thread(workbench.say_written, written)
