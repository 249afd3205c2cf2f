"""What does PostgreSQL itself refuse, whatever program writes? The triggers of a book, as in `sqlite_guards`.

A transaction is inserted unsealed, and `sealed` refers to a one-row table by a deferred foreign key, so nothing
unsealed can be committed. Every change of its postings unseals it again; the sealing trigger checks the sums.
Tables are named with their schema, so that no table of a session's own can stand in for one of the book's.
"""

from __future__ import annotations

_EACH_ROW, _STATEMENT = "FOR EACH ROW", "FOR EACH STATEMENT"


def guards(schema: str) -> tuple[str, ...]:
    """The statements that make the functions and triggers of a book in a schema, given as it is quoted."""
    book = _Guards(schema)
    return tuple(
        statement
        for group in (book.sealing(), book.numbering(), book.periods(), book.accounts(), book.history())
        for guard in group
        for statement in guard
    )


class _Guards:
    """Guards whose functions name the tables of one schema."""

    def __init__(self, schema: str) -> None:
        self._schema = schema
        self._closed = f"(SELECT closed_through FROM {schema}.book WHERE id = 1)"

    def sealing(self) -> list[tuple[str, str]]:
        postings = f"{self._schema}.postings"
        count = f"(SELECT count(*) FROM {postings} WHERE number = NEW.number)"
        unbalanced = (
            f"EXISTS (SELECT 1 FROM {postings} p JOIN {self._schema}.accounts a ON a.id = p.account "
            "WHERE p.number = NEW.number GROUP BY a.currency HAVING sum(p.amount) <> 0)"
        )
        unseal = f"UPDATE {self._schema}.transactions SET sealed = 0 WHERE number"
        return [
            self._refusing(
                "transactions_are_inserted_unsealed",
                "BEFORE INSERT ON transactions",
                ("a transaction is sealed after its postings", "TRUE"),
                when="NEW.sealed <> 0",
            ),
            self._refusing(
                "sealing_checks_the_sums",
                "BEFORE UPDATE OF sealed ON transactions",
                ("debits and credits differ", unbalanced),
                ("a transaction needs two postings or more", f"NEW.voided = 0 AND {count} < 2"),
                ("a voided transaction has no postings", f"NEW.voided = 1 AND {count} > 0"),
                when="NEW.sealed = 1",
            ),
            self._doing(
                "voiding_unseals",
                "AFTER UPDATE OF voided ON transactions",
                f"{unseal} = NEW.number;",
                when="OLD.voided <> NEW.voided",
            ),
            self._doing(
                "inserting_a_posting_unseals", "AFTER INSERT ON postings", f"{unseal} = NEW.number AND sealed = 1;"
            ),
            self._doing(
                "deleting_a_posting_unseals", "AFTER DELETE ON postings", f"{unseal} = OLD.number AND sealed = 1;"
            ),
            self._doing(
                "changing_a_posting_unseals",
                "AFTER UPDATE OF account, date, number, line, amount ON postings",
                f"{unseal} IN (OLD.number, NEW.number) AND sealed = 1;",
            ),
        ]

    def numbering(self) -> list[tuple[str, str]]:
        following = f"(SELECT coalesce(max(number), 0) + 1 FROM {self._schema}.transactions)"
        return [
            self._refusing(
                "numbers_have_no_gaps",
                "BEFORE INSERT ON transactions",
                ("transaction numbers have no gaps", f"NEW.number IS DISTINCT FROM {following}"),
            ),
            self._refusing(
                "numbers_never_change_hands",
                "BEFORE UPDATE OF number ON transactions",
                ("transaction numbers never change", "OLD.number IS DISTINCT FROM NEW.number"),
            ),
            *self._kept("transactions", "transactions are voided, never deleted"),
        ]

    def periods(self) -> list[tuple[str, str]]:
        either = f"least(OLD.date, NEW.date) <= {self._closed}"
        columns = "date, memo, payee, reference, tags, data, reverses, voided, closing, batch"
        return [
            self._closed_to("transactions_are_new", "INSERT ON transactions", f"NEW.date <= {self._closed}"),
            self._closed_to("transactions_change", f"UPDATE OF {columns} ON transactions", either),
            self._closed_to("postings_are_new", "INSERT ON postings", f"NEW.date <= {self._closed}"),
            self._closed_to(
                "postings_change", "UPDATE OF account, date, number, line, amount, memo ON postings", either
            ),
            self._closed_to("postings_go", "DELETE ON postings", f"OLD.date <= {self._closed}", old=True),
            self._refusing(
                "postings_are_not_emptied",
                "BEFORE TRUNCATE ON postings",
                ("postings are taken out one by one", "TRUE"),
                each=_STATEMENT,
            ),
        ]

    def accounts(self) -> list[tuple[str, str]]:
        used = f"EXISTS (SELECT 1 FROM {self._schema}.postings WHERE account = OLD.id)"
        changed = "OLD.id <> NEW.id OR OLD.type <> NEW.type OR OLD.currency <> NEW.currency"
        return [
            self._refusing(
                "used_accounts_are_never_deleted",
                "BEFORE DELETE ON accounts",
                ("an account with postings is closed, never deleted", used),
                old=True,
            ),
            self._refusing(
                "used_accounts_keep_type_and_currency",
                "BEFORE UPDATE OF id, type, currency ON accounts",
                ("an account with postings keeps its type and currency", used),
                when=changed,
            ),
        ]

    def history(self) -> list[tuple[str, str]]:
        following = f"(SELECT coalesce(max(seq), 0) + 1 FROM {self._schema}.changes)"
        return [
            self._refusing(
                "history_grows_by_one",
                "BEFORE INSERT ON changes",
                ("the history has no gaps", f"NEW.seq IS DISTINCT FROM {following}"),
            ),
            self._refusing(
                "history_is_never_rewritten", "BEFORE UPDATE ON changes", ("the history is append-only", "TRUE")
            ),
            *self._kept("changes", "the history is append-only"),
            *self._kept("seal", "the seal stays"),
            *self._kept("book", "the book stays"),
        ]

    def _kept(self, table: str, reason: str) -> list[tuple[str, str]]:
        rule = (reason, "TRUE")
        return [
            self._refusing(f"{table}_are_never_deleted", f"BEFORE DELETE ON {table}", rule, old=True),
            self._refusing(f"{table}_are_never_emptied", f"BEFORE TRUNCATE ON {table}", rule, each=_STATEMENT),
        ]

    def _closed_to(self, name: str, event: str, condition: str, *, old: bool = False) -> tuple[str, str]:
        rule = ("the period is closed", condition)
        return self._refusing(f"closed_days_hold_when_{name}", f"BEFORE {event}", rule, old=old)

    def _refusing(
        self,
        name: str,
        event: str,
        *rules: tuple[str, str],
        when: str = "",
        each: str = _EACH_ROW,
        old: bool = False,
    ) -> tuple[str, str]:
        """A trigger that refuses with the reason of the first rule whose condition is true."""
        checks = " ".join(
            f"IF {condition} THEN RAISE EXCEPTION '{reason}' USING ERRCODE = 'check_violation'; END IF;"
            for reason, condition in rules
        )
        answer = "NULL" if each == _STATEMENT else "OLD" if old else "NEW"
        return self._trigger(name, event, f"{checks} RETURN {answer};", when, each)

    def _doing(self, name: str, event: str, statement: str, when: str = "") -> tuple[str, str]:
        return self._trigger(name, event, f"{statement} RETURN NULL;", when, _EACH_ROW)

    def _trigger(self, name: str, event: str, body: str, when: str, each: str) -> tuple[str, str]:
        moment, _, table = event.rpartition(" ON ")
        condition = f" WHEN ({when})" if when else ""
        function = f"{self._schema}.{name}"
        return (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$",
            f"CREATE TRIGGER {name} {moment} ON {self._schema}.{table} {each}{condition} EXECUTE FUNCTION {function}()",
        )
