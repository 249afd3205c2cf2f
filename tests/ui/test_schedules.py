"""What recurs, on the screen: due days posted, changed first or skipped, schedules made, changed and deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ui.conftest import (
    FORMATS,
    NARROW,
    WIDE,
    AtDesk,
    bench,
    frozen_clock,
    keys_for,
    press,
    screen_text,
    settle,
    toasts,
)
from tests.ui.test_book_forms import line_with
from tui_ledger.errors import InvalidOptions, InvalidSetting
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.recurrence import DayOfMonth, Recurrence, recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine, save_template, template_of
from tui_ledger.locale.catalogues import words_of
from tui_ledger.money import Currency, Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.schedule_reading import day_after_source, name_meant, source_meant
from tui_ledger.ui.schedule_rows import coming_day, debits_of, due_rows, last_handled, lines_in_words, total_by_currency
from tui_ledger.ui.schedule_words import (
    due_in_words,
    interval_in_words,
    interval_meant,
    next_days,
    preview_in_words,
    rule_in_words,
    waiting_in_words,
)
from tui_ledger.ui.screens.post_due import PostAllDialog, amount_in_words, posted
from tui_ledger.ui.screens.schedule_form import ScheduleForm
from tui_ledger.ui.screens.schedules import SchedulesSheet
from tui_ledger.ui.screens.work_dialog import Stopped
from tui_ledger.words import speaking

BANK, RENT, PAPER = "Assets:Bank:Current", "Expenses:Rent", "Expenses:Office:Paper"
TODAY = date(2026, 7, 17)
EUR = Currency("EUR", 2)


def plain(count: int) -> str:
    return str(count)


def template(account: str, amount: str | None, payee: str) -> Template:
    open_line = TemplateLine(BANK)
    return Template(payee, (TemplateLine(account, None if amount is None else Decimal(amount)), open_line), payee)


@pytest.fixture
def rented(book: Ledger) -> Ledger:
    """Two rents overdue, since 29 May, and today's paper, whose amount is open; six transactions stand."""
    monthly = recurrence("month", date(2026, 5, 29), "last-working-day", date(2027, 6, 30))
    book.save_schedule(Schedule("Flat", template(RENT, "900", "Quayside"), monthly))
    book.save_schedule(Schedule("Paper", template(PAPER, None, "Paper Mill"), recurrence("2 weeks", TODAY)))
    return book


def due_days(ledger: Ledger) -> list[str]:
    return [f"{one.schedule.name} {one.day}" for one in ledger.due()]


async def test_what_is_due_stands_first_then_every_schedule_in_words(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, WIDE) as pilot:
        assert toasts(pilot) == ["3 due since 29/05/2026: f9, Schedules"]
        assert pilot.app.focused is bench(pilot).accounts.tree_rows
        await press(pilot, "f9")
        assert "Schedules (3 due)" in screen_text(pilot)
        await press(pilot, "down", "enter")
        lines = screen_text(pilot)
        assert "29/05/2026  Fri  Flat" in lines
        assert "49 days overdue" in lines
        assert "17/07/2026  Fri  Paper" in lines
        assert "due today" in lines
        assert "every month on the last working day, until 30/06/2027" in lines
        assert "every 2 weeks on Fri" in lines
        assert lines.index("due today") < lines.index("every month")


async def test_a_day_is_posted_skipped_and_due_again_after_undo(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "enter")
        assert toasts(pilot)[-1] == "Posted 7 · Quayside 900.00 · ctrl+z undoes"
        assert rented.transaction(7).date == date(2026, 5, 29)
        await press(pilot, "s")
        assert toasts(pilot)[-1] == "Skipped Flat of 30/06/2026 · ctrl+z undoes"
        assert due_days(rented) == ["Paper 2026-07-17"]
        await press(pilot, "p")
        assert "Its amount is open: e opens it in the form" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert toasts(pilot)[-1] == "Undid: skipped a day of Flat"
        await press(pilot, "ctrl+z")
        assert toasts(pilot)[-1] == "Undid: posted 7 · Quayside 900.00 and handled a day of Flat"
        assert due_days(rented) == ["Flat 2026-05-29", "Flat 2026-06-30", "Paper 2026-07-17"]
        sheet = pilot.app.screen
        assert isinstance(sheet, SchedulesSheet)
        assert sheet.due_list.row is not None
        assert sheet.due_list.row.key == ("2026-05-29", "Flat")
        assert "Its amount is open" not in screen_text(pilot)


async def test_a_day_is_changed_in_the_form_and_counts_as_handled(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "e")
        form = bench(pilot).journal.form
        assert "Flat, due Fri 29/05/2026" in screen_text(pilot)
        assert (form.date_field.value, form.payee_field.value) == ("29/05/2026", "Quayside")
        await press(pilot, *keys_for("950"), "ctrl+s")
        changed = rented.transaction(7)
        assert changed.data == {"schedule": "Flat", "due": "2026-05-29"}
        assert changed.postings[0].amount.amount == Decimal(950)
        assert due_days(rented) == ["Flat 2026-06-30", "Paper 2026-07-17"]
        assert isinstance(pilot.app.screen, SchedulesSheet)
        assert not form.is_open


async def test_leaving_the_form_leaves_the_day_due_and_leads_back(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "down", "e", *keys_for("950"), "escape", "enter")
        assert len(due_days(rented)) == 3
        sheet = pilot.app.screen
        assert isinstance(sheet, SchedulesSheet)
        assert sheet.due_list.row is not None
        assert sheet.due_list.row.key == ("2026-06-30", "Flat")
        await press(pilot, "escape", "n", *keys_for("x"), "f9")
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "e")
        assert "The form holds something else" in toasts(pilot)[-1]
        assert bench(pilot).journal.form.payee_field.value == "x"


async def test_the_mouse_opens_a_day_in_the_form_and_posts_it_by_its_hint(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "right", "l")
        assert len(rented.due()) == 3
        await pilot.click(offset=line_with(pilot, "30/06/2026  Tue"))
        await pilot.click(offset=line_with(pilot, "30/06/2026  Tue"))
        await settle(pilot)
        assert "Flat, due Tue 30/06/2026" in screen_text(pilot)
        await press(pilot, "escape")
        await pilot.click(offset=line_with(pilot, "⏎ Post"))
        await settle(pilot)
        assert due_days(rented) == ["Flat 2026-05-29", "Paper 2026-07-17"]


async def test_the_last_day_posted_in_the_form_leads_nowhere_else(rented: Ledger, at_desk: AtDesk) -> None:
    rented.skip_due("Flat", "2026-05-29")
    rented.skip_due("Flat", "2026-06-30")
    async with at_desk(rented, NARROW) as pilot:
        assert toasts(pilot) == ["1 due today: f9, Schedules"]
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "e", *keys_for("84.20"), "ctrl+s")
        assert rented.due() == ()
        assert pilot.app.screen is bench(pilot).journal
        assert bench(pilot).journal.current_number() == 7


async def test_all_that_is_due_is_posted_after_asking_and_what_is_not_is_named(rented: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "P")
        asked = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "Post all 3 that are due?" in asked
        assert "1,800.00 EUR in all" in asked
        assert "1 of them waits for an amount and stays due." in asked
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PostAllDialog)
        assert "17/07/2026 Paper: its amount is open" in screen_text(pilot)
        await press(pilot, "enter")
        assert toasts(pilot)[-1] == "Posted 2, 1 stays due"
        assert due_days(rented) == ["Paper 2026-07-17"]
        await press(pilot, "ctrl+z")
        assert due_days(rented) == ["Flat 2026-06-30", "Paper 2026-07-17"]


async def test_the_highlighted_transaction_is_repeated_with_its_days_shown(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "up", "R")
        await settle(pilot)
        form = pilot.app.screen
        assert isinstance(form, ScheduleForm)
        assert (form.name_field.value, form.starts.value) == ("Paper Mill", "04/08/2026")
        assert "Tue 04/08/2026, Fri 04/09/2026" in screen_text(pilot)
        await press(pilot, "enter", *keys_for("Paper"), "enter", *keys_for("2 w"), "enter")
        assert form.every.value == "2 weeks"
        assert form.starts.value == "18/07/2026"
        await press(pilot, "down", *keys_for("31/12/26"), "enter")
        assert toasts(pilot)[-1] == "Paper: every 2 weeks on Sat, until 31/12/2026, next Sat 18/07/2026 · ctrl+z undoes"
        kept = book.schedule("paper")
        assert str(kept.recurrence) == "every 2 weeks from 2026-07-18 until 2026-12-31"
        assert [line.amount for line in kept.template.lines] == [Decimal("123.40"), None]
        await press(pilot, "ctrl+z")
        assert book.schedules() == ()


@pytest.mark.parametrize(
    ("keys", "sentence", "field"),
    [
        ((*keys_for("99"), "ctrl+s"), "no transaction", "schedule-what"),
        ((*keys_for("Nothing"), "ctrl+s"), "There is no template 'Nothing'", "schedule-what"),
        (("down", *keys_for("flat"), "ctrl+s"), "there is a schedule of that name", "schedule-name"),
        (("down", "ctrl+u", "ctrl+s"), "no name for a schedule", "schedule-name"),
        (("down", "down", *keys_for("0 days"), "ctrl+s"), "'0 days' is no interval", "schedule-every"),
        (("down", "down", "down", "down", *keys_for("31/2"), "ctrl+s"), "no 2026-02-31", "schedule-starts"),
        (
            ("down", "down", "down", "down", "down", *keys_for("1/7"), "ctrl+s"),
            "lies before the first",
            "schedule-until",
        ),
    ],
)
async def test_what_cannot_be_a_schedule_is_refused_at_its_field(
    rented: Ledger, at_desk: AtDesk, keys: tuple[str, ...], sentence: str, field: str
) -> None:
    async with at_desk(rented, NARROW) as pilot:
        await press(pilot, "2", "R", *keys)
        assert sentence in " ".join(screen_text(pilot).replace("│", " ").split())
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == field
        assert len(rented.schedules()) == 2


async def test_a_schedule_is_changed_without_losing_what_was_handled_and_deleted_after_asking(
    rented: Ledger, at_desk: AtDesk
) -> None:
    rented.post_due("Flat", "2026-06-30")
    rented.post_due("Flat", "2026-05-29")
    save_template(rented, template_of(rented.transaction(6), "Sale"))
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "down", "enter", *keys_for("sa"), "enter", "down", "right", "ctrl+s")
        changed = rented.schedule("Flat")
        assert (changed.through, changed.template.payee) == (date(2026, 6, 30), "Müller GmbH")
        assert due_days(rented) == ["Paper 2026-07-17"]
        await press(pilot, "d")
        assert "Delete the schedule Flat?" in screen_text(pilot)
        await press(pilot, "escape", "down", "d", "enter")
        assert [one.name for one in rented.schedules()] == ["Flat"]
        assert rented.due() == ()
        await press(pilot, "ctrl+z")
        assert due_days(rented) == ["Paper 2026-07-17"]


async def test_without_schedules_the_list_says_which_key_fills_it(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        assert toasts(pilot) == []
        bench(pilot).action_book("schedules")
        await settle(pilot)
        assert "Nothing is due." in screen_text(pilot)
        assert "No schedules yet: a makes one; on a transaction R repeats it." in screen_text(pilot)
        await press(pilot, "a")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ScheduleForm)
        await press(pilot, *keys_for("2"), "ctrl+s")
        assert [one.name for one in book.schedules()] == ["Quayside"]
        assert "every month on day 1" in screen_text(pilot)


async def test_a_book_for_reading_lists_what_is_due_and_offers_no_act(rented: Ledger, at_desk: AtDesk) -> None:
    assert rented.path is not None
    with Ledger.open(rented.path, read_only=True, clock=frozen_clock) as reading:
        async with at_desk(reading, NARROW) as pilot:
            bench(pilot).action_book("schedules")
            await settle(pilot)
            assert "49 days overdue" in screen_text(pilot)
            assert "Post" not in screen_text(pilot)
            await press(pilot, "enter", "p", "s", "e", "P", "a", "down", "down", "down", "enter", "d")
            assert isinstance(pilot.app.screen, SchedulesSheet)
            assert len(reading.due()) == 3


async def test_what_another_program_handled_meanwhile_is_refused_and_the_list_follows(
    rented: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        rented.skip_due("Flat", "2026-05-29")
        await press(pilot, "enter")
        assert "posted or skipped already" in " ".join(screen_text(pilot).replace("│", " ").split())
        assert "29/05/2026  Fri" not in screen_text(pilot)
        assert len(rented.journal()) == 6


@pytest.mark.parametrize(
    ("every", "first", "on", "said"),
    [
        ("day", "2026-07-17", "same-day", "every day"),
        ("10 days", "2026-07-17", "same-day", "every 10 days"),
        ("week", "2026-07-17", "same-day", "every week on Fri"),
        ("month", "2026-07-31", "same-day", "every month on day 31"),
        ("month", "2026-07-31", "last-day", "every month on the last day"),
        ("quarter", "2026-07-31", "last-working-day", "every quarter on the last working day of the month"),
        ("6 months", "2026-07-31", "same-day", "every 6 months on day 31"),
        ("year", "2026-07-31", "same-day", "every year"),
        ("24 months", "2026-07-31", "same-day", "every 2 years"),
    ],
)
def test_a_rule_is_said_in_words_that_can_be_typed_again(every: str, first: str, on: str, said: str) -> None:
    rule = recurrence(every, date.fromisoformat(first), on)
    assert rule_in_words(rule, FORMATS) == said
    assert recurrence(interval_in_words(rule), rule.first, on) == rule


def test_how_long_a_day_has_waited_is_said_in_words() -> None:
    days = [date(2026, 7, 18), TODAY, date(2026, 7, 16), date(2025, 7, 17)]
    said = [waiting_in_words(day, TODAY, plain) for day in days]
    assert said == ["not due yet", "due today", "1 day overdue", "365 days overdue"]


def test_what_is_due_is_counted_since_its_oldest_day(rented: Ledger) -> None:
    assert due_in_words(rented.due(), TODAY, FORMATS, plain) == "3 due since 29/05/2026"
    assert due_in_words(rented.due()[2:], TODAY, FORMATS, plain) == "1 due today"
    assert due_in_words((), TODAY, FORMATS, plain) == ""


def test_a_preview_shows_the_next_five_days_that_wait() -> None:
    rule = Recurrence(date(2026, 5, 31), on=DayOfMonth.LAST)
    schedule = Schedule("Flat", template(RENT, "900", "Quayside"), rule, date(2026, 5, 31), (date(2026, 7, 31),))
    assert [f"{day:%m-%d}" for day in next_days(schedule)] == ["06-30", "08-31", "09-30", "10-31", "11-30"]
    assert preview_in_words(schedule, TODAY, FORMATS, plain) == (
        "Next: Tue 30/06/2026, Mon 31/08/2026, Wed 30/09/2026,",
        "      Sat 31/10/2026, Mon 30/11/2026 … · 1 due at once",
    )
    assert last_handled(schedule) == date(2026, 7, 31)
    assert coming_day(schedule, TODAY) == date(2026, 8, 31)
    ended = Schedule("Flat", schedule.template, Recurrence(TODAY, last=TODAY), TODAY)
    assert preview_in_words(ended, TODAY, FORMATS, plain) == ("No day is left: it has ended.", "")
    assert coming_day(ended, TODAY) is None
    assert coming_day(Schedule("Flat", schedule.template, Recurrence(TODAY, last=TODAY)), TODAY) == TODAY


def test_what_a_schedule_moves_is_known_unless_amounts_are_open(rented: Ledger) -> None:
    desk = Desk(rented, FORMATS, pytest.fail)
    rows = due_rows(rented.due(), desk.standing)
    assert [row.moved for row in rows] == [(Money(90000, EUR),), (Money(90000, EUR),), ()]
    assert [row.is_open for row in rows] == [False, False, True]
    assert total_by_currency(rows) == [Money(180000, EUR)]
    assert amount_in_words(rows[:1], desk) == "900.00 EUR in all, each a transaction of its own day."
    gone = template("Expenses:Gone", "5", "x")
    assert debits_of(gone, desk.standing) == ()
    assert lines_in_words(gone) == "x · Expenses:Gone, Assets:Bank:Current"


def test_posting_all_stops_where_it_is_told_to_and_names_what_is_refused(rented: Ledger) -> None:
    desk = Desk(rented, FORMATS, pytest.fail)
    rows = due_rows(rented.due(), desk.standing)

    def stop_at_second(done: int, _total: int) -> None:
        if done == 1:
            raise Stopped

    assert posted(rows, desk, stop_at_second).sentence == "Stopped: posted 1 of 3, the rest stays due."
    rented.close_period("2026-06-30")
    outcome = posted(rows[1:2], desk, lambda *_: None)
    assert outcome.sentence == "Posted 0, 1 stays due:"
    assert outcome.lines[0].startswith("30/06/2026 Flat: ")
    assert "closed" in outcome.lines[0]
    assert len(rented.due()) == 2


def test_posting_all_says_what_is_not_due_any_more_and_leaves_what_looks_posted(rented: Ledger) -> None:
    desk = Desk(rented, FORMATS, pytest.fail)
    rows = due_rows(rented.due(), desk.standing)[:2]
    by_hand = rented.post("", debit(RENT, "900"), credit(BANK, "900"), date="2026-06-30", payee="Quayside").number
    rented.skip_due("Flat", "2026-05-29")
    outcome = posted(rows, desk, lambda *_: None)
    assert outcome.sentence == "Posted 0, 1 stays due, 1 was not due any more:"
    assert "posted or skipped already" in outcome.lines[0]
    assert outcome.lines[1].startswith(f"30/06/2026 Flat: looks like {by_hand} (same day, payee and amount)")
    rented.delete_schedule("Flat")
    assert posted(rows, desk, lambda *_: None).sentence == "Posted 0, 2 were not due any more:"


async def test_one_day_that_looks_posted_is_asked_about(rented: Ledger, at_desk: AtDesk) -> None:
    rented.post("", debit(RENT, "900"), credit(BANK, "900"), date="2026-05-29", payee="Quayside")
    async with at_desk(rented, NARROW) as pilot:
        bench(pilot).action_book("schedules")
        await settle(pilot)
        await press(pilot, "enter")
        assert "looks like 7" in " ".join(screen_text(pilot).replace("│", " ").split())
        await press(pilot, "escape")
        assert len(due_days(rented)) == 3
        await press(pilot, "enter", "enter")
        assert due_days(rented) == ["Flat 2026-06-30", "Paper 2026-07-17"]


def test_a_source_is_a_template_by_name_or_a_transaction_by_number(book: Ledger) -> None:
    save_template(book, template_of(book.transaction(2), "6"))
    assert source_meant(" 6 ", book).day is None
    found = source_meant("#5", book)
    assert (found.name, found.day, found.template.payee) == ("Paper Mill", date(2026, 7, 4), "Paper Mill")
    book.void(5)
    for text, sentence in (("5", "void"), ("", "Say what recurs"), ("[x", "no template")):
        with pytest.raises(InvalidOptions, match=sentence):
            source_meant(text, book)


def test_what_repeats_a_transaction_starts_one_interval_after_it(book: Ledger) -> None:
    source = source_meant("2", book)
    assert day_after_source(source, Recurrence(TODAY, on=DayOfMonth.LAST)) == date(2026, 3, 31)
    assert day_after_source(source, Recurrence(TODAY, 2, "week")) == date(2026, 2, 15)


def test_a_name_is_taken_whatever_its_case() -> None:
    assert name_meant(" Rent ", ["Flat"]) == "Rent"
    with pytest.raises(InvalidSetting, match="there is a schedule of that name"):
        name_meant("flat", ["Flat"])
    with pytest.raises(InvalidSetting, match="no name for a schedule"):
        name_meant("\x1b", [])


async def test_what_repeats_a_month_s_last_day_recurs_on_the_last_day(book: Ledger, at_desk: AtDesk) -> None:
    lines = debit("Expenses:Rent", "900"), credit("Assets:Bank:Current", "900")
    number = book.post("Rent", *lines, date="2026-06-30", payee="Quayside").number
    async with at_desk(book, WIDE) as pilot:
        await pilot.app.open_transaction(number)  # type: ignore[attr-defined]
        await press(pilot, "R", "ctrl+s")
    (schedule,) = book.schedules()
    days = [schedule.recurrence.first, *schedule.due(date(2026, 9, 30))]
    assert [day.isoformat() for day in days][-3:] == ["2026-07-31", "2026-08-31", "2026-09-30"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "nl", "ja", "ar"])
def test_an_interval_is_typed_as_it_is_said_in_every_language(language: str) -> None:
    every = [f"{count} {unit}" for count in (1, 2, 5, 10, 100) for unit in ("day", "week", "month", "quarter", "year")]
    rules = [recurrence(one, date(2026, 1, 31)) for one in every]
    with speaking(words_of(language)):
        said = [interval_in_words(rule) for rule in rules]
        assert [recurrence(interval_meant(f" {one.upper()}"), date(2026, 1, 31)) for one in said] == rules
        assert [interval_meant(one) for one in ("2-weeks", "0 day", "month x")] == ["2-weeks", "0 day", "month x"]
