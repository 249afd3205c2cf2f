"""The ledger's answers: balances, registers, journals, what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.ledger import balances, clearing, following, memory, reading, sums
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.turnovers import Turnovers, read_cash_causes, read_closings, read_counts, read_turnovers
from tui_ledger.ledger.values import AccountLike, Register, RegisterPosting, Transaction
from tui_ledger.money import Money

if TYPE_CHECKING:
    from tui_ledger.ledger.clearing import Clearing
    from tui_ledger.ledger.sums import Sum


class Questions(LedgerBasis):
    """What a book can be asked; no question changes it."""

    def calculate_balance(self, account: AccountLike, *, at: date | str | None = None) -> Money:
        """What `balance` answers, by summing every posting; always equal to it."""
        found = self.account(account)
        day = None if at is None else parse_date(at).isoformat()
        return reading.own_direction(found, balances.summed_units(self._database, found.id, day))

    def balances(self, at: date | str | None = None) -> dict[int, int]:
        """Every account's balance at the end of a day by account id, in debit-positive minor units."""
        return balances.all_balances(self._database, None if at is None else parse_date(at).isoformat())

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Around several questions: the book as it stands now, whatever is written meanwhile."""
        with self._database.reading():
            yield

    def stream_register(
        self, account: AccountLike, *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> Iterator[RegisterPosting]:
        """One account's postings over a range one after the other, both ends inclusive, a piece in memory at a time."""
        found, chart = self.account(account), self._current_chart()
        return reading.stream_register(self._database, chart, found, optional_date(date_from), optional_date(date_to))

    def closing_numbers(self, date_from: date | str, date_to: date | str) -> frozenset[int]:
        """The numbers of the closing transactions of some days."""
        rows = self._database.rows(
            "SELECT number FROM transactions WHERE closing = 1 AND date BETWEEN ? AND ?",
            (parse_date(date_from).isoformat(), parse_date(date_to).isoformat()),
        )
        return frozenset(row[0] for row in rows)

    def sums(
        self,
        accounts: Collection[int],
        date_from: date | str,
        date_to: date | str,
        *,
        by: str | None = None,
        key: str = "",
        without_closings: bool = False,
    ) -> Iterator[Sum]:
        """What the postings of some accounts, by their ids, add up to by month; and by `payee`, `tag`, or a `key` of
        the extra data where `by` says so. `without_closings` leaves the closing transactions of those days out."""
        first, last = parse_date(date_from), parse_date(date_to)
        return sums.read_sums(self._database, accounts, first, last, by, key, without_closings=without_closings)

    def turnovers(self, date_from: date | str, date_to: date | str) -> Turnovers:
        """What was debited and credited on each account from a day to another, both inclusive: positive minor units by
        account id, closing transactions included; accounts on which nothing moved are left out."""
        return read_turnovers(self._database, parse_date(date_from), parse_date(date_to))

    def posting_counts(self, date_from: date | str, date_to: date | str) -> dict[int, int]:
        """How many postings each account has from a day to another, both inclusive, by account id; those without any
        are left out."""
        return read_counts(self._database, parse_date(date_from), parse_date(date_to))

    def closing_turnovers(self, date_from: date | str, date_to: date | str) -> Turnovers:
        """The part of `turnovers` that closing transactions moved."""
        return read_closings(self._database, parse_date(date_from), parse_date(date_to))

    def cash_causes(self, date_from: date | str, date_to: date | str) -> dict[tuple[int, bool], int]:
        """Of the transactions of some days that touch a cash account, what they put on all other accounts: debit-
        positive minor units by (account id, whether by conversion)."""
        cash = [account.id for account in self.accounts() if account.cash]
        return read_cash_causes(self._database, cash, parse_date(date_from), parse_date(date_to))

    def postings_after(self, day: date) -> int:
        """How many postings lie after a day."""
        return int(
            self._database.value(
                "SELECT count(*) FROM postings WHERE number IN (SELECT number FROM transactions WHERE date > ?)",
                (day.isoformat(),),
            )
        )

    def clearing(self) -> Mapping[int, Clearing]:
        """How far the postings of assets and liabilities are cleared, by account id; reads much of a large book."""
        return clearing.read_clearing(self._database)

    def interruption(self) -> Callable[[], object]:
        """What another thread calls to end what this one is asking of the book: it raises a LedgerError then.

        A book in memory cannot be interrupted.
        """
        return self._database.interruption()

    def register(
        self, account: AccountLike, *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> Register:
        """One account's postings over a range, both ends inclusive, in its own direction."""
        with self._database.reading():
            return reading.read_register(
                self._database,
                self._current_chart(),
                self.account(account),
                optional_date(date_from),
                optional_date(date_to),
            )

    def followers(self, transaction: Transaction | int) -> tuple[Transaction, ...]:
        """What was written along with a transaction and is reversed and voided with it, such as a commission; void and
        reversed ones too. Raises TransactionNotFound."""
        source = self.transaction(transaction.number if isinstance(transaction, Transaction) else transaction)
        return tuple(self.transaction(number) for number in following.followers_of(self._database, source.number))

    @property
    def last_number(self) -> int:
        """The number of the newest transaction, 0 where there is none."""
        return int(self._database.value("SELECT max(number) FROM transactions") or 0)

    def payees(self, prefix: str = "", limit: int = 20) -> list[str]:
        """Payees one of whose words begins with the prefix, the latest used first."""
        return memory.payees_beginning(self._database, prefix, limit)

    def tags(self) -> list[str]:
        """The tags of the book, in their order; read from every transaction."""
        return memory.tags_used(self._database)

    def last_transaction_of(self, payee: str) -> Transaction | None:
        """The payee's latest standing transaction, or None."""
        number = memory.last_number_of(self._database, payee)
        return None if number is None else self.transaction(number)

    def account_use(self, payee: str | None = None) -> dict[int, tuple[int, int]]:
        """Account id to (times used in the payee's latest transactions, number of its own latest transaction)."""
        return memory.account_use(self._database, payee)
