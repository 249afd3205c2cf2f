"""What are the ledger's things, as plain frozen values?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, overload

from tui_ledger.errors import AmountNotPositive, FloatAmount, InvalidAmount
from tui_ledger.money import AmountLike, Currency, Money, is_plain_number

DEFAULT_PURPOSE = "default"
"""What an account of a party is for, where nothing else is said."""


class AccountType(StrEnum):
    """The five types; the normal side of an account follows from its type alone."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"

    @property
    def normal_balance(self) -> str:
        return "debit" if self in (AccountType.ASSET, AccountType.EXPENSE) else "credit"

    @property
    def sign(self) -> int:
        """+1 where debits raise the account, -1 where credits do."""
        return 1 if self in (AccountType.ASSET, AccountType.EXPENSE) else -1


class PostingStatus(StrEnum):
    UNCLEARED = "uncleared"
    CLEARED = "cleared"
    RECONCILED = "reconciled"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the book; `id` is its row, kept through renames. `minimum` is in the account's own direction.

    `party` is the key of whom it is kept for, `purpose` what for ('default', 'bonus'); both or neither.
    """

    id: int
    name: str
    type: AccountType
    currency: Currency
    code: str | None = None
    party: str | None = None
    purpose: str | None = None
    minimum: Money | None = None
    cash: bool = False
    statement_line: str | None = None
    tax_code: str | None = None
    opened: date | None = None
    closed: date | None = None
    placeholder: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def normal_balance(self) -> str:
        return self.type.normal_balance

    @property
    def leaf(self) -> str:
        """The last segment of the name."""
        return self.name.rpartition(":")[2]

    @property
    def depth(self) -> int:
        """1 for a name of one segment."""
        return self.name.count(":") + 1


AccountLike = Account | str | int | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Price:
    """On a day, one unit of `currency` was worth `rate` of `in_currency`; the rate is exact and positive."""

    date: date
    currency: str
    in_currency: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class WrittenPrice:
    """The price written at a posting: per unit (`@`) or in total (`@@`), in another currency.

    A price per unit may have more decimals than its currency.
    """

    amount: Decimal
    currency: str
    total: bool


@dataclass(frozen=True, slots=True)
class DraftPosting:
    """A line of a draft: debit-positive amount, or None where the remainder goes.

    `account` and `amount` may be loose (a name, a plain text) as typed; before-hooks see an Account and Money.
    """

    account: AccountLike
    amount: Money | AmountLike | None = None
    memo: str | None = None
    status: PostingStatus = PostingStatus.UNCLEARED
    currency: str | None = None
    price: WrittenPrice | None = None
    conversion: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A transaction not yet written. Date None means the local day."""

    date: date | None = None
    memo: str = ""
    postings: tuple[DraftPosting, ...] = ()
    payee: str | None = None
    reference: str | None = None
    tags: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    reverses: int | None = None
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of a transaction. `amount` and `balance` as in the JSON: amount debit-positive, balance (the account's
    stored balance after this line) in the account's own direction."""

    account: str
    amount: Money
    balance: Money
    line: int
    memo: str | None = None
    status: PostingStatus = PostingStatus.UNCLEARED
    conversion: bool = False
    price: WrittenPrice | None = None
    type: AccountType = AccountType.ASSET

    @property
    def currency(self) -> Currency:
        return self.amount.currency

    @property
    def change(self) -> Money:
        """The amount in the account's own direction."""
        return self.amount if self.type.sign > 0 else -self.amount


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction of the book, with its postings in line order."""

    number: int
    date: date
    memo: str
    postings: tuple[Posting, ...]
    payee: str | None = None
    reference: str | None = None
    tags: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    reverses: int | None = None
    reversed_by: int | None = None
    voided: bool = False
    closing: bool = False
    batch: int | None = None
    attachments: tuple[str, ...] = ()

    @property
    def status(self) -> PostingStatus:
        """The least settled status among its postings."""
        order = list(PostingStatus)
        return min((posting.status for posting in self.postings), key=order.index, default=PostingStatus.UNCLEARED)


@dataclass(frozen=True, slots=True)
class RegisterPosting:
    """One row of a register: `change` and `balance` in the account's own direction, `amount` debit-positive."""

    transaction: int
    line: int
    date: date
    memo: str
    payee: str | None
    counter_accounts: tuple[str, ...]
    amount: Money
    change: Money
    balance: Money
    status: PostingStatus
    posting_memo: str | None = None


@dataclass(frozen=True)
class Register(Sequence[RegisterPosting]):
    """The postings of one account over a range, with its balance before and after, in the account's own direction."""

    account: Account
    date_from: date | None
    date_to: date | None
    opening_balance: Money
    closing_balance: Money
    postings: tuple[RegisterPosting, ...]

    def __iter__(self) -> Iterator[RegisterPosting]:
        return iter(self.postings)

    def __len__(self) -> int:
        return len(self.postings)

    @overload
    def __getitem__(self, index: int) -> RegisterPosting: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RegisterPosting]: ...
    def __getitem__(self, index: int | slice) -> RegisterPosting | Sequence[RegisterPosting]:
        return self.postings[index]


def debit(account: AccountLike, amount: Money | AmountLike, memo: str | None = None) -> DraftPosting:
    """A posting to the debit side; the amount is positive, a Decimal, an int, a plain text or Money.

    Raises FloatAmount, InvalidAmount, AmountNotPositive.
    """
    return DraftPosting(account, _positive(amount), memo)


def credit(account: AccountLike, amount: Money | AmountLike, memo: str | None = None) -> DraftPosting:
    """A posting to the credit side; the amount is positive, as for `debit`."""
    positive = _positive(amount)
    # Unary minus would round a Decimal to the precision of the caller's context.
    return DraftPosting(account, positive.copy_negate() if isinstance(positive, Decimal) else -positive, memo)


def _positive(amount: Money | AmountLike) -> Money | Decimal:
    if isinstance(amount, Money):
        if amount.units <= 0:
            raise AmountNotPositive(text=str(amount))
        return amount
    number = exact_decimal(amount)
    if number <= 0:
        raise AmountNotPositive(text=str(number))
    return number


def exact_decimal(amount: object) -> Decimal:
    """A Decimal of whatever may stand for an amount, read strictly; raises FloatAmount and InvalidAmount."""
    if isinstance(amount, float):
        raise FloatAmount(text=repr(amount))
    if isinstance(amount, str) and is_plain_number(amount):
        return Decimal(amount)
    if isinstance(amount, (int, Decimal)) and not isinstance(amount, bool) and Decimal(amount).is_finite():
        return Decimal(amount)
    raise InvalidAmount(text=str(amount))
