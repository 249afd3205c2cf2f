"""How does a book come about on the screen? Made new, as the demo, out of a journal, or found where it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult

from tui_ledger.charts import (
    DEFAULT_YEAR_START,
    StarterChart,
    about_chart,
    chart_names,
    find_chart,
    likely_chart,
    read_chart_file,
)
from tui_ledger.charts import ENDING as CHART_ENDING
from tui_ledger.errors import BookError, InvalidCurrency, InvalidMonthDay, InvalidOptions, LedgerError
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.opening import discard_database
from tui_ledger.ui.path_completion import path_completions, typed_path
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.work_dialog import Outcome, Progress, WorkDialog
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.chart_outline import ChartOutline
from tui_ledger.ui.widgets.choice_field import ChoiceField
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.words import N_, Said, _, ngettext, pgettext

ENDING = ".ledger"
NO_CHART = N_("none")
OWN_CHART = N_("file")


class NewBookForm(FormDialog[Path]):
    """A new book: where, in which currency, with which accounts, and when its years begin.

    A chart of a country, or of one's own, brings its currency and its year, until others were typed; under the fields
    its tree can be looked through.
    """

    def __init__(self, folder: Path, currency: str, locale: str = "") -> None:
        self.file = Field(id="new-file", placeholder=_("shop"))
        self.currency = Field(id="new-currency")
        self.currency.put(currency)
        self.chart = ChoiceField((*chart_names(), NO_CHART, OWN_CHART), likely_chart(locale), id="new-chart")
        self.own_chart = Field(id="new-own-chart", placeholder=_("~/books/ours.toml"))
        self.year = Field(id="new-year", placeholder=_("MM-DD"))
        self.year.put(DEFAULT_YEAR_START)
        self.about_chart = Caption(id="new-about-chart")
        self.outline = ChartOutline(id="new-outline")
        self._folder = folder
        self._usual_currency = currency
        self._proposed = (currency, DEFAULT_YEAR_START)
        self._chart_row = FormRow(_("Accounts"), self.chart, _remark(find_chart(likely_chart(locale))))
        self._own_row = FormRow(_("Chart's file"), self.own_chart, _("a .toml file"))
        self._own_row.display = False
        rows = (
            FormRow(_("Name or path"), self.file),
            FormRow(_("Currency"), self.currency, _("a code of ISO 4217")),
            self._chart_row,
            self._own_row,
            FormRow(_("Years begin on"), self.year, _("month and day")),
        )
        super().__init__(_("A new book"), rows, save=_("Make it"), note=_name_alone(folder))

    def act(self) -> Path:
        with self.about(self.file):
            path = book_file(self.file.value, self._folder)
        with self.about(self.own_chart):
            chart = self._chosen()
        currency, start = self.currency.value.strip().upper(), self.year.value.strip()
        if chart is None:
            made = Ledger.create(path, currency, fiscal_year_start=start)
        else:
            accounts, settings = chart.accounts, chart.settings
            made = Ledger.create(
                path, currency, fiscal_year_start=start, locale=chart.locale, accounts=accounts, settings=settings
            )
        made.close()
        return path

    def culprit(self, refusal: LedgerError) -> Field | None:
        if isinstance(refusal, InvalidMonthDay):
            return self.year
        return self.currency if isinstance(refusal, InvalidCurrency) else self.file

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        if field in (self.chart, self.own_chart):
            self._show_chart()

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value, (CHART_ENDING,)) if field is self.own_chart and field.value else []

    def body(self) -> ComposeResult:
        yield from super().body()
        yield self.about_chart
        yield self.outline

    def on_mount(self) -> None:
        super().on_mount()
        self._show_chart()

    def _chosen(self) -> StarterChart | None:
        """The one from the list, or from the file of one's own; raises what reading it raises."""
        if self._is_own:
            if not self.own_chart.value.strip():
                raise InvalidOptions(reason=N_("Which chart of accounts? Type the path of a .toml file."))
            return read_chart_file(typed_path(self.own_chart.value))
        return None if self.chart.chosen == NO_CHART else find_chart(self.chart.chosen)

    @property
    def _is_own(self) -> bool:
        return self.chart.chosen == OWN_CHART

    def _show_chart(self) -> None:
        self._own_row.display = self._is_own
        try:
            chart = self._chosen()
        except LedgerError:
            self._chart_row.say_remark("")
            self.about_chart.say(_("No chart can be read there yet."))
            self.outline.show_chart(None)
            return
        self._chart_row.say_remark(_remark(chart))
        self.about_chart.say("" if chart is None else about_chart(chart))
        self.outline.show_chart(chart)
        self._propose(chart)

    def _propose(self, chart: StarterChart | None) -> None:
        """What was typed stays; the currency of a chart for any country is the one that is usual here."""
        of_country = chart.currency if chart is not None and (chart.country or self._is_own) else None
        start = DEFAULT_YEAR_START if chart is None else chart.fiscal_year_start
        proposed = (of_country or self._usual_currency, start)
        for field, before, now in zip((self.currency, self.year), self._proposed, proposed, strict=True):
            if field.value == before:
                field.put(now)
        self._proposed = proposed


class OpenBookForm(FormDialog[str]):
    """A book that is there: its path, completed as it is typed; opened once to see that it is one."""

    def __init__(self) -> None:
        self.file = Field(id="open-file", placeholder=_("~/books/shop.ledger"))
        super().__init__(_("Open a book"), (FormRow(_("Path"), self.file),), save=pgettext("verb", "Open"))

    def act(self) -> str:
        place = self.file.value.strip()
        with self.about(self.file):
            if not place:
                raise InvalidOptions(reason=N_("Which book? Type its path."))
            Ledger.open(place).close()
        return place

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field.value else []

    def entered(self, field: Field) -> None:
        """A folder that is taken is gone into; a file is opened."""
        marked = self.completions.marked
        if marked is not None:
            self.take(field, marked)
            if marked.detail:
                self.field_changed(field)
                return
        self.action_save()


class DemoDialog(WorkDialog):
    """The demo book, made anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made: Path | None = None
        self.folder_field = Field(id="demo-folder")
        self.folder_field.put(str(folder))
        note = _("Ten months of a small shop. An older demo book there is made anew, nothing else is touched.")
        super().__init__(_("The demo book"), (FormRow(_("Folder"), self.folder_field),), start=_("Make it"), note=note)

    def completions_for(self, field: Field) -> list[Completion]:
        return [one for one in path_completions(field.value) if one.detail] if field.value else []

    def job(self) -> Callable[[Progress], Outcome]:
        folder = typed_path(self.folder_field.value) if self.folder_field.value.strip() else self._folder

        def make(_progress: Progress) -> Outcome:
            from tui_ledger.demo import make_demo

            self.made = make_demo(folder)
            return Outcome(_("Made. Enter opens it."), (str(self.made),))

        return make


class ImportBookDialog(WorkDialog):
    """A journal that becomes a book of its own: all of it, or no book is made."""

    def __init__(self, folder: Path, currency: str) -> None:
        self._folder = folder
        self.made: Path | None = None
        self.journal = Field(id="import-journal", placeholder=_("~/finance/2026.journal"))
        self.file = Field(id="import-book", placeholder=_("shop"))
        self.currency = Field(id="import-currency")
        self.currency.put(currency)
        rows = (
            FormRow(_("Journal"), self.journal, _("hledger's format")),
            FormRow(_("New book"), self.file),
            FormRow(_("Currency"), self.currency, _("the book's own")),
        )
        super().__init__(_("Import a journal"), rows, start=_("Import"), note=_name_alone(folder))

    def completions_for(self, field: Field) -> list[Completion]:
        return path_completions(field.value) if field is self.journal and field.value else []

    def culprit(self, refusal: LedgerError) -> Field | None:
        if isinstance(refusal, InvalidCurrency):
            return self.currency
        return self.file if isinstance(refusal, BookError) else None

    def job(self) -> Callable[[Progress], Outcome]:
        with self.about(self.journal):
            if not self.journal.value.strip():
                raise InvalidOptions(reason=N_("Which journal? Type its path."))
        with self.about(self.file):
            path = book_file(self.file.value, self._folder)
        journal, currency = typed_path(self.journal.value), self.currency.value.strip().upper()

        def read(progress: Progress) -> Outcome:
            outcome = imported_book(journal, path, currency, progress)
            self.made = path
            return outcome

        return read


def imported_book(journal: Path, path: Path, currency: str, progress: Progress | None = None) -> Outcome:
    """Makes a book at a path out of a journal; whatever goes wrong, no file is left. Raises what an import raises."""
    from tui_ledger.importing.journal_import import import_journal

    ledger = Ledger.create(path, currency)
    try:
        with ledger:
            found = import_journal(ledger, journal, progress=progress)
            _refuse_empty(journal, found.imported)
    except BaseException:
        discard_database(path)
        raise
    said = _("Imported {transactions} transactions into {accounts} accounts. Enter opens the book.").format(
        transactions=found.imported, accounts=len(found.accounts_opened)
    )
    return Outcome(said, (str(path), *found.notes))


def _remark(chart: StarterChart | None) -> str:
    if chart is None:
        return _("opened one by one")
    return ngettext("{n} account", "{n} accounts", chart.count).format(n=chart.count)


def _name_alone(folder: Path) -> str:
    return _("A name alone lies in {folder}.").format(folder=folder)


def _refuse_empty(journal: Path, imported: int) -> None:
    if not imported:
        raise InvalidOptions(reason=Said("There is no transaction in {journal}: nothing was made.", journal=journal))


def book_file(text: str, folder: Path) -> Path:
    """The file of a new book: a name alone lies in the folder, and has the usual ending if it has none.

    Raises InvalidOptions where nothing was typed.
    """
    if not text.strip():
        raise InvalidOptions(reason=N_("What is the book called? Type a name, or a path."))
    path = typed_path(text)
    named = path if path.suffix else path.with_name(f"{path.name}{ENDING}")
    return named if len(named.parts) > 1 else folder / named
