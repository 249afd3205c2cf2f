"""What does SQLite itself refuse, whatever program writes? The triggers of a book.

A transaction is inserted unsealed, and `sealed` refers to a one-row table by a deferred foreign key, so nothing
unsealed can be committed. Every change of its postings unseals it again; the sealing trigger checks the sums.
The triggers name their columns and never `balance` or `status`: carrying balances stays fast, rebuilding allowed.
"""

from __future__ import annotations

_CLOSED = "(SELECT closed_through FROM book WHERE id = 1)"


def _refuse(reason: str, condition: str) -> str:
    return f"SELECT RAISE(ABORT, '{reason}') WHERE {condition};"


def _trigger(name: str, event: str, *body: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} {event}{condition} BEGIN {' '.join(body)} END"


_UNBALANCED = (
    "EXISTS (SELECT 1 FROM postings p JOIN accounts a ON a.id = p.account WHERE p.number = NEW.number "
    "GROUP BY a.currency HAVING sum(p.amount) <> 0)"
)
_COUNT = "(SELECT count(*) FROM postings WHERE number = NEW.number)"

_SEALING = (
    _trigger(
        "transactions_are_inserted_unsealed",
        "BEFORE INSERT ON transactions",
        _refuse("a transaction is sealed after its postings", "1"),
        when="NEW.sealed <> 0",
    ),
    _trigger(
        "sealing_checks_the_sums",
        "BEFORE UPDATE OF sealed ON transactions",
        _refuse("debits and credits differ", _UNBALANCED),
        _refuse("a transaction needs two postings or more", f"NEW.voided = 0 AND {_COUNT} < 2"),
        _refuse("a voided transaction has no postings", f"NEW.voided = 1 AND {_COUNT} > 0"),
        when="NEW.sealed = 1",
    ),
    _trigger(
        "voiding_unseals",
        "AFTER UPDATE OF voided ON transactions",
        "UPDATE transactions SET sealed = 0 WHERE number = NEW.number;",
        when="OLD.voided <> NEW.voided",
    ),
    _trigger(
        "inserting_a_posting_unseals",
        "AFTER INSERT ON postings",
        "UPDATE transactions SET sealed = 0 WHERE number = NEW.number AND sealed = 1;",
    ),
    _trigger(
        "deleting_a_posting_unseals",
        "AFTER DELETE ON postings",
        "UPDATE transactions SET sealed = 0 WHERE number = OLD.number AND sealed = 1;",
    ),
    _trigger(
        "changing_a_posting_unseals",
        "AFTER UPDATE OF account, date, number, line, amount ON postings",
        "UPDATE transactions SET sealed = 0 WHERE number IN (OLD.number, NEW.number) AND sealed = 1;",
    ),
)

_NUMBERING = (
    _trigger(
        "numbers_have_no_gaps",
        "BEFORE INSERT ON transactions",
        _refuse(
            "transaction numbers have no gaps",
            "NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM transactions)",
        ),
    ),
    _trigger(
        "numbers_never_change_hands",
        "BEFORE UPDATE OF number ON transactions",
        _refuse("transaction numbers never change", "OLD.number IS NOT NEW.number"),
    ),
    _trigger(
        "transactions_are_never_deleted",
        "BEFORE DELETE ON transactions",
        _refuse("transactions are voided, never deleted", "1"),
    ),
)

_PERIODS = (
    _trigger(
        "closed_days_take_no_transaction",
        "BEFORE INSERT ON transactions",
        _refuse("the period is closed", f"NEW.date <= {_CLOSED}"),
    ),
    _trigger(
        "closed_days_keep_their_transactions",
        "BEFORE UPDATE OF date, memo, payee, reference, tags, data, reverses, voided, closing, batch ON transactions",
        _refuse("the period is closed", f"min(OLD.date, NEW.date) <= {_CLOSED}"),
    ),
    _trigger(
        "closed_days_take_no_posting",
        "BEFORE INSERT ON postings",
        _refuse("the period is closed", f"NEW.date <= {_CLOSED}"),
    ),
    _trigger(
        "closed_days_keep_their_postings",
        "BEFORE UPDATE OF account, date, number, line, amount, memo ON postings",
        _refuse("the period is closed", f"min(OLD.date, NEW.date) <= {_CLOSED}"),
    ),
    _trigger(
        "closed_days_lose_no_posting",
        "BEFORE DELETE ON postings",
        _refuse("the period is closed", f"OLD.date <= {_CLOSED}"),
    ),
)

_ACCOUNTS = (
    _trigger(
        "used_accounts_are_never_deleted",
        "BEFORE DELETE ON accounts",
        _refuse(
            "an account with postings is closed, never deleted",
            "EXISTS (SELECT 1 FROM postings WHERE account = OLD.id)",
        ),
    ),
    _trigger(
        "used_accounts_keep_type_and_currency",
        "BEFORE UPDATE OF id, type, currency ON accounts",
        _refuse(
            "an account with postings keeps its type and currency",
            "(OLD.id <> NEW.id OR OLD.type <> NEW.type OR OLD.currency <> NEW.currency) "
            "AND EXISTS (SELECT 1 FROM postings WHERE account = OLD.id)",
        ),
    ),
    _trigger(
        "account_rows_are_not_replaced",
        "BEFORE INSERT ON accounts",
        _refuse(
            "the account exists",
            "EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id OR name_key = NEW.name_key OR code = NEW.code)",
        ),
    ),
    _trigger(
        "posting_rows_are_not_replaced",
        "BEFORE INSERT ON postings",
        _refuse("the posting exists", "EXISTS (SELECT 1 FROM postings WHERE number = NEW.number AND line = NEW.line)"),
    ),
)

_HISTORY = (
    _trigger(
        "history_grows_by_one",
        "BEFORE INSERT ON changes",
        _refuse("the history has no gaps", "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM changes)"),
        _refuse("the key was used before", "EXISTS (SELECT 1 FROM changes WHERE key = NEW.key)"),
    ),
    _trigger("history_is_never_rewritten", "BEFORE UPDATE ON changes", _refuse("the history is append-only", "1")),
    _trigger("history_is_never_deleted", "BEFORE DELETE ON changes", _refuse("the history is append-only", "1")),
    _trigger("the_seal_stays", "BEFORE DELETE ON seal", _refuse("the seal stays", "1")),
    _trigger("the_book_stays", "BEFORE DELETE ON book", _refuse("the book stays", "1")),
)

TRIGGERS: tuple[str, ...] = _SEALING + _NUMBERING + _PERIODS + _ACCOUNTS + _HISTORY
