"""What do parties earn by those they invited? The terms of commissions in one form, turned on and off by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tui_ledger.addons.commission_terms import (
    BY_REFERENCE,
    DEFAULT_EXPENSE,
    DEFAULT_MEMO,
    DEFAULT_PERCENT,
    PLACEHOLDERS,
    checked_base,
    checked_once,
    checked_percent,
)
from tui_ledger.errors import InvalidOptions, LedgerError, UnknownAccount
from tui_ledger.ledger import Account, Party
from tui_ledger.ledger.accounts import clean_name
from tui_ledger.ledger.addons import COMMISSION, COMMISSION_EXPENSE
from tui_ledger.ledger.memo_templates import memo_template
from tui_ledger.ledger.parties import checked_purpose
from tui_ledger.ledger.values import DEFAULT_PURPOSE
from tui_ledger.locale.reading import read_percent
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.widgets.choice_field import yes_or_no
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.suggesting import account_completions
from tui_ledger.words import N_, Said, _, listed, ngettext

ALWAYS = N_("always")
BETWEEN = ";"
"""What stands between the accounts of the base: a comma may be part of a name."""
KEYS_NAMED = 5

_NOBODY: tuple[Party, ...] = ()


class CommissionForm(FormDialog[str]):
    """The setting `commission`, a field for each of its parts; without commissions the others are not looked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        kept: object = desk.ask(lambda: desk.ledger.setting(COMMISSION), None)
        terms: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self.paid = yes_or_no(bool(terms), id="commission-paid")
        self.percent = _field("percent", self._percent_text(terms.get("percent", DEFAULT_PERCENT)))
        example = _("such as {example}").format(example="Income:Sales")
        self.base = _field("base", f"{BETWEEN} ".join(map(str, terms.get("base", ()))), example)
        self._usual = str(desk.ask(lambda: desk.ledger.setting(COMMISSION_EXPENSE, DEFAULT_EXPENSE), DEFAULT_EXPENSE))
        self.expense = _field("expense", terms.get("expense", self._usual))
        self.purpose = _field("purpose", terms.get("purpose", DEFAULT_PURPOSE))
        self.memo = _field("memo", terms.get("memo", DEFAULT_MEMO))
        self.once = _field("once", terms.get("once", BY_REFERENCE) or _(ALWAYS))
        self.refunds = yes_or_no(terms.get("refunds", True) is not False, id="commission-refunds")
        rows = (
            FormRow(_("Commissions"), self.paid),
            FormRow(_("Percent"), self.percent),
            FormRow(_("Of sales on"), self.base),
            FormRow(_("Paid from"), self.expense),
            FormRow(_("Purpose"), self.purpose, _("the inviter's account")),
            FormRow(_("Memo"), self.memo),
            FormRow(_("Once by"), self.once, _("or {field}, {always}").format(field="data.KEY", always=_(ALWAYS))),
            FormRow(_("Refunds"), self.refunds, _("take it back")),
        )
        for row in rows:
            row.field.add_class("commission-terms")
        super().__init__(_("What inviting earns"), rows, note=_receivers(desk))

    def readings(self) -> Iterable[tuple[Field, Callable[[], object]]]:
        """Without commissions the terms are not looked at."""
        if self.paid.is_yes:
            yield self.percent, self._percent
            yield self.base, self._base
            yield self.expense, self._paid_from
            yield self.purpose, lambda: checked_purpose(self.purpose.value)
            yield self.memo, lambda: memo_template(self.memo.value, PLACEHOLDERS)
            yield self.once, self._once

    def act(self) -> str:
        terms = self._terms() if self.paid.is_yes else None
        self._desk.ledger.set_setting(COMMISSION, terms)
        return COMMISSION

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.expense if self.paid.is_yes else None

    def completions_for(self, field: Field) -> list[Completion]:
        typed = field.value.rpartition(BETWEEN)[2] if field is self.base else field.value
        if field not in (self.base, self.expense) or not typed.strip():
            return []
        return account_completions(self._desk, typed.strip(), {}, can_open=False)

    def take(self, field: Field, completion: Completion) -> None:
        name = completion.value.name if isinstance(completion.value, Account) else completion.text
        before, between = field.value.rpartition(BETWEEN)[:2] if field is self.base else ("", "")
        super().take(field, Completion(f"{before}{between} {name}".strip(), "", completion.value))

    def _terms(self) -> dict[str, Any]:
        """The terms as the fields say them."""
        return {
            "percent": self._percent(),
            "base": self._base(),
            "expense": self._paid_from(),
            "purpose": checked_purpose(self.purpose.value),
            "memo": self.memo.value,
            "once": self._once(),
            "refunds": self.refunds.is_yes,
        }

    def _percent(self) -> str:
        typed = self.percent.value
        return format(checked_percent(read_percent(typed, self._desk.formats) if typed.strip() else ""), "f")

    def _percent_text(self, kept: object) -> str:
        """The percentage kept, as the locale writes it; what is none as it is."""
        try:
            return self._desk.formats.number(checked_percent(kept))
        except LedgerError:
            return str(kept)

    def _base(self) -> list[str]:
        base = [self._meant(one) for one in self.base.value.split(BETWEEN) if one.strip()]
        checked_base(base)
        return base

    def _once(self) -> str | None:
        typed = self.once.value.strip()
        return checked_once(None if typed in ("", ALWAYS, _(ALWAYS)) else typed)

    def _meant(self, text: str) -> str:
        """An account of the base by its full name, or a node of the tree; attributes as they are."""
        typed = text.strip()
        if typed.startswith("{"):
            return typed
        known = [account.name for account in self._desk.standing.accounts]
        if any(name.startswith(f"{typed}:") for name in known):
            return typed
        return self._desk.ledger.account(typed).name

    def _paid_from(self) -> str:
        typed = self.expense.value.strip()
        if not typed:
            raise InvalidOptions(
                reason=Said("Name the account that pays, such as {default_expense}.", default_expense=self._usual)
            )
        try:
            return self._desk.ledger.account(typed).name
        except UnknownAccount:
            return clean_name(typed)


def _receivers(desk: Desk) -> str:
    """Whom it can be paid to, in a sentence."""
    keys = [party.key for party in desk.ask(desk.ledger.parties, _NOBODY) if party.receives_commissions]
    if not keys:
        return _("Nobody may receive commissions yet: change a party and say that it does.")
    names, more = listed(keys[:KEYS_NAMED]), len(keys) - KEYS_NAMED
    if more <= 0:
        return _("May receive them: {parties}.").format(parties=names)
    several = ngettext("May receive them: {parties} and {n} more.", "May receive them: {parties} and {n} more.", more)
    return several.format(parties=names, n=desk.count(more))


def _field(name: str, text: object, placeholder: str = "") -> Field:
    field = Field(id=f"commission-{name}", placeholder=placeholder)
    field.put(str(text))
    return field
