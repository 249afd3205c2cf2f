"""How does the book stand at a day? A list of reports beside the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from tui_ledger.dates import next_month_end, previous_month_end
from tui_ledger.errors import LedgerError
from tui_ledger.reports.report import Report
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import Scope, bindings
from tui_ledger.ui.report_rows import ReportLine, report_lines, verdict
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that can be chosen."""

    name: str
    title: str


REPORTS = (Listed("balance-sheet", "Balance sheet"),)


class ReportsScreen(BookScreen):
    """The list, and the chosen report at a day that keys move."""

    MODE = "reports"
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.REPORTS, Scope.DEPTH, Scope.SCREEN)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REPORTS, Scope.DEPTH)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.listed: Grid[Listed] = Grid(
            [Column("Reports", lambda listed: listed.title, minimum=8, grows=1)],
            lambda listed: listed.name,
            id="listed",
        )
        self.lines: Grid[ReportLine] = Grid(
            _columns(),
            lambda line: line.key,
            tone=lambda line: line.tone,
            empty="Nothing to report yet. Press 2, then n, to write a transaction.",
            header=False,
            id="report",
        )
        self._heading = Caption(id="report-title")
        self.report: Report | None = None
        self._day = desk.ledger.today
        self._depth: int | None = None

    def body(self) -> ComposeResult:
        with Horizontal(id="reports-body"):
            yield self.listed
            with Vertical(id="report-side"):
                yield self._heading
                yield self.lines

    def on_mount(self) -> None:
        super().on_mount()
        self.listed.show(ListWindow(REPORTS, lambda listed: listed.name))
        self.lines.focus()

    def redraw(self) -> None:
        self._read(self._day, self._depth)

    def day_to_export(self) -> date | None:
        return self._day

    def shown_day(self) -> date:
        return self._day

    def go_to_day(self, day: date) -> None:
        self._day = day
        self.redraw()

    def action_earlier(self) -> None:
        self.go_to_day(previous_month_end(self._day))

    def action_later(self) -> None:
        self.go_to_day(next_month_end(self._day))

    def action_today(self) -> None:
        self.go_to_day(self.desk.ledger.today)

    def action_less_depth(self) -> None:
        depth = self._depth if self._depth is not None else self._deepest_shown()
        self._depth = max(depth - 1, 1)
        self.redraw()

    def action_more_depth(self) -> None:
        if self._depth is not None:
            most = max((account.depth for account in self.desk.standing.accounts), default=1)
            self._depth = self._depth + 1 if self._depth + 1 < most else None
            self.redraw()

    @on(Grid.Opened, "#listed")
    def _report_chosen(self) -> None:
        self.lines.focus()

    @on(Grid.Opened, "#report")
    async def _line_opened(self) -> None:
        line = self.lines.row
        if line is None or line.account is None:
            return
        if line.account in self.desk.standing.by_name:
            await self.workbench.open_register(line.account)
        else:
            self.workbench.refuse("This heading was never opened as an account: it has no register of its own.")

    @work(thread=True, exclusive=True, group="report", exit_on_error=False, name="The report")
    def _read(self, day: date, depth: int | None) -> None:
        """Made beside the screen; an answer that came too late is dropped."""
        from tui_ledger.reports.balance_sheet import balance_sheet

        try:
            report = balance_sheet(self.desk.ledger, [day], depth)
        except LedgerError as refusal:
            self.app.call_from_thread(self.workbench.refuse, str(refusal))
        else:
            self.app.call_from_thread(self._show, report, day, depth)

    def _show(self, report: Report, day: date, depth: int | None) -> None:
        if (day, depth) != (self._day, self._depth):
            return
        self.report = report
        lines = report_lines(report, lambda money, is_credit: self.desk.figure(money, credit_normal=is_credit))
        self.lines.show(ListWindow(lines, lambda line: line.key))
        self._heading.say(f"{report.title}   {self.desk.full_day(day)}   {verdict(report)}")
        self._show_status(report)
        self.refresh_bindings()

    def _show_status(self, report: Report) -> None:
        totals = [section.totals[0] for section in report.sections]
        both = report.totals[0].figures[0] if report.totals else totals[-1]
        left = [self.desk.ledger.name, self.desk.full_day(self._day), verdict(report)]
        self.status.show(left, f"Dr {self.desk.named(totals[0])}  Cr {self.desk.named(both)}")

    def _deepest_shown(self) -> int:
        return max((name.count(":") + 1 for name in self._accounts_shown()), default=1)

    def _accounts_shown(self) -> list[str]:
        sections = self.report.sections if self.report is not None else ()
        return [row.account for section in sections for row in section.rows if row.account is not None]


def _columns() -> list[Column[ReportLine]]:
    return [
        Column("", lambda line: "  " * line.depth + line.label, minimum=16, preferred=40, grows=1),
        Column(
            "",
            lambda line: line.figures[0] if line.figures else "",
            right=True,
            exact=True,
            minimum=10,
            marks_negative=True,
        ),
    ]
