"""The ledger: one short method for each bookkeeping act and each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from tui_ledger.dates import Clock, system_clock
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import book, currencies
from tui_ledger.ledger.attachment_acts import AttachmentActs
from tui_ledger.ledger.book_settings import ADJUSTMENTS, check_setting
from tui_ledger.ledger.chart_acts import ChartActs
from tui_ledger.ledger.correction_acts import CorrectionActs
from tui_ledger.ledger.currency_acts import CurrencyActs
from tui_ledger.ledger.listings import Listings
from tui_ledger.ledger.marking_acts import MarkingActs
from tui_ledger.ledger.opening import create_database, discard_database, open_database
from tui_ledger.ledger.opening_balance_acts import OpeningBalanceActs
from tui_ledger.ledger.party_batches import PartyBatchActs
from tui_ledger.ledger.questions import Questions
from tui_ledger.ledger.reading_rights import asked_by_role
from tui_ledger.ledger.safety_acts import SafetyActs
from tui_ledger.ledger.schedule_acts import ScheduleActs
from tui_ledger.ledger.user_acts import UserActs
from tui_ledger.ledger.values import AccountType
from tui_ledger.money import Currency, check_currency_code, standard_currency

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft


@asked_by_role
class Ledger(
    ChartActs,
    CurrencyActs,
    OpeningBalanceActs,
    ScheduleActs,
    PartyBatchActs,
    CorrectionActs,
    MarkingActs,
    AttachmentActs,
    UserActs,
    SafetyActs,
    Listings,
    Questions,
):
    """A book: the acts that write it and the questions it answers.

    Amounts come in as Decimal, int, plain text or Money, never as float. Every writing act takes `key` (the same key
    with the same content returns the first result and books nothing) and `actor` (else who signed in, else the user of
    the system).
    May be used from several threads; several may be open at once.
    """

    @classmethod
    def create(
        cls,
        path: str | Path,
        currency: str = "EUR",
        *,
        digits: int | None = None,
        strict: bool = False,
        locale: str | None = None,
        fiscal_year_start: str = "01-01",
        accounts: Iterable[AccountDraft] = (),
        settings: Mapping[str, object] | None = None,
        clock: Clock = system_clock,
        actor: str | None = None,
        book_key: str | None = None,
    ) -> Ledger:
        """A new book in a new file, with its first accounts and settings; `currency` is a code of ISO 4217 unless
        `digits` says its decimals.

        Raises BookExists, BookNotMade, InvalidCurrency, InvalidDate, and what opening an account and setting a setting
        raise; then no file is left. Opens the adjustments account, unless a setting names another. `book_key` is what
        tells the book from all others: a new one, unless the same book is made again.
        """
        own = _own_currency(currency, digits)
        made = cls(create_database(path), clock)
        try:
            made._begin(own, strict, locale, fiscal_year_start, accounts, actor, book_key, settings or {})
        except BaseException:
            made.close()
            discard_database(path)
            raise
        return made

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        read_only: bool = False,
        patience_seconds: float = 30.0,
        clock: Clock = system_clock,
    ) -> Ledger:
        """An existing book, by path or URL; raises BookNotFound, NotABook, BookTooNew, BookDamaged.

        A write to a file waits `patience_seconds` for another program's before BookBusy.
        """
        return cls(open_database(path, read_only=read_only, patience_seconds=patience_seconds), clock)

    @classmethod
    def in_memory(
        cls,
        currency: str = "EUR",
        *,
        digits: int | None = None,
        strict: bool = False,
        fiscal_year_start: str = "01-01",
        clock: Clock = system_clock,
    ) -> Ledger:
        """A book that lives as long as the program: for tests and trials."""
        own = _own_currency(currency, digits)
        made = cls(create_database(None), clock)
        made._begin(own, strict, None, fiscal_year_start, (), None)
        return made

    def close(self) -> None:
        """Ends the ledger; every later call is refused, closing again is harmless."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(
        self,
        currency: Currency,
        strict: bool,
        locale: str | None,
        start: str,
        accounts: Iterable[AccountDraft],
        actor: str | None,
        book_key: str | None = None,
        settings: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        with self._database.write():
            act = self._act("create-book", actor)
            book.write_state(
                self._database,
                act,
                currency,
                strict=strict,
                fiscal_year_start=start,
                now=self._clock(),
                book_key=book_key,
            )
            if locale is not None:
                book.write_setting(self._database, act, "locale", locale)
            for draft in accounts:
                self._open(act, draft)
            for name, value in settings.items():
                check_setting(self._database, self._chart, name, value)
                book.write_setting(self._database, act, name, value)
            if "adjustments" not in settings and self._chart.named(ADJUSTMENTS) is None:
                self._open(act, account_acts.AccountDraft(ADJUSTMENTS, AccountType.EQUITY))


def _own_currency(code: str, digits: int | None) -> Currency:
    if digits is None:
        return standard_currency(code)
    return Currency(check_currency_code(code), currencies.checked_digits(code, digits) or 0)
