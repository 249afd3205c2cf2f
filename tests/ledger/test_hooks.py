"""Hooks: asked before a posting, told after it is on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pluggy
import pytest

from tui_ledger import errors
from tui_ledger.errors import HookFailed, PostingRefused
from tui_ledger.ledger import Account, Draft, DraftPosting, Ledger, Transaction, credit, debit
from tui_ledger.money import Money

BANK, CASH, CARD, SALES, RENT = "Assets:Bank", "Assets:Cash", "Liabilities:Card", "Income:Sales", "Expenses:Rent"


def sale(book: Ledger, amount: object = 100, **given: Any) -> Transaction:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), **given)


def held(book: Ledger, account: str = BANK) -> str:
    return str(book.balance(account).amount)


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    for account in book.accounts():
        assert book.balance(account) == book.calculate_balance(account)


def doubled(draft: Draft) -> Draft:
    lines = [replace(line, amount=Money(2 * line.amount.units, line.amount.currency)) for line in draft.postings]
    return replace(draft, postings=tuple(lines))


def commission(draft: Draft) -> list[Draft]:
    return [Draft(draft.date, "Commission", (debit(RENT, 1), credit(CARD, 1)))]


def test_a_before_hook_sees_the_whole_draft_resolved(book: Ledger) -> None:
    seen: list[Draft] = []
    book.before_post(seen.append)
    book.post("Sale", DraftPosting("1000", "121"), DraftPosting(SALES, -100), DraftPosting(CARD), date="2026-01-10")
    (draft,) = seen
    assert [type(line.account) for line in draft.postings] == [Account] * 3
    assert [(line.account.name, str(line.amount)) for line in draft.postings] == [
        (BANK, "121.00 EUR"),
        (SALES, "-100.00 EUR"),
        (CARD, "-21.00 EUR"),
    ]
    assert str(draft.date) == "2026-01-10"
    correct(book)


def test_a_hook_that_changes_the_amounts_changes_every_balance_with_them(book: Ledger) -> None:
    book.before_post(doubled)
    sale(book, 100, date="2026-01-10")
    book.transfer(BANK, CASH, 5, date="2026-01-09")
    assert [str(row.balance.amount) for row in book.register(BANK)] == ["-10.00", "190.00"]
    assert held(book, SALES) == "200.00"
    correct(book)


def test_what_a_hook_leaves_is_checked_again(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    changes: list[tuple[type[Exception], Callable[[Draft], object]]] = [
        (errors.TooFewPostings, lambda draft: replace(draft, postings=draft.postings[:1])),
        (errors.UnbalancedTransaction, lambda draft: replace(draft, postings=(debit(BANK, 5), credit(SALES, 6)))),
        (errors.UnknownAccount, lambda draft: replace(draft, postings=(debit("Assets:No", 5), credit(SALES, 5)))),
        (errors.InvalidText, lambda draft: replace(draft, memo="\x00")),
        (errors.UnknownAccount, lambda draft: [Draft(postings=(debit("Assets:No", 5), credit(SALES, 5)))]),
        (errors.UnbalancedTransaction, lambda draft: iter([replace(draft, postings=(debit(BANK, 5), debit(CASH, 5)))])),
    ]
    for error, change in changes:
        book.hooks._before.clear()
        book.before_post(change)  # type: ignore[arg-type]
        with untouched(book), pytest.raises(error):
            sale(book)


def test_a_hook_cannot_post_into_a_closed_period_or_account(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.close_period("2026-01-31")
    book.close_account(CARD)
    book.before_post(lambda draft: replace(draft, date="2026-01-31") if draft.memo == "Sale" else None)
    book.before_post(commission)
    with untouched(book):
        with pytest.raises(errors.PeriodClosed):
            sale(book)
        with pytest.raises(errors.AccountClosed):
            book.transfer(BANK, CASH, 5)


def test_further_drafts_are_one_act_with_the_posting(book: Ledger) -> None:
    book.before_post(commission)
    first = sale(book, actor="ada", key="k")
    assert (first.number, first.memo, book.transaction(2).memo) == (1, "Sale", "Commission")
    assert [change.act for change in book.latest_changes(2)] == [book.latest_changes(1)[0].act] * 2
    assert sale(book, actor="ada", key="k").number == 1
    assert len(book.journal()) == 2
    assert book.undo(actor="ada").transactions == (2, 1)
    assert (held(book), held(book, CARD)) == ("0.00", "0.00")
    book.redo(actor="ada")
    assert (held(book), held(book, CARD)) == ("100.00", "1.00")
    correct(book)


def test_a_further_draft_that_is_refused_refuses_the_posting(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.edit_account(CARD, minimum=50)
    book.before_post(commission)
    with untouched(book), pytest.raises(errors.MinimumBalanceBroken):
        sale(book)


def test_a_refusal_says_the_hook_s_own_sentence(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    @book.before_post
    def no_sales(draft: Draft) -> None:
        raise PostingRefused("No sales on Sundays.")

    with untouched(book), pytest.raises(PostingRefused, match=r"^No sales on Sundays\.$"):
        sale(book)


def generating(draft: Draft) -> Iterator[Draft]:
    yield draft
    raise ValueError("broken half way")


def raising(draft: Draft) -> None:
    raise ValueError("broken")


def recursing(draft: Draft) -> None:
    recursing(draft)


BROKEN: dict[str, Callable[[Draft], Any]] = {
    "raises": raising,
    "raises on its way": generating,
    "returns a number": lambda draft: 5,
    "returns a text": lambda draft: "draft",
    "returns drafts and something else": lambda draft: [draft, None],
    "recurses": recursing,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_hook_refuses_the_act_and_is_named(
    book: Ledger, untouched: Callable[[Ledger], Any], case: str
) -> None:
    book.hooks.add_before(BROKEN[case], "the broken one")
    with untouched(book):
        with pytest.raises(HookFailed, match="the broken one"):
            sale(book)
        with pytest.raises(HookFailed, match="the broken one"):
            book.increase({"user": 7}, 5, create_missing=True)
    book.hooks._before.clear()
    assert sale(book).number == 1


def test_hooks_run_in_order_functions_as_registered_then_plug_ins_by_name(book: Ledger) -> None:
    order: list[str] = []

    class Plugin:
        def __init__(self, name: str) -> None:
            self.name = name

        def before_post(self, draft: Draft) -> None:
            order.append(f"before {self.name}")

        def after_post(self, transaction: Transaction) -> None:
            order.append(f"after {self.name}")

    book.hooks.add_plugin(Plugin("z"), "z")
    book.hooks.add_plugin(Plugin("a"), "a")
    for name in ("second", "first"):
        book.hooks.add_before(lambda draft, name=name: order.append(f"before {name}"), name)
        book.hooks.add_after(lambda transaction, name=name: order.append(f"after {name}"), name)
    sale(book)
    names = ["second", "first", "a", "z"]
    assert order == [f"before {name}" for name in names] + [f"after {name}" for name in names]


def test_each_hook_sees_what_the_one_before_it_left(book: Ledger) -> None:
    book.before_post(doubled)
    book.before_post(commission)
    book.before_post(doubled)
    sale(book, 1)
    assert (held(book), held(book, CARD)) == ("4.00", "1.00")


def test_a_plug_in_with_pluggy_s_marker_is_a_hook(book: Ledger) -> None:
    implementation = pluggy.HookimplMarker("tui_ledger")
    told: list[int] = []

    class Plugin:
        @implementation
        def before_post(self, draft: Draft) -> Draft:
            return doubled(draft)

        @implementation(specname="after_post")
        def remember(self, transaction: Transaction) -> None:
            told.append(transaction.number)

        @implementation(specname="after_post")
        def count(self) -> None:
            told.append(0)

    book.hooks.add_plugin(Plugin(), "plugin")
    sale(book, 5)
    assert held(book) == "10.00"
    assert sorted(told) == [0, 1]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Installs a plug-in of a given code, as pip would."""

    def install(code: str) -> None:
        (tmp_path / "some_addon.py").write_text(code)
        described = tmp_path / "some_addon-1.0.dist-info"
        described.mkdir()
        (described / "METADATA").write_text("Metadata-Version: 2.1\nName: some-addon\nVersion: 1.0\n")
        (described / "entry_points.txt").write_text("[tui_ledger]\nsome = some_addon\n")
        monkeypatch.syspath_prepend(str(tmp_path))

    yield install
    sys.modules.pop("some_addon", None)


def test_installed_plug_ins_are_asked_without_more_ado(book: Ledger, installed: Callable[[str], None]) -> None:
    installed(
        "from dataclasses import replace\ndef before_post(draft):\n    return replace(draft, memo=draft.memo + '!')\n"
    )
    assert sale(book).memo == "Sale!"
    book.hooks.add_installed()
    assert sale(book).memo == "Sale!"


def test_an_installed_plug_in_that_cannot_be_loaded_refuses_the_act_and_is_named(
    book: Ledger, installed: Callable[[str], None], untouched: Callable[[Ledger], Any]
) -> None:
    installed("1 / 0\n")
    for _ in range(2):
        with untouched(book), pytest.raises(HookFailed, match=r"plug-in some failed \(ZeroDivisionError"):
            sale(book)


def test_after_hooks_are_told_once_the_outermost_write_is_on_disk(book: Ledger) -> None:
    told: list[tuple[int, int]] = []

    @book.after_post
    def count(transaction: Transaction) -> None:
        with Ledger.open(book.place) as other:
            told.append((transaction.number, len(other.journal())))

    with book.write():
        sale(book, 1)
        with book.write():
            sale(book, 2)
        assert told == []
    assert told == [(1, 2), (2, 2)]
    sale(book, 3)
    assert told[2:] == [(3, 3)]


def test_after_hooks_are_never_told_of_what_was_rolled_back(book: Ledger) -> None:
    told: list[tuple[int, str]] = []
    book.after_post(lambda transaction: told.append((transaction.number, transaction.memo)))
    with pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        sale(book)
        raise ZeroDivisionError
    with book.write():
        with pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
            sale(book)
            raise ZeroDivisionError
        book.transfer(BANK, CASH, 5, memo="kept")
    assert told == [(1, "kept")]
    with book.write(), pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        sale(book)
        raise ZeroDivisionError
    assert told == [(1, "kept")]
    assert book.hook_failures == ()


def test_a_failing_after_hook_undoes_nothing_and_stops_no_other(book: Ledger, caplog: pytest.LogCaptureFixture) -> None:
    told: list[int] = []

    @book.after_post
    def broken(transaction: Transaction) -> None:
        raise ValueError(transaction.memo)

    book.after_post(lambda transaction: told.append(transaction.number))
    assert sale(book).number == 1
    assert (told, held(book)) == ([1], "100.00")
    (failure,) = book.hook_failures
    assert (failure.transaction, repr(failure.problem)) == (1, "ValueError('Sale')")
    assert "broken" in failure.hook
    assert "broken" in caplog.text
    assert "Sale" not in caplog.text


def test_a_hook_may_post_through_the_ledger_itself(book: Ledger) -> None:
    """Only what runs under the lock (opening accounts) is part of the act; the rest stands for itself."""
    depth: list[int] = []

    @book.before_post
    def log(draft: Draft) -> None:
        if draft.memo != "log":
            depth.append(1)
            book.post("log", debit(RENT, 1), credit(CARD, 1))

    sale(book)
    book.increase({"user": 7}, 5, create_missing=True)
    book.increase("Assets:Dollars", 5)
    book.increase(BANK, 5)
    assert [transaction.memo for transaction in book.journal()] == ["log", "Sale"] + ["log", ""] * 3
    assert len(depth) == 4
    correct(book)


def test_an_after_hook_may_post_through_the_ledger_itself(book: Ledger) -> None:
    @book.after_post
    def follow(transaction: Transaction) -> None:
        if transaction.memo != "log":
            book.post("log", debit(RENT, 1), credit(CARD, 1))

    with book.write():
        sale(book, 1)
        sale(book, 2)
    assert [transaction.memo for transaction in book.journal()] == ["Sale", "Sale", "log", "log"]
    assert book.hook_failures == ()
    correct(book)


def test_a_hook_is_not_asked_again_for_a_key_that_was_used(book: Ledger) -> None:
    asked: list[Draft] = []
    book.before_post(asked.append)
    for _ in range(2):
        book.increase(BANK, 5, key="k")
        sale(book, key="s")
    assert len(asked) == 2


def test_hooks_see_transfers_moves_and_reversals_of_any_currency(book: Ledger) -> None:
    seen: list[str] = []
    book.before_post(lambda draft: seen.append("+".join(line.account.name for line in draft.postings)))
    book.transfer("Assets:Dollars", BANK, 100, received=92)
    book.increase(CASH, 5)
    book.decrease("Assets:Dollars", 5)
    book.reverse(1)
    assert seen == [
        "Assets:Dollars+Assets:Bank",
        "Assets:Cash+Equity:Adjustments",
        "Assets:Dollars+Equity:Adjustments:USD",
        "Assets:Dollars+Assets:Bank+Equity:Conversion:USD+Equity:Conversion:EUR",
    ]
    correct(book)


def test_hooks_of_two_ledgers_do_not_mix(book: Ledger) -> None:
    with Ledger.in_memory() as other:
        other.open_account(BANK, "asset")
        other.open_account(SALES, "income")
        other.before_post(doubled)
        sale(other, 5)
        sale(book, 5)
        assert (held(other), held(book)) == ("10.00", "5.00")


def test_hooks_are_asked_of_every_draft_of_a_batch_and_told_of_each_transaction(book: Ledger) -> None:
    told: list[int] = []
    book.before_post(doubled)
    book.before_post(commission)
    book.after_post(lambda one: told.append(one.number))
    drafts = [Draft(memo=f"Sale {place}", postings=(debit(BANK, 1), credit(SALES, 1))) for place in range(3)]
    batch = book.post_batch(drafts, actor="ada")
    assert list(batch.numbers) == told == [1, 2, 3, 4, 5, 6]
    assert [one.memo for one in book.journal()] == [
        memo for place in range(3) for memo in (f"Sale {place}", "Commission")
    ]
    assert (held(book), held(book, RENT)) == ("6.00", "3.00")
    book.undo(actor="ada")
    assert (held(book), held(book, RENT)) == ("0.00", "0.00")
    correct(book)


def test_a_hook_that_refuses_one_draft_of_a_batch_refuses_the_batch(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    def refuse(draft: Draft) -> None:
        if draft.memo == "Sale 2":
            raise PostingRefused("Not this one.")

    book.before_post(refuse)
    drafts = [Draft(memo=f"Sale {place}", postings=(debit(BANK, 1), credit(SALES, 1))) for place in range(3)]
    with untouched(book), pytest.raises(PostingRefused, match="Not this one"):
        book.post_batch(drafts)


def test_a_hook_that_posts_by_itself_in_the_midst_of_a_batch_is_named(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    def post(draft: Draft) -> None:
        if draft.memo == "Sale":
            book.post("Beside", debit(BANK, 1), credit(SALES, 1))

    book.before_post(post)
    with untouched(book), pytest.raises(HookFailed, match="must return its drafts"):
        book.post_batch([Draft(memo="Sale", postings=(debit(BANK, 1), credit(SALES, 1)))])


def test_a_plug_in_that_cannot_be_registered_refuses_every_posting(
    book: Ledger, installed: Callable[[str], None], untouched: Callable[[Ledger], Any]
) -> None:
    installed("def before_post(draft):\n    pass\ndef after_post(t):\n    pass\n")
    for _ in range(3):
        with untouched(book), pytest.raises(HookFailed, match=r"plug-in some failed \(PluginValidationError"):
            sale(book)
