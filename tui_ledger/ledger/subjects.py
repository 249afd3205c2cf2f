"""What does the history leave of everything that is no transaction? Accounts, currencies, prices, closes, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tui_ledger.ledger.database import Row
from tui_ledger.ledger.history import ATTACHMENTS, TAX_CODE, canonical
from tui_ledger.text import name_key

Body = Mapping[str, Any]

WITHOUT_ROWS = frozenset({"balances"})
"""Kinds of subjects that change no fact: a rebuild of stored balances says in the history what it put right."""

_ACCOUNT_TEXTS = ("code", "purpose", "statement_line", "tax_code", "opened", "closed")


def kind_of(subject: str) -> str:
    """The first word of a subject: account, currency, price, setting, book, period."""
    return subject.partition(" ")[0]


def units(text: str, digits: int) -> int:
    """Minor units of a plain decimal text, whatever digits it was written with."""
    whole, _, decimals = text.partition(".")
    if len(decimals) == digits:
        return int(whole + decimals)
    if decimals[digits:].strip("0"):
        raise ValueError(f"{text} has more than {digits} digits")
    return int(whole + decimals[:digits].ljust(digits, "0"))


@dataclass(slots=True)
class StandingCloses:
    """The closes of periods that stand, followed through the history: last day to (act, closing transaction)."""

    closed_through: str | None = None
    closes: dict[str, tuple[int, int | None]] = field(default_factory=dict)

    def follow(self, act: int, body: Body) -> None:
        """A close sets the lock later and adds a row, a reopening sets it earlier and takes the later rows out."""
        through: str | None = body["closed_through"]
        if through is not None and (self.closed_through is None or through > self.closed_through):
            self.closes[through] = (act, body.get("closing_transaction"))
        else:
            for day in [day for day in self.closes if through is None or day > through]:
                del self.closes[day]
        self.closed_through = through

    def rows(self) -> list[Row]:
        """(through, change, closing_transaction), by day."""
        return [(day, *said) for day, said in sorted(self.closes.items())]


@dataclass(slots=True)
class Subjects:
    """The last body of each thing the history names, transactions aside.

    The body of the book says what changed of it; what it is silent about stays. A tax rate's body names its account as
    it was called then: here it has the account's row in its place, which is kept through renames.
    """

    book: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    periods: StandingCloses = field(default_factory=StandingCloses)
    _accounts: dict[str, int] = field(default_factory=dict)

    def follow(self, act: int, subject: str, after: str | None) -> None:
        """One change of a subject, in the order of the history."""
        kind = kind_of(subject)
        if kind == "book":
            self.book.update(json.loads(after or "{}"))
        elif kind == "period":
            self.periods.follow(act, json.loads(after or '{"closed_through":null}'))
        elif after is None:
            self.bodies.pop(subject, None)
        elif kind == TAX_CODE:
            self.bodies[subject] = self._with_account_row(after)
        elif kind not in WITHOUT_ROWS:
            self.bodies[subject] = after
        if kind == "account" and after is not None:
            self._accounts[json.loads(after)["name"]] = int(subject[8:])

    def digits(self) -> dict[str, int]:
        """The digits of each currency as they are in the end."""
        found = {body["code"]: int(body["digits"]) for _, body in self._of("currency")}
        return {**found, str(self.book["currency"]): int(self.book["digits"])}

    def rows(self) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
        """(table, columns, rows) of every table but those of transactions and of the book, in the order they can be
        written. Raises ValueError, KeyError and their kin for bodies that cannot be."""
        digits = self.digits()
        parties = {body["key"]: int(name) for name, body in self._of("party")}
        names = {body["code"]: body.get("name") for _, body in self._of("currency")}
        accounts = [(int(name), body) for name, body in self._of("account")]
        yield "settings", ("name", "value"), [(name, canonical(body["value"])) for name, body in self._of("setting")]
        yield "currencies", ("code", "digits", "name"), [(code, of, names.get(code)) for code, of in digits.items()]
        yield from self._kept("price", "prices", ("currency", "in_currency", "date", "rate"))
        yield (
            "parties",
            ("id", "key", "key_fold", "name", "active", "data"),
            [_party_row(int(name), body) for name, body in self._of("party")],
        )
        yield (
            "users",
            ("id", "name", "name_fold", "role", "party", "active"),
            [_user_row(int(name), body, parties) for name, body in self._of("user")],
        )
        yield "accounts", ACCOUNT_COLUMNS, [account_row(row, body, digits, parties) for row, body in accounts]
        yield from self._kept(TAX_CODE, "tax_codes", ("code", "date_from", "rate", "name", "account"))
        yield (
            "account_attributes",
            ("name", "value", "account"),
            [(name, value, row) for row, body in accounts for name, value in body.get("attributes", {}).items()],
        )
        yield from self._kept("fiscal-year", "fiscal_years", ("first_day", "last_day"))
        yield "period_closes", ("through", "change", "closing_transaction"), self.periods.rows()

    def referrals(self) -> list[Row]:
        """(the party that refers, the party referred), written once all parties are there."""
        parties = {body["key"]: int(name) for name, body in self._of("party")}
        return [
            (parties[body["referred_by"]], int(name))
            for name, body in self._of("party")
            if body.get("referred_by") is not None
        ]

    def users_with_passphrase(self) -> list[str]:
        """The names of users to whom one was set, which the history does not have."""
        return sorted(body["name"] for _, body in self._of("user") if "passphrase" in body)

    def attachments(self) -> list[Row]:
        """(transaction, place, address) of what is attached, written once the transactions are there."""
        return [
            (int(number), place, address)
            for number, body in self._of(ATTACHMENTS)
            for place, address in enumerate(body["addresses"], 1)
        ]

    def _with_account_row(self, text: str) -> str:
        body = json.loads(text)
        return canonical({**body, "account": self._accounts[body["account"]]}) if "account" in body else text

    def _of(self, kind: str) -> Iterator[tuple[str, Any]]:
        for subject, text in self.bodies.items():
            if kind_of(subject) == kind:
                yield subject[len(kind) + 1 :], json.loads(text)

    def _kept(
        self, kind: str, table: str, columns: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
        """A table whose columns are the names of the body."""
        yield table, columns, [tuple(body.get(column) for column in columns) for _, body in self._of(kind)]


ACCOUNT_COLUMNS = (
    "id", "name", "name_key", "type", "currency", "party", "minimum", "cash", "placeholder", *_ACCOUNT_TEXTS,
)  # fmt: skip


def account_row(row: int, body: Body, digits: Mapping[str, int], parties: Mapping[str, int]) -> Row:
    """An account's row of the table, its columns as `ACCOUNT_COLUMNS`."""
    minimum, party = body.get("minimum"), body.get("party")
    return (
        row,
        body["name"],
        name_key(body["name"]),
        body["type"],
        body["currency"],
        None if party is None else parties[party],
        None if minimum is None else units(minimum, digits[body["currency"]]),
        int(body.get("cash", False)),
        int(body.get("placeholder", False)),
        *(body.get(name) for name in _ACCOUNT_TEXTS),
    )


def _user_row(row: int, body: Body, parties: Mapping[str, int]) -> Row:
    """A user's row; what a passphrase is checked with is not in the history."""
    party = None if body.get("party") is None else parties[body["party"]]
    return row, body["name"], name_key(body["name"]), body["role"], party, int(body.get("active", True))


def _party_row(row: int, body: Body) -> Row:
    data = canonical(body.get("data", {}))
    return row, body["key"], name_key(body["key"]), body["name"], int(body.get("active", True)), data
