"""What was booked, in order? Every transaction with its postings, numbered without gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import Transaction
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides
from tui_ledger.words import N_, NP_

if TYPE_CHECKING:
    from tui_ledger.reports.paged import PagedTable

NAME = "journal"


def journal(ledger: Ledger, days: Range, *, translate: Translate = str) -> Table:
    """The transactions of a range in the order of date and number, a line a posting; what belongs to a transaction
    stands on its first line alone. A voided one has one line without figures. The last line of each currency is the
    sum, debits and credits both above zero and equal."""
    texts = (N_("Payee"), N_("Memo"), N_("Code"), N_("Account"))
    labels = (N_("Date"), NP_("number", "No"), *texts, N_("Debit"), N_("Credit"), "")
    names = ("date", "transaction", "payee", "memo", "code", "account", "debit", "credit", "currency")
    kinds = (
        CellKind.DATE,
        CellKind.NUMBER,
        *(CellKind.TEXT,) * 2,
        CellKind.CODE,
        CellKind.ACCOUNT,
        *(CellKind.MONEY,) * 2,
        CellKind.TEXT,
    )
    return Table(
        name=NAME,
        title=translate("Journal"),
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(of[0], translate(of[1]), of[2]) for of in zip(names, labels, kinds, strict=True)),
        read=lambda: _blocks(ledger, days, translate),
        date_from=days.first,
        date_to=days.last,
        paged=lambda: _paged(ledger, days, translate),
    )


def _paged(ledger: Ledger, days: Range, translate: Translate) -> PagedTable:
    from tui_ledger.reports.paged import PagedJournal

    return PagedJournal(ledger, days, translate)


def _blocks(ledger: Ledger, days: Range, translate: Translate) -> Iterator[Block]:
    with ledger.snapshot():
        yield Block("", _lines(ledger, days, translate), currency=ledger.currency)


def _lines(ledger: Ledger, days: Range, translate: Translate) -> Iterator[Line]:
    codes = {account.name: account.code for account in ledger.accounts()}
    sums: dict[str, tuple[Money, Money]] = {}
    for transaction in ledger.journal(date_from=days.first, date_to=days.last):
        yield from lines_of(transaction, codes, translate)
        for posting in transaction.postings:
            debit, credit = sides(posting.amount)
            nothing = Money(0, posting.currency)
            debits, credits = sums.get(str(posting.currency), (nothing, nothing))
            sums[str(posting.currency)] = debits + (debit or nothing), credits + (credit or nothing)
    yield from total_lines(sums, ledger.currency, translate)


def total_lines(sums: Mapping[str, tuple[Money, Money]], own: str, translate: Translate = str) -> Iterator[Line]:
    """A sum a currency: what it was debited and credited, both without sign; the book's own first."""
    for currency in sorted(sums, key=lambda code: (code != own, code)):
        label = translate("Total")
        yield Line((None, None, None, label, None, None, *sums[currency], currency), LineKind.TOTAL)


def lines_of(transaction: Transaction, codes: Mapping[str, str | None], translate: Translate = str) -> Iterator[Line]:
    """The lines of a transaction: a line a posting, of a voided one a line without figures; `codes` by account."""
    memo = " · ".join(part for part in (transaction.memo, _remark(transaction, translate)) if part)
    head = (transaction.date, transaction.number, transaction.payee, memo)
    number = transaction.number
    if not transaction.postings:
        yield Line((*head, None, None, None, None, None), transaction=number)
    for place, posting in enumerate(transaction.postings):
        first = head if place == 0 else (None, None, None, posting.memo)
        account = (codes.get(posting.account), posting.account)
        cells = (*first, *account, *sides(posting.amount), str(posting.currency))
        yield Line(cells, transaction=number, account=posting.account)


def _remark(transaction: Transaction, translate: Translate) -> str:
    if transaction.voided:
        return translate("void")
    if transaction.reverses is not None:
        return translate("reverses {number}").format(number=transaction.reverses)
    if transaction.reversed_by is not None:
        return translate("reversed by {number}").format(number=transaction.reversed_by)
    return translate("closing") if transaction.closing else ""
