"""What does the entry form offer for the field being typed in: payees, accounts, a price?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.ui import entry
from tui_ledger.ui.completion import AccountUse, PayeeIndex
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line
from tui_ledger.ui.entry_prices import EACH, TOTAL, offered_price, split_price
from tui_ledger.ui.widgets.completions import Completion, Completions
from tui_ledger.ui.widgets.entry_line import EntryLine
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.suggesting import account_completions, payee_completions
from tui_ledger.words import _

MOST_PAYEES = 20_000


@dataclass(frozen=True, slots=True)
class PricedAmount:
    """A completion of an amount: its text with the price behind it."""

    text: str


class EntryOffers:
    """Fills the list of completions, above the form so that all of it stays in sight."""

    def __init__(self, desk: Desk, completions: Completions) -> None:
        self.completions = completions
        self.payees = PayeeIndex(())
        self.field: Field | None = None
        self._desk = desk
        self._use_known: tuple[str | None, int, AccountUse] = (None, -1, {})

    def read_payees(self) -> None:
        """The book's payees, read once for a form that is shown."""
        self.payees = PayeeIndex(self._desk.ask(lambda: self._desk.ledger.payees(limit=MOST_PAYEES), []))

    def offer_payees(self, field: Field, above: int) -> None:
        self._open(field, payee_completions(self.payees, field.value), above)

    def offer_accounts(self, field: Field, payee: str | None, above: int) -> None:
        self._open(field, account_completions(self._desk, field.value, self._use(payee)), above)

    def offer_price(self, line: EntryLine, lines: Sequence[Line], index: int, day: date | None, above: int) -> None:
        """The last known price behind an @, as long as what is typed there may become it."""
        found = self._priced(line, lines, index, day)
        self._open(line.amount_field, [] if found is None else [found], above)

    def close(self) -> None:
        self.completions.close()

    def _open(self, field: Field, completions: list[Completion], above: int) -> None:
        self.field = field
        self.completions.open_at(field.region, completions, above=above)

    def _use(self, payee: str | None) -> AccountUse:
        """How often this payee's transactions used each account; asked once a payee and revision."""
        revision = self._desk.standing.revision
        if self._use_known[:2] != (payee, revision):
            self._use_known = (payee, revision, self._desk.ask(lambda: self._desk.ledger.account_use(payee), {}))
        return self._use_known[2]

    def _priced(self, line: EntryLine, lines: Sequence[Line], index: int, day: date | None) -> Completion | None:
        typed, mark, price = split_price(line.amount_field.value)
        account = lines[index].account
        if not mark or lines[index].price is not None or account is None:
            return None
        base = entry.base_currency(lines, index, self._desk.standing.currency)
        amount = line.amount_alone(account, typed)
        rate = self._desk.ask(lambda: self._desk.ledger.price(account.currency, base, at=day), None)
        if amount is None or rate is None or base == account.currency:
            return None
        offered = offered_price(amount, TOTAL if mark == TOTAL else EACH, rate, base)
        if offered is None:
            return None
        text = line.amount_text(amount, offered)
        is_begun = text.partition(mark)[2].strip().startswith(price)
        return Completion(text, _("last price"), PricedAmount(text)) if is_begun else None
