"""How is a schedule made and changed? What recurs, its rule, and while that is typed the days it falls on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical

from tui_ledger.dates import month_end
from tui_ledger.errors import InvalidSetting, LedgerError
from tui_ledger.ledger import Transaction
from tui_ledger.ledger.recurrence import DayOfMonth, Recurrence, recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, templates
from tui_ledger.locale.reading import read_date
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.schedule_reading import (
    INTERVALS,
    Source,
    day_after_source,
    name_meant,
    source_meant,
    still_standing,
    transaction_number,
)
from tui_ledger.ui.schedule_rows import debits_of
from tui_ledger.ui.schedule_words import (
    DAY_WORDS,
    interval_in_words,
    interval_meant,
    intervals_in_words,
    preview_in_words,
    rule_in_words,
)
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.choice_field import ChoiceField
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import DateField, Field
from tui_ledger.words import N_, NP_, Said, _

_SUCH_AS = ((1, "month"), (2, "week"), (1, "quarter"), (10, "day"))
NOTE = N_("Nothing is posted by itself: what is due is listed, to be posted, changed or skipped.")


class ScheduleForm(FormDialog[Schedule]):
    """A new schedule, for what a transaction or template says, or one that stands, whose name stays.

    Until they are typed, the name follows what recurs, and the first day lies one interval after the transaction.
    """

    def __init__(self, desk: Desk, *, schedule: Schedule | None = None, like: Transaction | None = None) -> None:
        self._desk = desk
        self._schedule = schedule
        self._name_was_typed = self._start_was_typed = schedule is not None
        rule = _usual_rule(desk, like) if schedule is None else schedule.recurrence
        self._known: Sequence[Template] = desk.ask(lambda: templates(desk.ledger), ())
        self.what = _field("schedule-what", "" if like is None else str(like.number), _("transaction or template"))
        self.name_field = _field("schedule-name", "" if schedule is None else schedule.name)
        self.every = _field("schedule-every", interval_in_words(rule), ", ".join(intervals_in_words(_SUCH_AS)))
        self.on_day = ChoiceField(tuple(DAY_WORDS.values()), DAY_WORDS[rule.on], id="schedule-on")
        self.starts = DateField(rule.first, desk.formats, desk.ledger.today, id="schedule-starts")
        last = "" if rule.last is None else desk.day(rule.last)
        self.until = _field("schedule-until", last, _("empty: it never ends"))
        self.preview = (Caption(classes="preview"), Caption(classes="preview"))
        if schedule is not None:
            self.what.placeholder = _("as it stands")
            self.name_field.disabled = True
        self._what_row = FormRow(_("What recurs"), self.what)
        rows = (
            self._what_row,
            FormRow(_("Name"), self.name_field),
            FormRow(_("Every"), self.every),
            FormRow(_("On the"), self.on_day),
            FormRow(_("Starts"), self.starts),
            FormRow(_("Until"), self.until),
        )
        title = _("New schedule") if schedule is None else _("Schedule {name}").format(name=schedule.name)
        super().__init__(title, rows, note=_(NOTE))

    def body(self) -> ComposeResult:
        yield from super().body()
        with Vertical(classes="previews"):
            yield from self.preview

    def on_mount(self) -> None:
        self._follow()

    def act(self) -> Schedule:
        meant = self._meant()
        ledger = self._desk.ledger
        with ledger.write():
            standing = None if self._schedule is None else ledger.schedule(self._schedule.name)
            return ledger.save_schedule(still_standing(meant, standing))

    def culprit(self, refusal: LedgerError) -> Field | None:
        what = refusal.values.get("what")
        return {"interval": self.every, "last day": self.until}.get(str(what), self.what)

    def completions_for(self, field: Field) -> list[Completion]:
        typed = field.value.strip().casefold()
        if not typed:
            return []
        if field is self.every:
            said = intervals_in_words(INTERVALS)
            return [Completion(one, "", one) for one in said if one.casefold().startswith(typed) and one != typed]
        return self._sources(typed) if field is self.what else []

    def field_changed(self, field: Field) -> None:
        self._name_was_typed |= field is self.name_field
        self._start_was_typed |= field is self.starts
        super().field_changed(field)
        self._follow()

    def taken(self, field: Field) -> None:
        self._follow()

    def _sources(self, typed: str) -> list[Completion]:
        """The transaction of that number, and the templates with a word that begins so."""
        found = []
        if transaction_number(typed) is not None:
            source = self._source_so_far()
            found += [] if source is None or source.day is None else [Completion(typed, self._title(source), typed)]
        fitting = [one for one in self._known if any(word.startswith(typed) for word in one.name.casefold().split())]
        fitting += [one for one in self._known if one not in fitting and one.name.casefold().startswith(typed)]
        found += [Completion(one.name, self._title(Source(one, one.name)), one) for one in fitting]
        return [] if [one.text.casefold() for one in found] == [typed] else found

    def _follow(self) -> None:
        """What follows from what is typed so far: the name, the first day, what recurs in words, and the days."""
        source = self._source_so_far()
        self._what_row.say_remark("" if source is None else self._title(source))
        self._what_row.remark.refresh(layout=True)
        if source is not None and not self._name_was_typed:
            self.name_field.put(source.name)
        rule = self._rule_so_far()
        if rule is not None:
            self.on_day.disabled = rule.unit != "month"
        start = None if source is None or rule is None or self._start_was_typed else day_after_source(source, rule)
        if start is not None:
            self.starts.show(start)
        self._preview()

    def _preview(self) -> None:
        try:
            meant = still_standing(Schedule("", Template("", ()), self._rule()), self._schedule)
        except LedgerError:
            lines = "", ""
        else:
            lines = preview_in_words(meant, self._desk.ledger.today, self._desk.formats, self._desk.count)
        for caption, line in zip(self.preview, lines, strict=True):
            caption.say(line)
        self._reading = None

    def _meant(self) -> Schedule:
        """What the fields say; raises LedgerError inside `about` its field."""
        with self.about(self.what):
            template = self._source().template
        if self._schedule is not None:
            name = self._schedule.name
        else:
            taken = [one.name for one in self._desk.ledger.schedules()]
            with self.about(self.name_field):
                name = name_meant(self.name_field.value, taken)
        return Schedule(name, replace(template, name=name), self._rule())

    def _source(self) -> Source:
        if self._schedule is not None and not self.what.value.strip():
            return Source(self._schedule.template, self._schedule.name)
        return source_meant(self.what.value, self._desk.ledger)

    def _source_so_far(self) -> Source | None:
        try:
            return self._source()
        except LedgerError:
            return None

    def _rule(self) -> Recurrence:
        start, until = self._start(), self._until()
        with self.about(self.every):
            rule = recurrence(interval_meant(self.every.value), start)
            on = DayOfMonth.SAME if rule.unit != "month" else self._on()
        return replace(rule, on=on, last=until)

    def _rule_so_far(self) -> Recurrence | None:
        """The interval and day that are typed, from a day that means nothing yet; None where they cannot be read."""
        try:
            return replace(recurrence(interval_meant(self.every.value), self._desk.ledger.today), on=self._on())
        except LedgerError:
            return None

    def _on(self) -> DayOfMonth:
        return next(one for one, words in DAY_WORDS.items() if words == self.on_day.chosen)

    def _start(self) -> date:
        field = self.starts
        with self.about(field):
            return read_date(field.value, field.day, field.today, self._desk.formats)

    def _until(self) -> date | None:
        text = self.until.value.strip()
        if not text:
            return None
        start = self._start()
        with self.about(self.until):
            last = read_date(text, start, self.starts.today, self._desk.formats)
            if last < start:
                advice = Said("it lies before the first, {day}", day=self._desk.day(start))
                raise InvalidSetting(value=self._desk.day(last), what=NP_("schedule", "last day"), advice=advice)
        return last

    def _title(self, source: Source) -> str:
        """What recurs in a few words: with whom or what, and how much."""
        template = source.template
        figures = " ".join(self._desk.named(money) for money in debits_of(template, self._desk.standing))
        return " ".join(part for part in (template.payee or template.memo, figures or _("amount open")) if part)


def kept_in_words(schedule: Schedule, desk: Desk) -> str:
    """What was just saved, and when it comes next: `Rent: every month on day 31, next Fri 31/07/2026`."""
    day = schedule.next_day()
    said = _("{name}: {rule}, it has ended") if day is None else _("{name}: {rule}, next {day}")
    following = "" if day is None else desk.full_day(day)
    return said.format(name=schedule.name, rule=rule_in_words(schedule.recurrence, desk.formats), day=following)


def _field(id: str, text: str, placeholder: str = "") -> Field:
    field = Field(id=id, placeholder=placeholder)
    field.put(text)
    return field


def _usual_rule(desk: Desk, like: Transaction | None) -> Recurrence:
    """Every month; what is like a transaction of a month's last day, on the last day of each."""
    is_month_end = like is not None and like.date == month_end(like.date)
    return Recurrence(desk.ledger.today, on=DayOfMonth.LAST if is_month_end else DayOfMonth.SAME)
