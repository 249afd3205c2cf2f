"""Which faults are put into the package? Each breaks one rule that the books stand on."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import tui_ledger.ledger
from tui_ledger.dates import Clock
from tui_ledger.ledger import (
    accounts,
    balances,
    basis,
    chart,
    conversions,
    corrections,
    database,
    history,
    hooks,
    journal,
    moves,
    posting_acts,
    reversal,
    sqlite_database,
    sqlite_guards,
    subjects,
    tables,
    tax_split,
    taxes,
    undoing,
    values,
    verification,
)
from tui_ledger.ledger.peewee_alone import pw

# Rooms load when they are first used: what looks for a fault must not be loaded with it in place.
for _room in iter_modules(tui_ledger.ledger.__path__, "tui_ledger.ledger."):
    if "postgres" not in _room.name:
        import_module(_room.name)

Fault = Callable[[], None]
FAULTS: dict[str, Fault] = {}
"""Each fault by its name, which says what is wrong."""
_ROW = "(date, number, line) > (?, ?, ?)"


def _swap(holder: object, name: str, value: object) -> None:
    """Puts something else in a place that there must be: a fault that is put nowhere would prove nothing."""
    if name not in vars(holder):
        raise LookupError(f"{holder!r} has no {name}: the fault has to be seeded elsewhere")
    setattr(holder, name, value)


def _swap_everywhere(name: str, value: object, *modules: ModuleType) -> None:
    for module in modules:
        _swap(module, name, value)


def _reword(holder: ModuleType, name: str, old: str, new: str) -> None:
    text: str = getattr(holder, name)
    if old not in text:
        raise LookupError(f"{holder.__name__}.{name} does not say {old!r}: the fault has to be seeded elsewhere")
    _swap(holder, name, text.replace(old, new))


def _fault(seeded: Fault) -> Fault:
    FAULTS[seeded.__name__.strip("_").replace("_", "-")] = seeded
    return seeded


def _nothing(*_: object, **__: object) -> None:
    """In the place of a check or of a step."""


@_fault
def _carry_left_out() -> None:
    _reword(balances, "_CARRY", "balance + ?", "balance + 0 * ?")


@_fault
def _carry_takes_its_own_row() -> None:
    _reword(balances, "_CARRY", _ROW, _ROW.replace(">", ">="))


@_fault
def _carry_goes_by_the_day_alone() -> None:
    _reword(balances, "_CARRY", _ROW, "(date > ? OR (? < 0 AND ? < 0))")


@_fault
def _balance_is_sought_before_the_day() -> None:
    _reword(balances, "_INSERT", "(date, number, line) < (?, ?, ?)", "(date, number, line) < (?, 0 * ?, ?)")


@_fault
def _balance_at_a_day_leaves_the_day_out() -> None:
    _reword(balances, "_LAST_AT", "date <= ?", "date < ?")


@_fault
def _removal_is_not_carried() -> None:
    def delete(book: database.BookDatabase, number: int, **_: object) -> None:
        book.execute("DELETE FROM postings WHERE number = ?", (number,))

    _swap(balances, "delete_postings", delete)


@_fault
def _batches_are_not_rebuilt() -> None:
    _swap(balances, "rebuild_accounts", _nothing)


@_fault
def _decrease_goes_up() -> None:
    moving = moves.moving_lines
    _swap(moves, "moving_lines", lambda moved, other, amount, _: moving(moved, other, amount, 1))


@_fault
def _transfers_go_the_other_way() -> None:
    moving = moves.transfer_lines
    _swap(moves, "transfer_lines", lambda source, target, sent, arrived: moving(target, source, sent, arrived))


@_fault
def _amounts_pass_through_floats() -> None:
    def units(amount: Any, currency: Any) -> int:
        return int(float(amount) * 10**currency.digits)

    _swap(journal, "parse_units", units)


@_fault
def _amounts_are_stored_as_floats() -> None:
    field = tables.PostingRow.shape().fields["amount"]
    field.__class__ = type("FloatAmount", (pw.FloatField,), {"field_type": "REAL"})


@_fault
def _reversal_is_no_mirror() -> None:
    mirror = reversal.reversal_draft

    def draft(original: Any, *rest: Any) -> Any:
        made = mirror(original, *rest)
        return type(made)(**{name: getattr(made, name) for name in made.__slots__} | {"postings": same(original)})

    def same(original: Any) -> tuple[Any, ...]:
        return tuple(values.DraftPosting(one.account, one.amount) for one in original.postings)

    _swap(reversal, "reversal_draft", draft)


@_fault
def _reversing_twice_is_not_checked() -> None:
    _swap(reversal, "refuse_second", _nothing)


@_fault
def _closed_days_are_not_checked() -> None:
    check = journal.check_open
    _swap_everywhere("check_open", lambda resolved, _: check(resolved, None), undoing, journal)
    _swap(corrections, "refuse_closed", _nothing)


@_fault
def _closed_accounts_are_not_checked() -> None:
    _swap_everywhere("check_open", _nothing, undoing, journal)


@_fault
def _limits_are_not_checked() -> None:
    _swap_everywhere("check_minimums", _nothing, journal, corrections)


@_fault
def _limits_are_checked_at_the_end_alone() -> None:
    def last(book: database.BookDatabase, account: int, sign: int, day: str) -> tuple[int, str]:
        return sign * balances.balance_units(book, account), day

    _swap(balances, "lowest_from", last)


@_fault
def _keys_are_ignored() -> None:
    _swap(history, "act_of_key", _nothing)


@_fault
def _content_of_keys_is_not_compared() -> None:
    _swap(history, "content_digest", lambda _: "same")


@_fault
def _undo_does_not_check_later_changes() -> None:
    _swap(undoing, "_refuse_if_changed_since", _nothing)


@_fault
def _undo_takes_what_others_did() -> None:
    def acts(book: database.BookDatabase, _: str) -> Any:
        return book.stream("SELECT act, kind, undoes, at FROM changes WHERE seq = act ORDER BY seq DESC")

    _swap(undoing, "_acts_of", acts)


@_fault
def _undo_goes_forwards() -> None:
    _swap(undoing, "take_back", undoing.do_again)


@_fault
def _undo_leaves_closed_days_open() -> None:
    _swap(undoing, "refuse_closed", _nothing)


@_fault
def _undo_forgets_that_an_account_is_in_use() -> None:
    _swap(undoing, "_refuse_unfit_account", _nothing)


@_fault
def _renaming_leaves_sub_accounts_behind() -> None:
    _swap(chart.Chart, "below", lambda *_: [])


@_fault
def _used_accounts_can_be_deleted() -> None:
    _swap(accounts, "_refuse_if_used", _nothing)


@_fault
def _accounts_with_money_can_be_closed() -> None:
    _swap(accounts, "balances", _Blind())


class _Blind:
    """Balances that are always zero."""

    def balance_units(self, *_: object) -> int:
        return 0


@_fault
def _chart_survives_a_rollback() -> None:
    _swap(chart.Chart, "forget", _nothing)
    _swap(chart.Chart, "refresh", _nothing)


@_fault
def _voids_are_not_in_the_history() -> None:
    record = history.Act.record

    def leave_out(act: history.Act, **change: Any) -> None:
        if not (change.get("after") or {}).get("voided"):
            record(act, **change)

    _swap(history.Act, "record", leave_out)


@_fault
def _history_keeps_no_before() -> None:
    record = history.Act.record
    _swap(history.Act, "record", lambda act, **change: record(act, **change | {"before": None}))


@_fault
def _hashes_are_not_chained() -> None:
    chained = history.chained_hash
    _swap(history, "chained_hash", lambda _, *row: chained(history.GENESIS, *row))


@_fault
def _conversions_lose_a_cent() -> None:
    exact = conversions.conversion_units
    _swap(
        journal,
        "conversion_units",
        lambda *given: {code: units + (units > 1_000) for code, units in exact(*given).items()},
    )


@_fault
def _tax_is_cut_off_in_place_of_rounded() -> None:
    def cut(units: int, rate: Any, mode: Any) -> int:
        part = int(abs(units) * rate / (100 + rate if mode is taxes.TaxMode.GROSS else 100))
        return part if units >= 0 else -part

    _swap(tax_split, "tax_units", cut)


@_fault
def _tax_of_a_gross_amount_is_that_of_a_net_one() -> None:
    exact = taxes.tax_units
    _swap(tax_split, "tax_units", lambda units, rate, _: exact(units, rate, taxes.TaxMode.NET))


@_fault
def _rates_hold_from_the_day_after() -> None:
    _swap(taxes, "bisect_right", bisect_left)


@_fault
def _undo_finds_tax_accounts_by_their_old_names() -> None:
    _swap(undoing.AccountsAsNamed, "with_account", lambda _, text: text)


@_fault
def _rates_are_replayed_by_the_names_accounts_have_last() -> None:
    def last(self: subjects.Subjects, text: str) -> str:
        body = json.loads(text)
        return text if "account" not in body else history.canonical({**body, "account": max(self._accounts.values())})

    _swap(subjects.Subjects, "_with_account_row", last)


@_fault
def _any_price_fits() -> None:
    def units(amounts: Any, _: Any) -> Any:
        sums: dict[Any, int] = {}
        for amount in amounts:
            sums[amount.currency] = sums.get(amount.currency, 0) + amount.units
        return {currency: -total for currency, total in sums.items() if total}

    _swap_everywhere("conversion_units", units, journal, conversions)


@_fault
def _hooks_come_after_the_amounts() -> None:
    asked = hooks.Hooks.prepared

    def prepared(self: hooks.Hooks, draft: Any) -> list[Any]:
        return [draft, *asked(self, draft)[1:]]

    _swap(hooks.Hooks, "prepared", prepared)


@_fault
def _after_hooks_hear_too_early() -> None:
    def tell(self: posting_acts.PostingActs, numbers: list[int]) -> None:
        self.hooks.tell(self.transaction(number) for number in numbers)

    _swap(posting_acts.PostingActs, "_tell_after_commit", tell)


@_fault
def _write_locks_late() -> None:
    _swap(sqlite_database.SqliteBook, "writing_mode", "DEFERRED")


@_fault
def _foreign_keys_are_off() -> None:
    _set_pragma("foreign_keys", 0)


@_fault
def _synchronous_is_off() -> None:
    _set_pragma("synchronous", "off")


def _set_pragma(name: str, value: object) -> None:
    if name not in sqlite_database._PRAGMAS:
        raise LookupError(f"no pragma {name}: the fault has to be seeded elsewhere")
    pragmas: dict[str, Any] = sqlite_database._PRAGMAS
    pragmas[name] = value


@_fault
def _log_is_a_rollback_journal() -> None:
    run = database.BookDatabase._run

    def without(self: Any, sql: str, parameters: Any) -> Any:
        return run(self, sql.replace("journal_mode = wal", "journal_mode = memory"), parameters)

    _swap(database.BookDatabase, "_run", without)


@_fault
def _today_is_of_utc() -> None:
    def day(clock: Clock) -> date:
        return clock().astimezone(UTC).date()

    _swap(basis, "local_day", day)


@_fault
def _verify_overlooks_balances() -> None:
    def ok(found: verification.Verification) -> bool:
        return all(one.kind == "stored-balance" for one in found.discrepancies)

    _swap(verification.Verification, "ok", property(ok))


@_fault
def _writes_are_not_whole() -> None:
    """A write that fails keeps what it wrote until then."""
    write = database.BookDatabase.write

    @contextmanager
    def kept(self: database.BookDatabase) -> Iterator[None]:
        problem: BaseException | None = None
        with write(self):
            try:
                yield
            except sqlite3.Error:
                raise
            except BaseException as raised:  # noqa: BLE001 -- the fault is to commit whatever was raised
                problem = raised
        if problem is not None:
            raise problem

    _swap(database.BookDatabase, "write", kept)
    _swap(basis.LedgerBasis, "write", _plain_write())


def _plain_write() -> Any:
    @contextmanager
    def write(self: basis.LedgerBasis) -> Iterator[None]:
        with self._database.write():
            yield

    return write


def _without_trigger(name: str) -> Fault:
    def drop() -> None:
        kept = tuple(one for one in sqlite_guards.TRIGGERS if f"CREATE TRIGGER {name} " not in one)
        if len(kept) != len(sqlite_guards.TRIGGERS) - 1:
            raise LookupError(f"there is no trigger {name}: the fault has to be seeded elsewhere")
        _swap(sqlite_database, "TRIGGERS", kept)

    return drop


for _one in sqlite_guards.TRIGGERS:
    FAULTS[f"trigger-dropped-{_one.split()[2].replace('_', '-')}"] = _without_trigger(_one.split()[2])
