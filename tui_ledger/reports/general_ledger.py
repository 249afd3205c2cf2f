"""What happened on each account? Opening balance, postings with their stored balances, closing balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import Account, AccountType, RegisterPosting
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides
from tui_ledger.text import name_key

NAME = "general-ledger"
REGISTER = "register"

_TYPES = tuple(AccountType)


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
    made = _GeneralLedger(ledger, days, tuple(accounts), show_zero, after_closing, translate)
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
    )


class _GeneralLedger:
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
        self._days = days
        self._chosen = chosen
        self._show_zero = show_zero
        self._after_closing = after_closing
        self._translate = translate

    def blocks(self) -> Iterator[Block]:
        """One account after the other, all of the same snapshot of the book."""
        with self._ledger.snapshot():
            opening = {} if self._days.eve is None else self._ledger.balances(self._days.eve)
            left_out = self._closings()
            moved = self._ledger.turnovers(self._days.first, self._days.last)
            for account in self._ordered():
                held = opening.get(account.id, 0)
                if held or account.id in moved or self._show_zero or self._chosen:
                    yield self._block(account, held, left_out)

    def _ordered(self) -> list[Account]:
        return sorted(
            self._chosen or self._ledger.accounts(),
            key=lambda one: (_TYPES.index(one.type), one.code is None, one.code or "", name_key(one.name)),
        )

    def _closings(self) -> frozenset[int]:
        if self._after_closing:
            return frozenset()
        first = max(self._days.first, self._ledger.fiscal_year(self._days.last)[0])
        return self._ledger.closing_numbers(first, self._days.last)

    def _block(self, account: Account, held: int, left_out: frozenset[int]) -> Block:
        return Block(
            title=account.name,
            lines=self._lines(account, held, left_out),
            account=account.name,
            code=account.code,
            currency=account.currency,
            is_credit=account.type.sign < 0,
        )

    def _lines(self, account: Account, held: int, left_out: frozenset[int]) -> Iterator[Line]:
        balance = Money(account.type.sign * held, account.currency)
        nothing = Money(0, account.currency)
        yield self._edge(LineKind.OPENING, "Opening balance", account, balance)
        debits, credits, without = nothing, nothing, nothing
        for posting in self._ledger.stream_register(account, date_from=self._days.first, date_to=self._days.last):
            if posting.transaction in left_out:
                without += posting.change
                continue
            balance = posting.balance - without
            debit, credit = sides(posting.amount)
            debits, credits = debits + (debit or nothing), credits + (credit or nothing)
            yield _row(posting, balance)
        sums = (None, None, None, self._translate("Total"), None, debits, credits, None)
        yield Line(sums, LineKind.TOTAL, account=account.name)
        yield self._edge(LineKind.CLOSING, "Closing balance", account, balance)

    def _edge(self, kind: LineKind, label: str, account: Account, balance: Money) -> Line:
        day = self._days.first if kind is LineKind.OPENING else self._days.last
        cells = (day, None, None, self._translate(label), None, None, None, balance)
        return Line(cells, kind, account=account.name)


def _title(one: Account | None, translate: Translate) -> str:
    return translate("General ledger") if one is None else translate("Register of {account}").format(account=one.name)


def _row(posting: RegisterPosting, balance: Money) -> Line:
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
