"""Which accounts are there? The chart of accounts as it is read, and how one of them is found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from tui_ledger.errors import AmbiguousAccount, EmptyFilter, InvalidCurrency, InvalidName, UnknownAccount
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.values import Account, AccountLike, AccountType
from tui_ledger.money import Currency, Money, iso_digits
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said, Several

_COLUMNS = (
    "SELECT a.id, a.name, a.type, a.currency, a.code, p.key, a.minimum, a.cash, a.statement_line, a.tax_code, "
    "a.opened, a.closed, a.placeholder, a.purpose FROM accounts a LEFT JOIN parties p ON p.id = a.party"
)


class Chart:
    """Accounts and currencies of one book, kept in memory as long as its `accounts_revision` stays the same."""

    def __init__(self, database: BookDatabase) -> None:
        self._database = database
        self._revision: int | None = None
        self._by_id: dict[int, Account] = {}
        self._id_by_key: dict[str, int] = {}
        self._currencies: dict[str, Currency] = {}
        self._all: tuple[Account, ...] | None = None

    def refresh(self, revision: int) -> None:
        """Forgets what was read when the revision is another one."""
        if revision != self._revision:
            self.forget()
            self._revision = revision

    def forget(self) -> None:
        self._revision = None
        self._by_id, self._id_by_key, self._currencies, self._all = {}, {}, {}, None

    def all(self) -> tuple[Account, ...]:
        """Every account, closed ones too, a parent before its sub-accounts, names in order."""
        if self._all is None:
            attributes = self._attributes_of_all()
            found = [self._account(row, attributes.get(row[0], {})) for row in self._database.rows(_COLUMNS)]
            self._all = tuple(sorted(found, key=lambda account: name_key(account.name).split(":")))
        return self._all

    def find(self, account: AccountLike) -> Account:
        """The one account meant by an Account, a full name, a code, attributes (`{"user": 7}` or '{user=7}'), or a
        whole number: its row, or its code where no row has that number.

        Names are compared without regard to case, width and blanks. Raises UnknownAccount, EmptyFilter, and
        AmbiguousAccount, also where a number is the row of one account and the code of another.
        """
        if isinstance(account, Account):
            return self.by_id(account.id, account.name)
        if isinstance(account, Mapping):
            return self._matching(account)
        if isinstance(account, int) and not isinstance(account, bool):
            return self._numbered(account)
        text = str(account)
        if text.startswith("{"):
            return self._matching(parse_attributes(text))
        found = self.named(text) or self._coded(text)
        if found is None:
            raise UnknownAccount(account=text, nearest=self._nearest(text))
        return found

    def named(self, name: str) -> Account | None:
        """The account of a name, or None."""
        key = name_key(name)
        known = self._id_by_key.get(key)
        return self.by_id(known) if known is not None else self._read("a.name_key = ?", key)

    def by_id(self, row: int, name: str = "") -> Account:
        found = self._by_id.get(row) or self._read("a.id = ?", row)
        if found is None:
            raise UnknownAccount(account=name or row)
        return found

    def below(self, name: str) -> list[Account]:
        """The sub-accounts of a name, whether or not it is an account itself."""
        prefix = name_key(name) + ":"
        return [account for account in self.all() if name_key(account.name).startswith(prefix)]

    def digits_of(self, code: str) -> int | None:
        """The digits of a currency the book knows, else of ISO 4217, else None."""
        try:
            return self.currency(code).digits
        except InvalidCurrency:
            return iso_digits(code)

    def currency(self, code: str) -> Currency:
        """A currency the book knows, with the digits it was fixed at; raises InvalidCurrency."""
        known = self._currencies.get(code)
        if known is None:
            digits = self._database.value("SELECT digits FROM currencies WHERE code = ?", (code,))
            if digits is None:
                advice = Said(
                    "add it first, with `currency add {code}{value}`",
                    code=code,
                    value="" if iso_digits(code) is not None else " --digits N",
                )
                raise InvalidCurrency(code=code, advice=advice)
            known = self._currencies[code] = Currency(code, digits)
        return known

    def _matching(self, attributes: Mapping[str, object]) -> Account:
        wanted = {str(name): str(value) for name, value in attributes.items()}
        if not wanted:
            raise EmptyFilter
        pairs = list(wanted.items())
        condition = " AND ".join(
            "a.id IN (SELECT account FROM account_attributes WHERE name = ? AND value = ?)" for _ in pairs
        )
        found = self._database.rows(
            f"SELECT a.id, a.name FROM accounts a WHERE {condition} ORDER BY a.name LIMIT 4",
            [text for pair in pairs for text in pair],
        )
        shown = "{" + ",".join(f"{name}={value}" for name, value in pairs) + "}"
        if not found:
            raise UnknownAccount(account=shown)
        if len(found) > 1:
            names = Several([*(row[1] for row in found[:3]), *(["…"] if len(found) > 3 else [])])
            raise AmbiguousAccount(account=shown, names=names)
        return self.by_id(found[0][0])

    def _numbered(self, number: int) -> Account:
        row = self._by_id.get(number) or (self._read("a.id = ?", number) if 0 < number < 2**63 else None)
        coded = self._coded(str(number))
        if row is not None and coded is not None and row.id != coded.id:
            names = Said("{one} by its row, {other} by its code", one=row.name, other=coded.name)
            raise AmbiguousAccount(account=number, names=names)
        found = row or coded
        if found is None:
            raise UnknownAccount(account=number)
        return found

    def _coded(self, code: str) -> Account | None:
        return self._read("a.code = ?", code.strip())

    def _read(self, condition: str, parameter: object) -> Account | None:
        row = self._database.row(f"{_COLUMNS} WHERE {condition}", (parameter,))
        if row is None:
            return None
        attributes = self._database.rows("SELECT name, value FROM account_attributes WHERE account = ?", (row[0],))
        return self._account(row, dict(attributes))

    def _account(self, row: Row, attributes: Mapping[str, str]) -> Account:
        with self._database.decoding():
            currency = self.currency(row[3])
            account = Account(
                id=row[0],
                name=row[1],
                type=AccountType(row[2]),
                currency=currency,
                code=row[4],
                party=row[5],
                purpose=row[13],
                minimum=None if row[6] is None else Money(row[6], currency),
                cash=bool(row[7]),
                statement_line=row[8],
                tax_code=row[9],
                opened=_day(row[10]),
                closed=_day(row[11]),
                placeholder=bool(row[12]),
                attributes=dict(attributes),
            )
            self._by_id[account.id] = account
            self._id_by_key[name_key(account.name)] = account.id
            return account

    def _attributes_of_all(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for account, name, value in self._database.rows("SELECT account, name, value FROM account_attributes"):
            found.setdefault(account, {})[name] = value
        return found

    def _nearest(self, text: str) -> str:
        from difflib import get_close_matches

        names = {name_key(account.name): account.name for account in self.all()}
        leaves = {name_key(account.leaf): account.name for account in self.all()}
        close = get_close_matches(name_key(text), [*names, *leaves], n=1, cutoff=0.75)
        return (names.get(close[0]) or leaves[close[0]]) if close else ""


def parse_attributes(text: str) -> dict[str, str]:
    """The pairs of '{user=7,type="a, b"}'; raises InvalidName where it cannot be read, EmptyFilter for '{}'."""
    inside = text.strip()
    if not (inside.startswith("{") and inside.endswith("}")):
        raise InvalidName(name=text, reason=N_("a filter is written {name=value,…}"))
    pairs: dict[str, str] = {}
    for part in _split_pairs(inside[1:-1]):
        name, separator, value = part.partition("=")
        if not separator or not name.strip():
            raise InvalidName(name=text, reason=N_("a filter is written {name=value,…}"))
        if name.strip() in pairs:
            raise InvalidName(name=text, reason=Said("the filter names {name!r} twice", name=name.strip()))
        pairs[name.strip()] = _unquoted(value.strip())
    if not pairs:
        raise EmptyFilter
    return pairs


def _split_pairs(text: str) -> Iterable[str]:
    part, quote = "", ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == ",":
            yield part
            part = ""
            continue
        part += character
    if part.strip():
        yield part


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1]
    return value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
