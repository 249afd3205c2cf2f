"""Which items does a table of old balances hold? One a row: id, user, time, type, message, amount, balance."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

from tui_ledger.errors import AmountTooLarge, InvalidParty, TooManyDecimals
from tui_ledger.importing.refusals import LineRefused, Refusals, one_of, quoted
from tui_ledger.importing.source import TextFile, first_text
from tui_ledger.ledger.journal import MEMO_LIMIT
from tui_ledger.ledger.parties import checked_key, checked_purpose
from tui_ledger.ledger.values import DEFAULT_PURPOSE
from tui_ledger.money import Currency, Money, is_plain_number, parse_units
from tui_ledger.text import TEXT_LIMIT, storable
from tui_ledger.words import N_, Said

_SPELLINGS = {
    "id": ("id", "bid", "item", "item_id"),
    "user": ("user", "uid", "user_id", "userid", "party", "member"),
    "time": ("time", "timestamp", "date", "created", "created_at", "datetime"),
    "type": ("type", "kind"),
    "message": ("message", "memo", "description", "note", "text"),
    "amount": ("amount", "sum"),
    "balance": ("balance", "balance_after", "running_balance"),
    "name": ("name", "username", "user_name", "display_name"),
    "purpose": ("purpose", "instance"),
}
NEEDED = ("id", "user", "time", "type", "amount")
_SEPARATORS = (",", ";", "\t")
_SECONDS = re.compile(r"-?[0-9]{1,12}")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
_DAY = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})\.?([T ].*)?")
_NO_TIME = N_("{text} is no time: it is seconds since 1970, or written like 2009-03-01 or 2009-03-01 10:15:00")
_NOT_IN_ORDER = N_("{text} is no day in the order {order}: it is written like {example}, a time may stand behind it")
_EXAMPLES = {"dmy": "31.01.2026", "mdy": "01/31/2026", "ymd": "2026/01/31"}
_GROUPS = "' \u2019\u00a0\u2009\u202f"
_MARKED = {
    mark: re.compile(
        rf"(?P<sign>[-+\u2212]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?P<group>[{other}{_GROUPS}])[0-9]{{3}}"
        rf"(?:(?P=group)[0-9]{{3}})*)(?:[{mark}](?P<decimals>[0-9]+))?"
    )
    for mark, other in ((".", ","), (",", "."))
}
DECIMAL_MARKS, DATE_ORDERS = tuple(_MARKED), ("dmy", "mdy", "ymd")
_LONGEST_ID = 60
_WIDE = Context(prec=100)
_LOOKED_AT_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is read: in which currency, amounts rounded to its digits or not, days by the clocks of a zone (None
    for this computer's), messages with their HTML entities undone or not, for which purpose unless a row says.

    `decimal_mark` is '.' or ',': None for plain numbers, which have nothing between thousands. `date_order` is 'dmy',
    'mdy' or 'ymd' for days written so, beside seconds and ISO 8601.
    """

    currency: Currency
    rounds: bool = False
    unescapes: bool = False
    zone: tzinfo | None = None
    purpose: str = DEFAULT_PURPOSE
    decimal_mark: str | None = None
    date_order: str | None = None


@dataclass(frozen=True, slots=True)
class OldItem:
    """A row that could be read, from `line` to `last_line`. `amount` is above zero where the user is owed more by it,
    `balance` what the user was owed after it, to the currency's digits (None where the table says nothing), `is_exact`
    whether that is all of what is written, `written_balance` the same as written.

    `digest` is the same as long as the row says the same.
    """

    line: int
    last_line: int
    id: str
    user: str
    purpose: str
    name: str | None
    moment: str
    date: date
    message: str
    amount: Money
    is_negative: bool
    balance: Money | None
    is_exact: bool
    written_balance: str
    digest: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others of its purpose."""
        return self.purpose, self.id


class ItemReader:
    """Reads one table, row by row; what cannot be read goes to `refusals`, and reading goes on behind it.

    `passed_over` are the heads of columns that nobody knows.
    """

    def __init__(self, source: TextFile, reading: Reading, refusals: Refusals) -> None:
        self._source = source
        self._reading = reading
        self._refusals = refusals
        self._separator = _separator(next(source.lines(), ""))
        self._found: dict[str, int] = {}
        self.passed_over: tuple[str, ...] = ()

    def items(self) -> Iterator[OldItem]:
        """Each row that can be read, in the order of the file; may be asked for again."""
        rows = csv.reader(self._source.lines(), delimiter=self._separator, strict=True)
        columns: dict[str, int] | None = None
        while not self._refusals.is_hopeless:
            line = rows.line_num + 1
            try:
                row = next(rows, None)
                if row is None:
                    break
                if columns is None:
                    columns = self._found = self._columns(row)
                elif any(cell.strip() for cell in row):
                    yield self._item(line, rows.line_num, row)
            except csv.Error as problem:
                self._refusals.refuse(line, Said("the row cannot be read as CSV ({problem})", problem=problem))
                return
            except LineRefused as refused:
                self._refusals.refuse(line, refused.reason)
                if columns is None:
                    return
        if columns is None:
            self._refusals.refuse(1, N_("the table is empty: its first row names its columns"))

    def item_at(self, first: int, last: int) -> OldItem:
        """The item of some lines that was read before."""
        text = self._source.text_of(first, last)
        row = next(csv.reader(io.StringIO(text, newline="\n"), delimiter=self._separator, strict=True))
        return self._item(first, last, row)

    def _columns(self, head: Sequence[str]) -> dict[str, int]:
        found = columns_of(head)
        missing = [name for name in NEEDED if name not in found]
        if missing:
            raise LineRefused(
                Said("no column is called {names}: the first row names the columns", names=one_of(missing))
            )
        self.passed_over = tuple(name.strip() for place, name in enumerate(head) if place not in found.values())
        return found

    def _item(self, line: int, last_line: int, row: Sequence[str]) -> OldItem:
        columns = self._found
        if len(row) <= max(columns.values()):
            raise LineRefused(Said("the row has {count} fields, too few for its columns", count=len(row)))
        cells = {name: row[place].strip() for name, place in columns.items()}
        reading = self._reading
        moment, day = _moment(cells["time"], reading)
        number = _number(cells["amount"], N_("amount"), reading.decimal_mark)
        credits = _is_credit(cells["type"])
        amount = _money(number if credits else number.copy_negate(), cells["amount"], reading)
        written = cells.get("balance", "")
        balance, is_exact = _balance(written, reading)
        user, purpose = _called(cells["user"], cells.get("purpose") or reading.purpose)
        said = (user, str(credits), f"{number.normalize(_WIDE):f}", cells.get("message", ""), _instant(moment), written)
        return OldItem(
            line=line,
            last_line=last_line,
            id=_id(cells["id"]),
            user=user,
            purpose=purpose,
            name=_name(cells.get("name", "")),
            moment=moment,
            date=day,
            message=_message(cells.get("message", ""), unescapes=reading.unescapes),
            amount=amount,
            is_negative=number < 0,
            balance=balance,
            is_exact=is_exact,
            written_balance=written,
            digest=hashlib.sha256("\0".join(said).encode()).hexdigest()[:16],
        )


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Which column has what, by the names in a head; the first of several that fit is meant."""
    names = [re.sub(r"[\s-]+", "_", name.strip().casefold()) for name in head]
    found: dict[str, int] = {}
    for column, spellings in _SPELLINGS.items():
        place = next((names.index(one) for one in spellings if one in names), None)
        if place is not None:
            found[column] = place
    return found


def is_same_moment(one: str, other: str) -> bool:
    """Whether two times of items are one moment, whatever zones they are told in."""
    try:
        return _instant(one) == _instant(other)
    except ValueError:
        return one == other


def looks_like_items(path: str | Path) -> bool:
    """Whether a file begins like a table of balance items; raises FileNotReadable for what is no file."""
    head = first_text(Path(path), _LOOKED_AT_BYTES).partition("\n")[0].rstrip("\r")
    try:
        row = next(csv.reader([head], delimiter=_separator(head)), [])
    except csv.Error:
        return False
    return all(name in columns_of(row) for name in NEEDED)


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)


def _id(text: str) -> str:
    if not text or len(text) > _LONGEST_ID or not storable(text):
        raise LineRefused(
            Said(
                "{text} is no id: it is a text of 1 to {longest_id} characters",
                text=quoted(text),
                longest_id=_LONGEST_ID,
            )
        )
    return text


def _called(user: str, purpose: str) -> tuple[str, str]:
    try:
        return checked_key(user), checked_purpose(purpose)
    except InvalidParty as refusal:
        raise LineRefused(str(refusal).rstrip(".")) from None


def _name(text: str) -> str | None:
    if len(text) > TEXT_LIMIT or not storable(text):
        raise LineRefused(
            Said(
                "the name {text} is longer than {text_limit} characters, or none that can be kept",
                text=quoted(text),
                text_limit=TEXT_LIMIT,
            )
        )
    return text or None


def _is_credit(text: str) -> bool:
    word = text.casefold()
    if word not in ("credit", "debit"):
        raise LineRefused(Said("{text} is no type: it is credit or debit", text=quoted(text)))
    return word == "credit"


def _moment(written: str, reading: Reading) -> tuple[str, date]:
    """When it was, as ISO 8601 with the zone's offset, and its day there; a day alone has no time."""
    text, zone = _in_iso(written, reading.date_order), reading.zone
    if not (_SECONDS.fullmatch(text) or _ISO.fullmatch(text)):
        raise _no_time(written, reading.date_order)
    try:
        if _SECONDS.fullmatch(text):
            moment = datetime.fromtimestamp(int(text), tz=zone).astimezone(zone)
        elif len(text) == len("2026-01-31"):
            return text, date.fromisoformat(text)
        else:
            read = datetime.fromisoformat(text)
            moment = (read if read.tzinfo is not None or zone is None else read.replace(tzinfo=zone)).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        raise _no_time(written, reading.date_order) from None
    return moment.isoformat(), moment.date()


def _no_time(written: str, order: str | None) -> LineRefused:
    if order is None:
        return LineRefused(Said(_NO_TIME, text=quoted(written)))
    return LineRefused(Said(_NOT_IN_ORDER, text=quoted(written), order=order, example=_EXAMPLES[order]))


def _in_iso(text: str, order: str | None) -> str:
    """A day written in an order, with a time or without, as ISO 8601; any other text as it is."""
    found = _DAY.fullmatch(text) if order is not None else None
    if found is None or order is None:
        return text
    fields = dict(zip("ymd" if len(found[1]) == len("2026") else order, found.group(1, 3, 4), strict=True))
    if len(fields["y"]) != len("2026") or max(len(fields["m"]), len(fields["d"])) > len("31"):
        return text
    return f"{fields['y']}-{fields['m']:0>2}-{fields['d']:0>2}{found[5] or ''}"


def _instant(moment: str) -> str:
    """The same for one moment, whatever zone it is told in."""
    return moment if len(moment) == len("2026-01-31") else datetime.fromisoformat(moment).astimezone(UTC).isoformat()


def _number(text: str, what: str, mark: str | None) -> Decimal:
    if mark is not None:
        return _marked_number(text, what, mark)
    if is_plain_number(text):
        return Decimal(text)
    raise LineRefused(
        Said(
            "{text} is no {what}: write it like 1450.00, without anything between thousands",
            text=quoted(text),
            what=what,
        )
    )


def _marked_number(text: str, what: str, mark: str) -> Decimal:
    """A number with the mark before its decimals, and whole groups of three before it or none."""
    found = _MARKED[mark].fullmatch(text)
    if found is None:
        raise LineRefused(
            Said("{text} is no {what} with {mark} before its decimals", text=quoted(text), what=what, mark=quoted(mark))
        )
    whole = "".join(digit for digit in found["whole"] if digit.isdecimal())
    return Decimal(f"{found['sign'].replace(chr(0x2212), '-')}{whole}.{found['decimals'] or '0'}")


def _money(number: Decimal, written: str, reading: Reading) -> Money:
    currency = reading.currency
    if reading.rounds:
        number = number.quantize(Decimal(1).scaleb(-currency.digits), ROUND_HALF_UP, _WIDE)
    try:
        return Money(parse_units(number, currency), currency)
    except AmountTooLarge:
        raise LineRefused(Said("the amount {text} is larger than a book can hold", text=quoted(written))) from None
    except TooManyDecimals:
        finer = Said(
            "the amount {amount} is finer than the {digits} decimals of {currency}: import with --round, or into a "
            "currency with more digits",
            amount=quoted(written),
            digits=currency.digits,
            currency=currency,
        )
        raise LineRefused(finer) from None


def _balance(written: str, reading: Reading) -> tuple[Money | None, bool]:
    """A stored balance, to the currency's digits, and whether that is all of it."""
    if not written:
        return None, True
    number = _number(written, N_("balance"), reading.decimal_mark)
    rounded = _money(number, written, Reading(reading.currency, rounds=True))
    return rounded, reading.rounds or rounded.amount == number


def _message(text: str, *, unescapes: bool) -> str:
    message = html.unescape(text) if unescapes else text
    if len(message) > MEMO_LIMIT or not storable(message):
        raise LineRefused(
            Said(
                "the message holds more than {memo_limit} characters, or one that no text can have",
                memo_limit=MEMO_LIMIT,
            )
        )
    return message
