"""What does the book remember for the typist? Payees, their last transactions, the accounts used with them."""

from __future__ import annotations

import json

from tui_ledger.ledger.database import BookDatabase
from tui_ledger.text import name_key

_LAST_USES = 40

_EACH_PAYEE = (
    "WITH RECURSIVE each (payee) AS ("
    "SELECT min(payee) FROM transactions WHERE payee IS NOT NULL UNION ALL "
    "SELECT (SELECT min(payee) FROM transactions WHERE payee > each.payee) FROM each WHERE each.payee IS NOT NULL) "
    "SELECT payee, (SELECT max(date) FROM transactions t WHERE t.payee = each.payee) FROM each WHERE payee IS NOT NULL"
)


def payees_with_last_day(database: BookDatabase) -> list[tuple[str, str]]:
    """Every payee with the ISO day of its last transaction, latest first; two seeks a payee, whatever the history."""
    with database.decoding():
        return sorted(database.rows(_EACH_PAYEE), key=lambda found: found[1], reverse=True)


def payees_beginning(database: BookDatabase, prefix: str, limit: int) -> list[str]:
    """Payees one of whose words begins with the prefix, those beginning with it first, then the latest used."""
    wanted = name_key(prefix)
    beginning, within = [], []
    with database.decoding():
        for payee, _ in payees_with_last_day(database):
            key = name_key(payee)
            if key.startswith(wanted):
                beginning.append(payee)
            elif f" {wanted}" in key:
                within.append(payee)
    return (beginning + within)[:limit]


def last_number_of(database: BookDatabase, payee: str) -> int | None:
    """The payee's last standing transaction: latest by date, then by number; reversals and reversed ones left out."""
    found: int | None = database.value(
        "SELECT t.number FROM transactions t WHERE t.payee = ? AND t.voided = 0 AND t.reverses IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM transactions r WHERE r.reverses = t.number AND r.voided = 0) "
        "ORDER BY t.date DESC, t.number DESC LIMIT 1",
        (payee,),
    )
    return found


def account_use(database: BookDatabase, payee: str | None) -> dict[int, tuple[int, int]]:
    """Account id to (times used in the payee's latest transactions, number of its latest transaction of all)."""
    latest = {
        row[0]: (0, row[1])
        for row in database.rows(
            "SELECT id, latest FROM (SELECT id, (SELECT number FROM postings p WHERE p.account = accounts.id "
            "ORDER BY date DESC, number DESC, line DESC LIMIT 1) AS latest FROM accounts) AS used "
            "WHERE latest IS NOT NULL"
        )
    }
    if payee is None:
        return latest
    used = database.rows(
        "SELECT account, count(*) FROM postings WHERE number IN "
        "(SELECT number FROM transactions WHERE payee = ? ORDER BY date DESC, number DESC LIMIT ?) GROUP BY account",
        (payee, _LAST_USES),
    )
    return {**latest, **{account: (times, latest.get(account, (0, 0))[1]) for account, times in used}}


def tags_used(database: BookDatabase) -> list[str]:
    """Every tag of the book, in their order."""
    rows = database.rows("SELECT DISTINCT tags FROM transactions WHERE tags <> '[]'")
    with database.decoding():
        return sorted({tag for row in rows for tag in json.loads(row[0])}, key=name_key)
