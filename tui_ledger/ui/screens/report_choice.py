"""What can be chosen of a report, and where do its lines lead? Its days, levels, order and options; drill-down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from textual.worker import get_current_worker

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Party
from tui_ledger.ledger.saved_reports import SavedReport, forget_report, save_report, saved_reports
from tui_ledger.reports.report import Report
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.ended_work import WorkEnded, ended_with
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.report_rows import ReportLine
from tui_ledger.ui.report_subject import of_party, orders_of, party_of
from tui_ledger.ui.saved_report import request_of_shown, shown_of
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
    over,
    period_named,
    read_report,
    wider,
)
from tui_ledger.words import N_, _

_NOBODY: tuple[Party, ...] = ()
CHARTED = frozenset({"net-worth", "statistics"})
NEED_RANGE = ("range_narrower", "range_wider")
MOVE_DAYS = ("earlier", "later", *NEED_RANGE)


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
        self._keep()
        shown = other_report(self.shown, name, self._kept.get(name))
        if shown.kind.takes("ACCOUNT") and shown.account is None:
            shown = replace(shown, account=self._likely_account())
        if shown.kind.takes("PARTY") and party_of(shown) is None:
            shown = of_party(shown, self._likely_party())
        is_other = shown.name != self.shown.name or self.shown.saved is not None
        self.shown = shown if is_other else self.shown
        self.enter_report()
        self.redraw()

    def open_statistics(self, party: str, purpose: str | None, period: ShownPeriod) -> None:
        """Show a party's debits and credits month by month, of some days."""
        self._keep()
        shown = replace(other_report(self.shown, "statistics"), by=None, accounts=())
        self.shown = over(of_party(shown, party, purpose), period, self.desk.ledger)
        self.enter_report()
        self.redraw()

    def open_saved(self, saved: SavedReport) -> None:
        """Show a saved report as it was saved."""
        shown = self.workbench.attempt(lambda: shown_of(saved, self.desk.ledger))
        if shown is not None:
            self._keep()
            self.shown = shown
            self.enter_report()
            self.redraw()

    def _keep(self) -> None:
        """Remember how a report was shown, for when it is chosen again; a saved one is what it is."""
        if self.shown.saved is None:
            self._kept[self.shown.name] = self.shown

    def choose(self, shown: ShownReport) -> None:
        """Show the report otherwise."""
        if shown != self.shown:
            self.shown = shown
            self.redraw()

    def orders(self) -> tuple[str, ...]:
        """What the rows can be sorted by."""
        return orders_of(self.shown)

    def day_to_export(self) -> date | None:
        return self.shown.last_day(self.desk.ledger)

    def go_to_day(self, day: date) -> None:
        self.choose(at_day(replace(self.shown, own_columns=()), day, self.desk.ledger))

    def chosen_saved(self) -> SavedReport | None:
        """The saved report that is highlighted in the list, while that has the focus."""
        return None

    def action_save_report(self) -> None:
        """Ask for a name and keep the report under it as it is shown."""
        from tui_ledger.ui.screens.save_report import SaveReportDialog

        ledger = self.desk.ledger
        request = self.workbench.attempt(lambda: request_of_shown(self.shown, ledger))
        if request is None:
            return

        def answered(name: str | None) -> None:
            if name is not None:
                kept = SavedReport(name, request.report, request.options)
                none: tuple[SavedReport, ...] = ()
                before = {one.name for one in self.desk.ask(lambda: saved_reports(ledger), none)}
                saved = self.workbench.attempt(lambda: save_report(ledger, kept))
                if saved is not None:
                    said = (
                        _("Saved the report {name} in place of the one before · {key} lists it")
                        if saved.name in before
                        else _("Saved the report {name} · {key} lists it")
                    )
                    self.workbench.say(said.format(name=saved.name, key=pressed("choose-report")))
                    self.choose(replace(self.shown, saved=saved.name))

        self.app.push_screen(SaveReportDialog(self.desk, self.shown.saved or "", request), answered)

    def action_forget_report(self) -> None:
        """The highlighted saved report out of the book; undo brings it back."""
        saved = self.chosen_saved()
        if saved is not None:
            self.forget_report(saved)

    def forget_report(self, saved: SavedReport) -> None:
        """A saved report out of the book; what is shown stays."""
        if self.workbench.attempt(lambda: forget_report(self.desk.ledger, saved.name)) is not None:
            said = _("Forgot the report {name} · {key} undoes")
            self.workbench.say(said.format(name=saved.name, key=pressed("undo")))
            if self.shown.saved == saved.name:
                self.shown = replace(self.shown, saved=None)
            self.follow_book()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("less_depth", "more_depth"):
            return self.shown.kind.takes("depth")
        if action == "show_zero":
            return self.shown.kind.takes("zero")
        if action in MOVE_DAYS and self.shown.has_own_columns:
            return False
        if action in NEED_RANGE:
            return not self.shown.is_at_day
        if action in ("save_report", "forget_report") and self.desk.ledger.read_only:
            return False
        if action == "forget_report":
            return self.chosen_saved() is not None
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
        said = _("Rows of nothing are shown") if self.shown.show_zero else _("Rows of nothing are hidden")
        self.workbench.say(said)

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
        self.workbench.say(_("Writing the workbook …"))
        work = partial(self._export, self.shown, self.made_of(self.shown))
        self.run_worker(work, name=N_("The export"), group="export", thread=True, exit_on_error=False, exclusive=True)
        return True

    async def follow(self, line: ReportLine) -> None:
        """Where a line leads: its transaction, its account's register in these days, or what it is a sum of."""
        if line.transaction is not None:
            await self.workbench.open_transaction(line.transaction)
        elif line.account is not None:
            if line.account in self.desk.standing.by_name:
                days = period_named(self.shown, line.named, self.desk.ledger) or self._own_period()
                await self.workbench.open_register(line.account, period=days)
            else:
                said = _("This heading was never opened as an account: it has no register of its own.")
                self.workbench.refuse(said)
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
            self.workbench.refuse(_("This row is worked out from many accounts: none has it in its register."))

    async def _follow_statistics(self, named: str) -> None:
        """The transactions that were added up: those of a month, a payee or a tag."""
        words = [f'account:"{name}"' for name in self.shown.accounts]
        party = party_of(self.shown)
        words += [f'party:"{party}"'] if party is not None and '"' not in party else []
        period = self._own_period()
        if self.shown.by is None:
            period = period_of(Span.MONTH, date.fromisoformat(f"{named}-01"), self.desk.ledger.fiscal_year)
        elif self.shown.by == "party":
            await self.workbench.open_party(named)
            return
        elif self.shown.by in ("payee", "tag") and '"' not in named and named != "(none)":
            words.append(f'{self.shown.by}:"{named}"')
        else:
            return
        await self.workbench.open_journal(" ".join(words), period)

    def _own_period(self) -> ShownPeriod:
        """The days of the report as a list narrows to them: up to its day, where it is at one before today."""
        ledger = self.desk.ledger
        if self.shown.has_own_columns:
            days = days_of(self.shown, ledger)
            return chosen_period(None if self.shown.is_at_day else days.first, days.last)
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

    def _likely_party(self) -> str | None:
        """The party somebody wants to see: the last one shown, else the first one there is."""
        current = self.workbench.parties.current_party() if "parties" in vars(self.workbench) else None
        if current is not None:
            return current.key
        known = self.desk.ask(self.desk.ledger.parties, _NOBODY)
        return known[0].key if known else None

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
