"""What recurs: kept in the book, posted or skipped when due, never twice, undone like everything else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine

BANK, RENT = "Assets:Bank", "Expenses:Rent"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def rented(book: Ledger) -> Ledger:
    """Rent of 700 on each month's last day since March; today is 2026-06-15."""
    lines = (TemplateLine(RENT, Decimal(700)), TemplateLine(BANK))
    template = Template("Rent", lines, "Landlord", "Rent", ("flat",))
    book.save_schedule(Schedule("Rent", template, recurrence("month", date(2026, 3, 31), "last-day")), actor="ada")
    return book


def waiting(book: Ledger, through: str | None = None) -> list[str]:
    return [f"{one.day:%m-%d}" for one in book.due(through)]


def test_what_is_due_is_posted_as_its_template_says(rented: Ledger) -> None:
    assert waiting(rented) == ["03-31", "04-30", "05-31"]
    posted = rented.post_due("rent", "2026-03-31")
    assert (posted.date, posted.payee, posted.memo, posted.tags) == (date(2026, 3, 31), "Landlord", "Rent", ("flat",))
    assert posted.data == {"schedule": "Rent", "due": "2026-03-31"}
    assert [str(line.amount) for line in posted.postings] == ["700.00 EUR", "-700.00 EUR"]
    assert waiting(rented) == ["04-30", "05-31"]
    assert rented.verify(replay=True).ok


def test_nothing_is_posted_twice_nor_before_it_recurs(rented: Ledger, untouched: Untouched) -> None:
    rented.post_due("Rent", "2026-04-30")
    rented.skip_due("Rent", "2026-03-31")
    assert waiting(rented) == ["05-31"]
    for act in (rented.post_due, rented.skip_due):
        for day in ("2026-03-31", "2026-04-30", "2026-04-29", "2026-02-28"):
            with untouched(rented), pytest.raises(errors.NotDue):
                act("Rent", day)
        with untouched(rented), pytest.raises(errors.UnknownSchedule):
            act("Loan", "2026-05-31")
    assert rented.schedule("Rent").through == date(2026, 4, 30)
    assert rented.schedule("Rent").handled == ()


def test_only_one_of_many_at_once_posts_a_day(rented: Ledger) -> None:
    def post(_: int) -> int:
        try:
            return rented.post_due("Rent", "2026-03-31").number
        except errors.NotDue:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(post, range(8))) == [0] * 7 + [1]


def test_undoing_a_posting_makes_its_day_due_again(rented: Ledger) -> None:
    rented.post_due("Rent", "2026-03-31", actor="bob")
    rented.undo(actor="bob")
    assert waiting(rented)[0] == "03-31"
    assert rented.balance(RENT).units == 0
    rented.redo(actor="bob")
    assert waiting(rented)[0] == "04-30"
    rented.undo(actor="bob")
    assert rented.post_due("Rent", "2026-03-31").number == 2
    assert rented.verify().ok


def test_what_is_due_may_be_changed_before_it_is_posted(rented: Ledger) -> None:
    draft = rented.schedule("Rent").draft(date(2026, 3, 31))
    dearer = replace(draft, postings=(debit(RENT, 750), credit(BANK, 750)), date=date(2026, 4, 1))
    posted = rented.post_due("Rent", "2026-03-31", draft=dearer)
    assert (posted.date, posted.data["due"], str(rented.balance(RENT))) == (
        date(2026, 4, 1),
        "2026-03-31",
        "750.00 EUR",
    )


def test_what_is_refused_leaves_the_day_due(rented: Ledger, untouched: Untouched) -> None:
    rented.close_period("2026-03-31")
    with untouched(rented), pytest.raises(errors.PeriodClosed):
        rented.post_due("Rent", "2026-03-31")
    with untouched(rented), pytest.raises(errors.UnbalancedTransaction):
        rented.post_due("Rent", "2026-04-30", draft=Draft(postings=(debit(RENT, 5), credit(BANK, 6))))
    assert waiting(rented)[:2] == ["03-31", "04-30"]


def test_hooks_are_asked_and_told(rented: Ledger) -> None:
    told: list[int] = []
    rented.before_post(lambda draft: replace(draft, memo="seen"))
    rented.after_post(lambda one: told.append(one.number))
    assert rented.post_due("Rent", "2026-03-31").memo == "seen"
    assert told == [1]


def test_schedules_are_listed_saved_anew_and_taken_away(rented: Ledger, untouched: Untouched) -> None:
    schedule = rented.schedule("RENT")
    assert [one.name for one in rented.schedules()] == ["Rent"]
    assert rented.settings()["schedule.Rent"]["count"] == 1
    rented.delete_schedule("Rent", actor="ada")
    assert rented.schedules() == ()
    rented.undo(actor="ada")
    assert rented.schedule("Rent") == schedule
    wrong = replace(schedule, template=replace(schedule.template, lines=(TemplateLine("Nowhere"), TemplateLine(BANK))))
    with untouched(rented), pytest.raises(errors.UnknownAccount):
        rented.save_schedule(wrong)
    for body in ({}, {"first": "2026-01-01"}, 7, {**rented.settings()["schedule.Rent"], "count": 0}):
        with untouched(rented), pytest.raises(errors.InvalidSetting):
            rented.set_setting("schedule.Odd", body)


def test_a_key_posts_once(rented: Ledger) -> None:
    for _ in range(2):
        assert rented.post_due("Rent", "2026-03-31", key="k").number == 1
        assert rented.skip_due("Rent", "2026-04-30", key="s").through == date(2026, 4, 30)
    assert len(rented.journal()) == 1


def test_a_schedule_of_nothing_is_refused(book: Ledger, untouched: Untouched) -> None:
    nothing = Schedule("Void", Template("Void", ()), recurrence("month", date(2026, 3, 31)))
    with untouched(book), pytest.raises(errors.InvalidSetting, match="take a transaction that has some"):
        book.save_schedule(nothing)
    assert book.due() == ()


def test_a_schedule_is_renamed_in_one_act(rented: Ledger, untouched: Untouched) -> None:
    rented.save_schedule(replace(rented.schedule("Rent"), name="Flat"), replacing="rent", actor="ada")
    assert [one.name for one in rented.schedules()] == ["Flat"]
    rented.undo(actor="ada")
    assert [one.name for one in rented.schedules()] == ["Rent"]
    rented.save_schedule(replace(rented.schedule("Rent"), name="Shop"))
    with untouched(rented), pytest.raises(errors.InvalidSetting, match="there is a schedule 'Shop' already"):
        rented.save_schedule(replace(rented.schedule("Rent"), name="shop"), replacing="Rent")
