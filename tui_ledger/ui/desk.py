"""What does every screen need? The book, the formats, and its accounts and balances as of the last change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from tui_ledger.dates import begin_weeks
from tui_ledger.errors import BookReplaced, LedgerError
from tui_ledger.format_settings import ABOUT as FORMAT_SETTINGS
from tui_ledger.ledger import Account, Ledger
from tui_ledger.locale.book_formats import formats_of, usable_formats
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.ui.completion import AccountIndex
from tui_ledger.words import write_values

Answer = TypeVar("Answer")
LocaleFor = Callable[[str | None], str]
"""Which locale a book is written in whose own setting is this, or which has none."""

_THINGS = Currency("things", 0)


@dataclass(frozen=True)
class Standing:
    """The accounts of the book and what each holds (debit-positive minor units), and the last closed day, all of one
    revision."""

    revision: int
    currency: Currency
    accounts: tuple[Account, ...]
    balances: Mapping[int, int]
    closed_through: date | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Account]:
        return {account.name: account for account in self.accounts}

    @cached_property
    def by_id(self) -> Mapping[int, Account]:
        return {account.id: account for account in self.accounts}

    @cached_property
    def index(self) -> AccountIndex:
        return AccountIndex(self.accounts)

    def held(self, account: Account) -> Money:
        """The account's own balance, in its own direction."""
        return Money(account.type.sign * self.balances.get(account.id, 0), account.currency)

    def sides(self) -> tuple[Money, Money]:
        """All debit balances and all credit balances in the book's currency, both positive."""
        units = [self.balances.get(account.id, 0) for account in self.accounts if account.currency == self.currency]
        debits = sum(amount for amount in units if amount > 0)
        credits = -sum(amount for amount in units if amount < 0)
        return Money(debits, self.currency), Money(credits, self.currency)


class Desk:
    """The book and how it is written, passed to every screen.

    `tell` says a sentence to whoever sits here.
    `standing` is what was read last: at most as old as the last look at the book, and never asked for at a key press.
    """

    def __init__(
        self, ledger: Ledger, formats: Formats, tell: Callable[[str], None], locale_for: LocaleFor | None = None
    ) -> None:
        self.ledger = ledger
        self.formats = formats
        self.tell = tell
        self._locale_for = locale_for or (lambda own: own or formats.locale)
        begin_weeks(lambda: self.formats.week_begins)
        write_values(self.written)
        self._formats_said = self._said_of_formats()
        self.standing = self._read()
        self._troubles: dict[str, str] = {}

    def follow(self) -> Standing:
        """Accounts and balances, read again if the book has changed, whoever changed it."""
        if self.standing.revision != self.ledger.revision:
            self._follow_formats()
            self.standing = self._read()
        return self.standing

    def formats_for(self, settings: Mapping[str, Any], *, strictly: bool = False) -> Formats:
        """The formats that settings of the book make.

        What cannot be used is told and left out; `strictly`, InvalidSetting is raised.
        """
        locale = self._locale_for(settings.get("locale"))
        if strictly:
            return formats_of(locale, settings)
        formats, trouble = usable_formats(locale, settings)
        if trouble:
            self.tell(trouble)
        return formats

    def _follow_formats(self) -> None:
        """Amounts and days are written as the settings say now, whoever changed them."""
        said = self._said_of_formats()
        if said != self._formats_said:
            self._formats_said = said
            self.formats = self.formats_for(said)

    def _said_of_formats(self) -> dict[str, Any]:
        found = self.ledger.settings()
        return {name: found[name] for name in ("locale", *FORMAT_SETTINGS) if name in found}

    def _read(self) -> Standing:
        ledger = self.ledger
        return Standing(ledger.revision, ledger.currency, ledger.accounts(), ledger.balances(), ledger.closed_through)

    def ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """The book's answer; where it cannot be read, `tell` says why, once, and the work goes on with `otherwise`.

        It is said again once the same question was answered in between, or the book could be followed again. What has
        become of the book's file is said by who watches it.
        """
        asked = getattr(question, "__qualname__", type(question).__qualname__)
        try:
            answer = question()
        except BookReplaced:
            return otherwise
        except LedgerError as refusal:
            is_told = str(refusal) in self._troubles.values()
            self._troubles[asked] = str(refusal)
            if not is_told:
                self.tell(str(refusal))
            return otherwise
        self._troubles.pop(asked, None)
        if question == self.follow:
            self._troubles.clear()
        return answer

    def count(self, number: int) -> str:
        """A number of things, grouped as the locale does it."""
        return self.formats.figure(number, _THINGS, credit_normal=None)

    def figure(self, money: Money, *, credit_normal: bool | None = False) -> str:
        """An amount as it stands in a column, without its currency."""
        return self.formats.figure_column(money.units, money.currency, credit_normal=credit_normal)

    def balance_of(self, account: Account) -> str:
        """What an account holds, in words for a line: with its currency where that is not the book's."""
        return self.named(self.standing.held(account), credit_normal=account.type.sign < 0)

    def named(self, money: Money, *, credit_normal: bool | None = None) -> str:
        """An amount in a sentence: with its currency where that is not the book's. A balance says which side is above
        zero; any other amount has none, or the sentence says it."""
        figure = self.formats.money(money, credit_normal=credit_normal)
        return figure if money.currency == self.standing.currency else f"{figure} {money.currency}"

    def written(self, value: object) -> object:
        """What stands in a sentence of the program's, such as a refusal: days and amounts as the reader writes them."""
        if isinstance(value, Money):
            return f"{self.formats.money(value)} {value.currency}"
        return self.formats.date_column(value) if isinstance(value, date) else value

    def day(self, day: date) -> str:
        return self.formats.date_column(day)

    def full_day(self, day: date) -> str:
        """A day with its weekday before it."""
        return f"{self.formats.weekday(day)} {self.formats.date_column(day)}"
