"""The ledger's acts on what recurs: schedules are kept, what is due is posted or skipped, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import parse_date
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import book, schedules
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.posting_acts import PostingActs
from tui_ledger.ledger.values import Draft, Transaction
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.schedules import Due, Schedule


class ScheduleActs(PostingActs):
    """What recurs is kept as settings of the book, so that it is recorded and undone like everything else."""

    def schedules(self) -> tuple[Schedule, ...]:
        """The schedules of the book, by name."""
        return schedules.schedules_in(book.read_settings(self._database))

    def schedule(self, name: str) -> Schedule:
        """One schedule by its name; raises UnknownSchedule."""
        return schedules.schedule_named(book.read_settings(self._database), name)

    def save_schedule(
        self,
        schedule: Schedule,
        *,
        replacing: str | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Schedule:
        """Keeps a schedule, in place of one of the same name; in place of the one called `replacing` it is renamed.

        Raises InvalidSetting, UnknownAccount, and for `replacing` UnknownSchedule.
        """
        named = schedules.checked_schedule(schedule)
        for line in named.template.lines:
            self.account(line.account)
        body = schedules.schedule_body(named)

        def run(act: Act) -> Schedule:
            replaced = None if replacing is None else self.schedule(replacing).name
            if replaced is not None and replaced != named.name:
                self._refuse_taken(named.name, replaced)
                book.write_setting(self._database, act, schedules.PREFIX + replaced, None)
            book.write_setting(self._database, act, schedules.PREFIX + named.name, body)
            return named

        asked = [named.name, body] if replacing is None else [named.name, body, replacing]
        return self._perform("save-schedule", asked, key, actor, run, lambda _: self.schedule(named.name))

    def delete_schedule(self, name: str, *, key: str | None = None, actor: str | None = None) -> None:
        """Takes a schedule away; what was posted stays. Raises UnknownSchedule."""

        def run(act: Act) -> None:
            book.write_setting(self._database, act, schedules.PREFIX + self.schedule(name).name, None)

        self._perform("delete-schedule", [name], key, actor, run, lambda _: None)

    def due(self, through: date | str | None = None) -> tuple[Due, ...]:
        """What waits to be posted or skipped up to and including a day (today unless given), the oldest first."""
        day = self.today if through is None else parse_date(through)
        found = [schedules.Due(schedule, one) for schedule in self.schedules() for one in schedule.due(day)]
        return tuple(sorted(found, key=lambda due: (due.day, due.schedule.name)))

    def post_due(
        self,
        name: str,
        day: date | str,
        *,
        draft: Draft | None = None,
        key: str | None = None,
        actor: str | None = None,
    ) -> Transaction:
        """Posts what a schedule has due on a day, as its template says or as the `draft` given, and never twice.

        One act: undoing it makes the day due again. Raises UnknownSchedule, NotDue, and what posting raises.
        """
        due = parse_date(day)

        def made(_: Act | None) -> Draft:
            schedule = self.schedule(name)
            schedule.after(due)
            return (
                schedule.draft(due) if draft is None else replace(draft, data={**draft.data, **_named(schedule, due)})
            )

        return self._post(
            "post-scheduled", [name, day, draft], made, key, actor, also=lambda act: self._handle(act, name, due)
        )

    def skip_due(self, name: str, day: date | str, *, key: str | None = None, actor: str | None = None) -> Schedule:
        """Passes over what a schedule has due on a day; raises UnknownSchedule, NotDue."""
        due = parse_date(day)

        def run(act: Act) -> Schedule:
            self._handle(act, name, due)
            return self.schedule(name)

        return self._perform("skip-scheduled", [name, day], key, actor, run, lambda _: self.schedule(name))

    def _refuse_taken(self, name: str, replaced: str) -> None:
        taken = [one.name for one in self.schedules() if name_key(one.name) == name_key(name) and one.name != replaced]
        if taken:
            raise InvalidSetting(
                value=name, what=N_("new name"), advice=Said("there is a schedule {taken!r} already", taken=taken[0])
            )

    def _handle(self, act: Act, name: str, day: date) -> None:
        """Writes that a day of a schedule waits no more; raises NotDue where it did not."""
        handled = self.schedule(name).after(day)
        book.write_setting(self._database, act, schedules.PREFIX + handled.name, schedules.schedule_body(handled))


def _named(schedule: Schedule, day: date) -> dict[str, str]:
    return {"schedule": schedule.name, "due": day.isoformat()}
