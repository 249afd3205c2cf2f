"""What stands in the entry form before anything is typed: nothing, a transaction like another, one to be edited?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tui_ledger.ledger.schedules import Due
from tui_ledger.ledger.values import Posting, PostingStatus, Transaction, WrittenPrice
from tui_ledger.money import Money
from tui_ledger.words import _


@dataclass(frozen=True, slots=True)
class Filling:
    """What a line is filled with; `memo` and `status` are the posting's own and stay with its line."""

    account: str = ""
    amount: Money | None = None
    price: WrittenPrice | None = None
    memo: str | None = None
    status: PostingStatus = PostingStatus.UNCLEARED


@dataclass(frozen=True, slots=True)
class Start:
    """What a form begins with. A `date` of None leaves the form's own; `edited` is the transaction being changed, `due`
    the day of a schedule that is posted with it.

    `focus_line` is the line whose amount is to be typed; None for the payee.
    """

    title: str = field(default_factory=lambda: _("New transaction"))
    payee: str = ""
    memo: str = ""
    tags: tuple[str, ...] = ()
    lines: tuple[Filling, ...] = ()
    date: date | None = None
    edited: Transaction | None = None
    due: Due | None = None
    focus_line: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing but an account of the screen's own stands in it, so that a payee may fill it."""
        return self.edited is None and not self.payee and self.focus_line is None


def blank(own_account: str | None = None) -> Start:
    """An empty form; the account of the screen stands on the second line."""
    return Start(lines=(Filling(), Filling(own_account or "")))


def copy_of(transaction: Transaction) -> Start:
    """Everything a transaction has but its date, its reference and what became of it."""
    return Start(
        title=_("New transaction like {number}").format(number=transaction.number),
        payee=transaction.payee or "",
        memo=transaction.memo,
        tags=transaction.tags,
        lines=tuple(lines_like(transaction, with_every_amount=True)),
    )


def editing(transaction: Transaction) -> Start:
    """A transaction as it stands, its lines in their order."""
    return Start(
        title=_("Editing {number}").format(number=transaction.number),
        payee=transaction.payee or "",
        memo=transaction.memo,
        tags=transaction.tags,
        lines=tuple(
            Filling(posting.account, posting.amount, posting.price, posting.memo, posting.status)
            for posting in _own_postings(transaction)
        ),
        date=transaction.date,
        edited=transaction,
    )


def lines_like(transaction: Transaction, *, with_every_amount: bool) -> list[Filling]:
    """The lines for a transaction like this one, debits first.

    Conversion postings are left to the ledger. Unless `with_every_amount`, the last line's amount stays open so that
    changing another one balances by itself.
    """
    kept = _own_postings(transaction)
    ordered = [posting for posting in kept if posting.amount.units > 0]
    ordered += [posting for posting in kept if posting.amount.units <= 0]
    lines = [Filling(posting.account, posting.amount, posting.price, posting.memo) for posting in ordered]
    if lines and not with_every_amount and _last_may_stay_open(ordered):
        lines[-1] = Filling(lines[-1].account, memo=lines[-1].memo)
    return lines


def memo_to_repeat(transaction: Transaction) -> str:
    """The memo of a transaction where it may serve again: one with digits (an invoice, a date) was about that one."""
    return "" if any(character.isdigit() for character in transaction.memo) else transaction.memo


def _own_postings(transaction: Transaction) -> list[Posting]:
    return [posting for posting in transaction.postings if not posting.conversion]


def _last_may_stay_open(postings: list[Posting]) -> bool:
    """Whether what the last line takes follows from the others: one currency, or prices at all the foreign ones."""
    last = postings[-1]
    return last.price is None and all(
        posting.currency == last.currency or (posting.price is not None and posting.price.currency == last.currency)
        for posting in postings
    )
