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
    found = [transaction.payee, transaction.memo]
    found.append(f"Reference {transaction.reference}" if transaction.reference else None)
    found.append(f"Tags {', '.join(transaction.tags)}" if transaction.tags else None)
    found.append(_documents(transaction))
    found.append("Void" if transaction.voided else None)
    found.append(f"Reverses {transaction.reverses}" if transaction.reverses else None)
    found.append(f"Reversed by {transaction.reversed_by}" if transaction.reversed_by else None)
    found.append(transaction.status.value.capitalize() if transaction.status is not PostingStatus.UNCLEARED else None)
    return [text for text in found if text]


def _documents(transaction: Transaction) -> str | None:
    attached = transaction.attachments
    if not attached:
        return None
    return f"{len(attached)} document{'' if len(attached) == 1 else 's'} · {pressed('documents')} shows them"


def _columns(desk: Desk, with_prices: Callable[[], bool]) -> list[Column[Posting]]:
    def side(posting: Posting, sign: int) -> str:
        units = posting.amount.units * sign
        return desk.figure(Money(units, posting.currency)) if units > 0 else ""

    own = desk.ledger.currency
    return [
        Column(
            "Account",
            lambda posting: _account(posting, desk.formats if with_prices() else None),
            minimum=10,
            preferred=20,
            grows=1,
            shorten=short_account,
        ),
        Column("Debit", lambda posting: side(posting, 1), right=True, exact=True),
        Column("Credit", lambda posting: side(posting, -1), right=True, exact=True),
        Column("", lambda posting: "" if posting.currency == own else str(posting.currency), exact=True, minimum=0),
    ]


def _account(posting: Posting, formats: Formats | None) -> str:
    """The account with the memo of its posting and, with `formats`, its price."""
    price = "" if formats is None else price_in_words(posting, formats)
    return " · ".join(part for part in (posting.account, posting.memo, price) if part)
