"""How do the lines of an entry form follow the tax that was split off them, until somebody changes it by hand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from tui_ledger.ledger.taxes import TaxMode, TaxRate, TaxRates
from tui_ledger.ledger.values import Account
from tui_ledger.ui import entry_tax
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.entry import Line, Place, Problem
from tui_ledger.ui.entry_start import Filling
from tui_ledger.ui.entry_tax import Bearing, Shares, Split, Worked
from tui_ledger.ui.keys import pressed
from tui_ledger.ui.widgets.entry_line import EntryLine
from tui_ledger.words import N_, _

KEY = "split-tax"
_NO_AMOUNT = N_("Give the amount first: the tax is worked out of it.")


class LinesOwner(Protocol):
    """What holds the lines of a form and can put one in and take one out."""

    each: list[EntryLine]

    def insert(self, index: int) -> EntryLine: ...

    def take_out(self, line: EntryLine) -> None: ...


@dataclass(slots=True)
class _Held:
    """A line that is split: what its amount means and was typed as, '' for what remains; what the form wrote in its
    field since, None while somebody types there; and the line of its tax."""

    mode: TaxMode
    typed: str
    written: str | None
    tax_line: EntryLine | None = None


class EntryTaxes:
    """The lines that are split, and the lines of their tax."""

    def __init__(self, desk: Desk, owner: LinesOwner) -> None:
        self._desk = desk
        self._owner = owner
        self._held: dict[EntryLine, _Held] = {}
        self._day = desk.ledger.today
        self._rates: tuple[int, TaxRates] = (-1, TaxRates(()))

    @property
    def is_of_use(self) -> bool:
        """Whether any line bears tax on the day, or is split."""
        return bool(self._held) or bool(self._taxed())

    def forget(self) -> None:
        """Other lines come: what stands in the fields is what they are."""
        self._held.clear()

    def is_split(self, line: EntryLine) -> bool:
        return line in self._held

    def read(self) -> list[Line]:
        """What stands on the lines, split ones as they are posted."""
        if not self._held:
            return [widget.read() for widget in self._owner.each]
        typed, worked = self._work_out()
        found = []
        for place, widget in enumerate(self._owner.each):
            line = widget.read()
            owner = self._place_of_owner(widget)
            if widget in self._held:
                line = entry_tax.as_split(line, typed[place], worked[place])
            elif owner is not None:
                line = _tax_line_as_split(line, worked[owner])
            found.append(line)
        return found

    def follow(self, day: date | None) -> None:
        """Write nets and taxes anew, as the other lines, the amounts typed and the day stand now."""
        self._day = day or self._day
        if not self._held:
            return
        typed, worked = self._work_out()
        of_widget = [(widget, typed[place], worked[place]) for place, widget in self._places()]
        for widget, line, found in of_widget:
            self._follow_line(widget, line, found)

    def turn(self, focused: int | None) -> Problem | None:
        """Split a line, or each that bears tax where the one in focus bears none; once more, the other way; then as it
        was typed. What cannot be split is answered with the sentence that says why."""
        taxed = self._taxed()
        if not taxed and not self._held:
            return None
        meant = None if focused is None else self._owner_of(self._owner.each[focused]) or self._owner.each[focused]
        each = [self._owner.each[place] for place in taxed] or list(self._held)
        widgets = [meant] if meant is not None and (meant in each or meant in self._held) else each
        first = next((one for one in widgets if self._typed_of(one)), widgets[0])
        held = self._held.get(first)
        wanted = entry_tax.next_mode(None if held is None else held.mode, is_left_out=not self._typed_of(first))
        before = set(self._held)
        for widget in widgets:
            self._set(widget, wanted)
        problem = self._refused([widget for widget in widgets if widget not in before])
        self.follow(self._day)
        return problem

    def write_out(self, line: EntryLine) -> None:
        """An amount that was typed on a split line counts, and gives way to its net."""
        line.write_out()
        held = self._held.get(line)
        if held is not None and held.written is None and not line.read().amount_error:
            held.typed = held.written = line.amount_field.value
            self.follow(self._day)
        elif held is not None and held.written is not None:
            held.written = line.amount_field.value

    def take_what_remains(self, line: EntryLine) -> None:
        """A split line takes what is missing, its tax in it."""
        line.put_amount(None)
        self.write_out(line)

    def touched(self, line: EntryLine) -> None:
        """Somebody types on a line: where it is one of tax, it and what it was split off are ordinary lines."""
        owner = self._owner_of(line)
        if owner is not None:
            self._settle(owner)
            del self._held[owner]

    def dropped(self, line: EntryLine) -> bool:
        """A line is to be taken out: its tax goes along. Whether it was one of tax, and is out already: then what it
        was split off is whole again."""
        owner = self._owner_of(line)
        if owner is not None:
            self._release(owner)
            return True
        held = self._held.pop(line, None)
        if held is not None and held.tax_line is not None:
            self._owner.take_out(held.tax_line)
        return False

    def kept_amount(self, line: EntryLine) -> str:
        """The amount of a line as it would be posted, to be put back as an ordinary one."""
        worked = self._work_out()[1]
        found = next((worked[place] for place, widget in self._places() if widget is line), None)
        return line.amount_text(found.net, found.price) if isinstance(found, Shares) else line.amount_field.value

    def remarks(self) -> list[str]:
        """What is said at each line about its tax, '' for nothing."""
        typed, worked = self._work_out()
        return [self._remark(place, typed, worked.get(place)) for place in range(len(typed))]

    def _remark(self, place: int, typed: Sequence[Line], worked: Worked) -> str:
        held, key = self._held.get(self._owner.each[place]), pressed(KEY)
        bearing = self._bearing(typed[place])
        if bearing is None:
            return "" if held is None else _("No tax on this day: as typed")
        label = bearing.label(self._desk.formats)
        if held is None:
            return entry_tax.remark_unsplit(label, key, has_tax_behind=self._tax_behind(place, bearing) is not None)
        if not isinstance(worked, Shares):
            return label
        whole = self._desk.named(abs(worked.whole))
        return entry_tax.remark_split(label, key, held.mode, whole, is_left_out=typed[place].is_open)

    def _set(self, widget: EntryLine, wanted: TaxMode | None) -> None:
        held = self._held.get(widget)
        if wanted is None:
            self._release(widget)
        elif held is not None:
            held.mode = wanted
        else:
            self._split(widget, wanted)

    def _split(self, widget: EntryLine, mode: TaxMode) -> None:
        """Begin to split a line; a line of its tax that stands behind it already is its own from now on."""
        line, stands = widget.read(), widget.amount_field.value
        bearing, typed = self._bearing(line), stands
        behind = None if bearing is None else self._tax_behind(self._owner.each.index(widget), bearing)
        if bearing is not None and behind is not None:
            whole = entry_tax.whole_of(line, behind.read(), bearing)
            typed = "" if whole is None else widget.amount_text(whole, line.price)
        self._held[widget] = _Held(mode, typed, stands, behind)

    def _release(self, widget: EntryLine) -> None:
        """As it was typed, without tax."""
        held = self._held.pop(widget, None)
        if held is None:
            return
        widget.put_amount_text(held.typed)
        if held.tax_line is not None:
            self._owner.take_out(held.tax_line)

    def _settle(self, widget: EntryLine) -> None:
        """What stands on a split line stays there as its amount."""
        widget.put_amount_text(self.kept_amount(widget))

    def _refused(self, widgets: Sequence[EntryLine]) -> Problem | None:
        """The first of some lines that were not split before and cannot be, which stay as they are; None where all
        can."""
        worked = self._work_out()[1]
        problem = None
        for place, widget in self._places():
            one = worked[place]
            if widget in widgets and not isinstance(one, Shares):
                del self._held[widget]
                problem = problem or Problem(place, Place.AMOUNT, one or widget.read().amount_error or _(_NO_AMOUNT))
        return problem

    def _follow_line(self, widget: EntryLine, typed: Line, worked: Worked) -> None:
        held = self._held[widget]
        if isinstance(worked, Shares):
            self._follow_tax(widget, held, worked)
            self._write(widget, held, widget.amount_text(worked.net, worked.price))
            return
        self._write(widget, held, held.typed)
        if typed.is_open and held.tax_line is not None:
            self._owner.take_out(held.tax_line)
            held.tax_line = None

    def _follow_tax(self, widget: EntryLine, held: _Held, worked: Shares) -> None:
        if worked.tax is None or worked.bearing is None:
            if held.tax_line is not None:
                self._owner.take_out(held.tax_line)
                held.tax_line = None
            return
        if held.tax_line is None:
            held.tax_line = self._owner.insert(self._owner.each.index(widget) + 1)
        goes_to, line = worked.bearing.goes_to, held.tax_line
        wanted = (goes_to.name, line.amount_text(worked.tax, worked.price))
        if (line.account_field.value, line.amount_field.value) != wanted:
            line.put(Filling(goes_to.name, worked.tax, worked.price, worked.bearing.rate.label))

    def _write(self, widget: EntryLine, held: _Held, text: str) -> None:
        """Put a text in the field of a split line, unless somebody types there."""
        if held.written is not None and held.written != text:
            widget.put_amount_text(text)
            held.written = widget.amount_field.value

    def _work_out(self) -> tuple[list[Line], dict[int, Worked]]:
        """The lines as typed, those of tax empty, and what each split one comes to."""
        self._note_typing()
        typed = [self._as_typed(widget) for widget in self._owner.each]
        splits = [Split(place, self._held[widget].mode) for place, widget in self._places()]
        worked = entry_tax.shares(typed, splits, self._bearing_of, self._desk.standing.currency)
        return typed, worked

    def _as_typed(self, widget: EntryLine) -> Line:
        held = self._held.get(widget)
        if held is not None:
            return widget.read(held.typed)
        return Line() if self._owner_of(widget) is not None else widget.read()

    def _note_typing(self) -> None:
        for widget, held in self._held.items():
            text = widget.amount_field.value
            if text != held.written:
                held.typed, held.written = text, None

    def _typed_of(self, widget: EntryLine) -> str:
        held = self._held.get(widget)
        return (widget.amount_field.value if held is None else held.typed).strip()

    def _taxed(self) -> list[int]:
        """The places of the lines that bear tax."""
        lines = [self._as_typed(widget) for widget in self._owner.each]
        return [place for place, line in enumerate(lines) if self._bearing(line) is not None]

    def _places(self) -> list[tuple[int, EntryLine]]:
        return [(place, widget) for place, widget in enumerate(self._owner.each) if widget in self._held]

    def _tax_behind(self, place: int, bearing: Bearing) -> EntryLine | None:
        """The line behind one if it is an ordinary one of its tax."""
        behind = self._owner.each[place + 1] if place + 1 < len(self._owner.each) else None
        if behind is None or self._owner_of(behind) is not None or not entry_tax.is_tax_of(behind.read(), bearing):
            return None
        return behind

    def _owner_of(self, line: EntryLine) -> EntryLine | None:
        """The split line whose tax stands on a line."""
        return next((widget for widget, held in self._held.items() if held.tax_line is line), None)

    def _place_of_owner(self, line: EntryLine) -> int | None:
        owner = self._owner_of(line)
        return None if owner is None else self._owner.each.index(owner)

    def _bearing(self, line: Line) -> Bearing | None:
        return None if line.account is None else self._bearing_of(line.account)

    def _bearing_of(self, account: Account) -> Bearing | None:
        standing = self._desk.standing
        if self._rates[0] != standing.revision:
            nothing: tuple[TaxRate, ...] = ()
            self._rates = (standing.revision, TaxRates(self._desk.ask(self._desk.ledger.tax_rates, nothing)))
        return entry_tax.bearing_of(self._rates[1], standing.by_id, account, self._day)


def _tax_line_as_split(line: Line, worked: Worked) -> Line:
    """A line of tax as it is posted; of an amount that is not known yet there is none."""
    tax = worked.tax if isinstance(worked, Shares) else None
    return replace(line, amount=tax, price=None if tax is None else line.price)
