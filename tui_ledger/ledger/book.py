"""What does the book say of itself? Its one row and its settings."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tui_ledger.dates import parse_month_day
from tui_ledger.errors import InvalidName
from tui_ledger.ledger.addons import COMMISSION
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act, canonical, utc_text
from tui_ledger.money import Currency
from tui_ledger.words import N_

RESERVED_SETTINGS = frozenset({"schema"})

# The setting is read along: a book without commissions pays no statement of its own for asking.
_STATE = (
    "SELECT currency, strict, fiscal_year_start, closed_through, accounts_revision, "
    f"(SELECT value FROM settings WHERE name = '{COMMISSION}') FROM book WHERE id = 1"
)


@dataclass(frozen=True, slots=True)
class BookState:
    """The book's row: what every act checks against; `commission` the JSON of the setting that turns commissions on."""

    currency: str
    strict: bool
    fiscal_year_start: tuple[int, int]
    closed_through: date | None
    accounts_revision: int
    commission: str | None = None


def read_state(database: BookDatabase) -> BookState:
    """The book's row as it stands now."""
    currency, strict, start, closed, revision, commission = database.row(_STATE) or ("", 0, "01-01", None, 0, None)
    with database.decoding():
        return BookState(
            currency=currency,
            strict=bool(strict),
            fiscal_year_start=(int(start[:2]), int(start[3:])),
            closed_through=None if closed is None else date.fromisoformat(closed),
            accounts_revision=revision,
            commission=commission,
        )


def write_state(
    database: BookDatabase,
    act: Act,
    currency: Currency,
    *,
    strict: bool,
    fiscal_year_start: str,
    now: datetime,
    book_key: str | None = None,
) -> None:
    """The first row of a new book and of its history; its key is its own and new, unless one is given."""
    parse_month_day(fiscal_year_start)
    book_key, created_at = book_key or uuid.uuid4().hex, utc_text(now)
    database.execute(
        "INSERT INTO book (id, book_key, currency, strict, fiscal_year_start, closed_through, accounts_revision, "
        "created_at) "
        "VALUES (1, ?, ?, ?, ?, NULL, 1, ?)",
        (book_key, str(currency), int(strict), fiscal_year_start, created_at),
    )
    database.execute("INSERT INTO currencies (code, digits) VALUES (?, ?)", (str(currency), currency.digits))
    body = {
        "currency": str(currency),
        "digits": currency.digits,
        "strict": strict,
        "fiscal_year_start": fiscal_year_start,
        "book_key": book_key,
        "created_at": created_at,
    }
    act.record(subject="book", after=body)


def read_setting(database: BookDatabase, name: str, default: Any = None) -> Any:
    """A setting's value, or the default where it is not set."""
    found = database.value("SELECT value FROM settings WHERE name = ?", (name,))
    with database.decoding():
        return default if found is None else json.loads(found)


def read_settings(database: BookDatabase) -> dict[str, Any]:
    """Every setting that is set, by name, but the program's own."""
    rows = database.rows("SELECT name, value FROM settings ORDER BY name")
    with database.decoding():
        return {name: json.loads(value) for name, value in rows if name not in RESERVED_SETTINGS}


def write_setting(database: BookDatabase, act: Act, name: str, value: object) -> None:
    """Sets a setting, or takes it away with None."""
    if name in RESERVED_SETTINGS:
        raise InvalidName(name=name, reason=N_("this setting is the program's own"))
    before = read_setting(database, name)
    if value is None:
        database.execute("DELETE FROM settings WHERE name = ?", (name,))
    else:
        database.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, canonical(value)),
        )
    act.record(
        subject=f"setting {name}",
        before=None if before is None else {"value": before},
        after=None if value is None else {"value": value},
    )
