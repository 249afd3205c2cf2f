"""The command `schedule`: list, add, due, post, skip, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.acts import POSTED, answer_act
from tui_ledger.cli.arguments import posting_argument
from tui_ledger.cli.options import json_option, transaction_number, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import act_shape
from tui_ledger.cli.tables import Column, table
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions, NotDue
from tui_ledger.words import N_, NP_, Said, _

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, Transaction
    from tui_ledger.ledger.schedules import Due, Schedule
    from tui_ledger.ledger.templates import Template


@click.group("schedule", cls=LedgerGroup)
def schedule_command() -> None:
    """Keep what recurs, and post or skip what is due; nothing is posted by itself, and nothing twice.

    \b
        tui-ledger --book shop.ledger schedule add Rent --every month --first 2026-01-31 --on last-working-day --like 42
        tui-ledger --book shop.ledger schedule due
        tui-ledger --book shop.ledger schedule post --all
    """


@schedule_command.command("list")
@json_option
@click.pass_obj
def list_schedules(session: Session, /, as_json: bool) -> None:
    """List the schedules of the book, each with the next day that waits."""
    ledger = session.for_reading()
    found = ledger.schedules()
    if as_json:
        print_json({"schedules": [_shape(one) for one in found]})
        return
    formats = session.formats(ledger)
    rows = [
        (
            one.name,
            one.recurrence.in_words(),
            _("ended") if (day := one.next_day()) is None else formats.date_column(day),
        )
        for one in found
    ]
    columns = [Column(N_("Name")), Column(N_("Recurs"), stretch=True), Column(NP_("day", "Next"))]
    print_lines(table(columns, rows) if rows else [_("No schedules yet: `schedule add NAME …` keeps one.")])


@schedule_command.command("add")
@click.argument("name", metavar="NAME")
@click.argument("postings", metavar="['ACCOUNT AMOUNT'…]", nargs=-1)
@click.option("--every", metavar="I", required=True, help="day, week, month, quarter, year, or 2-weeks, 3-months.")
@click.option("--first", metavar="D", help="The first day. Default: today.")
@click.option("--until", metavar="D", help="The last day. Default: it never ends.")
@click.option("--on", metavar="DAY", default="same-day", help="same-day, last-day or last-working-day of the month.")
@click.option("--like", metavar="N", help="What is posted is like transaction N.")
@click.option("--payee", metavar="P", help="With whom.")
@click.option("--memo", metavar="M", default="", help="What it is.")
@click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be repeated.")
@writing_options
@click.pass_obj
def add_schedule(
    session: Session,
    /,
    name: str,
    postings: tuple[str, ...],
    every: str,
    first: str | None,
    until: str | None,
    on: str,
    like: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **texts: Any,
) -> None:
    """Keep the schedule NAME: what recurs, given by postings or --like N, and on which days."""
    from tui_ledger.ledger.recurrence import recurrence
    from tui_ledger.ledger.schedules import Schedule
    from tui_ledger.ledger.templates import template_of

    if (like is None) == (not postings):
        raise InvalidOptions(reason=N_("Say what recurs: either postings, or --like N for a transaction to repeat."))
    days = recurrence(every, optional_date(first) or session.for_reading().today, on, optional_date(until))
    ledger = session.for_writing()
    if like is None:
        template = _template(ledger, name, postings, texts)
    else:
        template = template_of(ledger.transaction(transaction_number(like)), name)
    kept = ledger.save_schedule(Schedule(name, template, days), key=key, actor=actor)
    if as_json:
        print_json(_shape(kept))
    else:
        print_lines([_("Keeps {name}, {when}.").format(name=kept.name, when=kept.recurrence.in_words())])


@schedule_command.command("due")
@click.option("--through", metavar="D", help="What is due up to and including this day. Default: today.")
@json_option
@click.pass_obj
def list_due(session: Session, /, through: str | None, as_json: bool) -> None:
    """List what waits to be posted or skipped, the oldest first."""
    day = optional_date(through)
    ledger = session.for_reading()
    found = ledger.due(day)
    if as_json:
        print_json({"through": (day or ledger.today).isoformat(), "due": [_due_shape(one) for one in found]})
        return
    formats = session.formats(ledger)
    rows = [(formats.date_column(one.day), one.schedule.name, _about(one)) for one in found]
    columns = [Column(N_("Due")), Column(N_("Schedule")), Column(N_("Payee and memo"), stretch=True)]
    print_lines(table(columns, rows) if rows else [_("Nothing is due.")])


@schedule_command.command("post")
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("day", metavar="[DAY]", required=False)
@click.option("--all", "everything", is_flag=True, help="Everything that is due, or all that NAME has due.")
@writing_options
@click.pass_obj
def post_due(
    session: Session,
    /,
    name: str | None,
    day: str | None,
    everything: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Post what NAME has due: on DAY, else the oldest that waits; with --all everything up to today."""
    if (name is None and not everything) or (everything and day is not None):
        raise InvalidOptions(reason=N_("Name a schedule, and a day of it if you like; or say --all without a day."))
    ledger = session.for_writing()
    if not everything:
        posted = ledger.post_due(name or "", day or _oldest(ledger, name or ""), key=key, actor=actor)
        answer_act(session, ledger, posted, as_json)
        return
    if key is not None:
        raise InvalidOptions(reason=N_("--key goes with one schedule and day: --all never posts anything twice."))
    _answer_all(session, ledger, _post_all(ledger, name, actor), as_json)


@schedule_command.command("skip")
@click.argument("name", metavar="NAME")
@click.argument("day", metavar="[DAY]", required=False)
@writing_options
@click.pass_obj
def skip_due(
    session: Session, /, name: str, day: str | None, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Pass over what NAME has due on DAY, else the oldest that waits."""
    ledger = session.for_writing()
    skipped = optional_date(day) or _oldest(ledger, name)
    kept = ledger.skip_due(name, skipped, key=key, actor=actor)
    if as_json:
        print_json(_shape(kept))
    else:
        said = _("Skipped {name} on {day}; next {next}.")
        print_lines([said.format(name=kept.name, day=skipped, next=kept.next_day() or _("never"))])


@schedule_command.command("delete")
@click.argument("name", metavar="NAME")
@writing_options
@click.pass_obj
def delete_schedule(session: Session, /, name: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Take the schedule NAME away; what was posted stays."""
    ledger = session.for_writing()
    shape = _shape(ledger.schedule(name))
    ledger.delete_schedule(name, key=key, actor=actor)
    if as_json:
        print_json(shape)
    else:
        print_lines([_("Deleted the schedule {name}.").format(name=shape["name"])])


def _template(ledger: Ledger, name: str, postings: tuple[str, ...], texts: dict[str, Any]) -> Template:
    from tui_ledger.ledger.templates import Template, TemplateLine
    from tui_ledger.ledger.values import exact_decimal

    lines = [posting_argument(ledger, posting) for posting in postings]
    kept = tuple(
        TemplateLine(
            ledger.account(line.account).name,
            None if line.amount is None else exact_decimal(line.amount),
            price=line.price,
        )
        for line in lines
    )
    return Template(name, kept, texts["payee"], texts["memo"], tuple(texts["tags"]))


def _oldest(ledger: Ledger, name: str) -> Any:
    schedule = ledger.schedule(name)
    waiting = schedule.due(ledger.today)
    if not waiting:
        following = schedule.next_day()
        reason = (
            N_("it has ended")
            if following is None
            else Said("it waits for {following}; name that day to post it early", following=following)
        )
        raise NotDue(name=schedule.name, day=ledger.today, reason=reason)
    return waiting[0]


def _post_all(ledger: Ledger, name: str | None, actor: str | None) -> list[Transaction]:
    """Everything due, the oldest first, all of it or nothing."""
    wanted = None if name is None else ledger.schedule(name).name
    with ledger.write():
        return [
            ledger.post_due(one.schedule.name, one.day, actor=actor)
            for one in ledger.due()
            if wanted in (None, one.schedule.name)
        ]


def _answer_all(session: Session, ledger: Ledger, posted: list[Transaction], as_json: bool) -> None:
    if as_json:
        shapes = [act_shape(ledger, one) for one in posted]
        balances = {name: balance for shape in shapes for name, balance in shape["balances"].items()}
        numbers = [one.number for one in posted]
        print_json({"number": numbers[0] if numbers else None, "numbers": numbers, "balances": balances})
        return
    formats = session.formats(ledger)
    said = [_(POSTED).format(number=one.number, date=formats.date(one.date)) for one in posted]
    lines = [f"{head} · {one.payee or one.memo}" for head, one in zip(said, posted, strict=True)]
    print_lines(lines or [_("Nothing is due.")])


def _shape(schedule: Schedule) -> dict[str, Any]:
    from tui_ledger.ledger.schedules import schedule_body

    following = schedule.next_day()
    return {
        "name": schedule.name,
        **schedule_body(schedule),
        "recurs": str(schedule.recurrence),
        "next": None if following is None else following.isoformat(),
    }


def _due_shape(due: Due) -> dict[str, Any]:
    template = due.schedule.template
    return {"day": due.day.isoformat(), "schedule": due.schedule.name, "payee": template.payee, "memo": template.memo}


def _about(due: Due) -> str:
    template = due.schedule.template
    return " · ".join(text for text in (template.payee, template.memo) if text)
