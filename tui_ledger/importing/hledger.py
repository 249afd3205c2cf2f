"""Which transactions does a journal in hledger's format hold?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tui_ledger.importing.account_names import account_name, is_virtual, split_name
from tui_ledger.importing.amounts import AmountReader, PostingAmount
from tui_ledger.importing.balancing import balanced
from tui_ledger.importing.comments import comment_text, posting_dates, split_comment, tags
from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.costs import Costs, price_of
from tui_ledger.importing.directives import Directives, Subdirective, passed_over, refused_below
from tui_ledger.importing.journal_dates import JournalDates, read_day
from tui_ledger.importing.market_prices import MarketPrices
from tui_ledger.importing.number_styles import NumberStyles
from tui_ledger.importing.refusals import LineRefused, Refusals, quoted
from tui_ledger.importing.source import TextFile
from tui_ledger.importing.values import DeclaredAccount, ReadPosting, ReadTransaction
from tui_ledger.importing.written_amounts import looks_like_amount
from tui_ledger.ledger.journal import MEMO_LIMIT
from tui_ledger.ledger.values import PostingStatus
from tui_ledger.text import TEXT_LIMIT
from tui_ledger.words import N_, Said, _, ngettext

_HEADER = re.compile(
    r"([0-9][0-9./-]*)(?:=([^ \t]*))?(?:[ \t]++|$)([*!](?:[ \t]++|(?=\()|$))?(?:\(([^)]*)\)[ \t]*+)?([^;]*)(?:;(.*))?"
)
_DIGITS = frozenset("0123456789")
_MARKS = {"*": PostingStatus.CLEARED, "!": PostingStatus.UNCLEARED}
_NO_AMOUNT = PostingAmount(None)


@dataclass(slots=True)
class _OpenTransaction:
    """A transaction whose lines are still being read.

    `priced` when a price stood at one of them, `refused` when one of them could not be read.
    """

    line: int
    day: date
    status: PostingStatus
    payee: str | None
    memo: str
    data: dict[str, str]
    comments: list[str] = field(default_factory=list)
    postings: list[ReadPosting] = field(default_factory=list)
    priced: bool = False
    refused: bool = False


class JournalReader:
    """Reads one journal, line by line; what cannot be read goes to `refusals`, and reading goes on behind it.

    `market_prices` are those read so far. `awaits_digits` tells that some transaction at cost could not be judged and
    was let through, since `commodities` did not know the digits of a currency yet.
    """

    def __init__(self, source: TextFile, commodities: Commodities, refusals: Refusals) -> None:
        styles = NumberStyles()
        self.awaits_digits = False
        self._amounts = AmountReader(commodities, styles)
        self._pending_count = 0
        self._pending_line: int | None = None
        self._doubtful_names: dict[str, int] = {}
        self._source = source
        self._commodities = commodities
        self._refusals = refusals
        self._dates = JournalDates()
        self.market_prices = MarketPrices(self._amounts, commodities, self._dates)
        self._directives = Directives(styles, self._dates, self.market_prices)
        self._open: _OpenTransaction | None = None
        self._below: Subdirective = refused_below
        self._in_comment = False
        self._comment_line = 0
        self._names: dict[str, str] = {}

    @property
    def declared_accounts(self) -> Mapping[str, DeclaredAccount]:
        """The accounts declared so far, by the key of their name."""
        return self._directives.declared

    def transactions(self) -> Iterator[ReadTransaction]:
        """Each transaction that could be read, balanced, in the file's order; once only."""
        for line, raw in enumerate(self._source.lines(), 1):
            text = raw.rstrip(" \t\r\n")
            if text and text[0] in " \t" and not self._in_comment:
                self._take_indented(line, text.lstrip(" \t"))
                continue
            finished = self._finished()
            if finished is not None:
                yield finished
            if self._refusals.is_hopeless:
                return
            self._take_flush(line, text)
        finished = self._finished()
        if finished is not None:
            yield finished

    def notes(self) -> list[str]:
        """How doubtful things in the lines read so far were understood."""
        amounts, notes = self._amounts, []
        if amounts.bare_line is not None:
            bare = _("Amounts without a currency (first in line {line}) were read as {currency}, the book's.")
            notes.append(bare.format(line=amounts.bare_line, currency=self._commodities.book_currency))
        if amounts.guessed_line is not None:
            guessed = _(
                "A lone separator before three digits (line {line}) was read as the decimal mark; if thousands are "
                "meant, undo the import and put a line such as `decimal-mark .` at the top of the file."
            )
            notes.append(guessed.format(line=amounts.guessed_line))
        if self._pending_line is not None:
            pending = ngettext(
                "{n} pending mark (`!`, first in line {line}) kept as uncleared.",
                "{n} pending marks (`!`, first in line {line}) kept as uncleared.",
                self._pending_count,
            )
            notes.append(pending.format(n=self._pending_count, line=self._pending_line))
        if self._in_comment:
            open_end = _("The comment that begins in line {line} was read to the end: no `end comment` ends it.")
            notes.append(open_end.format(line=self._comment_line))
        if amounts.lot_line is not None:
            lots = _("Lot prices and lot dates (first in line {line}) were passed over.")
            notes.append(lots.format(line=amounts.lot_line))
        doubtful = _(
            "{account} (line {line}) was read as an account without an amount; an amount needs two blanks before it."
        )
        for name, line in self._doubtful_names.items():
            notes.append(doubtful.format(account=quoted(name), line=line))
        return notes

    def _take_flush(self, line: int, text: str) -> None:
        """A line that begins at the margin, or a blank one: whatever was open has ended before it."""
        if self._in_comment:
            self._in_comment = text != "end comment"
            return
        self._below = refused_below
        if not text or text[0] in ";#*":
            return
        try:
            if text[0] in _DIGITS:
                self._begin(line, text)
            elif text == "comment":
                self._in_comment, self._comment_line = True, line
            else:
                self._below = self._directives.read(line, text)
        except LineRefused as refused:
            self._refusals.refuse(line, refused.reason)
            self._below = passed_over

    def _take_indented(self, line: int, text: str) -> None:
        transaction = self._open
        try:
            if transaction is None:
                self._below(line, text)
            elif text[0] == ";":
                _comment_on(transaction, comment_text(text))
            else:
                transaction.postings.append(self._posting(transaction, line, text))
        except LineRefused as refused:
            self._refusals.refuse(line, refused.reason)
            if transaction is None:
                self._below = passed_over
            else:
                transaction.refused = True

    def _begin(self, line: int, text: str) -> None:
        found = _HEADER.fullmatch(text)
        if found is None:
            raise LineRefused(
                Said("{text} begins with no date that can be read: write it as 2026-01-31", text=quoted(text))
            )
        day_text, second_day, mark, code, description, comment = found.groups()
        day = self._dates.day(day_text)
        if description.startswith("("):
            raise LineRefused(N_("the code in parentheses has no closing parenthesis"))
        payee, memo = _payee_and_memo(description)
        data = {"code": code.strip()} if code and code.strip() else {}
        if second_day is not None:
            data["date2"] = read_day(second_day, day.year).isoformat()
        transaction = _OpenTransaction(line, day, self._status(mark, line), payee, memo, data)
        if comment is not None:
            transaction.comments.append(comment.strip(" \t"))
        self._open = transaction

    def _status(self, mark: str | None, line: int) -> PostingStatus:
        if not mark:
            return PostingStatus.UNCLEARED
        if mark[0] == "!":
            self._pending_count += 1
            self._pending_line = self._pending_line or line
        return _MARKS[mark[0]]

    def _posting(self, transaction: _OpenTransaction, line: int, text: str) -> ReadPosting:
        status = transaction.status
        if text[0] in "*!":
            status = self._status(text[0], line)
            text = text[1:].lstrip(" \t")
        written_name, rest = split_name(text)
        amount_text, comment = split_comment(rest)
        account = self._names.get(written_name) or self._new_account(written_name, line, has_amount=bool(amount_text))
        amount = self._amounts.read_posting(amount_text, line) if amount_text else _NO_AMOUNT
        if comment:
            _check_posting_comment(comment, transaction.day)
        price = None
        if amount.price is not None and amount.amount is not None:
            price = price_of(amount.amount, amount.price)
            transaction.priced = transaction.priced or price is not None
        return ReadPosting(line, account, amount.amount, status, comment or None, price, amount.assertion)

    def _new_account(self, written: str, line: int, *, has_amount: bool) -> str:
        """The account of a name that was not met before."""
        if not written:
            raise LineRefused(N_("the posting names no account"))
        if is_virtual(written):
            raise LineRefused(
                Said(
                    "{text} is a virtual posting, which no book in balance can hold: take it out", text=quoted(written)
                )
            )
        name = self._names[written] = account_name(written)
        if not has_amount and _ends_like_amount(written):
            self._doubtful_names[name] = line
        return name

    def _finished(self) -> ReadTransaction | None:
        transaction, self._open = self._open, None
        if transaction is None or transaction.refused:
            return None
        try:
            postings = self._balanced(transaction)
            tag_names = _take_comments(transaction)
        except LineRefused as refused:
            self._refusals.refuse(transaction.line, refused.reason)
            return None
        return ReadTransaction(
            transaction.line,
            transaction.day,
            transaction.payee,
            transaction.memo,
            tag_names,
            transaction.data,
            postings,
            transaction.priced,
        )

    def _balanced(self, transaction: _OpenTransaction) -> tuple[ReadPosting, ...]:
        if not transaction.priced:
            return balanced(transaction.postings, self._commodities.book_currency)
        costs = Costs(transaction.postings, self._commodities.fixed_digits)
        self.awaits_digits = self.awaits_digits or costs.awaits_digits()
        return costs.balanced(self._commodities.book_currency)


def _ends_like_amount(written: str) -> bool:
    """Whether the last word or two of a name look like an amount with too few blanks before it."""
    words = written.split(" ")
    return any(looks_like_amount(" ".join(words[-count:])) for count in (1, 2) if count < len(words))


def _payee_and_memo(description: str) -> tuple[str | None, str]:
    """Payee before the bar, memo behind it; without a bar all of it is the memo."""
    before, bar, behind = description.partition("|")
    payee, memo = (before.strip() or None, behind.strip()) if bar else (None, before.strip())
    _check_length(N_("payee"), payee, TEXT_LIMIT)
    _check_length(N_("description"), memo, MEMO_LIMIT)
    return payee, memo


def _check_posting_comment(comment: str, day: date) -> None:
    _check_length(N_("comment"), comment, MEMO_LIMIT)
    for text in posting_dates(comment):
        if read_day(text, day.year) != day:
            raise LineRefused(
                Said(
                    "the posting has a date of its own, {text}: write it as a transaction of that date",
                    text=quoted(text),
                )
            )


def _comment_on(transaction: _OpenTransaction, comment: str) -> None:
    """A comment line belongs to the posting above it, or to the transaction while it has none.

    Lines of a posting's comment are joined by a comma, which ends a tag's value as the line's end did.
    """
    if not transaction.postings:
        if not transaction.refused:
            transaction.comments.append(comment)
        return
    posting = transaction.postings[-1]
    if comment:
        memo = comment if posting.memo is None else f"{posting.memo}, {comment}"
        _check_posting_comment(comment, transaction.day)
        _check_length(N_("comment"), memo, MEMO_LIMIT)
        transaction.postings[-1] = posting._replace(memo=memo)


def _take_comments(transaction: _OpenTransaction) -> tuple[str, ...]:
    """Puts the comments and the tags with a value into the transaction's data; returns the tags without one."""
    comments = [comment for comment in transaction.comments if comment]
    if not comments:
        return ()
    found = [tag for comment in comments if ":" in comment for tag in tags(comment)]
    data = transaction.data
    data["comment"] = "\n".join(comments)
    for name, value in found:
        if value:
            data.setdefault(name, value)
    names = tuple(dict.fromkeys(name for name, value in found if not value))
    for name in names:
        _check_length(N_("tag"), name, TEXT_LIMIT)
    return names


def _check_length(what: str, text: str | None, limit: int) -> None:
    if text is not None and len(text) > limit:
        raise LineRefused(Said("the {what} is longer than {limit} characters: shorten it", what=what, limit=limit))
