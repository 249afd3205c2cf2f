"""How does a stored transaction read as a body of the history, and how is it made so again?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tui_ledger.errors import TransactionNotFound
from tui_ledger.ledger import journal
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.values import Draft, DraftPosting, PostingStatus, WrittenPrice

_TEXTS = ("memo", "payee", "reference", "tags", "data", "reverses", "voided", "closing", "batch")


def stored_body(database: BookDatabase, chart: Chart, number: int) -> dict[str, Any]:
    """A transaction of the tables as the history keeps it; raises TransactionNotFound."""
    row = (
        database.row(
            "SELECT date, memo, payee, reference, tags, data, reverses, voided, closing, batch "
            "FROM transactions WHERE number = ?",
            (number,),
        )
        if -(2**63) <= number < 2**63
        else None
    )
    if row is None:
        last = database.value("SELECT max(number) FROM transactions") or 0
        raise TransactionNotFound(number=number, last=last)
    with database.decoding():
        texts, flags = (row[1], row[2], row[3], json.loads(row[4]), json.loads(row[5])), (bool(row[7]), bool(row[8]))
        values = (*texts, row[6], *flags, row[9])
        body: dict[str, Any] = {"number": number, "date": row[0]}
        body |= {name: value for name, value in zip(_TEXTS, values, strict=True) if value}
    lines = database.rows(
        "SELECT account, amount, memo, price, price_currency, price_total, conversion, status FROM postings "
        "WHERE number = ? ORDER BY line",
        (number,),
    )
    body["postings"] = [_line_body(chart, line) for line in lines]
    return body


def voided_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with its number, date and texts, and nothing moved."""
    return {**body, "voided": True, "postings": []}


def draft_of(body: Mapping[str, Any]) -> Draft:
    """The draft that would be written as this body; accounts by the names the body has."""
    return Draft(
        date=date.fromisoformat(body["date"]),
        memo=body.get("memo", ""),
        postings=tuple(map(_draft_posting, body["postings"])),
        payee=body.get("payee"),
        reference=body.get("reference"),
        tags=tuple(body.get("tags", ())),
        data=body.get("data", {}),
        reverses=body.get("reverses"),
        closing=bool(body.get("closing", False)),
    )


def _draft_posting(body: Mapping[str, Any]) -> DraftPosting:
    price = body.get("price")
    return DraftPosting(
        account=body["account"],
        amount=body["amount"],
        memo=body.get("memo"),
        status=PostingStatus(body.get("status", "uncleared")),
        price=None if price is None else WrittenPrice(Decimal(price[0]), price[1], price[2] == "total"),
        conversion=bool(body.get("conversion", False)),
    )


def _line_body(chart: Chart, line: tuple[Any, ...]) -> dict[str, Any]:
    account = chart.by_id(line[0])
    return journal.stored_posting_body(account.name, account.currency, *line[1:])
