"""The ledger: one short method for each bookkeeping act and each question."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tui_ledger.dates import Clock, local_day, parse_date, system_clock
from tui_ledger.errors import AmountNotPositive, InvalidCurrency, InvalidText, KeyReused, SelfTransfer
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import balances, book, history, memory, reading, reversal
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.batches import BatchResult, Progress, write_batch
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.content import content_of
from tui_ledger.ledger.database import BookDatabase, create_database, discard_database, open_database
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.journal import ResolvedDraft, check_open, resolve_draft, write_transaction
from tui_ledger.ledger.locations import book_path
from tui_ledger.ledger.values import Account, AccountLike, AccountType, Draft, DraftPosting, Register, Transaction
from tui_ledger.ledger.verification import Verification, verify
from tui_ledger.ledger.windows import JournalWindow, RegisterWindow
from tui_ledger.money import (
    LARGEST_DIGITS,
    AmountLike,
    Currency,
    Money,
    check_currency_code,
    parse_units,
    standard_currency,
)
from tui_ledger.text import TEXT_LIMIT, storable

ADJUSTMENTS = "Equity:Adjustments"
Result = TypeVar("Result")


class Ledger:
    """A book: the acts that write it and the questions it answers.

    Amounts come in as Decimal, int, plain text or Money, never as float. Every writing act takes `key` (the same key
    with the same content returns the first result and books nothing) and `actor` (else the user of the system).
    May be used from several threads; several may be open at once.
    """

    def __init__(self, database: BookDatabase, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self._charts = threading.local()

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
        clock: Clock = system_clock,
        actor: str | None = None,
    ) -> Ledger:
        """A new book in a new file, with its first accounts; `currency` is a code of ISO 4217 unless `digits` says
        its decimals.

        Raises BookExists, BookNotMade, InvalidCurrency, InvalidDate, and what opening an account raises; then no
        file is left. Opens the adjustments account.
        """
        own = _own_currency(currency, digits)
        place = book_path(path)
        made = cls(create_database(place), clock)
        try:
            made._begin(own, strict, locale, fiscal_year_start, accounts, actor)
        except BaseException:
            made.close()
            discard_database(place)
            raise
        return made

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, clock: Clock = system_clock) -> Ledger:
        """An existing book, by path or URL; raises BookNotFound, NotABook, BookTooNew, BookDamaged."""
        return cls(open_database(book_path(path), read_only=read_only), clock)

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

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        return self._database.path

    @property
    def name(self) -> str:
        """The book's name: its file name without the ending."""
        return "memory" if self.path is None else self.path.stem

    @property
    def read_only(self) -> bool:
        return self._database.read_only

    @property
    def currency(self) -> Currency:
        return self._current_chart().currency(self._state().currency)

    @property
    def strict(self) -> bool:
        return self._state().strict

    @property
    def fiscal_year_start(self) -> tuple[int, int]:
        """(month, day) of a fiscal year's first day."""
        return self._state().fiscal_year_start

    @property
    def closed_through(self) -> date | None:
        """The last closed day, or None."""
        return self._state().closed_through

    @property
    def today(self) -> date:
        """The local day by the ledger's clock."""
        return local_day(self._clock)

    @property
    def revision(self) -> int:
        """The number of the last change, whoever made it."""
        return history.revision(self._database)

    @property
    def head(self) -> str:
        """The hash of the last change, as hexadecimal text."""
        return history.read_head(self._database).hash.hex()

    def setting(self, name: str, default: Any = None) -> Any:
        return book.read_setting(self._database, name, default)

    def set_setting(self, name: str, value: object, *, key: str | None = None, actor: str | None = None) -> None:
        """Sets one of the book's settings; None takes it away."""
        checked = _checked(name, "The setting's name")
        self._perform(
            "set-setting",
            [name, value],
            key,
            actor,
            lambda act: book.write_setting(self._database, act, checked, value),
            lambda _: None,
        )

    @contextmanager
    def write(self) -> Iterator[None]:
        """Several acts as one write: all of them or, whatever raises, none."""
        try:
            with self._database.write():
                yield
        except BaseException:
            self._chart.forget()
            raise

    def open_account(
        self,
        name: str,
        type: AccountType | str,
        *,
        currency: str | None = None,
        code: str | None = None,
        minimum: Money | AmountLike | None = None,
        cash: bool = False,
        statement_line: str | None = None,
        tax_code: str | None = None,
        opened: date | str | None = None,
        placeholder: bool = False,
        attributes: Mapping[str, object] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Account:
        """Opens an account. `minimum` in its own direction; currency None for the book's.

        Raises AccountExists, AccountTypeMismatch, InvalidName, InvalidCurrency.
        """
        draft = AccountDraft(
            name=name,
            type=type,
            currency=currency,
            code=code,
            minimum=minimum,
            cash=cash,
            statement_line=statement_line,
            tax_code=tax_code,
            opened=None if opened is None else parse_date(opened),
            placeholder=placeholder,
            attributes=attributes or {},
        )
        return self._account_act("open-account", draft, key, actor, lambda act: self._open(act, draft))

    def edit_account(
        self, account: AccountLike, *, key: str | None = None, actor: str | None = None, **changes: Any
    ) -> Account:
        """Changes code, minimum, cash, statement_line, tax_code, opened, placeholder, attributes; type and currency
        only while the account has no postings."""
        return self._account_act(
            "edit-account",
            [account, changes],
            key,
            actor,
            lambda act: account_acts.edit_account(self._database, act, self._chart, self._chart.find(account), changes),
        )

    def rename_account(self, old: AccountLike, new: str, *, key: str | None = None, actor: str | None = None) -> tuple[Account, ...]:
        """Renames or moves an account, or a node of the tree, with everything below it."""

        def rename(act: Act) -> tuple[Account, ...]:
            return tuple(account_acts.rename_account(self._database, act, self._chart, old, new))

        return self._perform("rename-account", [old, new], key, actor, rename, self._accounts_of_act)

    def close_account(
        self, account: AccountLike, *, date: date | str | None = None, key: str | None = None, actor: str | None = None
    ) -> Account:
        """Closes an account that holds nothing and has no later postings; the day defaults to today."""
        day = self.today if date is None else parse_date(date)
        return self._account_act(
            "close-account",
            [account, date],
            key,
            actor,
            lambda act: account_acts.close_account(self._database, act, self._chart, self._chart.find(account), day),
        )

    def reopen_account(self, account: AccountLike, *, key: str | None = None, actor: str | None = None) -> Account:
        return self._account_act(
            "reopen-account",
            [account],
            key,
            actor,
            lambda act: account_acts.reopen_account(self._database, act, self._chart, self._chart.find(account)),
        )

    def delete_account(self, account: AccountLike, *, key: str | None = None, actor: str | None = None) -> None:
        """Deletes an account that was never used; raises AccountInUse."""
        self._perform(
            "delete-account",
            [account],
            key,
            actor,
            lambda act: account_acts.delete_account(self._database, act, self._chart, self._chart.find(account)),
            lambda _: None,
        )

    def account(self, account: AccountLike) -> Account:
        """The one account meant by a name, a code or attributes; raises UnknownAccount, AmbiguousAccount, EmptyFilter."""
        return self._current_chart().find(account)

    def accounts(self) -> tuple[Account, ...]:
        """The chart of accounts, closed ones too, parents before their sub-accounts."""
        return self._current_chart().all()

    def currency_of(self, code: str) -> Currency:
        """A currency the book knows; raises InvalidCurrency."""
        return self._current_chart().currency(code)

    def post(
        self,
        memo: str,
        *postings: DraftPosting,
        date: date | str | None = None,
        payee: str | None = None,
        reference: str | None = None,
        tags: Iterable[str] = (),
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts one transaction of two postings or more; one amount may be None and takes the remainder."""
        day = None if date is None else parse_date(date)
        return self.post_draft(
            Draft(day, memo, postings, payee, reference, _listed(tags), {} if data is None else data), key=key, actor=actor
        )

    def post_draft(self, draft: Draft, *, key: str | None = None, actor: str | None = None) -> Transaction:
        """Posts a draft as a transaction, with the next number."""
        return self._post("post", draft, draft, key, actor)

    def check_draft(self, draft: Draft) -> Draft:
        """The draft with accounts resolved, amounts read and the remainder filled; raises what posting it would.

        A courtesy to the typist: everything is checked again under the lock.
        """
        resolved = resolve_draft(self._current_chart(), draft, self.today)
        check_open(resolved, self._state().closed_through)
        return resolved.as_draft()

    def post_batch(
        self,
        drafts: Iterable[Draft],
        *,
        accounts: Iterable[AccountDraft] = (),
        currencies: Mapping[str, int] | None = None,
        label: str = "import",
        total: int = 0,
        progress: Progress | None = None,
        actor: str | None = None,
    ) -> BatchResult:
        """Opens accounts and posts drafts as one act: all or nothing.

        `currencies` are digits for codes the book does not know yet; `progress` gets (done, total).
        """

        def run(act: Act) -> BatchResult:
            for code, digits in (currencies or {}).items():
                account_acts.fix_currency(self._database, act, self._chart, code, digits)
            opened = tuple(self._open(act, draft) for draft in accounts)
            numbers = write_batch(
                self._database,
                act,
                self._chart,
                drafts,
                today=self.today,
                closed_through=self._state().closed_through,
                total=total,
                progress=progress,
            )
            return BatchResult(act.number, numbers, opened)

        return self._perform(_checked(label, "The label"), None, None, actor, run)

    def transfer(
        self,
        from_account: AccountLike,
        to_account: AccountLike,
        amount: Money | AmountLike,
        *,
        date: date | str | None = None,
        memo: str = "",
        payee: str | None = None,
        reference: str | None = None,
        tags: Iterable[str] = (),
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Moves a positive amount: credits `from_account` and debits `to_account`, unless both are credit-normal
        (liability, equity, income): then the reverse, so that the first falls and the second rises."""
        given_tags = _listed(tags)
        asked = [from_account, to_account, amount, date, memo, payee, reference, given_tags, data]
        day = None if date is None else parse_date(date)

        def draft() -> Draft:
            chart = self._chart
            source, target = chart.find(from_account), chart.find(to_account)
            if source.id == target.id:
                raise SelfTransfer(account=source.name)
            units = _positive_units(amount, source.currency)
            if source.type.sign < 0 and target.type.sign < 0:
                units = -units
            lines = (
                DraftPosting(source, Money(-units, source.currency)),
                DraftPosting(target, Money(units, source.currency)),
            )
            return Draft(day, memo, lines, payee, reference, given_tags, {} if data is None else data)

        return self._post("transfer", asked, draft, key, actor)

    def increase(self, account: AccountLike, amount: Money | AmountLike, *, against: AccountLike | None = None, **texts: Any) -> Transaction:
        """Moves an account up in its own direction; the other side goes to `against` (default: the adjustments account)."""
        return self._move("increase", 1, account, amount, against, texts)

    def decrease(self, account: AccountLike, amount: Money | AmountLike, *, against: AccountLike | None = None, **texts: Any) -> Transaction:
        """Moves an account down in its own direction; the other side goes to `against`."""
        return self._move("decrease", -1, account, amount, against, texts)

    def reverse(
        self,
        transaction: Transaction | int,
        *,
        date: date | str | None = None,
        memo: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts the mirror of a whole transaction, linked both ways, once.

        Dated the later of today and the original's date unless said. Raises TransactionNotFound, AlreadyReversed,
        TransactionVoided, ReversalTooEarly, PeriodClosed.
        """
        number = transaction.number if isinstance(transaction, Transaction) else transaction
        day = None if date is None else parse_date(date)

        def draft() -> Draft:
            return reversal.reversal_draft(self.transaction(number), day, self.today, memo)

        return self._post("reverse", [number, date, memo], draft, key, actor)

    def balance(self, account: AccountLike, *, at: date | str | None = None) -> Money:
        """What an account holds at the end of a day, in its own direction, from the stored balance.

        Without a day every posting counts. Sub-accounts are not included.
        """
        found = self.account(account)
        day = None if at is None else parse_date(at).isoformat()
        return reading.own_direction(found, balances.balance_units(self._database, found.id, day))

    def calculate_balance(self, account: AccountLike, *, at: date | str | None = None) -> Money:
        """The same by summing; always equal to `balance`."""
        found = self.account(account)
        day = None if at is None else parse_date(at).isoformat()
        return reading.own_direction(found, balances.summed_units(self._database, found.id, day))

    def balances(self, at: date | str | None = None) -> dict[int, int]:
        """Every account's balance at the end of a day by account id, in debit-positive minor units."""
        return balances.all_balances(self._database, None if at is None else parse_date(at).isoformat())

    def postings_after(self, day: date) -> int:
        """How many postings lie after a day."""
        return int(self._database.value("SELECT count(*) FROM postings WHERE number IN "
                                        "(SELECT number FROM transactions WHERE date > ?)", (day.isoformat(),)))

    def transaction(self, number: int) -> Transaction:
        """One transaction; raises TransactionNotFound."""
        return reading.read_transaction(self._database, self._current_chart(), number)

    def register(
        self, account: AccountLike, *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> Register:
        """One account's postings over a range, both ends inclusive, in its own direction."""
        with self._database.reading():
            return reading.read_register(
                self._database, self._current_chart(), self.account(account), _day(date_from), _day(date_to)
            )

    def journal(self, *, date_from: date | str | None = None, date_to: date | str | None = None) -> reading.Journal:
        """The transactions of a range in (date, number) order; read in pieces while it is iterated."""
        return reading.Journal(self._database, self._current_chart(), _day(date_from), _day(date_to))

    def journal_window(
        self, *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> JournalWindow:
        """The journal for a screen: a page at a time, by key."""
        return JournalWindow(self._database, self._current_chart(), _day(date_from), _day(date_to))

    def register_window(
        self, account: AccountLike, *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> RegisterWindow:
        """One account's register for a screen: a page at a time, by key."""
        return RegisterWindow(
            self._database, self._current_chart(), self.account(account), _day(date_from), _day(date_to)
        )

    def payees(self, prefix: str = "", limit: int = 20) -> list[str]:
        """Payees one of whose words begins with the prefix, the latest used first."""
        return memory.payees_beginning(self._database, prefix, limit)

    def last_transaction_of(self, payee: str) -> Transaction | None:
        """The payee's latest standing transaction, or None."""
        number = memory.last_number_of(self._database, payee)
        return None if number is None else self.transaction(number)

    def account_use(self, payee: str | None = None) -> dict[int, tuple[int, int]]:
        """Account id to (times used in the payee's latest transactions, number of its own latest transaction)."""
        return memory.account_use(self._database, payee)

    def verify(self, progress: Progress | None = None) -> Verification:
        """Re-derives everything and names the first bad row of each account; raises nothing for what it finds."""
        return verify(self._database, progress)

    def _begin(
        self,
        currency: Currency,
        strict: bool,
        locale: str | None,
        start: str,
        accounts: Iterable[AccountDraft],
        actor: str | None,
    ) -> None:
        with self._database.write():
            act = self._act("create-book", actor)
            book.write_state(
                self._database, act, currency, strict=strict, fiscal_year_start=start, now=self._clock()
            )
            if locale is not None:
                book.write_setting(self._database, act, "locale", locale)
            for draft in accounts:
                self._open(act, draft)
            if self._chart.named(ADJUSTMENTS) is None:
                self._open(act, AccountDraft(ADJUSTMENTS, AccountType.EQUITY))

    def _open(self, act: Act, draft: AccountDraft) -> Account:
        return account_acts.open_account(self._database, act, self._chart, draft, self._state().currency)

    def _move(
        self, kind: str, direction: int, account: AccountLike, amount: Money | AmountLike, against: AccountLike | None,
        texts: Mapping[str, Any],
    ) -> Transaction:
        known = {**texts, "tags": _listed(texts.get("tags", ()))}
        key, actor = known.pop("key", None), known.pop("actor", None)
        asked = [account, amount, against, dict(known)]
        day = known.pop("date", None)

        def draft() -> Draft:
            moved = self._chart.find(account)
            other = self._chart.find(ADJUSTMENTS if against is None else against)
            if moved.id == other.id:
                raise SelfTransfer(account=moved.name)
            units = direction * moved.type.sign * _positive_units(amount, moved.currency)
            lines = (
                DraftPosting(moved, Money(units, moved.currency)),
                DraftPosting(other, Money(-units, moved.currency)),
            )
            return Draft(date=None if day is None else parse_date(day), postings=lines, **known)

        return self._post(kind, asked, draft, key, actor)

    def _post(
        self, kind: str, asked: object, draft: Draft | Callable[[], Draft], key: str | None, actor: str | None
    ) -> Transaction:
        def run(act: Act) -> Transaction:
            resolved = self._resolve_under_lock(draft() if callable(draft) else draft)
            number = write_transaction(self._database, act, resolved)
            return reading.read_transaction(self._database, self._chart, number)

        return self._perform(kind, asked, key, actor, run, self._first_transaction)

    def _resolve_under_lock(self, draft: Draft) -> ResolvedDraft:
        resolved = resolve_draft(self._chart, draft, self.today)
        check_open(resolved, self._state().closed_through)
        return resolved

    def _account_act(
        self, kind: str, asked: object, key: str | None, actor: str | None, run: Callable[[Act], Account]
    ) -> Account:
        return self._perform(kind, asked, key, actor, run, self._account_of_act)

    def _perform(
        self,
        kind: str,
        asked: object,
        key: str | None,
        actor: str | None,
        run: Callable[[Act], Result],
        again: Callable[[int], Result] | None = None,
    ) -> Result:
        """One act in one write. A key seen before with the same content gives the first result `again`."""
        content = None if key is None else history.content_digest([kind, content_of(asked)])
        with self.write():
            self._current_chart()
            if key is not None:
                earlier = history.act_of_key(self._database, _checked(key, "The key"))
                if earlier is not None:
                    if earlier[1] != content or again is None:
                        raise KeyReused(key=key)
                    return again(earlier[0])
            return run(self._act(kind, actor, key, content))

    def _act(self, kind: str, actor: str | None, key: str | None = None, content: str | None = None) -> Act:
        return history.begin_act(
            self._database,
            kind,
            _user() if actor is None else _checked(actor, "The actor"),
            self._clock(),
            key=key,
            content=content,
        )

    def _first_transaction(self, act: int) -> Transaction:
        return self.transaction(history.transactions_of_act(self._database, act)[0])

    def _account_of_act(self, act: int) -> Account:
        return self._accounts_of_act(act)[-1]

    def _accounts_of_act(self, act: int) -> tuple[Account, ...]:
        return tuple(self._chart.by_id(row) for row in history.accounts_of_act(self._database, act))

    def _state(self) -> book.BookState:
        return book.read_state(self._database)

    @property
    def _chart(self) -> Chart:
        """This thread's chart: another thread's may hold what its write has not committed."""
        found: Chart | None = getattr(self._charts, "chart", None)
        if found is None:
            found = self._charts.chart = Chart(self._database)
        return found

    def _current_chart(self) -> Chart:
        self._chart.refresh(self._state().accounts_revision)
        return self._chart


def _positive_units(amount: Money | AmountLike, currency: Currency) -> int:
    from tui_ledger.errors import WrongCurrency

    if isinstance(amount, Money) and amount.currency != currency:
        raise WrongCurrency(account="The account", currency=currency, other=amount.currency)
    units = parse_units(amount.amount if isinstance(amount, Money) else amount, currency)
    if units <= 0:
        raise AmountNotPositive(text=str(amount))
    return units


def _own_currency(code: str, digits: int | None) -> Currency:
    if digits is None:
        return standard_currency(code)
    if digits not in range(LARGEST_DIGITS + 1):
        raise InvalidCurrency(code=code, advice=f"it may have 0 to {LARGEST_DIGITS} digits, not {digits}")
    return Currency(check_currency_code(code), digits)


def _listed(tags: Iterable[str]) -> tuple[str, ...]:
    if isinstance(tags, str):
        raise InvalidText(field="The tags", reason="they are a list of texts, not one text")
    return tuple(tags)


def _checked(text: object, field: str) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= TEXT_LIMIT or not storable(text):
        raise InvalidText(field=field, reason=f"it is a text of 1 to {TEXT_LIMIT} characters")
    return text


def _day(day: date | str | None) -> date | None:
    return None if day is None else parse_date(day)


def _user() -> str:
    try:
        return getpass.getuser().encode("utf-8", "replace").decode()[:TEXT_LIMIT] or "unknown"
    except (OSError, KeyError, ImportError):
        return "unknown"
