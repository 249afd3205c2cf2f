"""How is a book stored? The peewee models, which no database is bound to: every query names its own."""

from __future__ import annotations

from typing import Any

import peewee as pw

SHORT = "length({0}) BETWEEN 1 AND 500"
REAL_DATE = "length({0}) = 10 AND date({0}, '+0 days') IS {0}"
BOOLEAN = "{0} IN (0, 1)"
LARGEST = 4 * 10**18


def _check(template: str, column: str, optional: bool = False) -> Any:
    rule = template.format(f'"{column}"')
    return pw.Check(f'"{column}" IS NULL OR ({rule})' if optional else rule)


class Table(pw.Model):
    """Base of all tables: strict column types."""

    class Meta:
        strict_tables = True
        legacy_table_names = False


class Book(Table):
    """The one row that says what the book is; on a server it is also what writers lock first.

    `closed_through` is the last closed day. `accounts_revision` changes whenever an account does.
    """

    id = pw.BigIntegerField(primary_key=True, constraints=[pw.Check("id = 1")])
    book_key = pw.TextField()
    currency = pw.TextField()
    strict = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "strict")])
    fiscal_year_start = pw.TextField(default="01-01")
    closed_through = pw.TextField(null=True, constraints=[_check(REAL_DATE, "closed_through", optional=True)])
    accounts_revision = pw.BigIntegerField(default=0)
    created_at = pw.TextField()

    class Meta:
        table_name = "book"


class Seal(Table):
    """One row, 1: what a finished transaction's `sealed` points at."""

    value = pw.BigIntegerField(primary_key=True, constraints=[pw.Check("value = 1")])

    class Meta:
        table_name = "seal"


class Setting(Table):
    """A setting of the book: its name and its value as JSON."""

    name = pw.TextField(primary_key=True)
    value = pw.TextField()

    class Meta:
        table_name = "settings"
        without_rowid = True


class CurrencyRow(Table):
    """A currency or any countable thing, with the digits of its minor unit, fixed at first use."""

    code = pw.TextField(primary_key=True, constraints=[pw.Check("length(code) BETWEEN 1 AND 24")])
    digits = pw.BigIntegerField(constraints=[pw.Check("digits BETWEEN 0 AND 12")])
    name = pw.TextField(null=True)

    class Meta:
        table_name = "currencies"
        without_rowid = True


class Price(Table):
    """What one unit of a currency was worth in another on a day; the rate is decimal text."""

    currency = pw.TextField()
    in_currency = pw.TextField()
    date = pw.TextField(constraints=[_check(REAL_DATE, "date")])
    rate = pw.TextField()

    class Meta:
        table_name = "prices"
        without_rowid = True
        primary_key = pw.CompositeKey("currency", "in_currency", "date")
        constraints = [
            pw.SQL("FOREIGN KEY (currency) REFERENCES currencies (code)"),
            pw.SQL("FOREIGN KEY (in_currency) REFERENCES currencies (code)"),
        ]


class Party(Table):
    """A person or firm the book keeps balances for."""

    id = pw.BigIntegerField(primary_key=True)
    key = pw.TextField(constraints=[_check(SHORT, "key")])
    key_fold = pw.TextField(unique=True)
    name = pw.TextField()
    referred_by = pw.ForeignKeyField("self", null=True, column_name="referred_by", index=True)
    active = pw.BigIntegerField(default=1, constraints=[_check(BOOLEAN, "active")])
    data = pw.TextField(default="{}")

    class Meta:
        table_name = "parties"


class TaxCode(Table):
    """A tax code's rate from a day on; the rate is decimal text in percent."""

    code = pw.TextField()
    date_from = pw.TextField(constraints=[_check(REAL_DATE, "date_from")])
    rate = pw.TextField()
    name = pw.TextField(null=True)

    class Meta:
        table_name = "tax_codes"
        without_rowid = True
        primary_key = pw.CompositeKey("code", "date_from")


class AccountRow(Table):
    """An account. `name_key` is the name as names are compared; `minimum` is in the account's own direction."""

    id = pw.BigIntegerField(primary_key=True)
    name = pw.TextField(constraints=[_check(SHORT, "name")])
    name_key = pw.TextField(unique=True)
    code = pw.TextField(null=True, unique=True)
    type = pw.TextField(constraints=[pw.Check("type IN ('asset', 'liability', 'equity', 'income', 'expense')")])
    currency = pw.TextField()
    party = pw.ForeignKeyField(Party, null=True, column_name="party", index=True)
    purpose = pw.TextField(null=True)
    minimum = pw.BigIntegerField(null=True)
    cash = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "cash")])
    statement_line = pw.TextField(null=True)
    tax_code = pw.TextField(null=True)
    opened = pw.TextField(null=True, constraints=[_check(REAL_DATE, "opened", optional=True)])
    closed = pw.TextField(null=True, constraints=[_check(REAL_DATE, "closed", optional=True)])
    placeholder = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "placeholder")])

    class Meta:
        table_name = "accounts"
        constraints = [pw.SQL("FOREIGN KEY (currency) REFERENCES currencies (code)")]


class AccountAttribute(Table):
    """One attribute of an account; values are text."""

    # In the order of the key: SQLite's quick_check takes another order for missing values.
    name = pw.TextField()
    value = pw.TextField()
    account = pw.ForeignKeyField(AccountRow, column_name="account", index=False, on_delete="CASCADE")

    class Meta:
        table_name = "account_attributes"
        without_rowid = True
        primary_key = pw.CompositeKey("name", "value", "account")
        indexes = ((("account", "name"), True),)


class TransactionRow(Table):
    """A transaction, numbered without gaps. `sealed` becomes 1 when its postings balance; only so can it be committed.

    `tags` is a JSON list, `data` a JSON object, `batch` the act that imported it.
    """

    number = pw.BigIntegerField(primary_key=True)
    date = pw.TextField(constraints=[_check(REAL_DATE, "date")])
    memo = pw.TextField(default="")
    payee = pw.TextField(null=True)
    reference = pw.TextField(null=True)
    tags = pw.TextField(default="[]")
    data = pw.TextField(default="{}")
    reverses = pw.BigIntegerField(null=True)
    voided = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "voided")])
    closing = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "closing")])
    batch = pw.BigIntegerField(null=True)
    sealed = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "sealed")])

    class Meta:
        table_name = "transactions"
        constraints = [
            pw.SQL("UNIQUE (date, number)"),
            pw.SQL("FOREIGN KEY (reverses) REFERENCES transactions (number)"),
            pw.SQL("FOREIGN KEY (sealed) REFERENCES seal (value) DEFERRABLE INITIALLY DEFERRED"),
        ]


class PostingRow(Table):
    """A line of a transaction, clustered by account and date so that a balance at any date is one seek.

    `amount` and `balance` are debit-positive minor units; `balance` is written by balances.py alone.
    """

    account = pw.BigIntegerField()
    date = pw.TextField()
    number = pw.BigIntegerField()
    line = pw.BigIntegerField(constraints=[pw.Check("line >= 1")])
    amount = pw.BigIntegerField(constraints=[pw.Check(f"amount <> 0 AND amount BETWEEN -{LARGEST} AND {LARGEST}")])
    balance = pw.BigIntegerField(constraints=[pw.Check(f"balance BETWEEN -{LARGEST} AND {LARGEST}")])
    memo = pw.TextField(null=True)
    price = pw.TextField(null=True)
    price_currency = pw.TextField(null=True)
    price_total = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "price_total")])
    conversion = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "conversion")])
    status = pw.BigIntegerField(default=0, constraints=[pw.Check("status IN (0, 1, 2)")])

    class Meta:
        table_name = "postings"
        without_rowid = True
        primary_key = pw.CompositeKey("account", "date", "number", "line")
        constraints = [
            pw.SQL("UNIQUE (number, line)"),
            pw.SQL("FOREIGN KEY (account) REFERENCES accounts (id)"),
            pw.SQL(
                "FOREIGN KEY (number, date) REFERENCES transactions (number, date) "
                "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
            ),
        ]


class FiscalYear(Table):
    """A fiscal year that differs from the book's rule: a short first one, a changed one, one of 52 or 53 weeks."""

    first_day = pw.TextField(primary_key=True, constraints=[_check(REAL_DATE, "first_day")])
    last_day = pw.TextField(constraints=[_check(REAL_DATE, "last_day")])

    class Meta:
        table_name = "fiscal_years"
        without_rowid = True


class PeriodClose(Table):
    """A close that stands: every day through `through` is closed; `transaction` is its closing transaction, if any."""

    through = pw.TextField(primary_key=True, constraints=[_check(REAL_DATE, "through")])
    change = pw.BigIntegerField()
    closing_transaction = pw.BigIntegerField(null=True)

    class Meta:
        table_name = "period_closes"
        without_rowid = True


class Change(Table):
    """The history: one row a thing changed, grouped by act, each hash covering the row before it.

    `act` is the `seq` of the act's first row. `number` names a transaction, else `subject` names the thing.
    `before` and `after` are complete canonical bodies. `key` and `content` are the act's idempotency key and the
    digest of what was asked, on its first row only. `undoes` is the act that an undo or redo takes back.
    """

    seq = pw.BigIntegerField(primary_key=True)
    act = pw.BigIntegerField()
    kind = pw.TextField()
    number = pw.BigIntegerField(null=True)
    subject = pw.TextField(null=True)
    at = pw.TextField()
    actor = pw.TextField()
    key = pw.TextField(null=True)
    content = pw.TextField(null=True)
    undoes = pw.BigIntegerField(null=True)
    before = pw.TextField(null=True)
    after = pw.TextField(null=True)
    hash = pw.BlobField(constraints=[pw.Check("length(hash) = 32")])

    class Meta:
        table_name = "changes"


TABLES: tuple[type[Table], ...] = (
    Seal,
    Book,
    Setting,
    CurrencyRow,
    Price,
    Party,
    TaxCode,
    AccountRow,
    AccountAttribute,
    TransactionRow,
    PostingRow,
    FiscalYear,
    PeriodClose,
    Change,
)
"""In the order they can be made."""

INDEXES: tuple[str, ...] = (
    "CREATE INDEX transactions_by_payee ON transactions (payee, date, number) WHERE payee IS NOT NULL",
    "CREATE INDEX transactions_by_reference ON transactions (reference) WHERE reference IS NOT NULL",
    "CREATE INDEX transactions_by_batch ON transactions (batch) WHERE batch IS NOT NULL",
    "CREATE UNIQUE INDEX standing_reversals ON transactions (reverses) WHERE reverses IS NOT NULL AND voided = 0",
    "CREATE UNIQUE INDEX changes_by_key ON changes (key) WHERE key IS NOT NULL",
    "CREATE INDEX changes_by_transaction ON changes (number, seq) WHERE number IS NOT NULL",
    "CREATE INDEX changes_by_subject ON changes (subject, seq) WHERE subject IS NOT NULL",
)
