"""What does a search ask for? The small language of `/` and of `journal`, read into conditions.

Words must all be found, in payee, memo, reference, tags or account names; `or` and parentheses join, `-` or `not` deny.
`payee:` `memo:` `account:` `tag:` `reference:` `currency:` look in one place, `party:KEY` on its accounts.
`amount:>100` compares without regard to the side, `debit:>100` and `credit:>100` on one side, `side:debit` any debit;
`date:2026-Q1` and `month-1` are days, `status:cleared`, `is:void`, `data.KEY:value`, `#1042`. Quotes keep
blanks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tui_ledger.errors import InvalidAmount, InvalidQuery
from tui_ledger.ledger.query_amounts import AmountRange, amount_range, on_side
from tui_ledger.ledger.query_days import DayRange, day_range, relative_days
from tui_ledger.text import storable
from tui_ledger.words import N_, Said

STATUSES = ("uncleared", "cleared", "reconciled")
SIDES = ("debit", "credit")
MARKS = ("void", "reversed", "reversal", "closing", "imported")
LONGEST, MOST_PARTS = 1_000, 100
PLACES = ("payee", "memo", "account", "tag", "reference", "currency", "party")
PREFIXES = (*PLACES, "amount", *SIDES, "side", "date", "status", "is", "data")
_SHORT = {"ref": "reference", "acct": "account", "cur": "currency", "desc": "memo", "amt": "amount"}


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions; none of them is everything."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several conditions."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever a condition leaves out."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Contains:
    """A text somewhere, or in one place: one of `PLACES`. A tag, a currency and a party's key are compared whole."""

    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A posting's amount, without its side unless the range has one."""

    range: AmountRange


@dataclass(frozen=True, slots=True)
class Days:
    """The transaction's day, both ends inclusive."""

    range: DayRange


@dataclass(frozen=True, slots=True)
class Status:
    """The status of a transaction's least settled posting: one of `STATUSES`."""

    status: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a transaction: one of `MARKS`."""

    mark: str


@dataclass(frozen=True, slots=True)
class Number:
    """The transaction of a number."""

    number: int


@dataclass(frozen=True, slots=True)
class HasData:
    """A key of the extra data, whose value has the text."""

    key: str
    text: str


Condition = Every | Either | Not | Contains | Amount | Days | Status | Marked | Number | HasData


def parties_named(condition: Condition) -> tuple[str, ...]:
    """The keys of the parties that a condition asks for, as they were typed."""
    match condition:
        case Every(parts) | Either(parts):
            return tuple(key for part in parts for key in parties_named(part))
        case Not(part):
            return parties_named(part)
        case Contains(text, "party"):
            return (text,)
    return ()


def parse_query(text: str, today: date) -> Condition:
    """The condition a query states; a blank one is everything. `today` is what `month-1` counts from.

    Raises InvalidQuery, whose `at` is the place of the fault in the text.
    """
    if not storable(text):
        raise InvalidQuery(reason=N_("it holds a character no text can have"), at=1)
    if len(text) > LONGEST:
        raise InvalidQuery(reason=Said("it is longer than {longest} characters", longest=LONGEST), at=LONGEST + 1)
    tokens = _tokens(text)
    if len(tokens) > MOST_PARTS:
        raise InvalidQuery(
            reason=Said("it has more than {most_parts} parts", most_parts=MOST_PARTS), at=tokens[MOST_PARTS].at + 1
        )
    return _Reader(tokens, today).everything()


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a query: its text without quotes, where it begins, and whether quotes kept it literal."""

    text: str
    at: int
    literal: bool = False
    kind: str = "word"


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place, depth = 0, 0
    while place < len(text):
        character = text[place]
        if character.isspace():
            place += 1
        elif character == "(":
            tokens.append(_Token("(", place, kind="("))
            place, depth = place + 1, depth + 1
        elif character == ")" and depth:
            tokens.append(_Token(")", place, kind=")"))
            place, depth = place + 1, depth - 1
        elif character == "-" and place + 1 < len(text) and not text[place + 1].isspace():
            tokens.append(_Token("-", place, kind="-"))
            place += 1
        else:
            token, place = _word(text, place, closes=depth > 0)
            tokens.append(token)
    return tokens


def _word(text: str, start: int, *, closes: bool) -> tuple[_Token, int]:
    """A word up to the next blank outside quotes; a quoted word is taken as it is."""
    word, place, quote = "", start, ""
    while place < len(text):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
            word += "" if not quote else character
        elif character == '"':
            quote = character
        elif character.isspace() or (closes and character == ")"):
            break
        else:
            word += character
        place += 1
    if quote:
        raise InvalidQuery(reason=N_("a quotation mark is never closed"), at=start + 1)
    return _Token(word, start, literal=text[start] == '"'), place


class _Reader:
    """Reads tokens into a condition, one after the other."""

    def __init__(self, tokens: list[_Token], today: date) -> None:
        self._tokens = tokens
        self._place = 0
        self._today = today

    def everything(self) -> Condition:
        found = self._either()
        rest = self._next()
        if rest is not None:
            raise InvalidQuery(reason=Said("`{text}` stands where nothing can", text=rest.text), at=rest.at + 1)
        return found

    def _either(self) -> Condition:
        parts = [self._every()]
        while self._is_or():
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _is_or(self) -> bool:
        token = self._peek()
        if token is None or token.kind != "word" or token.literal or token.text.lower() != "or":
            return False
        self._place += 1
        following = self._peek()
        if self._place == 1 or following is None or following.kind == ")":
            raise InvalidQuery(reason=N_("`or` stands between two conditions"), at=token.at + 1)
        return True

    def _every(self) -> Condition:
        parts: list[Condition] = []
        while (token := self._peek()) is not None and token.kind != ")":
            if not token.literal and token.kind == "word" and token.text.lower() == "or":
                break
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Condition:
        token = self._taken()
        if token.kind == "-" or self._is_not(token):
            if self._peek() is None:
                raise InvalidQuery(reason=N_("`-` denies what follows it, and nothing does"), at=token.at + 1)
            return Not(self._one())
        if token.kind == "(":
            found = self._either()
            closing = self._next()
            if closing is None or closing.kind != ")":
                raise InvalidQuery(reason=N_("a parenthesis is never closed"), at=token.at + 1)
            return found
        return _term(token, self._today)

    def _is_not(self, token: _Token) -> bool:
        """Whether a word is `not` before something it can deny; at the end it is a word like any other."""
        following = self._peek()
        can_deny = following is not None and following.kind != ")"
        return token.kind == "word" and not token.literal and token.text.lower() == "not" and can_deny

    def _peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _next(self) -> _Token | None:
        token = self._peek()
        self._place += token is not None
        return token

    def _taken(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]


def _term(token: _Token, today: date) -> Condition:
    if token.literal and not token.text:
        raise InvalidQuery(reason=N_("nothing stands between the quotation marks"), at=token.at + 1)
    if token.literal:
        return Contains(token.text)
    if token.text.startswith("#"):
        return Number(_number(token))
    name, colon, value = token.text.partition(":")
    if colon:
        found = _prefixed(name.lower(), value, token, today)
        if found is not None:
            return found
    days = relative_days(token.text.lower(), today)
    return Contains(token.text) if days is None else Days(days)


def _prefixed(name: str, value: str, token: _Token, today: date) -> Condition | None:
    """The condition of `name:value`; None where the name is none of ours, such as the top of an account's name."""
    key, dot, rest = token.text.partition(":")[0].partition(".")
    if key.lower() == "data" and dot:
        return HasData(rest, value)
    name = _SHORT.get(name, name)
    if name not in PREFIXES:
        from difflib import get_close_matches

        near = get_close_matches(name, PREFIXES, n=1, cutoff=0.8)
        if near and token.text[: len(name)].islower():
            raise InvalidQuery(
                reason=Said("`{name}:` is no part of a query; did you mean `{near}:`?", name=name, near=near[0]),
                at=token.at + 1,
            )
        return None
    if not value:
        raise InvalidQuery(reason=Said("`{name}:` needs something behind it", name=name), at=token.at + 1)
    return _of_place(name, value, token, today)


def _of_place(name: str, value: str, token: _Token, today: date) -> Condition:
    if name == "amount" or name in SIDES:
        try:
            return Amount(amount_range(value) if name == "amount" else on_side(name, value))
        except InvalidAmount:
            reason = Said(
                "`{value}` is no amount; write {name}:100, {name}:>1000.50 or {name}:10..20, with a point and nothing "
                "between thousands",
                value=value,
                name=name,
            )
            raise InvalidQuery(reason=reason, at=token.at + 1) from None
    if name == "side":
        return Amount(on_side(_one_of(value, SIDES, "side", token)))
    if name == "date":
        days = day_range(value.lower(), today)
        if days is None:
            reason = Said(
                "`{value}` is no day or period; write 2026, 2026-03, 2026-Q1, 2026-01-31, A..B or month-1", value=value
            )
            raise InvalidQuery(reason=reason, at=token.at + 1)
        return Days(days)
    if name == "status":
        return Status(_one_of(value, STATUSES, "status", token))
    if name == "is":
        return Marked(_one_of(value, MARKS, "mark", token))
    if name == "data":
        raise InvalidQuery(reason=N_("name the key of the extra data, as in `data.paymentId:abc`"), at=token.at + 1)
    return Contains(value, name)


def _one_of(value: str, known: tuple[str, ...], what: str, token: _Token) -> str:
    found = [one for one in known if one.startswith(value.lower())]
    if len(found) != 1:
        raise InvalidQuery(
            reason=Said(
                "`{value}` is no {what}; use {names} or {known}",
                value=value,
                what=what,
                names=", ".join(known[:-1]),
                known=known[-1],
            ),
            at=token.at + 1,
        )
    return found[0]


def _number(token: _Token) -> int:
    digits = token.text[1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise InvalidQuery(
            reason=Said("`{text}` is no transaction number; write it like #1042", text=token.text), at=token.at + 1
        )
    return int(digits)
