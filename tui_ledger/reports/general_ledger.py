"""What happened on each account? Opening balance, postings with their stored balances, closing balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import Account, RegisterPosting
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides
from tui_ledger.reports.tree import in_statement_order

if TYPE_CHECKING:
    from tui_ledger.reports.paged import PagedTable

NAME = "general-ledger"
REGISTER = "register"


def general_ledger(
    ledger: Ledger,
    days: Range,
    accounts: Sequence[Account] = (),
    show_zero: bool = False,
    *,
    after_closing: bool = False,
    translate: Translate = str,
) -> Table:
    """Every account over a range, or some: a block an account, by type, code and name. Accounts that hold nothing and
    on which nothing moved are left out unless `show_zero` or named.

    Debits and credits stand apart, both above zero; the balance is in the account's own direction. Closing transactions
    of the fiscal year the range ends in are left out unless `after_closing`, as in the trial balance, whose figures
    these are; so a balance behind one is the stored one without it.
    """
    labels = ("Date", "No", "Payee", "Memo", "Counter accounts", "Debit", "Credit", "Balance")
    names = ("date", "transaction", "payee", "memo", "counter_accounts", "debit", "credit", "balance")
    kinds = (CellKind.DATE, CellKind.NUMBER, *(CellKind.TEXT,) * 2, CellKind.ACCOUNT, *(CellKind.MONEY,) * 3)
    made = GeneralLedger(ledger, days, tuple(accounts), show_zero, after_closing, translate)
    one = accounts[0] if len(accounts) == 1 else None
    return Table(
        name=NAME if one is None else REGISTER,
        title=_title(one, translate),
        book=ledger.name,
        currency=ledger.currency if one is None else one.currency,
        columns=tuple(TableColumn(*of[:1], translate(of[1]), of[2]) for of in zip(names, labels, kinds, strict=True)),
        read=made.blocks,
        date_from=days.first,
        date_to=days.last,
        paged=made.paged,
    )


class GeneralLedger:
    """What goes into a general ledger and what its lines are, for whoever reads them one after the other or by pages.

    `days` is its range; `shows_idle` says whether accounts stand there on which nothing is and nothing moved.
    """

    def __init__(
        self,
        ledger: Ledger,
        days: Range,
        chosen: tuple[Account, ...],
        show_zero: bool,
        after_closing: bool,
        translate: Translate,
    ) -> None:
        self._ledger = ledger
        self.days = days
        self._chosen = chosen
        self.shows_idle = show_zero or bool(chosen)
        self._after_closing = after_closing
        self._translate = translate

    def blocks(self) -> Iterator[Block]:
        """One account after the other, all of the same snapshot of the book."""
        with self._ledger.snapshot():
            opening = {} if self.days.eve is None else self._ledger.balances(self.days.eve)
            left_out = self.closings()
            moved = self._ledger.turnovers(self.days.first, self.days.last)
            for account in self.ordered():
                held = opening.get(account.id, 0)
                if held or account.id in moved or self.shows_idle:
                    yield self.head(account, self._lines(account, held, left_out))

    def paged(self) -> PagedTable:
        """The same a page at a time."""
        from tui_ledger.reports.paged import PagedGeneralLedger

        return PagedGeneralLedger(self._ledger, self)

    def ordered(self) -> list[Account]:
        """All accounts it may have, in its order."""
        return in_statement_order(self._chosen or self._ledger.accounts())

    def closings(self) -> frozenset[int]:
        """The numbers of the closing transactions that are left out."""
        if self._after_closing:
            return frozenset()
        first = max(self.days.first, self._ledger.fiscal_year(self.days.last)[0])
        return self._ledger.closing_numbers(first, self.days.last)

    def head(self, account: Account, lines: Iterable[Line] = ()) -> Block:
        """The block of an account, with some lines."""
        return Block(
            title=account.name,
            lines=lines,
            account=account.name,
            code=account.code,
            currency=account.currency,
            is_credit=account.type.sign < 0,
        )

    def _lines(self, account: Account, held: int, left_out: frozenset[int]) -> Iterator[Line]:
        balance = Money(account.type.sign * held, account.currency)
        nothing = Money(0, account.currency)
        yield self.opening_line(account, balance)
        debits, credits, without = nothing, nothing, nothing
        for posting in self._ledger.stream_register(account, date_from=self.days.first, date_to=self.days.last):
            if posting.transaction in left_out:
                without += posting.change
                continue
            balance = posting.balance - without
            debit, credit = sides(posting.amount)
            debits, credits = debits + (debit or nothing), credits + (credit or nothing)
            yield posting_line(posting, balance)
        yield self.total_line(account, debits, credits)
        yield self.closing_line(account, balance)

    def opening_line(self, account: Account, balance: Money) -> Line:
        """What an account held before the first day, in its own direction."""
        return self._edge(LineKind.OPENING, "Opening balance", account, balance)

    def total_line(self, account: Account, debits: Money | None, credits: Money | None) -> Line:
        """What it was debited and credited, both without sign; None where that is not known yet."""
        cells = (None, None, None, self._translate("Total"), None, debits, credits, None)
        return Line(cells, LineKind.TOTAL, account=account.name)

    def closing_line(self, account: Account, balance: Money) -> Line:
        """What it held at the end of the last day, in its own direction."""
        return self._edge(LineKind.CLOSING, "Closing balance", account, balance)

    def _edge(self, kind: LineKind, label: str, account: Account, balance: Money) -> Line:
        day = self.days.first if kind is LineKind.OPENING else self.days.last
        cells = (day, None, None, self._translate(label), None, None, None, balance)
        return Line(cells, kind, account=account.name)


def _title(one: Account | None, translate: Translate) -> str:
    return translate("General ledger") if one is None else translate("Register of {account}").format(account=one.name)


def posting_line(posting: RegisterPosting, balance: Money) -> Line:
    """A posting with the balance behind it, which closing transactions that are left out may make another one."""
    memo = " · ".join(text for text in (posting.memo, posting.posting_memo) if text)
    cells = (
        posting.date,
        posting.transaction,
        posting.payee,
        memo,
        ", ".join(posting.counter_accounts),
        *sides(posting.amount),
        balance,
    )
    return Line(cells, transaction=posting.transaction)
