"""What happened on each account? Opening balance, postings with their stored balances, closing balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import Account, RegisterPosting
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.line_checks import LineChecks, Trail
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides
from tui_ledger.reports.tree import in_statement_order
from tui_ledger.reports.trial_balance import Turn, left_by_earlier_years
from tui_ledger.words import N_, NP_

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
    these are; so a balance behind one is the stored one without it. Where fiscal years before that of the first day
    left something in an account of income or expenses, lines behind its opening and its closing balance say how much of
    it is theirs and how much is the rest, which is the trial balance's figure. Each stored balance is compared with the
    one before it.
    """
    labels = (
        N_("Date"),
        NP_("number", "No"),
        N_("Payee"),
        N_("Memo"),
        N_("Counter accounts"),
        N_("Debit"),
        N_("Credit"),
        N_("Balance"),
    )
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
        is_checked=True,
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
        self.translate = translate

    def blocks(self) -> Iterator[Block]:
        """One account after the other, all of the same snapshot of the book."""
        with self._ledger.snapshot():
            opening = {} if self.days.eve is None else self._ledger.balances(self.days.eve)
            left_out = self.closings()
            moved = self._ledger.turnovers(self.days.first, self.days.last)
            earlier = self.earlier()
            for account in self.ordered():
                held = opening.get(account.id, 0)
                if held or account.id in moved or self.shows_idle:
                    checks = LineChecks()
                    lines = self._lines(account, held, left_out, earlier.get(account.id), checks)
                    yield self.head(account, lines, checks)

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

    def earlier(self) -> Mapping[int, Turn]:
        """What earlier fiscal years left in accounts of income and expenses, and what became of that."""
        return left_by_earlier_years(self._ledger, self.days, after_closing=self._after_closing)

    def head(self, account: Account, lines: Iterable[Line] = (), checks: LineChecks | None = None) -> Block:
        """The block of an account, with some lines and what is found in them."""
        return Block(
            title=account.name,
            lines=lines,
            account=account.name,
            code=account.code,
            currency=account.currency,
            is_credit=account.type.sign < 0,
            checks=checks,
        )

    def _lines(
        self, account: Account, held: int, left_out: frozenset[int], earlier: Turn | None, checks: LineChecks
    ) -> Iterator[Line]:
        balance = Money(account.type.sign * held, account.currency)
        nothing, trail = Money(0, account.currency), Trail(account.name, balance, checks)
        yield self.opening_line(account, balance)
        yield from self.opening_parts(account, balance, earlier)
        debits, credits, without = nothing, nothing, nothing
        for posting in self._ledger.stream_register(account, date_from=self.days.first, date_to=self.days.last):
            trail.follow(posting.transaction, posting.change, posting.balance)
            if posting.transaction in left_out:
                without += posting.change
                continue
            balance = posting.balance - without
            debit, credit = sides(posting.amount)
            debits, credits = debits + (debit or nothing), credits + (credit or nothing)
            yield posting_line(posting, balance)
        yield self.total_line(account, debits, credits)
        yield self.closing_line(account, balance)
        yield from self.closing_parts(account, balance, earlier)

    def opening_line(self, account: Account, balance: Money) -> Line:
        """What an account held before the first day, in its own direction."""
        return self._edge(LineKind.OPENING, N_("Opening balance"), account, balance)

    def opening_parts(self, account: Account, balance: Money, earlier: Turn | None) -> list[Line]:
        """Of which years the opening balance is; nothing where earlier ones left nothing."""
        left = None if earlier is None else Money(account.type.sign * earlier.opening, account.currency)
        kinds = LineKind.OPENING_EARLIER, LineKind.OPENING_OWN
        return [] if left is None else self._parts(account, balance, left, kinds)

    def closing_parts(self, account: Account, balance: Money, earlier: Turn | None) -> list[Line]:
        """Of which years the closing balance is, which is told wherever it is told of the opening one."""
        left = None if earlier is None else Money(account.type.sign * earlier.closing, account.currency)
        kinds = LineKind.CLOSING_EARLIER, LineKind.CLOSING_OWN
        return [] if left is None else self._parts(account, balance, left, kinds)

    def _parts(self, account: Account, balance: Money, left: Money, kinds: tuple[LineKind, LineKind]) -> list[Line]:
        is_one_year = self._ledger.fiscal_year(self.days.first) == self._ledger.fiscal_year(self.days.last)
        labels = (
            self.translate("of earlier years, not yet closed"),
            self.translate("of this fiscal year") if is_one_year else self.translate("of these fiscal years"),
        )
        cells = [(None, None, None, label, None, None, None) for label in labels]
        amounts = left, balance - left
        return [
            Line((*texts, amount), kind, account=account.name)
            for texts, amount, kind in zip(cells, amounts, kinds, strict=True)
        ]

    def total_line(self, account: Account, debits: Money | None, credits: Money | None) -> Line:
        """What it was debited and credited, both without sign; None where that is not known yet."""
        cells = (None, None, None, self.translate("Total"), None, debits, credits, None)
        return Line(cells, LineKind.TOTAL, account=account.name)

    def closing_line(self, account: Account, balance: Money) -> Line:
        """What it held at the end of the last day, in its own direction."""
        return self._edge(LineKind.CLOSING, N_("Closing balance"), account, balance)

    def _edge(self, kind: LineKind, label: str, account: Account, balance: Money) -> Line:
        day = self.days.first if kind is LineKind.OPENING else self.days.last
        cells = (day, None, None, self.translate(label), None, None, None, balance)
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
