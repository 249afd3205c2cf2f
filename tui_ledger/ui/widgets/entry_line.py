"""One line of the entry form: an account, its balance, an amount with its price, and the side it falls on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Account, PostingStatus, WrittenPrice
from tui_ledger.locale.calculator import evaluate, is_expression
from tui_ledger.money import Currency, Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line, Remainder, side_of
from tui_ledger.ui.entry_prices import price_text, read_price, split_price
from tui_ledger.ui.entry_start import Filling
from tui_ledger.ui.kept_forms import kept_line
from tui_ledger.ui.unfinished import KeptLine
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.fields import AccountField, AmountField, FieldOwner
from tui_ledger.words import _, listed

_NAMED = 3


class TaxRemark(ErrorCaption):
    """What is said about the tax of a line; a click does what the key would."""

    class Clicked(Message):
        """The remark was clicked."""

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


class EntryLine(Vertical):
    """Two fields and what follows from them; errors stand on a row of their own beneath."""

    class TaxWanted(Message):
        """The line is to be split into net and tax, or put together again."""

        def __init__(self, line: EntryLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, desk: Desk, owner: FieldOwner) -> None:
        super().__init__()
        self._desk = desk
        self._owner = owner
        self.account_field = AccountField(classes="account", placeholder=_("Account"))
        self.amount_field = AmountField(classes="amount")
        self._balance = Caption(classes="balance")
        self._side = Caption(classes="side")
        self._hint = ErrorCaption(classes="hint")
        self._tax = TaxRemark(classes="hint")
        self._error = ErrorCaption(classes="error")
        self._filled = Filling()

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.account_field
            yield self._balance
            yield self.amount_field
            yield self._side
        yield self._hint
        yield self._tax
        yield self._error

    def on_mount(self) -> None:
        self.account_field.owner = self.amount_field.owner = self._owner

    def put(self, filling: Filling) -> None:
        """Fill both fields; what else the posting had stays with the line."""
        self._filled = filling
        self.account_field.put(filling.account)
        self.put_amount(filling.amount, filling.price)

    def put_typed(self, filling: Filling, typed: KeptLine) -> None:
        """Put back what was typed over what the line was filled with."""
        self._filled = filling
        self.account_field.put(typed.account)
        self.put_amount_text(typed.amount)

    def kept(self, start: Sequence[Filling]) -> KeptLine:
        """The line as it stands, to be put back; `start` are the lines that the form began with."""
        return kept_line(self.account_field.value, self.amount_field.value, self._filled, start)

    def put_amount(self, amount: Money | None, price: WrittenPrice | None = None) -> None:
        self.put_amount_text("" if amount is None else self.amount_text(amount, price))

    def put_amount_text(self, text: str) -> None:
        self.amount_field.put(text)
        self.set_class("@" in text, "-priced")

    def amount_text(self, amount: Money, price: WrittenPrice | None) -> str:
        """An amount as it stands in its field, the price behind it."""
        figure = self._figure(amount)
        return figure if price is None else f"{figure} {price_text(price, self._desk.formats)}"

    def read(self, amount_text: str | None = None) -> Line:
        """What stands here now, understood as far as possible; with another text in the place of its amount's."""
        account_text = self.account_field.value
        amount_text = self.amount_field.value if amount_text is None else amount_text
        account = self._desk.standing.index.named(account_text) if account_text.strip() else None
        amount, price, amount_error = self._amount(account, amount_text)
        return Line(
            account_text,
            amount_text,
            account,
            amount,
            self._account_error(account, account_text),
            amount_error,
            price,
            self._filled.memo,
            self._status(account, amount),
        )

    def amount_alone(self, account: Account, typed: str) -> Money | None:
        """The amount that a text without a price means on this account; None where it means none."""
        bare, sign = side_of(typed)
        try:
            amount = evaluate(bare, self._desk.formats, account.currency)
        except LedgerError:
            return None
        return -amount if sign < 0 else amount

    def write_out(self) -> None:
        """Write the account in full and a calculation as its result."""
        line = self.read()
        if line.account is not None:
            self.account_field.put(line.account.name)
        if line.amount is not None:
            self.put_amount(line.amount, line.price)

    def show(self, line: Line, rest: Remainder | None) -> None:
        """Draw balance, side and the remainder this line would take."""
        self._balance.say("" if line.account is None else self._desk.balance_of(line.account))
        self.amount_field.placeholder = "" if rest is None else self._figure(rest.amount)
        self._side.say(self._side_text(line, line.amount if rest is None else rest.amount))
        self.set_class("@" in line.amount_text, "-priced")

    def show_hint(self, sentence: str) -> None:
        """Say what may be typed here, beneath the fields; '' takes it away."""
        self._hint.say(sentence)

    def show_tax(self, remark: str) -> None:
        """Say what tax the line bears and what can be done about it; '' takes it away."""
        self._tax.say(remark)

    @on(TaxRemark.Clicked)
    def _tax_clicked(self, event: TaxRemark.Clicked) -> None:
        event.stop()
        self.post_message(self.TaxWanted(self))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, beneath the fields; '' takes it away."""
        self._error.say(sentence)

    def _amount(self, account: Account | None, text: str) -> tuple[Money | None, WrittenPrice | None, str]:
        """The amount, its price, and what is wrong with them."""
        if not text.strip():
            return None, None, ""
        typed, mark, typed_price = split_price(text)
        bare, sign = side_of(typed)
        currency = account.currency if account is not None else self._desk.standing.currency
        try:
            amount = evaluate(bare, self._desk.formats, currency)
            price = read_price(typed_price, mark, currency, self._currencies(), self._desk.formats) if mark else None
        except LedgerError as error:
            return None, None, str(error)
        if not amount:
            return None, None, _("The amount is zero: give another, or take the line out.")
        return (-amount if sign < 0 else amount), price, ""

    def _currencies(self) -> Mapping[str, Currency]:
        """The currencies a price may be in: those that accounts are kept in."""
        standing = self._desk.standing
        return {str(account.currency): account.currency for account in standing.accounts}

    def _status(self, account: Account | None, amount: Money | None) -> PostingStatus:
        """What was cleared stays cleared as long as account and amount are what was cleared."""
        filled = self._filled
        is_same = account is not None and account.name == filled.account and amount == filled.amount
        return filled.status if is_same else PostingStatus.UNCLEARED

    def _account_error(self, account: Account | None, text: str) -> str:
        if account is not None or not text.strip():
            return ""
        named = self._desk.standing.by_name.get(text)
        if named is not None and named.closed:
            return _("{account} is closed: reopen it, or use another account.").format(account=named.name)
        if named is not None and named.placeholder:
            return _("{account} takes no postings: use one of its sub-accounts.").format(account=named.name)
        fitting = self._desk.standing.index.matching(text, {}, _NAMED + 1)
        if not fitting:
            return _("There is no account {text!r}: type a few letters of one.").format(text=text)
        names = listed(account.name for account in fitting[:_NAMED])
        more = " …" if len(fitting) > _NAMED else ""
        several = _("{text!r} may mean {accounts}: type more of it, or choose one.")
        return several.format(text=text, accounts=f"{names}{more}")

    def _figure(self, amount: Money) -> str:
        return self._desk.formats.figure(amount.units, amount.currency, credit_normal=None)

    def _may_be_doubted(self, text: str, amount: Money) -> bool:
        """Whether to show what is understood beside what is typed: of a sum, and of figures in groups, since `1.234` is
        another amount in other countries."""
        typed = side_of(split_price(text)[0])[0].strip()
        group = self._desk.formats.group_sign
        is_written_out = typed in (self._figure(amount), self._figure(-amount))
        return is_expression(typed) or (bool(group) and group in typed and not is_written_out)

    def _side_text(self, line: Line, amount: Money | None) -> str:
        if amount is None:
            return ""
        side = _("Dr") if amount.units > 0 else _("Cr")
        if line.amount is not None and self._may_be_doubted(line.amount_text, line.amount):
            return f"{side} = {self._figure(amount)}"
        code = "" if amount.currency == self._desk.standing.currency else f" {amount.currency}"
        return side + code
