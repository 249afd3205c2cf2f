"""What brings something into the entry form beside a new transaction? Editing one, and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_ledger.ledger import Transaction
from tui_ledger.ledger import templates as kept
from tui_ledger.ledger.schedules import Due, Schedule
from tui_ledger.ledger.templates import Template
from tui_ledger.money import Currency
from tui_ledger.ui import entry_start
from tui_ledger.ui.entry_start import Start
from tui_ledger.ui.entry_template import start_of, start_of_due
from tui_ledger.ui.keys import key_of, pressed
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.row_menu import Offer, template_offer
from tui_ledger.ui.screens.template_dialog import TemplateDialog
from tui_ledger.ui.widgets.entry_form import EntryForm
from tui_ledger.words import _, ngettext

ENTRY_ACTS = ("edit", "use_template", "save_as_template", "repeat")


class EntryActs(BookScreen):
    """The acts of a screen of transactions that end in its entry form."""

    if TYPE_CHECKING:
        form: EntryForm

        def current_number(self) -> int | None: ...

        def show_posted(self, transaction: Transaction) -> None: ...

    def may_enter(self, action: str) -> bool:
        """Whether one of `ENTRY_ACTS` can be done now."""
        if self.desk.ledger.read_only:
            return False
        return action == "use_template" or self.current_number() is not None

    def action_edit(self) -> None:
        """The highlighted transaction into the form; what keeps it from being edited is said before that."""
        number = self.current_number()
        if number is None or self.form_is_taken():
            return
        transaction = self.workbench.attempt(lambda: self.desk.ledger.editable(number))
        if transaction is not None:
            self.open_form_with(entry_start.editing(transaction))

    def action_use_template(self, place: int) -> None:
        """The template at a place, from 1, in the order of their names, into the form."""
        known: tuple[Template, ...] = self.desk.ask(lambda: kept.templates(self.desk.ledger), ())
        if place <= len(known):
            self.use_template(known[place - 1])
        elif not known:
            none = _("There is no template yet: {key} keeps the highlighted transaction as one.")
            self.workbench.refuse(none.format(key=pressed("save-as-template")))
        else:
            self.workbench.refuse(_no_template(place, len(known)))

    def action_save_as_template(self) -> None:
        number = self.current_number()
        if number is None:
            return
        transaction = self.workbench.attempt(lambda: self.desk.ledger.transaction(number))
        if transaction is not None:
            self.save_template(kept.template_of(transaction, ""))

    def template_offers(self) -> list[Offer]:
        """The templates that have a key of their own, by name."""
        if self.desk.ledger.read_only:
            return []
        known: tuple[Template, ...] = self.desk.ask(lambda: kept.templates(self.desk.ledger), ())
        keys = [key for place in range(1, len(known) + 1) if (key := key_of(f"template-{place}")) is not None]
        return [(template_offer(key, one.name), self) for key, one in zip(keys, known, strict=False)]

    def action_repeat(self) -> None:
        """Make the highlighted transaction recur: a form for its schedule."""
        number = self.current_number()
        if number is None:
            return
        transaction = self.workbench.attempt(lambda: self.desk.ledger.transaction(number))
        if transaction is None:
            return
        if transaction.voided:
            refused = _("Transaction {number} is void: there is nothing to repeat.")
            self.workbench.refuse(refused.format(number=number))
            return
        from tui_ledger.ui.screens.schedule_form import ScheduleForm, kept_in_words

        def answered(schedule: Schedule | None) -> None:
            if schedule is not None:
                said = _("{done} · {key} undoes")
                self.workbench.say(said.format(done=kept_in_words(schedule, self.desk), key=pressed("undo")))

        self.app.push_screen(ScheduleForm(self.desk, like=transaction), answered)

    def type_due(self, due: Due) -> None:
        """A day that is due into the form, to be changed before it is posted, unless that holds something else."""
        if not self.form_is_taken():
            self.open_form_with(start_of_due(due, self.desk.full_day(due.day), self._currency_of))

    def use_template(self, template: Template) -> None:
        """A template into the form, unless that holds something else."""
        if not self.form_is_taken():
            self.open_form_with(start_of(template, self._currency_of))

    def delete_template(self, template: Template) -> None:
        """A template out of the book; undo brings it back."""
        if self.workbench.attempt(lambda: kept.delete_template(self.desk.ledger, template.name)) is not None:
            said = _("Deleted the template {name} · {key} undoes")
            self.workbench.say(said.format(name=template.name, key=pressed("undo")))

    def save_template(self, template: Template) -> None:
        """Ask for a name and keep a template under it."""

        def answered(name: str | None) -> None:
            if name is None:
                return
            named = Template(name, template.lines, template.payee, template.memo, template.tags)
            if self.workbench.attempt(lambda: kept.save_template(self.desk.ledger, named)) is not None:
                said = _("Saved the template {name} · {key} opens it")
                self.workbench.say(said.format(name=name, key=self._way_to(name)))

        self.app.push_screen(TemplateDialog(self.desk, template), answered)

    def form_is_taken(self) -> bool:
        """Whether something typed stands in the form, which is then said."""
        if self.form.is_open and self.form.was_typed_in:
            self.workbench.refuse(_("The form holds something else: post it, or close it with Escape first."))
            return True
        return False

    def open_form_with(self, start: Start) -> None:
        """Show the form with something in it, the lists making room."""
        self.form.open_with(start)
        self.add_class("-form")

    def on_entry_form_changed(self, event: EntryForm.Changed) -> None:
        self.workbench.note_form_settled()
        said = _("Changed {transaction} · {key} undoes")
        self.workbench.say(said.format(transaction=self.workbench.title_of(event.transaction), key=pressed("undo")))
        self.follow_book()
        self.show_posted(event.transaction)

    def on_entry_form_closed(self, event: EntryForm.Closed) -> None:
        """A day that was due leads back to what else is."""
        if event.due is not None:
            self.workbench.go_on_with_due(event.due)

    def on_entry_form_template_wanted(self, event: EntryForm.TemplateWanted) -> None:
        self.save_template(event.template)

    def _way_to(self, name: str) -> str:
        """The key that opens a template, or the one of the palette."""
        names = [template.name for template in kept.templates(self.desk.ledger)]
        place = names.index(name) + 1 if name in names else 0
        return pressed(f"template-{place}" if 0 < place < 10 else "palette")

    def _currency_of(self, name: str) -> Currency | None:
        account = self.desk.standing.by_name.get(name)
        return None if account is None else account.currency


def _no_template(place: int, count: int) -> str:
    template = ngettext(
        "There is no template {place}: there is {n}.", "There is no template {place}: there are {n}.", count
    )
    return template.format(place=place, n=count)
