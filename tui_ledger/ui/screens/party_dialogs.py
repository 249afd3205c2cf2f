"""How is a party typed? A new or changed one, a credit or debit of it, the days of its sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
    PartyWithoutAccount,
    PeriodClosed,
    ReferralCircle,
    SelfTransfer,
    UnknownParty,
)
from tui_ledger.ledger import Account, Party, Transaction
from tui_ledger.ledger.chart import parse_attributes
from tui_ledger.ledger.parties import COMMISSIONS, DEFAULT_PURPOSE, checked_purpose, matches
from tui_ledger.ledger.values import exact_decimal
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

CREDIT, DEBIT = "credit", "debit"
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
        self.party = _text_field("adjust-party", party, "key or name")
        self.purpose = _text_field("adjust-purpose", purpose or DEFAULT_PURPOSE)
        side = DEBIT if ledger.party_setting("adjustment_side") == DEBIT else CREDIT
        self.side = ChoiceField((CREDIT, DEBIT), side, id="adjust-side")
        self.amount = AmountField(id="adjust-amount")
        self.amount.put(_written_default(desk))
        self.against = AccountField(id="adjust-against", placeholder="the other side")
        self.against.put(self._adjustments)
        self.memo = _text_field("adjust-memo", str(ledger.party_setting("adjustment_memo")))
        self._first_memo = self.memo.value
        self.day = DateField(ledger.today, desk.formats, ledger.today, id="adjust-day")
        self._party_row = FormRow("Party", self.party)
        rows = (
            self._party_row,
            FormRow("Amount", self.amount, str(desk.standing.currency)),
            FormRow("Side", self.side, "credit: it is owed more"),
            FormRow("Memo", self.memo),
            FormRow("Against", self.against),
            FormRow("Purpose", self.purpose),
            FormRow("Date", self.day),
        )
        super().__init__("Adjust what a party is owed", rows, save="Post")

    def on_mount(self) -> None:
        super().on_mount()
        (self.amount if self.party.value else self.party).focus_selected()
        self._show_owed()

    def act(self) -> tuple[Party, Transaction]:
        ledger = self._desk.ledger
        with self.about(self.party):
            party = self._meant()
        with self.about(self.purpose):
            purpose = checked_purpose(self.purpose.value)
        with self.about(self.amount):
            amount = self._amount(party, purpose)
        with self.about(self.against):
            against = self._against()
        with self.about(self.day):
            day: date = self.day.read()
        post = ledger.party_debit if self.side.chosen == DEBIT else ledger.party_credit
        return party, post(party, amount, purpose=purpose, against=against, memo=self._memo(), date=day)

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

    def _meant(self) -> Party:
        """The party of the key typed, or the only one of that name."""
        typed = self.party.value.strip()
        if not typed:
            raise InvalidOptions(reason="Name the party: its key, or a few letters of its name.")
        named = [one for one in self._known if name_key(one.name) == name_key(typed)]
        keyed = [one for one in self._known if name_key(one.key) == name_key(typed)]
        party = self._desk.ledger.party(named[0] if len(named) == 1 and not keyed else typed)
        if not party.active:
            raise PartyInactive(party=party.key)
        return party

    def _amount(self, party: Party, purpose: str) -> Money:
        text = self.amount.value.strip()
        if not text:
            raise InvalidOptions(reason="Type the amount: above zero, the side says which way.")
        money = evaluate(text, self._desk.formats, self._currency(party, purpose))
        if money.units <= 0:
            raise AmountNotPositive(text=text)
        return money

    def _currency(self, party: Party, purpose: str) -> Currency:
        """That of the account the party has for the purpose, else the book's."""
        try:
            return self._desk.ledger.party_account(party, purpose).currency
        except (AccountError, PartyWithoutAccount):
            return self._desk.standing.currency

    def _against(self) -> Account | None:
        """The account typed; what was there at first is what the book itself takes, in each currency."""
        text = self.against.value.strip()
        if not text or text == self._adjustments:
            return None
        return self._desk.ledger.account(text)

    def _memo(self) -> str | None:
        """What was typed; None for the book's own, whose placeholders are filled in when it is posted."""
        return None if self.memo.value == self._first_memo else self.memo.value.strip()

    def _purposes(self, typed: str) -> list[Completion]:
        wanted = typed.strip().casefold()
        known = {one.purpose for one in self._desk.standing.accounts if one.purpose is not None}
        found = sorted(one for one in known if wanted and one.startswith(wanted) and one != wanted)
        return [Completion(one, "", one) for one in found]

    def _show_owed(self) -> None:
        """Behind the party what it is owed now."""
        typed = name_key(self.party.value)
        party = next((one for one in self._known if name_key(one.key) == typed), None)
        self._party_row.say_remark("" if party is None else f"is owed {_owed(self._desk, party)}")
        self._party_row.remark.refresh(layout=True)


class PartyForm(FormDialog[Party]):
    """A new party, or one that stands, whose key stays."""

    def __init__(self, desk: Desk, party: Party | None = None) -> None:
        self._desk = desk
        self._party = party
        self._known: Sequence[Party] = desk.ask(desk.ledger.parties, _NOBODY)
        self.key = _text_field("party-key", "" if party is None else party.key, "what it is called by, for good")
        self.key.disabled = party is not None
        self.name_field = _text_field("party-name", "" if party is None else party.name, "empty: as its key")
        self.referrer = _text_field("party-referrer", "" if party is None else party.referred_by or "", "nobody")
        self.active = yes_or_no(party is None or party.active, id="party-active")
        self.commissions = yes_or_no(party is not None and party.receives_commissions, id="party-commissions")
        known_data = {} if party is None else {name: party.data[name] for name in party.data if name != COMMISSIONS}
        self.content = _text_field("party-data", written_data(known_data), "member=7, tel=…")
        self._first = {field: field.value for field in (self.name_field, self.referrer, self.content)}
        rows = (
            FormRow("Key", self.key),
            FormRow("Name", self.name_field),
            FormRow("Referred by", self.referrer),
            FormRow("Active", self.active, "inactive: never adjusted"),
            FormRow("Extra data", self.content),
            FormRow("Commissions", self.commissions, "for whom it brought"),
        )
        super().__init__("Add a party" if party is None else f"Change {party.key}", rows)

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
                return self.content if "data" in str(refusal.values.get("field")) else self.name_field
        return None

    def completions_for(self, field: Field) -> list[Completion]:
        return party_completions(self._desk, self._known, field.value) if field is self.referrer else []

    def take(self, field: Field, completion: Completion) -> None:
        super().take(field, Completion(completion.value.key, "", completion.value))

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
            with self.about(self.content):
                changes["data"] = read_data(self.content.value)
        if "data" in changes or self._party is None or self.commissions.is_yes != self._party.receives_commissions:
            changes[COMMISSIONS] = self.commissions.is_yes
        return changes


class DaysForm(FormDialog[ShownPeriod]):
    """First and last day, both of them in it; an empty one is left open."""

    def __init__(self, desk: Desk, period: ShownPeriod) -> None:
        self._desk = desk
        self.first = _text_field("days-first", "" if period.first is None else desk.day(period.first), "the beginning")
        self.last = _text_field("days-last", "" if period.last is None else desk.day(period.last), "the end")
        self.preset = ChoiceField(("", *PRESETS), "", id="days-preset", placeholder="those typed above")
        rows = (FormRow("First day", self.first), FormRow("Last day", self.last), FormRow("Or", self.preset))
        super().__init__("Which days?", rows, save="Show", note="Both are in it; an empty field leaves that end open.")

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
                raise InvalidOptions(reason=f"The last day lies before the first, {self._desk.day(first)}.")
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
        raise InvalidText(field="The extra data", reason="it is no JSON: check its quotes and brackets") from None
    if not isinstance(found, dict):
        raise InvalidText(field="The extra data", reason="it is a list of names and values")
    return found


def _completion(desk: Desk, party: Party) -> Completion:
    name = party.key if party.name == party.key else f"{party.key}  {party.name}"
    return Completion(name, _owed(desk, party), party)


def _owed(desk: Desk, party: Party) -> str:
    owed = desk.ask(lambda: desk.ledger.party_balance(party), _NOTHING)
    return ", ".join(desk.named(one, credit_normal=True) for one in owed)


def _adjustments_account(desk: Desk) -> str:
    from tui_ledger.ledger.book_settings import ADJUSTMENTS

    return str(desk.ledger.setting("adjustments", ADJUSTMENTS))


def _written_default(desk: Desk) -> str:
    """The amount of the settings in the reader's notation; '' where it has more decimals than the currency."""
    text, own = str(desk.ledger.party_setting("adjustment_amount")), desk.standing.currency
    units = exact_decimal(text).scaleb(own.digits) if is_plain_number(text) else None
    return "" if units is None or units != int(units) else desk.formats.money(Money(int(units), own))


def _text_field(id: str, text: str = "", placeholder: str = "") -> Field:
    field = Field(id=id, placeholder=placeholder)
    field.put(text)
    return field
