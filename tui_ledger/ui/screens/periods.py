"""Which days are closed, and where does a fiscal year end? Years in a list; days closed and reopened, years set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tui_ledger.dates import day_after, day_before, previous_month_end
from tui_ledger.errors import (
    InvalidDate,
    InvalidFiscalYear,
    InvalidOptions,
    LedgerError,
    NotAFiscalYearEnd,
    NothingToClose,
)
from tui_ledger.ledger.fiscal_years import FiscalYear
from tui_ledger.locale.reading import read_date
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.fields import DateField, Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, pgettext

_MOST_YEARS = 200


@dataclass(frozen=True, slots=True)
class YearRow:
    """A fiscal year, whether its dates were set, and its last closed day or None."""

    year: FiscalYear
    was_set: bool
    closed_through: date | None

    @property
    def state(self) -> str:
        """Whether it is open, closed, or closed in part, in words."""
        if self.closed_through is None:
            return pgettext("fiscal year", "open")
        return pgettext("fiscal year", "closed") if self.is_closed else pgettext("fiscal year", "closed in part")

    @property
    def is_closed(self) -> bool:
        """Whether all its days are closed."""
        return self.closed_through is not None and self.closed_through >= self.year.last


def year_rows(desk: Desk) -> list[YearRow]:
    """The fiscal years from the first transaction's to the one after today's, the latest first."""
    ledger = desk.ledger
    years_set, closed = ledger.fiscal_years_set(), ledger.closed_through
    first = next((row.date for row in ledger.journal_window().rows(0, 1)), ledger.today)
    first = min(first, ledger.today, *(year.first for year in years_set))
    last = max(day_after(ledger.fiscal_year().last), *(year.last for year in years_set), date.min)
    rows: list[YearRow] = []
    day = last
    while day >= first and len(rows) < _MOST_YEARS:
        year = ledger.fiscal_year(day)
        within = closed if closed is not None and closed >= year.first else None
        rows.append(YearRow(year, year in years_set, within))
        if year.first == date.min:
            break
        day = day_before(year.first)
    return rows


class PeriodsSheet(SheetDialog[YearRow]):
    """Fiscal years, and through which day they are closed."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")
    labels: ClassVar[dict[str, str]] = {"add": N_("Close days"), "edit": N_("Set year"), "remove": N_("Reopen days")}

    def __init__(self, desk: Desk) -> None:
        def closed(row: YearRow) -> str:
            return "" if row.closed_through is None else desk.day(min(row.closed_through, row.year.last))

        grid: Grid[YearRow] = Grid(
            [
                Column(N_("First day"), lambda row: desk.day(row.year.first), exact=True, minimum=10),
                Column(N_("Last day"), lambda row: desk.day(row.year.last), exact=True, minimum=10),
                Column("", _how_set, exact=True, minimum=7),
                Column(N_("State"), lambda row: row.state, exact=True, minimum=14),
                Column(N_("Closed through"), closed, minimum=10, grows=1),
            ],
            lambda row: row.year.first,
            tone=lambda row: "muted" if row.is_closed else None,
            id="years",
        )
        super().__init__(desk, _("Periods and fiscal years"), grid)

    def fill(self) -> None:
        none: list[YearRow] = []
        rows = self.desk.ask(lambda: year_rows(self.desk), none)
        standing = None if self.grid.row_count else self.desk.ledger.fiscal_year().first
        self.grid.show(ListWindow(rows, lambda row: row.year.first), key=standing)
        closed = self.desk.ledger.closed_through
        day = "" if closed is None else self.desk.full_day(closed)
        self.about_row.say(_("Closed through {day}.").format(day=day) if day else _("No day is closed."))

    def action_add(self) -> None:
        self.app.push_screen(CloseDaysForm(self.desk), self._changed)

    def action_remove(self) -> None:
        closed = self.desk.ledger.closed_through
        if closed is None:
            self.show_error(_("No day is closed: there is nothing to reopen."))
        else:
            self.app.push_screen(ReopenForm(self.desk, closed), self._changed)

    def action_edit(self) -> None:
        if self.grid.row is not None:
            self.app.push_screen(YearForm(self.desk, self.grid.row), self._changed)

    def _changed(self, sentence: str | None) -> None:
        if sentence:
            self.show_error("")
            self.app.notify(sentence, markup=False)
            self.fill()


def _how_set(row: YearRow) -> str:
    return pgettext("fiscal year", "set") if row.was_set else pgettext("fiscal year", "by rule")


class CloseDaysForm(FormDialog[str]):
    """Every day through one is closed, at a fiscal year's end with the transaction that brings results to zero."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        today = desk.ledger.today
        self.day = DateField(previous_month_end(today), desk.formats, today, id="close-through")
        self.closing = yes_or_no(False, id="close-transaction")
        self.memo = Field(id="close-memo")
        self.reason = Field(id="close-reason", placeholder=_("may stay empty"))
        self.memo.put(_("Closing of the year"))
        rows = (
            FormRow(_("Through"), self.day),
            FormRow(_("Close results"), self.closing, _("only at a year's end")),
            FormRow(_("Its memo"), self.memo),
            FormRow(_("Reason"), self.reason),
        )
        note = _("Nothing dated on a closed day enters, changes or leaves. Days can be opened again, for a reason.")
        super().__init__(_("Close days"), rows, save=pgettext("days", "Close"), note=note)

    def act(self) -> str:
        with self.about(self.day):
            day: date = self.day.read()
        self._desk.ledger.close_period(
            day,
            closing_transaction=self.closing.is_yes,
            memo=self.memo.value.strip(),
            reason=self.reason.value.strip(),
        )
        return _("Closed through {day}").format(day=self._desk.day(day))

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.closing if isinstance(refusal, (NotAFiscalYearEnd, NothingToClose)) else self.day


class ReopenForm(FormDialog[str]):
    """Days are opened again, for a reason that the history keeps."""

    def __init__(self, desk: Desk, closed: date) -> None:
        self._desk = desk
        self.day = DateField(closed.replace(day=1), desk.formats, desk.ledger.today, id="reopen-day")
        self.reason = Field(id="reopen-reason", placeholder=_("kept in the history"))
        rows = (FormRow(pgettext("day", "From"), self.day), FormRow(_("Reason"), self.reason))
        note = _("Closed through {day}. Closing transactions of the days opened are taken back.")
        super().__init__(_("Reopen days"), rows, save=_("Reopen"), note=note.format(day=desk.day(closed)))

    def act(self) -> str:
        with self.about(self.day):
            day: date = self.day.read()
        still = self._desk.ledger.reopen_period(day, reason=self.reason.value.strip())
        if still is None:
            return _("Opened the days from {day}").format(day=self._desk.day(day))
        said = _("Opened the days from {day}, closed through {closed}")
        return said.format(day=self._desk.day(day), closed=self._desk.day(still))

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.reason if isinstance(refusal, InvalidOptions) else self.day


class YearForm(FormDialog[str]):
    """The dates of a fiscal year; an empty last day takes them away, so that the rule holds again."""

    def __init__(self, desk: Desk, row: YearRow) -> None:
        self._desk = desk
        today = desk.ledger.today
        self.first = DateField(row.year.first, desk.formats, today, id="year-first")
        self.last = Field(id="year-last", placeholder=_("empty: by the rule again"))
        self.last.put(desk.formats.date_column(row.year.last))
        month, day = desk.ledger.fiscal_year_start
        rows = (FormRow(_("First day"), self.first), FormRow(_("Last day"), self.last))
        note = _(
            "By the rule of this book a year begins on day {day} of month {month}; a year set here goes before it."
        )
        super().__init__(_("Set a fiscal year"), rows, note=note.format(day=day, month=month))

    def act(self) -> str:
        with self.about(self.first):
            first: date = self.first.read()
        text = self.last.value.strip()
        if not text:
            self._desk.ledger.unset_fiscal_year(first)
            return _("The year from {day} follows the rule again").format(day=self._desk.day(first))
        with self.about(self.last):
            last = read_date(text, first, self._desk.ledger.today, self._desk.formats)
        self._desk.ledger.set_fiscal_year(first, last)
        said = _("Set the fiscal year from {first} to {last}")
        return said.format(first=self._desk.day(first), last=self._desk.day(last))

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.last if isinstance(refusal, (InvalidFiscalYear, InvalidDate)) else self.first
