"""What does every act and question of a ledger stand on? Its database, clock and chart, and how an act is written."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tui_ledger.dates import Clock, local_day, system_clock
from tui_ledger.errors import InvalidText, KeyReused, NotPermitted, WrongCurrency
from tui_ledger.ledger import accounts as account_acts
from tui_ledger.ledger import book, conversions, history, journal, reading, users
from tui_ledger.ledger import content as contents
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.hooks import After, Before, HookFailure, Hooks
from tui_ledger.ledger.roles import WRITE, WRITERS, with_article
from tui_ledger.ledger.values import Account, AccountLike, AccountType, Transaction
from tui_ledger.money import Currency
from tui_ledger.text import TEXT_LIMIT, name_key, storable
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.accounts import AccountDraft
    from tui_ledger.ledger.journal import ResolvedDraft
    from tui_ledger.ledger.users import User

Result = TypeVar("Result")


class LedgerBasis:
    """One book, open: what its acts and questions share. Use `Ledger`."""

    def __init__(self, database: BookDatabase, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self._charts = threading.local()
        self._waiting = threading.local()
        self._hooks = Hooks()
        self._signed_in: User | None = None

    @property
    def hooks(self) -> Hooks:
        """What is asked before and told after every posting."""
        return self._hooks

    @property
    def path(self) -> Path | None:
        """The book's file; None in memory and on a server."""
        return self._database.path

    @property
    def place(self) -> str:
        """Where the book is: its path, or its URL without the password."""
        return self._database.shown_path

    @property
    def name(self) -> str:
        """The book's name: its file name without the ending, or its database's."""
        return self._database.name

    def check_place(self) -> None:
        """Raises BookReplaced where another file, or none, lies at the book's path now; what was acknowledged is then
        written into the file it belongs to, so that nothing of it gets into the other."""
        self._database.check_place()

    @property
    def patience_seconds(self) -> float:
        """How long a write waits for another program's before BookBusy; 0 in memory and on a server."""
        return self._database.patience_seconds

    def hurried(self, seconds: float) -> AbstractContextManager[None]:
        """What this thread writes inside waits for another program's write no longer than this before BookBusy; a
        server keeps its own patience."""
        return self._database.hurried(seconds)

    @property
    def kept_copy(self) -> Path | None:
        """Where the book is kept as it was, if opening it brought it up to date from an older format."""
        return self._database.kept_copy

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: the book was opened so, or who signed in may not."""
        return self._database.read_only or not self._may_write()

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
        """One of the book's settings, or the default where it is not set."""
        return book.read_setting(self._database, name, default)

    def account(self, account: AccountLike) -> Account:
        """The one account meant by a name, a code or attributes.

        Raises UnknownAccount, AmbiguousAccount, EmptyFilter.
        """
        return self._current_chart().find(account)

    def accounts(self) -> tuple[Account, ...]:
        """The chart of accounts, closed ones too, parents before their sub-accounts."""
        return self._current_chart().all()

    def currency_of(self, code: str) -> Currency:
        """A currency the book knows; raises InvalidCurrency."""
        return self._current_chart().currency(code)

    def transaction(self, number: int) -> Transaction:
        """One transaction; raises TransactionNotFound."""
        return reading.read_transaction(self._database, self._current_chart(), number)

    def before_post(self, hook: Before) -> Before:
        """Decorator: the hook sees every draft before it is written; see `Hooks`."""
        self.hooks.add_before(hook)
        return hook

    def after_post(self, hook: After) -> After:
        """Decorator: the hook is told of every transaction once it is on disk."""
        self.hooks.add_after(hook)
        return hook

    @property
    def hook_failures(self) -> tuple[HookFailure, ...]:
        """What after-hooks raised; the books stand."""
        return tuple(self.hooks.failures)

    def result_of(self, key: str | None, kind: str, content: object) -> Transaction | None:
        """The transaction that an act of a kind and content wrote under a key, or None where the key is new.

        Raises KeyReused where it was used for something else.
        """
        act = None if key is None else self._act_of(key, history.content_digest([kind, contents.content_of(content)]))
        if act is None:
            return None
        self._current_chart()
        return self._first_transaction(act)

    @contextmanager
    def write(self) -> Iterator[None]:
        """Several acts as one write: all of them or, whatever raises, none. Raises NotPermitted."""
        self._permit(WRITE)
        told = self._to_be_told
        waiting, outermost = len(told), not self._database.in_write
        try:
            with self._database.write():
                yield
        except BaseException:
            self._chart.forget()
            for numbers in told[waiting:]:
                numbers.clear()
            raise
        finally:
            if outermost:
                told.clear()

    @property
    def _to_be_told(self) -> list[list[int]]:
        """Numbers after-hooks will be told of once this thread's write is on disk; what is rolled back is cleared."""
        found: list[list[int]] | None = getattr(self._waiting, "told", None)
        if found is None:
            found = self._waiting.told = []
        return found

    def _open(self, act: Act, draft: AccountDraft) -> Account:
        return account_acts.open_account(self._database, act, self._chart, draft, self._state().currency)

    def _with_conversions(self, act: Act, resolved: ResolvedDraft) -> ResolvedDraft:
        """A draft in several currencies with its postings to the conversion accounts, opened where they are missing."""
        if not resolved.conversions:
            return resolved
        root = conversions.conversion_root(self.setting(conversions.CONVERSIONS))
        converted = resolved.with_conversions(lambda currency: self._companion(act, root, currency))
        journal.check_open(converted, None)
        return converted

    def _companion(self, act: Act, root: str, currency: Currency, kind: AccountType = AccountType.EQUITY) -> Account:
        """The account `root:CODE` of a currency, opened where it is missing."""
        name = f"{root}:{currency}"
        found = self._chart.named(name) or self._open(
            act, account_acts.AccountDraft(name, kind, currency=str(currency))
        )
        if found.currency != currency:
            raise WrongCurrency(account=found.name, currency=found.currency, other=currency)
        return found

    def _perform(
        self,
        kind: str,
        asked: object,
        key: str | None,
        actor: str | None,
        run: Callable[[Act], Result],
        again: Callable[[int], Result] | None = None,
    ) -> Result:
        """One act in one write. A key seen before with the same content gives the first result `again`.

        Raises NotPermitted where it is not for who signed in, before anything is looked at and again under the lock.
        """
        self._permit(kind)
        content = None if key is None else history.content_digest([kind, contents.content_of(asked)])

        def once() -> Result:
            with self.write():
                self._current_chart()
                earlier = None if key is None else self._act_of(key, content)
                if earlier is not None:
                    if again is None:
                        raise KeyReused(key=key)
                    return again(earlier)
                return run(self._act(kind, actor, key, content))

        return self._database.repeated(once, safe=key is not None)

    def _act_of(self, key: str, content: str | None) -> int | None:
        """The act a key was used for, None where it is new; raises KeyReused where its content was another."""
        found = history.act_of_key(self._database, checked_name(key, N_("The key")))
        if found is not None and found[1] != content:
            raise KeyReused(key=key)
        return None if found is None else found[0]

    def _act(
        self,
        kind: str,
        actor: str | None,
        key: str | None = None,
        content: str | None = None,
        undoes: int | None = None,
    ) -> Act:
        self._permit(kind)
        return history.begin_act(
            self._database, kind, self._actor(actor), self._clock(), key=key, content=content, undoes=undoes
        )

    def _actor(self, actor: str | None) -> str:
        """Who acts: who signed in and nobody else, else who is named, else the user of the system."""
        named = None if actor is None else checked_name(actor, N_("The actor"))
        if self._signed_in is None:
            return _user() if named is None else named
        own = self._signed_in
        if named is not None and name_key(named) != name_key(own.name):
            role, what = with_article(own.role), Said("act as {named!r}", named=named)
            raise NotPermitted(user=own.name, role=role, what=what, may=Said("{named!r} alone", named=named))
        return own.name

    def _for(self, user: User) -> Self:
        """This ledger for a user: the same book, chart and hooks."""
        other = copy(self)
        vars(other)["_signed_in"] = user
        return other

    def _permit(self, kind: str) -> None:
        """Raises NotPermitted where acts of a kind are not for who signed in."""
        if self._signed_in is not None:
            users.refuse_unless_permitted(self._database, self._signed_in, kind)

    def _own_party(self) -> str | None:
        """The key of the party that who signed in reads alone; None for whoever reads all."""
        now = None if self._signed_in is None else users.as_they_are_now(self._database, self._signed_in)
        return None if now is None else now.party

    def _may_write(self) -> bool:
        if self._signed_in is None:
            return True
        now = users.as_they_are_now(self._database, self._signed_in)
        return now is not None and now.role in WRITERS

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


def listed_tags(tags: Iterable[str] | None) -> tuple[str, ...]:
    """Tags as a tuple; raises InvalidText for a lone text, which is a list of letters to Python."""
    if isinstance(tags, str) or not isinstance(tags, Iterable | None):
        raise InvalidText(field=N_("The tags"), reason=N_("they are a list of texts, not one text"))
    return () if tags is None else tuple(tags)


def checked_name(text: object, field: str) -> str:
    """A text that names something, as it is; raises InvalidText."""
    if not isinstance(text, str) or not 0 < len(text) <= TEXT_LIMIT or not storable(text):
        raise InvalidText(
            field=field, reason=Said("it is a text of 1 to {text_limit} characters", text_limit=TEXT_LIMIT)
        )
    return text


def _user() -> str:
    try:
        return getpass.getuser().encode("utf-8", "replace").decode()[:TEXT_LIMIT] or "unknown"
    except (OSError, KeyError, ImportError):
        return "unknown"
