"""Old items with their balances come in whole, once, in the order of their ids; what differs is told line by line."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importing.conftest import WriteJournal
from tui_ledger.errors import FileNotReadable, ImportRefused, InvalidCurrency, LedgerError
from tui_ledger.importing.balance_items import looks_like_items
from tui_ledger.importing.item_import import ChangedItem, Difference, ItemImport, ItemOptions, import_items
from tui_ledger.ledger import Ledger

HEAD = "bid,uid,timestamp,type,message,amount,balance\n"
TABLE = (
    HEAD
    + """3,8,1236000500,credit,"Two
lines",2.00,2.00
1,7,1236000000,credit,Top-up,10.0000,10.0000
2,7,1236000100,debit,Fee,3.50,6.50
4,7,1236086400,debit,=cmd() [red]x[/],1.00,5.50
"""
)
IN_UTC = ItemOptions(zone=UTC)


def owed(ledger: Ledger) -> dict[str, str]:
    return {one.key: str(one.balance.amount) for one in ledger.party_balances()}


def sheet(ledger: Ledger, party: str) -> list[tuple[str, str, str, str]]:
    rows = ledger.party_sheet(party)
    return [(row.date.isoformat(), row.memo, str(row.change.amount), str(row.balance.amount)) for row in rows]


def test_items_become_transactions_of_parties_in_the_order_of_their_ids(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    result = import_items(ledger, write_journal(TABLE, "items.csv"), IN_UTC)
    assert (result.imported, result.skipped_duplicates, result.differences, result.notes) == (4, 0, (), ())
    assert result.parties_added == ("7", "8")
    assert owed(ledger) == {"7": "5.50", "8": "2.00"}
    assert sheet(ledger, "7") == [
        ("2009-03-02", "Top-up", "10.00", "10.00"),
        ("2009-03-02", "Fee", "-3.50", "6.50"),
        ("2009-03-03", "=cmd() [red]x[/]", "-1.00", "5.50"),
    ]
    assert [one.memo for one in ledger.journal()] == ["Top-up", "Fee", "Two\nlines", "=cmd() [red]x[/]"]
    kept = ledger.transaction(1).data["balance_item"]
    assert {name: kept[name] for name in ("id", "user", "time", "balance")} == {
        "id": "1", "user": "7", "time": "2009-03-02T13:20:00+00:00", "balance": "10.0000",
    }  # fmt: skip
    assert ledger.transaction(1).postings[1].account == "Equity:Adjustments"


def test_a_second_time_nothing_is_booked_and_a_changed_item_is_told(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(TABLE, "items.csv")
    import_items(ledger, path, IN_UTC)
    revision = ledger.revision
    again = import_items(ledger, path, IN_UTC)
    assert (again.imported, again.skipped_duplicates, again.batch, again.changed) == (0, 4, None, ())
    assert ledger.revision == revision
    more = TABLE.replace("Fee,3.50", "Fee,3.60") + "5,8,1236086500,credit,More,1,3.00\n"
    result = import_items(ledger, write_journal(more, "items.csv"), IN_UTC)
    assert (result.imported, result.skipped_duplicates) == (1, 4)
    assert result.changed == (ChangedItem(line=5, transaction=2, fields={"amount": ("-3.50", "-3.60")}),)
    assert owed(ledger) == {"7": "5.50", "8": "3.00"}
    assert "the book stays as it is" in result.notes[0]


def test_an_import_is_undone_with_its_parties_and_may_be_done_again(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(TABLE, "items.csv")
    import_items(ledger, path, IN_UTC)
    ledger.undo()
    assert ledger.parties() == ()
    result = import_items(ledger, path, IN_UTC)
    assert (result.imported, result.skipped_duplicates, result.differences) == (4, 0, ())
    assert owed(ledger) == {"7": "5.50", "8": "2.00"}
    assert ledger.verify(replay=True).ok


def test_a_trial_tells_all_of_it_and_leaves_nothing(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(TABLE.replace("1.00,5.50", "1.00,5.60"), "items.csv")
    before = ledger.revision, ledger.head, ledger.accounts()
    result = import_items(ledger, path, IN_UTC, dry_run=True)
    assert (result.imported, result.batch) == (4, None)
    assert result.differences == (Difference(6, "5.60", "5.50"),)
    assert (ledger.revision, ledger.head, ledger.accounts()) == before
    assert import_items(ledger, path, IN_UTC).differences == result.differences


def test_what_the_book_holds_already_counts_in_the_comparison(ledger: Ledger, write_journal: WriteJournal) -> None:
    """The balances told are the book's own, back-dated rows and all."""
    ledger.party_account(ledger.add_party("7"), create=True)
    ledger.party_credit("7", 1, date="2009-03-02")
    ledger.party_credit("7", 5, date="2010-01-01")
    result = import_items(ledger, write_journal(TABLE, "items.csv"), IN_UTC)
    assert result.differences == (
        Difference(4, "10.00", "11.00"),
        Difference(5, "6.50", "7.50"),
        Difference(6, "5.50", "6.50"),
    )
    assert owed(ledger)["7"] == "11.50"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,7,2009-02-31,credit,x,5,5", "`2009-02-31` is no time"),
        ("1,7,yesterday,credit,x,5,5", "`yesterday` is no time"),
        ("1,7,99999999999999,credit,x,5,5", "is no time"),
        ("1,7,1236000000,refund,x,5,5", "`refund` is no type"),
        ("1,7,1236000000,credit,x,5.005,5", "finer than the 2 decimals of USD: import with --round"),
        ("1,7,1236000000,credit,x,1e5,5", "`1e5` is no amount"),
        ('1,7,1236000000,credit,x,"1,000",5', "`1,000` is no amount"),
        ("1,7,1236000000,credit,x,NaN,5", "`NaN` is no amount"),
        ("1,7,1236000000,credit,x,99999999999999999999999,5", "larger than a book can hold"),
        ("1,7,1236000000,credit,x,5,five", "`five` is no balance"),
        ("1,,1236000000,credit,x,5,5", "key '' cannot be kept"),
        (",7,1236000000,credit,x,5,5", "is no id"),
        ("1,7,1236000000,credit", "4 fields, too few"),
        (f"1,7,1236000000,credit,{'x' * 5001},5,5", "the message holds more than 5000"),
        ("9,7,1236000000,credit,x,5,5", "the id `9` stands in line 2 already"),
        ("1,old,1236000000,credit,x,5,5", "`old` is inactive"),
        ("1,7,2009-01-31,credit,x,5,5", "2009-01-31 is closed"),
    ],
)
def test_a_line_that_cannot_be_imported_is_named_and_nothing_is(
    ledger: Ledger, write_journal: WriteJournal, row: str, reason: str
) -> None:
    ledger.add_party("old", active=False)
    ledger.close_period("2009-01-31")
    before = ledger.revision, ledger.head
    with pytest.raises(ImportRefused) as refusal:
        import_items(ledger, write_journal(f"{HEAD}9,7,1236000000,credit,x,5,5\n{row}\n", "items.csv"), IN_UTC)
    ((line, said),) = refusal.value.refused
    assert line == 3
    assert reason in said
    assert (ledger.revision, ledger.head) == before


def test_every_bad_line_is_named_not_only_the_first(ledger: Ledger, write_journal: WriteJournal) -> None:
    rows = "1,7,x,credit,x,5,5\n2,7,1236000000,credit,x,5,5\n3,7,1236000000,no,x,5,5\n"
    with pytest.raises(ImportRefused) as refusal:
        import_items(ledger, write_journal(HEAD + rows, "items.csv"))
    assert [line for line, _ in refusal.value.refused] == [2, 4]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "id,user,time,type\n", 'id,user,time,type,amount\n1,"open'])
def test_a_file_that_is_no_such_table_is_refused(ledger: Ledger, write_journal: WriteJournal, text: str) -> None:
    with pytest.raises(ImportRefused):
        import_items(ledger, write_journal(text, "items.csv"))
    with pytest.raises(FileNotReadable):
        import_items(ledger, Path("nowhere.csv"))


def test_columns_go_by_many_names_in_any_order(ledger: Ledger, write_journal: WriteJournal) -> None:
    text = "Amount;Type;User ID;Created at;Item-ID;display name;mood\n5;CREDIT;ann;2009-03-01 23:30:00+00:00;a;Ann;:)\n"
    path = write_journal("\ufeff" + text.replace("\n", "\r\n"), "items.csv")
    assert looks_like_items(path)
    result = import_items(ledger, path, ItemOptions(zone=ZoneInfo("Europe/Berlin")))
    assert result.notes == ("Passed over: `mood`, which no item has.",)
    assert ledger.party("ann").name == "Ann"
    assert ledger.transaction(1).date.isoformat() == "2009-03-02"
    assert ledger.transaction(1).data["balance_item"]["time"] == "2009-03-02T00:30:00+01:00"
    assert not looks_like_items(write_journal("2026-01-01 x\n  a  5\n  b\n", "x.journal"))


def test_instances_are_purposes_and_ids_are_told_apart_by_them(ledger: Ledger, write_journal: WriteJournal) -> None:
    rows = "1,7,2009-03-01,credit,5,5,\n1,7,2009-03-01,credit,3,3,Bonus\n"
    path = write_journal(f"bid,uid,timestamp,type,amount,balance,instance\n{rows}", "items.csv")
    assert import_items(ledger, path).imported == 2
    assert str(ledger.party_balance("7", purpose="bonus")[0]) == "3.00 USD"
    assert import_items(ledger, path).skipped_duplicates == 2


def test_items_of_nothing_are_left_out_and_negative_ones_turn_round(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    rows = "1,7,2009-03-01,credit,x,0.00,0\n2,7,2009-03-01,credit,x,-5,-5.00\n3,7,2009-03-01,debit,x,-2,-3.00\n"
    result = import_items(ledger, write_journal(HEAD + rows, "items.csv"))
    assert (result.imported, result.differences) == (2, ())
    assert result.notes == (
        "1 item of nothing (first in line 2) left out.",
        "2 negative amounts (first in line 3) booked on the other side, as the balances have it.",
    )
    assert owed(ledger) == {"7": "-3.00"}


def test_finer_amounts_are_rounded_on_request_or_kept_in_a_finer_currency(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    rows = "1,7,2009-03-01,credit,x,1.0050,1.0050\n2,7,2009-03-01,debit,x,0.0049,1.0001\n"
    path = write_journal(HEAD + rows, "items.csv")
    ledger.add_currency("PTS", digits=4)
    points = import_items(ledger, path, ItemOptions(currency="PTS", purpose="points"))
    assert (points.imported, points.differences) == (2, ())
    assert [str(one) for one in ledger.party_balance("7")] == ["0.00 USD", "1.0001 PTS"]
    rounded = import_items(ledger, path, ItemOptions(rounds=True))
    assert (rounded.imported, owed(ledger)["7"]) == (1, "1.01")
    assert rounded.differences == ()
    with pytest.raises(InvalidCurrency):
        import_items(ledger, path, ItemOptions(currency="XBT"))


def test_entities_in_messages_stay_unless_they_are_to_go(ledger: Ledger, write_journal: WriteJournal) -> None:
    """B27: the ancestor's form stored what was escaped for a page."""
    rows = "1,7,2009-03-01,credit,Tea &amp; cake &lt;b&gt;,5,5\n"
    path = write_journal(HEAD + rows, "items.csv")
    import_items(ledger, path)
    assert ledger.transaction(1).memo == "Tea &amp; cake &lt;b&gt;"
    ledger.undo()
    import_items(ledger, path, ItemOptions(unescapes=True))
    assert ledger.transaction(2).memo == "Tea & cake <b>"
    assert import_items(ledger, path).changed == ()


def test_what_progress_raises_imports_nothing(ledger: Ledger, write_journal: WriteJournal) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Enough

    before = ledger.revision
    with pytest.raises(Enough):
        import_items(ledger, write_journal(TABLE, "items.csv"), progress=stop)
    assert (ledger.revision, ledger.parties()) == (before, ())


def test_a_key_imports_once_and_the_act_is_its_actor_s(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(TABLE, "items.csv")
    first = import_items(ledger, path, IN_UTC, key="old site", actor="Bea")
    assert import_items(ledger, path, IN_UTC, key="old site").imported == 0
    assert {change.actor for change in ledger.changes_of(1)} == {"Bea"}
    assert ledger.transaction(1).batch == first.batch
    with pytest.raises(LedgerError):
        import_items(ledger, path, ItemOptions(against="Assets:Nothing", purpose="other"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(1, 99_999)), min_size=1, max_size=30))
def test_what_the_ancestor_would_have_written_never_differs(tmp_path: Path, moves: list[tuple[str, bool, int]]) -> None:
    balances: dict[str, int] = {}
    rows = []
    for number, (user, credits, cents) in enumerate(moves, 1):
        balances[user] = balances.get(user, 0) + (cents if credits else -cents)
        kind, time = "credit" if credits else "debit", 1236000000 + number // 3
        rows.append(f"{number},{user},{time},{kind},m,{cents / 100:.4f},{balances[user] / 100:.4f}\n")
    path = tmp_path / "items.csv"
    path.write_text(HEAD + "".join(reversed(rows)), encoding="utf-8")
    with Ledger.in_memory("EUR") as ledger:
        result: ItemImport = import_items(ledger, path, IN_UTC)
        assert (result.imported, result.differences) == (len(moves), ())
        found: dict[str, Any] = {one.key: one.balance.units for one in ledger.party_balances()}
        assert found == balances


@pytest.mark.parametrize(
    ("mark", "order", "amount", "day", "read"),
    [
        (",", "dmy", "1.234,50", "5.2.2026", ("1234.50", "2026-02-05")),
        (",", "dmy", "1 234,50", "05/02/2026", ("1234.50", "2026-02-05")),
        (",", None, "1234567", "2026-02-05", ("1234567.00", "2026-02-05")),
        (".", "mdy", "1,234.50", "5/2/2026", ("1234.50", "2026-05-02")),
        (".", "mdy", "12", "2026/5/2", ("12.00", "2026-05-02")),
        (".", "ymd", "1'234.50", "2026.05.02.", ("1234.50", "2026-05-02")),
        (None, "dmy", "12.50", "1236000000", ("12.50", "2009-03-02")),
        (",", "dmy", "30.00", "5.2.2026", "is no amount with"),
        (",", "dmy", "1.2345,00", "5.2.2026", "is no amount with"),
        (",", "dmy", "1.234 567,00", "5.2.2026", "is no amount with"),
        (".", "mdy", "12,50", "5/2/2026", "is no amount with"),
        (".", "mdy", "", "5/2/2026", "is no amount with"),
        (".", "mdy", "1e5", "5/2/2026", "is no amount with"),
        (None, None, "1.234,50", "2026-02-05", "write it like 1450.00"),
        (None, None, "12.50", "5.2.2026", "is no time"),
        (None, "mdy", "12.50", "31/1/2026", "`31/1/2026` is no day in the order mdy: it is written like 01/31/2026"),
        (None, "dmy", "12.50", "31.2.2026", "`31.2.2026` is no day in the order dmy"),
        (None, "dmy", "12.50", "5.2.26", "is no day in the order dmy"),
        (None, "dmy", "12.50", "5.2/2026", "is no day in the order dmy"),
    ],
)
def test_a_table_has_its_own_decimal_mark_and_order_of_dates(
    ledger: Ledger,
    write_journal: WriteJournal,
    mark: str | None,
    order: str | None,
    amount: str,
    day: str,
    read: tuple[str, str] | str,
) -> None:
    table = write_journal(f'{HEAD}1,7,{day},credit,Top-up,"{amount}",\n', "items.csv")
    options = ItemOptions(zone=UTC, decimal_mark=mark, date_order=order)
    if isinstance(read, str):
        with pytest.raises(ImportRefused) as refusal:
            import_items(ledger, table, options)
        assert read in str(refusal.value.refused[0][1])
        return
    import_items(ledger, table, options)
    assert [(day, change) for day, _, change, _ in sheet(ledger, "7")] == [(read[1], read[0])]
