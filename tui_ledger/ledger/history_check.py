"""Do the tables hold what the history says? Its chain, its last bodies, its anchors, in one pass."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from tui_ledger.ledger import users
from tui_ledger.ledger.accounts import account_body
from tui_ledger.ledger.anchors import Anchor
from tui_ledger.ledger.book import read_settings, read_state
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.findings import MASK, UNREADABLE, Findings, posting_digest, transaction_digest
from tui_ledger.ledger.history import ATTACHMENTS, GENESIS, TAX_CODE, canonical, chained_hash, stream_changes
from tui_ledger.ledger.journal import STATUS_NUMBERS
from tui_ledger.ledger.subjects import Subjects, units
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

# Without looking for blanks around, of which a canonical body has none.
_parse = json.JSONDecoder().raw_decode
_STATUSES = {status.value: number for status, number in STATUS_NUMBERS.items()}


def check_history(
    database: BookDatabase,
    chart: Chart,
    findings: Findings,
    over: Callable[[Iterator[Row]], Iterator[Row]],
    anchors: Iterable[Anchor],
) -> str:
    """Reads every change once; returns the last hash as hexadecimal text.

    Leaves a digest of each transaction's last body in `findings`, and reports what else is not as it says.
    """
    said, anchored = _Said(database, findings), _Anchored(anchors)
    previous, broken = GENESIS, False
    for expected, row in enumerate(over(stream_changes(database)), start=1):
        if not broken and not (row[0] == expected and _follows(previous, row)):
            broken = True
            found = Said("change {seq} does not follow from the one before", seq=row[0])
            findings.report("history-chain", transaction=row[3], found=found)
        previous = row[12] if isinstance(row[12], bytes) else b""
        anchored.passes(row[0], previous)
        try:
            said.follow(row)
        except UNREADABLE:
            findings.report("history-body", transaction=row[3], found=Said("change {seq} cannot be read", seq=row[0]))
    anchored.report(findings)
    said.compare(database, chart)
    return previous.hex()


def _follows(previous: bytes, row: Row) -> bool:
    try:
        return bool(chained_hash(previous, *row[:12]) == row[12])
    except UNREADABLE:
        return False


class _Anchored:
    """Which anchors the history passes through, as it is read."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._waiting: dict[int, list[Anchor]] = {}
        self._missed: list[tuple[Anchor, Said]] = []
        self._last = 0
        for anchor in anchors:
            self._waiting.setdefault(anchor.seq, []).append(anchor)

    def passes(self, seq: int, found: bytes) -> None:
        self._last = seq
        for anchor in self._waiting.pop(seq, ()):
            if anchor.head != found.hex():
                self._missed.append((anchor, Said("change {seq} has another hash, {hash}", seq=seq, hash=found.hex())))

    def report(self, findings: Findings) -> None:
        """The first anchor that is missed: those after it are, for the same reason."""
        end = Said("the history ends at change {seq}", seq=self._last)
        missed = self._missed + [(one, end) for seq, held in self._waiting.items() if seq > 0 for one in held]
        for anchor, found in sorted(missed, key=lambda one: one[0].seq)[:1]:
            noted = Said(
                "change {seq} with hash {hash}, noted at {at} for {about}",
                seq=anchor.seq,
                hash=anchor.head,
                at=anchor.at,
                about=anchor.about,
            )
            findings.report("anchor", expected=noted, found=found)


class _Said:
    """What the history says: the last body of each thing, account names followed through renames."""

    def __init__(self, database: BookDatabase, findings: Findings) -> None:
        self._findings = findings
        self._digits: dict[str, int] = dict(database.rows("SELECT code, digits FROM currencies"))
        self._accounts: dict[str, tuple[int, int]] = {}
        self._subjects = Subjects()

    def follow(self, row: Row) -> None:
        number, subject, after = row[3], row[4], row[11]
        if number is not None:
            self._follow_transaction(number, after)
        elif subject is not None:
            self._subjects.follow(row[1], subject, after)
            if after is not None and subject.startswith("account "):
                body = json.loads(after)
                self._accounts[body["name"]] = int(subject[8:]), self._digits.get(body["currency"], 0)

    def compare(self, database: BookDatabase, chart: Chart) -> None:
        """Reports each thing of which the tables say something else than its last body, and a lock or close."""
        stored, said = dict(_stored(database, chart)), dict(self._subjects.bodies)
        own = f"currency {read_state(database).currency}"
        if "name" not in json.loads(stored.get(own, "{}")):
            stored.pop(own, None)
        self._compare_periods(database)
        self._compare_book(database)
        said = users.without_lost_passphrases(said, stored)
        for subject in sorted(stored.keys() | said.keys()):
            if not _same(stored.get(subject), said.get(subject), self._digits):
                self._findings.report("history-body", expected=said.get(subject), found=stored.get(subject, subject))

    def _compare_periods(self, database: BookDatabase) -> None:
        periods = self._subjects.periods
        closed = read_state(database).closed_through
        found = None if closed is None else closed.isoformat()
        if periods.closed_through != found:
            self._findings.report("closed-period", expected=periods.closed_through, found=found)
        rows = database.rows("SELECT through, change, closing_transaction FROM period_closes ORDER BY through")
        if rows != periods.rows():
            expected, found_rows = (Said("closes {rows}", rows=one) for one in (periods.rows(), rows))
            self._findings.report("closed-period", expected=expected, found=found_rows)

    def _compare_book(self, database: BookDatabase) -> None:
        """The history of an older book does not say its key."""
        columns = ("currency", "strict", "fiscal_year_start", "book_key", "created_at")
        row = database.row(f"SELECT {', '.join(columns)} FROM book WHERE id = 1") or (None,) * len(columns)
        found = dict(zip(columns, row, strict=True))
        found |= {"strict": bool(found["strict"]), "digits": self._digits.get(str(found["currency"]))}
        said = self._subjects.book
        known = {name: value for name, value in found.items() if name in said or name not in ("book_key", "created_at")}
        if known != said:
            self._findings.report("history-body", expected=canonical(said) if said else None, found=canonical(known))

    def _follow_transaction(self, number: int, after: str | None) -> None:
        findings = self._findings
        if not 1 <= number <= findings.last or after is None:
            findings.report("history-body", transaction=number, found=N_("no such transaction in the tables"))
            return
        body, end = _parse(after)
        if end != len(after):
            raise ValueError(Said("the body of transaction {number} does not end where it should", number=number))
        findings.history[number] = self._digest(number, body) & MASK

    def _digest(self, number: int, body: Mapping[str, Any]) -> int:
        """The sum of the digests the tables give for the same."""
        of, day, accounts = body.get, body["date"], self._accounts
        tags, content = of("tags"), of("data")
        total = transaction_digest(
            (
                number,
                day,
                of("memo", ""),
                of("payee"),
                of("reference"),
                canonical(tags) if tags else "[]",
                canonical(content) if content else "{}",
                of("reverses"),
                1 if of("voided") else 0,
                1 if of("closing") else 0,
                of("batch"),
            )
        )
        for line, posting in enumerate(body["postings"], 1):
            account, digits = accounts[posting["account"]]
            amount = units(posting["amount"], digits)
            rest = _BARE if len(posting) == _BARE_LENGTH else _rest(posting)
            total += posting_digest(amount, (account, day, number, line, *rest))
        return total


# A posting of account and amount alone, as most are: memo, price, its currency, total, conversion, status.
_BARE = (None, None, None, 0, 0, 0)
_BARE_LENGTH = 2


def _rest(posting: Mapping[str, Any]) -> Row:
    price, price_currency, kind = posting.get("price", (None, None, None))
    return (
        posting.get("memo"),
        price,
        price_currency,
        int(kind == "total"),
        int(posting.get("conversion", False)),
        _STATUSES[posting.get("status", "uncleared")],
    )


def _stored(database: BookDatabase, chart: Chart) -> Iterator[tuple[str, str]]:
    """(subject, body) of everything the tables hold that is no transaction, as the history would say it."""
    for account in chart.all():
        yield f"account {account.id}", canonical(account_body(account))
    for code, digits, name in database.rows("SELECT code, digits, name FROM currencies"):
        body = {"code": code, "digits": digits}
        yield f"currency {code}", canonical(body if name is None else {**body, "name": name})
    for name, value in read_settings(database).items():
        yield f"setting {name}", canonical({"value": value})
    for currency, in_currency, day, rate in database.stream("SELECT currency, in_currency, date, rate FROM prices"):
        body = {"currency": currency, "in_currency": in_currency, "date": day, "rate": rate}
        yield f"price {currency} {in_currency} {day}", canonical(body)
    yield from _stored_parties(database)
    yield from _stored_attachments(database)
    yield from users.stored_bodies(database)
    for code, day, rate, name, row in database.rows("SELECT code, date_from, rate, name, account FROM tax_codes"):
        body = {"code": code, "date_from": day, "rate": rate, "name": name, "account": row}
        known = {part: value for part, value in body.items() if value is not None}
        yield f"{TAX_CODE} {code} {day}", canonical(known)
    for first, last in database.rows("SELECT first_day, last_day FROM fiscal_years"):
        yield f"fiscal-year {first}", canonical({"first_day": first, "last_day": last})


def _stored_parties(database: BookDatabase) -> Iterator[tuple[str, str]]:
    """Parties as the history would say them; what is compared by the key, and whom a referral leads to, are said where
    they are not what they should be."""
    rows = database.rows(
        "SELECT p.id, p.key, p.key_fold, p.name, p.active, p.data, p.referred_by, r.key "
        "FROM parties p LEFT JOIN parties r ON r.id = p.referred_by"
    )
    for row, key, fold, name, active, content, referral, referrer in rows:
        body: dict[str, Any] = {"key": key, "name": name}
        body |= {} if fold == name_key(key) else {"key_fold": fold}
        body |= {} if referral is None or referrer is not None else {"referred_by": referral}
        body |= {} if active else {"active": False}
        body |= {} if content == "{}" else {"data": json.loads(content)}
        body |= {} if referrer is None else {"referred_by": referrer}
        yield f"party {row}", canonical(body)


def _stored_attachments(database: BookDatabase) -> Iterator[tuple[str, str]]:
    rows = database.stream("SELECT number, place, address FROM attachments ORDER BY number, place")
    for number, group in groupby(rows, key=lambda row: row[0]):
        attached = list(group)
        body: dict[str, Any] = {"addresses": [row[2] for row in attached]}
        if [row[1] for row in attached] != list(range(1, len(attached) + 1)):
            body["places"] = [row[1] for row in attached]
        yield f"{ATTACHMENTS} {number}", canonical(body)


def _same(stored: str | None, said: str | None, digits: Mapping[str, int]) -> bool:
    """Whether two bodies say the same, a minimum balance however many digits it is written with."""
    if stored == said or stored is None or said is None:
        return stored == said
    return bool(_plain(stored, digits) == _plain(said, digits))


def _plain(text: str, digits: Mapping[str, int]) -> Any:
    body = json.loads(text)
    if isinstance(body, dict) and isinstance(body.get("minimum"), str):
        return {**body, "minimum": units(body["minimum"], digits[body["currency"]])}
    return body
