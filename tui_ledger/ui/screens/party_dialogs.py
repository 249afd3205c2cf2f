"""How is a party typed? A new or changed one, a credit or debit of it, the days of its sheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tui_ledger.errors import (
    AccountError,
    AmountNotPositive,
    InvalidAmount,
    InvalidDate,
    InvalidOptions,
    InvalidParty,
    InvalidText,
    LedgerError,
    PartyExists,
    PartyInactive,
    PeriodClosed,
    ReferralCircle,
    SelfTransfer,
    UnknownParty,
)
from tui_ledger.ledger import Account, Party, Transaction
from tui_ledger.ledger.book_settings import ADJUSTMENT_PLACEHOLDERS
from tui_ledger.ledger.chart import parse_attributes
from tui_ledger.ledger.memo_templates import MemoTemplate, memo_template
from tui_ledger.ledger.parties import COMMISSIONS, checked_key, checked_purpose, matches
from tui_ledger.ledger.party_acts import adjustment_values
from tui_ledger.ledger.values import DEFAULT_PURPOSE, exact_decimal
from tui_ledger.locale.calculator import evaluate
from tui_ledger.locale.reading import read_date
from tui_ledger.money import Currency, Money, is_plain_number
from tui_ledger.reports.presets import PRESETS, preset_days
from tui_ledger.text import name_key
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.account_dialogs import written_attributes
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.shown_period import ShownPeriod, chosen_period, known_period
from tui_ledger.ui.widgets.choice_field import ChoiceField, yes_or_no
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion
from tui_ledger.ui.widgets.fields import AccountField, AmountField, DateField, Field
from tui_ledger.ui.widgets.suggesting import account_completions
from tui_ledger.words import N_, Said, _, in_english, listed, pgettext

CREDIT, DEBIT = N_("credit"), N_("debit")
_USUAL = ""
_NO_CURRENCY: tuple[Currency, ...] = ()
PRESETS_SHOWN = (
    *(N_("today"), N_("yesterday"), N_("this-week"), N_("last-week"), N_("this-month"), N_("last-month")),
    *(N_("this-quarter"), N_("last-quarter"), N_("this-year"), N_("last-year")),
)
"""The presets, to be looked up where one is drawn; the program goes by what they are."""
_NOBODY: tuple[Party, ...] = ()
_NOTHING: tuple[Money, ...] = ()


class AdjustmentForm(FormDialog[tuple[Party, Transaction]]):
    """A credit or debit of a party, the other side to an account; answers whom it was for and what was posted.

    What stands there at first is said by the book's settings.
    """

    def __init__(self, desk: Desk, party: str = "", purpose: str | None = None) -> None:
        self._desk = desk
        ledger = desk.ledger
        self._known: Sequence[Party] = desk.ask(ledger.parties, _NOBODY)
        self._adjustments = _adjustments_account(desk)
        self.party = _text_field("adjust-party", party, _("key or name"))
        self.purpose = _text_field("adjust-purpose", purpose or DEFAULT_PURPOSE)
        side = DEBIT if ledger.party_setting("adjustment_side") == DEBIT else CREDIT
        self.side = ChoiceField((CREDIT, DEBIT), side, id="adjust-side")
        self.amount = AmountField(id="adjust-amount")
        self.amount.put(_written_default(desk))
        self.against = AccountField(id="adjust-against", placeholder=_("the other side"))
        self.against.put(self._adjustments)
        self.memo = _text_field("adjust-memo", str(ledger.party_setting("adjustment_memo")))
        self._first_memo = self.memo.value
        codes = tuple(str(one) for one in desk.ask(ledger.currencies, _NO_CURRENCY))
        self.currency = ChoiceField(
            (_USUAL, *codes), _USUAL, id="adjust-currency", placeholder=_("that of its account")
        )
        self.day = DateField(ledger.today, desk.formats, ledger.today, id="adjust-day")
        self._party_row = FormRow(_("Party"), self.party)
        self._amount_row = FormRow(_("Amount"), self.amount, str(desk.standing.currency))
        rows = (
            self._party_row,
            self._amount_row,
            *([FormRow(_("Currency"), self.currency)] if len(codes) > 1 else []),
            FormRow(_("Side"), self.side, _("credit: it is owed more")),
            FormRow(_("Memo"), self.memo),
            FormRow(_("Against"), self.against),
            FormRow(_("Purpose"), self.purpose),
            FormRow(_("Date"), self.day),
        )
        super().__init__(_("Adjust what a party is owed"), rows, save=_("Post"))

    def on_mount(self) -> None:
        super().on_mount()
        (self.amount if self.party.value else self.party).focus_selected()
        self._show_owed()

    def readings(self) -> Iterable[tuple[Field, Callable[[], object]]]:
        return (
            (self.party, self._meant),
            (self.purpose, self._purpose),
            (self.amount, self._amount),
            (self.memo, self._template),
            (self.against, self._against),
            (self.day, self.day.read),
        )

    def act(self) -> tuple[Party, Transaction]:
        ledger, party, purpose, amount, day = (
            self._desk.ledger, self._meant(), self._purpose(), self._amount(), self.day.read()
        )  # fmt: skip
        template, memo = self._template(), None
        if template is not None:
            memo = template.filled(adjustment_values(party, amount, day.isoformat(), purpose), {}).strip()
        post = ledger.party_debit if self.side.chosen == DEBIT else ledger.party_credit
        return party, post(party, amount, purpose=purpose, against=self._against(), memo=memo, date=day)

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case PeriodClosed() | InvalidDate():
                return self.day
            case PartyInactive() | UnknownParty():
                return self.party
            case InvalidAmount():
                return self.amount
            case InvalidText():
                return self.memo
            case AccountError() | SelfTransfer():
                return self.against
        return None

    def completions_for(self, field: Field) -> list[Completion]:
        if field is self.party:
            return party_completions(self._desk, self._known, field.value)
        if field is self.against and field.value.strip():
            return account_completions(self._desk, field.value, {}, can_open=False)
        return self._purposes(field.value) if field is self.purpose else []

    def take(self, field: Field, completion: Completion) -> None:
        if isinstance(completion.value, (Account, Party)):
            text = completion.value.name if isinstance(completion.value, Account) else completion.value.key
            completion = Completion(text, "", completion.value)
        super().take(field, completion)

    def taken(self, field: Field) -> None:
        self._show_owed()

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        if field is self.party:
            self._show_owed()
        if field in (self.party, self.purpose, self.currency):
            self._amount_row.say_remark(str(self._currency()))

    def _meant(self) -> Party:
        """The party of the key typed, or the only one of that name."""
        typed = self.party.value.strip()
        if not typed:
            raise InvalidOptions(reason=N_("Name the party: its key, or a few letters of its name."))
        named = [one for one in self._known if name_key(one.name) == name_key(typed)]
        keyed = [one for one in self._known if name_key(one.key) == name_key(typed)]
        party = self._desk.ledger.party(named[0] if len(named) == 1 and not keyed else typed)
        if not party.active:
            raise PartyInactive(party=party.key)
        return party

    def _purpose(self) -> str:
        return checked_purpose(self.purpose.value)

    def _amount(self) -> Money:
        text = self.amount.value.strip()
        if not text:
            raise InvalidOptions(reason=N_("Type the amount: above zero, the side says which way."))
        money = evaluate(text, self._desk.formats, self._currency())
        if money.units <= 0:
            raise AmountNotPositive(text=text)
        return money

    def _currency(self) -> Currency:
        """The one chosen, else that of the account the party has for the purpose, else the book's."""
        ledger = self._desk.ledger
        if self.currency.chosen:
            return ledger.currency_of(self.currency.chosen)
        try:
            return ledger.party_account(self._meant(), self._purpose()).currency
        except LedgerError:
            return self._desk.standing.currency

    def _against(self) -> Account | None:
        """The account typed; what was there at first is what the book itself takes, in each currency."""
        text = self.against.value.strip()
        if not text or text == self._adjustments:
            return None
        return self._desk.ledger.account(text)

    def _template(self) -> MemoTemplate | None:
        """What was typed, with the placeholders of the book's own, which stood there first; None for that one."""
        return None if self.memo.value == self._first_memo else memo_template(self.memo.value, ADJUSTMENT_PLACEHOLDERS)

    def _purposes(self, typed: str) -> list[Completion]:
        wanted = typed.strip().casefold()
        known = {one.purpose for one in self._desk.standing.accounts if one.purpose is not None}
        found = sorted(one for one in known if wanted and one.startswith(wanted) and one != wanted)
        return [Completion(one, "", one) for one in found]

    def _show_owed(self) -> None:
        """Behind the party what it is owed now."""
        typed = name_key(self.party.value)
        party = next((one for one in self._known if name_key(one.key) == typed), None)
        owed = "" if party is None else _("is owed {amount}").format(amount=_owed(self._desk, party))
        self._party_row.say_remark(owed)
        self._party_row.remark.refresh(layout=True)


class PartyForm(FormDialog[Party]):
    """A new party, or one that stands, whose key stays."""

    def __init__(self, desk: Desk, party: Party | None = None) -> None:
        self._desk = desk
        self._party = party
        self._known: Sequence[Party] = desk.ask(desk.ledger.parties, _NOBODY)
        self.key = _text_field("party-key", "" if party is None else party.key, _("what it is called by, for good"))
        self.key.disabled = party is not None
        self.name_field = _text_field("party-name", "" if party is None else party.name, _("empty: as its key"))
        self.referrer = _text_field("party-referrer", "" if party is None else party.referred_by or "", _("nobody"))
        self.active = yes_or_no(party is None or party.active, id="party-active")
        self.commissions = yes_or_no(party is not None and party.receives_commissions, id="party-commissions")
        known_data = {} if party is None else {name: party.data[name] for name in party.data if name != COMMISSIONS}
        self.content = _text_field("party-data", written_data(known_data), _("member=7, tel=…"))
        self._first = {field: field.value for field in (self.name_field, self.referrer, self.content)}
        rows = (
            FormRow(pgettext("party", "Key"), self.key),
            FormRow(_("Name"), self.name_field),
            FormRow(_("Referred by"), self.referrer),
            FormRow(_("Active"), self.active, _("inactive: never adjusted")),
            FormRow(_("Extra data"), self.content),
            FormRow(_("Commissions"), self.commissions, _("for whom it brought")),
        )
        super().__init__(_("Add a party") if party is None else _("Change {party}").format(party=party.key), rows)

    def readings(self) -> Iterable[tuple[Field, Callable[[], object]]]:
        yield self.key, self._new_key
        yield self.referrer, self._referrer
        if self.content.value != self._first[self.content]:
            yield self.content, lambda: read_data(self.content.value)

    def act(self) -> Party:
        ledger, changes = self._desk.ledger, self._changes()
        if self._party is not None:
            return ledger.edit_party(self._party, **changes)
        if changes.pop(COMMISSIONS, False):
            changes["data"] = {**changes.get("data", {}), COMMISSIONS: True}
        return ledger.add_party(self.key.value, changes.pop("name", None), **changes)

    def culprit(self, refusal: LedgerError) -> Field | None:
        match refusal:
            case PartyExists() | InvalidParty():
                return self.key
            case UnknownParty() | ReferralCircle():
                return self.referrer
            case InvalidText():
                return self.content if "data" in in_english(refusal.values.get("field")) else self.name_field
        return None

    def completions_for(self, field: Field) -> list[Completion]:
        return party_completions(self._desk, self._known, field.value) if field is self.referrer else []

    def take(self, field: Field, completion: Completion) -> None:
        super().take(field, Completion(completion.value.key, "", completion.value))

    def _new_key(self) -> str:
        if self._party is not None:
            return self._party.key
        key = checked_key(self.key.value)
        known = next((one for one in self._known if name_key(one.key) == name_key(key)), None)
        if known is not None:
            raise PartyExists(party=known.key)
        return key

    def _referrer(self) -> Party | None:
        """Who brought it; what stands there from before, cleaned for showing, is not looked at."""
        typed = self.referrer.value.strip()
        is_new = self.referrer.value != self._first[self.referrer]
        return self._desk.ledger.party(typed) if typed and is_new else None

    def _changes(self) -> dict[str, Any]:
        """What was typed anew, by the names `edit_party` takes: what stands in a field may be cleaned for showing."""
        changes: dict[str, Any] = {}
        if self.name_field.value != self._first[self.name_field]:
            changes["name"] = self.name_field.value.strip() or self.key.value
        if self.referrer.value != self._first[self.referrer]:
            changes["referred_by"] = self.referrer.value.strip() or None
        if self._party is None or self.active.is_yes != self._party.active:
            changes["active"] = self.active.is_yes
        if self.content.value != self._first[self.content]:
            changes["data"] = read_data(self.content.value)
        if "data" in changes or self._party is None or self.commissions.is_yes != self._party.receives_commissions:
            changes[COMMISSIONS] = self.commissions.is_yes
        return changes


class DaysForm(FormDialog[ShownPeriod]):
    """First and last day, both of them in it; an empty one is left open."""

    def __init__(self, desk: Desk, period: ShownPeriod) -> None:
        self._desk = desk
        first, last = ("" if day is None else desk.day(day) for day in (period.first, period.last))
        self.first = _text_field("days-first", first, _("the beginning"))
        self.last = _text_field("days-last", last, _("the end"))
        self.preset = ChoiceField(("", *PRESETS), "", id="days-preset", placeholder=_("those typed above"))
        rows = (FormRow(_("First day"), self.first), FormRow(_("Last day"), self.last), FormRow(_("Or"), self.preset))
        note = _("Both are in it; an empty field leaves that end open.")
        super().__init__(_("Which days?"), rows, save=pgettext("verb", "Show"), note=note)

    def act(self) -> ShownPeriod:
        if self.preset.chosen:
            ledger = self._desk.ledger
            days = preset_days(self.preset.chosen, ledger.today, ledger.fiscal_year)
            return known_period(days.first, days.last, ledger.fiscal_year)
        with self.about(self.first):
            first = self._day(self.first)
        with self.about(self.last):
            last = self._day(self.last)
            if first is not None and last is not None and last < first:
                raise InvalidOptions(
                    reason=Said("The last day lies before the first, {day}.", day=self._desk.day(first))
                )
        return chosen_period(first, last)

    def _day(self, field: Field) -> date | None:
        text, today = field.value.strip(), self._desk.ledger.today
        return read_date(text, today, today, self._desk.formats) if text else None


def party_completions(desk: Desk, known: Sequence[Party], typed: str) -> list[Completion]:
    """The parties in whose key or name every word typed is found, with what they are owed."""
    words = typed.split()
    if not words:
        return []
    found = [one for one in known if matches(words, one.key, one.name)]
    found.sort(key=lambda one: not name_key(one.key).startswith(name_key(typed)))
    if len(found) == 1 and found[0].key == typed.strip():
        return []
    return [_completion(desk, one) for one in found[:ROWS_SHOWN]]


def written_data(content: Mapping[str, Any]) -> str:
    """Extra data as it is typed: pairs of texts, anything else as JSON."""
    if all(isinstance(value, str) for value in content.values()):
        return written_attributes(content)
    return json.dumps(dict(content), ensure_ascii=False)


def read_data(text: str) -> dict[str, Any]:
    """Extra data from `member=7, tel=123` or JSON; raises InvalidText, InvalidName."""
    typed = text.strip()
    if not typed.startswith("{"):
        return dict(parse_attributes(f"{{{typed}}}")) if typed else {}
    try:
        found = json.loads(typed)
    except (ValueError, RecursionError):
        raise InvalidText(
            field=N_("The extra data"), reason=N_("it is no JSON: check its quotes and brackets")
        ) from None
    if not isinstance(found, dict):
        raise InvalidText(field=N_("The extra data"), reason=N_("it is a list of names and values"))
    return found


def _completion(desk: Desk, party: Party) -> Completion:
    name = party.key if party.name == party.key else f"{party.key}  {party.name}"
    return Completion(name, _owed(desk, party), party)


def _owed(desk: Desk, party: Party) -> str:
    owed = desk.ask(lambda: desk.ledger.party_balance(party), _NOTHING)
    return listed(desk.named(one, credit_normal=True) for one in owed)


def _adjustments_account(desk: Desk) -> str:
    from tui_ledger.ledger.book_settings import ADJUSTMENTS

    return str(desk.ledger.setting("adjustments", ADJUSTMENTS))


def _written_default(desk: Desk) -> str:
    """The amount of the settings in the reader's notation; '' where it has more decimals than the currency."""
    text, own = str(desk.ledger.party_setting("adjustment_amount")), desk.standing.currency
    units = exact_decimal(text).scaleb(own.digits) if is_plain_number(text) else None
    is_fit = units is not None and units == int(units)
    return desk.formats.money(Money(int(units or 0), own), credit_normal=None) if is_fit else ""


def _text_field(id: str, text: str = "", placeholder: str = "") -> Field:
    field = Field(id=id, placeholder=placeholder)
    field.put(text)
    return field
