"""Which tax codes has the book, at what rates from which day on, and where does the tax go? Listed, added, changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from textual import on

from tui_ledger.errors import AccountError, InvalidTaxCode, InvalidTaxRate, InvalidText, LedgerError, TaxError
from tui_ledger.ledger import Account, TaxRate
from tui_ledger.locale import reading
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry_prices import rate_figure
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.widgets.columns import Column, short_account
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import AccountField, DateField, Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.tax_suggesting import code_completions, known_rates, tax_account_completions
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, NP_, _, listed, pgettext

_NAMED = 3


class TaxCodesSheet(SheetDialog[TaxRate]):
    """The rates of the tax codes, by code and day."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")

    def __init__(self, desk: Desk) -> None:
        grid: Grid[TaxRate] = Grid(
            [
                Column(NP_("tax", "Code"), lambda rate: rate.code, minimum=10, preferred=14, grows=1),
                Column(N_("From"), lambda rate: desk.day(rate.date_from), exact=True, minimum=10),
                Column(N_("Rate"), lambda rate: desk.formats.percent(rate.rate), right=True, exact=True),
                Column(
                    N_("Tax goes to"),
                    lambda rate: rate.account or "",
                    minimum=12,
                    preferred=30,
                    grows=2,
                    shorten=short_account,
                ),
                Column(N_("Name"), lambda rate: rate.name or "", minimum=6, preferred=20, grows=1, yields=1),
            ],
            _key,
            empty=_("No tax codes yet: {key} adds one.").format(key=pressed("sheet-add")),
            id="tax-codes",
        )
        super().__init__(desk, _("Tax codes"), grid)

    def fill(self) -> None:
        self.desk.ask(self.desk.follow, self.desk.standing)
        self.grid.show(ListWindow(known_rates(self.desk), _key))
        self._say_where()

    def action_add(self) -> None:
        self.app.push_screen(TaxRateForm(self.desk), self._was_set)

    def action_edit(self) -> None:
        if self.grid.row is not None:
            self.app.push_screen(TaxRateForm(self.desk, self.grid.row), self._was_set)

    def action_remove(self) -> None:
        rate = self.grid.row
        if rate is None:
            return

        def remove() -> TaxRate:
            self.desk.ledger.remove_tax_rate(rate.code, rate.date_from)
            return rate

        question = _("Remove the rate of {code} from {day} on?").format(
            code=rate.code, day=self.desk.day(rate.date_from)
        )
        note = _("The rate before it holds on; without one, nothing is taxed by this code any more.")
        dialog = ActDialog(question, _("Remove"), remove, note)
        self.app.push_screen(dialog, lambda done: self.fill() if done else None)

    @on(Grid.Highlighted, "#tax-codes")
    def _say_where(self) -> None:
        """Which accounts have the highlighted code."""
        rate = self.grid.row
        self.about_row.say("" if rate is None else accounts_in_words(rate.code, self.desk))

    def _was_set(self, rate: TaxRate | None) -> None:
        if rate is not None:
            self.fill()
            self.grid.go_to(_key(rate))


class TaxRateForm(FormDialog[TaxRate]):
    """What a code stands for from a day on; of a rate that stands, code and day stay as they are."""

    def __init__(self, desk: Desk, rate: TaxRate | None = None) -> None:
        self._desk = desk
        self._changed = rate
        today = desk.ledger.today
        self.code = Field(id="tax-code")
        self.day = DateField(today if rate is None else rate.date_from, desk.formats, today, id="tax-day")
        self.rate = Field(id="tax-rate", placeholder="19")
        self.account = AccountField(id="tax-account", placeholder=_("Liabilities:VAT; as before where nothing stands"))
        self.called = Field(id="tax-name")
        if rate is not None:
            self.code.put(rate.code)
            self.rate.put(rate_figure(rate.rate, desk.formats))
            self.account.put(rate.account or "")
            self.called.put(rate.name or "")
        for field in (self.code, self.day):
            field.disabled = rate is not None
        rows = (
            FormRow(pgettext("tax", "Code"), self.code),
            FormRow(_("From"), self.day),
            FormRow(_("Rate"), self.rate, _("percent")),
            FormRow(_("Tax goes to"), self.account),
            FormRow(_("Name"), self.called),
        )
        super().__init__(_("Add a tax rate") if rate is None else _("Change a tax rate"), rows)

    def act(self) -> TaxRate:
        with self.about(self.day):
            day: date = self.day.read() if self._changed is None else self._changed.date_from
        with self.about(self.rate):
            rate = read_percent(self.rate.value, self._desk.formats)
        code = self.code.value.strip() if self._changed is None else self._changed.code
        name = self.called.value.strip()
        return self._desk.ledger.set_tax_rate(
            code,
            rate,
            account=self.account.value.strip() or None,
            date_from=day,
            name=name if name or self._changed is not None else None,
        )

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case InvalidTaxCode():
                return self.code
            case InvalidTaxRate():
                return self.rate
            case InvalidText():
                return self.called
        return self.account if isinstance(refusal, AccountError | TaxError) else None

    def completions_for(self, field: Field) -> list[Completion]:
        if field is self.code:
            return code_completions(self._desk, field.value)
        return tax_account_completions(self._desk, field.value) if field is self.account else []

    def take(self, field: Field, completion: Completion) -> None:
        if isinstance(completion.value, Account):
            completion = Completion(completion.value.name, "", completion.value)
        super().take(field, completion)


def accounts_in_words(code: str, desk: Desk) -> str:
    """Which accounts have a tax code, the first few by name."""
    names = [account.name for account in desk.standing.accounts if account.tax_code == code]
    if not names:
        no_account = _("No account has {code} yet: {key} on an account gives it one.")
        return no_account.format(code=code, key=pressed("edit-account"))
    shown = listed(names[:_NAMED])
    if len(names) <= _NAMED:
        return _("{code} is the code of {accounts}").format(code=code, accounts=shown)
    several = _("{code} is the code of {accounts} and {count} more")
    return several.format(code=code, accounts=shown, count=desk.count(len(names) - _NAMED))


def read_percent(text: str, formats: Formats) -> Decimal:
    """A rate in the reader's notation, a sign of percent behind it or not; raises InvalidTaxRate, InvalidAmount."""
    if not text.strip():
        raise InvalidTaxRate(text=text, advice=N_("type how much percent of the net amount the tax is, such as 19"))
    return reading.read_percent(text, formats)


def _key(rate: TaxRate) -> tuple[str, str]:
    return rate.code, rate.date_from.isoformat()
