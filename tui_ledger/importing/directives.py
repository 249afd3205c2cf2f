"""What do the lines of a journal that are no transactions say?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui_ledger.importing.account_names import account_name, split_name
from tui_ledger.importing.account_types import declared_type
from tui_ledger.importing.comments import comment_text, split_comment, tags
from tui_ledger.importing.journal_dates import JournalDates
from tui_ledger.importing.market_prices import MarketPrices
from tui_ledger.importing.number_styles import NumberStyles
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.values import DeclaredAccount
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

Subdirective = Callable[[int, str], None]

_NOT_READ = {
    "include": N_("other files are not read from within a file: import them one after the other"),
    "alias": N_("aliases are not applied: write the account names out"),
    "end aliases": N_("aliases are not applied: write the account names out"),
    "apply account": N_("a common parent account is not applied: write the account names out"),
    "end apply account": N_("a common parent account is not applied: write the account names out"),
    "apply": N_("`apply` is not read here"),
    "=": N_("automatic posting rules are not applied: write the postings into the transactions"),
    "~": N_("periodic transactions are not read: take them out of the file"),
    "N": N_("marks of commodities without a market price are not read: take the line out"),
    "C": N_("conversions of units are not read: take the line out"),
    "A": N_("a default account is not read: name the account in each transaction"),
    "bucket": N_("a default account is not read: name the account in each transaction"),
    "i": N_("time clocks are not read"),
    "o": N_("time clocks are not read"),
    "b": N_("time clocks are not read"),
    "h": N_("time clocks are not read"),
    "O": N_("time clocks are not read"),
}
_TWO_AND_THREE_WORDS = frozenset(("apply account", "apply year", "end aliases", "end apply account", "end apply year"))
_WITHOUT_FIGURES = frozenset({"payee", "tag"})


class Directives:
    """Reads directives one line at a time; what an indented line below one means is asked of what `read` returns."""

    def __init__(self, styles: NumberStyles, dates: JournalDates, market_prices: MarketPrices) -> None:
        self.declared: dict[str, DeclaredAccount] = {}
        self._styles = styles
        self._dates = dates
        self._market_prices = market_prices
        self._readers: Mapping[str, Callable[[int, str], Subdirective]] = {
            "account": self._account,
            "commodity": self._commodity,
            "D": self._default_commodity,
            "decimal-mark": self._decimal_mark,
            "Y": self._year,
            "year": self._year,
            "apply year": self._applied_year,
            "end apply year": self._end_year,
            "P": self._market_price,
        }

    def read(self, line: int, text: str) -> Subdirective:
        """Takes one directive; returns what reads the indented lines below it. Raises LineRefused."""
        word, rest = _word_and_rest(text)
        reader = self._readers.get(word)
        if reader is not None:
            return reader(line, rest)
        if word in _WITHOUT_FIGURES and rest:
            return passed_over
        unknown = Said("{text} is no line of a journal that is read here", text=quoted(text))
        raise LineRefused(_NOT_READ.get(word) or unknown)

    def _account(self, line: int, rest: str) -> Subdirective:
        written, comment = split_name(rest)
        if not written:
            raise LineRefused(N_("an account declaration needs a name, such as `account assets:bank  ; type:A`"))
        if comment and not comment.startswith(";"):
            raise LineRefused(
                Said(
                    "{comment} stands after the account name: write it as a comment, after a semicolon",
                    comment=quoted(comment),
                )
            )
        name = account_name(written)
        self._declare(line, name, comment)
        return lambda below, text: self._declare(below, name, text) if text.startswith(";") else None

    def _declare(self, line: int, name: str, comment: str) -> None:
        found = dict(tags(comment_text(comment))).get("type")
        known = self.declared.setdefault(name_key(name), DeclaredAccount(line, name, None, cash=False))
        if found is None:
            return
        account_type, cash = declared_type(found)
        if known.type not in (None, account_type):
            raise LineRefused(
                Said("{name} was declared with another type in line {line}", name=quoted(name), line=known.line)
            )
        self.declared[name_key(name)] = known._replace(type=account_type, cash=cash)

    def _commodity(self, _line: int, rest: str) -> Subdirective:
        sample, _ = split_comment(rest)
        if not sample:
            raise LineRefused(N_("a commodity line needs a sample, such as `commodity 1,000.00 EUR`"))
        commodity = self._styles.declare_commodity(sample)
        return lambda _below, text: self._commodity_format(commodity, text)

    def _commodity_format(self, commodity: str, text: str) -> None:
        word, rest = _word_and_rest(text)
        if word == "format":
            self._styles.declare_format(commodity, split_comment(rest)[0])
        elif not text.startswith(";"):
            raise LineRefused(Said("{text} below a commodity is not read: only `format` is", text=quoted(text)))

    def _default_commodity(self, _line: int, rest: str) -> Subdirective:
        self._styles.declare_default(split_comment(rest)[0])
        return refused_below

    def _decimal_mark(self, _line: int, rest: str) -> Subdirective:
        self._styles.declare_decimal_mark(split_comment(rest)[0])
        return refused_below

    def _year(self, _line: int, rest: str) -> Subdirective:
        self._dates.begin_year(split_comment(rest)[0], nested=False)
        return refused_below

    def _applied_year(self, _line: int, rest: str) -> Subdirective:
        self._dates.begin_year(split_comment(rest)[0], nested=True)
        return refused_below

    def _end_year(self, _line: int, _rest: str) -> Subdirective:
        self._dates.end_year()
        return refused_below

    def _market_price(self, line: int, rest: str) -> Subdirective:
        self._market_prices.read(line, split_comment(rest)[0])
        return refused_below


def passed_over(_line: int, _text: str) -> None:
    """Indented lines that belong to something that is named as refused, or that says nothing for a book."""


def refused_below(_line: int, text: str) -> None:
    """Indented lines where none belong; a comment is none of them."""
    if text[0] not in ";#*":
        raise LineRefused(
            N_("an indented line that belongs to no transaction: begin a transaction with its date before it")
        )


def _word_and_rest(text: str) -> tuple[str, str]:
    """The directive's word or words and what follows; `Y2026`, `P2026-1-31`, `=query` and `~ monthly` need no blank."""
    if text[0] in "=~" or (text[0] in "YP" and text[1:2].isdigit()):
        return text[0], text[1:].strip(" \t")
    words = text.split(None, 3) or [text]
    for length in (3, 2):
        joined = " ".join(words[:length])
        if len(words) >= length and joined in _TWO_AND_THREE_WORDS:
            return joined, " ".join(words[length:])
    word = words[0]
    return word.lstrip("!@") if word[1:] else word, text[len(word) :].strip(" \t")
