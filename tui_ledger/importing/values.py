"""What was read from a file, before it meets a book?

Plain tuples: a file may hold a million of them. Amounts are whole trillionths (10^-12), since the digits of a commodity
the book does not know yet are only certain when the whole file was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tui_ledger.ledger.values import AccountType, PostingStatus


class ReadAmount(NamedTuple):
    """An amount in trillionths, debit-positive, with the code of its currency."""

    trillionths: int
    currency: str


class ReadPrice(NamedTuple):
    """A price as written, never negative: of one unit (`@`), or in total (`@@`).

    It may be finer than its currency, and than a trillionth.
    """

    number: Decimal
    currency: str
    total: bool


class ReadAssertion(NamedTuple):
    """A balance the file claims after a posting.

    `alone` (`==`): the account holds no other currency; `with_sub_accounts` (`=*`): theirs is counted too.
    """

    amount: ReadAmount
    alone: bool
    with_sub_accounts: bool


class ReadPosting(NamedTuple):
    """A posting. `amount` is None only while the transaction is read: the amount left out is filled in at its end,
    and `left_out` then says so."""

    line: int
    account: str
    amount: ReadAmount | None
    status: PostingStatus
    memo: str | None = None
    price: ReadPrice | None = None
    assertion: ReadAssertion | None = None
    left_out: bool = False


class ReadTransaction(NamedTuple):
    """A balanced transaction as the file has it, zero postings included; `line` is where it begins.

    `priced`: a price is written at one of its postings at least.
    """

    line: int
    date: date
    payee: str | None
    memo: str
    tags: tuple[str, ...]
    data: Mapping[str, Any]
    postings: tuple[ReadPosting, ...]
    priced: bool = False


class DeclaredAccount(NamedTuple):
    """An account the file declares; `type` is None where the declaration names none."""

    line: int
    name: str
    type: AccountType | None
    cash: bool
