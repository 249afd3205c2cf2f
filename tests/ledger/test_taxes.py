"""Tax codes: rates from a day on, the accounts the tax goes to, and how all of it is kept, undone and replayed."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.copying import copy_book
from tui_ledger.ledger.rebuilding import rebuild_from_history
from tui_ledger.ledger.taxes import TaxRate

VAT, BANK, SALES = "Liabilities:VAT", "Assets:Bank", "Income:Sales"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def taxed(book: Ledger) -> Ledger:
    """A book with an account that tax goes to, and no rates yet."""
    book.open_account(VAT, "liability")
    return book


def said(ledger: Ledger) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(one.code, one.date_from.isoformat(), str(one.rate), one.account, one.name) for one in ledger.tax_rates()]


def test_a_rate_holds_from_its_day_on_until_the_next(taxed: Ledger) -> None:
    first = taxed.set_tax_rate("V19", "19.00", account=VAT, date_from="2021-01-01", name="Standard")
    assert first == TaxRate("V19", date(2021, 1, 1), Decimal(19), VAT, taxed.account(VAT).id, "Standard")
    taxed.set_tax_rate("V19", 16, account=VAT, date_from=date(2020, 7, 1), name="Standard")
    taxed.set_tax_rate("V19", "20.5")
    assert said(taxed) == [
        ("V19", "2020-07-01", "16", VAT, "Standard"),
        ("V19", "2021-01-01", "19", VAT, "Standard"),
        ("V19", "2026-06-15", "20.5", VAT, "Standard"),
    ]
    found = {day: taxed.tax_rate("V19", day) for day in ("2020-06-30", "2020-07-01", "2020-12-31", "2021-01-01")}
    assert [None if one is None else int(one.rate) for one in found.values()] == [None, 16, 16, 19]
    assert taxed.tax_rate("V19") == taxed.tax_rates()[-1]
    assert (taxed.tax_rate("v19"), taxed.tax_rate("V7")) == (None, None)


def test_a_rate_of_the_same_day_is_replaced_and_one_removed_leaves_the_one_before(taxed: Ledger) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", name="Standard")
    taxed.set_tax_rate("V19", 20, account="Liabilities:Card", date_from="2021-01-01", name="")
    assert said(taxed) == [("V19", "2021-01-01", "20", "Liabilities:Card", None)]
    taxed.set_tax_rate("V19", 0, date_from="2026-01-01")
    assert said(taxed)[1] == ("V19", "2026-01-01", "0", None, None)
    taxed.remove_tax_rate("V19", "2026-01-01")
    assert said(taxed) == [("V19", "2021-01-01", "20", "Liabilities:Card", None)]
    with pytest.raises(errors.TaxRateNotFound, match=r"'V19' has no rate from 2026-01-01 on"):
        taxed.remove_tax_rate("V19", "2026-01-01")


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (errors.TaxAccountMissing, {"rate": "0.000001"}),
        (errors.InvalidTaxRate, {"rate": "-1"}),
        (errors.InvalidTaxRate, {"rate": "1000.000001"}),
        (errors.InvalidTaxRate, {"rate": "1.1234567"}),
        (errors.InvalidTaxRate, {"rate": "1e2"}),
        (errors.InvalidTaxRate, {"rate": "19%"}),
        (errors.InvalidTaxRate, {"rate": "=1+1"}),
        (errors.InvalidTaxRate, {"rate": Decimal("NaN")}),
        (errors.InvalidTaxRate, {"rate": Decimal("1E-999999")}),
        (errors.InvalidTaxRate, {"rate": True}),
        (errors.FloatAmount, {"rate": 19.0}),
        (errors.InvalidTaxCode, {"code": " "}),
        (errors.InvalidTaxCode, {"code": "x" * 41}),
        (errors.InvalidTaxCode, {"code": "a\x1b[31mb"}),
        (errors.InvalidTaxCode, {"code": "\ud800"}),
        (errors.InvalidTaxCode, {"code": 19}),
        (errors.InvalidText, {"name": "\x00"}),
        (errors.InvalidDate, {"date_from": "2026-02-30"}),
        (errors.UnknownAccount, {"account": "Liabilities:Nowhere"}),
        (errors.TaxAccountRefused, {"account": SALES}),
        (errors.TaxAccountRefused, {"account": "Equity:Opening"}),
        (errors.TaxAccountRefused, {"account": "Assets:Heading"}),
        (errors.TaxAccountRefused, {"account": "Assets:Shut"}),
    ],
    ids=lambda one: ascii(one)[:40] if isinstance(one, dict) else "",
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    taxed: Ledger, untouched: Untouched, error: type[errors.LedgerError], asked: dict[str, Any]
) -> None:
    taxed.open_account("Assets:Heading", "asset", placeholder=True)
    taxed.open_account("Assets:Shut", "asset")
    taxed.close_account("Assets:Shut")
    given = {"code": "V19", "rate": 19, **asked}
    with untouched(taxed), pytest.raises(error):
        taxed.set_tax_rate(given.pop("code"), given.pop("rate"), **given)


def test_a_rate_is_exact_whatever_context_the_caller_has(taxed: Ledger) -> None:
    with localcontext(prec=2):
        assert taxed.set_tax_rate("odd", "19.123456", account=VAT).rate == Decimal("19.123456")
    assert taxed.set_tax_rate("most", Decimal("1E+3"), account=VAT).rate == 1000
    assert str(taxed.set_tax_rate("none", "-0.00").rate) == "0"


def test_hostile_codes_and_names_are_only_text(taxed: Ledger) -> None:
    for code in ("[red]x[/]", "=cmd()", "'; DROP TABLE tax_codes; --", "ä ö 税"):
        taxed.set_tax_rate(code, 7, account=VAT, name=code * 3)
        assert taxed.tax_rate(code) is not None
        taxed.edit_account(SALES, tax_code=code)
    assert taxed.verify(replay=True).ok


def test_an_account_takes_any_code_in_a_book_without_rates_and_a_known_one_in_a_book_with_them(taxed: Ledger) -> None:
    taxed.edit_account(SALES, tax_code="old")
    taxed.set_tax_rate("V7", 7, account=VAT)
    taxed.set_tax_rate("V19", 19, account=VAT)
    taxed.edit_account(SALES, tax_code="old", code="4100")
    for act in (
        lambda: taxed.edit_account(BANK, tax_code="V8"),
        lambda: taxed.open_account("Income:Other", "income", tax_code="V8"),
    ):
        with pytest.raises(errors.UnknownTaxCode, match=r"no tax code 'V8' in this book, but V19, V7: use one"):
            act()
    assert taxed.edit_account(SALES, tax_code="V7").tax_code == "V7"
    assert taxed.open_account("Income:Other", "income", tax_code="V19").tax_code == "V19"


def test_an_account_that_takes_tax_is_renamed_but_not_deleted_or_made_another_type(taxed: Ledger) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01")
    taxed.rename_account(VAT, "Owed:Tax")
    assert said(taxed) == [("V19", "2021-01-01", "19", "Owed:Tax", None)]
    for act in (
        lambda: taxed.delete_account("Owed:Tax"),
        lambda: taxed.edit_account("Owed:Tax", type="equity"),
    ):
        with pytest.raises(errors.TaxAccountInUse, match=r"'Owed:Tax' takes the tax of 'V19' and cannot be"):
            act()
    taxed.remove_tax_rate("V19", "2021-01-01")
    taxed.delete_account("Owed:Tax")
    assert taxed.verify(replay=True).ok


def test_the_book_itself_keeps_an_account_that_a_rate_names(
    sqlite_book: Ledger, raw_connection: Callable[..., Any]
) -> None:
    sqlite_book.set_tax_rate("V19", 19, account="Liabilities:Card")
    assert sqlite_book.path is not None
    other = raw_connection(sqlite_book.path)
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        other.execute("DELETE FROM accounts WHERE name = 'Liabilities:Card'")
    other.execute("PRAGMA foreign_keys = 0")
    other.execute("UPDATE tax_codes SET account = 999")
    kinds = {one.kind for one in sqlite_book.verify().discrepancies}
    assert {"foreign-key", "history-body"} <= kinds


def test_rates_are_undone_and_done_again_with_what_was_there_before(taxed: Ledger) -> None:
    taxed.set_tax_rate("V19", 16, account=VAT, date_from="2021-01-01", name="Standard")
    before = said(taxed)
    taxed.set_tax_rate("V19", 19, account="Liabilities:Card", date_from="2021-01-01", name="Normal")
    after = said(taxed)
    taxed.undo()
    assert said(taxed) == before
    taxed.redo()
    assert said(taxed) == after
    taxed.remove_tax_rate("V19", "2021-01-01")
    taxed.undo()
    assert said(taxed) == after
    taxed.undo()
    taxed.undo()
    assert said(taxed) == []
    taxed.redo()
    assert said(taxed) == before
    assert taxed.verify(replay=True).ok


def test_undo_finds_the_account_by_the_name_it_has_now(taxed: Ledger) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01")
    taxed.remove_tax_rate("V19", "2021-01-01")
    taxed.rename_account(VAT, "Liabilities:Tax", actor="other")
    taxed.open_account(VAT, "liability", actor="other")
    taxed.undo()
    assert said(taxed) == [("V19", "2021-01-01", "19", "Liabilities:Tax", None)]
    assert taxed.verify(replay=True).ok


def test_undo_is_refused_where_a_later_act_built_on_it(taxed: Ledger, untouched: Untouched) -> None:
    taxed.open_account("Liabilities:New", "liability", actor="first")
    taxed.set_tax_rate("V19", 19, account="Liabilities:New", date_from="2021-01-01", actor="second")
    with untouched(taxed), pytest.raises(errors.LaterAct, match="a tax rate"):
        taxed.undo(actor="first")
    taxed.set_tax_rate("V19", 20, date_from="2021-01-01", actor="third")
    with untouched(taxed), pytest.raises(errors.LaterAct, match="a later change"):
        taxed.undo(actor="second")
    taxed.remove_tax_rate("V19", "2021-01-01", actor="fourth")
    taxed.delete_account("Liabilities:New", actor="fifth")
    with untouched(taxed), pytest.raises(errors.LaterAct, match="been deleted since"):
        taxed.undo(actor="fourth")


def test_undo_gives_no_tax_to_an_account_that_takes_none_any_more(taxed: Ledger, untouched: Untouched) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01")
    taxed.remove_tax_rate("V19", "2021-01-01")
    taxed.edit_account(VAT, placeholder=True, actor="other")
    with untouched(taxed), pytest.raises(errors.LaterAct, match="placeholder"):
        taxed.undo()


def test_a_key_sets_a_rate_once_and_answers_the_same(taxed: Ledger) -> None:
    first = taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", key="k")
    revision = taxed.revision
    taxed.rename_account(VAT, "Liabilities:Tax")
    again = taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", key="k")
    assert (again.rate, again.account, again.account_id) == (first.rate, "Liabilities:Tax", first.account_id)
    taxed.set_tax_rate("V19", 20, date_from="2021-01-01")
    old = taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", key="k")
    assert (old.rate, old.account) == (19, VAT)
    assert taxed.revision == revision + 2
    with pytest.raises(errors.KeyReused):
        taxed.set_tax_rate("V19", 20, account=VAT, date_from="2021-01-01", key="k")


def test_the_history_names_the_account(taxed: Ledger) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", name="Normal", actor="ann")
    (change,) = taxed.latest_changes(1)
    assert (change.kind, change.subject, change.actor) == ("set-tax-rate", "tax-code V19 2021-01-01", "ann")
    assert change.after == {
        "code": "V19",
        "date_from": "2021-01-01",
        "rate": "19",
        "account": VAT,
        "name": "Normal",
    }
    taxed.remove_tax_rate("V19", "2021-01-01")
    (change,) = taxed.latest_changes(1)
    assert (change.kind, change.before is None, change.after) == ("remove-tax-rate", False, None)


def test_rates_are_copied_and_come_out_of_the_history_whatever_their_accounts_are_called(
    taxed: Ledger, stored: Callable[..., Any], tmp_path: Path
) -> None:
    taxed.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", name="Normal")
    taxed.rename_account(VAT, "Liabilities:Old")
    taxed.open_account(VAT, "liability")
    taxed.set_tax_rate("V7", 7, account=VAT, date_from="2021-01-01")
    taxed.set_tax_rate("zero", 0, date_from="2021-01-01")
    rows = stored(taxed.place)["tax_codes"] if taxed.path else None
    source = taxed._database.path or taxed.place
    copy_book(source, tmp_path / "copy.ledger")
    rebuild_from_history(source, tmp_path / "rebuilt.ledger")
    for name in ("copy", "rebuilt"):
        with Ledger.open(tmp_path / f"{name}.ledger") as made:
            assert said(made) == said(taxed)
            assert made.verify(replay=True).ok
        assert rows is None or stored(tmp_path / f"{name}.ledger")["tax_codes"] == rows


@pytest.mark.parametrize("seed", range(3))
def test_random_acts_on_rates_and_accounts_leave_a_book_that_is_its_history(sqlite_book: Ledger, seed: int) -> None:
    choose, names = random.Random(f"taxes {seed}"), [VAT, "Liabilities:A", "Liabilities:B", "Assets:C"]
    days, codes, actors = ("2021-01-01", "2024-01-01", "2026-01-01"), ("V19", "V7"), ("ann", "bob")
    ledger, done = sqlite_book, 0
    kind = {"Liabilities": "liability", "Assets": "asset"}

    def act(actor: str) -> None:
        name, other = choose.sample(names, 2)
        code, day = choose.choice(codes), choose.choice(days)
        match choose.randrange(8):
            case 0 | 1:
                account = choose.choice([name, None])
                ledger.set_tax_rate(code, choose.randrange(3), account=account, date_from=day, actor=actor)
            case 2:
                ledger.remove_tax_rate(code, day, actor=actor)
            case 3:
                ledger.open_account(name, kind[name.partition(":")[0]], actor=actor)
            case 4:
                ledger.rename_account(name, other, actor=actor)
            case 5:
                ledger.delete_account(name, actor=actor)
            case 6:
                ledger.undo(actor=actor)
            case _:
                ledger.redo(actor=actor)

    for _ in range(250):
        with suppress(errors.LedgerError):
            act(choose.choice(actors))
            done += 1
    verification = ledger.verify(replay=True)
    assert verification.ok, verification.discrepancies
    assert done > 60
