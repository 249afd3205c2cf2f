"""What does one transaction say, whole? Its texts, its postings, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui_ledger.ledger import Posting, PostingStatus, Transaction
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Money
from tui_ledger.ui.conversion_words import price_in_words, rates_in_words
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column, short_account
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, listed, ngettext, pgettext

_STATUSES = {PostingStatus.CLEARED: N_("Cleared"), PostingStatus.RECONCILED: N_("Reconciled")}


class TransactionPane(Vertical):
    """A transaction with its postings; Enter on a posting leads to its account."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk = desk
        self._title = Caption(id="transaction-title")
        self._texts = Static("", id="transaction-texts")
        self.postings: Grid[Posting] = Grid(
            _columns(desk, self._texts_are_folded_away), lambda posting: posting.line, id="postings"
        )
        self.transaction: Transaction | None = None

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._texts
        yield self.postings

    def show(self, transaction: Transaction | None) -> None:
        """Draw a transaction, or nothing."""
        self.transaction = transaction
        lines = [*_texts(transaction), *rates_in_words(transaction, self._desk.formats)] if transaction else []
        texts = Content("\n").join(map(shown, lines))
        self._title.say(self._title_of(transaction) if transaction else "")
        self._texts.update(texts, layout=False)
        rows = [posting for posting in transaction.postings if not posting.conversion] if transaction else []
        self.postings.show(ListWindow(rows, lambda posting: posting.line), key=0)

    def _texts_are_folded_away(self) -> bool:
        """Whether rates have to be said beside the postings, since there is no room for texts."""
        return self.screen.has_class("-narrow")

    def _title_of(self, transaction: Transaction) -> str:
        return f"{transaction.number}  {self._desk.full_day(transaction.date)}"


def _texts(transaction: Transaction) -> list[str]:
    """Everything of a transaction that is not a figure, a line each."""
    said = (
        (_("Reference {reference}"), {"reference": transaction.reference}),
        (_("Tags {tags}"), {"tags": listed(transaction.tags)}),
        ("{documents}", {"documents": _documents(transaction)}),
        (pgettext("transaction", "Void"), {"voided": transaction.voided}),
        (_("Reverses {number}"), {"number": transaction.reverses}),
        (_("Reversed by {number}"), {"number": transaction.reversed_by}),
        (_(_STATUSES.get(transaction.status, "")), {"status": transaction.status in _STATUSES}),
    )
    told = [template.format(**values) for template, values in said if all(values.values())]
    return [*(text for text in (transaction.payee, transaction.memo) if text), *told]


def _documents(transaction: Transaction) -> str | None:
    attached = transaction.attachments
    if not attached:
        return None
    said = ngettext("{n} document · {key} shows them", "{n} documents · {key} shows them", len(attached))
    return said.format(n=len(attached), key=pressed("documents"))


def _columns(desk: Desk, with_prices: Callable[[], bool]) -> list[Column[Posting]]:
    def side(posting: Posting, sign: int) -> str:
        units = posting.amount.units * sign
        return desk.figure(Money(units, posting.currency), credit_normal=None) if units > 0 else ""

    own = desk.ledger.currency
    return [
        Column(
            N_("Account"),
            lambda posting: _account(posting, desk.formats if with_prices() else None),
            minimum=10,
            preferred=20,
            grows=1,
            shorten=short_account,
        ),
        Column(N_("Debit"), lambda posting: side(posting, 1), right=True, exact=True),
        Column(N_("Credit"), lambda posting: side(posting, -1), right=True, exact=True),
        Column("", lambda posting: "" if posting.currency == own else str(posting.currency), exact=True, minimum=0),
    ]


def _account(posting: Posting, formats: Formats | None) -> str:
    """The account with the memo of its posting and, with `formats`, its price."""
    price = "" if formats is None else price_in_words(posting, formats)
    return " · ".join(part for part in (posting.account, posting.memo, price) if part)
