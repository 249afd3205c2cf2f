"""What were currencies worth, and when? The prices of the book: listed, added, changed, removed, read from a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from tui_ledger.errors import InvalidCurrency, InvalidPrice, LedgerError
from tui_ledger.ledger import Price
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_number
from tui_ledger.money import Currency
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import with_keys
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.import_dialogs import ImportPricesDialog
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.screens.work_dialog import Outcome
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import AmountField, DateField, Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, ngettext, pgettext

_LEAST_DIGITS = 2


class PricesSheet(SheetDialog[Price]):
    """The prices noted, by currency and day."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove", "import_file")

    def __init__(self, desk: Desk) -> None:
        grid: Grid[Price] = Grid(
            [
                Column(N_("Date"), lambda price: desk.day(price.date), exact=True, minimum=10),
                Column(N_("One"), lambda price: price.currency, exact=True, minimum=4),
                Column(N_("is worth"), lambda price: written_rate(price.rate, desk.formats), right=True, exact=True),
                Column("", lambda price: price.in_currency, exact=True, minimum=4),
            ],
            _key,
            empty=with_keys(_("No prices yet: {sheet-add} adds one, {sheet-import} reads some from a file.")),
            id="prices",
        )
        super().__init__(desk, _("Prices"), grid)

    def fill(self) -> None:
        nothing: tuple[Price, ...] = ()
        prices = self.desk.ask(self.desk.ledger.prices, nothing)
        self.grid.show(ListWindow(prices, _key))
        self.about_row.say(ngettext("{n} price", "{n} prices", len(prices)).format(n=self.desk.count(len(prices))))

    def action_add(self) -> None:
        self.app.push_screen(PriceForm(self.desk), self._noted)

    def action_edit(self) -> None:
        if self.grid.row is not None:
            self.app.push_screen(PriceForm(self.desk, self.grid.row), self._noted)

    def action_remove(self) -> None:
        price = self.grid.row
        if price is None:
            return

        def remove() -> Price:
            self.desk.ledger.remove_price(price.date, price.currency, price.in_currency)
            return price

        question = _("Remove the price of {currency} in {other} of {day}?").format(
            currency=price.currency, other=price.in_currency, day=self.desk.day(price.date)
        )
        self.app.push_screen(ActDialog(question, _("Remove"), remove), lambda done: self.fill() if done else None)

    def action_import_file(self) -> None:
        def answered(outcome: Outcome | None) -> None:
            if outcome is not None:
                self.fill()

        self.app.push_screen(ImportPricesDialog(self.desk), answered)

    def _noted(self, price: Price | None) -> None:
        if price is not None:
            self.fill()
            self.grid.go_to(_key(price))


class PriceForm(FormDialog[Price]):
    """A price of a day; of one that stands only the rate can be changed."""

    def __init__(self, desk: Desk, price: Price | None = None) -> None:
        self._desk = desk
        today, own = desk.ledger.today, str(desk.ledger.currency)
        self.day = DateField(today if price is None else price.date, desk.formats, today, id="price-day")
        self.currency = Field(id="price-currency", placeholder="USD")
        self.rate = AmountField(id="price-rate")
        self.in_currency = Field(id="price-in")
        self.currency.put("" if price is None else price.currency)
        self.in_currency.put(own if price is None else price.in_currency)
        if price is not None:
            self.rate.put(written_rate(price.rate, desk.formats))
        for field in (self.day, self.currency, self.in_currency):
            field.disabled = price is not None
        rows = (
            FormRow(pgettext("price", "On"), self.day),
            FormRow(pgettext("price", "one"), self.currency),
            FormRow(pgettext("price", "was worth"), self.rate),
            FormRow(pgettext("price", "of"), self.in_currency),
        )
        super().__init__(_("Add a price") if price is None else _("Change a price"), rows)

    def act(self) -> Price:
        with self.about(self.day):
            day: date = self.day.read()
        with self.about(self.rate):
            rate = read_rate(self.rate.value, self._desk.formats)
        code, other = self.currency.value.strip(), self.in_currency.value.strip()
        return self._desk.ledger.add_price(day, code, other, rate)

    def culprit(self, refusal: LedgerError) -> Field | None:
        if isinstance(refusal, InvalidCurrency):
            is_other = str(refusal.values.get("code")) == self.in_currency.value.strip()
            return self.in_currency if is_other and self.currency.value.strip() else self.currency
        return self.rate if isinstance(refusal, InvalidPrice) else None

    def completions_for(self, field: Field) -> list[Completion]:
        return currency_completions(self._desk, field.value) if field in (self.currency, self.in_currency) else []


def currency_completions(desk: Desk, typed: str) -> list[Completion]:
    """The book's currencies that begin with what was typed."""
    wanted = typed.strip().casefold()
    nothing: tuple[Currency, ...] = ()
    known = [str(one) for one in desk.ask(desk.ledger.currencies, nothing)]
    found = [code for code in known if wanted and code.casefold().startswith(wanted)]
    return [] if [code.casefold() for code in found] == [wanted] else [Completion(code, "", code) for code in found]


def read_rate(text: str, formats: Formats) -> Decimal:
    """A positive number in the reader's notation, with as many decimals as typed; raises InvalidAmount and kin."""
    typed = text.strip()
    if not typed:
        raise InvalidPrice(text=text, advice=N_("type what one unit is worth, such as 0.92"))
    whole, decimals = read_number(typed, Currency("X", 12), formats)
    return Decimal(f"{whole or '0'}.{decimals or '0'}")


def written_rate(rate: Decimal, formats: Formats) -> str:
    """A rate in the reader's notation, all its decimals."""
    whole, _point, decimals = format(rate, "f").partition(".")
    kept = decimals.rstrip("0").ljust(_LEAST_DIGITS, "0")
    return formats.figure(int(whole + kept), Currency("X", len(kept)), credit_normal=None)


def _key(price: Price) -> tuple[str, str, str]:
    return (price.currency, price.in_currency, price.date.isoformat())
