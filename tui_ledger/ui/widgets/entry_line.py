"""One line of the entry form: an account, its balance, an amount and the side it falls on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Account
from tui_ledger.locale.calculator import evaluate, is_expression
from tui_ledger.money import Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line, Remainder, side_of
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.fields import AmountField, Field, FieldOwner


class EntryLine(Vertical):
    """Two fields and what follows from them; errors stand on a row of their own beneath."""

    def __init__(self, desk: Desk, owner: FieldOwner) -> None:
        super().__init__()
        self._desk = desk
        self._owner = owner
        self.account_field = Field(classes="account", placeholder="Account")
        self.amount_field = AmountField(classes="amount")
        self._balance = Caption(classes="balance")
        self._side = Caption(classes="side")
        self._error = ErrorCaption(classes="error")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.account_field
            yield self._balance
            yield self.amount_field
            yield self._side
        yield self._error

    def on_mount(self) -> None:
        self.account_field.owner = self.amount_field.owner = self._owner

    def put(self, account: str, amount: Money | None) -> None:
        """Fill both fields."""
        self.account_field.put(account)
        self.put_amount(amount)

    def put_amount(self, amount: Money | None) -> None:
        self.amount_field.put("" if amount is None else self._figure(amount))

    def read(self) -> Line:
        """What stands here now, understood as far as possible."""
        account_text, amount_text = self.account_field.value, self.amount_field.value
        account = self._desk.standing.index.named(account_text) if account_text.strip() else None
        amount, amount_error = self._amount(account, amount_text)
        return Line(
            account_text, amount_text, account, amount, self._account_error(account, account_text), amount_error
        )

    def write_out(self) -> None:
        """Write the account in full and a calculation as its result."""
        line = self.read()
        if line.account is not None:
            self.account_field.put(line.account.name)
        if line.amount is not None:
            self.put_amount(line.amount)

    def show(self, line: Line, rest: Remainder | None) -> None:
        """Draw balance, side and the remainder this line would take."""
        self._balance.say("" if line.account is None else self._desk.balance_of(line.account))
        self.amount_field.placeholder = "" if rest is None else self._figure(rest.amount)
        self._side.say(self._side_text(line, line.amount if rest is None else rest.amount))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, beneath the fields; '' takes it away."""
        self._error.say(sentence)

    def _amount(self, account: Account | None, text: str) -> tuple[Money | None, str]:
        if not text.strip():
            return None, ""
        bare, sign = side_of(text)
        currency = account.currency if account is not None else self._desk.standing.currency
        try:
            amount = evaluate(bare, self._desk.formats, currency)
        except LedgerError as error:
            return None, str(error)
        if not amount:
            return None, "The amount is zero: give another, or take the line out."
        return (-amount if sign < 0 else amount), ""

    def _account_error(self, account: Account | None, text: str) -> str:
        if account is not None or not text.strip():
            return ""
        named = self._desk.standing.by_name.get(text)
        if named is not None and named.closed:
            return f"{named.name} is closed: reopen it, or use another account."
        if named is not None and named.placeholder:
            return f"{named.name} takes no postings: use one of its sub-accounts."
        return f"There is no account {text!r}: type a few letters of one."

    def _figure(self, amount: Money) -> str:
        return self._desk.formats.figure(amount.units, amount.currency)

    def _side_text(self, line: Line, amount: Money | None) -> str:
        if amount is None:
            return ""
        side = "Dr" if amount.units > 0 else "Cr"
        if line.amount is not None and is_expression(side_of(line.amount_text)[0]):
            return f"{side} = {self._figure(amount)}"
        code = "" if amount.currency == self._desk.standing.currency else f" {amount.currency}"
        return side + code
