"""Which currencies does the book keep, and how finely? Listed with their worth; added, and given more digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tui_ledger.errors import InvalidCurrency, InvalidOptions, LedgerError
from tui_ledger.money import LARGEST_DIGITS, Currency
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import with_keys
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.prices import written_rate
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, Said, _, in_english, pgettext

WARNING = N_(
    "Every amount of it in the whole book is written finer, and stays worth what it is. Digits can never be taken "
    "away again, and {undo} does not take this back."
)


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency, how many accounts are kept in it, and what one unit is worth today, '' without a price."""

    currency: Currency
    accounts: int
    worth: str


class CurrenciesSheet(SheetDialog[CurrencyRow]):
    """The currencies of the book."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit")
    labels: ClassVar[dict[str, str]] = {"edit": N_("More digits")}

    def __init__(self, desk: Desk) -> None:
        worth = _("Worth today in {currency}").format(currency=desk.ledger.currency)
        grid: Grid[CurrencyRow] = Grid(
            [
                Column(pgettext("currency", "Code"), lambda row: str(row.currency), exact=True, minimum=6),
                Column(pgettext("currency", "Digits"), lambda row: str(row.currency.digits), right=True, exact=True),
                Column(_("Accounts"), lambda row: desk.count(row.accounts), right=True, exact=True),
                Column(worth, lambda row: row.worth, right=True, exact=True),
            ],
            _key,
            id="currencies",
        )
        super().__init__(desk, _("Currencies"), grid)

    def fill(self) -> None:
        nothing: tuple[Currency, ...] = ()
        currencies = self.desk.ask(self.desk.ledger.currencies, nothing)
        self.grid.show(ListWindow([self._row(currency) for currency in currencies], _key))
        self.about_row.say(_("The book is kept in {currency}.").format(currency=self.desk.ledger.currency))

    def action_add(self) -> None:
        self.app.push_screen(CurrencyForm(self.desk), self._changed)

    def action_edit(self) -> None:
        if self.grid.row is not None:
            self.app.push_screen(DigitsForm(self.desk, self.grid.row.currency), self._changed)

    def _changed(self, currency: Currency | None) -> None:
        if currency is not None:
            self.desk.follow()
            self.fill()
            self.grid.go_to(str(currency))

    def _row(self, currency: Currency) -> CurrencyRow:
        ledger, own = self.desk.ledger, self.desk.standing.currency
        accounts = sum(account.currency == currency for account in self.desk.standing.accounts)
        price = None if currency == own else self.desk.ask(lambda: ledger.price(str(currency), str(own)), None)
        return CurrencyRow(currency, accounts, "" if price is None else written_rate(price, self.desk.formats))


class CurrencyForm(FormDialog[Currency]):
    """A new currency, or anything countable."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.code = Field(id="currency-code", placeholder=_("USD, or GOLD"))
        self.digits = Field(id="currency-digits", placeholder=_("as ISO 4217 has it"))
        rows = (
            FormRow(pgettext("currency", "Code"), self.code),
            FormRow(pgettext("currency", "Digits"), self.digits, _("decimals of its smallest unit")),
        )
        super().__init__(_("Add a currency"), rows, save=_("Add"))

    def act(self) -> Currency:
        with self.about(self.digits):
            digits = read_digits(self.digits.value)
        return self._desk.ledger.add_currency(self.code.value.strip(), digits)

    def culprit(self, refusal: LedgerError) -> Field | None:
        needs_digits = isinstance(refusal, InvalidCurrency) and "digit" in in_english(refusal.values.get("advice", ""))
        return self.digits if needs_digits and self.digits.value.strip() else self.code


class DigitsForm(FormDialog[Currency]):
    """More digits for a currency, after a warning that has to be answered."""

    def __init__(self, desk: Desk, currency: Currency) -> None:
        self._desk = desk
        self._currency = currency
        self.digits = Field(id="digits")
        self.sure = yes_or_no(False, id="digits-sure")
        self.digits.put(str(currency.digits))
        so_far = _("{digits} so far, {most} at most").format(digits=currency.digits, most=LARGEST_DIGITS)
        rows = (FormRow(pgettext("currency", "Digits"), self.digits, so_far), FormRow(_("Sure"), self.sure))
        title = _("More digits for {currency}").format(currency=currency)
        super().__init__(title, rows, save=_("Do it"), note=with_keys(_(WARNING)))

    def act(self) -> Currency:
        with self.about(self.digits):
            digits = read_digits(self.digits.value)
            if digits is None or digits == self._currency.digits:
                raise InvalidOptions(
                    reason=Said(
                        "{currency} has {digits} digits: type more.",
                        currency=self._currency,
                        digits=self._currency.digits,
                    )
                )
        with self.about(self.sure):
            if not self.sure.is_yes:
                raise InvalidOptions(reason=N_("This cannot be taken back: answer yes if you are sure."))
        return self._desk.ledger.set_digits(str(self._currency), digits)

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.digits


def read_digits(text: str) -> int | None:
    """A whole number of digits, None for nothing typed; raises InvalidOptions."""
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        raise InvalidOptions(reason=Said("{typed!r} is no number of digits: type 0 to 12.", typed=typed))
    return int(typed)


def _key(row: CurrencyRow) -> str:
    return str(row.currency)
