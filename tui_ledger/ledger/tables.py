"""How is a book stored? The peewee models, which no database is bound to: every query names its own.

Where the databases differ: on SQLite all tables are strict, and clustered by their key where that is said; on
PostgreSQL texts are compared byte by byte as SQLite compares them, and pages keep room for what changes in place.
"""

from __future__ import annotations

from typing import Any

from tui_ledger.ledger.peewee_alone import pw

SHORT = "length({0}) BETWEEN 1 AND 500"
BOOLEAN = "{0} IN (0, 1)"
LARGEST = 4 * 10**18


_REAL_DATE_SQLITE = "length({0}) = 10 AND date({0}, '+0 days') IS {0}"
_REAL_DATE_POSTGRES = (
    "{0} ~ '^\\d{{4}}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|"
    "(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))$' "
    "OR {0} ~ '^(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29$'"
)


class _Rule(pw.Node):
    """A CHECK that each database says in its own words."""

    def __init__(self, sqlite: str, postgres: str) -> None:
        self._sqlite, self._postgres = sqlite, postgres

    def __sql__(self, ctx: Any) -> Any:
        return ctx.literal(f"CHECK ({self._sqlite if ctx.state.param == '?' else self._postgres})")


def _check(template: str, column: str) -> Any:
    return pw.Check(template.format(f'"{column}"'))


def _real_date(column: str, optional: bool = False) -> Any:
    rules = [rule.format(f'"{column}"') for rule in (_REAL_DATE_SQLITE, _REAL_DATE_POSTGRES)]
    return _Rule(*(f'"{column}" IS NULL OR ({rule})' if optional else rule for rule in rules))


class Table(pw.Model):
    """Base of all tables."""

    class Meta:
        legacy_table_names = False

    @classmethod
    def shape(cls) -> Any:
        """What peewee knows of the table: its name, columns and key."""
        return cls._meta


class SqliteTables(pw.SchemaManager):
    """Makes a table on SQLite: strict, without row numbers where its rows are clustered by their key."""

    def _create_table(self, safe: bool = True, **options: Any) -> Any:
        made: Any = super()._create_table(safe, **options)  # type: ignore[misc]
        clustered = getattr(self.model.shape(), "clustered", False)
        return made.literal(" STRICT, WITHOUT ROWID" if clustered else " STRICT")


class PostgresTables(pw.SchemaManager):
    """Makes a table on PostgreSQL, with room in its pages where rows are changed in place."""

    def _create_table(self, safe: bool = True, **options: Any) -> Any:
        made: Any = super()._create_table(safe, **options)  # type: ignore[misc]
        return made.literal(f" WITH (fillfactor = {getattr(self.model.shape(), 'filled_percent', 100)})")


class Book(Table):
    """The one row that says what the book is; on a server it is also what writers lock first.

    `closed_through` is the last closed day. `accounts_revision` changes whenever an account does.
    """

    id = pw.BigIntegerField(primary_key=True, constraints=[pw.Check("id = 1")])
    book_key = pw.TextField()
    currency = pw.TextField()
    strict = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "strict")])
    fiscal_year_start = pw.TextField(default="01-01")
    closed_through = pw.TextField(null=True, constraints=[_real_date("closed_through", optional=True)])
    accounts_revision = pw.BigIntegerField(default=0)
    created_at = pw.TextField()

    class Meta:
        table_name = "book"
        filled_percent = 50


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
        clustered = True


class CurrencyRow(Table):
    """A currency or any countable thing, with the digits of its minor unit, fixed at first use."""

    code = pw.TextField(primary_key=True, constraints=[pw.Check("length(code) BETWEEN 1 AND 24")])
    digits = pw.BigIntegerField(constraints=[pw.Check("digits BETWEEN 0 AND 12")])
    name = pw.TextField(null=True)

    class Meta:
        table_name = "currencies"
        clustered = True


class PriceRow(Table):
    """What one unit of a currency was worth in another on a day; the rate is decimal text."""

    currency = pw.TextField()
    in_currency = pw.TextField()
    date = pw.TextField(constraints=[_real_date("date")])
    rate = pw.TextField()

    class Meta:
        table_name = "prices"
        clustered = True
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
    opened = pw.TextField(null=True, constraints=[_real_date("opened", optional=True)])
    closed = pw.TextField(null=True, constraints=[_real_date("closed", optional=True)])
    placeholder = pw.BigIntegerField(default=0, constraints=[_check(BOOLEAN, "placeholder")])

    class Meta:
        table_name = "accounts"
        constraints = [pw.SQL("FOREIGN KEY (currency) REFERENCES currencies (code)")]


class TaxCode(Table):
    """A tax code's rate from a day on, decimal text in percent, and the account to which the tax goes; a rate of zero
    needs none."""

    code = pw.TextField()
    date_from = pw.TextField(constraints=[_real_date("date_from")])
    rate = pw.TextField()
    name = pw.TextField(null=True)
    account = pw.ForeignKeyField(AccountRow, null=True, column_name="account", index=False)

    class Meta:
        table_name = "tax_codes"
        clustered = True
        primary_key = pw.CompositeKey("code", "date_from")


class AccountAttribute(Table):
    """One attribute of an account; values are text."""

    # In the order of the key: SQLite's quick_check takes another order for missing values.
    name = pw.TextField()
    value = pw.TextField()
    account = pw.ForeignKeyField(AccountRow, column_name="account", index=False, on_delete="CASCADE")

    class Meta:
        table_name = "account_attributes"
        clustered = True
        primary_key = pw.CompositeKey("name", "value", "account")
        indexes = ((("account", "name"), True),)


class TransactionRow(Table):
    """A transaction, numbered without gaps. `sealed` becomes 1 when its postings balance; only so can it be committed.

    `tags` is a JSON list, `data` a JSON object, `batch` the act that imported it.
    """

    number = pw.BigIntegerField(primary_key=True)
    date = pw.TextField(constraints=[_real_date("date")])
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
        filled_percent = 90
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
        filled_percent = 75
        clustered = True
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

    first_day = pw.TextField(primary_key=True, constraints=[_real_date("first_day")])
    last_day = pw.TextField(constraints=[_real_date("last_day")])

    class Meta:
        table_name = "fiscal_years"
        clustered = True


class PeriodClose(Table):
    """A close that stands: every day through `through` is closed; `transaction` is its closing transaction, if any."""

    through = pw.TextField(primary_key=True, constraints=[_real_date("through")])
    change = pw.BigIntegerField()
    closing_transaction = pw.BigIntegerField(null=True)

    class Meta:
        table_name = "period_closes"
        clustered = True


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


class Attachment(Table):
    """A document that belongs to a transaction: where it is, a path (beside the book where it is relative) or a web
    address, in the order they were added."""

    number = pw.BigIntegerField()
    place = pw.BigIntegerField(constraints=[pw.Check("place >= 1")])
    address = pw.TextField(constraints=[pw.Check("length(address) BETWEEN 1 AND 2000")])

    class Meta:
        table_name = "attachments"
        clustered = True
        primary_key = pw.CompositeKey("number", "place")
        constraints = [pw.SQL("FOREIGN KEY (number) REFERENCES transactions (number)")]


class User(Table):
    """A person who signs in to the book by name, and as what. `secret` is what their passphrase is checked with; the
    history never holds it."""

    id = pw.BigIntegerField(primary_key=True)
    name = pw.TextField(constraints=[_check(SHORT, "name")])
    name_fold = pw.TextField(unique=True)
    role = pw.TextField(constraints=[pw.Check("role IN ('administrator', 'bookkeeper', 'viewer', 'party')")])
    party = pw.ForeignKeyField(Party, null=True, column_name="party", index=True)
    active = pw.BigIntegerField(default=1, constraints=[_check(BOOLEAN, "active")])
    secret = pw.TextField(null=True)

    class Meta:
        table_name = "users"
        constraints = [pw.SQL("CHECK ((role = 'party') = (party IS NOT NULL))")]


TABLES: tuple[type[Table], ...] = (
    Seal,
    Book,
    Setting,
    CurrencyRow,
    PriceRow,
    Party,
    AccountRow,
    TaxCode,
    AccountAttribute,
    TransactionRow,
    PostingRow,
    FiscalYear,
    PeriodClose,
    Change,
    Attachment,
    User,
)
"""In the order they can be made."""

ADDED: dict[int, tuple[tuple[type[Table], ...], tuple[str, ...]]] = {
    2: (
        (Attachment, User),
        ("CREATE INDEX cleared_postings ON postings (account, date) WHERE status <> 0",),
    ),
    3: ((TaxCode,), ()),
}
"""What each format of books has over the one before: tables, and statements that make the rest."""

MADE_ANEW: dict[int, tuple[str, ...]] = {3: ("tax_codes",)}
"""Which of its tables the format before had in another shape, and no program ever wrote to."""

INDEXES: tuple[str, ...] = (
    "CREATE INDEX transactions_by_payee ON transactions (payee, date, number) WHERE payee IS NOT NULL",
    "CREATE INDEX transactions_by_reference ON transactions (reference) WHERE reference IS NOT NULL",
    "CREATE INDEX transactions_by_batch ON transactions (batch) WHERE batch IS NOT NULL",
    "CREATE INDEX closing_transactions ON transactions (date, number) WHERE closing = 1",
    "CREATE UNIQUE INDEX standing_reversals ON transactions (reverses) WHERE reverses IS NOT NULL AND voided = 0",
    "CREATE UNIQUE INDEX changes_by_key ON changes (key) WHERE key IS NOT NULL",
    "CREATE INDEX changes_by_transaction ON changes (number, seq) WHERE number IS NOT NULL",
    "CREATE INDEX changes_by_subject ON changes (subject, seq) WHERE subject IS NOT NULL",
    *(statement for _, statements in ADDED.values() for statement in statements),
)
